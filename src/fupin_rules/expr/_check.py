"""
Types, units and ranges of an expression, checked when a pack is loaded, so that reading a household cannot fail.

All faults are found in one pass. A bare literal takes the unit of whatever it is added to or compared with; in products
it is a plain number. Ranges follow from the bounds of the facts: a number that could outgrow a 64-bit whole number in
its smallest unit, in any reader, is refused with its place.
"""

from __future__ import annotations

import difflib
import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import assert_never, get_args

import attrs

from fupin_rules.errors import SHOWN_FAULTS, ExpressionError, Fault
from fupin_rules.expr._functions import FUNCTIONS, MAX_PLACES, MAX_YEARS
from fupin_rules.expr._limits import check_tree
from fupin_rules.expr._nodes import (
    And,
    Arithmetic,
    ArithmeticOperator,
    Call,
    Comparator,
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
    QuantifierKind,
    SetOf,
)
from fupin_rules.expr._text import literal_text
from fupin_rules.expr._types import Declared, Kind, Relation, Role, Scope, Type
from fupin_rules.expr._walk import walk
from fupin_rules.quantities import PLAIN, Unit

LARGEST = 2**63 - 1
COMPARATORS: tuple[str, ...] = get_args(Comparator)
OPERATORS: tuple[str, ...] = get_args(ArithmeticOperator)
QUANTIFIERS: tuple[str, ...] = get_args(QuantifierKind)
CLAIM = Type(Kind.CLAIM)
LITERALS: tuple[type, ...] = (bool, Decimal, str, date)
_MONTH = Unit.parse("month")
PLACES = {str(places): places for places in range(MAX_PLACES + 1)}
_WORDS = {
    Kind.CLAIM: "a claim",
    Kind.NUMBER: "a number",
    Kind.DAY: "a day",
    Kind.TEXT: "a text",
    Kind.CODE: "a code",
    Kind.CODES: "a fact with several codes",
}


def check(expr: Expr, scope: Scope, *, expect: Type | Kind | None = None) -> Type:
    """
    Check an expression and tell its type.

    Args:
        expr: Any tree.
        scope: What names mean where it stands.
        expect: Type or kind that it must have, if any.

    Raises:
        ExpressionError: It has faults; all of them are listed, with line and column.
        LimitError: It has too many nodes.
    """
    check_tree(expr)
    checker = _Checker(scope)
    found = checker.type_of(expr)
    if found is not None and expect is not None:
        wanted = expect.kind if isinstance(expect, Type) else expect
        checker.demand(expr, found, wanted, "is due here")
    if checker.faults:
        raise ExpressionError(checker.faults)
    assert found is not None
    return found


@attrs.frozen
class _Span:
    """Least and greatest value, for range arithmetic."""

    low: Fraction
    high: Fraction

    @classmethod
    def over(cls, values: Iterable[Fraction]) -> _Span:
        held = tuple(values)
        return cls(min(held), max(held))


