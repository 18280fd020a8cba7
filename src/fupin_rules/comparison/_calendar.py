"""
The calendar in terms: year, month and day of a day that is not known yet, and completed months between two such days.

All of it is linear. A span up to a known day that is compared with a constant needs none of it: there one day of the
calendar decides (`span_as_days`).
"""

from __future__ import annotations

from calendar import isleap, monthrange
from datetime import date
from typing import Final

import attrs

from fupin_rules.comparison._terms import Formula, Terms, Whole
from fupin_rules.periods import FIRST_DAY, LAST_DAY

_EPOCH: Final = date(FIRST_DAY.year, 1, 1).toordinal()
_LENGTHS: Final = tuple(monthrange(2001, month)[1] for month in range(1, 13))
_BEFORE: Final = tuple(sum(_LENGTHS[:month]) for month in range(12))
# Years that four divides and that are no leap years; the years of facts begin with one of them.
_COMMON: Final = tuple(year for year in range(FIRST_DAY.year, LAST_DAY.year + 1, 4) if not isleap(year))


@attrs.frozen
class _Parts:
    """Year, month, day of the month, and how many days the month has."""

    year: Whole
    month: Whole
    day: Whole
    length: Whole


class Calendar:
    """Takes days of one question apart, each once."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._parts: dict[int | None, _Parts] = {}

    def months(self, start: Whole, end: Whole) -> Whole:
        """Count completed months from one day to another; negative when the second comes first."""
        if isinstance(start, int) and isinstance(end, int) and start > end:
            return self.terms.times(-1, self.months(end, start))
        one, other = self._apart(start), self._apart(end)
        onward, back = self._onward(one, other), self._onward(other, one)
        return self.terms.picked(self.terms.at_most(start, end), onward, self.terms.times(-1, back))

    def years(self, start: Whole, end: Whole) -> Whole:
        """Count completed years likewise."""
        terms, months = self.terms, self.months(start, end)
        turned = terms.wholly_divided(terms.times(-1, months), 12)
        return terms.picked(terms.at_most(0, months), terms.wholly_divided(months, 12), terms.times(-1, turned))

    def _onward(self, start: _Parts, end: _Parts) -> Whole:
        terms = self.terms
        months = terms.sum_of(
            (
                terms.times(12, end.year),
                end.month,
                terms.times(-12, start.year),
                terms.times(-1, start.month),
            )
        )
        # Where the last month has no such day, its last day is the day.
        completed = terms.any_of((terms.at_most(start.day, end.day), terms.at_most(end.length, end.day)))
        return terms.sum_of((months, terms.picked(completed, 0, -1)))

    def _apart(self, ordinal: Whole) -> _Parts:
        if isinstance(ordinal, int):
            day = date.fromordinal(ordinal)
            return _Parts(day.year, day.month, day.day, monthrange(day.year, day.month)[1])
        if ordinal.value not in self._parts:
            self._parts[ordinal.value] = self._split(ordinal)
        return self._parts[ordinal.value]

    def _split(self, ordinal: Whole) -> _Parts:
        terms = self.terms
        year, month, day, fourth = (terms.helper() for _ in range(4))
        over = terms.sum_of((year, terms.times(-4, fourth)))
        excepted = [terms.equal(year, each) for each in _COMMON]
        leap = terms.all_of((terms.equal(over, 0), *(terms.negated(each) for each in excepted)))
        # Leap days before the year: one for every fourth year, the excepted ones taken out.
        skipped = [terms.picked(terms.at_most(each + 1, year), -1, 0) for each in _COMMON]
        fourths = terms.sum_of((fourth, terms.picked(terms.at_most(1, over), 1, 0), -((FIRST_DAY.year + 3) // 4)))
        leaps = terms.sum_of((fourths, *skipped))
        before = terms.sum_of((terms.times(365, terms.sum_of((year, -FIRST_DAY.year))), leaps))
        february = terms.picked(leap, 1, 0)
        offset, length = self._by_month(month, february)
        terms.axioms += [
            *self._within(year, FIRST_DAY.year, LAST_DAY.year),
            *self._within(month, 1, 12),
            *self._within(over, 0, 3),
            terms.at_most(1, day),
            terms.at_most(day, length),
            terms.equal(ordinal, terms.sum_of((before, offset, day, _EPOCH - 1))),
        ]
        return _Parts(year, month, day, length)

    def _by_month(self, month: Whole, february: Whole) -> tuple[Whole, Whole]:
        """Give the days of the year before a month, and the days of the month."""
        terms = self.terms
        offset: Whole = terms.sum_of((_BEFORE[11], february))
        length: Whole = _LENGTHS[11]
        for number in range(11, 0, -1):
            is_it = terms.at_most(month, number)
            days: Whole = _LENGTHS[number - 1]
            before: Whole = _BEFORE[number - 1]
            if number == 2:
                days = terms.sum_of((days, february))
            if number > 2:
                before = terms.sum_of((before, february))
            offset = terms.picked(is_it, before, offset)
            length = terms.picked(is_it, days, length)
        return offset, length

    def _within(self, number: Whole, low: int, high: int) -> tuple[Formula, Formula]:
        return self.terms.at_most(low, number), self.terms.at_most(number, high)
