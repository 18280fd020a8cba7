"""Ask what would turn an outcome."""

from __future__ import annotations

import decimal
from types import MappingProxyType
from typing import Final

from fupin_rules.engine._assess import assess, assess_exit
from fupin_rules.engine._assessment import Assessment, ExitAssessment
from fupin_rules.engine._prover import Prover
from fupin_rules.engine.counterfactual._answer import Alternative, Counterfactual
from fupin_rules.engine.counterfactual._movable import movables
from fupin_rules.engine.counterfactual._question import FactValues, Of, Turn, changed
from fupin_rules.engine.counterfactual._search import proved, search
from fupin_rules.errors import DisagreementError, Fault, PolicyError
from fupin_rules.model import AnySubject, all_facts
from fupin_rules.policy import ExitOutcome, Outcome, Snapshot, judge

_TRIES: Final = 10_000
# A prover goes on from what is found quickly, and takes less time than the rest of the search.
_TRIES_BEFORE_PROVER: Final = 500
# More digits than any fact or bound has, whatever the caller's decimals are set to.
_EXACT: Final = decimal.Context(prec=64)


def what_would_change(
    subject: AnySubject,
    rules: Snapshot,
    *,
    of: Of = "eligibility",
    towards: Outcome | ExitOutcome | None = None,
    most: int = 5,
    tries: int | None = None,
    prover: Prover | None = None,
) -> Counterfactual:
    """
    Look for the smallest change of facts that turns an outcome; whatever is found is judged again before it is given.

    Only facts that are known are changed, and none that nobody can change: age, sex, ethnicity, kinship, health, what
    has happened. Fewer facts are a smaller change; among as many, less is.

    Args:
        subject: A household, a village or an area, as it is known today.
        rules: A policy on a day.
        of: The outcome of `eligibility`, or that of `exit`.
        towards: The settled outcome to look for; left out, the other one. An outcome that is not settled is turned
            only if it is told which way; otherwise the answer names the facts that are missing.
        most: Most alternatives to give.
        tries: Most changed subjects to judge; 10,000 by default, and 500 where a prover goes on from there. The answer
            tells when that was not enough.
        prover: Tells whether a smaller change turns the outcome, see `fupin_rules.comparison.prover`; without one the
            answer is searched, and not proved smallest.

    Raises:
        PolicyError: The policy has no rule about such a subject, or `towards` is no other settled outcome of the kind.

    >>> from datetime import date
    >>> from fupin_rules.model import Household
    >>> from fupin_rules.policy import load_policy
    >>> rules = load_policy("yucheng-2016").on(date(2016, 1, 31))
    >>> answer = what_would_change(Household(id="1"), rules)
    >>> answer.alternatives, answer.missing[0]
    ((), 'members_complete')
    """
    if of not in ("eligibility", "exit"):
        raise PolicyError(Fault("of", f"`{of}` is no outcome", "ask for `eligibility` or `exit`", "of"))
    before = assess(subject, rules) if of == "eligibility" else assess_exit(subject, rules)
    wanted = _wanted(before, towards)
    if wanted is None:
        return Counterfactual(before, None)
    turn = Turn(subject, rules, of, wanted)
    with decimal.localcontext(_EXACT):
        facts = movables(turn)
        if tries is None:
            tries = _TRIES if prover is None else _TRIES_BEFORE_PROVER
        searched = search(turn, facts, tries=tries)
        if prover is not None:
            searched = proved(turn, facts, searched, prover)
        alternatives = tuple(_replayed(turn, each, before) for each in searched.found[:most])
    named = Outcome.told(wanted) if of == "eligibility" else ExitOutcome.told(wanted)
    paths = tuple(each.path for each in facts)
    return Counterfactual(
        before,
        named,
        alternatives,
        paths,
        searched.at_once,
        searched.tried,
        is_cut=searched.is_cut,
        is_fewest=searched.is_fewest,
        is_proved=searched.is_proved,
    )


def _wanted(before: Assessment | ExitAssessment, towards: Outcome | ExitOutcome | None) -> bool | None:
    """Tell what the claim is to become; None where it is open and nobody says."""
    if towards is None:
        return None if before.claim is None else not before.claim
    for claim in (True, False):
        if claim is not before.claim and towards is type(before.outcome).told(claim):
            return claim
    what = f"`{towards}` is no other settled outcome"
    others = [type(before.outcome).told(claim).value for claim in (True, False) if claim is not before.claim]
    raise PolicyError(Fault("towards", what, f"ask for {' or '.join(f'`{each}`' for each in others)}", "towards"))


def _replayed(turn: Turn, changes: FactValues, before: Assessment | ExitAssessment) -> Alternative:
    """Judge a changed subject by the reference, and take down what turned."""
    after = changed(turn.subject, changes)
    judged = judge(after, turn.rules)
    if (judged.eligible if turn.of == "eligibility" else judged.exit) is not turn.towards:
        what = "a change turns the outcome by the search or its prover, and not by the reference"
        where = f"policy `{turn.rules.policy_id}`"
        raise DisagreementError(Fault(where, what, "report it with the policy", "disagreement"))
    then, now = turn.counted(after), turn.counted(turn.subject)
    held, given = dict(all_facts(turn.subject)), dict(all_facts(after))
    moved = {path: (held[path], given[path]) for path in changes}
    return Alternative(
        MappingProxyType(moved),
        MappingProxyType({path: new - old for path, (old, new) in moved.items() if isinstance(new, decimal.Decimal)}),
        tuple(rule for rule in now if now[rule] is not then[rule]),
        assess(after, turn.rules) if isinstance(before, Assessment) else assess_exit(after, turn.rules),
    )
