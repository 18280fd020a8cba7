"""
Where a number or a rule comes from, and how firm that source is.

Nothing is loaded without a source, and every answer shows the weakest standing among the sources it rests on.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from datetime import date

import attrs


class Standing(enum.StrEnum):
    """How firm a source is, weakest last; a firmer standing compares as greater."""

    STATED = "stated"
    """The text is held with the pack."""
    FOUND = "found"
    """A readable copy exists elsewhere."""
    LOCAL = "local"
    """One place's text, used as an example."""
    UNVERIFIED = "unverified"
    """From memory, to be confirmed."""
    ASSUMPTION = "assumption"
    """Ours."""

    # A string enum would compare by spelling, so all four orders are given.
    def __lt__(self, other: str) -> bool:
        """Tell whether this standing is weaker."""
        return self._rank() > Standing(other)._rank()

    def __le__(self, other: str) -> bool:
        """Tell whether this standing is no firmer."""
        return self._rank() >= Standing(other)._rank()

    def __gt__(self, other: str) -> bool:
        """Tell whether this standing is firmer."""
        return self._rank() < Standing(other)._rank()

    def __ge__(self, other: str) -> bool:
        """Tell whether this standing is no weaker."""
        return self._rank() <= Standing(other)._rank()

    def _rank(self) -> int:
        return list(Standing).index(self)

    def words(self, language: str) -> str:
        """Say the standing for a person, in `zh` or `en`."""
        zh, en, _ = _WORDS[self]
        return zh if language == "zh" else en

    def short(self, language: str) -> str:
        """Say the standing in a table, in `zh` or `en`."""
        return _WORDS[self][2] if language == "zh" else self.value


_WORDS = {
    Standing.STATED: ("原文随附", "text held with the pack", "有原文"),
    Standing.FOUND: ("有公开可读文本", "a readable copy exists", "有文本"),
    Standing.LOCAL: ("个别地方的文本，仅作示例", "one place's text, used as an example", "地方文本"),
    Standing.UNVERIFIED: ("凭记忆，待核实", "from memory, to be confirmed", "待核实"),
    Standing.ASSUMPTION: ("本库的假设", "our own assumption", "假设"),
}


def weakest(standings: Iterable[Standing]) -> Standing | None:
    """
    Find the weakest of several standings; None when there is none.

    >>> weakest([Standing.FOUND, Standing.ASSUMPTION, Standing.STATED])
    <Standing.ASSUMPTION: 'assumption'>
    """
    return min(standings, default=None)


@attrs.frozen
class Source:
    """
    A document, or a reasoned assumption, that numbers and rules cite.

    Attributes:
        id: Name within a pack, as cited.
        title: Title in the original language.
        title_en: Title in English.
        issuer: Who issued it; empty for an assumption of ours.
        number: Number of the document, where there is one.
        published: Day of issue, where it is known.
        address: Where a copy can be read; hosts of copies are not authorities.
        standing: How firm it is.
        note: What a reader should know of its quality; for an assumption, the reason.
    """

    id: str
    title: str
    title_en: str
    standing: Standing
    issuer: str = ""
    number: str = ""
    published: date | None = None
    address: str = ""
    note: str = ""


@attrs.frozen
class Citation:
    """
    A place in a source.

    Attributes:
        source: The document.
        locator: Article, table or page within it; empty for the whole.
    """

    source: Source
    locator: str = ""

    @property
    def standing(self) -> Standing:
        """How firm the cited source is."""
        return self.source.standing

    @property
    def key(self) -> str:
        """The citation as packs write it: `K7#贫困村退出`."""
        return f"{self.source.id}#{self.locator}" if self.locator else self.source.id

    def words(self, language: str) -> str:
        """Write the citation for a person, in `zh` or `en`, with its standing."""
        zh = language == "zh"
        parts = [
            self.source.issuer,
            f"《{self.source.title}》" if zh else self.source.title_en,
            self.source.number,
        ]
        if self.source.published is not None:
            parts.append(self.source.published.isoformat())
        if self.locator:
            parts.append(self.locator)
        text = ("，" if zh else ", ").join(part for part in parts if part)
        return f"{text}（{self.standing.words('zh')}）" if zh else f"{text} ({self.standing.words('en')})"
