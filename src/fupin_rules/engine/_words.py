"""Values and facts in words, Chinese and English; names of persons and free texts never pass through here."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from fupin_rules.expr import Declared, Value
from fupin_rules.model import Catalogue, Field
from fupin_rules.quantities import PLAIN, said
from fupin_rules.truth import Unknown


def value_words(value: Value | Unknown, declared: Declared | None, language: str) -> str:
    """Write a value as an explanation shows it."""
    zh = language == "zh"
    match value:
        case Unknown():
            return "未知" if zh else "not known"
        case bool():
            return ("是" if value else "否") if zh else ("yes" if value else "no")
        case int() | Fraction():
            return said(value, (declared.type.unit if declared is not None else None) or PLAIN, language)
        case date():
            return value.isoformat()
        case frozenset():
            labels = sorted(_code_words(code, declared, language) for code in value)
            return ("、" if zh else ", ").join(labels) or ("无" if zh else "none")
        case str():
            return _code_words(value, declared, language)


def _code_words(code: str, declared: Declared | None, language: str) -> str:
    zh, en = (declared.code_labels if declared else {}).get(code, (code, code))
    return zh if language == "zh" else en


def fact_list(facts: tuple[str, ...], catalogue: Catalogue, language: str) -> list[str]:
    """Name facts by their labels, the path beside them for whoever enters data."""
    return [f"{catalogue.label(fact, language)} ({fact})" for fact in facts]


def options_of(field: Field) -> tuple[tuple[object, str, str], ...]:
    """List the values a fact may have, where they are few: value, Chinese, English."""
    if field.spec.code_list is not None:
        return tuple((code.value, code.zh, code.en) for code in field.spec.code_list)
    return ((True, "是", "yes"), (False, "否", "no")) if field.spec.sort.value == "flag" else ()
