"""What names mean in guards and in the values that effects set; for each event, because each carries its own fields."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from fupin_rules.expr import Declared, Kind, Role, Scope, Type
from fupin_rules.policy import ExitOutcome, Outcome
from fupin_rules.quantities import PLAIN, Unit
from fupin_rules.workflow.procedure._parts import Field, FieldKind

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure


MAX_ROUNDS: Final = 1_000
MAX_COUNT: Final = 1_000
MAX_DAYS_SINCE: Final = 110_000
FIRST_YEAR: Final = 1900
LAST_YEAR: Final = 2199

Labels = Mapping[str, tuple[str, str]]
# Type and labels of each code list: built once, shared by all fields that hold its codes.
_Codes = Mapping[str, tuple[Type, Labels]]

_DAYS = Unit.parse("day")
_ITEMS = Unit.parse("item")
_KINDS = {
    FieldKind.CLAIM: Kind.CLAIM,
    FieldKind.NUMBER: Kind.NUMBER,
    FieldKind.DAY: Kind.DAY,
    FieldKind.CODE: Kind.CODE,
    FieldKind.TEXT: Kind.TEXT,
    FieldKind.DIGEST: Kind.TEXT,
}
_OUTCOMES: Labels = {
    Outcome.ELIGIBLE.value: ("符合", "eligible"),
    Outcome.INELIGIBLE.value: ("不符合", "ineligible"),
    Outcome.UNDETERMINED.value: ("尚不能确定", "undetermined"),
}
_EXITS: Labels = {
    ExitOutcome.MET.value: ("达到", "met"),
    ExitOutcome.NOT_MET.value: ("未达到", "not met"),
    ExitOutcome.UNDETERMINED.value: ("尚不能确定", "undetermined"),
}


def guard_scope(procedure: Procedure, event: str) -> Scope:
    """
    Declare what a guard on an event may read.

    Args:
        procedure: Its parts need not fit together yet; what is not declared cannot be read.
        event: Id of the event type; one that is not declared has no fields.
    """
    kind, codes = procedure.event.get(event), _codes(procedure)
    return _scope(kind.fields if kind else (), codes, dict(_common(procedure, codes)))


def guard_scopes(procedure: Procedure) -> Mapping[str, Scope]:
    """Declare what guards may read, by id of the event type; what is common to all is worked out once."""
    codes = _codes(procedure)
    common = dict(_common(procedure, codes))
    return {event.id: _scope(event.fields, codes, common) for event in procedure.events}


def _codes(procedure: Procedure) -> _Codes:
    return {
        each.id: (_code_type(labels, each.id), labels)
        for each in procedure.lists
        for labels in [{code.id: (code.zh, code.en) for code in each.codes}]
    }


def _scope(fields: tuple[Field, ...], codes: _Codes, common: dict[str, Declared]) -> Scope:
    own = {f"event.{field.id}": _field(field, codes) for field in fields}
    # A view, not a copy: a large procedure has hundreds of events and thousands of common names.
    return Scope(MappingProxyType(ChainMap(own, common)))


def _common(procedure: Procedure, codes: _Codes) -> Iterator[tuple[str, Declared]]:
    yield "actor.role", _code(_labels(procedure.roles), "roles", "办理人的角色", "role of the actor")
    yield "actor.level", _code(_labels(procedure.levels), "levels", "办理人的层级", "level of the actor")
    yield "actor.is_kin", _claim("办理人是该户亲属", "the actor is related to the household")
    for field in procedure.facts:
        yield f"facts.{field.id}", _field(field, codes)
    yield "state", _code(_labels(procedure.states), "states", "所处环节", "state")
    yield "round", _number(1, MAX_ROUNDS, PLAIN, "轮次", "round")
    yield "today", _day("当日", "today")
    yield "year", _number(FIRST_YEAR, LAST_YEAR, PLAIN, "当年", "this year")
    yield from _reviews(procedure)
    yield from _notices(procedure)
    for event in procedure.events:
        yield f"last.{event.id}", _day(f"最近一次“{event.zh}”之日", f"the day of the last “{event.en}”")
        yield (
            f"days_since.{event.id}",
            _number(0, MAX_DAYS_SINCE, _DAYS, f"“{event.zh}”以来的天数", f"days since “{event.en}”"),
        )
    for deadline in procedure.deadlines:
        yield f"overdue.{deadline.id}", _claim(f"“{deadline.zh}”已逾期", f"“{deadline.en}” is overdue")
    yield "assessment.outcome", _code(_OUTCOMES, "outcomes", "该户的识别评估", "assessment of the household")
    yield "exit.outcome", _code(_EXITS, "exit outcomes", "该户的退出评估", "exit assessment of the household")


def _reviews(procedure: Procedure) -> Iterator[tuple[str, Declared]]:
    roles = _labels(procedure.roles)
    for review in procedure.reviews:
        start = f"review.{review.id}"
        slots: Labels = {slot.id: roles.get(slot.role, (slot.id,) * 2) for slot in review.slots}
        yield f"{start}.complete", _claim(f"“{review.zh}”已签齐", f"“{review.en}” is complete")
        yield (
            f"{start}.count",
            _number(0, MAX_COUNT, _ITEMS, f"“{review.zh}”已签数", f"signatures on “{review.en}”"),
        )
        yield (
            f"{start}.missing",
            Declared(
                Role.FACT,
                Type(Kind.CODES, codes=frozenset(slots), code_list=f"slots of {review.id}"),
                f"“{review.zh}”所缺签字",
                f"signatures missing on “{review.en}”",
                slots,
            ),
        )


def _notices(procedure: Procedure) -> Iterator[tuple[str, Declared]]:
    for notice in procedure.notices:
        start, zh, en = f"notice.{notice.id}", notice.zh, notice.en
        yield f"{start}.posted", _claim(f"“{zh}”已张贴", f"“{en}” has been posted")
        yield f"{start}.open", _claim(f"“{zh}”正在公示", f"“{en}” is up")
        yield f"{start}.until", _day(f"“{zh}”的末日", f"the last day of “{en}”")
        yield f"{start}.elapsed", _claim(f"“{zh}”期满", f"the time of “{en}” is over")
        yield (
            f"{start}.open_objections",
            _number(0, MAX_COUNT, _ITEMS, f"对“{zh}”尚未处理的异议数", f"objections to “{en}” without an outcome"),
        )
        yield (
            f"{start}.upheld",
            _number(0, MAX_COUNT, _ITEMS, f"对“{zh}”成立的异议数", f"objections to “{en}” upheld"),
        )


def _field(field: Field, codes: _Codes) -> Declared:
    if field.kind is FieldKind.CODE:
        held, labels = codes.get(field.list, (_code_type({}, field.list), {}))
        return Declared(Role.FACT, held, field.zh, field.en, labels)
    if field.kind is FieldKind.NUMBER:
        return _number(field.low or 0, field.high or 0, Unit.parse(field.unit or "1"), field.zh, field.en)
    return Declared(Role.FACT, Type(_KINDS[field.kind]), field.zh, field.en)


def _labels(parts: tuple[object, ...]) -> Labels:
    return {part.id: (part.zh, part.en) for part in parts}  # type: ignore[attr-defined]  # every part has labels


def _code(labels: Labels, code_list: str, zh: str, en: str) -> Declared:
    return Declared(Role.FACT, _code_type(labels, code_list), zh, en, labels)


def _code_type(labels: Labels, code_list: str) -> Type:
    return Type(Kind.CODE, codes=frozenset(labels), code_list=code_list)


def _claim(zh: str, en: str) -> Declared:
    return Declared(Role.FACT, Type(Kind.CLAIM), zh, en)


def _day(zh: str, en: str) -> Declared:
    return Declared(Role.FACT, Type(Kind.DAY), zh, en)


def _number(low: int, high: int, unit: Unit, zh: str, en: str) -> Declared:
    return Declared(Role.FACT, Type(Kind.NUMBER, unit, Decimal(low), Decimal(high)), zh, en)
