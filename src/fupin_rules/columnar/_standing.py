"""
How firm an answer is, in columns: the weakest standing among the sources of its settled part.

The recursion of `policy.standing_of` for all rows at once. A standing is a number, 0 for the firmest; what rests on
facts alone is -1, so that the weaker of two is the greater.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from fupin_rules.citations import Citation, Standing
from fupin_rules.columnar._engines import narwhals
from fupin_rules.columnar._kleene import Claim, by_row, column, negated, surely
from fupin_rules.columnar._lower import Lowering
from fupin_rules.expr import And, Expr, IfElse, Name, Not, Or, OrElse, Quantifier, children
from fupin_rules.policy import Rule, Snapshot

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

Rank: TypeAlias = "nw.Expr | int"


_ORDER: Final = tuple(Standing)
_FACTS_ALONE: Final = -1
_NO_REASON: Final = len(_ORDER)


def standing_text(expr: Expr, rules: Snapshot, lowering: Lowering) -> Any:
    """Write the weakest standing that the value of a tree rests on."""
    rank = _Standings(rules, lowering).of(expr)
    layer = narwhals()
    if isinstance(rank, int):
        # Every rule is cited, so that an outcome always rests on something.
        return layer.lit(str(_ORDER[rank]))
    found: Any = layer.lit(str(_ORDER[-1]))
    for place, standing in enumerate(_ORDER[:-1]):
        found = by_row(rank == place, str(standing), found)
    return found


class _Standings:
    def __init__(self, rules: Snapshot, lowering: Lowering) -> None:
        self._rules = rules
        self._lowering = lowering
        self._named: dict[str, Rank] = {}

    def of(self, expr: Expr) -> Rank:
        claim = self._lowering.claim
        match expr:
            case Name(path):
                if path not in self._named:
                    self._named[path] = self._name(path)
                return self._named[path]
            case Not(operand):
                return self.of(operand)
            case And(operands):
                return _decided([(surely(negated(claim(each))), self.of(each)) for each in operands])
            case Or(operands):
                return _decided([(surely(claim(each)), self.of(each)) for each in operands])
            case IfElse(condition, then, otherwise):
                asked = claim(condition)
                taken = [
                    _where(negated(surely(negated(asked))), self.of(then)),
                    _where(negated(surely(asked)), self.of(otherwise)),
                ]
                return _weakest([self.of(condition), *taken])
            case Quantifier() | OrElse():
                return self._names_within(expr)
            case _:
                return _weakest(self.of(each) for each in children(expr))

    def _name(self, path: str) -> Rank:
        rules = self._rules
        if path in rules.parameters:
            return _rank(rules.parameters[path].dated.citation)
        if path in rules.definitions:
            definition = rules.definitions[path]
            return _weakest([_rank(definition.citation), self.of(definition.expr)])
        rule = rules.rules_by_id.get(path)
        return _FACTS_ALONE if rule is None else self._rule(rule)

    def _rule(self, rule: Rule) -> Rank:
        hit = _weakest([_rank(rule.citation), self.of(rule.when)])
        if not rule.unless:
            return hit
        claim = self._lowering.claim
        exceptions = [(each, _weakest([_rank(each.citation), self.of(each.when)])) for each in rule.unless]
        # Either "not hit" or any exception that held is reason enough: the firmest counts.
        reasons = [(surely(claim(each.when)), rank) for each, rank in exceptions]
        reasons.append((surely(negated(claim(rule.when))), hit))
        return _decided(reasons)

    def _names_within(self, expr: Expr) -> Rank:
        # Members are not told apart: everything that a quantifier reads counts.
        return _weakest(
            self.of(child) if isinstance(child, Name) else self._names_within(child) for child in children(expr)
        )


def _rank(citation: Citation) -> int:
    return _ORDER.index(citation.standing)


def _where(condition: Claim, rank: Rank) -> Rank:
    """Count a standing where a condition is met."""
    if isinstance(condition, bool):
        return rank if condition else _FACTS_ALONE
    return by_row(condition, rank, _FACTS_ALONE)


def _weakest(ranks: Iterable[Rank]) -> Rank:
    held = list(ranks)
    least = max((each for each in held if isinstance(each, int)), default=_FACTS_ALONE)
    columns = [each for each in held if not isinstance(each, int)]
    if not columns or least == _NO_REASON - 1:
        return least
    layer = narwhals()
    found: nw.Expr = layer.max_horizontal(layer.lit(least), *columns)
    return found


def _decided(parts: list[tuple[Claim, Rank]]) -> Rank:
    """Take the firmest part that is reason enough by itself; where none is, the weakest of all."""
    ranks = [rank for _, rank in parts]
    if all(isinstance(rank, int) for rank in ranks) and len(set(ranks)) == 1:
        return ranks[0]
    layer = narwhals()
    enough = [by_row(column(where), rank, _NO_REASON) for where, rank in parts]
    firmest = layer.min_horizontal(*enough)
    return by_row(firmest < _NO_REASON, firmest, _weakest(ranks))
