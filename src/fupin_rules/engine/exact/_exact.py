"""An outcome that is asked exactly: the completions are looked at only where facts are missing."""

from __future__ import annotations

import attrs

from fupin_rules.engine._prover import Prover
from fupin_rules.engine.counterfactual._question import Of, composed_of
from fupin_rules.engine.exact._completions import Completions, How
from fupin_rules.engine.exact._search import completions
from fupin_rules.errors import DisagreementError, Fault
from fupin_rules.model import AnySubject
from fupin_rules.policy import Reading, Snapshot


@attrs.frozen
class Exact:
    """
    What was looked at to answer exactly.

    Attributes:
        of: Which outcome.
        completions: What the completions say; None where the known facts settle the outcome.
        prover: Who looked at all of them, and tells which facts matter; None where a search did.
    """

    of: Of
    completions: Completions | None
    prover: Prover | None

    def told(self, claim: bool | None) -> bool | None:
        """Tell the outcome: what the known facts say, and where they leave it open what all completions do."""
        return claim if self.completions is None else self.completions.claim


def exactly(subject: AnySubject, rules: Snapshot, of: Of, claim: bool | None, prover: Prover | None) -> Exact:
    """
    Look at the completions of a subject whose outcome is open.

    Args:
        subject: As it is known today.
        rules: A policy on a day.
        of: Which outcome.
        claim: What the known facts say of it.
        prover: Who looks at all completions; a search otherwise.

    Raises:
        DisagreementError: The prover shows a completion of which the reference says otherwise.
    """
    if claim is not None:
        return Exact(of, None, prover)
    if prover is None:
        return Exact(of, completions(subject, rules, of), None)
    found = prover.completions(subject, rules, of)
    if found.how is How.DIFFER:
        composed = composed_of(subject, rules, of)
        said = [Reading(each, rules).claim(composed) for each in found.shown]
        if said[0] is True or said[1] is False:
            what = "two completions differ by the prover, and not by the reference"
            raise DisagreementError(
                Fault(f"policy `{rules.policy_id}`", what, "report it with the policy", "disagreement")
            )
    return Exact(of, found, prover)
