"""
What the texts ask of Yucheng's procedure and of the exit of 2016, item by item, written from the texts and not the packs.

Every item is named by its term in the text. It says what is looked up and what has to be found there.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

import pytest

from fupin_rules.citations import Standing
from fupin_rules.expr import to_text
from fupin_rules.workflow import (
    DayCount,
    DayKind,
    FieldKind,
    Move,
    NewRound,
    NoticeKind,
    OnObjection,
    Procedure,
    SetFact,
    Sign,
    StateKind,
    Subject,
    Then,
    load_procedure,
)

YUCHENG = load_procedure("yucheng-2016")
EXIT = load_procedure("exit-2016")

Item = tuple[str, Callable[[Procedure], object], object]


# -- looking things up -------------------------------------------------------------------------------------------------


def moves_of(procedure: Procedure, event: str) -> tuple[Move, ...]:
    found = tuple(move for move in procedure.moves if move.event == event)
    assert found, f"nothing does `{event}`"
    return found


def roles(procedure: Procedure, event: str) -> set[str]:
    return {role for move in moves_of(procedure, event) for role in move.roles}


def evidence(procedure: Procedure, event: str) -> set[str]:
    """Give the evidence that every way of doing it brings."""
    return set.intersection(*(set(move.evidence) for move in moves_of(procedure, event)))


def guards(procedure: Procedure, event: str) -> list[str]:
    return ["" if move.guard is None else to_text(move.guard) for move in moves_of(procedure, event)]


def ways(procedure: Procedure, event: str) -> set[tuple[str, str | None]]:
    return {(source, move.target) for move in moves_of(procedure, event) for source in move.source}


def codes(procedure: Procedure, code_list: str) -> dict[str, str]:
    return {code.id: code.zh for code in procedure.list[code_list].codes}


def fields(procedure: Procedure, event: str) -> set[str]:
    return {field.id for field in procedure.event[event].fields if field.required}


def standings(procedure: Procedure, event: str) -> set[Standing]:
    return {move.citation.standing for move in moves_of(procedure, event)}


def signers(procedure: Procedure, review: str) -> list[str]:
    return [slot.role for slot in procedure.review[review].slots]


def begins_round(move: Move) -> bool:
    return any(isinstance(effect, NewRound) for effect in move.effects)


def reached(procedure: Procedure, start: str, leaving_out: str = "") -> set[str]:
    """Give the states that can be reached without an event, guards apart."""
    found, left = {start}, [start]
    while left:
        here = left.pop()
        for move in procedure.moves:
            if here in move.source and move.event != leaving_out and move.target not in {None, *found}:
                assert move.target is not None
                found.add(move.target)
                left.append(move.target)
    return found


def is_in_order(procedure: Procedure, start: str, events: Iterable[str], goal: str) -> bool:
    """Tell whether none of the events can come before the one in front of it, nor the goal before all of them."""
    listed = list(events)
    for number, event in enumerate(listed):
        without = reached(procedure, start, leaving_out=event)
        later = {
            source for after in listed[number + 1 :] for move in moves_of(procedure, after) for source in move.source
        }
        if goal in without or without & later:
            return False
    return goal in reached(procedure, start)


def approving(procedure: Procedure) -> set[str]:
    """Give the roles that sign, pass on, decide, enter."""
    names = {
        "pass_up",
        "decide",
        "register",
        "pass_removal",
        "decide_removal",
        "pass_exit",
        "decide_exit",
        "strike_off",
    }
    return {
        role
        for move in procedure.moves
        for role in move.roles
        if move.event in names or any(isinstance(effect, Sign) for effect in move.effects)
    }


def parted_from(procedure: Procedure, role: str) -> set[str]:
    return {other for group in procedure.incompatible if role in group for other in group} - {role}


def responsibility(procedure: Procedure, words: str) -> set[str]:
    return {
        role.id
        for role in procedure.roles
        if words in role.citation.locator and role.citation.standing is Standing.STATED
    }


def notice_days(procedure: Procedure, notice: str) -> tuple[DayCount | None, Standing]:
    rule = procedure.notice[notice]
    assert rule.days_citation is not None
    return rule.days, rule.days_citation.standing


def announcement(procedure: Procedure, notice: str) -> tuple[NoticeKind, DayCount | None, tuple[str, ...]]:
    rule = procedure.notice[notice]
    return rule.kind, rule.days, rule.objectors


SEVEN_DAYS = DayCount(7, DayKind.CALENDAR)
ANNOUNCED = (NoticeKind.ANNOUNCEMENT, None, ())
CAME_BACK = {"missed": "遗漏", "returned": "返贫"}

# 1.1: five steps; 1.4: what each brings; the exit in the order of 4.1.
FIVE_STEPS = ["survey", "evaluate", "post_notice", "close_notice", "pass_up", "decide", "announce", "register"]
CLEARING_OUT = ["find_untrue", "evaluate_removal", "post_removal_notice", "close_removal_notice", "decide_removal"]
EXIT_STEPS = [
    "evaluate_exit",
    "propose_exit",
    "verify_exit",
    "answer_exit",
    "post_exit_notice",
    "close_exit_notice",
    "pass_exit",
    "announce_exit",
    "strike_off",
]
QUORUM = "event.present * 3 >= event.entitled * 2"
TALLY = {"entitled", "present", "in_favour", "against", "outcome"}


# -- what both ask of an exit (4.1, 4.5) -------------------------------------------------------------------------------


def exit_items(back: str) -> list[Item]:
    """
    List what the opinion of April 2016 asks.

    Args:
        back: The state of a household that is on the register and stays there.
    """
    return [
        ("贫困户退出：顺序", lambda p: is_in_order(p, "registered", EXIT_STEPS, "exited"), True),
        ("村两委组织民主评议", lambda p: roles(p, "evaluate_exit"), {"village_assembly"}),
        ("评议：票数", lambda p: fields(p, "evaluate_exit") >= TALLY, True),
        ("评议：同意与不同意", lambda p: len(moves_of(p, "evaluate_exit")), 2),
        ("评议：三分之二", lambda p: all(QUORUM in guard for guard in guards(p, "evaluate_exit")), True),
        ("评议：影像、记录、签到", lambda p: evidence(p, "evaluate_exit") >= {"image", "minutes", "attendance"}, True),
        ("村两委提出", lambda p: (roles(p, "propose_exit"), standings(p, "propose_exit")), ({"village_committee"}, {Standing.FOUND})),
        ("村两委和驻村工作队核实", lambda p: set(signers(p, "exit_verification")), {"village_committee", "task_force"}),
        ("核实：缺一不可", lambda p: p.review["exit_verification"].need, None),
        ("核实：签齐才算", lambda p: "review.exit_verification.complete" in guards(p, "verify_exit")[0], True),
        ("核实：达到标准才算", lambda p: 'exit.outcome == "met"' in guards(p, "verify_exit")[0], True),
        ("核实未达标：退回", lambda p: ("exit_proposed", back) in ways(p, "verify_exit"), True),
        ("拟退出户认可：由户主", lambda p: (roles(p, "answer_exit"), standings(p, "answer_exit")), ({"householder"}, {Standing.FOUND})),
        ("拟退出户认可：认可或不认可", lambda p: ways(p, "answer_exit"), {("exit_verified", "household_agreed"), ("exit_verified", back)}),
        ("不认可：记为有异议", _disputed, {"household_agreed": "False", back: "True"}),
        ("不认可：跨轮保留", lambda p: p.fact["disputed"].keep, True),
        ("村内公示", lambda p: (p.notice["exit"].kind, p.notice["exit"].level), (NoticeKind.NOTICE, "village")),
        ("村内公示：原文", lambda p: p.notice["exit"].citation.standing, Standing.FOUND),
        ("公示不少于7天（镇川2018年）", lambda p: notice_days(p, "exit"), (SEVEN_DAYS, Standing.LOCAL)),
        ("公示：村民可提异议", lambda p: "any_villager" in p.notice["exit"].objectors, True),
        ("公示无异议", lambda p: guards(p, "close_exit_notice"), ["notice.exit.elapsed and notice.exit.open_objections == 0"]),
        ("公示：影像", lambda p: "image" in evidence(p, "post_exit_notice"), True),
        ("异议成立：退回", lambda p: p.notice["exit"].on_upheld, back),
        ("审核：乡镇、县", lambda p: [p.role[each].level for each in signers(p, "exit")], ["township", "county"]),
        ("公告退出", lambda p: announcement(p, "exit_announcement"), ANNOUNCED),
        ("公告退出：影像", lambda p: "image" in evidence(p, "announce_exit"), True),
        ("系统销号", lambda p: (roles(p, "strike_off"), ways(p, "strike_off")), ({"county_office"}, {("exit_announced", "exited")})),
        ("稳定超过标准且保障落实才销号", lambda p: guards(p, "strike_off"), ['exit.outcome == "met"']),
        ("脱贫：目标，可再离开", lambda p: (p.state["exited"].kind, p.state["exited"].protected), (StateKind.GOAL, True)),
        ("脱贫：所需", lambda p: _needs(p, "exited"), ({"exit_verification", "exit"}, {"exit", "exit_announcement"}, {"evaluate_exit", "answer_exit"})),
        ("返贫原因", lambda p: codes(p, "cause"), CAUSES),
        ("退回即新一轮", lambda p: [move.id for move in p.moves if move.target == back and not begins_round(move)], []),
    ]  # fmt: skip


# 6.3, the list of 2014 with the two codes that came later.
CAUSES = {
    "illness": "因病",
    "disability": "因残",
    "schooling": "因学",
    "disaster": "因灾",
    "lack_land": "缺土地",
    "lack_water": "缺水",
    "lack_skill": "缺技术",
    "lack_labour": "缺劳力",
    "lack_capital": "缺资金",
    "poor_transport": "交通条件落后",
    "lack_drive": "自身发展动力不足",
    "marriage": "因婚",
    "funeral": "因丧",
    "other": "其他",
}


def _disputed(procedure: Procedure) -> dict[str | None, str]:
    return {
        move.target: to_text(effect.to)
        for move in moves_of(procedure, "answer_exit")
        for effect in move.effects
        if isinstance(effect, SetFact) and effect.fact == "disputed"
    }


def _needs(procedure: Procedure, state: str) -> tuple[set[str], set[str], set[str]]:
    needs = procedure.state[state].needs
    return set(needs.reviews), set(needs.notices), set(needs.events)


# -- Yucheng: 1.1, 1.4, 1.5 --------------------------------------------------------------------------------------------


def _tracked(procedure: Procedure) -> set[str]:
    return {source for move in moves_of(procedure, "confirm_record") for source in move.source}


def _sent_back(procedure: Procedure, state: str) -> set[str | None]:
    return {move.target for move in moves_of(procedure, "send_back") if state in move.source and begins_round(move)}


def _recalls(procedure: Procedure) -> dict[str, str]:
    return {
        source: "" if move.guard is None else to_text(move.guard)
        for move in moves_of(procedure, "recall")
        for source in move.source
    }


def _reinclusions(procedure: Procedure) -> dict[str, tuple[str, bool]]:
    """Give, for each state, the code that is asked for there and whether a new round begins."""
    found = {}
    for move in moves_of(procedure, "reinclude"):
        assert move.guard is not None
        asked = [code for code in CAME_BACK if f'event.reason == "{code}"' in to_text(move.guard)]
        found.update({source: (asked[0], begins_round(move)) for source in move.source})
    return found


def _members(procedure: Procedure) -> tuple[set[str], set[str]]:
    listed = codes(procedure, "member_change")
    ends = next(guard for guard in guards(procedure, "natural_change") if "members_left == 0" in guard)
    less = {code for code in listed if f'"{code}"' in ends}
    return {listed[code] for code in listed.keys() - less}, {listed[code] for code in less}


SEVEN = {
    "householder": "户主",
    "surveyor": "调查人",
    "village_secretary": "村支部书记",
    "first_secretary": "第一书记",
    "department_cadre": "部门包村干部",
    "township_cadre": "乡镇包村干部",
    "guanqu_secretary": "管区书记",
}
REVIEWS = ["village_review", "guanqu_review", "township_review", "county_review"]
# From the democratic evaluation on, to the last step before entry.
FROM_EVALUATION_ON = {"evaluated", "noticed", *REVIEWS, "decided", "announced"}

IN_YUCHENG: list[Item] = [
    ("贫困户", lambda p: (p.subject, p.policy), (Subject.HOUSEHOLD, "yucheng-2016")),
    ("五个步骤：顺序", lambda p: is_in_order(p, "draft", FIVE_STEPS, "registered"), True),
    ("五个步骤：原文", lambda p: p.citation.standing, Standing.STATED),
    ("农户申请", lambda p: (roles(p, "apply"), ways(p, "apply"), evidence(p, "apply")), ({"householder"}, {("draft", "applied")}, {"application"})),
    ("摸底排查、村不漏户", lambda p: (roles(p, "sweep_in"), fields(p, "sweep_in")), ({"village_committee"}, {"reason"})),
    ("入户调查：调查人", lambda p: (roles(p, "survey"), ways(p, "survey")), ({"surveyor"}, {("applied", "surveyed")})),
    ("入户调查：登记表、家庭成员信息表", lambda p: evidence(p, "survey") >= {"household_form", "member_form"}, True),
    ("民主评议：村民（代表）大会", lambda p: roles(p, "evaluate"), {"village_assembly"}),
    ("民主评议：票数", lambda p: fields(p, "evaluate") >= TALLY, True),
    ("民主评议：记录、签到", lambda p: evidence(p, "evaluate") >= {"minutes", "attendance"}, True),
    ("民主评议：同意或不予纳入", lambda p: ways(p, "evaluate"), {("surveyed", "evaluated"), ("surveyed", "not_eligible")}),
    ("民主评议：三分之二到会", lambda p: all(QUORUM in guard for guard in guards(p, "evaluate")), True),
    ("民主评议：人数出自地方", lambda p: standings(p, "evaluate"), {Standing.LOCAL}),
    ("公示：接受异议", lambda p: (p.notice["village"].kind, p.notice["village"].objectors), (NoticeKind.NOTICE, ("any_villager",))),
    ("公示：7天，待核实", lambda p: notice_days(p, "village"), (SEVEN_DAYS, Standing.UNVERIFIED)),
    ("公示：期满且无未处理异议", lambda p: guards(p, "close_notice"), ["notice.village.elapsed and notice.village.open_objections == 0"]),
    ("公示：异议中止结束，不停计时", lambda p: p.notice["village"].on_objection, OnObjection.SUSPEND),
    ("公示：休息日不顺延", lambda p: [rule.days.roll_end for rule in p.notices if rule.days], [False] * 3),
    ("公示：张贴次日为第一日", lambda p: [rule.days.count_start for rule in p.notices if rule.days], [False] * 3),
    ("提出异议：记录", lambda p: evidence(p, "object"), {"objection_record"}),
    ("异议处理：村，或乡镇接手", lambda p: roles(p, "resolve"), {"village_committee", "township"}),
    ("异议处理：书面意见", lambda p: (evidence(p, "resolve"), fields(p, "resolve")), ({"finding"}, {"objection", "outcome", "reason"})),
    ("异议成立：重新调查", lambda p: p.notice["village"].on_upheld, "applied"),
    ("公告：不同于公示", lambda p: announcement(p, "announcement"), ANNOUNCED),
    ("公告：在审定之后、录入之前", lambda p: is_in_order(p, "draft", ["decide", "announce"], "registered"), True),
    # 两个一律
    ("每个重点环节一律留存影像", lambda p: [move.id for move in p.moves if move.key_step and "image" not in move.evidence], []),
    ("重点环节：调查、评议、公示、公告", lambda p: {move.event for move in p.moves if move.key_step} >= {"survey", "evaluate", "post_notice", "announce"}, True),
    ("重点环节：每一种做法", lambda p: [move.id for event in ("survey", "evaluate", "post_notice", "announce") for move in moves_of(p, event) if not move.key_step], []),
    ("七方共同签字", lambda p: {role: p.role[role].zh for role in signers(p, "joint")}, SEVEN),
    ("共同签字：一律", lambda p: (p.review["joint"].need, len(p.review["joint"].slots)), (None, 7)),
    ("共同签字：原文", lambda p: p.review["joint"].citation.standing, Standing.STATED),
    ("共同签字：各人各签", lambda p: p.review["joint"].distinct, True),
    ("共同签字：上报之前签齐", lambda p: "review.joint.complete" in guards(p, "pass_up")[0], True),
    ("第一书记：没有的村可免签", lambda p: [slot.role for slot in p.review["joint"].slots if slot.waivable], ["first_secretary"]),
    ("免签：说明理由", lambda p: (fields(p, "waive_signature"), standings(p, "waive_signature")), ({"slot", "reason"}, {Standing.ASSUMPTION})),
    ("兼任：第一书记和部门包村干部", lambda p: [set(shared) for shared in p.review["joint"].may_share], [{"first_secretary", "department_cadre"}]),
    ("委派、加签", lambda p: standings(p, "delegate_signature") | standings(p, "add_signature"), {Standing.ASSUMPTION}),
    # 逐级审核
    ("逐级审核：村、管区、乡镇、县", lambda p: [level.id for level in p.levels], ["village", "guanqu", "township", "county"]),
    ("逐级审核：每级各有审核", lambda p: [{p.role[role].level for role in signers(p, level.id)} for level in p.levels], [{"village"}, {"guanqu"}, {"township"}, {"county"}]),
    ("逐级审核：顺序", lambda p: [(source, target) for source, target in itertools.pairwise(REVIEWS) if (source, target) in ways(p, "pass_up")], list(itertools.pairwise(REVIEWS))),
    ("逐级审核：不得越级", lambda p: len(ways(p, "pass_up")), 3),
    ("逐级审核：原文", lambda p: standings(p, "pass_up"), {Standing.STATED}),
    ("管区书记", lambda p: signers(p, "guanqu"), ["guanqu_secretary"]),
    ("县级：抽查", lambda p: "sample_check" in evidence(p, "check_county"), True),
    ("驳回：每级", lambda p: [_sent_back(p, state) for state in REVIEWS], [{"applied"}] * 4),
    ("驳回：理由", lambda p: fields(p, "send_back"), {"reason"}),
    ("撤回：下一级办理之前", _recalls, {"guanqu_review": "", "township_review": "review.township.count == 0", "county_review": "review.county.count == 0"}),
    ("撤回申请：管区审核之前", lambda p: {source for source, _ in ways(p, "withdraw")}, {"applied", "surveyed", "evaluated", "noticed", "village_review", "guanqu_review"}),
    ("撤回申请：由户主", lambda p: (roles(p, "withdraw"), {target for _, target in ways(p, "withdraw")}), ({"householder"}, {"withdrawn"})),
    # 1+3
    ("“1”：主体责任", lambda p: responsibility(p, "主体责任"), {"township_secretary", "township_head"}),
    ("“1”：乡镇审核由二人共签", lambda p: signers(p, "township"), ["township_secretary", "township_head"]),
    ("“3”：直接责任", lambda p: responsibility(p, "直接责任"), {"township_cadre", "village_secretary", "department_cadre"}),
    ("1包3：只在所包的村", lambda p: p.role["department_cadre"].level, "village"),
    ("全程留痕：部门包村干部", lambda p: (roles(p, "confirm_record"), standings(p, "confirm_record")), ({"department_cadre"}, {Standing.STATED})),
    ("全程留痕：从民主评议开始", _tracked, FROM_EVALUATION_ON),
    ("全程留痕：每一环节", lambda p: [event for event in ("post_notice", "pass_up", "register") if any("last.confirm_record" in guard for guard in guards(p, event))], ["post_notice", "pass_up", "register"]),
    ("督导组：检查", lambda p: roles(p, "inspect"), {"supervisor"}),
    ("督导组：可要求退回", lambda p: (roles(p, "order_return"), all(begins_round(move) for move in moves_of(p, "order_return"))), ({"supervisor"}, True)),
    ("督导组：不审批", lambda p: "supervisor" in approving(p), False),
    ("督导组：不兼审批的角色", lambda p: approving(p) - parted_from(p, "supervisor") - {"householder"}, set()),
    # 录入
    ("录入：乡镇人员", lambda p: (roles(p, "register"), ways(p, "register")), ({"township"}, {("announced", "registered")})),
    ("录入：回执", lambda p: evidence(p, "register"), {"receipt"}),
    ("3天内录入", lambda p: (p.deadline["entry"].states, p.deadline["entry"].within, p.deadline["entry"].then), (("announced",), DayCount(3), Then.ESCALATE)),
    ("3天内录入：原文", lambda p: p.deadline["entry"].citation.standing, Standing.STATED),
    ("符合条件才审定", lambda p: 'assessment.outcome == "eligible"' in guards(p, "decide")[0], True),
    ("符合条件才录入", lambda p: 'assessment.outcome == "eligible"' in guards(p, "register")[0], True),
    ("建档立卡：所需", lambda p: _needs(p, "registered"), ({"joint", "village", "guanqu", "township", "county"}, {"village", "announcement"}, {"survey", "evaluate", "confirm_record", "decide"})),
    ("建档立卡：目标，可再离开", lambda p: (p.state["registered"].kind, p.state["registered"].protected), (StateKind.GOAL, True)),
    # 动态调整
    ("重新纳入：遗漏、返贫，两种原因", lambda p: codes(p, "reinclusion"), CAME_BACK),
    ("重新纳入：从未立案、已清退、已脱贫", _reinclusions, {"draft": ("missed", False), "removed": ("missed", True), "exited": ("returned", True)}),
    ("重新纳入：如同申请", lambda p: ({target for _, target in ways(p, "reinclude")}, roles(p, "reinclude")), ({"applied"}, {"householder", "village_committee"})),
    ("重新纳入：原文", lambda p: standings(p, "reinclude"), {Standing.STATED}),
    ("返贫：须记原因", lambda p: [guard for guard in guards(p, "reinclude") if "is_known(event.cause)" in guard and "returned" in guard] != [], True),
    ("清退：顺序", lambda p: is_in_order(p, "registered", CLEARING_OUT, "removed"), True),
    ("清退：不实，有材料", lambda p: (evidence(p, "find_untrue"), fields(p, "find_untrue"), standings(p, "find_untrue")), ({"finding"}, {"reason"}, {Standing.STATED})),
    ("清退：户主先答复", lambda p: (roles(p, "answer_finding"), codes(p, "finding_answer")), ({"householder"}, {"accepted": "认可", "contested": "申辩"})),
    ("清退：未答复须逾期", lambda p: (guards(p, "no_answer"), p.deadline["finding_answer"].event), (["overdue.finding_answer"], "no_answer")),
    ("清退：村级评议", lambda p: (roles(p, "evaluate_removal"), all(QUORUM in guard for guard in guards(p, "evaluate_removal"))), ({"village_assembly"}, True)),
    ("清退：公示7天", lambda p: notice_days(p, "removal")[0], SEVEN_DAYS),
    ("清退：户主可提异议", lambda p: set(p.notice["removal"].objectors), {"any_villager", "householder"}),
    ("清退：期满且无未处理异议", lambda p: guards(p, "close_removal_notice"), ["notice.removal.elapsed and notice.removal.open_objections == 0"]),
    ("清退：县级审定", lambda p: roles(p, "decide_removal"), {"county_office"}),
    ("清退：确不符合才清退", lambda p: 'assessment.outcome == "ineligible"' in guards(p, "decide_removal")[0], True),
    ("清退：所需", lambda p: _needs(p, "removed"), ({"removal"}, {"removal"}, {"find_untrue", "evaluate_removal"})),
    ("自然增加：出生、婚入、迁入、其他", lambda p: _members(p)[0], {"出生", "婚入", "迁入", "其他增加"}),
    ("自然减少：死亡、婚出、迁出、判刑收监、出国定居、其他", lambda p: _members(p)[1], {"死亡", "婚出", "迁出", "判刑收监", "出国定居", "其他减少"}),
    ("自然增减：村，附证明", lambda p: (roles(p, "natural_change"), evidence(p, "natural_change")), ({"village_committee"}, {"certificate"})),
    ("自然增减：状态不变", lambda p: {target for source, target in ways(p, "natural_change") if source == "registered"}, {None, "cancelled"}),
    ("自然销户", lambda p: {(state.id, state.kind) for state in p.states if state.kind is StateKind.CLOSED}, {("not_eligible", StateKind.CLOSED), ("withdrawn", StateKind.CLOSED), ("cancelled", StateKind.CLOSED)}),
    *exit_items("kept"),
    ("及时脱贫：原文写明户别，步骤出自意见", lambda p: standings(p, "strike_off"), {Standing.FOUND}),
    ("驻村工作队：出自意见", lambda p: p.role["task_force"].citation.standing, Standing.FOUND),
    ("退出之后仍可返贫重新纳入", lambda p: "applied" in reached(p, "exited"), True),
    ("当年识别当年不得脱贫：不在本程序", lambda p: [move.id for move in p.moves if move.guard is not None and "year" in to_text(move.guard)], []),
]  # fmt: skip

IN_EXIT: list[Item] = [
    ("贫困户", lambda p: (p.subject, p.policy, p.initial), (Subject.HOUSEHOLD, "exit-2016", "registered")),
    ("意见：2016年4月", lambda p: p.citation.standing, Standing.FOUND),
    *exit_items("registered"),
    ("返贫", lambda p: (ways(p, "return_to_poverty"), fields(p, "return_to_poverty")), ({("exited", "returned")}, {"cause"})),
    ("返贫：确未达标", lambda p: guards(p, "return_to_poverty"), ['exit.outcome == "not_met"']),
    ("返贫：本案结束", lambda p: p.state["returned"].kind, StateKind.CLOSED),
]  # fmt: skip


@pytest.mark.parametrize(("look", "wanted"), [pytest.param(*item[1:], id=item[0]) for item in IN_YUCHENG])
def test_yucheng_has_what_the_article_asks(look: Callable[[Procedure], object], wanted: object) -> None:
    assert look(YUCHENG) == wanted


@pytest.mark.parametrize(("look", "wanted"), [pytest.param(*item[1:], id=item[0]) for item in IN_EXIT])
def test_exit_has_what_the_opinion_asks(look: Callable[[Procedure], object], wanted: object) -> None:
    assert look(EXIT) == wanted


@pytest.mark.parametrize("procedure", [YUCHENG, EXIT], ids=lambda procedure: procedure.id)
def test_every_state_that_waits_has_a_deadline(procedure: Procedure) -> None:
    waiting = {state.id for state in procedure.states if state.kind is StateKind.WAITING}
    assert waiting - {state for deadline in procedure.deadlines for state in deadline.states} == set()


@pytest.mark.parametrize("procedure", [YUCHENG, EXIT], ids=lambda procedure: procedure.id)
def test_days_that_no_text_gives_are_not_passed_off_as_found(procedure: Procedure) -> None:
    firm = {deadline.id for deadline in procedure.deadlines if deadline.citation.standing >= Standing.FOUND}
    assert firm == ({"entry"} if procedure is YUCHENG else set())


@pytest.mark.parametrize("procedure", [YUCHENG, EXIT], ids=lambda procedure: procedure.id)
def test_nobody_decides_on_a_relative(procedure: Procedure) -> None:
    deciding = ("evaluate", "resolve", "pass_", "decide", "check_", "send_back", "sign_township", "sign_verification")
    lax = [move.id for move in procedure.moves if move.event.startswith(deciding) and not move.impartial]
    assert lax == []


@pytest.mark.parametrize("procedure", [YUCHENG, EXIT], ids=lambda procedure: procedure.id)
def test_texts_that_events_carry_are_short_words_and_people_enter_as_digests(procedure: Procedure) -> None:
    for event in procedure.events:
        for field in event.fields:
            assert field.kind is not FieldKind.TEXT or field.id in {"reason", "objection", "slot", "to", "role"}


def test_the_head_signs_and_no_other_relative_does() -> None:
    assert guards(YUCHENG, "sign_form") == ['actor.role == "householder" or not actor.is_kin']
