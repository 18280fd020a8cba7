"""The leaves of a guard: the smallest claims it is built from, and what would have to be for one of them to decide."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import attrs

from fupin_rules.expr import And, Compare, Expr, IfElse, Literal, Not, Or, names

# Names that an event, its actor or the outside give; all others are given by the case and the day.
BROUGHT = ("event.", "actor.", "assessment.", "exit.")


def leaves(guard: Expr | None) -> tuple[Expr, ...]:
    """
    Give the leaves of a guard in reading order, each once.

    A chain of comparisons has one leaf for each pair of neighbours; what is compared is no leaf.
    """
    return tuple(dict.fromkeys(_leaves(guard))) if guard is not None else ()


def _leaves(expr: Expr) -> Iterator[Expr]:
    match expr:
        case Not(operand):
            yield from _leaves(operand)
        case And(operands) | Or(operands):
            for operand in operands:
                yield from _leaves(operand)
        case Compare(operands, comparators) if len(comparators) > 1:
            for left, comparator, right in zip(operands, comparators, operands[1:], strict=False):
                yield Compare((left, right), (comparator,))
        case IfElse(condition, then, otherwise):
            yield from _leaves(condition)
            yield from _leaves(then)
            yield from _leaves(otherwise)
        case Literal():
            pass
        case _:
            yield expr


def is_brought(leaf: Expr) -> bool:
    """Tell whether a leaf reads anything that an event, its actor or the outside gives."""
    return any(name.startswith(BROUGHT) for name in names(leaf))


def conjuncts(guard: Expr | None) -> tuple[Expr, ...]:
    """Give the parts of a guard that must all hold."""
    match guard:
        case None:
            return ()
        case And(operands):
            return tuple(part for operand in operands for part in conjuncts(operand))
        case _:
            return (guard,)


@attrs.frozen
class Spot:
    """
    A claim within a guard, and how to put another in its place.

    Attributes:
        claim: What stands there.
        put: Gives the whole guard with something else there; None where the guard is gone without it.
    """

    claim: Expr
    put: Callable[[Expr | None], Expr | None] = attrs.field(eq=False)


def spots(guard: Expr) -> Iterator[Spot]:
    """Give every claim of a guard, the whole first, down to its leaves."""
    yield from _spots(guard, lambda new: new)


def _spots(expr: Expr, put: Callable[[Expr | None], Expr | None]) -> Iterator[Spot]:
    yield Spot(expr, put)
    match expr:
        case Not(operand):
            yield from _spots(operand, lambda new: put(None if new is None else attrs.evolve(expr, operand=new)))
        case And(operands) | Or(operands):
            for place, operand in enumerate(operands):
                yield from _spots(operand, _placer(expr, place, put))
        case IfElse(condition, then, otherwise):
            yield from _spots(condition, lambda new: put(None if new is None else attrs.evolve(expr, condition=new)))
            yield from _spots(then, lambda new: put(None if new is None else attrs.evolve(expr, then=new)))
            yield from _spots(otherwise, lambda new: put(None if new is None else attrs.evolve(expr, otherwise=new)))
        case _:
            pass


def _placer(
    expr: And | Or, place: int, put: Callable[[Expr | None], Expr | None]
) -> Callable[[Expr | None], Expr | None]:
    def placed(new: Expr | None) -> Expr | None:
        kept = (*expr.operands[:place], *(() if new is None else (new,)), *expr.operands[place + 1 :])
        return put(kept[0] if len(kept) == 1 else attrs.evolve(expr, operands=kept))

    return placed
