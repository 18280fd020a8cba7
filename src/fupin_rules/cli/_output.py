"""
What the command prints: results on standard output, in tables that line up; the rest on standard error.

At a terminal, with the extra `cli`, tables fold to its width; in a pipe and without the extra they are plain text.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TextIO, TypeVar

from fupin_rules.registry import RowProblem
from fupin_rules.tables import table

SHOWN_PROBLEMS = 10

_T = TypeVar("_T")

# From the data, no control character may steer the terminal, and no mark of direction reorder what is read.
_STEERING = {
    code: "\N{REPLACEMENT CHARACTER}"
    for code in (*range(0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A))
    if chr(code) not in "\n\r"
}


def show(rows: Sequence[Sequence[str]], *, numbers: Sequence[int] = (), headed: bool = False) -> None:
    """Print rows in columns, the first as their heading if so told; a terminal gets them folded to its width."""
    if not rows:
        return
    if not (sys.stdout.isatty() and _show_folded(rows, numbers, headed=headed)):
        say(table(rows, numbers=numbers))


def _show_folded(rows: Sequence[Sequence[str]], numbers: Sequence[int], *, headed: bool) -> bool:
    """Fold a table to the terminal; tell whether that could be done."""
    try:
        from rich.console import Console  # noqa: PLC0415  an extra, imported where it is used
        from rich.padding import Padding  # noqa: PLC0415  likewise
        from rich.table import Table  # noqa: PLC0415  likewise
        from rich.text import Text  # noqa: PLC0415  likewise
    except ImportError:
        return False
    bold = "" if os.environ.get("NO_COLOR") else "bold"
    drawn = Table(box=None, show_header=headed, header_style=bold, padding=(0, 2, 0, 0), pad_edge=False)
    head, body = (rows[0], rows[1:]) if headed else ([""] * len(rows[0]), rows)
    for place, title in enumerate(head):
        right = place in numbers
        drawn.add_column(Text(title), justify="right" if right else "left", no_wrap=right, overflow="fold")
    for row in body:
        # `Text` takes cells as they are: markup in a label is nothing but characters.
        drawn.add_row(*(Text(cell.translate(_STEERING)) for cell in row))
    console = Console(file=sys.stdout, markup=False, highlight=False, emoji=False)
    console.print(Padding(drawn, (0, 0, 0, 2)))
    return True


def say(text: str = "") -> None:
    """Print a result."""
    _put(sys.stdout, text)


def tell(text: str) -> None:
    """Print what is no result: notes, problems, progress."""
    _put(sys.stderr, text)


def tell_strongly(text: str) -> None:
    """Print what is no result, in bold where a terminal shows it and nobody asked for none of that."""
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") == "dumb":
        tell(text)
        return
    sys.stderr.write(f"\x1b[1m{_sayable(text.translate(_STEERING), sys.stderr)}\x1b[0m\n")


def _put(stream: TextIO, text: str) -> None:
    stream.write(_sayable(text.translate(_STEERING), stream) + "\n")


def _sayable(text: str, stream: TextIO) -> str:
    """Write what the encoding of a stream lacks as escapes, rather than stop half-way."""
    encoding = stream.encoding or "utf-8"
    return text.encode(encoding, "backslashreplace").decode(encoding)


def say_json(value: Any) -> None:
    """Print a result for a program; where the encoding lacks a character, in the escapes of JSON."""
    text = json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)
    if _sayable(text, sys.stdout) != text:
        text = json.dumps(value, indent=2, allow_nan=False)
    sys.stdout.write(text + "\n")


def problem_words(problem: RowProblem, language: str) -> str:
    """Say what could not be read and where, on one line."""
    if language != "zh":
        return str(problem)
    column = f"「{problem.column}」列" if problem.column else ""
    return f"{problem.sheet} 第{problem.row}行{column}：{problem.zh}"


def tell_notes(notes: Iterable[tuple[str, str]], language: str) -> None:
    """Tell the notes of a reading, each in English and Chinese."""
    for en, zh in notes:
        tell(f"说明：{zh}" if language == "zh" else f"note: {en}")


def tell_problems(problems: Sequence[RowProblem], language: str, *, see: str = "") -> None:
    """Tell the first of what could not be read, how many more there are, and the command that shows them."""
    for problem in problems[:SHOWN_PROBLEMS]:
        tell(problem_words(problem, language))
    more = len(problems) - SHOWN_PROBLEMS
    if more > 0 and language == "zh":
        tell(f"……另有{more}处" + (f"，见 {see}" if see else ""))
    elif more > 0:
        tell(f"... and {more} more" + (f", see `{see}`" if see else ""))


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


def counted(number: int, one: str, many: str = "") -> str:
    """Count things in English: `1 case`, `2 cases`, `1,000 entries`."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def joined(values: Iterable[str]) -> str:
    """Write several values in one cell."""
    return "; ".join(values)
