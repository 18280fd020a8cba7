"""Proofs against brute force: over a domain so small that everybody in it can be asked, a region is empty as proved."""

from __future__ import annotations

import itertools
import os
import random
from collections.abc import Iterator

import attrs
import pytest
from random_policies import rule_of, snapshot_of

import fupin_rules as fr
from fupin_rules.comparison import Proved, Undecided, Witness, always, compare, equivalent, implies
from fupin_rules.comparison._regions import ELIGIBLE, EXIT, change_of
from fupin_rules.expr import (
    And,
    Compare,
    Expr,
    IfElse,
    In,
    IsKnown,
    Item,
    Literal,
    Name,
    Not,
    Or,
    OrElse,
    Quantifier,
    SetOf,
    parse,
)
from fupin_rules.policy import Reading, Snapshot, judge
from fupin_rules.truth import Unknown

SWEEP = os.environ.get("FUPIN_SWEEP") == "1"
PAIRS = 400 if SWEEP else 25
MEMBERS = 2
REASON = "src:draw#1"


def everybody() -> list[fr.Household]:
    """Give every household that these policies could tell apart, of up to two members."""
    truths = (None, False, True)
    rosters = [roster for size in range(MEMBERS + 1) for roster in itertools.product(truths, repeat=size)]
    return [
        fr.Household(
            id="h",
            members=tuple(fr.Member(id=str(place), on_dibao=each) for place, each in enumerate(roster)),
            members_complete=complete,
            income_stable=stable,
            living=fr.Living(water_safe=safe, house_grade=grade),
        )
        for roster in rosters
        for complete, stable, safe in itertools.product(truths, repeat=3)
        for grade in (None, "A", "B", "C", "D")
    ]


EVERYBODY = everybody()


class Claims:
    """Draws claims over the five facts."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance

    def one(self, depth: int) -> Expr:
        pick = self.chance.choice
        if depth == 0:
            return pick((self.flag, self.flag, self.grade, self.count))()
        below = [self.one(depth - 1) for _ in range(3)]
        return pick(
            (
                lambda: And(tuple(below[:2])),
                lambda: Or(tuple(below)),
                lambda: Not(below[0]),
                lambda: IfElse(below[0], below[1], below[2]),
                lambda: Compare((below[0], below[1]), (pick(("==", "!=")),)),
                lambda: OrElse(below[0], Literal(pick((True, False))), REASON),
                lambda: IsKnown(below[0]),
                lambda: Quantifier(pick(("any", "all")), "members", Item("on_dibao"), pick((None, below[0]))),
            )
        )()

    def flag(self) -> Expr:
        return Name(self.chance.choice(("income_stable", "living.water_safe", "members_complete")))

    def grade(self) -> Expr:
        codes = sorted(self.chance.sample("ABCD", self.chance.randint(1, 3)))
        return In(Name("living.house_grade"), SetOf(tuple(Literal(each) for each in codes)))

    def count(self) -> Expr:
        sign, number = self.chance.choice(("<", "<=", ">", ">=", "==", "!=")), self.chance.randint(0, 2)
        where = self.chance.choice(("", " if m.on_dibao", " if not m.on_dibao"))
        return parse(f"count(m for m in members{where}) {sign} {number}")


def policies(seed: int) -> tuple[Snapshot, Snapshot]:
    """Draw a policy and another that differs in one rule."""
    claims = Claims(random.Random(seed))
    # Rules take turns: eligibility, exit, exclusion.
    rules = [rule_of(number, claims.one(claims.chance.randint(0, 3))) for number in range(3)]
    place = claims.chance.randrange(3)
    changed = list(rules)
    changed[place] = attrs.evolve(rules[place], when=claims.one(2))
    return snapshot_of(rules, {}), snapshot_of(changed, {})


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
