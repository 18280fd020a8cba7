"""
Trying policies and procedures out: test data, laws, everything a case can come to, and whether changes are noticed.

Whatever draws with Hypothesis is loaded when it is first asked for, and needs the extra `testing`.
"""

import importlib
from typing import TYPE_CHECKING, Any, Final

from fupin_rules.errors import MissingExtraError
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
from fupin_rules.testing.mutation import AtomSeen, CaseScore, PolicyMutant, atoms_seen, case_score, policy_mutants

if TYPE_CHECKING:
    from fupin_rules.testing.laws import LAWS, LawResult, LawStatus, PolicyCheck, check_policy
    from fupin_rules.testing.strategies import (
        areas,
        expressions,
        facts,
        households,
        journals,
        members,
        policies,
        registers,
        villages,
    )

_DRAWN: Final = {
    "fupin_rules.testing.laws": "LAWS LawResult LawStatus PolicyCheck check_policy",
    "fupin_rules.testing.strategies": "areas expressions facts households journals members policies registers villages",
}
_HOME: Final = {name: module for module, names in _DRAWN.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """
    Load what draws with Hypothesis when it is first asked for.

    Raises:
        MissingExtraError: The extra `testing` is not installed.
    """
    if name not in _HOME:
        raise AttributeError(f"module `{__name__}` has no attribute `{name}`")
    try:
        found = getattr(importlib.import_module(_HOME[name]), name)
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "hypothesis":
            raise
        raise MissingExtraError.of("testing", f"`{name}` needs the extra `testing`") from None
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})


__all__ = [
    "INVARIANTS",
    "LAWS",
    "AtomSeen",
    "Bounds",
    "Breach",
    "CaseScore",
    "CaseWalk",
    "Check",
    "Exploration",
    "Flaw",
    "Invariant",
    "JudgedMutant",
    "LawResult",
    "LawStatus",
    "LeafSeen",
    "Mended",
    "Mutant",
    "MutationReport",
    "Node",
    "PolicyCheck",
    "PolicyMutant",
    "Promises",
    "Sight",
    "TamperAttempt",
    "TamperOutcome",
    "TamperResult",
    "Trial",
    "Tried",
    "WalkError",
    "areas",
    "atoms_seen",
    "case_machine",
    "case_score",
    "check_policy",
    "check_procedure",
    "events_for",
    "explore",
    "expressions",
    "facts",
    "households",
    "invariants_of",
    "journals",
    "leaves",
    "members",
    "mend",
    "mutants",
    "mutation_score",
    "paths",
    "policies",
    "policy_mutants",
    "registers",
    "tamper_suite",
    "villages",
]
