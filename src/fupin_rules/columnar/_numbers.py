"""
Exact numbers of a whole column: whole numbers of the smallest unit, a divisor beside them where one is still due.

Nothing is ever divided but in rounding: two quotients are compared crosswise, and the checker has made sure that the
products fit 64 bits. A count of members that is only partly known has bounds.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from operator import eq, ge, gt, le, lt, ne
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from fupin_rules.columnar._kleene import Claim, both, by_row, either, negated, only_where, surely
from fupin_rules.expr import MIRRORED

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw

Whole: TypeAlias = "nw.Expr | int"


SIGNS: Final[Mapping[str, Callable[[Any, Any], Any]]] = {"<": lt, "<=": le, ">": gt, ">=": ge, "==": eq, "!=": ne}
_MOST_PLACES: Final = 18


@attrs.frozen(eq=False)
class Number:
    """
    A number on every row.

    Attributes:
        top: As a whole number, in its smallest unit; null where it is not known. Of a count, where that is exact.
        places: Decimal places of that unit.
        below: Positive divisor that is still due; None for none, null where it is not known.
        bounds: Of a count of members: the lowest and the highest it can be, the latter null where there is no bound;
            None for any other number.
    """

    top: Whole
    places: int = 0
    below: Whole | None = None
    bounds: tuple[nw.Expr, nw.Expr] | None = None


def of_constant(value: int | Fraction) -> Number:
    """
    Write a constant as a whole number with places, or, where it has endless ones, as a quotient.

    >>> of_constant(Fraction("2736.01")), of_constant(Fraction(1, 3))
    (Number(top=273601, places=2, below=None, bounds=None), Number(top=1, places=0, below=3, bounds=None))
    """
    exact = Fraction(value)
    for places in range(_MOST_PLACES + 1):
        scaled = exact * 10**places
        if scaled.denominator == 1:
            return Number(scaled.numerator, places)
    return Number(exact.numerator, 0, exact.denominator)


def times(one: Whole, other: Whole | None) -> Whole:
    """
    Multiply; None is one.

    >>> times(3, None), times(3, 4)
    (3, 12)
    """
    if other is None or (isinstance(other, int) and other == 1):
        return one
    return other if isinstance(one, int) and one == 1 else one * other


def is_open(number: Number) -> Claim:
    """Tell where a number is not known."""
    parts = (number.top, number.below)
    return either([part.is_null() for part in parts if part is not None and not isinstance(part, int)])


def plus(one: Number, other: Number, *, minus: bool = False) -> Number:
    """Add, or subtract the second."""
    places = max(one.places, other.places)
    left = times(times(one.top, 10 ** (places - one.places)), other.below)
    right = times(times(other.top, 10 ** (places - other.places)), one.below)
    return Number(left - right if minus else left + right, places, _product(one.below, other.below))


def product(one: Number, other: Number) -> Number:
    """Multiply."""
    return Number(times(one.top, other.top), one.places + other.places, _product(one.below, other.below))


def quotient(one: Number, other: Number) -> Number:
    """Divide by a number that is never negative; where it is zero the quotient is not known."""
    divisor = other.top if isinstance(other.top, int) else only_where(other.top != 0, other.top)
    top = times(times(one.top, other.below), 10 ** max(other.places - one.places, 0))
    below = times(times(divisor, one.below), 10 ** max(one.places - other.places, 0))
    return Number(top, 0, below)


def _divisor(number: Number) -> Whole:
    return 1 if number.below is None else number.below


def _product(one: Whole | None, other: Whole | None) -> Whole | None:
    return other if one is None else times(one, other)


def rounded(number: Number, places: int) -> Number:
    """Round half away from zero, with whole numbers alone: twice the number, and half a place more."""
    top, below = times(number.top, 2 * 10**places), times(_divisor(number), 10**number.places)
    if isinstance(top, int) and isinstance(below, int):
        whole = (abs(top) + below) // (2 * below)
        return Number(whole if top >= 0 else -whole, places)
    if isinstance(top, int):
        found = (below + abs(top)) // (below * 2)
        return Number(found if top >= 0 else found * -1, places)
    size = (top.abs() + below) // times(below, 2)
    return Number(by_row(top < 0, size * -1, size), places)


def compared(one: Number, sign: str, other: Number) -> Claim:
    """Compare; a count that is only partly known by its bounds, where they settle it."""
    if one.bounds is not None and other.bounds is not None:
        # One of the two must be exact; each of these is open where the other count is not.
        by_one, by_other = _bounded(one, sign, other), _bounded(other, MIRRORED[sign], one)
        assert not isinstance(by_one, bool), "the other count is a column"
        return by_row(by_one.is_null(), by_other, by_one)
    if one.bounds is not None:
        return _bounded(one, sign, other)
    if other.bounds is not None:
        return _bounded(other, MIRRORED[sign], one)
    return _crossed(one, sign, other)


def _crossed(one: Number, sign: str, other: Number) -> Claim:
    places = max(one.places, other.places)
    left = times(times(one.top, 10 ** (places - one.places)), other.below)
    right = times(times(other.top, 10 ** (places - other.places)), one.below)
    if isinstance(left, int) and not isinstance(right, int):
        # The column goes first: a number has no way to ask it.
        left, right, sign = right, left, MIRRORED[sign]
    found: Claim = SIGNS[sign](left, right)
    return found


def _bounded(count: Number, sign: str, other: Number) -> Claim:
    """Decide a count by its bounds; open where they do not settle it, or the other number is not known."""
    assert count.bounds is not None
    limit = attrs.evolve(other, bounds=None)
    low, high = (Number(each) for each in count.bounds)
    match sign:
        case "<" | "<=":
            sure, possible = _crossed(high, sign, limit), _crossed(low, sign, limit)
        case ">" | ">=":
            sure, possible = _crossed(low, sign, limit), _crossed(high, sign, limit)
        case "==":
            # Where there is no upper bound, nothing is above it.
            beyond = _crossed(high, "<", limit)
            apart = either([_crossed(low, ">", limit), surely(beyond), _is_broken(limit)])
            sure, possible = both([_crossed(low, "==", limit), _crossed(high, "==", limit)]), negated(apart)
        case _:
            return negated(_bounded(count, "==", other))
    assert not isinstance(sure, bool), "bounds are columns"
    if isinstance(possible, bool):
        return possible
    # Where there is no upper bound, nothing is told by it; what is sure is possible.
    sure = sure.fill_null(value=False)
    possible = possible | sure
    return only_where(sure == possible, possible)


def _is_broken(number: Number) -> Claim:
    """Tell where a number is not whole, so that no count can be equal to it."""
    unit = times(_divisor(number), 10**number.places)
    if isinstance(unit, int) and (unit == 1 or isinstance(number.top, int)):
        return isinstance(number.top, int) and number.top % unit != 0
    found: Claim = number.top % unit != 0
    return found
