"""The shapes of casework: entries of a journal with the events in them, refusals, options, plans, running deadlines."""

from __future__ import annotations

from typing import Final

from fupin_rules.documents import NAMED
from fupin_rules.policy import ExitOutcome, Outcome
from fupin_rules.shapes import (
    ANY_DAY,
    DIGEST,
    Form,
    always,
    by_name,
    codes,
    day,
    either,
    flag,
    forms,
    listed,
    named,
    nullable,
    pattern_of,
    record,
    text,
    told,
    whole,
)
from fupin_rules.workflow.case._case import AREA, CASE_ID, SALTED_DIGEST, Actor, Event, Evidence
from fupin_rules.workflow.case._deadlines import Running
from fupin_rules.workflow.case._entry import FORMAT
from fupin_rules.workflow.case._options import Option, Status
from fupin_rules.workflow.case._outcome import Refused
from fupin_rules.workflow.case._outside import FINGERPRINT, POLICY, Verdict
from fupin_rules.workflow.case._plan import Plan, PlannedStep
from fupin_rules.workflow.case._reasons import Mend, Reason
from fupin_rules.workflow.procedure._parts import Then
from fupin_rules.workflow.procedure._read import REFERENCE
from fupin_rules.workflow.procedure._read_parts import MAX_WHOLE

# Ids that only the caller can resolve; the number of a person is refused although it fits.
_ID: Final = text(pattern_of(CASE_ID))
_SALTED: Final = text(pattern_of(SALTED_DIGEST))
_AREA: Final = text(pattern_of(AREA))
_REFERENCE: Final = text(pattern_of(REFERENCE))
_TIME: Final = r"T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]([+-][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?"
_MOMENT: Final = text(f"{ANY_DAY.removesuffix('$')}({_TIME})?$")
_ANY_VALUE: Final = either(flag(), whole(-MAX_WHOLE, MAX_WHOLE), text())
_NAMES: Final = listed(NAMED)
_DAY_OR_NONE: Final = nullable(day())

