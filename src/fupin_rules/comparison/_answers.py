"""
Answers to questions about all households: proved, shown by a witness, or undecided with the reason.

Each says within which bounds it holds. None of them is an error: of a question that takes too long, that is the answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, ClassVar

import attrs

from fupin_rules.comparison._search import WhyUndecided
from fupin_rules.comparison._words import answer_words, bounds_words, colon, fact_lines, pick, truth_words
from fupin_rules.markup import (
    Drawing,
    Node,
    Part,
    Tone,
    both_html,
    both_markdown,
    draw_html,
    draw_markdown,
    mimebundle,
)
from fupin_rules.model import AnySubject, to_plain
from fupin_rules.policy import ExitOutcome, Judgement, Outcome, Subject
from fupin_rules.truth import Truth, Unknown


@attrs.frozen
class Within:
    """
    The bounds within which an answer holds.

    Attributes:
        about: Whom it is about.
        members: Most members of a household; 0 where there are none.
        seconds: Time limit of each answer.
        known: Facts taken to be known, by path, or `("all",)`; a household of which more is unknown was not looked at.
        fingerprints: SHA-256 of the snapshots asked.
    """

    about: Subject
    members: int
    seconds: float
    known: tuple[str, ...]
    fingerprints: tuple[str, ...]

    def words(self, language: str) -> str:
        """Say the bounds in one line, in `zh` or `en`."""
        return bounds_words(self.about, self.members, self.seconds, self.known, language)

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {
            "about": self.about.value,
            "members": self.members,
            "seconds": self.seconds,
            "known": list(self.known),
            "fingerprints": list(self.fingerprints),
        }


@attrs.frozen
class Proved:
    """
    So it is for everybody within the bounds.

    Attributes:
        within: The bounds.
        statement: What is proved, in Chinese and English; empty for a region that nobody is in.
    """

    within: Within
    statement: tuple[str, str] = ("", "")
    kind: ClassVar[str] = "proved"

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {"answer": self.kind, **_statement_plain(self.statement), "within": self.within.to_plain()}

    def as_text(self, language: str = "zh") -> str:
        """Say it in `zh` or `en`."""
        return _first_line(self.kind, self.statement, self.within, language)

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it, in `zh` or `en`."""
        return _drawn(self.kind, Tone.YES, self.statement, self.within, language)

    as_html = draw_html
    as_markdown = draw_markdown
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle


