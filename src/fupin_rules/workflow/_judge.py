"""
Whether an event may make a move: actor, place, kinship, evidence, what the event carries, what its effects need, guard.

Nothing cuts the report short: every reason is found, so that whoever was refused knows all of it at once.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TYPE_CHECKING, Final

import attrs

from fupin_rules.citations import Citation
from fupin_rules.expr import Value
from fupin_rules.quantities import plain
from fupin_rules.workflow._case import PERSONAL, Case, Event, Signatures, is_digest
from fupin_rules.workflow._parts import (
    Amend,
    CloseNotice,
    Delegate,
    Effect,
    EventType,
    Field,
    FieldKind,
    Move,
    NewRound,
    Object,
    OpenNotice,
    Resolve,
    Review,
    SetFact,
    Sign,
    Slot,
    Waive,
)
from fupin_rules.workflow._reasons import Mend, Reason
from fupin_rules.workflow._view import UNSIGNED, View, open_slots, read_field, slots_of

if TYPE_CHECKING:
    from fupin_rules.workflow._procedure import Procedure


MAX_TEXT: Final = 500

_KIND_WORDS = {
    FieldKind.CLAIM: ("是或否", "yes or no"),
    FieldKind.NUMBER: ("整数", "a whole number"),
    FieldKind.DAY: ("日期", "a day"),
    FieldKind.CODE: ("代码", "a code"),
    FieldKind.TEXT: ("文字", "a text"),
    FieldKind.DIGEST: ("加盐摘要", "a salted digest"),
}


# -- what the event carries ------------------------------------------------------------------------------------------


def read_fields(kind: EventType, event: Event) -> dict[str, Value]:
    """Convert what an event carries; what does not fit is left out, and told by `field_reasons`."""
    found = {}
    for field in kind.fields:
        value = read_field(field.kind, event.data.get(field.id))
        if value is not None:
            found[field.id] = value
    return found


def field_reasons(procedure: Procedure, kind: EventType, event: Event) -> Iterator[Reason]:
    """Tell what an event should carry and does not, and what it carries and should not."""
    fields = {field.id: field for field in kind.fields}
    for field in kind.fields:
        value = event.data.get(field.id)
        if value is None:
            if field.required:
                yield _about(field, "field_missing", "", f"缺少“{field.zh}”", f"“{field.en}” is missing")
            continue
        yield from _misfit(procedure, field, value)
    for name in sorted(event.data.keys() - fields.keys()):
        shown = name if len(name) <= 40 else f"{name[:40]}…"
        yield Reason(
            "field_unknown",
            f"event.{shown}",
            ", ".join(fields),
            "",
            f"“{kind.zh}”没有“{shown}”一项",
            f"“{kind.en}” has no “{shown}”",
        )


def _misfit(procedure: Procedure, field: Field, value: object) -> Iterator[Reason]:
    read = read_field(field.kind, value)
    if read is None:
        zh, en = _KIND_WORDS[field.kind]
        yield _about(field, "field_kind", "", f"“{field.zh}”应为{zh}", f"“{field.en}” should be {en}")
    elif field.kind is FieldKind.NUMBER and isinstance(read, int):
        low, high = field.low or 0, field.high or 0
        if not low <= read <= high:
            words = f"“{field.zh}”应在{low}至{high}之间", f"“{field.en}” should be from {low} to {high}"
            yield _about(field, "field_range", plain(read), *words)
    elif field.kind is FieldKind.CODE:
        codes = [code.id for code in procedure.list[field.list].codes]
        if read not in codes:
            listed = ", ".join(codes)
            words = f"“{field.zh}”应为下列之一：{listed}", f"“{field.en}” should be one of {listed}"
            yield _about(field, "field_code", "", *words)
    elif field.kind is FieldKind.DIGEST:
        if not is_digest(read):
            yield _about(
                field, "field_digest", "", f"“{field.zh}”应为加盐摘要", f"“{field.en}” should be a salted digest"
            )
    elif isinstance(read, str):
        if len(read) > MAX_TEXT:
            words = f"“{field.zh}”不得超过{MAX_TEXT}字", f"“{field.en}” should have at most {MAX_TEXT} characters"
            yield _about(field, "field_length", plain(len(read)), *words)
        if PERSONAL.search(read):
            yield _about(
                field,
                "field_personal",
                "",
                f"“{field.zh}”含有像证件号、卡号或电话的数字，应以加盐摘要录入",
                f"“{field.en}” holds what looks like the number of a person, a card or a telephone; "
                "enter its salted digest",
            )


def _about(field: Field, code: str, found: str, zh: str, en: str) -> Reason:
    return Reason(code, f"event.{field.id}", field.kind.value, found, zh, en)


def evidence_reasons(procedure: Procedure, case: Case, event: Event, day: date) -> Iterator[Reason]:
    """Tell what is wrong with the evidence an event brings, whatever it is brought for."""
    digests = [each.digest for each in event.evidence]
    for place, each in enumerate(event.evidence):
        kind = procedure.evidence_kind.get(each.kind)
        if kind is None:
            known = ", ".join(procedure.evidence_kind)
            shown = each.kind[:40]
            yield Reason(
                "evidence_unknown",
                f"evidence.{shown}",
                known,
                shown,
                f"没有“{shown}”这类证据，应为：{known}",
                f"there is no evidence of the sort “{shown}”; known: {known}",
            )
            continue
        path = f"evidence.{kind.id}"
        if not case.round_began <= each.on <= day:
            yield Reason(
                "evidence_day",
                path,
                f"{case.round_began} to {day}",
                each.on.isoformat(),
                f"“{kind.zh}”的日期应在本轮开始（{case.round_began}）至当日（{day}）之间",
                f"“{kind.en}” should date from this round, {case.round_began}, to the day itself, {day}",
            )
        if each.digest in case.seen or each.digest in digests[:place]:
            yield Reason(
                "evidence_reused",
                path,
                "",
                "",
                f"“{kind.zh}”已用于本案的其他环节",
                f"“{kind.en}” was brought before in this case",
            )


# -- who acts --------------------------------------------------------------------------------------------------------


def actor_reasons(move: Move, view: View) -> Iterator[Reason]:
    """Tell what keeps an actor from making a move."""
    actor, procedure = view.event.by, view.procedure
    role = procedure.role.get(actor.role)
    if not (actor.role in move.roles or _is_delegate(move, view)):
        wanted = [procedure.role[each] for each in move.roles]
        zh, en = "、".join(each.zh for each in wanted), ", ".join(each.en for each in wanted)
        yield Reason(
            "role",
            "actor.role",
            ", ".join(move.roles),
            actor.role[:40],
            f"“{move.zh}”应由{zh}办理",
            f"“{move.en}” is for: {en}",
            law=move.citation,
        )
    if role is None:
        return
    level = procedure.level[role.level]
    if actor.level and actor.level != role.level:
        yield Reason(
            "level",
            "actor.level",
            role.level,
            actor.level[:40],
            f"{role.zh}属于{level.zh}一级",
            f"the {role.en} belongs to the level “{level.en}”",
            law=role.citation,
        )
    if not (len(actor.place) >= level.digits and view.case.place.startswith(actor.place)):
        yield _elsewhere(view, level.digits, role.zh, role.en)
    if move.impartial and view.case.id in actor.kin_of:
        yield Reason(
            "kin",
            "actor.is_kin",
            "False",
            "True",
            f"该户亲属应回避“{move.zh}”",
            f"a relative of the household may not take part in “{move.en}”",
            law=move.citation,
        )
    held = view.case.roles.get(actor.id)
    for excluding in procedure.incompatible if held else ():
        other = sorted((held or frozenset()) & (set(excluding) - {actor.role}))
        if actor.role in excluding and other:
            before = procedure.role[other[0]]
            yield Reason(
                "incompatible_role",
                "actor.role",
                "",
                other[0],
                f"同一人在本案中已是{before.zh}，不得再任{role.zh}",
                f"the same person has been {before.en} in this case and may not be {role.en}",
                law=procedure.citation,
            )


def _is_delegate(move: Move, view: View) -> bool:
    for effect in move.effects:
        if isinstance(effect, Sign):
            signed = view.case.reviews.get(effect.review, UNSIGNED)
            if any(
                person == view.event.by.id and slot not in signed.marks for slot, person in signed.delegates.items()
            ):
                return True
    return False


def _elsewhere(view: View, digits: int, zh: str, en: str) -> Reason:
    wanted = view.case.place[:digits]
    return Reason(
        "place",
        "actor.place",
        wanted,
        view.event.by.place,
        f"本案在{view.case.place or '（未知）'}，{zh}应属于{wanted or '本地'}",
        f"the case is in {view.case.place or '(unknown)'}; the {en} should be of {wanted or 'the place'}",
    )


def brought_reasons(move: Move, view: View) -> Iterator[Reason]:
    """Tell what evidence a move asks for and the event does not bring."""
    brought = {each.kind for each in view.event.evidence}
    for wanted in move.evidence:
        if wanted not in brought:
            kind = view.procedure.evidence_kind[wanted]
            yield Reason(
                "evidence_missing",
                f"evidence.{wanted}",
                wanted,
                "",
                f"“{move.zh}”须附“{kind.zh}”",
                f"“{move.en}” needs evidence: {kind.en}",
                law=move.citation,
            )


# -- what effects need ------------------------------------------------------------------------------------------------


def effect_reasons(move: Move, view: View) -> Iterator[Reason]:
    """Tell what keeps the effects of a move from happening."""
    # What follows a new round meets a clean table.
    reviews = view.case.reviews
    notices = view.case.notices
    for effect in move.effects:
        match effect:
            case NewRound():
                reviews, notices = {}, {}
            case Sign(review):
                yield from _sign(move, view, view.procedure.review[review], reviews.get(review, UNSIGNED))
            case Waive(review) | Delegate(review):
                yield from _slot(view, view.procedure.review[review], reviews.get(review, UNSIGNED), effect)
            case Amend(review):
                yield from _amend(move, view, view.procedure.review[review], reviews.get(review, UNSIGNED))
            case OpenNotice(notice):
                rule = view.procedure.notice[notice]
                if notice in notices:
                    zh, en = f"“{rule.zh}”本轮已张贴", f"“{rule.en}” has been posted in this round"
                    yield _final("notice_posted", f"notice.{notice}.posted", zh, en, rule.citation)
            case CloseNotice(notice) | Object(notice) | Resolve(notice):
                yield from _notice(view, effect, notice, is_up=_is_up(notices, notice))
            case SetFact():
                pass


def _is_up(notices: Mapping[str, object], notice: str) -> bool:
    mark = notices.get(notice)
    return mark is not None and getattr(mark, "closed") is None  # noqa: B009  either mapping holds marks


def _final(code: str, path: str, zh: str, en: str, law: Citation) -> Reason:
    return Reason(code, path, "", "", zh, en, Mend.FINAL, law=law)


def slot_for(review: Review, signed: Signatures, event: Event) -> Slot | None:
    """Find the slot that an actor may fill: by a delegation, or by the role; None if there is none."""
    wanted = event.data.get("slot")
    for slot in open_slots(review, signed):
        delegate = signed.delegates.get(slot.id)
        opened = slot.role == event.by.role if delegate is None else delegate == event.by.id
        if opened and wanted in {None, slot.id}:
            return slot
    return None


def _sign(move: Move, view: View, review: Review, signed: Signatures) -> Iterator[Reason]:
    event = view.event
    slot = slot_for(review, signed, event)
    if slot is None:
        of_role = [each.id for each in slots_of(review, signed) if each.role == event.by.role]
        if of_role and all(each in signed.marks for each in of_role):
            zh, en = f"该角色已在“{review.zh}”签字", f"this role has signed “{review.en}” already"
        else:
            zh, en = f"“{review.zh}”没有留给该办理人的签字处", f"“{review.en}” has no slot for this actor"
        yield Reason(
            "no_slot",
            f"review.{review.id}.missing",
            ", ".join(each.id for each in open_slots(review, signed)),
            event.by.role[:40],
            zh,
            en,
            Mend.MENDABLE if _can_be_signed(move, review, signed) else Mend.FINAL,
            law=review.citation,
        )
        return
    for other, mark in sorted(signed.marks.items()):
        if mark.person != event.by.id or mark.waived:
            continue
        pair = {slot.id, other}
        if any(pair <= set(barred) for barred in review.incompatible) or (
            review.distinct and not any(pair <= set(shared) for shared in review.may_share)
        ):
            yield Reason(
                "signed_already",
                f"review.{review.id}.missing",
                slot.id,
                other,
                f"同一人不得在“{review.zh}”兼签此处",
                f"one person may not also sign here on “{review.en}”",
                law=review.citation,
            )


def _can_be_signed(move: Move, review: Review, signed: Signatures) -> bool:
    return any(slot.role in move.roles or slot.id in signed.delegates for slot in open_slots(review, signed))


def _slot(view: View, review: Review, signed: Signatures, effect: Waive | Delegate) -> Iterator[Reason]:
    waives = isinstance(effect, Waive)
    fit = [slot.id for slot in open_slots(review, signed) if slot.waivable or not waives]
    if view.event.data.get("slot") in fit:
        return
    zh = f"“{review.zh}”中此签字处不能{'免签' if waives else '委派'}"
    en = f"no such slot of “{review.en}” can be {'waived' if waives else 'delegated'}"
    yield Reason(
        "no_slot",
        "event.slot",
        ", ".join(fit),
        "",
        zh,
        en,
        Mend.MENDABLE if fit else Mend.FINAL,
        law=review.citation,
    )


def _amend(move: Move, view: View, review: Review, signed: Signatures) -> Iterator[Reason]:
    slot, role = view.event.data.get("slot"), view.event.data.get("role")
    if slot in {each.id for each in slots_of(review, signed)} or not str(slot or "").isidentifier():
        zh, en = f"“{review.zh}”须有一个新的签字处名称", f"“{review.en}” needs a new name for the slot"
        yield Reason("slot_taken", "event.slot", "", "", zh, en, law=move.citation)
    if role not in view.procedure.role:
        known = ", ".join(view.procedure.role)
        zh, en = f"没有这个角色，应为：{known}", f"there is no such role; known: {known}"
        yield Reason("role_unknown", "event.role", known, "", zh, en, law=move.citation)


def _notice(view: View, effect: Effect, notice: str, *, is_up: bool) -> Iterator[Reason]:
    rule = view.procedure.notice[notice]
    if not is_up:
        zh, en = f"“{rule.zh}”不在公示中", f"“{rule.en}” is not up"
        yield _final("notice_not_up", f"notice.{notice}.open", zh, en, rule.citation)
        return
    if isinstance(effect, Object) and view.event.by.role not in rule.objectors:
        wanted = [view.procedure.role[each] for each in rule.objectors]
        zh, en = "、".join(each.zh for each in wanted), ", ".join(each.en for each in wanted)
        yield Reason(
            "objector",
            "actor.role",
            ", ".join(rule.objectors),
            view.event.by.role[:40],
            f"对“{rule.zh}”可提异议的是{zh}",
            f"those who may object to “{rule.en}”: {en}",
            law=rule.citation,
        )
    if isinstance(effect, Resolve):
        objections = view.case.notices[notice].objections
        pending = sorted(each for each, outcome in objections.items() if not outcome)
        if view.event.data.get("objection") not in pending:
            zh, en = f"“{rule.zh}”没有这项待处理的异议", f"“{rule.en}” has no such objection without an outcome"
            yield Reason(
                "no_objection",
                "event.objection",
                ", ".join(pending),
                "",
                zh,
                en,
                Mend.MENDABLE if pending else Mend.FINAL,
                law=rule.citation,
            )


def structural_reasons(move: Move, view: View) -> list[Reason]:
    """Tell everything that stands in the way of a move, the guard apart."""
    return [
        *actor_reasons(move, view),
        *brought_reasons(move, view),
        *effect_reasons(move, view),
    ]


@attrs.frozen
class Tried:
    """
    One move, judged for one event.

    Attributes:
        move: The move.
        reasons: What stands in its way, the guard apart.
        guard: Whether its guard holds.
    """

    move: Move
    reasons: tuple[Reason, ...]
    holds: bool


def is_open(move: Move, view: View) -> bool:
    """Tell whether an event makes a move; the first thing in the way settles it."""
    in_the_way = itertools.chain(actor_reasons(move, view), brought_reasons(move, view), effect_reasons(move, view))
    if next(in_the_way, None) is not None:
        return False
    return move.guard is None or view.claim(move.guard) is True


def try_move(move: Move, view: View) -> Tried:
    """Judge one move for one event."""
    holds = move.guard is None or view.claim(move.guard) is True
    return Tried(move, tuple(structural_reasons(move, view)), holds)
