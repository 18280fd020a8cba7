"""
How rules combine into an outcome, written once, as expressions over rule ids that all readers read.

`eligible = E and not X`: E are the eligibility rules, X any exclusion that is hit and not rebutted. So one failed
condition or one standing exclusion settles the outcome, whatever else is unknown.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Never

from fupin_rules.errors import OpenClaimError
from fupin_rules.expr import And, Expr, Name, Not, Or
from fupin_rules.policy._rules import EligibleWhen, Rule, RuleKind
from fupin_rules.truth import Truth, Unknown


class Outcome(enum.StrEnum):
    """Whether a subject is to be identified under a policy on a day."""

    ELIGIBLE = "eligible"
    INELIGIBLE = "ineligible"
    UNDETERMINED = "undetermined"

    @classmethod
    def of(cls, eligible: Truth) -> Outcome:
        """Name the outcome of the composed claim."""
        return cls.told(None if isinstance(eligible, Unknown) else eligible)

    @classmethod
    def told(cls, eligible: bool | None) -> Outcome:
        """Name the outcome of the composed claim, None being not known."""
        return cls.UNDETERMINED if eligible is None else cls.ELIGIBLE if eligible else cls.INELIGIBLE

    def __bool__(self) -> Never:
        """Refuse: "undetermined" is neither yes nor no."""
        raise OpenClaimError("an outcome has no truth value; compare it, `outcome is Outcome.ELIGIBLE`")


class ExitOutcome(enum.StrEnum):
    """Whether a subject meets every guarantee needed to leave."""

    MET = "met"
    NOT_MET = "not_met"
    UNDETERMINED = "undetermined"

    @classmethod
    def of(cls, met: Truth) -> ExitOutcome:
        """Name the outcome of the composed claim."""
        return cls.told(None if isinstance(met, Unknown) else met)

    @classmethod
    def told(cls, met: bool | None) -> ExitOutcome:
        """Name the outcome of the composed claim, None being not known."""
        return cls.UNDETERMINED if met is None else cls.MET if met else cls.NOT_MET

    def __bool__(self) -> Never:
        """Refuse: "undetermined" is neither yes nor no."""
        raise OpenClaimError("an outcome has no truth value; compare it, `outcome is ExitOutcome.MET`")


def conjunction(operands: Iterable[Expr]) -> Expr:
    """Join claims by "and"; one claim stays itself."""
    claims = tuple(operands)
    return claims[0] if len(claims) == 1 else And(claims)


def disjunction(operands: Iterable[Expr]) -> Expr:
    """Join claims by "or"; one claim stays itself."""
    claims = tuple(operands)
    return claims[0] if len(claims) == 1 else Or(claims)


def compose_eligible(rules: Iterable[Rule], eligible_when: EligibleWhen | None) -> Expr | None:
    """Compose `E and not X` over the rules of one subject; None when no rule could make anyone eligible."""
    rules = tuple(rules)
    conditions = [Name(rule.id) for rule in rules if rule.kind is RuleKind.ELIGIBILITY]
    if not conditions:
        return None
    eligible = conjunction(conditions) if eligible_when is None else eligible_when.expr
    exclusions = [Name(rule.id) for rule in rules if rule.kind is RuleKind.EXCLUSION]
    return And((eligible, Not(disjunction(exclusions)))) if exclusions else eligible


def compose_exit(rules: Iterable[Rule]) -> Expr | None:
    """Compose the guarantees of one subject; None when there is none, for nothing is met vacuously."""
    guarantees = [Name(rule.id) for rule in rules if rule.kind is RuleKind.EXIT]
    return conjunction(guarantees) if guarantees else None
