"""Every shipped pack: it loads, its cases pass, and its cases reach every rule, exception, threshold and boundary."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import pytest

from fupin_rules.citations import Standing
from fupin_rules.errors import PolicyError, UncoveredDateError
from fupin_rules.expr import Compare, Expr, ItemFacts, Quantifier, children, evaluate, names, walk
from fupin_rules.model import Household, Living, Village
from fupin_rules.policy import (
    Case,
    Outcome,
    Policy,
    Reading,
    Rule,
    RuleKind,
    Subject,
    installed_packs,
    judge,
    load_cases,
    load_policy,
    policy_of_case,
    run_case,
    subject_of,
)
from fupin_rules.truth import Unknown

OURS = {name: folder for name, folder in installed_packs().items() if "fupin_rules" in folder.parts}
LOADED: dict[str, Policy] = {name: load_policy(name) for name in OURS}
CASES: dict[str, tuple[Case, ...]] = {name: load_cases(folder) for name, folder in OURS.items()}
# Open parameters have the values that the cases are tried with.
POLICIES = {name: policy_of_case(each, CASES[name][0]) if CASES[name] else each for name, each in LOADED.items()}
EVERY_CASE = [pytest.param(name, case, id=f"{name}:{case.id}") for name, cases in CASES.items() for case in cases]
DAY = timedelta(days=1)
CHINESE = re.compile(r"[\u4e00-\u9fff]")

every_pack = pytest.mark.parametrize("pack", sorted(OURS))


def _own(pack: str) -> list[Rule]:
    return [rule for rule in POLICIES[pack].rules if rule.pack == pack]


def _readings(pack: str, subject: Subject) -> Iterator[Reading]:
    """Give the subjects of the cases, each under the policy on the day of its case."""
    for case in CASES[pack]:
        reading = judge(case.subject, POLICIES[pack].on(case.on)).reading
        if subject_of(case.subject) is subject:
            yield reading


# -- cases ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("pack", "case"), EVERY_CASE)
def test_the_case_comes_out_as_its_pack_expects(pack: str, case: Case) -> None:
    assert run_case(LOADED[pack], case).differences == ()


@every_pack
def test_every_rule_of_a_pack_has_a_hit_a_miss_and_an_open_case(pack: str) -> None:
    wanted = {rule.id: {True, False, None} for rule in _own(pack)}
    for case in CASES[pack]:
        for rule, expected in case.rules.items():
            wanted.get(rule, set()).discard(expected)
    assert {rule: left for rule, left in wanted.items() if left} == {}


@every_pack
def test_every_exception_is_seen_to_hold_to_fail_and_to_stay_open_on_a_hit(pack: str) -> None:
    lacking = []
    for rule in _own(pack):
        for exception in rule.unless:
            seen: set[bool | None] = set()
            for reading in _readings(pack, rule.subject):
                if reading.claim(rule.when) is True:
                    value = reading.claim(exception.when)
                    seen.add(None if isinstance(value, Unknown) else value)
            if seen != {True, False, None}:
                lacking.append((rule.id, exception.id, seen))
    assert lacking == []


@every_pack
def test_every_threshold_has_a_case_below_on_and_above_each_of_its_values(pack: str) -> None:
    policy = POLICIES[pack]
    snapshot = policy.on(policy.days.start)
    wanted = {
        (rule.id, name, dated.period.start, sign)
        for rule in policy.rules
        for name in _compared(snapshot.inline(rule.effective)) & policy.parameters.keys()
        if pack in (rule.pack, policy.parameters[name].pack)
        for dated in policy.parameters[name].values
        if dated.period.overlaps(policy.days) and isinstance(dated.value, Fraction)
        for sign in (-1, 0, 1)
    }
    tried = {
        (rule.id, *found)
        for subject in Subject
        for reading in _readings(pack, subject)
        for rule in reading.snapshot.rules_of(subject)
        for found in _signs(reading.snapshot.inline(rule.effective), reading)
    }
    assert sorted(wanted - tried) == []


_ORDER = {"<", "<=", ">", ">="}


def _compared(expr: Expr) -> set[str]:
    """Name what stands in a comparison of order."""
    compared = [node for node in walk(expr) if isinstance(node, Compare) and _ORDER & set(node.comparators)]
    return {name for node in compared for name in names(node)}


def _signs(expr: Expr, reading: Reading, item: ItemFacts | None = None) -> Iterator[tuple[str, date, int]]:
    """Tell on which side of each parameter it is compared with a subject, or one of its members, stands."""
    members: tuple[ItemFacts | None, ...] = (item,)
    if isinstance(expr, Quantifier):
        members = reading.roster(expr.relation).items
    elif isinstance(expr, Compare):
        for left, right in pairwise(expr.operands):
            one, other = evaluate(left, reading, item), evaluate(right, reading, item)
            if isinstance(one, (int, Fraction)) and isinstance(other, (int, Fraction)):
                for name in (names(left) | names(right)) & reading.snapshot.parameters.keys():
                    start = reading.snapshot.parameters[name].dated.period.start
                    yield name, start, (one > other) - (one < other)
    for member in members:
        for child in children(expr):
            yield from _signs(child, reading, member)


# -- days -------------------------------------------------------------------------------------------------------------


@every_pack
def test_on_every_boundary_and_the_day_before_exactly_one_value_of_each_parameter_applies(pack: str) -> None:
    policy = POLICIES[pack]
    assert policy.days.until is not None
    edges = {policy.days.start, policy.days.until - DAY}
    for parameter in policy.parameters.values():
        for dated in parameter.values:
            edges |= {dated.period.start} | ({dated.period.until} if dated.period.until else set())
    for day in sorted({each - back for each in edges for back in (DAY, 0 * DAY)}):
        if day in policy.days:
            for name, parameter in policy.parameters.items():
                applying = [dated for dated in parameter.values if day in dated.period]
                assert len(applying) == 1, (name, day)
                assert policy.on(day).parameters[name].dated is applying[0]


@every_pack
def test_outside_its_days_a_pack_refuses_to_answer(pack: str) -> None:
    policy = POLICIES[pack]
    assert policy.days.until is not None
    for day in (policy.days.start - DAY, policy.days.until):
        with pytest.raises(UncoveredDateError):
            policy.on(day)


# -- texts and sources ------------------------------------------------------------------------------------------------


@every_pack
def test_every_text_is_there_in_chinese_and_in_english(pack: str) -> None:
    policy = POLICIES[pack]
    texts = [(policy.zh, policy.en), (policy.note_zh, policy.note_en)]
    texts += [(each.zh, each.en) for each in policy.parameters.values()]
    texts += [(each.zh, each.en) for each in policy.definitions.values()]
    texts += [(each.zh, each.en) for each in policy.rules]
    texts += [(each.zh, each.en) for rule in policy.rules for each in rule.unless]
    texts += [(rule.note_zh, rule.note_en) for rule in policy.rules]
    texts += [(dated.note_zh, dated.note_en) for each in policy.parameters.values() for dated in each.values]
    texts += [(case.zh, case.en) for case in CASES[pack]]
    wrong = [
        (zh, en)
        for zh, en in texts
        if bool(zh) is not bool(en) or (zh and not CHINESE.search(zh)) or CHINESE.search(en)
    ]
    assert wrong == []


@every_pack
def test_no_two_rules_about_a_subject_read_alike(pack: str) -> None:
    for subject in Subject:
        rules = [rule for rule in POLICIES[pack].rules if rule.subject is subject]
        assert len({rule.zh for rule in rules}) == len({rule.en for rule in rules}) == len(rules)


@every_pack
def test_a_note_that_names_a_source_names_one_that_the_pack_has(pack: str) -> None:
    policy = POLICIES[pack]
    notes = [source.note for source in policy.sources.values()]
    notes += [each.note_zh + each.note_en for each in policy.rules]
    notes += [dated.note_zh + dated.note_en for each in policy.parameters.values() for dated in each.values]
    named = {key for note in notes for key in re.findall(r"\b[KLC]\d+\b", note)}
    assert named <= policy.sources.keys()


def test_what_is_rebuilt_for_yucheng_never_passes_for_found() -> None:
    policy = POLICIES["yucheng-2016"]
    named_by_the_article = {RuleKind.EXCLUSION, RuleKind.PRIORITY}
    rebuilt = [
        rule for rule in _own("yucheng-2016") if rule.kind in named_by_the_article or rule.id.startswith("look_")
    ]
    rebuilt += [rule for rule in _own("yucheng-2016") if rule.subject is Subject.VILLAGE]
    assert len(rebuilt) == 5 + 6 + 5 + 2 + 5
    assert {rule.citation.standing for rule in rebuilt} == {Standing.ASSUMPTION}
    assert {each.citation.standing for rule in rebuilt for each in rule.unless} == {Standing.ASSUMPTION}
    line = policy.on(date(2016, 1, 31)).parameters["income_line"]
    assert line.dated.citation.standing is Standing.UNVERIFIED


def test_yucheng_has_five_links_and_no_ten_haves() -> None:
    villages = {rule.id for rule in POLICIES["yucheng-2016"].rules if rule.subject is Subject.VILLAGE}
    links = {"village_road", "village_power", "village_water", "village_broadcast", "village_broadband"}
    assert villages == links | {"village_low_income", "village_no_collective_income", "check_village_poor"}


def test_measures_have_no_rules_and_decide_nothing() -> None:
    policy = POLICIES["measures-2014"]
    snapshot = policy.on(policy.days.start)
    assert policy.rules == ()
    for subject in Subject:
        for composed in (snapshot.eligible_expr, snapshot.exit_expr):
            with pytest.raises(PolicyError):
                composed(subject)


# -- first answers ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", ["national-2014", "shandong-2014", "yucheng-2016"])
@pytest.mark.parametrize("subject", [Household(id="1"), Village(id="1")])
def test_of_whom_nothing_is_known_nothing_is_decided(pack: str, subject: Household | Village) -> None:
    policy = POLICIES[pack]
    assert Outcome.of(judge(subject, policy.on(policy.days.start)).eligible) is Outcome.UNDETERMINED  # type: ignore[arg-type]  # has eligibility rules


def test_the_exit_mechanism_identifies_nobody() -> None:
    judgement = judge(Household(id="1", living=Living(house_grade="A")), POLICIES["exit-2016"].on(date(2016, 5, 1)))
    assert judgement.eligible is None
    assert isinstance(judgement.exit, Unknown)


def test_packs_hold_data_only() -> None:
    files = [path for folder in OURS.values() for path in Path(folder).rglob("*") if path.is_file()]
    assert {path.suffix for path in files} == {".toml"}
