"""What an accepted event does to a case: the effects of its move, in order, and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any, assert_never

import attrs

from fupin_rules.errors import Fault, WorkflowError
from fupin_rules.expr import evaluate
from fupin_rules.truth import Unknown
from fupin_rules.workflow.case._case import Case, FactValue, Mark, NoticeMark, Signatures, changed, with_item, without
from fupin_rules.workflow.case._judge import slot_for, stands_in_for
from fupin_rules.workflow.case._view import UNSIGNED, View
from fupin_rules.workflow.procedure._parts import (
    Amend,
    CloseNotice,
    Delegate,
    Effect,
    Move,
    NewRound,
    Object,
    OnObjection,
    OpenNotice,
    Resolve,
    SetFact,
    Sign,
    Waive,
)


@attrs.define
class _Table:
    """What effects change, while they change it."""

    facts: Mapping[str, FactValue]
    reviews: Mapping[str, Signatures]
    notices: Mapping[str, NoticeMark]
    last: Mapping[str, date]
    round: int
    round_began: date


def apply(move: Move, view: View, place: Mapping[str, Any]) -> Case:
    """
    Give the case after a move.

    Args:
        move: Judged to be open to the event.
        view: The case before, and the event.
        place: Where it then stands in the journal: `seq`, `at`, `seen`.

    Raises:
        WorkflowError: A fact is set to a number that is not whole.
    """
    case = view.case
    # Values are those of the case before, whatever effects come first.
    values = {effect: _value(effect, view) for effect in move.effects if isinstance(effect, SetFact)}
    table = _Table(case.facts, case.reviews, case.notices, case.last, case.round, case.round_began)
    for effect in move.effects:
        if isinstance(effect, SetFact):
            _set(table, effect.fact, values[effect])
        else:
            _do(effect, table, view)
    table.last = with_item(table.last, move.event, view.day)
    changes = {name: getattr(table, name) for name in _TABLE}
    if move.target is not None and (move.target != case.state or table.round != case.round):
        changes |= {"state": move.target, "entered": view.day}
    return changed(case, {**changes, **place, "roles": _roles(move, case, view)})


_TABLE = [field.name for field in attrs.fields(_Table)]


def _value(effect: SetFact, view: View) -> FactValue | None:
    value = evaluate(effect.to, view)
    if isinstance(value, Unknown):
        return None
    if isinstance(value, (Fraction, frozenset)):
        what = f"`facts.{effect.fact}` is set to a value that no fact holds"
        raise WorkflowError(
            Fault(view.procedure.reference, what, "set it to a whole number, claim, day or code", "fact")
        )
    return value


def _set(table: _Table, fact: str, value: FactValue | None) -> None:
    table.facts = without(table.facts, [fact]) if value is None else with_item(table.facts, fact, value)


def _roles(move: Move, case: Case, view: View) -> Mapping[str, frozenset[str]]:
    actor = view.event.by
    taken = {actor.role, *stands_in_for(move, view)} & view.procedure.excluding_roles
    held = case.roles.get(actor.id, frozenset())
    return case.roles if taken <= held else with_item(case.roles, actor.id, held | taken)


def _do(effect: Effect, table: _Table, view: View) -> None:
    event, data = view.event, view.event.data
    match effect:
        case Sign(review):
            slot = slot_for(view.procedure.review[review], table.reviews.get(review, UNSIGNED), event)
            assert slot is not None
            _mark(table, review, slot.id, Mark(event.by.id, event.by.role))
        case Waive(review):
            _mark(table, review, str(data["slot"]), Mark(event.by.id, event.by.role, waived=True))
        case Delegate(review):
            signed = table.reviews.get(review, UNSIGNED)
            delegates = with_item(signed.delegates, str(data["slot"]), str(data["to"]))
            table.reviews = with_item(table.reviews, review, attrs.evolve(signed, delegates=delegates))
        case Amend(review):
            signed = table.reviews.get(review, UNSIGNED)
            extra = (*signed.extra, (str(data["slot"]), str(data["role"])))
            table.reviews = with_item(table.reviews, review, attrs.evolve(signed, extra=extra))
        case OpenNotice(notice):
            table.notices = with_item(table.notices, notice, NoticeMark(view.day, _until(notice, view)))
        case CloseNotice(notice):
            closed = attrs.evolve(table.notices[notice], closed=view.day)
            table.notices = with_item(table.notices, notice, closed)
        case Object(notice):
            mark = table.notices[notice]
            raised = attrs.evolve(mark, objections=with_item(mark.objections, event.id, ""))
            table.notices = with_item(table.notices, notice, raised)
        case Resolve(notice):
            table.notices = with_item(table.notices, notice, _resolved(table.notices[notice], notice, view))
        case NewRound():
            _new_round(table, view)
        case SetFact():
            raise AssertionError("set apart")
        case _ as never:
            assert_never(never)


def _mark(table: _Table, review: str, slot: str, mark: Mark) -> None:
    signed = table.reviews.get(review, UNSIGNED)
    table.reviews = with_item(table.reviews, review, attrs.evolve(signed, marks=with_item(signed.marks, slot, mark)))


def _until(notice: str, view: View) -> date | None:
    rule = view.procedure.notice[notice]
    if rule.days is None:
        return None
    until = view.outside.last_day(f"notice.{notice}", view.day, rule.days)
    return None if isinstance(until, Unknown) else until


def _resolved(mark: NoticeMark, notice: str, view: View) -> NoticeMark:
    outcome = str(view.event.data["outcome"])
    objections = with_item(mark.objections, str(view.event.data["objection"]), outcome)
    if outcome == "dismissed" and view.procedure.notice[notice].on_objection is OnObjection.RESTART:
        return NoticeMark(view.day, _until(notice, view), None, objections)
    return attrs.evolve(mark, objections=objections)


def _new_round(table: _Table, view: View) -> None:
    table.facts = without(table.facts, [name for name in table.facts if not view.procedure.fact[name].keep])
    table.reviews, table.notices, table.last = {}, {}, {}
    table.round, table.round_began = table.round + 1, view.day
