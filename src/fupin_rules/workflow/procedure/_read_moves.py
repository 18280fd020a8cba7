"""Moves and their effects read from the tables of a document; an effect finds on its event what it needs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Final

import attrs

from fupin_rules.documents import RawExpr, Table
from fupin_rules.errors import Fault, LimitError
from fupin_rules.expr import walk
from fupin_rules.workflow.procedure._parts import (
    Amend,
    CloseNotice,
    CodeList,
    Delegate,
    Effect,
    EventType,
    FieldKind,
    Move,
    NewRound,
    NoticeKind,
    NoticeRule,
    Object,
    OpenNotice,
    Resolve,
    Review,
    SetFact,
    Sign,
    Waive,
)
from fupin_rules.workflow.procedure._read_names import Names, shown, tables

MAX_NODES: Final = 20_000
OUTCOMES: Final = frozenset({"upheld", "dismissed"})

ON_REVIEWS: Mapping[str, Callable[[str], Effect]] = {
    "sign": Sign,
    "waive": Waive,
    "delegate": Delegate,
    "amend": Amend,
}
ON_NOTICES: Mapping[str, Callable[[str], Effect]] = {
    "open_notice": OpenNotice,
    "close_notice": CloseNotice,
    "object": Object,
    "resolve": Resolve,
}
_EFFECTS = (*ON_REVIEWS, *ON_NOTICES, "set", "new_round")
_TEXT = FieldKind.TEXT
_CARRIED: Mapping[str, Mapping[str, FieldKind]] = {
    "waive": {"slot": _TEXT, "reason": _TEXT},
    "delegate": {"slot": _TEXT, "to": _TEXT},
    "amend": {"slot": _TEXT, "role": _TEXT},
    "resolve": {"objection": _TEXT, "outcome": FieldKind.CODE, "reason": _TEXT},
}


@attrs.frozen
class WrittenMove:
    """
    A move with its expressions as written, to be checked once the procedure is whole.

    Attributes:
        move: The move.
        guard: Its guard; None where there is none.
        values: Facts that its effects set, each with the value.
    """

    move: Move
    guard: RawExpr | None
    values: tuple[tuple[str, RawExpr], ...]


@attrs.frozen
class Parts:
    """The parts that moves and their effects speak of, by id."""

    events: Mapping[str, EventType]
    lists: Mapping[str, CodeList]
    reviews: Mapping[str, Review]
    notices: Mapping[str, NoticeRule]


def read_moves(top: Table, names: Names, held: Parts) -> Iterator[WrittenMove]:
    """
    Read the moves.

    Raises:
        LimitError: There are more, or their expressions have more nodes, than are read.
    """
    nodes = 0
    for name, row in names.parts(top, "moves"):
        written = _read_move(name, row, names, held)
        for raw in (written.guard, *(raw for _, raw in written.values)):
            nodes += sum(1 for _ in walk(raw.expr)) if raw else 0
        if nodes > MAX_NODES:
            what = f"its expressions have more than {MAX_NODES} nodes"
            raise LimitError(Fault(top.document.name, what, "split the procedure", "nodes"))
        yield written


def _read_move(name: str, row: Table, names: Names, held: Parts) -> WrittenMove:
    event, source = names.one(row, "event", "events"), names.some(row, "from", "states")
    target, roles = names.one(row, "to", "states", required=False), names.some(row, "roles", "roles")
    words, citation = row.words("label", required=False), names.cite(row, "source")
    guard = row.expression("when") if "when" in row.data else None
    evidence = names.some(row, "evidence", "evidence", required=False)
    effects: list[Effect] = []
    values = []
    for entry in tables(row, "effects"):
        effect, raw = _read_effect(entry, names)
        if effect is not None:
            effects.append(effect)
        if isinstance(effect, SetFact) and raw is not None:
            values.append((effect.fact, raw))
        if event in held.events and names.is_whole:
            _check_effect(entry, effect, held.events[event], roles, held)
    impartial, key_step = row.flag("impartial", default=False), row.flag("key_step", default=False)
    row.close()
    move = Move(
        name,
        event,
        source,
        target or None,
        roles,
        *words,
        citation,
        guard.expr if guard else None,
        evidence,
        tuple(effects),
        impartial,
        key_step,
    )
    return WrittenMove(move, guard, tuple(values))


def _read_effect(entry: Table, names: Names) -> tuple[Effect | None, RawExpr | None]:
    do = entry.text("do")
    effect: Effect | None = None
    raw: RawExpr | None = None
    if do in ON_REVIEWS:
        review = names.one(entry, "review", "reviews")
        effect = ON_REVIEWS[do](review) if review else None
    elif do in ON_NOTICES:
        notice = names.one(entry, "notice", "notices")
        effect = ON_NOTICES[do](notice) if notice else None
    elif do == "set":
        fact, raw = names.one(entry, "fact", "facts"), entry.expression("to")
        effect = SetFact(fact, raw.expr) if fact and raw else None
    elif do == "new_round":
        effect = NewRound()
    elif do:
        entry.fault(
            f"`do` is `{shown(do)}`, which is no effect", names.nearest(entry, do, _EFFECTS), "do", code="choice"
        )
        return None, None
    entry.close()
    return effect, raw


def _check_effect(entry: Table, effect: Effect | None, event: EventType, roles: tuple[str, ...], held: Parts) -> None:
    """Check that the event carries what the effect needs, and that a notice can do what is asked of it."""
    match effect:
        case Sign(review):
            slots = [slot.role for slot in held.reviews[review].slots]
            several = [role for role in roles if slots.count(role) > 1]
            if several:
                _check_carried(entry, event, "slot", _TEXT, f"to sign as `{several[0]}`, which has several slots,")
        case Object(notice) | Resolve(notice) if held.notices[notice].kind is NoticeKind.ANNOUNCEMENT:
            what = f"`{notice}` is an announcement, which takes no objection"
            entry.fault(what, "name a notice", "notice", code="announcement")
        case _:
            pass
    do = entry.data.get("do")
    for name, kind in _CARRIED.get(do, {}).items() if isinstance(do, str) else ():
        if not _check_carried(entry, event, name, kind, f"to `{do}`") or kind is not FieldKind.CODE:
            continue
        listed = next(field.list for field in event.fields if field.id == name)
        if listed in held.lists and {code.id for code in held.lists[listed].codes} != OUTCOMES:
            what = f"the codes of `event.{name}` are not upheld and dismissed"
            entry.fault(what, "give it a list of these two", code="outcome")


def _check_carried(entry: Table, event: EventType, name: str, kind: FieldKind, why: str) -> bool:
    found = {field.id: field.kind for field in event.fields}.get(name)
    if found is None:
        what = f"{why} the event `{event.id}` must carry `{name}`"
        entry.fault(what, f"add the field, a {kind}", code="no_field")
    elif found is not kind:
        what = f"{why} the event `{event.id}` must carry `{name}` as a {kind}, it is a {found}"
        entry.fault(what, "change its kind", code="no_field")
    return found is kind
