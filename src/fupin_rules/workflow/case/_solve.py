"""
Finding values under which a guard holds: what an event could carry, what would mend a refusal.

A guard is small and what it compares is written in it, so trying the values that matter (each code, both sides of each
number and day) finds what can be found. What is found is always judged by the guard itself before it is used. A part
of an "and" is judged as soon as its own names have values, so that what cannot hold is not tried with all the rest.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import assert_never

import attrs

from fupin_rules.expr import (
    And,
    Call,
    Compare,
    Expr,
    IfElse,
    IsKnown,
    Kind,
    Literal,
    Name,
    Not,
    Or,
    Scope,
    Type,
    Value,
    names,
    uses,
    walk,
)
from fupin_rules.periods import FIRST_DAY, LAST_DAY
from fupin_rules.truth import Unknown
from fupin_rules.workflow.case._view import View

MAX_TRIES = 20_000
# So many months or years between days are searched for.
MAX_SPAN = 200
_DAY = timedelta(days=1)


@attrs.frozen
class Found:
    """
    What a search came to.

    Attributes:
        values: The values; None if none were found.
        is_complete: Whether everything there is to try was tried, if none were found; else the search gave up.
        tries: How often a name was given a value.
        left_out: Fields that the event is to do without.
    """

    values: Mapping[str, Value] | None
    is_complete: bool = True
    tries: int = 0
    left_out: frozenset[str] = frozenset()


def solve(goals: Iterable[Expr], paths: Iterable[str], view: View, scope: Scope) -> Mapping[str, Value] | None:
    """
    Find values for some names under which all goals hold, everything else being as it is.

    Args:
        goals: Claims that must hold together.
        paths: Names that may be given values; only those that the goals read are tried.
        view: What is seen otherwise.
        scope: Types of the names.

    Returns:
        The values, the first found in an order that prefers what is seen already; None if none was found. A field
        that is best left out has none.
    """
    return search(goals, paths, view, scope).values


def search(
    goals: Iterable[Expr], paths: Iterable[str], view: View, scope: Scope, *, max_tries: int = MAX_TRIES
) -> Found:
    """
    Find values as `solve` does, and tell whether the search was cut short.

    Args:
        goals: Claims that must hold together.
        paths: Names that may be given values; only those that the goals read are tried.
        view: What is seen otherwise.
        scope: Types of the names.
        max_tries: Values given to names before the search gives up.
    """
    wanted = tuple(part for goal in goals for part in conjuncts(inward(goal)))
    read = {path for goal in wanted for path in names(goal)}
    free = [path for path in dict.fromkeys(paths) if path in read]
    choices: list[tuple[Value | Unknown, ...]] = [
        (
            *candidates(path, scope.names[path].type, wanted, view),
            *((Unknown({path}),) if _can_be_left_out(path, wanted, view) else ()),
        )
        for path in free
    ]
    return _Descent(view, free, choices, wanted, max_tries).found()


class _Descent:
    """One search: name after name is given a value, and given up with the first part that does not hold."""

    def __init__(
        self,
        view: View,
        free: list[str],
        choices: list[tuple[Value | Unknown, ...]],
        goals: tuple[Expr, ...],
        tries: int,
    ) -> None:
        self.instead = dict(view.instead)
        self.view = attrs.evolve(view, instead=self.instead)
        self.free = free
        self.choices = choices
        self.tries = tries
        self.left = tries
        place = {path: number for number, path in enumerate(free, 1)}
        self.due: list[list[Expr]] = [[] for _ in range(len(free) + 1)]
        for goal in goals:
            self.due[max((place.get(path, 0) for path in names(goal)), default=0)].append(goal)

    def found(self) -> Found:
        is_found = self.holds(0) and self.descend(0)
        tries = self.tries - max(self.left, 0)
        if not is_found:
            return Found(None, self.left >= 0, tries)
        values = {path: value for path, value in self.instead.items() if not isinstance(value, Unknown)}
        return Found(values, self.left >= 0, tries, frozenset(self.instead.keys() - values.keys()))

    def holds(self, given: int) -> bool:
        return all(self.view.claim(goal) is True for goal in self.due[given])

    def descend(self, given: int) -> bool:
        if given == len(self.free):
            return True
        for value in self.choices[given]:
            self.left -= 1
            if self.left < 0:
                return False
            self.instead[self.free[given]] = value
            if self.holds(given + 1) and self.descend(given + 1):
                return True
        return False


def inward(guard: Expr) -> Expr:
    """
    Move every "not" down to what it is about; the guard says the same, known or not.

    >>> inward(Not(Or((Name("a"), Not(Name("b"))))))
    And(operands=(Not(operand=Name(path='a')), Name(path='b')))
    """
    match guard:
        case And(operands) | Or(operands):
            return attrs.evolve(guard, operands=tuple(inward(each) for each in operands))
        case Not(And(operands)):
            return Or(tuple(inward(Not(each)) for each in operands))
        case Not(Or(operands)):
            return And(tuple(inward(Not(each)) for each in operands))
        case Not(Not(operand)):
            return inward(operand)
        case IfElse(condition, then, otherwise):
            return IfElse(condition, inward(then), inward(otherwise))
        case Not(IfElse(condition, then, otherwise)):
            return IfElse(condition, inward(Not(then)), inward(Not(otherwise)))
        case _:
            return guard


def conjuncts(guard: Expr) -> Iterator[Expr]:
    """Give the parts of a guard that must all hold."""
    if isinstance(guard, And):
        for operand in guard.operands:
            yield from conjuncts(operand)
    else:
        yield guard


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
            found = _numbers(kind, goals, view)
        case Kind.DAY:
            found = _days(goals, view)
        case Kind.TEXT:
            found = ("x",)
        case _ as never:
            assert_never(never)
    return tuple(dict.fromkeys((*first, *found)))


def _can_be_left_out(path: str, goals: tuple[Expr, ...], view: View) -> bool:
    """Tell whether an event may do without a field, and a goal asks whether it does."""
    if not any(isinstance(node, IsKnown) and node.operand == Name(path) for goal in goals for node in walk(goal)):
        return False
    kind = view.procedure.event.get(view.event.type)
    return any(path == f"event.{field.id}" and not field.required for field in (kind.fields if kind else ()))


def _codes(kind: Type, goals: tuple[Expr, ...]) -> Iterator[str]:
    # What the goals name comes first; the order of a set would differ from run to run.
    yield from (text for text in _literals(goals) if isinstance(text, str) and text in kind.codes)
    yield from sorted(kind.codes)


def _numbers(kind: Type, goals: tuple[Expr, ...], view: View) -> Iterator[int]:
    low, high = int(kind.low or 0), int(kind.high or 0)
    # Counts are compared with one another: what is seen of the others matters as much as what a goal names.
    seen = [view.value(path) for goal in goals for path in sorted(names(goal))]
    around = [int(number) for number in _literals(goals) if isinstance(number, Decimal)]
    around += [number for number in seen if type(number) is int]
    # A share, 0.6667, stands for two numbers; a number with its sign turned is written without it.
    shares = [Fraction(number) for number in _literals(goals) if isinstance(number, Decimal) and number % 1]
    around += [number for share in shares for number in (share.numerator, share.denominator)]
    around += [-number for number in around] if low < 0 else []
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
    # What is counted between days is so many months or years long, or a little less or more, back or ahead.
    spans = sorted({int(number) for number in _counted(goals) if 0 < number <= MAX_SPAN})
    far = [sign * number * days for number in spans for days in (27, 32, 360, 370) for sign in (1, -1)]
    earliest, latest = (view.day - LAST_DAY).days, (view.day - FIRST_DAY).days
    yield from (view.day - _DAY * days for days in (1, 30, 183, 366, *far) if earliest <= days <= latest)


def _counted(goals: tuple[Expr, ...]) -> Iterator[Decimal]:
    for goal in goals:
        if uses(goal, Call):
            yield from (number for number in _literals((goal,)) if isinstance(number, Decimal))


def _literals(goals: tuple[Expr, ...]) -> Iterator[object]:
    for goal in goals:
        for node in walk(goal):
            if isinstance(node, Literal):
                yield node.value


def pairs(expr: Compare) -> Iterator[Compare]:
    """Split a chain of comparisons into comparisons of two."""
    for left, comparator, right in zip(expr.operands, expr.comparators, expr.operands[1:], strict=False):
        yield Compare((left, right), (comparator,))
