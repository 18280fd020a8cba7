"""
Trees as canonical JSON data: one form for each tree, for fingerprints, front ends and other programs.

A node is a list, its name first: `["and", …]`, `["name", "income.pension_yuan"]`. Numbers are texts, so that no reader
makes floats of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from keyword import iskeyword
from types import MappingProxyType
from typing import Any, assert_never

from fupin_rules.errors import ExpressionError, Fault, LimitError
from fupin_rules.expr._limits import MAX_DEPTH, MAX_NODES, MAX_TEXT, check_tree
from fupin_rules.expr._nodes import (
    And,
    Arithmetic,
    Call,
    Compare,
    Expr,
    IfElse,
    In,
    IsKnown,
    Item,
    Literal,
    Name,
    Negative,
    Not,
    Or,
    OrElse,
    Quantifier,
    SetOf,
)
from fupin_rules.expr._text import literal_text, tidy
from fupin_rules.quantities import exact


def to_json(expr: Expr) -> list[Any]:
    """
    Write a tree as JSON data.

    >>> to_json(Not(Name("a")))
    ['not', ['name', 'a']]
    """
    match expr:
        case Literal(value):
            return _literal_json(value)
        case Name(path):
            return ["name", path]
        case Item(path):
            return ["item", path]
        case Not(operand):
            return ["not", to_json(operand)]
        case And(operands):
            return ["and", *map(to_json, operands)]
        case Or(operands):
            return ["or", *map(to_json, operands)]
        case Compare(operands, comparators):
            return ["compare", list(comparators), *map(to_json, operands)]
        case In(element, collection):
            return ["in", to_json(element), to_json(collection)]
        case SetOf(elements):
            return ["set", *map(to_json, elements)]
        case Arithmetic(operator, left, right):
            return ["arithmetic", operator, to_json(left), to_json(right)]
        case Negative(operand):
            return ["negative", to_json(operand)]
        case IfElse(condition, then, otherwise):
            return ["if_else", to_json(condition), to_json(then), to_json(otherwise)]
        case Call(function, arguments):
            return ["call", function, *map(to_json, arguments)]
        case IsKnown(operand):
            return ["is_known", to_json(operand)]
        case OrElse(operand, default, because):
            return ["or_else", to_json(operand), to_json(default), because]
        case Quantifier(kind, relation, item, where):
            parts = (None if each is None else to_json(each) for each in (item, where))
            return ["quantifier", kind, relation, *parts]
        case _ as never:
            assert_never(never)


def _literal_json(value: bool | Decimal | str | date) -> list[Any]:
    match value:
        case bool():
            return ["claim", value]
        case Decimal():
            return ["number", literal_text(value)]
        case date():
            return ["day", value.isoformat()]
        case str():
            return ["text", value]


def from_json(data: object) -> Expr:
    """
    Read a tree from JSON data, within the limits of texts.

    Raises:
        ExpressionError: It is no tree.
        LimitError: It is deeper or larger than is read.

    >>> from_json(["not", ["name", "a"]])
    Not(operand=Name(path='a'))
    """
    _keep_limits(data)
    expr = _read(data)
    check_tree(expr)
    return expr


def _keep_limits(data: object) -> None:
    waiting: list[tuple[object, int]] = [(data, 0)]
    visited = 0
    while waiting:
        value, depth = waiting.pop()
        visited += 1
        if depth > 2 * MAX_DEPTH or visited > 4 * MAX_NODES or (isinstance(value, str) and len(value) > MAX_TEXT):
            raise LimitError(Fault("$", "deeper, larger or longer than is read", "split it by definitions", "depth"))
        if isinstance(value, list):
            waiting.extend((each, depth + 1) for each in value)


def _bad(what: str) -> ExpressionError:
    return ExpressionError(Fault("$", what, "write it with `to_json`", "json"))


def _read(data: object) -> Expr:
    if not (isinstance(data, list) and data and isinstance(data[0], str) and data[0] in _READERS):
        raise _bad("a node is no list with the name of a node first")
    try:
        return _READERS[data[0]](*data[1:])
    except (TypeError, ValueError, ArithmeticError):
        raise _bad(f"a `{data[0]}` has other parts than it should") from None


def _text(data: object) -> str:
    if not isinstance(data, str):
        raise TypeError
    return data


def _claim(value: object) -> Literal:
    if not isinstance(value, bool):
        raise TypeError
    return Literal(value)


def _day(data: object) -> Literal:
    day = date.fromisoformat(_text(data))
    # Weeks, and days without hyphens, are read by Python, and are no canonical form.
    if day.isoformat() != data:
        raise ValueError
    return Literal(day)


def _path(data: object, *, of_member: bool = False) -> str:
    """Read a name as a text could write it; `m` names a member there, so nothing else."""
    path = _text(data)
    parts = path.split(".")
    if not path.isascii() or not all(part.isidentifier() and not iskeyword(part) for part in parts):
        raise ValueError
    if parts[0] == "m" and not of_member:
        raise ValueError
    return path


def _cited(data: object) -> str:
    because = _text(data)
    if not because.startswith("src:"):
        raise ValueError
    return because


def _several(operands: tuple[object, ...], least: int) -> tuple[Expr, ...]:
    if len(operands) < least:
        raise ValueError
    return tuple(_read(each) for each in operands)


def _one_of(value: object, known: tuple[str, ...]) -> Any:
    if value not in known:
        raise ValueError
    return value


def _compare(comparators: object, *operands: object) -> Compare:
    if not isinstance(comparators, list) or len(operands) != len(comparators) + 1:
        raise TypeError
    signs = tuple(_one_of(each, ("<", "<=", ">", ">=", "==", "!=")) for each in comparators)
    return Compare(_several(operands, 2), signs)


def _set_of(*elements: object) -> SetOf:
    read = [_read(each) for each in elements]
    literals = {literal_text(each.value): each for each in read if isinstance(each, Literal)}
    if len(literals) < max(len(elements), 1):
        raise ValueError
    return SetOf(tuple(literals[text] for text in sorted(literals)))


def _in(element: object, collection: object) -> In:
    held = _read(collection)
    if not isinstance(held, (SetOf, Name, Item)):
        raise TypeError
    return In(_read(element), held)


def _quantifier(kind: object, relation: object, item: object, where: object) -> Quantifier:
    known = _one_of(kind, ("any", "all", "count", "sum", "min", "max"))
    read = [None if each is None else _read(each) for each in (item, where)]
    return Quantifier(known, _path(relation), read[0], read[1])


_READERS: Mapping[str, Callable[..., Expr]] = MappingProxyType(
    {
        "claim": _claim,
        "number": lambda value: Literal(exact(tidy(exact(_text(value))))),
        "day": _day,
        "text": lambda value: Literal(_text(value)),
        "name": lambda path: Name(_path(path)),
        "item": lambda path: Item(_path(path, of_member=True)),
        "not": lambda operand: Not(_read(operand)),
        "and": lambda *operands: And(_several(operands, 2)),
        "or": lambda *operands: Or(_several(operands, 2)),
        "compare": _compare,
        "in": _in,
        "set": _set_of,
        "arithmetic": lambda sign, left, right: Arithmetic(
            _one_of(sign, ("+", "-", "*", "/")), _read(left), _read(right)
        ),
        "negative": lambda operand: Negative(_read(operand)),
        "if_else": lambda condition, then, otherwise: IfElse(_read(condition), _read(then), _read(otherwise)),
        "call": lambda function, *arguments: Call(_text(function), _several(arguments, 1)),
        "is_known": lambda operand: IsKnown(_read(operand)),
        "or_else": lambda operand, default, because: OrElse(_read(operand), _read(default), _cited(because)),
        "quantifier": _quantifier,
    }
)
