"""
Spans of completed years and months against a constant, turned into comparisons of days, which every reader has.

A span that ends on a known day is at least so long exactly where it began on or before one day of the calendar.
"""

from __future__ import annotations

import math
from datetime import date, timedelta
from fractions import Fraction
from typing import Final, Literal

from dateutil.relativedelta import relativedelta

from fupin_rules.expr._functions import FUNCTIONS

# A unit is left over on either side of today, where nothing is completed yet; months are of unequal length.
_MONTH: Final = 31
_MONTHS: Final = {"age": 12, "years_between": 12, "months_since": 1, "months_between": 1}


# A day is no later than one, or later than it; True and False where the calendar decides by itself.
DayTest = tuple[Literal["<=", ">"], date] | bool


def last_day(function: str, least: int | Fraction, until: date) -> date | None:
    """
    Find the last day from which a span until another day is at least so long.

    Args:
        function: `age`, `months_since`, `years_between` or `months_between`.
        least: The span, in the unit that the function counts.
        until: The day the span ends on.

    Returns:
        The day; None where no day of the calendar is so far away, in the past or in the future.

    >>> last_day("age", 60, date(2016, 2, 28)), last_day("age", 60, date(2016, 2, 29))
    (datetime.date(1956, 2, 28), datetime.date(1956, 2, 29))
    """
    count = FUNCTIONS[function].apply
    wanted = math.ceil(least)
    try:
        middle = until - relativedelta(months=wanted * _MONTHS[function])
        slack = timedelta(days=_MONTH * (_MONTHS[function] + 1))
        low, high = middle - slack, middle + slack
        # Longer ago is longer: the day is found by halving.
        while low < high:
            middle = low + timedelta(days=((high - low).days + 1) // 2)
            if _whole(count(middle, until)) >= wanted:
                low = middle
            else:
                high = middle - timedelta(days=1)
    except (OverflowError, ValueError):
        return None
    return low


def _whole(value: object) -> int:
    assert isinstance(value, int)
    return value


def span_as_days(
    function: str, sign: str, limit: int | Fraction, until: date
) -> tuple[Literal["and", "or"], tuple[DayTest, ...]]:
    """
    Turn the comparison of a span with a constant into tests of the day on which the span begins.

    Args:
        function: `age`, `months_since`, `years_between` or `months_between`.
        sign: How the span, on the left, is compared.
        limit: What it is compared with, in the unit that the function counts.
        until: The day the span ends on.

    Returns:
        How the tests are joined, and the tests.

    >>> span_as_days("age", ">=", 60, date(2016, 2, 28))
    ('and', (('<=', datetime.date(1956, 2, 28)),))
    """

    def long_enough(least: int | Fraction, *, holds: bool) -> DayTest:
        last = last_day(function, least, until)
        if last is None:
            return (least <= 0) is holds
        return ("<=" if holds else ">", last)

    above = limit // 1 + 1
    is_whole = Fraction(limit).denominator == 1
    match sign:
        case ">=":
            return "and", (long_enough(limit, holds=True),)
        case "<":
            return "and", (long_enough(limit, holds=False),)
        case ">":
            return "and", (long_enough(above, holds=True),)
        case "<=":
            return "and", (long_enough(above, holds=False),)
        case "==":
            return "and", (long_enough(limit, holds=True), long_enough(above, holds=False)) if is_whole else (False,)
        case _:
            return "or", (long_enough(limit, holds=False), long_enough(above, holds=True)) if is_whole else (True,)
