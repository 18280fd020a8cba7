"""What the service answers is what the library answers in the same process."""

import asyncio
import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from typing import Any

import pytest
from asgi_client import LIMITS, app_of, served
from hypothesis import given, settings
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.errors import LimitError, MissingExtraError, PolicyError
from fupin_rules.testing.strategies import areas, households, villages
from fupin_rules.web import CODES, Limits, router

ON = date(2016, 6, 30)
RULES = fr.load_policy("yucheng-2016").on(ON)
NATIONAL = fr.load_policy("exit-2016").on(ON)
YUCHENG = "/rules/policies/yucheng-2016"
HOME = f"{YUCHENG}/households"
DAY = "on=2016-06-30"
ANYBODY = households(near=RULES, max_members=3)


def through_json(plain: object) -> Any:
    return json.loads(json.dumps(plain))


@settings(max_examples=25)
@given(ANYBODY)
def test_a_household_is_assessed_as_in_process(home: fr.Household) -> None:
    told = fr.to_plain(home, reveal=True)
    assert served().post(f"{HOME}/assess?{DAY}", told).plain == through_json(fr.assess(home, RULES).to_plain())
    assert served().post(f"{HOME}/exit?{DAY}", told).plain == through_json(fr.assess_exit(home, RULES).to_plain())


@settings(max_examples=10)
@given(villages(near=RULES), areas(near=NATIONAL))
def test_a_village_and_an_area_are_assessed_as_in_process(village: fr.Village, area: fr.Area) -> None:
    found = served().post(f"{YUCHENG}/villages/assess?{DAY}", fr.to_plain(village, reveal=True))
    assert found.plain == through_json(fr.assess(village, RULES).to_plain())
    found = served().post(f"/rules/policies/exit-2016/areas/exit?{DAY}", fr.to_plain(area, reveal=True))
    assert found.plain == through_json(fr.assess_exit(area, NATIONAL).to_plain())


@settings(max_examples=15)
@given(
    ANYBODY,
    st.sampled_from(["zh", "en"]),
    st.sampled_from(["value", "reasons", "facts"]),
    st.sampled_from(["eligibility", "exit"]),
)
def test_an_explanation_is_that_of_the_library(home: fr.Household, language: str, level: Any, of: str) -> None:
    told, asked = fr.to_plain(home, reveal=True), f"{HOME}/explain?{DAY}&language={language}&level={level}&of={of}"
    found = fr.assess(home, RULES) if of == "eligibility" else fr.assess_exit(home, RULES)
    explanation = found.explanation(language, level=level)
    assert served().post(asked, told).plain == through_json(explanation.to_plain())
    text = served().post(f"{asked}&form=text", told)
    assert (text.headers["content-type"], text.body.decode()) == ("text/plain; charset=utf-8", explanation.as_text())
    markdown = served().post(f"{asked}&form=markdown", told)
    assert markdown.headers["content-type"] == "text/markdown; charset=utf-8"
    assert markdown.body.decode() == explanation.as_markdown()


@settings(max_examples=15)
@given(ANYBODY, st.sampled_from(["eligibility", "exit"]))
def test_the_next_question_is_that_of_an_interview_begun_with_what_is_told(home: fr.Household, of: str) -> None:
    talk = fr.Interview.begin(home, RULES, goal=of)
    found = served().post(f"{HOME}/next-question?{DAY}&of={of}", fr.to_plain(home)).plain
    assert found["state"] == talk.state.value
    assert found["said"] == dict(talk.said)
    assert found["missing"] == list(talk.assessment.missing)
    assert found["question"] == (None if talk.question is None else through_json(talk.question.to_plain()))
    assert [each["fact"] for each in found["needs"]] == [each.fact for each in talk.needs]


def test_answering_what_is_asked_comes_to_an_end() -> None:
    told: dict[str, Any] = {"id": "H-1", "members": [{"id": "1", "relation": "head"}], "members_complete": True}
    found, asked = served().post(f"{HOME}/next-question?{DAY}", told).plain, 0
    while found["state"] == "asking" and asked < 200:
        home = fr.from_plain(fr.Household, told)
        told = fr.to_plain(fr.with_fact(home, found["question"]["fact"], fr.NotKnown(fr.Why.NOT_COLLECTED)))
        found, asked = served().post(f"{HOME}/next-question?{DAY}", told).plain, asked + 1
    assert 10 < asked < 200
    assert found["state"] == "needs_evidence"
    assert {each["why"] for each in found["needs"]} == {"not_collected"}


