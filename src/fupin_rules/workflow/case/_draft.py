"""
Drafting events: what somebody would have to bring to make a move, filled in as far as the guard tells.

A draft is made up (its evidence does not exist); it serves to find out what is open to whom, to plan, and to test.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date

import attrs

from fupin_rules.expr import Value, names
from fupin_rules.workflow.case._case import Actor, Case, Event, EventValue, Evidence, Signatures
from fupin_rules.workflow.case._outside import Outside
from fupin_rules.workflow.case._solve import search
from fupin_rules.workflow.case._view import UNSIGNED, View, open_slots
from fupin_rules.workflow.procedure._parts import Amend, Delegate, Effect, Field, FieldKind, Move, Resolve, Sign, Waive
from fupin_rules.workflow.procedure._procedure import Procedure


def digest_for(*parts: str) -> str:
    """Make up a salted digest, the same for the same parts."""
    return "hmac-sha256:" + hashlib.sha256("\0".join(parts).encode()).hexdigest()


def actor_for(procedure: Procedure, case: Case, role: str, number: int = 1) -> Actor:
    """Make up somebody who holds a role where the case is."""
    digits = procedure.level[procedure.role[role].level].digits
    return Actor(f"{role}-{number}", role, place=case.place[:digits])


def draft(
    procedure: Procedure, move: Move, case: Case, actor: Actor, event_id: str, *, day: date, outside: Outside
) -> Event:
    """
    Draft an event that makes a move, if anything that the event brings can make it.

    Args:
        procedure: The procedure.
        move: The move.
        case: Where the case stands.
        actor: Who is to act.
        event_id: Id of the event.
        day: When.
        outside: What lies outside.

    Returns:
        An event with every field that is asked for and all evidence; what the guard says of its fields holds if it can.
    """
    kind = procedure.event[move.event]
    data = {field.id: plausible_value(procedure, field, case, day) for field in kind.fields if field.required}
    for effect in move.effects:
        data |= _needed(procedure, effect, case, actor)
    evidence = tuple(Evidence(each, digest_for(event_id, each), day) for each in move.evidence)
    event = Event(event_id, move.event, actor, data, evidence)
    return event if move.guard is None else _fitted(procedure, move, case, event, data, day=day, outside=outside)


def _fitted(
    procedure: Procedure,
    move: Move,
    case: Case,
    event: Event,
    data: Mapping[str, EventValue],
    *,
    day: date,
    outside: Outside,
) -> Event:
    scope = procedure.scopes[move.event]
    view = View(procedure, case, event, dict(data), day, outside)
    assert move.guard is not None
    goals = [part for part in procedure.conditions[move.id] if any(name.startswith("event.") for name in names(part))]
    paths = sorted({name for goal in goals for name in names(goal) if name.startswith("event.")})
    whole = search(goals, paths, view, scope)
    # Something else may keep a part from holding: then the others are fitted, so that only that is told.
    found = [whole] if whole.values is not None else [search([goal], paths, view, scope) for goal in goals]
    fitted = {
        name.removeprefix("event."): _write(value) for each in found for name, value in (each.values or {}).items()
    }
    # Guards ask of a digest only whether it is there: any other text would be none.
    digests = {each.id for each in procedure.event[move.event].fields if each.kind is FieldKind.DIGEST}
    fitted |= {name: digest_for(case.id, name) for name in fitted.keys() & digests}
    left_out = {name.removeprefix("event.") for each in found for name in each.left_out}
    return attrs.evolve(event, data={name: each for name, each in {**data, **fitted}.items() if name not in left_out})


def plausible_value(procedure: Procedure, field: Field, case: Case, day: date) -> EventValue:
    """Make up a value that a field of an event may hold."""
    match field.kind:
        case FieldKind.CLAIM:
            return True
        case FieldKind.NUMBER:
            return max(field.low or 0, min(1, field.high or 0))
        case FieldKind.DAY:
            return day
        case FieldKind.CODE:
            return procedure.list[field.list].codes[0].id
        case FieldKind.TEXT:
            return case.place if field.id == "place" else "x"
        case FieldKind.DIGEST:
            return digest_for(case.id, field.id)


def _needed(procedure: Procedure, effect: Effect, case: Case, actor: Actor) -> dict[str, EventValue]:
    match effect:
        case Waive(review) | Delegate(review):
            signed = case.reviews.get(review, UNSIGNED)
            slots = open_slots(procedure.review[review], signed)
            fit = [slot.id for slot in slots if slot.waivable or isinstance(effect, Delegate)]
            slot: dict[str, EventValue] = {"slot": fit[0] if fit else "none"}
            return slot | ({"to": f"{actor.id}-delegate"} if isinstance(effect, Delegate) else {})
        case Amend(review):
            signed = case.reviews.get(review, UNSIGNED)
            return {"slot": f"extra_{len(signed.extra) + 1}", "role": _signer(procedure, review)}
        case Resolve(notice):
            mark = case.notices.get(notice)
            pending = sorted(each for each, outcome in mark.objections.items() if not outcome) if mark else []
            return {"objection": pending[0] if pending else "none"}
        case Sign(review):
            return _delegated(case.reviews.get(review, UNSIGNED), actor)
        case _:
            return {}


def _signer(procedure: Procedure, review: str) -> str:
    return procedure.review[review].slots[0].role


def _delegated(signed: Signatures, actor: Actor) -> dict[str, EventValue]:
    """Name the slot that was delegated to the actor; by the role it is found without being named."""
    mine = sorted(slot for slot, person in signed.delegates.items() if person == actor.id and slot not in signed.marks)
    return {"slot": mine[0]} if mine else {}


def _write(value: Value) -> EventValue:
    assert isinstance(value, (bool, int, str, date))
    return value
