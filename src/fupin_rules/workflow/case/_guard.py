"""
What a guard that does not hold asks for: its parts that fail, and the sets of them that would have to be mended.

Found by walking the tree once for "should hold" and once for "should not", the way a person reads it: all parts of an
"and", any part of an "or". Every set is tried out before it is told: with values in place that mend its parts, on the
day that waiting leads to, the whole guard must hold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from fupin_rules.citations import Citation
from fupin_rules.expr import (
    And,
    Compare,
    Expr,
    IfElse,
    Kind,
    Literal,
    Name,
    Not,
    Or,
    Scope,
    Value,
    names,
    render,
    to_text,
    walk,
)
from fupin_rules.truth import Unknown
from fupin_rules.workflow.case._case import shown, shown_number
from fupin_rules.workflow.case._judge import effect_reasons
from fupin_rules.workflow.case._outside import ASSESSMENT, EXIT
from fupin_rules.workflow.case._reach import is_free, limits
from fupin_rules.workflow.case._reasons import Mend, Reason, Way
from fupin_rules.workflow.case._solve import pairs, search, solve
from fupin_rules.workflow.case._view import UNSIGNED, View, open_slots
from fupin_rules.workflow.procedure._days import unknown_years
from fupin_rules.workflow.procedure._parts import Move

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure


MAX_WAYS: Final = 256
MAX_WAIT: Final = 3_660
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
    scope = view.procedure.scopes[move.event]
    parts = _ways(move.guard, view, holds=True)
    leaves = {leaf: _reason(leaf, move, view, scope) for leaf in _failing(move.guard, view, holds=True)}
    helping: list[Leaves] = []
    for way in sorted(parts, key=len):
        if not any(other <= way for other in helping) and _helps(way, leaves, move, view, scope):
            helping.append(way)
    if not helping:
        # Mending one part may spoil another that held: before nothing is said to help, everything is tried at once.
        hidden = [
            leaf for leaf in _leaves(move.guard, holds=True) if leaf not in leaves and view.claim(leaf) is not True
        ]
        further = {leaf: _reason(leaf, move, view, scope) for leaf in hidden}
        helping += _together({**leaves, **further}, move, view, scope)
        leaves |= {leaf: further[leaf] for leaf in hidden if any(leaf in way for way in helping)}
    return Guarded(tuple(leaves.values()), tuple(frozenset(leaves[leaf] for leaf in way) for way in helping))


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
    claim = expr if holds else Not(expr)
    if view.claim(claim) is True:
        return (frozenset(),)
    join, parts = _split(expr, holds=holds)
    if join is not None:
        return join(_ways(each, view, holds=wanted) for each, wanted in parts)
    return () if isinstance(expr, Literal) else (frozenset({claim}),)


def _all(parts: Iterable[Ways]) -> Ways:
    found: Ways = (frozenset(),)
    for part in parts:
        found = _least(one | other for one in found for other in part)
    return found


def _any(parts: Iterable[Ways]) -> Ways:
    return _least(way for part in parts for way in part)


def _least(ways: Iterable[Leaves]) -> Ways:
    """Keep them all while they are few: the smaller of two sets need not be the one that helps."""
    found = tuple(dict.fromkeys(ways))
    if len(found) <= MAX_WAYS:
        return found
    kept: list[Leaves] = []
    for way in sorted(found, key=len):
        if not any(other <= way for other in kept):
            kept.append(way)
    return tuple(kept[:MAX_WAYS])


def _leaves(expr: Expr, *, holds: bool) -> Iterator[Expr]:
    """Give all parts as they should hold, whether they do or not."""
    join, parts = _split(expr, holds=holds)
    if join is not None:
        for each, wanted in parts:
            yield from _leaves(each, holds=wanted)
    elif not isinstance(expr, Literal):
        yield expr if holds else Not(expr)


def _failing(expr: Expr, view: View, *, holds: bool) -> Iterator[Expr]:
    """Give the parts that fail, in reading order; of an "or" that holds, none does."""
    claim = expr if holds else Not(expr)
    if view.claim(claim) is True:
        return
    join, parts = _split(expr, holds=holds)
    if join is not None:
        for each, wanted in parts:
            yield from _failing(each, view, holds=wanted)
    elif not isinstance(expr, Literal):
        yield claim


def _reason(leaf: Expr, move: Move, view: View, scope: Scope) -> Reason:
    # Not `names`: a set has another order in every run.
    read = list(dict.fromkeys(node.path for node in walk(leaf) if isinstance(node, Name)))
    values = {path: view.value(path) for path in read}
    missing = [path for path, value in values.items() if isinstance(value, Unknown)]
    # What somebody wrote stays where it was written.
    told = [path for path in read if path not in missing and scope.names[path].type.kind is not Kind.TEXT]
    found = ", ".join(f"{path} = {shown_value(values[path])}" for path in told)
    mend, until = _mend(leaf, read, view, scope)
    words = {language: render(leaf, scope, language) for language in ("zh", "en")}
    labels = {language: _labels(missing, view, scope, language) for language in ("zh", "en")}
    lacking = {language: _lacking(read, view, language) for language in ("zh", "en")}
    return Reason(
        code="guard_open" if missing else "guard",
        path=read[0] if read else "",
        wanted=to_text(leaf),
        found=found,
        zh=f"须满足：{words['zh']}" + (f"；未知：{labels['zh']}" if missing else "") + lacking["zh"],
        en=f"must hold: {words['en']}" + (f"; not known: {labels['en']}" if missing else "") + lacking["en"],
        mend=mend,
        until=until,
        law=_law(read, move, view.procedure),
        because=_because(read, view),
    )


def _lacking(read: list[str], view: View, language: str) -> str:
    """Name the signatures that a review lacks: a missing one is looked for by its name, not by a count."""
    roles = []
    for path in read:
        head, _, rest = path.partition(".")
        review = view.procedure.review[rest.partition(".")[0]] if head == "review" else None
        if review is not None:
            slots = open_slots(review, view.case.reviews.get(review.id, UNSIGNED))
            roles += [view.procedure.role[slot.role] for slot in slots]
    if not roles:
        return ""
    named = list(dict.fromkeys(role.zh if language == "zh" else role.en for role in roles))
    return f"；尚缺签字：{'、'.join(named)}" if language == "zh" else f"; not signed: {', '.join(named)}"


def _labels(paths: list[str], view: View, scope: Scope, language: str) -> str:
    labels = []
    for path in paths:
        label = scope.names[path].zh if language == "zh" else scope.names[path].en
        for year in unknown_years(view.value(path)):
            label += f"（缺{year}年放假安排）" if language == "zh" else f" (the holidays of {year} are not known)"
        labels.append(label)
    return ("、" if language == "zh" else ", ").join(labels)


def shown_value(value: object) -> str:
    """Show a value that a name has."""
    match value:
        case bool():
            return str(value)
        case int():
            return shown_number(value)
        case date():
            return value.isoformat()
        case frozenset():
            return "{" + ", ".join(sorted(value)) + "}"
        case _:
            return shown(str(value))


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


def _mend(leaf: Expr, read: list[str], view: View, scope: Scope) -> tuple[Mend, date | None]:
    if any(unknown_years(view.value(path)) for path in read):
        return Mend.MENDABLE, None
    if any(_is_timed(path, view) for path in read):
        day = _first_day(leaf, read, view)
        if day is not None:
            return Mend.WAIT, day
    free = [path for path in read if is_free(path, view)]
    return (Mend.MENDABLE if free and _can_hold(leaf, free, view, scope) else Mend.FINAL), None


def _can_hold(leaf: Expr, free: list[str], view: View, scope: Scope) -> bool:
    return solve((leaf, *limits(free, view)), free, view, scope) is not None


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


def _helps(way: Leaves, reasons: dict[Expr, Reason], move: Move, view: View, scope: Scope) -> bool:
    """Try a set out: its parts mended, on the day that waiting leads to, the guard must hold."""
    assert move.guard is not None
    told = [reasons[leaf] for leaf in way]
    if any(reason.mend is Mend.FINAL for reason in told):
        return False
    day = max((reason.until for reason in told if reason.until is not None), default=view.day)
    later = attrs.evolve(view, day=day)
    mended = [leaf for leaf in way if reasons[leaf].mend is Mend.MENDABLE]
    paths = sorted({path for leaf in mended for path in names(leaf) if not path.startswith(_ALWAYS_TIMED)})
    goals = (*sorted(mended, key=to_text), *limits(paths, later), move.guard)
    found = solve(goals, paths, later, scope)
    return found is not None and _may_act(found, move, later)


def _may_act(found: Mapping[str, Value], move: Move, view: View) -> bool:
    """Tell whether somebody of the role that would mend a guard may make the move at all."""
    role = found.get("actor.role")
    if not isinstance(role, str) or role == view.event.by.role:
        return True
    actor = attrs.evolve(view.event.by, role=role, level="")
    acting = attrs.evolve(view, event=attrs.evolve(view.event, by=actor))
    return role in move.roles and next(effect_reasons(move, acting), None) is None


def _together(reasons: dict[Expr, Reason], move: Move, view: View, scope: Scope) -> Iterator[Leaves]:
    """Find one set by giving values to everything that can come to have another one; none if nothing was found."""
    assert move.guard is not None
    read = dict.fromkeys(node.path for node in walk(move.guard) if isinstance(node, Name))
    paths = [path for path in read if is_free(path, view) and not path.startswith(_ALWAYS_TIMED)]
    for day in sorted({view.day, *(reason.until for reason in reasons.values() if reason.until is not None)}):
        later = attrs.evolve(view, day=day)
        found = search((*limits(paths, later), move.guard), paths, later, scope)
        if found.values is not None:
            left_out = {path: Unknown({path}) for path in found.left_out}
            mended = attrs.evolve(later, instead={**found.values, **left_out})
            way = frozenset(leaf for leaf in reasons if mended.claim(leaf) is True)
            for leaf in reasons:
                if leaf in way and _helps(way - {leaf}, reasons, move, view, scope):
                    way -= {leaf}
            if way and all(reasons[leaf].mend is not Mend.FINAL for leaf in way):
                yield way
                return
