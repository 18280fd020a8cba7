"""
Findings on the doors of protected states: a way through a round that gets there without what the state needs.

For each need all ways are walked, each state once for each thing that can be so of the need; what is told comes with
the way that lacks it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Hashable, Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from fupin_rules.workflow.procedure._parts import (
    Amend,
    CloseNotice,
    Move,
    NewRound,
    NoticeKind,
    Object,
    OnObjection,
    OpenNotice,
    Resolve,
    Sign,
    State,
    Waive,
)
from fupin_rules.workflow.validation._finding import ProcedureFinding, way, zh
from fupin_rules.workflow.validation._guard_search import GuardSearch
from fupin_rules.workflow.validation._guard_tells import Told, setters_of, told_by
from fupin_rules.workflow.validation._steps import Steps
from fupin_rules.workflow.validation._ways import opens_round

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure


@attrs.frozen
class Need:
    """
    One thing that must have been done in the round, and what can be so of it on the way.

    Attributes:
        zh: What it is, in Chinese.
        en: What it is, in English.
        start: What is so when a round begins.
        after: What is so after a move, given what was before.
        is_met: Whether that is enough.
    """

    zh: str
    en: str
    start: Hashable
    after: Callable[[Move, Hashable], Hashable]
    is_met: Callable[[Hashable], bool]


def check_doors(procedure: Procedure, search: GuardSearch) -> Iterator[ProcedureFinding]:
    """Tell of every need of a protected state without which a round can get there, and how."""
    guarded = [state for state in procedure.states if state.protected]
    setters = setters_of(procedure)
    told = {move.id: told_by(move, search, setters) for move in procedure.moves} if guarded else {}
    leaving: dict[str, list[Move]] = {}
    for move in procedure.moves:
        for source in move.source:
            leaving.setdefault(source, []).append(move)
    for state in guarded:
        for need in _needs(procedure, state, search, told):
            yield from _unmet(procedure, state, need, leaving, search.steps)


def _unmet(
    procedure: Procedure, state: State, need: Need, leaving: Mapping[str, list[Move]], steps: Steps
) -> Iterator[ProcedureFinding]:
    """Tell once for each door that can be passed without a need, by a short way."""
    if procedure.initial == state.id and not need.is_met(need.start):
        yield ProcedureFinding(
            "P005",
            f"states.{state.id}.needs",
            f"程序从受保护的环节{zh(state)}开始，而进入它须有{need.zh}",
            f"the procedure begins in the protected state `{state.id}`, which needs {need.en}",
            "改由另一环节开始",
            "begin in another state",
        )
    seen = {(procedure.initial, need.start)}
    waiting: deque[tuple[str, Hashable, tuple[str, ...]]] = deque([(procedure.initial, need.start, ())])
    told: set[str] = set()
    while waiting:
        here, before, way_here = waiting.popleft()
        for move in leaving.get(here, ()):
            steps.spend(5 + len(way_here))
            after, there = need.after(move, before), move.target or here
            # A way is told from where its round began.
            done = (move.id,) if opens_round(move) else (*way_here, move.id)
            enters = move.target == state.id and (here != state.id or opens_round(move))
            if enters and move.id not in told and not need.is_met(after):
                told.add(move.id)
                yield _finding(state, move, need, done)
            if (there, after) not in seen:
                seen.add((there, after))
                waiting.append((there, after, done))


def _finding(state: State, move: Move, need: Need, steps: tuple[str, ...]) -> ProcedureFinding:
    return ProcedureFinding(
        "P005",
        f"moves.{move.id}.to",
        f"步骤{zh(move)}进入受保护的环节{zh(state)}，本轮却可以没有{need.zh}：{way(steps)}",
        f"the move `{move.id}` enters the protected state `{state.id}`, and a round can get there without {need.en}: "
        f"{way(steps)}",
        "在这一途径上要求它，或从该环节的 `needs` 中删去",
        "ask for it on that way, or take it out of the `needs` of the state",
    )


def _needs(procedure: Procedure, state: State, search: GuardSearch, told: Mapping[str, Told]) -> Iterator[Need]:
    for review in state.needs.reviews:
        yield _review_need(procedure, review, told, is_amended=review in search.amended)
    for notice in state.needs.notices:
        yield _notice_need(procedure, notice, told)
    for event in state.needs.events:
        yield _event_need(procedure, event, told)


def _review_need(procedure: Procedure, review_id: str, told: Mapping[str, Told], *, is_amended: bool) -> Need:
    review = procedure.review[review_id]
    enough = len(review.slots) if review.need is None else review.need

    def after(move: Move, before: Hashable) -> Hashable:
        assert isinstance(before, tuple)
        count, is_complete = before
        count = max(count, told[move.id].signed.get(review_id, 0))
        is_complete = is_complete or review_id in told[move.id].complete
        for effect in move.effects:
            match effect:
                case NewRound():
                    count, is_complete = 0, False
                case Sign(signed) | Waive(signed) if signed == review_id:
                    # What is signed or waived is always a slot that was open.
                    count = min(enough, count + 1)
                case Amend(amended) if amended == review_id:
                    is_complete = False
                case _:
                    pass
        # With one more signature asked for, the number tells nothing.
        return (count, is_complete or (count >= enough and not is_amended))

    return Need(
        f"签齐的{zh(review)}",
        f"the review `{review_id}` complete",
        (0, False),
        after,
        lambda now: isinstance(now, tuple) and now[1] is True,
    )


def _notice_need(procedure: Procedure, notice_id: str, told: Mapping[str, Told]) -> Need:
    rule = procedure.notice[notice_id]
    is_announcement = rule.kind is NoticeKind.ANNOUNCEMENT

    def after(move: Move, before: Hashable) -> Hashable:
        assert isinstance(before, frozenset)
        now = set(before)
        now |= {"posted"} if notice_id in told[move.id].posted else set()
        now |= {"elapsed"} if notice_id in told[move.id].elapsed else set()
        now |= {"settled"} if notice_id in told[move.id].settled else set()
        for effect in move.effects:
            match effect:
                case NewRound():
                    now.clear()
                case OpenNotice(notice) if notice == notice_id:
                    now.add("posted")
                case Object(notice) if notice == notice_id:
                    now.discard("settled")
                case Resolve(notice) if notice == notice_id and rule.on_objection is OnObjection.RESTART:
                    now.discard("elapsed")
                case CloseNotice(notice) if notice == notice_id and {"elapsed", "settled"} <= now:
                    now.add("closed")
                case _:
                    pass
        return frozenset(now)

    wanted = "posted" if is_announcement else "closed"
    return Need(
        f"已发布的{zh(rule)}" if is_announcement else f"期满、异议均已处理而结束的{zh(rule)}",
        f"the announcement `{notice_id}` made"
        if is_announcement
        else f"the notice `{notice_id}` closed after its full time with no objection open",
        frozenset(),
        after,
        lambda now: isinstance(now, frozenset) and wanted in now,
    )


def _event_need(procedure: Procedure, event_id: str, told: Mapping[str, Told]) -> Need:
    def after(move: Move, before: Hashable) -> Hashable:
        happened = before is True or event_id in told[move.id].happened
        return move.event == event_id or (happened and not opens_round(move))

    event = procedure.event[event_id]
    return Need(f"事项{zh(event)}", f"the event `{event_id}`", start=False, after=after, is_met=lambda now: now is True)
