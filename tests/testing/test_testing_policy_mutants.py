"""Changed policies: every kind of slip is made, and the cases of every shipped pack notice nearly all of them."""

from __future__ import annotations

import os
from functools import cache

import attrs
import pytest

import fupin_rules as fr
from fupin_rules.policy import Case, Policy, load_cases, load_policy, policy_of_case, run_case
from fupin_rules.testing import AtomSeen, CaseScore, atoms_seen, case_score, policy_mutants

SWEEP = os.environ.get("FUPIN_SWEEP") == "1"
PACKS = {name: folder for name, folder in fr.installed_packs().items() if "fupin_rules" in folder.parts}
WITH_CASES = sorted(name for name, folder in PACKS.items() if load_cases(folder))
# The others take some seconds each.
SLOW = {"national-2014", "quality-guizhou-2024", "yucheng-2016"}
QUICK = set(WITH_CASES) - SLOW

# Changes that no case notices, and why.
SURVIVORS: dict[str, dict[str, str]] = {
    "quality-guizhou-2024": {
        "parameters.labour_share_low.lower": "no household of sixty or fewer has a share of workers between 24.99 and 25 %",
        "parameters.labour_share_high.lower": "nor one between 49.99 and 50 %",
    },
}


@cache
def loaded(name: str) -> tuple[Policy, tuple[Case, ...]]:
    return load_policy(name), load_cases(PACKS[name])


@cache
def scored(name: str) -> CaseScore:
    policy, cases = loaded(name)
    return case_score(policy, cases, pack=name)


@pytest.mark.parametrize("name", [name for name in WITH_CASES if SWEEP or name in QUICK])
def test_the_cases_of_a_pack_notice_nearly_every_change_and_what_they_do_not_is_explained(name: str) -> None:
    score = scored(name)
    assert score.score >= 0.95, score.text("en")
    known = SURVIVORS.get(name, {})
    assert [each.id for each in score.survivors if not each.id.startswith(tuple(known))] == []


@pytest.mark.parametrize("name", [name for name in WITH_CASES if SWEEP or name in QUICK])
def test_every_explained_survivor_is_one(name: str) -> None:
    found = [each.id for each in scored(name).survivors]
    assert [each for each in SURVIVORS.get(name, {}) if not any(one.startswith(each) for one in found)] == []


def test_every_kind_of_change_is_made() -> None:
    made = {
        each.operator.partition("_")[0] if each.operator.startswith("without_") else each.operator
        for name in ("yucheng-2016", "national-2014", "monitoring-2021")
        for each in policy_mutants(loaded(name)[0])
    }
    assert made >= {
        "and_or",
        "any_all",
        "drop",
        "drop_part",
        "drop_where",
        "edge",
        "flip",
        "higher",
        "lower",
        "much_higher",
        "much_lower",
        "negate",
        "or_and",
        "plus_minus",
        "without",
    }


@pytest.mark.parametrize("name", ["yucheng-2016", "exclusions-suibin-2016"])
def test_changes_have_names_of_their_own_load_and_leave_the_original_alone(name: str) -> None:
    policy, cases = loaded(name)
    policy = policy_of_case(policy, cases[0])
    day = cases[0].on
    before = policy.on(day).fingerprint
    made = list(policy_mutants(policy, pack=name))
    assert len({each.id for each in made}) == len(made)
    assert [each.id for each in made] == [each.id for each in policy_mutants(policy, pack=name)]
    for mutant in made:
        assert mutant.policy.scopes()
        assert mutant.touched
        assert mutant.text("zh") != mutant.text("en")
    in_force = [each for each in made if each.policy.on(day).fingerprint != before]
    assert len(in_force) > 0.9 * len(made)
    assert policy.on(day).fingerprint == before


def test_without_cases_nothing_is_noticed_and_one_that_does_not_pass_notices_nothing() -> None:
    policy, cases = loaded("exclusions-suibin-2016")
    assert case_score(policy, ()).score == 0.0
    wrong = [attrs.evolve(case, rules=dict.fromkeys(case.rules, True)) for case in cases[:2]]
    assert not run_case(policy, wrong[0]).passed
    assert case_score(policy, wrong[:1]).score == 0.0


def test_a_score_says_what_was_not_noticed() -> None:
    policy, cases = loaded("exclusions-suibin-2016")
    score = case_score(policy, cases[:1], pack="exclusions-suibin-2016")
    first = score.survivors[0]
    assert score.text("en").splitlines()[1] == f"not noticed: {first.text('en')}"
    assert score.text("zh").splitlines()[1] == f"未发现：{first.text('zh')}"
    assert score.to_plain()["changes"] == score.to_plain()["noticed"] + len(score.survivors)
    assert case_score(load_policy("measures-2014"), (), pack="none").score == 1.0


def test_a_threshold_moved_by_a_fen_is_noticed_by_the_case_on_the_line() -> None:
    policy, cases = loaded("monitoring-guizhou")
    killed = case_score(policy, cases, pack="monitoring-guizhou").killed
    assert {name for name in killed if "monitoring_line" in name} == {
        f"parameters.monitoring_line.{side} 2023-01-01" for side in ("higher", "lower", "much_higher", "much_lower")
    }
    on_the_line = killed["parameters.monitoring_line.higher 2023-01-01"]
    without = [case for case in cases if case.id != on_the_line]
    assert "parameters.monitoring_line.higher 2023-01-01" not in case_score(policy, without).killed


@pytest.mark.parametrize("name", ["yucheng-2016", "exit-2016", "monitoring-2021"])
def test_the_cases_of_a_pack_show_each_smallest_claim_true_false_and_unknown(name: str) -> None:
    policy, cases = loaded(name)
    seen = atoms_seen(policy, cases, pack=name)
    assert seen
    whole = sum(not each.lacking for each in seen)
    assert whole / len(seen) > 0.85, [each for each in seen if each.lacking]


def test_a_claim_that_no_case_shows_is_named() -> None:
    policy, cases = loaded("exclusions-suibin-2016")
    seen = atoms_seen(policy, cases[:1], pack="exclusions-suibin-2016")
    assert seen[0] == AtomSeen(seen[0].rule, seen[0].atom, frozenset({None}))
    assert seen[0].lacking == (True, False)
