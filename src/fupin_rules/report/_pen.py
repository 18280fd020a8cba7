"""Words on the page in one language or in two, of which the reader sees one; numbers as people write them."""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from fupin_rules.markup import html
from fupin_rules.report._figures import Said


@attrs.frozen
class Pen:
    """
    Writes in the languages of the page.

    Attributes:
        languages: `zh`, `en` or both; with both, each text stands twice and the page shows one.
    """

    languages: tuple[str, ...]

    def say(self, said: Said) -> str:
        """Write words as HTML."""
        if said.zh == said.en:
            return html(said.zh)
        return "".join(f'<span lang="{each}">{html(pick(said, each))}</span>' for each in self.languages)

    def plain(self, said: Said) -> str:
        """Write words where no element can stand, such as the title of a picture."""
        texts = dict.fromkeys(pick(said, each) for each in self.languages)
        return html(" / ".join(texts))

    def text(self, said: Said, attributes: str) -> str:
        """Write words into a picture."""
        if said.zh == said.en:
            return f"<text {attributes}>{html(said.zh)}</text>"
        texts = (f'<text lang="{each}" {attributes}>{html(pick(said, each))}</text>' for each in self.languages)
        return "".join(texts)

    def lines(self, lines: Sequence[tuple[str, Sequence[str]]], x: float, y: float, step: float) -> str:
        """Write folded words into a picture, a line below the other, in each language."""
        parts = []
        for language, folded in lines:
            spans = "".join(
                f'<tspan x="{x:g}" y="{y + step * place:g}">{html(line)}</tspan>' for place, line in enumerate(folded)
            )
            parts.append(f'<text lang="{language}" class="t">{spans}</text>')
        return "".join(parts)


def pick(said: Said, language: str) -> str:
    """Give the words of one language."""
    return said.zh if language == "zh" else said.en


def number(count: int | None) -> str:
    """Write a number; what is not shown is a dash."""
    return "–" if count is None else f"{count:,}"


def percent(share: int | None) -> str:
    """Write a share that is told in tenths of a percent."""
    return "–" if share is None else f"{share // 10}.{share % 10}%"


def grouped(amount: str) -> str:
    """
    Write an amount with its thousands apart.

    >>> grouped("3402.50"), grouped("≈0.33")
    ('3,402.50', '≈0.33')
    """
    whole, dot, rest = amount.partition(".")
    return f"{int(whole):,}{dot}{rest}" if whole.isascii() and whole.isdigit() else amount
