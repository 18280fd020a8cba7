"""Events that are right in all but one place, with the reason that must be told for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

import attrs

from fupin_rules.workflow import Case, Event, EventType, Evidence, FieldKind, Move, Procedure

# With the check character of an identity number, of nobody: there is no such area.
NUMBER: Final = "990101199001011230"
_DAY = timedelta(days=1)


@attrs.frozen
class Spoiled:
    """
    An event that must be refused.

    Attributes:
        name: What is wrong with it.
        code: Code of the reason that must be told.
        event: The event.
        at: When it is said to happen.
        expect: Number of the entry it was decided on; None if that is not told.
    """

    name: str
    code: str
    event: Event
    at: date | datetime
    expect: int | None = None


def spoiled(procedure: Procedure, case: Case, event: Event, taken: Sequence[Event], day: date) -> Iterator[Spoiled]:
    """
    Spoil an event that would be accepted, in one place after another.

    Args:
        procedure: The procedure.
        case: Where the case stands.
        event: The event.
        taken: Events that were accepted in this case, at least one.
        day: When it would be accepted.
    """
    kind = procedure.event[event.type]
    moves = procedure.moves_on[case.state, event.type]
    for name, code, changes in [
        *_by_others(procedure, case, event, moves),
        *_with_other_fields(kind, event),
        *_with_other_evidence(moves, event, taken, day),
        *_as_another(procedure, case, event, taken),
    ]:
        yield Spoiled(name, code, attrs.evolve(event, **changes), day)
    yield Spoiled("decided on an older state", "stale", event, day, case.seq - 1)
    before = date.fromisoformat(case.at[:10]) - _DAY
    yield Spoiled("before the last entry", "at_backwards", attrs.evolve(event, evidence=()), before)


_Changes = tuple[str, str, Mapping[str, Any]]


def _by_others(procedure: Procedure, case: Case, event: Event, moves: Sequence[Move]) -> Iterator[_Changes]:
    actor = event.by
    yield "by nobody known", "role_unknown", {"by": attrs.evolve(actor, role="nobody", level="")}
    allowed = {role for move in moves for role in move.roles}
    others = [role.id for role in procedure.roles if role.id not in allowed]
    if others:
        yield "by another role", "role", {"by": attrs.evolve(actor, id="stranger", role=others[0])}
    if procedure.level[procedure.role[actor.role].level].digits:
        yield "from elsewhere", "place", {"by": attrs.evolve(actor, place="99" + "9" * (len(actor.place) - 2))}
    if any(level.id != procedure.role[actor.role].level for level in procedure.levels):
        level = next(each.id for each in procedure.levels if each.id != procedure.role[actor.role].level)
        yield "at another level", "level", {"by": attrs.evolve(actor, level=level)}
    if all(move.impartial for move in moves):
        yield "by a relative", "kin", {"by": attrs.evolve(actor, kin_of=(case.id,))}


def _with_other_fields(kind: EventType, event: Event) -> Iterator[_Changes]:
    yield "with a field too many", "field_unknown", {"data": {**event.data, "unheard_of": True}}
    for field in kind.fields:
        if field.required:
            without = {name: value for name, value in event.data.items() if name != field.id}
            yield f"without `{field.id}`", "field_missing", {"data": without}
        match field.kind:
            case FieldKind.TEXT:
                yield f"number in `{field.id}`", "field_personal", {"data": {**event.data, field.id: NUMBER}}
            case FieldKind.NUMBER:
                beyond = (field.high or 0) + 1
                yield f"`{field.id}` too high", "field_range", {"data": {**event.data, field.id: beyond}}
            case FieldKind.CODE:
                yield f"no code in `{field.id}`", "field_code", {"data": {**event.data, field.id: "unheard_of"}}
            case FieldKind.DIGEST:
                yield f"no digest in `{field.id}`", "field_digest", {"data": {**event.data, field.id: "plain"}}
            case FieldKind.CLAIM | FieldKind.DAY:
                yield f"wrong kind in `{field.id}`", "field_kind", {"data": {**event.data, field.id: "maybe"}}


def _with_other_evidence(moves: Sequence[Move], event: Event, taken: Sequence[Event], day: date) -> Iterator[_Changes]:
    brought = event.evidence
    unknown = Evidence("rumour", "hmac-sha256:" + "0" * 64, day)
    yield "with a rumour", "evidence_unknown", {"evidence": (*brought, unknown)}
    for kind in moves[0].evidence:
        if all(kind in move.evidence for move in moves):
            rest = tuple(each for each in brought if each.kind != kind)
            yield f"without `{kind}`", "evidence_missing", {"evidence": rest}
    if brought:
        later = attrs.evolve(brought[0], on=day + _DAY)
        yield "with evidence of tomorrow", "evidence_day", {"evidence": (later, *brought[1:])}
        used = next((each for other in taken for each in other.evidence), None)
        if used is not None:
            again = attrs.evolve(brought[0], digest=used.digest)
            yield "with evidence used before", "evidence_reused", {"evidence": (again, *brought[1:])}


def _as_another(procedure: Procedure, case: Case, event: Event, taken: Sequence[Event]) -> Iterator[_Changes]:
    yield "under an id that was used", "id_reused", {"id": taken[0].id}
    yield "in another version", "event_version", {"version": procedure.event[event.type].version + 1}
    yield "as no event there is", "unknown_event", {"type": "unheard_of"}
    elsewhere = [kind.id for kind in procedure.events if (case.state, kind.id) not in procedure.moves_on]
    if elsewhere:
        yield "in the wrong state", "wrong_state", {"type": elsewhere[0]}
