"""Why an event was refused: every reason, and what would have to be otherwise for it to be accepted."""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date

import attrs

from fupin_rules.citations import Citation


class Mend(enum.StrEnum):
    """Whether, and how, a reason can be done away with."""

    MENDABLE = "mendable"
    """By another actor, by what the event brings, by what others do first in this state, or by other facts."""
    WAIT = "wait"
    """By nothing but time."""
    FINAL = "final"
    """By nothing, in this state and round."""


@attrs.frozen
class Reason:
    """
    One thing that stands in the way of an event.

    Attributes:
        code: Stable name of the kind of reason.
        path: What it is about, as guards name it: `event.present`, `actor.role`, `evidence.image`.
        wanted: What would have to be, in the words of the rule language.
        found: What is; empty where it is not known or not there.
        zh: The reason in Chinese.
        en: The reason in English.
        mend: Whether and how it can be done away with.
        until: For waiting: the first day on which it no longer stands in the way.
        law: The text that asks for it.
        because: What it rests on in turn: rules that failed, facts that are missing.
    """

    code: str
    path: str
    wanted: str
    found: str
    zh: str
    en: str
    mend: Mend = Mend.MENDABLE
    until: date | None = None
    law: Citation | None = None
    because: tuple[str, ...] = ()

    def text(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`, with the law."""
        zh = language == "zh"
        text = self.zh if zh else self.en
        if self.until is not None:
            text += f"（{self.until}起可行）" if zh else f" (possible from {self.until})"
        if self.because:
            text += f"（{'、'.join(self.because)}）" if zh else f" ({', '.join(self.because)})"
        if self.law is not None:
            text += f"——{self.law.words('zh')}" if zh else f" — {self.law.words('en')}"
        return text

    def to_plain(self) -> dict[str, object]:
        """Give it as plain data."""
        return {
            "code": self.code,
            "path": self.path,
            "wanted": self.wanted,
            "found": self.found,
            "zh": self.zh,
            "en": self.en,
            "mend": self.mend.value,
            "until": None if self.until is None else self.until.isoformat(),
            "law": None if self.law is None else {"zh": self.law.words("zh"), "en": self.law.words("en")},
            "because": list(self.because),
        }


Way = frozenset[Reason]


def least(ways: Iterable[Way]) -> tuple[Way, ...]:
    """
    Keep the sets that contain no other one, shortest first.

    >>> [sorted(way) for way in least([frozenset("ab"), frozenset("a"), frozenset("bc")])]
    [['a'], ['b', 'c']]
    """
    kept: list[Way] = []
    # Not a set: its order differs from run to run.
    for way in sorted(dict.fromkeys(ways), key=len):
        if not any(other <= way for other in kept):
            kept.append(way)
    return tuple(kept)


def first_day(ways: Iterable[Iterable[Reason]]) -> date | None:
    """Give the first day on which nothing but waiting will have helped; None if waiting alone does not help."""
    days = []
    for way in ways:
        told = tuple(way)
        if told and all(reason.mend is Mend.WAIT for reason in told):
            days.append(max(reason.until for reason in told if reason.until is not None))
    return min(days, default=None)
