"""
What a guard that held tells of the round: signatures that were there, notices that ran, events that happened.

Told only where it is certain: of an "or", what both parts tell.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

import attrs

from fupin_rules.expr import (
    And,
    Compare,
    Expr,
    IfElse,
    IsKnown,
    Literal,
    Name,
    Not,
    Or,
    OrElse,
    Type,
    names,
    substitute,
    uses,
)
from fupin_rules.workflow.case._solve import candidates, pairs
from fupin_rules.workflow.case._view import View
from fupin_rules.workflow.procedure._parts import Move, NewRound, SetFact
from fupin_rules.workflow.validation._guard_search import GuardSearch, situation_of

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure

# A part of a guard, and whether it held.
Judged = tuple[Expr, bool]
Setters = Mapping[str, tuple[tuple[str, Expr], ...]]
_NOTHING: frozenset[Judged] = frozenset()


@attrs.frozen
class Told:
    """
    What a guard tells of the round, if it held.

    Attributes:
        complete: Reviews that were complete.
        signed: Review to the signatures that were there at least.
        posted: Notices that had gone up.
        elapsed: Notices whose time was over.
        settled: Notices without an open objection.
        happened: Events that had happened.
    """

    complete: frozenset[str] = frozenset()
    signed: Mapping[str, int] = attrs.field(factory=dict, hash=False)
    posted: frozenset[str] = frozenset()
    elapsed: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()
    happened: frozenset[str] = frozenset()


def certain(guard: Expr, *, held: bool = True) -> frozenset[Judged]:
    """Give the parts of a guard that must have held, or must not have, given whether the whole did."""
    match guard:
        case Not(operand):
            return certain(operand, held=not held)
        case And(operands) | Or(operands):
            each_told = [certain(operand, held=held) for operand in operands]
            return _union(each_told) if isinstance(guard, And) is held else _common(each_told)
        case Compare(_, comparators) if len(comparators) > 1:
            each_told = [certain(pair, held=held) for pair in pairs(guard)]
            return _union(each_told) if held else _common(each_told)
        case IfElse(condition, then, otherwise):
            one, other = certain(then, held=held), certain(otherwise, held=held)
            # With the condition open, both had to come out the same.
            return _common([one | certain(condition), other | certain(condition, held=False), one | other])
        case _:
            return frozenset({(guard, held)})


def _union(told: Iterable[frozenset[Judged]]) -> frozenset[Judged]:
    return _NOTHING.union(*told)


def _common(told: list[frozenset[Judged]]) -> frozenset[Judged]:
    return told[0].intersection(*told[1:])


def told_by(move: Move, search: GuardSearch, setters: Setters) -> Told:
    """
    Tell what is certain of the round once the guard of a move has held.

    Args:
        move: The move.
        search: Questions about guards.
        setters: Fact to what sets it in the round, as `setters_of` gives them.
    """
    if move.guard is None:
        return Told()
    judged = certain(move.guard)
    paths = {path: held for leaf, held in judged if isinstance(leaf, Name) for path in (leaf.path,)}
    known = {path for leaf, held in judged for path in _known(leaf, held=held)}
    view = search.view(situation_of(move), state=move.source[0], role="", day=search.procedure.start)
    least = dict(_least(move, judged, search, view))
    return Told(
        complete=_ids(paths, "review", "complete"),
        signed={path.split(".")[1]: low for path, (low, _) in least.items() if path.startswith("review.")},
        posted=frozenset(
            path.split(".")[1]
            for path in (*paths, *known)
            if path.startswith("notice.") and (path.endswith(".until") or paths.get(path) is True)
        ),
        elapsed=_ids(paths, "notice", "elapsed"),
        settled=frozenset(
            path.split(".")[1] for path, (_, is_none) in least.items() if path.endswith(".open_objections") and is_none
        ),
        happened=frozenset(_happened(judged, setters, view)),
    )


def _ids(paths: Mapping[str, bool], head: str, part: str) -> frozenset[str]:
    found = (path.split(".") for path, held in paths.items() if held)
    return frozenset(split[1] for split in found if split[0] == head and split[-1] == part)


def _known(leaf: Expr, *, held: bool) -> frozenset[str]:
    """Name what must have been known for a part to be decided."""
    if isinstance(leaf, IsKnown):
        return _known(leaf.operand, held=True) if held else frozenset()
    is_plain = not any(uses(leaf, kind) for kind in (IfElse, IsKnown, OrElse, And, Or))
    return names(leaf) if is_plain else frozenset()


def _happened(judged: frozenset[Judged], setters: Setters, view: View) -> Iterator[str]:
    for leaf, held in judged:
        for path in _known(leaf, held=held):
            head, _, rest = path.partition(".")
            if head in {"last", "days_since"}:
                yield rest
            elif head == "facts":
                # Whoever sets it to what the part rules out has not set it last.
                able = {event for event, to in setters.get(rest, ()) if not _rules_out(leaf, path, to, view, held=held)}
                yield from able if len(able) == 1 else ()


def _rules_out(leaf: Expr, path: str, to: Expr, view: View, *, held: bool) -> bool:
    is_told = isinstance(to, Literal) and names(leaf) == {path} and not isinstance(leaf, IsKnown)
    return is_told and view.claim(substitute(leaf, {path: to})) is not held


def _least(
    move: Move, judged: frozenset[Judged], search: GuardSearch, view: View
) -> Iterator[tuple[str, tuple[int, bool]]]:
    """Give, for counts that a part alone bounds, the least that was there, and whether that can only have been none."""
    lows: dict[str, tuple[int, bool]] = {}
    for leaf, held in judged:
        read = names(leaf)
        path = next(iter(read), "")
        if len(read) != 1 or not path.endswith((".count", ".open_objections")):
            continue
        fitting = _fitting(leaf, path, search.scopes[move.event].names[path].type, view, held=held)
        if fitting:
            low, is_none = lows.get(path, (0, False))
            lows[path] = (max(low, fitting[0]), is_none or fitting == [0])
    yield from lows.items()


def _fitting(leaf: Expr, path: str, kind: Type, view: View, *, held: bool) -> list[int]:
    tried = {value for value in candidates(path, kind, (leaf,), view) if isinstance(value, int)} | {*range(12)}
    return [value for value in sorted(tried) if attrs.evolve(view, instead={path: value}).claim(leaf) is held]


def setters_of(procedure: Procedure) -> Setters:
    """
    Give, for each fact that does not outlive its round, the events that set it in the round.

    Returns:
        Fact to events and what they set it to: if the fact is known, one of them has happened in this round.
    """
    found: dict[str, tuple[tuple[str, Expr], ...]] = {}
    for move in procedure.moves:
        for place, effect in enumerate(move.effects):
            if not isinstance(effect, SetFact) or procedure.fact[effect.fact].keep:
                continue
            if not any(isinstance(later, NewRound) for later in move.effects[place:]):
                found[effect.fact] = (*found.get(effect.fact, ()), (move.event, effect.to))
    return found
