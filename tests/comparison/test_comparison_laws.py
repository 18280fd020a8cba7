"""
Laws of comparison, over pairs of policies at random: a witness always replays, and a proof is contradicted by nobody.

`FUPIN_SWEEP=1` asks for 10,000 pairs, `FUPIN_PAIRS=…` for so many, `FUPIN_SEED=…` for those from one seed on.
"""

from __future__ import annotations

import os
import random
import sys
from collections import Counter

import pytest
from edits import edited, with_rule
from random_policies import households_of, policy_of

import fupin_rules as fr
from fupin_rules.comparison import Proved, Undecided, compare
from fupin_rules.comparison._regions import ALL_CHANGES, ELIGIBLE, EXIT, change_of
from fupin_rules.errors import ExpressionError, LimitError
from fupin_rules.expr import Kind, check
from fupin_rules.policy import Judgement, Snapshot, Subject, judge, priority_of
from fupin_rules.truth import Unknown

SWEEP = os.environ.get("FUPIN_SWEEP") == "1"
PAIRS = int(os.environ.get("FUPIN_PAIRS", "10000" if SWEEP else "60"))
SEED = int(os.environ.get("FUPIN_SEED", "20160131"))
MEMBERS = 4
HOUSEHOLDS = 12
SECONDS = 5.0


def pair_of(chance: random.Random) -> tuple[Snapshot, Snapshot]:
    """Draw a policy, and the same with one place edited; now and then another policy altogether."""
    old = policy_of(chance)
    if chance.random() < 0.2:
        return old, policy_of(chance)
    rule = chance.choice(old.rules)
    changes = list(edited(rule.when)) or [rule.when]
    for _ in range(10):
        tree = chance.choice(changes)
        try:
            check(tree, old.scope(Subject.HOUSEHOLD), expect=Kind.CLAIM)
        except (ExpressionError, LimitError):
            continue
        return old, with_rule(old, rule.id, tree)
    return old, old


def score(judgement: Judgement) -> object:
    values = {name: None if isinstance(each, Unknown) else each for name, each in judgement.values.items()}
    found = priority_of(judgement.reading.snapshot, Subject.HOUSEHOLD, values)
    return found and (found.low, found.high)


def regions_with(before: Judgement, after: Judgement) -> set[str]:
    """Name the regions somebody is in, from the outcomes alone."""
    named = {each.id for each in ELIGIBLE if change_of(before.eligible, after.eligible) in each.changes}
    named |= {each.id for each in EXIT if change_of(before.exit, after.exit) in each.changes}
    if before.eligible is not False and after.eligible is not False and score(before) != score(after):
        named.add("score")
    return named


def test_the_regions_of_an_outcome_share_out_all_changes() -> None:
    for regions in (ELIGIBLE, EXIT):
        assert sorted((change for each in regions for change in each.changes), key=str) == sorted(ALL_CHANGES, key=str)


def test_a_proof_is_contradicted_by_nobody_and_a_witness_always_replays(capsys: pytest.CaptureFixture[str]) -> None:
    answers: Counter[str] = Counter()
    undecided: list[tuple[int, str]] = []
    for seed in range(SEED, SEED + PAIRS):
        chance = random.Random(seed)
        old, new = pair_of(chance)
        found = compare(old, new, members=MEMBERS, seconds=SECONDS)
        empty = {region.id for region in found.regions if isinstance(region.answer, Proved)}
        for home in households_of(chance, HOUSEHOLDS):
            inside = regions_with(judge(home, old), judge(home, new))
            assert not inside & empty, f"FUPIN_SEED={seed}: proved empty, and {inside & empty} holds {home!r}"
        for name, shown in found.witnesses.items():
            assert isinstance(shown, fr.Household)
            inside = regions_with(judge(shown, old), judge(shown, new))
            assert name in inside or name == "tie_break", f"FUPIN_SEED={seed}: {name} does not hold {shown!r}"
        answers.update(region.answer.kind for region in found.regions)
        undecided += [(seed, region.id) for region in found.regions if isinstance(region.answer, Undecided)]
    with capsys.disabled():
        sys.stdout.write(f"\n{PAIRS:,} pairs from seed {SEED}: {dict(answers)}, undecided {undecided[:20]}\n")
    assert answers["proved"]
    assert answers["witness"]
    assert answers["undecided"] <= 0.01 * answers.total() + 1
