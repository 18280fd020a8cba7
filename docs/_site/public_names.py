"""
The reference from docstrings: every public name has one home, and whatever names it leads there.

Types in signatures name the file in which a class is written, and that file is private. What people import is the room.
"""

import importlib
import inspect
import re
import sys
from functools import cache
from types import ModuleType
from typing import Any

import attrs
from docutils import nodes
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.domains.python._object import PyObject
from sphinx.environment import BuildEnvironment
from sphinx.util.docutils import SphinxRole

import fupin_rules

LIBRARY = "fupin_rules"
# The facade is left out: it gives names of rooms. A room further down keeps what a room above gives as well.
ROOMS = (
    *("errors", "truth", "quantities", "periods", "citations", "tables", "markup", "shapes"),
    *("model", "expr", "documents", "policy", "engine", "columnar", "comparison", "journal", "registry", "workflow"),
    *("interview", "report", "review", "schemas", "web", "testing"),
)
LONGEST = 12
BARE = re.compile(r"(?<![\w.])[A-Z]\w+")
STANDARD = re.compile(
    r"\b(?:collections\.abc|collections|datetime|decimal|fractions|pathlib|types|typing)\.(?=[A-Za-z])"
)


def names_in(room: str) -> tuple[str, ...]:
    """List the public names of a room; a file of the vocabulary has no list, and gives what is written in it."""
    module = importlib.import_module(f"{LIBRARY}.{room}")
    listed = getattr(module, "__all__", None)
    return tuple(listed if listed is not None else (name for name in vars(module) if _is_written_in(module, name)))


def _is_written_in(module: ModuleType, name: str) -> bool:
    return not name.startswith("_") and getattr(vars(module)[name], "__module__", None) == module.__name__


@cache
def homes() -> dict[int, str]:
    """Find the home of every public thing, by its identity."""
    found: dict[int, str] = {}
    for room in ROOMS:
        module = importlib.import_module(f"{LIBRARY}.{room}")
        for name in names_in(room):
            found.setdefault(id(getattr(module, name)), f"{LIBRARY}.{room}.{name}")
    return found


@cache
def homes_by_name() -> dict[str, str]:
    """Find the home of a name that has one only."""
    found: dict[str, list[str]] = {}
    for home in homes().values():
        found.setdefault(home.rpartition(".")[2], []).append(home)
    return {name: places[0] for name, places in found.items() if len(places) == 1}


def _object_at(path: str) -> Any:
    """Take what stands at a dotted path, or None."""
    module, _, name = path.rpartition(".")
    if not module.startswith(LIBRARY):
        return None
    try:
        return getattr(importlib.import_module(module), name, None)
    except ImportError:
        return None


def home_of(target: str) -> str | None:
    """Tell under which name a thing stands in the reference, however it is called."""
    found = _object_at(target)
    if found is not None:
        return homes().get(id(found))
    # A small word is a name of many things: `members` is a fact before it is a strategy.
    is_telling = target[:1].isupper() or "_" in target or target in fupin_rules.__all__
    return homes_by_name().get(target) if is_telling else None


class NameRole(SphinxRole):
    """Code in single backticks: a link where it is a public name, and code all the same where it is not."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Make the reference, which is settled when all names are known."""
        code = nodes.literal(self.text, self.text, classes=["xref", "py"])
        reference = pending_xref(
            "", code, refdomain="py", reftype="obj", reftarget=self.text, refexplicit=False, refwarn=False
        )
        reference["py:module"] = self.env.ref_context.get("py:module")
        reference["py:class"] = self.env.ref_context.get("py:class")
        return [reference], []


def lead_home(app: Sphinx, env: BuildEnvironment, node: pending_xref, shown: nodes.TextElement) -> nodes.Node | None:
    """Lead a name that stands nowhere in the reference to the home of what it names."""
    if node.get("refdomain") != "py":
        return None
    home = home_of(node["reftarget"])
    if home is None or home == node["reftarget"]:
        return None
    python = env.domains.python_domain
    return python.resolve_xref(env, node["refdoc"], app.builder, "obj", home, node, shown)


def shorten_class(
    _app: Sphinx, what: str, _name: str, obj: object, _options: object, signature: str | None, returns: str | None
) -> tuple[str | None, str | None] | None:
    """Leave the types out of the signature of a class: they stand below, attribute by attribute."""
    if getattr(obj, "_is_protocol", False):
        return "", returns  # nobody makes one
    if what != "class" or not isinstance(obj, type) or not attrs.has(obj) or not signature:
        return None
    given = inspect.signature(obj).parameters.values()
    if len(given) > LONGEST:
        return "(…)", returns
    names = (each.name if each.default is each.empty else f"{each.name}=…" for each in given)
    return f"({', '.join(names)})", returns


def name_types(_app: Sphinx, _what: str, _name: str, obj: object, _options: object, lines: list[str]) -> None:
    """Name standard types as programs do, `Mapping` for `collections.abc.Mapping`, and ours by the room they are in."""
    known = vars(sys.modules[obj.__module__]) if isinstance(obj, type) else {}

    def full(name: re.Match[str]) -> str:
        return homes().get(id(known.get(name[0])), name[0])

    for place, line in enumerate(lines):
        if line.startswith(":vartype"):
            # A type that is imported for checkers only cannot be looked up by napoleon, and stays a bare name.
            lines[place] = BARE.sub(full, STANDARD.sub("", line))


def setup(app: Sphinx) -> dict[str, bool]:
    """Register with Sphinx."""
    app.add_role("name", NameRole())
    app.connect("missing-reference", lead_home)
    app.connect("autodoc-process-signature", shorten_class)
    app.connect("autodoc-process-docstring", name_types, priority=900)  # once napoleon has made fields of sections
    for kind in PyObject.doc_field_types:
        if kind.name == "variable":
            kind.label = "Attributes"
    return {"parallel_read_safe": True, "parallel_write_safe": True}
