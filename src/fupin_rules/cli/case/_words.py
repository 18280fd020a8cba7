"""Parts of cases and entries in the words of their procedure, for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fupin_rules.cli.case._named import Named, label
from fupin_rules.workflow import EventType, Field, FieldKind, Procedure

_SHORT = 20


def words_of(parts: Mapping[str, Named], name: object, language: str) -> str:
    """Name a part of a procedure; by its id where the procedure does not know it, or has no label for it."""
    part = parts.get(str(name))
    return (label(part, language) if part is not None else "") or str(name)


def joined_words(texts: Sequence[str], language: str) -> str:
    """Write several things one after another."""
    return ("、" if language == "zh" else ", ").join(texts)


def value_words(procedure: Procedure, field: Field | None, value: object, language: str) -> str:
    """Write what an event or a case holds in a field; of a digest only the beginning."""
    zh = language == "zh"
    if isinstance(value, bool):
        return {True: "是" if zh else "yes", False: "否" if zh else "no"}[value]
    if isinstance(value, date):
        return value.isoformat()
    if field is None:
        return str(value)
    match field.kind:
        case FieldKind.CODE:
            codes = {code.id: code for code in procedure.list[field.list].codes}
            return words_of(codes, value, language)
        case FieldKind.DIGEST:
            return f"{str(value)[:_SHORT]}…"
        case _:
            return str(value)


def data_words(procedure: Procedure, kind: EventType | None, data: Mapping[str, Any], language: str) -> list[str]:
    """Write what an event carries, field by field."""
    fields = {} if kind is None else {field.id: field for field in kind.fields}
    # Entries keep keys by the alphabet; people read them as the procedure orders them.
    order = {name: place for place, name in enumerate(fields)}
    sign = "：" if language == "zh" else ": "
    return [
        f"{words_of(fields, name, language)}{sign}{value_words(procedure, fields.get(name), value, language)}"
        for name, value in sorted(data.items(), key=lambda each: (order.get(each[0], len(order)), each[0]))
    ]


def brought_words(fields: Sequence[Field], evidence: Sequence[Named], language: str) -> str:
    """Name what an event has to carry and to bring, with the ids that `--data` and `--evidence` take."""
    zh = language == "zh"
    optional = "可不填" if zh else "if any"
    carried = [_asked(each, language, "" if each.required else optional) for each in fields]
    brought = [_asked(each, language, "") for each in evidence]
    parts = []
    if carried:
        parts.append(("数据：" if zh else "data: ") + joined_words(carried, language))
    if brought:
        parts.append(("证据：" if zh else "evidence: ") + joined_words(brought, language))
    return ("；" if zh else "; ").join(parts)


def _asked(part: Named, language: str, more: str) -> str:
    zh = language == "zh"
    words = [label(part, language)] if zh or part.id.replace("_", " ") != part.en else []
    words += [more] if more else []
    if not words:
        return part.id
    return f"{part.id}（{'，'.join(words)}）" if zh else f"{part.id} ({', '.join(words)})"


_VERDICTS = {
    "eligible": ("符合条件", "eligible"),
    "ineligible": ("不符合条件", "ineligible"),
    "met": ("达到退出标准", "the standard of exit is met"),
    "not_met": ("未达到退出标准", "the standard of exit is not met"),
    "undetermined": ("尚不能确定", "undetermined"),
}


def verdict_words(outcome: str, language: str) -> str:
    """Say the outcome of an assessment."""
    return _VERDICTS.get(outcome, (outcome, outcome))[0 if language == "zh" else 1]
