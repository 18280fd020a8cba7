"""
Text in columns that line up: a Chinese character takes two.

Counts for fonts of even width, as terminals and mail have them; nothing here knows what the cells say.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import zip_longest

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


def table_within(
    rows: Sequence[Sequence[str]], columns: int, *, numbers: Sequence[int] = (), headed: bool = False
) -> tuple[tuple[str, ...], ...]:
    """
    Lay out rows so that they fit a terminal or a page: cells are folded, the widest columns first.

    Where even the longest words do not fit beside each other, each row stands as a paragraph of its own, its first cell
    above the others, and each of these behind the title of its column where there are titles.

    Args:
        rows: As for `table`.
        columns: The most a line takes; a word that is longer stands whole.
        numbers: Places of columns set to the right, and never folded.
        headed: Whether the first row holds titles.

    Returns:
        The lines of each row; none for titles that stand in the paragraphs.

    >>> table_within([("national identification", "23"), ("exit", "19")], 20, numbers=(1,))
    (('  national        23', '  identification'), ('  exit            19',))
    """
    if not rows:
        return ()
    widths = _widths(rows, columns - _INDENT - _GAP * (len(rows[0]) - 1), numbers)
    if widths is None:
        return tuple(_paragraph(row, rows[0] if headed else (), columns) for row in rows)
    return tuple(_row_lines(row, widths, numbers) for row in rows)


_INDENT = 2
_GAP = 2


def _widths(rows: Sequence[Sequence[str]], room: int, numbers: Sequence[int]) -> list[int] | None:
    """Share out the room among columns; None where the longest words together take more."""
    places = range(len(rows[0]))
    natural = [max(width(row[place]) for row in rows) for place in places]
    least = [natural[place] if place in numbers else max(_longest(row[place]) for row in rows) for place in places]
    if sum(least) > room:
        return None
    # The widest give way until all fit: the highest level at which they do.
    level = max(natural)
    while sum(max(low, min(high, level)) for low, high in zip(least, natural, strict=True)) > room and level > 0:
        level -= 1
    return [max(low, min(high, level)) for low, high in zip(least, natural, strict=True)]


def _longest(text: str) -> int:
    return max((width(piece.rstrip()) for piece in _pieces(text)), default=0)


def _row_lines(row: Sequence[str], widths: Sequence[int], numbers: Sequence[int]) -> tuple[str, ...]:
    cells = [fold(cell, columns) for cell, columns in zip(row, widths, strict=True)]
    lines = []
    for line in zip_longest(*cells, fillvalue=""):
        filled = [
            " " * (columns - width(cell)) + cell if place in numbers else cell + " " * (columns - width(cell))
            for place, (cell, columns) in enumerate(zip(line, widths, strict=True))
        ]
        lines.append((" " * _INDENT + (" " * _GAP).join(filled)).rstrip())
    return tuple(lines)


def _paragraph(row: Sequence[str], titles: Sequence[str], columns: int) -> tuple[str, ...]:
    if row is titles:
        return ()
    first = [f"{' ' * _INDENT}{line}" for line in fold(row[0], columns - _INDENT)]
    inner = " " * 3 * _INDENT
    if not titles:
        others = [cell for cell in row[1:] if cell]
        folded = fold("  ".join(others), columns - len(inner)) if others else ()
        return (*first, *(inner + line for line in folded))
    widest = max(map(width, titles[1:]), default=0)
    told = [(title, cell) for title, cell in zip(titles[1:], row[1:], strict=True) if cell]
    lines = [f"{inner}{title}{' ' * (widest - width(title))}  {cell}".rstrip() for title, cell in told]
    return (*first, *(part for line in lines for part in fold_line(line, columns)))


def fold_line(line: str, columns: int) -> tuple[str, ...]:
    """
    Fold a line that may be set in; what does not fit goes on a little further in.

    >>> fold_line("  source: a long title", 14)
    ('  source: a', '    long title')
    """
    if width(line) <= columns:
        return (line,)
    text = line.lstrip(" ")
    indent = len(line) - len(text)
    first, *rest = fold(text, columns - indent, hanging=_INDENT)
    return (" " * indent + first, *(" " * (indent + _INDENT) + each for each in rest))


def fold(text: str, columns: int, *, hanging: int = 0) -> tuple[str, ...]:
    """
    Break a text into lines: at blanks, and between any two characters that are written without blanks.

    Args:
        text: On one line.
        columns: The most a line takes; a longer word stands on a line of its own, whole.
        hanging: How much less the lines after the first take.

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
        if line and width(line) + width(piece.rstrip()) > columns - (hanging if lines else 0):
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
