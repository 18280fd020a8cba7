"""
A procedure as a table, one row for one move, that reads without any program to draw it.

Cells are folded into their columns. A condition is never broken: a longer one stands whole below the table, as do lists
that would make a row a tower; the same words are told once.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from typing import Final

from fupin_rules.tables import fold, table
from fupin_rules.workflow.drawing._overlay import Overlay, Trace
from fupin_rules.workflow.drawing._words import (
    MoveWords,
    label_of,
    listed,
    move_words,
    needs_words,
    say,
    say_kind,
)
from fupin_rules.workflow.procedure._parts import State
from fupin_rules.workflow.procedure._procedure import Procedure

_COLUMNS: Final = 20
_WIDE: Final = 28
_TALL: Final = 6
_HEAD: Final = ("number", "from", "event", "move", "who", "evidence", "condition", "to", "law")
_CONDITION: Final = _HEAD.index("condition")
TRACES: Final = {
    Trace.NOW: ("现在", "now"),
    Trace.DONE: ("本轮已经过", "passed in this round"),
    Trace.EARLIER: ("前轮经过", "passed in an earlier round"),
    Trace.NOT_BEEN: ("", ""),
}

Row = tuple[str, ...]


def move_rows(procedure: Procedure, overlay: Overlay | None, language: str) -> tuple[Row, ...]:
    """Give one row for each move below a row of headings; with a case, how each stands in the last column."""
    head = tuple(say(each, language) for each in _HEAD)
    rows = [_row(each, language) for each in move_words(procedure, language)]
    if overlay is None:
        return (head, *rows)
    told = [(overlay.words(move, procedure, language),) for move in procedure.moves]
    return ((*head, say("status", language)), *(row + case for row, case in zip(rows, told, strict=True)))


def _row(words: MoveWords, language: str) -> Row:
    kin = say("kin", language) if words.move.impartial else ""
    who = words.who if not kin else f"{words.who}（{kin}）" if language == "zh" else f"{words.who} ({kin})"
    return (
        str(words.number),
        listed(words.sources, language),
        words.event,
        words.label,
        who,
        words.evidence,
        words.condition,
        words.target or say("stays", language),
        words.law,
    )


def state_rows(procedure: Procedure, overlay: Overlay | None, language: str) -> tuple[Row, ...]:
    """Give one row for each state below a row of headings; with a case, whether it has been there."""
    head = (say("state", language), say("kind", language), say("needs", language))
    rows = [_state(procedure, state, language) for state in procedure.states]
    if overlay is None:
        return (head, *rows)
    told = [(trace_words(overlay, state.id, language),) for state in procedure.states]
    return ((*head, say("status", language)), *(row + case for row, case in zip(rows, told, strict=True)))


def _state(procedure: Procedure, state: State, language: str) -> Row:
    return (label_of(state, language), say_kind(state.kind, language), needs_words(procedure, state, language))


def trace_words(overlay: Overlay, state: str, language: str) -> str:
    """Say whether the case has been in a state; for where it is, since when."""
    trace = overlay.states[state]
    said = TRACES[trace][language != "zh"]
    if trace is not Trace.NOW:
        return said
    since = overlay.case.entered
    return f"{said}（{since}起）" if language == "zh" else f"{said} (since {since})"


def write_table(procedure: Procedure, overlay: Overlay | None, language: str, title: str) -> str:
    """Write states and moves as tables, and what is too long for them below."""
    notes: dict[str, int] = {}
    states = _laid_out(state_rows(procedure, overlay, language), {1: _WIDE, 2: _WIDE, 3: _WIDE}, notes, language)
    wide = {_CONDITION: _WIDE, _CONDITION + 2: _WIDE, _CONDITION + 3: _WIDE}
    moves = _laid_out(move_rows(procedure, overlay, language), wide, notes, language, whole=_CONDITION)
    below = "\n".join(f"  {_note(number, language)}  {text}" for text, number in notes.items())
    blocks = [title, table(states), table(moves, numbers=(0,)), below]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _laid_out(
    rows: tuple[Row, ...], columns: Mapping[int, int], notes: dict[str, int], language: str, *, whole: int = -1
) -> list[Row]:
    """Fold cells into lines, each line a row; a cell with too many lines, or one that is to stay whole, is noted."""
    lines: list[Row] = []
    for row in rows:
        cells = []
        for place, text in enumerate(row):
            cell = fold(text, columns.get(place, _COLUMNS))
            is_long = len(cell) > (1 if place == whole else _TALL)
            cells.append((_note(notes.setdefault(text, len(notes) + 1), language),) if is_long else cell)
        lines += zip_longest(*cells, fillvalue="")
    return lines


def _note(number: int, language: str) -> str:
    return f"{say('note', language)}{number}" if language == "zh" else f"{say('note', language)} {number}"
