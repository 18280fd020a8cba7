"""
Expressions that load, over any scope: every kind of node, with units that fit.

What is drawn is well typed by the way it is put together; what the checker refuses all the same, because a number could
outgrow 64 bits or a divisor be negative, is left out.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Final

import hypothesis.strategies as st
from hypothesis.errors import InvalidArgument

from fupin_rules.errors import ExpressionError, LimitError
from fupin_rules.expr import (
    And,
    Arithmetic,
    Call,
    Compare,
    Declared,
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
    Scope,
    SetOf,
    check,
)

REASON: Final = "src:drawn#1"
"""What a drawn `or_else` cites."""

_NUMBERS: Final = ("0", "1", "2", "3", "0.5", "1.5", "2.5", "6", "16", "60")
_ORDERED: Final = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
_EQUAL: Final = st.sampled_from(["==", "!="])
_DAYS: Final = (date(2012, 2, 29), date(2016, 1, 31))
_YEARS, _MONTHS = "year", "month"


class _Grammar:
    """Strategies for each kind of value, by depth, outside quantifiers and inside one."""

    def __init__(self, scope: Scope, *, ways_out: bool) -> None:
        self.scope = scope
        self.ways_out = ways_out
        self.relation = next(iter(scope.relations), "")
        items = scope.relations[self.relation].items if self.relation else {}
        self.outside = _Leaves(scope.names, is_item=False)
        self.within = _Leaves(items, is_item=True)
        self.claims = functools.cache(self._claims)
        self.numbers = functools.cache(self._numbers)
        self.codes = functools.cache(self._codes)
        self.days = functools.cache(self._days)

    def _leaf(self, kind: str, *, inside: bool) -> list[Expr]:
        here = self.within.of(kind) if inside else []
        return [*here, *self.outside.of(kind)]

    def of(self, kind: Kind, depth: int) -> st.SearchStrategy[Expr]:
        """Expressions of a kind, of any unit or code list."""
        match kind:
            case Kind.CLAIM:
                return self.claims(depth, False)
            case Kind.NUMBER:
                return st.sampled_from(self.units(inside=False)).flatmap(lambda unit: self.numbers(unit, depth, False))
            case Kind.DAY:
                return self.days(depth, False)
            case Kind.CODE if self.outside.code_lists:
                lists = sorted(self.outside.code_lists)
                return st.sampled_from(lists).flatmap(lambda name: self.codes(name, depth, False))
            case _:
                raise InvalidArgument(f"there are no expressions of the kind `{kind.value}` in this scope")

    def units(self, *, inside: bool) -> list[str]:
        """Units of which there are numbers, bare ones first."""
        found = {*self.outside.units, *(self.within.units if inside else ()), "1", _YEARS, _MONTHS}
        counted = {str(self.scope.relations[self.relation].unit)} if self.relation and not inside else set[str]()
        return sorted(found | counted, key=lambda unit: (unit != "1", unit))

    # -- claims --------------------------------------------------------------------------------------------------

    def _claims(self, depth: int, inside: bool) -> st.SearchStrategy[Expr]:
        leaves = st.sampled_from([*self._leaf("claim", inside=inside), Literal(False), Literal(True)])
        if depth == 0:
            return leaves
        below = self.claims(depth - 1, inside)
        several = st.lists(below, min_size=2, max_size=3).map(tuple)
        numbers = st.sampled_from(self.units(inside=inside)).flatmap(
            lambda unit: _compared(self.numbers(unit, depth - 1, inside), _ORDERED)
        )
        made = [
            below.map(Not),
            several.map(And),
            several.map(Or),
            numbers,
            numbers,
            _compared(self.days(depth - 1, inside), _ORDERED),
            _compared(below, _EQUAL, chained=False),
            st.builds(IfElse, below, below, below),
            *self._memberships(depth - 1, inside=inside),
        ]
        if self.ways_out:
            anything = st.one_of(below, self.numbers("1", depth - 1, inside), self.days(depth - 1, inside))
            made += [st.builds(OrElse, below, below, st.just(REASON)), anything.map(IsKnown)]
        if self.relation and not inside:
            items = self.claims(depth - 1, True)
            made.append(st.builds(self._quantified, st.sampled_from(["any", "all"]), items, st.none() | items))
            made.append(self._means_tests(items))
        return st.one_of(leaves, *made)

    def _quantified(self, kind: str, item: Expr | None, where: Expr | None) -> Expr:
        return Quantifier(kind, self.relation, item, where)  # type: ignore[arg-type]  # a sampled kind

    def _means_tests(self, where: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
        """An amount for each member counted, against a line: the shape of the first rule of every policy."""
        counted = self.scope.relations[self.relation].unit
        each = {
            path: [line.path for line in self.outside.numbers if str(line.unit) == str(unit / counted)]
            for path, unit in ((number.path, number.unit) for number in self.outside.numbers)
            if unit is not None
        }
        pairs = [(path, line) for path, lines in each.items() for line in lines]
        if not pairs:
            return st.builds(
                lambda count, number: Compare((count, number), (">=",)),
                st.builds(self._quantified, st.just("count"), st.none(), st.none() | where),
                _literals(),
            )

        def built(pair: tuple[str, str], where: Expr | None, sign: str) -> Expr:
            share = Arithmetic("/", Name(pair[0]), self._quantified("count", None, where))
            return Compare((share, Name(pair[1])), (sign,))  # type: ignore[arg-type]  # a sampled comparator

        return st.builds(built, st.sampled_from(pairs), st.none() | where, _ORDERED)

    def _memberships(self, depth: int, *, inside: bool) -> list[st.SearchStrategy[Expr]]:
        made: list[st.SearchStrategy[Expr]] = []
        here = [*(self.within.declared.items() if inside else ()), *self.outside.declared.items()]
        many = [
            st.builds(In, st.sampled_from(sorted(each.type.codes)).map(Literal), st.just(self._read(path, inside)))
            for path, each in here
            if each.type.kind is Kind.CODES and each.type.codes
        ]
        if many:
            made.append(st.one_of(many))
        lists = self.outside.code_lists | (self.within.code_lists if inside else {})
        if lists:
            names = st.sampled_from(sorted(lists))
            made.append(names.flatmap(lambda name: self._listed(name, lists[name], depth, inside=inside)))
            made.append(names.flatmap(lambda name: _compared(self.codes(name, depth, inside), _EQUAL, chained=False)))
        halves = st.lists(st.sampled_from(_NUMBERS), min_size=1, max_size=3, unique=True).map(_set_of_numbers)
        made.append(st.builds(In, self.numbers("1", depth, inside), halves))
        return made

    def _read(self, path: str, inside: bool) -> Expr:
        return Item(path) if inside and path in self.within.declared else Name(path)

    def _listed(self, name: str, codes: frozenset[str], depth: int, *, inside: bool) -> st.SearchStrategy[Expr]:
        chosen = st.lists(st.sampled_from(sorted(codes)), min_size=1, max_size=3, unique=True)
        sets: st.SearchStrategy[Expr] = chosen.map(lambda each: SetOf(tuple(Literal(code) for code in sorted(each))))
        named = [Name(path) for path, each in self.outside.sets.items() if each.type.code_list == name]
        collections = sets | st.sampled_from(named) if named else sets
        return st.builds(In, self.codes(name, depth, inside), collections)

    # -- values --------------------------------------------------------------------------------------------------

    def _codes(self, name: str, depth: int, inside: bool) -> st.SearchStrategy[Expr]:
        leaves = st.sampled_from(self._leaf(f"code {name}", inside=inside))
        if depth == 0:
            return leaves
        lists = self.outside.code_lists | (self.within.code_lists if inside else {})
        literals: st.SearchStrategy[Expr] = st.sampled_from(sorted(lists[name])).map(Literal)
        return leaves | st.builds(IfElse, self.claims(depth - 1, inside), leaves, leaves | literals)

    def _days(self, depth: int, inside: bool) -> st.SearchStrategy[Expr]:
        literals: list[Expr] = [Literal(each) for each in _DAYS]
        leaves = st.sampled_from([*self._leaf("day", inside=inside), *literals])
        if depth == 0:
            return leaves
        return leaves | st.builds(IfElse, self.claims(depth - 1, inside), leaves, leaves)

    def _numbers(self, unit: str, depth: int, inside: bool) -> st.SearchStrategy[Expr]:
        named = self._leaf(f"number {unit}", inside=inside)
        leaves = _literals() | st.sampled_from(named) if named else _literals()
        if depth == 0:
            return leaves
        below = self.numbers(unit, depth - 1, inside)
        plain = st.sampled_from([Literal(Decimal(each)) for each in ("1", "3", "0.5")])
        made = [
            st.builds(Arithmetic, st.sampled_from(["+", "-"]), below, below),
            st.builds(Arithmetic, st.just("*"), below, _literals()),
            st.builds(Arithmetic, st.just("/"), below, plain),
            below.map(Negative),
            st.builds(IfElse, self.claims(depth - 1, inside), below, below),
            st.builds(_rounded, below, st.integers(0, 3)),
        ]
        if unit == _YEARS:
            made += self._spans("years_between", "age", depth, inside=inside)
        if unit == _MONTHS:
            made += self._spans("months_between", "months_since", depth, inside=inside)
        if unit == "1":
            others = [other for other in self.units(inside=inside) if self._leaf(f"number {other}", inside=inside)]
            if others:
                made.append(st.sampled_from(others).flatmap(lambda other: self._shares(other, inside=inside)))
        if self.ways_out:
            made.append(st.builds(OrElse, below, below, st.just(REASON)))
        if self.relation and not inside:
            made += self._folded(unit, depth - 1)
        return st.one_of(leaves, *made)

    def _shares(self, unit: str, *, inside: bool) -> st.SearchStrategy[Expr]:
        both = st.sampled_from(self._leaf(f"number {unit}", inside=inside))
        return st.builds(Arithmetic, st.just("/"), both, both)

    def _spans(self, between: str, since: str, depth: int, *, inside: bool) -> list[st.SearchStrategy[Expr]]:
        day = self.days(depth - 1, inside)
        return [
            st.builds(lambda each: Call(since, (each,)), day),
            st.builds(lambda one, other: Call(between, (one, other)), day, day),
        ]

    def _folded(self, unit: str, depth: int) -> list[st.SearchStrategy[Expr]]:
        wheres = st.none() | self.claims(depth, True)
        items = self.numbers(unit, depth, True)
        # A sum of quotients is refused; rounded ones may be summed.
        rounded = st.builds(_rounded, items, st.integers(0, 2))
        made = [
            st.builds(self._quantified, st.sampled_from(["min", "max"]), items, wheres),
            st.builds(self._quantified, st.just("sum"), rounded, wheres),
        ]
        if unit == str(self.scope.relations[self.relation].unit):
            made.append(st.builds(self._quantified, st.just("count"), st.none(), wheres))
        return made


class _Leaves:
    """The names of a scope, or of its members, by what they can stand for."""

    def __init__(self, declared: Mapping[str, Declared], *, is_item: bool) -> None:
        self.is_item = is_item
        self.sets = {path: each for path, each in declared.items() if each.type.is_set}
        self.declared = {path: each for path, each in declared.items() if not each.type.is_set}
        self.numbers = [_Number(path, each) for path, each in self.declared.items() if each.type.kind is Kind.NUMBER]
        self.units = {str(each.unit) for each in self.numbers if each.unit is not None}
        self.code_lists = {
            each.type.code_list: each.type.codes
            for each in self.declared.values()
            if each.type.kind is Kind.CODE and each.type.codes
        }
        self._by_kind: dict[str, list[Expr]] = defaultdict(list)
        for path, each in self.declared.items():
            self._by_kind[_kind(each)].append(Item(path) if is_item else Name(path))

    def of(self, kind: str) -> list[Expr]:
        """Give the names of a kind, in the order of the scope."""
        return self._by_kind.get(kind, [])


class _Number:
    def __init__(self, path: str, declared: Declared) -> None:
        self.path = path
        self.unit = declared.type.unit


def _kind(declared: Declared) -> str:
    match declared.type.kind:
        case Kind.NUMBER:
            return f"number {declared.type.unit}"
        case Kind.CODE:
            return f"code {declared.type.code_list}"
        case _:
            return str(declared.type.kind.value)


def _literals() -> st.SearchStrategy[Expr]:
    return st.sampled_from([Literal(Decimal(each)) for each in _NUMBERS])


def _set_of_numbers(numbers: list[str]) -> Expr:
    # Sorted by text, as sets are.
    return SetOf(tuple(Literal(Decimal(each)) for each in sorted(numbers)))


def _rounded(number: Expr, places: int) -> Expr:
    return Call("round_half_up", (number, Literal(Decimal(places))))


def _compared(
    operands: st.SearchStrategy[Expr], signs: st.SearchStrategy[str], *, chained: bool = True
) -> st.SearchStrategy[Expr]:
    def of(size: int) -> st.SearchStrategy[Expr]:
        return st.builds(Compare, st.tuples(*[operands] * size), st.tuples(*[signs] * (size - 1)))

    return of(2) | of(3) if chained else of(2)


def expressions(
    scope: Scope, *, kind: Kind = Kind.CLAIM, max_depth: int = 3, ways_out: bool = False
) -> st.SearchStrategy[Expr]:
    """
    Expressions that load: trees of one kind of value, checked against a scope.

    Args:
        scope: What names mean: of a policy `policy.scopes()[Subject.HOUSEHOLD]`, or one of your own.
        kind: Kind of their value: a claim, a number (of any unit in the scope), a day, a code.
        max_depth: How deep they may be nested, leaves counted as nothing.
        ways_out: Whether `is_known` and `or_else` may stand in them, which rules that decide may not have freely.

    Returns:
        Trees that shrink toward a single leaf: a name of the scope where it has one of that kind.

    Raises:
        InvalidArgument: There are no expressions of that kind, or the depth is negative.

    >>> from fupin_rules.expr import to_text
    >>> from fupin_rules.policy import Subject, load_policy
    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate])
    >>> scope = load_policy("national-2014").scopes()[Subject.VILLAGE]
    >>> to_text(find(expressions(scope), lambda _: True, settings=quick))
    'hard_road_to_township'
    """
    if max_depth < 0:
        raise InvalidArgument(f"max_depth is {max_depth}; give 0 or more")

    def loads(expr: Expr) -> bool:
        try:
            check(expr, scope)
        except LimitError:
            return False
        except ExpressionError as error:
            # Any other fault would be one of this grammar.
            if any(fault.code != "range" for fault in error.faults):
                raise
            return False
        return True

    return _Grammar(scope, ways_out=ways_out).of(kind, max_depth).filter(loads)
