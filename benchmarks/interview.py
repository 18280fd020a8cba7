"""
How many questions it takes until an outcome is settled, by the order in which they are asked.

Four orders over shipped packs: that of the form (the catalogue), that of the library before (the roster first, then the
open rule with the fewest missing facts, in it the least sensitive fact), the fact that most open rules name, and that
of `next_question` today. Every household is asked until its outcome is settled, from nothing known; the roster is one
question. Two sorts of households: those of a synthetic register, most of whom a line decides, and households drawn
near the thresholds of the rules, of which every answer leans in turn to either outcome. Beside the means stands the
number of facts that the rules read of the household: what a form for everything would ask.

Questions are counted and nothing is timed, so the figures are the same on every machine.

    python benchmarks/interview.py [--households 100] [--json]
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from datetime import date
from statistics import mean
from typing import Any

import attrs
from hypothesis import HealthCheck, Phase, given, settings

from fupin_rules.engine import assess, assess_exit
from fupin_rules.engine._order import choose
from fupin_rules.expr import Expr, names
from fupin_rules.model import Catalogue, Household, Member, Sensitivity, all_facts, catalogue, with_fact
from fupin_rules.policy import Reading, Rule, Snapshot, Subject, load_policy
from fupin_rules.registry import simulate
from fupin_rules.testing import households
from fupin_rules.truth import NotKnown, Unknown

KNOWN: Catalogue = catalogue(Household)
ROSTER = ("members_complete", "members")
PACKS = (
    ("yucheng-2016", date(2016, 1, 31), "eligibility"),
    ("yucheng-2016", date(2016, 1, 31), "exit"),
    ("national-2014", date(2014, 6, 1), "eligibility"),
    ("exit-2016", date(2017, 6, 1), "exit"),
    ("shaanxi-577", date(2017, 6, 1), "exit"),
    ("monitoring-henan-linzhou", date(2023, 6, 1), "eligibility"),
    ("monitoring-henan-linzhou", date(2023, 6, 1), "exit"),
)
SORTS = ("register", "near")
FEWEST = 10

Order = Callable[[Reading, Expr, Collection[str]], str]


def _open(reading: Reading, outcome: Expr, askable: Collection[str]) -> list[tuple[Rule, frozenset[str]]]:
    rules = [rule for rule in reading.snapshot.rules if rule.id in names(outcome)]
    values = [(rule, reading.value(rule.id)) for rule in rules]
    wanted = [(rule, value.missing & frozenset(askable)) for rule, value in values if isinstance(value, Unknown)]
    return [(rule, facts) for rule, facts in wanted if facts]


def by_the_form(_reading: Reading, _outcome: Expr, askable: Collection[str]) -> str:
    """Ask as the form has it."""
    return min(askable, key=KNOWN.order)


def as_before(reading: Reading, outcome: Expr, askable: Collection[str]) -> str:
    """Ask for the roster first, then from the rule with the fewest missing facts, the least sensitive first."""
    for fact in ROSTER:
        if fact in askable:
            return fact
    rule, facts = min(_open(reading, outcome, askable), key=lambda each: len(each[1]))
    hit = reading.claim(rule.when)
    facts = (facts & hit.missing or facts) if isinstance(hit, Unknown) else facts
    return min(facts, key=lambda fact: (_is_sensitive(fact), KNOWN.order(fact)))


def most_named(reading: Reading, outcome: Expr, askable: Collection[str]) -> str:
    """Ask for the fact that most open rules name."""
    named = Counter(fact for _, facts in _open(reading, outcome, askable) for fact in facts)
    return min(askable, key=lambda fact: (-named[fact], KNOWN.order(fact)))


def as_today(reading: Reading, outcome: Expr, askable: Collection[str]) -> str:
    """Ask as `next_question` does."""
    chosen = choose(reading, outcome, frozenset(askable))
    assert chosen is not None
    return chosen[0]


ORDERS: dict[str, Order] = {
    "form": by_the_form,
    "before": as_before,
    "most named": most_named,
    "today": as_today,
}


def _is_sensitive(fact: str) -> bool:
    field = KNOWN.field(fact)
    return field is not None and field.spec.sensitivity is not Sensitivity.NONE


def questions(home: Household, rules: Snapshot, goal: str, order: Order) -> list[str]:
    """Ask a household until its outcome is settled, and give what was asked."""
    facts, asked, skipped = dict(all_facts(home)), list[str](), set[str]()
    told = Household(id=home.id)
    outcome = (rules.eligible_expr if goal == "eligibility" else rules.exit_expr)(Subject.HOUSEHOLD)
    while True:
        reading = Reading(told, rules)
        claim = reading.claim(outcome)
        askable = claim.missing - skipped if isinstance(claim, Unknown) else frozenset[str]()
        if not askable:
            return asked
        fact = order(reading, outcome, askable)
        asked.append(fact)
        if fact in ROSTER:
            members = tuple(Member(id=member.id) for member in home.members)
            told = attrs.evolve(told, members=members, members_complete=True)
        elif facts[fact] is None or isinstance(facts[fact], NotKnown):
            skipped.add(fact)
        else:
            told = with_fact(told, fact, facts[fact])


def of_a_register(count: int) -> Iterator[Household]:
    """Give the households of a synthetic register, until there are enough."""
    yield from simulate(seed=7, households=10 * count, people=25 * count).households


def near_thresholds(rules: Snapshot, count: int) -> Iterator[Household]:
    """Draw households near the thresholds of the rules, the same at every run."""
    drawn: list[Household] = []

    @settings(
        max_examples=4 * count,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(households(near=rules, min_members=1, max_members=4, max_unknown=0))
    def draw(home: Household) -> None:
        drawn.append(home)

    draw()
    yield from drawn


def settled(homes: Iterator[Household], rules: Snapshot, goal: str, count: int) -> list[Household]:
    """Keep households that a whole assessment settles, with all their members listed."""
    judge = assess if goal == "eligibility" else assess_exit
    kept: list[Household] = []
    for home in homes:
        whole = attrs.evolve(home, members_complete=True)
        if whole.members and judge(whole, rules).claim is not None:
            kept.append(whole)
        if len(kept) == count:
            break
    return kept


def facts_read(homes: list[Household], rules: Snapshot, goal: str) -> float:
    """Count the facts that can matter of a household when only its members are listed, and the roster."""
    judge = assess if goal == "eligibility" else assess_exit
    blanks = [
        Household(id=home.id, members=tuple(Member(id=each.id) for each in home.members), members_complete=True)
        for home in homes
    ]
    return mean(len(judge(blank, rules).missing) + 1 for blank in blanks)


def measure(count: int) -> Iterator[dict[str, Any]]:
    """Measure every pack on both sorts of households."""
    for pack, day, goal in PACKS:
        rules = load_policy(pack).on(day)
        for sort in SORTS:
            drawn = of_a_register(count) if sort == "register" else near_thresholds(rules, count)
            homes = settled(drawn, rules, goal, count)
            if len(homes) >= FEWEST:
                row: dict[str, Any] = {"pack": pack, "goal": goal, "households": sort, "count": len(homes)}
                means = {
                    name: mean(len(questions(home, rules, goal, order)) for home in homes)
                    for name, order in ORDERS.items()
                }
                yield row | {"facts": facts_read(homes, rules, goal)} | means


def main() -> None:
    """Measure, and print a table in Markdown, or JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--households", type=int, default=100, help="households for each pack and sort")
    parser.add_argument("--json", action="store_true", help="print JSON")
    arguments = parser.parse_args()
    rows = []
    if not arguments.json:
        heads = ["pack", "goal", "households", "facts", *ORDERS, "today / before", "today / form"]
        print("| " + " | ".join(heads) + " |\n" + "| --- " * len(heads) + "|")
    for row in measure(arguments.households):
        rows.append(row)
        if not arguments.json:
            figures = [f"{row[name]:.1f}" for name in ("facts", *ORDERS)]
            ratios = [f"{row['today'] / row[name]:.2f}" for name in ("before", "form")]
            named = f"`{row['pack']}`", row["goal"], f"{row['count']} {row['households']}"
            print("| " + " | ".join([*named, *figures, *ratios]) + " |", flush=True)
    if arguments.json:
        json.dump(rows, sys.stdout, indent=2)
        print()


if __name__ == "__main__":
    main()
