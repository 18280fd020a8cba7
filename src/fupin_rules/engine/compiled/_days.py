"""Spans of completed years and months against a constant, turned into the last day on which they still hold."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date, timedelta
from fractions import Fraction
from typing import Final

from dateutil.relativedelta import relativedelta

from fupin_rules.engine.compiled._rails import Joined, both, either
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


def span_rail(
    day: str, function: str, sign: str, limit: int | Fraction, until: date, constant: Callable[[date], str]
) -> str | Joined:
    """Compare a span in whole units with a constant: at least so long, or shorter."""
    at_least, longer = (
        {long: _long_enough(day, function, least, until, constant, holds=long) for long in (True, False)}
        for least in (limit, limit // 1 + 1)
    )
    is_whole = Fraction(limit).denominator == 1
    match sign:
        case ">=":
            return at_least[True]
        case "<":
            return at_least[False]
        case ">":
            return longer[True]
        case "<=":
            return longer[False]
        case "==":
            return both([at_least[True], longer[False]]) if is_whole else "False"
        case _:
            return either([at_least[False], longer[True]]) if is_whole else "True"


def _long_enough(
    day: str, function: str, least: int | Fraction, until: date, constant: Callable[[date], str], *, holds: bool
) -> str:
    last = last_day(function, least, until)
    if last is None:
        return str((least <= 0) is holds)
    return f"{day} {'<=' if holds else '>'} {constant(last)}"
