"""
The search: one fact, then two, then more together, until some change turns the outcome; then each is made least.

Facts are left open first: an outcome that stays as it is while they are not known stays so whatever they become, and
none of their values need be tried. A number is first moved far enough, and then brought back as near to what it was as
it can be, exactly. What the search does not find may still be there: it moves facts only to values that rules tell it.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final

import attrs

from fupin_rules.engine._prover import Prover
from fupin_rules.engine.counterfactual._distance import distance
from fupin_rules.engine.counterfactual._movable import Movable, smallest_unit, turning
from fupin_rules.engine.counterfactual._question import FactValues, Turn, changed
from fupin_rules.engine.counterfactual._worst import at_worst
from fupin_rules.errors import DisagreementError, Fault
from fupin_rules.model import AnySubject, Sort, with_fact

FACTS_AT_ONCE: Final = 6


@attrs.frozen
class Searched:
    """
    What a search found.

    Attributes:
        found: Changes that turn the outcome, the smallest first; none holds all facts of another.
        tried: How many changed subjects were judged.
        at_once: How many facts at once were tried in every combination.
        is_cut: Whether the bound was met first.
        is_fewest: Whether it is shown that fewer facts cannot turn it; where nothing was found, that no facts can.
        is_proved: Whether a prover has shown that no smaller change turns it.
    """

    found: tuple[FactValues, ...]
    tried: int
    at_once: int
    is_cut: bool
    is_fewest: bool
    is_proved: bool = False


def search(turn: Turn, facts: tuple[Movable, ...], *, tries: int) -> Searched:
    """
    Look for the smallest changes.

    Args:
        turn: The outcome to turn.
        facts: What may be moved, and where to.
        tries: Most changed subjects to judge.
    """
    work = _Search(turn, facts, tries)
    at_once, is_cut = 0, False
    try:
        while not work.nearest and at_once < min(FACTS_AT_ONCE, len(facts)):
            work.try_all(at_once + 1)
            at_once += 1
    except _SpentError:
        is_cut = True
    return Searched(_smallest(work.nearest, turn.subject), work.tried, at_once, is_cut, work.is_fewest())


class _SpentError(Exception):
    """No more changes may be tried."""


class _Search:
    """
    The work of one search.

    Args:
        turn: The outcome to turn.
        facts: What may be moved, and where to.
        tries: Most changed subjects to judge.
    """

    def __init__(self, turn: Turn, facts: tuple[Movable, ...], tries: int) -> None:
        self.by_path = {each.path: each for each in facts}
        self.nearest: dict[frozenset[str], FactValues] = {}
        self.tried = 0
        self._turn = turn
        self._facts = facts
        self._tries = tries
        # Sizes of combinations that leaving them open did not rule out.
        self._sizes_left: set[int] = set()
        # The subject with all facts open from each place on, and the worst guessed of what is not known anyway.
        self._open_from = [at_worst(turn)]
        for fact in reversed(facts):
            self._open_from.append(with_fact(self._open_from[-1], fact.path, None))
        self._open_from.reverse()

    def try_all(self, size: int) -> None:
        """Try all combinations of so many facts; each change that turns the outcome is made least and kept."""
        for facts in self._combinations((), 0, size):
            self._sizes_left.add(size)
            for values in itertools.product(*(each.values for each in facts)):
                changes = {each.path: value for each, value in zip(facts, values, strict=True)}
                self._spend()
                if self._turn.is_made(changed(self._turn.subject, changes)):
                    _keep(self.nearest, made_least(self._turn, changes, self.by_path), self._turn.subject)

    def _combinations(self, chosen: tuple[Movable, ...], start: int, size: int) -> Iterator[tuple[Movable, ...]]:
        """Give the combinations of so many more facts, from a place on, that may turn the outcome."""
        if size == 0:
            if self._may_turn(chosen, len(self._facts)):
                yield chosen
            return
        for place in range(start, len(self._facts) - size + 1):
            # With fewer facts left to choose from it gets no better.
            if not self._may_turn(chosen, place):
                return
            yield from self._combinations((*chosen, self._facts[place]), place + 1, size - 1)

    def _may_turn(self, chosen: tuple[Movable, ...], start: int) -> bool:
        """Tell whether the outcome may turn once some facts are left open: those chosen, and all from a place on."""
        self._spend()
        open_facts: FactValues = {each.path: None for each in chosen}
        return not self._turn.is_ruled_out(changed(self._open_from[start], open_facts))

    def _spend(self) -> None:
        if self.tried >= self._tries:
            raise _SpentError
        self.tried += 1

    def is_fewest(self) -> bool:
        """Tell whether every smaller combination was ruled out; where nothing was found, all facts at once."""
        if not self.nearest:
            return self._turn.is_ruled_out(self._open_from[0])
        least = min(len(each) for each in self.nearest)
        return all(size >= least for size in self._sizes_left)


def proved(turn: Turn, facts: tuple[Movable, ...], searched: Searched, prover: Prover) -> Searched:
    """Ask a prover for a smaller change, until it finds none or cannot tell."""
    by_path = {each.path: each for each in facts}
    nearest: dict[frozenset[str], FactValues] = {frozenset(each): each for each in searched.found}
    while True:
        found = _smallest(nearest, turn.subject)
        answer = prover.smaller_change(turn, tuple(by_path), than=found[0] if found else None)
        if isinstance(answer, bool):
            return attrs.evolve(searched, found=found, is_proved=answer)
        least = made_least(turn, answer, by_path)
        if found and distance(turn.subject, least) >= distance(turn.subject, found[0]):
            what = "gave a change that is not smaller"
            raise DisagreementError(Fault("prover", what, "report it with the policy", "disagreement"))
        _keep(nearest, least, turn.subject)


def made_least(turn: Turn, changes: FactValues, facts: Mapping[str, Movable]) -> FactValues:
    """Take back what is not needed of a change, and bring every number as near to what it was as it can be."""
    kept = dict(changes)
    for path, after in changes.items():
        rest = changed(turn.subject, {each: value for each, value in kept.items() if each != path})
        if turn.is_made(rest):
            del kept[path]
        elif facts[path].field.spec.sort is Sort.NUMBER:

            def is_made(value: Decimal, path: str = path, rest: AnySubject = rest) -> bool:
                return turn.is_made(with_fact(rest, path, value))

            kept[path] = turning(is_made, facts[path].before, after, smallest_unit(facts[path].field))
    return kept


def _keep(nearest: dict[frozenset[str], FactValues], changes: FactValues, subject: AnySubject) -> None:
    """Keep a change unless one of the same facts is nearer."""
    key = frozenset(changes)
    if key not in nearest or distance(subject, changes) < distance(subject, nearest[key]):
        nearest[key] = changes


def _smallest(nearest: Mapping[frozenset[str], FactValues], subject: AnySubject) -> tuple[FactValues, ...]:
    least = [changes for key, changes in nearest.items() if not any(other < key for other in nearest)]
    # Paths settle ties, so that one question has one answer.
    return tuple(sorted(least, key=lambda changes: (*distance(subject, changes), sorted(changes))))
