"""
What can come to be otherwise while a case stays in its state and round: by an event, its actor, others who act first.

A refusal calls mendable only what somebody can mend. So a count that can only grow does not shrink, a notice that was
up does not go up again, and a fact takes only values that somebody sets here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from decimal import Decimal

import attrs

from fupin_rules.expr import Compare, Expr, Literal, Name, Not, Or, names
from fupin_rules.workflow.case._solve import solve
from fupin_rules.workflow.case._view import View
from fupin_rules.workflow.procedure._parts import (
    Amend,
    CloseNotice,
    Delegate,
    Effect,
    Move,
    NewRound,
    Object,
    OpenNotice,
    Resolve,
    SetFact,
    Sign,
    Waive,
)

_BROUGHT = {"event", "actor", "assessment", "exit"}


def is_free(path: str, view: View) -> bool:
    """Tell whether a name can come to have another value while the case stays in this state and round."""
    head, _, rest = path.partition(".")
    if head in _BROUGHT:
        return True
    if head in {"last", "days_since"}:
        return _happens(view, lambda other: other.event == rest)
    return head in {"review", "notice", "facts"} and _is_done(view, lambda effect: _writes(effect, path))


def limits(paths: Iterable[str], view: View) -> Iterator[Expr]:
    """Say, as claims, which values of names can come to be; only for names whose value is known."""
    for path in paths:
        head, _, rest = path.partition(".")
        part, _, what = rest.partition(".")
        value = view.value(path)
        if head == "facts":
            yield from _set_to(path, value, view)
        elif head in {"review", "notice"}:
            yield from _one_way(Name(path), part, what, value, view)


def _one_way(name: Name, part: str, what: str, value: object, view: View) -> Iterator[Expr]:
    match what, value:
        case (("count" | "upheld"), int()):
            yield _compare(name, ">=", value)
        case "open_objections", int():
            if not _is_done(view, lambda effect: effect == Object(part)):
                yield _compare(name, "<=", value)
            if not _is_done(view, lambda effect: effect == Resolve(part)):
                yield _compare(name, ">=", value)
            elif value and not _last_one_stays(part, view):
                yield _compare(name, ">=", 1)
        case "complete", True if not _is_done(view, lambda effect: effect == Amend(part)):
            yield name
        case "posted", True:
            yield name
        case "open", False if view.case.notices.get(part) is not None:
            yield Not(name)
        case _:
            pass


def _last_one_stays(notice: str, view: View) -> bool:
    """
    Tell whether the last objection can get its outcome without the case going back.

    After one that was upheld, procedures send the case back with the last of the others.
    """
    left = {f"notice.{notice}.open_objections": 1}
    for move in _staying(view):
        if Resolve(notice) not in move.effects:
            continue
        now = attrs.evolve(view, fields={}, instead={**view.instead, **left})
        brought = [path for path in names(move.guard) if path.startswith("event.")] if move.guard is not None else []
        scope = view.procedure.scopes[move.event]
        if move.guard is None or solve((move.guard,), sorted(brought), now, scope) is not None:
            return True
    return False


def _set_to(path: str, value: object, view: View) -> Iterator[Expr]:
    """A fact that is set to nothing but literals is one of them, or what it is."""
    fact = path.partition(".")[2]
    effects = (effect for move in _staying(view) for effect in move.effects)
    found = [effect.to for effect in effects if isinstance(effect, SetFact) and effect.fact == fact]
    if all(isinstance(to, Literal) for to in found):
        kept = [_literal(value)] if isinstance(value, (bool, int, str, date)) else []
        choices = tuple(Compare((Name(path), to), ("==",)) for to in dict.fromkeys((*found, *kept)))
        yield choices[0] if len(choices) == 1 else Or(choices)


def _literal(value: bool | int | str | date) -> Literal:
    return Literal(Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value)


def _compare(name: Name, comparator: str, value: int) -> Compare:
    return Compare((name, Literal(Decimal(value))), (comparator,))  # type: ignore[arg-type]  # one of the comparators


def _happens(view: View, wanted: Callable[[Move], bool]) -> bool:
    return any(wanted(other) for other in _staying(view))


def _is_done(view: View, wanted: Callable[[Effect], bool]) -> bool:
    return any(wanted(effect) for other in _staying(view) for effect in other.effects)


def _staying(view: View) -> Iterator[Move]:
    """Give the moves that leave the case in its state and round."""
    for other in view.procedure.moves:
        if (
            view.case.state in other.source
            and other.target in {None, view.case.state}
            and not any(isinstance(effect, NewRound) for effect in other.effects)
        ):
            yield other


def _writes(effect: Effect, path: str) -> bool:
    head, _, rest = path.partition(".")
    part, _, what = rest.partition(".")
    match effect:
        case Sign(review) | Waive(review):
            return (head, part) == ("review", review)
        case Amend(review):
            return (head, part) == ("review", review) and what != "count"
        case OpenNotice(notice):
            return (head, part) == ("notice", notice) and what in {"posted", "open", "until", "elapsed"}
        case CloseNotice(notice):
            return (head, part, what) == ("notice", notice, "open")
        case Object(notice):
            return (head, part, what) == ("notice", notice, "open_objections")
        case Resolve(notice):
            # Dismissed, it can make the days begin anew.
            return (head, part) == ("notice", notice) and what not in {"posted", "open"}
        case SetFact(fact):
            return (head, part) == ("facts", fact)
        case Delegate() | NewRound():
            return False
