"""
How many changes of a procedure are noticed, and by what.

One exploration of the original is recorded. A changed procedure is checked as it would be at loading, then given the
recorded events that its change can touch: what it accepts and the original refuses would be inadmissible to anybody who
replays the journal; what it refuses and the original accepts is a promise it no longer keeps. What it accepts is judged
by the invariants, with the promises of the original.
"""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import attrs

from fupin_rules.errors import WorkflowError
from fupin_rules.testing._events import opened
from fupin_rules.testing._explore import Bounds, Exploration, Tried, explore
from fupin_rules.testing._functions import walked
from fupin_rules.testing._invariants import INVARIANTS, Promises, invariants_of
from fupin_rules.testing._mutants import Mutant, mutants
from fupin_rules.testing._story import Entry, Told
from fupin_rules.workflow import (
    Accepted,
    AmbiguousProcedureError,
    Case,
    Context,
    Procedure,
    StateKind,
    plan,
    step,
    validate,
)

CHANNELS: Final = ("load", "accepts", "refuses", "differs", "ambiguous", "invariant")
_WORDS: Final = {
    "load": ("加载检查", "found at loading"),
    "accepts": ("受理了原规程不予受理的", "accepts what the original refuses"),
    "refuses": ("不受理原规程受理的", "refuses what the original accepts"),
    "differs": ("受理后结果不同", "accepts with another outcome"),
    "ambiguous": ("两步同时可走", "two moves are open"),
    "invariant": ("违反不变式", "breaks an invariant"),
}
MAX_EVENTS: Final = 4_000


@attrs.frozen(eq=False)
class JudgedMutant:
    """
    A change, and what noticed it.

    Attributes:
        mutant: The change.
        noticed: Channel to what was noticed first by it; empty if nothing noticed it.
    """

    mutant: Mutant
    noticed: Mapping[str, str]

    @property
    def is_killed(self) -> bool:
        """Whether anything noticed it."""
        return bool(self.noticed)