_EVIDENCE: Final = record(
    {
        "kind": told(text(least=1), "材料的种类", "sort of evidence"),
        "digest": told(_SALTED, "加盐摘要", "its salted digest"),
        "on": told(day(), "拍摄或形成之日", "the day it was taken or drawn up"),
    }
)
_ACTOR: Final = record(
    {
        "id": told(_ID, "办理人代号，旁人不能识别", "tells people apart; means nothing to others"),
        "role": told(text(), "角色", "role taken here"),
        "level": told(text(), "层级，空缺为角色所在层级", "level acted at; that of the role where it is left out"),
        "place": told(_AREA, "任职所在地的区划代码", "area code of where the role is held"),
        "kin_of": told(listed(_ID), "与其户有亲属关系的案件", "cases whose household the actor is related to"),
    },
    optional=("level", "place", "kin_of"),
)
_EVENT: Final = record(
    {
        "id": told(_ID, "事项代号，同一代号只受理一次", "tells events apart: the same id is taken once"),
        "type": told(text(least=1), "事项的种类", "which event of the procedure"),
        "v": told(whole(1), "事项种类的版本", "version of the event type"),
        "data": told(by_name(_ANY_VALUE), "所载内容，按字段", "what it carries, by field"),
        "evidence": told(listed(named("Evidence"), least=1), "另存的材料", "what is kept elsewhere for it"),
        "batch": told(_ID, "同一会议或公示的共同代号", "common id of events of one meeting or notice"),
    },
    optional=("data", "evidence", "batch"),
)
_VERDICT: Final = record(
    {
        "policy": told(text(pattern_of(POLICY)), "政策包", "id of the policy"),
        "fingerprint": told(
            text(pattern_of(FINGERPRINT)), "政策指纹；空缺为外来结论", "of the policy; empty where it was told"
        ),
        "on": told(day(), "评估日", "day of the assessment"),
        "outcome": told(codes(dict.fromkeys((*Outcome, *ExitOutcome))), "结论", "its outcome"),
        "facts": told(either(_SALTED, always("")), "所依据事实的加盐摘要", "salted digest of the facts; empty without"),
    }
)
_OUTSIDE: Final = record(
    {
        "days": told(
            by_name(_DAY_OR_NONE), "按放假安排计得的末日", "last days counted with a calendar; null is not known"
        ),
        "calendar": told(
            record(
                {
                    "id": told(text(), "放假安排", "id of the calendar"),
                    "digest": told(text(), "其摘要", "its digest"),
                }
            ),
            "所用放假安排",
            "the calendar they were counted with",
        ),
        "assessment": told(nullable(named("Verdict")), "识别评估", "the assessment; null is not known"),
        "exit": told(nullable(named("Verdict")), "退出评估", "the exit assessment; null is not known"),
    },
    optional=("days", "calendar", "assessment", "exit"),
)
_RENAMED: Final = by_name(nullable(NAMED))
_MIGRATED: Final = record(
    {
        "from": told(_REFERENCE, "原规程", "procedure that the case was pinned to"),
        "anyway": told(always(value=True), "虽未载明替换仍迁移", "it was done although the new one does not say so"),
        **{
            sort: told(_RENAMED, f"改名的{zh}", f"{en} that change their names; null lets one go")
            for sort, zh, en in (
                ("states", "状态", "states"),
                ("roles", "角色", "roles"),
                ("events", "事项", "events"),
                ("facts", "案件所记", "facts"),
                ("reviews", "评议审核", "reviews"),
                ("notices", "公示公告", "notices"),
            )
        },
        "slots": told(by_name(_RENAMED), "改名的签名处", "places for signatures that change their names, by review"),
    },
    optional=("anyway", "states", "roles", "events", "facts", "reviews", "notices", "slots"),
)
_ENTRY: Final = record(
    {
        "v": told(always(FORMAT), "格式号", "number of this format"),
        "case": told(_ID, "案件", "the case"),
        "seq": told(whole(1, MAX_WHOLE), "案内序号", "number of the entry in the case, from 1"),
        "at": told(_MOMENT, "何时", "when it happened: a day, or a day with a time"),
        "proc": told(_REFERENCE, "所依据的规程", "the procedure it was taken under"),
        "event": told(named("Event"), "事项", "the event"),
        "by": told(named("Actor"), "由谁", "who acted"),
        "move": told(NAMED, "步骤", "the move that it made"),
        "from": told(NAMED, "从何状态", "the state before"),
        "to": told(NAMED, "到何状态", "the state after"),
        "round": told(whole(0, MAX_WHOLE), "第几轮", "the round after it"),
        "prev": told(text(DIGEST), "前一条的摘要", "digest of the entry before; zeros for the first"),
        "place": told(
            either(_AREA, always("")), "案件所在地，仅首条", "where the case lies; told by the first entry alone"
        ),
        "outside": told(_OUTSIDE, "案外情况", "what was asked outside of the case, and answered"),
        "due": told(by_name(_DAY_OR_NONE), "各期限的末日", "last day of each deadline that runs; null is not known"),
        "migrated": told(_MIGRATED, "规程迁移", "what changed, where a case was brought under another procedure"),
    },
    optional=("place", "outside", "due", "migrated"),
)
_REASON: Final = record(
    {
        "code": told(NAMED, "理由的代号", "stable name of the kind of reason"),
        "path": told(text(), "关于什么", "what it is about, as guards name it"),
        "wanted": told(text(), "应当如何", "what would have to be"),
        "found": told(text(), "实际如何", "what is; empty where it is not known or not there"),
        "zh": told(text(least=1), "理由，中文", "the reason in Chinese"),
        "en": told(text(least=1), "理由，英文", "the reason in English"),
        "mend": told(named("Mend"), "能否补正", "whether and how it can be done away with"),
        "until": told(_DAY_OR_NONE, "何日起不再妨碍", "first day on which it no longer stands in the way"),
        "law": told(nullable(named("Words")), "依据", "the text that asks for it"),
        "because": told(listed(text()), "又因", "what it rests on in turn"),
    }
)
_REASONS: Final = listed(named("ReasonOfRefusal"))
_REFUSED: Final = record(
    {
        "kind": told(always("refused"), "未受理", "that it was refused"),
        "case": told(_ID, "案件", "the case"),
        "event": told(_ID, "事项", "id of the event"),
        "type": told(text(), "事项的种类", "which event"),
        "reasons": told(_REASONS, "全部理由", "everything that stands in the way"),
        "ways": told(
            listed(listed(whole(0))),
            "补正办法，各为一组理由的序号",
            "sets of reasons, by place; mending all of one does",
        ),
    }
)
_OPTION: Final = record(
    {
        "move": told(NAMED, "步骤", "the move"),
        "event": told(NAMED, "事项", "its event"),
        "to": told(nullable(NAMED), "到何状态", "state it leads to; null where the case stays"),
        "status": told(named("OptionStatus"), "能否办理", "how it stands"),
        "until": told(_DAY_OR_NONE, "何日起可办", "first day on which it is ready"),
        "reasons": told(_REASONS, "妨碍办理的理由", "what keeps it"),
        "fields": told(_NAMES, "须填的字段", "what the event carries"),
        "evidence": told(_NAMES, "须有的材料", "what it has to bring"),
    }
)
_PLANNED: Final = record(
    {
        "move": told(NAMED, "步骤", "the move"),
        "event": told(NAMED, "事项", "its event"),
        "role": told(NAMED, "由谁办", "who makes it"),
        "level": told(NAMED, "在哪一级", "at which level"),
        "on": told(day(), "最早何日", "earliest day"),
        "fields": told(_NAMES, "须填的字段", "what the event carries"),
        "evidence": told(_NAMES, "须有的材料", "what it has to bring"),
        "supposing": told(listed(text()), "假定", "what is taken to be so because it is not known yet"),
        "person": told(text(), "受托人", "whom it was delegated to; empty for whoever holds the role"),
    }
)
_PLAN: Final = record(
    {
        "goal": told(NAMED, "目标状态", "the state wanted"),
        "reachable": told(flag(), "能否到达", "whether the case can get there"),
        "until": told(_DAY_OR_NONE, "最早何日到达", "earliest day on which it is reached"),
        "steps": told(listed(named("PlannedStep")), "各步", "steps in order"),
        "reasons": told(_REASONS, "不能到达的理由", "what keeps it"),
    }
)
_RUNNING: Final = record(
    {
        "deadline": told(NAMED, "期限", "the deadline"),
        "since": told(_DAY_OR_NONE, "自何日起", "the day it runs from; null is not known"),
        "until": told(_DAY_OR_NONE, "末日", "its last day; null is not known"),
        "days_left": told(nullable({"type": "integer"}), "还有几天，负数为逾期", "days left; below zero it is overdue"),
        "then": told(codes(Then), "到期如何", "what follows when it has passed"),
    }
)
_MEND_WORDS: Final = {
    Mend.MENDABLE: ("可以补正", "it can be mended"),
    Mend.WAIT: ("只须等待", "by nothing but time"),
    Mend.FINAL: ("在当前环节无法补正", "by nothing, in this state and round"),
}
_STATUS_WORDS: Final = {
    Status.READY: ("可办", "ready"),
    Status.NOT_YET: ("未到日期", "not yet"),
    Status.BLOCKED: ("暂不可办", "blocked"),
    Status.NOT_YOURS: ("不由您办理", "not yours"),
}

