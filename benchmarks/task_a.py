"""
Task A, by which all ways are measured: seventeen rules and two outcomes about a household of 26 facts and its members.

An income line, five exclusions of which one has an exception, six priorities, five guarantees; about half of the
households have something that is not known. Here stand the facts, the households, the rules in our language, a slow
oracle that anyone can follow, the floors written by hand, and the ways of this library.

Every way gives eight claims (`WANTED`), each True, False, or None where it is not known.
"""

from __future__ import annotations

import functools
import random
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from fupin_rules.engine.compiled._function import compile_claims
from fupin_rules.expr import Declared, Expr, Kind, Name, Role, Roster, Type, Value, evaluate, parse
from fupin_rules.policy import Meaning
from fupin_rules.quantities import PLAIN
from fupin_rules.truth import Unknown

ON = date(2016, 1, 31)
LINE = 2736
AMOUNTS = ("wages", "farm", "transfers", "rent", "cost", "land", "debt", "medical_bills", "losses")
NUMBERS = ("id", "village", "people", "insured_people", *AMOUNTS)
FLAGS = (
    "safe_water",
    "electricity",
    "road",
    "car",
    "car_for_work",
    "town_flat",
    "firm",
    "on_payroll",
    "machinery",
    "allowance",
    "five_guarantees",
    "moved",
)
# What the rules read; the rest is there because a household's file holds it too.
READ_NUMBERS = ("people", "wages", "farm", "transfers", "rent", "cost")
READ_FLAGS = tuple(each for each in FLAGS if each not in {"electricity", "road", "moved"})


@attrs.define
class Person:
    """A member; None is not known."""

    age: int | None
    at_school: bool | None
    left_school: bool | None
    health: int | None
    labour: int | None
    insured: bool | None
    months_away: int | None


@attrs.define
class Home:
    """A household, its amounts in whole yuan; None is not known."""

    id: int
    village: int
    people: int | None
    insured_people: int | None
    wages: int | None
    farm: int | None
    transfers: int | None
    rent: int | None
    cost: int | None
    land: int | None
    debt: int | None
    medical_bills: int | None
    losses: int | None
    house: str | None
    safe_water: bool | None
    electricity: bool | None
    road: bool | None
    car: bool | None
    car_for_work: bool | None
    town_flat: bool | None
    firm: bool | None
    on_payroll: bool | None
    machinery: bool | None
    allowance: bool | None
    five_guarantees: bool | None
    moved: bool | None
    members: tuple[Person, ...]


RULES: Mapping[str, str] = {
    "poor": f"(wages + farm + transfers + rent - cost) / people < {LINE}",
    "excluded_car": "car and not car_for_work",
    "excluded_flat": "town_flat",
    "excluded_firm": "firm",
    "excluded_payroll": "on_payroll",
    "excluded_machinery": "machinery",
    "eligible": (
        "(poor or allowance or five_guarantees)"
        " and not (excluded_car or excluded_flat or excluded_firm or excluded_payroll or excluded_machinery)"
    ),
    "priority_house": 'house in {"C", "D"}',
    "priority_water": "not safe_water",
    "priority_illness": "any(m.health >= 3 for m in members)",
    "priority_no_labour": "not any(m.labour >= 1 or m.months_away >= 6 for m in members)",
    "priority_school": "any(m.left_school for m in members if 6 <= m.age <= 15)",
    "priority_dependants": "count(m for m in members if m.age < 16 or m.age > 60) >= 2",
    "exit_income": f"(wages + farm + transfers + rent - cost) / people >= {LINE}",
    "exit_house": 'house in {"A", "B"}',
    "exit_water": "safe_water",
    "exit_school": "all(m.at_school and not m.left_school for m in members if 6 <= m.age <= 15)",
    "exit_insured": "all(m.insured for m in members)",
    "leaves": "exit_income and exit_house and exit_water and exit_school and exit_insured",
}
WANTED = (
    "eligible",
    "priority_house",
    "priority_water",
    "priority_illness",
    "priority_no_labour",
    "priority_school",
    "priority_dependants",
    "leaves",
)
Claim = bool | None
Answer = tuple[Claim, ...]


# -- the data --------------------------------------------------------------------------------------------------------

# Of a hundred households, how many have it.
_SHARES = {
    "safe_water": 80,
    "electricity": 98,
    "road": 90,
    "car": 8,
    "car_for_work": 30,
    "town_flat": 3,
    "firm": 2,
    "on_payroll": 3,
    "machinery": 4,
    "allowance": 8,
    "five_guarantees": 1,
    "moved": 5,
}
# Of a hundred households, of how many it is not known.
_MISSING = {"people": 0.5, "car_for_work": 5, "debt": 3, "medical_bills": 3} | dict.fromkeys(
    ("insured_people", "house", "safe_water", "car", "land", "losses"), 2
)


