"""
Whether an event may make a move: actor, place, kinship, evidence, what the event carries, what its effects need, guard.

Nothing cuts the report short: every reason is found, so that whoever was refused knows all of it at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from fupin_rules.citations import Citation
from fupin_rules.expr import Expr, Value, evaluate, names
from fupin_rules.periods import FIRST_DAY, LAST_DAY
from fupin_rules.quantities import plain
from fupin_rules.workflow.case._case import PERSONAL, Case, Event, Signatures, is_digest, is_id, shown, shown_number
from fupin_rules.workflow.case._reasons import Mend, Reason
from fupin_rules.workflow.case._view import UNSIGNED, View, open_slots, read_field, slots_of
from fupin_rules.workflow.procedure._parts import (
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

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure


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
    known = 0
    for field in kind.fields:
        value = event.data.get(field.id)
        known += field.id in event.data
        # A reason of spaces is no reason.
        if value is None or (field.required and field.kind is FieldKind.TEXT and not str(value).strip()):
            if field.required:
                yield _about(field, "field_missing", "", f"缺少“{field.zh}”", f"“{field.en}” is missing")
            continue
        yield from misfits(procedure, field, value)
    if known == len(event.data):
        return
    fields = dict.fromkeys(field.id for field in kind.fields)
    for name in sorted(shown(each) for each in event.data.keys() - fields.keys()):
        yield Reason(
            "field_unknown",
            f"event.{name}",
            ", ".join(fields),
            "",
            f"“{kind.zh}”没有“{name}”一项",
            f"“{kind.en}” has no “{name}”",
        )


def misfits(procedure: Procedure, field: Field, value: object) -> Iterator[Reason]:
    """Tell what keeps a value from standing in a field."""
    read = read_field(field.kind, value)
    if read is None:
        zh, en = _KIND_WORDS[field.kind]
        yield _about(field, "field_kind", "", f"“{field.zh}”应为{zh}", f"“{field.en}” should be {en}")
    elif field.kind is FieldKind.NUMBER and isinstance(read, int):
        low, high = field.low or 0, field.high or 0
        if not low <= read <= high:
            words = f"“{field.zh}”应在{low}至{high}之间", f"“{field.en}” should be from {low} to {high}"
            # A number too long to be a count may be that of a person.
            yield _about(field, "field_range", shown_number(read), *words)
    elif isinstance(read, date):
        if not FIRST_DAY <= read <= LAST_DAY:
            words = (
                f"“{field.zh}”应在{FIRST_DAY}至{LAST_DAY}之间",
                f"“{field.en}” should be from {FIRST_DAY} to {LAST_DAY}",
            )
            yield _about(field, "field_range", read.isoformat(), *words)
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
    brought: set[str] = set()
    for each in event.evidence:
        kind = procedure.evidence_kind.get(each.kind)
        if kind is None:
            known = ", ".join(procedure.evidence_kind)
            sort = shown(each.kind)
            yield Reason(
                "evidence_unknown",
                f"evidence.{sort}",
                known,
                sort,
                f"没有“{sort}”这类证据，应为：{known}",
                f"there is no evidence of the sort “{sort}”; known: {known}",
            )
            continue
        path = f"evidence.{kind.id}"
        # What opens a case, an application say, was drawn up before there was one.
        if each.on > day or (case.seq > 0 and each.on < case.round_began):
            yield Reason(
                "evidence_day",
                path,
                f"{case.round_began} to {day}",
                each.on.isoformat(),
                f"“{kind.zh}”的日期应在本轮开始（{case.round_began}）至当日（{day}）之间",
                f"“{kind.en}” should date from this round, {case.round_began}, to the day itself, {day}",
            )
        is_reused = each.digest in case.seen or each.digest in brought
        brought.add(each.digest)
        if is_reused:
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
        name_zh, name_en = _label(move, view)
        yield Reason(
            "role",
            "actor.role",
            ", ".join(move.roles),
            shown(actor.role),
            f"“{name_zh}”应由{zh}办理",
            f"“{name_en}” is for: {en}",
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
            shown(actor.level),
            f"{role.zh}属于{level.zh}一级",
            f"the {role.en} belongs to the level “{level.en}”",
            law=role.citation,
        )
    # Where the case is not known yet, that is told once.
    is_placed = len(view.case.place) >= level.digits
    if is_placed and not (len(actor.place) >= level.digits and view.case.place.startswith(actor.place)):
        yield _elsewhere(view, level.digits, role.zh, role.en)
    if move.impartial and view.case.id in actor.kin_of:
        name_zh, name_en = _label(move, view)
        yield Reason(
            "kin",
            "actor.is_kin",
            "False",
            "True",
            f"该户亲属应回避“{name_zh}”",
            f"a relative of the household may not take part in “{name_en}”",
            law=move.citation,
        )
    held = view.case.roles.get(actor.id)
    # Whoever stands in for a role takes it too.
    for taken in sorted({actor.role, *stands_in_for(move, view)}) if held else ():
        for other in sorted(_excluded(procedure, taken, held or ())):
            before, now = procedure.role[other], procedure.role[taken]
            zh = f"同一人在本案中已是{before.zh}，不得再任{now.zh}"
            en = f"the same person has been {before.en} in this case and may not be {now.en}"
            yield Reason("incompatible_role", "actor.role", "", other, zh, en, law=procedure.citation)


def _label(move: Move, view: View) -> tuple[str, str]:
    """Name a move; one without a label is called by what happens."""
    return (move.zh, move.en) if move.zh else (view.procedure.event[move.event].zh, view.procedure.event[move.event].en)


def stands_in_for(move: Move, view: View) -> frozenset[str]:
    """Give the roles whose signatures, delegated to the actor, a move would bring."""
    found: set[str] = set()
    for effect in move.effects:
        signed = view.case.reviews.get(effect.review) if isinstance(effect, Sign) else None
        if isinstance(effect, Sign) and signed is not None and signed.delegates:
            slot = slot_for(view.procedure.review[effect.review], signed, view.event)
            found |= {slot.role} if slot is not None and slot.id in signed.delegates else set()
    return frozenset(found)


def _excluded(procedure: Procedure, role: str, others: Iterable[str]) -> set[str]:
    """Name those among other roles that a role excludes."""
    return {
        other
        for other in others
        if other != role and any({role, other} <= set(roles) for roles in procedure.incompatible)
    }


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
            kind, (name_zh, name_en) = view.procedure.evidence_kind[wanted], _label(move, view)
            yield Reason(
                "evidence_missing",
                f"evidence.{wanted}",
                wanted,
                "",
                f"“{name_zh}”须附“{kind.zh}”",
                f"“{name_en}” needs evidence: {kind.en}",
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
                yield from _slot(move, view, view.procedure.review[review], reviews.get(review, UNSIGNED), effect)
            case Amend(review):
                yield from _amend(move, view, view.procedure.review[review], reviews.get(review, UNSIGNED))
            case OpenNotice(notice):
                rule = view.procedure.notice[notice]
                if notice in notices:
                    zh, en = f"“{rule.zh}”本轮已张贴", f"“{rule.en}” has been posted in this round"
                    yield _final("notice_posted", f"notice.{notice}.posted", zh, en, rule.citation)
            case CloseNotice(notice) | Object(notice) | Resolve(notice):
                yield from _notice(view, effect, notice, is_up=_is_up(notices, notice))
            case SetFact(fact, to):
                yield from _set(view, view.procedure.fact[fact], to)


def _set(view: View, fact: Field, to: Expr) -> Iterator[Reason]:
    """Refuse a number beyond the range of its fact: guards are checked against that range."""
    if fact.kind is not FieldKind.NUMBER:
        return
    value = evaluate(to, view)
    low, high = fact.low or 0, fact.high or 0
    if isinstance(value, (int, Fraction)) and not low <= value <= high:
        is_brought = any(name.startswith("event.") for name in names(to))
        told = shown_number(value)
        yield Reason(
            "fact_range",
            f"facts.{fact.id}",
            f"{low} to {high}",
            told,
            f"“{fact.zh}”将为{told}，应在{low}至{high}之间",
            f"“{fact.en}” would be {told}, and should be from {low} to {high}",
            Mend.MENDABLE if is_brought else Mend.FINAL,
        )


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
            shown(event.by.role),
            zh,
            en,
            Mend.MENDABLE if _can_be_signed(move, review, signed) else Mend.FINAL,
            law=review.citation,
        )
        return
    for excluded in _excluded(view.procedure, event.by.role, [slot.role]):
        signs, acts = view.procedure.role[excluded], view.procedure.role[event.by.role]
        zh, en = f"{acts.zh}不得代{signs.zh}签字", f"the {acts.en} may not sign for the {signs.en}"
        yield Reason("incompatible_role", "actor.role", "", excluded, zh, en, law=view.procedure.citation)
    own = [other for other, mark in sorted(signed.marks.items()) if mark.person == event.by.id and not mark.waived]
    if barred := [other for other in own if not goes_with(slot.id, other, review)]:
        yield Reason(
            "signed_already",
            f"review.{review.id}.missing",
            slot.id,
            ", ".join(barred),
            f"同一人不得在“{review.zh}”兼签此处",
            f"one person may not also sign here on “{review.en}”",
            law=review.citation,
        )


def goes_with(slot: str, other: str, review: Review) -> bool:
    """Tell whether one person may sign both."""
    pair = {slot, other}
    if any(pair <= set(barred) for barred in review.incompatible):
        return False
    return not review.distinct or any(pair <= set(shared) for shared in review.may_share)


def _can_be_signed(move: Move, review: Review, signed: Signatures) -> bool:
    return any(slot.role in move.roles or slot.id in signed.delegates for slot in open_slots(review, signed))


def _slot(move: Move, view: View, review: Review, signed: Signatures, effect: Waive | Delegate) -> Iterator[Reason]:
    waives = isinstance(effect, Waive)
    fit = [slot.id for slot in open_slots(review, signed) if slot.waivable or not waives]
    if not waives and not is_id(view.event.data.get("to")):
        zh, en = "受委派人应以编号写明", "the person who is to sign should be named by an id"
        yield Reason("no_person", "event.to", "", "", zh, en, law=move.citation)
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
    # A slot that nobody may sign would keep the review open for the whole round.
    signing = [other.roles for other in view.procedure.moves if Sign(review.id) in other.effects]
    signers = list(dict.fromkeys(each for roles in signing for each in roles))
    if role not in signers:
        known = ", ".join(signers)
        zh = f"该角色不能在“{review.zh}”签字，应为：{known}"
        en = f"this role cannot sign “{review.en}”; those who can: {known}"
        yield Reason("no_signer", "event.role", known, "", zh, en, law=move.citation)


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
            shown(view.event.by.role),
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
    for look in (actor_reasons, brought_reasons, effect_reasons):
        if next(look(move, view), None) is not None:
            return False
    for condition in view.procedure.conditions[move.id]:  # noqa: SIM110  asked at every step; a generator costs more
        if view.claim(condition) is not True:
            return False
    return True


def try_move(move: Move, view: View) -> Tried:
    """Judge one move for one event."""
    holds = move.guard is None or view.claim(move.guard) is True
    return Tried(move, tuple(structural_reasons(move, view)), holds)
