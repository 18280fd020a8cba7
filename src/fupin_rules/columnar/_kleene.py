"""
Claims of a whole column: true, false, or null where it is not known, as every engine joins them by itself.

Engines that know null agree on `&`, `|`, `~` and on comparisons, and all of them with the tables of the reference
evaluator. Claims that are the same on every row are Python truth values: no engine is asked about those.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from fupin_rules.columnar._engines import narwhals

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

Claim: TypeAlias = "nw.Expr | bool"

# Up to so many, asking for each is quicker than looking them up: some 1 ns a row each against 15 (Polars).
_FEW: Final = 12


def both(claims: Iterable[Claim]) -> Claim:
    """
    Join claims by "and".

    >>> both([True, True]), both([True, False])
    (True, False)
    """
    return _joined(claims, decisive=False)


def either(claims: Iterable[Claim]) -> Claim:
    """
    Join claims by "or".

    >>> either([False, False]), either([True, False])
    (False, True)
    """
    return _joined(claims, decisive=True)


def _joined(claims: Iterable[Claim], *, decisive: bool) -> Claim:
    joined: Claim = not decisive
    for claim in claims:
        if claim is decisive:
            return decisive
        if isinstance(claim, bool):
            continue
        joined = claim if isinstance(joined, bool) else joined | claim if decisive else joined & claim
    return joined


def negated(claim: Claim) -> Claim:
    """
    Turn a claim into its contrary.

    >>> negated(True)
    False
    """
    return not claim if isinstance(claim, bool) else ~claim


def chosen(condition: Claim, then: Claim, otherwise: Claim) -> Claim:
    """
    Give one of two claims; with the condition open, known only where both are known and equal.

    >>> chosen(True, False, True)
    False
    """
    if isinstance(condition, bool):
        return then if condition else otherwise
    return either([both([condition, then]), both([~condition, otherwise]), both([then, otherwise])])


def among(values: nw.Expr, listed: Sequence[Any]) -> nw.Expr:
    """Tell whether a code, a text or a day is one of a list that is not empty."""
    if len(listed) <= _FEW:
        found = either(values == each for each in listed)
        assert not isinstance(found, bool), "the list is not empty"
        return found
    # One engine says False of what is not known.
    return only_where(~values.is_null(), values.is_in(listed))


def is_open(claim: Claim) -> Claim:
    """
    Tell where a claim is not known; that itself is always known.

    >>> is_open(True)
    False
    """
    return False if isinstance(claim, bool) else claim.is_null()


def only_where(condition: nw.Expr, value: Any) -> nw.Expr:
    """Take a value where a condition is met; elsewhere nothing is known."""
    found: nw.Expr = narwhals().when(condition).then(column(value))
    return found


def by_row(condition: nw.Expr, then: Any, otherwise: Any) -> nw.Expr:
    """Take one value where a condition is met, the other where it is not, or is not known."""
    found: nw.Expr = narwhals().when(condition).then(column(then)).otherwise(column(otherwise))
    return found


def column(value: Any) -> nw.Expr:
    """Write a constant as a column; anything else is one already."""
    found: nw.Expr = narwhals().lit(value) if isinstance(value, (bool, int, str, date)) else value
    return found


def surely(claim: Claim) -> Claim:
    """
    Tell where a claim is known to hold; that itself is always known.

    >>> surely(False)
    False
    """
    return claim if isinstance(claim, bool) else claim.fill_null(value=False)
