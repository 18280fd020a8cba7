"""
The parts of a text that could be without effect: each with the text as it would read without it.

A part of an "and" is left out by taking it to hold, a part of an "or" by taking it to fail; any other claim is taken to
hold, and to fail. Links of a chain of comparisons and codes of a set are left out as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import assert_never

import attrs

from fupin_rules.expr import (
    And,
    Arithmetic,
    Call,
    Compare,
    Expr,
    IfElse,
    In,
    IsKnown,
    Item,
    Literal,
    Name,
    Negative,
    Not,
    Or,
    OrElse,
    Quantifier,
    SetOf,
    children,
    to_text,
)

Put = Callable[[Expr], Expr]
IsIdle = Callable[[Expr], bool]

_YES, _NO = Literal(True), Literal(False)


@attrs.frozen
class Idle:
    """
    A part without effect.

    Attributes:
        text: The part.
        at: Where it stands in the text.
        value: Taken to hold, to fail, or, for None, simply left out.
    """

    text: str
    at: tuple[int, int] | None
    value: bool | None


class Parts:
    """
    Goes through the parts of one text, outer ones first; within a part that is idle nothing more is looked for.

    Args:
        is_idle: Tells whether the text changes for nobody where it reads otherwise.
    """

    def __init__(self, is_idle: IsIdle) -> None:
        self._is_idle = is_idle

    def of(self, expr: Expr, put: Put = lambda new: new, *, is_claim: bool) -> Iterator[Idle]:
        """Go through the parts of a text, which is itself none of them."""
        match expr:
            case And(operands) | Or(operands):
                values = (True,) if isinstance(expr, And) else (False,)
                for place, each in enumerate(operands):
                    yield from self._claim(each, _in_operands(expr, place, put), values)
            case Not(operand):
                yield from self._below(operand, lambda new: put(Not(new)))
            case Compare(operands):
                yield from self._links(expr, put)
                for place, each in enumerate(operands):
                    yield from self.of(each, _in_operands(expr, place, put), is_claim=False)
            case In(element, collection):
                if isinstance(collection, SetOf):
                    yield from self._codes(expr, collection, put)
                yield from self.of(element, _in_element(expr, put), is_claim=False)
            case Quantifier(kind, _, item, where):
                if where is not None:
                    yield from self._claim(where, lambda new: put(attrs.evolve(expr, where=new)))
                if item is not None and kind in ("any", "all"):
                    yield from self._claim(item, lambda new: put(attrs.evolve(expr, item=new)))
                elif item is not None:
                    yield from self.of(item, lambda new: put(attrs.evolve(expr, item=new)), is_claim=False)
            case IfElse(condition, then, otherwise):
                yield from self._claim(condition, lambda new: put(attrs.evolve(expr, condition=new)))
                branch = self._claim if is_claim else self._value
                yield from branch(then, lambda new: put(attrs.evolve(expr, then=new)))
                yield from branch(otherwise, lambda new: put(attrs.evolve(expr, otherwise=new)))
            case OrElse(operand):
                yield from self.of(operand, lambda new: put(attrs.evolve(expr, operand=new)), is_claim=is_claim)
            case Arithmetic(_, left, right):
                yield from self.of(left, lambda new: put(attrs.evolve(expr, left=new)), is_claim=False)
                yield from self.of(right, lambda new: put(attrs.evolve(expr, right=new)), is_claim=False)
            case Negative(operand):
                yield from self.of(operand, lambda new: put(Negative(new)), is_claim=False)
            case Call(_, arguments):
                for place, each in enumerate(arguments):
                    yield from self.of(each, _in_arguments(expr, place, put), is_claim=False)
            case IsKnown() | Literal() | Name() | Item() | SetOf():
                # What is asked to be known is not asked to hold; the codes of a set are left out where it is read.
                return
            case never:
                assert_never(never)

    def _below(self, expr: Expr, put: Put) -> Iterator[Idle]:
        """Go into a contrary: the claim in it stands for itself."""
        yield from self.of(expr, put, is_claim=True)

    def _value(self, expr: Expr, put: Put) -> Iterator[Idle]:
        yield from self.of(expr, put, is_claim=False)

    def _claim(self, expr: Expr, put: Put, values: tuple[bool, ...] = (True, False)) -> Iterator[Idle]:
        if isinstance(expr, Literal):
            return
        for value in values:
            if self._is_idle(put(_YES if value else _NO)):
                yield Idle(to_text(expr), _start(expr), value)
                return
        yield from self.of(expr, put, is_claim=True)

    def _links(self, chain: Compare, put: Put) -> Iterator[Idle]:
        """Leave out each comparison of a chain."""
        pairs = [
            Compare((left, right), (sign,))
            for left, right, sign in zip(chain.operands, chain.operands[1:], chain.comparators, strict=False)
        ]
        for place, link in enumerate(pairs if len(pairs) > 1 else ()):
            kept = (*pairs[:place], *pairs[place + 1 :])
            if self._is_idle(put(kept[0] if len(kept) == 1 else And(kept))):
                yield Idle(to_text(link), _start(chain.operands[place]), None)

    def _codes(self, expr: In, collection: SetOf, put: Put) -> Iterator[Idle]:
        """Leave out each code of a set."""
        for code in collection.elements if len(collection.elements) > 1 else ():
            kept = SetOf(tuple(each for each in collection.elements if each is not code))
            if self._is_idle(put(In(expr.element, kept))):
                yield Idle(to_text(code), _start(code) or _start(expr), None)


def _in_operands(expr: And | Or | Compare, place: int, put: Put) -> Put:
    def within(new: Expr) -> Expr:
        return put(attrs.evolve(expr, operands=(*expr.operands[:place], new, *expr.operands[place + 1 :])))

    return within


def _in_element(expr: In, put: Put) -> Put:
    def within(new: Expr) -> Expr:
        return put(attrs.evolve(expr, element=new))

    return within


def _in_arguments(expr: Call, place: int, put: Put) -> Put:
    def within(new: Expr) -> Expr:
        return put(attrs.evolve(expr, arguments=(*expr.arguments[:place], new, *expr.arguments[place + 1 :])))

    return within


def _start(expr: Expr) -> tuple[int, int] | None:
    """Give the place of a part: its own, or that of the first of its parts that has one."""
    if expr.at is not None:
        return expr.at
    return next((found for each in children(expr) if (found := _start(each)) is not None), None)
