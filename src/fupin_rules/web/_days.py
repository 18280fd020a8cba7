"""The days that policies cover, as a pattern: a document says which days can be asked for, not only how written."""

from __future__ import annotations

import calendar
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from fupin_rules.periods import LAST_DAY, Period

_MONTH: Final = "(0[1-9]|1[0-2])"
_DAY: Final = "(0[1-9]|[12][0-9]|3[01])"
_LAST_MONTH: Final = 12


def days_pattern(periods: Iterable[Period]) -> str:
    """
    Write a pattern for the days of some periods; what it takes beside them are days that no calendar has.

    >>> days_pattern([Period(date(2016, 1, 1), date(2017, 1, 1))])
    '^((2016)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01]))$'
    >>> days_pattern([Period(date(2016, 11, 29), date(2021, 1, 2))])
    '^(2016-11-(29|30)|2016-(12)-(0[1-9]|[12][0-9]|3[01])|(201[7-9]|2020)-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])|2021-01-(01))$'
    """
    parts = [part for each in periods for part in _parts(each)]
    return f"^({'|'.join(dict.fromkeys(parts))})$"


def _parts(period: Period) -> Iterator[str]:
    first = period.start
    last = LAST_DAY if period.until is None else min(period.until - timedelta(days=1), LAST_DAY)
    while first <= last:
        # The largest whole that begins here: some years, the rest of a year in months, or the rest of a month in days.
        year_ends = date(first.year, 12, 31) <= last
        if (first.month, first.day) == (1, 1) and year_ends:
            until = last.year if (last.month, last.day) == (12, 31) else last.year - 1
            yield f"({_years(first.year, until)})-{_MONTH}-{_DAY}"
            first = date(until + 1, 1, 1)
            continue
        until_month = _LAST_MONTH if year_ends else last.month - (not _is_end(last))
        if first.day == 1 and first.month <= until_month:
            yield f"{first.year}-({_listed(first.month, until_month)})-{_DAY}"
            first = _next_month(date(first.year, until_month, 1))
            continue
        until_day = last.day if (first.year, first.month) == (last.year, last.month) else _length(first)
        yield f"{first.year}-{first.month:02}-({_listed(first.day, until_day)})"
        first = first.replace(day=until_day) + timedelta(days=1)


def _length(day: date) -> int:
    return calendar.monthrange(day.year, day.month)[1]


def _is_end(day: date) -> bool:
    return day.day == _length(day)


def _next_month(day: date) -> date:
    return day.replace(day=_length(day)) + timedelta(days=1)


def _listed(first: int, last: int) -> str:
    return "|".join(f"{each:02}" for each in range(first, last + 1))


def _years(first: int, last: int) -> str:
    """Write years by decades: `201[6-9]|202[0-9]`."""
    parts = []
    for decade in range(first // 10, last // 10 + 1):
        low, high = max(first, decade * 10) % 10, min(last, decade * 10 + 9) % 10
        parts.append(f"{decade}{low}" if low == high else f"{decade}[{low}-{high}]")
    return "|".join(parts)
