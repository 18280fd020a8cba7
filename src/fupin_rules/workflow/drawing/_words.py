"""
What a diagram says of a procedure: each move numbered, with who, on what condition, with what evidence, by what text.

The pictures and the table take their words from here, so that they name the same guards as a refusal does.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Protocol

import attrs

from fupin_rules.expr import Scope, render
from fupin_rules.workflow.procedure._parts import Move, NewRound, State, StateKind
from fupin_rules.workflow.procedure._scope import guard_scopes

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure

LANGUAGES: Final = ("zh", "en")
STAY: Final = "↺"
BACK: Final = "↩"

# One row for one thing that is said, in both languages.
_SAID: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "number": ("序号", "no."),
        "from": ("自", "from"),
        "event": ("事项", "event"),
        "move": ("办理", "move"),
        "who": ("办理人", "who"),
        "evidence": ("证据", "evidence"),
        "condition": ("条件", "condition"),
        "to": ("至", "to"),
        "law": ("依据", "basis"),
        "status": ("本案", "this case"),
        "state": ("环节", "state"),
        "kind": ("性质", "kind"),
        "stays": ("（不变）", "(stays)"),
        "kin": ("亲属回避", "not by a relative"),
        "also": ("另可", "also"),
        "needs": ("须先有", "needs"),
        "notes": ("办理说明", "moves"),
        "case": ("本案", "this case"),
        "legend": ("图例", "legend"),
        "bases": ("依据", "texts"),
        "numbers": ("数字：见办理说明", "numbers: see the moves below"),
        "back": (f"{BACK}：开始新一轮", f"{BACK}: begins a new round"),
        "stay": (f"{STAY}：环节不变", f"{STAY}: the case stays where it is"),
        "shared": ("另可：多个环节均可办理，单列一框", "also: moves from many states, in boxes of their own"),
        "note": ("注", "note"),
    }
)
_KINDS: Final[Mapping[StateKind, tuple[str, str]]] = MappingProxyType(
    {
        StateKind.OPEN: ("待办", "open: somebody is to act"),
        StateKind.WAITING: ("等待", "waiting: for time, or an answer"),
        StateKind.GOAL: ("目标", "goal"),
        StateKind.CLOSED: ("终结", "closed"),
    }
)


def say(key: str, language: str) -> str:
    """Give a fixed word."""
    return _SAID[key][language != "zh"]


def say_kind(kind: StateKind, language: str) -> str:
    """Give the words for a kind of state."""
    return _KINDS[kind][language != "zh"]


def listed(texts: Iterable[str], language: str) -> str:
    """Join names as the language does."""
    return ("、" if language == "zh" else ", ").join(texts)


def labelled(text: str, value: str, language: str) -> str:
    """Write a value behind its name; nothing where there is none."""
    return "" if not value else f"{text}：{value}" if language == "zh" else f"{text}: {value}"


def one_line(text: str) -> str:
    """Give a text without line breaks, which labels from a file may hold."""
    return " ".join(text.split())


@attrs.frozen
class MoveWords:
    """
    One move in words.

    Attributes:
        number: Its place in the procedure, from 1.
        move: The move.
        event: Label of the event.
        label: Label of the move; of the event where it has none.
        sources: Labels of the states it starts from.
        target: Label of the state it leads to; empty when the case stays.
        who: Labels of the roles.
        evidence: Labels of the evidence.
        condition: The guard; empty where there is none.
        law: The citation.
        is_back: Whether it begins a new round.
    """

    number: int
    move: Move
    event: str
    label: str
    sources: tuple[str, ...]
    target: str
    who: str
    evidence: str
    condition: str
    law: str
    is_back: bool


class Labelled(Protocol):
    """Any part of a procedure."""

    @property
    def id(self) -> str:
        """Its name."""
        ...

    @property
    def zh(self) -> str:
        """Its Chinese label."""
        ...

    @property
    def en(self) -> str:
        """Its English label."""
        ...


def label_of(part: Labelled, language: str) -> str:
    """Give the label of a part, its id where it has none."""
    return one_line(part.zh if language == "zh" else part.en) or part.id


def move_words(procedure: Procedure, language: str) -> tuple[MoveWords, ...]:
    """Put the moves of a procedure in words, in its order."""
    scopes = guard_scopes(procedure)
    return tuple(
        _words(procedure, number, move, scopes[move.event], language) for number, move in enumerate(procedure.moves, 1)
    )


def _words(procedure: Procedure, number: int, move: Move, scope: Scope, language: str) -> MoveWords:
    event = label_of(procedure.event[move.event], language)
    who = listed((label_of(procedure.role[each], language) for each in move.roles), language)
    return MoveWords(
        number=number,
        move=move,
        event=event,
        label=one_line(move.zh if language == "zh" else move.en) or event,
        sources=tuple(label_of(procedure.state[each], language) for each in move.source),
        target="" if move.target is None else label_of(procedure.state[move.target], language),
        who=who,
        evidence=listed((label_of(procedure.evidence_kind[each], language) for each in move.evidence), language),
        condition="" if move.guard is None else one_line(render(move.guard, scope, language)),
        law=one_line(move.citation.words(language)),
        is_back=any(isinstance(effect, NewRound) for effect in move.effects),
    )


def needs_words(procedure: Procedure, state: State, language: str) -> str:
    """Say what must have been done in the round before a state is entered; empty where nothing must."""
    needed: list[Labelled] = [
        *(procedure.review[each] for each in state.needs.reviews),
        *(procedure.notice[each] for each in state.needs.notices),
        *(procedure.event[each] for each in state.needs.events),
    ]
    return listed((label_of(each, language) for each in needed), language)
