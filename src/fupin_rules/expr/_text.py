"""Tree to canonical text: the fewest brackets, sets sorted, the loop variable always `m`."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import assert_never

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
    LiteralValue,
    Name,
    Negative,
    Not,
    Or,
    OrElse,
    Quantifier,
    SetOf,
)

# How tightly each form binds, as in Python.
_IF, _OR, _AND, _NOT, _COMPARE, _SUM, _PRODUCT, _SIGN, _ATOM = range(9)


def to_text(expr: Expr) -> str:
    """
    Write a tree in canonical form; `parse` reads the same tree back.

    >>> to_text(Or((Name("a"), And((Name("b"), Not(Name("c")))))))
    'a or b and not c'
    """
    return _write(expr)[0]


def tidy(number: Decimal) -> Decimal:
    """
    Give a number its one form, without zeros at its end.

    >>> tidy(Decimal("2.50")), tidy(Decimal("1E+3"))
    (Decimal('2.5'), Decimal('1000'))
    """
    # By hand: `normalize` and `quantize` round to the 28 digits of the decimal context.
    sign, digits, exponent = number.as_tuple()
    assert isinstance(exponent, int)
    while exponent < 0 and digits[-1] == 0 and len(digits) > 1:
        digits, exponent = digits[:-1], exponent + 1
    if not number:
        return Decimal(0)
    return Decimal((sign, digits + (0,) * max(exponent, 0), min(exponent, 0)))


def literal_text(value: LiteralValue) -> str:
    """Write a literal."""
    match value:
        case bool():
            return str(value)
        case Decimal():
            # Equal numbers have one text, and so equal trees one JSON form.
            return format(tidy(value), "f")
        case date():
            return f"date({value.year}, {value.month}, {value.day})"
        case str():
            return json.dumps(value, ensure_ascii=False)


def _within(expr: Expr, level: int) -> str:
    text, binds = _write(expr)
    return text if binds >= level else f"({text})"


def _write(expr: Expr) -> tuple[str, int]:
    match expr:
        case Literal(value):
            return literal_text(value), _ATOM
        case Name(path):
            return path, _ATOM
        case Item(path):
            return f"m.{path}", _ATOM
        case Not(In(element, collection)):
            return f"{_within(element, _SUM)} not in {_within(collection, _ATOM)}", _COMPARE
        case Not(operand):
            return f"not {_within(operand, _NOT)}", _NOT
        case And(operands):
            return " and ".join(_within(each, _NOT) for each in operands), _AND
        case Or(operands):
            return " or ".join(_within(each, _AND) for each in operands), _OR
        case Compare(operands, comparators):
            sides = [_within(each, _SUM) for each in operands]
            pairs = (f" {sign} {side}" for sign, side in zip(comparators, sides[1:], strict=True))
            return sides[0] + "".join(pairs), _COMPARE
        case In(element, collection):
            return f"{_within(element, _SUM)} in {_within(collection, _ATOM)}", _COMPARE
        case SetOf(elements):
            return "{" + ", ".join(to_text(each) for each in elements) + "}", _ATOM
        case Arithmetic(operator, left, right):
            level = _SUM if operator in "+-" else _PRODUCT
            return f"{_within(left, level)} {operator} {_within(right, level + 1)}", level
        case Negative(operand):
            return f"-{_within(operand, _SIGN)}", _SIGN
        case IfElse(condition, then, otherwise):
            return f"{_within(then, _OR)} if {_within(condition, _OR)} else {_within(otherwise, _IF)}", _IF
        case Call(function, arguments):
            return f"{function}({', '.join(to_text(each) for each in arguments)})", _ATOM
        case IsKnown(operand):
            return f"is_known({to_text(operand)})", _ATOM
        case OrElse(operand, default, because):
            reason = json.dumps(because, ensure_ascii=False)
            return f"or_else({to_text(operand)}, {to_text(default)}, because={reason})", _ATOM
        case Quantifier(kind, relation, item, where):
            counted = "m" if item is None else to_text(item)
            filtered = "" if where is None else f" if {_within(where, _OR)}"
            return f"{kind}({counted} for m in {relation}{filtered})", _ATOM
        case _ as never:
            assert_never(never)
