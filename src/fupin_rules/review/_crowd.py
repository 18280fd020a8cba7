"""
Subjects met in a review, tried again before the solver is asked: one that shows the contrary settles that there is no
proof.

They are judged by the reference evaluator. Where all facts are taken to be known, only settled values count: learning
what such a subject leaves open would not overturn them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from fupin_rules.comparison import Comparison, Proved, Refuted
from fupin_rules.errors import BudgetExceededError
from fupin_rules.expr import Expr
from fupin_rules.model import AnySubject
from fupin_rules.policy import Reading, Subject, subject_of
from fupin_rules.review._look import Look
from fupin_rules.truth import Unknown

_MOST: Final = 6


class Crowd:
    """The subjects met last, those first that were of use last."""

    def __init__(self) -> None:
        # By identity: what is held keeps its own, and a household takes long to hash.
        self._held: dict[Subject, OrderedDict[int, AnySubject]] = {each: OrderedDict() for each in Subject}
        self._readings: dict[tuple[int, int], tuple[Look, Reading]] = {}

    def add(self, answer: Proved | Refuted | Comparison) -> None:
        """Meet whoever an answer shows."""
        for seen in answer.seen if isinstance(answer, Refuted) else ():
            held = self._held[subject_of(seen.subject)]
            held[id(seen.subject)] = seen.subject
            held.move_to_end(id(seen.subject), last=False)
            if len(held) > _MOST:
                gone, _ = held.popitem()
                self._readings = {key: each for key, each in self._readings.items() if key[1] != gone}

    def shows_contrary(self, verb: str, look: Look, claims: Sequence[Expr], *, fully_known: bool) -> bool:
        """Tell whether somebody shows that a question has no proof."""
        held = self._held[look.about]
        for key, subject in held.items():
            values = self._values(subject, look, claims)
            if values is not None and _is_contrary(verb, values, fully_known=fully_known):
                held.move_to_end(key, last=False)
                return True
        return False

    def _values(self, subject: AnySubject, look: Look, claims: Sequence[Expr]) -> list[bool | None] | None:
        key = id(look.rules), id(subject)
        if key not in self._readings:
            # The look is held too: its policy keeps the identity that it is found by.
            self._readings[key] = look, Reading(subject, look.rules)
        _, reading = self._readings[key]
        try:
            found = [reading.claim(each) for each in claims]
        except BudgetExceededError:
            # It has been asked too much: it steps back, and the solver is asked.
            del self._readings[key]
            return None
        return [None if isinstance(value, Unknown) else value for value in found]


def _is_contrary(verb: str, values: Sequence[bool | None], *, fully_known: bool) -> bool:
    if fully_known and None in values:
        return False
    match verb:
        case "never" | "disjoint":
            return all(value is True for value in values)
        case "always":
            return values[0] is not True
        case "implies":
            return values[0] is True and values[1] is not True
        case "equivalent":
            return values[0] is not values[1]
        case _:
            raise AssertionError(f"no such question: {verb}")
