"""Policies with one change each, and whether the cases of a pack notice."""

from fupin_rules.testing.mutation._case_score import AtomSeen, CaseScore, atoms_seen, case_score
from fupin_rules.testing.mutation._policy_mutants import PolicyMutant, policy_mutants

__all__ = ["AtomSeen", "CaseScore", "PolicyMutant", "atoms_seen", "case_score", "policy_mutants"]
