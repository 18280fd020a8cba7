"""
What a solver tells of one subject: whether its outcome is the same in every completion, which missing facts matter, and
whether a smaller change of its facts turns it.

It is given to `assess(…, exact=True)` and `what_would_change`, which replay what it shows by the reference.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import attrs

from fupin_rules.comparison._answers import Proved, Undecided
from fupin_rules.comparison._facts import COMPLETE, Facts
from fupin_rules.comparison._pinned import path_of, pinned, stored_of
from fupin_rules.comparison._room import Asked, Room
from fupin_rules.comparison._smaller_change import smaller_change
from fupin_rules.comparison._terms import Formula, load_solver
from fupin_rules.comparison._values import Claim
from fupin_rules.engine import Completions, FactValues, How, Of, Turn, composed_of, with_members
from fupin_rules.model import MAX_MEMBERS, AnySubject, Household, catalogue, with_fact
from fupin_rules.policy import Snapshot, Subject, subject_of

_ROSTER: Final = ("members_complete", "members")


@attrs.frozen
class SolverProver:
    """
    A prover by the solver.

    Attributes:
        members: Most members of a roster that may go on.
        seconds: Time limit of each answer.
    """

    members: int = 12
    seconds: float = 10.0

    def completions(self, subject: AnySubject, rules: Snapshot, of: Of) -> Completions:
        """Tell whether an outcome is the same in every completion of a subject, and show two where it is not."""
        room, claim, fixed = self._asked(subject, rules, of)
        terms = room.terms
        formulas = [terms.all_of((fixed, terms.negated(each))) for each in (claim.yes, claim.no)]
        open_roster = isinstance(subject, Household) and subject.members_complete is not True
        members = room.facts.members if open_roster else None

        def shown(found: tuple[AnySubject, ...]) -> AnySubject:
            return _completed(subject, found[0], room.facts)

        answers = []
        for formula, sure in zip(formulas, (True, False), strict=True):
            answer = room.answer(formula, shown)
            if isinstance(answer, Proved):
                return Completions(How.SAME, sure, is_proved=True, members=members)
            answers.append(answer)
        if any(isinstance(each, Undecided) for each in answers):
            return Completions(How.NOT_TOLD, members=members)
        found = tuple(each for each in answers if not isinstance(each, (Proved, Undecided)))
        return Completions(How.DIFFER, shown=found, is_proved=True, members=members)

    def mattering(self, subject: AnySubject, rules: Snapshot, of: Of, facts: Iterable[str]) -> frozenset[str]:
        """Give those of some missing facts that turn the outcome of some completion, or of which it is not told."""
        return frozenset(path for path in facts if self._matters(subject, rules, of, path))

    def smaller_change(self, turn: Turn, facts: tuple[str, ...], *, than: FactValues | None) -> FactValues | bool:
        """Look for a smaller change that turns an outcome."""
        return smaller_change(turn, facts, than, seconds=self.seconds)

    def _asked(self, subject: AnySubject, rules: Snapshot, of: Of) -> tuple[Room, Claim, Formula]:
        """Read the claim of an outcome of all completions of a subject, and say that it is one of them."""
        about = subject_of(subject)
        size = len(subject.members) if isinstance(subject, Household) else 0
        members = max(1, size) if not _may_go_on(subject) else min(MAX_MEMBERS, max(self.members, size + 1))
        room = Room(Asked(about, members, self.seconds, "all"), rules)
        claim = room.reader(rules).claim(composed_of(subject, rules, of))
        return room, claim, room.terms.all_of((*pinned(room.facts, subject), _sized(room.facts, subject)))

    def _matters(self, subject: AnySubject, rules: Snapshot, of: Of, path: str) -> bool:
        room, claim, fixed = self._asked(subject, rules, of)
        terms = room.terms
        twin = room.facts.resized() if path in _ROSTER else room.facts.besides(_key(subject, path))
        other = room.reader(rules, twin).claim(composed_of(subject, rules, of))
        same = terms.all_of((terms.same(claim.yes, other.yes), terms.same(claim.no, other.no)))
        apart = terms.all_of((fixed, _sized(twin, subject), terms.negated(same)))
        search = room.search(twin)
        with search.holding(apart):
            # What is not told may matter.
            return search.decide() is not False


def prover(*, members: int = 12, seconds: float = 10.0) -> SolverProver:
    """
    Give a prover for `assess(…, exact=True, prover=…)` and `what_would_change(…, prover=…)`.

    Args:
        members: Most members of a household whose roster is not known to be complete; a complete one is as long as it
            is.
        seconds: Time limit of each answer of the solver.

    Raises:
        MissingExtraError: The extra `proof` is not installed.
        PolicyError: There is no such number of members, or no time.

    >>> from datetime import date
    >>> import fupin_rules as fr
    >>> rules = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
    >>> fr.assess(fr.Household(id="1"), rules, exact=True, prover=prover()).completions.is_proved
    True
    """
    load_solver()  # here, and not at the first answer that needs it
    made = SolverProver(members, seconds)
    Asked(Subject.HOUSEHOLD, members, seconds, None)  # refuses what cannot be asked
    return made


def _may_go_on(subject: AnySubject) -> bool:
    return isinstance(subject, Household) and subject.members_complete is not True


def _sized(facts: Facts, subject: AnySubject) -> Formula:
    """Say how many members there can be: those listed, and others where the roster may go on."""
    if not isinstance(subject, Household):
        return True
    listed, terms = len(subject.members), facts.terms
    if subject.members_complete is True:
        return terms.equal(facts.size, listed)
    least = listed + 1 if subject.members_complete is False else listed
    return terms.at_most(least, facts.size)


def _key(subject: AnySubject, path: str) -> tuple[str, int | None]:
    member = catalogue(type(subject)).member_id(path)
    if member is None:
        return path, None
    assert isinstance(subject, Household)
    places = {each.id: place for place, each in enumerate(subject.members)}
    return path.rpartition("].")[2], places[member]


def _completed(subject: AnySubject, found: AnySubject, facts: Facts) -> AnySubject:
    """Give the subject with what a case has of its missing facts, and of the members it does not list."""
    listed = len(subject.members) if isinstance(subject, Household) else 0
    for fact in facts.held.values():
        if stored_of(fact, subject) is None and (fact.place is None or fact.place < listed):
            path = path_of(fact, subject)
            value = stored_of(fact, found)
            if path != COMPLETE and value is not None:
                subject = with_fact(subject, path, value)
    if isinstance(subject, Household) and isinstance(found, Household):
        return with_members(subject, found.members[listed:])
    return subject
