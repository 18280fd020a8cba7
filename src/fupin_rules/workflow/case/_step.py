"""
The one function that moves a case: an event is accepted, with its entry, or refused, with every reason.

Pure: no clock, no randomness, no reading, no writing. Time and everything outside are arguments.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, Final

import attrs

from fupin_rules.errors import Fault, WorkflowError
from fupin_rules.journal import Written
from fupin_rules.truth import Unknown
from fupin_rules.workflow.case._apply import apply
from fupin_rules.workflow.case._case import Case, Event, Moment, day_of, moment_text
from fupin_rules.workflow.case._circumstances import circumstances, succession
from fupin_rules.workflow.case._entry import plain_value, write_entry
from fupin_rules.workflow.case._judge import is_open, read_fields
from fupin_rules.workflow.case._outcome import Accepted, Due, Duplicate, Refused, Result
from fupin_rules.workflow.case._outside import NOTHING, Asked, Context, Outside
from fupin_rules.workflow.case._view import View
from fupin_rules.workflow.procedure._parts import EventType, Move

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure

_NO_EVENT: Final = EventType("", "", "")


class ProcedureMismatchError(WorkflowError):
    """A case was brought together with a procedure that it is not pinned to."""


class AmbiguousProcedureError(WorkflowError):
    """Two moves of a procedure are open to one event: the procedure must be mended."""


def case_of(case: Case | Accepted) -> Case:
    """Give the case, whether it comes alone or as the outcome of a step."""
    return case.case if isinstance(case, Accepted) else case


def open_case(procedure: Procedure, case_id: str, event: Event, at: Moment, context: Context = NOTHING) -> Result:
    """
    Open a case with its first event.

    Args:
        procedure: What it is pinned to from now on.
        case_id: Of the case; for households, that of the household.
        event: Its first event; its field `place`, or else the place of the actor, is the place of the case.
        at: When it happened.
        context: What lies outside.
    """
    return step(procedure, begin(procedure, case_id, event, day_of(at)), event, at, context=context)


def begin(procedure: Procedure, case_id: str, event: Event, day: date) -> Case:
    """Give a case as it is before its first event."""
    place = event.data.get("place", event.by.place)
    return Case(
        id=case_id,
        procedure=procedure.reference,
        place=place if isinstance(place, str) else "",
        state=procedure.initial,
        entered=day,
        round_began=day,
    )


def step(
    procedure: Procedure,
    case: Case | Accepted,
    event: Event,
    at: Moment,
    *,
    expect: int | None = None,
    context: Context = NOTHING,
) -> Result:
    """
    Take an event, or say why not.

    Args:
        procedure: The one that the case is pinned to.
        case: Where the case stands.
        event: What is said to have happened.
        at: When it happened; a day, or a time of it.
        expect: Number of the entry that the event was decided on; refused if there are newer ones.
        context: What lies outside: holidays, the policy, the household.

    Returns:
        `Accepted` with the case and the entry to be kept, `Refused` with the reasons, or `Duplicate`.

    Raises:
        ProcedureMismatchError: The case is pinned to another procedure.
        AmbiguousProcedureError: Two moves are open to the event.
        WorkflowError: A time that cannot be, or a policy that is asked for and not given.

    >>> from datetime import date
    >>> from fupin_rules.journal import salted_digest
    >>> from fupin_rules.workflow import Actor, Event, Evidence, load_procedure
    >>> procedure = load_procedure("yucheng-2016")
    >>> form = Evidence("application", salted_digest("the scan", "00" * 16), date(2016, 1, 12))
    >>> head = Actor("p-1", "householder", place="371482102207")
    >>> opened = procedure.open("H-017", Event("e-1", "apply", head, evidence=[form]), date(2016, 1, 13))
    >>> surveyor = Actor("p-2", "surveyor", place="371482102207")
    >>> refused = step(procedure, opened, Event("e-2", "survey", surveyor), date(2016, 1, 14))
    >>> [(reason.code, reason.path) for reason in refused.reasons][0]
    ('evidence_missing', 'evidence.image')
    """
    before = case_of(case)
    outside = Asked(context, procedure.policy, before.id, day_of(at))
    return take(procedure, before, event, at, expect=expect, outside=outside)


def step_many(
    procedure: Procedure,
    pairs: Iterable[tuple[Case | Accepted, Event]],
    at: Moment,
    *,
    batch: str,
    context: Context = NOTHING,
) -> Iterator[Result]:
    """
    Take the events of one meeting or one notice, each for itself, under a common id.

    Args:
        procedure: The one that all cases are pinned to.
        pairs: Case and event of each.
        at: When it happened.
        batch: Common id, kept in each entry.
        context: What lies outside.

    Returns:
        One outcome for each, in order; that one is refused keeps no other from being accepted.

    >>> from datetime import date
    >>> from fupin_rules.journal import salted_digest
    >>> from fupin_rules.workflow import Actor, Event, Evidence, load_procedure
    >>> procedure = load_procedure("yucheng-2016")
    >>> form = Evidence("application", salted_digest("the scan", "00" * 16), date(2016, 1, 12))
    >>> head = Actor("p-1", "householder", place="371482102207")
    >>> opened = procedure.open("H-017", Event("e-1", "apply", head, evidence=[form]), date(2016, 1, 13))
    >>> away = Event("e-2", "withdraw", head)
    >>> [type(each).__name__ for each in step_many(procedure, [(opened, away)], date(2016, 1, 14), batch="b-1")]
    ['Refused']
    """
    for case, event in pairs:
        yield step(procedure, case, attrs.evolve(event, batch=batch), at, context=context)


def take(procedure: Procedure, case: Case, event: Event, at: Moment, *, expect: int | None, outside: Outside) -> Result:
    """Take an event with whatever answers for the outside."""
    if case.procedure != procedure.reference:
        what = f"is pinned to `{case.procedure}`, not to `{procedure.reference}`"
        raise ProcedureMismatchError(Fault(f"case `{case.id}`", what, "bring the one it is pinned to", "procedure"))
    text, day = moment_text(at), day_of(at)
    if event.id in case.seen and token_of(event) in case.seen:
        return Duplicate(case, event.id)
    kind = procedure.event.get(event.type)
    view = View(procedure, case, event, read_fields(kind or _NO_EVENT, event), day, outside)
    # One reason is enough to refuse, so what most often gives one comes first; all are worked out when somebody asks.
    follows = next(succession(view, at, expect), None) is None
    enabled = [move for move in procedure.moves_on.get((case.state, event.type), ()) if is_open(move, view)]
    if not (follows and enabled) or next(circumstances(view), None) is not None:
        return Refused(case, event, view, at, expect)
    if len(enabled) > 1:
        what = f"two moves are open to `{event.type}` in `{case.state}`: {', '.join(move.id for move in enabled)}"
        raise AmbiguousProcedureError(Fault(procedure.reference, what, "make their guards exclusive", "ambiguous"))
    seen = case.seen.add(event.id, token_of(event), *(each.digest for each in event.evidence))
    clock = text if isinstance(at, datetime) else case.clock
    moved = apply(enabled[0], view, {"at": text, "clock": clock, "seq": case.seq + 1, "seen": seen})
    return record(procedure, case, moved, event, enabled[0].id, view)


def take_by(
    procedure: Procedure, move: Move, case: Case, event: Event, at: Moment, outside: Outside
) -> Accepted | Refused:
    """Take a new event by one move of its type; that another move takes it is a refusal of this one."""
    result = take(procedure, case, event, at, expect=None, outside=outside)
    if isinstance(result, Refused) or (isinstance(result, Accepted) and result.entry["move"] == move.id):
        return result
    fields = read_fields(procedure.event[event.type], event)
    return Refused(case, event, View(procedure, case, event, fields, day_of(at), outside), at, None)


def record(procedure: Procedure, before: Case, moved: Case, event: Event, move: str, view: View) -> Accepted:
    """Write the entry of an event that was taken, and link the case to it."""
    due = running(procedure, moved, view)
    entry = write_entry(
        before,
        moved,
        event,
        procedure.event[event.type].version,
        move,
        outside=view.outside.record(),
        due={each.deadline.id: None if each.until is None else each.until.isoformat() for each in due},
    )
    # Nobody has the case yet: setting what it is linked by costs a tenth of making it again.
    written = Written(entry)
    object.__setattr__(moved, "head", written.digest)
    return Accepted(moved, written, due)


def token_of(event: Event) -> str:
    """Tell the content of an event: two that share an id and differ are not one event taken twice."""
    content = (
        event.id,
        event.type,
        event.by.id,
        event.by.role,
        event.by.level,
        event.by.place,
        event.by.kin_of,
        event.batch,
        # A day is the same event whether it came as a day or, out of a journal, as text.
        sorted((name, plain_value(value)) for name, value in event.data.items()),
        [(each.kind, each.digest, each.on) for each in event.evidence],
    )
    # `repr` of texts, numbers, claims and days has one form everywhere, and no two contents share one.
    return "\0" + hashlib.sha256(repr(content).encode()).hexdigest()


def running(procedure: Procedure, case: Case, view: View) -> tuple[Due, ...]:
    """Give the deadlines that run for a case as it is now."""
    deadlines = procedure.deadlines_in.get(case.state)
    if not deadlines:
        return ()
    found = []
    now = View(procedure, case, view.event, view.fields, view.day, view.outside)
    for deadline in deadlines:
        due = now.due(deadline)
        if due is not None:
            found.append(Due(deadline, None if isinstance(due, Unknown) else due))
    return tuple(found)
