"""
An explanation: headline, sections of grounds, remarks; drawn as text, Markdown and HTML from one value.

How it is drawn is told by `markup`; here is told what is to be seen, and how far grounds are opened.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import attrs

from fupin_rules.engine._reasons import Level, Reason
from fupin_rules.markup import Badge, Drawing, Node, Part, Tone, chosen
from fupin_rules.truth import Unknown

# A longer list of plain lines would bury what stands below it on a page.
LONG: Final = 12


@attrs.frozen
class Section:
    """
    A titled part of an explanation.

    Attributes:
        title: In the language of the explanation.
        reasons: Grounds, in order.
        lines: Plain lines, where there are no grounds to open.
    """

    title: str
    reasons: tuple[Reason, ...] = ()
    lines: tuple[str, ...] = ()


@attrs.frozen
class Explanation:
    """
    Everything an explanation says, in one language, before it is drawn.

    Attributes:
        language: `zh` or `en`.
        headline: The outcome, in one line.
        remarks: Policy, day, standing: one line each.
        sections: Grounds and lists.
        level: How far grounds are opened.
        tone: How the outcome came out.
        badges: What is to be seen at a glance beside the headline.
    """

    language: str
    headline: str
    remarks: tuple[str, ...]
    sections: tuple[Section, ...]
    level: Level
    tone: Tone = Tone.PLAIN
    badges: tuple[Badge, ...] = ()

    @property
    def drawing(self) -> Drawing:
        """What is to be seen of it."""
        parts = tuple(self._part(each) for each in self._shown())
        return Drawing(self.language, self.headline, self.tone, self.badges, self.remarks, parts)

    def as_text(self) -> str:
        """Draw for a terminal or a letter."""
        return self.drawing.as_text()

    def as_markdown(self) -> str:
        """Draw as Markdown."""
        return self.drawing.as_markdown()

    def as_html(self) -> str:
        """Draw as HTML that stands alone, for notebooks and pages; grounds open on demand."""
        return self.drawing.as_html()

    _repr_html_ = as_html
    _repr_markdown_ = as_markdown

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        return chosen(
            {"text/plain": self.as_text, "text/html": self.as_html, "text/markdown": self.as_markdown}, include, exclude
        )

    def _part(self, section: Section) -> Part:
        nodes = (*map(Node, section.lines), *map(self._node, section.reasons))
        if len(section.lines) <= LONG:
            return Part(section.title, nodes)
        count = f"（{len(nodes)}）" if self.language == "zh" else f" ({len(nodes)})"
        return Part(section.title + count, nodes, folded=True)

    def _shown(self) -> Iterator[Section]:
        if self.level != "value":
            yield from (section for section in self.sections if section.reasons or section.lines)

    def _line(self, reason: Reason) -> str:
        return f"{reason.label[self.language]}{'：' if self.language == 'zh' else ': '}{reason.shown[self.language]}"

    def _detail(self, reason: Reason) -> Iterator[str]:
        zh = self.language == "zh"
        if reason.text[self.language] and reason.text[self.language] != reason.label[self.language]:
            yield ("即：" if zh else "that is: ") + reason.text[self.language]
        if reason.note[self.language]:
            yield ("说明：" if zh else "note: ") + reason.note[self.language]
        if reason.citation is not None:
            yield ("依据：" if zh else "source: ") + reason.citation.words(self.language)

    def _node(self, reason: Reason) -> Node:
        is_rule = reason.role == "rule"
        if self.level == "reasons" and not is_rule and reason.role != "exception":
            return Node(self._line(reason), tone=_tone(reason))
        because = reason.because if self.level == "facts" or is_rule else ()
        inner = (self._node(each) for each in because if self.level == "facts" or each.role == "exception")
        return Node(self._line(reason), (*map(Node, self._detail(reason)), *inner), _tone(reason))

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {
            "language": self.language,
            "headline": self.headline,
            "remarks": list(self.remarks),
            "sections": [
                {
                    "title": section.title,
                    "lines": list(section.lines),
                    "reasons": [reason.to_plain() for reason in section.reasons],
                }
                for section in self._shown()
            ],
        }


def _tone(reason: Reason) -> Tone:
    if reason.role not in ("rule", "exception"):
        return Tone.PLAIN
    return Tone.OPEN if isinstance(reason.value, Unknown) else Tone.of(bool(reason.value))
