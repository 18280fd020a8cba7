"""
Well-typed expressions over a small scope, and contexts that tell their names, for laws.

Expressions shrink to a leaf, contexts to one that knows nothing. `ways_out` lets `is_known` and `or_else` in, which the
laws of learning leave out.
"""

import functools
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs
from hypothesis import strategies as st

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
    Relation,
    Role,
    Roster,
    Scope,
    SetOf,
    Type,
    Value,
)
from fupin_rules.quantities import PLAIN, Unit
from fupin_rules.testing import expressions
from fupin_rules.truth import Truth, Unknown

ON = date(2016, 1, 31)
CODES = ("one", "two", "three")
REASON = "src:A#1"

CLAIM = Type(Kind.CLAIM)
NUMBER = Type(Kind.NUMBER, PLAIN, Decimal(-100), Decimal(100), 0)
COUNT = Type(Kind.NUMBER, PLAIN, Decimal(0), Decimal(100), 0)
HALVES = Type(Kind.NUMBER, PLAIN, Decimal(0), Decimal(5), 1)
MONEY = Type(Kind.NUMBER, Unit.parse("yuan"), Decimal(0), Decimal(9000), 2)
LINE = Type(Kind.NUMBER, Unit.parse("yuan / person"), Decimal(2736), Decimal(3000), 0)
DAY = Type(Kind.DAY)
CODE = Type(Kind.CODE, codes=frozenset(CODES), code_list="Numeral")
MANY = Type(Kind.CODES, codes=frozenset(CODES), code_list="Numeral")

FACTS: Mapping[str, Type] = {
    "a": CLAIM,
    "b": CLAIM,
    "x": NUMBER,
    "y": COUNT,
    "g.z": NUMBER,
    "g.half": HALVES,
    "g.pay": MONEY,
    "code": CODE,
    "many": MANY,
    "day": DAY,
}
ITEMS: Mapping[str, Type] = {"p": CLAIM, "q": CLAIM, "x": NUMBER, "code": CODE, "many": MANY, "day": DAY}
PARAMETERS: Mapping[str, Value] = {
    "line": 2800,
    "listed": frozenset({"one", "two"}),
    "since": date(2010, 1, 1),
}

SCOPE = Scope(
    {path: Declared(Role.FACT, kind, f"事实{path}", f"fact {path}") for path, kind in FACTS.items()}
    | {
        "line": Declared(Role.PARAMETER, LINE, "标准", "line", can_be_unknown=False),
        "listed": Declared(
            Role.PARAMETER,
            Type(Kind.CODE, codes=frozenset({"one", "two"}), is_set=True, code_list="Numeral"),
            "名单",
            "list",
            can_be_unknown=False,
        ),
        "since": Declared(Role.PARAMETER, DAY, "起始日", "first day", can_be_unknown=False),
    },
    {
        "members": Relation(
            Unit.parse("person"),
            {path: Declared(Role.FACT, kind, f"成员{path}", f"member's {path}") for path, kind in ITEMS.items()},
            60,
            "成员",
            "member",
        )
    },
)


@attrs.frozen
class Facts:
    """Facts by path; what is left out is not known."""

    prefix: str
    held: Mapping[str, Value]

    def value(self, path: str, /) -> Value | Unknown:
        return self.held[path] if path in self.held else Unknown({self.name(path)})

    def name(self, path: str, /) -> str:
        return f"{self.prefix}{path}"


@attrs.frozen
class Known:
    """A context of known facts and members."""

    facts: Facts
    members: tuple[Facts, ...] = ()
    complete: bool = True
    with_defaults: bool = True
    on: date = ON

    def value(self, path: str, /) -> Value | Unknown:
        return PARAMETERS[path] if path in PARAMETERS else self.facts.value(path)

    def facts_behind(self, path: str, /) -> frozenset[str]:
        return frozenset() if path in PARAMETERS else frozenset({path})

    def roster(self, relation: str, /) -> Roster:
        complete: Truth = True if self.complete else Unknown({"members_complete"})
        return Roster(self.members, complete)

    def spend(self) -> None:
        """Budgets have tests of their own."""


