"""Walking expression trees: children, all nodes, names read, parts replaced."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import assert_never

import attrs

from fupin_rules.expr._nodes import (
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
)


def children(expr: Expr) -> tuple[Expr, ...]:
    """
    Give the parts of a node, in reading order.

    >>> children(Not(Name("a")))
    (Name(path='a'),)
    """
    match expr:
        case Literal() | Name() | Item():
            return ()
        case Not(operand) | Negative(operand) | IsKnown(operand):
            return (operand,)
        case And(operands) | Or(operands) | Compare(operands):
            return operands
        case In(element, collection):
            return (element, collection)
        case SetOf(elements):
            return elements
        case Arithmetic(_, left, right):
            return (left, right)
        case IfElse(condition, then, otherwise):
            return (condition, then, otherwise)
        case Call(_, arguments):
            return arguments
        case OrElse(operand, default):
            return (operand, default)
        case Quantifier(_, _, item, where):
            return tuple(part for part in (item, where) if part is not None)
        case _ as never:
            assert_never(never)


def walk(expr: Expr) -> Iterator[Expr]:
    """
    Give a node and all nodes below it, each visit counted, parents first.

    >>> sum(1 for _ in walk(And((Name("a"), Name("a")))))
    3
    """
    waiting = [expr]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(children(node)))


def name_nodes(expr: Expr) -> list[Name]:
    """
    Give the names that an expression reads of its subject, each as often as it stands there.

    >>> [each.path for each in name_nodes(And((Name("b"), Name("a"), Name("b"))))]
    ['b', 'a', 'b']
    """
    return [node for node in walk(expr) if isinstance(node, Name)]


def names(expr: Expr) -> frozenset[str]:
    """
    Name the facts, definitions, parameters and rules that an expression reads of its subject.

    >>> sorted(names(And((Name("b"), Name("a")))))
    ['a', 'b']
    """
    return frozenset(node.path for node in name_nodes(expr))


def uses(expr: Expr, kind: type[Expr]) -> bool:
    """
    Tell whether an expression has a node of a kind.

    >>> uses(Not(Name("a")), IsKnown)
    False
    """
    return any(isinstance(node, kind) for node in walk(expr))


def substitute(expr: Expr, replacements: Mapping[str, Expr]) -> Expr:
    """
    Put expressions in the place of names.

    >>> substitute(Not(Name("a")), {"a": Literal(True)})
    Not(operand=Literal(value=True))
    """
    if isinstance(expr, Name):
        return replacements.get(expr.path, expr)
    return rebuilt(expr, lambda part: substitute(part, replacements))


def rebuilt(expr: Expr, part: Callable[[Expr], Expr]) -> Expr:
    """
    Give a node of the same sort over other parts.

    Args:
        expr: The node.
        part: Gives what stands in the place of each of its parts; the literals of a set stay.

    >>> rebuilt(Not(Name("a")), lambda part: Literal(True))
    Not(operand=Literal(value=True))
    """
    match expr:
        case Name() | Literal() | Item() | SetOf():
            return expr
        case Not(operand) | Negative(operand) | IsKnown(operand):
            return attrs.evolve(expr, operand=part(operand))
        case And(operands) | Or(operands) | Compare(operands):
            return attrs.evolve(expr, operands=tuple(part(each) for each in operands))
        case In(element, collection):
            replaced = part(collection)
            assert isinstance(replaced, (SetOf, Name, Item))
            return attrs.evolve(expr, element=part(element), collection=replaced)
        case Arithmetic(_, left, right):
            return attrs.evolve(expr, left=part(left), right=part(right))
        case IfElse(condition, then, otherwise):
            return attrs.evolve(expr, condition=part(condition), then=part(then), otherwise=part(otherwise))
        case Call(_, arguments):
            return attrs.evolve(expr, arguments=tuple(part(each) for each in arguments))
        case OrElse(operand, default):
            return attrs.evolve(expr, operand=part(operand), default=part(default))
        case Quantifier(_, _, item, where):
            return attrs.evolve(
                expr, item=None if item is None else part(item), where=None if where is None else part(where)
            )
        case _ as never:
            assert_never(never)
