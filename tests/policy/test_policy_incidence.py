"""Incidence with its base named, and how far below the line people are: exact, and open where a number is."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.errors import ModelError
from fupin_rules.policy import (
    INCIDENCE_BASES,
    Incidence,
    Tally,
    fgt,
    incidence,
    incidence_bounds,
    roll_up_parts,
)

OPEN = fr.Unknown({"villages[v].poor_people"}, low=3, high=5)

# -- incidence -------------------------------------------------------------------------------------------------------


def test_each_base_is_another_incidence_and_says_so() -> None:
    village = fr.Village(id="v", poor_people=20, rural_population=800, population=1000, resident_population=500)
    found = [incidence(roll_up_parts([village]), poor="poor_people", base=base) for base in INCIDENCE_BASES]
    assert [each.share for each in found if isinstance(each, Incidence)] == [
        Fraction(1, 40),
        Fraction(1, 50),
        Fraction(1, 25),
    ]
    assert [(each.base_name, each.words("en")) for each in found if isinstance(each, Incidence)] == [
        ("rural_population", "20 of 800 people on the rural register: 2.50 %"),
        ("population", "20 of 1,000 population: 2 %"),
        ("resident_population", "20 of 500 residents: 4 %"),
    ]
    assert [each.words("zh") for each in found if isinstance(each, Incidence)] == [
        "农业户籍人口800人中20人：2.50%",
        "总人口1,000人中20人：2%",
        "常住人口500人中20人：4%",
    ]


def test_an_incidence_just_below_a_limit_is_shown_rounded_only_with_a_mark() -> None:
    found = incidence({"remaining_poor_people": 199_999, "rural_population": 10_000_000})
    assert isinstance(found, Incidence)
    assert found.share < Fraction(2, 100)
    assert found.words("en") == "199,999 of 10,000,000 people on the rural register: 1.99999 %"
    close = Incidence(1_999_999_999, 100_000_000_000, "poor_people", "population")
    assert close.words("zh").endswith("：≈2.00%")


@pytest.mark.parametrize(
    ("poor", "base", "missing"),
    [
        (OPEN, 900, {"villages[v].poor_people"}),
        (3, fr.Unknown({"b"}, low=1), {"b"}),
        (OPEN, fr.Unknown({"b"}, low=1), {"villages[v].poor_people", "b"}),
        (OPEN, 0, {"rural_population"}),
    ],
)
def test_an_incidence_of_open_counts_is_open_and_names_what_is_missing(
    poor: Tally, base: Tally, missing: set[str]
) -> None:
    found = incidence({"remaining_poor_people": poor, "rural_population": base})
    assert isinstance(found, fr.Unknown)
    assert found.missing == missing


def test_over_nobody_there_is_no_incidence() -> None:
    found = incidence({"remaining_poor_people": 0, "rural_population": 0})
    assert found == fr.Unknown({"rural_population"}, {("rural_population", fr.Why.ZERO_DIVISOR)})


@pytest.mark.parametrize(
    ("poor", "base", "bounds"),
    [
        (3, 900, (Fraction(3, 900), Fraction(3, 900))),
        (OPEN, 900, (Fraction(3, 900), Fraction(5, 900))),
        (3, fr.Unknown({"b"}, low=900, high=1000), (Fraction(3, 1000), Fraction(3, 900))),
        (3, fr.Unknown({"b"}, low=900), (Fraction(0), Fraction(3, 900))),
        (fr.Unknown({"a"}, low=3), 900, (Fraction(3, 900), None)),
        (3, fr.Unknown({"b"}, low=0, high=1000), (Fraction(3, 1000), None)),
        (0, 0, (Fraction(0), None)),
    ],
)
def test_an_open_incidence_has_bounds_where_its_counts_have(
    poor: Tally, base: Tally, bounds: tuple[Fraction, Fraction | None]
) -> None:
    assert incidence_bounds({"remaining_poor_people": poor, "rural_population": base}) == bounds


@pytest.mark.parametrize(
    ("poor", "base", "message"),
    [
        ("poor", "population", "incidence: `poor` is not counted; counted: poor_people"),
        ("poor_people", "households", "incidence: `households` is not counted; counted: population"),
        ("poor_people", "rural_population", "incidence: `rural_population` is not counted; counted: population"),
        ("disabled_poor", "population", "incidence: `disabled_poor` is not counted; counted: poor_people"),
    ],
)
def test_a_base_that_is_not_counted_is_refused_and_never_replaced(poor: str, base: str, message: str) -> None:
    for ask in (incidence, incidence_bounds):
        with pytest.raises(ModelError) as refusal:
            ask({"poor_people": 3, "population": 9, "households": 4}, poor=poor, base=base)
        assert str(refusal.value) == message


# -- how far below the line ------------------------------------------------------------------------------------------

HOMES = st.lists(st.tuples(st.integers(1, 6), st.integers(-2000, 9000)), min_size=1, max_size=6)
LINE = 3000
ALPHAS = st.integers(0, 3)


@given(HOMES, ALPHAS, st.integers(2, 4))
def test_taking_every_household_several_times_changes_no_measure(
    homes: list[tuple[int, int]], alpha: int, times: int
) -> None:
    assert fgt(homes * times, line=LINE, alpha=alpha) == fgt(homes, line=LINE, alpha=alpha)


@given(HOMES, ALPHAS, st.fractions(Fraction(1, 9), 9))
def test_the_currency_does_not_matter(homes: list[tuple[int, int]], alpha: int, rate: Fraction) -> None:
    changed = [(people, income * rate) for people, income in homes]
    assert fgt(changed, line=LINE * rate, alpha=alpha) == fgt(homes, line=LINE, alpha=alpha)


@given(st.data(), HOMES, ALPHAS)
def test_the_order_of_households_changes_no_measure(
    data: st.DataObject, homes: list[tuple[int, int]], alpha: int
) -> None:
    assert fgt(data.draw(st.permutations(homes)), line=LINE, alpha=alpha) == fgt(homes, line=LINE, alpha=alpha)


@given(HOMES, ALPHAS, st.integers(1, 5000))
def test_more_income_never_makes_the_measure_larger(homes: list[tuple[int, int]], alpha: int, more: int) -> None:
    (people, income), *others = homes
    before, after = (fgt(each, line=LINE, alpha=alpha) for each in (homes, [(people, income + more), *others]))
    assert isinstance(before, Fraction)
    assert isinstance(after, Fraction)
    assert after <= before


@given(HOMES)
def test_alpha_nought_is_the_share_of_people_below_the_line(homes: list[tuple[int, int]]) -> None:
    below = sum(people for people, income in homes if income < LINE)
    assert fgt(homes, line=LINE, alpha=0) == Fraction(below, sum(people for people, _ in homes))


@pytest.mark.parametrize("alpha", [0, 1, 2])
def test_exactly_on_the_line_nobody_is_poor(alpha: int) -> None:
    assert fgt([(2, LINE)], line=LINE, alpha=alpha) == 0
    assert fgt([(2, Decimal("2999.99"))], line=LINE, alpha=alpha) == Fraction(1, 300_000) ** alpha


def test_a_loss_is_a_gap_of_more_than_the_line_unless_it_is_capped() -> None:
    losses = [(1, -3000), (3, 3000)]
    assert [fgt(losses, line=LINE, alpha=alpha) for alpha in (0, 1, 2)] == [Fraction(1, 4), Fraction(1, 2), 1]
    assert [fgt(losses, line=LINE, alpha=alpha, gap_at_most=1) for alpha in (0, 1, 2)] == [Fraction(1, 4)] * 3


def test_people_count_and_not_households() -> None:
    assert fgt([(5, 1500), (1, 9000)], line=LINE, alpha=1) == Fraction(5, 12)


def test_one_open_income_leaves_the_measure_open_and_over_nobody_there_is_none() -> None:
    missing = fr.Unknown({"income.pension_yuan"})
    assert fgt([(1, 9000), (2, missing)], line=LINE, alpha=1) == missing
    assert fgt([(fr.Unknown({"members"}), 9000), (2, missing)], line=LINE, alpha=1) == fr.Unknown(
        {"members", "income.pension_yuan"}
    )
    assert fgt([], line=LINE, alpha=0) == fr.Unknown({"people"}, {("people", fr.Why.ZERO_DIVISOR)})


@pytest.mark.parametrize(
    ("line", "alpha", "people", "message"),
    [
        (0, 1, 1, "fgt: the line is not above zero, or alpha is below it; give others"),
        (3000, -1, 1, "fgt: the line is not above zero, or alpha is below it; give others"),
        (3000, 1, -1, "fgt: a number of people is below zero; give it as counted"),
    ],
)
def test_what_cannot_be_measured_is_refused(line: int, alpha: int, people: int, message: str) -> None:
    with pytest.raises(ModelError) as refusal:
        fgt([(people, 1)], line=line, alpha=alpha)
    assert str(refusal.value) == message
