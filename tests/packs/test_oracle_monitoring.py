"""Monitoring from 2021: its rules against an oracle, what a case worker would hold them to, and the packs of places."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import fupin_rules as fr
import oracle_monitoring as oracle
from fupin_rules.citations import Source, Standing
from fupin_rules.errors import PolicyError, UncoveredDateError
from fupin_rules.model import Household, Monitoring, with_fact
from fupin_rules.periods import Period
from fupin_rules.policy import Subject, judge, load_policy
from fupin_rules.truth import NotKnown, Truth, Unknown, Why

TODAY = date(2024, 2, 29)
LINE = 8700
RULES = load_policy("monitoring-yunnan").on(TODAY)
FLAGS = sorted(
    {
        "was_registered",
        "was_ever_registered",
        "income_fell_sharply",
        "spending_rose_sharply",
        "is_in_severe_difficulty",
        "has_new_risk",
        "spending_is_under_control",
        "is_on_social_protection_only",
        *(f"{each}_secure" for each in oracle.GUARANTEES),
    }
)
flags = st.sampled_from((True, True, False, False, None, NotKnown(Why.REFUSED)))
incomes = st.sampled_from((None, *map(Decimal, (-1, 0, LINE - 1, LINE, LINE + 1)), Decimal("8699.99"), Decimal(10**6)))
stable_days = st.none() | st.sampled_from(
    [date(2023, 8, 29) + timedelta(days=shift) for shift in range(-2, 4)] + [date(2020, 2, 29), TODAY, date(2024, 3, 1)]
)


@st.composite
def homes(draw: st.DrawFn, /, **fixed: Any) -> Household:
    facts: dict[str, Any] = {name: draw(flags) for name in FLAGS}
    facts |= {"disposable_income_per_person_yuan": draw(incomes), "stable_since": draw(stable_days)}
    return Household(id="1", income_stable=draw(flags), monitoring=Monitoring(**(facts | fixed)))


def _shown(claim: Truth | None) -> bool | None:
    return None if isinstance(claim, Unknown) else claim


@settings(max_examples=300)
@given(homes())
def test_every_rule_says_what_the_oracle_says(home: Household) -> None:
    judgement = judge(home, RULES)
    assert {rule: _shown(value) for rule, value in judgement.values.items()} == oracle.rules(
        home, line=LINE, today=TODAY
    )
    assert _shown(judgement.eligible) == oracle.is_monitored(home, line=LINE, today=TODAY)
    assert _shown(judgement.exit) == oracle.may_be_removed(home, line=LINE, today=TODAY)


@settings(max_examples=50)
@given(st.dates(date(2023, 7, 1), date(2025, 12, 31)), st.sampled_from((-1, 0, 1)))
def test_a_risk_is_removed_from_the_day_on_which_half_a_year_is_over(since: date, shift: int) -> None:
    today = oracle.six_months_after(since) + timedelta(days=shift)
    policy = load_policy("monitoring-yunnan")
    if today in policy.days:
        home = Household(id="1", monitoring=Monitoring(stable_since=since))
        assert judge(home, policy.on(today)).values["removal_half_year"] is (shift >= 0)


# -- what a case worker would sign ------------------------------------------------------------------------------------


@given(homes(spending_rose_sharply=True, is_in_severe_difficulty=True))
def test_no_income_keeps_a_household_in_sudden_hardship_out(home: Household) -> None:
    assert judge(home, RULES).eligible is True


@given(homes(), st.sampled_from((Decimal(0), Decimal(LINE), Decimal(10**6))))
def test_more_income_never_brings_a_household_in_nor_keeps_its_risk_from_being_removed(
    home: Household, more: Decimal
) -> None:
    income = home.monitoring.disposable_income_per_person_yuan
    if isinstance(income, Decimal):
        richer = with_fact(home, "monitoring.disposable_income_per_person_yuan", income + more)
        before, after = judge(home, RULES), judge(richer, RULES)
        assert not (before.eligible is False and after.eligible is not False)
        assert not (before.exit is True and after.exit is not True)


@given(homes(), st.sampled_from(oracle.GUARANTEES))
def test_a_guarantee_that_is_lost_brings_a_household_in_and_keeps_it_in(home: Household, guarantee: str) -> None:
    lost = with_fact(home, f"monitoring.{guarantee}_secure", value=False)
    judgement = judge(lost, RULES)
    assert judgement.exit is False
    if home.monitoring.was_registered is True or home.monitoring.was_ever_registered is False:
        assert judgement.eligible is True


@given(homes())
def test_a_household_is_of_one_of_the_two_classes_that_look_at_registration_at_most(home: Household) -> None:
    held = home.monitoring
    # Lifted out of a register it was never on: a contradiction, not a household.
    assume(not (held.was_registered is True and held.was_ever_registered is False))
    values = judge(home, RULES).values
    assert not (values["unstable_exited"] is True and values["marginal"] is True)


@pytest.mark.parametrize(("pack", "day"), [("monitoring-2020", date(2020, 12, 31)), ("monitoring-yunnan", TODAY)])
@given(home=homes(was_registered=False, was_ever_registered=True))
def test_a_household_still_registered_as_poor_is_of_neither_class_that_looks_at_registration(
    pack: str, day: date, home: Household
) -> None:
    values = judge(home, load_policy(pack).on(day)).values
    assert (values["unstable_exited"], values["marginal"]) == (False, False)


@given(homes(is_on_social_protection_only=True))
def test_a_household_wholly_without_labour_stays_monitored(home: Household) -> None:
    assert judge(home, RULES).exit is False


def test_of_whom_nothing_is_known_nothing_is_decided_about_monitoring() -> None:
    home = Household(id="1")
    assert fr.assess(home, RULES).outcome is fr.Outcome.UNDETERMINED
    assert fr.assess_exit(home, RULES).outcome is fr.ExitOutcome.UNDETERMINED


def test_no_quota_may_be_set_and_the_refusal_cites_the_text() -> None:
    with pytest.raises(PolicyError, match="中农组发〔2021〕7号, 不得设置规模限制"):
        fr.rank([fr.assess(Household(id="1"), RULES)], 10)


def test_in_2020_there_was_no_sudden_hardship_and_no_word_of_removal() -> None:
    rules = load_policy("monitoring-2020").on(date(2020, 12, 31))
    assert [rule.id for rule in rules.rules] == ["unstable_exited", "marginal"]
    with pytest.raises(PolicyError, match="has no exit rule"):
        fr.assess_exit(Household(id="1"), rules)


# -- the range of a place and a year ----------------------------------------------------------------------------------

PLACES = [
    ("monitoring-guizhou", date(2023, 1, 1), date(2023, 12, 31), 7300, Standing.LOCAL),
    ("monitoring-henan-linzhou", date(2023, 1, 1), date(2023, 12, 31), 7500, Standing.FOUND),
    ("monitoring-anhui-guangde", date(2025, 1, 1), date(2025, 12, 31), 8000, Standing.FOUND),
    ("monitoring-yunnan", date(2024, 1, 1), date(2025, 12, 31), 8700, Standing.FOUND),
]


@pytest.mark.parametrize(("pack", "first", "last", "amount", "standing"), PLACES)
def test_a_place_has_its_range_on_its_own_days_and_no_other(
    pack: str, first: date, last: date, amount: int, standing: Standing
) -> None:
    policy = load_policy(pack)
    assert policy.lineage == ("monitoring-2021", pack)
    for day in (first, last):
        line = policy.on(day).parameters["monitoring_line"]
        assert line.value == Fraction(amount)
        assert line.dated.citation.standing is standing
    for day in (first - timedelta(days=1), last + timedelta(days=1)):
        with pytest.raises(UncoveredDateError, match=f"policy `{pack}`: does not cover {day}"):
            policy.on(day)


def test_without_a_place_nobody_is_judged_and_the_way_out_is_told() -> None:
    with pytest.raises(UncoveredDateError) as refusal:
        load_policy("monitoring-2021").on(date(2023, 6, 30))
    assert str(refusal.value) == (
        "policy `monitoring-2021`: `monitoring_line` is open and has no value on 2023-06-30"
        " (missing on: 2021-01-01 to 2025-12-31); load a pack that extends `monitoring-2021` and gives one,"
        " or give it with its source: `policy.with_parameter(monitoring_line=…, days=…, source=…)`"
    )


def test_a_range_that_a_county_gives_is_cited_and_not_carried_into_the_next_year() -> None:
    notice = Source("notice", "省级通知", "notice of the province", Standing.STATED)
    year = Period(date(2022, 1, 1), date(2023, 1, 1))
    policy = load_policy("monitoring-2021").with_parameter(monitoring_line=7000, days=year, source=notice)
    home = Household(
        id="1", monitoring=Monitoring(was_registered=True, disposable_income_per_person_yuan=Decimal("6999.99"))
    )
    answer = fr.assess(home, policy.on(date(2022, 12, 31)))
    assert answer.outcome is fr.Outcome.ELIGIBLE
    assert "notice of the province" in answer.explain("en")
    with pytest.raises(UncoveredDateError, match="no value on 2023-01-01"):
        policy.on(date(2023, 1, 1))


def test_the_explanation_names_class_and_range_in_both_languages() -> None:
    home = Household(
        id="1",
        monitoring=attrs.evolve(Monitoring(), was_registered=True, disposable_income_per_person_yuan=Decimal(8000)),
    )
    answer = fr.assess(home, RULES)
    assert "脱贫不稳定户" in answer.explain("zh")
    assert "8700" in answer.explain("zh")
    assert "8700" in answer.explain("en")
    assert RULES.rules_of(Subject.VILLAGE) == ()
