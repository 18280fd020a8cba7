"""
The nodes of a rule: a closed union of frozen values, the one form that every reader reads.

Nodes compare by what they say, not by where they stood in a text: `at` (line and column, both from 1) serves error
messages only. A name is a path; what it names (fact, definition, parameter, rule) is told by the scope it is read in.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Literal as OneOf

import attrs

Position = tuple[int, int]
LiteralValue = bool | Decimal | str | date

Comparator = OneOf["<", "<=", ">", ">=", "==", "!="]
# A comparison read from its other side: `a < b` is `b > a`.
MIRRORED: Mapping[str, Comparator] = MappingProxyType(
    {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
)
ArithmeticOperator = OneOf["+", "-", "*", "/"]
QuantifierKind = OneOf["any", "all", "count", "sum", "min", "max"]


def _at() -> Position | None:
    field: Position | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)
    return field


@attrs.frozen
class Literal:
    """A truth value, an exact number, a text or code, or a day (written `date(2016, 1, 31)`)."""

    # By its type too: `True` equals 1 in Python.
    value: LiteralValue = attrs.field(eq=lambda value: (type(value), value))
    at: Position | None = _at()


@attrs.frozen
class Name:
    """A fact of the subject, a definition, a parameter, or the id of another rule."""

    path: str
    at: Position | None = _at()


@attrs.frozen
class Item:
    """A fact of the member at hand, inside a quantifier: `m.birth_date` has the path `birth_date`."""

    path: str
    at: Position | None = _at()


@attrs.frozen
class Not:
    """The contrary of a claim."""

    operand: Expr
    at: Position | None = _at()


@attrs.frozen
class And:
    """All of two or more claims."""

    operands: tuple[Expr, ...]
    at: Position | None = _at()


@attrs.frozen
class Or:
    """Any of two or more claims."""

    operands: tuple[Expr, ...]
    at: Position | None = _at()


@attrs.frozen
class Compare:
    """A chain of comparisons, `16 <= age(m.birth_date) < 60`; all neighbours must hold."""

    operands: tuple[Expr, ...]
    comparators: tuple[Comparator, ...]
    at: Position | None = _at()


@attrs.frozen
class In:
    """
    Membership: a code, text or number in a set of literals or a set parameter, or a literal code in a many-valued
    fact (`"disability" in m.health`).
    """

    element: Expr
    collection: SetOf | Name | Item
    at: Position | None = _at()


@attrs.frozen
class SetOf:
    """A set of literals, sorted by their text, without doubles; stands only on the right of `in`."""

    elements: tuple[Literal, ...]
    at: Position | None = _at()


@attrs.frozen
class Arithmetic:
    """Exact arithmetic; an unknown operand makes it unknown, and so does a zero divisor."""

    operator: ArithmeticOperator
    left: Expr
    right: Expr
    at: Position | None = _at()


@attrs.frozen
class Negative:
    """A number with its sign turned."""

    operand: Expr
    at: Position | None = _at()


@attrs.frozen
class IfElse:
    """One of two values, by a claim; with the claim open, known only where both values are known and equal."""

    condition: Expr
    then: Expr
    otherwise: Expr
    at: Position | None = _at()


@attrs.frozen
class Call:
    """A registered function: `age`, `months_since`, `years_between`, `months_between`, `round_half_up`."""

    function: str
    arguments: tuple[Expr, ...]
    at: Position | None = _at()


@attrs.frozen
class IsKnown:
    """Whether a value is known; may turn when a fact is learnt, so it is for checks and workflow guards only."""

    operand: Expr
    at: Position | None = _at()


@attrs.frozen
class OrElse:
    """A default that stands in for an unknown value, with the cited reason; what rests on it is provisional."""

    operand: Expr
    default: Expr
    because: str
    at: Position | None = _at()


@attrs.frozen
class Quantifier:
    """
    A claim or a number over the members: `any(item for m in members if where)`.

    Attributes:
        kind: What is asked of the members.
        relation: The declared relation, `members`.
        item: Claim or number for each member; None for `count`.
        where: Which members count; None for all of them.
    """

    kind: QuantifierKind
    relation: str
    item: Expr | None
    where: Expr | None = None
    at: Position | None = _at()


Expr = (
    Literal
    | Name
    | Item
    | Not
    | And
    | Or
    | Compare
    | In
    | SetOf
    | Arithmetic
    | Negative
    | IfElse
    | Call
    | IsKnown
    | OrElse
    | Quantifier
)
