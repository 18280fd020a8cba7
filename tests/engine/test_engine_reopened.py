"""Decisions held against the law as it is known now: those reopened, and every reason why one cannot be."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest

import fupin_rules as fr
from fupin_rules.citations import Citation, Source, Standing
from fupin_rules.engine import WhyUnjudged, reopened
from fupin_rules.errors import ModelError
from fupin_rules.periods import Period
from fupin_rules.policy import AddRule, Amendment, DropRule, Patch, Policy, Rule, RuleKind, SetParameter, Subject

YUCHENG = fr.load_policy("yucheng-2016")
NOTICE = Citation(Source("notice", "县通知", "notice of the county", Standing.STATED))
DAY = date(2016, 3, 1)
# All but the car is known; the line is 3402, and the household stands between it and 3700.
HOME = fr.Household(
    id="0031",
    hukou="rural",
    members=(fr.Member(id="1", relation="head", birth_date=date(1951, 4, 2)),),
    members_complete=True,
    income=fr.Income(
        wage_income_yuan=3500,
        operating_income_yuan=0,
        operating_cost_yuan=0,
        property_income_yuan=0,
        pension_yuan=0,
        family_planning_benefit_yuan=0,
        dibao_benefit_yuan=0,
        wubao_benefit_yuan=0,
        ecology_compensation_yuan=0,
        other_transfer_yuan=0,
    ),
)


def amendment(*patches: Patch, key: str = "raised", published: date = date(2016, 5, 20)) -> Amendment:
    title = {"zh": "提高", "en": "raise"}
    return Amendment(key, YUCHENG.id, title["zh"], title["en"], NOTICE, published, Period(date(2016, 2, 1)), patches)


RAISED = YUCHENG.amend(amendment(SetParameter("income_line", 3700, NOTICE)))


def stored(policy: Policy = YUCHENG, day: date = DAY, **changes: Any) -> dict[str, Any]:
    return fr.assess(HOME, policy.on(day)).to_plain() | changes


def test_a_decision_between_the_first_day_and_the_publication_comes_out_otherwise() -> None:
    found = reopened(RAISED, [stored()], [HOME])
    (decision,) = found.decisions
    assert (decision.before, decision.after) == (fr.Outcome.INELIGIBLE, fr.Outcome.UNDETERMINED)
    assert (decision.amendments, decision.changed_since, decision.place) == (("raised",), (), 0)
    assert [change.name for change in decision.turned] == ["income_below_line"]
    assert "assets.owns_car" in decision.missing and decision.missing == decision.now.missing
    assert (found.total, found.untouched, found.unjudged) == (1, 0, ())
    assert decision.words("zh") == "0031（2016-03-01）：不符合条件 → 尚不能确定（人均纯收入低于收入线：否 → 是）"
    assert decision.words("en") == (
        "0031 on 2016-03-01: not eligible → undetermined: facts are missing"
        " (net income per person is below the income line: no → yes)"
    )
    assert "Household(" not in repr(found)


def test_assessments_themselves_and_exits_are_taken_as_well() -> None:
    leaving = fr.assess_exit(fr.with_fact(HOME, "living.house_grade", "A"), YUCHENG.on(DAY))
    found = reopened(RAISED, [fr.assess(HOME, YUCHENG.on(DAY)), leaving], [HOME])
    assert [each.place for each in found.decisions] == [0, 1]
    assert found.decisions[1].before is fr.ExitOutcome.UNDETERMINED
    assert found.decisions[1].after is fr.ExitOutcome.NOT_MET


def test_a_decision_that_was_asked_exactly_is_asked_exactly_again() -> None:
    asked = fr.assess(HOME, YUCHENG.on(DAY), exact=True)
    found = reopened(RAISED, [asked.to_plain()], [HOME])
    (decision,) = found.decisions
    assert decision.now.completions is not None
    assert decision.after is fr.assess(HOME, RAISED.on(DAY), exact=True).outcome


@pytest.mark.parametrize(
    ("day", "untouched"),
    [
        (date(2016, 1, 31), True),  # not in force yet
        (date(2016, 2, 1), False),
        (date(2016, 5, 19), False),
    ],
)
def test_days_outside_the_amendment_are_untouched(day: date, *, untouched: bool) -> None:
    found = reopened(RAISED, [stored(day=day)], [HOME])
    assert (found.untouched, len(found.decisions)) == ((1, 0) if untouched else (0, 1))


def test_what_was_decided_again_after_the_publication_stays() -> None:
    assert reopened(RAISED, [stored(RAISED)], []).untouched == 1


def test_a_decision_is_held_against_the_text_it_was_taken_under_whichever_was_known_by_then() -> None:
    lowered = amendment(SetParameter("income_line", 3450, NOTICE), key="lowered", published=date(2016, 8, 1))
    both = RAISED.amend(lowered)
    found = reopened(both, [stored(YUCHENG), stored(RAISED), stored(both)], [HOME])
    # First ineligible, then possibly eligible, and ineligible again: only what was decided in between is reopened.
    assert [(each.place, each.amendments) for each in found.decisions] == [(1, ("lowered",))]
    assert found.untouched == 2


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"fingerprint": "0" * 64}, WhyUnjudged.OTHER_LAW),
        ({"on": "2019-01-01"}, WhyUnjudged.UNCOVERED),
        ({"on": "2016-05-20"}, WhyUnjudged.OLD_LAW),
        ({"subject_id": "0032"}, WhyUnjudged.NO_SUBJECT),
        ({"subject": "village"}, WhyUnjudged.NO_SUBJECT),
        ({"outcome": "eligible"}, WhyUnjudged.OTHER_FACTS),
        ({"format": 2}, WhyUnjudged.UNREADABLE),
        ({"kind": "guess"}, WhyUnjudged.UNREADABLE),
        ({"outcome": "met"}, WhyUnjudged.UNREADABLE),
        ({"on": "yesterday"}, WhyUnjudged.UNREADABLE),
        ({"rules": None}, WhyUnjudged.UNREADABLE),
    ],
)
def test_what_cannot_be_judged_again_is_listed_with_the_reason(changes: dict[str, Any], why: WhyUnjudged) -> None:
    found = reopened(RAISED, [stored() | changes, stored()], [HOME])
    assert [(each.place, each.why) for each in found.unjudged] == [(0, why)]
    assert [each.place for each in found.decisions] == [1]
    assert all(found.unjudged[0].words(language).endswith(why.words(language)) for language in ("zh", "en"))


def test_where_nothing_decides_any_more_the_decision_is_listed() -> None:
    conditions = [each.id for each in YUCHENG.rules if each.kind is RuleKind.EXIT and each.subject is Subject.HOUSEHOLD]
    policy = YUCHENG.amend(amendment(*(DropRule(name, NOTICE) for name in conditions)))
    leaving = fr.assess_exit(HOME, YUCHENG.on(DAY))
    assert [each.why for each in reopened(policy, [leaving], [HOME]).unjudged] == [WhyUnjudged.NO_RULE]


def test_a_record_that_has_changed_since_is_said_where_the_outcome_is_the_same() -> None:
    richer = attrs.evolve(HOME, assets=fr.Assets(owns_large_machine=True))
    (decision,) = reopened(
        YUCHENG.amend(
            amendment(
                AddRule(
                    Rule(
                        "everybody",
                        RuleKind.ELIGIBILITY,
                        Subject.HOUSEHOLD,
                        "人人",
                        "everybody",
                        fr.expr.parse("True"),
                        NOTICE,
                        "raised",
                    )
                ),
                SetParameter("income_line", 3700, NOTICE),
                DropRule("excluded_vehicle", NOTICE),
            )
        ),
        [stored()],
        [richer],
    ).decisions
    assert decision.changed_since == ("excluded_vehicle",)
    assert {each.name: (each.before, each.after) for each in decision.turned}["everybody"] == ("—", "yes")


def test_two_subjects_of_one_id_are_refused() -> None:
    with pytest.raises(ModelError) as refused:
        reopened(RAISED, [], [HOME, HOME])
    assert str(refused.value) == "subjects: two of the households have one id; give each of them once"
