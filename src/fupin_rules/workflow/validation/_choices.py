"""
Findings on what an event leads to: two moves where there must be one, an answer that no move takes.

Told after a search through the values that guards can tell apart; what is found is an example that anybody can check.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from fupin_rules.expr import Compare, Literal, Name, Value, names, walk
from fupin_rules.workflow.case._guard import shown_value
from fupin_rules.workflow.procedure._parts import (
    Delegate,
    EventType,
    Field,
    FieldKind,
    Move,
    Resolve,
    Waive,
)
from fupin_rules.workflow.validation._finding import ProcedureFinding, zh
from fupin_rules.workflow.validation._guard_search import GuardSearch, Situation, needed, situation_of
from fupin_rules.workflow.validation._people import able_roles
from fupin_rules.workflow.validation._steps import Steps

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure


def check_choices(procedure: Procedure, search: GuardSearch) -> Iterator[ProcedureFinding]:
    """Tell of moves that one event can make together, and of answers that no move takes."""
    yield from _open_together(procedure, search)
    yield from _untaken(procedure, search)


def _open_together(procedure: Procedure, search: GuardSearch) -> Iterator[ProcedureFinding]:
    for (first, second), states in _pairs(procedure, search.steps).items():
        one, other = procedure.move[first], procedure.move[second]
        roles = tuple(role for role in able_roles(one, search) if role in able_roles(other, search))
        if not roles or _are_apart(one, other, search):
            continue
        goals = [guard for guard in (one.guard, other.guard) if guard is not None]
        claims = [each for move in (one, other) for each in needed(move, procedure)]
        situation = Situation(one.event, states, roles, one.impartial or other.impartial)
        found = search.find(situation, *goals, *claims).values
        if found is not None:
            read = dict.fromkeys(path for goal in goals for path in sorted(names(goal)))
            shown = {path: found[path] for path in read if path in found}
            yield _together(procedure, one, other, found.get("state", states[0]), shown)


def _pairs(procedure: Procedure, steps: Steps) -> Mapping[tuple[str, str], tuple[str, ...]]:
    """Give the pairs of moves that one event might make, with the states they share."""
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for (state, _), moves in procedure.moves_on.items():
        for one, other in itertools.combinations(moves, 2):
            steps.spend(1)
            found[one.id, other.id] = (*found.get((one.id, other.id), ()), state)
    return found


def _together(
    procedure: Procedure, one: Move, other: Move, state: Value, shown: Mapping[str, Value]
) -> ProcedureFinding:
    values = ", ".join(f"{path} = {shown_value(value)}" for path, value in shown.items())
    event, where = procedure.event[other.event], procedure.state[str(state)]
    return ProcedureFinding(
        "P004",
        f"moves.{other.id}" if other.guard is None else f"moves.{other.id}.when",
        f"在{zh(where)}，事项{zh(event)}可以同时符合步骤{zh(one)}和{zh(other)}" + (f"：{values}" if values else ""),
        f"in `{where.id}` the event `{event.id}` can make both the moves `{one.id}` and `{other.id}`"
        + (f": {values}" if values else ""),
        "使两者的条件互相排斥",
        "make their guards exclude each other",
    )


def _are_apart(one: Move, other: Move, search: GuardSearch) -> bool:
    """Tell whether what effects ask of the event keeps two moves apart: an objection, a slot is of one thing only."""
    resolved = [{each.notice for each in move.effects if isinstance(each, Resolve)} for move in (one, other)]
    if all(resolved) and not resolved[0] & resolved[1]:
        return True
    reviews = [{e.review for e in move.effects if isinstance(e, Waive | Delegate)} for move in (one, other)]
    slots = [{slot.id for each in held for slot in search.procedure.review[each].slots} for held in reviews]
    # Whoever asks for one more signature names its slot.
    return all(slots) and not slots[0] & slots[1] and not search.amended & (reviews[0] | reviews[1])


def _untaken(procedure: Procedure, search: GuardSearch) -> Iterator[ProcedureFinding]:
    for event in procedure.events:
        moves = [move for move in procedure.moves if move.event == event.id]
        for field in event.fields:
            if field.kind is FieldKind.CODE and field.required and moves:
                yield from _untaken_answers(procedure, event, field, moves, search)


def _untaken_answers(
    procedure: Procedure, event: EventType, field: Field, moves: list[Move], search: GuardSearch
) -> Iterator[ProcedureFinding]:
    path = f"event.{field.id}"
    guards = [move.guard for move in moves if move.guard is not None]
    if len(guards) < len(moves) or not all(path in names(guard) for guard in guards):
        return
    # What a guard names it may leave out on purpose.
    named = {node.value for guard in guards for node in walk(guard) if isinstance(node, Literal)}
    for code in procedure.list[field.list].codes:
        if code.id in named:
            continue
        is_given = Compare((Name(path), Literal(code.id)), ("==",))
        found = [
            search.find(situation_of(move, able_roles(move, search)), is_given, move.guard)
            for move in moves
            if move.guard is not None
        ]
        if all(each.values is None and each.is_complete for each in found):
            yield ProcedureFinding(
                "P023",
                f"events.{event.id}.fields.{field.id}",
                f"事项{zh(event)}的答复“{code.zh}”（`{code.id}`）没有步骤受理",
                f"no move of the event `{event.id}` takes the answer `{code.id}`",
                "增加受理它的步骤，或从代码表中删去",
                "add a move that takes it, or take it out of the list",
            )
