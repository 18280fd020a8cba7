"""Exact answers: settled exactly where every completion of the missing facts gives the same outcome."""

from __future__ import annotations

import itertools
import os
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from random_policies import rule_of, snapshot_of
from small_domains import EVERYBODY, MEMBERS, Claims
from small_pack import write_pack

import fupin_rules as fr
from fupin_rules.comparison import prover
from fupin_rules.engine import Completions, FactValues, How, Of, Turn, distance
from fupin_rules.errors import DisagreementError
from fupin_rules.expr import parse
from fupin_rules.model import AnySubject, HouseGrade, all_facts
from fupin_rules.policy import Snapshot, judge
from fupin_rules.testing import households
from fupin_rules.truth import Unknown

SUMMER = date(2016, 6, 1)
SEEDS = 200 if os.environ.get("FUPIN_SWEEP") == "1" else 12
YUCHENG = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
NATIONAL = fr.load_policy("national-2014").on(date(2014, 6, 1))
PROVER = prover(members=MEMBERS)
Claim = bool | None


# -- brute force -----------------------------------------------------------------------------------------------------


def truth(home: fr.Household, rules: Snapshot) -> Claim:
    value = judge(home, rules).eligible
    return None if isinstance(value, Unknown) else value


def key(home: fr.Household) -> tuple[Any, ...]:
    grade = home.living.house_grade
    return (
        tuple(each.on_dibao for each in home.members),
        home.members_complete,
        home.income_stable,
        home.living.water_safe,
        grade.value if isinstance(grade, HouseGrade) else None,
    )


def completions_of(home: fr.Household) -> Iterator[tuple[Any, ...]]:
    """Every completion within the domain, by its key."""
    roster, complete, stable, safe, grade = key(home)
    sizes = [len(roster)] if complete else range(len(roster) + (complete is False), MEMBERS + 1)
    truths = (False, True)
    for size in sizes:
        places = [
            truths if place >= len(roster) or roster[place] is None else (roster[place],) for place in range(size)
        ]
        for members in itertools.product(*places):
            for one, other, code in itertools.product(
                truths if stable is None else (stable,),
                truths if safe is None else (safe,),
                "ABCD" if grade is None else (grade,),
            ):
                yield members, True, one, other, code


def open_under(rules: Snapshot) -> list[fr.Household]:
    """Households whose outcome is open; a roster that may go on has a place left, so that the prover looks no further."""
    return [
        home
        for home in EVERYBODY
        if truth(home, rules) is None and (home.members_complete is True or len(home.members) < MEMBERS)
    ]


def drawn(seed: int, *, ways_out: bool) -> Snapshot:
    claims = Claims(random.Random(1000 + seed), ways_out=ways_out)
    return snapshot_of([rule_of(number, claims.one(claims.chance.randint(1, 3))) for number in (0, 2)], {})


BY_KEY = {key(home): home for home in EVERYBODY}
PATHS = ("income_stable", "living.water_safe", "living.house_grade", "members[0].on_dibao", "members[1].on_dibao")


def differs_only_in(path: str, one: tuple[Any, ...], other: tuple[Any, ...]) -> bool:
    if path in ("members_complete", "members"):
        shared = min(len(one[0]), len(other[0]))
        return len(one[0]) != len(other[0]) and one[0][:shared] == other[0][:shared] and one[2:] == other[2:]
    flat = [dict(zip(PATHS, (*each[2:], *each[0]), strict=False)) for each in (one, other)]
    return len(one[0]) == len(other[0]) and all((flat[0][name] == flat[1][name]) is (name != path) for name in flat[0])


@pytest.mark.parametrize("seed", range(SEEDS))
def test_an_exact_outcome_is_what_every_completion_says(seed: int) -> None:
    rules = drawn(seed, ways_out=False)
    said = {each: truth(home, rules) for each, home in BY_KEY.items() if None not in (*each[0], *each[1:])}
    chance = random.Random(seed)
    open_ones = open_under(rules)
    for home in chance.sample(open_ones, min(len(open_ones), 12)):
        every = {said[each] for each in completions_of(home)}
        same = every.pop() if len(every) == 1 else None
        proved = fr.assess(home, rules, exact=True, prover=PROVER)
        assert proved.claim is same
        assert proved.completions is not None and proved.completions.is_proved
        assert proved.completions.how is (How.DIFFER if same is None else How.SAME)
        searched = fr.assess(home, rules, exact=True)
        assert searched.completions is not None
        if searched.completions.how is How.SAME:
            # The search looks at rosters of any length.
            assert searched.claim is same
        elif searched.completions.how is How.DIFFER:
            longest = max(len(each.members) for each in searched.completions.shown if isinstance(each, fr.Household))
            assert searched.claim is None and (same is None or longest > MEMBERS)
        # What the reference settles is never overturned.
        assert truth(home, rules) is None


