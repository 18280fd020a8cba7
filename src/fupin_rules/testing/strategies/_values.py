"""Values of one fact, told by its line in the catalogue: ordinary ones, or any that the model takes."""

from __future__ import annotations

import functools
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import hypothesis.strategies as st
from hypothesis.errors import InvalidArgument

from fupin_rules.model import (
    AnySubject,
    BankAccount,
    CodeList,
    Field,
    Household,
    IdNumber,
    Phone,
    Private,
    Sort,
    catalogue,
    check_character,
)
from fupin_rules.periods import FIRST_DAY, LAST_DAY
from fupin_rules.truth import NotKnown, Why

ON: Final = date(2016, 1, 31)
"""The day on which drawn people have their ages, where nobody says which."""

OLDEST: Final = 95
_YEAR: Final = 365
_WHYS: Final = tuple(why for why in Why if why is not Why.ZERO_DIVISOR)
_MOST_CODES: Final = 3
_HUNDRED: Final = 100
# A number of years that must be above this is a year of the calendar.
_A_CALENDAR_YEAR: Final = 1000
# Up to what a number is ordinary, by owner and unit; where nothing stands here, up to its bound.
_ORDINARY: Final = {
    ("household", "yuan / year"): 12_000,
    ("household", "yuan"): 30_000,
    ("household", "yuan / person / year"): 15_000,
    ("household", "mu"): 30,
    ("household", "person"): 8,
    ("household", "m2"): 200,
    ("household", "km"): 30,
    ("household", "minute"): 60,
    ("village", "person"): 2_000,
    ("village", "household"): 600,
    ("village", "yuan / person / year"): 15_000,
    ("village", "wan_yuan / year"): 50,
    ("village", "mu"): 5_000,
    ("village", "item"): 10,
    ("area", "person"): 500_000,
    ("area", "household"): 150_000,
    ("area", "village"): 400,
    ("area", "yuan / person / year"): 15_000,
}
# Of nobody: area 370099 was never issued, no mobile number begins with 12, no issuer of cards has 0000.
_NUMBERS: Final = st.integers(0, 999)


def certificate(born: date, number: int) -> str:
    """Make up a certificate number of an area that was never issued; it is odd for men, as real ones are."""
    first = f"370099{born:%Y%m%d}{number:03d}"
    return first + check_character(first)


def _private(masking: type[Private] | None) -> st.SearchStrategy[Any]:
    if masking is IdNumber:
        return st.builds(certificate, birthdays(ON), _NUMBERS)
    if masking is Phone:
        return _NUMBERS.map(lambda number: f"12000000{number:03d}")
    if masking is BankAccount:
        return _NUMBERS.map(lambda number: f"0000000000000000{number:03d}")
    return st.sampled_from(["甲某", "乙某", "丙某", "丁某"])


@functools.cache
def birthdays(on: date, min_age: int = 0, max_age: int = OLDEST) -> st.SearchStrategy[date]:
    """Days of birth of people of these ages on a day; they shrink toward the youngest."""
    last = _years_before(on, min_age)
    first = _years_before(on, max_age + 1) + timedelta(days=1)
    if (first.month, first.day) == (2, 29):  # who was born then is a year older on the 28th
        first += timedelta(days=1)
    return st.integers(0, (last - first).days).map(lambda days: last - timedelta(days=days))


def _years_before(on: date, years: int) -> date:
    day = min(on.day, 28) if on.month == 2 else on.day
    return date(on.year - years, on.month, day)


@functools.cache
def known_values(field: Field, *, on: date = ON, realistic: bool = True) -> st.SearchStrategy[Any]:
    """Values of a fact, as the model takes them; simple ones first."""
    spec = field.spec
    match spec.sort:
        case Sort.FLAG:
            return st.booleans()
        case Sort.NUMBER:
            return _ordinary_numbers(field, on) if realistic else _any_numbers(field)
        case Sort.DAY if field.owner == "member" and realistic:
            return birthdays(on)
        case Sort.DAY:
            first, last = (on - timedelta(days=15 * _YEAR), on) if realistic else (FIRST_DAY, LAST_DAY)
            return st.dates(first, last)
        case Sort.CODE:
            assert spec.code_list is not None
            return st.sampled_from(list(spec.code_list))
        case Sort.CODES:
            assert spec.code_list is not None
            most = min(spec.most or _MOST_CODES, len(spec.code_list))
            codes: st.SearchStrategy[CodeList] = st.sampled_from(list(spec.code_list))
            return st.lists(codes, max_size=most, unique=True).map(tuple)
        case Sort.TEXT:
            return st.sampled_from(["甲", "乙", "丙村", "0012"])
        case Sort.PRIVATE:
            return _private(spec.private)


