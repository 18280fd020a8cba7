"""
What an event can carry so that a guard holds, just holds, or just fails by one of its leaves, all else being good.

Values are tried from those that the guard itself names and their neighbours; the nearest to the edge are kept. So a
comparison that is off by one, or turned, or gone, is told apart from the one that was meant.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from fupin_rules.expr import And, Compare, Expr, IfElse, Kind, Literal, Not, Or, Scope, Value, evaluate, names, walk
from fupin_rules.testing._leaves import leaves
from fupin_rules.workflow import View, candidates

MAX_TRIES = 6_000
# Fewer values for each number where there are more numbers.
_FEW = {1: 12, 2: 10, 3: 7, 4: 5}


@attrs.frozen
class Fit:
    """
    Values for what an event carries.

    Attributes:
        values: Name to value.
        leaf: The leaf that decides; None for a fit that is only good.
        holds: Whether the guard holds with them, as far as it reads what is carried.
    """

    values: Mapping[str, Value] = attrs.field(hash=False)
    leaf: Expr | None
    holds: bool


def fits(parts: Sequence[Expr], view: View, scope: Scope) -> tuple[Fit, ...]:
    """
    Find what an event can carry for some parts of a guard.

    Args:
        parts: Those that read what is carried; all must hold.
        view: What is seen otherwise.
        scope: Types of the names.

    Returns:
        One good fit first, if there is any; then for each leaf the nearest with which it just holds, and the nearest
        with which it just fails and nothing else does.
    """
    # Parts that share no name are fitted apart: together they would have to be tried in every combination.
    groups = [_Group.of(group, view, scope) for group in _connected(parts)]
    good: dict[str, Value] = {}
    for group in groups:
        good |= group.good or {}
    found = [Fit(good, None, holds=True)] if groups and all(group.good is not None for group in groups) else []
    for group in groups:
        for fit in group.nearest:
            values = {**good, **fit.values}
            if not found or values != good:
                found.append(attrs.evolve(fit, values=values))
    return tuple(found)


def _carried(part: Expr) -> frozenset[str]:
    return frozenset(name for name in names(part) if name.startswith("event."))


def _connected(parts: Sequence[Expr]) -> list[list[Expr]]:
    """Put parts together that share what an event carries."""
    groups: list[tuple[frozenset[str], list[Expr]]] = []
    for part in parts:
        read, joined = _carried(part), [part]
        if not read:
            continue
        apart = []
        for names_read, held in groups:
            if names_read & read:
                read, joined = read | names_read, [*held, *joined]
            else:
                apart.append((names_read, held))
        groups = [*apart, (read, joined)]
    return [held for _, held in groups]


@attrs.frozen
class _Group:
    good: Mapping[str, Value] | None
    nearest: tuple[Fit, ...]

    @classmethod
    def of(cls, parts: Sequence[Expr], view: View, scope: Scope) -> _Group:
        paths = sorted(frozenset[str]().union(*(_carried(part) for part in parts)))
        numbers = sum(scope.names[path].type.kind is Kind.NUMBER for path in paths)
        choices = [_choices(path, scope, tuple(parts), view, _FEW.get(numbers, 4)) for path in paths]
        good: Mapping[str, Value] | None = None
        nearest: dict[tuple[Expr, bool], tuple[tuple[int, ...], Fit]] = {}
        for values in itertools.islice(itertools.product(*choices), MAX_TRIES):
            instead = dict(zip(paths, values, strict=True))
            seen = attrs.evolve(view, instead={**view.instead, **instead})
            failing = [part for part in parts if seen.claim(part) is not True]
            if len(failing) > 1:
                continue
            if good is None and not failing:
                good = instead
            # Zeros hide what a number is multiplied by.
            size = (values.count(0), sum(value for value in values if type(value) is int))
            for part in failing or parts:
                for leaf in leaves(part):
                    if part == leaf or _decides(part, leaf, seen, holds=not failing):
                        _keep(nearest, leaf, seen, size, Fit(instead, leaf, holds=not failing))
        return cls(good, tuple(fit for _, fit in nearest.values()))


def _choices(path: str, scope: Scope, parts: tuple[Expr, ...], view: View, few: int) -> tuple[Value, ...]:
    kind = scope.names[path].type
    found = candidates(path, kind, parts, view)
    if kind.kind is not Kind.NUMBER:
        return found
    low, high = int(kind.low or 0), int(kind.high or 0)
    literals = (node.value for part in parts for node in walk(part) if isinstance(node, Literal))
    near = [int(number) + step for number in literals if isinstance(number, Decimal) for step in (0, 1, -1)]
    known = [view.value(name) for part in parts for name in sorted(names(part))]
    near += [value + step for value in known if isinstance(value, int) for step in (0, 1, -1)]
    grid = [*near, 0, 1, 2, 3, 4, 5, 6, low, high]
    kept = sorted({number for number in grid if low <= number <= high})
    if few >= len(kept):
        return tuple(kept)
    # Small numbers tell parts apart as well as large ones do; those that the guard names are kept first.
    named = [number for number in dict.fromkeys((1, 2, 3, *near, *kept)) if number in kept]
    return tuple(sorted(named[:few]))


def _decides(part: Expr, leaf: Expr, view: View, *, holds: bool) -> bool:
    """Tell whether a part would not come out as it does if one leaf were otherwise."""
    return any((view.claim(given(part, leaf, truth=truth)) is True) is not holds for truth in (True, False))


def given(expr: Expr, leaf: Expr, *, truth: bool) -> Expr:
    """Take a leaf for true or false, wherever it stands."""
    if expr == leaf:
        return Literal(truth)
    match expr:
        case Compare(operands, comparators) if len(comparators) > 1:
            pairs = [
                Compare((left, right), (comparator,))
                for left, comparator, right in zip(operands, comparators, operands[1:], strict=False)
            ]
            return And(tuple(given(pair, leaf, truth=truth) for pair in pairs))
        case Not(operand):
            return attrs.evolve(expr, operand=given(operand, leaf, truth=truth))
        case And(operands) | Or(operands):
            return attrs.evolve(expr, operands=tuple(given(each, leaf, truth=truth) for each in operands))
        case IfElse(condition, then, otherwise):
            return attrs.evolve(
                expr,
                condition=given(condition, leaf, truth=truth),
                then=given(then, leaf, truth=truth),
                otherwise=given(otherwise, leaf, truth=truth),
            )
        case _:
            return expr


def _keep(
    nearest: dict[tuple[Expr, bool], tuple[tuple[int, ...], Fit]],
    leaf: Expr,
    view: View,
    size: tuple[int, ...],
    fit: Fit,
) -> None:
    weight = (_gap(leaf, view) or 0, *size)
    key = (leaf, fit.holds)
    if key not in nearest or weight < nearest[key][0]:
        nearest[key] = (weight, fit)


def _gap(leaf: Expr, view: View) -> int | None:
    """Give how far the sides of a comparison are from each other; None where it is none of numbers or days."""
    if not isinstance(leaf, Compare):
        return None
    left, right = (evaluate(each, view) for each in leaf.operands)
    match left, right:
        case (bool(), _) | (_, bool()):
            return None
        case ((int() | Fraction()), (int() | Fraction())):
            return int(abs(Fraction(left) - Fraction(right)) * 1000)
        case date(), date():
            return abs((left - right).days) * 1000
        case _:
            return None
