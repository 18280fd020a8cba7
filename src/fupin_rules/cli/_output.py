"""What the command prints: results on standard output, in tables that line up; the rest on standard error."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

_T = TypeVar("_T")


def width(text: str) -> int:
    """Count the columns a text takes on a terminal."""
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


def say(text: str = "") -> None:
    """Print a result."""
    sys.stdout.write(text + "\n")


def tell(text: str) -> None:
    """Print what is no result: notes, problems, progress."""
    sys.stderr.write(text + "\n")


def say_json(value: Any) -> None:
    """Print a result for a program."""
    say(json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False))


def watched(items: Sequence[_T], label: str) -> Iterator[_T]:
    """Give items one by one, showing how far it is on a terminal, and nothing in a pipe."""
    shown = sys.stderr.isatty() and len(items) > 500
    for done, item in enumerate(items):
        if shown and done % 500 == 0:
            sys.stderr.write(f"\r{label} {done:,}/{len(items):,}")
            sys.stderr.flush()
        yield item
    if shown:
        sys.stderr.write("\r" + " " * (len(label) + 24) + "\r")


def share(part: int, whole: int) -> str:
    """Write a share of a whole in percent."""
    return "–" if whole == 0 else f"{100 * part / whole:.1f} %"


def joined(values: Iterable[str]) -> str:
    """Write several values in one cell."""
    return "; ".join(values)
