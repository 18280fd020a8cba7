"""The shape of a review: findings with their ground, and what could not be told."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final

from fupin_rules.policy import FindingCode
from fupin_rules.review._codes import CODES, Severity
from fupin_rules.review._finding import Finding, OpenQuestion, Review, WhyOpen
from fupin_rules.shapes import (
    DECIMAL,
    Form,
    always,
    by_name,
    codes,
    day,
    forms,
    in_words,
    listed,
    named,
    nullable,
    record,
    text,
    told,
    whole,
)

_PERIOD: Final = record(
    {
        "from": told(day(), "起始日", "first day"),
        "until": told(nullable(day()), "终止日，当日不计", "first day on which it is no longer so; null for no end"),
    }
)
_WAIVED_BY: Final = record(
    {
        "reason": told(named("Words"), "为何可以保留", "why it may stand"),
        "ends": told(named("Words"), "何时终止，由谁终止", "who can end it, or what would"),
        "pack": told(text(least=1), "写明豁免的政策包", "pack that writes it"),
        "where": told(text(), "文件和行", "file and line"),
    }
)
_FINDING: Final = record(
    {
        "code": told(named("FindingCode"), "发现的代号", "what it is"),
        "severity": told(named("Severity"), "轻重", "how heavy it weighs"),
        "concerns": told(text(), "所关事项", "what it is about, by name"),
        "where": told(text(), "文件、行、列，结论则为空", "file, line and column; empty for an outcome"),
        "zh": told(text(least=1), "发现，中文", "what was found, in Chinese"),
        "en": told(text(least=1), "发现，英文", "what was found, in English"),
        "mend": told(named("Words"), "如何处理", "what to do about it"),
        "periods": told(listed(_PERIOD), "何时如此", "days on which it is so"),
        "related": told(listed(text()), "有关的其他规则", "other rules that have part in it"),
        "proof": told(nullable(named("Proved")), "证明，没有则为null", "the proof, where nobody shows the contrary"),
        "seen": told(listed(named("Seen")), "示例", "whoever shows it, made up"),
        "waiver": told(nullable(_WAIVED_BY), "豁免，没有则为null", "what lets it stand, if anything does"),
    }
)
_OPEN: Final = record(
    {
        "code": told(named("FindingCode"), "可能的发现", "what would have been found"),
        "concerns": told(text(), "所关事项", "of what"),
        "why": told(codes(WhyOpen, in_words), "为何未决", "why it could not be told"),
    }
)
_REVIEW: Final = record(
    {
        "kind": told(always("review"), "政策包复核", "that it is a review"),
        "policy": told(text(least=1), "政策包", "id of the pack"),
        "version": told(text(), "政策包版本", "version of the pack"),
        "days": told(listed(day()), "所看的各日", "days on which the pack was looked at"),
        "raised": told(listed(named("ReviewFinding")), "未豁免的发现", "findings that nothing waives"),
        "waived": told(listed(named("ReviewFinding")), "已豁免的发现", "findings that a waiver lets stand"),
        "open": told(listed(named("OpenQuestion")), "未决的问题", "what could not be told"),
        "asked": told(whole(0), "提问次数", "how many questions were put to the solver"),
        "given": told(by_name(text(DECIMAL)), "代入空缺参数的值", "values that stood in for open parameters"),
    }
)


def _title(code: FindingCode) -> tuple[str, str]:
    return CODES[code].title


@functools.cache
def plain_forms() -> Mapping[str, Form]:
    """Give the plain forms of reviews by name."""
    return forms(
        Form("FindingCode", "复核发现的代号", "what a review can find", codes(FindingCode, _title)),
        Form("Severity", "发现的轻重", "how heavy a finding weighs", codes(Severity, in_words)),
        Form("ReviewFinding", "复核的一项发现", "one thing found in a pack", _FINDING, Finding),
        Form("OpenQuestion", "未决的问题", "something that might have been found", _OPEN, OpenQuestion),
        Form("PackReview", "政策包复核", "what a review of a pack says", _REVIEW, Review, "review"),
    )
