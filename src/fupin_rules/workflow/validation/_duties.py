"""Findings on what a procedure owes: deadlines where one waits, objections that are heard, evidence, a basis in law."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from typing import TYPE_CHECKING

from fupin_rules.expr import Name
from fupin_rules.workflow.procedure._parts import (
    CloseNotice,
    Move,
    NewRound,
    NoticeKind,
    NoticeRule,
    Object,
    OpenNotice,
    Resolve,
    State,
    StateKind,
    Then,
)
from fupin_rules.workflow.validation._finding import ProcedureFinding, zh
from fupin_rules.workflow.validation._guard_tells import certain
from fupin_rules.workflow.validation._steps import Steps

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure


def check_duties(procedure: Procedure, steps: Steps) -> Iterator[ProcedureFinding]:
    """Tell of waiting without a deadline, notices nobody can answer, steps without evidence or basis."""
    timed = {state for deadline in procedure.deadlines for state in deadline.states}
    for state in procedure.states:
        if state.kind is StateKind.WAITING and state.id not in timed:
            yield ProcedureFinding(
                "P008",
                f"states.{state.id}",
                f"环节{zh(state)}是等待，却没有期限",
                f"the state `{state.id}` waits, and no deadline runs in it",
                "增加一个期限，`states` 中列入它",
                "add a deadline that names it among its `states`",
            )
    for notice in procedure.notices:
        if notice.kind is NoticeKind.NOTICE:
            yield from _notice(procedure, notice, steps)
    for move in procedure.moves:
        yield from _step(move)
    yield from _unopened(procedure, steps)


def _step(move: Move) -> Iterator[ProcedureFinding]:
    if move.key_step and not move.evidence:
        yield ProcedureFinding(
            "P011",
            f"moves.{move.id}.evidence",
            f"重点环节{zh(move)}不要求任何证据",
            f"the move `{move.id}` is a key step and asks for no evidence",
            "在 `evidence` 中列出所需证据",
            "name what it needs as `evidence`",
        )
    if not (move.zh and move.en):
        yield ProcedureFinding(
            "P013",
            f"moves.{move.id}.label",
            f"步骤{zh(move)}没有中英文名称",
            f"the move `{move.id}` has no label in both languages",
            "加上 `label = { zh = …, en = … }`",
            "add `label = { zh = …, en = … }`",
        )
    if not move.citation.source.title:
        yield ProcedureFinding(
            "P013",
            f"moves.{move.id}.source",
            f"步骤{zh(move)}没有依据",
            f"the move `{move.id}` has no legal basis",
            "在 `source` 中注明出处；没有文本的，注明是本库假设",
            "cite one as `source`; where no text has it, one that says it is an assumption",
        )


# -- notices ---------------------------------------------------------------------------------------------------------


def _notice(procedure: Procedure, rule: NoticeRule, steps: Steps) -> Iterator[ProcedureFinding]:
    up = [state for state in _states_up(procedure, rule, steps) if state.kind is not StateKind.CLOSED]
    for state in up:
        steps.spend(sum(1 + len(move.source) // 50 for move in procedure.moves))
        yield from _unheard(procedure, rule, state)
    if rule.days is not None and rule.days.n < 1:
        yield ProcedureFinding(
            "P009",
            f"notices.{rule.id}.days",
            f"公示{zh(rule)}没有天数",
            f"the notice `{rule.id}` runs no day",
            "按所依据的规定给出不少于 1 的天数",
            "give the days of the rule it cites, 1 or more",
        )
    if up and not any(CloseNotice(rule.id) in move.effects for move in procedure.moves):
        yield ProcedureFinding(
            "P020",
            f"notices.{rule.id}",
            f"公示{zh(rule)}张贴后没有步骤结束它",
            f"the notice `{rule.id}` is posted, and no move takes it down",
            f'增加效果为 `{{ do = "close_notice", notice = "{rule.id}" }}` 的步骤',
            f'add a move with the effect `{{ do = "close_notice", notice = "{rule.id}" }}`',
        )


def _unheard(procedure: Procedure, rule: NoticeRule, state: State) -> Iterator[ProcedureFinding]:
    """Tell what is missing for objections while a notice is up in a state."""
    here = [move for move in procedure.moves if state.id in move.source]
    objecting = {role for move in here if Object(rule.id) in move.effects for role in move.roles}
    resolving = [move for move in here if Resolve(rule.id) in move.effects]
    silent = [role for role in rule.objectors if role not in objecting]
    if silent:
        roles, listed = (
            "、".join(zh(procedure.role[role]) for role in silent),
            ", ".join(f"`{role}`" for role in silent),
        )
        yield ProcedureFinding(
            "P009",
            f"notices.{rule.id}.objectors",
            f"公示{zh(rule)}在{zh(state)}期间，{roles}无法提出异议",
            f"while the notice `{rule.id}` is up in `{state.id}`, nothing lets {listed} object",
            "增加效果为 `object` 的步骤，并列入这些角色",
            "add a move from there with the effect `object` and these roles",
        )
    if not resolving:
        yield ProcedureFinding(
            "P009",
            f"notices.{rule.id}",
            f"公示{zh(rule)}在{zh(state)}期间，没有步骤处理异议",
            f"while the notice `{rule.id}` is up in `{state.id}`, no move gives an objection its outcome",
            "增加效果为 `resolve` 的步骤",
            "add a move from there with the effect `resolve`",
        )
    elif rule.on_upheld and not any((move.target or state.id) == rule.on_upheld for move in resolving):
        target = procedure.state[rule.on_upheld]
        yield ProcedureFinding(
            "P009",
            f"notices.{rule.id}.on_upheld",
            f"公示{zh(rule)}在{zh(state)}期间异议成立，没有步骤使它退回{zh(target)}",
            f"when an objection to `{rule.id}` is upheld in `{state.id}`, no move returns the case to `{target.id}`",
            "增加效果为 `resolve`、通向该环节的步骤",
            "add a move there with the effect `resolve`",
        )


def _states_up(procedure: Procedure, rule: NoticeRule, steps: Steps) -> list[State]:
    """Give the states in which a notice can be up, in order."""
    opening = [move for move in procedure.moves if _is_up_after(move, rule, before=False)]
    lasting = [move for move in procedure.moves if _is_up_after(move, rule, before=True)]
    found = {move.target or source for move in opening for source in move.source}
    steps.spend(sum(len(move.source) + len(move.effects) for move in procedure.moves))
    waiting = deque(found)
    while waiting:
        state = waiting.popleft()
        for move in lasting:
            steps.spend(1 + len(move.source) // 50)
            there = move.target or state
            if state in move.source and there not in found:
                found.add(there)
                waiting.append(there)
    return [state for state in procedure.states if state.id in found]


def _is_up_after(move: Move, rule: NoticeRule, *, before: bool) -> bool:
    is_up = before
    for effect in move.effects:
        match effect:
            case OpenNotice(notice) if notice == rule.id:
                is_up = True
            case CloseNotice(notice) if notice == rule.id:
                is_up = False
            case NewRound():
                is_up = False
            case _:
                pass
    return is_up


# -- ways that deadlines open ----------------------------------------------------------------------------------------


def _unopened(procedure: Procedure, steps: Steps) -> Iterator[ProcedureFinding]:
    for deadline in procedure.deadlines:
        if deadline.then is not Then.MAY:
            continue
        late = (Name(f"overdue.{deadline.id}"), True)
        steps.spend(sum(1 + len(move.source) // 20 for move in procedure.moves))
        opened = (
            move
            for move in procedure.moves
            if move.event == deadline.event and set(move.source) & set(deadline.states) and move.guard is not None
        )
        if not any(late in certain(move.guard) for move in opened if move.guard is not None):
            event = procedure.event[deadline.event]
            yield ProcedureFinding(
                "P021",
                f"deadlines.{deadline.id}.event",
                f"期限{zh(deadline)}逾期后没有出路：没有属于事项{zh(event)}、要求 `overdue.{deadline.id}` 的步骤",
                f"the deadline `{deadline.id}` opens no way: no move of `{event.id}` from its states asks for "
                f"`overdue.{deadline.id}`",
                "增加这样的步骤，或把 `then` 改为 `remind` 或 `escalate`",
                "add one, or let `then` be `remind` or `escalate`",
            )
