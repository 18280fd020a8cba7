"""What amendments reopen, how their order matters, interviews, reports and reviews fit their schemas."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest
from bent_packs import CATALOGUE, MEMORY, bent
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

import fupin_rules as fr
from amendment_strategies import YUCHENG, amendments, citation
from fupin_rules.comparison import order_matters
from fupin_rules.engine import WhyUnjudged, reopened
from fupin_rules.errors import PolicyError
from fupin_rules.interview import Goal, Interview
from fupin_rules.interview._told import stored
from fupin_rules.periods import Period
from fupin_rules.policy import SUBJECT_CLASSES, Amendment, DropRule, FindingCode, Patch, SetParameter, Snapshot
from fupin_rules.registry import simulate
from fupin_rules.report import LEAST, draw_up
from fupin_rules.review import WhyOpen, review_pack
from fupin_rules.testing import households
from fupin_rules.truth import NotKnown

DAY = date(2016, 3, 1)
RULES = YUCHENG.on(DAY)
GAPS = [why for why in fr.Why if why is not fr.Why.ZERO_DIVISOR]
MONITORING = fr.load_policy("monitoring-henan-linzhou").on(date(2023, 6, 1))


@functools.cache
def validator(form: type | str) -> Draft202012Validator:
    return Draft202012Validator(fr.json_schema(form))


def fits(form: type | str, plain: object) -> None:
    faults = [f"{each.json_path}: {each.message[:300]}" for each in validator(form).iter_errors(plain)]
    assert not faults, "\n".join(faults)


def fit(answer: Any, **how: Any) -> Any:
    """Hold the plain form of an answer, as JSON carries it, against its schema."""
    plain = answer.to_plain(**how)
    carried = json.loads(json.dumps(plain, allow_nan=False))
    assert carried == plain
    fits(type(answer), carried)
    return carried


# -- amendments ------------------------------------------------------------------------------------------------------


@settings(max_examples=20)
@given(st.data(), amendments())
def test_whatever_an_amendment_does_to_decisions_fits_its_schema(data: st.DataObject, amendment: Amendment) -> None:
    homes = data.draw(st.lists(households(near=RULES, max_members=3), max_size=3, unique_by=lambda home: home.id))
    decisions = [ask(home, RULES) for home in homes for ask in (fr.assess, fr.assess_exit)]
    try:
        policy = YUCHENG.amend(amendment)
    except PolicyError:
        return  # some are refused, whose own laws stand elsewhere
    found = reopened(policy, decisions, homes)
    fit(found)
    for each in (*found.decisions, *found.unjudged):
        fit(each)


def amendment(key: str, *patches: Patch) -> Amendment:
    cited = citation(key)
    return Amendment(key, YUCHENG.id, "修订", "a change", cited, date(2016, 5, 20), Period(date(2016, 2, 1)), patches)


RAISED = amendment("raised", SetParameter("income_line", 3700, citation("raised")))
LOWERED = amendment("lowered", SetParameter("income_line", 3300, citation("lowered")))
DROPPED, DROPPED_TOO = (amendment(key, DropRule("excluded_payroll", citation(key))) for key in ("one", "other"))


def test_what_is_reopened_and_whatever_cannot_be_judged_fits_its_schema() -> None:
    homes = simulate(seed=11, households=40, people=90).households
    policy = YUCHENG.amend(RAISED)
    given = [fr.assess(home, RULES) for home in homes]
    found = reopened(policy, given, homes)
    fit(found)
    assert found.decisions, "the register has households between the two lines"
    for decision in found.decisions:
        fit(decision)
    told = given[0].to_plain()
    odd = [
        {"format": 0},
        told | {"on": "0001-01-01"},
        told | {"fingerprint": "0" * 64},
        told | {"subject_id": "nobody \N{COMBINING ACUTE ACCENT}"},
        told | {"on": "2016-06-01", "fingerprint": YUCHENG.on(date(2016, 6, 1)).fingerprint},
    ]
    left = reopened(policy, odd, homes)
    assert {each.why for each in left.unjudged} == {
        WhyUnjudged.UNREADABLE,
        WhyUnjudged.UNCOVERED,
        WhyUnjudged.OTHER_LAW,
        WhyUnjudged.NO_SUBJECT,
        WhyUnjudged.OLD_LAW,
    }
    for each in left.unjudged:
        fit(each)


@pytest.mark.parametrize(
    ("one", "other", "matters"), [(RAISED, LOWERED, True), (RAISED, DROPPED, False), (DROPPED, DROPPED_TOO, False)]
)
def test_whether_an_order_matters_fits_its_schema(one: Amendment, other: Amendment, *, matters: bool) -> None:
    found = order_matters(YUCHENG, one, other, members=2)
    told = fit(found)
    assert told["matters"] is matters
    for each in found.conflicts:
        fit(each)


# -- interviews ------------------------------------------------------------------------------------------------------


@settings(max_examples=25)
@given(
    st.sampled_from([RULES, MONITORING]).flatmap(
        lambda rules: st.tuples(st.just(rules), households(near=rules, min_members=1, max_members=3))
    ),
    st.sampled_from(Goal),
    st.data(),
)
def test_wherever_an_interview_stands_it_fits_its_schema(
    case: tuple[Snapshot, fr.Household], goal: Goal, data: st.DataObject
) -> None:
    rules, home = case
    # Numbered as an interview numbers whoever it adds.
    home = attrs.evolve(home, members=tuple(attrs.evolve(each, id=str(at)) for at, each in enumerate(home.members, 1)))
    listed = fr.Household(id=home.id, members=tuple(fr.Member(id=each.id) for each in home.members))
    begun = data.draw(st.sampled_from([home, listed, fr.Household(id=home.id)]))
    talk = Interview.begin(begun, rules, goal=goal, again=data.draw(st.booleans()))
    while talk.question is not None:
        fact = talk.question.fact
        value = len(home.members) if fact == "members" else stored(home, fact)
        is_told = value is not None and not isinstance(value, NotKnown) and data.draw(st.booleans())
        talk = talk.answer(value) if is_told else talk.skip(data.draw(st.sampled_from(GAPS)))
    fit(talk, reveal=data.draw(st.booleans()))


def talks() -> Iterator[Interview]:
    """Talks of which nothing is known but an id, under each policy, about whomever it is."""
    for pack in fr.installed_packs():
        policy = fr.load_policy(pack)
        for about in policy.subjects:
            for goal in Goal:
                try:
                    yield Interview.begin(SUBJECT_CLASSES[about](id="1"), policy.on(policy.days.start), goal=goal)
                except PolicyError:
                    continue  # it has no such rules, or a value is still to be given


def test_an_interview_under_any_shipped_policy_fits_its_schema() -> None:
    seen = set()
    for talk in talks():
        seen.add(fit(talk)["subject"])
        while talk.question is not None and len(talk.asked) < 5:
            talk = talk.skip("expired")  # noqa: PLW2901  an interview is what its steps make it
        fit(talk)
    assert {"household", "village"} <= seen


# -- reports and reviews ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("least", [1, LEAST])
@pytest.mark.parametrize("rules", [RULES, MONITORING], ids=["yucheng", "monitoring"])
def test_a_report_fits_its_schema(rules: Snapshot, least: int) -> None:
    homes = simulate(seed=7, households=150, people=330, townships=3).households
    report = draw_up(tuple(fr.assess_many(homes, rules)), least=least)
    told = fit(report)
    assert told["figures"]
    for figure in report.figures.values():
        fit(figure)
        fit(figure.said)
        for row in figure.rows:
            fit(row)


WAIVERS = """
[[waiver]]
code = "never_fires"
concerns = ["flat"]
reason = { zh = "留待下一版更正", en = "to be mended in the next version" }
ends = { zh = "维护本包者", en = "whoever keeps this pack" }
"""


@pytest.mark.parametrize("bad", CATALOGUE[::6], ids=lambda bad: bad.id)
def test_a_review_of_a_bad_pack_fits_its_schema(bad: Any, tmp_path: Path) -> None:
    folder = bent(bad, tmp_path)
    if (FindingCode.NEVER_FIRES, "flat") in bad.finds:
        (folder / "waivers.toml").write_text(WAIVERS, encoding="utf-8")
    review = review_pack(folder, search=[tmp_path], seconds=60, memory=MEMORY)
    fit(review)
    assert review.findings
    for finding in review.findings:
        fit(finding)


def test_a_review_in_which_findings_are_waived_and_questions_stay_open_fits_its_schema(tmp_path: Path) -> None:
    (bad,) = (each for each in CATALOGUE if each.id == "exclusion-against-itself")
    folder = bent(bad, tmp_path)
    (folder / "waivers.toml").write_text(WAIVERS, encoding="utf-8")
    whole = fit(review_pack(folder, search=[tmp_path], seconds=60, memory=MEMORY))
    assert [each["code"] for each in whole["waived"]] == ["never_fires"]
    stopped = fit(review_pack(folder, search=[tmp_path], seconds=60, go_on=lambda *_: False))
    assert {each["why"] for each in stopped["open"]} == {WhyOpen.STOPPED.value}
