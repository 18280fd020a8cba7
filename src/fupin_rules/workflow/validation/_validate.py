"""
Checking a procedure by itself: what in it cannot be meant, before any case is opened under it.

Each check has a code, explained in `docs/reference/procedure-findings.md`. Procedures are checked as they are loaded.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from fupin_rules.workflow.validation._choices import check_choices
from fupin_rules.workflow.validation._doors import check_doors
from fupin_rules.workflow.validation._duties import check_duties
from fupin_rules.workflow.validation._finding import ProcedureFinding, in_file_order
from fupin_rules.workflow.validation._guard_search import GuardSearch
from fupin_rules.workflow.validation._guards import check_guards
from fupin_rules.workflow.validation._parts import check_parts
from fupin_rules.workflow.validation._people import check_people
from fupin_rules.workflow.validation._steps import Steps
from fupin_rules.workflow.validation._time import check_time
from fupin_rules.workflow.validation._ways import check_ways

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure


def validate(procedure: Procedure) -> tuple[ProcedureFinding, ...]:
    """
    Check a procedure by itself.

    Args:
        procedure: As `read_procedure` gives it: its references lead somewhere, its guards fit.

    Returns:
        What cannot be meant, in the order of the file; empty if there is nothing.

    Raises:
        LimitError: It is too large to be checked.
    """
    steps = Steps(f"{procedure.id}/{procedure.version}")
    search = GuardSearch.of(procedure, steps)
    findings = [
        *check_ways(procedure, steps),
        *check_doors(procedure, search),
        *check_choices(procedure, search),
        *check_people(procedure, search),
        *check_guards(procedure, search),
        *check_duties(procedure, steps),
        *check_time(procedure, steps),
        *check_parts(procedure),
    ]
    # A part that stands twice in a guard is told once.
    return in_file_order(procedure, dict.fromkeys(findings))
