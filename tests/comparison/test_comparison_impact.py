"""Head-counts of a change on a register are those of assessing every household twice."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date

import pytest
from frames import ENGINES, on
from random_policies import households_of, policy_of

import fupin_rules as fr
from fupin_rules.citations import Source, Standing
from fupin_rules.columnar import frames_of
from fupin_rules.comparison import Impact, impact
from fupin_rules.comparison._regions import ELIGIBLE, EXIT, change_of
from fupin_rules.errors import LoweringError
from fupin_rules.policy import RuleKind, Snapshot, judge
from fupin_rules.registry import simulate
from fupin_rules.truth import Truth, Unknown

NOTICE = Source("notice", "通知", "a notice", Standing.ASSUMPTION)
YUCHENG = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
RAISED = YUCHENG.with_parameter(income_line=4200, source=NOTICE)
HOMES = simulate(seed=7, households=300, people=560).households


def told(value: Truth | None) -> bool | None:
    return None if value is None or isinstance(value, Unknown) else value


def counted(old: Snapshot, new: Snapshot, homes: list[fr.Household]) -> Counter[str]:
    found: Counter[str] = Counter()
    for home in homes:
        before, after = judge(home, old), judge(home, new)
        changes = ((ELIGIBLE, before.eligible, after.eligible), (EXIT, before.exit, after.exit))
        for regions, one, other in changes:
            found.update(each.id for each in regions if change_of(one, other) in each.changes)
    return found


def told_by(found: Impact) -> Counter[str]:
    return Counter({each.region: found[each.region] for each in found.counts})


@pytest.mark.parametrize("seed", range(12))
def test_as_many_fare_otherwise_as_do_when_each_is_assessed_twice(seed: int) -> None:
    chance = random.Random(seed)
    old, new = policy_of(chance), policy_of(chance)
    homes = households_of(chance, 60)
    frames = frames_of(homes)
    assert told_by(impact(old, new, frames.subjects, members=frames.members)) == counted(old, new, homes)


@pytest.mark.parametrize("engine", [engine for engine in ENGINES if engine != "spark"])
def test_every_engine_counts_alike_by_township(engine: str) -> None:
    subjects, members = on(engine, frames_of(HOMES, engine="pyarrow"))
    found = impact(YUCHENG, RAISED, subjects, members=members, by="township")
    assert found.total == len(HOMES)
    assert told_by(found) == counted(YUCHENG, RAISED, list(HOMES))
    for place in {home.township for home in HOMES}:
        here = [home for home in HOMES if home.township == place]
        told_here = Counter({each.region: each.count for each in found.counts if each.place == place})
        assert told_here == counted(YUCHENG, RAISED, here)


def test_the_rules_that_say_otherwise_are_told_and_nothing_else() -> None:
    frames = frames_of(HOMES)
    found = impact(YUCHENG, RAISED, frames.subjects, members=frames.members)
    assert found["became_eligible"] > 0
    assert found.rules("became_eligible") == {"income_below_line": found["became_eligible"]}
    eligible = {rule.id for rule in YUCHENG.rules if rule.kind in (RuleKind.ELIGIBILITY, RuleKind.EXCLUSION)}
    exits = {rule.id for rule in YUCHENG.rules if rule.kind is RuleKind.EXIT}
    for each in found.counts:
        assert set(each.rules) <= (exits if each.region.startswith("exit_") else eligible)
        assert all(0 < count <= each.count for count in each.rules.values())
    assert list(found.rules("exit_lost")) == ["exit_income"]


def test_a_rule_that_only_one_policy_has_is_told_where_it_decides() -> None:
    before = fr.load_policy("shandong-2014").on(date(2016, 1, 31))
    frames = frames_of(HOMES)
    found = impact(before, YUCHENG, frames.subjects, members=frames.members)
    new = {rule.id for rule in YUCHENG.rules} - {rule.id for rule in before.rules}
    lost = found.rules("lost_eligibility")
    assert sum(lost.values()) >= found["lost_eligibility"] > 0
    assert set(lost) <= new


def test_nothing_changes_where_nothing_was_changed() -> None:
    frames = frames_of(HOMES)
    found = impact(YUCHENG, YUCHENG, frames.subjects, members=frames.members)
    assert found.counts == ()
    assert found.as_text("en") == "300 subjects: 0 change in identification, 0 in exit"
    assert found.as_text("zh") == "共300个对象：识别结论有变的0个，退出结论有变的0个"
    assert "<table>" not in found.as_html()


def test_head_counts_are_said_in_both_languages_and_drawn() -> None:
    frames = frames_of(HOMES)
    found = impact(YUCHENG, RAISED, frames.subjects, members=frames.members, by="township")
    lines = found.as_text("en").splitlines()
    assert lines[1].split() == ["township", "change", "number", "rules"]
    assert "became eligible" in found.as_text("en")
    assert "由不符合变为符合" in found.as_text("zh")
    drawn = found._repr_html_()
    assert drawn.count("<table>") == 2
    assert "income_below_line" in drawn
    plain = found.to_plain()
    assert plain["total"] == 300
    assert sum(each["count"] for each in plain["counts"]) == sum(each.count for each in found.counts)


def test_a_place_that_is_not_known_is_counted_as_such() -> None:
    frames = frames_of(HOMES)
    nowhere = frames.subjects.with_columns(township=None)
    found = impact(YUCHENG, RAISED, nowhere, members=frames.members, by="township")
    assert {each.place for each in found.counts} == {None}
    assert "–" in found.as_text("en")
    assert found.to_plain()["counts"][0]["place"] is None


def test_a_column_to_count_by_must_be_there() -> None:
    frames = frames_of(HOMES)
    with pytest.raises(LoweringError, match="column `town`: is missing; name a column that is there"):
        impact(YUCHENG, RAISED, frames.subjects, members=frames.members, by="town")
