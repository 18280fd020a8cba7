"""
Draw the page of the reference that lists every code of a fault with what it says, from the source itself.

Run it after a change (`python docs/error_codes.py`); a test tells when the page is out of date, and when a fault that
somebody may meet has no code.
"""

import ast
import functools
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "fupin_rules"
PAGE = ROOT / "docs" / "reference" / "error-codes.md"
# What several words of one kind lead to: `no_state`, `no_role`, … (`workflow/procedure/_read_names.py`).
NAMED_BY_SORT = "no_"
SHOWN = 3


@attrs.frozen
class Helper:
    """A function that makes faults of what it is told: where `what` and `code` stand among its arguments."""

    what: int | None
    code: int | None
    default: str | None


@attrs.frozen
class Said:
    """One place of the source that makes a fault: its code, what it says, where."""

    code: str
    what: str
    file: str
    line: int


FAULT = Helper(1, 3, None)
HEAD = """\
# Codes of faults

Drawn from the source by `docs/error_codes.py`; a test holds the two together.
A fault has `where`, `what`, `mend` and `code`; a program tells it by the code, the sentence is a courtesy.
`…` stands for what is told when it happens, never for a value of a fact.

A name in a procedure that leads nowhere has a code by the sort of part it names: {sorts}.
What a procedure cannot mean is told by [`P001` to `P023`](procedure-findings.md).
Why an event is refused is told by [reasons with codes of their own](workflow.md#reasons-of-a-refusal).
What was done to a journal is told by the names of its findings: `edited`, `missing`, `inserted`, `reordered`, `truncated`, `forked`, `inadmissible`, `unknown_procedure`, `disproved`.

| code | told by | says |
| --- | --- | --- |"""  # noqa: E501  a sentence a line


@functools.cache
def trees() -> Mapping[str, ast.Module]:
    """Parse every file of the library, by its path."""
    paths = sorted(SOURCE.rglob("*.py"))
    return {path.relative_to(SOURCE).as_posix(): ast.parse(path.read_text(encoding="utf-8")) for path in paths}


def helpers(tree: ast.Module) -> dict[str, Helper]:
    """Find the functions of a file that are told the code of a fault."""
    found = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            names = [each.arg for each in node.args.args if each.arg != "self"]
            only = [each.arg for each in node.args.kwonlyargs]
            if "code" in names + only and "fault" in node.name + ast.unparse(node).lower():
                given = dict(zip(reversed(names), reversed(node.args.defaults), strict=False))
                given |= {name: value for name, value in zip(only, node.args.kw_defaults, strict=True) if value}
                default = given.get("code")
                found[node.name] = Helper(
                    names.index("what") if "what" in names else None,
                    names.index("code") if "code" in names else None,
                    default.value if isinstance(default, ast.Constant) and isinstance(default.value, str) else None,
                )
    return found


def constants(modules: Mapping[str, ast.Module]) -> dict[str, str]:
    """Give the texts that have names, for a code may be one of them."""
    found: dict[str, str] = {}
    for tree in modules.values():
        for node in tree.body:
            match node:
                case ast.Assign([ast.Name(name)], ast.Constant(str() as value)) if name.isupper():
                    found[name] = value
    return found


def texts(node: ast.expr | None, before: int, around: ast.AST, named: Mapping[str, str]) -> tuple[str, ...]:
    """Give what an expression may say on a line, `…` standing for whatever is told when it happens."""
    match node:
        case ast.Constant(str() as value):
            return (value,)
        case ast.JoinedStr(parts):
            return ("".join(str(part.value) if isinstance(part, ast.Constant) else "…" for part in parts),)
        case ast.IfExp(_, one, other):
            return texts(one, before, around, named) + texts(other, before, around, named)
        case ast.BinOp(left, ast.Add(), right):
            ends = texts(right, before, around, named) or ("…",)
            return tuple(one + other for one in texts(left, before, around, named) or ("…",) for other in ends)
        case ast.Name(name):
            written = [
                each
                for each in ast.walk(around)
                if isinstance(each, ast.Assign) and each.lineno <= before and _sets(each, name)
            ]
            last = max(written, key=lambda each: each.lineno, default=None)
            if last is not None:
                return texts(last.value, last.lineno - 1, around, named)
            return (named[name],) if name in named else ()
        case _:
            return ()


def _sets(node: ast.Assign, name: str) -> bool:
    return any(isinstance(target, ast.Name) and target.id == name for target in node.targets)


def argument(call: ast.Call, name: str, place: int | None) -> ast.expr | None:
    """Give an argument of a call by its name or its place."""
    for keyword in call.keywords:
        if keyword.arg == name:
            return keyword.value
    return call.args[place] if place is not None and place < len(call.args) else None


@functools.cache
def said(*, nameless: bool = False) -> tuple[Said, ...]:
    """Give every fault that the library makes, or those that have no code."""
    return tuple(_said(nameless=nameless))


def _said(*, nameless: bool) -> Iterator[Said]:
    modules = trees()
    named = constants(modules)
    tables = helpers(modules["documents/_table.py"])
    for file, tree in modules.items():
        makers = {"Fault": FAULT, "fault": tables["fault"], **helpers(tree)}
        functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
        for call in ast.walk(tree):
            if not isinstance(call, ast.Call):
                continue
            name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
            if name not in makers:
                continue
            maker = makers[name]
            within = [each for each in functions if each.lineno <= call.lineno <= (each.end_lineno or 0)]
            around: ast.AST = within[-1] if within else tree
            code = argument(call, "code", maker.code)
            if code is None and maker.default is None:
                if nameless and not (isinstance(around, ast.FunctionDef) and around.name == "__str__"):
                    yield Said("", ast.unparse(call), file, call.lineno)
                continue
            codes = texts(code, call.lineno, around, named) if code is not None else (maker.default or "",)
            whats = texts(argument(call, "what", maker.what), call.lineno, around, named) or ("…",)
            for each in () if nameless else codes:
                yield from (Said(each, what, file, call.lineno) for what in whats)


def page() -> str:
    """Draw the page."""
    by_code: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for each in said():
        if "…" not in each.code:
            by_code[each.code][each.what].add(each.file.partition("/")[0].removesuffix(".py"))
    lines = [HEAD.format(sorts=", ".join(f"`{NAMED_BY_SORT}{sort}`" for sort in sorts()))]
    for code in sorted(by_code):
        rooms = sorted({room for rooms in by_code[code].values() for room in rooms})
        whats = sorted((each for each in by_code[code] if each != "…"), key=lambda each: (len(each), each))
        shown = "; ".join(each.replace("|", "\\|").replace("\n", " ") for each in whats[:SHOWN])
        lines.append(
            f"| `{code}` | {', '.join(f'`{room}`' for room in rooms)} | {shown}{'; …' if len(whats) > SHOWN else ''} |"
        )
    return "\n".join(lines) + "\n"


def sorts() -> tuple[str, ...]:
    """Give the sorts of parts of a procedure, as codes name them."""
    for node in trees()["workflow/procedure/_read_names.py"].body:
        match node:
            case ast.AnnAssign(ast.Name("SORTS"), value=ast.Dict(values=values)):
                return tuple(ast.literal_eval(value)[1] for value in values)
    raise LookupError("`SORTS` is not where it was")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