@settings(max_examples=10)
@given(ANYBODY, st.sampled_from(["2000", "3500.00", "99999"]))
def test_an_effect_is_the_difference_of_two_assessments(home: fr.Household, line: str) -> None:
    body = {"household": fr.to_plain(home, reveal=True), "other": {"parameters": {"income_line": line}}}
    found = served().post(f"{HOME}/compare?{DAY}", body).plain
    source = fr.Source("tried", "请求中试用的数值", "a value tried in a request", fr.Standing.ASSUMPTION)
    before, after = fr.assess(home, RULES), fr.assess(home, RULES.with_parameter(income_line=line, source=source))
    assert found == through_json(
        {
            "before": before.to_plain(),
            "after": after.to_plain(),
            "changes": [each.to_plain() for each in fr.explain_change(before, after)],
        }
    )


def test_another_day_and_another_policy_are_compared_and_days_can_be_tried() -> None:
    told = served().get("/rules/examples/household").plain
    other = {"policy": "exit-2016", "on": "2018-03-01", "known_at": "2018-01-01"}
    found = served().post(f"{HOME}/compare?{DAY}&of=exit", {"household": told, "other": other}).plain
    assert (found["before"]["policy"], found["after"]["policy"]) == ("yucheng-2016", "exit-2016")
    assert [each["what"] for each in found["changes"]][:2] == ["fingerprint", "on"]
    tried = {"parameters": {"schooling_day": "2015-08-31"}}
    found = served().post(f"{HOME}/compare?{DAY}&of=exit", {"household": told, "other": tried})
    assert found.status == 200
    same = served().post(f"{HOME}/compare?{DAY}", {"household": told, "other": {}}).plain
    assert same["changes"] == []


@settings(max_examples=10)
@given(st.lists(st.one_of(ANYBODY.map(lambda home: fr.to_plain(home, reveal=True)), st.just({"id": ""})), max_size=6))
def test_of_many_each_is_answered_alone(rows: list[dict[str, Any]]) -> None:
    found = served().post(f"{HOME}/assess-many?{DAY}", {"households": rows}).plain
    assert [each["place"] for each in found["answers"]] == list(range(len(rows)))
    assert found["assessed"] + found["refused"] == len(rows)
    for row, answer in zip(rows, found["answers"], strict=True):
        if row["id"]:
            assert answer["assessment"] == served().post(f"{HOME}/assess?{DAY}", row).plain
        else:
            assert answer["problem"]["status"] == 422
            assert [each["path"] for each in answer["problem"]["faults"]] == [f"$.households[{answer['place']}].id"]


@settings(max_examples=10)
@given(st.lists(ANYBODY, max_size=5), st.integers(0, 4))
def test_ranks_are_those_of_the_library(homes: list[fr.Household], quota: int) -> None:
    named = [fr.from_plain(fr.Household, {**fr.to_plain(each), "id": f"H-{n}"}) for n, each in enumerate(homes)]
    found = served().post(f"{HOME}/rank?{DAY}&quota={quota}", {"households": [fr.to_plain(each) for each in named]})
    assert found.plain == through_json(fr.rank(fr.assess_many(named, RULES), quota).to_plain())


def test_policies_say_what_they_are_and_a_snapshot_what_is_in_force() -> None:
    listed = served().get("/rules/policies").plain["policies"]
    assert [each["name"] for each in listed] == ["yucheng-2016", "national-2014", "exit-2016", "monitoring-2021"]
    assert listed[0]["covered"] == {"first": "2016-01-01", "last": "2016-12-31"}
    whole = served().get(YUCHENG).plain
    assert {"rules", "parameters", "sources", "definitions"} <= whole.keys()
    assert {each["source"] for each in whole["rules"]} <= whole["sources"].keys()
    found = served().get(f"{YUCHENG}/snapshot?{DAY}").plain
    assert found["fingerprint"] == RULES.fingerprint
    assert set(found["parameters"]) == set(RULES.parameters)
    assert found["parameters"]["income_line"]["standing"] == "unverified"
    assert {each["source"] for each in found["parameters"].values()} == found["sources"].keys()


def test_schemas_and_examples_belong_together() -> None:
    for name, cls in (("household", fr.Household), ("village", fr.Village), ("area", fr.Area)):
        schema = served().get(f"/rules/schemas/{name}")
        assert schema.headers["content-type"] == "application/schema+json"
        assert schema.plain == through_json(fr.json_schema(cls))
        told = served().get(f"/rules/examples/{name}").plain
        assert fr.to_plain(fr.from_plain(cls, told)) == told


