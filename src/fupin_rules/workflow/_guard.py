"""
What a guard that does not hold asks for: its parts that fail, and the sets of them that would have to be mended.

Found by walking the tree once for "should hold" and once for "should not", the way a person reads it: all parts of an
"and", any part of an "or". Every set is tried out before it is told: with values in place that mend its parts, on the
day that waiting leads to, the whole guard must hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from fupin_rules.citations import Citation
from fupin_rules.expr import And, Compare, Expr, IfElse, Literal, Name, Not, Or, Scope, names, render, to_text
from fupin_rules.quantities import plain
from fupin_rules.truth import Unknown
from fupin_rules.workflow._outside import ASSESSMENT, EXIT
from fupin_rules.workflow._parts import (
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
from fupin_rules.workflow._reasons import Mend, Reason, Way, least
from fupin_rules.workflow._scope import guard_scope
from fupin_rules.workflow._solve import pairs, solve
from fupin_rules.workflow._view import View

if TYPE_CHECKING:
    from fupin_rules.workflow._procedure import Procedure


MAX_WAYS: Final = 256
MAX_WAIT: Final = 3_660
CALENDAR: Final = "calendar."
_DAY = timedelta(days=1)
_TIMED = ("days_since.", "overdue.", "today", "year")
_ALWAYS_TIMED = ("today", "year")

Leaves = frozenset[Expr]
Ways = tuple[Leaves, ...]


@attrs.frozen
class Guarded:
    """
    What a guard asks for.

    Attributes:
        reasons: A reason for each part that fails, in reading order.
        ways: Sets of reasons that, all mended, make the guard hold; none if nothing does.
    """

    reasons: tuple[Reason, ...]
    ways: tuple[Way, ...]


def ask(move: Move, view: View) -> Guarded:
    """Tell what the guard of a move asks for that is not there."""
    assert move.guard is not None
    scope = guard_scope(view.procedure, move.event)
    parts = _ways(move.guard, view, holds=True)
    leaves = {leaf: _reason(leaf, move, view, scope) for leaf in _failing(move.guard, view, holds=True)}
    tried = [way for way in parts if _helps(way, leaves, move.guard, view, scope)]
    return Guarded(tuple(leaves.values()), least(frozenset(leaves[leaf] for leaf in way) for way in tried))


def _split(expr: Expr, *, holds: bool) -> tuple[Callable[[Iterable[Ways]], Ways] | None, tuple[tuple[Expr, bool], ...]]:
    """Tell how the parts of a node join, and whether each should hold; no join for a leaf."""
    match expr:
        case Not(operand):
            return _any, ((operand, not holds),)
        case And(operands):
            return (_all if holds else _any), tuple((each, holds) for each in operands)
        case Or(operands):
            return (_any if holds else _all), tuple((each, holds) for each in operands)
        case Compare(_, comparators) if len(comparators) > 1:
            return (_all if holds else _any), tuple((each, holds) for each in pairs(expr))
        case IfElse(condition, then, otherwise):
            taken, left = And((condition, then)), And((Not(condition), otherwise))
            return (_any if holds else _all), ((taken, holds), (left, holds))
        case _:
            return None, ()


def _ways(expr: Expr, view: View, *, holds: bool) -> Ways:
    join, parts = _split(expr, holds=holds)
    if join is not None:
        return join(_ways(each, view, holds=wanted) for each, wanted in parts)
    if isinstance(expr, Literal):
        return (frozenset(),) if expr.value is holds else ()
    claim = expr if holds else Not(expr)
    return (frozenset(),) if view.claim(claim) is True else (frozenset({claim}),)


def _all(parts: Iterable[Ways]) -> Ways:
    found: Ways = (frozenset(),)
    for part in parts:
        found = _least(one | other for one in found for other in part)
    return found


def _any(parts: Iterable[Ways]) -> Ways:
    return _least(way for part in parts for way in part)


def _least(ways: Iterable[Leaves]) -> Ways:
    kept: list[Leaves] = []
    for way in sorted(dict.fromkeys(ways), key=len):
        if not any(other <= way for other in kept):
            kept.append(way)
    return tuple(kept[:MAX_WAYS])


def _failing(expr: Expr, view: View, *, holds: bool) -> Iterator[Expr]:
    """Give the parts that fail, in reading order."""
    join, parts = _split(expr, holds=holds)
    if join is not None:
        for each, wanted in parts:
            yield from _failing(each, view, holds=wanted)
    elif not isinstance(expr, Literal):
        claim = expr if holds else Not(expr)
        if view.claim(claim) is not True:
            yield claim


def _reason(leaf: Expr, move: Move, view: View, scope: Scope) -> Reason:
    read = list(dict.fromkeys(names(leaf)))
    values = {path: view.value(path) for path in read}
    missing = [path for path, value in values.items() if isinstance(value, Unknown)]
    found = ", ".join(f"{path} = {_shown(value)}" for path, value in values.items() if path not in missing)
    mend, until = _mend(leaf, read, view)
    words = {language: render(leaf, scope, language) for language in ("zh", "en")}
    labels = {language: _labels(missing, view, scope, language) for language in ("zh", "en")}
    return Reason(
        code="guard_open" if missing else "guard",
        path=read[0] if read else "",
        wanted=to_text(leaf),
        found=found,
        zh=f"须满足：{words['zh']}" + (f"；未知：{labels['zh']}" if missing else ""),
        en=f"must hold: {words['en']}" + (f"; not known: {labels['en']}" if missing else ""),
        mend=mend,
        until=until,
        law=_law(read, move, view.procedure),
        because=_because(read, view),
    )


def _labels(paths: list[str], view: View, scope: Scope, language: str) -> str:
    labels = []
    for path in paths:
        label = scope.names[path].zh if language == "zh" else scope.names[path].en
        for name in _holidays(view.value(path)):
            year = name.removeprefix(CALENDAR)
            label += f"（缺{year}年放假安排）" if language == "zh" else f" (the holidays of {year} are not known)"
        labels.append(label)
    return ("、" if language == "zh" else ", ").join(labels)


def _holidays(value: object) -> list[str]:
    """Name the years whose holidays keep a value open."""
    return sorted(name for name in value.missing if name.startswith(CALENDAR)) if isinstance(value, Unknown) else []


def _shown(value: object) -> str:
    match value:
        case bool():
            return str(value)
        case int():
            return plain(value)
        case date():
            return value.isoformat()
        case frozenset():
            return "{" + ", ".join(sorted(value)) + "}"
        case _:
            return str(value)


def _because(read: list[str], view: View) -> tuple[str, ...]:
    for path in (ASSESSMENT, EXIT):
        if path in read:
            verdict = view.outside.verdict(path)
            return () if isinstance(verdict, Unknown) else verdict.because
    return ()


def _law(read: list[str], move: Move, procedure: Procedure) -> Citation:
    """Cite the text that asks for it: that of the review or notice read, where it is about one."""
    for path in read:
        head, _, rest = path.partition(".")
        part = rest.partition(".")[0]
        if head == "review":
            return procedure.review[part].citation
        if head == "notice":
            rule = procedure.notice[part]
            timed = path.endswith((".elapsed", ".until"))
            return (rule.days_citation if timed else None) or rule.citation
        if head == "overdue":
            return procedure.deadline[part].citation
    return move.citation


# -- what can be mended, and how ------------------------------------------------------------------------------------


def _mend(leaf: Expr, read: list[str], view: View) -> tuple[Mend, date | None]:
    if any(_holidays(view.value(path)) for path in read):
        return Mend.MENDABLE, None
    if any(_is_timed(path, view) for path in read):
        day = _first_day(leaf, read, view)
        if day is not None:
            return Mend.WAIT, day
    return (Mend.MENDABLE if any(_is_free(path, view) for path in read) else Mend.FINAL), None


def _is_timed(path: str, view: View) -> bool:
    if path.endswith(".elapsed"):
        return view.case.notices.get(path.split(".")[1]) is not None
    return path.startswith(_TIMED)


def _first_day(leaf: Expr, read: list[str], view: View) -> date | None:
    """Find the first later day on which a part holds, everything else being as it is."""
    # Most wait for one notice: its day is known.
    if isinstance(leaf, Name) and leaf.path.endswith(".elapsed"):
        until = view.value(leaf.path.replace(".elapsed", ".until"))
        return until + _DAY if isinstance(until, date) else None
    if any(isinstance(view.value(path), Unknown) for path in read):
        return None
    for days in range(1, MAX_WAIT):
        day = view.day + _DAY * days
        if attrs.evolve(view, day=day).claim(leaf) is True:
            return day
    return None


def _is_free(path: str, view: View) -> bool:
    """Tell whether a name can come to have another value while the case stays in this state and round."""
    head, _, rest = path.partition(".")
    if head in {"event", "actor", "assessment", "exit"}:
        return True
    if head in {"last", "days_since"}:
        return _happens(view, lambda other: other.event == rest)
    if head not in {"review", "notice", "facts"}:
        return False
    return _happens(view, lambda other: any(_writes(effect, path) for effect in other.effects))


def _happens(view: View, wanted: Callable[[Move], bool]) -> bool:
    return any(
        wanted(other)
        for other in view.procedure.moves
        if view.case.state in other.source
        and other.target in {None, view.case.state}
        and not any(isinstance(effect, NewRound) for effect in other.effects)
    )


def _writes(effect: Effect, path: str) -> bool:
    head, _, rest = path.partition(".")
    part = rest.partition(".")[0]
    match effect:
        case Sign(review) | Waive(review) | Delegate(review) | Amend(review):
            return (head, part) == ("review", review)
        case OpenNotice(notice) | CloseNotice(notice) | Object(notice) | Resolve(notice):
            return (head, part) == ("notice", notice)
        case SetFact(fact):
            return (head, part) == ("facts", fact)
        case _:
            return False


def _helps(way: Leaves, reasons: dict[Expr, Reason], guard: Expr, view: View, scope: Scope) -> bool:
    """Try a set out: its parts mended, on the day that waiting leads to, the guard must hold."""
    told = [reasons[leaf] for leaf in way]
    if any(reason.mend is Mend.FINAL for reason in told):
        return False
    day = max((reason.until for reason in told if reason.until is not None), default=view.day)
    later = attrs.evolve(view, day=day)
    mended = [leaf for leaf in way if reasons[leaf].mend is Mend.MENDABLE]
    paths = sorted({path for leaf in mended for path in names(leaf) if not path.startswith(_ALWAYS_TIMED)})
    return solve((*sorted(mended, key=to_text), guard), paths, later, scope) is not None
