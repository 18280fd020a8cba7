"""
An explanation: headline, sections of grounds, remarks; drawn as text, Markdown and HTML from one value.

Every cell is escaped in HTML and Markdown; nothing is fetched from anywhere; no script is used.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from typing import Any

import attrs

from fupin_rules.engine._reasons import Level, Reason
from fupin_rules.truth import Unknown


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
    """

    language: str
    headline: str
    remarks: tuple[str, ...]
    sections: tuple[Section, ...]
    level: Level

    def as_text(self) -> str:
        """Draw for a terminal or a letter."""
        lines = [self.headline, *(f"  {each}" for each in self.remarks)]
        for section in self._shown():
            lines += ["", section.title, *(f"  {each}" for each in section.lines)]
            for reason in section.reasons:
                lines += self._text(reason, 1)
        return "\n".join(lines)

    def as_markdown(self) -> str:
        """Draw as Markdown."""
        lines = [f"**{_md(self.headline)}**", ""] + [f"{_md(each)}  " for each in self.remarks]
        for section in self._shown():
            lines += ["", f"**{_md(section.title)}**", "", *(f"- {_md(each)}" for each in section.lines)]
            for reason in section.reasons:
                lines += [f"{'  ' * depth}- {_md(text)}" for depth, text in self._walk(reason, 0)]
        return "\n".join(lines)

    def as_html(self) -> str:
        """Draw as HTML that stands alone, for notebooks and pages; grounds open on demand."""
        parts = [
            _STYLE,
            f'<div class="fupin" lang="{self.language}"><p class="fupin-head">{escape(self.headline)}</p>',
        ]
        parts += [f"<p>{escape(each)}</p>" for each in self.remarks]
        for section in self._shown():
            parts.append(f"<h4>{escape(section.title)}</h4><ul>")
            parts += [f"<li>{escape(each)}</li>" for each in section.lines]
            parts += [f"<li>{self._html(reason)}</li>" for reason in section.reasons]
            parts.append("</ul>")
        return "".join([*parts, "</div>"])

    def _shown(self) -> Iterator[Section]:
        if self.level != "value":
            yield from (section for section in self.sections if section.reasons or section.lines)

    def _line(self, reason: Reason) -> str:
        zh = self.language == "zh"
        colon = "：" if zh else ": "
        mark = _mark(reason)
        return f"{mark}{reason.label[self.language]}{colon}{reason.shown[self.language]}"

    def _detail(self, reason: Reason) -> Iterator[str]:
        zh = self.language == "zh"
        if reason.text[self.language] and reason.text[self.language] != reason.label[self.language]:
            yield ("即：" if zh else "that is: ") + reason.text[self.language]
        if reason.note[self.language]:
            yield ("说明：" if zh else "note: ") + reason.note[self.language]
        if reason.citation is not None:
            yield ("依据：" if zh else "source: ") + reason.citation.words(self.language)

    def _walk(self, reason: Reason, depth: int) -> Iterator[tuple[int, str]]:
        yield depth, self._line(reason)
        if self.level == "reasons" and reason.role not in ("rule", "exception"):
            return
        for line in self._detail(reason):
            yield depth + 1, line
        for inner in reason.because if self.level == "facts" or reason.role == "rule" else ():
            if self.level == "facts" or inner.role == "exception":
                yield from self._walk(inner, depth + 1)

    def _text(self, reason: Reason, depth: int) -> list[str]:
        return [f"{'  ' * level}{text}" for level, text in self._walk(reason, depth)]

    def _html(self, reason: Reason) -> str:
        line = escape(self._line(reason))
        inner = "".join(f"<li>{escape(each)}</li>" for each in self._detail(reason))
        if self.level == "facts":
            inner += "".join(f"<li>{self._html(each)}</li>" for each in reason.because)
        if not inner:
            return line
        return f"<details><summary>{line}</summary><ul>{inner}</ul></details>"

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


# One rule for colours of both light and dark pages: they are the page's own.
_STYLE = (
    "<style>.fupin{font:14px/1.5 system-ui,'Noto Sans CJK SC',sans-serif;max-width:60em;margin:.6em 0 1em;"
    "border-left:3px solid #8886;padding-left:.8em}"
    ".fupin-head{font-weight:600;font-size:1.1em;margin:.2em 0}.fupin p{margin:.1em 0}.fupin h4{margin:.7em 0 .2em}"
    ".fupin ul{margin:.1em 0;padding-left:1.3em}.fupin summary{cursor:pointer}</style>"
)


def _mark(reason: Reason) -> str:
    if reason.role not in ("rule", "exception"):
        return ""
    if isinstance(reason.value, Unknown):
        return "? "
    return "✓ " if reason.value else "✗ "


def _md(text: str) -> str:
    for sign in ("\\", "`", "*", "_", "[", "]", "<", ">", "|"):
        text = text.replace(sign, f"\\{sign}")
    return text
