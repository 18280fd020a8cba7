"""
The registered functions: what they take, what they give, and how they count.

Ages and spans are counted in completed years and months. Where the last month has no corresponding day, its last day
is the day (Civil Code of China, article 202): somebody born on 29 February is a year older on 28 February of a common
year.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import attrs
from dateutil.relativedelta import relativedelta

from fupin_rules.expr._types import Kind, Value
from fupin_rules.quantities import Unit, round_half_up

MAX_YEARS = 300


def months_between(start: date, end: date) -> int:
    """
    Count completed months from one day to another; negative when the second comes first.

    >>> months_between(date(2016, 1, 31), date(2016, 2, 29)), months_between(date(2016, 3, 1), date(2016, 2, 1))
    (1, -1)
    """
    if end < start:
        return -months_between(end, start)
    months = (end.year - start.year) * 12 + end.month - start.month
    return months if start + relativedelta(months=months) <= end else months - 1


def years_between(start: date, end: date) -> int:
    """
    Count completed years from one day to another; negative when the second comes first.

    >>> years_between(date(2000, 2, 29), date(2001, 2, 28))
    1
    """
    months = months_between(start, end)
    return months // 12 if months >= 0 else -(-months // 12)


def _round(value: Fraction | int, places: Fraction | int) -> Fraction:
    return round_half_up(Fraction(value), int(places))


@attrs.frozen
class Function:
    """
    A registered function.

    Attributes:
        name: As rules write it.
        takes: Kinds of its arguments.
        gives: Unit of its result; None for the unit of its first argument.
        zh: Words of an explanation, with `{0}` and `{1}` for the arguments.
        en: The same in English.
        apply: What it does to known values.
        to_assessment: Whether it counts to the day of the assessment, which `apply` is then given last.
    """

    name: str
    takes: tuple[Kind, ...]
    gives: Unit | None
    zh: str
    en: str
    apply: Callable[..., Value]
    to_assessment: bool = False


FUNCTIONS: Mapping[str, Function] = MappingProxyType(
    {
        each.name: each
        for each in (
            Function(
                "age",
                (Kind.DAY,),
                Unit.parse("year"),
                "{0}对应的年龄",
                "age from {0}",
                years_between,
                to_assessment=True,
            ),
            Function(
                "months_since",
                (Kind.DAY,),
                Unit.parse("month"),
                "{0}以来的整月数",
                "whole months since {0}",
                months_between,
                to_assessment=True,
            ),
            Function(
                "years_between",
                (Kind.DAY, Kind.DAY),
                Unit.parse("year"),
                "{0}至{1}的整年数",
                "whole years from {0} to {1}",
                years_between,
            ),
            Function(
                "months_between",
                (Kind.DAY, Kind.DAY),
                Unit.parse("month"),
                "{0}至{1}的整月数",
                "whole months from {0} to {1}",
                months_between,
            ),
            Function(
                "round_half_up",
                (Kind.NUMBER, Kind.NUMBER),
                None,
                "{0}四舍五入到{1}位小数",
                "{0} rounded half up to {1} places",
                _round,
            ),
        )
    }
)
MAX_PLACES = 6
SPAN_BOUND = Decimal(MAX_YEARS)
