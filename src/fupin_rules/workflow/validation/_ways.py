"""Findings on ways between states, whatever guards say: not reached, no way on, an exit from the end, a way back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from fupin_rules.workflow.procedure._distances import Onward, distances
from fupin_rules.workflow.procedure._parts import Move, NewRound, StateKind
from fupin_rules.workflow.validation._finding import ProcedureFinding, zh
from fupin_rules.workflow.validation._steps import Steps

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure

_ENDS = (StateKind.GOAL, StateKind.CLOSED)


def check_ways(procedure: Procedure, steps: Steps) -> Iterator[ProcedureFinding]:
    """Tell of unreachable states, dead ends, states without a way to an end, closed ones with an exit, ways back."""
    onward = _steps(procedure.moves)
    reached = distances(onward, [procedure.initial])
    ended = distances(_turned(onward), [state.id for state in procedure.states if state.kind in _ENDS])
    for state in procedure.states:
        if state.id not in reached:
            initial = procedure.state[procedure.initial]
            yield ProcedureFinding(
                "P001",
                f"states.{state.id}",
                f"从{zh(initial)}没有途径到达环节{zh(state)}",
                f"no way leads from `{initial.id}` to the state `{state.id}`",
                "增加通向它的步骤，或删去它",
                "lead a move to it, or remove it",
            )
        if state.kind in _ENDS:
            continue
        if not onward.get(state.id):
            yield ProcedureFinding(
                "P002",
                f"states.{state.id}",
                f"环节{zh(state)}既非目标也非终结，却没有出路",
                f"no move leads on from the state `{state.id}`, which is neither goal nor closed",
                "增加从它出发的步骤，或改为目标或终结环节",
                "add a move from it, or make it a goal or closed",
            )
        elif state.id not in ended:
            yield ProcedureFinding(
                "P003",
                f"states.{state.id}",
                f"从环节{zh(state)}没有途径到达目标或终结环节",
                f"no way leads from the state `{state.id}` to a goal or a closed state",
                "增加通向目标或终结环节的步骤",
                "lead a way on to one",
            )
    yield from _exits(procedure)
    yield from _backward(procedure, reached, steps)


def _exits(procedure: Procedure) -> Iterator[ProcedureFinding]:
    for move in procedure.moves:
        for source in move.source:
            state = procedure.state[source]
            if state.kind is StateKind.CLOSED and move.target not in {None, source}:
                yield ProcedureFinding(
                    "P014",
                    f"moves.{move.id}.from",
                    f"步骤{zh(move)}从已终结的环节{zh(state)}出发",
                    f"the move `{move.id}` leaves the state `{source}`, which is closed",
                    "把该环节改为目标环节，或把它从 `from` 中删去",
                    "make the state a goal, or take it out of `from`",
                )


def _backward(procedure: Procedure, far: Mapping[str, int], steps: Steps) -> Iterator[ProcedureFinding]:
    onward = _steps(move for move in procedure.moves if not opens_round(move))
    after: dict[str, Mapping[str, int]] = {}
    for state in procedure.states:
        after[state.id] = distances(onward, [state.id])
        steps.spend(sum(len(onward.get(each, ())) for each in after[state.id]) // 20)
    for move in procedure.moves:
        target = move.target
        if target is None or opens_round(move):
            continue
        # Of a circle, the step that comes no farther from the start is the one that goes back.
        back = [
            source
            for source in move.source
            if source != target and source in after[target] and far.get(target, 0) <= far.get(source, 0)
        ]
        if back:
            states = "、".join(zh(procedure.state[each]) for each in back)
            listed = ", ".join(f"`{each}`" for each in back)
            yield ProcedureFinding(
                "P012",
                f"moves.{move.id}.effects",
                f"步骤{zh(move)}从{states}退回{zh(procedure.state[target])}，却不开始新的一轮",
                f"the move `{move.id}` goes back from {listed} to `{target}` and begins no new round",
                '加上效果 `{ do = "new_round" }`，使退回前的签字和公示不再有效',
                'add the effect `{ do = "new_round" }`, so that nothing signed or shown before counts any more',
            )


def opens_round(move: Move) -> bool:
    """Tell whether a move begins a new round."""
    return any(isinstance(effect, NewRound) for effect in move.effects)


def _steps(moves: Iterable[Move]) -> dict[str, list[str]]:
    """Give the states that moves lead to from each; staying is no step."""
    # A dictionary keeps the order, and each step once.
    found: dict[str, dict[str, None]] = {}
    for move in moves:
        for source in move.source:
            if move.target not in {None, source}:
                found.setdefault(source, {})[str(move.target)] = None
    return {source: list(targets) for source, targets in found.items()}


def _turned(steps: Onward) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source, targets in steps.items():
        for target in targets:
            found.setdefault(target, []).append(source)
    return found
