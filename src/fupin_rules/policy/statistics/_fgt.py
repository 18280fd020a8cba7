"""
How far below a line people are: the measures of Foster, Greer and Thorbecke (1984), exact and weighted by persons.

Alpha 0 is the share of people below the line, 1 the mean gap, 2 the mean squared gap, each gap as a part of the line.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

from fupin_rules.errors import Fault, ModelError
from fupin_rules.truth import Unknown, Why, merge


def fgt(
    incomes: Iterable[tuple[int | Unknown, Fraction | Decimal | int | Unknown]],
    *,
    line: Fraction | Decimal | int,
    alpha: int,
    gap_at_most: Fraction | Decimal | int | None = None,
) -> Fraction | Unknown:
    """
    Give FGT(alpha) over households: every member has the income per person of the household.

    Args:
        incomes: For each household, its people and its income per person, in the unit of the line. An income of zero or
            below it (a loss) is a gap of one or more.
        line: Above zero. Below it is `<`: exactly on it, nobody is poor.
        alpha: 0, 1, 2, ….
        gap_at_most: The most that a gap counts, as a part of the line; 1 takes a loss for no income. Left out, losses
            count as they are, so that the mean gap can be more than one.

    Returns:
        Unknown with any open number, and over nobody.

    Raises:
        ModelError: The line is not above zero, or alpha or a number of people is below zero.

    >>> homes = [(3, 1200), (1, 4000)]
    >>> [fgt(homes, line=3000, alpha=alpha) for alpha in (0, 1, 2)]
    [Fraction(3, 4), Fraction(9, 20), Fraction(27, 100)]
    """
    exact_line = Fraction(line)
    if exact_line <= 0 or alpha < 0:
        raise ModelError(Fault("fgt", "the line is not above zero, or alpha is below it", "give others", "fgt"))
    everybody, below = 0, Fraction(0)
    missing: list[Unknown] = []
    for people, income in incomes:
        missing += [each for each in (people, income) if isinstance(each, Unknown)]
        if isinstance(people, Unknown) or isinstance(income, Unknown):
            continue
        if people < 0:
            raise ModelError(Fault("fgt", "a number of people is below zero", "give it as counted", "fgt"))
        everybody += people
        gap = (exact_line - Fraction(income)) / exact_line
        if gap > 0:
            below += people * (gap if gap_at_most is None else min(gap, Fraction(gap_at_most))) ** alpha
    if missing:
        return merge(missing)
    return below / everybody if everybody else Unknown({"people"}, {("people", Why.ZERO_DIVISOR)})
