"""Task A of the benchmarks: what is timed agrees with the oracle, here on fewer households."""

import runpy
from pathlib import Path
from typing import Any

import pytest

TASK = Path(__file__).parents[1] / "benchmarks" / "task_a.py"


@pytest.fixture(scope="module")
def task() -> dict[str, Any]:
    return runpy.run_path(str(TASK))


def test_the_floors_and_the_compiled_rules_agree_with_the_oracle(task: dict[str, Any]) -> None:
    task["check"](task["households"](400, seed=7))


def test_the_oracle_does_not_round_what_is_not_known(task: dict[str, Any]) -> None:
    told = [task["oracle"](home) for home in task["households"](400, seed=7)]
    for name in task["WANTED"]:
        assert {claims[name] for claims in told} == {True, False, None}, name


def test_about_half_of_the_households_have_something_that_is_not_known(task: dict[str, Any]) -> None:
    homes = task["households"](1000)
    assert 400 < sum(map(task["is_known"], homes)) < 600


def test_reasons_of_an_answer_name_the_facts_that_it_misses(task: dict[str, Any]) -> None:
    ours = task["ours"]()
    missing = [ours.reasoned(home).missing for home in task["households"](400, seed=7)]
    assert frozenset({"cost"}) in missing
    assert any(name.startswith("members[") for names in missing for name in names)
