"""What a rule says to the solver is what it says to the reference evaluator: a table of all that rules can be made of."""

import random
import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from pinned import Pinned
from random_policies import SOURCE, Homes, snapshot_of
from semantics import CLAIMS as QUANTIFIED
from semantics import NUMBERS, OPEN, SCALARS

import fupin_rules as fr
from fupin_rules.comparison._calendar import Calendar
from fupin_rules.comparison._search import Search
from fupin_rules.comparison._terms import Terms
from fupin_rules.expr import CAPABILITIES, FUNCTIONS, check, parse, walk
from fupin_rules.expr._functions import months_between, years_between
from fupin_rules.policy import Definition, Reading, Snapshot, Subject
from fupin_rules.truth import Unknown

NAMED = {
    "dibao_count": "count(m for m in members if m.on_dibao)",
    "per_head": "income.wage_income_yuan / stated_member_count",
}
SNAPSHOT = snapshot_of(
    [],
    {
        name: Definition(name, Subject.HOUSEHOLD, name, name, parse(text), SOURCE, "draw")
        for name, text in NAMED.items()
    },
)
CLAIMS = (
    # Kleene logic, in all nine cells of both.
    "income_stable and is_single_parent_family",
    "income_stable or is_single_parent_family",
    "not income_stable",
    "income_stable == is_single_parent_family",
    "income_stable != living.water_safe",
    "income_stable if is_single_parent_family else living.water_safe",
    "is_known(income_stable)",
    "is_known(income_stable and living.water_safe)",
    'or_else(income_stable, False, because="src:draw#1")',
    'or_else(income_stable, living.water_safe, because="src:draw#1")',
    'is_known(or_else(income_stable, living.water_safe, because="src:draw#1"))',
    "income_stable in {False, True}",
    # Amounts, exactly on the line and a fen beside it.
    "income.wage_income_yuan / stated_member_count < line",
    "income.wage_income_yuan / count(m for m in members) <= line",
    "income.wage_income_yuan / stated_member_count > income.pension_yuan / stated_member_count",
    "income.wage_income_yuan / stated_member_count == income.pension_yuan / count(m for m in members)",
    "income.wage_income_yuan / stated_member_count + income.pension_yuan / count(m for m in members) >= line",
    "(income.wage_income_yuan - income.operating_cost_yuan) * 0.5 >= 1368.005",
    "income.wage_income_yuan * stated_member_count >= income.pension_yuan * 3 * stated_member_count",
    "-income.wage_income_yuan < -2736",
    "1000 < income.wage_income_yuan <= 3000 < income.pension_yuan",
    "production.arable_mu in {2, 2.5}",
    "production.arable_mu / (production.irrigated_mu / 2) >= 2.5",
    "production.arable_mu / (production.arable_mu / production.irrigated_mu) == 2",
    "round_half_up(income.wage_income_yuan / 3, 2) == 912",
    "round_half_up((income.operating_cost_yuan - income.wage_income_yuan) / 3, 0) <= -912",
    "round_half_up(income.wage_income_yuan / stated_member_count, 1) > 2736",
    "round_half_up(2.5, 0) == stated_member_count",
    "round_half_up(production.arable_mu / production.irrigated_mu, 1) >= 1.5",
    "(income.wage_income_yuan if income_stable else income.pension_yuan) > 0",
    "(income.wage_income_yuan / stated_member_count if income_stable else line) > line",
    'or_else(income.wage_income_yuan, income.pension_yuan, because="src:draw#1") > 0',
    "is_known(income.wage_income_yuan / stated_member_count)",
    # Counts are decided by their bounds.
    "count(m for m in members if m.on_dibao) >= 2",
    "count(m for m in members if m.on_dibao) == 1",
    "count(m for m in members if m.on_dibao) != 1",
    "count(m for m in members if m.on_dibao) != 1.5",
    "count(m for m in members if m.on_dibao) <= 0.5",
    "count(m for m in members) < 2",
    "1 <= count(m for m in members if m.is_orphan) < 3",
    "count(m for m in members if m.on_dibao) == stated_member_count",
    "count(m for m in members if m.on_dibao) < stated_member_count / 2",
    "count(m for m in members if m.on_dibao) == stated_member_count / 2",
    "count(m for m in members if m.on_dibao) == count(m for m in members if m.is_orphan) / 2",
    "count(m for m in members if m.on_dibao) < count(m for m in members if m.is_orphan)",
    "count(m for m in members if m.on_dibao) == count(m for m in members)",
    "count(m for m in members if m.on_dibao) + count(m for m in members) >= 2",
    "(count(m for m in members if m.on_dibao) if income_stable else stated_member_count) >= 2",
    "(stated_member_count if income_stable else count(m for m in members if m.on_dibao)) == 3",
    "(count(m for m in members if m.on_dibao) if income_stable else count(m for m in members)) < 2",
    'or_else(count(m for m in members if m.on_dibao), 2, because="src:draw#1") >= 2',
    "is_known(count(m for m in members if m.on_dibao))",
    "income.wage_income_yuan / count(m for m in members if m.on_dibao) < line",
    "count(m for m in members if m.on_dibao) / count(m for m in members) >= 0.5",
    "count(m for m in members if m.on_dibao) in {0, 2}",
    "count(m for m in members if False) == 0",
    "dibao_count == 1 or per_head > line",
    "per_head + per_head < line * 2",
    "per_head - per_head == 0",
    "2 / 3 < stated_member_count / 3",
    "stated_member_count / (3 / 2) >= 2",
    "stated_member_count / count(m for m in members if False) > 0",
    # Members one by one.
    "any(m.on_dibao for m in members)",
    "any(m.on_dibao for m in members if m.is_orphan)",
    "all(m.on_dibao for m in members)",
    "all(m.on_dibao for m in members if m.is_orphan)",
    "any(m.on_dibao and income_stable for m in members if not living.water_safe)",
    "sum(m.work_months for m in members) >= 6",
    "sum(m.work_months for m in members if m.on_dibao) <= 6",
    "sum(-m.work_months for m in members if m.on_dibao) <= -6",
    "min(m.work_months for m in members) == 3",
    "min(round_half_up(m.work_months / m.public_job_months, 1) for m in members) <= 0.5",
    "max(m.work_months for m in members if m.on_dibao) > 3",
    "max(m.work_months - m.public_job_months for m in members if not m.is_orphan) >= 1",
    "sum(round_half_up(m.work_months / m.public_job_months, 1) for m in members) >= 1",
    "max(age(m.birth_date) for m in members) - min(age(m.birth_date) for m in members) > 40",
    "sum(1 for m in members if m.on_dibao) >= 2",
    # Codes.
    'living.house_grade == "C"',
    '"C" == living.house_grade',
    '"C" != "D"',
    'living.house_grade != "C"',
    'living.house_grade in {"C", "D"}',
    'not living.house_grade in {"A", "B", "C", "D"}',
    '(living.house_grade if income_stable else "C") == "C"',
    '("C" if income_stable else "D") == living.house_grade',
    '("C" if income_stable else "D") == ("D" if living.water_safe else "C")',
    'or_else(living.house_grade, "D", because="src:draw#1") in {"C", "D"}',
    "any(m.labour == (m.labour if m.on_dibao else m.labour) for m in members)",
    '"illness" in other_causes',
    'any("disability" in m.health for m in members)',
    "main_cause == (main_cause if income_stable else main_cause)",
    'main_cause in {"illness", "schooling"} or "illness" in other_causes',
    "is_known(other_causes)",
    "is_known(head_name)",
    "any(is_known(m.name) for m in members)",
    # Days.
    "relocation.moved_in < since",
    "relocation.moved_in == relocation.keys_handed_over",
    "relocation.moved_in != date(2015, 8, 31)",
    "relocation.moved_in in {date(2015, 8, 31), date(2016, 2, 29)}",
    "(relocation.moved_in if income_stable else relocation.keys_handed_over) <= since",
    "is_known(age(relocation.moved_in))",
    "age(relocation.moved_in) >= 1",
    "1 > age(relocation.moved_in)",
    "age(relocation.moved_in) == 1",
    "age(relocation.moved_in) != 0.5",
    "months_since(relocation.moved_in) < 6",
    "months_since(relocation.moved_in) + 0 >= 6",
    "age(relocation.moved_in) - age(relocation.keys_handed_over) == 1",
    "years_between(relocation.moved_in, since) <= -1",
    "years_between(since, relocation.moved_in) <= -1",
    "months_between(relocation.moved_in, relocation.keys_handed_over) == 0",
    "months_between(relocation.moved_in, relocation.keys_handed_over) < -6",
    "years_between(relocation.moved_in, relocation.keys_handed_over) != 1",
    'age(or_else(relocation.moved_in, since, because="src:draw#1")) >= 1',
    "age(relocation.moved_in if income_stable else relocation.keys_handed_over) < 1",
    "any(age(m.birth_date) >= 60 for m in members)",
    "any(months_between(m.birth_date, relocation.moved_in) < 72 for m in members)",
    "months_between(since, date(2016, 2, 29)) == 5",
)


