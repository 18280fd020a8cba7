"""The house: imports go down the floors, siblings do not know each other, and nothing reads what it was not given."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import fupin_rules

SOURCE = Path(fupin_rules.__file__).parent
FLOORS = {
    "errors": 0,
    "truth": 0,
    "quantities": 0,
    "periods": 0,
    "citations": 0,
    "tables": 0,
    "shapes": 0,
    "bulk": 0,
    "markup": 0,
    "journal": 1,
    "model": 1,
    "expr": 2,
    # Knows the language and no policy: packs and procedures are both read through it.
    "documents": 2.5,
    "policy": 3,
    "engine": 4,
    "columnar": 4,
    # Counts on registers what it proves of everybody.
    "comparison": 4.5,
    "interview": 5,
    "registry": 5,
    "report": 5,
    "review": 5,
    "workflow": 5,
    # Joins the plain forms that the rooms below keep.
    "schemas": 5.5,
    "cli": 6,
    "web": 6,
    "__main__": 7,
    "testing": 7,
    "pytest_plugin": 7,
    "": 6,
}
# The vocabulary builds on itself, in this order.
VOCABULARY = ["errors", "truth", "quantities", "periods", "citations", "tables", "shapes", "bulk", "markup"]
# The language knows no model: whoever brings a scope and facts can use it.
STRANGERS = {("expr", "model"), ("", "cli")}
CORE = {"attrs", "cattrs", "dateutil"}
EXTRAS = {
    "chinese_calendar",
    "duckdb",
    "fastapi",
    "hypothesis",
    "msgspec",
    "narwhals",
    "numpy",
    "pandas",
    "polars",
    "pyarrow",
    "pydantic",
    "pyspark",
    "pytest",
    "python_calamine",
    "rich",
    "starlette",
    "xlsxwriter",
    "z3",
}
# Rooms that are loaded by name, for those who have what they need: strategies read as strategies do elsewhere.
GUESTS = {
    "testing/strategies": "hypothesis",
    "testing/laws": "hypothesis",
    # Loaded by pytest, once a pack is named.
    "testing/pack_cases": "pytest",
}

FILES = sorted(SOURCE.rglob("*.py"))


def imports(path: Path) -> Iterator[tuple[ast.stmt, str, bool]]:
    """Give each import of a file: the node, the module, whether it stands inside a function."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda))
        for node in ast.walk(function)
    }
    # What is imported for the type checker alone is never loaded.
    inside |= {
        id(node)
        for block in ast.walk(tree)
        if path.name == "pytest_plugin.py" and isinstance(block, ast.If)
        for node in ast.walk(block)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node, alias.name, id(node) in inside) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            yield node, node.module or "", id(node) in inside


def imported_for_types(path: Path) -> set[str]:
    """Name what a file imports for its annotations alone."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    blocks = [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"
    ]
    return {
        alias.name for block in blocks for node in block.body if isinstance(node, ast.Import) for alias in node.names
    }


def room(path: Path) -> str:
    part = path.relative_to(SOURCE).parts[0]
    return "" if part == "__init__.py" else part.removesuffix(".py")


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_imports_go_down_the_floors_only(path: Path) -> None:
    here = room(path)
    for _, module, _ in imports(path):
        if not module.startswith("fupin_rules"):
            continue
        parts = module.split(".")
        there = parts[1] if len(parts) > 1 else ""
        if there == here and here not in VOCABULARY:
            continue
        assert len(parts) <= 2, f"{path} imports two levels deep: {module}"
        assert (here, there) not in STRANGERS, f"{path} must not know {module}"
        if here in VOCABULARY:
            assert VOCABULARY.index(there) < VOCABULARY.index(here), f"{path} imports {module}"
        else:
            assert FLOORS[there] < FLOORS[here], f"{path} imports {module}"


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(SOURCE)))
def test_what_is_imported_is_the_core_or_an_extra_where_it_is_used(path: Path) -> None:
    for _, module, inside in imports(path):
        top = module.split(".")[0]
        if top == "fupin_rules" or top in sys.stdlib_module_names:
            assert not inside, f"{path}: import of {module} inside a function"
        elif top in EXTRAS and GUESTS.get(path.parent.relative_to(SOURCE).as_posix()) != top:
            is_needed = inside or module in imported_for_types(path)
            assert is_needed, f"{path}: the extra {module} is imported before it is needed"
        elif top not in EXTRAS:
            assert top in CORE, f"{path} imports {module}"
            assert not inside


# What would let code look at the clock, the environment, the network or another program; the command may.
SENSES = {"socket", "ssl", "http", "urllib", "time", "subprocess", "logging", "locale", "getpass", "platform"}
FORBIDDEN = {
    "now",
    "today",
    "utcnow",
    "getenv",
    "environ",
    "urlopen",
    "socket",
    "eval",
    "exec",
    "__import__",
    "getLogger",
    "system",
}
# One place runs source of its own making; `tests/engine/test_engine_compiled.py` holds it to that.
ALLOWED = {("engine/compiled/_function.py", "exec")}


@pytest.mark.parametrize(
    "path", [path for path in FILES if room(path) != "cli"], ids=lambda path: str(path.relative_to(SOURCE))
)
def test_nothing_reads_the_clock_the_environment_or_the_network_and_nothing_prints(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if (path.relative_to(SOURCE).as_posix(), called) in ALLOWED:
                continue
            assert called not in FORBIDDEN | {"print", "input"}, f"{path}, line {node.lineno}: {called}"
        if isinstance(node, ast.Attribute):
            assert node.attr != "environ", f"{path}, line {node.lineno}"
        if isinstance(node, ast.ImportFrom):
            assert not FORBIDDEN & {alias.name for alias in node.names}, f"{path}, line {node.lineno}"
    assert not SENSES & {module.split(".")[0] for _, module, _ in imports(path)}, path


def test_every_folder_lists_what_it_offers() -> None:
    for path in SOURCE.rglob("__init__.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        listed = [
            node
            for node in tree.body
            if isinstance(node, ast.Assign) and getattr(node.targets[0], "id", "") == "__all__"
        ]
        assert len(listed) == 1, path
        names = ast.literal_eval(listed[0].value)
        assert sorted(names) == sorted(set(names))


def test_files_inside_folders_are_private() -> None:
    for path in FILES:
        if path.parent != SOURCE:
            assert path.name.startswith("_"), path


def test_every_file_begins_by_saying_what_it_is() -> None:
    for path in FILES:
        assert ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))), path


def test_importing_the_library_loads_no_extra_and_no_test_tool() -> None:
    # The room for tests included: what draws is loaded when it is asked for.
    code = "import fupin_rules.testing, sys; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert loaded & EXTRAS == set()


def test_the_library_works_with_sockets_blocked() -> None:
    code = (
        "import socket\n"
        "def refuse(*a, **k): raise OSError('no network')\n"
        "socket.socket = socket.create_connection = socket.getaddrinfo = refuse\n"
        "from datetime import date\n"
        "import fupin_rules as fr\n"
        "rules = fr.load_policy('yucheng-2016').on(date(2016, 1, 31))\n"
        "print(fr.assess(fr.Household(id='1'), rules).outcome.value)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "undetermined\n"
