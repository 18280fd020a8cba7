"""The abstract state of a case: what can matter for the way on, so that cases which go on alike are looked at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable
from datetime import date

from fupin_rules.expr import Expr, names
from fupin_rules.testing._leaves import is_brought, leaves
from fupin_rules.truth import Unknown
from fupin_rules.workflow import (
    Actor,
    Amend,
    Case,
    CloseNotice,
    Context,
    Delegate,
    Event,
    Move,
    Object,
    OpenNotice,
    Procedure,
    Resolve,
    SetFact,
    Sign,
    Signatures,
    Waive,
    is_complete,
    look,
    open_slots,
)

MAX_SAME = 2


class Shapes:
    """
    Gives the shape of cases of one procedure.

    A shape holds the state, whether it is the first round, the facts that guards read, what every leaf of a guard that
    reads nothing of an event says now, and of reviews and notices what the moves from here on the spot can tell apart.
    """

    def __init__(self, procedure: Procedure, context: Context) -> None:
        self._procedure = procedure
        self._context = context
        read = frozenset(name for move in procedure.moves for name in _read(move))
        self._facts = frozenset(fact.id for fact in procedure.facts if f"facts.{fact.id}" in read)
        self._events = frozenset(
            event.id for event in procedure.events if {f"last.{event.id}", f"days_since.{event.id}"} & read
        )
        told = (leaf for move in procedure.moves for leaf in leaves(move.guard) if not is_brought(leaf))
        self._leaves: tuple[Expr, ...] = tuple(dict.fromkeys(told))
        self._touched = {state.id: _touched(procedure, state.id) for state in procedure.states}
        self._nobody = Event("look", procedure.events[0].id, Actor("nobody", procedure.roles[0].id))

    def truths(self, case: Case, day: date) -> tuple[str, ...]:
        """Say what every leaf that reads only the case and the day makes of it: T, F or U."""
        view = look(self._procedure, case, self._nobody, day, context=self._context)
        return tuple(_letter(view.claim(leaf)) for leaf in self._leaves)

    def of(self, case: Case, day: date) -> Hashable:
        """Give the shape of a case on a day."""
        return (*self.near(case), "".join(self.truths(case, day)), self._far(case))

    def near(self, case: Case) -> tuple[Hashable, ...]:
        """Give of the shape what the moves from here touch."""
        touched = self._touched[case.state]
        return (
            case.state,
            min(case.round, MAX_SAME),
            case.seq == 0,
            frozenset(
                (name, value) for name, value in case.facts.items() if name in self._facts and type(value) is not date
            ),
            frozenset(self._review(case, review) for review in case.reviews if f"review.{review}" in touched),
            frozenset(self._notice(case, notice) for notice in case.notices if f"notice.{notice}" in touched),
        )

    def _far(self, case: Case) -> Hashable:
        touched = self._touched[case.state]
        return (
            frozenset(
                (review, is_complete(self._procedure.review[review], signed))
                for review, signed in case.reviews.items()
                if f"review.{review}" not in touched
            ),
            frozenset(
                (notice, mark.closed is None, "" in mark.objections.values())
                for notice, mark in case.notices.items()
                if f"notice.{notice}" not in touched
            ),
            frozenset(event for event in case.last if event in self._events),
        )

    def _review(self, case: Case, review: str) -> Hashable:
        signed = case.reviews[review]
        extra = dict(signed.extra)
        missing = {slot.id for slot in open_slots(self._procedure.review[review], signed)}
        pending = frozenset(slot for slot in signed.delegates if slot in missing)
        added = tuple(sorted(role for slot, role in extra.items() if slot in missing))
        return (review, frozenset(signed.marks.keys() - extra.keys()), len(extra), added, pending)

    def _notice(self, case: Case, notice: str) -> Hashable:
        mark = case.notices[notice]
        return (notice, mark.closed is None, frozenset(Counter(mark.objections.values()).items()))

    def of_move(self, move: Move, case: Case, day: date) -> Hashable:
        """Give what one move can tell apart: cases that are alike here need not be tried out with every wrong event."""
        view = look(self._procedure, case, self._nobody, day, context=self._context)
        found: list[Hashable] = [case.state, case.seq == 0, case.round > 1]
        found += [_letter(view.claim(leaf)) for leaf in leaves(move.guard) if not is_brought(leaf)]
        for effect in move.effects:
            match effect:
                case Sign(review) | Waive(review) | Delegate(review) | Amend(review):
                    signed = case.reviews.get(review, Signatures())
                    missing = open_slots(self._procedure.review[review], signed)
                    pending = any(slot.id in signed.delegates for slot in missing)
                    found.append((bool(missing), min(len(signed.marks), 2), pending, bool(signed.extra)))
                case OpenNotice(notice) | CloseNotice(notice) | Object(notice) | Resolve(notice):
                    mark = case.notices.get(notice)
                    found.append(mark is not None and (mark.closed is None, "" in mark.objections.values()))
                case _:
                    pass
        return tuple(found)


def skips_a_slot(procedure: Procedure, move: Move, before: Case, after: Case) -> bool:
    """Tell whether a signature was given out of turn; all orders of signing lead to the same, one is looked at."""
    if after.round > before.round:
        return False
    for effect in move.effects:
        if isinstance(effect, Sign):
            waiting = open_slots(procedure.review[effect.review], before.reviews.get(effect.review, Signatures()))
            if waiting and waiting[0].id not in after.reviews.get(effect.review, Signatures()).marks:
                return True
    return False


def _letter(value: object) -> str:
    return "U" if isinstance(value, Unknown) else "T" if value is True else "F"


def _read(move: Move) -> frozenset[str]:
    read = names(move.guard) if move.guard is not None else frozenset()
    return read.union(*(names(effect.to) for effect in move.effects if isinstance(effect, SetFact)))


def _touched(procedure: Procedure, state: str) -> frozenset[str]:
    found: set[str] = set()
    for move in procedure.moves:
        if state not in move.source:
            continue
        found |= {".".join(name.split(".")[:2]) for name in _read(move)}
        for effect in move.effects:
            match effect:
                case Sign(review) | Waive(review) | Delegate(review) | Amend(review):
                    found.add(f"review.{review}")
                case OpenNotice(notice) | CloseNotice(notice) | Object(notice) | Resolve(notice):
                    found.add(f"notice.{notice}")
                case _:
                    pass
    return frozenset(found)
