"""Well-typed expressions over a small scope, and contexts that tell their names, for laws."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

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
    Item,
    Kind,
    Literal,
    Name,
    Negative,
    Not,
    Or,
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
from fupin_rules.truth import Truth, Unknown

ON = date(2016, 1, 31)
CODES = ("one", "two", "three")

CLAIM = Type(Kind.CLAIM)
NUMBER = Type(Kind.NUMBER, PLAIN, Decimal(-100), Decimal(100), 0)
COUNT = Type(Kind.NUMBER, PLAIN, Decimal(0), Decimal(100), 0)
DAY = Type(Kind.DAY)
CODE = Type(Kind.CODE, codes=frozenset(CODES), code_list="Numeral")
MANY = Type(Kind.CODES, codes=frozenset(CODES), code_list="Numeral")

FACTS: Mapping[str, Type] = {
    "a": CLAIM,
    "b": CLAIM,
    "x": NUMBER,
    "y": COUNT,
    "g.z": NUMBER,
    "code": CODE,
    "many": MANY,
    "day": DAY,
}
ITEMS: Mapping[str, Type] = {"p": CLAIM, "q": CLAIM, "x": NUMBER, "code": CODE, "day": DAY}

SCOPE = Scope(
    {path: Declared(Role.FACT, kind, f"事实{path}", f"fact {path}") for path, kind in FACTS.items()},
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
        return self.facts.value(path)

    def facts_behind(self, path: str, /) -> frozenset[str]:
        return frozenset({path})

    def roster(self, relation: str, /) -> Roster:
        complete: Truth = True if self.complete else Unknown({"members_complete"})
        return Roster(self.members, complete)

    def spend(self) -> None:
        """Budgets have tests of their own."""


def known(**facts: Value) -> Known:
    """A context of some facts and no members."""
    return Known(Facts("", facts))


VALUES: Mapping[Kind, st.SearchStrategy[Value]] = {
    Kind.CLAIM: st.booleans(),
    Kind.NUMBER: st.integers(-3, 5),
    Kind.DAY: st.dates(date(1950, 1, 1), date(2015, 12, 31)),
    Kind.CODE: st.sampled_from(CODES),
    Kind.CODES: st.frozensets(st.sampled_from(CODES)),
}


def some(facts: Mapping[str, Type], prefix: str = "") -> st.SearchStrategy[Facts]:
    values = {path: VALUES[kind.kind] if kind is not COUNT else st.integers(0, 3) for path, kind in facts.items()}
    return st.fixed_dictionaries({}, optional=values).map(lambda held: Facts(prefix, held))


@st.composite
def contexts(draw: st.DrawFn) -> Known:
    """Contexts with unknown facts, empty and incomplete rosters."""
    size = draw(st.integers(0, 3))
    roster = tuple(draw(some(ITEMS, f"members[{number}].")) for number in range(size))
    return Known(draw(some(FACTS)), roster, draw(st.booleans()))


def claims(depth: int = 3, *, inside: bool = False) -> st.SearchStrategy[Expr]:
    """Claims; `inside` a quantifier they read the member too."""
    leaves: list[st.SearchStrategy[Expr]] = [st.sampled_from([Name("a"), Name("b")]), st.booleans().map(Literal)]
    if inside:
        leaves.append(st.sampled_from([Item("p"), Item("q")]))
    if depth == 0:
        return st.one_of(leaves)
    below, numbers_below = claims(depth - 1, inside=inside), numbers(depth - 1, inside=inside)
    several = st.lists(below, min_size=2, max_size=3).map(tuple)
    made: list[st.SearchStrategy[Expr]] = [
        below.map(Not),
        several.map(And),
        several.map(Or),
        comparisons(numbers_below),
        memberships(inside=inside),
        st.builds(IfElse, below, below, below),
    ]
    if not inside:
        items = claims(depth - 1, inside=True)
        made.append(
            st.builds(Quantifier, st.sampled_from(["any", "all"]), st.just("members"), items, st.none() | items)
        )
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


@st.composite
def memberships(draw: st.DrawFn, *, inside: bool) -> Expr:
    chosen = sorted(draw(st.sets(st.sampled_from(CODES), min_size=1)))
    element: Expr = Item("code") if inside and draw(st.booleans()) else Name("code")
    if draw(st.booleans()):
        return In(Literal(chosen[0]), Name("many"))
    return In(element, SetOf(tuple(Literal(each) for each in chosen)))


def numbers(depth: int = 2, *, inside: bool = False) -> st.SearchStrategy[Expr]:
    """Numbers, bare of units; divisors cannot be negative."""
    whole = st.integers(0, 3).map(lambda number: Literal(Decimal(number)))
    halves = st.integers(1, 5).map(lambda number: Literal(Decimal(number) / 2))
    names: list[Expr] = [Name("x"), Name("y"), Name("g.z"), Call("age", (Name("day"),))]
    if inside:
        names += [Item("x"), Call("age", (Item("day"),))]
    leaves: list[st.SearchStrategy[Expr]] = [
        whole,
        halves.map(_tidied),
        st.sampled_from([n for n in names if not isinstance(n, Call)]),
    ]
    if depth == 0:
        return st.one_of(leaves)
    below = numbers(depth - 1, inside=inside)
    made: list[st.SearchStrategy[Expr]] = [
        st.builds(Arithmetic, st.sampled_from(["+", "-", "*"]), below, below),
        st.builds(lambda dividend: Arithmetic("/", dividend, Name("y")), below),
        below.map(Negative),
        st.builds(IfElse, claims(depth - 1, inside=inside), below, below),
        st.builds(lambda number: Call("round_half_up", (number, Literal(Decimal(1)))), below),
    ]
    if not inside:
        items = numbers(depth - 1, inside=True)
        wheres = st.none() | claims(depth - 1, inside=True)
        made.append(st.builds(Quantifier, st.sampled_from(["min", "max"]), st.just("members"), items, wheres))
        # A sum of quotients is refused; rounded ones may be summed.
        rounded = items.map(lambda number: Call("round_half_up", (number, Literal(Decimal(2)))))
        made.append(st.builds(Quantifier, st.just("sum"), st.just("members"), rounded, wheres))
    return st.one_of(*leaves, *made)


def _tidied(literal: Literal) -> Literal:
    value = literal.value
    assert isinstance(value, Decimal)
    return Literal(value if value % 1 else Decimal(int(value)))
