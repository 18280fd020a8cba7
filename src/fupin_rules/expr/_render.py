"""
Trees in words, Chinese and English, for people who never saw a rule text.

Names become their labels, codes theirs, numbers carry their unit. Words are the last step: nothing reads them back.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import assert_never

from fupin_rules.expr._functions import FUNCTIONS
from fupin_rules.expr._nodes import (
    MIRRORED,
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
from fupin_rules.expr._types import Declared, Scope
from fupin_rules.quantities import PLAIN, Unit, plain, said

_COMPARED = {
    "zh": {"<": "低于", "<=": "不高于", ">": "高于", ">=": "不低于", "==": "等于", "!=": "不等于"},
    "en": {
        "<": "is below",
        "<=": "is at most",
        ">": "is above",
        ">=": "is at least",
        "==": "is",
        "!=": "is not",
    },
}
_DAYS = {
    "zh": {"<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于", "==": "为", "!=": "不为"},
    "en": {
        "<": "is before",
        "<=": "is no later than",
        ">": "is after",
        ">=": "is no earlier than",
        "==": "is",
        "!=": "is not",
    },
}
_SIGNS = {"+": " + ", "-": " − ", "*": " × ", "/": " ÷ "}


def render(expr: Expr, scope: Scope, language: str) -> str:
    """
    Write an expression in words.

    Args:
        expr: A checked tree.
        scope: What names mean where it stands.
        language: `zh` or `en`.
    """
    return _Renderer(scope, language).words(expr)


class _Renderer:
    def __init__(self, scope: Scope, language: str) -> None:
        self.scope = scope
        self.zh = language == "zh"
        self.language = "zh" if self.zh else "en"
        self.relation = ""

    def words(self, expr: Expr) -> str:
        match expr:
            case Literal(value):
                return self.literal(value, None)
            case Name() | Item():
                return self.label(expr)
            case Not(Name() | Item() as operand):
                return f"并非「{self.words(operand)}」" if self.zh else f"not “{self.words(operand)}”"
            case Not(IsKnown(operand)):
                return f"{self.words(operand)}未知" if self.zh else f"{self.words(operand)} is not known"
            case Not(In(element, collection)):
                return self.membership(element, collection, holds=False)
            case Not(operand):
                return f"并非{self.bracketed(operand)}" if self.zh else f"not {self.bracketed(operand)}"
            case And(operands):
                return (" 且 " if self.zh else " and ").join(self.bracketed(each) for each in operands)
            case Or(operands):
                return (" 或 " if self.zh else " or ").join(self.bracketed(each) for each in operands)
            case Compare():
                return self.comparison(expr)
            case In(element, collection):
                return self.membership(element, collection, holds=True)
            case SetOf(elements):
                return ("、" if self.zh else ", ").join(self.words(each) for each in elements)
            case Arithmetic(operator, left, right):
                # A chain of sums, or of products, needs no brackets on its left.
                is_chain = isinstance(left, Arithmetic) and (left.operator in "*/" or operator in "+-")
                one = self.words(left) if is_chain else self.factor(left)
                return f"{one}{_SIGNS[operator]}{self.factor(right)}"
            case Negative(operand):
                return f"−{self.factor(operand)}"
            case IfElse(condition, then, otherwise):
                parts = self.words(condition), self.words(then), self.words(otherwise)
                return ("若{}，则{}，否则{}" if self.zh else "if {} then {}, otherwise {}").format(*parts)
            case Call(function, arguments):
                pattern = FUNCTIONS[function].zh if self.zh else FUNCTIONS[function].en
                return pattern.format(*(self.factor(each) for each in arguments))
            case IsKnown(operand):
                return f"{self.words(operand)}已知" if self.zh else f"{self.words(operand)} is known"
            case OrElse(operand, default):
                value, default_words = self.words(operand), self.words(default)
                return (
                    f"{value}（未知时按{default_words}）" if self.zh else f"{value} (where not known: {default_words})"
                )
            case Quantifier():
                return self.quantifier(expr)
            case _ as never:
                assert_never(never)

    def declared(self, expr: Expr) -> Declared | None:
        match expr:
            case Name(path):
                return self.scope.names.get(path)
            case Item(path) if self.relation:
                return self.scope.relations[self.relation].items.get(path)
            case _:
                return None

    def label(self, expr: Name | Item) -> str:
        declared = self.declared(expr)
        if declared is None:
            return expr.path
        return (declared.zh if self.zh else declared.en) or expr.path

    def literal(self, value: bool | Decimal | str | date, beside: Expr | None) -> str:
        declared = None if beside is None else self.declared(beside)
        match value:
            case bool():
                return ("是" if value else "否") if self.zh else ("yes" if value else "no")
            case Decimal():
                if isinstance(beside, Call) and beside.function == "age":
                    return f"{plain(value)}岁" if self.zh else f"{plain(value)} years"
                return said(value, self.unit_of(beside), self.language)
            case date():
                return value.isoformat()
            case str():
                zh, en = declared.code_labels.get(value, (value, value)) if declared else (value, value)
                return f"「{zh}」" if self.zh else f"“{en}”"

    def unit_of(self, expr: Expr | None) -> Unit:
        match expr:
            case Name() | Item():
                declared = self.declared(expr)
                return (declared.type.unit if declared else None) or PLAIN
            case Call(function) if FUNCTIONS[function].gives is not None:
                return FUNCTIONS[function].gives or PLAIN
            case Quantifier("count", relation):
                return self.scope.relations[relation].unit
            case _:
                return PLAIN

    def side(self, expr: Expr, beside: Expr) -> str:
        return self.literal(expr.value, beside) if isinstance(expr, Literal) else self.factor(expr)

    def comparison(self, expr: Compare) -> str:
        parts = []
        for left, comparator, right in zip(expr.operands, expr.comparators, expr.operands[1:], strict=False):
            table = (_DAYS if self.is_day(left) or self.is_day(right) else _COMPARED)[self.language]
            one, other = self.side(left, right), self.side(right, left)
            sign = table[comparator]
            if isinstance(left, Literal):
                # People name the thing before the number.
                one, other, sign = other, one, table[MIRRORED[comparator]]
            parts.append(f"{one}{sign}{other}" if self.zh else f"{one} {sign} {other}")
        return (" 且 " if self.zh else " and ").join(parts)

    def is_day(self, expr: Expr) -> bool:
        declared = self.declared(expr)
        return (isinstance(expr, Literal) and isinstance(expr.value, date)) or (
            declared is not None and declared.type.kind.value == "day"
        )

    def membership(self, element: Expr, collection: Expr, *, holds: bool) -> str:
        if isinstance(collection, SetOf):
            codes = ("、" if self.zh else ", ").join(self.literal(each.value, element) for each in collection.elements)
            what = self.factor(element)
            if self.zh:
                return f"{what}{'属于' if holds else '不属于'}{codes}"
            return f"{what} is {'' if holds else 'not '}one of {codes}"
        what, where = self.side(element, collection), self.words(collection)
        if isinstance(element, Literal):
            return (
                (f"{where}{'包括' if holds else '不包括'}{what}")
                if self.zh
                else (f"{where} {'includes' if holds else 'does not include'} {what}")
            )
        if self.zh:
            return f"{what}{'属于' if holds else '不属于'}{where}"
        return f"{what} is {'' if holds else 'not '}among {where}"

    def factor(self, expr: Expr) -> str:
        text = self.words(expr)
        return f"（{text}）" if self.zh and _is_joined(expr) else f"({text})" if _is_joined(expr) else text

    def bracketed(self, expr: Expr) -> str:
        text = self.words(expr)
        needs = isinstance(expr, (And, Or, IfElse)) or (isinstance(expr, Compare) and len(expr.comparators) > 1)
        return (f"（{text}）" if self.zh else f"({text})") if needs else text

    def quantifier(self, expr: Quantifier) -> str:
        self.relation, outer = expr.relation, self.relation
        one = self.scope.relations[expr.relation].zh if self.zh else self.scope.relations[expr.relation].en
        where = "" if expr.where is None or expr.where == Literal(True) else self.words(expr.where)
        item = "" if expr.item is None else self.words(expr.item)
        self.relation = outer
        whose = (f"（{where}的）" if where else "") if self.zh else (f" with {where}" if where else "")
        pattern = _QUANTIFIED[self.language][expr.kind]
        return pattern.format(one=one, whose=whose, item=item)


_QUANTIFIED = {
    "zh": {
        "any": "有{whose}{one}：{item}",
        "all": "所有{whose}{one}：{item}",
        "count": "{whose}{one}人数",
        "sum": "{whose}{one}的{item}之和",
        "min": "{whose}{one}的{item}最小值",
        "max": "{whose}{one}的{item}最大值",
    },
    "en": {
        "any": "some {one}{whose}: {item}",
        "all": "every {one}{whose}: {item}",
        "count": "number of {one}s{whose}",
        "sum": "sum over {one}s{whose} of {item}",
        "min": "least over {one}s{whose} of {item}",
        "max": "greatest over {one}s{whose} of {item}",
    },
}


def _is_joined(expr: Expr) -> bool:
    return isinstance(expr, (Arithmetic, And, Or, Not, IfElse, Compare, In))