def known(**facts: Value) -> Known:
    """A context of some facts and no members."""
    return Known(Facts("", facts))


def values(kind: Type) -> st.SearchStrategy[Value]:
    """Values of a type: ordinary ones, so that facts meet each other, and the ends of its range."""
    match kind.kind:
        case Kind.CLAIM:
            return st.booleans()
        case Kind.DAY:
            return st.dates(date(1950, 1, 1), date(2015, 12, 31)) | st.sampled_from([date(2012, 2, 29), ON])
        case Kind.CODE | Kind.TEXT:
            return st.sampled_from(CODES)
        case Kind.CODES:
            return st.frozensets(st.sampled_from(CODES))
        case Kind.NUMBER:
            assert kind.low is not None and kind.high is not None
            scale = 10 ** (kind.places or 0)
            low, high = int(kind.low * scale), int(kind.high * scale)
            wholes = st.integers(max(low, -3 * scale), min(high, 5 * scale)) | st.sampled_from([low, high])
            return wholes.map(lambda whole: _exact(Fraction(whole, scale)))


def _exact(number: Fraction) -> Value:
    return int(number) if number.denominator == 1 else number


def some(facts: Mapping[str, Type], prefix: str = "") -> st.SearchStrategy[Facts]:
    told = {path: values(kind) for path, kind in facts.items()}
    return st.fixed_dictionaries({}, optional=told).map(lambda held: Facts(prefix, held))


def every(facts: Mapping[str, Type], prefix: str = "") -> st.SearchStrategy[Facts]:
    told = {path: values(kind) for path, kind in facts.items()}
    return st.fixed_dictionaries(told).map(lambda held: Facts(prefix, held))


@st.composite
def contexts(draw: st.DrawFn) -> Known:
    """Contexts with unknown facts, empty and incomplete rosters."""
    size = draw(st.integers(0, 3))
    roster = tuple(draw(some(ITEMS, f"members[{number}].")) for number in range(size))
    return Known(draw(some(FACTS)), roster, draw(st.booleans()))


@st.composite
def full_contexts(draw: st.DrawFn) -> Known:
    """Contexts in which nothing is unknown."""
    size = draw(st.integers(0, 3))
    return Known(draw(every(FACTS)), tuple(draw(every(ITEMS, f"members[{number}].")) for number in range(size)))


@st.composite
def learnt(draw: st.DrawFn, context: Known, but: frozenset[str] = frozenset()) -> Known:
    """The context with some unknown facts learnt, none of those in `but`."""

    def more(facts: Facts, types: Mapping[str, Type]) -> Facts:
        held: dict[str, Value] = dict(facts.held)
        for path, kind in types.items():
            if path not in held and facts.name(path) not in but and draw(st.booleans()):
                held[path] = draw(values(kind))
        return attrs.evolve(facts, held=held)

    members = tuple(more(member, ITEMS) for member in context.members)
    facts = more(context.facts, FACTS)
    complete = context.complete
    if not complete and "members_complete" not in but and draw(st.booleans()):
        complete = True
        if draw(st.booleans()):
            members = (*members, more(Facts("members[new].", {}), ITEMS))
    return attrs.evolve(context, facts=facts, members=members, complete=complete)


def trees(*, ways_out: bool = False) -> st.SearchStrategy[Expr]:
    """Checked trees of every kind of value."""
    day = expressions(SCOPE, kind=Kind.DAY, max_depth=1)
    return st.one_of(checked_claims(ways_out=ways_out), checked_numbers(ways_out=ways_out), day)


@functools.cache
def checked_claims(*, ways_out: bool = False) -> st.SearchStrategy[Expr]:
    """Claims that load."""
    return expressions(SCOPE, ways_out=ways_out)


@functools.cache
def checked_numbers(*, ways_out: bool = False) -> st.SearchStrategy[Expr]:
    """Numbers that load."""
    return expressions(SCOPE, kind=Kind.NUMBER, max_depth=2, ways_out=ways_out)


