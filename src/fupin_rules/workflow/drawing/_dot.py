"""A picture in the language of Graphviz: `dot -Tsvg` draws it, with a font that has Chinese characters."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from typing import Final

from fupin_rules.tables import fold
from fupin_rules.workflow.case._options import Status
from fupin_rules.workflow.drawing._overlay import Trace
from fupin_rules.workflow.drawing._picture import Arrow, Box, Group, Picture, Section
from fupin_rules.workflow.procedure._parts import StateKind

_FONT: Final = "Noto Sans CJK SC,WenQuanYi Zen Hei,PingFang SC,Microsoft YaHei,sans-serif"
_STATE: Final = 32
_MOVE: Final = 48
_LABEL: Final = 32
_NOTE: Final = 110
_SHAPES: Final = {
    StateKind.OPEN: 'shape=box, style="rounded,filled"',
    StateKind.WAITING: 'shape=box, style="filled,diagonals"',
    StateKind.GOAL: 'shape=box, style="rounded,filled", peripheries=2',
    StateKind.CLOSED: 'shape=box, style="filled", color="#555555", penwidth=2.5',
    None: 'shape=note, style="filled", fontsize=10',
}
_FILLS: Final = {Trace.NOW: "#ffd54f", Trace.DONE: "#c8e6c9", Trace.EARLIER: "#e1e7f0", Trace.NOT_BEEN: "#ffffff"}
_COLOURS: Final = {
    Status.READY: "#1b7f3b",
    Status.NOT_YET: "#d9820f",
    Status.BLOCKED: "#c62828",
}


def write_dot(picture: Picture) -> str:
    """Write a picture for Graphviz."""
    return "\n".join(_lines(picture)) + "\n"


def _lines(picture: Picture) -> Iterator[str]:
    yield "digraph procedure {"
    yield f"  graph [fontname={_text([_FONT])}, rankdir=TB, nodesep=0.3, ranksep=0.5, labelloc=b, labeljust=l,"
    yield f"    label=<{_notes(picture.sections)}>];"
    yield f"  node [fontname={_text([_FONT])}, fontsize=12];"
    yield f"  edge [fontname={_text([_FONT])}, fontsize=10];"
    yield "  subgraph cluster_all {"
    yield f"    label={_text([picture.title])}; labelloc=t; labeljust=l; fontsize=20; color=none;"
    yield '    start [shape=circle, style=filled, fillcolor=black, width=0.2, label=""];'
    held = {box.id: box for box in picture.boxes}
    grouped = {each for group in picture.groups for each in group.boxes}
    for group in picture.groups:
        yield from _group(group, held)
    yield from (f"    {_box(box)}" for box in picture.boxes if box.id not in grouped)
    yield f"    start -> {picture.initial};"
    yield from (f"    {_arrow(arrow)}" for arrow in picture.arrows)
    yield from _legend(picture)
    yield "  }"
    yield "}"


def _group(group: Group, held: dict[str, Box]) -> Iterator[str]:
    yield f"    subgraph cluster_{group.id} {{"
    yield f'      label={_text([group.title])}; labeljust=l; fontsize=14; color="#9e9e9e"; style="rounded,dashed";'
    yield from (f"      {_box(held[each])}" for each in group.boxes)
    yield "    }"


def _box(box: Box) -> str:
    colour = "" if box.standing is None else f', color="{_COLOURS[box.standing]}", penwidth=2'
    now = ", penwidth=3" if box.trace is Trace.NOW else ""
    columns = _MOVE if box.kind is None else _STATE
    label, *rest = ([*fold(line, columns)] for line in box.lines)
    text = _text(label, [part for lines in rest for part in lines])
    return f'{box.id} [{_SHAPES[box.kind]}, fillcolor="{_FILLS[box.trace]}"{colour}{now}, label={text}];'


def _arrow(arrow: Arrow) -> str:
    # A way back must not turn the picture upside down.
    style = ", style=dashed, constraint=false" if arrow.is_back else ""
    colour = ""
    if arrow.standing is not None:
        shade = _COLOURS[arrow.standing]
        colour = f', color="{shade}", fontcolor="{shade}", penwidth=2'
    # A blank keeps the words off the line.
    lines = [f" {part}" for line in arrow.lines for part in fold(line, _LABEL)]
    return f"{arrow.source} -> {arrow.target} [label={_text([], lines)}{style}{colour}];"


def _legend(picture: Picture) -> Iterator[str]:
    yield "    subgraph cluster_legend {"
    remarks = [part for line in picture.remarks for part in fold(line, _MOVE)]
    yield f'      label={_text([], remarks)}; labelloc=b; labeljust=l; fontsize=11; color="#9e9e9e";'
    yield from (f"      {_box(box)}" for box in picture.legend)
    yield "    }"


def _text(centred: Sequence[str], left: Sequence[str] = ()) -> str:
    """Quote lines, some in the middle, some at the left."""
    one, other = [_quoted(line) for line in centred], [_quoted(line) for line in left]
    return '"' + "\\n".join(one) + ("\\n" if one and other else "") + "".join(f"{line}\\l" for line in other) + '"'


def _quoted(line: str) -> str:
    """Let what Graphviz reads as an escape or an entity stand for itself."""
    return line.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"')


def _notes(sections: Iterable[Section]) -> str:
    """Write notes as a table of the kind Graphviz reads as HTML, in two columns, a row for each note."""
    rows = [row for section in sections for row in _rows(section)]
    half = (sum(lines for _, lines in rows) + 1) // 2
    columns: tuple[list[str], list[str]] = ([], [])
    written = 0
    for row, lines in rows:
        columns[written >= half].append(row)
        written += lines
    cells = "".join(f'<TD VALIGN="TOP">{_table(column)}</TD>' for column in columns if column)
    return f'<TABLE BORDER="0" CELLSPACING="12"><TR>{cells}</TR></TABLE>'


def _rows(section: Section) -> Iterator[tuple[str, int]]:
    """Give the rows of a section, each with its number of lines."""
    yield f'<TR><TD COLSPAN="2" ALIGN="LEFT"><B>{escape(section.title)}</B></TD></TR>', 1
    for mark, said in section.notes:
        folded = fold(said, _NOTE)
        lines = "".join(f'{escape(line)}<BR ALIGN="LEFT"/>' for line in folded)
        yield (
            f'<TR><TD ALIGN="RIGHT" VALIGN="TOP">{escape(mark)}</TD><TD ALIGN="LEFT" BALIGN="LEFT">{lines}</TD></TR>',
            len(folded),
        )


def _table(rows: Iterable[str]) -> str:
    return f'<TABLE BORDER="0" CELLSPACING="0" CELLPADDING="2">{"".join(rows)}</TABLE>'