def test_two_policies_are_compared_over_everybody() -> None:
    found = served().post(f"{YUCHENG}/compare?{DAY}", {"other": {"parameters": {"income_line": "2000"}}}).plain
    regions = {each["id"]: each["answer"] for each in found["regions"]}
    assert regions["became_eligible"] == "proved"
    assert regions["lost_eligibility"] == "witness"


def test_answers_about_people_are_kept_nowhere_on_the_way() -> None:
    found = served().post(f"{HOME}/assess?{DAY}", {"id": "1"})
    assert found.headers["cache-control"] == "no-store"
    assert found.headers["x-content-type-options"] == "nosniff"


def test_eight_at_a_time_get_the_answers_that_one_at_a_time_gets() -> None:
    told = served().get("/rules/examples/household").plain
    targets = [f"{HOME}/{verb}?on=2016-0{month}-15" for month in range(1, 9) for verb in ("assess", "exit", "explain")]
    alone = [served().post(target, told).body for target in targets]
    fresh = type(served())(app_of(fr.load_policy("yucheng-2016")))
    with ThreadPoolExecutor(8) as pool:
        for _ in range(3):
            assert [each.body for each in pool.map(lambda target: fresh.post(target, told), targets)] == alone


def test_others_are_answered_while_a_large_body_is_worked_on() -> None:
    home = served().get("/rules/examples/household").plain
    many = json.dumps({"households": [{**home, "id": str(n)} for n in range(LIMITS.households)]}).encode()
    headers = {"content-type": "application/json"}

    async def both() -> list[str]:
        ended = []

        async def ask(name: str, verb: str, body: bytes) -> None:
            await served().ask("POST", f"{HOME}/{verb}?{DAY}", [body], headers)
            ended.append(name)

        large = asyncio.create_task(ask("large", "assess-many", many))
        await asyncio.sleep(0)
        await ask("small", "assess", b'{"id": "1", "hukou": "urban"}')
        await large
        return ended

    assert asyncio.run(both()) == ["small", "large"]


def test_one_policy_is_served_under_names_of_the_caller() -> None:
    policy = fr.load_policy("national-2014")
    client = type(served())(app_of({"now": policy, "then": policy}, prefix="/a"))
    assert [each["name"] for each in client.get("/a/policies").plain["policies"]] == ["now", "then"]
    assert client.post("/a/policies/then/households/assess?on=2014-06-01", {"id": "1"}).status == 200


@pytest.mark.parametrize(
    ("policies", "message"),
    [
        ((), "router: serves no policy; give one, or several"),
        (
            [fr.load_policy("exit-2016")] * 2,
            "router: two policies are named `exit-2016`; give a mapping with a name for each",
        ),
        ([RULES], "router: expected a policy, got `Snapshot`; give what `load_policy` gave, without a day"),
        (
            {"a/b": fr.load_policy("exit-2016")},
            "router: a name is none that an address can hold; use letters, digits, `-` and `_`",
        ),
    ],
)
def test_a_router_says_what_it_cannot_serve(policies: Any, message: str) -> None:
    with pytest.raises(PolicyError) as refusal:
        router(policies)
    assert str(refusal.value) == message


def test_limits_are_numbers_of_one_or_more() -> None:
    with pytest.raises(LimitError) as refusal:
        Limits(households=0)
    assert str(refusal.value) == "`households`: is less than one; give a whole number of one or more"
    with pytest.raises(LimitError) as refusal:
        router(fr.load_policy("exit-2016"), proof_seconds=0)
    assert str(refusal.value) == "`proof_seconds`: is no time; give seconds, or None"


@pytest.mark.parametrize(
    ("package", "message"),
    [
        (
            "fastapi",
            'a router needs `fastapi`; pip install "fupin-rules[fastapi]", or in a clone pip install ".[fastapi]"',
        ),
        (
            "z3",
            'comparing all households needs a solver; pip install "fupin-rules[proof]", or in a clone pip install ".[proof]"',
        ),
    ],
)
def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch, package: str, message: str) -> None:
    monkeypatch.setitem(__import__("sys").modules, package, None)
    with pytest.raises(MissingExtraError) as refusal:
        router(fr.load_policy("exit-2016"), proof_seconds=1)
    assert str(refusal.value) == message


def test_every_code_names_a_kind_of_problem_and_is_said_in_both_languages() -> None:
    from fupin_rules.web import KINDS

    assert {each.kind for each in CODES.values()} == set(KINDS)
    assert all(code.zh and code.en for code in CODES.values())
    assert all(kind.zh and kind.en for kind in KINDS.values())
