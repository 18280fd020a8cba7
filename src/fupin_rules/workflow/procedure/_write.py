"""
A procedure as plain data, with the keys of the format and the sources it cites; its digest, which leaves out wording.

Keys whose value is the default are left out, so that one procedure has one plain form.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, assert_never

from fupin_rules.citations import Source
from fupin_rules.expr import to_text
from fupin_rules.journal import canonical
from fupin_rules.workflow.procedure._days import DayCount, DayKind
from fupin_rules.workflow.procedure._parts import (
    Amend,
    CloseNotice,
    Deadline,
    Delegate,
    Effect,
    EventType,
    Field,
    Move,
    Needs,
    NewRound,
    NoticeRule,
    Object,
    OnObjection,
    OpenNotice,
    Resolve,
    Review,
    SetFact,
    Sign,
    State,
    Subject,
    Upcast,
    Waive,
)

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure

FORMAT = 1

WORDS = {"label", "title", "note", "zh", "en"}
# What stands below them is named by the procedure, not by the format.
_OWN_NAMES = {"rename", "set"}


def write_procedure(procedure: Procedure) -> dict[str, Any]:
    """
    Give a procedure as plain data; `read_procedure` reads it back.

    Returns:
        Text, whole numbers, truth values, lists and dictionaries; guards as canonical text, days as ISO text.
    """
    return {
        "format": FORMAT,
        "id": procedure.id,
        "version": procedure.version,
        "from": procedure.start.isoformat(),
        "title": _words(procedure.zh, procedure.en),
        **_given("note", _words(procedure.note_zh, procedure.note_en), default=_words("", "")),
        **_given("subject", procedure.subject.value, default=Subject.HOUSEHOLD.value),
        **_given("policy", procedure.policy),
        "initial": procedure.initial,
        "source": procedure.citation.key,
        **_given("incompatible", _lists(procedure.incompatible)),
        **_given("follows", procedure.follows),
        **_given("migrators", list(procedure.migrators)),
        "sources": {key: _source(source) for key, source in sorted(_sources(procedure).items())},
        "levels": [
            {"id": each.id, "label": _words(each.zh, each.en), "digits": each.digits} for each in procedure.levels
        ],
        "roles": [
            {
                "id": each.id,
                "level": each.level,
                "label": _words(each.zh, each.en),
                "source": each.citation.key,
            }
            for each in procedure.roles
        ],
        **_given(
            "lists",
            [
                {"id": each.id, "codes": [{"id": code.id, "zh": code.zh, "en": code.en} for code in each.codes]}
                for each in procedure.lists
            ],
        ),
        **_given("evidence", [{"id": each.id, "label": _words(each.zh, each.en)} for each in procedure.evidence]),
        **_given("facts", [_field(each) for each in procedure.facts]),
        "events": [_event(each) for each in procedure.events],
        "states": [_state(each) for each in procedure.states],
        **_given("reviews", [_review(each) for each in procedure.reviews]),
        **_given("notices", [_notice(each) for each in procedure.notices]),
        **_given("deadlines", [_deadline(each) for each in procedure.deadlines]),
        "moves": [_move(each) for each in procedure.moves],
    }


def digest_of(plain: Mapping[str, Any]) -> str:
    """
    Give the SHA-256 of the plain form of a procedure without its wording, each source reduced to its standing.

    Returns:
        64 hexadecimal digits.
    """
    kept = {key: value for key, value in plain.items() if key != "sources"}
    standings = {key: source["standing"] for key, source in plain["sources"].items()}
    return hashlib.sha256(canonical(wordless(kept) | {"sources": standings})).hexdigest()


def wordless(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: each if key in _OWN_NAMES else wordless(each) for key, each in value.items() if key not in WORDS}
    return [wordless(each) for each in value] if isinstance(value, list) else value


def _given(key: str, value: Any, *, default: Any = None) -> dict[str, Any]:
    """Give a key with its value, or nothing where it says what is so anyway."""
    is_default = not value if default is None else value == default
    return {} if is_default else {key: value}


def _words(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _lists(groups: tuple[tuple[str, ...], ...]) -> list[list[str]]:
    return [list(each) for each in groups]


def _sources(procedure: Procedure) -> dict[str, Source]:
    cited = [procedure.citation]
    cited += [each.citation for each in procedure.roles]
    cited += [each.citation for each in procedure.reviews]
    cited += [each.citation for each in procedure.notices]
    cited += [each.days_citation for each in procedure.notices if each.days_citation is not None]
    cited += [each.citation for each in procedure.deadlines]
    cited += [each.citation for each in procedure.moves]
    return {each.source.id: each.source for each in cited}


def _source(source: Source) -> dict[str, str]:
    return {
        "title": source.title,
        "title_en": source.title_en,
        **_given("issuer", source.issuer),
        **_given("number", source.number),
        **_given("date", None if source.published is None else source.published.isoformat()),
        **_given("address", source.address),
        "standing": source.standing.value,
        **_given("note", source.note),
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "id": field.id,
        "kind": field.kind.value,
        "label": _words(field.zh, field.en),
        **_given("list", field.list),
        **({} if field.low is None else {"low": field.low}),
        **({} if field.high is None else {"high": field.high}),
        **_given("unit", field.unit),
        **_given("required", field.required, default=True),
        **_given("keep", field.keep, default=False),
    }


def _event(event: EventType) -> dict[str, Any]:
    return {
        "id": event.id,
        "label": _words(event.zh, event.en),
        **_given("version", event.version, default=1),
        **_given("fields", [_field(each) for each in event.fields]),
        **_given("upcasts", [_upcast(each) for each in event.upcasts]),
    }


def _upcast(upcast: Upcast) -> dict[str, Any]:
    return {
        "from": upcast.version,
        **_given("rename", dict(upcast.rename)),
        **_given("set", dict(upcast.set)),
        **_given("drop", list(upcast.drop)),
    }


def _state(state: State) -> dict[str, Any]:
    return {
        "id": state.id,
        "kind": state.kind.value,
        "label": _words(state.zh, state.en),
        **_given("level", state.level),
        **_given("protected", state.protected, default=False),
        **_given("needs", _needs(state.needs)),
    }


def _needs(needs: Needs) -> dict[str, list[str]]:
    return {
        **_given("reviews", list(needs.reviews)),
        **_given("notices", list(needs.notices)),
        **_given("events", list(needs.events)),
    }


def _review(review: Review) -> dict[str, Any]:
    slots = [
        {"id": each.id, "role": each.role, **_given("waivable", each.waivable, default=False)} for each in review.slots
    ]
    return {
        "id": review.id,
        "label": _words(review.zh, review.en),
        "source": review.citation.key,
        "slots": slots,
        **_given("need", review.need),
        **_given("distinct", review.distinct, default=True),
        **_given("may_share", _lists(review.may_share)),
        **_given("incompatible", _lists(review.incompatible)),
    }


def _notice(notice: NoticeRule) -> dict[str, Any]:
    return {
        "id": notice.id,
        "kind": notice.kind.value,
        "level": notice.level,
        "label": _words(notice.zh, notice.en),
        "source": notice.citation.key,
        **({} if notice.days is None else {"days": _days(notice.days)}),
        **({} if notice.days_citation is None else {"days_source": notice.days_citation.key}),
        **_given("objectors", list(notice.objectors)),
        **_given("on_objection", notice.on_objection.value, default=OnObjection.SUSPEND.value),
        **_given("on_upheld", notice.on_upheld),
    }


def _days(days: DayCount) -> dict[str, Any]:
    return {
        "n": days.n,
        **_given("kind", days.kind.value, default=DayKind.CALENDAR.value),
        **_given("count_start", days.count_start, default=False),
        **_given("roll_end", days.roll_end, default=False),
    }


def _deadline(deadline: Deadline) -> dict[str, Any]:
    return {
        "id": deadline.id,
        "states": list(deadline.states),
        "days": _days(deadline.within),
        "then": deadline.then.value,
        "label": _words(deadline.zh, deadline.en),
        "source": deadline.citation.key,
        **_given("since", deadline.since, default="entered"),
        **_given("role", deadline.role),
        **_given("event", deadline.event),
    }


def _move(move: Move) -> dict[str, Any]:
    return {
        "id": move.id,
        "event": move.event,
        "from": list(move.source),
        **_given("to", move.target),
        "roles": list(move.roles),
        **_given("label", _words(move.zh, move.en), default=_words("", "")),
        "source": move.citation.key,
        **({} if move.guard is None else {"when": to_text(move.guard)}),
        **_given("evidence", list(move.evidence)),
        **_given("effects", list(_effects(move.effects))),
        **_given("impartial", move.impartial, default=False),
        **_given("key_step", move.key_step, default=False),
    }


def _effects(effects: tuple[Effect, ...]) -> Iterator[dict[str, str]]:
    for effect in effects:
        match effect:
            case Sign(review):
                yield {"do": "sign", "review": review}
            case Waive(review):
                yield {"do": "waive", "review": review}
            case Delegate(review):
                yield {"do": "delegate", "review": review}
            case Amend(review):
                yield {"do": "amend", "review": review}
            case OpenNotice(notice):
                yield {"do": "open_notice", "notice": notice}
            case CloseNotice(notice):
                yield {"do": "close_notice", "notice": notice}
            case Object(notice):
                yield {"do": "object", "notice": notice}
            case Resolve(notice):
                yield {"do": "resolve", "notice": notice}
            case SetFact(fact, to):
                yield {"do": "set", "fact": fact, "to": to_text(to)}
            case NewRound():
                yield {"do": "new_round"}
            case _ as never:
                assert_never(never)
