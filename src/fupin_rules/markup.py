"""
What draws itself: a value says once what is to be seen, and text, Markdown, HTML are drawn from that.

Every text is taken as a stranger's: nothing of it is read as markup, in none of the forms, and it stays on its line.
HTML stands alone: its style touches nothing outside, nothing is fetched, no script is used, and it is light or dark as
the page around it is.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from html import escape
from types import MappingProxyType
from typing import Final, Protocol

import attrs

from fupin_rules.citations import Standing
from fupin_rules.tables import table

LANGUAGES: Final = ("zh", "en")


class Tone(enum.StrEnum):
    """What a badge says before it is read; its words say the same, for who sees no colours."""

    YES = "yes"
    NO = "no"
    OPEN = "open"
    PLAIN = "plain"

    @classmethod
    def of(cls, value: bool | None) -> Tone:
        """Give the tone of a claim; None is not known."""
        return cls.OPEN if value is None else cls.YES if value else cls.NO

    @property
    def mark(self) -> str:
        """A sign for it, the same in all forms; none for what is no claim."""
        return {Tone.YES: "✓", Tone.NO: "✗", Tone.OPEN: "?", Tone.PLAIN: ""}[self]


@attrs.frozen
class Badge:
    """
    A word or two on a ground of their own.

    Attributes:
        text: The words.
        tone: What they say.
    """

    text: str
    tone: Tone = Tone.PLAIN


_STANDINGS: Final = MappingProxyType(
    {
        Standing.STATED: Tone.YES,
        Standing.FOUND: Tone.YES,
        Standing.LOCAL: Tone.PLAIN,
        Standing.UNVERIFIED: Tone.OPEN,
        Standing.ASSUMPTION: Tone.OPEN,
    }
)


def standing_badge(standing: Standing, language: str) -> Badge:
    """Give the standing of a source as a badge."""
    return Badge(standing.short(language), _STANDINGS[standing])


Cell = str | Badge


@attrs.frozen
class Node:
    """
    A line of a tree, with what opens under it.

    Attributes:
        text: The line.
        inner: Lines under it.
        tone: For a claim: how it came out, told by a mark before the line.
    """

    text: str
    inner: tuple[Node, ...] = ()
    tone: Tone = Tone.PLAIN

    @property
    def line(self) -> str:
        """The line behind its mark."""
        return f"{self.tone.mark} {self.text}" if self.tone.mark else self.text


@attrs.frozen
class Grid:
    """
    A table.

    Attributes:
        head: Titles of its columns.
        rows: As many cells each.
        numbers: Places of columns set to the right.
    """

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: tuple[int, ...] = ()


@attrs.frozen
class Part:
    """
    A titled part of a drawing; one without content is not drawn.

    Attributes:
        title: What it holds; empty for none.
        nodes: A list, or trees.
        grid: A table.
        folded: Whether HTML shows its title alone until it is opened.
    """

    title: str = ""
    nodes: tuple[Node, ...] = ()
    grid: Grid | None = None
    folded: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in it."""
        return not self.nodes and (self.grid is None or not self.grid.rows)


def listed(title: str, lines: Iterable[str], *, folded: bool = False) -> Part:
    """Give a part of plain lines."""
    return Part(title, tuple(Node(each) for each in lines), folded=folded)


