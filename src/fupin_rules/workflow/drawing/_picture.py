"""
A procedure as a picture, before anything is drawn: boxes, arrows, notes, legend, all in words.

Made to be readable with seventy moves: ways between the same two states share an arrow, what leaves a case where it is
stands in the box of its state, what starts from many states has a box of its own, and what is long stands in the notes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from fupin_rules.workflow.case._options import Status
from fupin_rules.workflow.drawing._overlay import Overlay, Standing, Trace
from fupin_rules.workflow.drawing._table import TRACES, trace_words
from fupin_rules.workflow.drawing._words import (
    BACK,
    STAY,
    MoveWords,
    label_of,
    labelled,
    listed,
    move_words,
    needs_words,
    one_line,
    say,
    say_kind,
)
from fupin_rules.workflow.procedure._parts import Move, NewRound, State, StateKind
from fupin_rules.workflow.procedure._procedure import Procedure

# From so many states on, a move has a box of its own: more arrows into one place nobody can follow.
MANY: Final = 4


@attrs.frozen
class Box:
    """
    A state, or a move that starts from many states.

    Attributes:
        id: Name in the drawing, no word of any drawing language.
        lines: What stands in it, its label first.
        kind: Of the state; None for a move.
        trace: Whether the case has been there.
        standing: For a move that starts where the case stands: how it stands.
    """

    id: str
    lines: tuple[str, ...]
    kind: StateKind | None
    trace: Trace = Trace.NOT_BEEN
    standing: Status | None = None


@attrs.frozen
class Arrow:
    """
    The ways from one box to another.

    Attributes:
        source: Id of the box.
        target: Id of the box.
        lines: One for each move, and who.
        is_back: Whether they begin a new round.
        standing: The best of how they stand to a case that is at the source.
    """

    source: str
    target: str
    lines: tuple[str, ...]
    is_back: bool
    standing: Status | None = None


@attrs.frozen
class Group:
    """
    Boxes of one stretch of the way.

    Attributes:
        id: Name in the drawing.
        title: Where it leads; empty for none.
        boxes: Ids of its boxes.
    """

    id: str
    title: str
    boxes: tuple[str, ...]


@attrs.frozen
class Section:
    """
    Notes under a heading.

    Attributes:
        title: The heading.
        notes: Number or letter, and what is said.
    """

    title: str
    notes: tuple[tuple[str, str], ...]


@attrs.frozen
class Picture:
    """
    All that is to be drawn.

    Attributes:
        title: What it is a picture of.
        initial: Id of the first box.
        boxes: States in the order of the procedure, then moves that start from many.
        groups: Of boxes; a box may be in none.
        arrows: In the order of the procedure.
        legend: Boxes that show what boxes look like.
        remarks: What the legend says of arrows.
        sections: The case first, then moves, then the texts they rest on.
    """

    title: str
    initial: str
    boxes: tuple[Box, ...]
    groups: tuple[Group, ...]
    arrows: tuple[Arrow, ...]
    legend: tuple[Box, ...]
    remarks: tuple[str, ...]
    sections: tuple[Section, ...]


def draw(procedure: Procedure, overlay: Overlay | None, language: str, title: str) -> Picture:
    """Make the picture of a procedure, with a case laid over it or without."""
    words = move_words(procedure, language)
    standings = {} if overlay is None else overlay.standings
    is_shared = {each.number: len(each.move.source) >= MANY for each in words}
    shared = [each for each in words if is_shared[each.number]]
    single = [each for each in words if not is_shared[each.number]]
    return Picture(
        title=title,
        initial=_state_id(procedure.initial),
        boxes=(
            *(_state_box(procedure, state, words, overlay, language) for state in procedure.states),
            *(_move_box(each, standings, language) for each in shared),
        ),
        groups=tuple(_groups(procedure, language)),
        arrows=(*_arrows(single, overlay, language), *_shared_arrows(shared, standings)),
        legend=tuple(_legend(overlay, language)),
        remarks=tuple(say(each, language) for each in ("numbers", "stay", "back", "shared")),
        sections=tuple(_sections(procedure, words, overlay, language)),
    )


def _state_id(state: str) -> str:
    return f"s_{state}"


def _move_id(move: Move) -> str:
    return f"m_{move.id}"


# -- boxes -----------------------------------------------------------------------------------------------------------


def _state_box(
    procedure: Procedure, state: State, words: Iterable[MoveWords], overlay: Overlay | None, language: str
) -> Box:
    here = [each for each in words if state.id in each.move.source]
    stays = [each for each in here if each.move.target is None and len(each.move.source) < MANY]
    also = [str(each.number) for each in here if len(each.move.source) >= MANY]
    is_now = overlay is not None and overlay.case.state == state.id
    lines = [
        label_of(state, language),
        "" if overlay is None else trace_words(overlay, state.id, language),
        labelled(say("needs", language), needs_words(procedure, state, language), language),
        *(f"{STAY} {_arrow_line(each, overlay if is_now else None, language)}" for each in stays),
        labelled(say("also", language), listed(also, language), language),
    ]
    trace = Trace.NOT_BEEN if overlay is None else overlay.states[state.id]
    return Box(_state_id(state.id), tuple(line for line in lines if line), state.kind, trace)


def _move_box(words: MoveWords, standings: Mapping[str, Standing], language: str) -> Box:
    standing = standings.get(words.move.id)
    lines = (
        _numbered(words, standing, language),
        words.who,
        labelled(say("from", language), listed(words.sources, language), language),
    )
    return Box(_move_id(words.move), lines, None, standing=None if standing is None else standing.status)


# -- arrows ----------------------------------------------------------------------------------------------------------


def _arrows(words: Iterable[MoveWords], overlay: Overlay | None, language: str) -> Iterator[Arrow]:
    found: dict[tuple[str, str, bool], list[MoveWords]] = {}
    for each in words:
        for source in each.move.source:
            if each.move.target is not None:
                found.setdefault((source, each.move.target, each.is_back), []).append(each)
    for (source, target, is_back), held in found.items():
        is_now = overlay is not None and overlay.case.state == source
        over = overlay if is_now else None
        lines = tuple(_arrow_line(each, over, language) for each in held)
        standing = _best(over.standings[each.move.id].status for each in held) if over is not None else None
        yield Arrow(_state_id(source), _state_id(target), lines, is_back, standing)


def _shared_arrows(words: Iterable[MoveWords], standings: Mapping[str, Standing]) -> Iterator[Arrow]:
    for each in words:
        if each.move.target is not None:
            standing = standings.get(each.move.id)
            status = None if standing is None else standing.status
            yield Arrow(_move_id(each.move), _state_id(each.move.target), (), each.is_back, status)


def _arrow_line(words: MoveWords, overlay: Overlay | None, language: str) -> str:
    standing = None if overlay is None else overlay.standings[words.move.id]
    said = _numbered(words, standing, language)
    return f"{said}〔{words.who}〕" if language == "zh" else f"{said} [{words.who}]"


def _numbered(words: MoveWords, standing: Standing | None, language: str) -> str:
    said = f"{BACK} {words.number} {words.label}" if words.is_back else f"{words.number} {words.label}"
    if standing is None:
        return said
    return f"{said}（{standing.short(language)}）" if language == "zh" else f"{said} ({standing.short(language)})"


def _best(found: Iterable[Status]) -> Status:
    order = (Status.READY, Status.NOT_YET, Status.BLOCKED)
    return min(found, key=order.index)


# -- groups ----------------------------------------------------------------------------------------------------------


def _groups(procedure: Procedure, language: str) -> Iterator[Group]:
    """Group what hangs together without goals, ends and new rounds: the stretches of the way from goal to goal."""
    inner = [state.id for state in procedure.states if state.kind in {StateKind.OPEN, StateKind.WAITING}]
    forward = [move for move in procedure.moves if move.target is not None and not _begins_round(move)]
    first = {state: state for state in inner}
    for source, target in ((source, move.target) for move in forward for source in move.source):
        if source in first and target in first:
            joined = (first[source], first[target])
            lowest = min(joined, key=inner.index)
            first = {state: lowest if held in joined else held for state, held in first.items()}
    for number, start in enumerate(dict.fromkeys(first.values()), 1):
        held = [state for state in inner if first[state] == start]
        goals = dict.fromkeys(
            move.target
            for move in forward
            if move.target is not None
            and procedure.state[move.target].kind is StateKind.GOAL
            and any(source in held for source in move.source)
        )
        title = listed((label_of(procedure.state[each], language) for each in goals), language)
        titled = labelled(say("to", language), title, language)
        if len(held) > 1:
            yield Group(f"g_{number}", titled, tuple(_state_id(each) for each in held))


def _begins_round(move: Move) -> bool:
    return any(isinstance(effect, NewRound) for effect in move.effects)


# -- notes and legend ------------------------------------------------------------------------------------------------


def _sections(
    procedure: Procedure, words: tuple[MoveWords, ...], overlay: Overlay | None, language: str
) -> Iterator[Section]:
    if overlay is not None:
        told = [(each, overlay.words(each.move, procedure, language)) for each in words]
        case = [(str(each.number), _joined((each.label, said), language)) for each, said in told if said]
        yield Section(say("case", language), tuple(case))
    bases: dict[str, str] = {}
    moves = [(str(each.number), _note(each, bases, language)) for each in words]
    yield Section(say("notes", language), tuple(moves))
    yield Section(say("bases", language), tuple((letter, text) for text, letter in bases.items()))


def _note(words: MoveWords, bases: dict[str, str], language: str) -> str:
    # The texts are few and their titles long: each is told once, under a letter.
    whole = one_line(attrs.evolve(words.move.citation, locator="").words(language))
    letter = bases.setdefault(whole, _letter(len(bases)))
    place = one_line(words.move.citation.locator)
    law = f"{letter}，{place}" if language == "zh" else f"{letter}, {place}"
    parts = (
        words.label,
        labelled(say("condition", language), words.condition, language),
        say("kin", language) if words.move.impartial else "",
        labelled(say("evidence", language), words.evidence, language),
        labelled(say("law", language), law if place else letter, language),
    )
    return _joined(parts, language)


def _letter(place: int) -> str:
    """Count A, B … Z, AA, AB …"""
    name = ""
    place += 1
    while place:
        place, rest = divmod(place - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def _joined(parts: Iterable[str], language: str) -> str:
    return ("。" if language == "zh" else ". ").join(part for part in parts if part)


def _legend(overlay: Overlay | None, language: str) -> Iterator[Box]:
    for kind in StateKind:
        yield Box(f"l_{kind.value}", (say_kind(kind, language),), kind)
    if overlay is not None:
        for trace, (zh, en) in TRACES.items():
            if trace is not Trace.NOT_BEEN:
                yield Box(f"l_{trace.value}", (zh if language == "zh" else en,), StateKind.OPEN, trace)