@functools.cache
def claims(depth: int = 3, *, inside: bool = False, ways_out: bool = False) -> st.SearchStrategy[Expr]:
    """Claims; `inside` a quantifier they read the member too."""
    leaves: list[st.SearchStrategy[Expr]] = [st.sampled_from([Name("a"), Name("b")]), st.booleans().map(Literal)]
    if inside:
        leaves.append(st.sampled_from([Item("p"), Item("q")]))
    if depth == 0:
        return st.one_of(leaves)
    below = claims(depth - 1, inside=inside, ways_out=ways_out)
    several = st.lists(below, min_size=2, max_size=3).map(tuple)
    made: list[st.SearchStrategy[Expr]] = [
        below.map(Not),
        several.map(And),
        several.map(Or),
        comparisons(numbers(depth - 1, inside=inside, ways_out=ways_out)),
        comparisons(measures(depth - 1, inside=inside, ways_out=ways_out)),
        comparisons(days(depth - 1, inside=inside)),
        equalities(below),
        equalities(codes(depth - 1, inside=inside)),
        memberships(depth - 1, inside=inside, ways_out=ways_out),
        st.builds(IfElse, below, below, below),
    ]
    if ways_out:
        made.append(st.builds(OrElse, below, below, st.just(REASON)))
        anything = st.one_of(below, numbers(depth - 1, inside=inside), codes(depth - 1, inside=inside))
        made.append(anything.map(IsKnown))
    if not inside:
        items = claims(depth - 1, inside=True, ways_out=ways_out)
        kinds = st.sampled_from(["any", "all"])
        made += [st.builds(Quantifier, kinds, st.just("members"), items, st.none() | items), means_tests(items)]
    return st.one_of(*leaves, *made)


def comparisons(operands: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    signs = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    two = st.builds(lambda one, other, sign: Compare((one, other), (sign,)), operands, operands, signs)
    three = st.builds(
        lambda one, other, third, first, second: Compare((one, other, third), (first, second)),
        operands,
        operands,
        operands,
        signs,
        signs,
    )
    return two | three


def equalities(operands: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    """Comparisons of what has no order."""
    signs = st.sampled_from(["==", "!="])
    return st.builds(lambda one, other, sign: Compare((one, other), (sign,)), operands, operands, signs)


def means_tests(where: st.SearchStrategy[Expr]) -> st.SearchStrategy[Expr]:
    """Pay for each member counted, against the line: the shape of the first rule of every policy."""

    def built(where: Expr | None, sign: str) -> Expr:
        each = Arithmetic("/", Name("g.pay"), Quantifier("count", "members", None, where))
        return Compare((each, Name("line")), (sign,))  # type: ignore[arg-type]  # a sampled comparator

    return st.builds(built, st.none() | where, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]))


@st.composite
def memberships(draw: st.DrawFn, depth: int, *, inside: bool, ways_out: bool) -> Expr:
    match draw(st.integers(0, 3)):
        case 0:
            many: Name | Item = Item("many") if inside and draw(st.booleans()) else Name("many")
            return In(Literal(draw(st.sampled_from(CODES))), many)
        case 1:
            return In(draw(codes(depth, inside=inside)), Name("listed"))
        case 2:
            chosen = sorted(draw(st.sets(st.sampled_from(CODES), min_size=1)))
            return In(draw(codes(depth, inside=inside)), SetOf(tuple(Literal(each) for each in chosen)))
        case _:
            # Sorted by text, as sets are.
            halves = sorted(draw(st.sets(st.sampled_from(["0", "0.5", "1", "2.5", "3"]), min_size=1)))
            element = draw(numbers(depth, inside=inside, ways_out=ways_out))
            return In(element, SetOf(tuple(Literal(Decimal(each)) for each in halves)))


@functools.cache
def codes(depth: int = 1, *, inside: bool = False) -> st.SearchStrategy[Expr]:
    """Codes of one list, of which at least one side of an expression is more than a literal."""
    known_codes: list[Expr] = [Name("code"), Item("code")] if inside else [Name("code")]
    leaves = st.sampled_from(known_codes)
    if depth == 0:
        return leaves
    either = leaves | st.sampled_from(CODES).map(Literal)
    return leaves | st.builds(IfElse, claims(depth - 1, inside=inside), leaves, either)


