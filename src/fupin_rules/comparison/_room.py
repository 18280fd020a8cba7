"""What one question works with: its terms, its subject, the readers of its snapshots, and at last its solver."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

import attrs

from fupin_rules.comparison._answers import Proved, Undecided, Within
from fupin_rules.comparison._arithmetic import Arithmetic
from fupin_rules.comparison._calendar import Calendar
from fupin_rules.comparison._facts import Facts, Known
from fupin_rules.comparison._lower import Reader
from fupin_rules.comparison._search import Search
from fupin_rules.comparison._terms import Formula, Terms
from fupin_rules.comparison._witness import Shaper
from fupin_rules.errors import DisagreementError, Fault, PolicyError
from fupin_rules.model import MAX_MEMBERS, AnySubject
from fupin_rules.policy import Snapshot, Subject, meaning_of, on_a_day

_Answer = TypeVar("_Answer")


@attrs.frozen
class Asked:
    """
    How a question is asked.

    Attributes:
        about: Whom it is about.
        members: Most members of a household.
        seconds: Time limit of each answer.
        known: Facts taken to be known.
    """

    about: Subject
    members: int
    seconds: float
    known: Known

    def __attrs_post_init__(self) -> None:
        if not 1 <= self.members <= MAX_MEMBERS:
            what, mend = f"a roster of at most {self.members} members", f"give a number from 1 to {MAX_MEMBERS}"
            raise PolicyError(Fault("", what, mend, "members"))
        if not self.seconds > 0:
            raise PolicyError(Fault("", f"a time limit of {self.seconds} seconds", "give more than none", "seconds"))


class Room:
    """
    Where one question is answered; the next has a room of its own.

    Args:
        asked: How the question is asked.
        snapshots: What it is about.

    Raises:
        PolicyError: One is no policy on a day.
        MissingExtraError: The extra `proof` is not installed.
    """

    def __init__(self, asked: Asked, *snapshots: Snapshot) -> None:
        self.about = asked.about
        self.terms = Terms()
        self.facts = Facts(self.terms, asked.about, members=asked.members, known=asked.known)
        self.snapshots = tuple(on_a_day(each) for each in snapshots)
        self._arithmetic = Arithmetic(self.terms)
        self._calendar = Calendar(self.terms)
        self._seconds = asked.seconds
        self._search: Search | None = None
        known = ("all",) if self.facts.all_known else tuple(sorted(self.facts.known))
        fingerprints = tuple(each.fingerprint for each in snapshots)
        self.within = Within(asked.about, self.facts.members, asked.seconds, known, fingerprints)

    def reader(self, snapshot: Snapshot, facts: Facts | None = None) -> Reader:
        """Give the reader of a snapshot."""
        meaning = meaning_of(snapshot, self.about)
        return Reader(meaning, facts or self.facts, self._arithmetic, self._calendar)

    def answer(
        self,
        formula: Formula,
        shown: Callable[[tuple[AnySubject, ...]], _Answer],
        *besides: Facts,
        statement: tuple[str, str] = ("", ""),
        rather: Formula = True,
    ) -> Proved | Undecided | _Answer:
        """
        Answer whether nobody meets a formula.

        Args:
            formula: What somebody would have to meet; made before the first question is answered.
            shown: Makes the answer of the subject that does.
            besides: Facts of a second subject that the formula is about too.
            statement: What is proved by nobody meeting it.
            rather: Who is shown rather than others, if there is somebody.

        Raises:
            DisagreementError: The reference assessment does not see what the solver sees.
        """
        if formula is False:
            return Proved(self.within, statement)
        everybody, search = (self.facts, *besides), self.search(*besides)
        with search.holding(formula):
            found = search.decide()
            if found is not True:
                return Undecided(found, self.within, statement) if found else Proved(self.within, statement)
            case = Shaper(search, everybody, max(each.on for each in self.snapshots)).shaped(rather)
        return shown(tuple(case.built(self.about, facts) for facts in everybody))

    def search(self, *besides: Facts) -> Search:
        """Give the solver of the question; all formulas are made before it is first asked for."""
        if self._search is None:
            domain = [each for facts in (self.facts, *besides) for each in facts.domain()]
            self._search = Search(self.terms, domain, seconds=self._seconds)
        return self._search


def disagreement(what: str, subjects: Sequence[AnySubject]) -> DisagreementError:
    """Tell that two readers of one rule give two answers, which is a fault of this library."""
    shown = "; ".join(repr(each) for each in subjects)
    return DisagreementError(
        Fault(
            "comparison",
            f"the solver and the reference assessment disagree on {what}: {shown}",
            "report it with both policies: this is a fault of the library, and no answer of it can be relied on",
            "disagreement",
        )
    )
