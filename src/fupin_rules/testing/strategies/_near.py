"""
Aiming at thresholds: the value of a fact at which a comparison turns, one smallest unit below it and above it.

Amounts are solved for, exactly; days are found by halving, on the comparison itself, so that ages, spans and plain
days are all found in one way. What the comparison reads besides is made known first, for an open one turns nowhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, TypeVar
from typing import Literal as OneOf

import attrs
import hypothesis.strategies as st

from fupin_rules.expr import Compare, Expr, Item, Name, Quantifier, Value, children, evaluate
from fupin_rules.model import AnySubject, Field, Household, Sort, all_facts, with_fact
from fupin_rules.policy import Reading, Snapshot
from fupin_rules.testing.strategies._reads import MEMBERS, Read, claims_of, read_of, subject_named
from fupin_rules.testing.strategies._values import known_values, ordinary_bounds, smallest_unit
from fupin_rules.truth import NotKnown, Unknown

Comparator = OneOf["<", "<="]
_Subject = TypeVar("_Subject", bound=AnySubject)
_DAY: Final = timedelta(days=1)
# How far from the day of a snapshot a day is looked for.
_BEFORE, _AFTER = timedelta(days=110 * 366), timedelta(days=20 * 366)


@attrs.frozen
class Aim:
    """
    A threshold, and a fact that is moved to it.

    Attributes:
        comparison: Of two neighbours, with definitions put in.
        field: The fact.
        of_member: Whether it is a member's.
        each_member: Whether the comparison is made member by member.
        read: What the comparison reads.
    """

    comparison: Compare
    field: Field
    of_member: bool
    each_member: bool
    read: Read

    @property
    def needs_member(self) -> bool:
        """Whether there must be a member for it."""
        return self.of_member or self.each_member


def aims(rules: Snapshot, cls: type[AnySubject]) -> tuple[tuple[Aim, ...], ...]:
    """Give every threshold in the rules about a subject: for each, the facts that can be moved to it."""
    key = ("testing", "aims", cls)
    if key not in rules.kept:
        pairs = dict.fromkeys(
            pair for claim in claims_of(rules, subject_named(cls)) for pair in comparisons(claim, each_member=False)
        )
        each = (tuple(_aims(*pair, cls)) for pair in pairs)
        rules.kept[key] = tuple(ways for ways in each if ways)
    found: tuple[tuple[Aim, ...], ...] = rules.kept[key]
    return found


def comparisons(expr: Expr, *, each_member: bool) -> Iterator[tuple[Compare, bool]]:
    """Give every pair of neighbours that are compared, and whether that is done member by member."""
    if isinstance(expr, Compare):
        for place, comparator in enumerate(expr.comparators):
            yield Compare(expr.operands[place : place + 2], (comparator,)), each_member
    for child in children(expr):
        yield from comparisons(child, each_member=each_member or isinstance(expr, Quantifier))


def _aims(comparison: Compare, each_member: bool, cls: type[AnySubject]) -> Iterator[Aim]:
    read = read_of(comparison, cls)
    for of_member, fields in ((False, read.fields), (True, read.members)):
        for field in fields.values():
            if field.spec.sort in {Sort.NUMBER, Sort.DAY} and _is_moved(comparison, field.path, of_member=of_member):
                yield Aim(comparison, field, of_member, each_member, read)


def _is_moved(comparison: Compare, path: str, *, of_member: bool) -> bool:
    """Tell whether a fact stands where moving it moves a side: not only in the condition of who is counted."""

    def below(expr: Expr) -> Iterator[Expr]:
        yield expr
        for child in children(expr):
            if not (isinstance(expr, Quantifier) and child is expr.where):
                yield from below(child)

    wanted = Item if of_member else Name
    return any(isinstance(node, wanted) and node.path == path for node in below(comparison))


def aimed(draw: st.DrawFn, subject: _Subject, rules: Snapshot, aim: Aim, *, realistic: bool) -> _Subject:
    """Give the subject with one fact moved to a threshold, or beside it; as it is where the fact cannot get there."""
    member = ""
    if aim.needs_member:
        roster = subject.members if isinstance(subject, Household) else ()
        if not roster:
            return subject
        member = draw(st.sampled_from([each.id for each in roster]))
    subject = _known(draw, subject, aim, rules.on, realistic=realistic)
    path = f"members[{member}].{aim.field.path}" if aim.of_member else aim.field.path
    found = _turning(draw, _Range(subject, rules, aim, path, member))
    if found is None:
        # Other amounts keep one side above the other, wherever this one stands.
        subject = _cleared(subject, aim)
        found = _turning(draw, _Range(subject, rules, aim, path, member))
    side = draw(st.sampled_from([0, -1, 1]))
    if found is None:
        return subject
    beside = found + side * _DAY if isinstance(found, date) else found + side * smallest_unit(aim.field)
    return with_fact(subject, path, beside) if _fits(aim.field, beside, rules.on) else subject


def _turning(draw: st.DrawFn, range_: _Range) -> date | Decimal | None:
    if range_.aim.field.spec.sort is Sort.NUMBER:
        return range_.amount()
    # A span of whole years or months has two ends, each with a last day and a first.
    ends: tuple[Comparator, ...] = ("<", "<=")
    days = range_.days(draw(st.sampled_from(ends)))
    return None if days is None else draw(st.sampled_from(days))


def _cleared(subject: _Subject, aim: Aim) -> _Subject:
    for path, field in aim.read.fields.items():
        if field.spec.sort is Sort.NUMBER and (path != aim.field.path or aim.of_member):
            subject = with_fact(subject, path, ordinary_bounds(field)[0])
    return subject


def _fits(field: Field, value: date | Decimal, on: date) -> bool:
    if isinstance(value, date):
        return on - _BEFORE <= value <= on + _AFTER
    spec = field.spec
    assert spec.low is not None and spec.high is not None
    return spec.low <= value <= spec.high


def _known(draw: st.DrawFn, subject: _Subject, aim: Aim, on: date, *, realistic: bool) -> _Subject:
    """Make known whatever a comparison reads."""
    roster = subject.members if isinstance(subject, Household) else ()
    wanted = dict(aim.read.fields)
    wanted |= {f"members[{each.id}].{path}": field for each in roster for path, field in aim.read.members.items()}
    held = dict(all_facts(subject))
    for path, field in wanted.items():
        if held[path] is None or isinstance(held[path], NotKnown):
            subject = with_fact(subject, path, draw(known_values(field, on=on, realistic=realistic)))
    if aim.read.roster and held[MEMBERS] is not True:
        subject = with_fact(subject, MEMBERS, True)
    return subject


@attrs.frozen
class _Range:
    """The values one fact can have, and how a comparison comes out at each."""

    subject: AnySubject
    rules: Snapshot
    aim: Aim
    path: str
    member: str

    def _fits(self, value: Decimal) -> bool:
        return _fits(self.aim.field, value, self.rules.on)

    def _at(self, expr: Expr, value: Any) -> Value | Unknown:
        reading = Reading(with_fact(self.subject, self.path, value), self.rules)
        if not self.aim.each_member:
            return evaluate(expr, reading)
        items = reading.roster("members").items
        name = f"members[{self.member}].x"
        return evaluate(expr, reading, next(item for item in items if item.name("x") == name))

    def _difference(self, value: Decimal) -> Fraction | None:
        one, other = (self._at(each, value) for each in self.aim.comparison.operands)
        if isinstance(one, (int, Fraction)) and isinstance(other, (int, Fraction)):
            return Fraction(one) - Fraction(other)
        return None

    def amount(self) -> Decimal | None:
        """Solve for where both sides are equal, as if they were straight lines; the nearest value that there is."""
        spec, step = self.aim.field.spec, smallest_unit(self.aim.field)
        assert spec.low is not None and spec.high is not None
        # Far from zero, where a part that is multiplied or floored would bend the line.
        first, second = max(spec.low, Decimal(0)) + step, spec.high
        one, other = self._difference(first), self._difference(second)
        if one is None or other is None or one == other:
            return None
        slope = (other - one) / Fraction(second - first)
        found = self._floored(Fraction(first) - one / slope)
        if self._fits(found) and self._turns(found):
            return found
        # No straight line, as where the fact is divided by.
        low, high = 0, int((second - first) / step)
        while high - low > 1:
            middle = (low + high) // 2
            difference = self._difference(first + middle * step)
            if difference is None:
                return None
            low, high = (middle, high) if (difference > 0) is (one > 0) else (low, middle)
        return first + high * step if (one > 0) is not (other > 0) else None

    def _turns(self, found: Decimal) -> bool:
        """Tell whether the sides are equal at a value, or one of them is greater there and less at the next."""
        here, beside = self._difference(found), found + smallest_unit(self.aim.field)
        there = self._difference(beside) if self._fits(beside) else here
        return here == 0 or (here is not None and there is not None and (here > 0) is not (there > 0))

    def _floored(self, exact: Fraction) -> Decimal:
        step = smallest_unit(self.aim.field)
        return Decimal(math.floor(exact / Fraction(step))) * step

    def days(self, sign: Comparator) -> tuple[date, date] | None:
        """Find the last day on which one side is below the other (or equal to it), or is not, and the next day."""
        turning = attrs.evolve(self.aim.comparison, comparators=(sign,))
        low, high = self.rules.on - _BEFORE, self.rules.on + _AFTER
        before = self._at(turning, low)
        if isinstance(before, Unknown) or self._at(turning, high) == before:
            return None
        while high - low > _DAY:
            middle = low + (high - low) // 2
            low, high = (middle, high) if self._at(turning, middle) == before else (low, middle)
        return low, high