def homes() -> Iterator[fr.Household]:
    """Households near every line, of which nothing, something, all is known."""
    chance = random.Random(20160131)
    for number in range(60):
        drawn = Homes(chance)
        if number % 3 == 0:
            drawn.maybe = lambda value, share=0.0: value  # type: ignore[method-assign]  # all is known
        yield drawn.household(number)


def table(snapshot: Snapshot) -> None:
    """Read every claim for every household, by the solver and by the reference."""
    claims = {text: parse(text) for text in CLAIMS}
    for tree in claims.values():
        check(tree, snapshot.scope(Subject.HOUSEHOLD))
    found = list(homes())
    pinned = Pinned(snapshot, claims, found[0], members=4)
    seen: dict[str, set[bool | None]] = {text: set() for text in CLAIMS}
    for home in found:
        values = pinned.values(home)
        reading = Reading(home, snapshot)
        for text, tree in claims.items():
            truth = reading.claim(tree)
            wanted = None if isinstance(truth, Unknown) else truth
            assert values[text] is wanted, (text, home)
            seen[text].add(wanted)
    # A table in which nothing varies would prove little.
    assert sum(len(each) >= 2 for each in seen.values()) > 0.9 * len(CLAIMS)


def test_every_way_to_write_a_rule_says_to_the_solver_what_it_says_to_the_reference() -> None:
    table(SNAPSHOT)


