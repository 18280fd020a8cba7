"""
The reference evaluator and the generated function give one answer, over policies and households at random.

`FUPIN_DIFFERENTIAL=1000000` asks for so many cases, `FUPIN_SEED=…` for those of one seed; a case is one rule judged on
one household. A failure says the seed of its policy: `FUPIN_SEED=… FUPIN_DIFFERENTIAL=1` judges that one again.
"""

import os
import random
import sys
from collections import Counter

import pytest
from random_policies import households_of, nodes_of, policy_of
from regressions import FILE, kept, shrunk

import fupin_rules as fr
from fupin_rules.engine.compiled._snapshot import Compiled, compiled
from fupin_rules.expr import CAPABILITIES
from fupin_rules.model import AnySubject
from fupin_rules.policy import (
    Judgement,
    Snapshot,
    Subject,
    find_pack,
    installed_packs,
    judge,
    load_cases,
    load_policy,
    policy_of_case,
    subject_of,
)
from fupin_rules.truth import Truth, Unknown

CASES = int(os.environ.get("FUPIN_DIFFERENTIAL", "100000"))
SEED = int(os.environ.get("FUPIN_SEED", "20160131"))
HOUSEHOLDS = 40


def told(value: Truth | None) -> bool | None:
    return None if value is None or isinstance(value, Unknown) else value


def differing(rules: Snapshot, held: Compiled, home: AnySubject) -> tuple[Judgement, list[str]]:
    """Name what the two judge differently."""
    wanted = judge(home, rules)
    found = held.rules(home)
    names = [rule for rule, got in zip(wanted.values, found, strict=True) if told(wanted.values[rule]) is not got]
    if wanted.eligible is not None:
        names += ["eligible"] if told(wanted.eligible) is not held.eligible(home) else []
    if wanted.exit is not None:
        names += ["exit"] if told(wanted.exit) is not held.exit(home) else []
    hits = held.hits(home)
    names += [f"hit {rule}" for rule, got in zip(wanted.hits, hits, strict=True) if told(wanted.hits[rule]) is not got]
    return wanted, names


def differs(rules: Snapshot, home: fr.Household) -> bool:
    return bool(differing(rules, Compiled(rules, Subject.HOUSEHOLD), home)[1])


def keep(rules: Snapshot, names: list[str], home: fr.Household) -> str:
    """Make a disagreement small, and keep it where that was asked for."""
    rule = next((name for name in names if name in rules.rules_by_id), None)
    if rule is None:
        return f"no single rule: {home!r}"
    line = shrunk(rules, rule, home, differs)
    if os.environ.get("FUPIN_KEEP"):
        with FILE.open("a", encoding="utf-8") as file:
            file.write(line + "\n")
    return line


@pytest.mark.parametrize(("rules", "home"), kept())
def test_what_was_found_once_is_not_found_again(rules: Snapshot, home: fr.Household) -> None:
    assert not differs(rules, home)


def test_both_readers_give_one_answer_on_every_rule_and_household(capsys: pytest.CaptureFixture[str]) -> None:
    shares: Counter[bool | None] = Counter()
    nodes: Counter[str] = Counter()
    trees = cases = 0
    seed = SEED
    while cases < CASES:
        chance = random.Random(seed)  # a draw, no secret
        rules = policy_of(chance)
        held = Compiled(rules, Subject.HOUSEHOLD)
        for home in households_of(chance, HOUSEHOLDS):
            wanted, names = differing(rules, held, home)
            assert not names, f"FUPIN_SEED={seed}: {names}; {keep(rules, names, home)}"
            shares.update(told(value) for value in wanted.values.values())
            cases += len(wanted.values)
        nodes += nodes_of(rules)
        trees += len(rules.rules)
        seed += 1
    total = sum(shares.values())
    with capsys.disabled():
        said = ", ".join(f"{value} {shares[value] / total:.0%}" for value in (True, False, None))
        sys.stdout.write(f"\n{cases:,} cases of {trees:,} trees from seed {SEED}: {said}\n")
        sys.stdout.write("  " + ", ".join(f"{kind} {count / trees:.0%}" for kind, count in nodes.most_common()) + "\n")
    # An empty agreement would show here.
    if cases >= 50_000:
        assert min(shares[value] / total for value in (True, False, None)) >= 0.15
        assert set(nodes) == {kind.__name__ for kind in CAPABILITIES}


@pytest.mark.parametrize(
    "pack", [pack for pack, folder in installed_packs().items() if (folder / "cases.toml").is_file()]
)
def test_every_case_of_a_shipped_pack_is_judged_alike(pack: str) -> None:
    policy = load_policy(pack)
    held: dict[Snapshot, Snapshot] = {}  # One for all cases of a day: compiling takes longer than judging.
    for case in load_cases(find_pack(pack)):
        rules = policy_of_case(policy, case).on(case.on)
        rules = held.setdefault(rules, rules)
        _, names = differing(rules, compiled(rules, subject_of(case.subject)), case.subject)
        assert names == [], case.id
