"""What a review says: findings with their ground, what stayed open, and what was looked at."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from datetime import date
from html import escape
from typing import Any

import attrs

from fupin_rules.comparison import Proved, Seen
from fupin_rules.periods import Period
from fupin_rules.policy import FindingCode, GivenValue, Subject, Waiver
from fupin_rules.quantities import plain
from fupin_rules.review._codes import CODES, Severity


@attrs.frozen
class Finding:
    """
    One thing found in a pack.

    Attributes:
        code: What it is.
        concerns: The rule, parameter, definition or source it is about, an exception as `rule.exception`, an outcome
            as `household.eligible` or `village.exit`.
        where: File, line and column; empty for an outcome.
        zh: What was found, in Chinese.
        en: The same in English.
        periods: Days on which it is so, of those the pack covers.
        related: Other rules that have part in it.
        proof: The proof, where nobody shows the contrary.
        seen: Whoever shows it, made up and assessed by the reference; empty where it is proved or read off.
        waiver: The waiver that lets it stand, where there is one.
        labels: What rules are called that the shown are judged by: id, Chinese, English.
    """

    code: FindingCode
    concerns: str
    where: str
    zh: str
    en: str
    periods: tuple[Period, ...] = ()
    related: tuple[str, ...] = ()
    proof: Proved | None = None
    seen: tuple[Seen, ...] = ()
    waiver: Waiver | None = None
    labels: tuple[tuple[str, str, str], ...] = ()

    @property
    def severity(self) -> Severity:
        """How heavy it weighs."""
        return CODES[self.code].severity

    def said(self, language: str) -> str:
        """Say what was found, in `zh` or `en`."""
        return self.zh if language == "zh" else self.en

    def mend(self, language: str) -> str:
        """Say what to do about it, in `zh` or `en`."""
        return CODES[self.code].mend[0 if language == "zh" else 1]

    def lines(self, language: str) -> Iterator[str]:
        """Say it whole: what, where, when, what to do, its ground, and why it may stand."""
        zh = language == "zh"
        yield f"{self.code} {self.concerns}{'：' if zh else ': '}{self.said(language)}"
        if self.where:
            yield f"  {self.where}"
        if self.periods:
            yield "  " + ("、" if zh else ", ").join(period_words(each, language) for each in self.periods)
        if self.waiver is None:
            yield f"  {'→ ' if zh else '-> '}{self.mend(language)}"
        else:
            yield f"  {'豁免：' if zh else 'waived: '}{self.waiver.zh if zh else self.waiver.en}"
            yield f"  {'何时终止：' if zh else 'ends: '}{self.waiver.ends_zh if zh else self.waiver.ends_en}"
        if self.proof is not None:
            yield f"  {'已证明：' if zh else 'proved: '}{self.proof.within.words(language)}"
        for place, each in enumerate(self.seen, 1):
            yield f"  {'示例' if zh else 'shown by'} {place}"
            yield from (f"    {line}" for line in self._seen_lines(each, language))

    def _seen_lines(self, seen: Seen, language: str) -> Iterator[str]:
        place = 0 if language == "zh" else 1
        called = {name: f"{words[place]} ({name})" for name, *words in self.labels}
        called |= {name: words[place] for name, words in _OUTCOMES.items()}
        yield from attrs.evolve(
            seen, claims=tuple((called.get(name, name), value) for name, value in seen.claims)
        ).lines(language)

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {
            "code": self.code.value,
            "severity": self.severity.value,
            "concerns": self.concerns,
            "where": self.where,
            "zh": self.zh,
            "en": self.en,
            "mend": dict(zip(("zh", "en"), CODES[self.code].mend, strict=True)),
            "periods": [
                {"from": each.start.isoformat(), "until": each.until.isoformat() if each.until else None}
                for each in self.periods
            ],
            "related": list(self.related),
            "proof": None if self.proof is None else self.proof.to_plain(),
            "seen": [each.to_plain() for each in self.seen],
            "waiver": None
            if self.waiver is None
            else {
                "reason": {"zh": self.waiver.zh, "en": self.waiver.en},
                "ends": {"zh": self.waiver.ends_zh, "en": self.waiver.ends_en},
                "pack": self.waiver.pack,
                "where": self.waiver.where,
            },
        }


_OUTCOMES = {"eligible": ("符合识别条件", "is eligible"), "exit": ("达到退出标准", "meets the guarantees of exit")}


def period_words(period: Period, language: str) -> str:
    """Say a period in `zh` or `en`."""
    return str(period).replace(" to ", "至") if language == "zh" else str(period)


class WhyOpen(enum.StrEnum):
    """Why a question of a review stayed open."""

    TIME = "time"
    """The time limit of the question was reached."""
    ARITHMETIC = "arithmetic"
    """Products or quotients of facts, which cannot be decided in every case."""
    SIZE = "size"
    """The question would be larger than the language admits."""
    ALONE = "alone"
    """Without what is overridden the pack does not load on that day, so that there is nothing to compare with."""
    STOPPED = "stopped"
    """The review was told to stop before it was asked."""

    def words(self, language: str) -> str:
        """Say why, in `zh` or `en`."""
        return _WHY[self][0 if language == "zh" else 1]


_WHY = {
    WhyOpen.TIME: ("已到时限", "the time limit was reached"),
    WhyOpen.ARITHMETIC: ("涉及事实之间的乘除", "facts are multiplied or divided by each other"),
    WhyOpen.SIZE: ("问题过大", "the question is too large"),
    WhyOpen.ALONE: ("没有可比的政策", "there is nothing to compare with"),
    WhyOpen.STOPPED: ("未及询问", "it was not asked any more"),
}


@attrs.frozen
class OpenQuestion:
    """
    Something that might have been found, and could not be told.

    Attributes:
        code: What would have been found.
        concerns: Of what.
        why: Why it could not be told.
    """

    code: FindingCode
    concerns: str
    why: WhyOpen


@attrs.frozen
class Review:
    """
    What a review of a pack says.

    Attributes:
        policy_id: Id of the pack.
        version: Version of the pack.
        days: Days on which the pack was looked at: the first of each period between changes of a value.
        findings: All findings, faults first, those that are waived included.
        open: What could not be told.
        asked: How many questions were put to the solver; one that comes again with the same texts is put once.
        given: Values that stood in for open parameters.
        subjects: Whom the rules that were looked at are about.
    """

    policy_id: str
    version: str
    days: tuple[date, ...]
    findings: tuple[Finding, ...]
    open: tuple[OpenQuestion, ...]
    asked: int
    given: tuple[GivenValue, ...] = ()
    subjects: tuple[Subject, ...] = ()

    @property
    def raised(self) -> tuple[Finding, ...]:
        """The findings that nothing waives."""
        return tuple(each for each in self.findings if each.waiver is None)

    @property
    def waived(self) -> tuple[Finding, ...]:
        """The findings that a waiver lets stand."""
        return tuple(each for each in self.findings if each.waiver is not None)

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {
            "kind": "review",
            "policy": self.policy_id,
            "version": self.version,
            "days": [each.isoformat() for each in self.days],
            "raised": [each.to_plain() for each in self.raised],
            "waived": [each.to_plain() for each in self.waived],
            "open": [{"code": each.code.value, "concerns": each.concerns, "why": each.why.value} for each in self.open],
            "asked": self.asked,
            "given": {each.name: plain(each.amount) for each in self.given},
        }

    def headline(self, language: str) -> str:
        """Say in one line what came of it."""
        raised, waived = len(self.raised), len(self.waived)
        if language == "zh":
            text = f"{self.policy_id} {self.version}：发现{raised}处，豁免{waived}处，提问{self.asked}次"
            return text + (f"，{len(self.open)}问未决" if self.open else "")
        found = "nothing found" if raised == 0 else f"{raised} finding{'s' if raised > 1 else ''}"
        text = f"{self.policy_id} {self.version}: {found}, {waived} waived, {self.asked} questions asked"
        return text + (f", {len(self.open)} undecided" if self.open else "")

    def as_text(self, language: str = "zh", *, waived: bool = False) -> str:
        """Say it in `zh` or `en`; what is waived too when asked for."""
        lines = [self.headline(language)]
        for each in self.findings if waived else self.raised:
            lines += ["", *each.lines(language)]
        return "\n".join(lines)

    def _repr_html_(self) -> str:
        return "".join(
            f'<div lang="{language}"><pre>{escape(self.as_text(language))}</pre></div>' for language in ("zh", "en")
        )
