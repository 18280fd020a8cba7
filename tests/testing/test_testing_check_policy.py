"""Laws of any policy: shipped packs keep them or say why not, and a policy that breaks one is found out by a small case."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

import fupin_rules as fr
from fupin_rules.errors import PolicyError
from fupin_rules.expr import parse
from fupin_rules.policy import Snapshot, Subject, load_cases, policy_of_case
from fupin_rules.testing import LAWS, LawStatus, check_policy

PACKS = {name: folder for name, folder in fr.installed_packs().items() if "fupin_rules" in folder.parts}
SWEEP = os.environ.get("FUPIN_SWEEP") == "1"
# Each takes some seconds; the places of monitoring differ in a number from what is tried here.
QUICK = {
    "yucheng-2016",
    "exit-2016",
    "monitoring-2021",
    "quality-guizhou-2024",
    "exclusions-suibin-2016",
    "measures-2014",
}
YUCHENG = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))

# What the texts say of monitoring is not one line with two sides: whoever has severe difficulties is taken in, and the
# removal of a risk does not ask about them. The same survey may then say both; which goes first is for the township.
MONITORING = {
    "nobody_is_eligible_and_ready_to_exit": (
        "taken in by difficulties of today, removed by stability of half a year: the texts exclude no overlap"
    )
}
# A village of a province that is hardly poor stands out with more than twice its share, and is below the mark of exit.
VILLAGES = {
    "nobody_is_eligible_and_ready_to_exit": (
        "village: high incidence is told by the province, exit by 2 %; a province below 1 % has villages that are both"
    )
}
WAIVED = {"yucheng-2016": VILLAGES} | {
    name: MONITORING for name in PACKS if name.startswith("monitoring-") and name != "monitoring-2020"
}


@pytest.mark.parametrize("name", [name for name in sorted(PACKS) if SWEEP or name in QUICK])
def test_every_shipped_pack_keeps_the_laws_or_says_why_not(name: str) -> None:
    policy, cases = fr.load_policy(name), load_cases(PACKS[name])
    day = cases[0].on if cases else policy.days.start
    rules = (policy_of_case(policy, cases[0]) if cases else policy).on(day)
    check = check_policy(rules, examples=300 if SWEEP else 20, waive=WAIVED.get(name, {}))
    assert check.failed == (), check.text("en")
    assert {each.law for each in check.laws} == (set(LAWS) if rules.rules else set())


KEPT = {"income_below_line", "excluded_away", "excluded_vehicle", "priority_disability", "exit_income"}


def broken(**changes: str) -> Snapshot:
    """A few rules of `yucheng-2016` about households, some with another claim."""
    kept = (rule for rule in YUCHENG.rules if rule.id in KEPT)
    rules = tuple(attrs.evolve(rule, when=parse(changes[rule.id])) if rule.id in changes else rule for rule in kept)
    return Snapshot(attrs.evolve(YUCHENG.policy, rules=rules, rankings={}), YUCHENG.on, YUCHENG.parameters)


@pytest.mark.parametrize(
    ("law", "changes"),
    [
        ("poorer_is_never_less_eligible", {"income_below_line": "income.wage_income_yuan >= 500"}),
        # A floor above what most earn, beside an ordinary line.
        (
            "poorer_is_never_less_eligible",
            {"income_below_line": "income.wage_income_yuan >= 2000 and net_income_per_person < income_line"},
        ),
        ("exclusion_only_narrows", {"income_below_line": "excluded_away", "excluded_vehicle": "False"}),
        ("priority_never_admits", {"income_below_line": "priority_disability"}),
        ("nobody_is_eligible_and_ready_to_exit", {"income_below_line": "True"}),
        # Only who stands on the line is both.
        (
            "nobody_is_eligible_and_ready_to_exit",
            {
                "income_below_line": "net_income_per_person <= income_line",
                "exit_income": "net_income_per_person >= income_line",
            },
        ),
        ("settled_outcomes_stay_settled", {"income_below_line": "not is_known(income.wage_income_yuan)"}),
        ("every_rule_can_be_true_false_and_unknown", {"excluded_away": "False"}),
    ],
)
def test_a_policy_that_breaks_a_law_is_found_out(law: str, changes: dict[str, str]) -> None:
    # Not many fall between a floor and a line; the search ends with the first.
    check = check_policy(broken(**changes), examples=1000 if "2000" in str(changes) else 200, laws=[law])
    assert Subject.HOUSEHOLD in {each.subject for each in check.failed}, check.text("en")
    with pytest.raises(AssertionError, match=LAWS[law][1]):
        check.assert_clean()


def test_a_counterexample_is_as_small_as_can_be() -> None:
    rules = broken(income_below_line="income.wage_income_yuan >= 500")
    check = check_policy(rules, laws=["poorer_is_never_less_eligible"])
    (found,) = check.failed
    home = found.counterexample
    assert isinstance(home, fr.Household)
    assert len(home.members) <= 1
    assert isinstance(home.income.wage_income_yuan, Decimal)
    assert fr.assess(home, check.rules).outcome is fr.Outcome.ELIGIBLE
    assert found.en == "becoming poorer in income.wage_income_yuan makes it ineligible"
    assert found.zh == "income.wage_income_yuan变差后失去资格"


def test_the_same_seed_gives_the_same_answer() -> None:
    rules, laws = broken(income_below_line="True"), ["nobody_is_eligible_and_ready_to_exit"]
    one, other = (check_policy(rules, examples=60, seed=3, laws=laws) for _ in range(2))
    assert one.to_plain() == other.to_plain()


def test_a_waived_law_needs_a_reason_and_something_that_breaks_it() -> None:
    rules = broken(income_below_line="True")
    waive = {"nobody_is_eligible_and_ready_to_exit": "a trial", "priority_never_admits": "no reason at all"}
    check = check_policy(rules, examples=100, laws=list(waive), waive=waive)
    waived = [each for each in check.laws if each.status is LawStatus.WAIVED]
    assert {(each.law, each.en) for each in waived} == {("nobody_is_eligible_and_ready_to_exit", "a trial")}
    assert check.unneeded == ("priority_never_admits",)
    assert not check.is_clean
    assert check.text("en").splitlines()[-1] == "waived for nothing: priorities never make anybody eligible"
    assert check.text("zh").splitlines()[-1] == "无需豁免：优先情形不产生资格"
    for bad in ({"priority_never_admits": " "}, {"rich_is_poor": "so"}):
        with pytest.raises(PolicyError, match="give a reason for one of settled_outcomes"):
            check_policy(rules, examples=1, waive=bad)


def test_a_report_can_be_read_and_kept() -> None:
    check = check_policy(fr.load_policy("monitoring-2020").on(date(2020, 6, 30)), examples=20)
    assert check.text("en").splitlines()[:3] == [
        "monitoring-2020 2020-06-30:",
        "household: a settled outcome is not overturned by learning a fact: held",
        "household: less income never makes anybody ineligible: held",
    ]
    assert check.text("zh").splitlines()[:2] == [
        "monitoring-2020 2020-06-30：",
        "户：已确定的结论不因补充事实而改变——成立",
    ]
    plain: dict[str, Any] = check.to_plain()
    assert plain["policy"] == "monitoring-2020"
    assert [each["status"] for each in plain["laws"]] == [each.status.value for each in check.laws]
    assert {each.status.words("zh") for each in check.laws} == {"成立", "不适用"}
