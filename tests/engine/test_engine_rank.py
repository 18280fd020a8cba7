"""Ranking under a quota: against every completion of small examples, tie-breaks not known included, village by village."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_pack import write_pack

import fupin_rules as fr
from fupin_rules.engine import Ranked

SUMMER = date(2016, 6, 1)
WAGES = (1, 2)


class Case(NamedTuple):
    """One household as far as ranking goes: None is not known."""

    unsafe: bool | None
    wage: int | None
    car: bool | None
    village: str


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> fr.Snapshot:
    return fr.load_policy(write_pack(tmp_path_factory.mktemp("packs"))).on(SUMMER)


def home(number: int, case: Case) -> fr.Household:
    return fr.Household(
        id=str(number),
        village=case.village,
        members_complete=True,
        # Eligible whatever the wage is, which then only breaks ties.
        members=(fr.Member(id="1", on_dibao=True),),
        income=fr.Income(wage_income_yuan=case.wage),
        living=fr.Living(house_grade={True: "C", False: "A", None: None}[case.unsafe]),
        assets=fr.Assets(owns_car=case.car, car_is_for_disabled_or_livelihood=False),
    )


def village(answer: fr.Assessment) -> str:
    assert isinstance(answer.subject, fr.Household)
    return str(answer.subject.village)


def completions(cases: list[Case]) -> Iterator[list[Case]]:
    ways = [
        [
            Case(unsafe, wage, car, case.village)
            for unsafe in ((True, False) if case.unsafe is None else (case.unsafe,))
            # Wages outside those that others have, so that an unknown one can fall before, on, between and behind.
            for wage in ((0, 1, 2, 3) if case.wage is None else (case.wage,))
            for car in ((True, False) if case.car is None else (case.car,))
        ]
        for case in cases
    ]
    return (list(each) for each in itertools.product(*ways))


def brute(cases: list[Case], quota: int) -> dict[int, set[str]]:
    """Say of each household what can become of it, by plain counting in every completion."""
    found: dict[int, set[str]] = {number: set() for number in range(len(cases))}
    for completed in completions(cases):
        eligible = {number: case for number, case in enumerate(completed) if not case.car}
        keys = {number: (case.unsafe, -(case.wage or 0)) for number, case in eligible.items()}
        for number, ends in found.items():
            if number not in keys:
                ends.add("out")
                continue
            ahead = sum(1 for key in keys.values() if key > keys[number])
            level = sum(1 for key in keys.values() if key == keys[number])
            ends.add("in" if ahead + level <= quota else "out" if ahead >= quota else "tied")
    return found


@st.composite
def cases(draw: st.DrawFn) -> list[Case]:
    size = draw(st.integers(1, 4))
    # At most three facts are open, so that every completion can be gone through.
    open_facts = draw(st.sets(st.tuples(st.integers(0, size - 1), st.sampled_from(Case._fields[:3])), max_size=3))
    return [
        Case(
            None if (number, "unsafe") in open_facts else draw(st.booleans()),
            None if (number, "wage") in open_facts else draw(st.sampled_from(WAGES)),
            None if (number, "car") in open_facts else draw(st.sampled_from([False, False, False, True])),
            draw(st.sampled_from("甲乙")),
        )
        for number in range(size)
    ]


@given(drawn=cases(), quota=st.integers(0, 4))
@settings(max_examples=150, deadline=None)
def test_who_is_certain_is_taken_and_who_is_out_is_not_in_every_completion(
    rules: fr.Snapshot, drawn: list[Case], quota: int
) -> None:
    told = fr.rank([fr.assess(home(number, case), rules) for number, case in enumerate(drawn)], quota)
    expected = brute(drawn, quota)
    ranked = {str(number) for number, case in enumerate(drawn) if case.car is not True}
    assert set(told.certain) == {str(number) for number, found in expected.items() if found == {"in"}}
    assert set(told.out) == {str(n) for n, found in expected.items() if found == {"out"}} & ranked
    assert set(told.tied) <= {str(number) for number, found in expected.items() if found == {"tied"}}
    places = [*told.certain, *told.possible, *told.tied, *told.out]
    assert (len(places), set(places)) == (len(ranked), ranked)
    assert len(told.certain) <= quota


@given(drawn=cases(), first=st.integers(0, 3), second=st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_a_village_is_ranked_as_if_there_were_no_other(
    rules: fr.Snapshot, drawn: list[Case], first: int, second: int
) -> None:
    answers = [fr.assess(home(number, case), rules) for number, case in enumerate(drawn)]
    told = fr.rank(answers, {"甲": first, "乙": second}, within=village)
    for name, quota in (("甲", first), ("乙", second)):
        alone = [each for each in answers if village(each) == name]
        assert told.get(name) == (fr.rank(alone, quota) if alone else None)


@given(drawn=cases(), quota=st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_a_greater_quota_takes_nobody_out(rules: fr.Snapshot, drawn: list[Case], quota: int) -> None:
    answers = [fr.assess(home(number, case), rules) for number, case in enumerate(drawn)]
    less, more = fr.rank(answers, quota), fr.rank(answers, quota + 1)
    assert set(less.certain) <= set(more.certain)
    assert set(more.out) <= set(less.out)


@given(drawn=cases(), quota=st.integers(0, 4), shuffle=st.permutations(range(4)))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_sheet_ranks_nobody(
    rules: fr.Snapshot, drawn: list[Case], quota: int, shuffle: list[int]
) -> None:
    answers = [fr.assess(home(number, case), rules) for number, case in enumerate(drawn)]
    shuffled = [answers[place] for place in shuffle if place < len(answers)]
    assert fr.rank(answers, quota) == fr.rank(shuffled, quota)


def test_only_the_cited_rule_breaks_a_tie(tmp_path: Path) -> None:
    cited = """
[[ranking.household.tie_break]]
by = "wage"
prefer = "lower"
source = "order"
"""
    ids = {}
    for name, changes in (("cited", {}), ("silent", {"pack.toml": {cited: ""}})):
        snapshot = fr.load_policy(write_pack(tmp_path / name, changes)).on(SUMMER)
        two = [home(0, Case(True, 2, False, "甲")), home(1, Case(True, 1, False, "甲"))]
        ids[name] = fr.rank([fr.assess(each, snapshot) for each in two], 1)
    assert ids == {"cited": Ranked(1, ("1",), (), (), ("0",)), "silent": Ranked(1, (), (), ("0", "1"), ())}


def test_an_unknown_fact_never_puts_a_household_behind_for_certain(rules: fr.Snapshot) -> None:
    known = home(0, Case(True, 2, False, "甲"))
    unknown = attrs.evolve(home(1, Case(None, None, None, "甲")))
    told = fr.rank([fr.assess(each, rules) for each in (known, unknown)], 1)
    assert told == Ranked(1, (), ("0", "1"), (), ())
    assert known.income.wage_income_yuan == Decimal(2)
