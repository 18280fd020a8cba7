"""Assess one subject, or many, under a snapshot."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from fupin_rules.engine._assessment import Assessment, ExitAssessment, Finding, found_by_checks
from fupin_rules.engine._prover import Prover
from fupin_rules.engine.compiled._snapshot import Compiled, compiled
from fupin_rules.engine.exact._exact import exactly
from fupin_rules.errors import Fault, PolicyError
from fupin_rules.model import AnySubject
from fupin_rules.policy import RuleKind, Snapshot, Subject, on_a_day, subject_of


def assess(subject: AnySubject, rules: Snapshot, *, exact: bool = False, prover: Prover | None = None) -> Assessment:
    """
    Assess whether a subject is to be identified.

    Args:
        subject: A household, a village or an area; a fact left out is not known.
        rules: A policy on a day.
        exact: Whether an outcome that the known facts leave open is settled where everything that the missing facts
            can be leads to the same; `Assessment.completions` tells how far that was looked at.
        prover: Who looks at all of it, see `fupin_rules.comparison.prover`; a search otherwise, which may not tell.

    Raises:
        PolicyError: The policy has no eligibility rule about such a subject; nothing is vacuously eligible.

    >>> from datetime import date
    >>> from fupin_rules.model import Household
    >>> from fupin_rules.policy import load_policy
    >>> assess(Household(id="1"), load_policy("yucheng-2016").on(date(2016, 1, 31))).outcome
    <Outcome.UNDETERMINED: 'undetermined'>
    """
    claim = _rules_about(subject, rules).eligible(subject)
    if not exact:
        return Assessment(subject, rules, claim)
    found = exactly(subject, rules, "eligibility", claim, prover)
    return Assessment(subject, rules, found.told(claim), exact=found)


def assess_exit(
    subject: AnySubject, rules: Snapshot, *, exact: bool = False, prover: Prover | None = None
) -> ExitAssessment:
    """
    Assess whether a subject meets every guarantee needed to leave.

    Args:
        subject: A household, a village or an area; a fact left out is not known.
        rules: A policy on a day.
        exact: As `assess` takes it.
        prover: Likewise.

    Raises:
        PolicyError: The policy has no exit rule about such a subject; nothing is met vacuously.

    >>> from datetime import date
    >>> from fupin_rules.model import Household, Living
    >>> from fupin_rules.policy import load_policy
    >>> rules = load_policy("yucheng-2016").on(date(2016, 1, 31))
    >>> home = Household(id="1", living=Living(house_grade="D", lives_in_other_safe_housing=False))
    >>> [gap.rule for gap in assess_exit(home, rules).failed]
    ['exit_housing']
    """
    claim = _rules_about(subject, rules).exit(subject)
    if not exact:
        return ExitAssessment(subject, rules, claim)
    found = exactly(subject, rules, "exit", claim, prover)
    return ExitAssessment(subject, rules, found.told(claim), exact=found)


def find(subject: AnySubject, rules: Snapshot) -> tuple[Finding, ...]:
    """
    Ask the checks of a policy alone: what there is to look at, whoever the subject turns out to be.

    Args:
        subject: A household, a village or an area.
        rules: A policy on a day; it may hold nothing but checks.

    Returns:
        What was found, in pack order; a check that is open for want of a fact finds nothing.

    Raises:
        PolicyError: The policy has no check about such a subject.

    >>> from datetime import date
    >>> from fupin_rules.model import Household, Member
    >>> from fupin_rules.policy import load_policy
    >>> rules = load_policy("quality-guizhou-2024").on(date(2024, 1, 15))
    >>> child = Member(id="1", birth_date=date(2015, 5, 1), labour="ordinary")
    >>> [each.source for each in find(Household(id="1", members=[child]), rules)]
    ['C3#4_01_003', 'C3#1_02_005', 'C3#2_01_011', 'C3#2_01_008']
    """
    about = _demand(subject, rules)
    if not rules.rules_of(about, RuleKind.CHECK):
        what, mend = f"has no check about {about.one}", "ask a pack that has one"
        raise PolicyError(Fault(f"policy `{rules.policy_id}`", what, mend, "no_rule"))
    held = rules.rules_of(about)
    values = zip(held, compiled(rules, about).rules(subject), strict=True)
    return found_by_checks(rules, about, {rule.id: value for rule, value in values})


def assess_many(subjects: Iterable[AnySubject], rules: Snapshot) -> Iterator[Assessment]:
    """
    Assess one subject after the other, each on its own.

    Args:
        subjects: Households, villages, areas, in any mixture.
        rules: A policy on a day.
    """
    for subject in subjects:
        yield assess(subject, rules)


def _rules_about(subject: AnySubject, rules: Any) -> Compiled:  # whatever a caller took for a snapshot
    """Give the rules about such a subject; they are kept by its class, so that a second one costs one look."""
    if not isinstance(rules, Snapshot) or type(subject) not in rules.kept:
        about = _demand(subject, rules)
        rules.kept[type(subject)] = compiled(rules, about)
    found: Compiled = rules.kept[type(subject)]
    return found


def _demand(subject: AnySubject, rules: object) -> Subject:
    """Tell whom the rules must be about, the rules being those of a day."""
    on_a_day(rules)
    return subject_of(subject)
