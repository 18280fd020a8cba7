"""
Mending a refused event: doing everything that one way of the refusal names, and nothing else.

A refusal promises that mending all of any one of its ways makes the event accepted. So whoever mends it fills what is
missing, lets another person act, waits, asks for another assessment, and lets others do first what the case lacks.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

import attrs

from fupin_rules.expr import Expr, Not, Value, names, to_text
from fupin_rules.journal import salted_digest
from fupin_rules.testing._events import OUTCOMES, SALT, Maker, Trial, opened, supposing
from fupin_rules.testing._leaves import BROUGHT, leaves
from fupin_rules.testing._shape import Shapes, skips_a_slot
from fupin_rules.truth import Unknown
from fupin_rules.workflow import (
    Accepted,
    Actor,
    Amend,
    Asked,
    Calendar,
    Case,
    Context,
    Delegate,
    Event,
    Evidence,
    Mend,
    Move,
    NewRound,
    Procedure,
    Reason,
    Resolve,
    Sign,
    Signatures,
    View,
    actor_for,
    draft,
    look,
    plausible_value,
    solve,
    step,
)

Way = Sequence[Reason]
# Reasons that another person does away with.
WHO: Final = frozenset(
    {"role", "role_unknown", "level", "place", "kin", "incompatible_role", "signed_already", "objector"}
)
PLACE: Final = "371482100200"
MAX_BEFORE: Final = 400
_ENOUGH: Final = 6
_CALENDAR = Calendar("made up for a test", date(1990, 1, 1), date(2100, 12, 31))


@attrs.frozen(eq=False)
class Mended:
    """
    An event that was mended and accepted.

    Attributes:
        case: The case before it, with what others had to do first.
        event: The event.
        at: When.
        context: What lies outside.
        accepted: What came of it.
        before: Moves that others made first.
    """

    case: Case
    event: Event
    at: date
    context: Context
    accepted: Accepted
    before: tuple[str, ...]


def _with_each_outcome(move: Move, trials: Iterable[Trial]) -> Iterator[Trial]:
    """Give an objection either outcome, whatever the guard makes of it now: the next one may depend on it."""
    for trial in trials:
        yield trial
        if any(isinstance(effect, Resolve) for effect in move.effects):
            told = trial.event.data.get("outcome")
            other = {"upheld": "dismissed", "dismissed": "upheld"}.get(str(told))
            if other is not None:
                event = attrs.evolve(trial.event, data={**trial.event.data, "outcome": other})
                yield attrs.evolve(trial, event=event)


class Mender:
    """Mends refused events of one procedure; what is worked out once is kept."""

    def __init__(self, procedure: Procedure, context: Context) -> None:
        self._procedure = procedure
        self._context = context
        self._maker = Maker(procedure, context, "before-")
        self._shapes = Shapes(procedure, context)
        digits = max((level.digits for level in procedure.levels), default=0)
        self._place = (PLACE + "0" * digits)[:digits]
        self._before: dict[object, tuple[tuple[Case, date, tuple[str, ...]], ...]] = {}
        self._parts = {move.id: _by_text(move.guard) for move in procedure.moves}

    def mend(self, case: Case, event: Event, way: Way, at: date, context: Context) -> Mended | None:
        """
        Do what a way names.

        Returns:
            The event as accepted; None if it is not, whatever is tried.
        """
        if any(reason.mend is Mend.FINAL for reason in way):
            return None
        day = max([at, *(reason.until for reason in way if reason.until is not None)])
        moves = self._procedure.moves_on.get((case.state, event.type), ())
        for move in moves:
            told = self._claims(move, way)
            if told is None:
                continue
            lacking = [claim for claim in told if not _reads_brought(claim)]
            for ready, since, before in self._ready(case, lacking, day, context):
                found = self._try(ready, event, way, max(day, since), context, move, told)
                if found is not None:
                    return attrs.evolve(found, before=before)
        return None

    def _claims(self, move: Move, way: Way) -> list[Expr] | None:
        """Give the parts of a guard that a way names; None if they are of another move."""
        named = [reason for reason in way if reason.code in {"guard", "guard_open"}]
        parts = self._parts[move.id]
        if any(reason.wanted not in parts for reason in named):
            return None
        return [parts[reason.wanted] for reason in named if reason.mend is not Mend.WAIT]

    # -- what others do first ---------------------------------------------------------------------------------------

    def _ready(
        self, case: Case, lacking: Collection[Expr], day: date, context: Context
    ) -> tuple[tuple[Case, date, tuple[str, ...]], ...]:
        key = (case.head, case.state, frozenset(lacking), day, context.calendar is None)
        if key not in self._before:
            self._before[key] = tuple(itertools.islice(self._search(case, lacking, day, context), _ENOUGH))
        return self._before[key]

    def _search(
        self, case: Case, lacking: Collection[Expr], day: date, context: Context
    ) -> Iterator[tuple[Case, date, tuple[str, ...]]]:
        """Let others act, in this state and round, until the case has what it lacks."""
        if self._has(case, lacking, day, context):
            yield case, day, ()
            return
        queue: deque[tuple[Case, date, tuple[str, ...]]] = deque([(case, day, ())])
        seen = {self._shapes.of(case, day)}
        looked = 0
        while queue and looked < MAX_BEFORE:
            now, since, before = queue.popleft()
            looked += 1
            for move in self._procedure.moves:
                if not _stays(move, now.state):
                    continue
                for trial in _with_each_outcome(move, self._maker.good(move, now, since)):
                    result = step(self._procedure, now, trial.event, trial.at, context=trial.context)
                    made = self._procedure.move[result.entry["move"]] if isinstance(result, Accepted) else None
                    if made is None or not isinstance(result, Accepted) or not _stays(made, now.state):
                        continue
                    if skips_a_slot(self._procedure, made, now, result.case):
                        continue
                    after = result.case, trial.at, (*before, str(result.entry["move"]))
                    # Cases of one shape may still differ in which of two objections is left.
                    if self._has(result.case, lacking, trial.at, context):
                        yield after
                    shape = self._shapes.of(result.case, trial.at)
                    if shape not in seen:
                        seen.add(shape)
                        queue.append(after)

    def _has(self, case: Case, lacking: Collection[Expr], day: date, context: Context) -> bool:
        nobody = Event("look", self._procedure.events[0].id, Actor("nobody", self._procedure.roles[0].id))
        view = look(self._procedure, case, nobody, day, context=_told_holidays(context, lacking))
        return all(view.claim(claim) is True for claim in lacking)

    # -- the event itself -------------------------------------------------------------------------------------------

    def _try(
        self, case: Case, event: Event, way: Way, day: date, context: Context, move: Move, claims: list[Expr]
    ) -> Mended | None:
        codes = {reason.code for reason in way}
        mended = event
        if "id_reused" in codes or event.id in case.seen:
            mended = attrs.evolve(mended, id=f"{case.id[:40]}-{case.seq + 1}-mended")
        if "event_version" in codes:
            mended = attrs.evolve(mended, version=None)
        mended = attrs.evolve(mended, evidence=self._evidence(case, mended, way, day))
        for actor in self._actors(case, mended, way, move):
            acting = attrs.evolve(mended, by=actor)
            for data in self._fields(case, acting, way, move, day):
                filled = attrs.evolve(acting, data=data)
                for fitted, outside in self._fit(case, filled, way, claims, move, day, context):
                    now = opened(case, fitted, day)
                    result = step(self._procedure, now, fitted, day, context=outside)
                    if isinstance(result, Accepted):
                        return Mended(now, fitted, day, outside, result, ())
        return None

    def _evidence(self, case: Case, event: Event, way: Way, day: date) -> tuple[Evidence, ...]:
        wrong = {(reason.code, reason.path.removeprefix("evidence.")) for reason in way}
        kept = []
        for place, each in enumerate(event.evidence):
            if ("evidence_unknown", each.kind[:40]) in wrong:
                continue
            changed = each
            if ("evidence_day", each.kind) in wrong:
                changed = attrs.evolve(changed, on=day)
            if ("evidence_reused", each.kind) in wrong:
                changed = attrs.evolve(changed, digest=_digest(case, each.kind, place))
            kept.append(changed)
        missing = [reason.wanted for reason in way if reason.code == "evidence_missing"]
        return (*kept, *(Evidence(kind, _digest(case, kind, 100), day) for kind in missing))

    def _actors(self, case: Case, event: Event, way: Way, move: Move) -> Iterator[Actor]:
        """Give those who may act instead: the same person, unless a way names the person."""
        says_where = any(field.id == "place" for field in self._procedure.event[move.event].fields)
        who = [each for each in way if _is_who(each) or (each.code == "no_place" and not says_where)]
        if not who:
            yield event.by
            return
        signed = _signed_by(move, case)
        for effect in move.effects:
            if isinstance(effect, Sign):
                marks = case.reviews.get(effect.review, Signatures())
                for slot, person in sorted(marks.delegates.items()):
                    for role in move.roles if slot not in marks.marks else ():
                        yield attrs.evolve(actor_for(self._procedure, case, role), id=person)
        role_is_named = any(reason.path == "actor.role" or reason.code == "no_slot" for reason in who)
        roles = list(self._procedure.role) if role_is_named else [event.by.role]
        for role in sorted(roles, key=lambda each: each not in move.roles):
            # Whoever opens a case is of the place where it is to be.
            placed = attrs.evolve(case, place=self._place) if case.seq == 0 else case
            another = self._maker.fresh(placed, role, signed)
            yield another
            # What was delegated to a person is for that person, in whatever role.
            yield attrs.evolve(event.by, role=role, level="", place=another.place)

    def _fields(self, case: Case, event: Event, way: Way, move: Move, day: date) -> Iterator[Mapping[str, Value]]:
        """Fill and mend what the event carries."""
        data: dict[str, Value] = dict(event.data)
        kind = self._procedure.event[move.event]
        plain = attrs.evolve(move, guard=None)
        outside = Asked(self._context, self._procedure.policy, case.id, day)
        drafted = draft(self._procedure, plain, case, event.by, event.id, day=day, outside=outside).data
        choices: dict[str, Sequence[Value | None]] = {}
        for reason in way:
            field = reason.path.removeprefix("event.")
            if reason.code == "field_unknown":
                for name in [each for each in data if each not in {known.id for known in kind.fields}]:
                    del data[name]
            elif reason.code == "no_place":
                choices["place"] = [self._place] if "place" in {each.id for each in kind.fields} else [None]
            elif reason.path == "seq" or not reason.path.startswith(("event.", "review.")):
                continue
            elif reason.code == "no_slot":
                choices["slot"] = [each for each in reason.wanted.split(", ") if each]
            elif reason.code == "slot_taken":
                choices["slot"] = [f"extra_{number}" for number in range(1, 4)]
            elif reason.path == "event.role":
                choices["role"] = [each for each in reason.wanted.split(", ") if each]
            elif reason.code == "no_objection":
                choices["objection"] = [each for each in reason.wanted.split(", ") if each]
            elif reason.code.startswith("field_"):
                told = [plausible_value(self._procedure, each, case, day) for each in kind.fields if each.id == field]
                choices[field] = [drafted[field]] if field in drafted else [*told, None]
        if "slot" in choices and any(isinstance(each, Sign) for each in move.effects):
            data.pop("slot", None)
            yield data
            if not any(field.id == "slot" for field in kind.fields):
                return
        for values in itertools.product(*choices.values()):
            filled = {**data, **dict(zip(choices, values, strict=True))}
            # What need not be told is mended by not telling it.
            yield {name: value for name, value in filled.items() if value is not None}

    def _fit(
        self, case: Case, event: Event, way: Way, claims: list[Expr], move: Move, day: date, context: Context
    ) -> Iterator[tuple[Event, Context]]:
        """Choose what the claims of a way ask of the event and of the outside, all else being as it is."""
        outside = _told_holidays(context, claims)
        yield event, outside
        if move.guard is None:
            return
        scope = self._procedure.scopes[move.event]
        view: View = look(self._procedure, case, event, day, context=outside)
        fields = {reason.path for reason in way if reason.code.startswith("field_")}
        named = {name for claim in claims for name in names(claim) if name.startswith(BROUGHT)} | fields
        # The figures of one event hang together: who are more in favour are fewer against.
        carried = {name for name in names(move.guard) if name.startswith("event.")}
        found = None
        for free in (named, named | carried):
            if found is None:
                paths = sorted(path for path in free if path in scope.names)
                found = solve((*claims, move.guard), paths, view, scope)
        if found is None:
            return
        data = {name.removeprefix("event."): value for name, value in found.items() if name.startswith("event.")}
        actor = event.by
        if "actor.role" in found:
            actor = self._maker.fresh(case, str(found["actor.role"]), _signed_by(move, case))
        if "actor.is_kin" in found:
            actor = attrs.evolve(actor, kin_of=(case.id,) if found["actor.is_kin"] else ())
        verdicts = {path: str(found[path]) for path in OUTCOMES if path in found}
        if verdicts:
            known = {path: view.value(path) for path in OUTCOMES if path not in verdicts}
            kept = {path: str(value) for path, value in known.items() if not isinstance(value, Unknown)}
            outside = supposing(outside, self._procedure, case, {**kept, **verdicts}, day)
        yield attrs.evolve(event, data={**event.data, **data}, by=actor), outside


def mend(procedure: Procedure, case: Case, event: Event, way: Way, at: date, *, context: Context) -> Mended | None:
    """
    Mend a refused event as one of its ways says.

    Args:
        procedure: The one that the case is pinned to.
        case: Where the case stands.
        event: The event that was refused.
        way: One of `refused.ways`.
        at: When it was refused.
        context: What lay outside.

    Returns:
        The event as accepted, with what others did first; None if it is not accepted, whatever is tried.
    """
    return Mender(procedure, context).mend(case, event, way, at, context)


def _by_text(guard: Expr | None) -> Mapping[str, Expr]:
    """Give the parts that a refusal may name, each to hold or not to, by their text."""
    found: dict[str, Expr] = {}
    for leaf in leaves(guard):
        found[to_text(leaf)] = leaf
        found[to_text(Not(leaf))] = Not(leaf)
    return found


def _reads_brought(claim: Expr) -> bool:
    return any(name.startswith(BROUGHT) for name in names(claim))


def _stays(move: Move, state: str) -> bool:
    is_here = state in move.source and move.target in {None, state}
    return is_here and not any(isinstance(effect, (NewRound, Amend, Delegate)) for effect in move.effects)


def _signed_by(move: Move, case: Case) -> list[Signatures]:
    """Give what has been signed of the reviews that a move signs."""
    return [case.reviews.get(each.review, Signatures()) for each in move.effects if isinstance(each, Sign)]


def _is_who(reason: Reason) -> bool:
    return (reason.code in WHO and reason.path.startswith("actor.")) or (
        reason.code in {"signed_already", "no_slot"} and reason.path.startswith("review.")
    )


def _told_holidays(context: Context, claims: Collection[Expr]) -> Context:
    """Bring a calendar where there is none: what a way names may hang on holidays alone."""
    return attrs.evolve(context, calendar=_CALENDAR) if context.calendar is None and claims else context


def _digest(case: Case, kind: str, place: int) -> str:
    return salted_digest({"case": case.id, "kind": kind, "place": place, "seq": case.seq}, SALT)
