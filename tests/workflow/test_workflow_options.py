"""Options: what an actor is told about each way on is what the step then does."""

from __future__ import annotations

from datetime import date

import attrs
import pytest
from casework import DAY, FIRST, VILLAGE, Casework, bent, histories, small_case, told
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_rules.workflow import Accepted, Actor, Context, Option, Refused, Status, load_procedure, options, step

SMALL = bent()
PROCEDURES = [SMALL, *(load_procedure(name) for name in ("yucheng-2016", "national-2014"))]


def of(work: Casework, move: str, actor: str | Actor, context: Context | None = None) -> Option:
    """Give the option of one move."""
    by = work.actor(actor) if isinstance(actor, str) else actor
    found = options(work.procedure, work.now, by, work.day, context=context or work.context)
    return next(option for option in found if option.move.id == move)


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(PROCEDURES).flatmap(histories), st.data())
def test_what_is_called_ready_is_accepted_and_what_is_called_blocked_or_not_yours_is_refused(
    work: Casework, data: st.DataObject
) -> None:
    role = data.draw(st.sampled_from(work.procedure.roles))
    actor = work.actor(role.id, data.draw(st.integers(1, 2)))
    actor = data.draw(st.sampled_from([actor, attrs.evolve(actor, kin_of=[work.id]), attrs.evolve(actor, place="37")]))
    found = options(work.procedure, work.now, actor, work.day, context=work.context)
    assert [each.move for each in found] == [m for m in work.procedure.moves if work.now.state in m.source]
    for option in found:
        result = _drafted(work, option, actor, work.day)
        is_made = isinstance(result, Accepted) and result.entry["move"] == option.move.id
        assert is_made is (option.status is Status.READY), option
        assert bool(option.reasons) is (option.status is not Status.READY)
        assert (option.until is not None) is (option.status is Status.NOT_YET)
        if option.until is not None:
            early, ready = (_drafted(work, option, actor, day) for day in (option.until - DAY, option.until))
            assert isinstance(early, Refused)
            assert isinstance(ready, Accepted)
        assert option.text("zh") != option.text("en")


def _drafted(work: Casework, option: Option, actor: Actor, day: date) -> object:
    later = Casework(work.procedure, work.id, day, work.case, [], work.context)
    event = later.draft(option.move.id, actor=actor, id="drafted")
    return step(work.procedure, work.now, event, day, context=work.context)


@pytest.mark.parametrize(
    ("stage", "move", "role", "status", "zh", "en"),
    [
        ("on_notice", "object", "household", Status.READY, "：可办", ": ready"),
        ("on_notice", "close", "head", Status.NOT_YET, "：2016-01-21起可办", ": not yet, from 2016-01-21"),
        ("on_notice", "close", "household", Status.NOT_YOURS, "应由村主任办理", "is for: village head"),
        ("surveyed", "evaluate_agreed", "assembly", Status.READY, "：可办", ": ready"),
        ("applied", "evaluate_agreed", "assembly", Status.BLOCKED, "：暂不可办，须满足：已入户；未知：已入户", ": blocked, must hold: visited at home; not known: visited at home"),
        ("evaluated", "post", "head", Status.BLOCKED, "：暂不可办，须满足：“三方签字”已签齐", ": blocked, must hold: “joint signatures” is complete"),
        ("checked", "approve", "county", Status.BLOCKED, "：暂不可办，须满足：“县级审核”已签齐", ": blocked, must hold: “county check” is complete"),
        ("reviewed", "approve", "county", Status.READY, "：可办", ": ready"),
        ("listed", "send_back", "panel", Status.NOT_YOURS, "应由县扶贫办办理", "is for: county office"),
    ],
)  # fmt: skip
def test_each_way_on_is_told_in_words(stage: str, move: str, role: str, status: Status, zh: str, en: str) -> None:
    work = small_case(SMALL, stage)
    option = of(work, move, role)
    assert option.status is status
    assert zh in option.text("zh")
    assert en in option.text("en")
    assert option.text("zh").split("：")[0]
    assert option.text("en").split(":")[0]


def test_what_an_option_asks_for_is_told_as_plain_data() -> None:
    work = small_case(SMALL, "surveyed")
    assert of(work, "evaluate_agreed", "assembly").to_plain() == {
        "move": "evaluate_agreed",
        "event": "evaluate",
        "to": "evaluated",
        "status": "ready",
        "until": None,
        "reasons": [],
        "fields": ["outcome", "present", "entitled"],
        "evidence": ["minutes", "photograph"],
    }


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"kin_of": ["H-1"]}, "kin"),
        ({"place": "371482001002"}, "place"),
        ({"level": "county"}, "level"),
        ({"role": "mayor"}, "role_unknown"),
    ],
)
def test_what_another_person_could_do_is_not_yours(changes: dict[str, object], code: str) -> None:
    work = small_case(SMALL, "applied")
    actor = attrs.evolve(Actor("surveyor-1", "surveyor", place=VILLAGE), **changes)  # type: ignore[arg-type]
    option = of(work, "survey", actor)
    assert option.status is Status.NOT_YOURS
    assert code in [reason.code for reason in option.reasons]
    assert next(reason.en for reason in option.reasons if reason.code == code) in option.text("en")


def test_who_has_signed_may_not_sign_the_rest() -> None:
    work = small_case(SMALL, "evaluated")
    work.do("sign", "surveyor")
    assert of(work, "sign", Actor("surveyor-1", "secretary", place=VILLAGE)).status is Status.NOT_YOURS
    assert of(work, "sign", "secretary").status is Status.READY
    assert of(work, "sign", "surveyor").status is Status.BLOCKED


def test_a_move_whose_event_another_move_would_take_is_blocked_and_says_by_what() -> None:
    # Both ask nothing of the event: which of them is made is for the assessment to say.
    procedure = bent(
        {
            'when = "event.outcome == \\"refused\\""\n': 'when = "not facts.visited"\n',
            """when = \'\'\'
event.outcome == "agreed"
and event.present * 3 >= event.entitled * 2
and facts.visited
\'\'\'""": 'when = "facts.visited"',
        }
    )
    work = small_case(procedure, "surveyed")
    assert of(work, "evaluate_agreed", "assembly").status is Status.READY
    option = of(work, "evaluate_refused", "assembly")
    assert option.status is Status.BLOCKED
    assert [reason.wanted for reason in option.reasons] == ["not facts.visited"]


def test_an_assessment_that_nobody_holds_blocks_and_one_that_is_held_opens() -> None:
    work = small_case(SMALL, "reviewed")
    assert of(work, "approve", "county", Context()).status is Status.BLOCKED
    assert of(work, "approve", "county", told("yucheng-2016", FIRST, assessment="ineligible")).status is Status.BLOCKED
    assert of(work, "approve", "county", told("yucheng-2016", FIRST, assessment="eligible")).status is Status.READY


def test_options_take_an_outcome_as_well_as_a_case_and_change_nothing() -> None:
    work = Casework(SMALL)
    opened = work.do("apply", "household", {"consent": "hmac-sha256:" + "0" * 64})
    by = work.actor("surveyor")
    assert options(SMALL, opened, by, FIRST) == options(SMALL, opened.case, by, FIRST)
    assert opened.case == work.now
    assert options(SMALL, small_case(bent(), "listed").now, by, FIRST)[0].status is Status.NOT_YOURS
