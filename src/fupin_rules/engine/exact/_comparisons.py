"""
Open comparisons with known numbers and days, taken as cases: what is compared is below, on, or above each of them.

However a sum comes about, it cannot be below the line and not below it. So the comparisons of one expression are
settled together, span by span, without asking for a single fact behind it; some of these cases may be met by nobody.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from fupin_rules.expr import (
    FUNCTIONS,
    MIRRORED,
    And,
    Arithmetic,
    Call,
    Comparator,
    Compare,
    Expr,
    Item,
    Literal,
    Name,
    OrElse,
    Quantifier,
    children,
    evaluate,
    rebuilt,
    walk,
)
from fupin_rules.policy import Reading
from fupin_rules.truth import Unknown


def of_completions(claim: Expr) -> Expr:
    """
    Read a claim as it is read of completions: no default stands in, the roster is complete; and in pairs of what is
    compared.
    """
    match claim:
        case OrElse(operand):
            return of_completions(operand)
        case Name("members_complete"):
            return Literal(True)
        case Compare(operands, comparators) if len(comparators) > 1:
            sides = [of_completions(each) for each in operands]
            pairs = zip(sides, comparators, sides[1:], strict=False)
            return And(tuple(Compare((one, other), (sign,)) for one, sign, other in pairs))
        case _:
            return rebuilt(claim, of_completions)


@attrs.frozen
class Compared:
    """
    An open expression, and the known values that it is compared with.

    Attributes:
        side: The expression.
        signs: Every comparison of it, read with the expression on the left: the sign, and the known value.
    """

    side: Expr
    signs: Mapping[Compare, tuple[Comparator, Any]] = attrs.field(hash=False)

    def cases(self) -> Iterator[Mapping[Compare, bool]]:
        """Give, for each span between the values and each value itself, how the comparisons come out."""
        values = sorted({value for _, value in self.signs.values()})
        # Twice the place of a value stands for the value; the numbers between stand for the spans between.
        for place in range(-1, 2 * len(values)):
            yield {node: _holds(place, sign, 2 * values.index(value)) for node, (sign, value) in self.signs.items()}


def _holds(place: int, sign: Comparator, limit: int) -> bool:
    match sign:
        case "<":
            return place < limit
        case "<=":
            return place <= limit
        case ">":
            return place > limit
        case ">=":
            return place >= limit
        case "==":
            return place == limit
        case "!=":
            return place != limit


def compared(claim: Expr, reading: Reading) -> Compared | None:
    """Find an open expression of the subject itself that is held against known values; None if none is left."""
    found: dict[Expr, dict[Compare, tuple[Comparator, Any]]] = {}
    for node in _of_the_subject(claim):
        if isinstance(node, Compare) and isinstance(evaluate(node, reading), Unknown):
            (left, right), (sign,) = node.operands, node.comparators
            one, other = evaluate(left, reading), evaluate(right, reading)
            if isinstance(one, Unknown) and not isinstance(other, Unknown):
                found.setdefault(left, {})[node] = sign, other
            elif isinstance(other, Unknown) and not isinstance(one, Unknown):
                found.setdefault(right, {})[node] = MIRRORED[sign], one
    for side, signs in found.items():
        # Codes and flags are told apart by their own values.
        ordered = not any(isinstance(value, (bool, str)) for _, value in signs.values())
        if ordered and _always_has_a_value(side, reading):
            return Compared(side, signs)
    return None


def _of_the_subject(expr: Expr) -> Iterator[Expr]:
    """Walk a claim without going into its members."""
    yield expr
    if not isinstance(expr, Quantifier):
        for part in children(expr):
            yield from _of_the_subject(part)


def _always_has_a_value(side: Expr, reading: Reading) -> bool:
    """Tell whether a side has a value once all facts are known: no divisor may be zero, no span without one."""
    for node in walk(side):
        match node:
            case Arithmetic("/", _, divisor):
                of_a_member = any(isinstance(each, Item) for each in walk(divisor))
                value = 0 if of_a_member else evaluate(divisor, reading)
                # Of a count whose bounds are known the least is enough.
                if value == 0 or (isinstance(value, Unknown) and not value.low):
                    return False
            case Call(function) if FUNCTIONS[function].to_assessment:
                return False
            case Quantifier(kind) if kind in ("min", "max"):
                return False
            case _:
                pass
    return True


def settled(claim: Expr, truths: Mapping[Compare, bool]) -> Expr:
    """Put truth values in the place of comparisons."""
    if isinstance(claim, Compare) and claim in truths:
        return Literal(truths[claim])
    return rebuilt(claim, lambda part: settled(part, truths))
