"""Strategies: what they draw is valid and like what is met, they aim where they say, and end where they say."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument
from small_procedure import small_procedure

import fupin_rules as fr
from fupin_rules import testing
from fupin_rules.expr import Compare, Kind, Literal, Name, check, evaluate, parse, to_text, walk
from fupin_rules.model import SEX_OF_RELATION, Area, Sort, all_facts, birth_date_of, catalogue, read_value, sex_of
from fupin_rules.policy import Reading, RuleKind, Snapshot, Subject, judge, load_cases, policy_of_case
from fupin_rules.registry import read_register, write_register
from fupin_rules.testing import (
    areas,
    expressions,
    facts,
    households,
    journals,
    members,
    policies,
    registers,
    villages,
)
from fupin_rules.testing.strategies._near import Aim, aimed, aims
from fupin_rules.testing.strategies._reads import leanings_of, read_by
from fupin_rules.workflow import load_procedure, verify

DAY = date(2016, 1, 31)
YUCHENG = fr.load_policy("yucheng-2016").on(DAY)
EXIT = fr.load_policy("exit-2016").on(date(2017, 6, 1))
QUICK = settings(phases=[Phase.generate, Phase.shrink], database=None)
EVERY_FACT = [
    pytest.param(cls, path, id=f"{cls.__name__}.{path}")
    for cls in (fr.Household, fr.Village, Area)
    for path in (*catalogue(cls).fields, *(f"members[1].{each}" for each in catalogue(cls).members))
]


def age(born: date, on: date) -> int:
    from fupin_rules.expr import FUNCTIONS

    years = FUNCTIONS["age"].apply(born, on)
    assert isinstance(years, int)
    return years


def smallest(strategy: st.SearchStrategy[Any]) -> Any:
    return find(strategy, lambda _: True, settings=QUICK)


def unknown(subject: Any, paths: Any = None) -> list[str]:
    return [
        path
        for path, value in all_facts(subject)
        if (value is None or isinstance(value, fr.NotKnown)) and (paths is None or path in paths)
    ]


# -- facts ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("cls", "path"), EVERY_FACT)
def test_every_fact_of_the_catalogue_has_values_that_the_model_takes(cls: type, path: str) -> None:
    field = catalogue(cls).field(path)
    assert field is not None

    @settings(max_examples=8, database=None)
    @given(st.booleans().flatmap(lambda each: facts(path, subject=cls, realistic=each, unknown=False)))
    def tried(fact: tuple[str, Any]) -> None:
        assert fact[0] == path
        read_value(field.spec, fact[1])

    tried()


@given(st.data())
def test_a_fact_can_be_learnt_or_taken_back(data: st.DataObject) -> None:
    home = fr.Household(id="1", members=[fr.Member(id="1")])
    path, value = data.draw(facts("living.house_grade", "income.pension_yuan", "members[1].birth_date"))
    known = dict(all_facts(fr.with_fact(home, path, value)))[path]
    assert known == value or (value is not None and str(known) == str(value))


def test_what_is_not_known_is_drawn_with_its_reason_and_without() -> None:
    for wanted in (None, fr.NotKnown(fr.Why.REFUSED), True, False):
        find(facts("hukou", "income_stable"), partial(_has, wanted), settings=QUICK)
    with pytest.raises(Exception, match="No"):
        find(facts("income_stable", unknown=False), lambda fact: fact[1] is None, settings=QUICK)


def _has(wanted: object, fact: tuple[str, object]) -> bool:
    return fact[1] == wanted


# -- people -----------------------------------------------------------------------------------------------------------


@given(st.integers(0, 95).flatmap(lambda low: st.tuples(st.just(low), st.integers(low, 95))), st.data())
def test_members_have_the_ages_asked_for(bounds: tuple[int, int], data: st.DataObject) -> None:
    on = data.draw(st.sampled_from([DAY, date(2016, 2, 29), date(2015, 2, 28)]))
    realistic = data.draw(st.booleans())
    member = data.draw(members(min_age=bounds[0], max_age=bounds[1], on=on, realistic=realistic))
    if isinstance(member.birth_date, date):
        assert bounds[0] <= age(member.birth_date, on) <= bounds[1]


@given(households(max_unknown=0, min_members=1))
@settings(max_examples=40)
def test_people_of_a_household_fit_each_other(home: fr.Household) -> None:
    head, *others = home.members
    assert [each.relation for each in home.members].count(fr.model.Relation.HEAD) == 1
    assert head.relation == "head"
    assert home.head_id_no == head.id_no and home.stated_member_count == len(home.members)
    for member in home.members:
        assert isinstance(member.birth_date, date) and isinstance(member.id_no, fr.model.IdNumber)
        assert birth_date_of(member.id_no.reveal()) == member.birth_date
        assert sex_of(member.id_no.reveal()) == member.sex
        assert SEX_OF_RELATION[fr.model.Relation.read(member.relation)] in {None, member.sex}
        if age(member.birth_date, DAY) < 16:
            assert member.labour == "none"
            assert member.student_status in {"not_in_school", "preschool", "primary", "grade_7", "grade_8", "grade_9"}
    for child in others:
        if child.relation in {"son", "daughter"}:
            assert isinstance(head.birth_date, date) and isinstance(child.birth_date, date)
            assert age(head.birth_date, DAY) - age(child.birth_date, DAY) >= 18


@given(st.integers(0, 3).flatmap(lambda low: st.tuples(st.just(low), st.integers(low, 4))), st.data())
@settings(max_examples=40)
def test_households_have_the_sizes_asked_for(bounds: tuple[int, int], data: st.DataObject) -> None:
    near = data.draw(st.sampled_from([None, YUCHENG]))
    home = data.draw(households(min_members=bounds[0], max_members=bounds[1], near=near))
    assert bounds[0] <= len(home.members) <= bounds[1]


@pytest.mark.parametrize("near", [None, YUCHENG], ids=["all", "near"])
@pytest.mark.parametrize("most", [0, 2])
def test_no_more_is_unknown_than_is_asked_for(near: Snapshot | None, most: int) -> None:
    paths = None if near is None else set(read_by(near, fr.Household).fields)

    @settings(max_examples=30, database=None)
    @given(households(max_unknown=most, near=near))
    def tried(home: fr.Household) -> None:
        assert len(unknown(home, paths)) <= most

    tried()


def test_some_households_know_much_and_some_little() -> None:
    counts = []

    @settings(max_examples=40, database=None)
    @given(households(max_members=0))
    def tried(home: fr.Household) -> None:
        counts.append(len(unknown(home)))

    tried()
    every = len(catalogue(fr.Household).fields)
    assert max(counts) == every
    assert min(counts) < every * 0.7


@given(registers(min_size=1))
@settings(max_examples=25)
def test_households_of_a_register_have_ids_and_villages_of_their_own(register: Any) -> None:
    ids = [home.id for home in register.households]
    assert len(set(ids)) == len(ids)
    assert {home.village for home in register.households} == {village.id for village in register.villages}


@given(register=registers(min_size=1, max_size=2))
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_a_register_is_read_back_as_it_was_written(register: Any, tmp_path: Path) -> None:
    place = tmp_path / "register.jsonl"
    write_register(place, register.households)
    assert read_register(place).households == register.households


@given(st.data())
def test_villages_and_areas_are_drawn_too(data: st.DataObject) -> None:
    near = data.draw(st.sampled_from([None, EXIT]))
    for made, cls in ((villages(near=near), fr.Village), (areas(near=near), Area)):
        place = data.draw(made)
        assert type(place) is cls
        assert fr.from_plain(cls, fr.to_plain(place, reveal=True)) == place


# -- near -------------------------------------------------------------------------------------------------------------


def shipped(pack: str) -> Snapshot:
    case = load_cases(fr.installed_packs()[pack])[0]
    return policy_of_case(fr.load_policy(pack), case).on(case.on)


def sides(subject: Any, rules: Snapshot, wanted: list[tuple[Compare, bool]]) -> set[tuple[Compare, int]]:
    """Tell on which side of each threshold a subject, or one of its members, stands by as little as can be."""
    reading = Reading(subject, rules)
    found = set()
    for comparison, each_member in wanted:
        items = reading.roster("members").items if each_member else (None,)
        for item in items:
            one, other = (_number(evaluate(each, reading, item)) for each in comparison.operands)
            if one is not None and other is not None and abs(one - other) <= 1:
                found.add((comparison, (one > other) - (one < other)))
    return found


def _number(value: object) -> Fraction | None:
    if isinstance(value, date):
        return Fraction(value.toordinal())
    return Fraction(value) if isinstance(value, (int, Fraction)) else None


@st.composite
def moved(draw: st.DrawFn, rules: Snapshot, cls: type, ways: tuple[Aim, ...]) -> Any:
    """A subject near a policy, aimed at one threshold."""
    drawn = households(near=rules, min_members=1, max_members=2, max_unknown=0)
    subject: Any = draw(drawn if cls is fr.Household else villages(near=rules, max_unknown=0))
    return aimed(draw, subject, rules, draw(st.sampled_from(ways)), realistic=True)


@pytest.mark.parametrize(
    ("pack", "cls"),
    [
        ("yucheng-2016", fr.Household),
        ("yucheng-2016", fr.Village),
        ("exit-2016", fr.Household),
        ("shaanxi-577", fr.Village),
        ("monitoring-2021", fr.Household),
    ],
)
def test_near_a_policy_every_threshold_is_met_just_below_exactly_and_just_above(pack: str, cls: type) -> None:
    rules = shipped(pack)
    wanted = [ways for ways in aims(rules, cls) if _reads_parameter(ways[0], rules)]
    assert wanted
    lacking = [
        (to_text(ways[0].comparison), side)
        for ways in wanted
        for side in sorted({-1, 0, 1} - sides_met(rules, cls, ways))
    ]
    assert lacking == []


def sides_met(rules: Snapshot, cls: type, ways: tuple[Aim, ...]) -> set[int]:
    seen: set[tuple[Compare, int]] = set()
    # Shares of a village are exact for one number of people in many.
    examples = 40 if cls is fr.Household else 150

    @settings(max_examples=examples, database=None, deadline=None, derandomize=True, phases=[Phase.generate])
    @given(moved(rules, cls, ways))
    def tried(subject: Any) -> None:
        seen.update(sides(subject, rules, [(ways[0].comparison, ways[0].each_member)]))

    tried()
    return {side for _, side in seen}


def _reads_parameter(aim: Aim, rules: Snapshot) -> bool:
    return any(isinstance(node, Name) and node.path in rules.parameters for node in walk(aim.comparison))


def test_near_a_policy_somebody_comes_of_age_on_the_day_the_day_before_and_the_day_after() -> None:
    elderly = YUCHENG.parameters["elderly_age"].value
    assert isinstance(elderly, Fraction)
    turning = date(DAY.year - int(elderly), DAY.month, DAY.day)
    (ways,) = [ways for ways in aims(YUCHENG, fr.Household) if to_text(ways[0].comparison).endswith(">= elderly_age")]
    apart = set[int]()

    @settings(max_examples=60, database=None, deadline=None, derandomize=True, phases=[Phase.generate])
    @given(moved(YUCHENG, fr.Household, ways))
    def tried(home: fr.Household) -> None:
        apart.update((each.birth_date - turning).days for each in home.members if isinstance(each.birth_date, date))

    tried()
    assert apart >= {-1, 0, 1}


def test_near_a_policy_only_what_its_rules_read_is_drawn_and_outcomes_of_all_sorts_come_up() -> None:
    read = read_by(YUCHENG, fr.Household)
    outcomes = Counter[str]()

    @settings(max_examples=150, database=None, deadline=None, derandomize=True, phases=[Phase.generate])
    @given(households(near=YUCHENG))
    def tried(home: fr.Household) -> None:
        known = {path for path, value in all_facts(home) if value is not None}
        allowed = set(read.fields) | {f"members[{each.id}].{path}" for each in home.members for path in read.members}
        assert known <= allowed
        outcomes.update([fr.assess(home, YUCHENG).outcome.value, fr.assess_exit(home, YUCHENG).outcome.value])

    tried()
    assert min(outcomes[each] for each in (*fr.Outcome, *fr.ExitOutcome)) > 5, outcomes


def test_a_rule_that_names_a_number_nobody_can_have_leans_nobody_to_it() -> None:
    year = "assets.house_bought_built_or_fitted_year"
    for text, leant in (("in {0}", {}), ("in {0, 2010.5, 2011}", {year: (Decimal(2011),)}), ("== 0", {})):
        assert leanings_of(parse(f"{year} {text}"), fr.Household, helps=True).fields == leant


@given(st.data())
@settings(max_examples=60)
def test_one_can_stand_near_any_policy_that_can_be_drawn(data: st.DataObject) -> None:
    rules = data.draw(policies())
    home = data.draw(households(near=rules))
    assert fr.from_plain(fr.Household, fr.to_plain(home, reveal=True)) == home
    assert set(judge(home, rules).values) == {rule.id for rule in rules.rules}


# -- expressions, policies, journals ----------------------------------------------------------------------------------


SCOPES = fr.load_policy("yucheng-2016").scopes()


@given(st.data())
@settings(max_examples=60)
def test_expressions_load_and_have_the_kind_asked_for(data: st.DataObject) -> None:
    subject = data.draw(st.sampled_from(Subject))
    kind = data.draw(st.sampled_from([Kind.CLAIM, Kind.NUMBER, Kind.DAY, Kind.CODE]))
    scope = SCOPES[subject]
    expr = data.draw(expressions(scope, kind=kind, max_depth=2))
    assert check(expr, scope).kind is kind


def test_there_is_nothing_of_a_kind_that_no_name_has() -> None:
    scope = SCOPES[Subject.HOUSEHOLD]
    with pytest.raises(InvalidArgument, match="no expressions of the kind `text`"):
        expressions(scope, kind=Kind.TEXT)
    with pytest.raises(InvalidArgument, match="max_depth is -1"):
        expressions(scope, max_depth=-1)


@given(policies(min_rules=5, max_rules=7))
@settings(max_examples=40)
def test_drawn_policies_have_rules_of_every_kind_and_answer_on_every_day_they_cover(rules: Snapshot) -> None:
    assert {rule.kind for rule in rules.rules} == set(RuleKind)
    assert rules.policy.scopes()
    for day in (rules.policy.days.start, date(2015, 12, 31), date(2016, 1, 1), date(2017, 12, 31)):
        assert fr.assess(fr.Household(id="1"), rules.policy.on(day)).on == day


@pytest.mark.parametrize("subject", Subject)
def test_policies_about_any_subject_can_be_drawn(subject: Subject) -> None:
    rules = smallest(policies(subject=subject, min_rules=2))
    assert [rule.subject for rule in rules.rules] == [subject, subject]


@pytest.mark.parametrize("name", ["small", "exit-2016"])
def test_journals_hold_accepted_rows_and_no_others(name: str) -> None:
    procedure = small_procedure() if name == "small" else load_procedure(name)
    lengths = set()

    @settings(max_examples=15, database=None, deadline=None)
    @given(journals(procedure, min_size=2, max_size=8))
    def tried(rows: Any) -> None:
        lengths.add(len(rows))
        assert verify(procedure, rows).is_clean
        assert [row["prev"] for row in rows if row["seq"] > 1] == [
            _digest(one) for one, other in pairwise(rows) if other["seq"] > 1
        ]

    tried()
    assert lengths <= set(range(2, 9)) and len(lengths) > 1


def _digest(row: Any) -> str:
    from fupin_rules.journal import canonical, leaf_digest

    return leaf_digest(canonical(row))


# -- how they shrink --------------------------------------------------------------------------------------------------


def test_examples_shrink_toward_the_empty_household_and_the_oldest_snapshot() -> None:
    assert smallest(households()) == fr.Household(id="H-1")
    assert smallest(households(near=YUCHENG)) == fr.Household(id="H-1")
    assert smallest(members()) == fr.Member(id="1")
    assert smallest(villages()) == fr.Village(id="V-1")
    assert smallest(areas()) == Area(id="A-1")
    assert smallest(registers()).households == ()
    assert smallest(facts("income_stable")) == ("income_stable", None)
    oldest = smallest(policies())
    assert oldest.on == oldest.policy.days.start
    assert len(oldest.rules) == 1
    assert isinstance(oldest.rules[0].when, (Name, Literal))
    assert len(smallest(journals(small_procedure()))) == 1


def test_what_must_be_known_shrinks_toward_no_and_nothing() -> None:
    home = smallest(households(max_unknown=0, min_members=1, near=YUCHENG))
    assert len(home.members) == 1
    for path, value in all_facts(home):
        field = catalogue(fr.Household).field(path)
        assert field is not None
        if value is not None and field.spec.sort is Sort.FLAG and path != "members_complete":
            assert value is False, path
        if value is not None and field.spec.sort is Sort.NUMBER and path != "stated_member_count":
            assert value == Decimal(0), path


# -- what is refused --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "made",
    [
        lambda: households(min_members=3, max_members=2),
        lambda: households(max_members=1_000_000),
        lambda: households(max_unknown=-1),
        lambda: members(min_age=-1),
        lambda: registers(min_size=-2),
        lambda: policies(min_rules=4, max_rules=3),
        lambda: journals(small_procedure(), min_size=9, max_size=3),
        lambda: villages(max_unknown=-3),
    ],
)
def test_bounds_with_nothing_between_them_are_refused_before_anything_is_drawn(made: Any) -> None:
    with pytest.raises(InvalidArgument, match="nothing lies from"):
        made()


def test_a_fact_that_does_not_exist_is_refused() -> None:
    with pytest.raises(InvalidArgument, match="`living.roof` is no fact of a household"):
        facts("living.roof")


def test_without_the_extra_it_is_named_and_nothing_else_is_lost() -> None:
    code = (
        "import sys\n"
        "sys.modules['hypothesis'] = None\n"
        "import fupin_rules.testing as testing\n"
        "print(len(testing.INVARIANTS) > 3)\n"
        "try:\n    testing.households\n"
        "except Exception as error:\n    print(type(error).__name__, error)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == [
        "True",
        'MissingExtraError `households` needs the extra `testing`; pip install "fupin-rules[testing]", or in a clone pip install ".[testing]"',
    ]
    with pytest.raises(AttributeError, match="no attribute `nothing`"):
        testing.nothing  # noqa: B018