FORMS_OF_CASES: Final = forms(
    Form("Evidence", "另存的材料", "a document or picture kept elsewhere", _EVIDENCE, Evidence),
    Form("Actor", "办理人", "who acts", _ACTOR, Actor),
    Form("Event", "日志中的事项", "an event as a journal has it", _EVENT, Event, "event"),
    Form("Verdict", "评估结论的记录", "an assessment as a journal has it", _VERDICT, Verdict),
    Form("Entry", "日志的一条", "an entry of a journal", _ENTRY, file="journal-entry"),
    Form("Mend", "能否补正", "whether and how a reason can be done away with", codes(Mend, _MEND_WORDS.__getitem__)),
    Form("ReasonOfRefusal", "未受理的一条理由", "one thing that stands in the way of an event", _REASON, Reason),
    Form("Refused", "未受理", "an event that was not taken, with every reason", _REFUSED, Refused, "refused"),
    Form("OptionStatus", "能否办理", "how a move stands to somebody", codes(Status, _STATUS_WORDS.__getitem__)),
    Form("Option", "一个可选步骤", "one move, for one actor, now", _OPTION, Option, "option"),
    Form("PlannedStep", "计划的一步", "one step of a plan", _PLANNED, PlannedStep),
    Form("Plan", "到达目标的计划", "a way to a goal, or why there is none", _PLAN, Plan, "plan"),
    Form("Running", "进行中的期限", "a deadline that runs for a case", _RUNNING, Running, "running-deadline"),
)
