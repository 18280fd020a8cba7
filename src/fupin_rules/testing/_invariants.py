"""
What must be so whatever happens, judged from the journal alone, by what a procedure promises.

A changed procedure is judged by the promises of the one it was changed from: `invariants_of(promised)`. Those of the
twenty-two that are about functions and not about entries say where they are judged.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from fupin_rules.testing._story import Entry, Reviewed, Told, all_slots, full_until, tell, tell_next
from fupin_rules.truth import Unknown
from fupin_rules.workflow import (
    Calendar,
    CloseNotice,
    NoticeKind,
    Object,
    Procedure,
    Resolve,
    Review,
    Waive,
)

Words = tuple[str, str]
Judge = Callable[[Procedure, Told], Iterator[Words]]


@attrs.frozen
class Invariant:
    """
    One thing that must be so.

    Attributes:
        number: As the specification numbers it.
        id: Stable name.
        zh: The claim in Chinese.
        en: The claim in English.
        judge: Gives what breaks it in one entry, in both languages; None for what is about functions.
        where: Where it is judged, if not from the journal.
    """

    number: int
    id: str
    zh: str
    en: str
    judge: Judge | None = attrs.field(default=None, eq=False, repr=False)
    where: str = ""


@attrs.frozen
class Breach:
    """
    An entry that breaks an invariant.

    Attributes:
        invariant: Id of the invariant.
        seq: Number of the entry.
        zh: What is wrong, in Chinese.
        en: The same in English.
    """

    invariant: str
    seq: int
    zh: str
    en: str

    def text(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        if language == "zh":
            return f"第{self.seq}条违反“{self.invariant}”：{self.zh}"
        return f"entry {self.seq} breaks `{self.invariant}`: {self.en}"


@attrs.frozen
class Promises:
    """
    The invariants, as one procedure fills them.

    Attributes:
        promised: The procedure whose promises count.
        invariants: Those that are judged.
        calendar: Holidays, to count the days of notices by.
    """

    promised: Procedure
    invariants: tuple[Invariant, ...]
    calendar: Calendar | None = None

    def judge(self, entries: Iterable[Entry]) -> tuple[Breach, ...]:
        """Judge the entries of one case."""
        told = tell(self.promised, entries, calendar=self.calendar)
        return tuple(breach for each in told for breach in self.breaches(each))

    def next(self, before: Told | None, entry: Entry) -> Told:
        """Tell one more entry."""
        return tell_next(self.promised, before, entry, calendar=self.calendar)

    def breaches(self, told: Told) -> Iterator[Breach]:
        """Judge one entry, knowing those before it."""
        for invariant in self.invariants:
            if invariant.judge is not None:
                for zh, en in invariant.judge(self.promised, told):
                    yield Breach(invariant.id, int(told.entry.get("seq", 0)), zh, en)


def invariants_of(
    promised: Procedure, invariants: Sequence[Invariant] | None = None, *, calendar: Calendar | None = None
) -> Promises:
    """
    Give the invariants as one procedure fills them.

    Args:
        promised: What states need, who signs, how long notices run, who must keep out.
        invariants: Those to be judged; all of them if none are given.
        calendar: Holidays, to count the days of notices by.
    """
    return Promises(promised, tuple(INVARIANTS if invariants is None else invariants), calendar)


# -- 1 signatures --------------------------------------------------------------------------------------------------


def _signatures(promised: Procedure, told: Told) -> Iterator[Words]:
    state = promised.state.get(told.entered)
    for review_id in state.needs.reviews if state is not None else ():
        review = promised.review[review_id]
        reviewed = told.now.reviews.get(review_id, Reviewed())
        missing = _missing(review, reviewed)
        if missing:
            yield (
                f"进入“{state.zh if state else ''}”时，“{review.zh}”缺{'、'.join(missing)}",
                f"“{state.en if state else ''}” is entered without {', '.join(missing)} of “{review.en}”",
            )
        for first, second in _doubled(review, reviewed):
            yield (
                f"“{review.zh}”的{first}和{second}由同一人签字",
                f"{first} and {second} of “{review.en}” are signed by one person",
            )


def _missing(review: Review, reviewed: Reviewed) -> list[str]:
    good = {
        slot.id
        for slot in all_slots(review, reviewed)
        if (mark := reviewed.marks.get(slot.id)) is not None
        and (mark.reason is None or (slot.waivable and mark.reason))
    }
    open_now = [slot.id for slot in all_slots(review, reviewed) if slot.id not in good]
    extra = {slot.id for slot in reviewed.extra}
    if review.need is None or extra & set(open_now):
        return open_now
    short = review.need - len(good - extra)
    return open_now[:short] if short > 0 else []


def _doubled(review: Review, reviewed: Reviewed) -> Iterator[tuple[str, str]]:
    marks = [(slot, mark.person) for slot, mark in reviewed.marks.items() if mark.reason is None]
    for place, (first, person) in enumerate(marks):
        for second, other in marks[place + 1 :]:
            pair = {first, second}
            barred = any(pair <= set(group) for group in review.incompatible)
            shared = any(pair <= set(group) for group in review.may_share)
            if person == other and (barred or (review.distinct and not shared)):
                yield first, second


# -- 2 impartiality ------------------------------------------------------------------------------------------------


def _impartial(promised: Procedure, told: Told) -> Iterator[Words]:
    person, held = str(told.by.get("id")), told.held[str(told.by.get("id"))]
    for group in promised.incompatible:
        both = sorted(held & set(group))
        if told.by.get("role") in group and len(both) > 1:
            yield f"{person}在本案中兼任{'、'.join(both)}", f"{person} acts as {' and '.join(both)} in one case"
    for review_id, slot in told.signs.items():
        review = promised.review[review_id]
        marks = told.now.reviews[review_id].marks if slot else {}
        for other, mark in marks.items():
            pair = {slot, other}
            barred = any(pair <= set(group) for group in review.incompatible)
            shared = any(pair <= set(group) for group in review.may_share)
            is_again = other != slot and mark.person == person and mark.reason is None
            if is_again and (barred or (review.distinct and not shared)):
                yield f"{person}在“{review.zh}”签了{other}又签{slot}", f"{person} signs {slot} after {other}"
    if told.move is not None and told.move.impartial and told.entry.get("case") in told.by.get("kin_of", ()):
        yield f"该户亲属{person}办理“{told.move.zh}”", f"{person}, a relative, does “{told.move.en}”"


# -- 3 levels ------------------------------------------------------------------------------------------------------


def _levels(promised: Procedure, told: Told) -> Iterator[Words]:
    rank = {level.id: place for place, level in enumerate(promised.levels, 1)}
    came, went = promised.state.get(str(told.entry.get("from"))), promised.state.get(told.entered)
    if went is None or came is None:
        return
    ways = [move for move in promised.moves if came.id in move.source]
    highest = max((rank.get(promised.state[move.target or came.id].level, 0) for move in ways), default=0)
    if rank.get(went.level, 0) > max(highest, rank.get(came.level, 0)):
        yield (
            f"从“{came.zh}”越级到“{went.zh}”",
            f"a level is skipped from “{came.en}” to “{went.en}”",
        )
    reviews = [(promised.review[each], told.now.reviews.get(each)) for each in went.needs.reviews]
    for lower, signed in reviews:
        for higher, countersigned in reviews:
            if signed is None or countersigned is None or not signed.marks or not countersigned.marks:
                continue
            if _rank(promised, lower, rank) < _rank(promised, higher, rank, lowest=True):
                done = max(mark.at for mark in signed.marks.values())
                begun = min(mark.at for mark in countersigned.marks.values())
                if begun < done:
                    yield (
                        f"“{higher.zh}”先于“{lower.zh}”",
                        f"“{higher.en}” is signed before “{lower.en}” is done",
                    )


def _rank(promised: Procedure, review: Review, rank: dict[str, int], *, lowest: bool = False) -> int:
    ranks = [rank.get(promised.role[slot.role].level, 0) for slot in review.slots]
    return min(ranks) if lowest else max(ranks)


# -- 4, 5, 6 notices -----------------------------------------------------------------------------------------------


def _notices(promised: Procedure, told: Told) -> Iterator[Words]:
    state = promised.state.get(told.entered)
    for notice_id in state.needs.notices if state is not None else ():
        rule, shown = promised.notice[notice_id], told.now.notices.get(notice_id)
        if shown is None:
            yield f"“{rule.zh}”本轮没有张贴", f"“{rule.en}” was not made in this round"
        elif rule.kind is NoticeKind.NOTICE and shown.closed is None:
            yield f"“{rule.zh}”尚未结束", f"“{rule.en}” was not closed"
    for notice_id in _closed(told):
        rule, shown = promised.notice[notice_id], told.now.notices.get(notice_id)
        if shown is None:
            yield f"“{rule.zh}”没有张贴就结束", f"“{rule.en}” is closed and was never posted"
            continue
        until = full_until(rule, shown, told.calendar)
        if until is not None and not isinstance(until, Unknown) and told.day <= until:
            yield (
                f"“{rule.zh}”于{told.day}结束，应公示到{until}",
                f"“{rule.en}” is closed on {told.day} and had to be up until {until}",
            )


def _closed(told: Told) -> Iterator[str]:
    if told.move is not None:
        yield from (effect.notice for effect in told.move.effects if isinstance(effect, CloseNotice))


def _open_objections(promised: Procedure, told: Told) -> Iterator[Words]:
    for notice_id in _closed(told):
        shown = told.now.notices.get(notice_id)
        pending = sorted(each for each, (outcome, _) in shown.objections.items() if not outcome) if shown else []
        if pending:
            rule = promised.notice[notice_id]
            listed = ", ".join(pending)
            yield f"“{rule.zh}”结束时仍有异议未处理：{listed}", f"“{rule.en}” is closed with {listed} open"


def _outcomes(promised: Procedure, told: Told) -> Iterator[Words]:
    for effect in told.move.effects if told.move is not None else ():
        if isinstance(effect, Resolve):
            outcome, reason = str(told.data.get("outcome", "")), str(told.data.get("reason", ""))
            rule, raised = promised.notice[effect.notice], told.then.notices.get(effect.notice)
            if outcome not in {"upheld", "dismissed"} or not reason:
                yield f"“{rule.zh}”的异议没有结果或理由", f"an objection to “{rule.en}” has no outcome or no reason"
            if raised is None or raised.objections.get(str(told.data.get("objection"))) != ("", ""):
                yield f"没有对“{rule.zh}”提出过这项异议", f"no such objection to “{rule.en}” was open"
    state = promised.state.get(told.entered)
    for notice_id in state.needs.notices if state is not None else ():
        rule, shown = promised.notice[notice_id], told.now.notices.get(notice_id)
        for objection, (outcome, reason) in sorted(shown.objections.items()) if shown is not None else ():
            if not outcome or not reason:
                yield f"异议{objection}没有结果或理由", f"objection {objection} has no outcome or no reason"
            elif outcome == "upheld" and rule.on_upheld:
                yield f"异议{objection}成立而本案未退回", f"objection {objection} was upheld and the case went on"


# -- 7, 8 evidence, who --------------------------------------------------------------------------------------------


def _evidence(_: Procedure, told: Told) -> Iterator[Words]:
    if told.move is None:
        return
    brought = {str(each.get("kind")) for each in told.evidence}
    for kind in told.move.evidence:
        if kind not in brought:
            yield f"“{told.move.zh}”没有附{kind}", f"“{told.move.en}” brings no {kind}"
    if told.move.key_step and not brought:
        yield f"重点环节“{told.move.zh}”没有留存证据", f"the key step “{told.move.en}” keeps no evidence"
    # What opens a case, an application say, may be older than the case.
    began = "" if told.before is None else told.then.began.isoformat()
    for each in told.evidence:
        if not began <= str(each.get("on")) <= told.day.isoformat():
            yield f"证据日期{each.get('on')}不在本轮之内", f"evidence of {each.get('on')} is not of this round"


def _entitled(promised: Procedure, told: Told) -> Iterator[Words]:
    move, by = told.move, told.by
    role = promised.role.get(str(by.get("role")))
    if move is None and "migrated" in told.entry:
        return
    if move is None:
        yield f"没有“{told.entry.get('move')}”这一步", f"there is no move `{told.entry.get('move')}`"
        return
    delegated = any(
        told.by.get("id") == told.then.reviews.get(review, Reviewed()).delegates.get(slot)
        for review, slot in told.signs.items()
    )
    if role is None or (role.id not in move.roles and not delegated):
        yield f"{by.get('role')}无权办理“{move.zh}”", f"{by.get('role')} may not do “{move.en}”"
    if role is None:
        return
    if by.get("level", role.level) != role.level:
        yield f"{role.zh}不属于{by.get('level')}一级", f"the {role.en} does not belong to {by.get('level')}"
    place, digits = str(by.get("place", "")), promised.level[role.level].digits
    if len(place) < digits or not told.place.startswith(place):
        yield f"{role.zh}不在本案所在地", f"the {role.en} is not of the place of the case"
    for review, slot in told.signs.items():
        if not slot:
            yield f"“{promised.review[review].zh}”没有其签字处", f"no slot of “{promised.review[review].en}” is open"
    for effect in move.effects:
        if isinstance(effect, Object) and role.id not in promised.notice[effect.notice].objectors:
            yield f"{role.zh}不得提出异议", f"the {role.en} may not object"
        if isinstance(effect, Waive):
            slots = {slot.id for slot in promised.review[effect.review].slots if slot.waivable}
            if told.data.get("slot") not in slots or not told.data.get("reason"):
                yield "免签的签字处不得免签，或没有理由", "a slot is waived that may not be, or without a reason"


# -- 9, 10, 17, 19 rounds, order, identity -----------------------------------------------------------------------------


def _rounds(promised: Procedure, told: Told) -> Iterator[Words]:
    if told.entry.get("round") != told.now.number:
        yield (
            f"记为第{told.entry.get('round')}轮，应为第{told.now.number}轮",
            f"is of round {told.entry.get('round')} and should be of {told.now.number}",
        )
    state = promised.state.get(told.entered)
    for event in state.needs.events if state is not None else ():
        if event not in told.now.events:
            label = promised.event[event]
            yield f"本轮没有“{label.zh}”", f"there was no “{label.en}” in this round"


def _order(_: Procedure, told: Told) -> Iterator[Words]:
    before = told.before
    wanted = 1 if before is None else int(before.entry.get("seq", 0)) + 1
    if told.entry.get("seq") != wanted:
        yield f"应为第{wanted}条", f"should be entry {wanted}"
    if before is not None and told.day < before.day:
        yield f"{told.day}早于上一条（{before.day}）", f"{told.day} is before the entry before it, {before.day}"
    if before is not None and told.entry.get("from") != before.entry.get("to"):
        yield "不从上一条所至的环节开始", "does not start where the entry before it ended"


def _once(_: Procedure, told: Told) -> Iterator[Words]:
    if told.again:
        yield "编号或证据重复使用", "an id or a piece of evidence is used twice"


def _pinned(_: Procedure, told: Told) -> Iterator[Words]:
    before = told.before
    if before is None or told.entry.get("proc") == before.entry.get("proc"):
        return
    migrated = told.entry.get("migrated")
    if not isinstance(migrated, Mapping) or migrated.get("from") != before.entry.get("proc"):
        yield "更换了规程而没有迁移记录", "the procedure changes without a migration"


INVARIANTS: Final = (
    Invariant(
        1,
        "signatures",
        "没有本轮全部所需签字（各由不同的人签），任何一户都不得登记",
        "nobody is registered without all required signatures of that round, by distinct persons",
        _signatures,
    ),
    Invariant(
        2,
        "impartiality",
        "任何人不得兼签不相容的职务，不得办理亲属之事",
        "nobody signs in two incompatible roles, nor decides on kin",
        _impartial,
    ),
    Invariant(3, "levels", "逐级办理，不得越级", "levels are taken in order, none is skipped", _levels),
    Invariant(
        4,
        "notices",
        "每次登记、退出、清退都公示满期",
        "every registration, exit and clearing had its notice for the full period",
        _notices,
    ),
    Invariant(
        5,
        "open_objections",
        "有异议未处理的公示不得结束",
        "no notice is closed with an open objection",
        _open_objections,
    ),
    Invariant(
        6,
        "outcomes",
        "每项异议都有附理由的结果",
        "every objection got an outcome with a reason",
        _outcomes,
    ),
    Invariant(7, "evidence", "重点环节都留存证据", "evidence is kept at each key step", _evidence),
    Invariant(8, "entitled", "无权者不得办理", "no event is by somebody not entitled", _entitled),
    Invariant(9, "rounds", "新的一轮不沿用旧轮的任何东西", "a new round carries nothing over", _rounds),
    Invariant(10, "order", "编号连续，时间不倒退", "numbers have no holes, time never goes back", _order),
    Invariant(
        11,
        "replay",
        "重放得到同一案件，一字不差",
        "replay gives the same case, byte for byte",
        where="explore",
    ),
    Invariant(12, "prefixes", "每一前段亦然", "so does every prefix", where="explore"),
    Invariant(
        13,
        "refusals",
        "不予受理的事项不改变任何东西；补正任一组理由即可受理",
        "a refused event changes nothing; mending all of any one of its ways makes it accepted",
        where="explore",
    ),
    Invariant(
        14,
        "options",
        "称可办的都受理，称不可办的都不受理，称某日起可办的自该日起可办",
        "what options call ready is accepted, what they call blocked is refused, not yet turns ready on its day",
        where="explore",
    ),
    Invariant(
        15,
        "plans",
        "计划的每一步都受理，并到达目标",
        "every step of a plan is accepted, and the plan reaches its goal",
        where="explore",
    ),
    Invariant(16, "goals", "每个可达环节都能到达目标", "each reachable state can reach a goal", where="explore"),
    Invariant(17, "once", "任何事项不丢失，也不重复", "no event is lost or taken twice", _once),
    Invariant(
        18,
        "one_move",
        "一个事项至多有一步可走",
        "at most one move is enabled for one event",
        where="explore",
    ),
    Invariant(
        19,
        "pinned",
        "没有迁移记录，所依规程不变",
        "the pinned procedure never changes without a migration entry",
        _pinned,
    ),
    Invariant(
        20,
        "round_trip",
        "写出再读入，一字不差",
        "serialization round trip is the identity",
        where="explore",
    ),
    Invariant(
        21,
        "same_guards",
        "说明、流程图和表格所列条件相同",
        "explanation, diagram and table name the same guards",
        where="tests/testing/test_testing_explore.py",
    ),
    Invariant(
        22,
        "independence",
        "结果不因语言环境、时区和散列种子而异",
        "results do not depend on locale, time zone or hash seed",
        where="tests/testing/test_testing_explore.py",
    ),
)
"""All twenty-two, in the order of the specification."""
