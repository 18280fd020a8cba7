"""
A journal as it reads to somebody who knows what was promised, and nothing of how the machine works.

Each entry is told with what had been signed, shown and objected in its round by then, as the moves of the promised
procedure say. The state, the round and the deadlines that the machine wrote down are taken as claims to be judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any, Final

import attrs

from fupin_rules.truth import Unknown
from fupin_rules.workflow import (
    Amend,
    Calendar,
    CloseNotice,
    Delegate,
    Effect,
    Move,
    NewRound,
    NoticeRule,
    Object,
    OnObjection,
    OpenNotice,
    Procedure,
    Resolve,
    Review,
    Sign,
    Slot,
    Waive,
    last_day,
)

Entry = Mapping[str, Any]
_NONE: Final[Mapping[str, Any]] = MappingProxyType({})


@attrs.frozen
class Signed:
    """
    What stands in one slot.

    Attributes:
        person: Who signed, or waived it.
        role: In which role.
        at: Number of the entry.
        reason: Why it was waived; None where it was signed.
    """

    person: str
    role: str
    at: int
    reason: str | None = None


@attrs.frozen
class Shown:
    """
    A notice or announcement of the round.

    Attributes:
        posted: The day its time began.
        closed: The day it was taken down; None while it is up.
        objections: Id to outcome and reason; both empty while there is none.
    """

    posted: date
    closed: date | None = None
    objections: Mapping[str, tuple[str, str]] = attrs.field(factory=dict, hash=False)


@attrs.frozen
class Reviewed:
    """
    A review of the round.

    Attributes:
        marks: Slot to what stands in it.
        extra: Slots asked for in addition.
        delegates: Slot to the person who signs instead.
    """

    marks: Mapping[str, Signed] = attrs.field(factory=dict, hash=False)
    extra: tuple[Slot, ...] = ()
    delegates: Mapping[str, str] = attrs.field(factory=dict, hash=False)


@attrs.frozen
class Round:
    """
    What counts in a round.

    Attributes:
        number: From 1.
        began: Its first day.
        reviews: By id.
        notices: By id.
        events: Types of the events that happened.
    """

    number: int
    began: date
    reviews: Mapping[str, Reviewed] = attrs.field(factory=dict, hash=False)
    notices: Mapping[str, Shown] = attrs.field(factory=dict, hash=False)
    events: frozenset[str] = frozenset()


@attrs.frozen(eq=False)
class Told:
    """
    One entry, and where the case stood.

    Attributes:
        entry: As the journal has it.
        before: The entry before it, told; None for the first.
        move: The move of the promised procedure that it says it made; None if there is no such move.
        day: The day it happened.
        then: What counted in the round before it.
        now: What counts after it.
        held: Person to the roles taken in the case.
        ids: Ids of events up to and with this one.
        digests: Digests of evidence up to and with this one.
        again: Whether its id or any of its evidence was brought before.
        signs: Review to the slot that it fills; empty text where it signs and no slot is open to it.
        calendar: Holidays, to count days by; None if they are not known.
    """

    entry: Entry
    before: Told | None = attrs.field(repr=False)
    move: Move | None
    day: date
    then: Round
    now: Round
    held: Mapping[str, frozenset[str]]
    ids: frozenset[str]
    digests: frozenset[str]
    again: bool
    signs: Mapping[str, str]
    calendar: Calendar | None

    @property
    def by(self) -> Mapping[str, Any]:
        """Who acted."""
        return self.entry.get("by", _NONE)  # type: ignore[no-any-return]  # plain data

    @property
    def data(self) -> Mapping[str, Any]:
        """What the event carried."""
        return self.entry.get("event", _NONE).get("data", _NONE)  # type: ignore[no-any-return]  # plain data

    @property
    def evidence(self) -> tuple[Mapping[str, Any], ...]:
        """What evidence it brought."""
        return tuple(self.entry.get("event", _NONE).get("evidence", ()))

    @property
    def place(self) -> str:
        """Where the case is: told by its first entry."""
        first = self
        while first.before is not None:
            first = first.before
        return str(first.entry.get("place", ""))

    @property
    def entered(self) -> str:
        """The state that was entered by it; empty if the case stayed where it was."""
        stays = self.entry.get("from") == self.entry.get("to") and self.then.number == self.now.number
        return "" if stays and self.before is not None else str(self.entry.get("to", ""))

    def so_far(self) -> tuple[Entry, ...]:
        """Give the journal up to and with this entry."""
        found: list[Entry] = []
        told: Told | None = self
        while told is not None:
            found.append(told.entry)
            told = told.before
        return tuple(reversed(found))


def tell(promised: Procedure, entries: Iterable[Entry], *, calendar: Calendar | None = None) -> Iterator[Told]:
    """Tell the entries of one case, in order."""
    told: Told | None = None
    for entry in entries:
        told = tell_next(promised, told, entry, calendar=calendar)
        yield told


def tell_next(promised: Procedure, before: Told | None, entry: Entry, *, calendar: Calendar | None) -> Told:
    """Tell one more entry."""
    day = day_told(entry)
    event, by = entry.get("event", _NONE), entry.get("by", _NONE)
    move = promised.move.get(str(entry.get("move")))
    if move is not None and move.event != event.get("type"):
        move = None
    then = before.now if before is not None else Round(1, day)
    digests = [str(each.get("digest")) for each in event.get("evidence", ())]
    known = before.digests if before is not None else frozenset()
    ids = before.ids if before is not None else frozenset()
    now, signs = then, {}
    for effect in move.effects if move is not None else ():
        if isinstance(effect, Sign):
            now, signs[effect.review] = _sign(promised, now, effect.review, entry)
        else:
            now = _do(promised, now, effect, entry, day)
    now = attrs.evolve(now, events=now.events | {str(event.get("type"))})
    return Told(
        entry,
        before,
        move,
        day,
        then,
        now,
        _held(before, by),
        ids | {str(event.get("id"))},
        known | set(digests),
        str(event.get("id")) in ids or bool(known & set(digests)) or len(set(digests)) < len(digests),
        signs,
        calendar,
    )


def day_told(entry: Entry) -> date:
    """Give the day of an entry."""
    text = str(entry.get("at"))
    return date.fromisoformat(text) if len(text) == len("2016-01-31") else datetime.fromisoformat(text).date()


def _held(before: Told | None, by: Mapping[str, Any]) -> Mapping[str, frozenset[str]]:
    held = before.held if before is not None else {}
    person = str(by.get("id"))
    return {**held, person: held.get(person, frozenset()) | {str(by.get("role"))}}


def all_slots(review: Review, reviewed: Reviewed) -> tuple[Slot, ...]:
    """Give the slots of a review in a round."""
    return (*review.slots, *reviewed.extra)


def _sign(promised: Procedure, now: Round, review: str, entry: Entry) -> tuple[Round, str]:
    rule, reviewed = promised.review[review], now.reviews.get(review, Reviewed())
    by, wanted = entry.get("by", _NONE), entry.get("event", _NONE).get("data", _NONE).get("slot")
    for slot in all_slots(rule, reviewed):
        delegate = reviewed.delegates.get(slot.id)
        opened = slot.role == by.get("role") if delegate is None else delegate == by.get("id")
        if slot.id not in reviewed.marks and opened and wanted in {None, slot.id}:
            return _mark(now, review, reviewed, slot.id, entry, None), slot.id
    return now, ""


def _mark(now: Round, review: str, reviewed: Reviewed, slot: str, entry: Entry, reason: str | None) -> Round:
    by = entry.get("by", _NONE)
    signed = Signed(str(by.get("id")), str(by.get("role")), int(entry.get("seq", 0)), reason)
    return _reviewed(now, review, attrs.evolve(reviewed, marks={**reviewed.marks, slot: signed}))


def _reviewed(now: Round, review: str, reviewed: Reviewed) -> Round:
    return attrs.evolve(now, reviews={**now.reviews, review: reviewed})


def _shown(now: Round, notice: str, shown: Shown) -> Round:
    return attrs.evolve(now, notices={**now.notices, notice: shown})


def _do(promised: Procedure, now: Round, effect: Effect, entry: Entry, day: date) -> Round:
    event = entry.get("event", _NONE)
    data = event.get("data", _NONE)
    match effect:
        case NewRound():
            return Round(now.number + 1, day)
        case Waive(review):
            reviewed = now.reviews.get(review, Reviewed())
            return _mark(now, review, reviewed, str(data.get("slot")), entry, str(data.get("reason", "")))
        case Delegate(review):
            reviewed = now.reviews.get(review, Reviewed())
            delegates = {**reviewed.delegates, str(data.get("slot")): str(data.get("to"))}
            return _reviewed(now, review, attrs.evolve(reviewed, delegates=delegates))
        case Amend(review):
            reviewed = now.reviews.get(review, Reviewed())
            slot = Slot(str(data.get("slot")), str(data.get("role")))
            return _reviewed(now, review, attrs.evolve(reviewed, extra=(*reviewed.extra, slot)))
        case OpenNotice(notice):
            return _shown(now, notice, Shown(day))
        case CloseNotice(notice) if notice in now.notices:
            return _shown(now, notice, attrs.evolve(now.notices[notice], closed=day))
        case Object(notice) if notice in now.notices:
            shown = now.notices[notice]
            raised = {**shown.objections, str(event.get("id")): ("", "")}
            return _shown(now, notice, attrs.evolve(shown, objections=raised))
        case Resolve(notice) if notice in now.notices:
            shown = now.notices[notice]
            outcome = str(data.get("outcome", ""))
            answered = {**shown.objections, str(data.get("objection")): (outcome, str(data.get("reason", "")))}
            restarts = promised.notice[notice].on_objection is OnObjection.RESTART and outcome == "dismissed"
            posted = day if restarts else shown.posted
            return _shown(now, notice, attrs.evolve(shown, posted=posted, objections=answered))
        case _:
            return now


def full_until(rule: NoticeRule, shown: Shown, calendar: Calendar | None) -> date | Unknown | None:
    """Give the last day of a notice as it was promised; None for an announcement."""
    return None if rule.days is None else last_day(shown.posted, rule.days, calendar)
