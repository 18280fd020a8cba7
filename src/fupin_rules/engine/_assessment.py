"""
Assessments: what a policy on a day says of one subject, with its reasons.

The outcome comes from the compiled rules; its grounds are worked out only when asked for, from the subject and the
snapshot that the assessment keeps: values by the compiled rules, names of what is missing by the reference evaluator.
"""

from __future__ import annotations

import abc
import functools
from collections.abc import Collection, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

import attrs

from fupin_rules.citations import Standing
from fupin_rules.engine._explain import Explanation, Section
from fupin_rules.engine._gaps import Gap, gap_of
from fupin_rules.engine._questions import Question, next_question
from fupin_rules.engine._reasons import Level, both, reasons_by_kind
from fupin_rules.engine._version import LIBRARY_VERSION
from fupin_rules.engine._words import fact_list
from fupin_rules.engine.compiled._snapshot import compiled
from fupin_rules.engine.exact._completions import Completions
from fupin_rules.engine.exact._exact import Exact
from fupin_rules.expr import Expr
from fupin_rules.markup import LANGUAGES, Badge, Drawing, Tone, both_html, chosen, draw_html, standing_badge
from fupin_rules.model import AnySubject, Area, Household, Village, catalogue
from fupin_rules.policy import (
    ExitOutcome,
    Judgement,
    Outcome,
    Priority,
    Reading,
    Rule,
    RuleKind,
    Snapshot,
    Subject,
    judge_reading,
    priority_of,
    provisional_facts,
    standing_of,
    subject_of,
)
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
        source: Where the check comes from: key of the source, and the place in it (`C3#2_01_004`).
    """

    rule: str
    zh: str
    en: str
    source: str = ""

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {"rule": self.rule, "zh": self.zh, "en": self.en, "source": self.source}


def found_by_checks(snapshot: Snapshot, about: Subject, values: Mapping[str, bool | None]) -> tuple[Finding, ...]:
    """Give what the checks of a snapshot found, in pack order."""
    hits = (rule for rule in snapshot.rules_of(about, RuleKind.CHECK) if values[rule.id] is True)
    return tuple(Finding(rule.id, rule.zh, rule.en, rule.citation.key) for rule in hits)


# Not frozen: the making of a frozen object with a dict takes twice the time, a third of what a decision takes by hand.
# What it holds is private and told by properties, so that nothing can be set by its public name.
@attrs.define(eq=False, repr=False, slots=False)
class _Answer(abc.ABC):
    """What assessments of eligibility and of exit have in common."""

    _subject: AnySubject
    _snapshot: Snapshot
    _claim: bool | None
    _library_version: str = LIBRARY_VERSION
    _exact: Exact | None = None

    @property
    def subject(self) -> AnySubject:
        """The household, village or area assessed."""
        return self._subject

    @property
    def snapshot(self) -> Snapshot:
        """The policy on the day of the assessment."""
        return self._snapshot

    @property
    def claim(self) -> bool | None:
        """What the outcome says, as the compiled rules give it: True, False, None for not known."""
        return self._claim

    @property
    def completions(self) -> Completions | None:
        """What completions of the missing facts say; None where nobody asked for them, or nothing was open."""
        return None if self._exact is None else self._exact.completions

    @property
    def library_version(self) -> str:
        """Version of this library."""
        return self._library_version

    @property
    def subject_id(self) -> str:
        """Id of the household, village or area."""
        return self.subject.id

    @property
    def policy_id(self) -> str:
        """Id of the policy."""
        return self.snapshot.policy_id

    @property
    def policy_version(self) -> str:
        """Version of its pack."""
        return self.snapshot.policy.version

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the snapshot."""
        return self.snapshot.fingerprint

    @property
    def on(self) -> date:
        """Day of the assessment."""
        return self.snapshot.on

    @property
    def about(self) -> Subject:
        """Whom the rules are about."""
        return subject_of(self.subject)

    @property
    @abc.abstractmethod
    def composed(self) -> Expr:
        """The claim of the outcome, over ids of rules."""

    @property
    @abc.abstractmethod
    def open(self) -> tuple[str, ...]:
        """Rules that count for the outcome and are open, by id."""

    @functools.cached_property
    def reading(self) -> Reading:
        """The subject as the reference evaluator reads it; what it has worked out is kept."""
        return Reading(self.subject, self.snapshot)

    @functools.cached_property
    def judgement(self) -> Judgement:
        """
        The reference judgement, with the names of what is missing.

        Raises:
            BudgetExceededError: The rules take too many steps.
        """
        return judge_reading(self.reading)

    @property
    def rules(self) -> Mapping[str, Truth]:
        """Value of every rule about the subject, by id, none skipped."""
        return self.judgement.values

    @functools.cached_property
    def values(self) -> Mapping[str, bool | None]:
        """Value of every rule about the subject, by id; None for not known, without the names of what is missing."""
        rules = self.snapshot.rules_of(self.about)
        found = compiled(self.snapshot, self.about).rules(self.subject)
        return MappingProxyType({rule.id: value for rule, value in zip(rules, found, strict=True)})

    @functools.cached_property
    def _truth(self) -> Truth:
        return self.reading.claim(self.composed) if self.claim is None else self.claim

    @functools.cached_property
    def missing(self) -> tuple[str, ...]:
        """
        Facts that can still matter for the outcome, in catalogue order.

        Each of them does where completions were asked for and a prover looked at them: some completion comes out
        otherwise once that fact alone is otherwise.
        """
        found = in_order(self._truth, self.subject)
        if self._exact is None or self._exact.prover is None or not found:
            return found
        mattering = self._exact.prover.mattering(self.subject, self.snapshot, self._exact.of, found)
        return tuple(fact for fact in found if fact in mattering)

    @functools.cached_property
    def why(self) -> Mapping[str, Why]:
        """Why a missing fact is not known, where somebody said so."""
        return reasons_why(self._truth)

    @functools.cached_property
    def standing(self) -> Standing:
        """The weakest standing among the sources that the outcome rests on."""
        found = standing_of(self.composed, self.reading)
        # Every rule is cited, so an outcome always rests on something.
        return found if found is not None else Standing.ASSUMPTION

    @functools.cached_property
    def provisional(self) -> tuple[str, ...]:
        """Facts for which a cited default stood in."""
        if self.completions is not None or not compiled(self.snapshot, self.about).has_defaults:
            return ()  # In a completion no default stands in.
        facts = provisional_facts(self.subject, self.snapshot, self.claim, self.composed)
        return tuple(sorted(facts, key=catalogue(type(self.subject)).order))

    @functools.cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Checks that found something."""
        return found_by_checks(self.snapshot, self.about, self.values)

    def next_question(self, *, besides: Collection[str] = (), firmly: bool = False) -> Question | None:
        """
        Give the question most worth asking; None when the outcome is settled.

        Args:
            besides: Facts that are not to be asked for, such as those that were refused.
            firmly: Whether to ask on, where a cited default settles the outcome, for the facts it stands in for.
        """
        claim, reading = self._truth, self.reading
        if firmly and self.provisional:
            reading = Reading(self.subject, self.snapshot, with_defaults=False)
            claim = reading.claim(self.composed)
        if not isinstance(claim, Unknown):
            return None
        return next_question(reading, self.composed, claim, besides=besides)

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

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it, in `zh` or `en`."""
        return self.explanation(language).drawing

    def as_markdown(self, language: str = "zh") -> str:
        """Draw the reasons as Markdown, in `zh` or `en`."""
        return self.explanation(language, level="reasons").as_markdown()

    as_html = draw_html
    _repr_html_ = both_html

    def _repr_markdown_(self) -> str:
        return "\n\n".join(self.as_markdown(language) for language in LANGUAGES)

    def _both_texts(self) -> str:
        return "\n\n".join(self.explain(language, level="value") for language in LANGUAGES)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        # What cannot be opened on demand is short: text stands at a prompt, Markdown in a page.
        forms = {
            "text/plain": self._both_texts,
            "text/html": self._repr_html_,
            "text/markdown": self._repr_markdown_,
        }
        return chosen(forms, include, exclude)

    def _badges(self, language: str) -> tuple[Badge, ...]:
        badges: tuple[Badge, ...] = (standing_badge(self.standing, language),)
        if self.provisional:
            badges += (Badge("暂定" if language == "zh" else "provisional", Tone.OPEN),)
        return badges

    def _plain(self, kind: str) -> dict[str, Any]:
        asked = {} if self._exact is None else {"exact": self.completions and self.completions.to_plain()}
        return asked | {
            "format": FORMAT,
            "kind": kind,
            "subject": subject_of(self.subject).value,
            "subject_id": self.subject_id,
            "policy": self.policy_id,
            "policy_version": self.policy_version,
            "fingerprint": self.fingerprint,
            "on": self.on.isoformat(),
            "library_version": self.library_version,
            "rules": dict(self.values),
            "open": list(self.open),
            "missing": list(self.missing),
            "why": {fact: why.value for fact, why in self.why.items()},
            "standing": self.standing.value,
            "provisional": list(self.provisional),
            "findings": [each.to_plain() for each in self.findings],
        }

    def _remarks(self, language: str) -> tuple[str, ...]:
        zh = language == "zh"
        title = self.snapshot.title(language)
        lines = [
            f"政策：{title}（{self.policy_id} {self.policy_version}），评估日 {self.on}"
            if zh
            else f"policy: {title} ({self.policy_id} {self.policy_version}), on {self.on}",
            f"依据的最弱等级：{self.standing.words('zh')}"
            if zh
            else f"weakest standing it rests on: {self.standing.words('en')}",
        ]
        if self.completions is not None:
            lines.append(self.completions.words(language))
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
            line + (f" — {self.why[fact].words(language)}" if fact in self.why else "")
            for fact, line in zip(self.missing, fact_list(self.missing, known, language), strict=True)
        )
        findings = tuple(each.zh if zh else each.en for each in self.findings)
        question = self.next_question()
        asked = () if question is None else (f"{question.text[language]} {question.why[language]}",)
        return (
            Section("尚缺的事实" if zh else "facts still missing", lines=missing),
            Section(NEXT_QUESTION[0 if zh else 1], lines=asked),
            Section("数据疑点（不影响结论）" if zh else "findings (no effect on the outcome)", lines=findings),
        )


