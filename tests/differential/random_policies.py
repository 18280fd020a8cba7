"""
Policies and registers at random, for readers to be held against each other.

One seed gives one policy and its households, on every machine. Rules are drawn by sort, so that nearly all pass the
checker; facts stand close to what the rules ask, a fen below, on and above a line; rosters are empty, short, incomplete;
divisors are zero; and of everything some is not known, with and without the reason.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, TypeVar

import attrs

import fupin_rules as fr
from fupin_rules.citations import Citation, Source, Standing
from fupin_rules.errors import ExpressionError, LimitError
from fupin_rules.expr import (
    And,
    Arithmetic,
    Call,
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
    SetOf,
    check,
    walk,
)
from fupin_rules.expr._nodes import QuantifierKind
from fupin_rules.model import CodeList
from fupin_rules.periods import Period
from fupin_rules.policy import Policy, Snapshot, Subject
from fupin_rules.policy._rules import (
    DatedValue,
    Definition,
    Parameter,
    Ranking,
    RankingMethod,
    Rule,
    RuleKind,
    Unless,
)
from fupin_rules.policy._scope import build_scopes, facts_scope
from fupin_rules.quantities import Unit

ON = date(2016, 2, 29)
LINE = Fraction("2736.01")
REASON = "src:draw#1"
SOURCES = tuple(Citation(Source(each.value, "随机", "drawn at random", each)) for each in Standing)
SOURCE = SOURCES[-1]

FLAGS = ("income_stable", "is_single_parent_family", "living.water_safe", "assets.owns_car", "living.is_unsafe_house")
MONEY = (
    "income.wage_income_yuan",
    "income.operating_income_yuan",
    "income.operating_cost_yuan",
    "income.pension_yuan",
)
AREAS = ("production.arable_mu", "production.irrigated_mu")
CODES = ("living.house_grade", "main_cause", "hukou")
DAYS = ("relocation.moved_in", "relocation.keys_handed_over")
MEMBER_FLAGS = ("medical_residents", "major_illness_insurance", "on_dibao", "is_orphan")
MEMBER_CODES = ("labour", "relation", "student_status")
SCOPE = facts_scope(Subject.HOUSEHOLD)

Drawn = Callable[[], Expr]
_T = TypeVar("_T")


def literal(value: int | str) -> Literal:
    return Literal(Decimal(value))


class Trees:
    """Draws checked trees."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.claims: list[str] = []
        self.money: list[str] = []

    def one(self, *ways: Drawn) -> Expr:
        return self.chance.choice(ways)()

    def maybe(self, share: float) -> bool:
        return self.chance.random() < share

    # -- claims ------------------------------------------------------------------------------------------------------

    def claim(self, depth: int) -> Expr:
        if depth <= 0:
            return self.one(self.flag, self.flag, self.coded, self.means_test, self.compared, self.named_claim)
        return self.one(
            lambda: And(tuple(self.claim(depth - 1) for _ in range(self.chance.randint(2, 3)))),
            lambda: Or(tuple(self.claim(depth - 1) for _ in range(self.chance.randint(2, 3)))),
            lambda: Not(self.claim(depth - 1)),
            lambda: IfElse(self.claim(depth - 1), self.claim(depth - 1), self.claim(depth - 1)),
            lambda: Quantifier(self.quantified(), "members", self.member_claim(depth - 1), self.filter(depth - 1)),
            lambda: OrElse(self.claim(depth - 1), Literal(value=self.maybe(0.5)), REASON),
            lambda: IsKnown(self.one(lambda: self.claim(depth - 1), lambda: self.amount(1), self.code, self.day)),
            lambda: Compare((self.claim(depth - 1), self.flag()), (self.chance.choice(("==", "!=")),)),
            lambda: self.claim(0),
            self.compared,
        )

    def quantified(self) -> QuantifierKind:
        return "any" if self.maybe(0.5) else "all"

    def flag(self) -> Expr:
        return Name(self.chance.choice(FLAGS))

    def named_claim(self) -> Expr:
        return Name(self.chance.choice(self.claims)) if self.claims else self.flag()

    def code(self) -> Expr:
        return Name(self.chance.choice(CODES))

    def day(self) -> Expr:
        return Name(self.chance.choice(DAYS))

    def coded(self) -> Expr:
        return self._coded(self.code(), Name("other_causes"), ["illness", "schooling", "disaster"])

    def _coded(self, code: Name | Item | Expr, many: Name | Item, listed: Sequence[str]) -> Expr:
        assert isinstance(code, (Name, Item))
        known = sorted(
            (SCOPE.names if isinstance(code, Name) else SCOPE.relations["members"].items)[code.path].type.codes
        )
        picked = self.chance.sample(known, self.chance.randint(1, min(3, len(known))))
        return self.one(
            lambda: In(code, SetOf(tuple(Literal(each) for each in sorted(picked)))),
            lambda: Compare((code, Literal(picked[0])), (self.chance.choice(("==", "!=")),)),
            lambda: In(Literal(self.chance.choice(listed)), many),
        )

    def sign(self) -> Any:
        return self.chance.choice(("<", "<=", ">", ">=", "==", "!="))

    def compared(self) -> Expr:
        sign = self.sign()
        return self.one(
            lambda: Compare((self.amount(2), self.chance.choice((literal("8208.03"), self.amount(1)))), (sign,)),
            lambda: Compare((self.count(1), literal(self.chance.randint(0, 3))), (sign,)),
            lambda: Compare((self.count(0), Name("stated_member_count")), (sign,)),
            lambda: Compare((literal(1), self.count(1), literal(3)), ("<=", self.chance.choice(("<", "<=")))),
            lambda: Compare((Name(AREAS[0]), Name(AREAS[1])), (sign,)),
            lambda: Compare((Name(AREAS[0]), literal("2.5")), (sign,)),
            lambda: Compare((self.day(), self.one(self.day, lambda: Name("since"))), (sign,)),
            lambda: Compare((self.months(), literal(self.chance.randint(0, 12))), (sign,)),
            lambda: Compare((Call("age", (self.day(),)), literal(self.chance.choice(("1", "2", "2.5")))), (sign,)),
            lambda: Compare(
                (Call("months_between", (self.day(), Name("since"))), literal(self.chance.randint(-3, 9))), (sign,)
            ),
            lambda: Compare((self.span(), literal(self.chance.randint(-3, 24))), (sign,)),
            lambda: Compare((self.ages(), literal(self.chance.choice((30, 60, 61, 90)))), (sign,)),
        )

    def span(self) -> Expr:
        """A span between two days of the household, or one that is reckoned with further."""
        return self.one(
            lambda: Call("months_between", (self.day(), self.day())),
            lambda: Call("years_between", (self.day(), self.day())),
            lambda: Arithmetic("+", Call("months_since", (self.day(),)), Call("months_since", (self.day(),))),
            lambda: Arithmetic("-", Call("age", (self.day(),)), literal(1)),
        )

    def ages(self) -> Expr:
        kinds: tuple[QuantifierKind, ...] = ("sum", "min", "max")
        return Quantifier(self.chance.choice(kinds), "members", Call("age", (Item("birth_date"),)), self.filter(0))

    def means_test(self) -> Expr:
        people = self.one(lambda: self.count(0), lambda: Name("stated_member_count"))
        per_person = Arithmetic("/", self.amount(2), people)
        line = self.one(lambda: Name("line"), lambda: literal("2736.01"))
        if self.maybe(0.2):
            return Compare(
                (Call("round_half_up", (per_person, literal(self.chance.randint(0, 2)))), line), (self.sign(),)
            )
        if self.maybe(0.2):
            line = Arithmetic("/", self.amount(1), Name("stated_member_count"))
        return Compare((per_person, line), (self.sign(),))

    # -- numbers -----------------------------------------------------------------------------------------------------

    def amount(self, depth: int) -> Expr:
        if depth <= 0:
            known = [*MONEY, *self.money]
            return Name(self.chance.choice(known))
        return self.one(
            lambda: self.amount(0),
            lambda: Arithmetic("+", self.amount(depth - 1), self.amount(depth - 1)),
            lambda: Arithmetic("-", self.amount(depth - 1), self.amount(depth - 1)),
            lambda: Negative(self.amount(depth - 1)),
            lambda: IfElse(self.claim(0), self.amount(depth - 1), self.amount(0)),
            lambda: OrElse(self.amount(depth - 1), literal(0), REASON),
            lambda: Arithmetic("*", self.amount(0), literal("0.5")),
        )

    def count(self, depth: int) -> Expr:
        return Quantifier("count", "members", None, self.filter(depth))

    def months(self) -> Expr:
        kinds: tuple[QuantifierKind, ...] = ("sum", "min", "max")
        return Quantifier(self.chance.choice(kinds), "members", Item("work_months"), self.filter(1))

    # -- members -----------------------------------------------------------------------------------------------------

    def filter(self, depth: int) -> Expr | None:
        return self.member_claim(depth) if self.maybe(0.6) else None

    def member_claim(self, depth: int) -> Expr:
        if depth <= 0:
            return self.one(self.member_flag, self.member_coded, self.aged, self.worked, self.named_claim)
        return self.one(
            lambda: And((self.member_claim(depth - 1), self.member_claim(0))),
            lambda: Or((self.member_claim(depth - 1), self.member_claim(0))),
            lambda: Not(self.member_claim(depth - 1)),
            lambda: OrElse(self.member_claim(depth - 1), Literal(value=self.maybe(0.5)), REASON),
            lambda: IfElse(self.member_claim(0), self.member_claim(depth - 1), self.member_claim(0)),
            lambda: self.member_claim(0),
        )

    def member_flag(self) -> Expr:
        return Item(self.chance.choice(MEMBER_FLAGS))

    def member_coded(self) -> Expr:
        return self._coded(
            Item(self.chance.choice(MEMBER_CODES)), Item("health"), ["disability", "major_illness", "healthy"]
        )

    def aged(self) -> Expr:
        age = Call("age", (Item("birth_date"),))
        return self.one(
            lambda: Compare((literal(6), age, literal(16)), ("<=", "<")),
            lambda: Compare((age, literal(self.chance.choice((6, 16, 60)))), (self.sign(),)),
            lambda: Compare(
                (
                    Call("years_between", (Item("birth_date"), Name("since"))),
                    literal(self.chance.choice(("6", "1.5", "280"))),
                ),
                (self.sign(),),
            ),
        )

    def worked(self) -> Expr:
        return self.one(
            lambda: Compare((Item("work_months"), literal(6)), (self.sign(),)),
            lambda: Compare((Item("work_months"), Item("public_job_months")), (self.sign(),)),
        )


