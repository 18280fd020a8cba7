"""Trying procedures out: everything they can lead to, what must be so all the same, and whether changes are noticed."""

from fupin_rules.testing._attacks import Sight
from fupin_rules.testing._case_machine import case_machine
from fupin_rules.testing._case_walk import CaseWalk, WalkError
from fupin_rules.testing._check import Check, check_procedure
from fupin_rules.testing._events import Trial, events_for
from fupin_rules.testing._explore import Bounds, Exploration, Flaw, LeafSeen, Node, Tried, explore
from fupin_rules.testing._invariants import INVARIANTS, Breach, Invariant, Promises, invariants_of
from fupin_rules.testing._leaves import leaves
from fupin_rules.testing._mend import Mended, mend
from fupin_rules.testing._mutants import Mutant, mutants
from fupin_rules.testing._paths import paths
from fupin_rules.testing._score import JudgedMutant, MutationReport, mutation_score
from fupin_rules.testing._tamper import TamperAttempt, TamperOutcome, TamperResult, tamper_suite

__all__ = [
    "INVARIANTS",
    "Bounds",
    "Breach",
    "CaseWalk",
    "Check",
    "Exploration",
    "Flaw",
    "Invariant",
    "JudgedMutant",
    "LeafSeen",
    "Mended",
    "Mutant",
    "MutationReport",
    "Node",
    "Promises",
    "Sight",
    "TamperAttempt",
    "TamperOutcome",
    "TamperResult",
    "Trial",
    "Tried",
    "WalkError",
    "case_machine",
    "check_procedure",
    "events_for",
    "explore",
    "invariants_of",
    "leaves",
    "mend",
    "mutants",
    "mutation_score",
    "paths",
    "tamper_suite",
]