@pytest.mark.parametrize("seed", range(SEEDS // 2))
def test_each_fact_named_under_an_exact_answer_matters_and_no_other_does(seed: int) -> None:
    rules = drawn(seed, ways_out=False)
    said = {each: truth(home, rules) for each, home in BY_KEY.items() if None not in (*each[0], *each[1:])}
    chance = random.Random(-seed)
    open_ones = open_under(rules)
    for home in chance.sample(open_ones, min(len(open_ones), 4)):
        every = [(each, said[each]) for each in completions_of(home)]
        missing = fr.assess(home, rules).missing
        mattering = {
            path
            for path in missing
            if any(a is not b and differs_only_in(path, one, other) for one, a in every for other, b in every)
        }
        assert set(fr.assess(home, rules, exact=True, prover=PROVER).missing) == mattering


@pytest.mark.parametrize("seed", range(SEEDS))
def test_a_cited_default_is_left_standing(seed: int) -> None:
    rules = drawn(seed, ways_out=True)
    for home in EVERYBODY[seed::97]:
        settled = truth(home, rules)
        if settled is not None:
            assert fr.assess(home, rules, exact=True).claim is settled


# -- search and solver -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rules", [YUCHENG, NATIONAL], ids=lambda rules: rules.policy_id)
def test_search_and_solver_never_contradict_each_other(rules: Snapshot) -> None:
    counted: Counter[str] = Counter()

    @settings(max_examples=40)
    @given(households(near=rules, max_members=3))
    def compared(home: fr.Household) -> None:
        searched = fr.assess(home, rules, exact=True)
        proved = fr.assess(home, rules, exact=True, prover=prover(members=4))
        plain = fr.assess(home, rules)
        if plain.claim is not None:
            assert (searched.claim, proved.claim, searched.completions) == (plain.claim, plain.claim, None)
            return
        assert searched.completions is not None and proved.completions is not None
        counted[searched.completions.how.value] += 1
        assert proved.completions.is_proved
        if searched.completions.how is not How.NOT_TOLD:
            assert (searched.completions.how, searched.claim) == (proved.completions.how, proved.claim)
        assert set(proved.missing) <= set(plain.missing)

    compared()
    assert counted[How.DIFFER.value] > 0


# -- examples ----------------------------------------------------------------------------------------------------------


def relief(folder: Path, when: str) -> Snapshot:
    """The small policy with another condition of eligibility, which alone counts for it."""
    changes = {
        "pack.toml": {'when = "poor or on_allowance"': 'when = "poor"'},
        "rules.toml": {
            'when = "wage < line"': f"when = {when!r}".replace("\\'", "'"),
            'when = "assets.owns_car"': 'when = "1 > 2"',
        },
    }
    return fr.load_policy(write_pack(folder, changes)).on(SUMMER)


HOME = fr.Household(id="1", members=[fr.Member(id="1"), fr.Member(id="2")], members_complete=True)
NOBODY_LISTED = fr.Household(id="1")


@pytest.mark.parametrize(
    ("when", "home", "claim"),
    [
        ("wage < 3000 or wage >= 3000", HOME, True),
        ("not wage < 9000 and wage <= 8000", HOME, False),
        ("income.wage_income_yuan < 5 or income.wage_income_yuan > 4 or income.wage_income_yuan == 4.5", HOME, True),
        ("income.wage_income_yuan < 5 or income.wage_income_yuan > 5", HOME, None),
        ("living.house_grade in {'A', 'B'} or living.house_grade in {'C', 'D'}", HOME, True),
        ("living.house_grade in {'A', 'B'} or living.house_grade == 'C'", HOME, None),
        ("all(m.work_months < 7 or m.work_months > 5 for m in members)", HOME, True),
        ("any('disability' in m.health and not 'disability' in m.health for m in members)", HOME, False),
        ("(3 if income_stable else 3.5) > 3", HOME, None),
        ("(2 if income_stable else 3) > 1", HOME, True),
        ("count(m for m in members if m.on_dibao) <= 2", NOBODY_LISTED, None),
        ("count(m for m in members) >= 0", NOBODY_LISTED, True),
        # Nobody has an age before being born: of a child to be born both are open.
        ("any(age(m.birth_date) < 16 or age(m.birth_date) >= 16 for m in members)", HOME, None),
        ("all(not age(m.birth_date) < 16 or age(m.birth_date) < 18 for m in members)", HOME, None),
        ("all(m.birth_date < date(2016, 1, 1) or m.birth_date >= date(2015, 1, 1) for m in members)", HOME, True),
        # With nobody there, the quotient has no value.
        ("10 / count(m for m in members) < 5 or 10 / count(m for m in members) >= 5", NOBODY_LISTED, None),
        (
            "10 / count(m for m in members) < 5 or 10 / count(m for m in members) >= 5",
            attrs.evolve(HOME, members_complete=None),
            True,
        ),
    ],
)
def test_what_no_missing_fact_can_change_is_settled(
    tmp_path: Path, when: str, home: fr.Household, claim: Claim
) -> None:
    rules = relief(tmp_path, when)
    for found in (fr.assess(home, rules, exact=True), fr.assess(home, rules, exact=True, prover=prover())):
        assert found.claim is claim
    assert fr.assess(home, rules).claim in (None, claim)


def test_an_exact_answer_says_how_far_it_goes(tmp_path: Path) -> None:
    rules = relief(tmp_path, "wage < 3000 or wage >= 3000")
    found = fr.assess(HOME, rules, exact=True)
    assert (found.outcome, found.missing, found.next_question(), found.provisional) == (
        fr.Outcome.ELIGIBLE,
        (),
        None,
        (),
    )
    assert found.open == ("poor", "on_allowance")
    assert "whatever the missing facts turn out to be, the outcome is the same" in found.explain("en")
    assert "所缺事实无论是什么，结论都一样" in found.explain("zh")
    assert found.to_plain()["exact"] == {"how": "same", "is_proved": False, "members": None}
    assert "exact" not in fr.assess(HOME, rules).to_plain()


@pytest.mark.parametrize(
    ("completions", "zh", "en"),
    [
        (Completions(How.DIFFER), "所缺事实会决定结论", "the missing facts decide the outcome"),
        (
            Completions(How.NOT_TOLD),
            "未能判明所缺事实是否影响结论",
            "it could not be told whether the missing facts decide the outcome",
        ),
        (
            Completions(How.SAME, True, is_proved=True, members=12),
            "所缺事实无论是什么，结论都一样（至多12口人）",
            "whatever the missing facts turn out to be, the outcome is the same (households of at most 12 members)",
        ),
    ],
)
def test_the_words_of_what_completions_say(completions: Completions, zh: str, en: str) -> None:
    assert (completions.words("zh"), completions.words("en")) == (zh, en)


def test_a_stored_exact_answer_is_checked_again_exactly(tmp_path: Path) -> None:
    rules = relief(tmp_path, "wage < 3000 or wage >= 3000")
    stored = fr.assess(HOME, rules, exact=True).to_plain()
    assert fr.recheck(stored, HOME, rules).holds
    assert not fr.recheck(fr.assess(HOME, rules).to_plain() | {"outcome": "eligible"}, HOME, rules).holds


def test_exit_is_asked_exactly_too() -> None:
    home = fr.Household(id="1", members=[fr.Member(id="1")], members_complete=True)
    found = fr.assess_exit(home, YUCHENG, exact=True, prover=prover())
    assert found.outcome is fr.ExitOutcome.UNDETERMINED
    assert found.completions is not None and found.completions.how is How.DIFFER
    assert [
        fr.assess_exit(each, YUCHENG).outcome for each in found.completions.shown if isinstance(each, fr.Household)
    ] == [
        fr.ExitOutcome.NOT_MET,
        fr.ExitOutcome.MET,
    ]


def test_completions_keep_what_is_known_and_add_what_is_not() -> None:
    home = fr.Household(id="7", members=[fr.Member(id="b", labour="none")], income=fr.Income(pension_yuan=12))
    found = fr.assess(home, YUCHENG, exact=True, prover=prover())
    assert found.completions is not None and len(found.completions.shown) == 2
    for each in found.completions.shown:
        facts = dict(all_facts(each))
        kept = {path: value for path, value in all_facts(home) if value is not None}
        assert {path: facts[path] for path in kept} == kept
        assert facts["members_complete"] is True


class Wrong:
    """A prover that shows two completions which do not differ."""

    def smaller_change(self, turn: Turn, facts: tuple[str, ...], *, than: FactValues | None) -> FactValues | bool:
        raise AssertionError("nobody asks")

    def completions(self, subject: AnySubject, rules: fr.Snapshot, of: Of) -> Completions:
        out = fr.with_fact(subject, "hukou", "urban")
        return Completions(How.DIFFER, shown=(out, out), is_proved=True)

    def mattering(self, subject: AnySubject, rules: fr.Snapshot, of: Of, facts: Iterable[str]) -> frozenset[str]:
        raise AssertionError("nobody asks")


def test_no_completion_is_taken_without_the_reference() -> None:
    with pytest.raises(DisagreementError) as caught:
        fr.assess(HOME, YUCHENG, exact=True, prover=Wrong())
    assert str(caught.value) == (
        "policy `yucheng-2016`: two completions differ by the prover, and not by the reference; "
        "report it with the policy"
    )


# -- smaller changes by the solver -------------------------------------------------------------------------------------


@pytest.mark.parametrize("seed", range(SEEDS * 2))
def test_a_change_that_is_proved_smallest_is_the_smallest_of_all(seed: int) -> None:
    rules = drawn(seed, ways_out=True)
    chance = random.Random(seed)
    settled = [home for home in EVERYBODY if truth(home, rules) is not None and home.members]
    for home in chance.sample(settled, min(len(settled), 4)):
        answer = fr.what_would_change(home, rules, prover=PROVER)
        assert answer.is_proved
        # Only known facts are changed, each to another value; a member's `on_dibao` is one that may be.
        roster, complete, stable, safe, grade = key(home)
        values: list[tuple[Any, ...]] = [
            *((each,) if each is None else (False, True) for each in roster),
            (stable,) if stable is None else (False, True),
            (safe,) if safe is None else (False, True),
            (grade,) if grade is None else tuple("ABCD"),
        ]
        found = [
            sum(one != other for one, other in zip((*roster, stable, safe, grade), each, strict=True))
            for each in itertools.product(*values)
            if truth(BY_KEY[each[: len(roster)], complete, *each[len(roster) :]], rules) is (not truth(home, rules))
        ]
        assert bool(found) is bool(answer.alternatives)
        if found:
            assert len(answer.alternatives[0].changes) == min(found)


@settings(max_examples=25)
@given(households(near=YUCHENG, min_members=1, max_members=3, max_unknown=3))
def test_a_proved_change_is_never_larger_than_a_searched_one(home: fr.Household) -> None:
    searched = fr.what_would_change(home, YUCHENG, tries=500)
    proved = fr.what_would_change(home, YUCHENG, prover=prover())
    if proved.towards is None:
        return
    assert proved.is_proved
    assert not (searched.alternatives and not proved.alternatives)
    if searched.is_fewest and searched.alternatives:
        assert len(proved.alternatives[0].changes) == len(searched.alternatives[0].changes)
    if searched.alternatives:
        sizes = [
            distance(home, {path: pair[1] for path, pair in each.alternatives[0].changes.items()})
            for each in (proved, searched)
        ]
        assert sizes[0] <= sizes[1]


def test_the_solver_finds_a_turn_in_the_middle_of_two_numbers() -> None:
    rules = snapshot_of(
        [
            rule_of(
                0,
                parse(
                    "income.wage_income_yuan * 3 + income.pension_yuan * 2 >= 5000 and income.wage_income_yuan <= 1200 and income.pension_yuan <= 800"
                ),
            )
        ],
        {},
    )
    home = fr.Household(id="1", income=fr.Income(wage_income_yuan=600, pension_yuan=500))
    answer = fr.what_would_change(home, rules, prover=prover())
    changes = {path: pair[1] for path, pair in answer.alternatives[0].changes.items()}
    assert answer.is_proved
    assert changes == {"income.wage_income_yuan": Decimal(1200), "income.pension_yuan": Decimal(700)}
