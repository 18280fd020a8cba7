"""Spans of completed years and months against a constant, turned into the last day on which they still hold."""

from __future__ import annotations

import math
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from dateutil.relativedelta import relativedelta

from fupin_rules.expr import FUNCTIONS

# A unit is left over on either side of today, where nothing is completed yet; months are of unequal length.
_MONTH: Final = 31
_MONTHS: Final = {"age": 12, "years_between": 12, "months_since": 1, "months_between": 1}


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
