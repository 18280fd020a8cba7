"""The score under which the eligible are ranked, in columns: two numbers, alike where every priority is settled."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from fupin_rules.columnar._engines import narwhals
from fupin_rules.columnar._kleene import by_row, column, is_open, surely
from fupin_rules.columnar._lower import Lowering
from fupin_rules.expr import Name
from fupin_rules.policy import Ranking, RankingMethod, Rule
from fupin_rules.quantities import places_of


def score_bounds(ranking: Ranking, rules: tuple[Rule, ...], lowering: Lowering) -> tuple[Any, Any]:
    """
    Give the lowest and the highest possible score, its first component where it has several.

    Args:
        ranking: How the eligible are ranked.
        rules: The priorities.
        lowering: Lowers trees on the frame.
    """
    if ranking.method is RankingMethod.LEXICOGRAPHIC:
        rules = tuple(rule for rule in rules if rule.id == ranking.order[0])
    weights = {rule.id: ranking.weight(rule) for rule in rules}
    places = max((places_of(each) for each in weights.values()), default=0)
    low: Any = narwhals().lit(0).cast(narwhals().Int64)
    high = low
    for rule in rules:
        claim, weight = lowering.claim(Name(rule.id)), int(weights[rule.id] * 10**places)
        sure, maybe = column(surely(claim)), column(is_open(claim))
        low = low + by_row(sure, weight, by_row(maybe, min(weight, 0), 0))
        high = high + by_row(sure, weight, by_row(maybe, max(weight, 0), 0))
    return _amount(low, places), _amount(high, places)


def _amount(whole: Any, places: int) -> Any:
    """Write a whole number of the smallest unit as a decimal, where it has places."""
    layer = narwhals()
    if not places:
        return whole
    unit = layer.lit(Decimal(1).scaleb(-places))
    return (whole.cast(layer.Decimal(28, places)) * unit).cast(layer.Decimal(18, places))
