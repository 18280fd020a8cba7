"""What stands in the way of an event whatever move it would make: its id, its time, its form, its state."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fupin_rules.workflow.case._case import Case, Moment, day_of, is_area, is_before, moment_text, read_moment, shown
from fupin_rules.workflow.case._judge import evidence_reasons, field_reasons
from fupin_rules.workflow.case._reasons import Mend, Reason
from fupin_rules.workflow.case._view import View
from fupin_rules.workflow.procedure._parts import EventType

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure


def circumstances(view: View) -> Iterator[Reason]:
    """Tell what stands in the way whatever the move, its place among the events apart."""
    procedure, case, event = view.procedure, view.case, view.event
    kind = procedure.event.get(event.type)
    if case.seq == 0 and view.day < procedure.start:
        yield not_in_force(view)
    digits = max(level.digits for level in procedure.levels) if case.seq == 0 else 0
    if digits and not (is_area(case.place) and len(case.place) >= digits):
        zh, en = "缺少本案所在地的完整区划代码", "the full area code of the case is missing"
        yield Reason("no_place", "event.place", "", case.place, zh, en)
    if kind is None:
        known = ", ".join(procedure.event)
        zh, en = f"本规程没有这一事项，应为：{known}", f"the procedure has no such event; known: {known}"
        told = shown(event.type)
        yield Reason("unknown_event", "event.type", known, told, zh, en, Mend.FINAL, law=procedure.citation)
    else:
        if event.version not in {None, kind.version}:
            zh, en = f"“{kind.zh}”现为第{kind.version}版", f"“{kind.en}” is of version {kind.version}"
            yield Reason("event_version", "event.version", str(kind.version), str(event.version), zh, en)
        if (case.state, kind.id) not in procedure.moves_on:
            yield _wrong_state(procedure, case, kind)
        yield from field_reasons(procedure, kind, event)
    yield from evidence_reasons(procedure, case, event, view.day)
    if event.by.role not in procedure.role:
        known = ", ".join(procedure.role)
        zh, en = f"没有这个角色，应为：{known}", f"there is no such role; known: {known}"
        yield Reason("role_unknown", "actor.role", known, shown(event.by.role), zh, en)


def succession(view: View, at: Moment, expect: int | None) -> Iterator[Reason]:
    """
    Tell what keeps an event from following those before it.

    Raises:
        WorkflowError: Its time and that of the one before cannot be compared.
    """
    case, event = view.case, view.event
    if event.id in case.seen:
        zh, en = "此编号已用于另一事项", "this id was used for another event"
        yield Reason("id_reused", "event.id", "", event.id, zh, en)
    if expect is not None and expect != case.seq:
        zh = f"本案已有更新的记录（第{case.seq}条，而非第{expect}条），请重新查看"
        en = f"the case has moved on (entry {case.seq}, not {expect}); look at it again"
        yield Reason("stale", "seq", str(expect), str(case.seq), zh, en)
    # A day told without a time, after one with it, does not let the next time go back.
    for last in (case.at, case.clock) if case.clock != case.at else (case.at,):
        if not last or not is_before(at, read_moment(last)):
            continue
        zh, en = f"早于上一条记录（{last}）", f"before the last entry ({last})"
        wait = day_of(read_moment(last))
        yield Reason("at_backwards", "today", last, moment_text(at), zh, en, Mend.WAIT, wait)


def not_in_force(view: View) -> Reason:
    """Tell that a procedure is not in force yet."""
    start = view.procedure.start
    zh, en = f"本规程自{start}起施行", f"the procedure is in force from {start}"
    return Reason("not_in_force", "today", start.isoformat(), view.day.isoformat(), zh, en, Mend.WAIT, start)


def _wrong_state(procedure: Procedure, case: Case, kind: EventType) -> Reason:
    sources = dict.fromkeys(state for move in procedure.moves if move.event == kind.id for state in move.source)
    states = [procedure.state[each] for each in sources]
    now = procedure.state[case.state]
    return Reason(
        "wrong_state",
        "state",
        ", ".join(sources),
        case.state,
        f"“{kind.zh}”须在{'、'.join(each.zh for each in states)}环节办理，现为{now.zh}",
        f"“{kind.en}” belongs to {', '.join(each.en for each in states)}; the case is in {now.en}",
        Mend.FINAL,
        law=procedure.citation,
    )