@attrs.frozen
class Drawing:
    """
    All that is to be seen of a value, in one language.

    Attributes:
        language: `zh` or `en`.
        title: In one line, what it is or how it came out.
        tone: For an outcome: which.
        badges: What HTML shows beside the title; the remarks say the same in full.
        remarks: One line each.
        parts: In order.
    """

    language: str
    title: str
    tone: Tone = Tone.PLAIN
    badges: tuple[Badge, ...] = ()
    remarks: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()

    def as_text(self, *, whole: bool = True) -> str:
        """Draw for a terminal or a letter; not whole, of what HTML opens on demand the titles alone are told."""
        lines = [one_line(self.title), *(f"  {one_line(each)}" for each in self.remarks)]
        for part in self._shown():
            lines += ["", one_line(part.title)] if part.title else [""]
            if part.folded and not whole:
                continue
            if part.grid is not None:
                rows = [[one_line(_said(cell)) for cell in row] for row in (part.grid.head, *part.grid.rows)]
                lines.append(table(rows, numbers=part.grid.numbers))
            lines += [f"{'  ' * depth}{one_line(node.line)}" for depth, node in _walk(part.nodes, 1)]
        return "\n".join(lines)

    def as_markdown(self) -> str:
        """Draw as Markdown."""
        lines = [_bold(self.title), ""] + [f"{markdown(each)}  " for each in self.remarks]
        for part in self._shown():
            lines += ["", _bold(part.title)] if part.title else []
            lines.append("")
            if part.grid is not None:
                lines += [*_markdown_rows(part.grid), ""]
            # A dash with nothing behind it, under a line, would make a heading of that line.
            lines += [f"{'  ' * depth}- {markdown(node.line) or '–'}" for depth, node in _walk(part.nodes, 0)]
        return "\n".join(lines)

    def as_html(self) -> str:
        """Draw as HTML that stands alone; trees open on demand."""
        return STYLE + self.body()

    def body(self) -> str:
        """Draw as HTML without its style, for a page that has it already."""
        mark = f'<span class="fupin-mark">{self.tone.mark}</span> ' if self.tone.mark else ""
        badges = "".join(f" {_badge(each)}" for each in self.badges)
        # Of an outside class the two last alone: they keep dollar signs from being read as mathematics.
        opening = f'<div class="fupin fupin-{self.tone} tex2jax_ignore mathjax_ignore" lang="{self.language}">'
        parts = [opening, f'<p class="fupin-head">{mark}{html(self.title)}{badges}</p>']
        parts += [f'<p class="fupin-dim">{html(each)}</p>' for each in self.remarks]
        for part in self._shown():
            inner = (_html_grid(part.grid) if part.grid is not None else "") + _html_list(part.nodes)
            if part.folded:
                inner = f'<details><summary class="fupin-part">{html(part.title)}</summary>{inner}</details>'
            elif part.title:
                inner = f'<p class="fupin-part">{html(part.title)}</p>{inner}'
            parts.append(inner)
        return "".join([*parts, "</div>"])

    def _shown(self) -> Iterator[Part]:
        return (part for part in self.parts if not part.is_empty)


def _walk(nodes: Iterable[Node], depth: int) -> Iterator[tuple[int, Node]]:
    for node in nodes:
        yield depth, node
        yield from _walk(node.inner, depth + 1)


def _said(cell: Cell) -> str:
    return cell.text if isinstance(cell, Badge) else cell


# -- texts of strangers ------------------------------------------------------------------------------------------------

# Control characters, marks that join, hide or turn the order of reading, halves of a character.
_UNSEEN: Final = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\ud800-\udfff\U000e0001-\U000e007f]"
)


def one_line(text: str) -> str:
    """
    Give a text on one line, without what cannot be seen: control characters, marks that turn the order of reading.

    >>> one_line("in  two" + chr(10) + "lines" + chr(0x202E))
    'in two lines\N{REPLACEMENT CHARACTER}'
    """
    return _UNSEEN.sub("\N{REPLACEMENT CHARACTER}", " ".join(text.split()))


def html(text: str) -> str:
    """
    Write a text so that HTML shows it as it is, between tags and in attributes.

    >>> html("<b> & 'c'")
    '&lt;b&gt; &amp; &#x27;c&#x27;'
    """
    return escape(one_line(text))


# What opens or closes markup anywhere. `$` and `\\` as entities: behind an escape, notebooks take them for formulas.
_SIGNS: Final = MappingProxyType(
    {ord(sign): f"\\{sign}" for sign in "`*_[]|~"}
    | {ord(sign): escape(sign) for sign in "&<>"}
    | {ord("$"): "&#36;", ord("\\"): "&#92;", ord("@"): "&#64;"}
)
# What begins a list, a heading or a line at the start alone.
_STARTS: Final = re.compile(r"([-+#=]|\d{1,9}(?=[.)]))")
_LINKS: Final = re.compile(r"(?i)\b(www)\.|:(?=//)")


def markdown(text: str) -> str:
    r"""
    Write a text so that Markdown shows it as it is, in a paragraph, a list or a table.

    >>> markdown("a_b | <script>")
    'a\\_b \\| &lt;script&gt;'
    """
    signs = one_line(text).translate(_SIGNS)
    signs = _LINKS.sub(lambda found: f"{found[1]}&#46;" if found[1] else "&#58;", signs)
    start = _STARTS.match(signs)
    if start is None:
        return signs
    held = start[1]
    return f"{held}\\{signs[len(held) :]}" if held[0].isdigit() else f"\\{signs}"


# -- HTML --------------------------------------------------------------------------------------------------------------


def _badge(badge: Badge) -> str:
    return f'<span class="fupin-badge fupin-{badge.tone}">{html(badge.text)}</span>'


def _html_cell(cell: Cell) -> str:
    return _badge(cell) if isinstance(cell, Badge) else html(cell)


_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _day(cell: Cell) -> str:
    # A day is never broken at its hyphens.
    return ' class="fupin-day"' if isinstance(cell, str) and _DAY.fullmatch(cell) else ""


