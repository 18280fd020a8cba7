"""Assess one subject, or many, under a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from types import MappingProxyType
from typing import Any

from fupin_rules.citations import Standing
from fupin_rules.engine._assessment import Assessment, ExitAssessment, Finding, in_order, reasons_why
from fupin_rules.engine._gaps import gap_of
from fupin_rules.engine._priority import priority_of
from fupin_rules.errors import Fault, PolicyError
from fupin_rules.expr import Expr
from fupin_rules.model import Household, Village, catalogue
from fupin_rules.policy import (
    ExitOutcome,
    Judgement,
    Outcome,
    RuleKind,
    Snapshot,
    Subject,
    judge,
    provisional_facts,
    standing_of,
    subject_of,
)
from fupin_rules.truth import Truth, Unknown


def assess(subject: Household | Village, rules: Snapshot) -> Assessment:
    """
    Assess whether a subject is to be identified.

    Args:
        subject: A household or a village; a fact left out is not known.
        rules: A policy on a day.

    Raises:
        PolicyError: The policy has no eligibility rule about such a subject; nothing is vacuously eligible.
        BudgetExceededError: The rules take too many steps.

    >>> from datetime import date
    >>> from fupin_rules.policy import load_policy
    >>> assess(Household(id="1"), load_policy("yucheng-2016").on(date(2016, 1, 31))).outcome
    <Outcome.UNDETERMINED: 'undetermined'>
    """
    about = _demand(subject, rules)
    composed = rules.eligible_expr(about)
    judgement = judge(subject, rules)
    assert judgement.eligible is not None
    values = judgement.values
    conditions, exclusions = (
        rules.rules_of(about, RuleKind.ELIGIBILITY),
        rules.rules_of(about, RuleKind.EXCLUSION),
    )
    return Assessment(
        **_answer(subject, judgement, composed, judgement.eligible),
        outcome=Outcome.of(judgement.eligible),
        failed=tuple(rule.id for rule in conditions if values[rule.id] is False),
        excluded_by=tuple(rule.id for rule in exclusions if values[rule.id] is True),
        open=tuple(rule.id for rule in (*conditions, *exclusions) if isinstance(values[rule.id], Unknown)),
        rebutted=MappingProxyType(
            {
                rule.id: tuple(each.id for each in rule.unless if judgement.reading.claim(each.when) is True)
                for rule in exclusions
                if judgement.hits[rule.id] is True and values[rule.id] is False
            }
        ),
        priority=priority_of(judgement),
        missing_for_score=_missing_for_score(judgement),
    )


def assess_exit(subject: Household | Village, rules: Snapshot) -> ExitAssessment:
    """
    Assess whether a subject meets every guarantee needed to leave.

    Args:
        subject: A household or a village; a fact left out is not known.
        rules: A policy on a day.

    Raises:
        PolicyError: The policy has no exit rule about such a subject; nothing is met vacuously.
        BudgetExceededError: The rules take too many steps.

    >>> from datetime import date
    >>> from fupin_rules.model import Living
    >>> from fupin_rules.policy import load_policy
    >>> rules = load_policy("yucheng-2016").on(date(2016, 1, 31))
    >>> home = Household(id="1", living=Living(house_grade="D", lives_in_other_safe_housing=False))
    >>> [gap.rule for gap in assess_exit(home, rules).failed]
    ['exit_housing']
    """
    about = _demand(subject, rules)
    composed = rules.exit_expr(about)
    judgement = judge(subject, rules)
    assert judgement.exit is not None
    values = judgement.values
    guarantees = rules.rules_of(about, RuleKind.EXIT)
    return ExitAssessment(
        **_answer(subject, judgement, composed, judgement.exit),
        outcome=ExitOutcome.of(judgement.exit),
        met=tuple(rule.id for rule in guarantees if values[rule.id] is True),
        open=tuple(rule.id for rule in guarantees if isinstance(values[rule.id], Unknown)),
        failed=tuple(gap_of(rule, judgement.reading) for rule in guarantees if values[rule.id] is False),
    )


def assess_many(subjects: Iterable[Household | Village], rules: Snapshot) -> Iterator[Assessment]:
    """
    Assess one subject after the other, each on its own.

    Args:
        subjects: Households, villages, or both.
        rules: A policy on a day.
    """
    for subject in subjects:
        yield assess(subject, rules)


def _demand(subject: Household | Village, rules: object) -> Subject:
    """Tell whom the rules must be about; a policy that was given no day is the likeliest slip."""
    if not isinstance(rules, Snapshot):
        what = f"expected a policy on a day, got `{type(rules).__name__}`"
        raise PolicyError(Fault("", what, "call `.on(date)` of the policy first", "no_day"))
    return subject_of(subject)


def _answer(subject: Household | Village, judgement: Judgement, composed: Expr, claim: Truth) -> dict[str, Any]:
    rules = judgement.reading.snapshot
    checks = rules.rules_of(subject_of(subject), RuleKind.CHECK)
    standing = standing_of(composed, judgement.reading)
    provisional = provisional_facts(subject, rules, claim, composed)
    return {
        "subject_id": subject.id,
        "policy_id": rules.policy_id,
        "policy_version": rules.policy.version,
        "fingerprint": rules.fingerprint,
        "on": rules.on,
        "rules": judgement.values,
        "missing": in_order(claim, subject),
        "why": reasons_why(claim),
        # Every rule is cited, so an outcome always rests on something.
        "standing": standing if standing is not None else Standing.ASSUMPTION,
        "provisional": tuple(sorted(provisional, key=catalogue(type(subject)).order)),
        "findings": tuple(Finding(rule.id, rule.zh, rule.en) for rule in checks if judgement.values[rule.id] is True),
        "judgement": judgement,
        "composed": composed,
    }


def _missing_for_score(judgement: Judgement) -> tuple[str, ...]:
    subject = judgement.reading.subject
    found: set[str] = set()
    for rule in judgement.reading.snapshot.rules_of(subject_of(subject), RuleKind.PRIORITY):
        value = judgement.values[rule.id]
        if isinstance(value, Unknown):
            found |= value.missing
    if isinstance(judgement.eligible, Unknown):
        found -= judgement.eligible.missing
    return tuple(sorted(found, key=catalogue(type(subject)).order))
