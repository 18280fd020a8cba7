"""
Assessments: what a policy on a day says of one subject, with its reasons.

The grounds are worked out only when asked for, from the subject and the snapshot that the assessment keeps.
"""

from __future__ import annotations

import abc
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import attrs

from fupin_rules.citations import Standing
from fupin_rules.engine._explain import Explanation, Section
from fupin_rules.engine._gaps import Gap
from fupin_rules.engine._priority import Priority
from fupin_rules.engine._questions import Question, next_question
from fupin_rules.engine._reasons import Level, both, reasons_by_kind
from fupin_rules.engine._version import LIBRARY_VERSION
from fupin_rules.engine._words import fact_list, why_words
from fupin_rules.expr import Expr
from fupin_rules.model import Household, Village, catalogue
from fupin_rules.policy import ExitOutcome, Judgement, Outcome, RuleKind, Snapshot, subject_of
from fupin_rules.quantities import plain
from fupin_rules.truth import Truth, Unknown, Why

FORMAT = 1


@attrs.frozen
class Finding:
    """
    A check that found something to look at; it never changes an outcome.

    Attributes:
        rule: Id of the check.
        zh: What was found, in Chinese.
        en: What was found, in English.
    """

    rule: str
    zh: str
    en: str


@attrs.frozen(kw_only=True, eq=False, repr=False)
class _Answer(abc.ABC):
    """
    What assessments of eligibility and of exit have in common.

    Attributes:
        subject_id: Id of the household or village.
        policy_id: Id of the policy.
        policy_version: Version of its pack.
        fingerprint: SHA-256 of the snapshot.
        on: Day of the assessment.
        library_version: Version of this library.
        rules: Value of every rule about the subject, by id, none skipped.
        open: Rules that count for the outcome and are open, by id.
        missing: Facts that can still matter for the outcome, in catalogue order.
        why: Why a missing fact is not known, where somebody said so.
        standing: The weakest standing among the sources that the outcome rests on.
        provisional: Facts for which a cited default stood in.
        findings: Checks that found something.
    """

    subject_id: str
    policy_id: str
    policy_version: str
    fingerprint: str
    on: date
    library_version: str = LIBRARY_VERSION
    rules: Mapping[str, Truth]
    open: tuple[str, ...]
    missing: tuple[str, ...]
    why: Mapping[str, Why]
    standing: Standing
    provisional: tuple[str, ...]
    findings: tuple[Finding, ...]
    judgement: Judgement
    composed: Expr

    @property
    def subject(self) -> Household | Village:
        """The household or village assessed."""
        return self.judgement.reading.subject

    @property
    def snapshot(self) -> Snapshot:
        """The policy on the day of the assessment."""
        return self.judgement.reading.snapshot

    def next_question(self) -> Question | None:
        """Give the question most worth asking; None when the outcome is settled."""
        claim = self.judgement.reading.claim(self.composed)
        return next_question(self.judgement, self.composed, claim) if isinstance(claim, Unknown) else None

    def explain(self, language: str = "zh", *, level: Level = "facts") -> str:
        """
        Explain in words.

        Args:
            language: `zh` or `en`.
            level: `value` for the outcome alone, `reasons` for the rules, `facts` for everything they read.
        """
        return self.explanation(language, level=level).as_text()

    @abc.abstractmethod
    def explanation(self, language: str = "zh", *, level: Level = "facts") -> Explanation:
        """Give the explanation as a value that can be drawn as text, Markdown or HTML."""

    def _repr_html_(self) -> str:
        return "".join(self.explanation(language).as_html() for language in ("zh", "en"))

    def _repr_markdown_(self) -> str:
        return "\n\n".join(self.explanation(language, level="reasons").as_markdown() for language in ("zh", "en"))

    def _plain(self, kind: str) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "kind": kind,
            "subject": subject_of(self.subject).value,
            "subject_id": self.subject_id,
            "policy": self.policy_id,
            "policy_version": self.policy_version,
            "fingerprint": self.fingerprint,
            "on": self.on.isoformat(),
            "library_version": self.library_version,
            "rules": {rule: None if isinstance(value, Unknown) else value for rule, value in self.rules.items()},
            "open": list(self.open),
            "missing": list(self.missing),
            "why": {fact: why.value for fact, why in self.why.items()},
            "standing": self.standing.value,
            "provisional": list(self.provisional),
            "findings": [{"rule": each.rule, "zh": each.zh, "en": each.en} for each in self.findings],
        }

    def _remarks(self, language: str) -> tuple[str, ...]:
        zh = language == "zh"
        policy = self.snapshot.policy
        lines = [
            f"政策：{policy.zh}（{self.policy_id} {self.policy_version}），评估日 {self.on}"
            if zh
            else f"policy: {policy.en} ({self.policy_id} {self.policy_version}), on {self.on}",
            f"依据的最弱等级：{self.standing.words('zh')}"
            if zh
            else f"weakest standing it rests on: {self.standing.words('en')}",
        ]
        if self.provisional:
            facts = fact_list(self.provisional, catalogue(type(self.subject)), language)
            lines.append(
                ("暂定：下列事实以所引默认值代替：" if zh else "provisional: cited defaults stand in for: ")
                + ", ".join(facts)
            )
        return tuple(lines)

    def _lists(self, language: str) -> tuple[Section, ...]:
        zh = language == "zh"
        known = catalogue(type(self.subject))
        missing = tuple(
            line + (f" — {why_words(self.why[fact], language)}" if fact in self.why else "")
            for fact, line in zip(self.missing, fact_list(self.missing, known, language), strict=True)
        )
        findings = tuple(each.zh if zh else each.en for each in self.findings)
        question = self.next_question()
        asked = () if question is None else (f"{question.text[language]} {question.why[language]}",)
        return (
            Section("尚缺的事实" if zh else "facts still missing", lines=missing),
            Section("下一个问题" if zh else "next question", lines=asked),
            Section("数据疑点（不影响结论）" if zh else "findings (no effect on the outcome)", lines=findings),
        )