def _html_grid(grid: Grid) -> str:
    kinds = [' class="fupin-n"' if place in grid.numbers else "" for place in range(len(grid.head))]
    head = "".join(f'<th scope="col"{kind}>{html(each)}</th>' for each, kind in zip(grid.head, kinds, strict=True))
    rows = (
        "".join(f"<td{kind or _day(each)}>{_html_cell(each)}</td>" for each, kind in zip(row, kinds, strict=True))
        for row in grid.rows
    )
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    # A wide table scrolls in a frame of its own, and not the page with it.
    return f'<div class="fupin-wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _html_list(nodes: Sequence[Node]) -> str:
    # What opens has a triangle of its own, and no dot beside it.
    kinds = (' class="fupin-opens"' if each.inner else "" for each in nodes)
    items = (f"<li{kind}>{_html_node(each)}</li>" for kind, each in zip(kinds, nodes, strict=True))
    return f"<ul>{''.join(items)}</ul>" if nodes else ""


def _html_node(node: Node) -> str:
    mark = f'<span class="fupin-mark fupin-{node.tone}">{node.tone.mark}</span> ' if node.tone.mark else ""
    line = mark + html(node.text)
    return f"<details><summary>{line}</summary>{_html_list(node.inner)}</details>" if node.inner else line


def _bold(text: str) -> str:
    written = markdown(text)
    # Four stars with nothing between them are a line across the page.
    return f"**{written}**" if written else ""


def _markdown_rows(grid: Grid) -> Iterator[str]:
    rules = ["--:" if place in grid.numbers else "---" for place in range(len(grid.head))]
    yield f"| {' | '.join(markdown(each) for each in grid.head)} |"
    yield f"| {' | '.join(rules)} |"
    for row in grid.rows:
        yield f"| {' | '.join(markdown(_said(each)) for each in row)} |"


# -- colours -----------------------------------------------------------------------------------------------------------

# Each is a ground, or what is written on one; `tests/test_markup.py` demands that every pair can be read.
LIGHT: Final[Mapping[str, str]] = MappingProxyType(
    {
        "page": "#ffffff",
        "ink": "#1b1f24",
        "dim": "#57606a",
        "line": "#d0d7de",
        "yes": "#0f5132",
        "yes-ground": "#daf1e3",
        "no": "#8a1c1c",
        "no-ground": "#fbe3e0",
        "open": "#6b4a00",
        "open-ground": "#fcefcb",
        "plain": "#3b434b",
        "plain-ground": "#e9ecef",
    }
)
DARK: Final[Mapping[str, str]] = MappingProxyType(
    {
        "page": "#15181c",
        "ink": "#e6e9ec",
        "dim": "#a2abb5",
        "line": "#3a4149",
        "yes": "#8fe0b0",
        "yes-ground": "#143524",
        "no": "#ffb4ab",
        "no-ground": "#4a1715",
        "open": "#f2cf6b",
        "open-ground": "#3d2f06",
        "plain": "#c9d1d9",
        "plain-ground": "#2b3138",
    }
)
# Notebooks and documents say on an element around their cells whether they are light or dark, whatever the reader's
# system prefers; page and ink are then theirs.
_LIGHT_PAGES: Final = ('[data-jp-theme-light="true"]', ".vscode-light", '[data-theme="light"]', ".light")
_DARK_PAGES: Final = ('[data-jp-theme-light="false"]', ".vscode-dark", '[data-theme="dark"]', ".dark")
_THEIRS: Final = MappingProxyType(
    {
        "page": ("--jp-layout-color0", "--vscode-editor-background"),
        "ink": ("--jp-content-font-color1", "--vscode-editor-foreground"),
    }
)


def colours(held: Mapping[str, str]) -> str:
    """Give colours as CSS variables, to be put into a rule."""
    return "".join(f"--fupin-{name}:{value};" for name, value in held.items())


def _of_the_page(held: Mapping[str, str]) -> Mapping[str, str]:
    theirs = {name: f"var({one},var({other},{held[name]}))" for name, (one, other) in _THEIRS.items()}
    return {**held, **theirs}


def _style() -> str:
    light, dark = (",".join(f"{each} .fupin" for each in pages) for pages in (_LIGHT_PAGES, _DARK_PAGES))
    tones = "".join(
        f".fupin .fupin-badge.fupin-{tone}{{color:var(--fupin-{tone});background:var(--fupin-{tone}-ground)}}"
        f".fupin .fupin-mark.fupin-{tone},.fupin.fupin-{tone}>.fupin-head>.fupin-mark{{color:var(--fupin-{tone})}}"
        f".fupin.fupin-{tone}{{border-left-color:var(--fupin-{tone})}}"
        for tone in Tone
    )
    return (
        f"<style>.fupin{{{colours(LIGHT)}}}"
        f"@media(prefers-color-scheme:dark){{.fupin{{{colours(DARK)}}}}}"
        f"{light}{{{colours(_of_the_page(LIGHT))}}}{dark}{{{colours(_of_the_page(DARK))}}}"
        f"{_RULES}{tones}</style>"
    )


