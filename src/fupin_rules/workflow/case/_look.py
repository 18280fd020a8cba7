"""What guards see of a case and an event at a moment, for those who ask about parts of a guard."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from fupin_rules.workflow.case._case import Case, Event, Moment, day_of
from fupin_rules.workflow.case._judge import read_fields
from fupin_rules.workflow.case._outside import NOTHING, Asked, Context
from fupin_rules.workflow.case._view import View
from fupin_rules.workflow.procedure._parts import EventType

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure


def look(procedure: Procedure, case: Case, event: Event, at: Moment, *, context: Context = NOTHING) -> View:
    """
    Give what guards see, as `step` would show it to them.

    Args:
        procedure: The one that the case is pinned to.
        case: Where the case stands.
        event: What is said to have happened.
        at: When.
        context: What lies outside.
    """
    kind = procedure.event.get(event.type) or EventType("", "", "")
    fields = MappingProxyType(read_fields(kind, event))
    day = day_of(at)
    return View(procedure, case, event, fields, day, Asked(context, procedure.policy, case.id, day))
