"""
What is ordinary: a plausible household, village or area, from which a witness departs only where it must.

These are no facts about anybody and no part of any policy; they only keep witnesses readable.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from fupin_rules.model import Field, Sort

# A couple with children, then their parents, then whoever else lives there.
_AGES: Final = (45, 43, 20, 18, 70, 68, 15, 13, 10, 8, 5, 3)
_RELATIONS: Final = ("head", "spouse", "son", "daughter", "father", "mother")
_BIRTHDAY: Final = (5, 1)

_YES: Final = frozenset(
    {
        "members_complete",
        "is_valid",
        "income_stable",
        "living.water_safe",
        "living.water_solved",
        "living.water_quality_ok",
        "living.has_power",
        "living.has_broadcast",
        "living.food_secure",
        "living.protein_secure",
        "living.clothing_secure",
        "monitoring.education_secure",
        "monitoring.medical_secure",
        "monitoring.housing_secure",
        "monitoring.water_secure",
        "medical_residents",
        "major_illness_insurance",
        "shares_costs",
        "has_power",
        "has_safe_water",
        "has_broadcast",
        "hard_road_to_township",
    }
)
_NUMBERS: Final[Mapping[str, int]] = MappingProxyType(
    {
        "income.wage_income_yuan": 2000,
        "income.stated_gross_income_yuan": 2000,
        "income.stated_net_income_yuan": 2000,
        "income.stated_net_income_per_capita_yuan": 2000,
        "monitoring.disposable_income_per_person_yuan": 8000,
        "production.arable_mu": 5,
        "households": 300,
        "population": 1000,
        "resident_population": 1000,
        "rural_population": 1000,
        "poor_people": 100,
        "poor_households": 30,
        "net_income_per_capita_yuan": 8000,
        "province_net_income_per_capita_yuan": 10_000,
        "province_poor_people": 1_000_000,
        "province_rural_population": 50_000_000,
    }
)
_CODES: Final[Mapping[str, str]] = MappingProxyType({"living.house_grade": "B", "main_cause": "lack_skill"})
_STATED_SIZE: Final = "stated_member_count"


def ordinary_flag(field: Field) -> bool:
    """Tell what a yes or no ordinarily is."""
    return field.path in _YES


def ordinary_number(field: Field, size: int) -> int:
    """Give an ordinary number, in its smallest unit, of a household of so many members."""
    spec = field.spec
    assert spec.low is not None
    assert spec.high is not None
    usual = Decimal(size if field.path == _STATED_SIZE else _NUMBERS.get(field.path, 0))
    return int(min(max(usual, spec.low), spec.high).scaleb(spec.places))


def ordinary_day(field: Field, place: int | None, on: date) -> date:
    """Give an ordinary day: of birth by the place in the roster, of anything else in the year before."""
    years = _AGES[place % len(_AGES)] if place is not None and field.path == "birth_date" else 1
    return date(on.year - years, *_BIRTHDAY)


def ordinary_code(field: Field, place: int | None) -> str:
    """Give an ordinary code; a set ordinarily holds only that one, or nothing."""
    assert field.spec.code_list is not None
    if field.path == "relation" and place is not None:
        return _RELATIONS[place] if place < len(_RELATIONS) else "other"
    return _CODES.get(field.path, next(iter(field.spec.code_list)).value)


def ordinary_codes(field: Field, place: int | None) -> frozenset[str]:
    """Give what an ordinary set of codes holds: of health that it is good, of trouble nothing."""
    code = ordinary_code(field, place)
    return frozenset({code}) if field.path == "health" else frozenset()


def unasked_code(field: Field, place: int | None, asked: frozenset[str]) -> str:
    """Give the most ordinary code that no rule asks for."""
    assert field.spec.code_list is not None
    usual = ordinary_code(field, place)
    others = (code.value for code in field.spec.code_list if code.value not in asked)
    return usual if usual not in asked else next(others)


def roundness(field: Field) -> tuple[int, ...]:
    """List the steps of round numbers, in the smallest unit, the roundest first."""
    assert field.spec.sort is Sort.NUMBER
    return tuple(10**power for power in range(field.spec.places + 3, -1, -1))
