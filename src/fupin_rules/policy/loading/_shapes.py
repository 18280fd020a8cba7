"""The shapes of the files of a pack, as `tomllib` gives them and JSON carries them: days are text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from fupin_rules.documents import (
    ANY_TEXT,
    CITED,
    EXPRESSION,
    NAMED,
    TEXT,
    WORDS_OF_DOCUMENT,
)
from fupin_rules.policy._checklists import Counts
from fupin_rules.policy._outcome import ExitOutcome, Outcome
from fupin_rules.policy._rules import Direction, RankingMethod, RuleKind, Subject
from fupin_rules.policy._waivers import FindingCode
from fupin_rules.policy.loading._pack_files import FORMAT, PACK_ID
from fupin_rules.policy.loading._read_waivers import MAX_WAIVERS
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
)

_NUMBER: Final[Shape] = {"type": "number"}
LABEL: Final = told(WORDS_OF_DOCUMENT, "标签", "words for it")
NOTE: Final = told(WORDS_OF_DOCUMENT, "说明", "what a reader should know")
SUBJECT: Final = told(named("Subject"), "对象，默认为户", "whom it is about; a household unless it says so")
_FROM: Final = told(day(), "起始日", "first day")
_UNTIL: Final = told(day(), "终止日，当日不计", "first day that is no longer covered")
# Who replaces something of a pack below says so, and in which direction.
_OVERRIDE: Final[Mapping[str, Shape]] = {
    "overrides": told(flag(), "替换下层包的同名内容", "it replaces what a pack below has under this name"),
    "direction": told(named("Direction"), "替换的方向", "what the replacement does to those who are eligible"),
}
_DIRECTED: Final[Shape] = {"properties": {"direction": {}}, "required": ["direction"]}
_OVERRIDING: Final[Shape] = {
    "if": {"properties": {"overrides": {"const": True}}, "required": ["overrides"]},
    "then": _DIRECTED,
    "else": {"not": _DIRECTED},
}


def _overridable(properties: Mapping[str, Shape], *, optional: tuple[str, ...]) -> Shape:
    return {**record({**properties, **_OVERRIDE}, optional=(*optional, *_OVERRIDE)), **_OVERRIDING}


def _by_subject(shape: Shape) -> Shape:
    return record(
        {each.value: told(shape, zh, each.one) for each, zh in _SUBJECT_ZH.items()},
        optional=[each.value for each in Subject],
    )


_SUBJECT_ZH: Final = {Subject.HOUSEHOLD: "户", Subject.VILLAGE: "村", Subject.AREA: "乡镇或县"}

RANKING: Final[Mapping[str, Shape]] = {
    "method": told(codes(RankingMethod), "计分方法", "how matched priorities are added up"),
    "source": CITED,
    "order": told(listed(TEXT), "按次序的优先规则", "priority rules in order, where the method is lexicographic"),
    "tie_break": told(
        listed(
            record(
                {
                    "by": EXPRESSION,
                    "prefer": told(codes(("lower", "higher")), "何者在前", "which goes first"),
                    "source": CITED,
                }
            )
        ),
        "并列时的先后",
        "what decides among those who are level",
    ),
}
NOT_IN_EVERY_RANKING: Final = ("order", "tie_break")
_HEAD: Final = record(
    {
        "format": told(always(FORMAT), "格式号", "number of this format"),
        "id": told(text(pattern_of(PACK_ID)), "包的代号，同文件夹名", "name of the pack, that of its folder"),
        "version": told(TEXT, "版本", "version of the pack"),
        "title": told(WORDS_OF_DOCUMENT, "标题", "title"),
        "note": NOTE,
        "extends": told(listed(text()), "下层的包", "packs below it"),
        "from": _FROM,
        "until": _UNTIL,
        "subjects": told(listed(named("Subject"), least=1), "所评估的对象", "whom its rules are about"),
        "eligible_when": told(
            _by_subject(record({"when": EXPRESSION, "source": CITED})),
            "识别条件怎样合并",
            "how eligibility rules are combined, where not all must hold",
        ),
        "ranking": told(
            _by_subject(record(RANKING, optional=NOT_IN_EVERY_RANKING)), "优先排序", "how the eligible are ranked"
        ),
        "no_quota": told(_by_subject(record({"source": CITED})), "不得设名额", "that a quota is forbidden"),
    },
    optional=("note", "extends", "eligible_when", "ranking", "no_quota"),
)
VALUES: Final[Mapping[str, Shape]] = {
    "amount": told(_NUMBER, "数值", "an exact number"),
    "code": told(TEXT, "代码", "one code"),
    "codes": told(listed(text()), "一组代码", "a set of codes"),
    "day": told(day(), "日期", "a day"),
}


def _dated(key: str) -> Shape:
    return record(
        {
            "from": told(day(), "生效日", "first day on which it holds"),
            "until": told(day(), "失效日", "first day on which it no longer holds"),
            key: VALUES[key],
            "source": CITED,
            "published": told(day(), "公布日", "day on which it became known"),
            "note": NOTE,
        },
        optional=("until", "published", "note"),
    )


UNIT: Final = told(ANY_TEXT, "单位，如 yuan / person / year", "unit of a number, like yuan / person / year")
_PARAMETER: Final = _overridable(
    {
        "meaning": told(WORDS_OF_DOCUMENT, "含义", "what it is"),
        "unit": UNIT,
        "list": told(ANY_TEXT, "代码表", "code list of codes"),
        "open": told(always(value=False), "不留空", "that it is not left open"),
        "value": told(listed(named("DatedValue"), least=1), "各时期的值", "values, each with its first day"),
    },
    optional=("unit", "list", "open"),
)
_OPEN_PARAMETER: Final = _overridable(
    {
        "meaning": told(WORDS_OF_DOCUMENT, "含义", "what it is"),
        "unit": told(TEXT, "单位", "unit"),
        "open": told(always(value=True), "由上层包或使用者给值", "that a pack above, or the caller, gives the values"),
        "low": told(_NUMBER, "最小可能值", "least value that may be given"),
        "high": told(_NUMBER, "最大可能值", "greatest value that may be given"),
    },
    optional=(),
)
_DEFINITION: Final = _overridable(
    {"subject": SUBJECT, "label": LABEL, "value": EXPRESSION, "source": CITED}, optional=("subject",)
)
UNLESS: Final[Mapping[str, Shape]] = {
    "id": told(NAMED, "代号", "its name"),
    "label": LABEL,
    "when": EXPRESSION,
    "source": CITED,
}
RULE: Final[Mapping[str, Shape]] = {
    "id": told(NAMED, "代号", "its name"),
    "kind": told(named("RuleKind"), "规则的种类", "what it does to an outcome"),
    "subject": SUBJECT,
    "label": LABEL,
    "when": EXPRESSION,
    "source": CITED,
    "unless": told(listed(record(UNLESS)), "排除情形的例外", "exceptions of an exclusion"),
    "weight": told(_NUMBER, "优先规则的分值", "weight of a priority"),
    "note": NOTE,
}
NOT_IN_EVERY_RULE: Final = ("subject", "unless", "weight", "note")
_RULE: Final = _overridable(RULE, optional=NOT_IN_EVERY_RULE)
_ITEM: Final = _overridable(
    {
        "id": told(NAMED, "代号", "its name"),
        "label": LABEL,
        "counts": told(named("Counts"), "以有还是以无计", "whether having or lacking it counts"),
        "when": told(EXPRESSION, "检验；空缺则为待填项", "its test; without one it is an open slot"),
        "source": CITED,
        "note": NOTE,
    },
    optional=("when", "note"),
)
_ITEMS: Final = told(listed(named("PackChecklistItem"), least=1), "各项", "its items")
_CHECKLIST: Final = either(
    record(
        {
            "id": told(NAMED, "代号", "its name"),
            "continues": told(always(value=False), "新的清单", "that it is a list of its own"),
            "label": LABEL,
            "subject": told(named("Subject"), "对象", "whom it is about"),
            "source": CITED,
            "note": NOTE,
            "item": _ITEMS,
        },
        optional=("continues", "note"),
    ),
    record(
        {
            "id": told(NAMED, "代号", "its name"),
            "continues": told(always(value=True), "接续下层包的清单", "that it continues a list of a pack below"),
            "item": _ITEMS,
        }
    ),
)
_DROP: Final = record(
    {
        "id": told(NAMED, "规则", "the rule"),
        "source": CITED,
        "direction": told(named("Direction"), "方向", "what it does to those who are eligible"),
    }
)
_RULES: Final = record(
    {
        "rule": told(listed(named("PackRule")), "规则", "rules"),
        "drop": told(listed(_DROP), "不用的下层规则", "rules of packs below that it does without"),
        "checklist": told(listed(named("PackChecklist")), "清单", "checklists"),
    },
    optional=("rule", "drop", "checklist"),
)
_FACTS: Final = told(
    either(named("Household"), named("Village"), named("Area")), "已知事实", "what is known of the subject"
)
_BASE: Final = record(
    {"id": told(TEXT, "代号", "its name"), "subject": SUBJECT, "facts": _FACTS}, optional=("subject",)
)
_CASES: Final = record(
    {
        "base": told(
            listed(_BASE),
            "各案例共用的对象",
            "subjects that cases start from",
        ),
        "given": told(
            by_name(record({"amount": told(_NUMBER, "数值", "an exact number"), "source": CITED})),
            "空缺参数在案例中的值",
            "values that open parameters have in the cases",
        ),
        "case": told(listed(named("PackCase")), "案例", "the cases"),
    },
    optional=("base", "given", "case"),
)
_CASE: Final[Shape] = {
    **record(
        {
            "id": told(TEXT, "代号", "its name"),
            "subject": SUBJECT,
            "on": told(day(), "评估日", "day of the assessment"),
            "base": told(ANY_TEXT, "以何为起点", "the base that it starts from"),
            "facts": _FACTS,
            "set": told(
                by_name(either(flag(), _NUMBER, text(), listed(text()), named("NotKnown"))),
                "改变的事实，按路径",
                "facts changed, by path",
            ),
            "forget": told(listed(text()), "改为未知的事实", "facts made unknown"),
            "reason": told(WORDS_OF_DOCUMENT, "为何如此", "why it is expected"),
            "expect": told(
                record(
                    {
                        "rules": told(by_name(either(flag(), always("unknown"))), "各条规则的结果", "value by rule"),
                        "outcome": told(codes(Outcome), "识别结论", "the outcome"),
                        "exit": told(codes(ExitOutcome), "退出结论", "the exit outcome"),
                        "missing": told(listed(text()), "未知而仍有影响的事实", "facts that are missing"),
                    },
                    optional=("rules", "outcome", "exit", "missing"),
                ),
                "预期",
                "what is expected",
            ),
        },
        optional=("subject", "base", "facts", "set", "forget"),
    ),
    "anyOf": [{"properties": {each: {}}, "required": [each]} for each in ("facts", "base")],
}

_WAIVER: Final = record(
    {
        "code": told(
            codes(code for code in FindingCode if code is not FindingCode.IDLE_WAIVER),
            "发现的代号",
            "what may be found",
        ),
        "concerns": told(listed(text(), least=1), "所关事项", "of what it may be found, by name"),
        "reason": told(WORDS_OF_DOCUMENT, "为何可以保留", "why it may stand"),
        "ends": told(WORDS_OF_DOCUMENT, "何时终止，由谁终止", "who can end it, or what would"),
    }
)
_WAIVERS: Final = record(
    {"waiver": told(listed(named("PackWaiver"), most=MAX_WAIVERS), "豁免", "waivers")}, optional=("waiver",)
)

_KIND_WORDS: Final = {
    RuleKind.ELIGIBILITY: ("识别条件", "a condition of being identified"),
    RuleKind.EXCLUSION: ("排除情形", "disqualifies, unless an exception holds"),
    RuleKind.PRIORITY: ("优先情形", "ranks among the eligible"),
    RuleKind.EXIT: ("退出条件", "a guarantee that must be met to leave"),
    RuleKind.CHECK: ("核查", "data quality and plausibility, without effect on outcomes"),
}
_DIRECTION_WORDS: Final = {
    Direction.NARROWS: ("收窄", "fewer are eligible"),
    Direction.WIDENS: ("放宽", "more are eligible"),
    Direction.CHANGES: ("改变", "some become eligible, some no longer are"),
}
_COUNTS_WORDS: Final = {
    Counts.HAVING: ("以有计，达标", "having it is a guarantee of exit"),
    Counts.LACKING: ("以无计，识别", "lacking it is a condition of being identified"),
}

FORMS_OF_PACKS: Final = forms(
    Form("RuleKind", "规则的种类", "what a rule does to an outcome", codes(RuleKind, _KIND_WORDS.__getitem__)),
    Form("Direction", "替换的方向", "what an override does", codes(Direction, _DIRECTION_WORDS.__getitem__)),
    Form("Counts", "以有还是以无计", "which finding about an item counts", codes(Counts, _COUNTS_WORDS.__getitem__)),
    Form("Pack", "pack.toml：政策包的首页", "pack.toml: what a pack says of itself", _HEAD, file="pack"),
    Form(
        "DatedValue", "一个时期的值", "a value of a parameter over a period", either(*(_dated(key) for key in VALUES))
    ),
    Form("PackParameter", "有值的参数", "a parameter with its values", _PARAMETER),
    Form("OpenParameter", "空缺的参数", "a parameter that is left open", _OPEN_PARAMETER),
    Form(
        "PackParameters",
        "parameters.toml：参数，按名称",
        "parameters.toml: parameters by name",
        by_name(either(named("PackParameter"), named("OpenParameter")), names=NAMED["pattern"]),
        file="pack-parameters",
    ),
    Form("PackDefinition", "一个定义", "a named expression", _DEFINITION),
    Form(
        "PackDefinitions",
        "definitions.toml：定义，按名称",
        "definitions.toml: named expressions",
        by_name(named("PackDefinition"), names=NAMED["pattern"]),
        file="pack-definitions",
    ),
    Form("PackRule", "一条规则", "a rule", _RULE),
    Form("PackChecklistItem", "清单的一项", "an item of a checklist", _ITEM),
    Form("PackChecklist", "一张清单", "a checklist", _CHECKLIST),
    Form("PackRules", "rules.toml：规则、清单", "rules.toml: rules and checklists", _RULES, file="pack-rules"),
    Form("PackWaiver", "一项豁免", "findings of a review that a pack lets stand", _WAIVER),
    Form(
        "PackWaivers",
        "waivers.toml：复核发现的豁免",
        "waivers.toml: findings of a review that the pack lets stand",
        _WAIVERS,
        file="pack-waivers",
    ),
    Form("PackCase", "一个案例", "a subject with what is expected of it", _CASE),
    Form("PackCases", "cases.toml：案例", "cases.toml: the cases of a pack", _CASES, file="pack-cases"),
)
