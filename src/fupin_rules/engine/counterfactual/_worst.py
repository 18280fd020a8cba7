"""
The worst that unknown facts may turn out to be: a guess, and yet whatever it rules out is ruled out.

An outcome that is settled while a fact is not known is the same whatever the fact turns out to be. So where one guess
leads elsewhere, the outcome was not settled; no guess can be wrong, some only show less than others.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any, Final

from fupin_rules.engine.compiled._snapshot import compiled
from fupin_rules.engine.counterfactual._movable import Named, is_open
from fupin_rules.engine.counterfactual._question import Turn, changed
from fupin_rules.model import AnySubject, Field, Sort
from fupin_rules.policy import RuleKind, subject_of

_YEAR: Final = timedelta(days=366)


def at_worst(turn: Turn) -> AnySubject:
    """Give the subject with what is not known made known, as far from the outcome that is wanted as is easily found."""
    # What is settled by a default alone may come out otherwise once the fact is known.
    if compiled(turn.rules, subject_of(turn.subject)).has_defaults:
        return turn.subject
    named = Named(turn)
    unknown: dict[str, tuple[Field, list[str]]] = {}
    for path, field, value in named.read_of(turn.subject):
        if is_open(value):
            unknown.setdefault(f"{field.owner}.{field.path}", (field, []))[1].append(path)
    guesses = [(paths, tuple(_guesses(field, named, turn))) for field, paths in unknown.values()]
    guesses = [(paths, values) for paths, values in guesses if values]
    # Where a sum is open one item says nothing yet, so that all are also guessed first, and then each once more.
    filled = changed(turn.subject, {path: values[0] for paths, values in guesses for path in paths})
    starts = [_worse(turn, start, guesses) for start in dict.fromkeys((turn.subject, filled))]
    return min(starts, key=lambda each: _for(turn, each))


def _worse(turn: Turn, subject: AnySubject, guesses: list[tuple[list[str], tuple[Any, ...]]]) -> AnySubject:
    """Guess each fact in turn, and keep what is farther from the outcome."""
    least = _for(turn, subject)
    for paths, values in guesses:
        for value in values:
            guessed = changed(subject, dict.fromkeys(paths, value))
            if _for(turn, guessed) < least:
                subject, least = guessed, _for(turn, guessed)
    return subject


def _for(turn: Turn, subject: AnySubject) -> int:
    """Count the rules that help the outcome that is wanted, less those that hinder it."""
    helps = {True: 1, False: -1, None: 0}
    count = 0
    for rule, value in turn.counted(subject).items():
        excludes = turn.rules.rule(rule).kind is RuleKind.EXCLUSION
        count += helps[value] * (-1 if excludes is turn.towards else 1)
    return count


def _guesses(field: Field, named: Named, turn: Turn) -> Iterator[Any]:
    # Texts are read by checks alone, and count for no outcome.
    match field.spec.sort:
        case Sort.FLAG:
            yield from (True, False)
        case Sort.NUMBER:
            yield from (field.spec.low, field.spec.high)
        case Sort.CODE:
            yield from named.one_of_each(field)
        case Sort.CODES:
            yield from (frozenset(), *(frozenset({code}) for code in named.codes_of(field)))
        case Sort.DAY:
            yield from (turn.rules.on - years * _YEAR for years in (0, 10, 30, 70))
