"""
What the texts ask of the national procedures, of 2014, of 2018 and of monitoring, written from the texts and not the packs.

Every item is named by its term in the text, and steps, roles, evidence and states are looked up by their Chinese labels, so
that a checklist can be held beside the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Protocol

import pytest

from fupin_rules.citations import Standing
from fupin_rules.expr import to_text
from fupin_rules.workflow import (
    CloseNotice,
    DayCount,
    DayKind,
    Deadline,
    FieldKind,
    Move,
    NewRound,
    NoticeKind,
    NoticeRule,
    Object,
    OnObjection,
    OpenNotice,
    Procedure,
    Resolve,
    SetFact,
    Sign,
    State,
    StateKind,
    Subject,
    Then,
    Waive,
    load_procedure,
)

HOUSEHOLDS = load_procedure("national-2014")
VILLAGES = load_procedure("village-2014")
LATER = load_procedure("two-two-one-one-2018")
MONITORING = load_procedure("monitoring-2021")
ALL = [HOUSEHOLDS, VILLAGES, LATER, MONITORING]

Item = tuple[str, Callable[[Procedure], object], object]

FOUND, LOCAL, UNVERIFIED, ASSUMPTION = Standing.FOUND, Standing.LOCAL, Standing.UNVERIFIED, Standing.ASSUMPTION
NOTICE, ANNOUNCEMENT = NoticeKind.NOTICE, NoticeKind.ANNOUNCEMENT
IMAGE = "影像资料"

every_procedure = pytest.mark.parametrize("procedure", ALL, ids=lambda procedure: procedure.id)


# -- looking things up -------------------------------------------------------------------------------------------------


def ways(p: Procedure, event: str) -> tuple[Move, ...]:
    """Give the moves of the event that has a label; there is at least one."""
    kinds = {each.id for each in p.events if each.zh == event}
    found = tuple(move for move in p.moves if move.event in kinds)
    assert found, f"nothing does {event}"
    return found


def by(p: Procedure, event: str) -> set[str]:
    return {p.role[role].zh for move in ways(p, event) for role in move.roles}


def brings(p: Procedure, event: str) -> set[str]:
    """Give the evidence that every way of doing it brings."""
    kinds = [{p.evidence_kind[each].zh for each in move.evidence} for move in ways(p, event)]
    return set.intersection(*kinds)


def standing(p: Procedure, event: str) -> set[Standing]:
    return {move.citation.standing for move in ways(p, event)}


def starts(p: Procedure, event: str) -> set[str]:
    return {p.state[source].zh for move in ways(p, event) for source in move.source}


def ends(p: Procedure, event: str) -> set[str | None]:
    return {None if move.target is None else p.state[move.target].zh for move in ways(p, event)}


def guard(move: Move) -> str:
    return "" if move.guard is None else to_text(move.guard)


def guards(p: Procedure, event: str) -> list[str]:
    return [guard(move) for move in ways(p, event)]


def way(p: Procedure, event: str, start: str, goal: str | None = None) -> Move:
    """Give the one move of an event from a state, to a state if it is given."""
    found = [
        move
        for move in ways(p, event)
        if any(p.state[each].zh == start for each in move.source)
        and (goal is None or (move.target is not None and p.state[move.target].zh == goal))
    ]
    assert len(found) == 1, [move.id for move in found]
    return found[0]


def fields(p: Procedure, event: str) -> set[str]:
    """Give the labels of the fields that an event must carry."""
    return {field.zh for each in p.events if each.zh == event for field in each.fields if field.required}


def codes(p: Procedure, code_list: str) -> list[str]:
    return [code.zh for code in p.list[code_list].codes]


def signers(p: Procedure, review: str) -> set[str]:
    found = next(each for each in p.reviews if each.zh == review)
    assert found.need is None
    return {p.role[slot.role].zh for slot in found.slots}


def notice(p: Procedure, label: str) -> NoticeRule:
    return next(each for each in p.notices if each.zh == label)


def days(p: Procedure, label: str) -> tuple[DayCount | None, Standing]:
    rule = notice(p, label)
    assert rule.days_citation is not None
    return rule.days, rule.days_citation.standing


def objectors(p: Procedure, label: str) -> set[str]:
    return {p.role[each].zh for each in notice(p, label).objectors}


def deadline(p: Procedure, label: str) -> Deadline:
    return next(each for each in p.deadlines if label in each.zh)


def running(p: Procedure, label: str) -> list[str]:
    return [p.state[each].zh for each in deadline(p, label).states]


def state(p: Procedure, label: str) -> State:
    return next(each for each in p.states if each.zh == label)


def needs(p: Procedure, label: str) -> tuple[set[str], set[str], set[str]]:
    """Give the labels of the reviews, notices and events that a state needs."""
    found = state(p, label).needs
    return (
        {p.review[each].zh for each in found.reviews},
        {p.notice[each].zh for each in found.notices},
        {p.event[each].zh for each in found.events},
    )


def begins_round(move: Move) -> bool:
    return any(isinstance(effect, NewRound) for effect in move.effects)


def sets(move: Move) -> dict[str, str]:
    return {effect.fact: to_text(effect.to) for effect in move.effects if isinstance(effect, SetFact)}


def reached(p: Procedure, start: str, leaving_out: str = "") -> set[str]:
    """Give the states that can be reached without an event, guards apart."""
    here = state(p, start).id
    found, left = {here}, [here]
    while left:
        at = left.pop()
        for move in p.moves:
            if at in move.source and p.event[move.event].zh != leaving_out and move.target is not None:
                if move.target not in found:
                    left.append(move.target)
                found.add(move.target)
    return {p.state[each].zh for each in found}


def in_order(p: Procedure, start: str, events: list[str], goal: str) -> bool:
    """Tell whether none of the events can come before the one in front of it, nor the goal before all of them."""
    for number, event in enumerate(events):
        without = reached(p, start, leaving_out=event)
        later = {each for after in events[number + 1 :] for each in starts(p, after)}
        if goal in without or without & later:
            return False
    return goal in reached(p, start)


def key_steps(p: Procedure) -> set[str]:
    return {p.event[move.event].zh for move in p.moves if move.key_step}


def impartial(p: Procedure) -> set[str]:
    """Give the events of which no way is open to a relative."""
    kinds = {move.event for move in p.moves}
    return {p.event[each].zh for each in kinds if all(move.impartial for move in p.moves if move.event == each)}


def kinds_of_notice(p: Procedure) -> list[NoticeKind]:
    return [each.kind for each in p.notices]


def resolving(p: Procedure, start: str) -> tuple[set[str | None], set[str], set[str]]:
    """Tell where an objection leads, who deals with it and what is brought."""
    found = [move for move in ways(p, "异议处理") if p.state[move.source[0]].zh == start]
    return (
        {None if move.target is None else p.state[move.target].zh for move in found},
        {p.role[role].zh for move in found for role in move.roles},
        set.intersection(*({p.evidence_kind[each].zh for each in move.evidence} for move in found)),
    )


# -- 1.2, 1.4: households, 2014 ----------------------------------------------------------------------------------------

SEVEN_DAYS = DayCount(7, DayKind.CALENDAR, count_start=False, roll_end=False)
TWO_THIRDS = "event.present * 3 >= event.entitled * 2"
HALF = "event.in_favour * 2 > event.present"
FIRST, SECOND = "第一次公示（本村）", "第二次公示（各村）"
STEPS_2014 = [
    "农户申请",
    "民主评议",
    "第一次公示",
    "乡镇审核",
    "第二次公示",
    "县扶贫办复审",
    "公告",
    "结对帮扶",
    "制定计划",
    "填写手册",
    "数据录入",
]
RESOLVED = {"异议调查结论", "答复异议人的记录"}


def _days_of_2014(p: Procedure) -> dict[str, str]:
    return sets(next(move for move in ways(p, "农户申请") if guard(move) == "year == 2014"))


def _due(p: Procedure, label: str) -> tuple[str, DayCount, Standing]:
    found = deadline(p, label)
    return _days_of_2014(p)[found.since.removeprefix("facts.")], found.within, found.citation.standing


IN_2014: list[Item] = [
    ("贫困户", lambda p: (p.subject, p.policy), (Subject.HOUSEHOLD, "national-2014")),
    ("两公示一公告", kinds_of_notice, [NOTICE, NOTICE, ANNOUNCEMENT]),
    ("两公示一公告：原文", lambda p: p.citation.standing, FOUND),
    ("程序的先后", lambda p: in_order(p, "未申请", STEPS_2014, "已建档立卡"), True),
    ("规模分解：不是一户的事项", lambda p: [each.id for each in p.events if "规模" in each.zh], []),
    ("农户自愿申请", lambda p: (by(p, "农户申请"), standing(p, "农户申请")), ({"农户"}, {FOUND})),
    ("申请书", lambda p: brings(p, "农户申请"), {"农户申请书"}),
    ("村民代表大会民主评议", lambda p: (by(p, "民主评议"), p.role["village_assembly"].citation.standing), ({"村民代表大会"}, FOUND)),
    ("评议：会议记录、签到、影像", lambda p: brings(p, "民主评议"), {"评议会议记录", "到会签到表", IMAGE}),
    ("评议：留存票数", lambda p: fields(p, "民主评议") >= {"应到人数", "实到人数", "赞成人数"}, True),
    ("评议：到会三分之二，全国文本未见", lambda p: ([TWO_THIRDS in each for each in guards(p, "民主评议")], standing(p, "民主评议")), ([True, True], {ASSUMPTION})),
    ("评议：过半数赞成才通过", lambda p: [HALF in each for each in guards(p, "民主评议") if '"agreed"' in each], [True]),
    ("评议：否决须有理由", lambda p: ["is_known(event.reason)" in each for each in guards(p, "民主评议") if '"rejected"' in each], [True]),
    ("评议不通过：本案结束", lambda p: (ends(p, "民主评议"), state(p, "评议未通过").kind), ({"已评议", "评议未通过"}, StateKind.CLOSED)),
    ("村委会和驻村工作队核实", lambda p: (by(p, "核实"), signers(p, "村委会和驻村工作队核实")), ({"村委会", "驻村工作队"}, {"村委会", "驻村工作队"})),
    ("核实：原文", lambda p: p.review["verification"].citation.standing, FOUND),
    ("核实：影像", lambda p: IMAGE in brings(p, "核实"), True),
    ("核实齐全才公示", lambda p: guards(p, "第一次公示"), ["review.verification.complete"]),
    ("没有驻村工作队的村：免签须有理由", lambda p: (fields(p, "免签"), standing(p, "免签")), ({"免签处", "理由"}, {ASSUMPTION})),
    ("村委会不得免签", lambda p: [slot.waivable for slot in p.review["verification"].slots if slot.role == "village_committee"], [False]),
    ("初选名单", lambda p: "初选名单" in brings(p, "第一次公示"), True),
    ("第一次公示：在村内，由村", lambda p: (notice(p, FIRST).level, by(p, "第一次公示"), standing(p, "第一次公示")), ("village", {"村委会"}, {FOUND})),
    ("第一次公示：公示单、现场影像", lambda p: {"公示单", IMAGE} <= brings(p, "第一次公示"), True),
    ("无异议，报乡镇", lambda p: {p.state[move.target].zh for move in ways(p, "公示期满") if move.target}, {"已报乡镇", "已报县"}),
    ("乡镇审核", lambda p: (by(p, "乡镇审核"), standing(p, "乡镇审核")), ({"乡镇政府"}, {FOUND})),
    ("全乡贫困户名单", lambda p: brings(p, "乡镇审核"), {"全乡贫困户名单"}),
    ("第二次公示：在各村", lambda p: (notice(p, SECOND).level, standing(p, "第二次公示")), ("village", {FOUND})),
    ("第二次公示：由乡镇或村", lambda p: by(p, "第二次公示"), {"乡镇政府", "村委会"}),
    ("第二次公示：公示单、现场影像", lambda p: {"公示单", IMAGE} <= brings(p, "第二次公示"), True),
    ("公示天数：全国文本未见，7天凭记忆", lambda p: [days(p, FIRST), days(p, SECOND)], [(SEVEN_DAYS, UNVERIFIED)] * 2),
    ("任何村民可提异议", lambda p: [objectors(p, FIRST), objectors(p, SECOND)], [{"村民"}] * 2),
    ("提出异议：凭记忆，附记录", lambda p: (by(p, "提出异议"), standing(p, "提出异议"), brings(p, "提出异议")), ({"村民"}, {UNVERIFIED}, {"异议记录"})),
    ("异议处理：第一次公示", lambda p: resolving(p, "第一次公示中"), ({None, "已申请"}, {"村委会", "乡镇政府"}, RESOLVED)),
    ("异议处理：第二次公示", lambda p: resolving(p, "第二次公示中"), ({None, "已申请"}, {"村委会", "乡镇政府"}, RESOLVED)),
    ("异议处理：各地做法", lambda p: standing(p, "异议处理"), {LOCAL}),
    ("异议成立：重新评议、核实、公示", lambda p: [p.state[each.on_upheld].zh for each in p.notices if each.kind is NOTICE], ["已申请"] * 2),
    ("县扶贫办复审", lambda p: (by(p, "县扶贫办复审"), standing(p, "县扶贫办复审")), ({"县扶贫办"}, {FOUND})),
    ("复审：抽查、意见", lambda p: brings(p, "县扶贫办复审"), {"抽查记录", "复审意见"}),
    ("复审：须评估符合条件", lambda p: guards(p, "县扶贫办复审"), ['assessment.outcome == "eligible"']),
    ("公告：在各村", lambda p: (notice(p, "公告（各村）").level, by(p, "公告"), standing(p, "公告")), ("village", {"乡镇政府", "村委会"}, {FOUND})),
    ("公告：影像", lambda p: IMAGE in brings(p, "公告"), True),
    ("结对帮扶：县、帮扶单位", lambda p: (by(p, "结对帮扶"), standing(p, "结对帮扶")), ({"县扶贫办", "帮扶单位"}, {FOUND})),
    ("结对帮扶表", lambda p: brings(p, "结对帮扶"), {"结对帮扶表"}),
    ("制定计划：驻村工作队、帮扶责任人、农户", lambda p: signers(p, "驻村工作队、帮扶责任人和农户商定帮扶计划"), {"驻村工作队", "帮扶责任人", "农户"}),
    ("制定计划：三方商定之后", lambda p: (guards(p, "制定计划"), brings(p, "制定计划"), standing(p, "制定计划")), (["review.helping_plan.complete"], {"帮扶计划"}, {FOUND})),
    ("填写手册：村、驻村工作队", lambda p: (by(p, "填写手册"), standing(p, "填写手册")), ({"村委会", "驻村工作队"}, {FOUND})),
    ("《扶贫手册》：户存一册、村存一册", lambda p: brings(p, "填写手册"), {"《扶贫手册》（户存）", "《扶贫手册》（村存）"}),
    ("数据录入：县、乡镇", lambda p: (by(p, "数据录入"), standing(p, "数据录入"), brings(p, "数据录入")), ({"县扶贫办", "乡镇政府"}, {FOUND}, {"系统回执"})),
    ("数据录入：须评估符合条件", lambda p: guards(p, "数据录入"), ['assessment.outcome == "eligible"']),
    ("联网运行：不是一户的事项", lambda p: [each.id for each in p.events if "联网" in each.zh], []),
    ("数据更新：村、县，凭记忆", lambda p: (by(p, "数据更新"), standing(p, "数据更新"), starts(p, "数据更新"), ends(p, "数据更新")), ({"村委会", "县扶贫办"}, {UNVERIFIED}, {"已建档立卡"}, {None})),
    ("2014年5月底前：初选、公示公告", lambda p: _due(p, "5月底"), ("date(2014, 5, 31)", DayCount(0), FOUND)),
    ("2014年5月底前：从申请到公告之前", lambda p: (running(p, "5月底")[0], running(p, "5月底")[-1], len(running(p, "5月底"))), ("已申请", "县已复审", 8)),
    ("2014年7月底前：结对帮扶、制定计划", lambda p: (_due(p, "7月底"), running(p, "7月底")), (("date(2014, 7, 31)", DayCount(0), FOUND), ["已公告", "已结对"])),
    ("2014年8月底前：填写手册、数据录入，凭记忆", lambda p: (_due(p, "8月底"), running(p, "8月底")), (("date(2014, 8, 31)", DayCount(0), UNVERIFIED), ["已制定计划", "已填写手册"])),
    ("以后各年：期限未见", lambda p: [sets(move) for move in ways(p, "农户申请") if guard(move) == "year > 2014"], [{}]),
    ("期限跨轮保留", lambda p: {each.keep for each in p.facts}, {True}),
    ("逾期报县", lambda p: {(each.then, each.role) for each in p.deadlines if each.since != "entered"}, {(Then.ESCALATE, "county_office")}),
    ("重点环节", key_steps, {"民主评议", "核实", "第一次公示", "第二次公示", "公告"}),
    ("驳回：乡镇、县，写明理由", lambda p: (by(p, "驳回"), ends(p, "驳回"), fields(p, "驳回")), ({"乡镇政府", "县扶贫办"}, {"已申请"}, {"驳回理由"})),
    ("核实不属实：退回重新评议", lambda p: begins_round(way(p, "核实", "已评议", "已申请")), True),
    ("撤回：乡镇办理之前，由农户", lambda p: (by(p, "撤回申请"), starts(p, "撤回申请"), ends(p, "撤回申请")), ({"农户"}, {"已申请", "已评议", "已报乡镇"}, {"已撤回"})),
    ("亲属回避", impartial, {"民主评议", "核实", "异议处理", "乡镇审核", "县扶贫办复审", "驳回"}),
    ("已建档立卡：所需", lambda p: needs(p, "已建档立卡"), (
        {"村委会和驻村工作队核实", "驻村工作队、帮扶责任人和农户商定帮扶计划"},
        {FIRST, SECOND, "公告（各村）"},
        {"民主评议", "乡镇审核", "县扶贫办复审", "结对帮扶", "制定计划", "填写手册"},
    )),
    ("村、乡镇、县三级", lambda p: [(each.id, each.digits) for each in p.levels], [("village", 12), ("township", 9), ("county", 6)]),
]  # fmt: skip


@pytest.mark.parametrize(("look", "wanted"), [pytest.param(*item[1:], id=item[0]) for item in IN_2014])
def test_the_procedure_for_households_of_2014_has_what_the_plan_asks(
    look: Callable[[Procedure], object], wanted: object
) -> None:
    assert look(HOUSEHOLDS) == wanted


# -- 1.2: villages, 2014 -----------------------------------------------------------------------------------------------

STEPS_OF_VILLAGES = [
    "公布条件",
    "行政村申请",
    "乡镇审核",
    "乡镇内公示",
    "县扶贫办审核",
    "县领导小组审定",
    "公告",
    "录入",
]

FOR_VILLAGES: list[Item] = [
    ("贫困村", lambda p: (p.subject, p.policy), (Subject.VILLAGE, "national-2014")),
    ("一公示一公告", kinds_of_notice, [NOTICE, ANNOUNCEMENT]),
    ("一公示一公告：原文", lambda p: p.citation.standing, FOUND),
    ("程序的先后", lambda p: in_order(p, "条件未公布", STEPS_OF_VILLAGES, "已认定贫困村"), True),
    ("乡镇公布条件", lambda p: (by(p, "公布条件"), starts(p, "公布条件"), standing(p, "公布条件")), ({"乡镇政府"}, {"条件未公布"}, {FOUND})),
    ("公布条件：写明是哪个村", lambda p: fields(p, "公布条件"), {"行政村区划代码"}),
    ("行政村自愿申请", lambda p: (by(p, "行政村申请"), brings(p, "行政村申请"), standing(p, "行政村申请")), ({"村委会"}, {"行政村申请书"}, {FOUND})),
    ("乡镇审核，初步名单", lambda p: (by(p, "乡镇审核"), brings(p, "乡镇审核"), standing(p, "乡镇审核")), ({"乡镇政府"}, {"贫困村初步名单"}, {FOUND})),
    ("乡镇内公示", lambda p: (notice(p, "公示（乡镇内）").level, by(p, "乡镇内公示"), standing(p, "乡镇内公示")), ("township", {"乡镇政府"}, {FOUND})),
    ("公示：公示单、影像", lambda p: brings(p, "乡镇内公示"), {"公示单", IMAGE}),
    ("公示天数：全国文本未见，7天凭记忆", lambda p: days(p, "公示（乡镇内）"), (SEVEN_DAYS, UNVERIFIED)),
    ("任何村民可提异议", lambda p: (objectors(p, "公示（乡镇内）"), by(p, "提出异议"), standing(p, "提出异议")), ({"村民"}, {"村民"}, {UNVERIFIED})),
    ("异议处理", lambda p: resolving(p, "乡镇内公示中"), ({None, "已申请"}, {"乡镇政府"}, RESOLVED)),
    ("县扶贫办审核", lambda p: (by(p, "县扶贫办审核"), standing(p, "县扶贫办审核")), ({"县扶贫办"}, {FOUND})),
    ("县扶贫开发领导小组审定", lambda p: (by(p, "县领导小组审定"), standing(p, "县领导小组审定")), ({"县扶贫开发领导小组"}, {FOUND})),
    ("审定：须评估符合“一高一低一无”", lambda p: ['assessment.outcome == "eligible"' in each for each in guards(p, "县领导小组审定") if '"approved"' in each], [True]),
    ("审定：可不予认定", lambda p: ends(p, "县领导小组审定"), {"已审定", "未认定"}),
    ("公告", lambda p: (notice(p, "公告").kind, standing(p, "公告"), brings(p, "公告")), (ANNOUNCEMENT, {FOUND}, {"公告单", IMAGE})),
    ("《贫困村登记表》录入", lambda p: (brings(p, "录入"), guards(p, "录入")), ({"《贫困村登记表》"}, ['assessment.outcome == "eligible"'])),
    ("重点环节", key_steps, {"乡镇内公示", "公告"}),
    ("驳回：乡镇、县，写明理由", lambda p: (by(p, "驳回"), ends(p, "驳回"), fields(p, "驳回")), ({"乡镇政府", "县扶贫办", "县扶贫开发领导小组"}, {"条件已公布", "已申请"}, {"驳回理由"})),
    ("撤回：乡镇办理之前，由村", lambda p: (by(p, "撤回申请"), starts(p, "撤回申请")), ({"村委会"}, {"已申请"})),
    ("已认定贫困村：所需", lambda p: needs(p, "已认定贫困村"), (set(), {"公示（乡镇内）", "公告"}, {"乡镇审核", "县扶贫办审核", "县领导小组审定"})),
]  # fmt: skip


@pytest.mark.parametrize(("look", "wanted"), [pytest.param(*item[1:], id=item[0]) for item in FOR_VILLAGES])
def test_the_procedure_for_villages_of_2014_has_what_the_text_asks(
    look: Callable[[Procedure], object], wanted: object
) -> None:
    assert look(VILLAGES) == wanted


# -- 1.3, 1.4, 1.5, 4.1, 4.5: two evaluations, two notices, one comparison, one announcement ---------------------------

STEPS_2018 = [
    "申请",
    "村初核",
    "小组评议",
    "第一次公示",
    "镇审核",
    "信息比对",
    "二次评议",
    "第二次公示",
    "县审定",
    "公告",
    "录入",
]
EXIT_2018 = ["退出评议", "拟退出户认可", "退出公示", "镇审核退出", "县审定退出", "退出公告", "系统销号"]
COMPARED = ["vehicle", "flat", "firm", "payroll"]
REGISTERED, RETURNED, EXITED = "已建档立卡（未脱贫）", "返贫", "已退出（脱贫）"
RETAINED, NOT_RETURNED = "未退出，继续在册", "未认定返贫，仍为脱贫户"
CAUSES = [
    "因病",
    "因残",
    "因学",
    "因灾",
    "缺土地",
    "缺水",
    "缺技术",
    "缺劳力",
    "缺资金",
    "交通条件落后",
    "自身发展动力不足",
    "因婚",
    "因丧",
    "其他",
]
IDENTIFIED: tuple[set[str], set[str], set[str]] = (
    set(),
    {"第一次公示", "第二次公示", "公告"},
    {"村初核", "小组评议", "镇审核", "信息比对", "二次评议", "县审定"},
)


def _disputed(p: Procedure) -> dict[str, str]:
    return {p.state[move.target].zh: sets(move)["disputed"] for move in ways(p, "拟退出户认可") if move.target}


def _from_exited(p: Procedure) -> list[tuple[bool, bool, bool]]:
    """Tell of each way of applying anew whether it begins a round, is for a return, and asks for its cause."""
    found = [move for move in ways(p, "申请") if state(p, EXITED).id in move.source]
    return [
        (begins_round(move), 'event.reason == "returned"' in guard(move), "is_known(event.return_cause)" in guard(move))
        for move in found
    ]


SINCE_2018: list[Item] = [
    ("贫困户", lambda p: p.subject, Subject.HOUSEHOLD),
    ("两公示一公告，退出一公示一公告", kinds_of_notice, [NOTICE, NOTICE, ANNOUNCEMENT, NOTICE, ANNOUNCEMENT]),
    ("两评议一比对", lambda p: [standing(p, "镇审核"), standing(p, "信息比对"), p.citation.standing], [{FOUND}, {FOUND}, FOUND]),
    ("新识别的先后", lambda p: in_order(p, "未申请", STEPS_2018, REGISTERED), True),
    ("返贫的先后", lambda p: in_order(p, "未申请", STEPS_2018, RETURNED), True),
    ("新识别、返贫：两种原因", lambda p: codes(p, "reason"), ["新识别", "返贫"]),
    ("申请：由农户，附申请书", lambda p: (by(p, "申请"), brings(p, "申请"), standing(p, "申请")), ({"农户"}, {"农户申请书"}, {FOUND})),
    ("返贫：须记返贫原因", lambda p: ["is_known(event.return_cause)" in each for each in guards(p, "申请") if '"returned"' in each], [True, True]),
    ("返贫原因", lambda p: codes(p, "cause"), CAUSES),
    ("村初核", lambda p: (by(p, "村初核"), standing(p, "村初核")), ({"村两委"}, {FOUND})),
    ("《新识别贫困户信息采集表》", lambda p: brings(p, "村初核"), {"《新识别贫困户信息采集表》", IMAGE}),
    ("小组评议：第一次评议", lambda p: (by(p, "小组评议"), p.role["group"].citation.standing), ({"小组"}, FOUND)),
    ("小组评议：会议记录、签到、影像", lambda p: brings(p, "小组评议"), {"评议会议记录", "到会签到表", IMAGE}),
    ("第一次公示", lambda p: (notice(p, "第一次公示").level, standing(p, "第一次公示"), brings(p, "第一次公示")), ("village", {FOUND}, {"公示单", IMAGE})),
    ("镇汇总、审核", lambda p: (by(p, "镇审核"), brings(p, "镇审核")), ({"镇政府"}, {"镇汇总名单"})),
    ("比对：行业部门", lambda p: by(p, "信息比对"), {"行业部门"}),
    ("比对：车辆、房产、工商注册、财政供养", lambda p: fields(p, "信息比对"), {"车辆", "房产", "工商注册", "财政供养"}),
    ("比对：疑点属实或排除", lambda p: codes(p, "hit"), ["无疑点", "有疑点待核实", "疑点属实", "疑点排除"]),
    ("比对：每项疑点都有结论", lambda p: guard(way(p, "信息比对", "镇已审核", "已比对")), " and ".join(f'event.{each} != "open"' for each in COMPARED)),
    ("比对：疑点待核实的，留在原环节", lambda p: [guard(move) for move in ways(p, "信息比对") if move.target is None], [" or ".join(f'event.{each} == "open"' for each in COMPARED)]),
    ("《贫困户信息对照表》", lambda p: brings(p, "信息比对"), {"《贫困户信息对照表》"}),
    ("二次评议：村民代表大会", lambda p: by(p, "二次评议"), {"村民代表大会"}),
    ("二次评议：到会代表不少于三分之二", lambda p: [TWO_THIRDS in each for each in guards(p, "二次评议")], [True] * 3),
    ("二次评议：通报比对结果", lambda p: ["event.results_told" in each for each in guards(p, "二次评议")], [True] * 3),
    ("二次评议：会议记录、签到、影像", lambda p: brings(p, "二次评议"), {"评议会议记录", "到会签到表", IMAGE}),
    ("评议：过半数赞成才通过", lambda p: [HALF in each for event in ("小组评议", "二次评议", "退出评议") for each in guards(p, event) if '"agreed"' in each], [True] * 3),
    ("评议：否决写明理由", lambda p: ["is_known(event.reason)" in each for event in ("小组评议", "二次评议") for each in guards(p, event) if '"rejected"' in each], [True] * 4),
    ("评议不通过：新识别结束，返贫户仍为脱贫户", lambda p: ends(p, "二次评议"), {"已二次评议", "评议未通过", NOT_RETURNED}),
    ("第二次公示", lambda p: (notice(p, "第二次公示").level, standing(p, "第二次公示"), brings(p, "第二次公示")), ("village", {FOUND}, {"公示单", IMAGE})),
    ("公示天数：未见，7天凭记忆", lambda p: [days(p, "第一次公示"), days(p, "第二次公示")], [(SEVEN_DAYS, UNVERIFIED)] * 2),
    ("任何村民可提异议", lambda p: ([objectors(p, each.zh) for each in p.notices if each.kind is NOTICE], standing(p, "提出异议")), ([{"村民"}] * 3, {UNVERIFIED})),
    ("异议处理：第一次公示", lambda p: resolving(p, "第一次公示中"), ({None, "已申请"}, {"村两委", "镇政府"}, RESOLVED)),
    ("异议处理：第二次公示", lambda p: resolving(p, "第二次公示中"), ({None, "已申请"}, {"村两委", "镇政府"}, RESOLVED)),
    ("异议处理：各地做法", lambda p: standing(p, "异议处理"), {LOCAL}),
    ("县审定", lambda p: (by(p, "县审定"), standing(p, "县审定"), brings(p, "县审定")), ({"县扶贫办", "县领导小组"}, {FOUND}, {"抽查记录", "审定意见"})),
    ("公告", lambda p: (by(p, "公告"), standing(p, "公告"), brings(p, "公告")), ({"镇政府", "村两委"}, {FOUND}, {"公告单", IMAGE})),
    ("录入：镇，附回执", lambda p: (by(p, "录入"), standing(p, "录入"), brings(p, "录入")), ({"镇政府"}, {FOUND}, {"系统回执"})),
    ("录入：未脱贫、返贫两种属性", lambda p: ends(p, "录入"), {REGISTERED, RETURNED}),
    ("已建档立卡：所需", lambda p: [needs(p, REGISTERED), needs(p, RETURNED)], [IDENTIFIED, IDENTIFIED]),
    ("重点环节", key_steps, {"村初核", "小组评议", "第一次公示", "二次评议", "第二次公示", "公告", "退出评议", "退出核实", "退出公示", "退出公告"}),
    ("自然增加：出生、婚入、迁入", lambda p: codes(p, "member_change")[:3], ["出生", "婚入", "迁入"]),
    ("自然减少：死亡、婚出、迁出、判刑收监", lambda p: codes(p, "member_change")[3:], ["死亡", "婚出", "迁出", "判刑收监"]),
    ("自然增减：村，附证明", lambda p: (by(p, "自然增减"), brings(p, "自然增减"), standing(p, "自然增减")), ({"村两委"}, {"证明材料"}, {FOUND})),
    ("自然增减：状态不变，无人则自然销户", lambda p: (ends(p, "自然增减"), state(p, "自然销户").kind), ({None, "自然销户"}, StateKind.CLOSED)),
    # 退出：一评议一公示一公告
    ("退出的先后", lambda p: in_order(p, REGISTERED, EXIT_2018, EXITED), True),
    ("返贫户也可退出", lambda p: starts(p, "退出评议"), {REGISTERED, RETURNED, RETAINED}),
    ("村两委组织民主评议后提出", lambda p: (by(p, "退出评议"), brings(p, "退出评议")), ({"村民代表大会"}, {"评议会议记录", "到会签到表", IMAGE})),
    ("村两委和驻村工作队核实", lambda p: (by(p, "退出核实"), signers(p, "村两委和驻村工作队核实退出")), ({"村两委", "驻村工作队"},) * 2),
    ("退出核实：原文", lambda p: (p.review["exit_verification"].citation.standing, standing(p, "退出核实")), (FOUND, {FOUND})),
    ("拟退出户认可：由农户", lambda p: (by(p, "拟退出户认可"), codes(p, "exit_answer")), ({"农户"}, ["认可退出", "不认可退出"])),
    ("认可：核实齐全之后，签字", lambda p: ["review.exit_verification.complete" in guard(way(p, "拟退出户认可", "拟退出", "拟退出户已认可")), "exit_agreement" in way(p, "拟退出户认可", "拟退出", "拟退出户已认可").evidence], [True, True]),
    ("不认可：继续在册，记为有异议", _disputed, {"拟退出户已认可": "False", RETAINED: "True"}),
    ("不认可：跨轮保留", lambda p: p.fact["disputed"].keep, True),
    ("退出公示：村内", lambda p: (notice(p, "退出公示（村内）").level, standing(p, "退出公示")), ("village", {FOUND})),
    ("退出公示：7天", lambda p: days(p, "退出公示（村内）"), (SEVEN_DAYS, FOUND)),
    ("退出异议成立：继续在册", lambda p: resolving(p, "退出公示中"), ({None, RETAINED}, {"村两委", "镇政府"}, RESOLVED)),
    ("退出：镇、县审核，文本未见", lambda p: (by(p, "镇审核退出"), by(p, "县审定退出"), standing(p, "镇审核退出") | standing(p, "县审定退出")), ({"镇政府"}, {"县扶贫办", "县领导小组"}, {ASSUMPTION})),
    ("退出：达到标准", lambda p: [p.policy, *guards(p, "县审定退出"), *guards(p, "系统销号")], ["exit-2016", 'exit.outcome == "met"', 'exit.outcome == "met"']),
    ("退出公告", lambda p: (standing(p, "退出公告"), brings(p, "退出公告")), ({FOUND}, {"公告单", IMAGE})),
    ("系统销号", lambda p: (standing(p, "系统销号"), brings(p, "系统销号")), ({FOUND}, {"系统回执"})),
    ("已退出：所需", lambda p: needs(p, EXITED), ({"村两委和驻村工作队核实退出"}, {"退出公示（村内）", "退出公告"}, {"退出评议", "拟退出户认可", "镇审核退出", "县审定退出"})),
    ("返贫：退出后重新申请，另起一轮", _from_exited, [(True, True, True)]),
    ("返贫：程序同新识别", lambda p: in_order(p, EXITED, STEPS_2018, RETURNED), True),
    ("纳入原因跨轮保留", lambda p: p.fact["reason"].keep, True),
    ("驳回：镇、县，写明理由", lambda p: (by(p, "驳回"), ends(p, "驳回"), fields(p, "驳回")), ({"镇政府", "县扶贫办", "县领导小组"}, {"已申请", RETAINED}, {"驳回理由"})),
    ("撤回：镇办理之前，由农户", lambda p: (by(p, "撤回申请"), starts(p, "撤回申请"), ends(p, "撤回申请")), ({"农户"}, {"已申请", "村已初核", "小组已评议", "已报镇"}, {"已撤回", NOT_RETURNED})),
    ("亲属回避", impartial, {"村初核", "小组评议", "异议处理", "镇审核", "信息比对", "二次评议", "县审定", "驳回", "退出评议", "退出核实", "镇审核退出", "县审定退出"}),
    ("当年识别当年不得退出：个别地方规定，不在本程序", lambda p: [move.id for move in p.moves if "year" in guard(move)], []),
]  # fmt: skip


@pytest.mark.parametrize(("look", "wanted"), [pytest.param(*item[1:], id=item[0]) for item in SINCE_2018])
def test_the_procedure_of_2018_has_what_the_texts_ask(look: Callable[[Procedure], object], wanted: object) -> None:
    assert look(LATER) == wanted


# -- 5.1 to 5.5: monitoring --------------------------------------------------------------------------------------------

STEPS_2021 = ["发现线索", "入户核实", "信息比对", "村级评议", "村内公示", "乡镇审核", "县级审批", "结果公告", "录入"]
REMOVAL = ["提出风险消除", "乡镇审核风险消除", "县级审定风险消除", "风险消除"]
RISKS = [
    "因病",
    "因学",
    "因残",
    "因自然灾害",
    "因意外事故",
    "因产业项目失败",
    "因务工就业不稳",
    "缺劳动力",
    "因安全住房",
    "因安全饮水",
    "其他",
]
MEASURES = [
    "产业帮扶",
    "就业帮扶",
    "金融帮扶",
    "公益岗位帮扶",
    "住房安全保障",
    "饮水安全保障",
    "健康帮扶",
    "义务教育保障",
    "教育帮扶",
    "综合保障",
    "社会帮扶",
    "搬迁",
    "生产生活条件改善",
    "基础设施建设",
    "其他",
]
UNTIL_DECISION = ["有线索", "已入户核实", "已比对", "村级已提出", "村内公示中", "已报乡镇", "乡镇已审核"]
FIVE_DAYS = DayCount(5, DayKind.CALENDAR, count_start=False, roll_end=False)


def _clause(p: Procedure, text: str) -> bool:
    return text in guards(p, "提出风险消除")[0]


IN_MONITORING: list[Item] = [
    ("农户", lambda p: p.subject, Subject.HOUSEHOLD),
    ("监测的先后", lambda p: in_order(p, "无线索", STEPS_2021, "监测中"), True),
    ("线索来源：农户申报、干部走访排查、部门筛查预警", lambda p: codes(p, "origin"), ["农户申报", "干部走访排查", "部门筛查预警"]),
    ("发现线索：农户、干部、部门", lambda p: (by(p, "发现线索"), standing(p, "发现线索")), ({"农户", "走访干部", "行业部门"}, {FOUND})),
    ("入户核实", lambda p: (by(p, "入户核实"), standing(p, "入户核实")), ({"村两委", "驻村工作队"}, {FOUND})),
    ("授权承诺", lambda p: "consent" in way(p, "入户核实", "有线索", "已入户核实").evidence, True),
    ("《防止返贫动态监测核查表》", lambda p: brings(p, "入户核实"), {"《防止返贫动态监测核查表》", IMAGE}),
    ("信息比对：授权之后，行业部门", lambda p: (by(p, "信息比对"), starts(p, "信息比对"), standing(p, "信息比对")), ({"行业部门"}, {"已入户核实"}, {FOUND})),
    ("村级评议", lambda p: (by(p, "村级评议"), brings(p, "村级评议")), ({"村民代表大会"}, {"评议会议记录", "到会签到表", IMAGE})),
    ("民主评议：原文", lambda p: p.role["village_assembly"].citation.standing, FOUND),
    ("三类监测对象", lambda p: [(code.id, code.zh) for code in p.list["household_class"].codes], [("unstable_exited", "脱贫不稳定户"), ("marginal", "边缘易致贫户"), ("sudden_hardship", "突发严重困难户")]),
    ("脱贫不稳定户须为脱贫户，边缘易致贫户不是", lambda p: ['event.household_class == "unstable_exited" and event.lifted_out' in each and 'event.household_class == "marginal" and not event.lifted_out' in each for each in guards(p, "村级评议") if '"agreed"' in each], [True]),
    ("突发严重困难户：不受收入范围限制", lambda p: [move.id for move in p.moves if "income" in guard(move) and move.event != "propose_removal"], []),
    ("风险类型", lambda p: codes(p, "risk"), RISKS),
    ("风险：至多5个", lambda p: [(field.zh, field.list) for field in p.event["evaluate"].fields if field.id.startswith("risk")], [(f"风险{n}", "risk") for n in range(1, 6)]),
    ("风险：至少1个", lambda p: ["is_known(event.risk_1)" in each for each in guards(p, "村级评议") if '"agreed"' in each], [True]),
    ("公示只一次，在村内", lambda p: ([each.kind for each in p.notices], notice(p, "村内公示").level), ([NOTICE, ANNOUNCEMENT], "village")),
    ("公示不少于5天", lambda p: days(p, "村内公示"), (FIVE_DAYS, FOUND)),
    ("公示：公示单、影像", lambda p: (brings(p, "村内公示"), standing(p, "村内公示")), ({"公示单", IMAGE}, {FOUND})),
    ("公示不含证件号、电话、银行卡、病情", lambda p: (fields(p, "村内公示"), guards(p, "村内公示")), ({"不含证件号、电话、银行卡和病情"}, ["event.private_left_out"])),
    ("任何村民可提异议", lambda p: (objectors(p, "村内公示"), by(p, "提出异议"), standing(p, "提出异议")), ({"村民"}, {"村民"}, {UNVERIFIED})),
    ("异议处理", lambda p: (resolving(p, "村内公示中"), standing(p, "异议处理")), (({None, "有线索"}, {"村两委", "乡镇政府"}, RESOLVED), {LOCAL})),
    ("乡级审核", lambda p: (by(p, "乡镇审核"), standing(p, "乡镇审核")), ({"乡镇政府"}, {FOUND})),
    ("县级审批", lambda p: (by(p, "县级审批"), standing(p, "县级审批"), ends(p, "县级审批")), ({"县级主管部门"}, {FOUND}, {"县级已审批", "未纳入监测"})),
    ("结果公告", lambda p: (notice(p, "结果公告").kind, brings(p, "结果公告"), standing(p, "结果公告")), (ANNOUNCEMENT, {"公告单", IMAGE}, {FOUND})),
    ("录入建档", lambda p: (brings(p, "录入"), standing(p, "录入"), ends(p, "录入")), ({"系统回执"}, {FOUND}, {"监测中"})),
    ("从线索到审批不超过15日，公示在内", lambda p: (deadline(p, "15日").within, running(p, "15日"), deadline(p, "15日").citation.standing), (DayCount(15), UNTIL_DECISION, FOUND)),
    ("15日：从发现线索之日起", lambda p: (deadline(p, "15日").since, p.fact["clue_on"].keep, [sets(move)["clue_on"] for move in ways(p, "发现线索")]), ("facts.clue_on", True, ["today", "today"])),
    ("15日：退回不重新起算", lambda p: [move.id for move in p.moves if "clue_on" in sets(move) and move.event != "report_clue"], []),
    ("各环节不另设期限", lambda p: len(p.deadlines), 1),
    ("应纳尽纳：不设规模", lambda p: re.findall("规模|名额|指标|quota", " ".join([*(each.zh for each in p.facts), *(each.zh for each in p.events), *(move.zh for move in p.moves), *map(guard, p.moves)])), []),
    ("15项帮扶措施", lambda p: codes(p, "measure"), MEASURES),
    ("落实帮扶措施：针对风险", lambda p: (fields(p, "落实帮扶措施"), standing(p, "落实帮扶措施"), ends(p, "落实帮扶措施")), ({"针对的风险", "帮扶措施"}, {LOCAL}, {None})),
    ("风险消除的先后", lambda p: in_order(p, "监测中", REMOVAL, "风险已消除"), True),
    ("帮扶消除、自然消除", lambda p: codes(p, "way"), ["帮扶消除", "自然消除"]),
    ("帮扶消除：须有帮扶", lambda p: _clause(p, 'event.way == "natural" or facts.helped_on >= facts.monitored_on'), True),
    ("稳定半年以上", lambda p: (_clause(p, "months_between(facts.monitored_on, today) >= 6"), p.fact["monitored_on"].keep, sets(ways(p, "录入")[0])), (True, True, {"monitored_on": "today"})),
    ("收入稳定", lambda p: _clause(p, "event.income_stable"), True),
    ("收入不低于当年监测范围", lambda p: _clause(p, "event.income_in_range"), True),
    ("刚性支出可控", lambda p: _clause(p, "event.spending_controlled"), True),
    ("“三保障”和饮水安全有保障", lambda p: _clause(p, "event.guarantees_secure"), True),
    ("无新的风险", lambda p: _clause(p, "not event.new_risk"), True),
    ("整户无劳动力：继续监测", lambda p: _clause(p, "not event.without_labour"), True),
    ("风险消除：原文", lambda p: standing(p, "提出风险消除") | standing(p, "风险消除"), {FOUND}),
    ("风险消除由谁审核：文本未见", lambda p: standing(p, "乡镇审核风险消除") | standing(p, "县级审定风险消除"), {ASSUMPTION}),
    ("风险消除：记录保留，可再纳入", lambda p: (state(p, "风险已消除").kind, way(p, "发现线索", "风险已消除").target, begins_round(way(p, "发现线索", "风险已消除"))), (StateKind.GOAL, "clue", True)),
    ("未纳入的可再发现线索", lambda p: begins_round(way(p, "发现线索", "未纳入监测")), True),
    ("驳回：乡镇、县，写明理由", lambda p: (by(p, "驳回"), ends(p, "驳回"), fields(p, "驳回")), ({"乡镇政府", "县级主管部门"}, {"有线索", "风险未消除，继续监测"}, {"驳回理由"})),
    ("撤回：乡镇办理之前，由农户", lambda p: (by(p, "撤回"), starts(p, "撤回"), ends(p, "撤回")), ({"农户"}, {"有线索", "已入户核实", "已比对", "村级已提出", "已报乡镇"}, {"未纳入监测"})),
    ("重点环节", key_steps, {"入户核实", "村级评议", "村内公示", "结果公告", "提出风险消除"}),
    ("亲属回避", impartial, {"入户核实", "信息比对", "村级评议", "异议处理", "乡镇审核", "县级审批", "驳回", "提出风险消除", "乡镇审核风险消除", "县级审定风险消除"}),
    ("监测中：所需", lambda p: needs(p, "监测中"), (set(), {"村内公示", "结果公告"}, {"入户核实", "信息比对", "村级评议", "乡镇审核", "县级审批"})),
    ("风险已消除：所需", lambda p: needs(p, "风险已消除"), (set(), set(), {"提出风险消除", "乡镇审核风险消除", "县级审定风险消除"})),
]  # fmt: skip


@pytest.mark.parametrize(("look", "wanted"), [pytest.param(*item[1:], id=item[0]) for item in IN_MONITORING])
def test_monitoring_has_what_the_texts_ask(look: Callable[[Procedure], object], wanted: object) -> None:
    assert look(MONITORING) == wanted


# -- step by step: what is done, by whom, from where to where, with what -------------------------------------------------

# 1.2 and 1.4. A way that stays where it is has no state after the arrow.
OF_2014 = """
农户申请 | 农户 | 未申请 → 已申请 | 农户申请书
民主评议 | 村民代表大会 | 已申请 → 已评议 | 评议会议记录、到会签到表、影像资料
民主评议 | 村民代表大会 | 已申请 → 评议未通过 | 评议会议记录、到会签到表、影像资料
核实 | 村委会、驻村工作队 | 已评议 → | 核实记录、影像资料
核实 | 村委会、驻村工作队 | 已评议 → 已申请 | 核实记录、影像资料
免签 | 乡镇政府 | 已评议 → |
免签 | 乡镇政府 | 已结对 → |
第一次公示 | 村委会 | 已评议 → 第一次公示中 | 初选名单、公示单、影像资料
提出异议 | 村民 | 第一次公示中 → | 异议记录
提出异议 | 村民 | 第二次公示中 → | 异议记录
异议处理 | 村委会、乡镇政府 | 第一次公示中 → | 异议调查结论、答复异议人的记录
异议处理 | 村委会、乡镇政府 | 第一次公示中 → 已申请 | 异议调查结论、答复异议人的记录
异议处理 | 村委会、乡镇政府 | 第二次公示中 → | 异议调查结论、答复异议人的记录
异议处理 | 村委会、乡镇政府 | 第二次公示中 → 已申请 | 异议调查结论、答复异议人的记录
公示期满 | 村委会 | 第一次公示中 → 已报乡镇 | 公示期满记录
公示期满 | 乡镇政府 | 第二次公示中 → 已报县 | 公示期满记录
乡镇审核 | 乡镇政府 | 已报乡镇 → 乡镇已审核 | 全乡贫困户名单
第二次公示 | 乡镇政府、村委会 | 乡镇已审核 → 第二次公示中 | 公示单、影像资料
县扶贫办复审 | 县扶贫办 | 已报县 → 县已复审 | 抽查记录、复审意见
驳回 | 乡镇政府 | 已报乡镇、乡镇已审核 → 已申请 |
驳回 | 县扶贫办 | 已报县、县已复审、已公告、已结对、已制定计划、已填写手册 → 已申请 |
撤回申请 | 农户 | 已申请、已评议、已报乡镇 → 已撤回 |
公告 | 乡镇政府、村委会 | 县已复审 → 已公告 | 公告单、影像资料
结对帮扶 | 县扶贫办、帮扶单位 | 已公告 → 已结对 | 结对帮扶表
商定帮扶计划 | 驻村工作队、帮扶责任人、农户 | 已结对 → |
制定计划 | 驻村工作队、帮扶责任人 | 已结对 → 已制定计划 | 帮扶计划
填写手册 | 村委会、驻村工作队 | 已制定计划 → 已填写手册 | 《扶贫手册》（户存）、《扶贫手册》（村存）
数据录入 | 县扶贫办、乡镇政府 | 已填写手册 → 已建档立卡 | 系统回执
数据更新 | 村委会、县扶贫办 | 已建档立卡 → |
"""

# 1.2, last paragraph.
OF_VILLAGES = """
公布条件 | 乡镇政府 | 条件未公布 → 条件已公布 | 贫困村识别条件
行政村申请 | 村委会 | 条件已公布 → 已申请 | 行政村申请书
乡镇审核 | 乡镇政府 | 已申请 → 已列入初步名单 | 贫困村初步名单
乡镇内公示 | 乡镇政府 | 已列入初步名单 → 乡镇内公示中 | 公示单、影像资料
提出异议 | 村民 | 乡镇内公示中 → | 异议记录
异议处理 | 乡镇政府 | 乡镇内公示中 → | 异议调查结论、答复异议人的记录
异议处理 | 乡镇政府 | 乡镇内公示中 → 已申请 | 异议调查结论、答复异议人的记录
公示期满 | 乡镇政府 | 乡镇内公示中 → 已报县 | 公示期满记录
县扶贫办审核 | 县扶贫办 | 已报县 → 县扶贫办已审核 | 县扶贫办审核意见
县领导小组审定 | 县扶贫开发领导小组 | 县扶贫办已审核 → 已审定 | 审定意见
县领导小组审定 | 县扶贫开发领导小组 | 县扶贫办已审核 → 未认定 | 审定意见
公告 | 县扶贫办 | 已审定 → 已公告 | 公告单、影像资料
录入 | 县扶贫办、乡镇政府 | 已公告 → 已认定贫困村 | 《贫困村登记表》
驳回 | 乡镇政府 | 已申请、已列入初步名单 → 条件已公布 |
驳回 | 县扶贫办、县扶贫开发领导小组 | 已报县、县扶贫办已审核、已审定、已公告 → 已申请 |
撤回申请 | 村委会 | 已申请 → 已撤回 |
"""

# 1.3, 1.4, 1.5; the exit of 4.1 and 4.5.
OF_2018 = """
申请 | 农户 | 未申请 → 已申请 | 农户申请书
申请 | 农户 | 已退出（脱贫）、未认定返贫，仍为脱贫户 → 已申请 | 农户申请书
村初核 | 村两委 | 已申请 → 村已初核 | 《新识别贫困户信息采集表》、影像资料
小组评议 | 小组 | 村已初核 → 小组已评议 | 评议会议记录、到会签到表、影像资料
小组评议 | 小组 | 村已初核 → 评议未通过 | 评议会议记录、到会签到表、影像资料
小组评议 | 小组 | 村已初核 → 未认定返贫，仍为脱贫户 | 评议会议记录、到会签到表、影像资料
第一次公示 | 村两委 | 小组已评议 → 第一次公示中 | 公示单、影像资料
提出异议 | 村民 | 第一次公示中 → | 异议记录
提出异议 | 村民 | 第二次公示中 → | 异议记录
提出异议 | 村民 | 退出公示中 → | 异议记录
异议处理 | 村两委、镇政府 | 第一次公示中 → | 异议调查结论、答复异议人的记录
异议处理 | 村两委、镇政府 | 第一次公示中 → 已申请 | 异议调查结论、答复异议人的记录
异议处理 | 村两委、镇政府 | 第二次公示中 → | 异议调查结论、答复异议人的记录
异议处理 | 村两委、镇政府 | 第二次公示中 → 已申请 | 异议调查结论、答复异议人的记录
异议处理 | 村两委、镇政府 | 退出公示中 → | 异议调查结论、答复异议人的记录
异议处理 | 村两委、镇政府 | 退出公示中 → 未退出，继续在册 | 异议调查结论、答复异议人的记录
公示期满 | 村两委 | 第一次公示中 → 已报镇 | 公示期满记录
公示期满 | 村两委、镇政府 | 第二次公示中 → 已报县 | 公示期满记录
公示期满 | 村两委 | 退出公示中 → 退出已报镇 | 公示期满记录
镇审核 | 镇政府 | 已报镇 → 镇已审核 | 镇汇总名单
信息比对 | 行业部门 | 镇已审核 → 已比对 | 《贫困户信息对照表》
信息比对 | 行业部门 | 镇已审核 → | 《贫困户信息对照表》
二次评议 | 村民代表大会 | 已比对 → 已二次评议 | 评议会议记录、到会签到表、影像资料
二次评议 | 村民代表大会 | 已比对 → 评议未通过 | 评议会议记录、到会签到表、影像资料
二次评议 | 村民代表大会 | 已比对 → 未认定返贫，仍为脱贫户 | 评议会议记录、到会签到表、影像资料
第二次公示 | 村两委、镇政府 | 已二次评议 → 第二次公示中 | 公示单、影像资料
县审定 | 县扶贫办、县领导小组 | 已报县 → 县已审定 | 抽查记录、审定意见
公告 | 镇政府、村两委 | 县已审定 → 已公告 | 公告单、影像资料
录入 | 镇政府 | 已公告 → 已建档立卡（未脱贫） | 系统回执
录入 | 镇政府 | 已公告 → 返贫 | 系统回执
驳回 | 镇政府 | 已报镇、镇已审核、已比对、已二次评议 → 已申请 |
驳回 | 县扶贫办、县领导小组 | 已报县、县已审定、已公告 → 已申请 |
驳回 | 镇政府 | 退出已报镇 → 未退出，继续在册 |
驳回 | 县扶贫办、县领导小组 | 退出镇已审核、退出县已审定、退出已公告 → 未退出，继续在册 |
撤回申请 | 农户 | 已申请、村已初核、小组已评议、已报镇 → 已撤回 |
撤回申请 | 农户 | 已申请、村已初核、小组已评议、已报镇 → 未认定返贫，仍为脱贫户 |
自然增减 | 村两委 | 已建档立卡（未脱贫）、返贫、未退出，继续在册、已退出（脱贫）、未认定返贫，仍为脱贫户 → | 证明材料
自然增减 | 村两委 | 已建档立卡（未脱贫）、返贫、未退出，继续在册、已退出（脱贫）、未认定返贫，仍为脱贫户 → 自然销户 | 证明材料
退出评议 | 村民代表大会 | 已建档立卡（未脱贫）、返贫、未退出，继续在册 → 拟退出 | 评议会议记录、到会签到表、影像资料
退出评议 | 村民代表大会 | 已建档立卡（未脱贫）、返贫、未退出，继续在册 → | 评议会议记录、到会签到表、影像资料
退出核实 | 村两委、驻村工作队 | 拟退出 → | 核实记录、影像资料
退出核实 | 村两委、驻村工作队 | 拟退出 → 未退出，继续在册 | 核实记录、影像资料
免签 | 镇政府 | 拟退出 → |
拟退出户认可 | 农户 | 拟退出 → 拟退出户已认可 | 拟退出户认可书
拟退出户认可 | 农户 | 拟退出 → 未退出，继续在册 |
退出公示 | 村两委 | 拟退出户已认可 → 退出公示中 | 公示单、影像资料
镇审核退出 | 镇政府 | 退出已报镇 → 退出镇已审核 | 镇审核意见
县审定退出 | 县扶贫办、县领导小组 | 退出镇已审核 → 退出县已审定 | 审定意见
退出公告 | 镇政府、村两委 | 退出县已审定 → 退出已公告 | 公告单、影像资料
系统销号 | 县扶贫办、镇政府 | 退出已公告 → 已退出（脱贫） | 系统回执
"""

# 5.1, 5.3, 5.5.
OF_MONITORING = """
发现线索 | 农户、走访干部、行业部门 | 无线索 → 有线索 | 线索记录
发现线索 | 农户、走访干部、行业部门 | 未纳入监测、风险已消除 → 有线索 | 线索记录
入户核实 | 村两委、驻村工作队 | 有线索 → 已入户核实 | 《防止返贫动态监测核查表》、授权承诺书、影像资料
入户核实 | 村两委、驻村工作队 | 有线索 → 未纳入监测 | 《防止返贫动态监测核查表》、影像资料
信息比对 | 行业部门 | 已入户核实 → 已比对 | 信息比对结果
村级评议 | 村民代表大会 | 已比对 → 村级已提出 | 评议会议记录、到会签到表、影像资料
村级评议 | 村民代表大会 | 已比对 → 未纳入监测 | 评议会议记录、到会签到表、影像资料
村内公示 | 村两委 | 村级已提出 → 村内公示中 | 公示单、影像资料
提出异议 | 村民 | 村内公示中 → | 异议记录
异议处理 | 村两委、乡镇政府 | 村内公示中 → | 异议调查结论、答复异议人的记录
异议处理 | 村两委、乡镇政府 | 村内公示中 → 有线索 | 异议调查结论、答复异议人的记录
公示期满 | 村两委 | 村内公示中 → 已报乡镇 | 公示期满记录
乡镇审核 | 乡镇政府 | 已报乡镇 → 乡镇已审核 | 乡镇审核意见
县级审批 | 县级主管部门 | 乡镇已审核 → 县级已审批 | 县级审批意见
县级审批 | 县级主管部门 | 乡镇已审核 → 未纳入监测 | 县级审批意见
驳回 | 乡镇政府 | 已报乡镇 → 有线索 |
驳回 | 县级主管部门 | 乡镇已审核、县级已审批、结果已公告 → 有线索 |
驳回 | 乡镇政府 | 拟消除风险 → 风险未消除，继续监测 |
驳回 | 县级主管部门 | 风险消除乡镇已审核、风险消除县级已审定 → 风险未消除，继续监测 |
撤回 | 农户 | 有线索、已入户核实、已比对、村级已提出、已报乡镇 → 未纳入监测 |
结果公告 | 乡镇政府、村两委 | 县级已审批 → 结果已公告 | 公告单、影像资料
录入 | 乡镇政府、县级主管部门 | 结果已公告 → 监测中 | 系统回执
落实帮扶措施 | 村两委、驻村工作队、乡镇政府、行业部门 | 监测中、风险未消除，继续监测 → | 帮扶措施记录
提出风险消除 | 村两委、驻村工作队 | 监测中、风险未消除，继续监测 → 拟消除风险 | 风险消除核实记录、影像资料
乡镇审核风险消除 | 乡镇政府 | 拟消除风险 → 风险消除乡镇已审核 | 乡镇审核意见
县级审定风险消除 | 县级主管部门 | 风险消除乡镇已审核 → 风险消除县级已审定 | 县级审批意见
风险消除 | 乡镇政府、县级主管部门 | 风险消除县级已审定 → 风险已消除 | 系统回执
"""

Way = tuple[frozenset[str], frozenset[str], str, frozenset[str]]


def _table(text: str) -> dict[str, set[Way]]:
    found: dict[str, set[Way]] = {}
    for line in text.strip().splitlines():
        event, who, states, what = (part.strip() for part in line.split("|"))
        start, _, goal = (part.strip() for part in states.partition("→"))
        held = tuple(frozenset(part.split("、")) - {""} for part in (who, start, what))
        found.setdefault(event, set()).add((held[0], held[1], goal, held[2]))
    return found


def _way(p: Procedure, move: Move) -> Way:
    return (
        frozenset(p.role[each].zh for each in move.roles),
        frozenset(p.state[each].zh for each in move.source),
        "" if move.target is None else p.state[move.target].zh,
        frozenset(p.evidence_kind[each].zh for each in move.evidence),
    )


TABLES = [(HOUSEHOLDS, OF_2014), (VILLAGES, OF_VILLAGES), (LATER, OF_2018), (MONITORING, OF_MONITORING)]
EVERY_STEP = [
    pytest.param(procedure, event, wanted, id=f"{procedure.id}：{event}")
    for procedure, text in TABLES
    for event, wanted in _table(text).items()
]


@pytest.mark.parametrize(("procedure", "event", "wanted"), EVERY_STEP)
def test_a_step_is_done_by_whom_where_and_with_what_the_text_says(
    procedure: Procedure, event: str, wanted: set[Way]
) -> None:
    assert {_way(procedure, move) for move in ways(procedure, event)} == wanted


@pytest.mark.parametrize(("procedure", "text"), TABLES, ids=[procedure.id for procedure, _ in TABLES])
def test_no_step_is_there_that_the_text_does_not_have(procedure: Procedure, text: str) -> None:
    assert {each.zh for each in procedure.events} == set(_table(text))


# -- what holds for each -----------------------------------------------------------------------------------------------


@every_procedure
def test_a_notice_closes_when_its_days_are_over_and_no_objection_is_open(procedure: Procedure) -> None:
    closing = {
        effect.notice: guard(move)
        for move in procedure.moves
        for effect in move.effects
        if isinstance(effect, CloseNotice)
    }
    notices = [each.id for each in procedure.notices if each.kind is NOTICE]
    assert closing == {each: f"notice.{each}.elapsed and notice.{each}.open_objections == 0" for each in notices}


@every_procedure
def test_an_objection_suspends_the_close_and_an_announcement_takes_none(procedure: Procedure) -> None:
    for each in procedure.notices:
        if each.kind is NOTICE:
            assert (each.on_objection, each.objectors) == (OnObjection.SUSPEND, ("any_villager",))
        else:
            assert (each.days, each.days_citation, each.objectors, each.on_upheld) == (None, None, (), "")


@every_procedure
def test_an_image_is_kept_of_each_key_step_and_each_notice_is_one(procedure: Procedure) -> None:
    for move in procedure.moves:
        publishes = any(isinstance(effect, OpenNotice) for effect in move.effects)
        assert move.key_step or not publishes, move.id
        assert "image" in move.evidence or not move.key_step, move.id


@every_procedure
def test_whoever_goes_back_begins_a_new_round(procedure: Procedure) -> None:
    place = {each.id: number for number, each in enumerate(procedure.states)}
    lax = [
        move.id
        for move in procedure.moves
        if move.target and place[move.target] < max(place[each] for each in move.source) and not begins_round(move)
    ]
    assert lax == []


@every_procedure
def test_every_state_that_waits_has_a_deadline_that_is_escalated(procedure: Procedure) -> None:
    waiting = {each.id for each in procedure.states if each.kind is StateKind.WAITING}
    due = {state for each in procedure.deadlines if each.then is Then.ESCALATE for state in each.states}
    assert waiting - due == set()


@every_procedure
def test_days_that_no_text_gives_are_not_passed_off_as_found(procedure: Procedure) -> None:
    for each in procedure.deadlines:
        assert (each.since == "entered") is (each.citation.standing is ASSUMPTION), each.id


@every_procedure
def test_who_is_registered_lifted_out_or_monitored_is_protected(procedure: Procedure) -> None:
    kept = {"retained", "not_returned", "still_monitored", "not_monitored"}
    goals = {each.id for each in procedure.states if each.kind is StateKind.GOAL}
    assert {each.id for each in procedure.states if each.protected} == goals - kept
    for each in procedure.states:
        assert not each.protected or (each.needs.events and each.level == "county")


@every_procedure
def test_nobody_decides_on_the_own_objection_or_at_two_levels(procedure: Procedure) -> None:
    parted = {frozenset(each) for each in procedure.incompatible}
    assert frozenset({"any_villager", "township"}) in parted
    assert frozenset({"township", "county_office"}) in parted
    applicant = "village_committee" if procedure.subject is Subject.VILLAGE else "householder"
    judges = {role for move in procedure.moves if move.impartial for role in move.roles} - {"village_committee"}
    assert all(frozenset({applicant, role}) in parted for role in judges)


@every_procedure
def test_what_a_signature_needs_is_said_by_those_who_verify(procedure: Procedure) -> None:
    for move in procedure.moves:
        for effect in move.effects:
            if isinstance(effect, Sign):
                assert {slot.role for slot in procedure.review[effect.review].slots} == set(move.roles)


@every_procedure
def test_every_part_is_named_in_both_languages_and_no_two_alike(procedure: Procedure) -> None:
    for parts in _labelled(procedure):
        for language in ("zh", "en"):
            labels = [part.zh if language == "zh" else part.en for part in parts]
            assert len(set(labels)) == len(labels) and all(labels), labels
        assert all(re.search(r"[一-鿿]", part.zh) and not re.search(r"[一-鿿]", part.en) for part in parts)


class Labelled(Protocol):
    """A part with labels in both languages."""

    @property
    def zh(self) -> str: ...

    @property
    def en(self) -> str: ...


def _labelled(p: Procedure) -> Iterator[tuple[Labelled, ...]]:
    yield from (p.levels, p.roles, p.evidence, p.facts, p.events, p.states, p.reviews, p.notices, p.deadlines, p.moves)
    yield from (each.codes for each in p.lists)
    yield from (each.fields for each in p.events)


@every_procedure
def test_texts_that_events_carry_are_short_words_and_tell_of_nobody(procedure: Procedure) -> None:
    texts = {field.id for event in procedure.events for field in event.fields if field.kind is FieldKind.TEXT}
    assert texts <= {"reason", "objection", "slot", "place"}


@every_procedure
def test_every_objection_has_its_outcome_before_the_case_goes_back(procedure: Procedure) -> None:
    for each in procedure.notices:
        if each.kind is not NOTICE:
            continue
        stays, back = (move for move in procedure.moves if Resolve(each.id) in move.effects)
        name = f"notice.{each.id}"
        assert (guard(stays), stays.target) == (
            f'{name}.open_objections > 1 or event.outcome == "dismissed" and {name}.upheld == 0',
            None,
        )
        assert (guard(back), back.target, back.effects[-1]) == (
            f'{name}.open_objections == 1 and (event.outcome == "upheld" or {name}.upheld > 0)',
            each.on_upheld,
            NewRound(),
        )


@every_procedure
def test_what_is_made_public_is_posted_once_and_objected_to_where_it_hangs(procedure: Procedure) -> None:
    for each in procedure.notices:
        posting = [move for move in procedure.moves if OpenNotice(each.id) in move.effects]
        objecting = [move for move in procedure.moves if Object(each.id) in move.effects]
        assert len(posting) == 1
        assert [move.source for move in objecting] == ([(posting[0].target,)] if each.kind is NOTICE else [])


@every_procedure
def test_two_ways_of_one_event_are_told_apart_by_the_code_it_carries(procedure: Procedure) -> None:
    for event in procedure.events:
        held = [field for field in event.fields if field.id in {"outcome", "answer"}]
        if not held or event.id == "resolve":
            continue
        told = {
            code
            for move in procedure.moves
            if move.event == event.id
            for code in re.findall(rf'event\.{held[0].id} == "(\w+)"', guard(move)) or [""]
        }
        assert told == {code.id for code in procedure.list[held[0].list].codes}


@every_procedure
def test_a_key_step_is_one_whatever_its_outcome(procedure: Procedure) -> None:
    for event in procedure.events:
        assert len({move.key_step for move in procedure.moves if move.event == event.id}) == 1, event.id


@every_procedure
def test_only_a_task_force_can_be_done_without_and_every_review_is_signed(procedure: Procedure) -> None:
    for review in procedure.reviews:
        assert {slot.role for slot in review.slots if slot.waivable} == {"task_force"}
        assert [move.target for move in procedure.moves if Sign(review.id) in move.effects] == [None]
        assert [move.roles for move in procedure.moves if Waive(review.id) in move.effects] == [("township",)]


def test_new_and_returned_households_part_where_they_are_entered_or_turned_away() -> None:
    parted: dict[str, set[str]] = {}
    for move in LATER.moves:
        for reason in re.findall(r'facts\.reason == "(\w+)"', guard(move)):
            assert move.target is not None
            parted.setdefault(move.event, set()).add(f"{reason}: {LATER.state[move.target].zh}")
    assert parted == {
        "evaluate": {"new: 评议未通过", f"returned: {NOT_RETURNED}"},
        "re_evaluate": {"new: 评议未通过", f"returned: {NOT_RETURNED}"},
        "withdraw": {"new: 已撤回", f"returned: {NOT_RETURNED}"},
        "register": {f"new: {REGISTERED}", f"returned: {RETURNED}"},
    }


def test_why_a_household_applies_is_remembered_and_a_return_names_its_cause() -> None:
    returned = 'event.reason == "returned" and is_known(event.return_cause)'
    assert guards(LATER, "申请") == ['event.reason == "new"', returned, returned]
    assert [sets(move) for move in ways(LATER, "申请")] == [{"reason": "event.reason"}] * 3


def test_only_the_last_member_who_goes_takes_the_household_with_him() -> None:
    assert guards(LATER, "自然增减") == [
        "not event.nobody_left",
        'event.nobody_left and event.change in {"death", "imprisoned", "marry_out", "move_out"}',
    ]


def test_a_village_proposes_a_household_only_with_its_class_and_a_risk() -> None:
    (proposed,) = [each for each in guards(MONITORING, "村级评议") if '"agreed"' in each]
    assert proposed == (
        f'event.outcome == "agreed" and {HALF} and is_known(event.risk_1) and '
        '(event.household_class == "sudden_hardship" '
        'or event.household_class == "unstable_exited" and event.lifted_out '
        'or event.household_class == "marginal" and not event.lifted_out)'
    )


def test_what_a_case_of_monitoring_remembers() -> None:
    remembered = [(move.event, sets(move)) for move in MONITORING.moves if sets(move)]
    assert remembered == [
        ("report_clue", {"clue_on": "today", "origin": "event.origin"}),
        ("report_clue", {"clue_on": "today", "origin": "event.origin"}),
        ("evaluate", {"household_class": "event.household_class"}),
        ("register", {"monitored_on": "today"}),
        ("record_measure", {"helped_on": "today"}),
        ("propose_removal", {"way": "event.way"}),
    ]
    assert all(fact.keep for fact in MONITORING.facts)
