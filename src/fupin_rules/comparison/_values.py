"""
The values of rules as terms, each with the formula that tells whether it is known.

A claim is two formulas, "surely so" and "surely not", and open where neither holds. A number is a quotient of whole
numbers whose divisor is positive, each with its range; a count keeps its bounds, which decide comparisons even where
the count itself is not known.
"""

from __future__ import annotations

from collections.abc import Callable

import attrs

from fupin_rules.comparison._terms import Formula, Handle, Whole


@attrs.frozen
class Claim:
    """
    Something that holds, does not hold, or is open.

    Attributes:
        yes: It surely holds.
        no: It surely does not.
    """

    yes: Formula
    no: Formula


@attrs.frozen
class Span:
    """Least and greatest of what a whole number can be."""

    low: int
    high: int

    @property
    def width(self) -> int:
        """Number of steps from the least to the greatest."""
        return self.high - self.low


ONE = Span(1, 1)


@attrs.frozen
class Tally:
    """
    How many of some formulas hold.

    Attributes:
        formulas: The formulas that are no constants.
        surely: How many constants hold.
        total: The number of all that hold.
        most: How many there can be.
    """

    formulas: tuple[Handle, ...]
    surely: int
    total: Whole
    most: int


@attrs.frozen
class Bounds:
    """
    What is known of a count, known or not.

    Attributes:
        low: Members that surely count.
        high: Members that may count, of those who are there.
        closed: Whether there are no others.
    """

    low: Tally
    high: Tally
    closed: Formula


@attrs.frozen
class Number:
    """
    An exact number, `above / below`.

    Attributes:
        known: Whether it is known; where it is not, all else may be anything.
        above: Numerator.
        span: Range of the numerator.
        below: Denominator; positive where the number is known.
        below_span: Range of the denominator.
        bounds: For a count.
    """

    known: Formula
    above: Whole
    span: Span
    below: Whole = 1
    below_span: Span = ONE
    bounds: Bounds | None = None


@attrs.frozen
class Day:
    """
    A day.

    Attributes:
        known: Whether it is known.
        ordinal: As `date.toordinal` counts.
    """

    known: Formula
    ordinal: Whole


@attrs.frozen
class Codes:
    """
    One code, or a set of codes.

    Attributes:
        known: Whether it is known.
        possible: What it can be, or hold.
        holds: Whether it is a code, or holds it; False for what it cannot be.
        is_set: Whether it can hold several.
    """

    known: Formula
    possible: frozenset[str]
    holds: Callable[[str], Formula]
    is_set: bool = False


@attrs.frozen
class Told:
    """A text of which rules ask only whether it is known."""

    known: Formula


Lowered = Claim | Number | Day | Codes | Told
