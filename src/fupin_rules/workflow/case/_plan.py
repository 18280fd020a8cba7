"""
How a case gets to a state: who must do what, with what, from when; or what keeps it from getting there.

A short way is searched for, one step after another, each taken by the same function that takes real events on the first
day it is open; so every step of a plan is accepted on its day, if what it brings is brought. States nearer the goal are
looked at first, so that the way found is short, not proved to be the shortest.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Collection, Hashable, Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from fupin_rules.expr import Compare, In, Literal, Name, SetOf, names, parse, render, walk
from fupin_rules.markup import Drawing, both_html, both_markdown, draw_html, draw_markdown, draw_text, mimebundle
from fupin_rules.truth import Unknown
from fupin_rules.workflow.case._case import Actor, Case, Moment, day_of, read_moment
from fupin_rules.workflow.case._draft import actor_for, draft
from fupin_rules.workflow.case._drawing import draw_plan
from fupin_rules.workflow.case._options import ways_on
from fupin_rules.workflow.case._outcome import Accepted
from fupin_rules.workflow.case._outside import ASSESSMENT, EXIT, NOTHING, Asked, Context, Outside, Verdict
from fupin_rules.workflow.case._reasons import Reason, first_day
from fupin_rules.workflow.case._step import case_of, take_by
from fupin_rules.workflow.case._view import UNSIGNED, open_slots
from fupin_rules.workflow.procedure._days import DayCount
from fupin_rules.workflow.procedure._distances import distances
from fupin_rules.workflow.procedure._parts import (
    Amend,
    Delegate,
    EvidenceKind,
    Field,
    Move,
    Object,
    SetFact,
    Sign,
    Waive,
)

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure

MAX_NODES: Final = 4_000
MAX_ROUNDS: Final = 2
# How much more a state nearer the goal weighs than a step less.
NEARER: Final = 4
MAX_WAITS: Final = 3
# A plan takes it that posts are held and nobody objects: these are for when that is not so.
_DETOURS = (Amend, Delegate, Object, Waive)


@attrs.frozen
class PlannedStep:
    """
    One step of a plan.

    Attributes:
        move: The move.
        role: Who makes it.
        level: At which level.
        on: Earliest day.
        fields: What the event carries.
        evidence: What it has to bring.
        supposing: What is taken to be so because it is not known yet: an assessment.
        person: Whom it was delegated to; empty for whoever holds the role.
    """

    move: Move
    role: str
    level: str
    on: date
    fields: tuple[Field, ...]
    evidence: tuple[EvidenceKind, ...]
    supposing: tuple[str, ...] = ()
    person: str = ""

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "move": self.move.id,
            "event": self.move.event,
            "role": self.role,
            "level": self.level,
            "on": self.on.isoformat(),
            "fields": [field.id for field in self.fields],
            "evidence": [kind.id for kind in self.evidence],
            "supposing": list(self.supposing),
            "person": self.person,
        }


@attrs.frozen
class Plan:
    """
    A way to a goal, or why there is none.

    Attributes:
        goal: The state wanted.
        steps: In order; empty if the case is there, or cannot get there.
        reachable: Whether it can get there.
        reasons: What keeps it, nearest the goal; empty if it can.
    """

    goal: str
    steps: tuple[PlannedStep, ...]
    reachable: bool
    reasons: tuple[Reason, ...] = ()

    @property
    def until(self) -> date | None:
        """The earliest day on which the goal is reached; None without a step."""
        return self.steps[-1].on if self.steps else None

    def text(self, language: str, procedure: Procedure) -> str:
        """Say it for a person, in `zh` or `en`, a line for each step."""
        zh = language == "zh"
        goal = procedure.state[self.goal]
        if not self.reachable:
            why = [f"  - {reason.text(language)}" for reason in self.reasons]
            head = f"不能到达「{goal.zh}」：" if zh else f"“{goal.en}” cannot be reached:"
            return "\n".join([head, *why])
        lines = [f"到达「{goal.zh}」：" if zh else f"to “{goal.en}”:"]
        for number, step in enumerate(self.steps, 1):
            role = procedure.role[step.role]
            brought = [(each.zh if zh else each.en) for each in step.evidence]
            move = step.move if step.move.zh else procedure.event[step.move.event]
            line = f"{number}. {step.on} {role.zh if zh else role.en}: {move.zh if zh else move.en}"
            if brought:
                line += f"（{'、'.join(brought)}）" if zh else f" ({', '.join(brought)})"
            if step.person:
                line += f"（由{step.person}代签）" if zh else f" (by {step.person} instead)"
            if step.supposing:
                scope = procedure.scopes[step.move.event]
                supposed = [render(parse(each), scope, language) for each in step.supposing]
                line += f"（设{'、'.join(supposed)}）" if zh else f" (supposing: {', '.join(supposed)})"
            lines.append(line)
        return "\n".join(lines)

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it, in `zh` or `en`."""
        return draw_plan(self, language)

    as_text = draw_text
    as_markdown = draw_markdown
    as_html = draw_html
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "goal": self.goal,
            "reachable": self.reachable,
            "until": None if self.until is None else self.until.isoformat(),
            "steps": [step.to_plain() for step in self.steps],
            "reasons": [reason.to_plain() for reason in self.reasons],
        }


