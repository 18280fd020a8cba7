"""
Questions of a review, put to the comparison: each with its time limit, none twice, and what stays open is kept.

A question is the same on another day when its claims read the same texts and the same values of parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Final, Literal

import attrs

from fupin_rules.comparison import Comparison, Proved, Refuted, Undecided, compare
from fupin_rules.errors import ExpressionError, LimitError
from fupin_rules.expr import Expr, Name
from fupin_rules.policy import FindingCode, Snapshot, Subject
from fupin_rules.review._crowd import Crowd
from fupin_rules.review._finding import OpenQuestion, WhyOpen
from fupin_rules.review._look import Look

FEW: Final = 2
GoOn = Callable[[int, int], bool]


@attrs.define
class Memory:
    """
    Answers kept from one review to the next: what reads the same texts and values is not asked again.

    Attributes:
        answers: Settled answers, by all that they depend on.
        unproved: Questions to which somebody showed the contrary, of whom no more need be known.
    """

    answers: dict[Hashable, Any] = attrs.field(factory=dict, repr=False)
    unproved: set[Hashable] = attrs.field(factory=set, repr=False)


class Asker:
    """
    Puts questions.

    Args:
        seconds: Time limit of each question.
        members: Most members of a household.
        is_stopped: Tells whether no more questions are to be put.
        memory: Answers kept from reviews before.
    """

    def __init__(self, *, seconds: float, members: int, is_stopped: Callable[[], bool], memory: Memory) -> None:
        self.asked = 0
        self.open: dict[OpenQuestion, None] = {}
        self._seconds, self._members = seconds, members
        self._limits: dict[str, Any] = {"seconds": seconds, "members": members}
        self._is_stopped = is_stopped
        self._memory = memory
        self._crowd = Crowd()
        self._left: dict[Hashable, WhyOpen] = {}

    def ask(
        self,
        verb: Callable[..., Proved | Refuted | Undecided],
        look: Look,
        *claims: str | Expr,
        what: tuple[FindingCode, str],
        fully_known: bool = True,
    ) -> Proved | Refuted | None:
        """
        Put a question about claims.

        Args:
            verb: `never`, `always`, `implies`, `equivalent` or `disjoint`.
            look: Whom it is about, and when.
            claims: Ids or trees.
            what: What would be found, and of what.
            fully_known: Take all facts to be known, unless the claims ask what is.

        Returns:
            The answer; None where it could not be told, which is kept.
        """
        if self._is_stopped():
            self.leave(what, WhyOpen.STOPPED)
            return None
        trees = tuple(Name(each) if isinstance(each, str) else each for each in claims)
        known, key = self._key(verb, look, trees, fully_known=fully_known)

        def question() -> Proved | Refuted | Undecided:
            # Whoever shows that it is not so mostly needs no large roster; only a proof has to look at all of them.
            few = self._few(look)
            if few is not None:
                found = verb(look.rules, *claims, about=look.about, known=known, members=few, seconds=self._seconds)
                if isinstance(found, Refuted):
                    return found
            return verb(look.rules, *claims, about=look.about, known=known, **self._limits)

        answer: Proved | Refuted | None = self._answer(key, what, question)
        if answer is None or answer.within.fingerprints == (look.rules.fingerprint,):
            return answer
        # Asked of another policy, or for another day, and the same question.
        return attrs.evolve(answer, within=attrs.evolve(answer.within, fingerprints=(look.rules.fingerprint,)))

    def _key(
        self, verb: Callable[..., Any], look: Look, trees: tuple[Expr, ...], *, fully_known: bool
    ) -> tuple[Literal["all"] | None, Hashable]:
        """Tell what is taken to be known, and what makes a question the same as another."""
        known: Literal["all"] | None = "all" if fully_known and not look.asks_what_is_known(*trees) else None
        return known, (verb.__name__, look.about, known, self._members, look.signature(*trees))

    def _few(self, look: Look) -> int | None:
        """Give a small roster to begin with, where there are rosters."""
        return FEW if look.about is Subject.HOUSEHOLD and self._members > FEW else None

    def proves(
        self,
        verb: Callable[..., Any],
        look: Look,
        *claims: str | Expr,
        what: tuple[FindingCode, str],
        fully_known: bool = True,
    ) -> Proved | None:
        """Give the proof; None where there is none."""
        if self._is_stopped():
            self.leave(what, WhyOpen.STOPPED)
            return None
        trees = tuple(Name(each) if isinstance(each, str) else each for each in claims)
        known, key = self._key(verb, look, trees, fully_known=fully_known)
        memory = self._memory
        # Whoever showed something else often shows this too, and is asked in less time than a solver.
        if key not in memory.answers and (
            key in memory.unproved or self._crowd.shows_contrary(verb.__name__, look, trees, fully_known=known == "all")
        ):
            memory.unproved.add(key)
            return None
        found = self.ask(verb, look, *claims, what=what, fully_known=fully_known)
        return found if isinstance(found, Proved) else None

    def refutes(self, verb: Callable[..., Any], look: Look, *claims: str | Expr, **more: Any) -> Refuted | None:
        """Give whoever shows that it is not so; None where nobody does, or it could not be told."""
        found = self.ask(verb, look, *claims, **more)
        return found if isinstance(found, Refuted) else None

    def compared(
        self, key: Hashable, old: Snapshot, new: Snapshot, about: Subject, *, what: tuple[FindingCode, str]
    ) -> Comparison | None:
        """Compare two snapshots on those of whom all is known; None where a region could not be told."""
        if self._is_stopped():
            self.leave(what, WhyOpen.STOPPED)
            return None

        def found() -> Comparison | Undecided:
            comparison = compare(old, new, about=about, known="all", **self._limits)
            left = [each.answer for each in comparison.regions if isinstance(each.answer, Undecided)]
            return left[0] if left else comparison

        answer: Comparison | None = self._answer(("compare", about, self._members, key), what, found)
        return answer

    def _answer(self, key: Hashable, what: tuple[FindingCode, str], question: Callable[[], Any]) -> Any:
        held = self._memory.answers
        if key in held:
            return held[key]
        if key not in self._left:
            self.asked += 1
            try:
                answer = question()
            except (ExpressionError, LimitError):
                # What a question adds to a text can pass a limit that the text itself keeps.
                self._left[key] = WhyOpen.SIZE
            else:
                if not isinstance(answer, Undecided):
                    held[key] = answer
                    self._crowd.add(answer)
                    return answer
                self._left[key] = WhyOpen(answer.why.value)
        return self.leave(what, self._left[key])

    def leave(self, what: tuple[FindingCode, str], why: WhyOpen) -> None:
        """Keep that something could not be told."""
        self.open[OpenQuestion(*what, why)] = None
