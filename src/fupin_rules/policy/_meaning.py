"""What the names of a rule stand for, where a reader turns it into something else: facts, constants, other rules."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import TypeGuard, assert_never

import attrs

from fupin_rules.expr import (
    And,
    Arithmetic,
    Call,
    Compare,
    Declared,
    Expr,
    IfElse,
    In,
    IsKnown,
    Item,
    Kind,
    Literal,
    Name,
    Negative,
    Not,
    Or,
    OrElse,
    Quantifier,
    Role,
    SetOf,
    Value,
    children,
    name_nodes,
    walk,
)
from fupin_rules.policy._policy import Snapshot
from fupin_rules.policy._rules import Subject


@attrs.frozen
class Meaning:
    """
    What the names of an expression stand for.

    Attributes:
        facts: Facts of the subject, by path; the path is where the attribute is found.
        items: Facts of a member, likewise.
        constants: Parameters, by name, with their values.
        named: Definitions and rules, by name, with their expressions.
        on: Day of the assessment.
        members: Attribute that holds the members.
        complete: Attribute that tells whether they are all; empty where they always are.
        with_defaults: Whether `or_else` may use its default.
    """

    facts: Mapping[str, Declared]
    items: Mapping[str, Declared]
    constants: Mapping[str, Value]
    named: Mapping[str, Expr]
    on: date
    members: str = "members"
    complete: str = "members_complete"
    with_defaults: bool = True

    def declared(self, node: Name | Item) -> Declared:
        """Tell what is declared of a fact."""
        return (self.facts if isinstance(node, Name) else self.items)[node.path]

    def is_fact(self, expr: Expr) -> bool:
        """Tell whether an expression is a bare fact, of the subject or of a member."""
        return isinstance(expr, Item) or (isinstance(expr, Name) and expr.path in self.facts)

    def is_named(self, expr: Expr) -> TypeGuard[Name]:
        """Tell whether an expression is the name of a definition or a rule."""
        return isinstance(expr, Name) and expr.path in self.named

    def followed(self, expr: Expr) -> Expr:
        """Follow names of definitions and rules to what they stand for."""
        while self.is_named(expr):
            expr = self.named[expr.path]
        return expr

    def constant(self, expr: Expr) -> Value | None:
        """Give the value of a literal or a parameter, numbers as whole ones where they are; None for anything else."""
        expr = self.followed(expr)
        if isinstance(expr, Literal):
            return _exact(expr.value) if isinstance(expr.value, Decimal) else expr.value
        held = self.constants.get(expr.path) if isinstance(expr, Name) else None
        return _exact(held) if isinstance(held, Fraction) else held

    def kind(self, expr: Expr) -> Kind:
        """Tell the sort of a value; the trees are checked, so the first part that tells it does."""
        match expr:
            case Literal(value):
                return _kind_of(value)
            case Name(path) if path in self.constants:
                return _kind_of(self.constants[path])
            case Name(path) if path in self.named:
                return self.kind(self.named[path])
            case Name() | Item():
                return self.declared(expr).type.kind
            case Arithmetic() | Negative() | Call():
                return Kind.NUMBER
            case IfElse(_, then, _):
                return self.kind(then)
            case OrElse(operand, _):
                return self.kind(operand)
            case Quantifier(kind):
                return Kind.CLAIM if kind in ("any", "all") else Kind.NUMBER
            case Not() | And() | Or() | Compare() | In() | IsKnown():
                return Kind.CLAIM
            case SetOf(elements):
                return self.kind(elements[0])
            case never:
                assert_never(never)

    def reached(self, roots: Iterable[Expr]) -> Iterator[Expr]:
        """Give all trees that are read: the roots, and definitions and rules reached from them, each once."""
        waiting, seen = list(roots), set[str]()
        while waiting:
            expr = waiting.pop()
            yield expr
            for node in name_nodes(expr):
                if node.path in self.named and node.path not in seen:
                    seen.add(node.path)
                    waiting.append(self.named[node.path])

    def levels(self, roots: Iterable[Expr]) -> list[list[Quantifier]]:
        """Group quantifiers into passes over the members: one that reads the result of another comes after it."""
        depth: dict[Quantifier, int] = {}

        def of(expr: Expr) -> int:
            inner = (node for root in self.reached([expr]) for node in walk(root) if isinstance(node, Quantifier))
            return max((measure(each) for each in inner), default=0)

        def measure(quantifier: Quantifier) -> int:
            if quantifier not in depth:
                depth[quantifier] = 1 + max((of(part) for part in children(quantifier)), default=0)
            return depth[quantifier]

        for expr in roots:
            of(expr)
        levels: list[list[Quantifier]] = [[] for _ in range(max(depth.values(), default=0))]
        for quantifier, level in depth.items():
            levels[level - 1].append(quantifier)
        return levels


def _kind_of(value: object) -> Kind:
    match value:
        case bool():
            return Kind.CLAIM
        case int() | Fraction() | Decimal():
            return Kind.NUMBER
        case date():
            return Kind.DAY
        case frozenset():
            return Kind.CODES
        case _:
            return Kind.TEXT


def _exact(value: Decimal | Fraction) -> int | Fraction:
    exact = Fraction(value)
    return exact.numerator if exact.denominator == 1 else exact


def meaning_of(snapshot: Snapshot, about: Subject) -> Meaning:
    """Tell what names stand for in the rules of a snapshot about one sort of subject."""
    scope = snapshot.scope(about)
    members = scope.relations.get("members")
    named = {name: each.expr for name, each in snapshot.definitions.items() if each.subject == about}
    named |= {rule.id: rule.effective for rule in snapshot.rules_of(about)}
    return Meaning(
        facts={path: each for path, each in scope.names.items() if each.role is Role.FACT},
        items={} if members is None else members.items,
        constants={name: held.value for name, held in snapshot.parameters.items()},
        named=named,
        on=snapshot.on,
    )
