"""The shape of a procedure, as its reader takes it from TOML or from plain data."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fupin_rules.documents import ANY_TEXT, CITED, EXPRESSION, NAMED, TEXT, WORDS_OF_DOCUMENT
from fupin_rules.shapes import (
    Form,
    Shape,
    always,
    by_name,
    codes,
    day,
    either,
    flag,
    forms,
    listed,
    named,
    pattern_of,
    record,
    text,
    told,
    whole,
)
from fupin_rules.workflow.procedure._days import MAX_DAYS, DayKind
from fupin_rules.workflow.procedure._parts import FieldKind, NoticeKind, OnObjection, StateKind, Subject, Then
from fupin_rules.workflow.procedure._procedure import Procedure
from fupin_rules.workflow.procedure._read import NEEDED, PROCEDURE_ID, REFERENCE
from fupin_rules.workflow.procedure._read_moves import ON_NOTICES, ON_REVIEWS
from fupin_rules.workflow.procedure._read_names import MAX_PARTS
from fupin_rules.workflow.procedure._read_parts import MAX_DIGITS, MAX_WHOLE
from fupin_rules.workflow.procedure._write import FORMAT

_ID: Final = told(NAMED, "代号", "its name")
_LABEL: Final = told(WORDS_OF_DOCUMENT, "标签", "words for it")
_WHOLE: Final = whole(-MAX_WHOLE, MAX_WHOLE)


def _parts(form: str) -> Shape:
    return listed(named(form), most=MAX_PARTS)


def _some(zh: str, en: str, *, least: int = 1) -> Shape:
    return told(listed(NAMED, least=least, most=MAX_PARTS, unique=True), zh, en)


def _one(zh: str, en: str) -> Shape:
    return told(NAMED, zh, en)


def _groups(zh: str, en: str) -> Shape:
    return told(listed(listed(NAMED, least=2, unique=True), most=MAX_PARTS), zh, en)


_DAYS: Final = record(
    {
        "n": told(whole(0, MAX_DAYS), "天数", "how many"),
        "kind": told(
            codes(
                DayKind,
                {
                    DayKind.CALENDAR: ("日历日", "calendar days"),
                    DayKind.WORKING: ("工作日", "working days"),
                }.__getitem__,
            ),
            "计日方法，默认为日历日",
            "which days count; calendar days unless it says so",
        ),
        "count_start": told(flag(), "起始日计入", "the day it starts on is the first"),
        "roll_end": told(flag(), "末日非工作日则顺延", "a last day that is no working day moves on"),
    },
    optional=("kind", "count_start", "roll_end"),
)


def _field(more: Mapping[str, Shape]) -> Shape:
    """Give a field of an event or a fact of a case, by what its kind asks for."""
    head = {"id": _ID, "label": _LABEL}
    others = [kind for kind in FieldKind if kind not in (FieldKind.CODE, FieldKind.NUMBER)]
    code = {"kind": told(always(FieldKind.CODE.value), "代码", "a code"), "list": _one("代码表", "its code list")}
    number = {
        "kind": told(always(FieldKind.NUMBER.value), "整数", "a whole number"),
        "low": told(_WHOLE, "最小值", "its lowest value"),
        "high": told(_WHOLE, "最大值", "its highest value"),
        "unit": told(ANY_TEXT, "单位", "its unit"),
    }
    plain = {"kind": told(codes(others), "种类", "what it holds")}
    return either(
        record({**head, **plain, **more}, optional=more),
        record({**head, **code, **more}, optional=more),
        record({**head, **number, **more}, optional=("unit", *more)),
    )


_UPCAST: Final = record(
    {
        "from": told(whole(1, MAX_WHOLE), "旧版本", "the version it reads"),
        "rename": told(by_name(NAMED, names=NAMED["pattern"]), "改名的字段", "fields renamed, old to new"),
        "set": told(
            by_name(either(flag(), _WHOLE, ANY_TEXT), names=NAMED["pattern"]), "补上的字段", "fields set to a value"
        ),
        "drop": told(listed(NAMED, unique=True), "去掉的字段", "fields dropped"),
    },
    optional=("rename", "set", "drop"),
)
_EVENT: Final = record(
    {
        "id": _ID,
        "label": _LABEL,
        "version": told(whole(1, MAX_PARTS), "版本", "version of the event"),
        "fields": told(_parts("FieldOfEvent"), "所载字段", "what it carries"),
        "upcasts": told(listed(_UPCAST, most=MAX_PARTS), "旧版本如何读", "how older versions are read"),
    },
    optional=("version", "fields", "upcasts"),
)
_STATE: Final = record(
    {
        "id": _ID,
        "kind": told(codes(StateKind), "状态的种类", "what it means for a case to be in it"),
        "label": _LABEL,
        "level": _one("所在层级", "level that it lies with"),
        "protected": told(flag(), "不得被跳过", "it is guarded by what it needs"),
        "needs": told(
            record(
                {
                    "reviews": _some("评议审核", "reviews", least=0),
                    "notices": _some("公示公告", "notices", least=0),
                    "events": _some("事项", "events", least=0),
                },
                optional=("reviews", "notices", "events"),
            ),
            "到此之前须有的",
            "what must have been before it",
        ),
    },
    optional=("level", "protected", "needs"),
)
_SLOT: Final = record(
    {
        "id": _ID,
        "role": _one("由谁签", "role that signs"),
        "waivable": told(flag(), "可免", "it can be waived"),
    },
    optional=("waivable",),
)
_REVIEW: Final = record(
    {
        "id": _ID,
        "label": _LABEL,
        "source": CITED,
        "slots": told(listed(_SLOT, least=1, most=MAX_PARTS), "签名处", "places for signatures"),
        "need": told(whole(1, MAX_PARTS), "须几个签名，默认全部", "how many are needed; all unless it says so"),
        "distinct": told(flag(), "须不同的人", "each must be another person"),
        "may_share": _groups("可由一人签的", "places that one person may sign"),
        "incompatible": _groups("不得由一人签的", "places that one person must not sign"),
    },
    optional=("need", "distinct", "may_share", "incompatible"),
)
_NOTICE_HEAD: Final = {
    "id": _ID,
    "level": _one("在哪一级", "level at which it is posted"),
    "label": _LABEL,
    "source": CITED,
}
_NOTICE: Final = either(
    record(
        {
            **_NOTICE_HEAD,
            "kind": told(always(NoticeKind.NOTICE.value), "公示，可提异议", "open to objection, for a minimum length"),
            "days": told(_DAYS, "公示期", "how long it is up"),
            "days_source": CITED,
            "objectors": _some("可提异议的人", "roles that may object"),
            "on_objection": told(codes(OnObjection), "异议的后果", "what an objection does to its clock"),
            "on_upheld": _one("异议成立后转入", "state where an objection that is upheld leads"),
        },
        optional=("on_objection", "on_upheld"),
    ),
    record({**_NOTICE_HEAD, "kind": told(always(NoticeKind.ANNOUNCEMENT.value), "公告", "tells what was decided")}),
)


def _deadline(then: Then, zh: str, en: str, more: Mapping[str, Shape]) -> Shape:
    return record(
        {
            "id": _ID,
            "label": _LABEL,
            "source": CITED,
            "states": _some("所在状态", "states in which it runs"),
            "days": told(_DAYS, "期限", "how long"),
            "since": told(text(), "自何日起", "`entered`, `last.<event>` or a fact that is a day"),
            "then": told(always(then.value), zh, en),
            **more,
        },
        optional=("since",),
    )


_DEADLINE: Final = either(
    _deadline(Then.REMIND, "到期提醒", "a reminder", {}),
    _deadline(Then.ESCALATE, "到期上报", "it goes to somebody above", {"role": _one("报给谁", "role it goes to")}),
    _deadline(Then.MAY, "到期可办", "a way opens", {"event": _one("可办的事项", "event that may then happen")}),
)
_EFFECT: Final = either(
    record(
        {
            "do": told(codes(ON_REVIEWS), "对评议审核", "what it does to a review"),
            "review": _one("评议审核", "the review"),
        }
    ),
    record(
        {
            "do": told(codes(ON_NOTICES), "对公示公告", "what it does to a notice"),
            "notice": _one("公示公告", "the notice"),
        }
    ),
    record(
        {"do": told(always("set"), "记下", "it sets a fact"), "fact": _one("记在何处", "the fact"), "to": EXPRESSION}
    ),
    record({"do": told(always("new_round"), "新的一轮", "a new round begins")}),
)
_MOVE: Final = record(
    {
        "id": _ID,
        "event": _one("因何事项", "event that makes it"),
        "from": _some("从何状态", "states it leads from"),
        "to": _one("到何状态；空缺则不变", "state it leads to; where it is left out the case stays"),
        "roles": _some("由谁办", "roles that may make it"),
        "label": _LABEL,
        "source": CITED,
        "when": EXPRESSION,
        "evidence": _some("须有的材料", "evidence that is needed", least=0),
        "effects": told(listed(_EFFECT, most=MAX_PARTS), "后果", "what else it does"),
        "impartial": told(flag(), "须回避", "kin of the household must not make it"),
        "key_step": told(flag(), "关键环节", "it is a key step"),
    },
    optional=("to", "label", "when", "evidence", "effects", "impartial", "key_step"),
)
# The arrays of a procedure, each with the form of its parts.
_ARRAYS: Final[Mapping[str, tuple[str, str, str]]] = {
    "levels": ("LevelOfProcedure", "层级", "levels of the administration, from below to above"),
    "roles": ("RoleOfProcedure", "角色", "roles"),
    "lists": ("ListOfProcedure", "代码表", "code lists"),
    "evidence": ("EvidenceOfProcedure", "材料的种类", "sorts of evidence"),
    "facts": ("FactOfCase", "案件所记", "what a case remembers"),
    "events": ("EventType", "事项", "events"),
    "states": ("StateOfProcedure", "状态", "states"),
    "reviews": ("Review", "评议审核", "reviews"),
    "notices": ("NoticeOfProcedure", "公示公告", "notices and announcements"),
    "deadlines": ("DeadlineOfProcedure", "期限", "deadlines"),
    "moves": ("Move", "步骤", "moves"),
}
_OPTIONAL: Final = (
    *("note", "subject", "policy", "incompatible", "follows", "migrators", "sources"),
    *(array for array in _ARRAYS if array not in NEEDED),
)
_PROCEDURE: Final = record(
    {
        "format": told(always(FORMAT), "格式号", "number of this format"),
        "id": told(text(pattern_of(PROCEDURE_ID)), "代号，同文件名", "its name, that of its file"),
        "version": told(whole(1, MAX_WHOLE), "版本", "its version"),
        "from": told(day(), "施行日", "first day on which it is in force"),
        "title": told(WORDS_OF_DOCUMENT, "标题", "title"),
        "note": told(WORDS_OF_DOCUMENT, "说明", "what a reader should know"),
        "subject": told(codes(Subject), "对象，默认为户", "whom cases are about; households unless it says so"),
        "policy": told(text(f"{pattern_of(PROCEDURE_ID)}|^$"), "所用的政策包", "pack that its guards assess under"),
        "initial": _one("起始状态", "state in which a case begins"),
        "source": CITED,
        "incompatible": _groups("不得兼任的角色", "roles that one person must not hold together"),
        "follows": told(
            text(f"{pattern_of(REFERENCE)}|^$"), "所替换的规程", "procedure that it follows, `id/version@digest`"
        ),
        "migrators": _some("可迁移案件的角色", "roles that bring cases over", least=0),
        "sources": told(named("Sources"), "出处", "sources that it cites"),
        **{
            array: told({**_parts(form), **({"minItems": 1} if array in NEEDED else {})}, zh, en)
            for array, (form, zh, en) in _ARRAYS.items()
        },
    },
    optional=_OPTIONAL,
)

FORMS_OF_PROCEDURES: Final = forms(
    Form(
        "LevelOfProcedure",
        "一个层级",
        "a level of the administration",
        record(
            {
                "id": _ID,
                "label": _LABEL,
                "digits": told(whole(0, MAX_DIGITS), "区划代码位数", "digits of its area codes"),
            }
        ),
    ),
    Form(
        "RoleOfProcedure",
        "一个角色",
        "a role",
        record({"id": _ID, "level": _one("所属层级", "its level"), "label": _LABEL, "source": CITED}),
    ),
    Form(
        "ListOfProcedure",
        "一张代码表",
        "a code list",
        record(
            {
                "id": _ID,
                "codes": told(
                    listed(
                        record({"id": _ID, "zh": told(TEXT, "中文", "Chinese"), "en": told(TEXT, "英文", "English")}),
                        least=1,
                        most=MAX_PARTS,
                    ),
                    "代码",
                    "its codes",
                ),
            }
        ),
    ),
    Form("EvidenceOfProcedure", "一种材料", "a sort of evidence", record({"id": _ID, "label": _LABEL})),
    Form(
        "FactOfCase",
        "案件所记的一项",
        "one thing that a case remembers",
        _field({"keep": told(flag(), "跨轮保留", "it is kept from round to round")}),
    ),
    Form(
        "FieldOfEvent",
        "事项所载的一个字段",
        "one field of an event",
        _field({"required": told(flag(), "必填，默认为是", "it must be given; it must unless it says so")}),
    ),
    Form("EventType", "一种事项", "an event of a procedure", _EVENT),
    Form("StateOfProcedure", "一个状态", "a state of a case", _STATE),
    Form("Review", "一次评议或审核", "a review with its signatures", _REVIEW),
    Form("NoticeOfProcedure", "一次公示或公告", "a notice or an announcement", _NOTICE),
    Form("DeadlineOfProcedure", "一项期限", "a deadline", _DEADLINE),
    Form("Move", "一个步骤", "a move from state to state", _MOVE),
    Form(
        "Procedure",
        "一个规程",
        "a procedure: who may do what, when, on what ground",
        _PROCEDURE,
        Procedure,
        "procedure",
    ),
)
