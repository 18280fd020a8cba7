"""
Checked trees as terms of the solver: the third reader of the rules of a snapshot.

Every node says what the reference evaluator says, in its order: unknown only where the known facts do not settle the
value. Members are written out place by place. What two snapshots share becomes one term.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final, assert_never

import attrs

from fupin_rules.comparison._arithmetic import Arithmetic, constant, constant_of, hull, known_where
from fupin_rules.comparison._calendar import Calendar
from fupin_rules.comparison._facts import Facts
from fupin_rules.comparison._terms import Formula, Terms
from fupin_rules.comparison._values import Claim, Codes, Day, Lowered, Number, Span
from fupin_rules.expr import (
    FUNCTIONS,
    MIRRORED,
    And,
    Call,
    Compare,
    Expr,
    IfElse,
    In,
    IsKnown,
    Item,
    Kind,
    Literal,
    LiteralValue,
    Name,
    Negative,
    Not,
    Or,
    OrElse,
    Quantifier,
    SetOf,
    Value,
    span_as_days,
)
from fupin_rules.expr import (
    Arithmetic as Operation,
)
from fupin_rules.periods import FIRST_DAY, LAST_DAY
from fupin_rules.policy import Meaning

# Every place of the roster asks for the same days.
_days = functools.lru_cache(maxsize=1024)(span_as_days)
_YEARS: Final = frozenset({"age", "years_between"})
_LONGEST: Final = LAST_DAY.year - FIRST_DAY.year + 1


class Reader:
    """
    Reads the rules of one snapshot about one subject.

    Args:
        meaning: What names stand for.
        facts: The subject.
        arithmetic: Of the question.
        calendar: Of the question.
    """

    def __init__(self, meaning: Meaning, facts: Facts, arithmetic: Arithmetic, calendar: Calendar) -> None:
        self.meaning = meaning
        self.facts = facts
        self.arithmetic = arithmetic
        self.calendar = calendar
        self.terms: Terms = facts.terms
        self._read: dict[tuple[Expr, Kind, int | None], Lowered] = {}

    def claim(self, expr: Expr, place: int | None = None) -> Claim:
        """Read a claim."""
        found = self.read(expr, place)
        assert isinstance(found, Claim)
        return found

    def read(self, expr: Expr, place: int | None = None) -> Lowered:
        """
        Read a checked tree.

        Args:
            expr: The tree.
            place: Place of the member at hand in the roster, inside a quantifier.
        """
        # Trees are equal where True and 1 stand in the same place; what sort of value is meant tells them apart.
        key = (expr, self.meaning.kind(expr), None if isinstance(expr, Name) else place)
        if key not in self._read:
            self._read[key] = self._lowered(expr, place)
        return self._read[key]

    def _lowered(self, expr: Expr, place: int | None) -> Lowered:
        terms = self.terms
        match expr:
            case Literal(value):
                return _constant(value)
            case Name(path) if path in self.meaning.named:
                return self.read(self.meaning.named[path])
            case Name(path) if path in self.meaning.constants:
                return _constant(self.meaning.constants[path])
            case Name(path):
                return self.facts.read(path, None)
            case Item(path):
                return self.facts.read(path, place)
            case Not(operand):
                claim = self.claim(operand, place)
                return Claim(claim.no, claim.yes)
            case And(operands):
                return self._all([self.claim(each, place) for each in operands])
            case Or(operands):
                return self._any([self.claim(each, place) for each in operands])
            case Compare(operands, comparators):
                pairs = zip(operands, comparators, operands[1:], strict=False)
                return self._all([self._compared(one, sign, other, place) for one, sign, other in pairs])
            case In():
                return self._member_of(expr, place)
            case SetOf():
                raise AssertionError("a set stands only on the right of `in`")
            case Operation(operator, left, right):
                one, other = self._number(left, place), self._number(right, place)
                if operator == "/":
                    return self.arithmetic.divided(one, other)
                return self.arithmetic.combined(operator, one, other)
            case Negative(operand):
                return self.arithmetic.negative(self._number(operand, place))
            case IfElse(condition, then, otherwise):
                return self._if_else(self.claim(condition, place), self.read(then, place), self.read(otherwise, place))
            case Call():
                return self._called(expr, place)
            case IsKnown(operand):
                known = self._known(self.read(operand, place))
                return Claim(known, terms.negated(known))
            case OrElse(operand, default):
                told = self.read(operand, place)
                if self.meaning.with_defaults:
                    return self._stood_in(told, self.read(default, place))
                return attrs.evolve(told, bounds=None) if isinstance(told, Number) else told
            case Quantifier():
                return self._quantified(expr)
            case _ as never:
                assert_never(never)

    # -- claims ------------------------------------------------------------------------------------------------------

    def _all(self, claims: Iterable[Claim]) -> Claim:
        held = tuple(claims)
        return Claim(self.terms.all_of(each.yes for each in held), self.terms.any_of(each.no for each in held))

    def _any(self, claims: Iterable[Claim]) -> Claim:
        held = tuple(claims)
        return Claim(self.terms.any_of(each.yes for each in held), self.terms.all_of(each.no for each in held))

    def _known(self, value: Lowered) -> Formula:
        return self.terms.any_of((value.yes, value.no)) if isinstance(value, Claim) else value.known

    def _compared(self, left: Expr, sign: str, right: Expr, place: int | None) -> Claim:
        span = self._span(left, sign, right, place) or self._span(right, MIRRORED[sign], left, place)
        if span is not None:
            return span
        one, other = self.read(left, place), self.read(right, place)
        if isinstance(one, Number) and isinstance(other, Number):
            return self.arithmetic.compared(one, sign, other)
        if isinstance(one, Day) and isinstance(other, Day):
            return self._settled((one.known, other.known), self.terms.compared(one.ordinal, sign, other.ordinal))
        same = self._same(one, other)
        if isinstance(one, Claim) and isinstance(other, Claim):
            claim = Claim(same, self._same(one, Claim(other.no, other.yes)))
        else:
            claim = self._settled((self._known(one), self._known(other)), same)
        return claim if sign == "==" else Claim(claim.no, claim.yes)

    def _settled(self, known: Iterable[Formula], holds: Formula) -> Claim:
        """Make a claim that is open unless everything it reads is known."""
        told = tuple(known)
        return Claim(self.terms.all_of((*told, holds)), self.terms.all_of((*told, self.terms.negated(holds))))

    def _same(self, one: Lowered, other: Lowered) -> Formula:
        """Say that two values are one; of claims, that both are settled alike, of others where both are known."""
        terms = self.terms
        match one, other:
            case Claim(), Claim():
                return terms.any_of((terms.all_of((one.yes, other.yes)), terms.all_of((one.no, other.no))))
            case Number(), Number():
                return self.arithmetic.equal(one, other)
            case Day(), Day():
                return terms.equal(one.ordinal, other.ordinal)
            case Codes(is_set=True), Codes():
                return terms.all_of(
                    terms.same(one.holds(code), other.holds(code)) for code in sorted(one.possible | other.possible)
                )
            case Codes(), Codes():
                shared = sorted(one.possible & other.possible)
                return terms.any_of(terms.all_of((one.holds(code), other.holds(code))) for code in shared)
            case _:
                raise AssertionError("values of two sorts")

    def _member_of(self, expr: In, place: int | None) -> Claim:
        element, terms = self.read(expr.element, place), self.terms
        collection = self.meaning.followed(expr.collection)
        if isinstance(collection, SetOf):
            listed = [self.read(each) for each in collection.elements]
            return self._settled((self._known(element),), terms.any_of(self._same(element, each) for each in listed))
        if isinstance(collection, Name) and collection.path in self.meaning.constants:
            held = self.meaning.constants[collection.path]
            assert isinstance(held, frozenset)
            assert isinstance(element, Codes)
            return self._settled((element.known,), terms.any_of(element.holds(code) for code in sorted(held)))
        several = self.read(expr.collection, place)
        assert isinstance(several, Codes)
        assert isinstance(expr.element, Literal)
        return self._settled((several.known,), several.holds(str(expr.element.value)))

    # -- one of two --------------------------------------------------------------------------------------------------

    def _if_else(self, condition: Claim, then: Lowered, otherwise: Lowered) -> Lowered:
        """Give one of two values; with the claim open, known only where both are known and equal."""
        terms = self.terms
        match then, otherwise:
            case Claim(), Claim():
                rails = [
                    terms.any_of(
                        (
                            terms.all_of((condition.yes, one)),
                            terms.all_of((condition.no, other)),
                            terms.all_of((one, other)),
                        )
                    )
                    for one, other in ((then.yes, otherwise.yes), (then.no, otherwise.no))
                ]
                return Claim(*rails)
            case _:
                both = (self._known(then), self._known(otherwise))
                known = terms.any_of(
                    (
                        terms.all_of((condition.yes, both[0])),
                        terms.all_of((condition.no, both[1])),
                        terms.all_of((*both, self._same(then, otherwise))),
                    )
                )
                return self._one_of(known, condition.no, otherwise, then)

    def _stood_in(self, told: Lowered, default: Lowered) -> Lowered:
        """Give a value, or what stands in for it where it is not known."""
        terms = self.terms
        known = self._known(told)
        if isinstance(told, Claim) and isinstance(default, Claim):
            return Claim(
                terms.any_of((told.yes, terms.all_of((terms.negated(known), default.yes)))),
                terms.any_of((told.no, terms.all_of((terms.negated(known), default.no)))),
            )
        either = terms.any_of((known, self._known(default)))
        return self._one_of(either, known, told, default)

    def _one_of(self, known: Formula, condition: Formula, then: Lowered, otherwise: Lowered) -> Lowered:
        """
        Join two values that are no claims.

        Args:
            known: Whether the result is known.
            condition: Which of the two it is.
            then: Where the condition holds.
            otherwise: Where it does not.
        """
        terms = self.terms  # Not `self`: a circle would keep the solver in memory.
        match then, otherwise:
            case Number(), Number():
                above, span, below, below_span = self.arithmetic.chosen(condition, then, otherwise)
                # A count is decided by its bounds only where it is compared itself.
                return Number(known, above, span, below, below_span)
            case Day(), Day():
                return Day(known, terms.picked(condition, then.ordinal, otherwise.ordinal))
            case Codes(), Codes():
                return Codes(
                    known,
                    then.possible | otherwise.possible,
                    lambda code: terms.chosen(condition, then.holds(code), otherwise.holds(code)),
                    then.is_set,
                )
            case _:
                raise AssertionError("values of two sorts")

    # -- numbers and days --------------------------------------------------------------------------------------------

    def _number(self, expr: Expr, place: int | None) -> Number:
        found = self.read(expr, place)
        assert isinstance(found, Number)
        return found

    def _day(self, expr: Expr, place: int | None) -> Day:
        found = self.read(expr, place)
        assert isinstance(found, Day)
        return found

    def _ends(self, call: Call, place: int | None) -> tuple[Day, Day, Formula]:
        """Give the days on which a span begins and ends, and say where it is known."""
        start = self._day(call.arguments[0], place)
        if not FUNCTIONS[call.function].to_assessment:
            end = self._day(call.arguments[1], place)
            return start, end, self.terms.all_of((start.known, end.known))
        on = self.meaning.on.toordinal()
        # A day after that of the assessment has no span: it is wrong, or too new.
        known = self.terms.all_of((start.known, self.terms.at_most(start.ordinal, on)))
        return start, Day(True, on), known

    def _span(self, expr: Expr, sign: str, limit: Expr, place: int | None) -> Claim | None:
        """Compare an age, or another span up to a known day, with a constant by comparing days."""
        call = self.meaning.followed(expr)
        if not isinstance(call, Call) or call.function == "round_half_up":
            return None
        number = self.read(limit, place)
        least = constant_of(number) if isinstance(number, Number) else None
        if least is None:
            return None
        start, end, known = self._ends(call, place)
        if not isinstance(end.ordinal, int):
            return None
        word, tests = _days(call.function, sign, least, date.fromordinal(end.ordinal))
        join = self.terms.all_of if word == "and" else self.terms.any_of
        holds = join(
            test if isinstance(test, bool) else self.terms.compared(start.ordinal, test[0], test[1].toordinal())
            for test in tests
        )
        return self._settled((known,), holds)

    def _called(self, call: Call, place: int | None) -> Number:
        if call.function == "round_half_up":
            places = call.arguments[1]
            assert isinstance(places, Literal)
            assert isinstance(places.value, Decimal)
            return self.arithmetic.rounded(self._number(call.arguments[0], place), int(places.value))
        start, end, known = self._ends(call, place)
        in_years = call.function in _YEARS
        count = self.calendar.years if in_years else self.calendar.months
        most = _LONGEST * (1 if in_years else 12)
        return Number(known, count(start.ordinal, end.ordinal), Span(-most, most))

    # -- members -----------------------------------------------------------------------------------------------------

    def _quantified(self, expr: Quantifier) -> Lowered:
        match expr.kind:
            case "any":
                return self._any_member(expr)
            case "all":
                claim = self._any_member(expr, contrary=True)
                return Claim(claim.no, claim.yes)
            case "count":
                return self._counted(expr)
            case "sum":
                return self._summed(expr)
            case "min" | "max":
                return self._extreme(expr)

    def _kept(self, expr: Quantifier, place: int) -> Claim:
        """Tell whether a place counts: somebody is there, and passes the filter."""
        present = self.facts.present(place)
        kept = Claim(True, False) if expr.where is None else self.claim(expr.where, place)
        return Claim(self.terms.all_of((present, kept.yes)), self.terms.any_of((self.terms.negated(present), kept.no)))

    def _any_member(self, expr: Quantifier, *, contrary: bool = False) -> Claim:
        """Say that some member passes the filter and meets the item, or, contrary, fails it."""
        assert expr.item is not None
        yes, no = [], []
        for place in range(self.facts.members):
            kept, item = self._kept(expr, place), self.claim(expr.item, place)
            meets, fails = (item.no, item.yes) if contrary else (item.yes, item.no)
            yes.append(self.terms.all_of((kept.yes, meets)))
            no.append(self.terms.any_of((kept.no, fails)))
        return Claim(self.terms.any_of(yes), self.terms.all_of((self.facts.complete(), *no)))

    def _counted(self, expr: Quantifier) -> Number:
        closed, arithmetic = self.facts.complete(), self.arithmetic
        if expr.where is None:
            everybody = self.facts.everybody()
            return arithmetic.counted(everybody, everybody, closed)
        kept = [self._kept(expr, place) for place in range(self.facts.members)]
        low = arithmetic.tally(each.yes for each in kept)
        high = arithmetic.tally(self.terms.negated(each.no) for each in kept)
        return arithmetic.counted(low, high, closed)

    def _items(self, expr: Quantifier) -> tuple[list[tuple[Claim, Number]], Formula]:
        """Give the number of each place, and say that those which count are all known."""
        assert expr.item is not None
        items = [(self._kept(expr, place), self._number(expr.item, place)) for place in range(self.facts.members)]
        told = (self.terms.any_of((kept.no, self.terms.all_of((kept.yes, item.known)))) for kept, item in items)
        return items, self.terms.all_of((self.facts.complete(), *told))

    def _summed(self, expr: Quantifier) -> Number:
        items, known = self._items(expr)
        total = constant(0)
        for kept, item in items:
            above = self.terms.picked(kept.yes, item.above, 0)
            part = Number(True, above, hull(item.span, Span(0, 0)), item.below, item.below_span)
            total = self.arithmetic.combined("+", total, part)
        return known_where(total, known)

    def _extreme(self, expr: Quantifier) -> Number:
        items, known = self._items(expr)
        sign = "<" if expr.kind == "min" else ">"
        best, found = items[0][1], items[0][0].yes
        for kept, item in items[1:]:
            better = self.arithmetic.compared(known_where(item, True), sign, known_where(best, True)).yes
            taken = self.terms.all_of((kept.yes, self.terms.any_of((self.terms.negated(found), better))))
            best = Number(True, *self.arithmetic.chosen(taken, item, best))
            found = self.terms.any_of((found, kept.yes))
        # Of nobody there is neither a least nor a greatest.
        return known_where(best, self.terms.all_of((known, found)))


def _constant(value: LiteralValue | Value) -> Lowered:
    match value:
        case bool():
            return Claim(value, not value)
        case int() | Fraction() | Decimal():
            return constant(Fraction(value))
        case date():
            return Day(True, value.toordinal())
        case str():
            return Codes(True, frozenset({value}), lambda code: code == value)
        case _:
            raise AssertionError("a set stands only on the right of `in`")
