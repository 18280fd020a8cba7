"""The shapes of what registers lead to: public notices, and the work list of an adjustment."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, Final

from fupin_rules.model import SUBJECT_ID, MemberChange
from fupin_rules.registry._notice import SHOWABLE, Names, PublicNotice
from fupin_rules.registry.adjustment import (
    Adjustment,
    HouseholdRow,
    RegisterFinding,
    RegisterStatus,
    WorkItem,
    WorkKind,
    WorkReason,
)
from fupin_rules.registry.adjustment._work import FORMAT
from fupin_rules.registry.forms import FORMS_OF_FORMS
from fupin_rules.shapes import (
    DIGEST,
    Form,
    always,
    codes,
    day,
    flag,
    forms,
    listed,
    named,
    nullable,
    record,
    text,
    told,
    whole,
)


def _labels(code: Any) -> tuple[str, str]:
    return code.zh, code.en


_WORDS: Final = {"zh": told(text(), "中文", "in Chinese"), "en": told(text(), "英文", "in English")}
_NOTICE: Final = record(
    {
        "place": told(text(), "乡镇和村", "township and village"),
        "posted": told(day(), "公示日", "day it is put up"),
        "until": told(day(), "公示末日", "last day on which objections are taken"),
        "columns": told(listed(codes(SHOWABLE, SHOWABLE.__getitem__)), "所列事实", "facts shown, by path"),
        "rows": told(listed(listed(text())), "各户各栏", "cells of each household"),
        "names": told(
            codes(Names, {Names.MASKED: ("隐去", "masked"), Names.FULL: ("全名", "in full")}.__getitem__),
            "户主姓名",
            "how heads are named",
        ),
        "least_alike": told(nullable(whole(0)), "至少几户相同", "how many households share the rarest row"),
        "contact": told(text(), "异议受理", "where objections go"),
    }
)
_REASON: Final = record(
    {
        "code": told(text(least=1), "代号", "id of a rule, or a name of ours"),
        **_WORDS,
        "source": told(
            record(
                {
                    "id": told(text(), "出处", "key of the source"),
                    "locator": told(text(), "出处中的位置", "place in the source"),
                    "standing": told(named("Standing"), "等级", "how firm it is"),
                    "text": told(named("Words"), "出处全称", "the citation in words"),
                }
            ),
            "出处",
            "where it comes from",
        ),
    }
)
_FINDING: Final = record(
    {
        "code": told(text(least=1), "代号", "its stable name"),
        "register": told(codes(("old", "new", "")), "在哪一册，空缺为两册", "in which register; empty for both"),
        "places": told(
            listed(
                record(
                    {
                        "household": told(SUBJECT_ID, "户", "id of the household"),
                        "member": told(text(), "成员", "id of the member; empty for the household"),
                    }
                )
            ),
            "何处",
            "where",
        ),
        **_WORDS,
    }
)
_ROW: Final = record(
    {
        "old": told(nullable(SUBJECT_ID), "原册编号", "its id in the old register"),
        "new": told(nullable(SUBJECT_ID), "新册编号", "its id in the new register"),
        "statuses": told(listed(named("RegisterStatus")), "在册情况", "how it can stand on the register"),
        "outcome": told(nullable(named("Outcome")), "识别结论", "whether it is eligible"),
        "exit": told(nullable(named("ExitOutcome")), "退出结论", "whether it meets the standard of exit"),
        "kind": told(named("WorkKind"), "拟如何处理", "what is proposed"),
    }
)
_ITEM: Final = record(
    {
        "kind": told(named("WorkKind"), "事项", "what is to be done"),
        "household": told(SUBJECT_ID, "户", "id of the household"),
        "case": told(text(least=1), "案件", "id of its case"),
        "township": told(text(), "乡镇", "where it lives"),
        "village": told(text(), "村", "where it lives"),
        "member": told(text(), "成员", "for a natural change: the member; otherwise empty"),
        "reasons": told(listed(named("WorkReason")), "理由", "why"),
        "missing": told(listed(text()), "须查明的事实", "facts that would settle it"),
        "question": told(
            nullable(record({"fact": told(text(least=1), "所问的事实", "the fact asked for"), **_WORDS})),
            "先问什么",
            "what to ask first",
        ),
        "event": told(nullable(text()), "规程中的事项", "the event that takes it up in a procedure"),
        "reason": told(nullable(codes(MemberChange, _labels)), "变动原因", "for a natural change: the code"),
        "members_left": told(nullable(whole(0)), "变动后人数", "for a natural change: members after it"),
        "cause": told(nullable(text()), "致贫原因", "for a return to poverty: the main cause"),
    }
)
_ADJUSTMENT: Final = record(
    {
        "format": told(always(FORMAT), "格式号", "number of this format"),
        "kind": told(always("adjustment"), "动态调整", "that it is an adjustment"),
        "policy": told(text(least=1), "政策包", "id of the policy"),
        "policy_version": told(text(), "政策包版本", "version of its pack"),
        "fingerprint": told(text(DIGEST), "政策指纹", "fingerprint of the policy"),
        "on": told(day(), "评估日", "day of the assessment"),
        "since": told(nullable(day()), "原册之日", "day of the old register"),
        "has_exit": told(flag(), "政策有无退出条件", "whether the policy says when a household may leave"),
        "rows": told(listed(named("AdjustedHousehold")), "各户", "every household of either register, once"),
        "counts": told(
            record({kind.value: told(whole(0), kind.zh, kind.en) for kind in WorkKind}), "各类数目", "how many of each"
        ),
        "items": told(listed(named("WorkItem")), "工作清单", "the work list"),
        "findings": told(listed(named("RegisterFinding")), "疑点", "what does not fit together"),
    }
)


@functools.cache
def plain_forms() -> Mapping[str, Form]:
    """Give the plain forms of what registers lead to by name."""
    return forms(
        *FORMS_OF_FORMS.values(),
        Form("PublicNotice", "公示", "a notice as it is put up", _NOTICE, PublicNotice, "public-notice"),
        Form("WorkKind", "拟如何处理", "what is proposed", codes(WorkKind, _labels)),
        Form("RegisterStatus", "在册情况", "how a household stands on the register", codes(RegisterStatus, _labels)),
        Form("WorkReason", "工作事项的一条理由", "one ground of a work item", _REASON, WorkReason),
        Form("RegisterFinding", "名册疑点", "what does not fit together in registers", _FINDING, RegisterFinding),
        Form("AdjustedHousehold", "调整中的一户", "one household of an adjustment", _ROW, HouseholdRow),
        Form("WorkItem", "一项工作", "one thing to do", _ITEM, WorkItem, "work-item"),
        Form(
            "Adjustment", "动态调整", "what two registers and a policy propose", _ADJUSTMENT, Adjustment, "adjustment"
        ),
    )
