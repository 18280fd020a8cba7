"""
How firm an answer is, in columns: the weakest standing among the sources of its settled part.

The recursion of `policy.standing_of` for all rows at once. A standing is a number, 0 for the firmest; what rests on
facts alone is -1, so that the weaker of two is the greater.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final, TypeAlias, assert_never

from fupin_rules.citations import Citation, Standing
from fupin_rules.columnar._engines import narwhals
from fupin_rules.columnar._kleene import Claim, both, by_row, column, either, negated, surely
from fupin_rules.columnar._lower import Lowering
from fupin_rules.expr import (
    And,
    Arithmetic,
    Call,
    Compare,
    Expr,
    IfElse,
    In,
    IsKnown,
    Item,
    Literal,
    Name,
    Negative,
    Not,
    Or,
    OrElse,
    Quantifier,
    SetOf,
    children,
)
from fupin_rules.policy import Rule, Snapshot

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

Rank: TypeAlias = "nw.Expr | int"


_ORDER: Final = tuple(Standing)
_FACTS_ALONE: Final = -1
_NO_REASON: Final = len(_ORDER)


class Standings:
    """
    Works out standings on one frame.

    Args:
        rules: The policy on the day.
        lowering: Lowers trees on the frame.
        named: Standings of definitions and rules, by name: those below are there before those that read them.
    """

    def __init__(self, rules: Snapshot, lowering: Lowering, named: Mapping[str, Rank]) -> None:
        self._rules = rules
        self._lowering = lowering
        self._named = named

    def text(self, expr: Expr) -> Any:
        """Write the weakest standing that the value of a tree rests on."""
        rank, layer = self.of(expr), narwhals()
        if isinstance(rank, int):
            # Every rule is cited, so that an outcome always rests on something.
            return layer.lit(str(_ORDER[rank]))
        found: Any = layer.lit(str(_ORDER[-1]))
        for place, standing in enumerate(_ORDER[:-1]):
            found = by_row(rank == place, str(standing), found)
        return found

    def of(self, expr: Expr) -> Rank:
        """Give the weakest standing that the value of a tree rests on, as a number."""
        claim = self._lowering.claim
        match expr:
            case Name(path) if path in self._named:
                return self._named[path]
            case Name(path):
                parameter = self._rules.parameters.get(path)
                return _FACTS_ALONE if parameter is None else _rank(parameter.dated.citation)
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
            case Literal() | Item() | Compare() | In() | SetOf() | Arithmetic() | Negative() | Call() | IsKnown():
                return _weakest(self.of(each) for each in children(expr))
            case never:
                assert_never(never)

    def of_named(self, path: str) -> Rank:
        """Give the standing of a definition or a rule."""
        definition = self._rules.definitions.get(path)
        if definition is None:
            return self._rule(self._rules.rules_by_id[path])
        return _weakest([_rank(definition.citation), self.of(definition.expr)])

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
    """
    Take the firmest part that is reason enough by itself; where none is, the weakest of all.

    The greatest of all is the least with the signs turned, so that each rank is written down once: twice, and what
    stands within what would double with every level.
    """
    known = [(enough, rank) for enough, rank in parts if isinstance(rank, int)]
    if len(known) == len(parts):
        found: Rank = max(rank for _, rank in known)
        for rank in sorted({rank for _, rank in known} - {found}, reverse=True):
            firm = either(enough for enough, each in known if each == rank)
            found = found if firm is False else by_row(column(firm), rank, found)
        return found
    layer = narwhals()
    is_decided = either(enough for enough, _ in parts)
    sign = by_row(column(is_decided), 1, -1)
    signed = [
        column(rank) * sign + by_row(column(both([is_decided, negated(enough)])), _NO_REASON * 2, 0)
        for enough, rank in parts
    ]
    folded: nw.Expr = layer.min_horizontal(*signed) * sign
    return folded
