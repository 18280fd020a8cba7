"""
What is to be seen of a case, of what came of an event, and of what lies ahead.

People are told by their roles and never by their ids; texts and digests that a case remembers are told to be held.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from fupin_rules.markup import Badge, Cell, Drawing, Grid, Node, Part, Tone, listed

if TYPE_CHECKING:
    from fupin_rules.workflow.case._case import Case, FactValue
    from fupin_rules.workflow.case._options import Option
    from fupin_rules.workflow.case._outcome import Accepted, Duplicate, Refused
    from fupin_rules.workflow.case._plan import Plan
    from fupin_rules.workflow.case._reasons import Reason


def pick(language: str, zh: str, en: str) -> str:
    """Give the words of one language."""
    return zh if language == "zh" else en


def draw_case(case: Case, language: str) -> Drawing:
    """Tell what is to be seen of a case."""
    return Drawing(
        language,
        pick(language, f"案件 {case.id}：{case.state}", f"case {case.id}: {case.state}"),
        remarks=_remarks(case, language),
        parts=_parts(case, language),
    )


def _remarks(case: Case, language: str) -> tuple[str, ...]:
    name, _, digest = case.procedure.partition("@")
    return (
        pick(language, f"流程：{name}（{digest[:12]}）", f"procedure: {name} ({digest[:12]})"),
        pick(
            language,
            f"{case.entered}进入本环节，第{case.round}轮（{case.round_began}起）",
            f"in this state since {case.entered}, round {case.round} (since {case.round_began})",
        ),
        pick(language, f"地区代码：{case.place}", f"area code: {case.place}"),
        pick(language, f"已记{case.seq}条", f"{case.seq} {'entry' if case.seq == 1 else 'entries'} so far"),
    )


def _parts(case: Case, language: str) -> tuple[Part, ...]:
    signed = [
        (review, slot, mark.role, pick(language, "免签", "waived") if mark.waived else pick(language, "已签", "signed"))
        for review, held in case.reviews.items()
        for slot, mark in held.marks.items()
    ]
    shown = [
        (name, each.posted.isoformat(), _day(each.until), _day(each.closed), f"{len(each.objections):,}")
        for name, each in case.notices.items()
    ]
    happened = [(name, day.isoformat()) for name, day in sorted(case.last.items(), key=lambda each: each[1])]
    facts = [(name, _value(value, language)) for name, value in case.facts.items()]
    titles = pick(language, "签字 公示公告 记载事实 本轮已办", "signatures notices facts done-in-this-round").split()
    heads = (
        pick(language, "评议 席位 角色 情况", "review slot role how").split(),
        pick(language, "公示 张贴 期满 撤下 异议", "notice posted until closed objections").split(),
        pick(language, "事实 取值", "fact value").split(),
        pick(language, "事项 日期", "event day").split(),
    )
    tables: tuple[Iterable[tuple[str, ...]], ...] = (signed, shown, facts, happened)
    return tuple(
        Part(title.replace("-", " "), grid=Grid(tuple(head), tuple(rows)))
        for title, head, rows in zip(titles, heads, tables, strict=True)
    )


def _day(day: date | None) -> str:
    return "–" if day is None else day.isoformat()


def _value(value: FactValue, language: str) -> str:
    match value:
        case bool():
            return pick(language, "是" if value else "否", "yes" if value else "no")
        case int():
            return f"{value}"
        case date():
            return value.isoformat()
        case _:
            return pick(language, "已记", "held")


def draw_accepted(accepted: Accepted, language: str) -> Drawing:
    """Tell what is to be seen of an event that was taken."""
    case = accepted.case
    head = ("期限", "最后一日") if language == "zh" else ("deadline", "last day")
    due: tuple[tuple[Cell, ...], ...] = tuple(
        (pick(language, each.deadline.zh, each.deadline.en) or each.deadline.id, _day(each.until))
        for each in accepted.due
    )
    running = Part(pick(language, "期限", "deadlines"), grid=Grid(head, due))
    title = pick(language, f"已受理：案件 {case.id} → {case.state}", f"accepted: case {case.id} → {case.state}")
    return Drawing(
        language, title, Tone.YES, remarks=_remarks(case, language), parts=(running, *_parts(case, language))
    )


def draw_duplicate(duplicate: Duplicate, language: str) -> Drawing:
    """Tell what is to be seen of an event that was taken before."""
    event, case = duplicate.event, duplicate.case
    title = pick(language, f"此前已受理：{event}", f"taken before: {event}")
    return Drawing(language, title, remarks=(pick(language, f"案件 {case.id} 未变", f"case {case.id} is as it was"),))


def draw_refused(refused: Refused, language: str) -> Drawing:
    """Tell what is to be seen of an event that was not taken."""
    head, *rest = refused.explain(language).splitlines()
    numbers = len(refused.reasons)
    title = f"{head.rstrip('：:')} ({refused.event.id})"
    parts = (listed("", (each.partition(". ")[2] for each in rest[:numbers])), listed("", rest[numbers:]))
    return Drawing(language, title, Tone.NO, parts=parts)


_STATUS = {
    "ready": (Tone.YES, "可办", "ready"),
    "not_yet": (Tone.OPEN, "未到时间", "not yet"),
    "blocked": (Tone.NO, "暂不可办", "blocked"),
    "not_yours": (Tone.PLAIN, "不由您办理", "not yours"),
}


def draw_options(options: Iterable[Option], language: str) -> Drawing:
    """Tell what is to be seen of the moves that one actor has."""
    head = ("事项", "情况", "说明") if language == "zh" else ("move", "status", "why")
    rows: list[tuple[Cell, ...]] = []
    for each in options:
        tone, zh, en = _STATUS[each.status]
        label, _, told = each.text(language).partition("：" if language == "zh" else ": ")
        # The badge has said how it stands; what follows says why.
        why = told if each.until is not None else told.partition("，" if language == "zh" else ", ")[2]
        rows.append((label, Badge(pick(language, zh, en), tone), why))
    title = pick(language, f"{len(rows)}个可选事项", f"{len(rows)} {'move' if len(rows) == 1 else 'moves'}")
    return Drawing(language, title, parts=(Part(grid=Grid(head, tuple(rows))),))


def draw_plan(plan: Plan, language: str) -> Drawing:
    """Tell what is to be seen of a plan."""
    if not plan.reachable:
        title = pick(language, f"不能到达：{plan.goal}", f"cannot be reached: {plan.goal}")
        return Drawing(language, title, Tone.NO, parts=(Part("", _reasons(plan.reasons, language)),))
    head = ("日期", "办理人", "事项", "证据") if language == "zh" else ("day", "who", "move", "evidence")
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (
            step.on.isoformat(),
            step.role,
            pick(language, step.move.zh, step.move.en) or step.move.event,
            pick(language, "、", ", ").join(pick(language, each.zh, each.en) for each in step.evidence),
        )
        for step in plan.steps
    )
    until = "" if plan.until is None else pick(language, f"，最早{plan.until}", f", on {plan.until} at the earliest")
    title = pick(language, f"到达：{plan.goal}{until}", f"to: {plan.goal}{until}")
    return Drawing(language, title, Tone.YES, parts=(Part(grid=Grid(head, rows)),))


def _reasons(reasons: Iterable[Reason], language: str) -> tuple[Node, ...]:
    return tuple(Node(each.text(language)) for each in reasons)
