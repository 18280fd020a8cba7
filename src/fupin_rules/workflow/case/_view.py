"""What a guard sees: one case, one event, one actor, on one day, and what was asked of the outside."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import attrs

from fupin_rules.expr import Expr, Roster, Value, evaluate
from fupin_rules.truth import Truth, Unknown
from fupin_rules.workflow.case._case import Case, Event, NoticeMark, Signatures
from fupin_rules.workflow.case._outside import Outside
from fupin_rules.workflow.procedure._parts import Deadline, FieldKind, NoticeRule, Review, Slot

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure


UNSIGNED: Final = Signatures()
_NOTHING: Mapping[str, Value | Unknown] = MappingProxyType({})


def slots_of(review: Review, signed: Signatures) -> tuple[Slot, ...]:
    """Give the slots of a review in this round, those asked for in addition among them."""
    return (*review.slots, *(Slot(slot, role) for slot, role in signed.extra))


def open_slots(review: Review, signed: Signatures) -> tuple[Slot, ...]:
    """Give the slots that are neither signed nor waived."""
    return tuple(slot for slot in slots_of(review, signed) if slot.id not in signed.marks)


def is_complete(review: Review, signed: Signatures) -> bool:
    """Tell whether all needed signatures are there; one asked for in addition is always needed."""
    if review.need is None:
        return not open_slots(review, signed)
    own = {slot.id for slot in review.slots}
    extra = {slot for slot, _ in signed.extra}
    # A slot done without is not one of the signatures needed, unless nobody is left to sign.
    given = {slot for slot, mark in signed.marks.items() if not mark.waived}
    return (len(given & own) >= review.need or own <= signed.marks.keys()) and extra <= signed.marks.keys()


def until_of(rule: NoticeRule, mark: NoticeMark, outside: Outside) -> date | Unknown:
    """Give the last day of a notice; an announcement has none but the day it was made."""
    if rule.days is None:
        return mark.posted
    return mark.until if mark.until is not None else outside.last_day(f"notice.{rule.id}", mark.posted, rule.days)


@attrs.frozen(eq=False)
class View:
    """
    The context of an evaluation.

    Attributes:
        procedure: The procedure.
        case: The case.
        event: The event.
        fields: What the event carries, converted; a field not given is not there.
        day: The day it happens.
        outside: What lies outside.
        instead: Values that stand in for what is seen, to try out what would help.
    """

    procedure: Procedure
    case: Case
    event: Event
    fields: Mapping[str, Value]
    day: date
    outside: Outside
    instead: Mapping[str, Value | Unknown] = _NOTHING

    with_defaults = False

    @property
    def on(self) -> date:
        """The day ages are counted on."""
        return self.day

    def spend(self) -> None:
        """Guards have no quantifiers and few nodes: reading one cannot take long."""

    def roster(self, relation: str) -> Roster:
        """Guards have no quantifiers."""
        raise AssertionError(relation)

    def facts_behind(self, path: str) -> frozenset[str]:
        """A name is worked out from itself."""
        return frozenset({path})

    def claim(self, expr: Expr) -> Truth:
        """Judge a guard."""
        value = evaluate(expr, self)
        assert isinstance(value, (bool, Unknown))
        return value

    def value(self, path: str) -> Value | Unknown:
        """Give what a name stands for."""
        if path in self.instead:
            return self.instead[path]
        head, _, rest = path.partition(".")
        match head:
            case "event":
                return self.fields[rest] if rest in self.fields else Unknown({path})
            case "facts":
                return self.case.facts.get(rest, Unknown({path}))
            case "review":
                return self._review(*rest.split("."))
            case "notice":
                return self._notice(path, *rest.split("."))
            case "actor":
                return self._actor(rest)
            case "last":
                return self.case.last.get(rest, Unknown({path}))
            case "days_since":
                last = self.case.last.get(rest)
                return Unknown({path}) if last is None else (self.day - last).days
            case "overdue":
                return self.overdue(self.procedure.deadline[rest])
            case "assessment" | "exit":
                verdict = self.outside.verdict(path)
                return verdict if isinstance(verdict, Unknown) else verdict.outcome
            case "state":
                return self.case.state
            case "round":
                return self.case.round
            case "year":
                return self.day.year
            case _:
                assert head == "today", path
                return self.day

    def _actor(self, part: str) -> Value:
        actor = self.event.by
        match part:
            case "role":
                return actor.role
            case "level":
                role = self.procedure.role.get(actor.role)
                return actor.level or (role.level if role else "")
            case _:
                return self.case.id in actor.kin_of

    def _review(self, review_id: str, part: str) -> Value:
        review = self.procedure.review[review_id]
        signed = self.case.reviews.get(review_id, UNSIGNED)
        match part:
            case "complete":
                return is_complete(review, signed)
            case "count":
                return sum(not mark.waived for mark in signed.marks.values())
            case _:
                return frozenset(slot.id for slot in open_slots(review, signed))

    def _notice(self, path: str, notice_id: str, part: str) -> Value | Unknown:
        mark = self.case.notices.get(notice_id)
        match part:
            case "posted":
                return mark is not None
            case "open":
                return mark is not None and mark.closed is None
            case "open_objections" | "upheld":
                wanted = "" if part == "open_objections" else "upheld"
                return 0 if mark is None else sum(outcome == wanted for outcome in mark.objections.values())
            case _ if mark is None:
                return False if part == "elapsed" else Unknown({path})
            case _:
                until = until_of(self.procedure.notice[notice_id], mark, self.outside)
                return until if part == "until" or isinstance(until, Unknown) else self.day > until

    def since(self, deadline: Deadline) -> date | Unknown:
        """Give the day a deadline counts from."""
        if deadline.since == "entered":
            return self.case.entered
        found = self.value(deadline.since)
        assert isinstance(found, (date, Unknown))
        return found

    def due(self, deadline: Deadline) -> date | Unknown | None:
        """Give the last day of a deadline; None while it does not run."""
        if self.case.state not in deadline.states:
            return None
        start = self.since(deadline)
        if isinstance(start, Unknown):
            return start
        return self.outside.last_day(f"due.{deadline.id}", start, deadline.within)

    def overdue(self, deadline: Deadline) -> Truth:
        """Tell whether a deadline runs and its last day is over."""
        due = self.due(deadline)
        return False if due is None else due if isinstance(due, Unknown) else self.day > due


def read_field(kind: FieldKind, value: object) -> Value | None:
    """
    Convert what an event carries in a field.

    Returns:
        The value; None if it is of another kind. A day may come as ISO text, in its one form.
    """
    match kind:
        case FieldKind.CLAIM:
            return value if isinstance(value, bool) else None
        case FieldKind.NUMBER:
            return value if type(value) is int else None
        case FieldKind.DAY:
            return _day(value) if isinstance(value, str) else value if type(value) is date else None
        case FieldKind.TEXT:
            return value if isinstance(value, str) and value.strip() and _is_whole(value) else None
        case _:
            return value if isinstance(value, str) else None


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.isoformat() == text else None


def _is_whole(text: str) -> bool:
    """Tell whether a text can be written: half a character cannot."""
    return text.isascii() or all(not "\ud800" <= each <= "\udfff" for each in text)
