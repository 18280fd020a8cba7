"""Ways through a procedure from its beginning to a goal, for people who write test plans."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import Final

from fupin_rules.errors import Fault, WorkflowError
from fupin_rules.workflow import Move, Procedure

MAX_PATHS: Final = 1_000


def paths(procedure: Procedure, goal: str, *, limit: int = MAX_PATHS) -> Iterator[tuple[Move, ...]]:
    """
    Give the ways from the initial state to a goal that pass no state twice, shortest first.

    What guards ask is left aside, and so are moves that stay where they are: a way says in which order states are
    passed, `plan` says what has to be done for it.

    Args:
        procedure: The procedure.
        goal: Id of a state.
        limit: How many are given at most.

    Raises:
        WorkflowError: There is no such state.
    """
    if goal not in procedure.state:
        known = ", ".join(f"`{state.id}`" for state in procedure.states)
        raise WorkflowError(Fault(procedure.reference, f"has no state `{goal[:64]}`", f"give one of {known}", "state"))
    can_reach = _before(procedure, goal)
    given = 0
    waiting: deque[tuple[str, frozenset[str], tuple[Move, ...]]] = deque()
    waiting.append((procedure.initial, frozenset({procedure.initial}), ()))
    while waiting and given < limit:
        state, passed, way = waiting.popleft()
        if state == goal:
            given += 1
            yield way
            continue
        for move in procedure.moves:
            target = move.target
            if state in move.source and target is not None and target not in passed and target in can_reach:
                waiting.append((target, passed | {target}, (*way, move)))


def _before(procedure: Procedure, goal: str) -> frozenset[str]:
    """Name the states from which the goal can be reached, the goal among them."""
    found = {goal}
    waiting = deque([goal])
    while waiting:
        target = waiting.popleft()
        for move in procedure.moves:
            for source in move.source if move.target == target else ():
                if source not in found:
                    found.add(source)
                    waiting.append(source)
    return frozenset(found)