def smallest_unit(field: Field) -> Decimal:
    """Give the least by which two values of a number can differ: a fen, a hundredth of a mu, one person."""
    return Decimal(1).scaleb(-field.spec.places)


def _any_numbers(field: Field) -> st.SearchStrategy[Decimal]:
    spec, step = field.spec, smallest_unit(field)
    assert spec.low is not None and spec.high is not None
    low, most = spec.low, int((spec.high - spec.low) / step)
    return (st.integers(0, most) | st.sampled_from([0, most])).map(lambda steps: low + steps * step)


def ordinary_bounds(field: Field) -> tuple[Decimal, Decimal]:
    """Give the least and the greatest number that are ordinary."""
    spec = field.spec
    assert spec.low is not None and spec.high is not None
    most = min(spec.high, Decimal(_ORDINARY.get((field.owner, str(spec.unit)), spec.high)))
    return max(spec.low, Decimal(0)), most


def _ordinary_numbers(field: Field, on: date) -> st.SearchStrategy[Decimal]:
    spec, step = field.spec, smallest_unit(field)
    assert spec.low is not None and spec.high is not None
    if str(spec.unit) == "year" and spec.low >= _A_CALENDAR_YEAR:
        return st.integers(on.year - 3, on.year + 3).map(Decimal)
    low, most = ordinary_bounds(field)
    least = max(spec.low, -most / 10)
    in_units = st.integers(int(low), int(most)).map(Decimal)
    any_ones = st.integers(int(least / step), int(most / step)).map(lambda steps: steps * step)
    if most < _HUNDRED:
        return in_units | any_ones
    round_ones = st.integers(0, int(most) // 100).map(lambda hundreds: max(Decimal(100 * hundreds), low))
    if "yuan" in str(spec.unit):
        # Few of all sources of income are anybody's.
        return st.one_of(st.just(low), st.just(low), round_ones, in_units, any_ones)
    return st.one_of(round_ones, in_units, any_ones)


def known_or_not(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Give a value, and now and then that it is not known, with a reason or without one; simplest is without."""
    whys = st.sampled_from(_WHYS).map(NotKnown)
    return st.one_of(st.none(), values, values, values, whys)


def field_of(path: str, subject: type[AnySubject]) -> Field:
    """
    Find a fact.

    Raises:
        InvalidArgument: There is none.
    """
    found = catalogue(subject).field(path)
    if found is None:
        raise InvalidArgument(f"`{path}` is no fact of a {catalogue(subject).owner}")
    return found


def facts(
    *paths: str,
    subject: type[AnySubject] = Household,
    unknown: bool = True,
    on: date = ON,
    realistic: bool = True,
) -> st.SearchStrategy[tuple[str, Any]]:
    """
    Facts to be learnt or taken back: a path with a value, as `with_fact` takes them.

    Args:
        paths: Which facts; all of the subject's own if none are named. A member's is `members[<id>].birth_date`.
        subject: Whose facts: `Household`, `Village` or `Area`.
        unknown: Whether a fact may be not known, with a reason or without.
        on: Day on which members have their ages.
        realistic: False gives any value that the model takes, far ends included.

    Returns:
        Pairs that shrink toward the first path, and there toward not known, no, zero and the first code of a list.

    >>> from fupin_rules import with_fact
    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate])
    >>> path, value = find(facts("living.house_grade", unknown=False), lambda _: True, settings=quick)
    >>> with_fact(Household(id="1"), path, value).living.house_grade
    <HouseGrade.A: 'A'>
    """
    chosen = {path: field_of(path, subject) for path in paths} or dict(catalogue(subject).fields)

    def of(path: str) -> st.SearchStrategy[tuple[str, Any]]:
        values = known_values(chosen[path], on=on, realistic=realistic)
        return st.tuples(st.just(path), known_or_not(values) if unknown else values)

    return st.sampled_from(list(chosen)).flatmap(of)
