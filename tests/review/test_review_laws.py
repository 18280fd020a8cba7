"""What a review says of everybody holds of whoever comes along; and what it was told to leave it leaves, and says so."""

from __future__ import annotations

import functools
import itertools
import shutil
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory

import attrs
import pytest
from bent_packs import CATALOGUE, HOME, MEMORY, Bad, bent
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_rules.expr import Literal, substitute
from fupin_rules.model import Household
from fupin_rules.policy import FindingCode, Reading, RuleKind, Snapshot, Subject, judge, load_policy
from fupin_rules.review import Finding, WhyOpen, periods_of, review_pack
from fupin_rules.testing import households

# What is said of everybody, not of somebody.
OF_ALL = {
    FindingCode.NEVER_FIRES,
    FindingCode.NEVER_SETTLED,
    FindingCode.NOBODY_ELIGIBLE,
    FindingCode.NOBODY_EXITS,
    FindingCode.IDLE_RULE,
    FindingCode.IDLE_PRIORITY,
    FindingCode.SAME_RULE,
}


@attrs.frozen
class Said:
    """A finding about all households, with the policy it is about."""

    finding: Finding
    rules: Snapshot


@functools.cache
def all_said() -> tuple[Said, ...]:
    return tuple(said())


def said() -> Iterator[Said]:
    with TemporaryDirectory() as place:
        for bad in CATALOGUE:
            if {FindingCode(code) for code, _ in bad.finds} & OF_ALL:
                folder = bent(bad, Path(place) / bad.id)
                policy = load_policy(folder, search=[folder.parent])
                for each in review_pack(folder, search=[folder.parent], seconds=60, memory=MEMORY).raised:
                    if each.code in OF_ALL and each.proof and each.proof.within.about is Subject.HOUSEHOLD:
                        yield Said(each, policy.on(each.periods[0].start))


def holds(of: Finding, home: Household, rules: Snapshot) -> bool:
    judgement, name = judge(home, rules), of.concerns
    match of.code:
        case FindingCode.NEVER_FIRES:
            return judgement.values[name] is not True
        case FindingCode.NEVER_SETTLED:
            return not isinstance(judgement.values[name], bool)
        case FindingCode.NOBODY_ELIGIBLE:
            return judgement.eligible is not True
        case FindingCode.NOBODY_EXITS:
            return judgement.exit is not True
        case FindingCode.IDLE_PRIORITY:
            # It holds for nobody who is eligible, or fails for none of them.
            fails = "everybody" in of.en
            return judgement.eligible is not True or judgement.values[name] is not (not fails)
        case FindingCode.SAME_RULE:
            other = judgement.values[of.related[0]]
            return not (isinstance(other, bool) and judgement.values[name] is (not other))
        case _:
            rule = rules.rule(name)
            outcome = (rules.exit_expr if rule.kind is RuleKind.EXIT else rules.eligible_expr)(Subject.HOUSEHOLD)
            value = Reading(home, rules).claim(outcome)
            # With the rule or without it, settled one way, never the other.
            bare = [Reading(home, rules).claim(substitute(outcome, {name: Literal(each)})) for each in (True, False)]
            return not isinstance(value, bool) or any(each is value or not isinstance(each, bool) for each in bare)


@settings(max_examples=400)
@given(st.data())
def test_what_is_proved_of_everybody_holds_of_whoever_comes_along(data: st.DataObject) -> None:
    each = data.draw(st.sampled_from(all_said()))
    home = data.draw(households(near=each.rules))
    assert holds(each.finding, home, each.rules), each.finding.en


@pytest.mark.parametrize("bad", CATALOGUE[:2], ids=lambda bad: bad.id)
def test_the_same_pack_gives_the_same_review_with_and_without_a_memory(bad: Bad, tmp_path: Path) -> None:
    folder = bent(bad, tmp_path)
    fresh = review_pack(folder, search=[tmp_path], seconds=60)
    again = review_pack(folder, search=[tmp_path], seconds=60, memory=MEMORY)
    assert again.asked < fresh.asked
    assert [each.to_plain() for each in again.findings] == [each.to_plain() for each in fresh.findings]


