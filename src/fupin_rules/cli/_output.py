"""
What the command prints: results on standard output, in tables that line up; the rest on standard error.

At a terminal, tables and long lines fold to its width, and with the extra `cli` headings stand out and long work shows
how far it is; in a pipe everything is plain text, each line whole.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

from fupin_rules.tables import fold_line, table, table_within

if TYPE_CHECKING:
    import rich.console

    from fupin_rules.registry import RowProblem

SHOWN_PROBLEMS = 10
# Fewer are done before a bar could be read.
_FEW = 500
# Where a terminal does not say how wide it is.
_USUAL = 80

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
    held = [[cell.translate(_STEERING) for cell in row] for row in rows]
    columns = _columns(sys.stdout)
    if columns is None:
        say_whole(table(held, numbers=numbers))
        return
    # Not the tables of `rich`: they break words that are too long, and let a line begin with a closing mark.
    head, *body = table_within(held, columns, numbers=numbers, headed=headed)
    if headed and head:
        _print_heading(head)
    else:
        say_whole("\n".join(head))
    for lines in body:
        say_whole("\n".join(lines))


def _print_heading(lines: Sequence[str]) -> None:
    """Print the titles of a table, so that they stand out where that can be."""
    console = None if os.environ.get("NO_COLOR") else _console(sys.stdout)
    for line in lines:
        if console is None:
            say_whole(line)
        else:
            console.print(line, style="bold", soft_wrap=True)


def _console(stream: TextIO) -> rich.console.Console | None:
    """Give what styles a terminal; None without the extra."""
    try:
        from rich.console import Console  # noqa: PLC0415  an extra, imported where it is used
    except ImportError:
        return None
    return Console(file=stream, markup=False, highlight=False, emoji=False)


def _columns(stream: TextIO) -> int | None:
    """Tell how wide a terminal is; None where the stream is none."""
    if not stream.isatty():
        return None
    told = os.environ.get("COLUMNS", "")
    if told.isascii() and told.isdigit() and int(told) > 0:
        return int(told)
    try:
        return os.get_terminal_size(stream.fileno()).columns or _USUAL
    except OSError:
        return _USUAL


def say(text: str = "") -> None:
    """Print a result, long lines folded at a terminal."""
    _put(sys.stdout, text)


def say_whole(text: str) -> None:
    """Print a result that some program reads too, or that is laid out already: each line as it is."""
    _put(sys.stdout, text, whole=True)


def tell(text: str) -> None:
    """Print what is no result: notes, problems, progress."""
    _put(sys.stderr, text)


def tell_strongly(text: str) -> None:
    """Print what is no result, in bold where a terminal shows it and nobody asked for none of that."""
    if not sys.stderr.isatty() or os.environ.get("NO_COLOR") or os.environ.get("TERM", "dumb") == "dumb":
        tell(text)
        return
    sys.stderr.write(f"\x1b[1m{_sayable(text.translate(_STEERING), sys.stderr)}\x1b[0m\n")


def _put(stream: TextIO, text: str, *, whole: bool = False) -> None:
    held = text.translate(_STEERING)
    columns = None if whole else _columns(stream)
    if columns is not None:
        held = "\n".join(line for each in held.split("\n") for line in fold_line(each, columns))
    stream.write(_sayable(held, stream) + "\n")


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


def shows_progress() -> bool:
    """Tell whether standard error is a terminal on which a line can be written over."""
    return sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def watched(items: Sequence[_T], label: str) -> Iterator[_T]:
    """Give items one by one, showing how far it is on a terminal, and nothing in a pipe."""
    if not shows_progress() or len(items) <= _FEW:
        yield from items
        return
    console = _console(sys.stderr)
    yield from _counted_off(items, label) if console is None else _with_bar(items, label, console)


def _with_bar(items: Sequence[_T], label: str, console: rich.console.Console) -> Iterator[_T]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    shown = (TextColumn("{task.description}"), BarColumn(bar_width=20), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*shown, console=console, transient=True) as progress:
        yield from progress.track(items, description=label)


def _counted_off(items: Sequence[_T], label: str) -> Iterator[_T]:
    for done, item in enumerate(items):
        if done % _FEW == 0:
            sys.stderr.write(f"\r{label} {done:,}/{len(items):,}")
            sys.stderr.flush()
        yield item
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
