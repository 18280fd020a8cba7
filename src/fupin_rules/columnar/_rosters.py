"""
Members to households: what quantifiers ask, one grouped aggregation of plain columns, one join.

A claim about each member is a small code, 2 where it holds, 1 where it is not known, 0 where it does not, so that the
highest is the answer of `any` and the lowest that of `all`: engines skip nulls when they aggregate, and codes have
none. A household without a member has no row to join, and an incomplete roster settles only what nobody could change.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

import attrs

from fupin_rules.columnar import _numbers as numbers
from fupin_rules.columnar._columns import KEY
from fupin_rules.columnar._engines import folded, joined, narwhals
from fupin_rules.columnar._kleene import Claim, both, column, either, is_open, negated, only_where, surely
from fupin_rules.columnar._lower import Lowering
from fupin_rules.columnar._numbers import Number
from fupin_rules.expr import Literal, Quantifier

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw


ALL_LISTED: Final = "all_listed"
_TRUE: Final = Literal(value=True)


@attrs.define(eq=False)
class Aggregation:
    """
    What is to be worked out for each member, and how that becomes one value for each household.

    Attributes:
        new: Gives a name that no column has.
        columns: For each member, by name.
        folds: How the members of a household are folded, by the same names: `min`, `max` or `sum`.
    """

    new: Callable[[], str]
    columns: dict[str, Any] = attrs.field(factory=dict)
    folds: dict[str, str] = attrs.field(factory=dict)

    def add(self, value: Any, fold: str) -> str:
        """Ask for one more column, and give its name."""
        name = self.new()
        self.columns[name], self.folds[name] = value, fold
        return name

    def grouped(self, members: Any) -> Any:
        """Fold the members of a frame."""
        chosen = members.select(KEY, **{name: column(value) for name, value in self.columns.items()})
        return folded(chosen, KEY, self.folds)


def asked_of_members(quantifiers: Iterable[Quantifier], lowering: Lowering, work: Aggregation) -> dict[Quantifier, Any]:
    """
    Lower quantifiers: what each member is asked, and what the household then knows.

    Args:
        quantifiers: Those of one pass.
        lowering: Where the members' frame is at hand.
        work: Takes what is to be aggregated.

    Returns:
        By quantifier, a claim or a number in columns of the households' frame once the aggregation is joined to it.
    """
    return {each: _one(each, lowering, work) for each in quantifiers}


def _one(quantifier: Quantifier, lowering: Lowering, work: Aggregation) -> Any:
    layer = narwhals()
    keep = lowering.claim(quantifier.where or _TRUE)
    all_listed = layer.col(ALL_LISTED)
    match quantifier.kind:
        case "any":
            assert quantifier.item is not None
            code = work.add(_code(both([keep, lowering.claim(quantifier.item)])), "max")
            return _claim_of(code, of_nobody=0) | ~all_listed
        case "all":
            assert quantifier.item is not None
            code = work.add(_code(either([negated(keep), lowering.claim(quantifier.item)])), "min")
            return _claim_of(code, of_nobody=2) & all_listed
        case "count":
            sure = _count_of(work.add(whole(surely(keep)), "sum"))
            is_unsure = is_open(keep)
            most = sure if is_unsure is False else sure + _count_of(work.add(whole(is_unsure), "sum"))
            high = only_where(all_listed, most)
            return Number(only_where(sure == high, sure), bounds=(sure, high))
        case kind:
            return _folded(kind, quantifier, keep, lowering, work)


def _folded(kind: str, quantifier: Quantifier, keep: Claim, lowering: Lowering, work: Aggregation) -> Number:
    assert quantifier.item is not None
    layer = narwhals()
    number = lowering.number(quantifier.item)
    assert number.below is None, "the checker refuses to fold quotients"
    lacks = either([is_open(keep), both([surely(keep), numbers.is_open(number)])])
    is_open_in = work.add(whole(lacks), "max")
    value = number.top if keep is True else only_where(column(keep), number.top)
    kept = work.add(column(value).fill_null(0) if kind == "sum" else value, kind)
    settled = (layer.col(is_open_in).fill_null(0) == 0) & layer.col(ALL_LISTED)
    found = layer.col(kept).cast(layer.Int64)
    return Number(only_where(settled, found.fill_null(0) if kind == "sum" else found), number.places)


def _code(claim: Claim) -> Any:
    layer = narwhals()
    if isinstance(claim, bool):
        return 2 if claim else 0
    # Twice itself, for a factor would make it wider than a byte.
    return (claim.cast(layer.Int8) + claim.cast(layer.Int8)).fill_null(1)


def _claim_of(name: str, *, of_nobody: int) -> nw.Expr:
    layer = narwhals()
    code = layer.col(name).fill_null(of_nobody)
    return only_where(code != 1, code == 2)


def whole(claim: Claim) -> Any:
    """Count a claim that is known: 1 where it holds, 0 where it does not."""
    layer = narwhals()
    return int(claim) if isinstance(claim, bool) else claim.cast(layer.Int32)


def _count_of(name: str) -> nw.Expr:
    layer = narwhals()
    return layer.col(name).fill_null(0).cast(layer.Int64)  # type: ignore[no-any-return]


def carried(names: Sequence[str], households: Any, members: Any) -> Any:
    """Give the members columns of their household."""
    return joined(members, households.select(KEY, *names), KEY) if names else members
