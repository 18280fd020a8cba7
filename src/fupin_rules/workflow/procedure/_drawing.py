"""What is to be seen of a procedure: its states, and its moves with who may make them and on what ground."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from fupin_rules.markup import Badge, Drawing, Grid, Node, Part, Tone
from fupin_rules.workflow.drawing._words import (
    MoveWords,
    label_of,
    labelled,
    listed,
    move_words,
    needs_words,
    say,
    say_kind,
)
from fupin_rules.workflow.procedure._parts import State, StateKind

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure

_TONES = {
    StateKind.OPEN: Tone.OPEN,
    StateKind.WAITING: Tone.OPEN,
    StateKind.GOAL: Tone.YES,
    StateKind.CLOSED: Tone.PLAIN,
}


def draw_procedure(procedure: Procedure, language: str) -> Drawing:
    """Tell what is to be seen of a procedure."""
    zh = language == "zh"
    title = procedure.zh if zh else procedure.en
    head = (say("state", language), say("kind", language), say("needs", language))
    states = Grid(head, tuple(_state(procedure, state, language) for state in procedure.states))
    moves = tuple(_move(each, language) for each in move_words(procedure, language))
    return Drawing(
        language,
        f"{title}（{procedure.id}/{procedure.version}）" if zh else f"{title} ({procedure.id}/{procedure.version})",
        remarks=tuple(_remarks(procedure, language)),
        parts=(
            Part(f"环节（{len(procedure.states)}）" if zh else f"states ({len(procedure.states)})", grid=states),
            Part(f"事项（{len(moves)}）" if zh else f"moves ({len(moves)})", moves, folded=True),
        ),
    )


def _remarks(procedure: Procedure, language: str) -> Iterator[str]:
    zh = language == "zh"
    since = f"{procedure.start}起立案" if zh else f"cases are opened from {procedure.start}"
    yield f"{since}，摘要 {procedure.digest[:12]}" if zh else f"{since}, digest {procedure.digest[:12]}"
    yield ("依据：" if zh else "source: ") + procedure.citation.words(language)
    note = procedure.note_zh if zh else procedure.note_en
    yield from (note,) if note else ()


def _state(procedure: Procedure, state: State, language: str) -> tuple[str | Badge, ...]:
    kind = Badge(say_kind(state.kind, language), _TONES[state.kind])
    return (label_of(state, language), kind, needs_words(procedure, state, language))


def _move(words: MoveWords, language: str) -> Node:
    target = words.target or say("stays", language)
    lines = (
        f"{listed(words.sources, language)} → {target}",
        labelled(say("who", language), words.who, language),
        labelled(say("evidence", language), words.evidence, language),
        labelled(say("condition", language), words.condition, language),
        labelled(say("law", language), words.law, language),
    )
    return Node(f"{words.number}. {words.label}", tuple(Node(each) for each in lines if each))
