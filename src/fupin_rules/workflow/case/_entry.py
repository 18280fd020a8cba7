"""
Entries: what a journal keeps of an accepted event, enough to take the case from its beginning without anything else.

Days are ISO text, values are text, whole numbers and claims; documents and anything that could be guessed are salted
digests. The order of keys does not matter: `journal.canonical` has its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from fupin_rules.errors import Fault, WorkflowError
from fupin_rules.workflow.case._case import Actor, Case, Event, EventValue, Evidence

FORMAT: Final = 1


def write_event(event: Event) -> dict[str, Any]:
    """Give an event as plain data; its actor is told beside it."""
    plain: dict[str, Any] = {"id": event.id, "type": event.type}
    if event.data:
        plain["data"] = {name: plain_value(value) for name, value in event.data.items()}
    if event.evidence:
        plain["evidence"] = [
            {"kind": each.kind, "digest": each.digest, "on": each.on.isoformat()} for each in event.evidence
        ]
    if event.batch:
        plain["batch"] = event.batch
    return plain


def plain_value(value: EventValue) -> bool | int | str:
    """Give what a field carries as entries hold it."""
    return value.isoformat() if isinstance(value, date) else value


def write_actor(actor: Actor) -> dict[str, Any]:
    """Give an actor as plain data."""
    plain: dict[str, Any] = {"id": actor.id, "role": actor.role}
    if actor.level:
        plain["level"] = actor.level
    if actor.place:
        plain["place"] = actor.place
    if actor.kin_of:
        plain["kin_of"] = list(actor.kin_of)
    return plain


def write_entry(
    before: Case,
    after: Case,
    event: Event,
    version: int,
    move: str,
    *,
    outside: Mapping[str, Any],
    due: Mapping[str, str | None],
) -> dict[str, Any]:
    """Give the entry of an accepted event."""
    entry: dict[str, Any] = {
        "v": FORMAT,
        "case": before.id,
        "seq": before.seq + 1,
        "at": after.at,
        "proc": after.procedure,
        "event": write_event(event) | {"v": version},
        "by": write_actor(event.by),
        "move": move,
        "from": before.state,
        "to": after.state,
        "round": after.round,
        "prev": before.head,
    }
    if before.seq == 0:
        entry["place"] = after.place
    if outside:
        entry["outside"] = dict(outside)
    if due:
        entry["due"] = dict(due)
    return entry


def read_event(entry: Mapping[str, Any]) -> Event:
    """
    Read the event of an entry.

    Raises:
        WorkflowError: It holds no event.
    """
    try:
        event, by = entry["event"], entry["by"]
        actor = Actor(by["id"], by["role"], by.get("level", ""), by.get("place", ""), tuple(by.get("kin_of", ())))
        evidence = tuple(
            Evidence(each["kind"], each["digest"], date.fromisoformat(each["on"])) for each in event.get("evidence", ())
        )
        data = {str(name): _value(value) for name, value in event.get("data", {}).items()}
        return Event(
            event["id"], str(event["type"]), actor, data, evidence, str(event.get("batch", "")), int(event["v"])
        )
    except WorkflowError:
        raise
    except (KeyError, TypeError, ValueError, AttributeError):
        raise WorkflowError(Fault("$.event", "holds no event", "restore the entry from a copy", "entry")) from None


def _value(value: object) -> EventValue:
    if not isinstance(value, (bool, int, str)):
        raise TypeError
    return value
