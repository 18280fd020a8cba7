"""
Finding values under which a guard holds: what an event could carry, what would mend a refusal.

A guard is small and what it compares is written in it, so trying the values that matter (each code, both sides of each
number and day) finds what can be found. What is found is always judged by the guard itself before it is used.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import assert_never

import attrs

from fupin_rules.expr import Compare, Expr, Kind, Literal, Name, Scope, Type, Value, names, walk
from fupin_rules.workflow._view import View

MAX_TRIES = 20_000
_DAY = timedelta(days=1)


def solve(goals: Iterable[Expr], paths: Iterable[str], view: View, scope: Scope) -> Mapping[str, Value] | None:
    """
    Find values for some names under which all goals hold, everything else being as it is.

    Args:
        goals: Claims that must hold together.
        paths: Names that may be given values; only those that the goals read are tried.
        view: What is seen otherwise.
        scope: Types of the names.

    Returns:
        The values, the first found in an order that prefers what is seen already; None if none was found.
    """
    wanted = tuple(goals)
    read = {path for goal in wanted for path in names(goal)}
    free = [path for path in dict.fromkeys(paths) if path in read]
    choices = [candidates(path, scope.names[path].type, wanted, view) for path in free]
    for values in itertools.islice(itertools.product(*choices), MAX_TRIES):
        instead = dict(view.instead) | dict(zip(free, values, strict=True))
        tried = attrs.evolve(view, instead=instead)
        if all(tried.claim(goal) is True for goal in wanted):
            return instead
    return None


def candidates(path: str, kind: Type, goals: tuple[Expr, ...], view: View) -> tuple[Value, ...]:
    """Give the values of a name that goals can tell apart, the one seen already first."""
    seen = view.value(path)
    first: tuple[Value, ...] = (seen,) if isinstance(seen, (bool, int, str, date, frozenset)) else ()
    found: Iterable[Value]
    match kind.kind:
        case Kind.CLAIM:
            found = (True, False)
        case Kind.CODE:
            found = _codes(kind, goals)
        case Kind.CODES:
            found = (frozenset(), *(kind.codes - {code} for code in sorted(kind.codes)), kind.codes)
        case Kind.NUMBER:
            found = _numbers(kind, goals)
        case Kind.DAY:
            found = _days(goals, view)
        case Kind.TEXT:
            found = ("x",)
        case _ as never:
            assert_never(never)
    return tuple(dict.fromkeys((*first, *found)))


def _codes(kind: Type, goals: tuple[Expr, ...]) -> Iterator[str]:
    # What the goals name comes first; the order of a set would differ from run to run.
    yield from (text for text in _literals(goals) if isinstance(text, str) and text in kind.codes)
    yield from sorted(kind.codes)


def _numbers(kind: Type, goals: tuple[Expr, ...]) -> Iterator[int]:
    low, high = int(kind.low or 0), int(kind.high or 0)
    around = [int(number) for number in _literals(goals) if isinstance(number, Decimal)]
    near = [number + step for number in around for step in (0, 1, -1)]
    grid = [1, 2, 3, 4, 5, 6, 7, 10, 12, 30, low, high]
    yield from (number for number in dict.fromkeys((*near, *grid)) if low <= number <= high)


def _days(goals: tuple[Expr, ...], view: View) -> Iterator[date]:
    yield view.day
    for goal in goals:
        for node in walk(goal):
            match node:
                case Literal(date() as day):
                    yield from (day, day - _DAY, day + _DAY)
                case Name(path):
                    value = view.value(path)
                    if type(value) is date:
                        yield from (value, value - _DAY, value + _DAY)
                case _:
                    pass
    yield from (view.day - _DAY * days for days in (1, 30, 183, 366))


def _literals(goals: tuple[Expr, ...]) -> Iterator[object]:
    for goal in goals:
        for node in walk(goal):
            if isinstance(node, Literal):
                yield node.value


def pairs(expr: Compare) -> Iterator[Compare]:
    """Split a chain of comparisons into comparisons of two."""
    for left, comparator, right in zip(expr.operands, expr.comparators, expr.operands[1:], strict=False):
        yield Compare((left, right), (comparator,))