_RULES: Final = (
    ".fupin{font:14px/1.55 system-ui,-apple-system,'Segoe UI','PingFang SC','Microsoft YaHei','Noto Sans CJK SC',"
    "sans-serif;color:var(--fupin-ink);background:var(--fupin-page);box-sizing:border-box;max-width:64em;"
    "margin:.6em 0 1em;border-left:4px solid;padding:.35em .9em .5em;overflow-wrap:anywhere;text-align:left}"
    ".fupin p{margin:.15em 0}.fupin .fupin-head{font-weight:600;font-size:1.15em;margin:.1em 0 .3em}"
    ".fupin .fupin-dim{color:var(--fupin-dim)}.fupin .fupin-part{font-weight:600;margin:.8em 0 .2em}"
    ".fupin .fupin-badge{display:inline-block;padding:0 .55em;border-radius:.8em;font-size:.86rem;font-weight:500;"
    "line-height:1.6;white-space:nowrap}.fupin .fupin-head .fupin-badge{margin-left:.35em}"
    ".fupin .fupin-mark{display:inline-block;min-width:1em;font-weight:700}"
    ".fupin ul{margin:.1em 0;padding-left:1.4em;list-style:disc}.fupin li{margin:.1em 0}"
    ".fupin li.fupin-opens{list-style:none;margin-left:-1.1em}"
    ".fupin li>details>ul{padding-left:2.5em}.fupin summary{cursor:pointer}"
    ".fupin summary:focus-visible{outline:2px solid var(--fupin-plain);outline-offset:2px}"
    ".fupin .fupin-wide{overflow-x:auto}.fupin .fupin-day{white-space:nowrap}"
    ".fupin table{border-collapse:collapse;margin:.2em 0 .5em;font-size:inherit;color:inherit;"
    "width:auto;overflow-wrap:break-word}"
    ".fupin th,.fupin td{padding:.25em 1.1em .25em 0;text-align:left;vertical-align:top;border:0;"
    "border-bottom:1px solid var(--fupin-line);background:none;min-width:4em;max-width:34em;white-space:normal}"
    ".fupin th{font-weight:600;color:var(--fupin-dim)}"
    ".fupin .fupin-n{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}"
    ".fupin-other>summary{cursor:pointer;font:13px system-ui,sans-serif}"
)
STYLE: Final = _style()


# -- values that draw themselves ---------------------------------------------------------------------------------------


class Drawable(Protocol):
    """A value that says what is to be seen of it."""

    def drawing(self, language: str = "zh") -> Drawing:
        """Say it in `zh` or `en`."""
        ...


def draw_html(self: Drawable, language: str = "zh") -> str:
    """Draw as HTML that stands alone, for notebooks and pages, in `zh` or `en`."""
    return self.drawing(language).as_html()


def draw_markdown(self: Drawable, language: str = "zh") -> str:
    """Draw as Markdown, in `zh` or `en`."""
    return self.drawing(language).as_markdown()


def draw_text(self: Drawable, language: str = "zh") -> str:
    """Draw for a terminal or a letter, in `zh` or `en`."""
    return self.drawing(language).as_text()


def both_html(self: Drawable) -> str:
    """Draw for a notebook: in Chinese, and in English behind a line that opens it (`_repr_html_` of what draws)."""
    zh, en = (self.drawing(language).body() for language in LANGUAGES)
    return f'{STYLE}{zh}<details class="fupin-other"><summary lang="en">English</summary>{en}</details>'


def both_markdown(self: Drawable) -> str:
    """Draw as Markdown in both languages (`_repr_markdown_` of what draws)."""
    return "\n\n".join(self.drawing(language).as_markdown() for language in LANGUAGES)


def both_text(self: Drawable) -> str:
    """Draw as text in both languages, short enough for a prompt."""
    return "\n\n".join(self.drawing(language).as_text(whole=False) for language in LANGUAGES)


def mimebundle(
    self: Drawable, include: Iterable[str] | None = None, exclude: Iterable[str] | None = None
) -> dict[str, str]:
    """Draw in every form that a notebook asks for, in both languages (`_repr_mimebundle_` of what draws)."""
    forms = {"text/plain": both_text, "text/html": both_html, "text/markdown": both_markdown}
    return chosen({name: partial(draw, self) for name, draw in forms.items()}, include, exclude)


def chosen(
    forms: Mapping[str, Callable[[], str]], include: Iterable[str] | None, exclude: Iterable[str] | None
) -> dict[str, str]:
    """Draw the forms asked for, each only then; all by default."""
    wanted = set(include or forms) - set(exclude or ())
    return {name: draw() for name, draw in forms.items() if name in wanted}