class _Checker:
    """One pass over one tree; `None` as a type means that a fault was told already."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.items: Relation | None = None
        self.asked: Expr | None = None
        self.faults: list[Fault] = []

    def fault(self, node: Expr, what: str, mend: str, code: str) -> None:
        line, column = node.at or (1, 1)
        self.faults.append(Fault(f"line {line}, column {column}", what, mend, code))

    def demand(self, node: Expr, found: Type | None, wanted: Kind, why: str) -> bool:
        if found is None:
            return False
        if found.kind is not wanted or found.is_set:
            got = "a set" if found.is_set else _WORDS[found.kind]
            self.fault(node, f"{_WORDS[wanted]} {why}, this is {got}", "see the types of the names", "type")
            return False
        return True

    def type_of(self, expr: Expr) -> Type | None:
        match expr:
            case Literal():
                return self.literal(expr)
            case Name(path):
                return self.name(expr, path)
            case Item(path):
                return self.item(expr, path)
            case Not(operand):
                self.claims(expr, (operand,), "`not`")
                return CLAIM
            case And(operands):
                self.claims(expr, operands, "`and`")
                return CLAIM
            case Or(operands):
                self.claims(expr, operands, "`or`")
                return CLAIM
            case Compare():
                return self.comparison(expr)
            case In():
                return self.membership(expr)
            case SetOf():
                self.fault(expr, "a set stands only on the right of `in`", "write `x in {…}`", "type")
                return None
            case Arithmetic():
                return self.arithmetic(expr)
            case Negative(operand):
                return self.negative(operand)
            case IfElse():
                return self.if_else(expr)
            case Call():
                return self.call(expr)
            case IsKnown(operand):
                self.asked = operand
                if not self.is_opaque(operand):
                    self.type_of(operand)
                return CLAIM
            case OrElse(operand, default):
                return self.either(expr, self.type_of(operand), self.type_of(default), "value and default")
            case Quantifier():
                return self.quantifier(expr)
            case _ as never:
                assert_never(never)

    # -- leaves ------------------------------------------------------------------------------------------------

    def literal(self, node: Literal) -> Type | None:
        if not isinstance(node.value, LITERALS):
            what = f"`{type(node.value).__name__}` is no value of a rule"
            self.fault(node, what, "give a Decimal, a text, a day or a truth value", "type")
            return None
        match node.value:
            case bool():
                return CLAIM
            case Decimal() as number:
                if number < 0:
                    self.fault(node, "a negative literal", "write a minus sign before it", "type")
                    return None
                exponent = number.as_tuple().exponent
                places = max(0, -exponent) if isinstance(exponent, int) else 0
                return self.ranged(node, Type(Kind.NUMBER, None, number, number, places))
            case date():
                return Type(Kind.DAY)
            case str() as text:
                return Type(Kind.TEXT, codes=frozenset({text}))

    def name(self, node: Name, path: str) -> Type | None:
        if path in self.scope.names:
            return self.bounded(node, self.scope.names[path].type)
        # A scope may have thousands of names, and of a thousand faults nobody reads the advice.
        near = self.nearest(node, self.scope.names) if len(self.faults) < SHOWN_FAULTS else ()
        hint = f"did you mean `{near[0]}`?" if near else "see the facts, parameters and definitions"
        if self.items is not None and path in self.items.items:
            hint = f"did you mean `m.{path}`?"
        self.fault(node, f"`{path[:80]}` is not known", hint, "unknown_name")
        return None

    def item(self, node: Item, path: str) -> Type | None:
        if self.items is None:
            self.fault(node, "a member stands outside a quantifier", "write `any(… for m in members)`", "type")
            return None
        if path in self.items.items:
            return self.bounded(node, self.items.items[path].type)
        near = self.nearest(node, self.items.items)
        hint = f"did you mean `m.{near[0]}`?" if near else "see the facts of a member"
        self.fault(node, f"`m.{path[:80]}` is not known", hint, "unknown_name")
        return None

    def nearest(self, node: Name | Item, known: Mapping[str, Declared]) -> Sequence[str]:
        """Find the name that is likely meant, among those that may stand where the node stands."""
        is_asked = node is self.asked
        return difflib.get_close_matches(
            node.path, [name for name, each in known.items() if is_asked or not each.type.is_opaque], 1
        )

    def is_opaque(self, node: Expr) -> bool:
        """Tell whether a node is a text of which a rule may ask only whether it is known."""
        match node:
            case Name(path):
                declared = self.scope.names.get(path)
            case Item(path) if self.items is not None:
                declared = self.items.items.get(path)
            case _:
                return False
        return declared is not None and declared.type.is_opaque

    def bounded(self, node: Name | Item, found: Type) -> Type | None:
        """Refuse a text that rules do not read, and a number that nothing bounds: its range could not be told."""
        if found.is_opaque:
            name = f"m.{node.path}" if isinstance(node, Item) else node.path
            what = f"`{name[:80]}` is a text that rules do not read"
            self.fault(node, what, f"ask only whether it is known: `is_known({name[:80]})`", "opaque")
            return None
        if found.kind is Kind.NUMBER and (found.low is None or found.high is None):
            self.fault(node, f"`{node.path[:80]}` is a number without bounds", "declare its range", "range")
            return None
        return found

    def known(self, node: Expr, sign: str, signs: tuple[str, ...]) -> bool:
        """Refuse a sign that only a tree made by hand can have."""
        if sign not in signs:
            self.fault(node, f"`{sign[:60]}` is not known", f"known: {', '.join(signs)}", "type")
        return sign in signs

    # -- claims ------------------------------------------------------------------------------------------------

    def claims(self, node: Expr, operands: Iterable[Expr], sign: str) -> None:
        held = tuple(operands)
        if isinstance(node, (And, Or)) and len(held) < 2:
            self.fault(node, f"{sign} joins two claims or more", "write the claim alone", "type")
        for operand in held:
            self.demand(operand, self.type_of(operand), Kind.CLAIM, f"is due on {sign}")

    def comparison(self, node: Compare) -> Type:
        types = [self.type_of(each) for each in node.operands]
        for comparator in node.comparators:
            self.known(node, comparator, COMPARATORS)
        if len(node.operands) != len(node.comparators) + 1 or not node.comparators:
            self.fault(node, "a comparison without its sides", "compare two values or more", "type")
            return CLAIM
        for place, comparator in enumerate(node.comparators):
            left, right = types[place], types[place + 1]
            where = node.operands[place + 1]
            joined = self.same(where, left, right, "both sides of a comparison")
            if joined is None or left is None or right is None:
                continue
            if joined.kind is Kind.CODES:
                self.fault(where, "several codes cannot be compared", 'write `"code" in fact`', "type")
            elif comparator not in ("==", "!=") and joined.kind not in (Kind.NUMBER, Kind.DAY):
                self.fault(where, f"{_WORDS[joined.kind]} has no order", "compare with `==` or `in`", "type")
            elif joined.kind is Kind.NUMBER:
                self.crossed(where, left, right)
        return CLAIM

    def crossed(self, node: Expr, left: Type, right: Type) -> None:
        """Check the range of both sides brought to one denominator, as readers compare them."""
        if left.places is not None and right.places is not None:
            places = max(left.places, right.places)
            self.ranged(node, attrs.evolve(left, places=places))
            self.ranged(node, attrs.evolve(right, places=places))
            return
        one, other = _ratio(left), _ratio(right)
        self.whole(node, max(one[0] * other[1], other[0] * one[1]))

    def membership(self, node: In) -> Type:
        element = self.type_of(node.element)
        if isinstance(node.collection, SetOf):
            texts = [literal_text(each.value) for each in node.collection.elements]
            if not texts or texts != sorted(set(texts)):
                self.fault(node.collection, "a set is empty, unsorted or doubled", "sort its values by text", "type")
            for each in node.collection.elements:
                held = self.type_of(each)
                joined = self.same(each, element, held, "a value and the set")
                if joined is not None and element is not None and held is not None and joined.kind is Kind.NUMBER:
                    self.crossed(each, element, held)
            if element is not None and element.kind is Kind.CODES:
                self.fault(node.element, "several codes are in no set", 'write `"code" in fact`', "type")
            return CLAIM
        held = self.type_of(node.collection)
        if held is None or element is None:
            return CLAIM
        if not held.is_set and held.kind is not Kind.CODES:
            self.fault(
                node.collection,
                "`in` needs a set, a set parameter or a fact with several codes",
                "write `==`",
                "type",
            )
        elif held.kind is Kind.CODES and not self.is_fact(node.collection):
            self.fault(node.collection, "`in` a definition of several codes", "name the fact itself", "type")
        elif held.kind is Kind.CODES and not isinstance(node.element, Literal):
            self.fault(node.element, "which code is looked for must be written out", "write a code in quotes", "type")
        else:
            self.same(node.element, attrs.evolve(held, kind=Kind.CODE, is_set=False), element, "a value and the set")
        return CLAIM

    def is_fact(self, collection: Expr) -> bool:
        """Tell whether a set is read from a fact as it stands."""
        return isinstance(collection, Item) or (
            isinstance(collection, Name) and self.scope.names[collection.path].role is Role.FACT
        )

    # -- numbers -----------------------------------------------------------------------------------------------

    def same(self, node: Expr, left: Type | None, right: Type | None, what: str) -> Type | None:
        """Join the types of two values that must be alike; literals give way to what they meet."""
        if left is None or right is None:
            return None
        if left.is_set or right.is_set:
            self.fault(node, "a set where one value is due", "write `x in set_parameter`", "type")
            return None
        kinds = {left.kind, right.kind}
        if kinds == {Kind.TEXT, Kind.CODE}:
            code, text = (left, right) if left.kind is Kind.CODE else (right, left)
            if text.codes:
                return code if self.in_list(node, code, text) else None
        if len(kinds) > 1:
            self.fault(
                node,
                f"{what} differ: {_WORDS[left.kind]} and {_WORDS[right.kind]}",
                "compare like with like",
                "type",
            )
            return None
        if left.kind is Kind.CODE and left.code_list and right.code_list and left.code_list != right.code_list:
            self.fault(
                node,
                f"{what} are of two lists: {left.code_list} and {right.code_list}",
                "compare within one list",
                "type",
            )
            return None
        if left.kind is Kind.NUMBER and left.unit is not None and right.unit is not None and left.unit != right.unit:
            self.fault(
                node,
                f"{what} differ in unit: `{left.unit}` and `{right.unit}`",
                "bring both to one unit",
                "unit",
            )
            return None
        return right if left.kind is Kind.NUMBER and left.unit is None else left

    def in_list(self, node: Expr, code: Type, text: Type) -> bool:
        unlisted = sorted(text.codes - code.codes)
        for value in unlisted:
            near = difflib.get_close_matches(value, sorted(code.codes), 1)
            hint = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(sorted(code.codes))}"
            self.fault(node, f"`{value[:60]}` is not in the list {code.code_list}".rstrip(), hint, "code")
        return not unlisted

    def ranged(self, node: Expr, found: Type) -> Type | None:
        """Refuse a number that could outgrow a 64-bit whole number in its smallest unit."""
        return found if self.whole(node, max(_ratio(found))) else None

    def whole(self, node: Expr, greatest: int) -> bool:
        if greatest > LARGEST:
            self.fault(
                node, "can grow beyond 2^63-1 in its smallest unit", "use smaller bounds or fewer factors", "range"
            )
        return greatest <= LARGEST

    def arithmetic(self, node: Arithmetic) -> Type | None:
        if not self.known(node, node.operator, OPERATORS):
            return None
        left, right = self.type_of(node.left), self.type_of(node.right)
        ok = self.demand(node.left, left, Kind.NUMBER, f"is due on `{node.operator}`")
        if not (self.demand(node.right, right, Kind.NUMBER, f"is due on `{node.operator}`") and ok):
            return None
        assert left is not None and right is not None
        if node.operator in "+-":
            joined = self.same(node, left, right, f"both sides of `{node.operator}`")
            unit = None if joined is None else joined.unit
            if joined is None:
                return None
        elif left.unit is None and right.unit is None:
            unit = None
        else:
            one, other = left.unit or PLAIN, right.unit or PLAIN
            unit = one * other if node.operator == "*" else one / other
        if node.operator == "/":
            return self.quotient(node, left, right, unit)
        return self.combined(node, left, right, unit)

    def combined(self, node: Arithmetic, left: Type, right: Type, unit: Unit | None) -> Type | None:
        one, other = _span(left), _span(right)
        match node.operator:
            case "+":
                span = _Span(one.low + other.low, one.high + other.high)
            case "-":
                span = _Span(one.low - other.high, one.high - other.low)
            case _:
                span = _Span.over(a * b for a in (one.low, one.high) for b in (other.low, other.high))
        if left.places is not None and right.places is not None:
            places = left.places + right.places if node.operator == "*" else max(left.places, right.places)
            return self.ranged(node, _number_type(unit, span, places))
        (above, below), (other_above, other_below) = _ratio(left), _ratio(right)
        if node.operator == "*":
            ratio = (above * other_above, below * other_below)
        else:
            ratio = (above * other_below + other_above * below, below * other_below)
        return self.ranged(node, attrs.evolve(_number_type(unit, span, None), ratio=ratio))

    def quotient(self, node: Arithmetic, left: Type, right: Type, unit: Unit | None) -> Type | None:
        divisor, dividend = _span(right), _span(left)
        if divisor.low < 0:
            self.fault(node.right, "a divisor that could be negative", "divide by what cannot be below zero", "range")
            return None
        if divisor.low == 0 and (divisor.high == 0 or not self.reads_facts(node.right)):
            # Unknown with no fact to ask for would never be settled.
            self.fault(node.right, "a divisor that is zero whatever is known", "divide by what can be more", "range")
            return None
        (above, below), (other_above, other_below) = _ratio(left), _ratio(right)
        # The smallest divisor that is not zero is one of its smallest unit; zero itself makes the quotient unknown.
        least = max(divisor.low, Fraction(1, other_below))
        span = _Span.over(a / b for a in (dividend.low, dividend.high) for b in (least, max(divisor.high, least)))
        ratio = (above * other_below, below * other_above)
        return self.ranged(node, attrs.evolve(_number_type(unit, span, None), ratio=ratio))

    def reads_facts(self, expr: Expr) -> bool:
        for node in walk(expr):
            if isinstance(node, (Item, Quantifier)):
                return True
            if isinstance(node, Name) and self.scope.names[node.path].role is not Role.PARAMETER:
                return True
        return False

    def negative(self, operand: Expr) -> Type | None:
        found = self.type_of(operand)
        if not self.demand(operand, found, Kind.NUMBER, "is due after a minus sign"):
            return None
        assert found is not None
        span = _span(found)
        turned = _number_type(found.unit, _Span(-span.high, -span.low), found.places)
        return attrs.evolve(turned, ratio=found.ratio)

    def if_else(self, node: IfElse) -> Type | None:
        self.demand(node.condition, self.type_of(node.condition), Kind.CLAIM, "is due after `if`")
        return self.either(node, self.type_of(node.then), self.type_of(node.otherwise), "both branches")

    def either(self, node: Expr, one: Type | None, other: Type | None, what: str) -> Type | None:
        """Tell the type of a value that is one of two: its range spans both."""
        joined = self.same(node, one, other, what)
        if joined is None or one is None or other is None:
            return None
        hull = _hull(joined, one, other)
        if hull.kind is not Kind.NUMBER:
            return hull
        # With the claim open, the two are compared.
        self.crossed(node, one, other)
        return self.ranged(node, hull)

    def call(self, node: Call) -> Type | None:
        function = FUNCTIONS.get(node.function)
        if function is None or len(function.takes) != len(node.arguments):
            self.fault(
                node,
                f"`{node.function[:60]}` is no function of these values",
                f"known: {', '.join(FUNCTIONS)}",
                "function",
            )
            return None
        types = [self.type_of(each) for each in node.arguments]
        fits = [
            self.demand(each, found, wanted, f"is due in `{function.name}`")
            for each, found, wanted in zip(node.arguments, types, function.takes, strict=True)
        ]
        if not all(fits):
            return None
        if function.gives is None:
            first, written = types[0], node.arguments[1]
            places = PLACES.get(literal_text(written.value)) if isinstance(written, Literal) else None
            if first is None or places is None:
                self.fault(written, f"the places are no number from 0 to {MAX_PLACES}", "write it out", "type")
                return None
            span, margin = _span(first), Fraction(1, 10**places)
            # Readers of whole registers round by whole numbers: twice the number to its places, and half a place more.
            above, below = _ratio(first)
            self.whole(node, max(2 * above * 10**places + below, 2 * below))
            return self.ranged(node, _number_type(first.unit, _Span(span.low - margin, span.high + margin), places))
        most = MAX_YEARS * (12 if function.gives == _MONTH else 1)
        least = 0 if function.to_assessment else -most
        return Type(Kind.NUMBER, function.gives, Decimal(least), Decimal(most), 0)

    # -- quantifiers -------------------------------------------------------------------------------------------

    def quantifier(self, node: Quantifier) -> Type | None:
        if not self.known(node, node.kind, QUANTIFIERS):
            return None
        if node.relation not in self.scope.relations:
            known = ", ".join(f"`{each}`" for each in self.scope.relations) or "none for this subject"
            self.fault(node, f"`{node.relation[:60]}` is no relation", f"known: {known}", "relation")
            return None
        if self.items is not None:
            self.fault(node, "a quantifier inside a quantifier", "name the inner one as a definition", "type")
            return None
        relation = self.scope.relations[node.relation]
        self.items = relation
        where = CLAIM if node.where is None else self.type_of(node.where)
        item = None if node.item is None else self.type_of(node.item)
        self.items = None
        if node.where is not None:
            self.demand(node.where, where, Kind.CLAIM, "is due after `if`")
        if node.kind == "count":
            if node.item is not None:
                self.fault(node, "`count` counts members", "write `count(m for m in members if …)`", "type")
            return Type(Kind.NUMBER, relation.unit, Decimal(0), Decimal(relation.max_items), 0)
        if node.item is None:
            self.fault(node, f"`{node.kind}` of nothing", f"write `{node.kind}(… for m in members)`", "type")
            return None
        if node.kind in ("any", "all"):
            self.demand(node.item, item, Kind.CLAIM, f"is due in `{node.kind}`")
            return CLAIM
        if not self.demand(node.item, item, Kind.NUMBER, f"is due in `{node.kind}`"):
            return None
        assert item is not None
        return self.folded(node, item, relation)

    def folded(self, node: Quantifier, item: Type, relation: Relation) -> Type | None:
        span = _span(item)
        if node.kind == "sum":
            most = relation.max_items
            span = _Span(min(Fraction(0), span.low * most), max(Fraction(0), span.high * most))
        if item.places is None:
            # A sum of quotients has the product of all their denominators, and the least of them is none that a reader
            # of whole registers could keep as a whole number.
            self.fault(node, f"a {node.kind} of quotients", "divide afterwards, or round each part", "range")
            return None
        return self.ranged(node, _number_type(item.unit, span, item.places))


def _span(found: Type) -> _Span:
    assert found.low is not None and found.high is not None, "a number without bounds was refused at its name"
    return _Span(Fraction(found.low), Fraction(found.high))


def _ratio(found: Type) -> tuple[int, int]:
    """Bound a number as a fraction of whole numbers: numerator and denominator, the sign left out."""
    if found.places is None and found.ratio is not None:
        return found.ratio
    bound = max(abs(_span(found).low), abs(_span(found).high))
    scale = 10 ** (found.places or 0)
    return math.ceil(bound * scale), scale


def _number_type(unit: Unit | None, span: _Span, places: int | None) -> Type:
    return Type(Kind.NUMBER, unit, span.low, span.high, places)


def _hull(joined: Type, one: Type, other: Type) -> Type:
    if joined.kind is Kind.TEXT:
        # Free text, which may be anything, has no codes.
        return attrs.evolve(joined, codes=one.codes | other.codes if one.codes and other.codes else frozenset())
    if joined.kind is not Kind.NUMBER:
        return joined
    first, second = _span(one), _span(other)
    places = None if one.places is None or other.places is None else max(one.places, other.places)
    hull = _number_type(joined.unit, _Span(min(first.low, second.low), max(first.high, second.high)), places)
    if places is not None:
        return hull
    return attrs.evolve(hull, ratio=(max(_ratio(one)[0], _ratio(other)[0]), max(_ratio(one)[1], _ratio(other)[1])))
