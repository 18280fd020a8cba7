"""What must be so of the functions around a step: options, plans, and what is written and read again."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from fupin_rules.journal import canonical
from fupin_rules.testing._events import Maker, supposing
from fupin_rules.workflow import (
    Accepted,
    Asked,
    Case,
    Context,
    Event,
    Plan,
    PlannedStep,
    Procedure,
    Status,
    actor_for,
    draft,
    options,
    plan,
    read_procedure,
    replay,
    step,
)

_DAY = timedelta(days=1)
_PEOPLE = 4
Words = tuple[str, str]


def check_options(procedure: Procedure, case: Case, day: date, context: Context, maker: Maker) -> Iterator[Words]:
    """
    Compare what options say with what is accepted.

    Ready must be accepted; nothing that is called blocked or not yet may be accepted; not yet until a day must be
    ready on that day and not the day before.
    """
    here = [move for move in procedure.moves if case.state in move.source]
    for role in sorted({role for move in here for role in move.roles}):
        actor = maker.fresh(case, role)
        taken = {
            trial.move.id
            for move in here
            for trial in maker.good(move, case, day)
            if trial.move is not None and trial.event.by == actor and trial.at == day
            if _takes(procedure, case, trial.event, day, context, trial.move.id)
        }
        for option in options(procedure, case, actor, day, context=context):
            where = f"{option.move.id}, {role}, {case.state}"
            match option.status:
                case Status.READY:
                    outside = Asked(context, procedure.policy, case.id, day)
                    event = draft(procedure, option.move, case, actor, "ready", day=day, outside=outside)
                    if not _takes(procedure, case, event, day, context, option.move.id):
                        yield f"称可办而不受理：{where}", f"is called ready and refused: {where}"
                case _ if option.move.id in taken:
                    yield f"称不可办而受理：{where}", f"is called {option.status.value} and accepted: {where}"
                case Status.NOT_YET:
                    until = option.until
                    assert until is not None
                    yield from _turns(procedure, case, role, option.move.id, until, context, maker)
                case _:
                    pass


def _turns(
    procedure: Procedure, case: Case, role: str, move: str, until: date, context: Context, maker: Maker
) -> Iterator[Words]:
    for on, is_ready in ((until - _DAY, False), (until, True)):
        told = options(procedure, case, maker.fresh(case, role), on, context=context)
        status = next(option.status for option in told if option.move.id == move)
        if (status is Status.READY) is not is_ready:
            yield (
                f"{move}应自{until}起可办，{on}却是{status.value}",
                f"{move} turns on {until}, and on {on} is {status.value}",
            )


def _takes(procedure: Procedure, case: Case, event: Event, day: date, context: Context, move: str) -> bool:
    result = step(procedure, case, event, day, context=context)
    return isinstance(result, Accepted) and result.entry["move"] == move


def check_plan(procedure: Procedure, case: Case, goal: str, day: date, context: Context) -> Iterator[Words]:
    """Take every step of a plan on its day, by somebody of its role; it must get to its goal."""
    found = plan(procedure, case, goal, day, context=context)
    where = f"{case.state} → {goal}"
    if not found.reachable:
        return
    entries = 0
    now = case
    for result in walked(procedure, case, found, context):
        entries, now = entries + 1, result.case
    if entries < len(found.steps):
        refused = found.steps[entries].move.id
        yield f"计划的一步不受理：{refused}（{where}）", f"a planned step is refused: {refused} ({where})"
    elif now.state != goal:
        yield f"计划到不了目标：{where}", f"a plan does not get to its goal: {where}"


def walked(procedure: Procedure, case: Case, found: Plan, context: Context) -> Iterator[Accepted]:
    """Take the steps of a plan, as far as they are accepted."""
    now = case
    for planned in found.steps:
        result = _walk(procedure, now, planned, context)
        if result is None:
            return
        yield result
        now = result.case


def _walk(procedure: Procedure, case: Case, planned: PlannedStep, context: Context) -> Accepted | None:
    supposed = dict(each.replace('"', "").split(" == ") for each in planned.supposing)
    outside_of = supposing(context, procedure, case, supposed, planned.on) if supposed else context
    for number in range(1, _PEOPLE):
        actor = actor_for(procedure, case, planned.role, number)
        event_id = f"walk-{case.seq + 1}-{number}"
        outside = Asked(outside_of, procedure.policy, case.id, planned.on)
        event = draft(procedure, planned.move, case, actor, event_id, day=planned.on, outside=outside)
        result = step(procedure, case, event, planned.on, context=outside_of)
        if isinstance(result, Accepted) and result.entry["move"] == planned.move.id:
            return result
    return None


def check_round_trip(procedure: Procedure, entries: Sequence[Mapping[str, Any]]) -> Iterator[Words]:
    """Write and read again: the procedure, and every entry of a journal; nothing may change."""
    again = read_procedure(json.loads(json.dumps(procedure.to_plain())), checked=False)
    if again != procedure or again.reference != procedure.reference:
        yield "规程写出再读入后不同", "the procedure is another when it is written and read again"
    for entry in entries:
        text = canonical(entry)
        if canonical(json.loads(text)) != text:
            yield f"第{entry['seq']}条写出再读入后不同", f"entry {entry['seq']} is another when it is read again"
    if entries:
        read = [json.loads(canonical(entry)) for entry in entries]
        if replay(again, read) != replay(procedure, entries):
            yield "读入的记录得到另一案件", "a journal that was read again gives another case"
