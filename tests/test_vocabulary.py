"""Floor 0: claims, exact numbers and units, periods, citations, errors."""

import functools
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_rules.citations import Citation, Source, Standing, weakest
from fupin_rules.errors import SHOWN_FAULTS, Fault, FupinRulesError, ModelError
from fupin_rules.periods import Period, gaps
from fupin_rules.quantities import BASES, PLAIN, Unit, exact, plain, round_half_up
from fupin_rules.truth import Truth, Unknown, Why, all_of, any_of, is_settled, merge, negate

CLAIMS: st.SearchStrategy[Truth] = st.one_of(st.booleans(), st.sets(st.sampled_from("abc"), min_size=1).map(Unknown))


# -- claims ----------------------------------------------------------------------------------------------------------


@given(st.lists(CLAIMS, max_size=5))
def test_all_and_any_are_settled_by_one_firm_claim_or_by_all(claims: list[Truth]) -> None:
    firm = [claim for claim in claims if isinstance(claim, bool)]
    every, some = all_of(claims), any_of(claims)
    assert (every is False) is (False in firm)
    assert (some is True) is (True in firm)
    assert (every is True) is all(claim is True for claim in claims)
    assert (some is False) is all(claim is False for claim in claims)
    named = {name for claim in claims if isinstance(claim, Unknown) for name in claim.missing}
    for joined in (every, some):
        assert not isinstance(joined, Unknown) or joined.missing == named


@given(CLAIMS)
def test_the_contrary_of_the_contrary_is_the_claim(claim: Truth) -> None:
    assert negate(negate(claim)) == claim
    assert is_settled(claim) is isinstance(claim, bool)


def test_the_contrary_of_a_bounded_count_has_no_bounds() -> None:
    assert negate(Unknown({"a"}, low=1, high=2)) == Unknown({"a"})


def test_reasons_are_kept_when_claims_are_joined() -> None:
    told = Unknown({"a"}, {("a", Why.REFUSED)})
    assert merge([told, Unknown({"b"})]) == Unknown({"a", "b"}, {("a", Why.REFUSED)})


def test_an_open_claim_says_what_is_missing_when_misused() -> None:
    with pytest.raises(TypeError, match=r"missing: a, b\); write `claim is True`"):
        bool(Unknown({"b", "a"}))


# -- numbers ---------------------------------------------------------------------------------------------------------

DECIMALS = st.decimals(-(10**12), 10**12, places=4)


@given(DECIMALS)
def test_a_number_is_read_exactly_whatever_form_it_comes_in(number: Decimal) -> None:
    assert exact(number) == exact(str(number)) == exact(Fraction(number)) == number


@given(st.floats(-1e9, 1e9, allow_nan=False))
def test_a_float_is_what_a_person_typed(number: float) -> None:
    if number == 0 or abs(number) > 1e-10:
        try:
            assert float(exact(number)) == number
        except ValueError as error:
            assert "exponent" in str(error)  # noqa: PT017


@pytest.mark.parametrize(
    ("value", "what"),
    [
        (True, "expected a number, got a truth value"),
        ("", "expected a number"),
        ("1,000", "expected a number"),
        ("1_0", "expected a number"),
        ("１", "expected a number"),
        ("nan", "expected a number"),
        (None, "expected a number"),
        ([], "expected a number"),
        (float("inf"), "expected a finite number"),
        (10**31, "more than 30 digits"),
        ("1e19", "the exponent is not between -12 and 18"),
        ("1e-13", "the exponent is not between -12 and 18"),
        (Fraction(1, 3), "has no short decimal form"),
        (Fraction(10**31, 10), "more than 30 digits"),
    ],
)
def test_what_is_no_number_is_refused(value: object, what: str) -> None:
    with pytest.raises(ValueError, match=what):
        exact(value)


@pytest.mark.parametrize("text", ["1e18", "1e-12", "9" * 30, "0e99", " 5 ", "-.5", "5."])
def test_numbers_at_the_limits_are_read(text: str) -> None:
    assert exact(text) == Decimal(text.strip())


def test_numbers_of_thirty_digits_stay_exact() -> None:
    digits = "123456789012345678901234567890"
    assert str(exact(digits)) == digits
    assert Fraction(exact(Fraction(int(digits), 10))) == Fraction(int(digits), 10)


@given(st.fractions(), st.integers(0, 6))
def test_rounding_goes_to_the_nearest_and_halves_away_from_zero(number: Fraction, places: int) -> None:
    rounded = round_half_up(number, places)
    assert (rounded * 10**places).denominator == 1
    assert abs(rounded - number) <= Fraction(1, 2 * 10**places)
    assert round_half_up(-number, places) == -rounded
    if abs(number * 10**places) % 1 == Fraction(1, 2):
        assert abs(rounded) > abs(number)


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        (Fraction(0), "0"),
        (Fraction("-0.5"), "-0.50"),
        (Fraction(-1, 3), "≈-0.33"),
        (Fraction(1, 4), "0.25"),
        (Fraction(1, 400), "0.0025"),
        (Fraction("1.005"), "1.005"),
        (Fraction(-1, 8), "-0.125"),
        (Fraction(1, 10**7), "≈0.00"),
        (Fraction("-0.000001"), "-0.000001"),
        (Decimal("12.30"), "12.30"),
    ],
)
def test_a_number_is_shown_exactly_or_marked(number: Fraction | Decimal, shown: str) -> None:
    assert plain(number) == shown