def test_a_review_that_is_stopped_says_of_every_question_left_that_it_was_not_asked(tmp_path: Path) -> None:
    bad = CATALOGUE[0]
    steps: list[tuple[int, int]] = []

    def go_on(done: int, of: int) -> bool:
        steps.append((done, of))
        return done < 3

    review = review_pack(bent(bad, tmp_path), seconds=60, go_on=go_on)
    assert {each.why for each in review.open} == {WhyOpen.STOPPED}
    assert steps == sorted(steps)
    assert steps[-1][0] == 3
    assert {of for _, of in steps} == {steps[0][1]}
    assert review.asked < 10
    assert f"{len(review.open)} undecided" in review.headline("en")
    assert f"{len(review.open)}问未决" in review.headline("zh")


def test_every_idle_part_of_a_text_is_told_with_its_own_place(tmp_path: Path) -> None:
    folder = tmp_path / "relief"
    shutil.copytree(HOME / "relief", folder)
    path = folder / "rules.toml"
    old = 'when = "per_person < line"'
    new = 'when = "per_person < line and income.wage_income_yuan >= 0 and count(m for m in members) >= 0"'
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")
    one, other = review_pack(folder, seconds=60, memory=MEMORY).raised
    assert "`income.wage_income_yuan >= 0` makes no difference to `poor`" in one.en
    assert "`count(m for m in members) >= 0` makes no difference to `poor`" in other.en
    assert one.where != other.where
    assert one.concerns == other.concerns == "poor"


def test_an_open_parameter_takes_what_the_cases_give_or_half_of_its_bounds(tmp_path: Path) -> None:
    folder = tmp_path / "relief"
    shutil.copytree(HOME / "relief", folder)
    path = folder / "parameters.toml"
    begin, _, rest = path.read_text(encoding="utf-8").partition("[[limit.value]]")
    assert rest
    path.write_text(f"{begin}open = true\nlow = 0\nhigh = 0.3\n", encoding="utf-8")
    review = review_pack(folder, seconds=60, memory=MEMORY)
    assert [(each.name, each.amount) for each in review.given] == [("limit", Fraction(15, 100))]
    assert review.findings == ()
    assert review.to_plain()["given"] == {"limit": "0.15"}
    assert {each.name for each in review_pack("monitoring-2021", seconds=60, memory=MEMORY).given} == {
        "monitoring_line"
    }


def test_what_takes_too_long_stays_open_and_is_no_finding(tmp_path: Path) -> None:
    folder = tmp_path / "relief"
    shutil.copytree(HOME / "relief", folder)
    path = folder / "rules.toml"
    cube = "production.{0}_mu * production.{0}_mu * production.{0}_mu"
    sides = cube.format("arable"), cube.format("forest"), cube.format("water")
    cubes = f"{sides[0]} + {sides[1]} == {sides[2]} and production.arable_mu > 0 and production.forest_mu > 0"
    path.write_text(path.read_text(encoding="utf-8").replace("assets.owns_town_housing", cubes), encoding="utf-8")
    review = review_pack(folder, seconds=0.05, memory=MEMORY)
    assert {"flat"} <= {each.concerns for each in review.open}
    assert {each.why for each in review.open} <= {WhyOpen.TIME, WhyOpen.ARITHMETIC}
    assert [each.code for each in review.findings if each.concerns == "flat"] == []


def test_every_day_of_the_pack_is_in_one_period_and_no_value_changes_within_it() -> None:
    for name in ("national-2014", "exit-2016", "yucheng-2016"):
        policy = load_policy(name)
        periods = periods_of(policy)
        assert periods[0].start == policy.days.start
        assert periods[-1].until == policy.days.until
        for one, other in itertools.pairwise(periods):
            assert one.until == other.start
        for period in periods:
            for parameter in policy.parameters.values():
                starts = {value.period.start for value in parameter.values}
                assert not any(day != period.start and day in period for day in starts)
