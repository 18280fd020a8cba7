"""The shapes of what is told of procedures: findings, comparisons, names that change, cases taken again."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fupin_rules.shapes import (
    Form,
    Shape,
    by_name,
    codes,
    either,
    flag,
    forms,
    in_words,
    listed,
    named,
    nullable,
    pattern_of,
    record,
    text,
    told,
    whole,
)
from fupin_rules.workflow.procedure._read import REFERENCE
from fupin_rules.workflow.validation._finding import ProcedureFinding
from fupin_rules.workflow.versions._compare import ChangeKind, PartChange, ProcedureComparison
from fupin_rules.workflow.versions._compare_words import ARRAY_WORDS
from fupin_rules.workflow.versions._images import SORTS, Images
from fupin_rules.workflow.versions._rehearse import Difference, Rehearsal, RehearsedCase

_REFERENCE: Final = text(pattern_of(REFERENCE))
_OLD_AND_NEW: Final[Mapping[str, Shape]] = {
    "old": told(_REFERENCE, "原规程", "the procedure before"),
    "new": told(_REFERENCE, "新规程", "the procedure after"),
}
_FINDING: Final = record(
    {
        "code": told(text(r"^P[0-9]{3}$"), "检查的代号", "which check"),
        "path": told(text(least=1), "哪一部分", "the part"),
        "zh": told(text(least=1), "问题，中文", "what is wrong, in Chinese"),
        "en": told(text(least=1), "问题，英文", "what is wrong, in English"),
        "mend_zh": told(text(least=1), "如何改，中文", "what to do about it, in Chinese"),
        "mend_en": told(text(least=1), "如何改，英文", "what to do about it, in English"),
    }
)
_FIELD: Final = record(
    {
        "name": told(text(), "字段", "its key in the format"),
        "old": told(named("PlainValue"), "原值", "its value before; null where it is left out"),
        "new": told(named("PlainValue"), "新值", "its value after; null where it is left out"),
    }
)
_CHANGE: Final = record(
    {
        "array": told(codes(ARRAY_WORDS, ARRAY_WORDS.__getitem__), "哪一类", "where it stands"),
        "id": told(text(), "代号", "its name; empty for the head, and for an order"),
        "kind": told(codes(ChangeKind), "如何变动", "what became of it"),
        "counts": told(flag(), "是否可能影响受理", "whether it can change what is accepted"),
        "fields": told(listed(_FIELD), "变动的字段", "what changed"),
    }
)
_COMPARISON: Final = record(
    {
        **_OLD_AND_NEW,
        "follows": told(flag(), "新规程是否载明替换", "whether the new one says that it follows the old one"),
        "can_change_outcomes": told(flag(), "受理结果可能不同", "whether what is accepted can differ"),
        "changes": told(listed(named("PartChange")), "各处变动", "the changes"),
    }
)
_RENAMED: Final = by_name(nullable(text()))
_IMAGES: Final = record(
    {
        sort: told(
            by_name(_RENAMED) if sort == "slots" else _RENAMED, "改名，旧名到新名", "names that change, old to new"
        )
        for sort in SORTS
    },
    optional=SORTS,
)
_CASE: Final = record(
    {
        "case": told(text(least=1), "案件", "the case"),
        "difference": told(named("Difference"), "首先何处不同", "what is different first"),
        "seq": told(whole(0), "第几条；无不同为0", "number of the entry; 0 if all are the same"),
        "event": told(text(), "事项", "its event"),
        "at": told(text(), "何时", "when it happened"),
        "reasons": told(listed(named("ReasonOfRefusal")), "不予受理的理由", "why it is refused"),
        "old_state": told(text(), "原到何状态", "state it led to"),
        "new_state": told(text(), "现到何状态", "state it leads to"),
    }
)
_REHEARSAL: Final = record(
    {
        **_OLD_AND_NEW,
        "counts": told(
            record({each.value: told(whole(0), *in_words(each)) for each in Difference}),
            "各类数目",
            "how many go which way",
        ),
        "cases": told(listed(named("RehearsedCase")), "各案", "one result for each case"),
        "left_out": told(listed(text()), "依其他规程的案件", "cases that began under another procedure"),
    }
)

FORMS_OF_VERSIONS: Final = forms(
    Form(
        "PlainValue",
        "任何可用JSON表示的值",
        "whatever JSON can hold",
        either(
            text(),
            {"type": "number"},
            flag(),
            {"type": "null"},
            listed(named("PlainValue")),
            by_name(named("PlainValue")),
        ),
    ),
    Form(
        "ProcedureFinding",
        "规程的一处问题",
        "something that cannot be meant",
        _FINDING,
        ProcedureFinding,
        "procedure-finding",
    ),
    Form("PartChange", "规程的一处变动", "one part that is not as it was", _CHANGE, PartChange),
    Form(
        "ProcedureComparison",
        "两个规程的对比",
        "what is different between two procedures",
        _COMPARISON,
        ProcedureComparison,
        "procedure-comparison",
    ),
    Form("Images", "改名对照", "old names to new ones", _IMAGES, Images),
    Form("Difference", "首先何处不同", "where a case first goes otherwise", codes(Difference, in_words)),
    Form("RehearsedCase", "重走的一案", "one case, taken again", _CASE, RehearsedCase),
    Form(
        "Rehearsal",
        "依另一规程重走",
        "a journal, taken again under another procedure",
        _REHEARSAL,
        Rehearsal,
        "rehearsal",
    ),
)
