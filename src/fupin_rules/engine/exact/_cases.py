"""
Values that stand for all values a fact can have, as far as a claim can tell them apart.

A flag has two, a code those that the claim names and one more; a number or a day has one on, one below and one above
each constant it is compared with, if it stands in such comparisons alone. Where a fact stands in a sum or a quotient no
list of values is enough, and none is given.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from fupin_rules.engine.counterfactual._movable import around
from fupin_rules.expr import (
    FUNCTIONS,
    MIRRORED,
    Call,
    Comparator,
    Compare,
    Expr,
    In,
    Item,
    Literal,
    Name,
    Value,
    children,
    span_as_days,
    walk,
)
from fupin_rules.model import CodeList, Field, Sort
from fupin_rules.policy import Meaning

_DAY: Final = timedelta(days=1)
_MOST_CODES: Final = 5
"""Codes of a set that are taken in every combination; of more, there would be too many."""


def cases_of(field: Field, claim: Expr, meaning: Meaning) -> tuple[Any, ...]:
    """
    Give values that stand for all of a fact, as the model holds them; none where no list of values would.

    Args:
        field: The fact.
        claim: What is asked, with definitions put in and chains of comparisons taken apart.
        meaning: What its names stand for.
    """
    uses = list(_uses(claim, field))
    match field.spec.sort:
        case Sort.FLAG:
            return (True, False)
        case Sort.CODE:
            return tuple(_codes(field, claim, meaning)) if all(_is_named(*use, meaning) for use in uses) else ()
        case Sort.CODES:
            return tuple(_sets(field, claim, meaning)) if all(isinstance(use, In) for use, _ in uses) else ()
        case Sort.NUMBER:
            limits = [_limit(use, place, meaning) for use, place in uses]
            return () if any(each is None for each in limits) else tuple(_numbers(field, limits))
        case Sort.DAY:
            days = [_days(use, place, claim, meaning) for use, place in uses]
            return () if any(each is None for each in days) else tuple(_around(days, meaning.on))
        case Sort.TEXT | Sort.PRIVATE:
            return ()


def _uses(claim: Expr, field: Field) -> Iterator[tuple[Expr, int]]:
    """Give every node that reads a fact, with the place of the fact among its parts."""
    kind = Item if field.owner == "member" else Name
    for node in walk(claim):
        for place, part in enumerate(children(node)):
            if isinstance(part, kind) and part.path == field.path:
                yield node, place


# -- codes -------------------------------------------------------------------------------------------------------------


def _is_named(node: Expr, place: int, meaning: Meaning) -> bool:
    """Tell whether a code is only held against codes that stand there, or in a parameter."""
    match node:
        case In(_, collection):
            return place == 0 and not meaning.is_fact(collection)
        case Compare(operands):
            return meaning.constant(operands[1 - place]) is not None
        case _:
            return False


def _named(claim: Expr, meaning: Meaning) -> set[str]:
    """Name every code that stands in a claim or in a parameter it reads."""
    found = set[str]()
    for node in walk(claim):
        held: Value | None = meaning.constant(node) if isinstance(node, (Literal, Name)) else None
        found |= held if isinstance(held, frozenset) else {held} if isinstance(held, str) else set()
    return found


def _codes(field: Field, claim: Expr, meaning: Meaning) -> Iterator[CodeList]:
    assert field.spec.code_list is not None
    named = _named(claim, meaning)
    yield from (code for code in field.spec.code_list if code.value in named)
    # All others are alike.
    yield from [code for code in field.spec.code_list if code.value not in named][:1]


def _sets(field: Field, claim: Expr, meaning: Meaning) -> Iterator[frozenset[CodeList]]:
    assert field.spec.code_list is not None
    named = _named(claim, meaning)
    codes = [code for code in field.spec.code_list if code.value in named]
    if len(codes) <= _MOST_CODES:
        most = len(codes) if field.spec.most is None else min(field.spec.most, len(codes))
        for size in range(most + 1):
            yield from map(frozenset, itertools.combinations(codes, size))


# -- numbers -----------------------------------------------------------------------------------------------------------


def _limit(node: Expr, place: int, meaning: Meaning) -> Fraction | None:
    """Give the number that a fact itself is compared with; None where it is not compared, or with no constant."""
    if not isinstance(node, Compare):
        return None
    found = meaning.constant(node.operands[1 - place])
    return Fraction(found) if isinstance(found, (int, Fraction)) and not isinstance(found, bool) else None


def _numbers(field: Field, limits: list[Fraction | None]) -> Iterator[Decimal]:
    low, high = field.spec.low, field.spec.high
    assert low is not None and high is not None
    for limit in dict.fromkeys(limits):
        assert limit is not None
        yield from around(field, limit)
    yield from (low, high)


# -- days --------------------------------------------------------------------------------------------------------------


def _days(node: Expr, place: int, claim: Expr, meaning: Meaning) -> list[date] | None:
    """Give the last days of the spans of days that a comparison tells apart; None where it is more than that."""
    match node:
        case Compare(operands):
            found = meaning.constant(operands[1 - place])
            return [found - _DAY, found] if isinstance(found, date) else None
        case Call(function) if FUNCTIONS[function].to_assessment:
            return _ends(node, claim, meaning)
        case _:
            return None


def _ends(call: Call, claim: Expr, meaning: Meaning) -> list[date] | None:
    # A day after that of the assessment has no span.
    ends = [meaning.on]
    for node in walk(claim):
        for place in (place for place, part in enumerate(children(node)) if part == call):
            limit = _limit(node, place, meaning)
            if limit is None or not isinstance(node, Compare):
                return None
            sign: Comparator = node.comparators[0] if place == 0 else MIRRORED[node.comparators[0]]
            _, tests = span_as_days(call.function, sign, limit, meaning.on)
            ends += [test[1] for test in tests if not isinstance(test, bool)]
    return ends


def _around(ends: list[list[date] | None], on: date) -> Iterator[date]:
    """Give one day of each span."""
    found = sorted({on, *(day for each in ends if each is not None for day in each)})
    yield from found
    yield found[-1] + _DAY
