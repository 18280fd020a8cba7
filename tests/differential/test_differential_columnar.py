"""
The rules as columns give the answers of the reference evaluator, over policies and registers at random, on every engine.

A run asks for 600 trees of each sort, with `FUPIN_SWEEP=1` for 2,000; `FUPIN_TREES=20000` asks for so many,
`FUPIN_SEED=…` for those of one seed. A failure says the seed of its policy.
"""

from __future__ import annotations

import os
import random
import shutil
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest
from frames import ENGINES, on
from held_to_reference import differing, told
from random_policies import households_of, nodes_of, policy_of
from regressions import FILE, kept, shrunk

import fupin_rules as fr
from fupin_rules.columnar import ANSWERS, assess_frame, frames_of
from fupin_rules.expr import CAPABILITIES
from fupin_rules.policy import Snapshot, judge

SWEEP = os.environ.get("FUPIN_SWEEP") == "1"
TREES = int(os.environ.get("FUPIN_TREES", "2000" if SWEEP else "600"))
SPARK_TREES = int(os.environ.get("FUPIN_SPARK_TREES", "200" if SWEEP else "60"))
SEED = int(os.environ.get("FUPIN_SEED", "20160131"))
HOUSEHOLDS = 40
PARTS = 4
# What differs within a kind is how values come in; the policies take turns there.
KINDS = (
    ("polars", "polars lazy"),
    ("duckdb",),
    ("pyarrow",),
    ("pandas with Arrow dtypes", "pandas with nullable dtypes", "pandas with classic dtypes"),
)
# Planning what is missing takes an engine longer than all rules: many trees are asked for their values in large
# policies, as many for whole answers in small ones, by one engine all of them and by the others a part.
LARGE, SMALL = 40, 7
VALUES = ("rules", "hits", "score", "findings")
LOCAL = [engine for kind in KINDS for engine in kind]


def answered(
    engine: str, homes: list[fr.Household], rules: Snapshot, answers: Sequence[str] = ANSWERS
) -> dict[str, dict[str, Any]]:
    """Ask an engine; give its rows by household."""
    subjects, members = on(engine, frames_of(homes, engine="pyarrow"))
    rows = ENGINES[engine].back(assess_frame(subjects, rules, members=members, answers=answers))
    assert len(rows) == len(homes)
    return {row["household_id"]: row for row in rows}


def differs(engine: str, rules: Snapshot, home: fr.Household) -> bool:
    return bool(differing(home, rules, judge(home, rules), answered(engine, [home], rules)[home.id]))


def keep(engine: str, rules: Snapshot, names: list[str], home: fr.Household) -> str:
    """Make a disagreement small, and keep it where that was asked for."""
    rule = next((name for name in names if name in rules.rules_by_id), None)
    if rule is None:
        return f"no single rule: {home!r}"
    line = shrunk(rules, rule, home, lambda alone, one: differs(engine, alone, one))
    if os.environ.get("FUPIN_KEEP"):
        with FILE.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    return line


def compared(
    kinds: Sequence[Sequence[str]], least: int, seed: int, answers: Sequence[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """Hold engines to the reference evaluator over so many trees."""
    shares: Counter[bool | None] = Counter()
    nodes: Counter[str] = Counter()
    trees, first = 0, seed
    size = SMALL if answers is ANSWERS else LARGE
    while trees < least:
        chance = random.Random(seed)  # a draw, no secret
        rules, homes = policy_of(chance, rules=size), households_of(chance, HOUSEHOLDS)
        wanted = {home.id: judge(home, rules) for home in homes}
        # Of whole answers the first kind is asked for every policy, the others for one in five.
        asked = kinds if answers is not ANSWERS or (seed - first) % 5 == 0 else kinds[:1]
        for kind in asked:
            engine = kind[seed % len(kind)]
            rows = answered(engine, homes, rules, answers)
            for home in homes:
                names = differing(home, rules, wanted[home.id], rows[home.id])
                assert not names, f"FUPIN_SEED={seed}, {engine}: {names}; {keep(engine, rules, names, home)}"
        for judgement in wanted.values():
            shares.update(told(value) for value in judgement.values.values())
        nodes += nodes_of(rules)
        trees += len(rules.rules)
        seed += 1
    total = sum(shares.values())
    with capsys.disabled():
        said = ", ".join(f"{value} {shares[value] / total:.0%}" for value in (True, False, None))
        sys.stdout.write(
            f"\n{', '.join(map(' or '.join, kinds))}: {trees:,} trees, {total:,} cases from seed {first}: {said}\n"
        )
        sys.stdout.write("  " + ", ".join(f"{kind} {count / trees:.0%}" for kind, count in nodes.most_common()) + "\n")
    # An empty agreement would show here.
    if trees >= 200:
        assert min(shares[value] / total for value in (True, False, None)) >= 0.15
        assert set(nodes) == {kind.__name__ for kind in CAPABILITIES}


@pytest.mark.parametrize(("rules", "home"), kept())
@pytest.mark.parametrize("engine", LOCAL)
def test_what_was_found_once_is_not_found_again(engine: str, rules: Snapshot, home: fr.Household) -> None:
    assert not differs(engine, rules, home)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_engine_gives_the_value_of_every_rule_on_every_row(part: int, capsys: pytest.CaptureFixture[str]) -> None:
    compared(KINDS, -(-TREES // PARTS), SEED + part * 1_000_000, VALUES, capsys)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_engine_gives_whole_answers_with_all_that_is_missing(
    part: int, capsys: pytest.CaptureFixture[str]
) -> None:
    compared(KINDS, -(-TREES // PARTS), SEED + (PARTS + part) * 1_000_000, ANSWERS, capsys)


@pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, and there is none")
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("answers", [VALUES, ANSWERS], ids=["values", "whole answers"])
def test_spark_gives_the_answers_of_the_reference(answers: Sequence[str], capsys: pytest.CaptureFixture[str]) -> None:
    compared([["spark"]], SPARK_TREES if answers is VALUES else SPARK_TREES // 5, SEED, answers, capsys)
