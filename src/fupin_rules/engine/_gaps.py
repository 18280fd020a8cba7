"""What is short of a guarantee that is not met: an amount, members, or the fact itself."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import attrs

from fupin_rules.expr import (
    And,
    Compare,
    Expr,
    IfElse,
    Name,
    Quantifier,
    check,
    evaluate,
    render,
)
from fupin_rules.policy import Reading, Rule
from fupin_rules.quantities import PLAIN, Unit, said
from fupin_rules.truth import Unknown


@attrs.frozen
class Gap:
    """
    A guarantee that is not met, with what it is short of.

    Attributes:
        rule: Id of the exit rule.
        label_zh: Its label in Chinese.
        label_en: Its label in English.
        zh: What is short, in Chinese.
        en: What is short, in English ("312.50 yuan/person/year short").
        amount: How much is short, where the guarantee is one comparison of numbers.
        unit: Unit of the amount.
        members: Ids of the members for whom it is not met.
    """

    rule: str
    label_zh: str
    label_en: str
    zh: str
    en: str
    amount: Fraction | None = None
    unit: Unit | None = None
    members: tuple[str, ...] = ()

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold; the amount is exact, as text."""
        return {
            "rule": self.rule,
            "zh": self.zh,
            "en": self.en,
            "amount": None if self.amount is None else str(self.amount),
            "unit": None if self.unit is None else str(self.unit),
            "members": list(self.members),
        }


def gap_of(rule: Rule, reading: Reading) -> Gap:
    """Tell what a failed rule is short of."""
    pieces = list(_pieces(rule.when, rule, reading))
    amounts = [(piece.amount, piece.unit) for piece in pieces if piece.amount is not None]
    amount, unit = amounts[0] if len(pieces) == 1 and amounts else (None, None)
    members = tuple(dict.fromkeys(each for piece in pieces for each in piece.members))
    zh, en = "；".join(each.zh for each in pieces), "; ".join(each.en for each in pieces)
    return Gap(rule.id, rule.zh, rule.en, zh, en, amount, unit, members)


@attrs.frozen
class _Piece:
    zh: str
    en: str
    amount: Fraction | None = None
    unit: Unit | None = None
    members: tuple[str, ...] = ()


def _pieces(expr: Expr, rule: Rule, reading: Reading) -> Iterator[_Piece]:
    """Go down to the failed parts of a failed claim."""
    match expr:
        case And(operands):
            for operand in operands:
                if evaluate(operand, reading) is False:
                    yield from _pieces(operand, rule, reading)
        case IfElse(condition, then, otherwise) if isinstance(chosen := evaluate(condition, reading), bool):
            yield from _pieces(then if chosen else otherwise, rule, reading)
        case Name(path) if path in reading.snapshot.definitions:
            yield from _pieces(reading.snapshot.definitions[path].expr, rule, reading)
        case Compare((left, right), ("<" | "<=" | ">" | ">=" as comparator,)):
            piece = _shortfall(left, comparator, right, rule, reading)
            yield piece if piece is not None else _said(expr, rule, reading)
        case Quantifier("all"):
            yield _of_members(expr, rule, reading)
        case _:
            yield _said(expr, rule, reading)


def _said(expr: Expr, rule: Rule, reading: Reading) -> _Piece:
    scope = reading.snapshot.scope(rule.subject)
    return _Piece(f"未达到：{render(expr, scope, 'zh')}", f"not so: {render(expr, scope, 'en')}")


def _shortfall(left: Expr, comparator: str, right: Expr, rule: Rule, reading: Reading) -> _Piece | None:
    one, other = evaluate(left, reading), evaluate(right, reading)
    if isinstance(one, (bool, Unknown)) or not isinstance(one, (int, Fraction)):
        return None
    if isinstance(other, (bool, Unknown)) or not isinstance(other, (int, Fraction)):
        return None
    unit = check(left, reading.snapshot.scope(rule.subject)).unit
    # Measured at the side that is read first: how far it must move, up or down.
    amount = Fraction(other - one) if comparator in (">", ">=") else Fraction(one - other)
    if amount == 0:
        return _Piece("恰在线上，须超出", "exactly on the line; it must be passed", amount, unit)
    zh, en = said(amount, unit or PLAIN, "zh"), said(amount, unit or PLAIN, "en")
    if comparator in (">", ">="):
        return _Piece(f"还差{zh}", f"{en} short", amount, unit)
    return _Piece(f"超出{zh}", f"{en} too much", amount, unit)


def _of_members(expr: Quantifier, rule: Rule, reading: Reading) -> _Piece:
    failing = []
    for member in reading.roster(expr.relation).items:
        keep = True if expr.where is None else evaluate(expr.where, reading, member)
        if keep is True and expr.item is not None and evaluate(expr.item, reading, member) is False:
            # The name of any fact carries the member's id.
            failing.append(member.name("id").removeprefix("members[").partition("]")[0])
    listed_zh, listed_en = "、".join(failing), ", ".join(failing)
    return _Piece(
        f"成员{listed_zh}未达到" if failing else f"未达到：{rule.zh}",
        f"not so for member {listed_en}" if failing else f"not so: {rule.en}",
        members=tuple(failing),
    )