@attrs.frozen
class Undecided:
    """
    It could not be told.

    Attributes:
        why: The reason.
        within: The bounds of the question.
        statement: What was to be proved, in Chinese and English; empty for a region.
    """

    why: WhyUndecided
    within: Within
    statement: tuple[str, str] = ("", "")
    kind: ClassVar[str] = "undecided"

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        plain = {"answer": self.kind, "why": self.why.value}
        return {**plain, **_statement_plain(self.statement), "within": self.within.to_plain()}

    def as_text(self, language: str = "zh") -> str:
        """Say it in `zh` or `en`."""
        return _first_line(self.why.value, self.statement, self.within, language)

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it, in `zh` or `en`."""
        return _drawn(self.why.value, Tone.OPEN, self.statement, self.within, language)

    as_html = draw_html
    as_markdown = draw_markdown
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle


@attrs.frozen
class Witness:
    """
    Somebody, made up, on whom two snapshots differ.

    Attributes:
        subject: The household, village or area; facts that play no part are left not known.
        before: What the reference assessment says of it under the old snapshot.
        after: The same under the new one.
        within: The bounds of the question.
    """

    subject: AnySubject
    before: Judgement
    after: Judgement
    within: Within
    kind: ClassVar[str] = "witness"

    @property
    def differing(self) -> Mapping[str, tuple[bool | None, bool | None]]:
        """Rules that the two judge differently, by id: old value and new value; None is not known, or no such rule."""
        names = [*self.before.values, *(name for name in self.after.values if name not in self.before.values)]
        pairs = {name: (told(self.before.values.get(name)), told(self.after.values.get(name))) for name in names}
        return {name: pair for name, pair in pairs.items() if pair[0] is not pair[1]}

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {
            "answer": self.kind,
            "subject": to_plain(self.subject),
            "before": judgement_plain(self.before),
            "after": judgement_plain(self.after),
            "differing": {name: list(pair) for name, pair in self.differing.items()},
            "within": self.within.to_plain(),
        }


@attrs.frozen
class Seen:
    """
    What was seen of one subject.

    Attributes:
        subject: The household, village or area; facts that play no part are left not known.
        claims: Claims by their text, each with its value.
    """

    subject: AnySubject
    claims: tuple[tuple[str, Truth], ...]

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {"subject": to_plain(self.subject), "claims": {text: told(value) for text, value in self.claims}}

    def lines(self, language: str) -> Iterator[str]:
        """Say what is known of the subject, and each claim with its value."""
        yield from fact_lines(self.subject, language)
        for text, value in self.claims:
            yield f"{text}{colon(language)}{truth_words(told(value), language)}"


@attrs.frozen
class Refuted:
    """
    It is not so: somebody, made up, shows it.

    Attributes:
        seen: The subject with what the reference assessment says of it; two of them where one fact is moved, four where
            it is moved in both directions.
        within: The bounds of the question.
        statement: What is not so, in Chinese and English.
    """

    seen: tuple[Seen, ...]
    within: Within
    statement: tuple[str, str]
    kind: ClassVar[str] = "refuted"

    @property
    def witness(self) -> AnySubject:
        """The subject that shows it; where one fact is moved, the one before."""
        return self.seen[0].subject

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {
            "answer": self.kind,
            **_statement_plain(self.statement),
            "seen": [each.to_plain() for each in self.seen],
            "within": self.within.to_plain(),
        }

    def as_text(self, language: str = "zh") -> str:
        """Say it in `zh` or `en`."""
        lines = [_first_line(self.kind, self.statement, self.within, language)]
        for each in self.seen:
            lines += ["", *(f"  {line}" for line in each.lines(language))]
        return "\n".join(lines)

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it, in `zh` or `en`."""
        lines = [tuple(map(Node, each.lines(language))) for each in self.seen]
        seen = tuple(Node(_somebody(number, len(lines), language), each) for number, each in enumerate(lines, 1))
        return _drawn(self.kind, Tone.NO, self.statement, self.within, language, (Part("", seen),))

    as_html = draw_html
    as_markdown = draw_markdown
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle


Answer = Proved | Refuted | Undecided


def told(value: Truth | None) -> bool | None:
    """Give a claim as True, False, or None for not known."""
    return None if value is None or isinstance(value, Unknown) else value


def judgement_plain(judgement: Judgement) -> dict[str, Any]:
    """Give the outcomes of a judgement as plain data."""
    plain: dict[str, Any] = {}
    if judgement.eligible is not None:
        plain["outcome"] = Outcome.of(judgement.eligible).value
    if judgement.exit is not None:
        plain["exit"] = ExitOutcome.of(judgement.exit).value
    return plain


def _statement_plain(statement: tuple[str, str]) -> dict[str, Any]:
    return {"statement": {"zh": statement[0], "en": statement[1]}} if any(statement) else {}


def _first_line(kind: str, statement: tuple[str, str], within: Within, language: str) -> str:
    parts = [answer_words(kind, language), pick(statement, language), within.words(language)]
    return colon(language).join(part for part in parts if part)


def _drawn(
    kind: str, tone: Tone, statement: tuple[str, str], within: Within, language: str, parts: tuple[Part, ...] = ()
) -> Drawing:
    title = colon(language).join(each for each in (answer_words(kind, language), pick(statement, language)) if each)
    return Drawing(language, title, tone, remarks=(within.words(language),), parts=parts)


def _somebody(number: int, of: int, language: str) -> str:
    words = pick(("举例", "somebody, made up"), language)
    return words if of == 1 else f"{words}{number}" if language == "zh" else f"{words} ({number})"