@attrs.frozen
class _Node:
    case: Case
    day: date
    steps: tuple[PlannedStep, ...]


def plan(procedure: Procedure, case: Case | Accepted, goal: str, at: Moment, *, context: Context = NOTHING) -> Plan:
    """
    Find a short way to a state, each step on the first day it is open.

    Args:
        procedure: The one that the case is pinned to.
        case: Where the case stands.
        goal: Id of a state.
        at: From when.
        context: What lies outside; an assessment that is not known is supposed to come out as needed, and said so.

    Returns:
        The steps; or, if there is no way, the reasons nearest the goal.

    >>> from datetime import date
    >>> from fupin_rules.journal import salted_digest
    >>> from fupin_rules.workflow import Actor, Event, Evidence, load_procedure
    >>> procedure = load_procedure("yucheng-2016")
    >>> form = Evidence("application", salted_digest("the scan", "00" * 16), date(2016, 1, 12))
    >>> head = Actor("p-1", "householder", place="371482102207")
    >>> opened = procedure.open("H-017", Event("e-1", "apply", head, evidence=[form]), date(2016, 1, 13))
    >>> found = plan(procedure, opened, "registered", date(2016, 1, 14))
    >>> found.until, len(found.steps)
    (datetime.date(2016, 1, 22), 22)
    """
    start = case_of(case)
    far = distances(_before(procedure), [goal])
    if start.state == goal:
        return Plan(goal, (), reachable=True)
    counter = itertools.count()
    read = _events_read(procedure)
    queue: list[tuple[int, date, int, _Node]] = []
    # Nothing can happen before what has happened.
    day = max(day_of(at), day_of(read_moment(start.at))) if start.at else day_of(at)
    heapq.heappush(queue, (0, day, next(counter), _Node(start, day, ())))
    done: set[object] = set()
    nearest: tuple[int, tuple[Reason, ...]] = (len(procedure.states) + 1, ())
    while queue and len(done) < MAX_NODES:
        _, _, _, node = heapq.heappop(queue)
        if node.case.state == goal:
            return Plan(goal, node.steps, reachable=True)
        key = shape(node.case, read)
        if key in done:
            continue
        done.add(key)
        for move in ways_on(procedure, node.case):
            if far.get(move.target or node.case.state) is None or any(isinstance(e, _DETOURS) for e in move.effects):
                continue
            for found in _taken(procedure, move, node, context):
                if isinstance(found, _Node):
                    if found.case.round - start.round <= MAX_ROUNDS:
                        weight = far[found.case.state] * NEARER + len(found.steps)
                        heapq.heappush(queue, (weight, found.day, next(counter), found))
                elif far[move.target or node.case.state] < nearest[0]:
                    nearest = (far[move.target or node.case.state], found)
    return Plan(goal, (), reachable=False, reasons=nearest[1])


def shape(case: Case, events: Collection[str]) -> Hashable:
    """
    Give what can matter for the way on: cases of one shape go on alike, but for the days of their notices.

    Args:
        case: The case.
        events: Events whose last day is read by something.
    """
    return (
        case.state,
        case.round,
        frozenset(case.facts.items()),
        frozenset((review, slot) for review, signed in case.reviews.items() for slot in signed.marks),
        frozenset(
            (notice, mark.closed is None, frozenset(mark.objections.items())) for notice, mark in case.notices.items()
        ),
        frozenset((event, day) for event, day in case.last.items() if event in events),
    )


def _events_read(procedure: Procedure) -> frozenset[str]:
    """Name the events whose last day a guard, an effect or a deadline reads."""
    read = {deadline.since for deadline in procedure.deadlines}
    for move in procedure.moves:
        read.update(names(move.guard) if move.guard is not None else ())
        read.update(name for effect in move.effects if isinstance(effect, SetFact) for name in names(effect.to))
    return frozenset(name.partition(".")[2] for name in read if name.startswith(("last.", "days_since.")))


