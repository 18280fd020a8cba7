"""The rules of `yucheng-2016` hold against an oracle written by hand from their prose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import oracle_yucheng as oracle
from fupin_rules.expr import Name, walk
from fupin_rules.model import (
    Household,
    Member,
    Sort,
    Village,
    catalogue,
    from_plain,
    read_fact,
    with_fact,
)
from fupin_rules.policy import Judgement, Subject, judge, load_policy
from fupin_rules.truth import NotKnown, Truth, Unknown, Why

RULES = load_policy("yucheng-2016").on(oracle.TODAY)
OPEN = (None, None, NotKnown(Why.NOT_COLLECTED))

# Days on either side of every age the rules ask about, counted today or on the last 31 August.
AGES = ((oracle.TODAY, (8, 16, 35, 60, 61)), (oracle.LAST_SCHOOLING_DAY, (6, 16)))
BIRTHS = (
    *(
        date(day.year - years, day.month, day.day) + timedelta(days=shift)
        for day, ages in AGES
        for years in ages
        for shift in (-1, 0, 1)
    ),
    date(1956, 2, 29),
    date(2016, 2, 1),
)
# Codes that rules ask for; drawn from the whole list alone, they would hardly ever meet.
FAVOURED = {
    "relation": ("head", "spouse"),
    "main_cause": ("schooling", "illness", "disability"),
    "other_causes": ("schooling", "illness", "disability"),
    "student_status": ("not_in_school", "preschool", "primary"),
    "health": ("healthy",),
}
FEN = tuple(Decimal(text) for text in ("0", "0", "0", "0.01", "100", "599.99", "3402", "9000"))


def _facts_read(subject: Subject) -> tuple[frozenset[str], frozenset[str]]:
    """Name the facts of the subject and of its members that any of its rules reads."""
    own: set[str] = set()
    of_members: set[str] = set()
    known = catalogue(Household if subject is Subject.HOUSEHOLD else Village)
    for rule in RULES.rules_of(subject):
        for node in walk(RULES.inline(rule.effective)):
            path = getattr(node, "path", None)
            if path is None:
                continue
            if isinstance(node, Name):
                own.add(path) if path in known.fields else None
            else:
                of_members.add(path)
    return frozenset(own), frozenset(of_members)


def _values(spec_sort: Sort, path: str, codes: tuple[str, ...]) -> st.SearchStrategy[Any]:
    match spec_sort:
        case Sort.FLAG:
            known: st.SearchStrategy[Any] = st.booleans()
        case Sort.DAY:
            known = st.sampled_from(BIRTHS)
        case Sort.CODE:
            known = st.one_of(st.sampled_from(codes), st.sampled_from(FAVOURED.get(path, codes)))
        case Sort.CODES:
            known = st.sets(st.sampled_from((*codes, *FAVOURED.get(path, ()))), max_size=2).map(sorted)
        case _ if path == "work_months":
            known = st.sampled_from((0, 1, 12))
        case _ if path == "stated_member_count":
            known = st.integers(0, 4)
        case _ if path.startswith("production."):
            known = st.sampled_from(tuple(Decimal(text) for text in ("0", "0.01", "3", "6")))
        case _:
            known = st.sampled_from(FEN)
    return st.one_of(known, known, known, st.sampled_from(OPEN))


def _fields(known: Mapping[str, Any], paths: frozenset[str]) -> dict[str, st.SearchStrategy[Any]]:
    found = {}
    for path in sorted(paths):
        spec = known[path].spec
        codes = () if spec.code_list is None else tuple(code.value for code in spec.code_list)
        found[path] = _values(spec.sort, path, codes)
    return found


OWN, OF_MEMBERS = _facts_read(Subject.HOUSEHOLD)
HOUSEHOLD_FIELDS = _fields(catalogue(Household).fields, OWN)
MEMBER_FIELDS = _fields(catalogue(Household).members, OF_MEMBERS)
VILLAGE_FIELDS = _fields(catalogue(Village).fields, _facts_read(Subject.VILLAGE)[0])
NET_SHIFTS = tuple(Decimal(text) for text in ("-300", "-0.01", "0", "0.01", "300"))


@st.composite
def homes(draw: st.DrawFn) -> Household:
    """Households of up to three members around every threshold, with facts left open; shrink to an empty one."""
    size = draw(st.integers(0, 3))
    members = tuple(
        Member(id=str(place), **{path: draw(values) for path, values in MEMBER_FIELDS.items()})
        for place in range(1, size + 1)
    )
    home = Household(id="S-1", members=members, members_complete=draw(st.sampled_from((True, True, True, False, None))))
    if draw(st.booleans()):
        home = _near_the_line(home, draw(st.sampled_from(NET_SHIFTS)))
        held = {path for path in OWN if path.startswith("income.") and "stated" not in path}
    else:
        held = set()
    for path, values in HOUSEHOLD_FIELDS.items():
        if path not in held:
            home = with_fact(home, path, draw(values))
    return home


def _near_the_line(home: Household, shift: Decimal) -> Household:
    """Give a net income on the line, or a fen or so beside it."""
    for path in OWN:
        if path.startswith("income.") and "stated" not in path:
            home = with_fact(home, path, 0)
    net = Decimal(oracle.PROVINCIAL_LINE) * max(1, len(home.members)) + shift
    home = with_fact(home, "income.operating_income_yuan", net + 1000)
    return with_fact(home, "income.operating_cost_yuan", 1000)


@st.composite
def villages(draw: st.DrawFn) -> Village:
    """Villages around every threshold, with facts left open."""
    village = Village(
        id="V-1",
        **{
            path: draw(values)
            for path, values in VILLAGE_FIELDS.items()
            if "income" not in path and path not in {"population", "poor_people", "households", "poor_households"}
        },
    )
    small = st.sampled_from((None, 0, 1, 2, 3))
    for path in ("population", "poor_people", "households", "poor_households"):
        village = with_fact(village, path, draw(small))
    average = draw(st.sampled_from((None, Decimal(0), Decimal(10000), Decimal("9999.99"))))
    own = draw(st.sampled_from((None, Decimal(-1), Decimal(0), Decimal("5999.99"), Decimal(6000), Decimal("6000.01"))))
    village = with_fact(village, "province_net_income_per_capita_yuan", average)
    village = with_fact(village, "net_income_per_capita_yuan", own)
    collective = draw(st.sampled_from((None, Decimal(0), Decimal("0.000001"), Decimal(5))))
    return with_fact(village, "collective_income_wan_yuan", collective)


def _shown(claim: Truth | None) -> bool | None:
    return None if isinstance(claim, Unknown) else claim


def _judged(judgement: Judgement) -> dict[str, bool | None]:
    return {rule: _shown(value) for rule, value in judgement.values.items()}


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(homes())
def test_every_rule_about_a_household_says_what_the_oracle_says(home: Household) -> None:
    judgement = judge(home, RULES)
    assert _judged(judgement) == oracle.household_rules(home)
    assert _shown(judgement.eligible) == oracle.household_eligible(home)
    assert _shown(judgement.exit) == oracle.household_exit(home)


@settings(max_examples=300, deadline=None)
@given(villages())
def test_every_rule_about_a_village_says_what_the_oracle_says(village: Village) -> None:
    judgement = judge(village, RULES)
    assert _judged(judgement) == oracle.village_rules(village)
    assert _shown(judgement.eligible) == oracle.village_eligible(village)
    assert _shown(judgement.exit) == oracle.village_exit(village)


@pytest.mark.parametrize("subject", [Subject.HOUSEHOLD, Subject.VILLAGE])
def test_the_oracle_knows_every_rule_and_no_other(subject: Subject) -> None:
    known = (
        oracle.household_rules(Household(id="1"))
        if subject is Subject.HOUSEHOLD
        else oracle.village_rules(Village(id="1"))
    )
    assert set(known) == {rule.id for rule in RULES.rules_of(subject)}


def test_the_oracle_takes_line_and_schooling_day_as_the_policy_does() -> None:
    assert RULES.parameters["income_line"].value == oracle.PROVINCIAL_LINE
    assert RULES.parameters["schooling_day"].value == oracle.LAST_SCHOOLING_DAY


def test_generated_households_show_every_rule_true_false_and_open() -> None:
    # A comparison that never meets a hit proves nothing: count what the generator reaches.
    seen: dict[str, Counter[bool | None]] = {}

    @settings(
        max_examples=1200, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
    )
    @given(homes())
    def collect(home: Household) -> None:
        for rule, value in oracle.household_rules(home).items():
            seen.setdefault(rule, Counter())[value] += 1

    collect()
    assert {
        rule: sorted(map(str, {True, False, None} - set(found))) for rule, found in seen.items() if len(found) < 3
    } == {}


def test_a_fact_refused_is_not_known_to_the_oracle_either() -> None:
    home = from_plain(Household, {"id": "1", "hukou": {"not_known": "refused"}, "members_complete": True})
    assert isinstance(read_fact(home, "hukou"), NotKnown)
    assert oracle.household_rules(home)["rural_household"] is None
