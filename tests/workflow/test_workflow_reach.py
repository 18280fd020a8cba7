"""What can come to be while a case stays where it is: a refusal calls mendable only what somebody can mend there."""

from collections.abc import Mapping
from datetime import date

import attrs
import pytest
from small_procedure import small_procedure

from fupin_rules.expr import to_text
from fupin_rules.testing import Bounds, explore
from fupin_rules.workflow import Actor, Case, Event, Mark, NoticeMark, Refused, Signatures, load_procedure, look, step
from fupin_rules.workflow.case._reach import is_free, limits

DAY = date(2016, 2, 1)
SMALL = small_procedure()
UP = NoticeMark(DAY, DAY, None, {"a": "", "b": "upheld"})
DOWN = attrs.evolve(UP, closed=DAY)
SIGNED = Signatures({"head": Mark("h", "head")})


def case_in(
    state: str, notices: Mapping[str, NoticeMark], reviews: Mapping[str, Signatures], facts: Mapping[str, bool]
) -> Case:
    return Case(
        id="case",
        procedure=SMALL.reference,
        place="371482001001",
        state=state,
        facts=facts,
        notices=notices,
        reviews=reviews,
        entered=DAY,
        round_began=DAY,
    )


@pytest.mark.parametrize(
    ("state", "path", "is_free_here", "claims"),
    [
        # An outcome stays; who objects here adds to those that are open, and resolving takes from them.
        ("on_notice", "notice.village.upheld", True, ["notice.village.upheld >= 1"]),
        ("on_notice", "notice.village.open_objections", True, []),
        # Where nobody objects or resolves, nothing comes or goes.
        (
            "evaluated",
            "notice.village.open_objections",
            False,
            ["notice.village.open_objections <= 1", "notice.village.open_objections >= 1"],
        ),
        ("on_notice", "notice.village.posted", False, ["notice.village.posted"]),
        # Signatures are added, never taken back; one more may be asked for, so a review may become open again.
        ("evaluated", "review.joint.count", True, ["review.joint.count >= 1"]),
        ("evaluated", "review.joint.complete", True, []),
        ("checked", "review.joint.count", False, ["review.joint.count >= 1"]),
        # A fact takes what is set here, and what it is set to may be anything.
        ("applied", "facts.visited", True, []),
        ("checked", "facts.visited", False, ["facts.visited == True"]),
        ("applied", "last.survey", True, []),
        ("checked", "last.survey", False, []),
        ("checked", "event.anything", True, []),
        ("checked", "state", False, []),
    ],
)
def test_what_can_come_to_be(state: str, path: str, is_free_here: bool, claims: list[str]) -> None:
    case = case_in(state, {"village": UP}, {"joint": SIGNED}, {"visited": True})
    view = look(SMALL, case, Event("e", "survey", Actor("s", "surveyor")), DAY)
    assert is_free(path, view) is is_free_here
    assert [to_text(claim) for claim in limits([path], view)] == claims


def test_a_notice_that_was_taken_down_does_not_go_up_again() -> None:
    case = case_in("on_notice", {"village": DOWN}, {}, {})
    view = look(SMALL, case, Event("e", "survey", Actor("s", "surveyor")), DAY)
    assert [to_text(claim) for claim in limits(["notice.village.open"], view)] == ["not notice.village.open"]


def test_no_way_asks_that_an_objection_that_was_upheld_be_no_more() -> None:
    procedure = load_procedure("village-2014")
    found = explore(procedure, (), Bounds(mends=False))
    asked = 0
    for tried in found.tried:
        case = found.nodes[tried.node].case
        if tried.accepted is None and tried.trial.event.type == "resolve" and case.state == "notice":
            refused = step(procedure, case, tried.trial.event, tried.trial.at, context=tried.trial.context)
            assert isinstance(refused, Refused)
            wanted = {reason.wanted for way in refused.ways for reason in way}
            upheld = sum(outcome == "upheld" for outcome in case.notices["township"].objections.values())
            asked += upheld > 0
            assert not (upheld and "notice.township.upheld == 0" in wanted)
    assert asked


def test_no_way_asks_for_the_last_objection_to_be_settled_where_that_sends_the_case_back() -> None:
    procedure = load_procedure("village-2014")
    explored = explore(procedure, bounds=Bounds(mends=False, options=False, plans=0))
    states = [node.case for node in explored.nodes if node.case.state == "notice"]
    upheld = next(case for case in states if set(case.notices["township"].objections.values()) == {"", "upheld"})
    twice = next(case for case in states if set(case.notices["township"].objections.values()) == {""})
    clerk = Actor("clerk-1", "township", place=upheld.place[:9])
    for case, is_mendable in ((upheld, False), (twice, True)):
        closing = step(procedure, case, Event("close-1", "close_notice", clerk), date(2014, 6, 30))
        assert isinstance(closing, Refused)
        told = {reason.path for way in closing.ways for reason in way}
        assert ("notice.township.open_objections" in told) is is_mendable
