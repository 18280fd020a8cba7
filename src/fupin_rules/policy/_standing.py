"""
How firm an outcome is: the weakest standing among the sources of its settled part.

A claim that failed rests on its firmest single sufficient reason; a claim that holds, or is open, rests on all that
count. One function for all readers: it walks the same trees they read.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import assert_never

from fupin_rules.citations import Citation, Standing, weakest
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
    evaluate,
)
from fupin_rules.policy._judge import Reading
from fupin_rules.policy._rules import Rule
from fupin_rules.truth import Unknown


def standing_of(expr: Expr, reading: Reading) -> Standing | None:
    """Find the weakest standing that the value of an expression rests on; None when it rests on facts alone."""
    match expr:
        case Name(path):
            return _of_name(path, reading)
        case Not(operand):
            return standing_of(operand, reading)
        case And(operands):
            return _of_junction(operands, reading, decisive=False)
        case Or(operands):
            return _of_junction(operands, reading, decisive=True)
        case IfElse(condition, then, otherwise):
            chosen = evaluate(condition, reading)
            counted = (
                [condition, then, otherwise]
                if isinstance(chosen, Unknown)
                else [condition, then if chosen else otherwise]
            )
            return _all(counted, reading)
        case Quantifier() | OrElse():
            return _names_within(expr, reading)
        case Literal() | Item() | Compare() | In() | SetOf() | Arithmetic() | Negative() | Call() | IsKnown():
            return _all(children(expr), reading)
        case never:
            assert_never(never)


def _all(operands: Iterable[Expr], reading: Reading) -> Standing | None:
    return weakest(each for each in (standing_of(operand, reading) for operand in operands) if each is not None)


def _of_junction(operands: tuple[Expr, ...], reading: Reading, *, decisive: bool) -> Standing | None:
    valued = [(operand, evaluate(operand, reading)) for operand in operands]
    reasons = [operand for operand, value in valued if value is decisive]
    if reasons:
        found = [standing_of(operand, reading) for operand in reasons]
        return None if None in found else max(each for each in found if each is not None)
    return _all(operands, reading)


def _of_name(path: str, reading: Reading) -> Standing | None:
    snapshot = reading.snapshot
    if path in snapshot.parameters:
        return snapshot.parameters[path].dated.citation.standing
    if path in snapshot.definitions:
        definition = snapshot.definitions[path]
        return _with(definition.citation, standing_of(definition.expr, reading))
    rule = snapshot.rules_by_id.get(path)
    return None if rule is None else _of_rule(rule, reading)


def _of_rule(rule: Rule, reading: Reading) -> Standing | None:
    hit = _with(rule.citation, standing_of(rule.when, reading))
    if not rule.unless:
        return hit
    exceptions = [
        (evaluate(each.when, reading), _with(each.citation, standing_of(each.when, reading))) for each in rule.unless
    ]
    held = [standing for value, standing in exceptions if value is True]
    value = evaluate(rule.effective, reading)
    if value is False:
        # Either "not hit" or any exception that held is reason enough: the firmest counts.
        enough = held + ([hit] if evaluate(rule.when, reading) is False else [])
        return max(enough)
    return weakest([hit, *(standing for _, standing in exceptions)])


def _with(citation: Citation, inner: Standing | None) -> Standing:
    return citation.standing if inner is None else min(citation.standing, inner)


def _names_within(expr: Expr, reading: Reading) -> Standing | None:
    # Members are not told apart: everything that a quantifier reads counts.
    found: list[Standing] = []
    for child in children(expr):
        inner = _of_name(child.path, reading) if isinstance(child, Name) else _names_within(child, reading)
        if inner is not None:
            found.append(inner)
    return weakest(found)
