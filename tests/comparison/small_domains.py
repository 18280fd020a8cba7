"""A domain so small that everybody in it can be asked, and claims over it."""

from __future__ import annotations

import itertools
import random

import attrs
from random_policies import rule_of, snapshot_of

import fupin_rules as fr
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
    walk,
)
from fupin_rules.policy import Snapshot

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

    def __init__(self, chance: random.Random, *, ways_out: bool = True) -> None:
        """With ways out of what is not known, `or_else` and `is_known`, or without."""
        self.chance = chance
        self.ways_out = ways_out

    def one(self, depth: int) -> Expr:
        pick = self.chance.choice
        if depth == 0:
            return pick((self.flag, self.flag, self.grade, self.count))()
        below = [self.one(depth - 1) for _ in range(3)]
        forms = (
            lambda: And(tuple(below[:2])),
            lambda: Or(tuple(below)),
            lambda: Not(below[0]),
            lambda: IfElse(below[0], below[1], below[2]),
            lambda: Compare((below[0], below[1]), (pick(("==", "!=")),)),
            lambda: Quantifier(pick(("any", "all")), "members", Item("on_dibao"), pick((None, self.outside(below[0])))),
        )
        out = (lambda: OrElse(below[0], Literal(pick((True, False))), REASON), lambda: IsKnown(below[0]))
        return pick((*forms, *out) if self.ways_out else forms)()

    def outside(self, claim: Expr) -> Expr:
        """Give a claim that may stand in a quantifier: the language has none inside another."""
        return self.flag() if any(isinstance(node, Quantifier) for node in walk(claim)) else claim

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
