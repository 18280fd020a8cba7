"""
Checked trees to expressions of a column: claims as true, false or null, numbers as whole ones, codes and days as such.

What an expression reads of the members stands in columns already (`_rosters`), and so do definitions and rules that
are read more than once. Whatever a pack says enters as a literal; only names made here are names of columns.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, assert_never

import attrs

from fupin_rules.columnar import _numbers as numbers
from fupin_rules.columnar._days import months, years
from fupin_rules.columnar._engines import narwhals
from fupin_rules.columnar._kleene import Claim, among, both, by_row, chosen, either, is_open, negated, only_where
from fupin_rules.columnar._numbers import SIGNS, Number
from fupin_rules.expr import (
    FUNCTIONS,
    MIRRORED,
    And,
    Arithmetic,
    Call,
    Compare,
    Expr,
    IfElse,
    In,
    IsKnown,
    Item,
    Kind,
    Literal,
    Name,
    Negative,
    Not,
    Or,
    OrElse,
    Quantifier,
    SetOf,
    span_as_days,
)
from fupin_rules.policy import Meaning

# Beside a fact that holds a day, the column that holds it where it is no later than the day of the assessment.
UNTIL_TODAY: Final = "until today"

if TYPE_CHECKING:
    import narwhals.stable.v2 as nw


@attrs.define(eq=False)
class Lowering:
    """
    Lowers trees where one frame is at hand.

    Attributes:
        meaning: What names stand for.
        names: Columns of facts, definitions and rules that this frame has, by name: an expression, or a number. Codes
            that are looked for in a fact with several have each their own, by path and code, and so have days that
            spans begin on.
        items: Columns of facts of the member at hand, likewise; empty where the frame is one of subjects.
        held: Trees that stand in columns already, such as quantifiers once the members were asked.
        numbered: Whether the columns of codes hold numbers, the places of codes in their sorted list.
    """

    meaning: Meaning
    names: Mapping[Any, Any]
    items: Mapping[Any, Any] = attrs.field(factory=dict)
    held: Mapping[Expr, Any] = attrs.field(factory=dict)
    numbered: bool = False

    # -- claims ------------------------------------------------------------------------------------------------------

    def claim(self, expr: Expr) -> Claim:
        """Lower a claim."""
        if self.held and expr in self.held:
            return self.held[expr]  # type: ignore[no-any-return]
        match expr:
            case Literal(value):
                return value is True
            case Name(path):
                return self.names[path] if path in self.names else self.claim(self.meaning.named[path])
            case Item(path):
                return self.items[path]  # type: ignore[no-any-return]
            case Not(operand):
                return negated(self.claim(operand))
            case And(operands):
                return both(self.claim(each) for each in operands)
            case Or(operands):
                return either(self.claim(each) for each in operands)
            case Compare(operands, comparators):
                pairs = zip(operands, comparators, operands[1:], strict=False)
                return both(self._pair(one, sign, other) for one, sign, other in pairs)
            case In():
                return self._member_of(expr)
            case IfElse(condition, then, otherwise):
                return chosen(self.claim(condition), self.claim(then), self.claim(otherwise))
            case IsKnown(operand):
                return negated(self.open(operand))
            case OrElse(operand, default) if self.meaning.with_defaults:
                told, stood_in = self.claim(operand), self.claim(default)
                return told if isinstance(told, bool) else by_row(told.is_null(), stood_in, told)
            case OrElse(operand):
                return self.claim(operand)
            case SetOf() | Arithmetic() | Negative() | Call() | Quantifier():
                raise AssertionError(f"`{type(expr).__name__}` is no claim, or was to be held")
            case never:
                assert_never(never)

    def open(self, expr: Expr) -> Claim:
        """Tell where a value is not known."""
        match self.meaning.kind(expr):
            case Kind.CLAIM:
                return is_open(self.claim(expr))
            case Kind.NUMBER:
                return numbers.is_open(self.number(expr))
            case Kind.TEXT if self.meaning.is_fact(self.meaning.followed(expr)):
                # Of a text, the column says only whether there is one.
                return negated(self._fact(self.meaning.followed(expr)))
            case _:
                value = self.value(expr)
                return False if _is_constant(value) else value.is_null()

    def _fact(self, expr: Expr) -> Any:
        assert isinstance(expr, (Name, Item))
        return (self.names if isinstance(expr, Name) else self.items)[expr.path]

    # -- comparisons -------------------------------------------------------------------------------------------------

    def _pair(self, left: Expr, sign: str, right: Expr) -> Claim:
        match self.meaning.kind(left):
            case Kind.CLAIM:
                return self._same(self.claim(left), self.claim(right), holds=sign == "==")
            case Kind.NUMBER:
                for value, asked, limit in ((left, sign, right), (right, MIRRORED[sign], left)):
                    span = self._span(value, asked, limit)
                    if span is not None:
                        return span
                return numbers.compared(self.number(left), sign, self.number(right))
            case _:
                codes = self._codes_of(left) or self._codes_of(right)
                return self._in_order(self.value(left, codes), sign, self.value(right, codes))

    def _same(self, one: Claim, other: Claim, *, holds: bool) -> Claim:
        if isinstance(one, bool):
            one, other = other, one
        if isinstance(other, bool):
            return one if other is holds else negated(one)
        assert not isinstance(one, bool)
        return one == other if holds else one != other

    def _in_order(self, one: Any, sign: str, other: Any) -> Claim:
        if _is_constant(one):
            # The column goes first: a constant has no way to ask it.
            one, sign, other = other, MIRRORED[sign], one
        found: Claim = SIGNS[sign](one, other)
        return found

    def _span(self, one: Expr, sign: str, other: Expr) -> Claim | None:
        """Turn an age, or another span up to a known day, against a constant into a comparison of days."""
        call, limit = self.meaning.followed(one), self.meaning.constant(other)
        if not (isinstance(call, Call) and isinstance(limit, (int, Fraction)) and call.function != "round_half_up"):
            return None
        to_assessment = FUNCTIONS[call.function].to_assessment
        until = self.meaning.on if to_assessment else self.meaning.constant(call.arguments[1])
        start = self._start(call)
        if isinstance(start, date) or not isinstance(until, date):
            return None
        word, tests = span_as_days(call.function, sign, limit, until)
        join = both if word == "and" else either
        found = join(test if isinstance(test, bool) else SIGNS[test[0]](start, test[1]) for test in tests)
        # Where the calendar decides by itself, the day must still be known.
        return only_where(~start.is_null(), found) if isinstance(found, bool) else found

    def _start(self, call: Call) -> Any:
        """Give the day on which a span begins; one after the assessment has none up to it: it is wrong, or too new."""
        day = self.meaning.followed(call.arguments[0])
        if not FUNCTIONS[call.function].to_assessment:
            return self.value(day)
        if isinstance(day, (Name, Item)) and self.meaning.is_fact(day):
            return (self.names if isinstance(day, Name) else self.items)[day.path, UNTIL_TODAY]
        found = self.value(day)
        return found if isinstance(found, date) else only_where(found <= self.meaning.on, found)

    # -- membership --------------------------------------------------------------------------------------------------

    def _member_of(self, expr: In) -> Claim:
        collection = self.meaning.followed(expr.collection)
        if isinstance(collection, SetOf):
            values = [value for each in collection.elements if (value := self.meaning.constant(each)) is not None]
            return self._among(expr.element, values)
        held = self.meaning.constant(collection)
        if isinstance(held, frozenset):
            return self._among(expr.element, sorted(held))
        assert isinstance(expr.element, Literal)
        assert isinstance(collection, (Name, Item))
        found: Claim = (self.names if isinstance(collection, Name) else self.items)[
            collection.path, str(expr.element.value)
        ]
        return found

    def _among(self, element: Expr, values: list[Any]) -> Claim:
        if self.meaning.kind(element) is Kind.NUMBER:
            number = attrs.evolve(self.number(element), bounds=None)
            return either(numbers.compared(number, "==", numbers.of_constant(value)) for value in values)
        codes = self._codes_of(element)
        value = self.value(element, codes)
        if isinstance(value, (str, date)):
            return value in values
        return among(value, [codes.index(each) for each in values if each in codes] if codes else values)

    # -- values ------------------------------------------------------------------------------------------------------

    def value(self, expr: Expr, codes: Sequence[str] = ()) -> Any:
        """
        Lower a code, a text or a day: an expression, or a constant.

        Args:
            expr: A checked tree.
            codes: The list that a constant code is given a number from; empty where it stays a text.
        """
        constant = self.meaning.constant(expr)
        if isinstance(constant, str) and codes:
            return codes.index(constant)
        if isinstance(constant, (str, date)):
            return constant
        match expr:
            case Name(path) if path not in self.names:
                return self.value(self.meaning.named[path], codes)
            case Name() | Item():
                return self._fact(expr)
            case IfElse(condition, then, otherwise):
                return self._either(self.claim(condition), self.value(then, codes), self.value(otherwise, codes))
            case OrElse(operand, default):
                told = self.value(operand, codes)
                if _is_constant(told) or not self.meaning.with_defaults:
                    return told
                return by_row(told.is_null(), self.value(default, codes), told)
            case Literal() | SetOf() | Arithmetic() | Negative() | Call() | Quantifier():
                raise AssertionError(f"`{type(expr).__name__}` is no code, text or day")
            case Not() | And() | Or() | Compare() | In() | IsKnown():
                raise AssertionError(f"`{type(expr).__name__}` is a claim")
            case never:
                assert_never(never)

    def _codes_of(self, expr: Expr) -> tuple[str, ...]:
        """Give the list that numbers stand for in the columns a code is read from; empty where there are none."""
        expr = self.meaning.followed(expr)
        match expr:
            case Name() | Item() if self.numbered and self.meaning.is_fact(expr):
                return tuple(sorted(self.meaning.declared(expr).type.codes))
            case IfElse(_, one, other) | OrElse(one, other):
                return self._codes_of(one) or self._codes_of(other)
            case _:
                return ()

    def _either(self, condition: Claim, then: Any, otherwise: Any) -> Any:
        if isinstance(condition, bool):
            return then if condition else otherwise
        if _is_constant(then) and _is_constant(otherwise):
            if then == otherwise:
                return then
            return by_row(condition, then, only_where(~condition, otherwise))
        same = self._in_order(then, "==", otherwise)
        assert not isinstance(same, bool)
        return by_row(condition, then, by_row(~condition, otherwise, only_where(same, then)))

    # -- numbers -----------------------------------------------------------------------------------------------------

    def number(self, expr: Expr) -> Number:
        """Lower a number."""
        constant = self.meaning.constant(expr)
        if isinstance(constant, (int, Fraction)):
            return numbers.of_constant(constant)
        match expr:
            case Name(path) if path in self.names:
                return self._of_column(self.names[path], expr)
            case Name(path):
                return self.number(self.meaning.named[path])
            case Item(path):
                return self._of_column(self.items[path], expr)
            case Quantifier():
                return self.held[expr]  # type: ignore[no-any-return]
            case Arithmetic("/", left, right):
                return numbers.quotient(self.number(left), self.number(right))
            case Arithmetic("*", left, right):
                return numbers.product(self.number(left), self.number(right))
            case Arithmetic(sign, left, right):
                return numbers.plus(self.number(left), self.number(right), minus=sign == "-")
            case Negative(operand):
                return numbers.plus(Number(0), self.number(operand), minus=True)
            case IfElse(condition, then, otherwise):
                return self._one_of(self.claim(condition), self.number(then), self.number(otherwise))
            case OrElse(operand, default):
                told = attrs.evolve(self.number(operand), bounds=None)
                lacks = numbers.is_open(told)
                if not self.meaning.with_defaults or isinstance(lacks, bool):
                    return told
                return self._picked(lacks, self.number(default), told)
            case Call():
                return self._called(expr)
            case Literal() | SetOf() | Not() | And() | Or() | Compare() | In() | IsKnown():
                raise AssertionError(f"`{type(expr).__name__}` is no number")
            case never:
                assert_never(never)

    def _of_column(self, held: Any, node: Name | Item) -> Number:
        if isinstance(held, Number):
            return held
        places = self.meaning.declared(node).type.places
        assert places is not None, "a fact has places"
        return Number(held, places)

    def _one_of(self, condition: Claim, then: Number, otherwise: Number) -> Number:
        # A count is decided by its bounds only where it is compared itself.
        one, other = attrs.evolve(then, bounds=None), attrs.evolve(otherwise, bounds=None)
        if isinstance(condition, bool):
            return one if condition else other
        same = numbers.compared(one, "==", other)
        if same is True:
            return one
        settled = self._picked(condition, one, other)
        # With the condition open, the two must be the same.
        alike = ~condition.is_null() if isinstance(same, bool) else ~condition.is_null() | same
        assert not isinstance(settled.top, int), "one of two is a column"
        return attrs.evolve(settled, top=only_where(alike, settled.top))

    def _picked(self, condition: nw.Expr, then: Number, otherwise: Number) -> Number:
        """Take one of two numbers, both brought to the same places."""
        places = max(then.places, otherwise.places)
        one, other = (numbers.times(each.top, 10 ** (places - each.places)) for each in (then, otherwise))
        top = by_row(condition, one, other)
        if then.below is None and otherwise.below is None:
            return Number(top, places)
        return Number(
            top, places, by_row(condition, *(1 if each.below is None else each.below for each in (then, otherwise)))
        )

    def _called(self, call: Call) -> Number:
        if call.function == "round_half_up":
            places = self.meaning.constant(call.arguments[1])
            assert isinstance(places, int)
            return numbers.rounded(self.number(call.arguments[0]), places)
        to_assessment = FUNCTIONS[call.function].to_assessment
        start = self._start(call)
        if to_assessment and isinstance(start, date) and start > self.meaning.on:
            return Number(narwhals().lit(None).cast(narwhals().Int64))
        end = self.meaning.on if to_assessment else self.value(call.arguments[1])
        counted = months(start, end)
        return Number(years(counted) if call.function in ("age", "years_between") else counted)


def _is_constant(value: Any) -> bool:
    return isinstance(value, (int, str, date))
