"""
Attacks on a journal, each where it can be made, and whether the check for outsiders tells them for what they are.

What the entries alone cannot show is part of the promise too: it stays unseen until a checkpoint covers it, and is
seen from then on.
"""

from __future__ import annotations

import enum
import random
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

import attrs

from fupin_rules.errors import Fault, WorkflowError
from fupin_rules.journal import Checkpoint, FindingKind
from fupin_rules.testing._attacks import ATTACKS, Attack, Entry, Journal, Sight, Tampered
from fupin_rules.workflow import Procedure, verify

SAMPLE: Final = 12


class TamperOutcome(enum.StrEnum):
    """What became of one attack at one place."""

    FOUND = "found"
    """Told, for what it is."""
    OTHERWISE = "otherwise"
    """Told, but as something else."""
    UNSEEN = "unseen"
    """Not told, as is stated: no checkpoint covers it."""
    MISSED = "missed"
    """Not told, and should be."""
    TOO_SEEN = "too_seen"
    """Told without the checkpoint that is said to be needed."""


@attrs.frozen
class TamperAttempt:
    """
    One attack at one place.

    Attributes:
        attack: Id of the attack.
        position: Index of the first entry that is other than it was.
        outcome: What became of it.
        told: Kinds of findings that were told.
    """

    attack: str
    position: int
    outcome: TamperOutcome
    told: tuple[FindingKind, ...]


@attrs.frozen
class TamperResult:
    """
    One attack, at all places it was tried.

    Attributes:
        attack: Id.
        zh: What is done, in Chinese.
        en: What is done, in English.
        sight: What it can be seen by.
        attempts: One for each place.
    """

    attack: str
    zh: str
    en: str
    sight: Sight
    attempts: tuple[TamperAttempt, ...]

    @property
    def tried(self) -> int:
        """Number of places."""
        return len(self.attempts)

    @property
    def found(self) -> int:
        """Number of places where it was told."""
        return sum(bool(attempt.told) for attempt in self.attempts)

    @property
    def found_as_such(self) -> int:
        """Number of places where it was told for what it is."""
        return sum(attempt.outcome is TamperOutcome.FOUND for attempt in self.attempts)

    @property
    def unseen_as_stated(self) -> int:
        """Number of places where it was not told, as is stated."""
        return sum(attempt.outcome is TamperOutcome.UNSEEN for attempt in self.attempts)

    @property
    def failures(self) -> tuple[TamperAttempt, ...]:
        """Places where it came out otherwise than promised."""
        return tuple(each for each in self.attempts if each.outcome not in {TamperOutcome.FOUND, TamperOutcome.UNSEEN})

    def text(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`, on one line."""
        if language == "zh":
            return (
                f"{self.zh}：试{self.tried}处，发现{self.found}处，其中定性正确{self.found_as_such}处，"
                f"按说明不可见{self.unseen_as_stated}处"
            )
        return (
            f"{self.en}: tried at {self.tried}, found at {self.found}, as such at {self.found_as_such}, "
            f"unseen as stated at {self.unseen_as_stated}"
        )


def tamper_suite(
    procedures: Procedure | Iterable[Procedure],
    entries: Iterable[Mapping[str, Any]],
    checkpoints: Sequence[Checkpoint] = (),
    *,
    sample: int | None = SAMPLE,
    seed: int = 0,
) -> tuple[TamperResult, ...]:
    """
    Attack a journal in every way there is, each at many places, and check it after each.

    Args:
        procedures: Every one that an entry is pinned to.
        entries: A journal that nothing can be held against.
        checkpoints: Of this journal.
        sample: At most so many places for each attack, chosen by the seed; None for all.
        seed: Another one chooses other places.

    Returns:
        A result for each attack; one without `failures` holds what the check promises of it.

    Raises:
        WorkflowError: Something can be held against the journal already.
    """
    known = (procedures,) if isinstance(procedures, Procedure) else tuple(procedures)
    journal = Journal(tuple(dict(entry) for entry in entries), {each.reference: each for each in known})
    before = verify(known, journal.entries, checkpoints)
    if not before.is_clean:
        what = f"something is held against it already: {before.findings[0].what_en}"
        raise WorkflowError(Fault("entries", what, "give a journal that is whole", "journal"))
    chance = random.Random(seed)  # noqa: S311  which places, not a secret
    return tuple(_tried(attack, journal, checkpoints, sample, chance) for attack in ATTACKS)


def _tried(
    attack: Attack, journal: Journal, checkpoints: Sequence[Checkpoint], sample: int | None, chance: random.Random
) -> TamperResult:
    places = list(attack.make(journal))
    if sample is not None and len(places) > sample:
        places = [places[place] for place in sorted(chance.sample(range(len(places)), sample))]
    procedures = tuple(journal.procedures.values())
    attempts = tuple(_attempt(attack, each, procedures, checkpoints) for each in places)
    return TamperResult(attack.id, attack.zh, attack.en, attack.sight, attempts)


def _attempt(
    attack: Attack, tampered: Tampered, procedures: Sequence[Procedure], checkpoints: Sequence[Checkpoint]
) -> TamperAttempt:
    alone, held = (_kinds(procedures, tampered.entries, marks) for marks in ((), checkpoints))
    is_covered = any(mark.size > tampered.position for mark in checkpoints)
    return TamperAttempt(attack.id, tampered.position, _judge(tampered, alone, held, is_covered=is_covered), held)


def _judge(
    tampered: Tampered, alone: Sequence[FindingKind], held: Sequence[FindingKind], *, is_covered: bool
) -> TamperOutcome:
    sight = tampered.sight
    if sight is Sight.GUARD:
        # Back-dating: admissible or not, as guards and dates will have it.
        sight = Sight.ENTRIES if alone else Sight.CHECKPOINT
    if sight is Sight.ENTRIES:
        if not alone:
            return TamperOutcome.MISSED
        return (
            TamperOutcome.FOUND
            if tampered.kinds & set(alone) and tampered.kinds & set(held)
            else TamperOutcome.OTHERWISE
        )
    if alone:
        return TamperOutcome.TOO_SEEN
    if not is_covered:
        return TamperOutcome.TOO_SEEN if held else TamperOutcome.UNSEEN
    if not held:
        return TamperOutcome.MISSED
    return TamperOutcome.FOUND if set(held) <= {FindingKind.FORKED, FindingKind.TRUNCATED} else TamperOutcome.OTHERWISE


def _kinds(
    procedures: Sequence[Procedure], entries: Sequence[Entry], checkpoints: Sequence[Checkpoint]
) -> tuple[FindingKind, ...]:
    found: Iterator[FindingKind] = (each.kind for each in verify(procedures, entries, checkpoints).findings)
    return tuple(sorted(set(found)))
