"""Reading what an event of an older version carries as the version of today carries it, step by step."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fupin_rules.errors import Fault, WorkflowError
from fupin_rules.workflow.case._case import EventValue
from fupin_rules.workflow.procedure._parts import EventType, Upcast


def upcast(kind: EventType, version: int, data: Mapping[str, EventValue]) -> Mapping[str, EventValue]:
    """
    Read the fields of an older event as fields of its type as it is now.

    Args:
        kind: The event type, with the steps from each older version.
        version: Version that the event was written under; the newest changes nothing.
        data: What it carries, by field.

    Returns:
        What it carries today. What a step sets is set, whatever the event carried under that name.

    Raises:
        WorkflowError: The type never had this version.

    >>> steps = (Upcast(1, rename=(("votes", "present"),)), Upcast(2, set=(("entitled", 30),), drop=("remark",)))
    >>> dict(upcast(EventType("evaluate", "", "", version=3, upcasts=steps), 1, {"votes": 20, "remark": "x"}))
    {'present': 20, 'entitled': 30}
    """
    steps = [step for step in kind.upcasts if step.version >= version]
    if not 1 <= version <= kind.version or len(steps) != kind.version - version:
        what = f"is read from version 1 to {kind.version}, not from {version}"
        raise WorkflowError(
            Fault(f"event `{kind.id}`", what, "bring the procedure it was written under", "event_version")
        )
    carried = dict(data)
    for step in steps:
        carried = _one_on(step, carried)
    return MappingProxyType(carried)


def _one_on(step: Upcast, data: Mapping[str, EventValue]) -> dict[str, EventValue]:
    # All at once: two fields may change places.
    renamed = dict(step.rename)
    kept = {name: value for name, value in data.items() if name not in renamed and name not in step.drop}
    return kept | {renamed[name]: value for name, value in data.items() if name in renamed} | dict(step.set)
