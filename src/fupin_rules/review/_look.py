"""One subject under the policy of one period: what its texts read, and what an answer about them depends on."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from datetime import date

import attrs

from fupin_rules.expr import Call, Expr, IsKnown, Kind, Literal, Name, name_nodes, to_text, uses, walk
from fupin_rules.periods import Period
from fupin_rules.policy import Meaning, Snapshot, Subject, meaning_of


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
