"""
One case laid over its procedure: where it is and was, what was done, and how each way on stands to whoever may take it.

Where it was is read from its journal; how a way stands is judged, as `options` does, for somebody of each role who is
where the case is and has had no part in it.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import attrs

from fupin_rules.errors import Fault
from fupin_rules.workflow.case._case import Case, Moment, day_of, read_moment
from fupin_rules.workflow.case._draft import actor_for
from fupin_rules.workflow.case._options import Option, Status, options, ways_on
from fupin_rules.workflow.case._outside import Context
from fupin_rules.workflow.case._reasons import Reason
from fupin_rules.workflow.case._step import ProcedureMismatchError
from fupin_rules.workflow.drawing._words import label_of, listed
from fupin_rules.workflow.procedure._parts import Move
from fupin_rules.workflow.procedure._procedure import Procedure

# One who has signed may not sign again; a second of the role may.
_PERSONS = (1, 2)


class Trace(enum.StrEnum):
    """Whether a case has been in a state."""

    NOW = "now"
    DONE = "done"
    """In this round."""
    EARLIER = "earlier"
    """In an earlier round only."""
    NOT_BEEN = "not_been"


@attrs.frozen
class Made:
    """
    How often a move was made, and when last.

    Attributes:
        last: Day it was last made.
        times: How often in this round; 0 if only before.
    """

    last: date
    times: int

    def text(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        zh = language == "zh"
        if self.times == 0:
            return f"前轮已办（{self.last}）" if zh else f"done in an earlier round ({self.last})"
        if self.times == 1:
            return f"已办（{self.last}）" if zh else f"done ({self.last})"
        return f"已办{self.times}次（最近{self.last}）" if zh else f"done {self.times} times (last {self.last})"


@attrs.frozen
class Standing:
    """
    How a way on stands to whoever may take it.

    Attributes:
        move: The move.
        status: Ready, not yet, or blocked.
        roles: For ready: who can take it now.
        until: For not yet: the first day on which it is ready.
        reasons: For blocked: what keeps it.
    """

    move: Move
    status: Status
    roles: tuple[str, ...]
    until: date | None
    reasons: tuple[Reason, ...]

    def short(self, language: str) -> str:
        """Say how it stands in a few words."""
        zh = language == "zh"
        match self.status:
            case Status.READY:
                return "可办" if zh else "ready"
            case Status.NOT_YET:
                return f"{self.until}起可办" if zh else f"from {self.until}"
            case _:
                return "暂不可办" if zh else "blocked"

    def text(self, procedure: Procedure, language: str) -> str:
        """Say how it stands, for whom or why not."""
        zh = language == "zh"
        if self.status is Status.READY:
            who = listed((label_of(procedure.role[each], language) for each in self.roles), language)
            return f"可办：{who}" if zh else f"ready: {who}"
        if self.status is Status.NOT_YET:
            return self.short(language)
        why = ("；" if zh else "; ").join(reason.text(language) for reason in self.reasons)
        return f"暂不可办：{why}" if zh else f"blocked: {why}"


@attrs.frozen
class Overlay:
    """
    A case laid over its procedure.

    Attributes:
        case: Where it stands.
        day: The day it is looked at.
        states: State to whether the case has been in it.
        made: Move to when it was made.
        standings: Moves that start where the case stands.
    """

    case: Case
    day: date
    states: Mapping[str, Trace]
    made: Mapping[str, Made]
    standings: Mapping[str, Standing]

    def words(self, move: Move, procedure: Procedure, language: str) -> str:
        """Say of a move what the case has to do with it; empty if nothing."""
        made, standing = self.made.get(move.id), self.standings.get(move.id)
        told = [
            "" if made is None else made.text(language),
            "" if standing is None else standing.text(procedure, language),
        ]
        return ("；" if language == "zh" else "; ").join(each for each in told if each)


def lay_over(
    procedure: Procedure, case: Case, at: Moment, entries: Iterable[Mapping[str, Any]], context: Context
) -> Overlay:
    """
    Lay a case over its procedure.

    Args:
        procedure: The one that the case is pinned to.
        case: Where it stands.
        at: When it is looked at.
        entries: Of its journal; those of other cases are left aside. Without them, only where it is now is known.
        context: What lies outside.

    Raises:
        ProcedureMismatchError: The case is pinned to another procedure.
    """
    if case.procedure != procedure.reference:
        what = f"is pinned to `{case.procedure}`, not to `{procedure.reference}`"
        raise ProcedureMismatchError(Fault(f"case `{case.id}`", what, "bring the one it is pinned to", "procedure"))
    own = [entry for entry in entries if entry.get("case") == case.id and int(entry["seq"]) <= case.seq]
    return Overlay(
        case,
        day_of(at),
        MappingProxyType(_states(procedure, case, own)),
        MappingProxyType(_made(procedure, case, own)),
        MappingProxyType({each.move.id: each for each in _standings(procedure, case, at, context)}),
    )


def _states(procedure: Procedure, case: Case, entries: list[Mapping[str, Any]]) -> dict[str, Trace]:
    found = dict.fromkeys(procedure.state, Trace.NOT_BEEN)
    # The first entry tells where the case came from, each one where it came to.
    visits = [(entry["round"], entry["from"]) for entry in entries[:1]]
    visits += [(entry["round"], entry["to"]) for entry in entries]
    for number, state in visits:
        if state in found and found[state] is not Trace.DONE:
            found[state] = Trace.DONE if number == case.round else Trace.EARLIER
    return found | {case.state: Trace.NOW}


def _made(procedure: Procedure, case: Case, entries: list[Mapping[str, Any]]) -> dict[str, Made]:
    found: dict[str, Made] = {}
    for entry in entries:
        move, day = entry["move"], day_of(read_moment(entry["at"]))
        if move in procedure.move:
            times = found[move].times if move in found else 0
            found[move] = Made(day, times + (entry["round"] == case.round))
    return found


def _standings(procedure: Procedure, case: Case, at: Moment, context: Context) -> list[Standing]:
    ways = tuple(ways_on(procedure, case))
    judged: dict[str, list[tuple[str, Option]]] = {move.id: [] for move in ways}
    for role in dict.fromkeys(role for move in ways for role in move.roles):
        for number in _PERSONS:
            actor = actor_for(procedure, case, role, number)
            for option in options(procedure, case, actor, at, context=context):
                if role in option.move.roles:
                    judged[option.move.id].append((role, option))
    return [_best(move, judged[move.id]) for move in ways]


def _best(move: Move, judged: list[tuple[str, Option]]) -> Standing:
    """Take the role to which a move stands best; of those it is closed to, the one with the fewest reasons."""
    ready = dict.fromkeys(role for role, option in judged if option.status is Status.READY)
    if ready:
        return Standing(move, Status.READY, tuple(ready), None, ())
    days = [option.until for _, option in judged if option.until is not None]
    if days:
        return Standing(move, Status.NOT_YET, (), min(days), ())
    reasons = min((option.reasons for _, option in judged), key=len)
    return Standing(move, Status.BLOCKED, (), None, reasons)
