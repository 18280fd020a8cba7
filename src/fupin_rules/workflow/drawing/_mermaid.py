"""
A picture in the language of Mermaid, a state diagram as many web pages draw it.

Its reader takes marks of its own in the middle of a text, so everything but letters, digits and plain punctuation is
written as the number of the character, which the drawing shows as the character. Two stars or underlines around a word
may still come out as emphasis.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Final

from fupin_rules.tables import fold
from fupin_rules.workflow.case._options import Status
from fupin_rules.workflow.drawing._overlay import Trace
from fupin_rules.workflow.drawing._picture import Arrow, Box, Picture, Section

_INDENT: Final = "    "
_STATE: Final = 32
_LABEL: Final = 24
_NOTE: Final = 110
_CLASSES: Final = {
    "open": "fill:#ffffff,stroke:#333333",
    "waiting": "fill:#ffffff,stroke:#333333,stroke-dasharray:6 3",
    "goal": "fill:#ffffff,stroke:#1b5e20,stroke-width:4px",
    "closed": "fill:#ffffff,stroke:#555555,stroke-width:4px",
    "move": "fill:#f5f5f5,stroke:#9e9e9e",
    "notes": "fill:#fffde7,stroke:#bdbdbd,text-align:left",
    "now": "fill:#ffd54f",
    "done": "fill:#c8e6c9",
    "earlier": "fill:#e1e7f0",
    "ready": "stroke:#1b7f3b,stroke-width:3px",
    "not_yet": "stroke:#d9820f,stroke-width:3px",
    "blocked": "stroke:#c62828,stroke-width:3px",
}
_STANDINGS: Final = {
    Status.READY: "ready",
    Status.NOT_YET: "not_yet",
    Status.BLOCKED: "blocked",
}
# All but letters and digits of any script, blanks, marks that mean nothing to the reader, and what stands in a number.
_RISKY: Final = re.compile(r"(?<!\d)[-.]|[-.](?!\d)|_|[^\w ，。、；：！？（）「」『』《》“”‘’〔〕,()/+×÷−–—↺↩.-]")
# What it takes for an order wherever it stands: the words for a direction, and, even when so written, two dollars.
_ORDER: Final = re.compile(r"(direction) (?=TB|BT|LR|RL)", re.IGNORECASE)
_FORMULA: Final = re.compile(r"\$(?=\$)")


def write_mermaid(picture: Picture) -> str:
    """Write a picture for Mermaid."""
    return "\n".join(_lines(picture)) + "\n"


def _lines(picture: Picture) -> Iterator[str]:
    yield "---"
    yield f"title: {json.dumps(picture.title, ensure_ascii=False)}"
    # Lines are broken here; broken again, the notes would be a tower.
    yield "config:"
    yield "  flowchart:"
    yield "    wrappingWidth: 1000"
    yield "---"
    yield "stateDiagram-v2"
    yield from (f"{_INDENT}classDef {name} {style}" for name, style in _CLASSES.items())
    # Boxes, legend and notes each lie in a frame: side by side, the notes would push the boxes apart.
    yield f'{_INDENT}state " " as whole {{'
    yield f"{_INDENT * 2}direction TB"
    # Groups are left out: arrows between boxes of two frames are not drawn.
    yield from (f"{_INDENT * 2}{_box(box)}" for box in picture.boxes)
    yield f"{_INDENT * 2}[*] --> {picture.initial}"
    yield from (f"{_INDENT * 2}{_arrow(arrow)}" for arrow in picture.arrows)
    yield f"{_INDENT}}}"
    yield from _legend(picture)
    for number, section in enumerate(picture.sections, 1):
        yield f'{_INDENT}state "{_section(section)}" as notes_{number}'
        yield f"{_INDENT}class notes_{number} notes"
    for box in (*picture.boxes, *picture.legend):
        yield from (f"{_INDENT}class {box.id} {name}" for name in _classes(box))


def _box(box: Box) -> str:
    return f'state "{_text(box.lines, _STATE)}" as {box.id}'


def _classes(box: Box) -> Iterator[str]:
    yield "move" if box.kind is None else box.kind.value
    if box.trace is not Trace.NOT_BEEN:
        yield box.trace.value
    if box.standing is not None:
        yield _STANDINGS[box.standing]


def _arrow(arrow: Arrow) -> str:
    label = _text(arrow.lines, _LABEL)
    return f"{arrow.source} --> {arrow.target}" + (f" : {label}" if label else "")


def _legend(picture: Picture) -> Iterator[str]:
    yield f'{_INDENT}state " " as legend {{'
    yield from (f"{_INDENT * 2}{_box(box)}" for box in picture.legend)
    yield f'{_INDENT * 2}state "{_text(picture.remarks, _NOTE)}" as remarks'
    yield f"{_INDENT}}}"
    yield f"{_INDENT}class remarks notes"


def _section(section: Section) -> str:
    return _text([section.title, *(f"{mark} {said}" for mark, said in section.notes)], _NOTE)


def _text(lines: Iterable[str], columns: int) -> str:
    """Join lines, long ones broken, each character that could be an order written as its number."""
    return "<br/>".join(_escaped(part) for line in lines for part in fold(line, columns))


def _escaped(line: str) -> str:
    parted = _FORMULA.sub("$\u200b", line)
    quoted = _RISKY.sub(lambda found: f"#{ord(found[0])};", parted)
    return _ORDER.sub(r"\1#32;", quoted)