def test_the_table_holds_every_node_and_every_function() -> None:
    nodes = [node for text in CLAIMS for node in walk(parse(text))]
    assert {type(node) for node in nodes} == set(CAPABILITIES)
    assert {node.function for node in nodes if hasattr(node, "function")} == set(FUNCTIONS)


# The table that every reader is held against, over facts of a household.
HELD_BY = {
    r"m\.p": "m.on_dibao",
    r"m\.x": "m.work_months",
    r"\bx\b": "production.arable_mu",
    r"\by\b": "production.forest_mu",
    r"\ba\b": "income_stable",
    r"\bb\b": "is_single_parent_family",
}


def over_facts(text: str) -> str:
    for name, path in HELD_BY.items():
        text = re.sub(name, path, text)
    return text


def asked(text: str, home: fr.Household, expected: object) -> None:
    """Ask the solver for a value: whether it is known, and whether it is what is expected."""
    text = over_facts(text)
    claims = {"known": f"is_known({text})"}
    if isinstance(expected, bool):
        claims["value"] = text
    elif expected != OPEN:
        claims["value"] = f"({text}) == {expected}"
    values = Pinned(SNAPSHOT, {name: parse(each) for name, each in claims.items()}, home, members=4).values(home)
    assert values["known"] is (expected != OPEN)
    if expected != OPEN:
        assert values["value"] is (expected if isinstance(expected, bool) else True)


def with_members(rows: Iterable[tuple[bool | None, int | None]], complete: bool) -> fr.Household:
    members = tuple(fr.Member(id=str(n), on_dibao=p, work_months=x) for n, (p, x) in enumerate(rows))
    return fr.Household(id="h", members=members, members_complete=complete or None)


@pytest.mark.parametrize(("kind", "values", "complete", "expected"), QUANTIFIED)
def test_any_and_all(kind: str, values: list[bool | None], complete: bool, expected: object) -> None:
    asked(f"{kind}(m.p for m in members)", with_members([(each, None) for each in values], complete), expected)


@pytest.mark.parametrize(("text", "rows", "complete", "expected"), NUMBERS)
def test_counts_sums_and_filters(
    text: str, rows: list[tuple[bool | None, int | None]], complete: bool, expected: object
) -> None:
    asked(text, with_members(rows, complete), expected)


@pytest.mark.parametrize(("text", "facts", "expected"), SCALARS)
def test_numbers_branches_and_ways_out(text: str, facts: dict[str, Any], expected: object) -> None:
    home = fr.Household(
        id="h",
        income_stable=facts.get("a"),
        is_single_parent_family=facts.get("b"),
        production=fr.Production(arable_mu=facts.get("x"), forest_mu=facts.get("y")),
    )
    asked(text, home, expected)


DAYS = (date(1900, 1, 1), date(1900, 2, 28), date(1904, 2, 29), date(1999, 12, 31), date(2000, 2, 29), date(2015, 1, 31),
        date(2015, 2, 28), date(2016, 2, 28), date(2016, 2, 29), date(2016, 3, 1), date(2016, 3, 31), date(2100, 2, 28),
        date(2100, 3, 1), date(2104, 2, 29), date(2199, 12, 31))  # fmt: skip


@pytest.mark.parametrize("one", DAYS)
def test_the_calendar_of_the_solver_is_that_of_the_country(one: date) -> None:
    chance = random.Random(one.toordinal())
    drawn = [date(1900, 1, 1) + timedelta(days=chance.randrange(109_572)) for _ in range(10)]
    terms = Terms()
    calendar = Calendar(terms)
    start, end = terms.number("start"), terms.number("end")
    months, years = calendar.months(start, end), calendar.years(start, end)
    search = Search(terms, (), seconds=60)
    for other in (*DAYS, *drawn):
        days = terms.equal(start, one.toordinal()), terms.equal(end, other.toordinal())
        with search.holding(terms.all_of(days)):
            assert search.decide() is True
            assert not isinstance(months, int)
            assert not isinstance(years, int)
            assert search.number(months) == months_between(one, other)
            assert search.number(years) == years_between(one, other)
