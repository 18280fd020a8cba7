"""
Events made from the guards: for every move from where a case stands, what makes it, and what just does not.

Random events reach nothing: a procedure asks for the right role, place, evidence and figures all at once. So every
event here is right in all but one thing, and that thing is named.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

import attrs

from fupin_rules.expr import Compare, Expr, In, Literal, Name, SetOf, names, walk
from fupin_rules.journal import salted_digest
from fupin_rules.testing._fits import Fit, fits
from fupin_rules.testing._leaves import conjuncts, leaves
from fupin_rules.workflow import (
    Accepted,
    Actor,
    Amend,
    Asked,
    Case,
    Context,
    Delegate,
    Dossier,
    Event,
    Field,
    FieldKind,
    Move,
    Object,
    Procedure,
    Resolve,
    Sign,
    Signatures,
    Verdict,
    View,
    Waive,
    actor_for,
    draft,
    look,
    open_slots,
    step,
)

_DAY = timedelta(days=1)
SALT: Final = "00" * 16
OUTCOMES: Final = {
    "assessment.outcome": ("eligible", "ineligible", "undetermined"),
    "exit.outcome": ("met", "not_met", "undetermined"),
}
MAX_DAYS: Final = 8
# Names whose value passes with time.
TIMED: Final = ("today", "year", "days_since.", "overdue.")
_STRIDES: Final = tuple(2**power for power in range(13))


@attrs.frozen(eq=False)
class Trial:
    """
    An event to be tried.

    Attributes:
        move: The move it is meant for; None if it belongs to none from here.
        event: The event.
        at: The day it happens.
        context: What lies outside.
        label: What is special about it; empty for what anybody would do.
        wrong: What is wrong with it, by a stable name; empty if it may be right.
    """

    move: Move | None
    event: Event
    at: date
    context: Context
    label: str = ""
    wrong: str = ""


class Maker:
    """
    Makes events for one procedure; what a guard asks for is worked out once.

    Args:
        procedure: The procedure.
        context: Holidays, and whatever else is the same for all; assessments are made up beside it.
        prefix: Begins the ids of events, so that those of two makers differ.
    """

    def __init__(self, procedure: Procedure, context: Context, prefix: str = "") -> None:
        self.procedure = procedure
        self._prefix = prefix
        self._context = context
        self._fits: dict[str, tuple[Fit, ...]] = {}
        self._read = {move.id: frozenset[str](names(move.guard) if move.guard else ()) for move in procedure.moves}
        self.timed = _timed(procedure)

    def good(self, move: Move, case: Case, day: date) -> Iterator[Trial]:
        """Give the events that ought to make a move: by each role, of each verdict, with each fit."""
        event_id = self._id(case)
        actors = list(self._actors(move, case))
        for place, (actor, label) in enumerate(actors):
            yield from self._by(move, case, actor, event_id, day, label, every=place == 0)

    def _by(
        self, move: Move, case: Case, actor: Actor, event_id: str, day: date, label: str, *, every: bool
    ) -> Iterator[Trial]:
        for days, when in self.days(move, case, day):
            drafted = self._draft(move, case, actor, event_id, when)
            for context, verdict in self._contexts(move, case, when):
                for event, fit in itertools.product(
                    self._objections(move, case, drafted), self._fitted(move, case, drafted, when, context)
                ):
                    fitted = event if fit is None else carrying(event, fit)
                    wrong = "" if fit is None or fit.holds else "guard"
                    told = ", ".join(filter(None, (label, days, verdict, "" if fit is None else _words(fit))))
                    yield Trial(move, fitted, when, context, told, wrong)
                    if not every:
                        break
                if not every:
                    break

    def bad(self, move: Move, case: Case, day: date, base: Trial | None = None) -> Iterator[Trial]:
        """
        Give events that are wrong in exactly one thing.

        Args:
            move: The move they are meant for.
            case: Where the case stands.
            day: When.
            base: An event that makes the move, to be spoilt; without one, the first that is accepted is looked for.
        """
        found = base or self._accepted(move, case, day)
        if found is None:
            return
        good = found.event
        kind = self.procedure.event[move.event]
        variants = itertools.chain(
            self._wrong_actors(move, case, good),
            _wrong_evidence(case, good, found.at),
            self._wrong_fields(kind.fields, good),
            self._other_codes(move, kind.fields, good),
            _wrong_ids(case, good),
        )
        for event, wrong in variants:
            yield attrs.evolve(found, event=event, label=wrong, wrong=wrong)
        if case.seq:
            yield attrs.evolve(found, at=day - _DAY, label="backwards", wrong="backwards")
        else:
            yield attrs.evolve(found, at=self.procedure.start - _DAY, label="not in force", wrong="not in force")
            yield attrs.evolve(found, at=self.procedure.start, label="first day", wrong="")

    def _accepted(self, move: Move, case: Case, day: date) -> Trial | None:
        tried = [trial for trial in self.good(move, case, day) if not trial.wrong]
        for trial in tried:
            now = opened(case, trial.event, trial.at)
            result = step(self.procedure, now, trial.event, trial.at, context=trial.context)
            if isinstance(result, Accepted) and result.entry["move"] == move.id:
                return trial
        return next(iter(tried), None)

    def strays(self, case: Case, day: date) -> Iterator[Trial]:
        """Give events that do not belong to the state, and one that the procedure does not have."""
        here = {move.event for move in self.procedure.moves if case.state in move.source}
        for move in {move.event: move for move in self.procedure.moves if move.event not in here}.values():
            actor = actor_for(self.procedure, case, move.roles[0])
            event = self._draft(move, case, actor, self._id(case), day)
            yield Trial(None, event, day, self._context, f"stray {move.event}", "state")
        actor = actor_for(self.procedure, case, self.procedure.roles[0].id)
        event = Event(self._id(case), "no_such_event", actor)
        yield Trial(None, event, day, self._context, "no such event", "event")

    def _id(self, case: Case) -> str:
        return f"{self._prefix}{case.id[:40]}-{case.seq + 1}"

    def _objections(self, move: Move, case: Case, event: Event) -> Iterator[Event]:
        """Give the event for each objection that waits for an outcome."""
        yield event
        for effect in move.effects:
            mark = case.notices.get(effect.notice) if isinstance(effect, Resolve) else None
            for objection, outcome in sorted(mark.objections.items()) if mark is not None else ():
                if not outcome and objection != event.data.get("objection"):
                    yield _with(event, "objection", objection)

    # -- days -----------------------------------------------------------------------------------------------------

    def days(self, move: Move, case: Case, day: date) -> tuple[tuple[str, date], ...]:
        """Give the days worth trying: today, and those on which what the guard reads may turn."""
        found = {day: ""}
        view = self._view(move, case, day)
        for leaf in leaves(move.guard):
            for turning in _turning(leaf, view):
                if turning >= day:
                    found.setdefault(turning, f"day +{(turning - day).days}")
        if move.event in self.timed:
            found.setdefault(day + _DAY, "day +1")
        return tuple((label, when) for when, label in sorted(found.items()))[:MAX_DAYS]

    def _view(self, move: Move, case: Case, day: date) -> View:
        actor = actor_for(self.procedure, case, move.roles[0])
        return look(self.procedure, case, Event("look", move.event, actor), day, context=self._context)

    # -- who ------------------------------------------------------------------------------------------------------

    def _actors(self, move: Move, case: Case) -> Iterator[tuple[Actor, str]]:
        procedure = self.procedure
        signed = [case.reviews.get(each.review, Signatures()) for each in move.effects if isinstance(each, Sign)]
        order = list(move.roles)
        for effect in move.effects:
            # The next slot to be filled comes first, so that signatures advance without trying every order.
            if isinstance(effect, Sign):
                marks = case.reviews.get(effect.review, Signatures())
                open_roles = [slot.role for slot in open_slots(procedure.review[effect.review], marks)]
                order.sort(key=lambda role: open_roles.index(role) if role in open_roles else len(open_roles))
            # Those who may object come first, for the same reason.
            if isinstance(effect, Object):
                objectors = procedure.notice[effect.notice].objectors
                order.sort(key=lambda role: role not in objectors)
        for role in order:
            yield self.fresh(case, role, signed), role
        for marks in signed:
            for slot, person in sorted(marks.delegates.items()):
                if slot not in marks.marks:
                    for role in _two(order):
                        actor = actor_for(procedure, case, role)
                        yield attrs.evolve(actor, id=person), f"delegate as {role}"

    def fresh(self, case: Case, role: str, signed: Sequence[Signatures] = ()) -> Actor:
        """Make up somebody in a role whom nothing in the case excludes."""
        taken = {mark.person for marks in signed for mark in marks.marks.values()}
        excluding = [set(group) - {role} for group in self.procedure.incompatible if role in group]
        for number in itertools.count(1):
            actor = actor_for(self.procedure, case, role, number)
            held = case.roles.get(actor.id, frozenset())
            if actor.id not in taken and not any(held & group for group in excluding):
                return actor
        raise AssertionError("counting does not end")

    def _wrong_actors(self, move: Move, case: Case, good: Event) -> Iterator[tuple[Event, str]]:
        procedure, actor = self.procedure, good.by
        for role in procedure.role:
            if role not in move.roles:
                other = attrs.evolve(self.fresh(case, role), kin_of=actor.kin_of)
                yield attrs.evolve(good, by=other), f"role {role}"
        yield attrs.evolve(good, by=attrs.evolve(actor, role="nobody")), "role unknown"
        digits = procedure.level[procedure.role[actor.role].level].digits
        near = actor.place[: digits - 1] + ("1" if actor.place[digits - 1 : digits] == "0" else "0")
        yield attrs.evolve(good, by=attrs.evolve(actor, place=near)), "place"
        yield attrs.evolve(good, by=attrs.evolve(actor, place=actor.place[: digits - 2])), "place too wide"
        levels = [level.id for level in procedure.levels if level.id != procedure.role[actor.role].level]
        for level in levels[:1]:
            yield attrs.evolve(good, by=attrs.evolve(actor, level=level)), "level"
        kin = attrs.evolve(actor, kin_of=(case.id,))
        yield attrs.evolve(good, by=kin), "kin"
        for role in move.roles:
            if role != actor.role:
                yield attrs.evolve(good, by=attrs.evolve(self.fresh(case, role), kin_of=(case.id,))), f"kin as {role}"
        yield from self._incompatible(move, case, good)
        yield from self._twice(move, case, good)

    def _incompatible(self, move: Move, case: Case, good: Event) -> Iterator[tuple[Event, str]]:
        """Let whoever held a role act in one that excludes it, once for each pair that excludes."""
        for group in self.procedure.incompatible:
            pairs = (
                (person, role)
                for person, held in sorted(case.roles.items())
                for role in move.roles
                if role in group and held & (set(group) - {role})
            )
            for person, role in itertools.islice(pairs, 1):
                other = attrs.evolve(actor_for(self.procedure, case, role), id=person)
                yield attrs.evolve(good, by=other), f"incompatible {'+'.join(group)}"

    def _twice(self, move: Move, case: Case, good: Event) -> Iterator[tuple[Event, str]]:
        """Let whoever signed one slot sign another, in the role that slot asks for."""
        for effect in move.effects:
            if not isinstance(effect, Sign):
                continue
            marks = case.reviews.get(effect.review, Signatures())
            for slot in open_slots(self.procedure.review[effect.review], marks):
                for name, mark in sorted(marks.marks.items()):
                    if slot.role in move.roles and not mark.waived and slot.id not in marks.delegates:
                        other = attrs.evolve(actor_for(self.procedure, case, slot.role), id=mark.person)
                        yield attrs.evolve(good, by=other), f"same person {name}, {slot.id}"

    # -- what is carried --------------------------------------------------------------------------------------------

    def _draft(self, move: Move, case: Case, actor: Actor, event_id: str, day: date) -> Event:
        plain = attrs.evolve(move, guard=None)
        outside = Asked(self._context, self.procedure.policy, case.id, day)
        event = draft(self.procedure, plain, case, actor, event_id, day=day, outside=outside)
        fields = {field.id for field in self.procedure.event[move.event].fields}
        # Where the actor is not of the village, the event that opens a case says which it is.
        return _with(event, "place", case.place) if case.seq == 0 and "place" in fields else event

    def _fitted(self, move: Move, case: Case, event: Event, day: date, context: Context) -> tuple[Fit | None, ...]:
        parts = [part for part in conjuncts(move.guard) if any(name.startswith("event.") for name in names(part))]
        if not parts:
            return (None,)
        own = all(name.startswith("event.") for part in parts for name in names(part))
        if not own or move.id not in self._fits:
            view = look(self.procedure, case, event, day, context=context)
            found = fits(parts, view, self.procedure.scopes[move.event])
            if not own:
                return found or (None,)
            self._fits[move.id] = found
        return self._fits[move.id] or (None,)

    def _wrong_fields(self, fields: Iterable[Field], good: Event) -> Iterator[tuple[Event, str]]:
        for field in fields:
            if field.id in good.data:
                yield _without(good, field.id), f"missing {field.id}"
            for value, what in _misfits(field):
                yield _with(good, field.id, value), f"{what} {field.id}"
        yield _with(good, "no_such_field", 1), "field unknown"

    def _other_codes(self, move: Move, fields: Iterable[Field], good: Event) -> Iterator[tuple[Event, str]]:
        """Give every other code of the fields that a guard or an effect of the event reads."""
        for field in fields:
            if field.kind is FieldKind.CODE:
                for code in self.procedure.list[field.list].codes:
                    if code.id != good.data.get(field.id):
                        yield _with(good, field.id, code.id), f"{field.id} {code.id}"
            if field.kind is FieldKind.CLAIM:
                yield _with(good, field.id, not good.data.get(field.id, True)), f"{field.id} otherwise"
        for effect in move.effects:
            match effect:
                case Waive(review) | Delegate(review):
                    for slot in self.procedure.review[review].slots:
                        yield _with(good, "slot", slot.id), f"slot {slot.id}"
                    yield _with(good, "slot", "none"), "slot none"
                case Amend(review):
                    yield _with(good, "slot", self.procedure.review[review].slots[0].id), "slot taken"
                    yield _with(good, "role", "nobody"), "role of slot unknown"
                    for role in self.procedure.role:
                        if role != good.data.get("role"):
                            yield _with(good, "role", role), f"slot for {role}"
                case Resolve():
                    yield _with(good, "objection", "none"), "objection none"
                case Sign(review):
                    if any(field.id == "slot" for field in fields):
                        yield _with(good, "slot", "none"), "slot none"
                case _:
                    pass

    # -- what lies outside ------------------------------------------------------------------------------------------

    def _contexts(self, move: Move, case: Case, day: date) -> Iterator[tuple[Context, str]]:
        read = [path for path in OUTCOMES if path in self._read[move.id]]
        if not read:
            yield self._context, ""
            return
        wanted = {path: list(dict.fromkeys((*_wanted(move, path), *OUTCOMES[path], ""))) for path in read}
        first = {path: outcomes[0] for path, outcomes in wanted.items()}
        yield self._supposing(case, first, day), ""
        for path, outcomes in wanted.items():
            for outcome in outcomes[1:]:
                label = f"{path} {outcome or 'unknown'}"
                yield self._supposing(case, {**first, path: outcome}, day), label

    def _supposing(self, case: Case, outcomes: Mapping[str, str], day: date) -> Context:
        return supposing(self._context, self.procedure, case, outcomes, day)


def supposing(context: Context, procedure: Procedure, case: Case, outcomes: Mapping[str, str], day: date) -> Context:
    """
    Make up assessments.

    Args:
        context: What lies outside otherwise.
        procedure: Names the policy.
        case: Whose subject is assessed.
        outcomes: `assessment.outcome` and `exit.outcome` to what they come out as; empty for unknown.
        day: Of the assessment.
    """
    told = {
        path: Verdict(procedure.policy, "0" * 64, day, outcome, salted_digest({"of": case.id}, SALT))
        for path, outcome in outcomes.items()
        if outcome and procedure.policy
    }
    dossier = Dossier(assessment=told.get("assessment.outcome"), exit=told.get("exit.outcome"))
    return attrs.evolve(context, dossiers={**context.dossiers, case.id: dossier})


def events_for(procedure: Procedure, case: Case, at: date, *, context: Context) -> Iterator[Trial]:
    """
    Make events from the guards of all moves that start where a case stands.

    Args:
        procedure: The one that the case is pinned to.
        case: Where the case stands.
        at: From when; later days are tried where a guard turns on them.
        context: What lies outside; assessments are made up beside it.

    Returns:
        Good events by each role, and bad ones, each wrong in one thing that its `wrong` names.
    """
    maker = Maker(procedure, context)
    day = at.date() if isinstance(at, datetime) else at
    for move in procedure.moves:
        if case.state in move.source:
            yield from maker.good(move, case, day)
            yield from maker.bad(move, case, day)
    yield from maker.strays(case, day)


def opened(case: Case, event: Event, at: date) -> Case:
    """Let a case begin with its first event, as opening it does: on its day, where it says."""
    if case.seq:
        return case
    place = event.data.get("place", event.by.place)
    return attrs.evolve(case, entered=at, round_began=at, place=place if isinstance(place, str) else "")


def carrying(event: Event, fit: Fit) -> Event:
    """Let an event carry the values of a fit."""
    values = {name.removeprefix("event."): value for name, value in fit.values.items()}
    return attrs.evolve(event, data={**event.data, **values})


def _words(fit: Fit) -> str:
    return "" if fit.leaf is None else f"{'just holds' if fit.holds else 'just fails'}"


def _two(roles: Sequence[str]) -> Sequence[str]:
    return roles[:1] if len(roles) == 1 else (roles[0], roles[-1])


def _with(event: Event, field: str, value: bool | int | str | date) -> Event:
    return attrs.evolve(event, data={**event.data, field: value})


def _without(event: Event, field: str) -> Event:
    return attrs.evolve(event, data={name: value for name, value in event.data.items() if name != field})


def _misfits(field: Field) -> Iterator[tuple[bool | int | str, str]]:
    match field.kind:
        case FieldKind.CLAIM:
            yield 1, "kind"
        case FieldKind.NUMBER:
            yield "1", "kind"
            if field.low is not None:
                yield field.low - 1, "below"
            if field.high is not None:
                yield field.high + 1, "above"
        case FieldKind.DAY:
            yield "31.1.2016", "kind"
        case FieldKind.CODE:
            yield "no_such_code", "code"
        case FieldKind.TEXT:
            yield 1, "kind"
            yield "x" * 501, "long"
            yield "13800138000", "personal"
        case FieldKind.DIGEST:
            yield "0" * 64, "digest"


def _wrong_evidence(case: Case, good: Event, day: date) -> Iterator[tuple[Event, str]]:
    used = next((text for text in sorted(case.seen.all()) if text.startswith("hmac-sha256:")), None)
    for place, each in enumerate(good.evidence):
        others = good.evidence[:place], good.evidence[place + 1 :]
        yield attrs.evolve(good, evidence=(*others[0], *others[1])), f"evidence missing {each.kind}"
        if place:
            continue
        changes = [
            (attrs.evolve(each, on=case.round_began - _DAY), "evidence of an earlier round"),
            (attrs.evolve(each, on=day + _DAY), "evidence of tomorrow"),
            (attrs.evolve(each, kind="nothing"), "evidence unknown"),
        ]
        if used is not None:
            changes.append((attrs.evolve(each, digest=used), "evidence reused"))
        for changed, wrong in changes:
            yield attrs.evolve(good, evidence=(*others[0], changed, *others[1])), wrong
        yield attrs.evolve(good, evidence=(*good.evidence, each)), "evidence twice"


def _wrong_ids(case: Case, good: Event) -> Iterator[tuple[Event, str]]:
    if case.seq:
        used = next((text for text in sorted(case.seen.all()) if not text.startswith(("\0", "hmac-"))), None)
        if used is not None:
            yield attrs.evolve(good, id=used), "id reused"
    yield attrs.evolve(good, version=99), "version"


def _wanted(move: Move, path: str) -> Iterator[str]:
    """Give the outcomes that a guard names."""
    for node in walk(move.guard) if move.guard is not None else ():
        match node:
            case Compare((Name(read), Literal(str() as outcome)), ("==",)) if read == path:
                yield outcome
            case In(Name(read), SetOf(elements)) if read == path:
                yield from (each.value for each in elements if isinstance(each.value, str))
            case _:
                pass


def _timed(procedure: Procedure) -> frozenset[str]:
    """Name the events whose day is compared with another."""
    read = [name for move in procedure.moves if move.guard is not None for name in names(move.guard)]
    heads = ("last.", "days_since.")
    return frozenset(name.partition(".")[2] for name in read if name.startswith(heads))


def _turning(leaf: Expr, view: View) -> Iterator[date]:
    """Give the days around which a leaf may turn, the days before and after among them."""
    numbers = [int(node.value) for node in walk(leaf) if isinstance(node, Literal) and isinstance(node.value, Decimal)]
    dates = [node.value for node in walk(leaf) if isinstance(node, Literal) and isinstance(node.value, date)]
    turning: list[date] = list(dates)
    for name in sorted(names(leaf)):
        head, _, rest = name.partition(".")
        match head:
            case "notice" if name.endswith((".elapsed", ".until")):
                until = view.value(f"notice.{rest.partition('.')[0]}.until")
                turning += [until] if isinstance(until, date) else []
            case "overdue":
                due = view.due(view.procedure.deadline[rest])
                turning += [due] if isinstance(due, date) else []
            case "days_since":
                last = view.value(f"last.{rest}")
                turning += [last + _DAY * number for number in numbers] if isinstance(last, date) else []
            case "last" | "facts":
                day = view.value(name)
                turning += [day] if isinstance(day, date) and "today" in names(leaf) else []
            case "year":
                turning += [date(number, 1, 1) for number in numbers if 1900 < number < 2199]
                turning += [date(number + 1, 1, 1) for number in numbers if 1900 < number < 2199]
            case _:
                pass
    if any(name.startswith(TIMED) or name.endswith(".elapsed") for name in names(leaf)):
        turning += _first_turn(leaf, view)
    for day in turning:
        yield from (day - _DAY, day, day + _DAY)


def _first_turn(leaf: Expr, view: View) -> list[date]:
    """Find a later day on which a leaf says something else than the day before; none if it does not turn soon."""
    now = view.claim(leaf)
    near, far = view.day, view.day
    for days in _STRIDES:
        far = view.day + _DAY * days
        if attrs.evolve(view, day=far).claim(leaf) != now:
            break
        near = far
    else:
        return []
    while (far - near).days > 1:
        middle = near + (far - near) // 2
        same = attrs.evolve(view, day=middle).claim(leaf) == now
        near, far = (middle, far) if same else (near, middle)
    return [far]