WHOLE = Period(date(2016, 1, 1), date(2017, 1, 1))
PARAMETERS = {
    "line": Parameter(
        "line", "线", "line", Unit.parse("yuan / person / year"), "", (DatedValue(WHOLE, LINE, SOURCES[3]),), "draw"
    ),
    "since": Parameter("since", "日", "day", None, "", (DatedValue(WHOLE, date(2015, 8, 31), SOURCE),), "draw"),
}
KINDS = (RuleKind.ELIGIBILITY, RuleKind.EXIT, RuleKind.EXCLUSION, RuleKind.PRIORITY, RuleKind.CHECK)


def policy_of(chance: random.Random, *, rules: int = 7) -> Snapshot:
    """Draw a policy and take it on a day: rules of all kinds, definitions that they read, two parameters."""
    trees = Trees(chance)
    definitions: dict[str, Definition] = {}
    drawn: list[Rule] = []

    def checked(draw: Drawn) -> Expr:
        for _ in range(100):
            expr = draw()
            try:
                check(expr, build_scopes(PARAMETERS, definitions, drawn)[Subject.HOUSEHOLD])
            except (ExpressionError, LimitError):
                continue
            return expr
        raise AssertionError("nothing that can be checked was drawn")

    def define(name: str, draw: Drawn) -> None:
        source = chance.choice(SOURCES)
        definitions[name] = Definition(name, Subject.HOUSEHOLD, name, name, checked(draw), source, "draw")

    define("net_income_yuan", lambda: trees.amount(2))
    trees.money.append("net_income_yuan")
    define("in_need", lambda: trees.claim(1))
    trees.claims.append("in_need")
    for number in range(rules):
        rule = rule_of(number, checked(lambda: trees.claim(chance.randint(0, 2))))
        rule = attrs.evolve(rule, citation=chance.choice(SOURCES))
        if rule.kind is RuleKind.EXCLUSION:
            exceptions = [
                Unless(f"unless_{each}", "例外", "exception", checked(lambda: trees.claim(1)), chance.choice(SOURCES))
                for each in range(chance.randint(0, 2))
            ]
            rule = attrs.evolve(rule, unless=tuple(exceptions))
        elif rule.kind is RuleKind.PRIORITY:
            rule = attrs.evolve(rule, weight=Decimal(chance.choice(("1", "3", "-2.5", "0.25"))))
        drawn.append(rule)
        if chance.random() < 0.4:
            trees.claims.append(drawn[-1].id)
    order = tuple(rule.id for rule in drawn if rule.kind is RuleKind.PRIORITY)
    return snapshot_of(drawn, definitions, Ranking(chance.choice(list(RankingMethod)), order, (), SOURCE))


