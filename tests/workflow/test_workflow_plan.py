"""Plans: who must do what from when; every step is accepted on its day, or the reasons are told."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from casework import AGREED, DAY, FIRST, Casework, bent, held, histories, household, small_case, told
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_rules.workflow import Accepted, Calendar, Context, Plan, Procedure, StateKind, load_procedure, plan, step
from fupin_rules.workflow.case._draft import draft
from fupin_rules.workflow.case._outside import Asked
from fupin_rules.workflow.case._plan import Supposing

SMALL = bent()
YUCHENG = load_procedure("yucheng-2016")
PROCEDURES = [
    SMALL,
    YUCHENG,
    *(load_procedure(name) for name in ("national-2014", "exit-2016", "two-two-one-one-2018")),
]


def walk(work: Casework, found: Plan) -> str:
    """Take the steps of a plan, each on its day, by somebody who holds its role; give the state reached."""
    case, number = work.now, 0
    for each in found.steps:
        outside = Supposing(Asked(work.context, work.procedure.policy, work.id, each.on), each.move)
        accepted = None
        for person in range(1, 5):
            number += 1
            actor = work.actor(each.role, person)
            actor = attrs.evolve(actor, id=each.person) if each.person else actor
            event = draft(work.procedure, each.move, case, actor, f"walked-{number}", day=each.on, outside=outside)
            context = work.context if not each.supposing else _supposed(work, each.supposing, each.on)
            accepted = step(work.procedure, case, event, each.on, context=context)
            if isinstance(accepted, Accepted):
                break
        assert isinstance(accepted, Accepted), (each.move.id, accepted)
        assert accepted.entry["move"] == each.move.id
        assert each.level == work.procedure.role[each.role].level
        case = accepted.case
    return case.state


def _supposed(work: Casework, supposing: tuple[str, ...], on: date) -> Context:
    said = dict(each.split(" == ") for each in supposing)
    return told(
        work.procedure.policy,
        on,
        assessment=said.get("assessment.outcome", "").strip('"'),
        leaves=said.get("exit.outcome", "").strip('"'),
    )


def goals(procedure: Procedure) -> list[str]:
    return [state.id for state in procedure.states if state.kind is StateKind.GOAL]


@settings(max_examples=25, deadline=None)
@given(st.sampled_from([SMALL, YUCHENG]).flatmap(lambda each: histories(each, most=8)), st.booleans(), st.data())
def test_every_step_of_a_plan_is_accepted_on_its_day_and_the_plan_reaches_its_goal(
    work: Casework, is_told: bool, data: st.DataObject
) -> None:
    work.context = work.context if is_told else Context()
    goal = data.draw(st.sampled_from([each.id for each in work.procedure.states]))
    found = plan(work.procedure, work.now, goal, work.day, context=work.context)
    assert found.reachable is not bool(found.reasons) or found.goal == goal
    if found.reachable:
        assert walk(work, found) == goal
        days = [each.on for each in found.steps]
        assert days == sorted(days)
        assert found.until == (days[-1] if days else None)
    else:
        assert not found.steps
    assert found.text("zh", work.procedure) != found.text("en", work.procedure)


@pytest.mark.parametrize("procedure", PROCEDURES, ids=lambda procedure: procedure.id)
def test_from_the_first_event_every_goal_can_be_reached_or_it_is_said_why_not(procedure: Procedure) -> None:
    for first in (move for move in procedure.moves if procedure.initial in move.source):
        work = Casework(procedure, day=max(FIRST, procedure.start))
        accepted = work.give(work.draft(first.id))
        assert isinstance(accepted, Accepted)
        for goal in goals(procedure):
            found = plan(procedure, accepted, goal, work.day)
            if found.reachable:
                assert walk(work, found) == goal
            else:
                assert found.reasons


def test_a_plan_is_said_line_by_line() -> None:
    work = small_case(SMALL, "surveyed")
    found = plan(SMALL, work.now, "listed", FIRST)
    en = found.text("en", SMALL).splitlines()
    zh = found.text("zh", SMALL).splitlines()
    assert (en[0], zh[0]) == ("to “listed”:", "到达「已列入」：")
    assert [line.split(" ")[1] for line in en[1:]] == ["2016-01-13"] * 5 + ["2016-01-21"] * 4
    assert [line.split(": ")[0].split(" ", 2)[2] for line in en[1:]] == [
        "village assembly", "surveyor", "village head", "first secretary", "village head", "village head",
        "member of the county panel", "member of the county panel", "county office",
    ]  # fmt: skip
    assert en[1].endswith("(minutes, photograph)")
    assert zh[1].endswith("（会议记录、照片）")
    assert en[-1].endswith("(supposing: assessment of the household is “eligible”)")
    assert zh[-1].endswith("（设该户的识别评估等于「符合」）")
    assert found.until == date(2016, 1, 21)
    plain = found.to_plain()
    assert {key: plain[key] for key in ("goal", "reachable", "until", "reasons")} == {
        "goal": "listed",
        "reachable": True,
        "until": "2016-01-21",
        "reasons": [],
    }
    assert plain["steps"][0] == {
        "move": "evaluate_agreed",
        "event": "evaluate",
        "role": "assembly",
        "level": "village",
        "on": "2016-01-13",
        "fields": ["outcome", "present", "entitled"],
        "evidence": ["minutes", "photograph"],
        "supposing": [],
        "person": "",
    }


def test_what_cannot_be_reached_says_why() -> None:
    work = small_case(SMALL, "reviewed")
    context = held(household("ready-to-leave"))
    found = plan(SMALL, work.now, "listed", work.day, context=context)
    assert (found.reachable, found.steps, found.until) == (False, (), None)
    assert [reason.found for reason in found.reasons] == ["assessment.outcome = ineligible"]
    assert found.text("en", SMALL).startswith("“listed” cannot be reached:\n  - must hold: assessment of the household")
    assert found.text("zh", SMALL).startswith("不能到达「已列入」：\n  - 须满足：该户的识别评估")
    assert found.to_plain()["reachable"] is False
    over = small_case(SMALL, "applied")
    over.do("withdraw", "household")
    ended = plan(SMALL, over.now, "listed", over.day)
    assert not ended.reachable


def test_who_is_there_needs_no_steps() -> None:
    work = small_case(SMALL, "listed")
    assert plan(SMALL, work.now, "listed", work.day) == Plan("listed", (), reachable=True)


def test_a_signature_that_was_delegated_is_planned_with_whoever_it_was_delegated_to() -> None:
    work = small_case(SMALL, "evaluated")
    work.do("delegate", "head", {"slot": "surveyor", "to": "deputy"})
    found = plan(SMALL, work.now, "on_notice", work.day)
    assert [(each.move.id, each.person) for each in found.steps] == [
        ("sign", "deputy"), ("sign", ""), ("sign", ""), ("post", ""),
    ]  # fmt: skip
    assert found.text("en", SMALL).splitlines()[1].endswith("(by deputy instead)")
    assert found.text("zh", SMALL).splitlines()[1].endswith("（由deputy代签）")
    assert walk(work, found) == "on_notice"


def test_a_signature_asked_for_in_addition_is_planned_too() -> None:
    work = small_case(SMALL, "signed")
    work.do("amend", "township", {"slot": "more", "role": "secretary"})
    found = plan(SMALL, work.now, "on_notice", work.day)
    assert [(each.move.id, each.role) for each in found.steps] == [("sign", "secretary"), ("post", "head")]
    assert walk(work, found) == "on_notice"


def test_a_panel_of_five_is_five_people() -> None:
    five = ", ".join(f'{{ id = "m{number}", role = "panel" }}' for number in range(5))
    procedure = bent(
        {
            '{ id = "first", role = "panel" }, { id = "second", role = "panel" }, { id = "third", role = "county" }': five,
            "need = 2\ndistinct = false": "",
        }
    )
    work = small_case(procedure, "checked")
    found = plan(procedure, work.now, "listed", work.day)
    assert [each.move.id for each in found.steps] == ["check"] * 5 + ["approve"]


def test_a_plan_waits_for_what_only_time_opens_and_counts_working_days_where_holidays_are_known() -> None:
    procedure = bent({"days = { n = 7 }": 'days = { n = 5, kind = "working" }'})
    work = small_case(procedure, "signed")
    calendar = Calendar("test", date(2016, 1, 1), date(2016, 12, 31), holidays={date(2016, 1, 19)})
    known = plan(procedure, work.now, "checked", work.day, context=Context(calendar=calendar))
    assert [(each.move.id, each.on) for each in known.steps] == [("post", FIRST), ("close", date(2016, 1, 22))]
    unknown = plan(procedure, work.now, "checked", work.day)
    assert not unknown.reachable
    assert [reason.code for reason in unknown.reasons] == ["guard_open"]


def test_a_plan_from_an_earlier_day_begins_on_the_day_of_the_last_entry() -> None:
    work = small_case(SMALL, "surveyed")
    found = plan(SMALL, work.now, "evaluated", FIRST - 10 * DAY)
    assert [each.on for each in found.steps] == [FIRST]


def test_a_plan_is_the_same_from_an_outcome_and_from_its_case() -> None:
    work = small_case(SMALL, "surveyed")
    accepted = work.do("evaluate", "assembly", AGREED)
    assert plan(SMALL, accepted, "listed", FIRST) == plan(SMALL, accepted.case, "listed", FIRST)
    assert attrs.evolve(accepted, due=()).case == work.now
