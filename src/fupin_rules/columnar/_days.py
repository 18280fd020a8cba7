"""Completed months and years between two days of a whole column, by their years, months and days of the month."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, TypeAlias

from fupin_rules.columnar._engines import narwhals
from fupin_rules.columnar._kleene import by_row
from fupin_rules.expr import FUNCTIONS

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

Day: TypeAlias = "nw.Expr | date"


def months(start: Day, end: Day) -> nw.Expr | int:
    """Count completed months from one day to another; negative where the second comes first."""
    if isinstance(start, date) and isinstance(end, date):
        found = FUNCTIONS["months_between"].apply(start, end)
        assert isinstance(found, int)
        return found
    turned: nw.Expr = start > end if isinstance(end, date) else end < start  # type: ignore[assignment]
    return by_row(turned, _forward(end, start) * -1, _forward(start, end))


def years(of_months: nw.Expr | int) -> nw.Expr | int:
    """Give completed years of completed months, towards zero."""
    if isinstance(of_months, int):
        return of_months // 12 if of_months >= 0 else -(-of_months // 12)
    return by_row(of_months < 0, ((of_months * -1) // 12) * -1, of_months // 12)


def _forward(start: Day, end: Day) -> nw.Expr:
    """Count where the second day is no earlier; a month is complete on its last day, if it has no such day."""
    (first_year, first_month, first_day), (year, month, day) = _parts(start), _parts(end)
    whole = (year - first_year) * 12 + (month - first_month)
    if isinstance(end, date):
        is_last = end.day == _length(end.year, end.month)
        short = is_last or first_day > end.day
        return whole if short is True else by_row(short, whole - 1, whole)
    complete = (day >= first_day) | (day == _lengths(year, month))
    return by_row(complete, whole, whole - 1)


def _parts(day: Day) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    layer = narwhals()
    if isinstance(day, date):
        return day.year, day.month, day.day  # type: ignore[return-value]  # whole numbers do the same
    return day.dt.year().cast(layer.Int64), day.dt.month().cast(layer.Int64), day.dt.day().cast(layer.Int64)


def _length(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days


def _lengths(year: nw.Expr, month: nw.Expr) -> nw.Expr:
    """Give the days of a month: 31 and 30 take turns, but for July and August, and for February."""
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    return by_row(month == 2, by_row(leap, 29, 28), (month + month // 8) % 2 + 30)