_OUTCOMES = {
    Outcome.ELIGIBLE: ("符合条件", "eligible"),
    Outcome.INELIGIBLE: ("不符合条件", "not eligible"),
    Outcome.UNDETERMINED: ("尚不能确定", "undetermined: facts are missing"),
}
_EXITS = {
    ExitOutcome.MET: ("各项保障均已达到", "every guarantee is met"),
    ExitOutcome.NOT_MET: ("有保障未达到", "a guarantee is not met"),
    ExitOutcome.UNDETERMINED: ("尚不能确定", "undetermined: facts are missing"),
}
_SUBJECTS = {Household: ("户", "household"), Village: ("村", "village")}


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Assessment(_Answer):
    """
    Whether a subject is to be identified under a policy on a day, with everything that led there.

    Attributes:
        outcome: Eligible, ineligible, or undetermined.
        failed: Eligibility rules that do not hold, by id.
        excluded_by: Exclusions that are hit and not rebutted, by id.
        rebutted: Exclusions that are hit and rebutted, with the exceptions that hold.
        priority: Score among the eligible; None where the policy ranks nobody.
        missing_for_score: Facts that can still move the score, but not the outcome.
    """

    outcome: Outcome
    failed: tuple[str, ...]
    excluded_by: tuple[str, ...]
    rebutted: Mapping[str, tuple[str, ...]]
    priority: Priority | None
    missing_for_score: tuple[str, ...]

    def __repr__(self) -> str:
        """Name subject, outcome, policy and day."""
        return f"<Assessment {self.subject_id!r} {self.outcome.name} under {self.policy_id} on {self.on}>"

    def to_plain(self) -> dict[str, Any]:
        """Give the assessment as plain data that JSON can hold; it names facts, and shows no personal text."""
        score = None
        if self.priority is not None:
            score = {
                "matched": list(self.priority.matched),
                "open": list(self.priority.open),
                "low": [str(each) for each in self.priority.low],
                "high": [str(each) for each in self.priority.high],
            }
        return self._plain("assessment") | {
            "outcome": self.outcome.value,
            "failed": list(self.failed),
            "excluded_by": list(self.excluded_by),
            "rebutted": {rule: list(held) for rule, held in self.rebutted.items()},
            "priority": score,
            "missing_for_score": list(self.missing_for_score),
        }

    def explanation(self, language: str = "zh", *, level: Level = "facts") -> Explanation:
        """Give the explanation as a value that can be drawn as text, Markdown or HTML."""
        zh = language == "zh"
        kinds = (RuleKind.ELIGIBILITY, RuleKind.EXCLUSION, RuleKind.PRIORITY)
        reasons = reasons_by_kind(self.judgement, kinds) if level != "value" else dict.fromkeys(kinds, ())
        titles = (
            both("识别条件", "conditions"),
            both("排除情形", "exclusions"),
            both("优先情形", "priorities"),
        )
        sections = tuple(Section(title[language], reasons[kind]) for title, kind in zip(titles, kinds, strict=True))
        words = _OUTCOMES[self.outcome][0 if zh else 1]
        return Explanation(
            language,
            f"{_SUBJECTS[type(self.subject)][0 if zh else 1]} {self.subject_id}{'：' if zh else ': '}{words}",
            (*self._remarks(language), *self._score(language)),
            (*sections, *self._lists(language)) if level != "value" else (),
            level,
        )

    def _score(self, language: str) -> tuple[str, ...]:
        if self.priority is None:
            return ()
        low = ", ".join(plain(each) for each in self.priority.low)
        high = ", ".join(plain(each) for each in self.priority.high)
        score = low if self.priority.is_settled else (f"{low} 至 {high}" if language == "zh" else f"{low} to {high}")
        return (f"优先得分：{score}" if language == "zh" else f"priority score: {score}",)


