"""
Arithmetic and comparisons of numbers that may not be known, exact and as far as can be linear.

Quotients are compared crosswise. A product with a number of a small range, such as a count of members, is written out
case by case, which leaves it linear; only the product of two wide numbers is a product to the solver.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction

from fupin_rules.comparison._terms import Formula, Handle, Terms, Whole
from fupin_rules.comparison._values import Bounds, Claim, Number, Span, Tally
from fupin_rules.expr import MIRRORED

WRITTEN_OUT = 64
"""Widest range that is written out case by case."""


def constant(value: Fraction | int) -> Number:
    """Give a number that is known to be one."""
    exact = Fraction(value)
    above, below = exact.numerator, exact.denominator
    return Number(True, above, Span(above, above), below, Span(below, below))


def constant_of(number: Number) -> Fraction | None:
    """Tell the one value of a number that is always known and always the same."""
    if number.known is True and isinstance(number.above, int) and isinstance(number.below, int):
        return Fraction(number.above, number.below)
    return None


class Arithmetic:
    """Works on numbers of one question."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._rounded: dict[tuple[object, ...], Handle] = {}

    # -- counting ----------------------------------------------------------------------------------------------------

    def tally(self, formulas: Iterable[Formula]) -> Tally:
        """Count how many of some formulas hold."""
        held, surely = list[Handle](), 0
        for each in formulas:
            if isinstance(each, bool):
                surely += each
            else:
                held.append(each)
        ones = [self.terms.picked(each, 1, 0) for each in held]
        return Tally(tuple(held), surely, self.terms.sum_of([surely, *ones]), len(held) + surely)

    def counted(self, low: Tally, high: Tally, closed: Formula) -> Number:
        """Make the number of a count from its bounds."""
        same = self.terms.equal(low.total, high.total)
        span = Span(0, low.most)
        return Number(self.terms.all_of((closed, same)), low.total, span, bounds=Bounds(low, high, closed))

    def _reaches(self, tally: Tally, number: Number, *, beyond: bool) -> Formula:
        """Say that a tally is at least a number, or is beyond it."""
        wanted = constant_of(number)
        if wanted is not None and tally.formulas:
            least = math.floor(wanted) + 1 if beyond else math.ceil(wanted)
            return self.terms.many(tally.formulas, least - tally.surely)
        crossed, _ = self.times(tally.total, Span(0, tally.most), number.below, number.below_span)
        return self.terms.compared(crossed, ">" if beyond else ">=", number.above)

    # -- comparisons -------------------------------------------------------------------------------------------------

    def compared(self, one: Number, sign: str, other: Number) -> Claim:
        """Compare two numbers; a count that is not known is compared by its bounds."""
        terms = self.terms
        if one.bounds is not None and other.bounds is None and sign not in ("==", "!="):
            # A count alone: its bounds say the same where it is known, and there is nothing to tell apart.
            found = self._bounded(one.bounds, sign, other)
            return Claim(*(terms.all_of((other.known, each)) for each in (found.yes, found.no)))
        both = terms.all_of((one.known, other.known))
        holds = self._crossed(one, sign, other)
        yes, no = [terms.all_of((both, holds))], [terms.all_of((both, terms.negated(holds)))]
        for count, its_sign, number in ((one, sign, other), (other, MIRRORED[sign], one)):
            if count.bounds is not None:
                found = self._bounded(count.bounds, its_sign, number)
                alone = terms.all_of((terms.negated(count.known), number.known))
                yes.append(terms.all_of((alone, found.yes)))
                no.append(terms.all_of((alone, found.no)))
        return Claim(terms.any_of(yes), terms.any_of(no))

    def _bounded(self, bounds: Bounds, sign: str, number: Number) -> Claim:
        terms = self.terms
        match sign:
            case ">" | ">=":
                beyond = sign == ">"
                yes = self._reaches(bounds.low, number, beyond=beyond)
                cannot = terms.negated(self._reaches(bounds.high, number, beyond=beyond))
                return Claim(yes, terms.all_of((bounds.closed, cannot)))
            case "<" | "<=":
                turned = self._bounded(bounds, ">=" if sign == "<" else ">", number)
                return Claim(turned.no, turned.yes)
            case _:
                short = terms.negated(self._reaches(bounds.high, number, beyond=False))
                other = terms.any_of(
                    (
                        self._reaches(bounds.low, number, beyond=True),
                        terms.all_of((bounds.closed, short)),
                        # A count is whole, whatever it turns out to be.
                        terms.negated(terms.divides(number.below, number.above)),
                    )
                )
                return Claim(other, False) if sign == "!=" else Claim(False, other)

    def _crossed(self, one: Number, sign: str, other: Number) -> Formula:
        left, right = self._over_one(one, other)
        return self.terms.compared(left[0], sign, right[0])

    def _over_one(self, one: Number, other: Number) -> tuple[tuple[Whole, Span], tuple[Whole, Span]]:
        """Bring two numbers over one denominator, and give the numerators."""
        if isinstance(one.below, int) and isinstance(other.below, int):
            whole = math.lcm(one.below, other.below)
            return self._scaled(one, whole // one.below), self._scaled(other, whole // other.below)
        if self.terms.is_one(one.below, other.below):
            return (one.above, one.span), (other.above, other.span)
        return (
            self.times(one.above, one.span, other.below, other.below_span),
            self.times(other.above, other.span, one.below, one.below_span),
        )

    def _scaled(self, number: Number, factor: int) -> tuple[Whole, Span]:
        return self.terms.times(factor, number.above), Span(number.span.low * factor, number.span.high * factor)

    def equal(self, one: Number, other: Number) -> Formula:
        """Say that two numbers are one, where both are known."""
        return self._crossed(one, "==", other)

    # -- operations --------------------------------------------------------------------------------------------------

    def times(self, one: Whole, span: Span, other: Whole, other_span: Span) -> tuple[Whole, Span]:
        """Multiply two whole numbers."""
        corners = [a * b for a in (span.low, span.high) for b in (other_span.low, other_span.high)]
        return self._times(one, span, other, other_span), Span(min(corners), max(corners))

    def _times(self, one: Whole, span: Span, other: Whole, other_span: Span) -> Whole:
        if isinstance(one, int):
            return self.terms.times(one, other)
        if isinstance(other, int):
            return self.terms.times(other, one)
        if span.width < other_span.width:
            one, span, other, other_span = other, other_span, one, span
        if other_span.width > WRITTEN_OUT:
            return self.terms.product(one, other)
        steps = range(other_span.low + 1, other_span.high + 1)
        parts = [self.terms.picked(self.terms.at_most(each, other), one, 0) for each in steps]
        return self.terms.sum_of([self.terms.times(other_span.low, one), *parts])

    def combined(self, operator: str, one: Number, other: Number) -> Number:
        """Add, subtract or multiply; what is not known makes the result unknown."""
        known = self.terms.all_of((one.known, other.known))
        below, below_span = self._common(one, other) if operator != "*" else self._below(one, other)
        if operator == "*":
            above, span = self.times(one.above, one.span, other.above, other.span)
            return Number(known, above, span, below, below_span)
        (left, left_span), (right, right_span) = self._over_one(one, other)
        if operator == "-":
            right, right_span = self.terms.times(-1, right), Span(-right_span.high, -right_span.low)
        span = Span(left_span.low + right_span.low, left_span.high + right_span.high)
        return Number(known, self.terms.sum_of((left, right)), span, below, below_span)

    def _below(self, one: Number, other: Number) -> tuple[Whole, Span]:
        return self.times(one.below, one.below_span, other.below, other.below_span)

    def _common(self, one: Number, other: Number) -> tuple[Whole, Span]:
        """Give the denominator that `_over_one` brings two numbers over."""
        if isinstance(one.below, int) and isinstance(other.below, int):
            whole = math.lcm(one.below, other.below)
            return whole, Span(whole, whole)
        if self.terms.is_one(one.below, other.below):
            return one.below, one.below_span
        return self._below(one, other)

    def divided(self, one: Number, other: Number) -> Number:
        """Divide by what is not negative; a divisor of zero makes the quotient unknown."""
        known = self.terms.all_of((one.known, other.known, self.terms.below(0, other.above)))
        if known is False:
            return known_where(constant(0), False)
        above, span = self.times(one.above, one.span, other.below, other.below_span)
        # A divisor of zero leaves nothing known, so that its range may begin at one.
        divisor_span = Span(max(other.span.low, 1), max(other.span.high, 1))
        below, below_span = self.times(one.below, one.below_span, other.above, divisor_span)
        if isinstance(above, int) and isinstance(below, int) and below > 0:
            return known_where(constant(Fraction(above, below)), known)
        return Number(known, above, span, below, below_span)

    def negative(self, number: Number) -> Number:
        """Turn the sign."""
        return self.combined("-", constant(0), number)

    def chosen(self, condition: Formula, then: Number, otherwise: Number) -> tuple[Whole, Span, Whole, Span]:
        """Give numerator and denominator of one of two numbers."""
        if isinstance(then.below, int) and isinstance(otherwise.below, int):
            (one, one_span), (other, other_span) = self._over_one(then, otherwise)
            below, below_span = self._common(then, otherwise)
        else:
            (one, one_span), (other, other_span) = (then.above, then.span), (otherwise.above, otherwise.span)
            below = self.terms.picked(condition, then.below, otherwise.below)
            below_span = hull(then.below_span, otherwise.below_span)
        return self.terms.picked(condition, one, other), hull(one_span, other_span), below, below_span

    def rounded(self, number: Number, places: int) -> Number:
        """Round half up, away from zero."""
        scale = 10**places
        held = constant_of(number)
        if held is not None:
            whole = math.floor(abs(held) * scale + Fraction(1, 2))
            return constant(Fraction(whole if held >= 0 else -whole, scale))
        terms = self.terms
        negative = terms.below(number.above, 0)
        size = terms.picked(negative, terms.times(-1, number.above), number.above)
        largest = max(abs(number.span.low), abs(number.span.high))
        least = max(number.below_span.low, 1)
        most = largest * scale // least + 1
        result = self._nearest(number, size, scale, most)
        above = terms.picked(negative, terms.times(-1, result), result)
        return Number(number.known, above, Span(-most, most), scale, Span(scale, scale))

    def _nearest(self, number: Number, size: Whole, scale: int, most: int) -> Handle:
        """Give the whole number next to `size * scale / below`, halves up."""
        key = tuple(each if isinstance(each, int) else ("term", each.value) for each in (size, number.below, scale))
        if key not in self._rounded:
            terms = self.terms
            result = self._rounded[key] = terms.helper()
            # result - 1/2 <= size * scale / below < result + 1/2, times two, times below.
            twice, _ = self.times(result, Span(0, most), number.below, number.below_span)
            middle = terms.sum_of((terms.times(2 * scale, size), number.below))
            upper = terms.sum_of((terms.times(2, twice), terms.times(2, number.below)))
            between = (terms.at_most(terms.times(2, twice), middle), terms.below(middle, upper))
            terms.axioms.append(terms.implied(terms.below(0, number.below), terms.all_of(between)))
            terms.axioms += [terms.at_most(0, result), terms.at_most(result, most)]
        return self._rounded[key]


def known_where(number: Number, known: Formula) -> Number:
    """Give a number that is known where a formula holds."""
    return Number(known, number.above, number.span, number.below, number.below_span)


def hull(one: Span, other: Span) -> Span:
    """Give the range that holds both."""
    return Span(min(one.low, other.low), max(one.high, other.high))
