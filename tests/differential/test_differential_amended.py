"""
Shipped packs, amended at random in every part, are read alike by every reader: none of them knows of amendments.

`FUPIN_SEED=…` amends otherwise; a failure says the pack.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest
from held_to_reference import differing, told
from random_policies import households_of
from test_differential_columnar import LOCAL, VALUES, answered

import fupin_rules as fr
from fupin_rules.citations import Citation, Source, Standing
from fupin_rules.comparison import Proved, compare
from fupin_rules.engine.compiled._snapshot import Compiled
from fupin_rules.expr import And, IfElse, Not, Or
from fupin_rules.periods import Period
from fupin_rules.policy import (
    AddException,
    AddRule,
    Amendment,
    ChangeDefinition,
    ChangeRule,
    DropRule,
    Patch,
    Policy,
    Rule,
    RuleKind,
    SetLabel,
    SetParameter,
    Snapshot,
    Subject,
    Unless,
    installed_packs,
    judge,
)

SEED = int(os.environ.get("FUPIN_SEED", "20160131"))
HOUSEHOLDS = 40
_SOURCE = Source(
    "turned", "关于修订的通知（虚构）", "notice (invented)", Standing.ASSUMPTION, note="invented for a test"
)
CITED = Citation(_SOURCE, "1")


def patches_of(policy: Policy, chance: random.Random) -> Iterator[Patch]:
    """Turn a pack's own parameters and claims into others, so that whatever they read is read otherwise."""
    for parameter in policy.parameters.values():
        held = [dated.value for dated in parameter.values] or list(parameter.bounds or ())
        if isinstance(held[0], Fraction):
            low, high = parameter.bounds or (held[0] * 9 / 10, held[0] * 11 / 10)
            value = low + (high - low) * chance.randint(1, 9) / 10
            yield SetParameter(parameter.name, value, CITED)
    rules = [rule for rule in policy.rules if rule.subject is Subject.HOUSEHOLD]
    claims = [rule.when for rule in rules if rule.kind is not RuleKind.CHECK] or [rule.when for rule in rules]
    for rule in rules:
        turn = chance.random()
        other = chance.choice(claims)
        if turn < 0.2:
            yield ChangeRule(rule.id, CITED, Or((rule.when, other)))
        elif turn < 0.4:
            yield ChangeRule(rule.id, CITED, Not(rule.when))
        elif turn < 0.5 and rule.kind is RuleKind.CHECK:
            yield DropRule(rule.id, CITED)
        elif turn < 0.7 and rule.kind is RuleKind.EXCLUSION:
            yield AddException(rule.id, Unless("turned", "例外", "excuse", other, CITED))
        elif turn < 0.8:
            yield SetLabel(rule.id, "改称", "called otherwise", CITED)
        if turn < 0.15:
            claim = And((other, IfElse(rule.when, other, Not(other))))
            yield AddRule(Rule(f"turned_{rule.id}", rule.kind, rule.subject, "新增", "added", claim, CITED, "turned"))
    for definition in policy.definitions.values():
        expr = definition.expr
        if definition.subject is Subject.HOUSEHOLD and isinstance(expr, (And, Or)) and chance.random() < 0.5:
            yield ChangeDefinition(definition.name, (Or if isinstance(expr, And) else And)(expr.operands), CITED)


def turned(name: str) -> tuple[Policy, Snapshot]:
    """The pack, and its text on a day in the middle of the amendment."""
    policy, chance = fr.load_policy(name), random.Random(f"{SEED}-{name}")
    until = policy.days.until
    assert until is not None
    middle = date.fromordinal((policy.days.start.toordinal() + until.toordinal()) // 2)
    days = Period(policy.days.start, None)
    patches = tuple(patches_of(policy, chance))
    amendment = Amendment("turned", name, "修订", "turned", CITED, middle, days, patches)
    rules = policy.amend(amendment).on(middle)
    assert rules.amended_by == (amendment,)
    return policy, rules


PACKS = [name for name in installed_packs() if any(r.subject == "household" for r in fr.load_policy(name).rules)]


@pytest.mark.parametrize("name", PACKS)
def test_every_reader_gives_the_answers_of_the_reference_on_an_amended_pack(name: str) -> None:
    _, rules = turned(name)
    homes = households_of(random.Random(f"{SEED}-{name}-homes"), HOUSEHOLDS)
    compiled = Compiled(rules, Subject.HOUSEHOLD)
    engine = LOCAL[PACKS.index(name) % len(LOCAL)]
    rows = answered(engine, homes, rules, VALUES)
    for home in homes:
        wanted = judge(home, rules)
        assert compiled.rules(home) == tuple(told(value) for value in wanted.values.values())
        assert not differing(home, rules, wanted, rows[home.id]), (name, engine)


def test_nobody_is_found_where_a_comparison_with_the_amended_pack_proves_that_there_is_nobody() -> None:
    policy, rules = turned("yucheng-2016")
    old = policy.on(rules.on)
    found = compare(old, rules, members=3, seconds=5)
    assert found.witnesses, "the amendment changes something for somebody"
    for home in households_of(random.Random(SEED), 200):
        before, after = fr.assess(home, old).outcome.value, fr.assess(home, rules).outcome.value
        region = {
            ("ineligible", "eligible"): "became_eligible",
            ("eligible", "ineligible"): "lost_eligibility",
        }.get((before, after))
        assert region is None or not isinstance(found[region], Proved)
