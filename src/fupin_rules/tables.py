"""
Text in columns that line up: a Chinese character takes two.

Counts for fonts of even width, as terminals and mail have them; nothing here knows what the cells say.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

# A line that begins with one of these, or ends with one of those, reads as broken off.
_CLOSING = frozenset("，。；：、！？）」』”’》〕,.;:!?)]%")
_OPENING = frozenset("（「『“‘《〔([")


def width(text: str) -> int:
    """
    Count the columns a text takes.

    >>> width("收入a")
    5
    """
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def table(rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = ()) -> str:
    """Lay out rows in columns; `numbers` are the places of columns set to the right."""
    if not rows:
        return ""
    widths = [max(width(row[place]) for row in rows) for place in range(len(rows[0]))]
    lines = []
    for row in rows:
        cells = []
        for place, cell in enumerate(row):
            gap = " " * (widths[place] - width(cell))
            cells.append(gap + cell if place in numbers else cell + gap)
        lines.append(("  " + "  ".join(cells)).rstrip())
    return "\n".join(lines)


def fold(text: str, columns: int) -> tuple[str, ...]:
    """
    Break a text into lines: at blanks, and between any two characters that are written without blanks.

    Args:
        text: On one line.
        columns: The most a line takes; a longer word stands on a line of its own, whole.

    Returns:
        The lines; a closing mark stays with what is before it, an opening one with what is behind.

    >>> fold("people present is at least two", 14)
    ('people present', 'is at least', 'two')
    >>> fold("实到人数不低于应到人数", 12)
    ('实到人数不低', '于应到人数')
    """
    lines: list[str] = []
    line = ""
    for piece in _pieces(text):
        if line and width(line) + width(piece.rstrip()) > columns:
            lines.append(line.rstrip())
            line = ""
        line += piece
    return (*lines, line.rstrip())


def _pieces(text: str) -> list[str]:
    """Split a text where a line may end; blanks and closing marks stay with the word before them."""
    pieces: list[str] = []
    for character in text:
        if pieces and not _may_part(pieces[-1], character):
            pieces[-1] += character
        else:
            pieces.append(character)
    return pieces


def _may_part(before: str, after: str) -> bool:
    """Tell whether a line may end between a word, with the blanks behind it, and a character."""
    word = before.rstrip(" ")
    if after == " " or after in _CLOSING or word[-1:] in _OPENING:
        return False
    return word != before or _is_wide(before[-1]) or _is_wide(after)


def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WF"
