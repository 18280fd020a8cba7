"""Half-open periods of days, `[from, until)`: the first day counts, the last does not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import attrs

# Days a pack or a household may speak of; outside, a year is a typing error.
FIRST_DAY = date(1900, 1, 1)
LAST_DAY = date(2199, 12, 31)


@attrs.frozen(order=True)
class Period:
    """
    Days from `start` up to, not including, `until`; `until=None` means without end.

    Attributes:
        start: First day.
        until: First day after the period, or None.
    """

    start: date
    until: date | None = None

    def __attrs_post_init__(self) -> None:
        if self.until is not None and self.until <= self.start:
            raise ValueError(f"a period from {self.start} cannot end before {self.until}")

    def __contains__(self, day: date) -> bool:
        """Tell whether the day lies in the period."""
        return self.start <= day and (self.until is None or day < self.until)

    def overlaps(self, other: Period) -> bool:
        """Tell whether the two periods share a day."""
        return other.start in self or self.start in other

    def shared(self, other: Period) -> Period | None:
        """
        Give the days that both periods have; None where they have none.

        >>> str(Period(date(2016, 1, 1)).shared(Period(date(2015, 1, 1), date(2016, 3, 1))))
        '2016-01-01 to 2016-02-29'
        """
        if not self.overlaps(other):
            return None
        ends = [each for each in (self.until, other.until) if each is not None]
        return Period(max(self.start, other.start), min(ends, default=None))

    def __str__(self) -> str:
        """Write first and last day, both inclusive."""
        if self.until is None:
            return f"from {self.start}"
        return f"{self.start} to {self.until - timedelta(days=1)}"

    def words(self, language: str) -> str:
        """Write first and last day for a person, in `zh` or `en`."""
        if language != "zh":
            return str(self)
        return f"{self.start} 起" if self.until is None else f"{self.start} 至 {self.until - timedelta(days=1)}"


def gaps(within: Period, periods: Iterable[Period]) -> tuple[Period, ...]:
    """
    Find the days of `within` that no period covers, in order.

    >>> year = Period(date(2016, 1, 1), date(2017, 1, 1))
    >>> [str(gap) for gap in gaps(year, [Period(date(2016, 3, 1))])]
    ['2016-01-01 to 2016-02-29']
    """
    found = []
    day: date | None = within.start
    for period in sorted(periods, key=lambda each: each.start):
        if day is None or (within.until is not None and day >= within.until):
            break
        if period.start > day:
            end = period.start if within.until is None else min(period.start, within.until)
            found.append(Period(day, end))
        if period.until is None:
            day = None
        elif period.until > day:
            day = period.until
    if day is not None and (within.until is None or day < within.until):
        found.append(Period(day, within.until))
    return tuple(found)