def households(count: int, seed: int = 2016) -> list[Home]:
    """Make households: sizes, ages and incomes as in the countryside, a hundredth or two of the facts not known."""
    chance = random.Random(seed)  # noqa: S311  generated data, no secret

    def told(value: Any, missing: float) -> Any:
        return None if chance.random() * 100 < missing else value

    def person() -> Person:
        age = min(99, max(0, round(chance.gauss(38, 22))))
        pupil = 6 <= age <= 15
        at_school = chance.random() < 0.97 if pupil else 15 < age < 22 and chance.random() < 0.4
        return Person(
            told(age, 0.5),
            told(at_school, 2),
            told(pupil and not at_school and chance.random() < 0.8, 2),
            told(chance.choices((1, 2, 3, 4), (78, 13, 5, 4))[0], 2),
            told(0 if not 16 <= age <= 65 else chance.choices((0, 1, 2, 3), (12, 20, 58, 10))[0], 2),
            told(chance.random() < 0.97, 2),
            told(chance.randint(1, 11) if 16 <= age <= 60 and chance.random() < 0.35 else 0, 3),
        )

    def some(mean: float, spread: float, times: float = 1) -> int:
        return round(chance.lognormvariate(mean, spread) * times)

    def home(number: int) -> Home:
        people = chance.choices(range(7), (0.2, 12, 25, 28, 20, 10, 4.8))[0]
        heads = max(people, 1)
        low, lower = (0.45, 0.5) if chance.random() < 0.35 else (2.4, 1.5)
        farm = some(6.6, 0.8, heads * lower)
        facts: dict[str, Any] = {
            "people": people,
            "insured_people": people,
            "wages": some(7.4, 0.9, heads * low),
            "farm": farm,
            "transfers": some(5.5, 0.7, heads),
            "rent": 0 if chance.random() < 0.7 else some(5, 1),
            "cost": round(farm * chance.uniform(0.2, 0.7)),
            "land": round(chance.gammavariate(2, 2)),
            "debt": some(7, 1.5),
            "medical_bills": some(6, 1.3),
            "losses": 0 if chance.random() < 0.9 else some(7, 1),
            "house": chance.choices("ABCD", (30, 40, 20, 10))[0],
        }
        facts |= {flag: chance.random() * 100 < share for flag, share in _SHARES.items()}
        facts = {name: told(value, _MISSING.get(name, 1)) for name, value in facts.items()}
        return Home(id=number, village=number // 300, **facts, members=tuple(person() for _ in range(people)))

    return [home(number) for number in range(count)]


def is_known(home: Home) -> bool:
    """Tell whether everything that the rules read of a household is known, so that two values are enough."""
    facts = [getattr(home, name) for name in (*READ_NUMBERS, *READ_FLAGS, "house")]
    people = [getattr(member, each.name) for member in home.members for each in attrs.fields(Person)]
    return None not in facts and None not in people and home.people != 0


# -- the oracle: slow, and plainly right -----------------------------------------------------------------------------


def no(claim: Claim) -> Claim:
    """Deny a claim."""
    return None if claim is None else not claim


def both(*claims: Claim) -> Claim:
    """One firm no is enough; otherwise whatever is open leaves it open."""
    return False if False in claims else None if None in claims else True


def either(*claims: Claim) -> Claim:
    """One firm yes is enough; otherwise whatever is open leaves it open."""
    return True if True in claims else None if None in claims else False


def told_by(test: Callable[..., bool], *facts: Any) -> Claim:
    """Ask for what can be told only when all facts are known."""
    return None if any(each is None for each in facts) else test(*facts)


def oracle(home: Home) -> dict[str, Claim]:
    """Judge all rules, one by one, in three values."""
    people = home.members
    income = (home.wages, home.farm, home.transfers, home.rent, home.cost, home.people or None)
    poor = told_by(lambda a, b, c, d, e, n: Decimal(a + b + c + d - e) / n < LINE, *income)
    pupil = {id(m): told_by(lambda age: 6 <= age <= 15, m.age) for m in people}
    able = [either(told_by(lambda x: x >= 1, m.labour), told_by(lambda x: x >= 6, m.months_away)) for m in people]
    depends = [told_by(lambda age: age < 16 or age > 60, m.age) for m in people]
    certain, open_ones = depends.count(True), depends.count(None)
    found = {
        "poor": poor,
        "excluded_car": both(home.car, no(home.car_for_work)),
        "excluded_flat": home.town_flat,
        "excluded_firm": home.firm,
        "excluded_payroll": home.on_payroll,
        "excluded_machinery": home.machinery,
        "priority_house": told_by(lambda grade: grade in ("C", "D"), home.house),
        "priority_water": no(home.safe_water),
        "priority_illness": either(*(told_by(lambda x: x >= 3, m.health) for m in people)),
        "priority_no_labour": no(either(*able)),
        "priority_school": either(*(both(pupil[id(m)], m.left_school) for m in people)),
        "priority_dependants": True if certain >= 2 else None if certain + open_ones >= 2 else False,
        "exit_income": no(poor),
        "exit_house": told_by(lambda grade: grade in ("A", "B"), home.house),
        "exit_water": home.safe_water,
        "exit_school": both(*(either(no(pupil[id(m)]), both(m.at_school, no(m.left_school))) for m in people)),
        "exit_insured": both(*(m.insured for m in people)),
    }
    excluded = either(*(value for name, value in found.items() if name.startswith("excluded")))
    found["eligible"] = both(either(poor, home.allowance, home.five_guarantees), no(excluded))
    found["leaves"] = both(*(value for name, value in found.items() if name.startswith("exit")))
    return {name: found[name] for name in RULES}


# -- by hand ---------------------------------------------------------------------------------------------------------


def floor(h: Home) -> Answer:  # noqa: PLR0915  as fast as it can be said, not as short
    """Judge both outcomes and the six priorities in three values, one pass over the members, everything cut short."""
    people = h.people
    poor: bool | None = None
    above: bool | None = None
    if people:
        try:
            poor = (h.wages + h.farm + h.transfers + h.rent - h.cost) < LINE * people  # type: ignore[operator]
            above = not poor
        except TypeError:
            pass
    car = h.car
    if car:
        work = h.car_for_work
        by_car = None if work is None else not work
    elif car is None:
        by_car = False if h.car_for_work else None
    else:
        by_car = False
    flat = firm = paid = machine = None
    if by_car or (flat := h.town_flat) or (firm := h.firm) or (paid := h.on_payroll) or (machine := h.machinery):
        eligible: bool | None = False
    else:
        is_open = by_car is None or flat is None or firm is None or paid is None or machine is None
        allowance = five = None
        if poor or (allowance := h.allowance) or (five := h.five_guarantees):
            eligible = None if is_open else True
        elif poor is None or allowance is None or five is None:
            eligible = None
        else:
            eligible = False
    ill: bool | None = False
    able: bool | None = False
    dropped: bool | None = False
    schooled: bool | None = True
    insured: bool | None = True
    low = more = 0
    for m in h.members:
        health = m.health
        if health is None:
            if not ill:
                ill = None
        elif health >= 3:
            ill = True
        if not able:
            labour = m.labour
            if labour is not None and labour >= 1:
                able = True
            else:
                away = m.months_away
                if away is not None and away >= 6:
                    able = True
                elif labour is None or away is None:
                    able = None
        age = m.age
        if age is None:
            more += 1
            left = m.left_school
            if dropped is False and left is not False:
                dropped = None
            if schooled and not (m.at_school and left is False):
                schooled = None
        elif age < 16:
            low += 1
            if age >= 6:
                left = m.left_school
                if left:
                    dropped, schooled = True, False
                else:
                    if left is None and dropped is False:
                        dropped = None
                    at_school = m.at_school
                    if at_school is False:
                        schooled = False
                    elif (at_school is None or left is None) and schooled:
                        schooled = None
        elif age > 60:
            low += 1
        covered = m.insured
        if covered is None:
            if insured:
                insured = None
        elif not covered:
            insured = False
    house, water = h.house, h.safe_water
    good = None if house is None else house in ("A", "B")
    if above is False or good is False or water is False or schooled is False or insured is False:
        leaves: bool | None = False
    elif above is None or good is None or water is None or schooled is None or insured is None:
        leaves = None
    else:
        leaves = True
    dependants = True if low >= 2 else None if low + more >= 2 else False
    return (
        eligible,
        None if good is None else not good,
        None if water is None else not water,
        ill,
        None if able is None else not able,
        dropped,
        dependants,
        leaves,
    )


def two_valued(h: Home) -> Answer:
    """Judge a household that is known in full, the shortest way a programmer would write it."""
    ms: Sequence[Any] = h.members
    k: Any = h
    poor = (k.wages + k.farm + k.transfers + k.rent - k.cost) / k.people < LINE
    excluded = (k.car and not k.car_for_work) or k.town_flat or k.firm or k.on_payroll or k.machinery
    leaves = (
        not poor
        and k.house in ("A", "B")
        and k.safe_water
        and all(m.at_school and not m.left_school for m in ms if 6 <= m.age <= 15)
        and all(m.insured for m in ms)
    )
    return (
        (poor or k.allowance or k.five_guarantees) and not excluded,
        k.house in ("C", "D"),
        not k.safe_water,
        any(m.health >= 3 for m in ms),
        not any(m.labour >= 1 or m.months_away >= 6 for m in ms),
        any(m.left_school for m in ms if 6 <= m.age <= 15),
        sum(m.age < 16 or m.age > 60 for m in ms) >= 2,
        leaves,
    )


# -- ours -----------------------------------------------------------------------------------------------------------


def rules() -> dict[str, Expr]:
    """Read the rules."""
    return {name: parse(text) for name, text in RULES.items()}


def meaning() -> Meaning:
    """Tell what the names of the rules stand for."""
    claim, number = Type(Kind.CLAIM), Type(Kind.NUMBER, PLAIN, Decimal(0), Decimal(10**9))
    facts = dict.fromkeys(FLAGS, claim) | dict.fromkeys(NUMBERS, number)
    facts["house"] = Type(Kind.CODE, codes=frozenset("ABCD"), code_list="House")
    items = {
        each.name: claim if each.name in {"at_school", "left_school", "insured"} else number
        for each in attrs.fields(Person)
    }
    return Meaning(
        {name: Declared(Role.FACT, kind) for name, kind in facts.items()},
        {name: Declared(Role.FACT, kind) for name, kind in items.items()},
        {},
        rules(),
        ON,
        complete="",
    )


@attrs.define
class Read:
    """A household as the reference evaluator reads it."""

    home: Home
    named: Mapping[str, Expr]
    values: dict[str, Any] = attrs.field(factory=dict)
    with_defaults = True
    on = ON

    def value(self, path: str, /) -> Value | Unknown:
        if path not in self.values:
            if path in self.named:
                self.values[path] = evaluate(self.named[path], self)
            else:
                told = getattr(self.home, path)
                self.values[path] = Unknown({path}) if told is None else told
        found: Value | Unknown = self.values[path]
        return found

    def facts_behind(self, path: str, /) -> frozenset[str]:
        return frozenset({path})

    def roster(self, relation: str, /) -> Roster:
        return Roster(tuple(ReadMember(each, place) for place, each in enumerate(getattr(self.home, relation))), True)

    def spend(self) -> None:
        """Take any number of steps."""


@attrs.define
class ReadMember:
    """A member, likewise."""

    member: Person
    place: int

    def value(self, path: str, /) -> Value | Unknown:
        told = getattr(self.member, path)
        if told is None:
            return Unknown({self.name(path)})
        found: Value = told
        return found

    def name(self, path: str, /) -> str:
        return f"members[{self.place}].{path}"


@attrs.define(eq=False, repr=False, slots=False)
class Reasoned:
    """An answer that keeps what its reasons are worked out from: made as an `Assessment` is, and read likewise."""

    _home: Home
    _meaning: Meaning
    _claims: Answer

    @property
    def claims(self) -> Answer:
        """The eight claims."""
        return self._claims

    @functools.cached_property
    def missing(self) -> frozenset[str]:
        """Facts that what is open still misses, as the reference evaluator names them."""
        read = Read(self._home, self._meaning.named)
        values = [read.value(name) for name, claim in zip(WANTED, self._claims, strict=True) if claim is None]
        return frozenset().union(*(value.missing for value in values if isinstance(value, Unknown)))


@attrs.frozen
class Ours:
    """
    What this library makes of the task.

    Attributes:
        outcome: The eight claims.
        reasoned: The eight claims in an answer that can be asked for its reasons.
        every_rule: All rules, in order.
        reference: The eight claims by the reference evaluator.
    """

    outcome: Callable[[Home], Answer]
    reasoned: Callable[[Home], Reasoned]
    every_rule: Callable[[Home], Answer]
    reference: Callable[[Home], Answer]


def ours() -> Ours:
    """Compile the task."""
    held = meaning()
    outcome = compile_claims(held, {name: Name(name) for name in WANTED}, "the outcome")

    def reasoned(home: Home) -> Reasoned:
        return Reasoned(home, held, outcome(home))

    def reference(home: Home) -> Answer:
        read = Read(home, held.named)
        return tuple(None if isinstance(value := read.value(name), Unknown) else bool(value) for name in WANTED)

    every_rule = compile_claims(held, {name: Name(name) for name in RULES}, "every rule")
    return Ours(outcome, reasoned, every_rule, reference)


def check(homes: Sequence[Home]) -> None:
    """Hold the floors and our ways against the oracle, on every household that each can judge."""
    made = ours()
    for home in homes:
        every = oracle(home)
        wanted = tuple(every[name] for name in WANTED)
        reasoned = made.reasoned(home)
        assert floor(home) == made.outcome(home) == reasoned.claims == made.reference(home) == wanted, home
        assert bool(reasoned.missing) is (None in wanted), home
        assert made.every_rule(home) == tuple(every.values()), home
        if is_known(home):
            assert tuple(map(bool, two_valued(home))) == wanted, home
