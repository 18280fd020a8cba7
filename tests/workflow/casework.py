"""Driving cases in tests: events written by hand or drafted, one after the other, with the entries kept."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
from hypothesis import strategies as st
from small_procedure import write_small

from fupin_rules.model import AnySubject, Household
from fupin_rules.policy import installed_packs, load_cases, load_policy
from fupin_rules.workflow import (
    Accepted,
    Actor,
    Case,
    Context,
    Dossier,
    Event,
    Evidence,
    Procedure,
    Refused,
    Result,
    Status,
    Verdict,
    actor_for,
    options,
    plan,
    read_procedure_file,
    step,
)
from fupin_rules.workflow.case._draft import digest_for, draft
from fupin_rules.workflow.case._outside import Asked

VILLAGE = "371482001001"
FIRST = date(2016, 1, 13)
DAY = timedelta(days=1)
SALT = "00112233445566778899aabbccddeeff"


def bent(changes: Mapping[str, str] | None = None) -> Procedure:
    """Read the small procedure with pieces of its text replaced, whatever the check of procedures would say."""
    with TemporaryDirectory() as folder:
        return read_procedure_file(write_small(Path(folder), changes), checked=False)


def told(policy: str, on: date, *, assessment: str = "", leaves: str = "") -> Context:
    """Give a context in which somebody told how the household of any case comes out."""
    dossier = Dossier(
        assessment=Verdict(policy, "", on, assessment) if assessment else None,
        exit=Verdict(policy, "", on, leaves) if leaves else None,
    )
    return Context(dossiers=_Everybody(dossier))


@functools.cache
def _subjects() -> Mapping[str, AnySubject]:
    return {case.id: case.subject for case in load_cases(installed_packs()["yucheng-2016"])}


def household(name: str) -> Household:
    """Give a household of the examples of the pack: `poor-family` is eligible, `ready-to-leave` has met all to leave."""
    found = _subjects()[name]
    assert isinstance(found, Household)
    return found


def held(subject: Household, *, id: str = "H-1", salt: str = SALT, **more: Any) -> Context:
    """Give a context that holds a household, to be assessed under the policy of Yucheng."""
    return Context(policy=load_policy("yucheng-2016"), dossiers={id: Dossier(subject, salt)}, **more)


class _Everybody(dict[str, Dossier]):
    """One dossier for all."""

    def __init__(self, dossier: Dossier) -> None:
        super().__init__()
        self.dossier = dossier

    def get(self, _: object, __: object = None) -> Any:
        return self.dossier


@attrs.define
class Casework:
    """
    One case on its way.

    Attributes:
        procedure: Its procedure.
        id: Of the case.
        day: When the next event happens.
        case: Where it stands; None before the first event.
        entries: Its journal.
        context: What lies outside.
    """

    procedure: Procedure
    id: str = "H-1"
    day: date = FIRST
    case: Case | None = None
    entries: list[Mapping[str, Any]] = attrs.field(factory=list)
    context: Context = attrs.field(factory=Context)

    @property
    def now(self) -> Case:
        """The case as it stands, or as it would be opened."""
        if self.case is not None:
            return self.case
        return Case(
            id=self.id,
            procedure=self.procedure.reference,
            place=VILLAGE,
            state=self.procedure.initial,
            entered=self.day,
            round_began=self.day,
        )

    def actor(self, role: str, number: int = 1, **changes: Any) -> Actor:
        """Give somebody who holds a role where the case is."""
        return attrs.evolve(actor_for(self.procedure, self.now, role, number), **changes)

    def event(
        self,
        type: str,
        by: str | Actor,
        data: Mapping[str, Any] | None = None,
        *,
        id: str = "",
        brings: Iterable[str | Evidence] | None = None,
        **changes: Any,
    ) -> Event:
        """Write an event with the evidence that its move asks for, if nothing else is said."""
        event_id = id or f"e{self.now.seq + 1}"
        if brings is None:
            brings = next((m.evidence for m in self.procedure.moves_on.get((self.now.state, type), ())), ())
        evidence = [
            Evidence(each, digest_for(self.id, event_id, each), self.day) if isinstance(each, str) else each
            for each in brings
        ]
        actor = self.actor(by) if isinstance(by, str) else by
        return Event(event_id, type, actor, data or {}, evidence, **changes)

    def give(
        self, event: Event, *, on: Any = None, expect: int | None = None, context: Context | None = None
    ) -> Result:
        """Take an event; the case moves on if it is accepted."""
        at, outside = on if on is not None else self.day, self.context if context is None else context
        result = (
            step(self.procedure, self.case, event, at, expect=expect, context=outside)
            if self.case is not None
            else self.procedure.open(self.id, event, at, context=outside)
        )
        if isinstance(result, Accepted):
            self.case = result.case
            self.entries.append(result.entry)
        return result

    def do(self, type: str, by: str | Actor, data: Mapping[str, Any] | None = None, **more: Any) -> Accepted:
        """Take an event that is to be accepted."""
        result = self.give(self.event(type, by, data, **more))
        assert isinstance(result, Accepted), result.explain("en") if isinstance(result, Refused) else result
        return result

    def refused(self, type: str, by: str | Actor, data: Mapping[str, Any] | None = None, **more: Any) -> Refused:
        """Take an event that is to be refused; nothing changes."""
        before = self.case
        result = self.give(self.event(type, by, data, **more))
        assert isinstance(result, Refused), result
        assert self.case is before
        return result

    def draft(self, move: str, *, actor: Actor | None = None, id: str = "", number: int = 1) -> Event:
        """Draft the event of a move."""
        made = self.procedure.move[move]
        by = actor or self.actor(made.roles[0], number)
        outside = Asked(self.context, self.procedure.policy, self.id, self.day)
        event_id = id or f"e{self.now.seq + 1}"
        return draft(self.procedure, made, self.now, by, event_id, day=self.day, outside=outside)

    def drive(self, goal: str) -> None:
        """Take the case to a state by the steps of a plan."""
        for each in plan(self.procedure, self.now, goal, self.day, context=self.context).steps:
            self.day = each.on
            outside = Asked(self.context, self.procedure.policy, self.id, self.day)
            by = self.actor(each.role)
            event = draft(
                self.procedure, each.move, self.now, by, f"e{self.now.seq + 1}", day=self.day, outside=outside
            )
            result = self.give(event)
            assert isinstance(result, Accepted), result.explain("en") if isinstance(result, Refused) else result


SMALL_STAGES = ("applied", "surveyed", "evaluated", "signed", "on_notice", "checked", "reviewed", "listed")


def small_case(procedure: Procedure, stage: str, *, id: str = "H-1", outcome: str = "eligible") -> Casework:
    """Take a case of the small procedure to a stage, each step written by hand."""
    work = Casework(procedure, id=id, context=told("yucheng-2016", FIRST, assessment=outcome))
    stages = SMALL_STAGES[: SMALL_STAGES.index(stage) + 1] if stage else ()
    for each in stages:
        _STEPS[each](work)
    return work


def _signed(work: Casework) -> None:
    for role in ("surveyor", "head", "secretary"):
        work.do("sign", role)


def _checked(work: Casework) -> None:
    work.day += 8 * DAY
    work.do("close", "head")


def _reviewed(work: Casework) -> None:
    work.do("sign", work.actor("panel", 1))
    work.do("sign", work.actor("panel", 2))


AGREED = {"outcome": "agreed", "present": 20, "entitled": 30}

_STEPS: Mapping[str, Callable[[Casework], object]] = {
    "applied": lambda work: work.do("apply", "household", {"consent": digest_for("consent")}),
    "surveyed": lambda work: work.do("survey", "surveyor", {"at_home": True, "visited_on": work.day}),
    "evaluated": lambda work: work.do("evaluate", "assembly", AGREED),
    "signed": _signed,
    "on_notice": lambda work: work.do("post", "head"),
    "checked": _checked,
    "reviewed": _reviewed,
    "listed": lambda work: work.do("approve", "county"),
}


@st.composite
def histories(draw: st.DrawFn, procedure: Procedure, *, most: int = 14) -> Casework:
    """Give a case on a way that its guards leave open, days passing; shorter ways first."""
    context = told(procedure.policy, FIRST, assessment="eligible", leaves="met")
    work = Casework(procedure, context=context)
    first = draw(st.sampled_from([move for move in procedure.moves if procedure.initial in move.source]))
    work.give(work.draft(first.id))
    for _ in range(draw(st.integers(0, most))):
        work.day += timedelta(days=draw(st.sampled_from([0, 0, 1, 8])))
        ready = []
        for role in procedure.roles:
            actor = work.actor(role.id, draw(st.integers(1, 2)))
            found = options(procedure, work.now, actor, work.day, context=context)
            ready += [(option.move.id, actor) for option in found if option.status is Status.READY]
        if not ready:
            break
        move, actor = draw(st.sampled_from(ready))
        accepted = work.give(work.draft(move, actor=actor))
        assert isinstance(accepted, Accepted)
    return work
