"""Edits of a policy on a day: one thing changed, everything else as it was."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import attrs

from fupin_rules.citations import Citation, Source, Standing
from fupin_rules.expr import (
    And,
    Arithmetic,
    Compare,
    Expr,
    IfElse,
    In,
    Literal,
    Not,
    Or,
    OrElse,
    Quantifier,
    SetOf,
    parse,
)
from fupin_rules.expr._nodes import Comparator
from fupin_rules.policy import Policy, Rule, Snapshot, Unless

SOURCE = Citation(Source("edit", "修改", "an edit", Standing.ASSUMPTION))


def _again(snapshot: Snapshot, policy: Policy) -> Snapshot:
    return Snapshot(policy, snapshot.on, snapshot.parameters)


def with_rules(snapshot: Snapshot, change: Callable[[Rule], Rule | None]) -> Snapshot:
    """Change or drop rules."""
    rules = tuple(changed for rule in snapshot.rules if (changed := change(rule)) is not None)
    policy = attrs.evolve(snapshot.policy, rules=rules)
    rankings = {
        about: attrs.evolve(each, order=tuple(name for name in each.order if name in {rule.id for rule in rules}))
        for about, each in policy.rankings.items()
    }
    return _again(snapshot, attrs.evolve(policy, rankings=MappingProxyType(rankings)))


def without_rule(snapshot: Snapshot, name: str) -> Snapshot:
    """Drop a rule."""
    assert name in snapshot.rules_by_id
    return with_rules(snapshot, lambda rule: None if rule.id == name else rule)


def with_rule(snapshot: Snapshot, name: str, when: str | Expr) -> Snapshot:
    """Give a rule another claim."""
    assert name in snapshot.rules_by_id
    tree = parse(when) if isinstance(when, str) else when
    return with_rules(snapshot, lambda rule: attrs.evolve(rule, when=tree) if rule.id == name else rule)


def with_exceptions(snapshot: Snapshot, name: str, unless: tuple[Unless, ...]) -> Snapshot:
    """Give an exclusion other exceptions."""
    return with_rules(snapshot, lambda rule: attrs.evolve(rule, unless=unless) if rule.id == name else rule)


def with_exception(snapshot: Snapshot, name: str, when: str) -> Snapshot:
    """Give an exclusion one exception, in the place of what it has."""
    return with_exceptions(snapshot, name, (Unless("edit", "修改", "an edit", parse(when), SOURCE),))


def with_definition(snapshot: Snapshot, name: str, value: str) -> Snapshot:
    """Give a definition another value."""
    held = dict(snapshot.definitions)
    held[name] = attrs.evolve(held[name], expr=parse(value))
    return _again(snapshot, attrs.evolve(snapshot.policy, definitions=MappingProxyType(held)))


def with_number(snapshot: Snapshot, name: str, value: int | Decimal | Fraction) -> Snapshot:
    """Give a parameter another value."""
    return snapshot.with_parameter(source=SOURCE, **{name: value})


# -- edits of one place in a tree ------------------------------------------------------------------------------------

_BESIDE: Mapping[Comparator, Comparator] = MappingProxyType(
    {"<": "<=", "<=": "<", ">": ">=", ">=": ">", "==": "!=", "!=": "=="}
)


def edited(expr: Expr) -> Iterator[Expr]:
    """Give a tree with one place changed: a comparison, a number, a negation, a listed code, one of several parts."""
    match expr:
        case Compare(operands, (comparator, *more)):
            yield attrs.evolve(expr, comparators=(_BESIDE[comparator], *more))
            yield from (attrs.evolve(expr, operands=each) for each in _parts(operands))
        case Literal(Decimal() as number):
            yield Literal(number + 1)
        case Literal(bool() as value):
            yield Literal(not value)
        case In(element, SetOf(elements)) if len(elements) > 1:
            yield In(element, SetOf(elements[1:]))
            yield Not(expr)
        case In():
            yield Not(expr)
        case Not(operand):
            yield operand
            yield from (Not(each) for each in edited(operand))
        case And(operands) | Or(operands):
            yield operands[0]
            yield operands[-1]
            yield Or(operands) if isinstance(expr, And) else And(operands)
            yield from (attrs.evolve(expr, operands=each) for each in _parts(operands))
        case Arithmetic(operator, left, right):
            yield from (Arithmetic(operator, each, right) for each in edited(left))
            yield from (Arithmetic(operator, left, each) for each in edited(right))
        case IfElse(condition, then, otherwise):
            yield IfElse(condition, otherwise, then)
            yield from (IfElse(each, then, otherwise) for each in edited(condition))
        case Quantifier(kind, relation, item, where):
            if item is not None:
                yield from (Quantifier(kind, relation, each, where) for each in edited(item))
            if where is not None:
                yield Quantifier(kind, relation, item)
                yield from (Quantifier(kind, relation, item, each) for each in edited(where))
        case OrElse(operand, default, because):
            yield operand
            yield from (OrElse(operand, each, because) for each in edited(default))
        case _:
            pass


def _parts(operands: tuple[Expr, ...]) -> Iterator[tuple[Expr, ...]]:
    for place, operand in enumerate(operands):
        for each in edited(operand):
            yield (*operands[:place], each, *operands[place + 1 :])