@attrs.frozen(eq=False, repr=False)
class MutationReport:
    """
    How many changes of a procedure are noticed, and by what.

    Attributes:
        procedure: The original.
        judged: Every change.
    """

    procedure: Procedure
    judged: tuple[JudgedMutant, ...]

    @property
    def survivors(self) -> tuple[Mutant, ...]:
        """Changes that nothing noticed."""
        return tuple(each.mutant for each in self.judged if not each.is_killed)

    @property
    def score(self) -> float:
        """Share of changes that were noticed, from 0 to 1; 1 if there was nothing to change."""
        return sum(each.is_killed for each in self.judged) / len(self.judged) if self.judged else 1.0

    @property
    def counts(self) -> Mapping[str, int]:
        """Channel to the number of changes it noticed; one change can be noticed by several."""
        found = Counter(channel for each in self.judged for channel in each.noticed)
        return {channel: found[channel] for channel in CHANNELS}

    @property
    def alone(self) -> Mapping[str, int]:
        """Channel to the number of changes that nothing else noticed."""
        found = Counter(next(iter(each.noticed)) for each in self.judged if len(each.noticed) == 1)
        return {channel: found[channel] for channel in CHANNELS}

    def text(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        zh = language == "zh"
        killed = len(self.judged) - len(self.survivors)
        head = f"{self.procedure.id}/{self.procedure.version}"
        lines = [
            f"{head}：改动{len(self.judged)}处，发现{killed}处（{self.score:.1%}）"
            if zh
            else f"{head}: {len(self.judged)} changes, {killed} noticed ({self.score:.1%})"
        ]
        for channel in CHANNELS:
            words = _WORDS[channel][0 if zh else 1]
            count, alone = self.counts[channel], self.alone[channel]
            lines.append(f"{words}：{count}（仅此：{alone}）" if zh else f"{words}: {count} (alone: {alone})")
        lines += [f"未发现：{each.text('zh')}" if zh else f"not noticed: {each.text('en')}" for each in self.survivors]
        return "\n".join(lines)


def mutation_score(
    procedure: Procedure,
    recorded: Exploration | None = None,
    *,
    only: Iterable[str] = (),
    goes_on: bool = False,
) -> MutationReport:
    """
    Change a procedure in one thing after another, and see what notices.

    Args:
        procedure: The original.
        recorded: An exploration of it; made here if there is none.
        only: Ids of the changes to be judged; all if none are given.
        goes_on: Whether a case that a changed procedure treated otherwise is taken on by a plan, as far as a state that
            needs something, before its journal is judged; slower, and only the count of broken invariants gains.

    Returns:
        Every change with what noticed it.
    """
    found = recorded
    if found is None:
        found = explore(procedure, [], Bounds(mends=False, options=False, plans=0))
    judge = _Judge(procedure, found, goes_on=goes_on)
    wanted = frozenset(only)
    told = (judge.of(mutant) for mutant in mutants(procedure) if not wanted or mutant.id in wanted)
    return MutationReport(procedure, tuple(told))


class _Judge:
    def __init__(self, procedure: Procedure, recorded: Exploration, *, goes_on: bool) -> None:
        self.procedure = procedure
        self.recorded = recorded
        self.goes_on = goes_on
        self.context = Context(calendar=recorded.bounds.calendar)
        self.promises: Promises = invariants_of(procedure, INVARIANTS, calendar=recorded.bounds.calendar)
        self.known = {(finding.code, finding.path) for finding in validate(procedure)}
        self.by_event: dict[tuple[str, str], list[Tried]] = {}
        for tried in recorded.tried:
            state = recorded.nodes[tried.node].case.state
            self.by_event.setdefault((state, tried.trial.event.type), []).append(tried)

    def of(self, mutant: Mutant) -> JudgedMutant:
        noticed: dict[str, str] = {}
        found = [each for each in validate(mutant.procedure) if (each.code, each.path) not in self.known]
        if found:
            noticed["load"] = found[0].text("en")
        cases: dict[int, Case] = {}
        for tried in self._events(mutant):
            for channel, what in self._try(mutant, tried, cases):
                noticed.setdefault(channel, what)
            if {"accepts", "refuses", "invariant"} <= noticed.keys():
                break
        return JudgedMutant(mutant, noticed)

    def _events(self, mutant: Mutant) -> Iterator[Tried]:
        """Give the recorded events that a change can touch: those that tell most, and of each move in turn, first."""
        touched = [move for move in self.procedure.moves if move.id in mutant.moves]
        keys = dict.fromkeys((state, move.event) for move in touched for state in move.source)
        found = [tried for key in keys for tried in self.by_event.get(key, ())]
        yield from (tried for tried in found if tried.is_first and _is_of(tried, mutant))
        rest: dict[str, list[Tried]] = {}
        for tried in found:
            if not (tried.is_first and _is_of(tried, mutant)):
                move = tried.trial.move
                rest.setdefault(move.id if move is not None else "", []).append(tried)
        # A move that many sign would else keep the one that asks whether all have signed from its turn.
        in_turn = (each for row in itertools.zip_longest(*rest.values()) for each in row if each is not None)
        yield from itertools.islice(in_turn, MAX_EVENTS)

    def _try(self, mutant: Mutant, tried: Tried, cases: dict[int, Case]) -> Iterator[tuple[str, str]]:
        node, trial = self.recorded.nodes[tried.node], tried.trial
        if tried.node not in cases:
            cases[tried.node] = attrs.evolve(node.case, procedure=mutant.procedure.reference)
        case = opened(cases[tried.node], trial.event, trial.at)
        where = f"{trial.event.type} in {case.state}" + (f" ({trial.label})" if trial.label else "")
        try:
            result = step(mutant.procedure, case, trial.event, trial.at, context=trial.context)
        except AmbiguousProcedureError:
            yield "ambiguous", where
            return
        if not isinstance(result, Accepted):
            if tried.accepted is not None:
                yield "refuses", where
            return
        if tried.accepted is None:
            yield "accepts", where
        elif not _same(result, tried.accepted):
            yield "differs", where
        else:
            return
        told = self.promises.next(node.told, self._as_original(result.entry))
        breach = next(self.promises.breaches(told), None)
        if breach is not None:
            yield "invariant", breach.text("en")
        elif self.goes_on:
            yield from self._on(mutant, result, told)

    def _as_original(self, entry: Entry) -> Entry:
        """Pin an entry to the original, which the entries before it are pinned to."""
        return {**entry, "proc": self.procedure.reference}

    def _on(self, mutant: Mutant, result: Accepted, told: Told) -> Iterator[tuple[str, str]]:
        """Take the case on to where something is needed, and judge what its journal then says."""
        needy = [state.id for state in self.procedure.states if state.needs.reviews or state.needs.notices]
        goals = needy or [state.id for state in self.procedure.states if state.kind is StateKind.GOAL]
        for goal in goals:
            found = plan(mutant.procedure, result.case, goal, told.day, context=self.context)
            if not found.reachable:
                continue
            try:
                entries = [each.entry for each in walked(mutant.procedure, result.case, found, self.context)]
            except WorkflowError:
                continue
            for entry in entries:
                told = self.promises.next(told, self._as_original(entry))
                breach = next(self.promises.breaches(told), None)
                if breach is not None:
                    yield "invariant", breach.text("en")
                    return
            return


def _is_of(tried: Tried, mutant: Mutant) -> bool:
    return tried.trial.move is not None and tried.trial.move.id in mutant.moves


def _same(one: Accepted, other: Accepted) -> bool:
    links = ("proc", "prev")
    first = {name: value for name, value in one.entry.items() if name not in links}
    second = {name: value for name, value in other.entry.items() if name not in links}
    return first == second and attrs.evolve(one.case, procedure="", head="") == attrs.evolve(
        other.case, procedure="", head=""
    )
