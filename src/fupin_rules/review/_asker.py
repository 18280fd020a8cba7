"""
Questions of a review, put to the comparison: each with its time limit, none twice, and what stays open is kept.

A question is the same on another day when its claims read the same texts and the same values of parameters.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from datetime import date
from typing import Any, Final

import attrs

from fupin_rules.comparison import Comparison, Proved, Refuted, Undecided, compare
from fupin_rules.errors import ExpressionError, LimitError
from fupin_rules.expr import Call, Expr, IsKnown, Kind, Literal, Name, name_nodes, to_text, uses, walk
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
    _said: dict[int, tuple[Expr, str]] = attrs.field(init=False, factory=dict, eq=False, repr=False)

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
        """Give all that the answer to a question about claims depends on: texts, and values of parameters."""
        reached = tuple(self.reached(*claims))
        texts = tuple(to_text(each) for each in claims), tuple(sorted(self._text(each) for each in reached))
        read = {node.path for each in reached for node in name_nodes(each)}
        values = tuple(
            (name, str(held.value), str(held.parameter.unit))
            for name, held in self.rules.parameters.items()
            if name in read
        )
        return texts, values, self.rules.on if self._names_days(reached, read) else None

    def _text(self, expr: Expr) -> str:
        # The same definitions are reached by question after question.
        key = id(expr)
        if key not in self._said:
            self._said[key] = expr, to_text(expr)
        return self._said[key][1]

    def _names_days(self, reached: Sequence[Expr], read: set[str]) -> bool:
        """Tell whether ages, which move with the day of the assessment, meet days, which do not."""
        nodes = [node for each in reached for node in walk(each)]
        days = [node for node in nodes if isinstance(node, Literal) and isinstance(node.value, date)]
        named = [name for name in read & self.meaning.constants.keys() if self.meaning.kind(Name(name)) is Kind.DAY]
        return bool(days or named) and any(isinstance(node, Call) for node in nodes)


@attrs.define
class Memory:
    """
    Answers kept from one review to the next: what reads the same texts and values is not asked again.

    Attributes:
        answers: Settled answers, by all that they depend on.
    """

    answers: dict[Hashable, Any] = attrs.field(factory=dict, repr=False)


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
        trees = tuple(Name(each) if isinstance(each, str) else each for each in claims)
        known = "all" if fully_known and not look.asks_what_is_known(*trees) else None
        key = (verb.__name__, look.about, known, self._members, look.signature(*trees))

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

        answer: Comparison | None = self._answer(("compare", about, self._members, key), what, found)
        return answer

    def _answer(self, key: Hashable, what: tuple[FindingCode, str], question: Callable[[], Any]) -> Any:
        held = self._memory.answers
        if key in held:
            return held[key]
        if key not in self._left:
            if self._is_stopped():
                return self.leave(what, WhyOpen.STOPPED)
            self.asked += 1
            try:
                answer = question()
            except (ExpressionError, LimitError):
                # What a question adds to a text can pass a limit that the text itself keeps.
                self._left[key] = WhyOpen.SIZE
            else:
                if not isinstance(answer, Undecided):
                    held[key] = answer
                    return answer
                self._left[key] = WhyOpen(answer.why.value)
        return self.leave(what, self._left[key])

    def leave(self, what: tuple[FindingCode, str], why: WhyOpen) -> None:
        """Keep that something could not be told."""
        self.open[OpenQuestion(*what, why)] = None