def rule_of(number: int, when: Expr) -> Rule:
    """Make a rule; the kinds take turns."""
    name = f"rule_{number}"
    return Rule(name, KINDS[number % len(KINDS)], Subject.HOUSEHOLD, name, name, when, SOURCE, "draw")


def snapshot_of(
    rules: Sequence[Rule], definitions: Mapping[str, Definition], ranking: Ranking | None = None
) -> Snapshot:
    """Take a policy of these rules on the day."""
    policy = Policy(
        id="draw",
        version="1",
        zh="随机",
        en="drawn",
        days=WHOLE,
        subjects=(Subject.HOUSEHOLD,),
        parameters=MappingProxyType(PARAMETERS),
        definitions=MappingProxyType(dict(definitions)),
        rules=tuple(rules),
        eligible_when=MappingProxyType({}),
        rankings=MappingProxyType({} if ranking is None else {Subject.HOUSEHOLD: ranking}),
        sources=MappingProxyType({"draw": SOURCE.source}),
        lineage=("draw",),
    )
    return policy.on(ON)


# -- households ------------------------------------------------------------------------------------------------------


class Homes:
    """Draws households whose facts stand close to what rules ask."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def maybe(self, value: Any, share: float = 0.12) -> Any:
        drawn = self.chance.random()
        if drawn < share * 0.3:
            return fr.NotKnown(self.chance.choice((fr.Why.REFUSED, fr.Why.EXPIRED)))
        return None if drawn < share else value

    def pick(self, *values: _T) -> _T:
        return self.chance.choice(values)

    def money(self, people: int) -> Decimal:
        line = Decimal("2736.01") * max(people, 1)
        return self.pick(
            Decimal(0), Decimal("0.01"), line - Decimal("0.01"), line, line + Decimal("0.01"), Decimal(3000)
        )

    def day(self) -> date:
        near = self.pick(ON, date(2015, 8, 31), date(2014, 2, 28), date(2015, 2, 28))
        return near + timedelta(days=self.chance.randint(-2, 2))

    def born(self) -> date:
        years = self.pick(0, 3, 5, 6, 7, 15, 16, 30, 59, 60, 61, 80)
        return date(2016 - years, 2, 28) + timedelta(days=self.chance.randint(-2, 2))

    def code(self, cls: type[CodeList]) -> Any:
        return self.chance.choice(list(cls))

    def member(self, number: int) -> fr.Member:
        flags = {name: self.maybe(self.chance.random() < 0.5) for name in MEMBER_FLAGS}
        from_model = fr.model
        return fr.Member(
            id=str(number),
            birth_date=self.maybe(self.born()),
            labour=self.maybe(self.code(from_model.Labour)),
            relation=self.maybe(self.code(from_model.Relation)),
            student_status=self.maybe(self.code(from_model.StudentStatus)),
            health=self.maybe(tuple({self.code(from_model.Health) for _ in range(self.chance.randint(0, 2))})),
            work_months=self.maybe(self.pick(0, 3, 6, 12)),
            public_job_months=self.maybe(self.pick(0, 6)),
            **flags,
        )

    def household(self, number: int) -> fr.Household:
        people = self.pick(0, 1, 1, 2, 3, 4)
        flags = {name: self.maybe(self.chance.random() < 0.5) for name in FLAGS}
        model = fr.model
        return fr.Household(
            id=f"H-{number}",
            members=tuple(self.member(each) for each in range(people)),
            members_complete=self.maybe(value=self.chance.random() < 0.9),
            stated_member_count=self.maybe(self.pick(people, people, 0, 3)),
            hukou=self.maybe(self.code(model.Hukou)),
            main_cause=self.maybe(self.code(model.PovertyCause)),
            other_causes=self.maybe(tuple({self.code(model.PovertyCause) for _ in range(self.chance.randint(0, 2))})),
            income_stable=flags["income_stable"],
            is_single_parent_family=flags["is_single_parent_family"],
            income=fr.Income(**{path.partition(".")[2]: self.maybe(self.money(people)) for path in MONEY}),
            production=fr.Production(**{path.partition(".")[2]: self.maybe(self.pick(0, 2, Decimal("2.5"), 3)) for path in AREAS}),
            living=fr.Living(
                water_safe=flags["living.water_safe"],
                is_unsafe_house=flags["living.is_unsafe_house"],
                house_grade=self.maybe(self.code(model.HouseGrade)),
            ),
            assets=fr.Assets(owns_car=flags["assets.owns_car"]),
            relocation=fr.Relocation(moved_in=self.maybe(self.day()), keys_handed_over=self.maybe(self.day())),
        )  # fmt: skip


def households_of(chance: random.Random, count: int) -> list[fr.Household]:
    """Draw so many households."""
    homes = Homes(chance)
    return [homes.household(number) for number in range(count)]


def nodes_of(snapshot: Snapshot) -> Counter[str]:
    """Count the trees of a policy in which each sort of node stands."""
    exprs = [*(each.expr for each in snapshot.definitions.values()), *(rule.when for rule in snapshot.rules)]
    return Counter(kind for expr in exprs for kind in {type(node).__name__ for node in walk(expr)})
