"""
The reference evaluator: what an expression means, in the order of the nodes, to be checked against the prose by eye.

Kleene logic throughout; exact numbers; unknown only where the known facts do not settle the value.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, assert_never

import attrs

from fupin_rules.expr._functions import FUNCTIONS
from fupin_rules.expr._nodes import (
    MIRRORED,
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
from fupin_rules.expr._types import Context, ItemFacts, Value
from fupin_rules.expr._walk import walk
from fupin_rules.truth import Truth, Unknown, Why, all_of, any_of, merge, negate


def evaluate(expr: Expr, context: Context, item: ItemFacts | None = None) -> Value | Unknown:
    """
    Work out an expression.

    Args:
        expr: A checked tree; an unchecked one may raise anything.
        context: The subject under a snapshot on a day.
        item: The member at hand, inside a quantifier.

    Returns:
        A value, or Unknown with the names of the facts that keep it open.

    Raises:
        BudgetExceededError: It takes too many steps.
    """
    context.spend()
    match expr:
        case Literal(value):
            return _literal(value) if isinstance(value, Decimal) else value
        case Name(path):
            return context.value(path)
        case Item(path):
            assert item is not None
            return item.value(path)
        case Not(operand):
            return negate(_claim(operand, context, item))
        case And(operands):
            return all_of([_claim(each, context, item) for each in operands])
        case Or(operands):
            return any_of([_claim(each, context, item) for each in operands])
        case Compare((left, right), (comparator,)):
            return _compare(evaluate(left, context, item), comparator, evaluate(right, context, item))
        case Compare(operands, comparators):
            values = [evaluate(each, context, item) for each in operands]
            pairs = zip(values, comparators, values[1:], strict=False)
            return all_of([_compare(left, comparator, right) for left, comparator, right in pairs])
        case In(element, SetOf(elements)):
            found = evaluate(element, context, item)
            wanted = {evaluate(each, context, item) for each in elements}
            return merge([found]) if isinstance(found, Unknown) else found in wanted
        case In(element, collection):
            found, held = evaluate(element, context, item), evaluate(collection, context, item)
            unknowns = [each for each in (found, held) if isinstance(each, Unknown)]
            return merge(unknowns) if unknowns else found in held  # type: ignore[operator]  # checked: a set
        case SetOf():
            raise AssertionError("a set stands only on the right of `in`")
        case Arithmetic(operator, left, right):
            one, other = evaluate(left, context, item), evaluate(right, context, item)
            if operator == "/" and other == 0:
                return _without(right, Why.ZERO_DIVISOR, context, item)
            return _arithmetic(operator, one, other)
        case Negative(operand):
            return _arithmetic("-", 0, evaluate(operand, context, item))
        case IfElse(condition, then, otherwise):
            claim = _claim(condition, context, item)
            if not isinstance(claim, Unknown):
                return _plainly(evaluate(then if claim else otherwise, context, item))
            return _either(claim, evaluate(then, context, item), evaluate(otherwise, context, item))
        case Call(_, arguments):
            return _call(expr, [evaluate(each, context, item) for each in arguments], context, item)
        case IsKnown(operand):
            return not isinstance(evaluate(operand, context, item), Unknown)
        case OrElse(operand, default):
            told = evaluate(operand, context, item)
            if not isinstance(told, Unknown) or not context.with_defaults:
                return _plainly(told)
            stood_in = evaluate(default, context, item)
            # Either would settle it: the value itself, or what its default is worked out from.
            return merge([told, stood_in]) if isinstance(stood_in, Unknown) else stood_in
        case Quantifier():
            return _quantify(expr, context)
        case _ as never:
            assert_never(never)


def _claim(expr: Expr, context: Context, item: ItemFacts | None) -> Truth:
    value = evaluate(expr, context, item)
    assert isinstance(value, (bool, Unknown))
    return value


# Rules hold few numbers and are read many times; a fraction from a decimal takes as long as five nodes.
@functools.lru_cache(maxsize=4096)
def _literal(value: Decimal) -> Fraction | int:
    return _number(Fraction(value))


def _number(value: Fraction | int) -> Fraction | int:
    # One form for each number, so that values of different origin are equal and hash alike.
    return value if type(value) is int else int(value) if value.denominator == 1 else value


def _holds(left: Any, comparator: str, right: Any) -> bool:
    match comparator:
        case "<":
            return bool(left < right)
        case "<=":
            return bool(left <= right)
        case ">":
            return bool(left > right)
        case ">=":
            return bool(left >= right)
        case "==":
            return bool(left == right)
        case _:
            return bool(left != right)


def _compare(left: Value | Unknown, comparator: str, right: Value | Unknown) -> Truth:
    if isinstance(left, Unknown) and not isinstance(right, Unknown):
        return _bounded(left, comparator, right)
    if isinstance(right, Unknown) and not isinstance(left, Unknown):
        return _bounded(right, MIRRORED[comparator], left)
    if isinstance(left, Unknown) and isinstance(right, Unknown):
        return merge([left, right])
    return _holds(left, comparator, right)


def _bounded(count: Unknown, comparator: str, number: Any) -> Truth:
    """Decide a partly known count against a known number, where its bounds allow."""
    low, high = count.low, count.high
    if low is None:
        return merge([count])
    match comparator:
        case "<" | "<=" if high is not None and _holds(high, comparator, number):
            return True
        case "<" | "<=" if not _holds(low, comparator, number):
            return False
        case ">" | ">=" if _holds(low, comparator, number):
            return True
        case ">" | ">=" if high is not None and not _holds(high, comparator, number):
            return False
        case "==" | "!=" if number < low or (high is not None and number > high) or number != int(number):
            return comparator == "!="
        case _:
            return merge([count])


def _arithmetic(operator: str, left: Any, right: Any) -> Value | Unknown:
    if isinstance(left, Unknown) or isinstance(right, Unknown):
        return merge(each for each in (left, right) if isinstance(each, Unknown))
    match operator:
        case "+":
            return _number(left + right)
        case "-":
            return _number(left - right)
        case "*":
            return _number(left * right)
        case _:
            return _number(Fraction(left) / right)


def _without(expr: Expr, why: Why, context: Context, item: ItemFacts | None) -> Unknown:
    """Name the facts that an impossible value was read from: one of them must be otherwise."""
    read: set[str] = set()
    for node in walk(expr):
        match node:
            case Name(path):
                read |= context.facts_behind(path)
            case Item(path) if item is not None:
                read.add(item.name(path))
            case Quantifier(_, relation):
                read.add(relation)
            case _:
                pass
    return Unknown(read, {(name, why) for name in read})


def _plainly(value: Value | Unknown) -> Value | Unknown:
    """Give a value that was chosen; a count is decided by its bounds only where it is compared itself."""
    return merge([value]) if isinstance(value, Unknown) else value


def _either(condition: Unknown, then: Value | Unknown, otherwise: Value | Unknown) -> Value | Unknown:
    if not isinstance(then, Unknown) and not isinstance(otherwise, Unknown) and then == otherwise:
        return then
    return merge([condition, *(each for each in (then, otherwise) if isinstance(each, Unknown))])


def _call(call: Call, values: list[Any], context: Context, item: ItemFacts | None) -> Value | Unknown:
    unknowns = [each for each in values if isinstance(each, Unknown)]
    if unknowns:
        return merge(unknowns)
    function = FUNCTIONS[call.function]
    if function.to_assessment:
        if values[0] > context.on:
            # Nobody has an age before being born, and nothing lasts before it began: the date is wrong, or too new for
            # this assessment.
            return _without(call.arguments[0], Why.CONFLICTING, context, item)
        values.append(context.on)
    found = function.apply(*values)
    return _number(found) if isinstance(found, (int, Fraction)) else found


def _quantify(expr: Quantifier, context: Context) -> Value | Unknown:
    roster = context.roster(expr.relation)
    judged = list(_judged(expr, roster.items, context))
    match expr.kind:
        case "any":
            return any_of([*(all_of([keep, value]) for keep, value in judged), negate(roster.complete)])
        case "all":
            return all_of([*(any_of([negate(keep), value]) for keep, value in judged), roster.complete])
        case "count":
            return _count([keep for keep, _ in judged], roster.complete)
        case kind:
            return _fold(kind, judged, roster.complete, expr.relation)


def _judged(expr: Quantifier, items: tuple[ItemFacts, ...], context: Context) -> Iterator[tuple[Truth, Any]]:
    for item in items:
        keep = True if expr.where is None else _claim(expr.where, context, item)
        # A member filtered out for certain does not count, so nothing of it can be missing.
        value = None if expr.item is None or keep is False else evaluate(expr.item, context, item)
        yield keep, False if keep is False and expr.kind in ("any", "all") else value


def _count(kept: list[Truth], complete: Truth) -> Value | Unknown:
    low = sum(1 for keep in kept if keep is True)
    unknowns = [each for each in (*kept, complete) if isinstance(each, Unknown)]
    if not unknowns:
        return low
    high = None if isinstance(complete, Unknown) else low + len(unknowns)
    return attrs.evolve(merge(unknowns), low=low, high=high)


def _fold(kind: str, judged: list[tuple[Truth, Any]], complete: Truth, relation: str) -> Value | Unknown:
    unknowns = [keep for keep, _ in judged if isinstance(keep, Unknown)]
    unknowns += [value for keep, value in judged if keep is not False and isinstance(value, Unknown)]
    unknowns += [complete] if isinstance(complete, Unknown) else []
    if unknowns:
        return merge(unknowns)
    values = [value for keep, value in judged if keep is True]
    if kind == "sum":
        return _number(sum(values, Fraction(0)))
    if not values:
        return Unknown({relation})
    return _number(min(values) if kind == "min" else max(values))