def _before(procedure: Procedure) -> Mapping[str, Collection[str]]:
    """Give the states from which moves lead to each."""
    before: dict[str, set[str]] = {}
    for move in procedure.moves:
        for source in move.source:
            before.setdefault(move.target or source, set()).add(source)
    return before


def _taken(procedure: Procedure, move: Move, node: _Node, context: Context) -> Iterator[_Node | tuple[Reason, ...]]:
    """Make a move on the first day it is open, by somebody whose role may; or say why it is not."""
    refusals: list[tuple[Reason, ...]] = []
    for actors, is_delegate in _actors(procedure, move, node.case):
        for actor in actors:
            found = _earliest(procedure, move, node, actor, context, is_delegate=is_delegate)
            if isinstance(found, _Node):
                yield found
                return
            refusals.append(found)
            if not any(reason.code in {"signed_already", "incompatible_role"} for reason in found):
                break
    if refusals:
        yield min(refusals, key=len)


def _actors(procedure: Procedure, move: Move, case: Case) -> Iterator[tuple[Iterator[Actor], bool]]:
    """
    Give the people worth trying, by role, one after another who was not there before.

    For a signature only the next one, for all orders lead to the same; if it was delegated, by that person, which is
    told beside.
    """
    for effect in move.effects:
        if isinstance(effect, Sign):
            signed = case.reviews.get(effect.review, UNSIGNED)
            for slot in open_slots(procedure.review[effect.review], signed):
                if slot.id in signed.delegates:
                    actor = actor_for(procedure, case, slot.role)
                    yield iter((attrs.evolve(actor, id=signed.delegates[slot.id]),)), True
                    return
                if slot.role in move.roles:
                    yield _people(procedure, case, slot.role), False
                    return
            return
    for role in move.roles:
        yield _people(procedure, case, role), False


def _people(procedure: Procedure, case: Case, role: str) -> Iterator[Actor]:
    # One more than could be in each other's way: each has signed one slot, or holds a role that excludes this one.
    most = 2 + max((sum(slot.role == role for slot in review.slots) for review in procedure.reviews), default=0)
    return (actor_for(procedure, case, role, number) for number in range(1, most + 1))


def _earliest(
    procedure: Procedure, move: Move, node: _Node, actor: Actor, context: Context, *, is_delegate: bool
) -> _Node | tuple[Reason, ...]:
    role, day = actor.role, node.day
    reasons: tuple[Reason, ...] = ()
    for _ in range(MAX_WAITS):
        outside = Supposing(Asked(context, procedure.policy, node.case.id, day), move)
        event_id = f"plan-{node.case.seq + 1}-{move.id}"[:64]
        event = draft(procedure, move, node.case, actor, event_id, day=day, outside=outside)
        result = take_by(procedure, move, node.case, event, day, outside)
        if isinstance(result, Accepted):
            step = PlannedStep(
                move,
                role,
                procedure.role[role].level,
                day,
                procedure.event[move.event].fields,
                tuple(procedure.evidence_kind[each] for each in move.evidence),
                outside.supposed(),
                actor.id if is_delegate else "",
            )
            return _Node(result.case, day, (*node.steps, step))
        reasons, ways = result.of_move(move)
        later = first_day(ways)
        if later is None:
            break
        day = later
    return reasons


class Supposing:
    """Answers from the outside, an unknown assessment taken to come out as a guard wants it."""

    def __init__(self, asked: Outside, move: Move) -> None:
        self._asked = asked
        self._move = move
        self._supposed: dict[str, str] = {}

    def last_day(self, key: str, start: date, count: DayCount) -> date | Unknown:
        return self._asked.last_day(key, start, count)

    def verdict(self, path: str) -> Verdict | Unknown:
        found = self._asked.verdict(path)
        if not isinstance(found, Unknown):
            return found
        wanted = _wanted(self._move, path)
        self._supposed[path] = wanted
        return Verdict("", "", date.min, wanted)

    def record(self) -> dict[str, Any]:
        return self._asked.record()

    def supposed(self) -> tuple[str, ...]:
        return tuple(f'{path} == "{wanted}"' for path, wanted in sorted(self._supposed.items()))


def _wanted(move: Move, path: str) -> str:
    """Give the outcome that a guard compares with; without one, the one that lets a case go on."""
    for node in walk(move.guard) if move.guard is not None else ():
        match node:
            case Compare((Name(read), Literal(str() as outcome)), ("==",)) if read == path:
                return outcome
            case In(Name(read), SetOf((Literal(str() as outcome), *_))) if read == path:
                return outcome
            case _:
                pass
    return {ASSESSMENT: "eligible", EXIT: "met"}[path]
