"""Proofs against brute force: over a domain so small that everybody in it can be asked, a region is empty as proved."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator

import pytest
from random_policies import snapshot_of
from small_domains import EVERYBODY, MEMBERS, Claims, policies

from fupin_rules.comparison import Proved, Undecided, Witness, always, compare, equivalent, implies
from fupin_rules.comparison._regions import ELIGIBLE, EXIT, change_of
from fupin_rules.expr import Expr
from fupin_rules.policy import Reading, Snapshot, judge
from fupin_rules.truth import Unknown

SWEEP = os.environ.get("FUPIN_SWEEP") == "1"
PAIRS = 400 if SWEEP else 25


@pytest.mark.parametrize("seed", range(PAIRS))
def test_a_region_is_proved_empty_exactly_where_nobody_of_all_is_in_it(seed: int) -> None:
    old, new = policies(seed)
    judged = [(judge(home, old), judge(home, new)) for home in EVERYBODY]
    found = compare(old, new, members=MEMBERS)
    for told, outcome in ((ELIGIBLE, "eligible"), (EXIT, "exit")):
        changes = {change_of(getattr(one, outcome), getattr(other, outcome)) for one, other in judged}
        for region in told:
            kind = Witness if region.changes & changes else Proved
            assert type(found[region.id]) is kind, region.id


def values(rules: Snapshot, tree: Expr) -> Iterator[bool | None]:
    for home in EVERYBODY:
        value = Reading(home, rules).claim(tree)
        yield None if isinstance(value, Unknown) else value


@pytest.mark.parametrize("seed", range(PAIRS // 5))
def test_a_question_is_answered_as_by_asking_everybody(seed: int) -> None:
    claims, rules = Claims(random.Random(-seed - 1)), snapshot_of([], {})
    one, other = claims.one(2), claims.one(2)
    pairs = list(zip(values(rules, one), values(rules, other), strict=True))
    asked = {
        implies: all(b is True for a, b in pairs if a is True),
        equivalent: all(a is b for a, b in pairs),
    }
    for question, holds in asked.items():
        answer = question(rules, one, other, members=MEMBERS)
        assert not isinstance(answer, Undecided)
        assert isinstance(answer, Proved) is holds
    assert isinstance(always(rules, one, members=MEMBERS), Proved) is all(a is True for a, _ in pairs)
