"""Interviews: the roster, what is skipped, where a talk ends and why, what is refused, plain data."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from small_pack import write_pack

import fupin_rules as fr
from fupin_rules.errors import LimitError, ModelError, PolicyError
from fupin_rules.interview import Goal, Need
from fupin_rules.policy import Snapshot, load_policy

YUCHENG = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
DAY = date(2016, 6, 1)
ASKING, DECIDED = fr.InterviewState.ASKING, fr.InterviewState.DECIDED


def relief(folder: Path, bent: dict[str, dict[str, str]] | None = None) -> Snapshot:
    return load_policy(write_pack(folder, bent or {})).on(DAY)


def asked(talk: fr.Interview) -> str:
    assert talk.question is not None
    return talk.question.fact


# -- the roster ------------------------------------------------------------------------------------------------------


def test_a_household_of_which_nobody_is_listed_is_asked_how_many_it_has(tmp_path: Path) -> None:
    talk = fr.Interview.begin(fr.Household(id="1"), relief(tmp_path)).answer(False)
    question = talk.question
    assert question is not None
    assert question.to_plain() == {
        "fact": "members",
        "text": {"zh": "共同生活、分担开支的成员共有几人？", "en": "How many people live together and share costs?"},
        "why": {"zh": "用于判断「收入低」", "en": "to decide “income is low”"},
        "rule": "poor",
        "sort": "number",
        "choices": [],
        "unit": "person",
        "low": "1",
        "high": "60",
        "places": 0,
        "member": None,
    }
    after = talk.answer("3")
    assert isinstance(after.subject, fr.Household)
    assert [member.id for member in after.subject.members] == ["1", "2", "3"]
    assert after.subject.members_complete is True
    assert after.asked[-1] == ("members", 3)


def test_a_household_with_members_is_asked_whether_they_are_all_and_who_else_there_is(tmp_path: Path) -> None:
    home = fr.Household(id="1", members=(fr.Member(id="2", on_dibao=False),), assets=fr.Assets(owns_car=False))
    talk = fr.Interview.begin(home, relief(tmp_path))
    assert asked(talk) == "members_complete"
    more = talk.answer(False)
    assert asked(more) == "members"
    assert more.question is not None
    assert more.question.low == 1
    after = more.answer(3)
    assert isinstance(after.subject, fr.Household)
    # No two of one number, and who was there stays who they were.
    assert [member.id for member in after.subject.members] == ["2", "1", "3"]
    assert after.subject.members[0].on_dibao is False
    assert after.back().back() == talk


def test_how_many_they_are_can_be_skipped_though_it_is_known_that_some_are_missing(tmp_path: Path) -> None:
    home = fr.Household(
        id="1",
        members=(fr.Member(id="1", on_dibao=False),),
        members_complete=False,
        assets=fr.Assets(owns_car=False),
        income=fr.Income(wage_income_yuan=9000),
    )
    talk = fr.Interview.begin(home, relief(tmp_path)).skip("refused")
    assert talk.state is fr.InterviewState.NEEDS_A_PERSON
    assert talk.subject == home
    text = {"zh": "家庭成员名册 — 拒绝提供", "en": "roster of members — refused"}
    assert talk.needs == (Need("members", fr.Why.REFUSED, text),)


@pytest.mark.parametrize("count", [0, 61, 2.5, "many", True, [1], "-1", 10**40])
def test_a_number_of_members_that_cannot_be_is_refused(tmp_path: Path, count: object) -> None:
    talk = fr.Interview.begin(fr.Household(id="1", assets=fr.Assets(owns_car=False)), relief(tmp_path))
    with pytest.raises(
        ModelError,
        match=r"^\$\.members: expected a whole number of members from 1 to 60; "
        "count those who live together and share costs$",
    ):
        talk.answer(count)


# -- where a talk ends -----------------------------------------------------------------------------------------------


def test_known_facts_that_make_a_divisor_zero_are_for_a_person_to_look_at(tmp_path: Path) -> None:
    home = fr.Household(
        id="1", members_complete=True, assets=fr.Assets(owns_car=False), income=fr.Income(wage_income_yuan=0)
    )
    talk = fr.Interview.begin(home, relief(tmp_path))
    assert talk.state is fr.InterviewState.NEEDS_A_PERSON
    assert {need.why for need in talk.needs} == {fr.Why.ZERO_DIVISOR}
    assert talk.said == {
        "zh": "结论未定，须由人处理：已知的事实使除数为零，再问也不能定论",
        "en": "open, for a person to look at: known facts make a divisor zero, which no answer mends",
    }


def test_where_a_default_settles_the_outcome_the_fact_itself_is_still_asked_for(tmp_path: Path) -> None:
    bent = {
        "rules.toml": {'when = "assets.owns_car"': "when = 'or_else(assets.owns_car, False, because=\"src:order\")'"}
    }
    home = fr.Household(
        id="1",
        members=(fr.Member(id="1", on_dibao=True),),
        members_complete=True,
        assets=fr.Assets(car_is_for_disabled_or_livelihood=False),
    )
    talk = fr.Interview.begin(home, relief(tmp_path, bent))
    assert talk.assessment.outcome is fr.Outcome.ELIGIBLE
    assert talk.assessment.provisional == ("assets.owns_car",)
    assert (talk.state, asked(talk)) == (ASKING, "assets.owns_car")
    assert talk.answer(True).assessment.outcome is fr.Outcome.INELIGIBLE
    firm, skipped = talk.answer(False), talk.skip("refused")
    assert (firm.state, firm.said["en"]) == (DECIDED, "the outcome is settled; nothing more need be asked")
    assert (skipped.state, skipped.assessment.provisional) == (DECIDED, ("assets.owns_car",))
    assert skipped.said == {
        "zh": "结论暂定：有未答的事实以所引默认值代替",
        "en": "settled for the present: cited defaults stand in for facts that were not told",
    }


def test_exceptions_to_what_nobody_can_tell_are_asked_for_last_of_all() -> None:
    talk = fr.Interview.begin(fr.Household(id="1", hukou="rural"), YUCHENG)
    assert asked(talk) == "assets.owns_town_housing"
    talk, order = talk.skip("not_collected"), []
    while talk.state is ASKING:
        order.append(asked(talk))
        talk = talk.answer(1) if order[-1] == "members" else talk.skip("not_collected")
    assert set(order[-5:]) == {
        "assets.town_housing_from_relocation_or_disaster",
        "assets.away_for_work_or_treatment",
        "assets.car_is_for_disabled_or_livelihood",
        "assets.business_is_in_name_only",
        "members[1].post_holder_cause_is_major",
    }


# -- what is refused -------------------------------------------------------------------------------------------------


def test_a_bad_answer_names_the_fact_and_leaves_the_talk_as_it_was() -> None:
    talk = fr.Interview.begin(fr.Household(id="1"), YUCHENG)
    with pytest.raises(
        ModelError, match=r"^\$\.hukou: expected one of rural, urban; give it as told, or leave it out as not known$"
    ):
        talk.answer("city")
    with pytest.raises(ModelError, match=r"^\$\.hukou: expected a value; skip the question with a reason$"):
        talk.answer(None)
    for why in ("forgotten", "zero_divisor"):
        with pytest.raises(
            ModelError,
            match=r"^\$\.hukou: expected a reason, one of not_collected, expired, conflicting, refused, "
            "needs_judgement; say why it is not known$",
        ):
            talk.skip(why)
    assert talk.asked == ()


def test_a_skip_may_be_said_as_plain_data_says_it() -> None:
    talk = fr.Interview.begin(fr.Household(id="1"), YUCHENG)
    expected = talk.skip(fr.Why.EXPIRED)
    assert talk.answer({"not_known": "expired"}) == talk.answer(fr.NotKnown("expired")) == expected
    assert expected.asked == (("hukou", fr.NotKnown("expired")),)


def test_nothing_is_answered_where_nothing_is_asked() -> None:
    talk = fr.Interview.begin(fr.Household(id="1", hukou="urban"), YUCHENG)
    assert (talk.state, talk.question) == (DECIDED, None)
    with pytest.raises(ModelError, match=r"^\$: nothing is asked; see `state`, or go back$"):
        talk.answer(1)
    with pytest.raises(ModelError, match=r"^\$: nothing is asked; see `state`, or go back$"):
        talk.skip("refused")


def test_what_has_no_rules_is_refused_when_it_begins() -> None:
    with pytest.raises(PolicyError, match="has no exit rule about a household"):
        fr.Interview.begin(fr.Household(id="1"), load_policy("national-2014").on(DAY), goal=Goal.EXIT)
    with pytest.raises(ModelError, match=r"^\$\.goal: expected eligibility or exit; say what is to be settled$"):
        fr.Interview.begin(fr.Household(id="1"), YUCHENG, goal="registered")


# -- plain data ------------------------------------------------------------------------------------------------------


def plain(**changed: object) -> dict[str, Any]:
    talk = fr.Interview.begin(fr.Household(id="0031", head_name="测试"), YUCHENG).answer("rural").skip("refused")
    return talk.to_plain() | changed


def test_plain_data_holds_everything_but_names_and_numbers_of_persons() -> None:
    told = plain()
    assert told == {
        "format": 1,
        "kind": "interview",
        "subject": "household",
        "goal": "eligibility",
        "policy": "yucheng-2016",
        "on": "2016-01-31",
        "fingerprint": YUCHENG.fingerprint,
        "facts": {"id": "0031"},
        "asked": [
            {"fact": "hukou", "value": "rural"},
            {"fact": "assets.owns_town_housing", "value": {"not_known": "refused"}},
        ],
    }
    again = fr.Interview.from_plain(json.loads(json.dumps(told)), YUCHENG)
    assert again.to_plain() == told
    shown = fr.Interview.begin(fr.Household(id="0031", head_name="测试"), YUCHENG).to_plain(reveal=True)
    assert shown["facts"] == {"id": "0031", "head_name": "测试"}


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ([], "$: expected a table; give what `to_plain` gave"),
        ({}, "$.format: is missing; give what `to_plain` gave"),
        (plain(format=2), "$.format: expected an interview of format 1; give what `to_plain` gave"),
        (
            plain(fingerprint="0" * 64),
            "$.fingerprint: is that of other rules, or of another day; load the policy it was begun under, or begin again",
        ),
        (plain(subject=["household"]), "$.subject: expected one of household, village, area; say whom it is about"),
        (plain(goal=3), "$.goal: expected eligibility or exit; say what is to be settled"),
        (
            plain(facts={"id": "1", "hukou": "city"}),
            "$.facts.hukou: expected one of rural, urban; give it as told, or leave it out as not known",
        ),
        (plain(asked={}), "$.asked: expected a list of answers; give what `to_plain` gave"),
        (plain(asked=[["hukou", "rural"]]), "$.asked[0]: expected a table; give what `to_plain` gave"),
        (plain(asked=[{"fact": "hukou"}]), "$.asked[0]: expected a fact and its value; give what `to_plain` gave"),
        (
            plain(asked=[{"fact": "hukou", "value": {"not_known": ["refused"]}}]),
            "$.asked[0]: expected a value, or { not_known = reason }; mend it",
        ),
        (
            plain(asked=[{"fact": "hukou", "value": "rural"}, {"fact": "hukuo", "value": "rural"}]),
            "$.asked[1].hukuo: is no fact; did you mean `hukou`?",
        ),
        (
            plain(asked=[{"fact": "hukou", "value": "city"}]),
            "$.asked[0].hukou: expected one of rural, urban; give it as told, or leave it out as not known",
        ),
        (
            plain(asked=[{"fact": "members[7].sex", "value": "male"}]),
            "$.asked[0].members[7].sex: no such member; name a member by its id",
        ),
    ],
)
def test_plain_data_that_is_no_interview_under_these_rules_is_refused(data: object, message: str) -> None:
    with pytest.raises(ModelError) as caught:
        fr.Interview.from_plain(data, YUCHENG)
    assert str(caught.value) == message


def test_a_trail_longer_than_any_household_is_refused_unread() -> None:
    with pytest.raises(LimitError, match=r"^\$\.asked: more than 4000 answers; begin again$"):
        fr.Interview.from_plain(plain(asked=[None] * 4001), YUCHENG)


def test_answers_are_kept_as_the_model_holds_them_and_shown_nowhere() -> None:
    home = fr.Household(id="1", hukou="rural", assets=fr.Assets(owns_town_housing=False))
    talk = fr.Interview.begin(home, YUCHENG)
    while asked(talk) != "income.wage_income_yuan":
        talk = talk.answer(2) if asked(talk) == "members" else talk.answer(False)
    talk = talk.answer("1200.5")
    assert talk.asked[-1] == ("income.wage_income_yuan", Decimal("1200.50"))
    assert repr(talk) == (
        f"<Interview '1' towards eligibility under yucheng-2016 on 2016-01-31, {len(talk.asked)} asked>"
    )


def test_villages_and_areas_are_asked_too() -> None:
    talk = fr.Interview.begin(fr.Village(id="V-1"), YUCHENG)
    assert talk.state is ASKING
    area = fr.Interview.begin(fr.Area(id="A-1"), fr.load_policy("exit-2016").on(date(2017, 6, 1)), goal="exit")
    assert asked(area) == "level"
    assert fr.Interview.from_plain(area.answer("county").to_plain(), area.snapshot) == area.answer("county")