UNITS = st.lists(st.tuples(st.sampled_from(sorted(BASES)), st.sampled_from([1, -1])), max_size=4).map(
    lambda factors: functools.reduce(
        lambda unit, factor: unit * Unit.parse(factor[0]) if factor[1] > 0 else unit / Unit.parse(factor[0]),
        factors,
        PLAIN,
    )
)


@given(UNITS, UNITS)
def test_units_multiply_divide_and_read_back(one: Unit, other: Unit) -> None:
    assert Unit.parse(str(one)) == one
    assert one * other == other * one
    assert one * other / other == one
    assert one / one == PLAIN
    assert one * PLAIN == one


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("yuan / person / year", "元/人/年", "yuan/person/year"),
        ("1 / year", "每年", "per year"),
        ("1", "", ""),
        ("yuan * mu", "亩·元", "mu·yuan"),
        ("wan_yuan", "万元", "10,000 yuan"),
    ],
)
def test_units_are_said_in_both_languages(text: str, zh: str, en: str) -> None:
    assert (Unit.parse(text).words("zh"), Unit.parse(text).words("en")) == (zh, en)


@pytest.mark.parametrize("text", ["", "euro", "yuan person", "yuan / 1 / mu", "yuan // mu"])
def test_what_is_no_unit_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no unit; known units: yuan"):
        Unit.parse(text)


# -- periods ---------------------------------------------------------------------------------------------------------

DAYS = st.dates(date(2016, 1, 1), date(2016, 2, 15))
PERIODS = st.tuples(DAYS, st.none() | st.integers(1, 30)).map(
    lambda pair: Period(pair[0], None if pair[1] is None else pair[0] + timedelta(days=pair[1]))
)


@given(PERIODS, st.lists(PERIODS, max_size=4))
def test_gaps_are_just_the_days_that_nothing_covers(within: Period, periods: list[Period]) -> None:
    found = gaps(within, periods)
    for offset in range(-5, 90):
        day = date(2016, 1, 1) + timedelta(days=offset)
        uncovered = day in within and not any(day in period for period in periods)
        assert uncovered is any(day in gap for gap in found)


@given(PERIODS, PERIODS)
def test_periods_overlap_when_they_share_a_day(one: Period, other: Period) -> None:
    shared = any(
        date(2016, 1, 1) + timedelta(days=n) in one and date(2016, 1, 1) + timedelta(days=n) in other for n in range(90)
    )
    assert one.overlaps(other) is shared


def test_a_period_ends_after_it_begins_and_shows_its_last_day() -> None:
    with pytest.raises(ValueError, match="cannot end before"):
        Period(date(2016, 1, 1), date(2016, 1, 1))
    assert str(Period(date(2016, 1, 1), date(2017, 1, 1))) == "2016-01-01 to 2016-12-31"
    assert str(Period(date(2016, 1, 1))) == "from 2016-01-01"


# -- citations -------------------------------------------------------------------------------------------------------


@given(st.lists(st.sampled_from(list(Standing)), min_size=1))
def test_the_weakest_standing_is_the_last_in_order(standings: list[Standing]) -> None:
    order = list(Standing)
    assert weakest(standings) == order[max(order.index(each) for each in standings)]
    assert weakest([]) is None


def test_standings_compare_by_firmness_not_by_spelling() -> None:
    for place, one in enumerate(Standing):
        for other_place, other in enumerate(Standing):
            assert (one > other) is (place < other_place)
            assert (one >= other) is (place <= other_place)
            assert (one < other) is (place > other_place)
            assert (one <= other) is (place >= other_place)
        assert one.words("zh")
        assert one.words("en")
        assert one.short("zh")
    assert Standing.FOUND.short("en") == "found"


def test_a_citation_says_issuer_title_number_day_place_and_standing() -> None:
    source = Source("k", "通知", "notice", Standing.FOUND, "某县", "1号", date(2016, 1, 2))
    assert Citation(source, "第3条").words("zh") == "某县，《通知》，1号，2016-01-02，第3条（有公开可读文本）"
    assert Citation(source).words("en") == "某县, notice, 1号, 2016-01-02 (a readable copy exists)"


# -- errors ----------------------------------------------------------------------------------------------------------


def test_an_error_lists_its_faults_up_to_a_limit_that_is_said() -> None:
    assert str(ModelError(Fault("a", "b", "c"))) == "a: b; c"
    assert str(Fault("", "b")) == "b"
    many = FupinRulesError(Fault(str(n), "x") for n in range(SHOWN_FAULTS + 5))
    assert len(many.faults) == SHOWN_FAULTS + 5
    assert str(many).endswith("99: x\n... and 5 more")
