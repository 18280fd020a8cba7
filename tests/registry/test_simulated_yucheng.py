"""The article's totals, assessed: outcomes against an oracle that shares no code, every rule seen all three ways."""

from collections import Counter
from datetime import date

import pytest

import fupin_rules as fr
import oracle_yucheng as oracle
from fupin_rules.policy import judge
from fupin_rules.registry import Simulated, simulate

RULES = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))


@pytest.fixture(scope="module")
def register() -> Simulated:
    return simulate(seed=2016)


def shown(truth: fr.Truth | None) -> bool | None:
    return truth if isinstance(truth, bool) else None


def test_the_register_gives_at_least_five_percent_of_each_outcome_and_every_rule_all_three_ways(
    register: Simulated,
) -> None:
    outcomes: Counter[bool | None] = Counter()
    seen: dict[str, set[bool | None]] = {}
    subjects: list[fr.Household | fr.Village] = [*register.households, *register.villages]
    for subject in subjects:
        judgement = judge(subject, RULES)
        for rule, value in judgement.values.items():
            seen.setdefault(rule, set()).add(shown(value))
        if isinstance(subject, fr.Household):
            outcomes[shown(judgement.eligible)] += 1
            assert {rule: shown(value) for rule, value in judgement.values.items()} == oracle.household_rules(subject)
            assert shown(judgement.eligible) == oracle.household_eligible(subject)
            assert shown(judgement.exit) == oracle.household_exit(subject)
        else:
            assert {rule: shown(value) for rule, value in judgement.values.items()} == oracle.village_rules(subject)
            assert shown(judgement.eligible) == oracle.village_eligible(subject)
            assert shown(judgement.exit) == oracle.village_exit(subject)
    assert sum(outcomes.values()) == 7311
    assert all(outcomes[outcome] >= 0.05 * 7311 for outcome in (True, False, None))
    assert {rule: ways for rule, ways in seen.items() if ways != {True, False, None}} == {}
    assert set(seen) == {rule.id for rule in RULES.rules}
