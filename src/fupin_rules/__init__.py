"""
Rules of social protection as data.

A policy on a date is a function from what is known about a household or village to an assessment with its reasons.

>>> from datetime import date
>>> import fupin_rules as fr
>>> rules = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
>>> home = fr.Household(
...     id="371482102207-0031",
...     members=(
...         fr.Member(
...             id="1", relation="head", birth_date=date(1951, 4, 2), labour="none", health=("chronic_illness",)
...         ),
...         fr.Member(id="2", relation="spouse", birth_date=date(1953, 9, 9)),
...     ),
...     income=fr.Income(
...         wage_income_yuan=0, operating_income_yuan=2400, operating_cost_yuan=900, property_income_yuan=0
...     ),
...     living=fr.Living(house_grade="C"),
... )
>>> a = fr.assess(home, rules)
>>> a.outcome
<Outcome.UNDETERMINED: 'undetermined'>
>>> "income.other_transfer_yuan" in a.missing
True
>>> a.failed, a.excluded_by, len(a.open), len(a.rules)
((), (), 7, 41)
>>> a.next_question().text["en"]
'Register of the head?'
>>> a.priority.matched, [str(bound) for bound in a.priority.low + a.priority.high]
(('priority_unsafe_house',), ['1', '6'])
>>> a.findings, a.provisional
((), ())
>>> a.standing
<Standing.ASSUMPTION: 'assumption'>
>>> a.explain("en", level="value").splitlines()[0]
'household 371482102207-0031: undetermined: facts are missing'
>>> a.explain("zh", level="value").splitlines()[0]
'户 371482102207-0031：尚不能确定'
>>> poor = fr.from_plain(fr.Household, fr.to_plain(home) | {"hukou": "urban"})
>>> fr.rank(fr.assess_many([home, poor], rules), quota=12).possible
('371482102207-0031',)
>>> unsafe = fr.with_fact(home, "living.lives_in_other_safe_housing", False)
>>> [(gap.rule, gap.en) for gap in fr.assess_exit(unsafe, rules).failed][0][0]
'exit_housing'

A procedure is a function from a case and an event to a new case, or to the reasons why not.

>>> procedure = fr.load_procedure("yucheng-2016")
>>> head = fr.Actor("p-1", "householder", place="371482102207")
>>> applied = procedure.open("371482102207-0031", fr.Event("e-1", "apply", head), at=date(2016, 1, 13))
>>> [reason.code for reason in applied.reasons]
['evidence_missing']
"""

import importlib
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from fupin_rules.citations import Citation, Source, Standing
    from fupin_rules.engine import (
        Alternative,
        Assessment,
        Counterfactual,
        ExitAssessment,
        Finding,
        Gap,
        Priority,
        Question,
        Ranked,
        assess,
        assess_exit,
        assess_many,
        explain_change,
        rank,
        recheck,
        reopened,
        what_would_change,
    )
    from fupin_rules.errors import Fault, FupinRulesError
    from fupin_rules.interview import Interview, InterviewState
    from fupin_rules.model import (
        Area,
        Assets,
        Household,
        Income,
        Living,
        Member,
        Monitoring,
        Production,
        Relocation,
        Village,
        from_plain,
        to_plain,
        with_fact,
    )
    from fupin_rules.policy import (
        Amendment,
        ExitOutcome,
        Outcome,
        Policy,
        Snapshot,
        installed_packs,
        load_amendment,
        load_policy,
    )
    from fupin_rules.schemas import json_schema
    from fupin_rules.truth import NotKnown, Truth, Unknown, Why
    from fupin_rules.workflow import (
        Accepted,
        Actor,
        Case,
        Context,
        Dossier,
        Duplicate,
        Event,
        Evidence,
        Procedure,
        Refused,
        Verdict,
        deadlines,
        installed_procedures,
        load_procedure,
        options,
        plan,
        replay,
        step,
        step_many,
        verify,
    )

    __version__: str

# Where each name is kept. Loading the library takes what is asked for and no more: whoever reads a register loads no
# procedure, and a program that only names the library loads next to nothing.
_KEPT: Final = {
    "fupin_rules.citations": "Citation Source Standing",
    "fupin_rules.engine": (
        "Alternative Assessment Counterfactual ExitAssessment Finding Gap Priority Question Ranked assess assess_exit "
        "assess_many explain_change rank recheck reopened what_would_change"
    ),
    "fupin_rules.errors": "Fault FupinRulesError",
    "fupin_rules.interview": "Interview InterviewState",
    "fupin_rules.model": (
        "Area Assets Household Income Living Member Monitoring Production Relocation Village from_plain "
        "to_plain with_fact"
    ),
    "fupin_rules.policy": "Amendment ExitOutcome Outcome Policy Snapshot installed_packs load_amendment load_policy",
    "fupin_rules.schemas": "json_schema",
    "fupin_rules.truth": "NotKnown Truth Unknown Why",
    "fupin_rules.workflow": (
        "Accepted Actor Case Context Dossier Duplicate Event Evidence Procedure Refused Verdict deadlines "
        "installed_procedures load_procedure options plan replay step step_many verify"
    ),
}
_HOME: Final = {name: module for module, names in _KEPT.items() for name in names.split()}
_ROOMS: Final = frozenset(module.partition(".")[2] for module in _KEPT) | {
    "expr",
    "journal",
    "documents",
    "registry",
    "report",
}


def __getattr__(name: str) -> Any:
    """Load a public name, or a room of the library, when it is first asked for."""
    if name in _ROOMS:
        return importlib.import_module(f"{__name__}.{name}")
    home, kept = ("fupin_rules.engine", "LIBRARY_VERSION") if name == "__version__" else (_HOME.get(name), name)
    if home is None:
        raise AttributeError(f"module `{__name__}` has no attribute `{name}`")
    found = getattr(importlib.import_module(home), kept)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    """List the public names, loaded or not."""
    return sorted({*globals(), *__all__})


__all__ = [
    "Accepted",
    "Actor",
    "Alternative",
    "Amendment",
    "Area",
    "Assessment",
    "Assets",
    "Case",
    "Citation",
    "Context",
    "Counterfactual",
    "Dossier",
    "Duplicate",
    "Event",
    "Evidence",
    "ExitAssessment",
    "ExitOutcome",
    "Fault",
    "Finding",
    "FupinRulesError",
    "Gap",
    "Household",
    "Income",
    "Interview",
    "InterviewState",
    "Living",
    "Member",
    "Monitoring",
    "NotKnown",
    "Outcome",
    "Policy",
    "Priority",
    "Procedure",
    "Production",
    "Question",
    "Ranked",
    "Refused",
    "Relocation",
    "Snapshot",
    "Source",
    "Standing",
    "Truth",
    "Unknown",
    "Verdict",
    "Village",
    "Why",
    "__version__",
    "assess",
    "assess_exit",
    "assess_many",
    "deadlines",
    "explain_change",
    "from_plain",
    "installed_packs",
    "installed_procedures",
    "json_schema",
    "load_amendment",
    "load_policy",
    "load_procedure",
    "options",
    "plan",
    "rank",
    "recheck",
    "reopened",
    "replay",
    "step",
    "step_many",
    "to_plain",
    "verify",
    "what_would_change",
    "with_fact",
]
