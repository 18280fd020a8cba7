"""What the rules of a snapshot read of a subject, and which way each fact leans an outcome."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any, Final

import attrs

from fupin_rules.expr import (
    And,
    Arithmetic,
    Compare,
    Expr,
    IfElse,
    In,
    IsKnown,
    Item,
    Literal,
    Name,
    Not,
    Or,
    OrElse,
    Quantifier,
    SetOf,
    walk,
)
from fupin_rules.model import AnySubject, Field, Sort, catalogue, read_value
from fupin_rules.policy import SUBJECT_CLASSES, RuleKind, Snapshot, Subject
from fupin_rules.testing.strategies._values import ordinary_bounds

MEMBERS = "members_complete"


def subject_named(cls: type[AnySubject]) -> Subject:
    """Give the subject of rules that a class of the model is."""
    return next(subject for subject, each in SUBJECT_CLASSES.items() if each is cls)


@attrs.frozen
class Read:
    """
    What the rules about one subject read, in the order of the catalogue.

    Attributes:
        fields: Facts of the subject, by path.
        members: Facts of each member, by path.
        roster: Whether they range over the members.
    """

    fields: Mapping[str, Field] = attrs.field(hash=False)
    members: Mapping[str, Field] = attrs.field(hash=False)
    roster: bool


def claims_of(rules: Snapshot, subject: Subject) -> Iterator[Expr]:
    """Give what every rule about a subject claims, definitions put in, exceptions beside what they except from."""
    for rule in rules.rules_of(subject):
        yield rules.inline(rule.when)
        yield from (rules.inline(each.when) for each in rule.unless)


def read_of(expr: Expr, cls: type[AnySubject]) -> Read:
    """Tell what one inlined expression reads."""
    known = catalogue(cls)
    nodes = list(walk(expr))
    named = {node.path for node in nodes if isinstance(node, Name)}
    items = {node.path for node in nodes if isinstance(node, Item)}
    return Read(
        {path: field for path, field in known.fields.items() if path in named},
        {path: field for path, field in known.members.items() if path in items},
        any(isinstance(node, Quantifier) for node in nodes),
    )


def read_by(rules: Snapshot, cls: type[AnySubject]) -> Read:
    """Tell what the rules of a snapshot read of a subject, for outcomes and for the order among the eligible."""
    subject = subject_named(cls)
    kept = rules.kept.setdefault(("testing", "read", subject), None)
    if kept is None:
        ranking = rules.ranking(subject)
        breaks = [rules.inline(each.by) for each in ranking.tie_breaks] if ranking is not None else []
        kept = read_of(_joined([*claims_of(rules, subject), *breaks]), cls)
        if kept.roster and MEMBERS in catalogue(cls).fields:
            kept = attrs.evolve(kept, fields={MEMBERS: catalogue(cls).fields[MEMBERS], **kept.fields})
        rules.kept["testing", "read", subject] = kept
    found: Read = kept
    return found


def _joined(exprs: list[Expr]) -> Expr:
    # Only walked, never evaluated: what stands in it need not be claims.
    return And(tuple(exprs))


@attrs.frozen
class Leanings:
    """
    Values that help an outcome to come out as yes, by path; what helps and hinders both is left out.

    Attributes:
        fields: Of facts of the subject.
        members: Of facts of each member.
    """

    fields: Mapping[str, tuple[Any, ...]]
    members: Mapping[str, tuple[Any, ...]]


OUTCOMES: Final = (RuleKind.ELIGIBILITY, RuleKind.EXIT)
"""The kinds of rules that decide an outcome."""


def outcome_claim(rules: Snapshot, subject: Subject, kind: RuleKind) -> Expr:
    """Give the claim of an outcome, with rules and definitions put in; some rule must decide it."""
    return rules.inline(rules.eligible_expr(subject) if kind is RuleKind.ELIGIBILITY else rules.exit_expr(subject))


def leanings(rules: Snapshot, cls: type[AnySubject], kind: RuleKind) -> Leanings:
    """Tell which values help a subject to be eligible, or to meet the guarantees; some rule must decide it."""
    subject = subject_named(cls)
    key = ("testing", "leanings", subject, kind)
    if key not in rules.kept:
        rules.kept[key] = leanings_of(outcome_claim(rules, subject, kind), cls, helps=True)
    found: Leanings = rules.kept[key]
    return found


def leanings_of(claim: Expr, cls: type[AnySubject], *, helps: bool) -> Leanings:
    """Tell which values help an inlined claim to hold, or to fail."""
    wanted: dict[tuple[bool, str], list[set[Any]]] = defaultdict(list)
    known = catalogue(cls)
    for is_item, path, values in _helping(claim, helps=helps):
        field = (known.members if is_item else known.fields).get(path)
        if field is not None:
            wanted[is_item, path].append(_values(field, values))
    agreed = {key: set.intersection(*each) for key, each in wanted.items()}
    fields, members = (
        {path: _as_values(values) for (item, path), values in agreed.items() if item is is_item and values}
        for is_item in (False, True)
    )
    return Leanings(fields, members)


def _as_values(values: set[Any]) -> tuple[Any, ...]:
    return tuple(sorted(values, key=str))


_Wanted = set[Any] | frozenset[Any] | bool


def _values(field: Field, wanted: _Wanted) -> set[Any]:
    """Give the values wanted: those of a set, all but those of a frozen set, the least (False) or most (True)."""
    if isinstance(wanted, bool):
        return {ordinary_bounds(field)[wanted]} if field.spec.sort is Sort.NUMBER else set()
    if isinstance(wanted, frozenset):
        return {code.value for code in field.spec.code_list or ()} - wanted
    return {each for each in wanted if not isinstance(each, Decimal) or _is_held(field, each)}


def _is_held(field: Field, number: Decimal) -> bool:
    """Tell whether the model takes a number that a rule names: the checker lets a rule name any."""
    try:
        read_value(field.spec, number)
    except ValueError:
        return False
    return True


def _helping(expr: Expr, *, helps: bool) -> Iterator[tuple[bool, str, _Wanted]]:
    """Give what each fact had best be for a claim to hold, or to fail."""
    match expr:
        case Name(path) | Item(path):
            yield isinstance(expr, Item), path, {helps}
        case Not(operand):
            yield from _helping(operand, helps=not helps)
        case And(operands) | Or(operands):
            for each in operands:
                yield from _helping(each, helps=helps)
        case OrElse(operand, _):
            yield from _helping(operand, helps=helps)
        case In((Name(path) | Item(path)) as read, SetOf(elements)):
            codes = {each.value for each in elements}
            yield isinstance(read, Item), path, codes if helps else frozenset(codes)
        case Compare(((Name(path) | Item(path)) as read, Literal(str() as code)), ("==" | "!=" as sign,)):
            is_wanted = (sign == "==") is helps
            yield isinstance(read, Item), path, {code} if is_wanted else frozenset({code})
        case Compare(((Name(path) | Item(path)) as read, Literal(Decimal() as number)), ("==" | "!=" as sign,)):
            yield isinstance(read, Item), path, {number} if (sign == "==") is helps else set()
        case In(Literal(code), (Name(path) | Item(path)) as read):
            yield isinstance(read, Item), path, {(code,)} if helps else {()}
        case Compare((left, right), ("<" | "<=" | ">" | ">=" as sign,)):
            yield from _amounts(left, more=(sign in {">", ">="}) is helps)
            yield from _amounts(right, more=(sign in {"<", "<="}) is helps)
        case IsKnown((Name(path) | Item(path)) as read):
            yield isinstance(read, Item), path, set() if helps else {None}
        case Quantifier("any" | "all" as kind, _, item, where):
            if item is not None:
                yield from _helping(item, helps=helps)
            if where is not None:
                yield from _helping(where, helps=helps if kind == "any" else not helps)
        case IfElse(condition, then, otherwise):
            yield from _unclear(condition)
            yield from _helping(then, helps=helps)
            yield from _helping(otherwise, helps=helps)
        case _:
            yield from _unclear(expr)


def _amounts(expr: Expr, *, more: bool) -> Iterator[tuple[bool, str, _Wanted]]:
    match expr:
        case Name(path) | Item(path):
            yield isinstance(expr, Item), path, more
        case Arithmetic("+", left, right):
            yield from _amounts(left, more=more)
            yield from _amounts(right, more=more)
        case Arithmetic("-", left, right):
            yield from _amounts(left, more=more)
            yield from _amounts(right, more=not more)
        case Quantifier("count", _, _, where) if where is not None:
            yield from _helping(where, helps=more)
        case Arithmetic("/", left, right):
            yield from _amounts(left, more=more)
            yield from _unclear(right)
        case _:
            yield from _unclear(expr)


def _unclear(expr: Expr) -> Iterator[tuple[bool, str, _Wanted]]:
    for node in walk(expr):
        if isinstance(node, (Name, Item)):
            yield isinstance(node, Item), node.path, set()
