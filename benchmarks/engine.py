"""
What a decision costs, as ratios to hand-written Python, measured in one run.

One task, done several ways: eighteen rules about a household of some twenty facts and its members, of which every other
household has something not known. By hand in three values (the floor, which short-circuits and goes through the
members once), by hand in two values on households that are known in full, and by the compiled rules: the two outcomes,
all rules, and an answer that can be asked for its reasons. The reference evaluator stands beside them.

Every figure is the least of several rounds, taken in turns; all ways are checked to agree before they are timed.

    python benchmarks/engine.py
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
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
FLAGS = (
    "safe_water",
    "car",
    "car_for_work",
    "town_flat",
    "firm",
    "on_payroll",
    "machinery",
    "allowance",
    "five_guarantees",
)
AMOUNTS = ("wages", "farm", "transfers", "rent", "cost")


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
    """A household; None is not known."""

    people: int | None
    wages: int | None
    farm: int | None
    transfers: int | None
    rent: int | None
    cost: int | None
    house: str | None
    safe_water: bool | None
    car: bool | None
    car_for_work: bool | None
    town_flat: bool | None
    firm: bool | None
    on_payroll: bool | None
    machinery: bool | None
    allowance: bool | None
    five_guarantees: bool | None
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
    "exit_school": "all(m.at_school and not m.left_school for m in members if 6 <= m.age <= 15)",
    "exit_insured": "all(m.insured for m in members)",
    "leaves": "exit_income and exit_house and safe_water and exit_school and exit_insured",
}


def rules() -> dict[str, Expr]:
    """Read the rules."""
    return {name: parse(text) for name, text in RULES.items()}


def meaning() -> Meaning:
    """Tell what the names of the rules stand for."""
    claim, number = Type(Kind.CLAIM), Type(Kind.NUMBER, PLAIN, Decimal(0), Decimal(10**9))
    facts = dict.fromkeys(FLAGS, claim) | dict.fromkeys(("people", *AMOUNTS), number)
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


# -- the data --------------------------------------------------------------------------------------------------------


def households(count: int, seed: int = 2016) -> list[Home]:
    """Make households: sizes, ages and incomes as in the countryside, a hundredth or two of the facts not known."""
    chance = random.Random(seed)  # noqa: S311  generated data, no secret

    def told(value: Any, missing: float = 0.015) -> Any:
        return None if chance.random() < missing else value

    def person() -> Person:
        age = min(99, max(0, round(chance.gauss(38, 22))))
        pupil = 6 <= age <= 15
        at_school = chance.random() < 0.97 if pupil else 15 < age < 22 and chance.random() < 0.4
        return Person(
            told(age, 0.005),
            told(at_school),
            told(pupil and not at_school and chance.random() < 0.8),
            told(chance.choices((1, 2, 3, 4), (78, 13, 5, 4))[0]),
            told(0 if not 16 <= age <= 65 else chance.choices((0, 1, 2, 3), (12, 20, 58, 10))[0]),
            told(chance.random() < 0.97),
            told(chance.randint(1, 12) if 16 <= age <= 60 and chance.random() < 0.35 else 0),
        )

    def home() -> Home:
        people = chance.choices((0, 1, 2, 3, 4, 5, 6), (0.2, 12, 25, 28, 20, 10, 4.8))[0]
        share = 0.5 if chance.random() < 0.35 else 2
        money = [round(chance.lognormvariate(mean, 0.8) * max(people, 1) * share) for mean in (7.4, 6.6, 5.5, 3.5)]
        flags = (0.8, 0.08, 0.3, 0.03, 0.02, 0.03, 0.04, 0.08, 0.01)
        facts: list[Any] = [told(people, 0.005), *(told(each, 0.01) for each in (*money, money[1] // 2))]
        facts += [told(chance.choices("ABCD", (30, 40, 20, 10))[0]), *(told(chance.random() < each) for each in flags)]
        facts.append(tuple(person() for _ in range(people)))
        return Home(*facts)

    return [home() for _ in range(count)]


def is_known(home: Home) -> bool:
    """Tell whether nothing of a household is unknown, so that two values are enough."""
    facts = [getattr(home, each.name) for each in attrs.fields(Home)]
    people = [getattr(member, each.name) for member in home.members for each in attrs.fields(Person)]
    return None not in facts and None not in people and home.people != 0


# -- by hand ---------------------------------------------------------------------------------------------------------

Answer = tuple[bool | None, ...]


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


# -- the reference evaluator -----------------------------------------------------------------------------------------


@attrs.define
class Read:
    """A household as the reference evaluator reads it."""

    home: Home
    held: Mapping[str, Expr]
    values: dict[str, Any] = attrs.field(factory=dict)
    with_defaults = True
    on = ON

    def value(self, path: str, /) -> Value | Unknown:
        if path not in self.values:
            if path in self.held:
                self.values[path] = evaluate(self.held[path], self)
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


@attrs.frozen(slots=False)
class Reasoned:
    """An answer that keeps what its reasons are worked out from, as assessments do."""

    home: Home
    held: Meaning
    eligible: bool | None
    leaves: bool | None


# -- measuring -------------------------------------------------------------------------------------------------------


def ways(homes: Sequence[Home]) -> dict[str, tuple[Callable[[Home], object], Sequence[Home]]]:
    """Give each way with the households it is timed on."""
    held = meaning()
    named = rules()
    outcomes = compile_claims(held, {name: Name(name) for name in ("eligible", "leaves")}, "outcomes")
    some = compile_claims(held, {name: Name(name) for name in WANTED}, "what the floor gives")
    everything = compile_claims(held, {name: Name(name) for name in RULES}, "all rules")

    def reasoned(home: Home) -> Reasoned:
        return Reasoned(home, held, *outcomes(home))

    def reference(home: Home) -> Answer:
        read = Read(home, named)
        return tuple(None if isinstance(value := read.value(name), Unknown) else bool(value) for name in WANTED)

    known = [home for home in homes if is_known(home)]
    for home in homes:
        assert floor(home) == some(home) == reference(home), home
    for home in known:
        assert tuple(map(bool, two_valued(home))) == some(home), home
    return {
        "by hand, three values (the floor)": (floor, homes),
        "by hand, two values": (two_valued, known),
        "compiled: both outcomes": (outcomes, homes),
        "compiled: an answer with its reasons on demand": (reasoned, homes),
        "compiled: what the floor gives": (some, homes),
        "compiled: all rules": (everything, homes),
        "reference evaluator": (reference, homes[: len(homes) // 50]),
    }


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("--households", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    tasks = ways(households(arguments.households))
    best = dict.fromkeys(tasks, float("inf"))
    for _ in range(arguments.rounds):
        for name, (judge, homes) in tasks.items():
            start = time.process_time()
            for home in homes:
                judge(home)
            best[name] = min(best[name], (time.process_time() - start) / len(homes) * 1e6)
    ratios = {name: value / best["by hand, three values (the floor)"] for name, value in best.items()}
    if arguments.json:
        print(json.dumps({"microseconds": best, "ratios": ratios}, indent=2))
        return 0
    wide = max(map(len, best))
    print(f"{'':{wide}}  {'µs':>8}  {'ratio':>7}")
    for name, value in best.items():
        print(f"{name:{wide}}  {value:8.2f}  {ratios[name]:6.2f}×")
    return 0


if __name__ == "__main__":
    sys.exit(main())