NEXT_QUESTION = ("下一个问题", "next question")
OUTCOME_WORDS = {
    Outcome.ELIGIBLE: ("符合条件", "eligible"),
    Outcome.INELIGIBLE: ("不符合条件", "not eligible"),
    Outcome.UNDETERMINED: ("尚不能确定", "undetermined: facts are missing"),
}
EXIT_WORDS = {
    ExitOutcome.MET: ("各项保障均已达到", "every guarantee is met"),
    ExitOutcome.NOT_MET: ("有保障未达到", "a guarantee is not met"),
    ExitOutcome.UNDETERMINED: ("尚不能确定", "undetermined: facts are missing"),
}
SUBJECT_WORDS = {Household: ("户", "household"), Village: ("村", "village"), Area: ("区域", "area")}


@attrs.define(eq=False, repr=False, slots=False)
class Assessment(_Answer):
    """Whether a subject is to be identified under a policy on a day, with everything that led there."""

    @property
    def composed(self) -> Expr:
        """The claim of eligibility, over ids of rules."""
        return self.snapshot.eligible_expr(self.about)

    @property
    def outcome(self) -> Outcome:
        """Eligible, ineligible, or undetermined."""
        return Outcome.told(self.claim)

    def _of_kind(self, kind: RuleKind, value: bool | None) -> tuple[str, ...]:
        rules = self.snapshot.rules_of(self.about, kind)
        return tuple(rule.id for rule in rules if self.values[rule.id] is value)

    @functools.cached_property
    def failed(self) -> tuple[str, ...]:
        """Eligibility rules that do not hold, by id."""
        return self._of_kind(RuleKind.ELIGIBILITY, value=False)

    @functools.cached_property
    def excluded_by(self) -> tuple[str, ...]:
        """Exclusions that are hit and not rebutted, by id."""
        return self._of_kind(RuleKind.EXCLUSION, value=True)

    @functools.cached_property
    def open(self) -> tuple[str, ...]:
        """Eligibility rules and exclusions that are open, by id."""
        return (*self._of_kind(RuleKind.ELIGIBILITY, value=None), *self._of_kind(RuleKind.EXCLUSION, value=None))

    @functools.cached_property
    def rebutted(self) -> Mapping[str, tuple[str, ...]]:
        """Exclusions that are hit and rebutted, with the exceptions that hold."""
        exclusions = self.snapshot.rules_of(self.about, RuleKind.EXCLUSION)
        hits = compiled(self.snapshot, self.about).hits(self.subject)
        rebutted = [
            rule for rule, hit in zip(exclusions, hits, strict=True) if hit is True and self.values[rule.id] is False
        ]
        return MappingProxyType(
            {
                rule.id: tuple(each.id for each in rule.unless if self.reading.claim(each.when) is True)
                for rule in rebutted
            }
        )

    @functools.cached_property
    def priority(self) -> Priority | None:
        """Score among the eligible; None where the policy ranks nobody."""
        return priority_of(self.snapshot, self.about, self.values)

    @functools.cached_property
    def missing_for_score(self) -> tuple[str, ...]:
        """Facts that can still move the score, but not the outcome."""
        open_rules = self._of_kind(RuleKind.PRIORITY, value=None)
        if not open_rules:
            return ()
        values = [self.reading.value(rule) for rule in open_rules]
        found = frozenset[str]().union(*(value.missing for value in values if isinstance(value, Unknown)))
        found -= self._truth.missing if isinstance(self._truth, Unknown) else frozenset()
        return tuple(sorted(found, key=catalogue(type(self.subject)).order))

    def __repr__(self) -> str:
        """Name subject, outcome, policy and day."""
        return f"<Assessment {self.subject_id!r} {self.outcome.name} under {self.policy_id} on {self.on}>"

    def to_plain(self) -> dict[str, Any]:
        """Give the assessment as plain data that JSON can hold; it names facts, and shows no personal text."""
        return self._plain("assessment") | {
            "outcome": self.outcome.value,
            "failed": list(self.failed),
            "excluded_by": list(self.excluded_by),
            "rebutted": {rule: list(held) for rule, held in self.rebutted.items()},
            "priority": None if self.priority is None else self.priority.to_plain(),
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
        words = OUTCOME_WORDS[self.outcome][0 if zh else 1]
        return Explanation(
            language,
            f"{SUBJECT_WORDS[type(self.subject)][0 if zh else 1]} {self.subject_id}{'：' if zh else ': '}{words}",
            (*self._remarks(language), *self._score(language)),
            (*sections, *self._lists(language)) if level != "value" else (),
            level,
            Tone.of(self.claim),
            self._badges(language),
        )

    def _score(self, language: str) -> tuple[str, ...]:
        if self.priority is None:
            return ()
        low = ", ".join(plain(each) for each in self.priority.low)
        high = ", ".join(plain(each) for each in self.priority.high)
        score = low if self.priority.is_settled else (f"{low} 至 {high}" if language == "zh" else f"{low} to {high}")
        return (f"优先得分：{score}" if language == "zh" else f"priority score: {score}",)


@attrs.define(eq=False, repr=False, slots=False)
class ExitAssessment(_Answer):
    """Whether a subject meets every guarantee needed to leave, with everything that led there."""

    @property
    def composed(self) -> Expr:
        """The claim that all guarantees are met, over ids of rules."""
        return self.snapshot.exit_expr(self.about)

    @property
    def outcome(self) -> ExitOutcome:
        """Met, not met, or undetermined."""
        return ExitOutcome.told(self.claim)

    @functools.cached_property
    def _guarantees(self) -> tuple[Rule, ...]:
        return self.snapshot.rules_of(self.about, RuleKind.EXIT)

    @functools.cached_property
    def met(self) -> tuple[str, ...]:
        """Guarantees that are met, by id."""
        return tuple(rule.id for rule in self._guarantees if self.values[rule.id] is True)

    @functools.cached_property
    def open(self) -> tuple[str, ...]:
        """Guarantees that are open, by id."""
        return tuple(rule.id for rule in self._guarantees if self.values[rule.id] is None)

    @functools.cached_property
    def failed(self) -> tuple[Gap, ...]:
        """Guarantees that are not met, each with its gap."""
        failed = [rule for rule in self._guarantees if self.values[rule.id] is False]
        return tuple(gap_of(rule, self.reading) for rule in failed)

    def __repr__(self) -> str:
        """Name subject, outcome, policy and day."""
        return f"<ExitAssessment {self.subject_id!r} {self.outcome.name} under {self.policy_id} on {self.on}>"

    def to_plain(self) -> dict[str, Any]:
        """Give the assessment as plain data that JSON can hold; it names facts, and shows no personal text."""
        failed = [gap.to_plain() for gap in self.failed]
        return self._plain("exit") | {"outcome": self.outcome.value, "met": list(self.met), "failed": failed}

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
        words = EXIT_WORDS[self.outcome][0 if zh else 1]
        return Explanation(
            language,
            f"{SUBJECT_WORDS[type(self.subject)][0 if zh else 1]} {self.subject_id}{'：' if zh else ': '}{words}",
            self._remarks(language),
            sections if level != "value" else (),
            level,
            Tone.of(self.claim),
            self._badges(language),
        )


def in_order(claim: Truth, subject: AnySubject) -> tuple[str, ...]:
    """Name the facts that an open claim misses, in catalogue order; nothing for a settled one."""
    if not isinstance(claim, Unknown):
        return ()
    return tuple(sorted(claim.missing, key=catalogue(type(subject)).order))


def reasons_why(claim: Truth) -> Mapping[str, Why]:
    """Tell why facts are missing, where somebody said so."""
    return MappingProxyType(dict(sorted(claim.why)) if isinstance(claim, Unknown) else {})
