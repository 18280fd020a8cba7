"""
Questions of a review, put to the comparison: each with its time limit, none twice, and what stays open is kept.

A question is the same on another day when its claims read the same texts and the same values of parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from typing import Any, Final

import attrs

from fupin_rules.comparison import Comparison, Proved, Refuted, Undecided, compare
from fupin_rules.errors import ExpressionError, LimitError
from fupin_rules.expr import Expr, IsKnown, Name, name_nodes, to_text, uses
from fupin_rules.periods import Period
from fupin_rules.policy import FindingCode, Meaning, Snapshot, Subject, meaning_of
from fupin_rules.review._finding import OpenQuestion, WhyOpen

FEW: Final = 2
GoOn = Callable[[int, int], bool]


@attrs.frozen
class Look:
    """
    One subject under the snapshot of one period.

    Attributes:
        rules: The policy on the first day of the period.
        about: Whom the rules are about.
        period: Days on which no value changes.
        meaning: What names stand for.
    """

    rules: Snapshot
    about: Subject
    period: Period
    meaning: Meaning = attrs.field(init=False)

    @meaning.default
    def _meaning(self) -> Meaning:
        return meaning_of(self.rules, self.about)

    def reached(self, *claims: Expr) -> Iterator[Expr]:
        """Give the claims, and the definitions and rules that they reach."""
        return self.meaning.reached(claims)

    def asks_what_is_known(self, *claims: Expr) -> bool:
        """Tell whether claims ask what is known, so that facts must not be taken to be."""
        return any(uses(each, IsKnown) for each in self.reached(*claims))

    def reads(self, *claims: Expr) -> frozenset[str]:
        """Name all that claims read of their subject, through definitions and rules."""
        return frozenset(node.path for each in self.reached(*claims) for node in name_nodes(each))

    def signature(self, *claims: Expr) -> Hashable:
        """Give what a question about claims depends on."""
        constants = self.meaning.constants
        values = sorted((name, constants[name]) for name in self.reads(*claims) if name in constants)
        return tuple(map(to_text, claims)), tuple(map(str, values))


class Asker:
    """
    Puts questions.

    Args:
        seconds: Time limit of each question.
        members: Most members of a household.
        is_stopped: Tells whether no more questions are to be put.
    """

    def __init__(self, *, seconds: float, members: int, is_stopped: Callable[[], bool]) -> None:
        self.asked = 0
        self.open: dict[OpenQuestion, None] = {}
        self._seconds, self._members = seconds, members
        self._limits: dict[str, Any] = {"seconds": seconds, "members": members}
        self._is_stopped = is_stopped
        self._kept: dict[Hashable, Any] = {}

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
        trees = tuple(Name(each) if isinstance(each, str) else each for each in claims)
        known = "all" if fully_known and not look.asks_what_is_known(*trees) else None
        key = (verb.__name__, look.about, known, look.signature(*trees))

        def question() -> Proved | Refuted | Undecided:
            # Whoever shows that it is not so mostly needs no large roster; only a proof has to look at all of them.
            few = self._few(look)
            if few is not None:
                found = verb(look.rules, *claims, about=look.about, known=known, members=few, seconds=self._seconds)
                if isinstance(found, Refuted):
                    return found
            return verb(look.rules, *claims, about=look.about, known=known, **self._limits)

        answer: Proved | Refuted | None = self._answer(key, what, question)
        return answer

    def _few(self, look: Look) -> int | None:
        """Give a small roster to begin with, where there are rosters."""
        return FEW if look.about is Subject.HOUSEHOLD and self._members > FEW else None

    def proves(self, verb: Callable[..., Any], look: Look, *claims: str | Expr, **more: Any) -> Proved | None:
        """Give the proof; None where there is none."""
        found = self.ask(verb, look, *claims, **more)
        return found if isinstance(found, Proved) else None

    def refutes(self, verb: Callable[..., Any], look: Look, *claims: str | Expr, **more: Any) -> Refuted | None:
        """Give whoever shows that it is not so; None where nobody does, or it could not be told."""
        found = self.ask(verb, look, *claims, **more)
        return found if isinstance(found, Refuted) else None

    def compared(
        self, key: Hashable, old: Snapshot, new: Snapshot, about: Subject, *, what: tuple[FindingCode, str]
    ) -> Comparison | None:
        """Compare two snapshots on those of whom all is known; None where a region could not be told."""

        def found() -> Comparison | Undecided:
            comparison = compare(old, new, about=about, known="all", **self._limits)
            left = [each.answer for each in comparison.regions if isinstance(each.answer, Undecided)]
            return left[0] if left else comparison

        answer: Comparison | None = self._answer(("compare", about, key), what, found)
        return answer

    def _answer(self, key: Hashable, what: tuple[FindingCode, str], question: Callable[[], Any]) -> Any:
        if key not in self._kept:
            if self._is_stopped():
                return self.leave(what, WhyOpen.STOPPED)
            self.asked += 1
            try:
                self._kept[key] = question()
            except (ExpressionError, LimitError):
                # What a question adds to a text can pass a limit that the text itself keeps.
                self._kept[key] = WhyOpen.SIZE
        answer = self._kept[key]
        if isinstance(answer, Undecided):
            return self.leave(what, WhyOpen(answer.why.value))
        return self.leave(what, answer) if isinstance(answer, WhyOpen) else answer

    def leave(self, what: tuple[FindingCode, str], why: WhyOpen) -> None:
        """Keep that something could not be told."""
        self.open[OpenQuestion(*what, why)] = None
