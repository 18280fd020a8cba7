"""The score under which the eligible are ranked: exact where every priority is settled, else an interval."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

import attrs

from fupin_rules.policy._policy import Snapshot
from fupin_rules.policy._rules import RankingMethod, RuleKind, Subject

Score = tuple[Fraction, ...]


@attrs.frozen
class Priority:
    """
    What ranks a subject among the eligible.

    Attributes:
        matched: Priority rules that hold, by id.
        open: Priority rules that are open, by id.
        low: Lowest possible score; one number, or one for each rule of a lexicographic order.
        high: Highest possible score, component by component.
    """

    matched: tuple[str, ...]
    open: tuple[str, ...]
    low: Score
    high: Score

    @property
    def is_settled(self) -> bool:
        """Whether the score is one number."""
        return self.low == self.high

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold; scores are exact, as text."""
        return {
            "matched": list(self.matched),
            "open": list(self.open),
            "low": [str(each) for each in self.low],
            "high": [str(each) for each in self.high],
        }


def priority_of(snapshot: Snapshot, about: Subject, values: Mapping[str, bool | None]) -> Priority | None:
    """
    Work out the score; None where the pack ranks nobody.

    Args:
        snapshot: The policy on a day.
        about: Whom the rules are about.
        values: Value of every rule, by id; None is not known.
    """
    ranking, rules = snapshot.ranking(about), snapshot.rules_of(about, RuleKind.PRIORITY)
    if ranking is None or not rules:
        return None
    matched = tuple(rule for rule in rules if values[rule.id] is True)
    open_rules = tuple(rule for rule in rules if values[rule.id] is None)
    ids = tuple(rule.id for rule in matched), tuple(rule.id for rule in open_rules)
    if ranking.method is RankingMethod.LEXICOGRAPHIC:
        low = tuple(Fraction(rule_id in ids[0]) for rule_id in ranking.order)
        high = tuple(Fraction(rule_id in ids[0] or rule_id in ids[1]) for rule_id in ranking.order)
        return Priority(*ids, low, high)
    weights = [ranking.weight(rule) for rule in open_rules]
    sure = sum((ranking.weight(rule) for rule in matched), Fraction(0))
    least = sure + sum((each for each in weights if each < 0), Fraction(0))
    most = sure + sum((each for each in weights if each > 0), Fraction(0))
    return Priority(*ids, (least,), (most,))