@attrs.frozen(kw_only=True, eq=False, repr=False)
class ExitAssessment(_Answer):
    """
    Whether a subject meets every guarantee needed to leave, with everything that led there.

    Attributes:
        outcome: Met, not met, or undetermined.
        met: Guarantees that are met, by id.
        failed: Guarantees that are not met, each with its gap.
    """

    outcome: ExitOutcome
    met: tuple[str, ...]
    failed: tuple[Gap, ...]

    def __repr__(self) -> str:
        """Name subject, outcome, policy and day."""
        return f"<ExitAssessment {self.subject_id!r} {self.outcome.name} under {self.policy_id} on {self.on}>"

    def to_plain(self) -> dict[str, Any]:
        """Give the assessment as plain data that JSON can hold; it names facts, and shows no personal text."""
        gaps = [
            {
                "rule": gap.rule,
                "zh": gap.zh,
                "en": gap.en,
                "amount": None if gap.amount is None else str(gap.amount),
                "unit": None if gap.unit is None else str(gap.unit),
                "members": list(gap.members),
            }
            for gap in self.failed
        ]
        return self._plain("exit") | {"outcome": self.outcome.value, "met": list(self.met), "failed": gaps}

    def explanation(self, language: str = "zh", *, level: Level = "facts") -> Explanation:
        """Give the explanation as a value that can be drawn as text, Markdown or HTML."""
        zh = language == "zh"
        reasons = reasons_by_kind(self.judgement, (RuleKind.EXIT,))[RuleKind.EXIT] if level != "value" else ()
        gaps = tuple(f"{each.label_zh}：{each.zh}" if zh else f"{each.label_en}: {each.en}" for each in self.failed)
        sections = (
            Section("差距" if zh else "gaps", lines=gaps),
            Section("退出条件" if zh else "guarantees", reasons),
            *self._lists(language),
        )
        words = _EXITS[self.outcome][0 if zh else 1]
        return Explanation(
            language,
            f"{_SUBJECTS[type(self.subject)][0 if zh else 1]} {self.subject_id}{'：' if zh else ': '}{words}",
            self._remarks(language),
            sections if level != "value" else (),
            level,
        )


def in_order(claim: Truth, subject: Household | Village) -> tuple[str, ...]:
    """Name the facts that an open claim misses, in catalogue order; nothing for a settled one."""
    if not isinstance(claim, Unknown):
        return ()
    return tuple(sorted(claim.missing, key=catalogue(type(subject)).order))


def reasons_why(claim: Truth) -> Mapping[str, Why]:
    """Tell why facts are missing, where somebody said so."""
    return MappingProxyType(dict(sorted(claim.why)) if isinstance(claim, Unknown) else {})
