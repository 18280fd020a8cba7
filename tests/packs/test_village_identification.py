"""Villages of 2014: one high (twice and more), one low (below 60 %), one none (zero, and a blank is not zero)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.policy import judge
from fupin_rules.truth import Unknown

RULES = fr.load_policy("national-2014").on(date(2014, 6, 1))
HIGH, LOW, NONE = "village_high_incidence", "village_low_income", "village_no_collective_income"

# 10 % in the province and 20 % in the village; 6000 of 10,000 yuan; no collective income.
POOR = fr.Village(
    id="v",
    poor_people=200,
    rural_population=1000,
    province_poor_people=1_000_000,
    province_rural_population=10_000_000,
    net_income_per_capita_yuan=Decimal("5999.99"),
    province_net_income_per_capita_yuan=10_000,
    collective_income_wan_yuan=0,
)


def told(rule: str, **facts: object) -> bool | None:
    village = POOR
    for path, value in facts.items():
        village = fr.with_fact(village, path, value)
    value = judge(village, RULES).values[rule]
    return None if isinstance(value, Unknown) else value


@pytest.mark.parametrize(
    ("poor", "rural", "expected"),
    [
        (200, 1000, True),  # exactly twice: 高一倍以上 takes in twice itself
        (199, 1000, False),  # one person below
        (201, 1000, True),
        (100, 1000, False),  # higher by nothing; “higher by once” is not “once”
        (1, 5, True),  # exact fractions: 1/5 is twice 1/10
        (33, 166, False),  # 19.9 %, which rounds to 20
        (0, 1000, False),
        (None, 1000, None),
        (200, None, None),
        (1, 0, None),  # nobody on the rural register: no incidence, neither high nor low
    ],
)
def test_high_is_twice_the_provinces_incidence_and_more(poor: int | None, rural: int | None, expected: object) -> None:
    assert told(HIGH, poor_people=poor, rural_population=rural) is expected


@pytest.mark.parametrize("missing", ["province_poor_people", "province_rural_population"])
def test_without_the_provinces_figures_high_is_open(missing: str) -> None:
    assert told(HIGH, **{missing: None}) is None


@pytest.mark.parametrize(
    ("income", "expected"),
    [
        (Decimal("5999.99"), True),
        (6000, False),  # exactly 60 % is not below
        (Decimal("6000.01"), False),
        (None, None),
    ],
)
def test_low_is_below_sixty_per_cent(income: Decimal | None, expected: object) -> None:
    assert told(LOW, net_income_per_capita_yuan=income) is expected


@pytest.mark.parametrize(
    ("income", "expected"),
    [
        (0, True),
        (Decimal("0.000001"), False),  # a fen and less is an income
        (None, None),  # a blank is not zero
        (fr.NotKnown(fr.Why.NOT_COLLECTED), None),
    ],
)
def test_none_is_zero_and_a_blank_is_open(income: object, expected: object) -> None:
    assert told(NONE, collective_income_wan_yuan=income) is expected


@pytest.mark.parametrize("fact", ["poor_people", "net_income_per_capita_yuan", "collective_income_wan_yuan"])
def test_all_three_are_needed_and_one_that_is_open_leaves_the_village_open(fact: str) -> None:
    assert fr.assess(POOR, RULES).outcome is fr.Outcome.ELIGIBLE
    assert fr.assess(fr.with_fact(POOR, fact, None), RULES).outcome is fr.Outcome.UNDETERMINED
    spoiled = {"poor_people": 199, "net_income_per_capita_yuan": 6000, "collective_income_wan_yuan": 1}[fact]
    assert fr.assess(fr.with_fact(POOR, fact, spoiled), RULES).outcome is fr.Outcome.INELIGIBLE


def test_a_blank_collective_income_is_asked_for_and_never_taken_for_none() -> None:
    answer = fr.assess(fr.with_fact(POOR, "collective_income_wan_yuan", None), RULES)
    assert answer.missing == ("collective_income_wan_yuan",)


@given(
    poor=st.integers(0, 500),
    rural=st.integers(1, 500),
    province=st.integers(0, 2000),
    whole=st.integers(1, 2000),
)
def test_high_is_decided_on_exact_fractions(poor: int, rural: int, province: int, whole: int) -> None:
    found = told(
        HIGH,
        poor_people=poor,
        rural_population=rural,
        province_poor_people=province,
        province_rural_population=whole,
    )
    assert found is (poor > 0 and Fraction(poor, rural) >= 2 * Fraction(province, whole))


@given(times=st.integers(1, 1000))
def test_a_village_of_the_same_shape_has_the_same_incidence_whatever_its_size(times: int) -> None:
    assert told(HIGH, poor_people=2 * times, rural_population=10 * times) is True
    assert told(HIGH, poor_people=2 * times - 1, rural_population=10 * times) is False
