"""
Checked trees to Python source: two rails for every claim, "surely so" and "surely not", each plain two-valued code.

Negations are pushed down to the atoms, so that an unknown value makes both rails false there and nothing has to be
asked twice. Numbers stay exact: quotients are compared by cross-multiplication, a quotient that is counted on becomes a
fraction. Members are gone through once for all quantifiers. Only names made here and attribute names of the model stand
in the source; whatever a pack says enters as a constant beside it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final, assert_never

import attrs

from fupin_rules.engine.compiled._paper import MEMBER, SUBJECT, Block, Paper
from fupin_rules.engine.compiled._rails import Joined, both, denied, either, text
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
    Value,
    children,
    name_nodes,
    span_as_days,
    walk,
)
from fupin_rules.policy import Meaning
from fupin_rules.truth import NotKnown

_OPPOSITE: Final = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}
# Of two opposites, the one that is worked out; the other is read off it.
_ASKED: Final = frozenset({"<", ">", "=="})
_SPANS: Final = frozenset({"age", "months_since", "years_between", "months_between"})
_TO_ASSESSMENT: Final = frozenset(name for name, function in FUNCTIONS.items() if function.to_assessment)
# What is written as a condition, with no line before it that works something out.
_COMPARED: Final = (And, Compare, In, Item, Literal, Name, Not, Or, SetOf)
# Deeper claims become locals: brackets nest two hundred deep at most.
MAX_INLINE: Final = 16


@attrs.frozen
class _Number:
    """
    A number in the source.

    Attributes:
        text: An expression without side effects; None when it is not known.
        may_miss: Whether it can be None.
        divisor: Text of a positive divisor still to be applied; empty for none.
        low: Text of a lower bound, for a count; empty otherwise. `text` is then not used.
        high: Text of an upper bound.
        is_fraction: Whether the value can be a `Fraction`, which neither adds up nor multiplies with decimals.
        is_fact: Whether the text is a bare fact, which may hold the reason why it is not known instead of None.
    """

    text: str
    may_miss: bool = True
    divisor: str = ""
    low: str = ""
    high: str = ""
    is_fraction: bool = False
    is_fact: bool = False


class Writer:
    """
    Writes one function of one subject.

    Args:
        meaning: What names stand for.
        careful: Whether facts may hold the reason why they are not known; otherwise such a fact is a `TypeError`
            wherever it would be taken for a value, and `again`, the careful function, is asked. It is asked as well
            where the caller's decimals have fewer digits than `digits`.
    """

    def __init__(self, meaning: Meaning, *, careful: bool) -> None:
        self.meaning = meaning
        self.paper = Paper(careful=careful)
        self._uses: Counter[str] = Counter()
        self._depths: dict[str, int] = {}
        self._folds: dict[Quantifier, _Number | str] = {}
        self._claims: set[str] = set()

    # -- the whole ---------------------------------------------------------------------------------------------------

    def write(self, name: str, claims: Mapping[str, Expr]) -> str:
        """
        Write a function that gives the claims, in order, each True, False, or None where it is not known.

        Args:
            name: Of the function.
            claims: Checked trees.
        """
        self._uses = Counter(node.path for root in self.meaning.reached(claims.values()) for node in name_nodes(root))
        self._uses += Counter(each.path for each in claims.values() if isinstance(each, Name))
        for level in self.meaning.levels(claims.values()):
            self._loop(level)
        results = [self._claim(each) for each in claims.values()]
        self.paper.top.add(f"return ({''.join(f'{each}, ' for each in results)})")
        lines = self.paper.top.lines
        if not self.paper.careful:
            again = f"return again({SUBJECT})"
            # Here and not in a function around it: a call costs as much as a rule.
            lines = [
                "    if context().prec < digits:",
                f"        {again}",
                "    try:",
                *lines,
                "    except TypeError:",
                f"        {again}",
            ]
        return "\n".join([f"def {name}({SUBJECT}):", *lines]) + "\n"

    # -- names, constants, facts -------------------------------------------------------------------------------------

    def _read(self, node: Name | Item) -> str:
        return self.paper.fact(node.path, of=SUBJECT if isinstance(node, Name) else MEMBER)

    # -- claims ------------------------------------------------------------------------------------------------------

    def _claim(self, expr: Expr) -> str:
        """Give a local, or an expression, that is True, False or None."""
        key = ("claim", expr)
        if isinstance(expr, Quantifier):
            return str(self._folds[expr])
        if isinstance(expr, Name) and expr.path in self.meaning.named:
            return self._shared(expr)
        if self.paper.held(key) == "":
            surely, not_at_all = text(self._sure(expr, holds=True)), text(self._sure(expr, holds=False))
            is_one = surely in self._claims and not_at_all == _told(surely, holds=False)
            claim = f"True if {surely} else False if {not_at_all} else None"
            self.paper.here.held[key] = surely if is_one else self._once(claim)
        return self.paper.held(key)

    def _sure(self, expr: Expr, *, holds: bool) -> str | Joined:
        """Give a condition that is met when a claim surely holds, or surely does not."""
        match expr:
            case Literal(value):
                return str(value is holds)
            case Name(path) if path in self.meaning.named:
                inner = self.meaning.named[path]
                if self._uses[path] > 1 or self._depth(expr) > MAX_INLINE:
                    return _told(self._shared(expr), holds=holds)
                return self._sure(inner, holds=holds)
            case Name() | Item():
                return f"{self._read(expr)} is {holds}"
            case Not(operand):
                return self._sure(operand, holds=not holds)
            case And(operands) | Or(operands):
                join = both if isinstance(expr, And) is holds else either
                return join(self._sure(each, holds=holds) for each in operands)
            case Compare(operands, comparators):
                pairs = zip(operands, comparators, operands[1:], strict=False)
                join = both if holds else either
                return join(self._pair(one, comparator, other, holds=holds) for one, comparator, other in pairs)
            case In():
                return self._member_of(expr, holds=holds)
            case IfElse(condition, then, otherwise):
                yes, no = self._part(condition, holds=True), self._part(condition, holds=False)
                one, other = self._part(then, holds=holds), self._part(otherwise, holds=holds)
                return either([both([yes, one]), both([no, other]), both([one, other])])
            case IsKnown(operand):
                known = self._known(operand)
                return known if holds else denied(known)
            case OrElse(operand, default) if self.meaning.with_defaults:
                told, other = self._part(operand, holds=holds), self._part(operand, holds=not holds)
                return either([told, both([denied(other), self._part(default, holds=holds)])])
            case OrElse(operand):
                return self._sure(operand, holds=holds)
            case Quantifier():
                return _told(str(self._folds[expr]), holds=holds)
            case SetOf() | Arithmetic() | Negative() | Call():
                raise AssertionError("no claim")
            case _ as never:
                assert_never(never)

    def _depth(self, expr: Expr) -> int:
        """Tell how deep a tree is, what its names stand for included."""
        if not (isinstance(expr, Name) and expr.path in self.meaning.named):
            return 1 + max((self._depth(each) for each in children(expr)), default=0)
        if expr.path not in self._depths:
            self._depths[expr.path] = self._depth(self.meaning.named[expr.path])
        return self._depths[expr.path]

    def _shared(self, expr: Name) -> str:
        """Work out a claim that has a name, once, at the top."""
        key = ("claim", expr)
        if key not in self.paper.top.held:
            with self.paper.writing(self.paper.top) as top:
                top.held[key] = self._claim(self.meaning.named[expr.path])
        return str(self.paper.top.held[key])

    def _part(self, expr: Expr, *, holds: bool) -> str | Joined:
        """Like `_sure`, for a claim that is written down more than once: whatever is long is worked out before."""
        if isinstance(expr, (Literal, Item, Quantifier)) or self.meaning.is_fact(expr):
            return self._sure(expr, holds=holds)
        return _told(self._claim(expr), holds=holds)

    def _known(self, expr: Expr) -> str | Joined:
        """Give a condition that is met when a value is known."""
        expr = self.meaning.followed(expr)
        match self.meaning.kind(expr):
            case Kind.CLAIM:
                return either([self._part(expr, holds=True), self._part(expr, holds=False)])
            case Kind.NUMBER:
                number = self._number(expr)
                return f"{number.low} == {number.high}" if number.low else self._number_known(number)
            case _ if isinstance(expr, (Name, Item)) and self._value_may_miss(expr):
                return self._fact_known(self._read(expr))
            case _:
                return f"{self._value(expr)} is not None" if self._value_may_miss(expr) else "True"

    def _fact_known(self, read: str) -> str | Joined:
        self.paper.constants["NotKnown"] = NotKnown
        return both([f"{read} is not None", f"{read}.__class__ is not NotKnown"])

    def _number_known(self, number: _Number) -> str | Joined:
        known = f"{number.text} is not None" if number.may_miss else "True"
        told = self._fact_known(number.text) if number.is_fact else known
        return both([told, number.divisor] if number.divisor else [told])

    # -- comparisons -------------------------------------------------------------------------------------------------

    def _pair(self, left: Expr, comparator: str, right: Expr, *, holds: bool) -> str | Joined:
        match self.meaning.kind(left):
            case Kind.CLAIM:
                return self._same_claims(left, right, holds=holds is (comparator == "=="))
            case Kind.NUMBER:
                return self._numbers(left, comparator, right, holds=holds)
            case Kind.DAY:
                return self._days(left, comparator, right, holds=holds)
            case _:
                return self._codes(left, right, holds=holds is (comparator == "=="))

    def _same_claims(self, left: Expr, right: Expr, *, holds: bool) -> str | Joined:
        yes, no = self._part(left, holds=True), self._part(left, holds=False)
        one, other = self._part(right, holds=True), self._part(right, holds=False)
        if not holds:
            one, other = other, one
        return either([both([yes, one]), both([no, other])])

    def _codes(self, left: Expr, right: Expr, *, holds: bool) -> str | Joined:
        if isinstance(right, Literal) and not isinstance(left, Literal):
            return self._in_codes(left, frozenset({str(right.value)}), holds=holds)
        if isinstance(left, Literal) and not isinstance(right, Literal):
            return self._in_codes(right, frozenset({str(left.value)}), holds=holds)
        one, other = self._code(left), self._code(right)
        sign = "==" if holds else "!="
        return both([self._code_known(left), self._code_known(right), f"{one} {sign} {other}"])

    def _days(self, left: Expr, comparator: str, right: Expr, *, holds: bool) -> str | Joined:
        sign = comparator if holds else _OPPOSITE[comparator]
        known = [self._known(each) for each in (left, right) if self._value_may_miss(each)]
        return both([*known, f"{self._value(left)} {sign} {self._value(right)}"])

    def _value_may_miss(self, expr: Expr) -> bool:
        expr = self.meaning.followed(expr)
        return not (isinstance(expr, Literal) or (isinstance(expr, Name) and expr.path in self.meaning.constants))

    def _numbers(self, left: Expr, comparator: str, right: Expr, *, holds: bool) -> str | Joined:
        for value, sign, limit in ((left, comparator, right), (right, MIRRORED[comparator], left)):
            span = self._span(value, sign, limit, holds=holds)
            if span is not None:
                return span
        one, other = self._number(left), self._number(right)
        if one.low or other.low:
            return self._bounded(one, comparator, other, holds=holds)
        if (one.divisor and other.is_fraction) or (other.divisor and one.is_fraction):
            one, other = self._whole(one), self._whole(other)
        sign = comparator if holds else _OPPOSITE[comparator]
        known = [self._comparable(each, sign) for each in (one, other) if each.may_miss or each.divisor]
        left_side, right_side = _times(one.text, other.divisor), _times(other.text, one.divisor)
        if not (one.divisor or other.divisor):
            return both([*known, f"{left_side} {sign} {right_side}"])
        # Multiplied once for both rails, and for the rule that asks for the opposite.
        asked = sign if sign in _ASKED else _OPPOSITE[sign]
        local = self._once(f"{left_side} {asked} {right_side} if {text(both(known))} else None")
        return _told(local, holds=sign == asked)

    def _once(self, claim: str) -> str:
        """Give the local that holds a claim of whichever rail; it is worked out when it is first asked for."""
        key = ("once", claim)
        if self.paper.held(key) == "":
            local = self.paper.here.held[key] = self.paper.new("c")
            self.paper.here.add(f"{local} = {claim}")
            self._claims.add(local)
        return self.paper.held(key)

    def _comparable(self, number: _Number, sign: str) -> str | Joined:
        """Tell whether a number is known; what is no number has no order, so that only `==` must ask for its class."""
        return self._number_known(number if sign in ("==", "!=") else attrs.evolve(number, is_fact=False))

    def _whole(self, number: _Number) -> _Number:
        """Apply the divisor that is still due."""
        return _Number(self._settled(number), is_fraction=True) if number.divisor else number

    def _bounded(self, one: _Number, comparator: str, other: _Number, *, holds: bool) -> str | Joined:
        """Compare a count by its bounds; of two, one must be known."""
        if not one.low:
            return self._bounded(other, MIRRORED[comparator], one, holds=holds)
        other = self._whole(other)
        sign = comparator if holds else _OPPOSITE[comparator]
        if other.low:
            known = either([f"{one.low} == {one.high}", f"{other.low} == {other.high}"])
            lows, highs = (other.low, other.high)
        else:
            known = self._number_known(other)
            lows = highs = other.text
        bounds: dict[str, str | Joined] = {
            "<": f"{one.high} < {lows}",
            "<=": f"{one.high} <= {lows}",
            ">": f"{one.low} > {highs}",
            ">=": f"{one.low} >= {highs}",
            "==": f"{one.low} == {one.high} == {lows} == {highs}",
            # A count is whole, whatever it turns out to be.
            "!=": either([f"{one.high} < {lows}", f"{one.low} > {highs}", f"{lows} == {highs} and {lows} % 1 != 0"]),
        }
        return both([known, bounds[sign]])

    def _span(self, one: Expr, sign: str, other: Expr, *, holds: bool) -> str | Joined | None:
        """Turn an age, or another span up to a known day, against a constant into a comparison of days."""
        call, limit = self.meaning.followed(one), self.meaning.constant(other)
        if not (isinstance(call, Call) and call.function in _SPANS and isinstance(limit, (int, Fraction))):
            return None
        start = self.meaning.followed(call.arguments[0])
        until = self.meaning.on if call.function in _TO_ASSESSMENT else self.meaning.constant(call.arguments[1])
        if not (self.meaning.is_fact(start) and isinstance(until, date)):
            return None
        day = self._read(start)  # type: ignore[arg-type]  # a fact is a name or an item
        wanted = sign if holds else _OPPOSITE[sign]
        word, tests = span_as_days(call.function, wanted, limit, until)
        join = both if word == "and" else either
        rail = join(
            str(test) if isinstance(test, bool) else f"{day} {test[0]} {self.paper.constant(test[1])}" for test in tests
        )
        if call.function in _TO_ASSESSMENT:
            # A day after that of the assessment has no span: it is wrong, or too new.
            return both([f"{day} is not None", f"{day} <= {self.paper.constant(until)}", rail])
        # Where the limit decides by itself nothing is compared: a reason why the day is not known would pass for it.
        return both([self._fact_known(day) if rail == "True" else f"{day} is not None", rail])

    # -- membership --------------------------------------------------------------------------------------------------

    def _member_of(self, expr: In, *, holds: bool) -> str | Joined:
        element, collection = expr.element, self.meaning.followed(expr.collection)
        if isinstance(collection, SetOf):
            held = frozenset(
                _handy(value) for each in collection.elements if (value := self.meaning.constant(each)) is not None
            )
            return self._in_constants(element, held, holds=holds)
        if isinstance(collection, Name) and collection.path in self.meaning.constants:
            values = self.meaning.constants[collection.path]
            assert isinstance(values, frozenset)
            return self._in_constants(element, values, holds=holds)
        assert isinstance(collection, (Name, Item)) and isinstance(element, Literal), expr
        held_in = self._read(collection)
        sign = "in" if holds else "not in"
        return both([f"{held_in} is not None", f"{self.paper.constant(str(element.value))} {sign} {held_in}"])

    def _in_constants(self, element: Expr, held: frozenset[Any], *, holds: bool) -> str | Joined:
        kind = self.meaning.kind(element)
        if kind in (Kind.CODE, Kind.TEXT):
            return self._in_codes(element, held, holds=holds)
        sign = "in" if holds else "not in"
        known = self._known(element) if self._value_may_miss(element) else "True"
        return both([known, f"{self._value(element)} {sign} {self.paper.constant(held)}"])

    def _in_codes(self, element: Expr, held: frozenset[str], *, holds: bool) -> str | Joined:
        """A code is looked up among those that are meant, or among the others of its list: unknown is in neither."""
        element = self.meaning.followed(element)
        if self.meaning.is_fact(element):
            assert isinstance(element, (Name, Item))
            others = self.meaning.declared(element).type.codes - held
            if self.paper.here is not self.paper.top:
                # A member is seldom asked for the second rail.
                return self._one_of(element, held if holds else others)
            asked, rest = sorted((held, others), key=sorted)
            surely, not_at_all = self._one_of(element, asked), self._one_of(element, rest)
            local = self._once(f"True if {surely} else False if {not_at_all} else None")
            return _told(local, holds=holds is (asked == held))
        sign = "in" if holds else "not in"
        return both([self._code_known(element), f"{self._code(element)} {sign} {self.paper.constant(held)}"])

    def _one_of(self, fact: Name | Item, codes: frozenset[str]) -> str:
        if len(codes) == 1:
            return f"{self._read(fact)} == {self.paper.constant(next(iter(codes)))}"
        return f"{self._read(fact)} in {self.paper.constant(codes)}" if codes else "False"

    def _code(self, expr: Expr) -> str:
        return self._value(expr)

    def _code_known(self, expr: Expr) -> str | Joined:
        return self._known(expr) if self._value_may_miss(expr) else "True"

    # -- values ------------------------------------------------------------------------------------------------------

    def _value(self, expr: Expr) -> str:
        """Give an expression for a value that is no claim; None when it is not known, unless it is a bare fact."""
        expr = self.meaning.followed(expr)
        constant = self.meaning.constant(expr)
        if constant is not None:
            return self.paper.constant(_handy(constant))
        if self.meaning.kind(expr) is Kind.NUMBER:
            number = self._number(expr)
            return self._settled(number)
        match expr:
            case Name() | Item():
                return self._read(expr)
            case IfElse(condition, then, otherwise):
                return self._either(expr, condition, then, otherwise)
            case OrElse(operand, default):
                return self._stood_in(expr, operand, default)
            case _:
                raise AssertionError(f"`{type(expr).__name__}` is no value")

    def _settled(self, number: _Number) -> str:
        """Give a number as one value: without a divisor left, without bounds."""
        if number.low:
            return f"({number.low} if {number.low} == {number.high} else None)"
        if number.divisor:
            return self.paper.tried(f"fraction({number.text}) / fraction({number.divisor})")
        return number.text

    def _number(self, expr: Expr) -> _Number:
        expr = self.meaning.followed(expr)
        constant = self.meaning.constant(expr)
        if constant is not None:
            held = _handy(constant)
            return _Number(self.paper.constant(held), may_miss=False, is_fraction=isinstance(held, Fraction))
        match expr:
            case Name() | Item():
                return _Number(self._read(expr), is_fact=True)
            case Quantifier():
                found = self._folds[expr]
                return found if isinstance(found, _Number) else _Number(found, is_fraction=self._is_fraction(expr))
            case Arithmetic("/", left, right):
                return self._quotient(left, right)
            case Arithmetic() | Negative():
                # All in one: a part that is not known fails once for the whole.
                exact = self._is_fraction(expr)
                return _Number(self.paper.tried(self._summed(expr, exact=exact)), is_fraction=exact)
            case Call():
                return _Number(self._called(expr), is_fraction=self._is_fraction(expr))
            case IfElse(condition, then, otherwise):
                return _Number(self._either(expr, condition, then, otherwise), is_fraction=self._is_fraction(expr))
            case OrElse(operand, default):
                return _Number(self._stood_in(expr, operand, default), is_fraction=self._is_fraction(expr))
            case _:
                raise AssertionError(f"`{type(expr).__name__}` is no number")

    def _is_fraction(self, expr: Expr) -> bool:
        """Tell whether a number can come out as a `Fraction`: by a quotient, by rounding, by an endless parameter."""
        key = ("fraction", expr)
        if key not in self.paper.top.held:
            self.paper.top.held[key] = self._comes_as_fraction(self.meaning.followed(expr))
        return bool(self.paper.top.held[key])

    def _comes_as_fraction(self, expr: Expr) -> bool:
        match expr:
            case Arithmetic("/") | Call("round_half_up"):
                return True
            case Arithmetic(_, left, right) | IfElse(_, left, right) | OrElse(left, right):
                return self._is_fraction(left) or self._is_fraction(right)
            case Negative(operand):
                return self._is_fraction(operand)
            case Quantifier(_, _, item):
                return item is not None and self._is_fraction(item)
            case _:
                constant = self.meaning.constant(expr)
                return constant is not None and isinstance(_handy(constant), Fraction)

    def _summed(self, expr: Expr, *, exact: bool) -> str:
        expr = self.meaning.followed(expr)
        match expr:
            case Arithmetic("/"):
                return self._settled(self._quotient(expr.left, expr.right))
            case Arithmetic(operator, left, right):
                return f"({self._summed(left, exact=exact)} {operator} {self._summed(right, exact=exact)})"
            case Negative(operand):
                return f"(0 - {self._summed(operand, exact=exact)})"
            case _:
                value = self._settled(self._number(expr))
                return f"fraction({value})" if exact else value

    def _quotient(self, left: Expr, right: Expr) -> _Number:
        """Keep numerator and denominator apart, for comparing them crosswise; the divisor is never negative."""
        above, below = self._number(left), self._number(right)
        if self._is_fraction(left) or self._is_fraction(right):
            divided = f"fraction({self._settled(above)}) / fraction({self._settled(below)})"
            return _Number(self.paper.tried(divided), is_fraction=True)
        may_miss = above.may_miss or bool(above.low)
        # Whoever asks whether a divisor is zero asks again where it holds the reason why it is not known.
        divisor = self.paper.local(self._settled(below))
        return _Number(self.paper.local(self._settled(above)), may_miss, divisor, is_fact=above.is_fact)

    def _called(self, call: Call) -> str:
        arguments = [self._value(each) for each in call.arguments]
        if call.function == "round_half_up":
            return self.paper.tried(f"rounded({', '.join(arguments)})")
        self.paper.constants[call.function] = FUNCTIONS[call.function].apply
        known = [self._known(each) for each in call.arguments if self._value_may_miss(each)]
        if call.function in _TO_ASSESSMENT:
            until = self.paper.constant(self.meaning.on)
            known += [f"{arguments[0]} <= {until}"]
            arguments.append(until)
        called = f"{call.function}({', '.join(arguments)})"
        return self.paper.local(f"({called} if {text(both(known))} else None)" if known else called)

    def _either(self, expr: Expr, condition: Expr, then: Expr, otherwise: Expr) -> str:
        key = ("value", expr)
        if self.paper.held(key) == "":
            one, other = self._branch(then), self._branch(otherwise)
            yes, no = self._part(condition, holds=True), self._part(condition, holds=False)
            local = self.paper.here.held[key] = self.paper.new("n")
            same = f"{one} if {one} is not None and {one} == {other} else None"
            self.paper.here.add(f"{local} = {one} if {text(yes)} else {other} if {text(no)} else {same}")
        return self.paper.held(key)

    def _branch(self, expr: Expr) -> str:
        """Give a value that is None when it is not known, whatever the fact says why."""
        value = self._value(expr)
        if self.meaning.is_fact(self.meaning.followed(expr)):
            return self.paper.local(f"({value} if {text(self._known(expr))} else None)")
        # A literal, compared with None, is warned of.
        return self.paper.local(f"({value})") if value[:1].isdigit() or value[:1] == "-" else value

    def _stood_in(self, expr: Expr, operand: Expr, default: Expr) -> str:
        told = self._branch(operand)
        if not self.meaning.with_defaults:
            return told
        key = ("value", expr)
        if self.paper.held(key) == "":
            other = self._branch(default)
            local = self.paper.here.held[key] = self.paper.new("n")
            self.paper.here.add(f"{local} = {told} if {told} is not None else {other}")
        return self.paper.held(key)

    # -- members -----------------------------------------------------------------------------------------------------

    def _loop(self, quantifiers: list[Quantifier]) -> None:
        """Go through the members once, for all quantifiers of a level."""
        top = self.paper.top
        self._prepare(quantifiers)
        starts: list[str] = []
        ends: list[str] = []
        complete = self._complete()
        with self.paper.writing(Block(top.indent + 1, around=top)) as body:
            for where, filtered in self._by_filter(quantifiers):
                self._steps(where, filtered, starts, ends, complete)
        top.add(*starts)
        if body.lines:
            top.add(f"for {MEMBER} in {SUBJECT}.{self.meaning.members}:")
            top.lines += body.lines
        top.add(*ends)

    def _prepare(self, quantifiers: list[Quantifier]) -> None:
        """Work out, before the loop, what its body reads of the subject: a loop would work it out for each member."""
        for quantifier in quantifiers:
            for part in (quantifier.item, quantifier.where):
                if part is None:
                    continue
                for node in name_nodes(part):
                    if node.path in self.meaning.constants:
                        continue
                    if node.path in self.meaning.facts:
                        self._read(node)
                    elif self.meaning.kind(node) is Kind.CLAIM:
                        self._uses[node.path] += 2
                        self._shared(node)
                    else:
                        self._value(node)
                        self._number(node) if self.meaning.kind(node) is Kind.NUMBER else None

    def _complete(self) -> str:
        return self.paper.fact(self.meaning.complete, of=SUBJECT) if self.meaning.complete else ""

    def _by_filter(self, quantifiers: list[Quantifier]) -> list[tuple[Expr | None, list[Quantifier]]]:
        """Put together what has one filter; what more than one part of the loop reads is read before."""
        groups: dict[object, tuple[Expr | None, list[Quantifier]]] = {}
        for quantifier in quantifiers:
            alone = quantifier.kind == "count" or quantifier.where is None
            groups.setdefault(quantifier if alone else quantifier.where, (quantifier.where, []))[1].append(quantifier)
        reads = Counter(
            item for _, filtered in groups.values() for item in {each for one in filtered for each in _items(one)}
        )
        for item, times in reads.items():
            if times > 1:
                self._read(item)
        return list(groups.values())

    def _steps(
        self, where: Expr | None, quantifiers: list[Quantifier], starts: list[str], ends: list[str], complete: str
    ) -> None:
        """Write what quantifiers of one filter do before, at each member, and behind the loop."""
        open_end = f"{complete} is not True" if complete else ""
        if quantifiers[0].kind == "count":
            self._folds[quantifiers[0]] = self._counted(where, starts, ends, open_end)
            return
        keep, drop = (
            ("True", "False") if where is None else (self._sure(where, holds=True), self._sure(where, holds=False))
        )
        with self.paper.under(denied(drop)):
            for quantifier in quantifiers:
                step = self._any_or_all if quantifier.kind in ("any", "all") else self._folded
                self._folds[quantifier] = step(quantifier, keep, starts, ends, open_end)

    def _counted(self, where: Expr | None, starts: list[str], ends: list[str], open_end: str) -> _Number:
        low, more = self.paper.new("q"), self.paper.new("q")
        if where is None:
            starts.append(f"{low} = len({SUBJECT}.{self.meaning.members})")
            starts.append(f"{more} = {low}")
        else:
            starts.append(f"{low} = {more} = 0")
            yes, no = self._sure(where, holds=True), self._sure(where, holds=False)
            # Most members are not counted, and surely so.
            self.paper.here.add(
                f"if {denied(no)}:", f"    if {text(yes)}:", f"        {low} += 1", "    else:", f"        {more} += 1"
            )
            ends.append(f"{more} += {low}")
        if open_end:
            self.paper.constants["INFINITE"] = float("inf")
            ends.append(f"if {open_end}: {more} = INFINITE")
        return _Number("", low=low, high=more)

    def _any_or_all(
        self, quantifier: Quantifier, keep: str | Joined, starts: list[str], ends: list[str], open_end: str
    ) -> str:
        assert quantifier.item is not None
        local = self.paper.new("q")
        is_any = quantifier.kind == "any"
        starts.append(f"{local} = {not is_any}")
        is_open = f"{local} is not {is_any}"
        # Where all is compared and nothing worked out, nobody else has a use for what stands under the condition; a
        # single fact is read as fast as the condition is asked, and most members settle nothing.
        nested = (
            all(isinstance(node, _COMPARED) for node in walk(quantifier.item)) and len(self._unread(quantifier)) > 1
        )
        with self.paper.under(is_open if nested else "True"):
            # A member settles `any` by meeting filter and item, `all` by meeting the filter and failing the item.
            settles, passes = self._sure(quantifier.item, holds=is_any), self._sure(quantifier.item, holds=not is_any)
            decides = both([denied(passes)] if nested else [denied(passes), is_open])
            self.paper.here.add(
                f"if {text(decides)}:", f"    {local} = {is_any} if {text(both([keep, settles]))} else None"
            )
        if open_end:
            ends.append(f"if {local} is {not is_any} and {open_end}: {local} = None")
        return local

    def _unread(self, quantifier: Quantifier) -> set[str]:
        """Give the members' facts of an item that were not read for another."""
        paths = {each.path for each in _items(quantifier.item or Literal(value=True))}
        return {path for path in paths if self.paper.held((MEMBER, path)) == ""}

    def _folded(
        self, quantifier: Quantifier, keep: str | Joined, starts: list[str], ends: list[str], open_end: str
    ) -> str:
        assert quantifier.item is not None
        local, is_open = self.paper.new("q"), self.paper.new("q")
        starts.append(f"{local} = {'0' if quantifier.kind == 'sum' else 'None'}")
        starts.append(f"{is_open} = False")
        value = self._branch(quantifier.item)
        if quantifier.kind == "sum":
            kept = f"{local} += {value}"
        else:
            sign = "<" if quantifier.kind == "min" else ">"
            kept = f"{local} = {value} if {local} is None or {value} {sign} {local} else {local}"
        self.paper.here.add(
            f"if {text(both([keep, f'{value} is not None']))}:", f"    {kept}", "else:", f"    {is_open} = True"
        )
        ends.append(f"if {is_open}{' or ' + open_end if open_end else ''}: {local} = None")
        return local


def _told(local: str, *, holds: bool) -> str:
    """Give the condition that a local, which is True, False or None and never a fact, is so."""
    return local if holds else f"{local} is False"


def _items(expr: Expr) -> list[Item]:
    return [node for node in walk(expr) if isinstance(node, Item)]


def _times(text: str, divisor: str) -> str:
    return f"{text} * {divisor}" if divisor else text


def _handy(value: Value) -> Value | Decimal:
    """Write a number as facts are held: a fraction does not add up with decimals."""
    if isinstance(value, Fraction):
        places = 0
        while (value * 10**places).denominator != 1 and places < 28:
            places += 1
        scaled = value * 10**places
        if scaled.denominator == 1:
            return Decimal(scaled.numerator).scaleb(-places)
    return value
