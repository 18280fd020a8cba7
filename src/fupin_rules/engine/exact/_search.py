"""
The search for completions: two that differ are looked for by guesses; that all are the same is shown by cases.

Cases cover everything that the missing facts can be, some of them more than that, so what holds in all cases holds in
all completions. Where neither is found it was not told, and the outcome stays open; a prover tells more.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

import attrs

from fupin_rules.engine.compiled._snapshot import compiled
from fupin_rules.engine.counterfactual._question import Of, Turn, composed_of
from fupin_rules.engine.counterfactual._worst import at_worst
from fupin_rules.engine.exact._cases import cases_of
from fupin_rules.engine.exact._comparisons import compared, of_completions, settled
from fupin_rules.engine.exact._completions import Completions, How, with_members
from fupin_rules.expr import Expr
from fupin_rules.model import MAX_MEMBERS, AnySubject, Household, Member, catalogue, with_fact
from fupin_rules.policy import Meaning, Reading, Snapshot, meaning_of, subject_of
from fupin_rules.truth import Unknown

TRIES: Final = 1_000
"""Most cases to judge, each by the reference evaluator; a second or two at most."""


def completions(subject: AnySubject, rules: Snapshot, of: Of, *, tries: int = TRIES) -> Completions:
    """
    Look at the completions of a subject whose outcome is open.

    Args:
        subject: As it is known today.
        rules: A policy on a day.
        of: The outcome of `eligibility`, or that of `exit`.
        tries: Most cases to judge.
    """
    shown = _differing(subject, rules, of)
    if shown:
        return Completions(How.DIFFER, shown=shown)
    composed = of_completions(rules.inline(composed_of(subject, rules, of)))
    try:
        claim = _Cases(rules, meaning_of(rules, subject_of(subject)), tries).claim(subject, composed)
    except _SpentError:
        claim = None
    return Completions(How.NOT_TOLD) if claim is None else Completions(How.SAME, claim)


def _differing(subject: AnySubject, rules: Snapshot, of: Of) -> tuple[AnySubject, ...]:
    """Guess one completion for which the outcome does not hold and one for which it does; none where that fails."""
    judges = compiled(rules, subject_of(subject)).without_defaults
    judge = judges.eligible if of == "eligibility" else judges.exit
    found: dict[bool | None, AnySubject] = {}
    for start in _rosters(subject):
        # As far from one outcome as is easily found is as near as can be to the other.
        for towards in (True, False):
            guess = at_worst(Turn(start, rules, of, towards))
            found.setdefault(judge(guess), guess)
        if True in found and False in found:
            return found[False], found[True]
    return ()


def _rosters(subject: AnySubject) -> Iterator[AnySubject]:
    """Give the subject with its roster complete: as it is listed, and where it may go on with one more member."""
    if not isinstance(subject, Household) or subject.members_complete is True:
        yield subject
        return
    if subject.members_complete is not False:
        yield with_members(subject, ())
    if len(subject.members) < MAX_MEMBERS:
        yield with_members(subject, (Member(id="1"),))


class _SpentError(Exception):
    """No more cases may be judged."""


@attrs.define
class _Cases:
    """The work of one search."""

    _rules: Snapshot
    _meaning: Meaning
    _left: int

    def claim(self, subject: AnySubject, claim: Expr) -> bool | None:
        """Tell what all cases say; None where they differ, or one of them is not settled."""
        if self._left <= 0:
            raise _SpentError
        self._left -= 1
        reading = Reading(subject, self._rules)
        value = reading.claim(claim)
        if not isinstance(value, Unknown):
            return value
        found = compared(claim, reading)
        if found is not None:
            said = self._said((subject, settled(claim, truths)) for truths in found.cases())
            if said is not None:
                return said
        # Nobody may meet some of these cases; those of a fact can all be met.
        fact = self._fact(subject, claim, value)
        if fact is None:
            return None
        path, values = fact
        return self._said((with_fact(subject, path, each), claim) for each in values)

    def _said(self, cases: Iterable[tuple[AnySubject, Expr]]) -> bool | None:
        """Tell what some cases say; None as soon as two differ, or one of them is not settled."""
        said: bool | None = None
        for case in cases:
            found = self.claim(*case)
            if found is None or (said is not None and found is not said):
                return None
            said = found
        return said

    def _fact(self, subject: AnySubject, claim: Expr, value: Unknown) -> tuple[str, tuple[Any, ...]] | None:
        """Give the missing fact with the fewest values to look at, and these; None where no list of values would do."""
        known = catalogue(type(subject))
        listed = []
        for path in sorted(value.missing, key=known.order):
            field = known.field(path)
            cases = () if field is None else cases_of(field, claim, self._meaning)
            if cases:
                listed.append((path, cases))
        return min(listed, key=lambda each: len(each[1]), default=None)