@functools.cache
def days(depth: int = 1, *, inside: bool = False) -> st.SearchStrategy[Expr]:
    """Days."""
    known_days: list[Expr] = [Name("day"), Name("since"), Literal(date(2012, 2, 29)), Literal(ON)]
    leaves = st.sampled_from([*known_days, Item("day")] if inside else known_days)
    if depth == 0:
        return leaves
    return leaves | st.builds(IfElse, claims(depth - 1, inside=inside), leaves, leaves)


@functools.cache
def measures(depth: int = 1, *, inside: bool = False, ways_out: bool = False) -> st.SearchStrategy[Expr]:
    """Whole years, so of one unit: ages, spans, and bare literals beside them."""
    day = days(max(depth - 1, 0), inside=inside)
    ages = day.map(lambda each: Call("age", (each,)))
    spans = st.builds(lambda one, other: Call("years_between", (one, other)), day, day)
    years = st.one_of(ages, spans, st.sampled_from(["6", "16", "60"]).map(lambda each: Literal(Decimal(each))))
    if depth == 0:
        return years
    sums = st.builds(Arithmetic, st.sampled_from(["+", "-"]), years, years)
    if ways_out:
        return st.one_of(years, sums, st.builds(OrElse, years, years, st.just(REASON)))
    return st.one_of(years, sums)


@functools.cache
def counts(depth: int = 1, *, ways_out: bool = False) -> st.SearchStrategy[Expr]:
    """Counts of members, and their share of each other."""
    wheres = st.none() | claims(depth, inside=True, ways_out=ways_out)
    return st.builds(lambda where: Quantifier("count", "members", None, where), wheres)


@functools.cache
def numbers(depth: int = 2, *, inside: bool = False, ways_out: bool = False) -> st.SearchStrategy[Expr]:
    """Plain numbers; divisors cannot be negative."""
    literals = st.sampled_from(["0", "1", "2", "3", "0.5", "1.5", "2.5"]).map(lambda each: Literal(Decimal(each)))
    known_numbers: list[Expr] = [Name("x"), Name("y"), Name("g.z"), Name("g.half")]
    leaves: list[st.SearchStrategy[Expr]] = [
        literals,
        st.sampled_from([*known_numbers, Item("x")] if inside else known_numbers),
    ]
    if depth == 0:
        return st.one_of(leaves)
    below = numbers(depth - 1, inside=inside, ways_out=ways_out)
    divisors: list[st.SearchStrategy[Expr]] = [
        st.sampled_from([Name("y"), Name("g.half"), Arithmetic("/", Name("y"), Name("g.half"))]),
        st.sampled_from(["1", "3", "0.5"]).map(lambda each: Literal(Decimal(each))),
    ]
    made: list[st.SearchStrategy[Expr]] = [
        st.builds(Arithmetic, st.sampled_from(["+", "-", "*"]), below, below),
        st.builds(Arithmetic, st.just("/"), below, st.one_of(divisors)),
        below.map(Negative),
        st.builds(IfElse, claims(depth - 1, inside=inside, ways_out=ways_out), below, below),
        st.builds(_rounded, below, st.integers(0, 3)),
    ]
    if ways_out:
        made.append(st.builds(OrElse, below, below, st.just(REASON)))
    if not inside:
        items = numbers(depth - 1, inside=True, ways_out=ways_out)
        wheres = st.none() | claims(depth - 1, inside=True, ways_out=ways_out)
        shares = counts(depth - 1, ways_out=ways_out)
        made += [
            st.builds(Quantifier, st.sampled_from(["min", "max"]), st.just("members"), items, wheres),
            # A sum of quotients is refused; rounded ones may be summed.
            st.builds(
                Quantifier, st.just("sum"), st.just("members"), st.builds(_rounded, items, st.integers(0, 2)), wheres
            ),
            st.builds(Arithmetic, st.just("/"), shares, shares),
        ]
    return st.one_of(*leaves, *made)


def _rounded(number: Expr, places: int) -> Expr:
    return Call("round_half_up", (number, Literal(Decimal(places))))
