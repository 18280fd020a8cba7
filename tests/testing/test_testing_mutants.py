"""Changed procedures: every change of a kind is made, nearly all are noticed, and those that are not are no changes."""

import os
from functools import cache

import attrs
import pytest
from small_procedure import small_procedure

from fupin_rules.testing import Bounds, MutationReport, explore, mutants, mutation_score
from fupin_rules.workflow import Procedure, installed_procedures, load_procedure

SWEEP = os.environ.get("FUPIN_SWEEP") == "1"
SHIPPED = sorted(name for name in installed_procedures() if ":" not in name)
# The others take a minute or more each.
QUICK = {"exit-2016", "village-2014"}

# Changes that no case can tell from the original, and why.
EQUIVALENT = {
    "exit-2016": {
        # No move asks whether it is complete: the county signs where the township has signed already.
        "reviews.exit.need_less",
        # The slot of the township is filled before the case gets there.
        "moves.approve_exit.widen_role township",
    },
    "yucheng-2016": {
        # As above: states in a row ask for one signature after the other, and nobody asks for both.
        "reviews.removal.need_less",
        "reviews.exit.need_less",
        "moves.remove.widen_role township_head",
        "moves.approve_exit.widen_role township_head",
    },
    "small-procedure": {
        # Signing twice is barred already, because signatures are distinct.
        "reviews.joint.compatible surveyor+head",
        # No move posts it.
        "notices.town.shorter",
        "notices.town.no_restart",
        # Nobody gets there without having agreed; the reason is asked for by the event.
        'moves.post.delete facts.decision == "agreed" -> —',
        "moves.dismiss.delete is_known(event.reason) -> —",
    },
}


@cache
def small() -> Procedure:
    return small_procedure()


@cache
def scored() -> MutationReport:
    return mutation_score(small())


def noticed(mutant_id: str, *, goes_on: bool = False) -> set[str]:
    (judged,) = mutation_score(small(), only=[mutant_id], goes_on=goes_on).judged
    return set(judged.noticed)


@pytest.mark.parametrize("name", [name for name in SHIPPED if SWEEP or name in QUICK])
def test_nearly_every_change_of_a_shipped_procedure_is_noticed(name: str) -> None:
    report = mutation_score(load_procedure(name))
    assert report.score >= 0.95, report.text("en")
    assert {each.id for each in report.survivors} <= EQUIVALENT.get(name, set()), report.text("en")


def test_every_change_of_the_small_procedure_is_noticed_but_those_that_change_nothing() -> None:
    assert {each.id for each in scored().survivors} == EQUIVALENT["small-procedure"]
    assert scored().score == 1 - len(EQUIVALENT["small-procedure"]) / len(scored().judged)


def test_a_registration_with_six_of_the_seven_signatures_is_noticed() -> None:
    report = mutation_score(load_procedure("yucheng-2016"), only=["reviews.joint.need_less"])
    assert [dict(each.noticed) for each in report.judged] == [
        {"accepts": "pass_up in village_review (village_committee)"},
    ]


def test_every_kind_of_change_is_made() -> None:
    made = {each.operator for each in mutants(small())}
    assert made == {
        "and_or",
        "compatible",
        "delete",
        "drop",
        "drop_effect",
        "drop_evidence",
        "drop_new_round",
        "drop_objector",
        "drop_role",
        "drop_slot",
        "edge",
        "flip",
        "need_less",
        "negate",
        "no_restart",
        "not_distinct",
        "not_impartial",
        "number",
        "retarget",
        "shorter",
        "waivable",
        "widen_role",
    }


def test_changes_have_names_of_their_own_and_leave_the_original_alone() -> None:
    before = small().to_plain()
    found = list(mutants(small()))
    assert len({each.id for each in found}) == len(found)
    assert [each.id for each in found] == [each.id for each in mutants(small_procedure())]
    assert all(each.procedure != small() and each.procedure.reference != small().reference for each in found)
    assert small().to_plain() == before
    assert all(each.text("zh") != each.text("en") for each in found)


@pytest.mark.parametrize(
    ("mutant_id", "expected"),
    [
        ("moves.survey.not_impartial", {"accepts", "invariant"}),
        ("moves.survey.drop_evidence photograph", {"accepts", "invariant"}),
        ("moves.sign.drop_role head", {"load", "refuses"}),
        ("moves.survey.drop_effect SetFact visited", {"load", "differs"}),
        ("moves.uphold.drop_new_round", {"load", "differs", "invariant"}),
        (
            "moves.close.negate notice.village.elapsed -> not notice.village.elapsed",
            {"accepts", "refuses", "invariant"},
        ),
        ('moves.evaluate_refused.delete event.outcome == "refused" -> —', {"load", "ambiguous", "accepts"}),
    ],
)
def test_a_change_is_noticed_by_what_it_breaks(mutant_id: str, expected: set[str]) -> None:
    assert expected <= noticed(mutant_id)


def test_a_shorter_notice_breaks_its_promise_once_the_case_goes_on() -> None:
    assert "invariant" not in noticed("notices.village.shorter")
    assert "invariant" in noticed("notices.village.shorter", goes_on=True)


def test_every_channel_notices_something_and_is_counted_for_itself() -> None:
    counts, alone = scored().counts, scored().alone
    assert set(counts) == set(alone) == {"load", "accepts", "refuses", "differs", "ambiguous", "invariant"}
    assert all(counts.values())
    assert all(alone[channel] <= counts[channel] for channel in counts)
    assert sum(alone.values()) <= len(scored().judged) - len(scored().survivors)


def test_without_the_events_that_would_tell_a_change_is_not_noticed() -> None:
    # A score must be able to fall: an exploration that saw nothing notices nothing but what loading tells.
    nothing = attrs.evolve(explore(small(), (), Bounds(nodes=1, mends=False)), tried=())
    report = mutation_score(small(), nothing)
    assert set(report.counts.items()) >= {("accepts", 0), ("refuses", 0), ("differs", 0), ("invariant", 0)}
    assert report.score < 0.6


def test_a_report_says_what_was_noticed_by_what_and_what_was_not() -> None:
    report = mutation_score(small(), only=["moves.survey.not_impartial", "reviews.joint.compatible surveyor+head"])
    assert report.text("en").splitlines() == [
        "small-procedure/1: 2 changes, 1 noticed (50.0%)",
        "found at loading: 0 (alone: 0)",
        "accepts what the original refuses: 1 (alone: 0)",
        "refuses what the original accepts: 0 (alone: 0)",
        "accepts with another outcome: 0 (alone: 0)",
        "two moves are open: 0 (alone: 0)",
        "breaks an invariant: 1 (alone: 0)",
        "not noticed: reviews.joint.compatible surveyor+head: “joint signatures”: one person may sign surveyor and head",
    ]
    assert report.text("zh").splitlines()[0] == "small-procedure/1：改动2处，发现1处（50.0%）"
    assert report.text("zh").splitlines()[-1] == (
        "未发现：reviews.joint.compatible surveyor+head：“三方签字”surveyor、head可由同一人签"
    )
