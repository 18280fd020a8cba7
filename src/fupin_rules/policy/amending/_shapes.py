"""
The shapes of amendments, one for the file and the plain form, and of what stands between two of them.

A number is one, as TOML has it, or a text, as JSON carries decimals that are exact; the library writes texts.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Final

from fupin_rules.documents import ANY_TEXT, CITED, EXPRESSION, NAMED, WORDS_OF_DOCUMENT
from fupin_rules.policy.amending._amendment import Amendment
from fupin_rules.policy.amending._clash import Conflict, ConflictKind
from fupin_rules.policy.amending._read import AMENDMENT_ID, MAX_PATCHES
from fupin_rules.policy.amending._write import FORMAT
from fupin_rules.policy.loading._pack_files import PACK_ID
from fupin_rules.policy.loading._shapes import (
    LABEL,
    NOT_IN_EVERY_RANKING,
    NOT_IN_EVERY_RULE,
    NOTE,
    RANKING,
    RULE,
    SUBJECT,
    UNIT,
    UNLESS,
    VALUES,
)
from fupin_rules.shapes import (
    DECIMAL,
    Form,
    Shape,
    always,
    codes,
    day,
    either,
    forms,
    in_words,
    listed,
    named,
    nullable,
    pattern_of,
    record,
    text,
    told,
)

_AMOUNT: Final = either(text(DECIMAL), {"type": "number"})
_VALUES: Final[Mapping[str, Shape]] = {**VALUES, "amount": told(_AMOUNT, "数值", "an exact number")}
_WEIGHT: Final = told(_AMOUNT, "优先规则的分值", "weight of a priority")
_NAME: Final = told(NAMED, "名称", "its name")
_OWN_DAYS: Final[Mapping[str, Shape]] = {
    "from": told(day(), "生效日，默认为修订的生效日", "first day on which it holds, unless that of the amendment"),
    "until": told(day(), "失效日", "first day on which it no longer holds"),
}


def _does(action: str) -> Mapping[str, Shape]:
    return {"action": told(always(action), "所作的修改", "what it does")}


def _patch(properties: Mapping[str, Shape], *, optional: Iterable[str] = ()) -> Shape:
    """Give the shape of a patch: what it is for, its days, and its source."""
    return record({**properties, **_OWN_DAYS, "source": CITED}, optional=(*optional, *_OWN_DAYS))


_SET_PARAMETER: Final = tuple(
    _patch({**_does("set"), "name": _NAME, key: shape, "note": NOTE}, optional=("note",))
    for key, shape in _VALUES.items()
)
_ADD_PARAMETER: Final = tuple(
    _patch(
        {
            **_does("add"),
            "name": _NAME,
            "meaning": told(WORDS_OF_DOCUMENT, "含义", "what it is"),
            "unit": UNIT,
            "list": told(ANY_TEXT, "代码表", "code list of codes"),
            key: shape,
        },
        optional=("unit", "list"),
    )
    for key, shape in _VALUES.items()
)
_DEFINITION: Final = either(
    _patch(
        {**_does("add"), "name": _NAME, "subject": SUBJECT, "label": LABEL, "value": EXPRESSION}, optional=["subject"]
    ),
    _patch({**_does("change"), "name": _NAME, "value": EXPRESSION}),
    _patch({**_does("drop"), "name": _NAME}),
)
_RULE: Final = either(
    _patch(
        {
            **_does("add"),
            **RULE,
            "weight": _WEIGHT,
            "overrides": told(always(value=False), "不替换", "that it replaces nothing; a change is one by its action"),
        },
        optional=(*NOT_IN_EVERY_RULE, "overrides"),
    ),
    _patch({**_does("change"), "id": _NAME, "when": EXPRESSION, "weight": _WEIGHT}, optional=["weight"]),
    _patch({**_does("change"), "id": _NAME, "weight": _WEIGHT}),
    _patch({**_does("drop"), "id": _NAME}),
)
_RULE_AMENDED: Final = told(NAMED, "所属的规则", "the rule it belongs to")
_EXCEPTION: Final = either(
    _patch({**_does("add"), "rule": _RULE_AMENDED, **UNLESS}),
    _patch({**_does("drop"), "rule": _RULE_AMENDED, "id": _NAME}),
)
_LABEL: Final = _patch(
    {
        "of": told(NAMED, "何者改称", "the rule, definition or parameter that is called otherwise"),
        "exception": told(NAMED, "其例外", "exception of the rule, where that is meant"),
        "label": LABEL,
    },
    optional=["exception"],
)


def _patches(form: str, zh: str, en: str) -> Shape:
    return told(listed(named(form), most=MAX_PATCHES), zh, en)


_SECTIONS: Final[Mapping[str, Shape]] = {
    "parameter": _patches("ParameterPatch", "参数", "parameters"),
    "definition": _patches("DefinitionPatch", "定义", "definitions"),
    "rule": _patches("RulePatch", "规则", "rules"),
    "exception": _patches("ExceptionPatch", "例外", "exceptions"),
    "eligible_when": _patches("EligibleWhenPatch", "识别条件怎样合并", "how eligibility rules are combined"),
    "ranking": _patches("RankingPatch", "优先排序", "how the eligible are ranked"),
    "label": _patches("LabelPatch", "标签", "words for what stays"),
}
_AMENDMENT: Final = record(
    {
        "format": told(always(FORMAT), "格式号", "number of this format"),
        "id": told(text(pattern_of(AMENDMENT_ID)), "代号", "its name, unique among the amendments of a policy"),
        "policy": told(text(pattern_of(PACK_ID)), "所修订的政策包", "id of the pack that it amends"),
        "title": told(WORDS_OF_DOCUMENT, "标题", "title"),
        "note": NOTE,
        "source": CITED,
        "published": told(day(), "公布日", "day on which it became known"),
        "from": told(day(), "生效日", "first day on which it is in force"),
        "until": told(day(), "失效日", "first day on which it no longer is"),
        **_SECTIONS,
        "sources": told(named("Sources"), "出处，按代号", "what it cites, by key"),
    },
    optional=("note", "until", *_SECTIONS),
)
_CONFLICT: Final = record(
    {
        "kind": told(named("ConflictKind"), "怎样冲突", "how they stand in each other's way"),
        "amendments": told(listed(text(), least=2, most=2), "两项修订", "ids of the two amendments"),
        "name": told(text(), "所关事项", "a parameter, definition, rule, `RULE.EXCEPTION` or subject"),
        "from": told(day(), "起始日", "first day on which both do so"),
        "until": told(nullable(day()), "终止日，当日不计", "first day on which they no longer do; null for no end"),
        "places": told(listed(text(), least=2, most=2), "两处的位置", "where the two are written"),
        "zh": told(text(), "中文", "in Chinese"),
        "en": told(text(), "英文", "in English"),
    }
)

FORMS_OF_AMENDMENTS: Final = forms(
    Form(
        "ParameterPatch",
        "对参数的修订",
        "what is done to a parameter",
        either(*_SET_PARAMETER, *_ADD_PARAMETER, _patch({**_does("end"), "name": _NAME})),
    ),
    Form("DefinitionPatch", "对定义的修订", "what is done to a definition", _DEFINITION),
    Form("RulePatch", "对规则的修订", "what is done to a rule", _RULE),
    Form("ExceptionPatch", "对例外的修订", "what is done to an exception", _EXCEPTION),
    Form(
        "EligibleWhenPatch",
        "对识别条件合并方式的修订",
        "how eligibility rules are combined from then on",
        _patch({"subject": SUBJECT, "when": EXPRESSION}, optional=["subject"]),
    ),
    Form(
        "RankingPatch",
        "对优先排序的修订",
        "how the eligible are ranked from then on",
        _patch({"subject": SUBJECT, **RANKING}, optional=("subject", *NOT_IN_EVERY_RANKING)),
    ),
    Form("LabelPatch", "对标签的修订", "what something is called from then on", _LABEL),
    Form(
        "Amendment",
        "修订：改变政策的文件",
        "a document that changes a policy from a day on",
        _AMENDMENT,
        Amendment,
        "amendment",
    ),
    Form("ConflictKind", "怎样冲突", "how two amendments stand in each other's way", codes(ConflictKind, in_words)),
    Form("Conflict", "两项修订的冲突", "where two amendments touch the same thing", _CONFLICT, Conflict, "conflict"),
)
