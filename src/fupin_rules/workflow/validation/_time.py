"""
Findings on time: a deadline that is over before the notices that must run within it can be.

Counted through plain weeks from each day of the week, and told only where all of them are too late: what a public
holiday adds to a count in working days may save a deadline, but a deadline that needs one is not kept.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

import attrs

from fupin_rules.expr import Name
from fupin_rules.truth import Unknown
from fupin_rules.workflow.procedure._days import Calendar, last_day
from fupin_rules.workflow.procedure._distances import distances
from fupin_rules.workflow.procedure._parts import Deadline, Move, OpenNotice, SetFact, StateKind
from fupin_rules.workflow.validation._finding import ProcedureFinding, way, zh
from fupin_rules.workflow.validation._guard_tells import certain
from fupin_rules.workflow.validation._steps import Steps
from fupin_rules.workflow.validation._ways import opens_round

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure

_DAY = timedelta(days=1)
# Twenty years without a holiday, a Monday first.
_MONDAY = date(2018, 1, 1)
_PLAIN_WEEKS = Calendar("plain", _MONDAY, _MONDAY + 7_300 * _DAY)


@attrs.frozen
class _Span:
    """
    Where one deadline runs on without beginning again.

    Attributes:
        deadline: The deadline.
        states: The states; one alone where it counts from the day the state was entered.
        entries: Moves that lead in, None for the beginning of the case, each with the state it leads to.
        inside: Moves that lead on within the round.
        exits: States outside that are on the way to a goal.
    """

    deadline: Deadline
    states: frozenset[str]
    entries: tuple[tuple[Move | None, str], ...]
    inside: tuple[Move, ...]
    exits: frozenset[str]


@attrs.frozen
class _Stand:
    """A case on its way through a span: where, on which day, the last days of notices that are up, the moves."""

    state: str
    day: date
    up: Mapping[str, date]
    steps: tuple[str, ...]


def check_time(procedure: Procedure, steps: Steps) -> Iterator[ProcedureFinding]:
    """Tell of deadlines that cannot be kept, because what must be waited for within them takes longer."""
    onward = _on_the_way(procedure)
    for deadline in procedure.deadlines:
        for span in _spans(procedure, deadline, onward, steps):
            told = (_least_late(procedure, span, *entry, steps) for entry in span.entries)
            late = [each for each in told if each is not None]
            if late:
                days, moves = min(late)
                yield ProcedureFinding(
                    "P017",
                    f"deadlines.{deadline.id}.days",
                    f"期限{zh(deadline)}（{deadline.within.words('zh')}）无法遵守：{way(moves)}最早在第{days}日完成",
                    f"the deadline `{deadline.id}` ({deadline.within.words('en')}) cannot be kept: "
                    f"{way(moves)} is done on day {days} at the earliest",
                    "延长期限，或缩短其间的公示",
                    "give it more days, or the notices within it fewer",
                )
                break


def _on_the_way(procedure: Procedure) -> frozenset[str]:
    """Give the states from which a goal can be reached in the round."""
    back: dict[str, list[str]] = {}
    for move in procedure.moves:
        if move.target is not None and not opens_round(move):
            back.setdefault(move.target, []).extend(move.source)
    goals = [state.id for state in procedure.states if state.kind is StateKind.GOAL]
    return frozenset(distances(back, goals))


def _spans(procedure: Procedure, deadline: Deadline, onward: frozenset[str], steps: Steps) -> Iterator[_Span]:
    whole = frozenset(deadline.states)
    # A deadline from the day of entry begins again in the next state.
    each = [frozenset({state}) for state in deadline.states] if deadline.since == "entered" else [whole]
    for states in each if _begins_by_entry(procedure, deadline) else ():
        steps.spend(sum(1 + len(move.source) // 20 for move in procedure.moves))
        inside = tuple(move for move in procedure.moves if states & set(move.source) and not opens_round(move))
        if not any(_waits(move) for move in inside):
            continue
        entries = [
            (move, move.target)
            for move in procedure.moves
            if move.target in states and (opens_round(move) or not set(move.source) <= states)
        ]
        begins: list[tuple[Move | None, str]] = [(None, procedure.initial)] if procedure.initial in states else []
        yield _Span(deadline, states, (*begins, *((m, str(t)) for m, t in entries)), inside, onward - states)


def _begins_by_entry(procedure: Procedure, deadline: Deadline) -> bool:
    """Tell whether a deadline has begun, at the latest, when a case comes to its states."""
    head, _, rest = deadline.since.partition(".")
    inside = [move for move in procedure.moves if set(move.source) & set(deadline.states) and not opens_round(move)]
    match head:
        case "last":
            return all(move.event != rest for move in inside)
        case "facts":
            setting = [
                (move, effect)
                for move in procedure.moves
                for effect in move.effects
                if isinstance(effect, SetFact) and effect.fact == rest
            ]
            return all(effect.to == Name("today") and move not in inside for move, effect in setting)
        case _:
            return True


def _waits(move: Move) -> tuple[str, ...]:
    """Name the notices whose time must be over before a move."""
    asked = certain(move.guard) if move.guard is not None else frozenset()
    paths = [leaf.path.split(".") for leaf, held in asked if held and isinstance(leaf, Name)]
    return tuple(sorted(path[1] for path in paths if path[0] == "notice" and path[-1] == "elapsed"))


def _least_late(
    procedure: Procedure, span: _Span, entry: Move | None, state: str, steps: Steps
) -> tuple[int, tuple[str, ...]] | None:
    """Give the fewest days to the end of a span, and the moves, if it is too late from every day of the week."""
    found = []
    for start in (_MONDAY + _DAY * number for number in range(7)):
        due = last_day(start, span.deadline.within, _PLAIN_WEEKS)
        done = _first_exit(procedure, span, entry, state, start, steps)
        if done is None or isinstance(due, Unknown) or done.day <= due:
            return None
        found.append(((done.day - start).days, done.steps))
    return min(found)


def _first_exit(
    procedure: Procedure, span: _Span, entry: Move | None, state: str, start: date, steps: Steps
) -> _Stand | None:
    """Find the first day on which a case can be past a span, on its way to a goal."""
    up = _posted(procedure, entry, start, {}) if entry is not None else {}
    if up is None:
        return None
    counter = itertools.count()
    queue = [(start, next(counter), _Stand(state, start, up, (entry.id,) if entry is not None else ()))]
    done: set[tuple[str, frozenset[tuple[str, date]]]] = set()
    while queue:
        _, _, now = heapq.heappop(queue)
        if now.state in span.exits:
            return now
        key = (now.state, frozenset(now.up.items()))
        if key in done or now.state not in span.states:
            continue
        done.add(key)
        for move in span.inside:
            steps.spend(1 + len(now.steps))
            if now.state not in move.source:
                continue
            # Of a notice that was up before, nothing is known: it may be over.
            steps.spend(20)
            day = max([now.day, *(now.up[notice] + _DAY for notice in _waits(move) if notice in now.up)])
            posted = _posted(procedure, move, day, now.up)
            if posted is not None:
                stand = _Stand(move.target or now.state, day, posted, (*now.steps, move.id))
                heapq.heappush(queue, (day, next(counter), stand))
    return None


def _posted(procedure: Procedure, move: Move, day: date, up: Mapping[str, date]) -> Mapping[str, date] | None:
    """Give the last days of notices after a move; None where one cannot be counted."""
    now = dict(up)
    for effect in move.effects:
        rule = procedure.notice[effect.notice] if isinstance(effect, OpenNotice) else None
        if rule is not None and rule.days is not None:
            until = last_day(day, rule.days, _PLAIN_WEEKS)
            if isinstance(until, Unknown):
                return None
            now[rule.id] = until
    return now
