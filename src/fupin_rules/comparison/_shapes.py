"""The shapes of answers about all households: comparisons, head-counts, what is proved, refuted or undecided."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final

from fupin_rules.comparison._answers import Proved, Refuted, Seen, Undecided, Within, Witness
from fupin_rules.comparison._compare import Comparison
from fupin_rules.comparison._impact import Impact
from fupin_rules.comparison._search import WhyUndecided
from fupin_rules.shapes import (
    DIGEST,
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
    nullable,
    record,
    text,
    told,
    whole,
)

_SNAPSHOT: Final = record(
    {
        "policy": told(text(least=1), "政策包", "id of the policy"),
        "on": told(day(), "评估日", "day of the snapshot"),
        "fingerprint": told(text(DIGEST), "政策指纹", "fingerprint of the snapshot"),
    }
)
_OLD_AND_NEW: Final[Mapping[str, Shape]] = {
    "old": told(named("SnapshotName"), "原政策", "the snapshot before"),
    "new": told(named("SnapshotName"), "新政策", "the snapshot after"),
}
_WITHIN: Final = told(named("Within"), "结论成立的范围", "the bounds within which it holds")
_STATEMENT: Final = told(named("Words"), "所证的命题", "what was to be proved")
_SUBJECT: Final = told(either(named("Household"), named("Village"), named("Area")), "虚构的对象", "somebody, made up")
_TRUTH: Final = nullable(flag())
_WITHIN_SHAPE: Final = record(
    {
        "about": told(named("Subject"), "对象的种类", "whom it is about"),
        "members": told(whole(0), "最多几名成员", "most members of a household"),
        "seconds": told({"type": "number"}, "每问的时限，秒", "time limit of each answer, in seconds"),
        "known": told(listed(text()), "视为已知的事实，或`all`", "facts taken to be known, by path, or `all`"),
        "fingerprints": told(listed(text(DIGEST)), "所问政策的指纹", "fingerprints of the snapshots asked"),
    }
)
_JUDGED: Final = record(
    {
        "outcome": told(named("Outcome"), "识别结论", "the outcome"),
        "exit": told(named("ExitOutcome"), "退出结论", "the exit outcome"),
    },
    optional=("outcome", "exit"),
)
_PROVED: Final[Mapping[str, Shape]] = {
    "answer": told(always(Proved.kind), "已证明", "that it is proved"),
    "statement": _STATEMENT,
    "within": _WITHIN,
}
_WHY_WORDS: Final = {
    WhyUndecided.TIME: ("时限已到", "the time limit was reached"),
    WhyUndecided.ARITHMETIC: (
        "含事实的乘除，未必能判",
        "products or quotients of facts, which cannot always be decided",
    ),
}
_UNDECIDED: Final[Mapping[str, Shape]] = {
    "answer": told(always(Undecided.kind), "未定", "that it could not be told"),
    "why": told(codes(WhyUndecided, _WHY_WORDS.__getitem__), "为何未定", "why not"),
    "statement": _STATEMENT,
    "within": _WITHIN,
}
_WITNESS: Final[Mapping[str, Shape]] = {
    "answer": told(always(Witness.kind), "有例为证", "that somebody shows it"),
    "subject": _SUBJECT,
    "before": told(_JUDGED, "原政策下", "what is said of it under the old snapshot"),
    "after": told(_JUDGED, "新政策下", "what is said of it under the new one"),
    "differing": told(
        by_name({"type": "array", "prefixItems": [_TRUTH, _TRUTH], "items": False, "minItems": 2}),
        "判断不同的规则：原、新",
        "rules that are judged differently: old and new; null is not known",
    ),
    "within": _WITHIN,
}
_REFUTED: Final = record(
    {
        "answer": told(always(Refuted.kind), "已否证", "that it is not so"),
        "statement": _STATEMENT,
        "seen": told(listed(named("Seen"), least=1), "所见", "whoever shows it"),
        "within": _WITHIN,
    }
)
_SEEN: Final = record(
    {"subject": _SUBJECT, "claims": told(by_name(_TRUTH), "各命题的真假", "claims by their text; null is not known")}
)
_REGION: Final[Mapping[str, Shape]] = {
    "id": told(text(least=1), "区间代号", "id of the region"),
    "zh": told(text(least=1), "标签，中文", "label in Chinese"),
    "en": told(text(least=1), "标签，英文", "label in English"),
}
_PARTS: Final = listed(codes(("eligibility", "exit", "ranking")))
_COMPARISON: Final = record(
    {
        "kind": told(always("comparison"), "政策对比", "that it is a comparison"),
        **_OLD_AND_NEW,
        "within": _WITHIN,
        "regions": told(listed(named("RegionOfChange")), "各区间", "the regions, in order"),
        "only_in_old": told(_PARTS, "仅原政策有", "what only the old snapshot has"),
        "only_in_new": told(_PARTS, "仅新政策有", "what only the new one has"),
    }
)
_COUNT: Final = record(
    {
        "region": told(text(least=1), "区间代号", "id of the region"),
        "zh": told(text(least=1), "标签，中文", "label in Chinese"),
        "en": told(text(least=1), "标签，英文", "label in English"),
        "place": told(nullable(text()), "分组", "value of the column that is counted by; null is not known, or none"),
        "count": told(whole(0), "数目", "how many"),
        "rules": told(by_name(whole(0)), "判断不同的规则及数目", "rules that say otherwise, with for how many"),
    }
)
_IMPACT: Final = record(
    {
        "kind": told(always("impact"), "影响户数", "that it is a head-count"),
        **_OLD_AND_NEW,
        "total": told(whole(0), "总数", "how many there are"),
        "by": told(text(), "按哪一列分组，空缺为合计", "column that is counted by; empty for all together"),
        "counts": told(listed(_COUNT), "各区间的数目", "for each region and place in which there is somebody"),
    }
)


@functools.cache
def plain_forms() -> Mapping[str, Form]:
    """Give the plain forms of answers about all households by name."""
    return forms(
        Form("SnapshotName", "某日的政策", "a policy on a day, by name", _SNAPSHOT),
        Form("Within", "结论成立的范围", "the bounds within which an answer holds", _WITHIN_SHAPE, Within),
        Form("Proved", "已证明", "so it is for everybody", record(_PROVED, optional=("statement",)), Proved, "proved"),
        Form(
            "Undecided",
            "未定",
            "it could not be told",
            record(_UNDECIDED, optional=("statement",)),
            Undecided,
            "undecided",
        ),
        Form("Witness", "例证", "somebody on whom two snapshots differ", record(_WITNESS), Witness, "witness"),
        Form("Seen", "所见", "what was seen of one subject", _SEEN, Seen),
        Form("Refuted", "已否证", "it is not so, and somebody shows it", _REFUTED, Refuted, "refuted"),
        Form(
            "RegionOfChange",
            "政策改变的一个区间",
            "one way in which a change of policy can matter, with the answer",
            either(
                record({**_REGION, **_PROVED}, optional=("statement",)),
                record({**_REGION, **_WITNESS}),
                record({**_REGION, **_UNDECIDED}, optional=("statement",)),
            ),
        ),
        Form(
            "Comparison",
            "两个政策的对比",
            "what a change of policy does to whom",
            _COMPARISON,
            Comparison,
            "comparison",
        ),
        Form("Impact", "政策改变的影响户数", "head-counts of a change of policy", _IMPACT, Impact, "impact"),
    )
