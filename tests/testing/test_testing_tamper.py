"""Attacks on a journal: each is told for what it is, or stays unseen for the reason that is stated."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import attrs
import pytest
from casework import FIRST, Casework, told

from fupin_rules.errors import WorkflowError
from fupin_rules.journal import Checkpoint, Finding, FindingKind
from fupin_rules.testing import Sight, TamperOutcome, TamperResult, tamper_suite
from fupin_rules.testing import _tamper as tamper_module
from fupin_rules.testing._attacks import ATTACKS, Journal
from fupin_rules.workflow import Accepted, Procedure, Verified, load_procedure, verify

YUCHENG, NATIONAL = load_procedure("yucheng-2016"), load_procedure("national-2014")
PROCEDURES = (YUCHENG, NATIONAL)
Entry = Mapping[str, Any]


def driven(procedure: Procedure, id: str, *goals: str, day: date = FIRST) -> list[Entry]:
    """Give the journal of a case that plans took from one state to the next."""
    context = told(procedure.policy, day, assessment="eligible", leaves="met")
    work = Casework(procedure, id=id, day=day, context=context)
    first = next(move for move in procedure.moves if procedure.initial in move.source)
    assert isinstance(work.give(work.draft(first.id)), Accepted)
    for goal in goals:
        work.drive(goal)
        assert work.now.state == goal
    return list(work.entries)


def mixed(*chains: Sequence[Entry]) -> tuple[Entry, ...]:
    """Give the entries of several cases as they would have come in, two of each at a time."""
    left, found = [list(chain) for chain in chains], []
    while any(left):
        for chain in left:
            found += [chain.pop(0) for _ in range(2) if chain]
    return tuple(found)


JOURNAL = mixed(
    driven(YUCHENG, "H-1", "registered"),
    # Registered, lifted out, returned to poverty, registered again from the start.
    driven(YUCHENG, "H-2", "registered", "exited", "applied", "noticed"),
    driven(YUCHENG, "H-3", "noticed", "applied", "evaluated"),
    driven(NATIONAL, "H-4", "registered", day=date(2014, 5, 1)),
)
SIZE = len(JOURNAL)
HALF = SIZE // 2


def mark(size: int) -> Checkpoint:
    """Give the checkpoint that was issued when the journal had so many entries."""
    return Checkpoint("county.example/register", size, verify(PROCEDURES, JOURNAL[:size]).root)


@pytest.fixture(scope="module")
def suite() -> Mapping[str, TamperResult]:
    return {result.attack: result for result in tamper_suite(PROCEDURES, JOURNAL, [mark(HALF)])}


def test_every_attack_is_told_for_what_it_is_or_unseen_as_stated(suite: Mapping[str, TamperResult]) -> None:
    assert list(suite) == [attack.id for attack in ATTACKS]
    for result in suite.values():
        assert result.failures == ()
        assert result.tried >= 5
        assert result.found == result.found_as_such
        assert result.found_as_such + result.unseen_as_stated == result.tried
        # What the entries alone can show is never unseen, but for the last entry of a case.
        assert (
            result.unseen_as_stated == 0
            or result.sight is not Sight.ENTRIES
            or result.attack in {"edit", "delete", "swap"}
        )


def test_only_a_checkpoint_shows_that_links_were_worked_out_anew_or_the_end_was_cut_off() -> None:
    sizes: dict[int, dict[str, TamperResult]] = {}
    for size in (0, HALF, SIZE):
        marks = [mark(size)] if size else []
        sizes[size] = {result.attack: result for result in tamper_suite(PROCEDURES, JOURNAL, marks, sample=6, seed=1)}
        assert not any(result.failures for result in sizes[size].values())
    for attack in ("edit_and_rehash", "truncate"):
        assert sizes[0][attack].found == 0
        assert sizes[0][attack].unseen_as_stated == 6
        assert 0 < sizes[HALF][attack].found < 6
        assert sizes[SIZE][attack].found == 6
        for attempt in sizes[HALF][attack].attempts:
            assert (attempt.outcome is TamperOutcome.FOUND) is (attempt.position < HALF)


def test_a_registration_with_six_signatures_is_told_and_an_early_closing_and_a_relative() -> None:
    forge = next(attack for attack in ATTACKS if attack.id == "forge")
    forged = forge.make(Journal(JOURNAL, {each.reference: each for each in PROCEDURES}))
    said = {finding.what_en for each in forged for finding in verify(PROCEDURES, each.entries).findings}
    for words in (
        "its procedure refuses it: must hold: “the seven joint signatures on the registration form” is complete",
        "its procedure refuses it: must hold: the time of “village notice” is over",
        "its procedure refuses it: a relative of the household may not take part in",
        "its procedure refuses it: “the assembly agrees” needs evidence: images",
    ):
        assert any(each.startswith(words) for each in said), words


def test_a_result_is_said_in_both_languages(suite: Mapping[str, TamperResult]) -> None:
    result = attrs.evolve(suite["edit"], attempts=suite["edit"].attempts[:1])
    assert result.text("zh") == "改动一条：试1处，发现1处，其中定性正确1处，按说明不可见0处"
    assert result.text("en") == "edit an entry: tried at 1, found at 1, as such at 1, unseen as stated at 0"


def test_one_seed_chooses_one_set_of_places(suite: Mapping[str, TamperResult]) -> None:
    again = tamper_suite(PROCEDURES, JOURNAL, [mark(HALF)], sample=2)
    assert again == tamper_suite(PROCEDURES, JOURNAL, [mark(HALF)], sample=2)
    other = tamper_suite(PROCEDURES, JOURNAL, [mark(HALF)], sample=2, seed=7)
    assert [each.attempts for each in other] != [each.attempts for each in again]
    assert [each.tried for each in again] == [2] * len(ATTACKS)


def test_a_small_journal_is_attacked_at_every_place() -> None:
    small = driven(YUCHENG, "H-1", "surveyed")
    results = {result.attack: result for result in tamper_suite(YUCHENG, small, sample=None)}
    assert results["edit"].tried == results["delete"].tried == results["truncate"].tried == 2
    assert results["transplant"].tried == 0
    assert not any(result.failures for result in results.values())


def test_a_journal_that_somebody_touched_already_is_refused() -> None:
    with pytest.raises(WorkflowError) as error:
        tamper_suite(PROCEDURES, JOURNAL[1:])
    assert str(error.value).startswith("entries: something is held against it already: ")


# -- the suite itself ------------------------------------------------------------------------------------------------


def judged(monkeypatch: pytest.MonkeyPatch, change: Any) -> dict[str, set[TamperOutcome]]:
    """Give the outcomes under a check that was changed."""
    whole = tuple(JOURNAL)

    def check(procedures: Any, entries: Sequence[Entry], checkpoints: Sequence[Checkpoint] = ()) -> Verified:
        found = verify(procedures, entries, checkpoints)
        same = [dict(entry) for entry in entries] == [dict(entry) for entry in whole]
        return found if same else attrs.evolve(found, findings=tuple(change(found.findings, checkpoints)))

    monkeypatch.setattr(tamper_module, "verify", check)
    results = tamper_suite(PROCEDURES, whole, [mark(SIZE)], sample=2)
    return {result.attack: {attempt.outcome for attempt in result.failures} for result in results}


def test_a_check_that_sees_nothing_misses_everything(monkeypatch: pytest.MonkeyPatch) -> None:
    outcomes = judged(monkeypatch, lambda findings, checkpoints: ())
    assert set(map(frozenset, outcomes.values())) == {frozenset({TamperOutcome.MISSED})}


def test_a_check_that_takes_no_heed_of_checkpoints_misses_what_only_they_show(monkeypatch: pytest.MonkeyPatch) -> None:
    def change(findings: Sequence[Finding], checkpoints: Sequence[Checkpoint]) -> Sequence[Finding]:
        return [each for each in findings if each.case or not checkpoints]

    outcomes = judged(monkeypatch, change)
    assert outcomes["edit_and_rehash"] == outcomes["truncate"] == {TamperOutcome.MISSED}
    assert outcomes["forge"] == set()


def test_a_check_that_calls_everything_by_one_name_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    def change(findings: Sequence[Finding], _: object) -> Sequence[Finding]:
        return [attrs.evolve(each, kind=FindingKind.UNKNOWN_PROCEDURE) for each in findings]

    outcomes = judged(monkeypatch, change)
    assert all(found == {TamperOutcome.OTHERWISE} for found in outcomes.values())


def test_a_check_that_claims_to_see_what_nothing_shows_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    claimed = Finding(FindingKind.FORKED, 0, "H-1", 1, "x", "x")
    outcomes = judged(monkeypatch, lambda findings, _: [*findings, claimed])
    assert outcomes["edit_and_rehash"] == outcomes["truncate"] == {TamperOutcome.TOO_SEEN}
