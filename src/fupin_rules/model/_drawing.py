"""
What is to be seen of a household, a member, a village or an area: the facts that are known, by their labels.

Personal facts are told to be held, and never shown; of free texts, the names of places alone are.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Final

import attrs

from fupin_rules.markup import Drawing, Node, Part, listed
from fupin_rules.model._codes import CodeList
from fupin_rules.model._fields import SPEC, FieldSpec, Sensitivity, Sort
from fupin_rules.quantities import said
from fupin_rules.truth import NotKnown

# Where a household lies tells no more than a list of villages does.
_PLACES: Final = {"province", "city", "county", "township", "village", "name", "area_code"}
_OWNERS: Final = {
    "Household": ("农户", "household"),
    "Member": ("成员", "member"),
    "Village": ("村", "village"),
    "Area": ("区域", "area"),
}
_GROUPS: Final = {
    "": ("基本情况", "basics"),
    "income": ("收入", "income"),
    "production": ("生产条件", "production"),
    "living": ("生活条件", "living"),
    "assets": ("资产", "assets"),
    "relocation": ("易地搬迁", "relocation"),
    "monitoring": ("监测", "monitoring"),
}


def fact_words(value: Any, spec: FieldSpec, language: str) -> str:
    """Write a known value as the model stores it; a text has no words of its own."""
    zh = language == "zh"
    match value:
        case bool():
            return ("是" if value else "否") if zh else ("yes" if value else "no")
        case Decimal():
            return said(value, spec.unit, language)
        case CodeList():
            return value.label(language)
        case frozenset():
            labels = sorted(code.label(language) for code in value)
            return ("、" if zh else ", ").join(labels) or ("无" if zh else "none")
        case date():
            return value.isoformat()
        case _:
            return "已填" if zh else "entered"


def draw_known(self: Any, language: str = "zh") -> Drawing:
    """
    Tell what is to be seen of it, in `zh` or `en`: the facts that are known (`drawing` of the classes of subjects).

    Personal facts (names, numbers, days of birth, health) are told to be held, and never shown.
    """
    place = 0 if language == "zh" else 1
    lines: dict[str, list[str]] = {}
    for group, line in _known(self, language):
        lines.setdefault(group, []).append(line)
    members = getattr(self, "members", ())
    people = tuple(
        Node(_named(each, language), tuple(Node(line) for _, line in _known(each, language))) for each in members
    )
    count = sum(map(len, lines.values())) + sum(len(each.inner) for each in people)
    roster = f"成员（{len(people)}）" if language == "zh" else f"members ({len(people)})"
    basics, *groups = (listed(title[place], lines.get(group, ())) for group, title in _GROUPS.items())
    parts = (basics, Part(roster, people), *groups)
    return Drawing(language, _named(self, language), remarks=(_counted(count, language),), parts=parts)


def _named(owner: Any, language: str) -> str:
    zh, en = _OWNERS[type(owner).__name__]
    return f"{zh}{owner.id}" if language == "zh" else f"{en} {owner.id}"


def _counted(count: int, language: str) -> str:
    if language == "zh":
        return f"已知事实{count}项；涉及个人的只注明已填，不显示"
    return f"{count} {'fact is' if count == 1 else 'facts are'} known; personal ones are held, and not shown"


def _known(owner: Any, language: str, group: str = "") -> Iterator[tuple[str, str]]:
    """Give the facts that are known, each with the group it stands in."""
    for field in attrs.fields(type(owner)):
        value = getattr(owner, field.name)
        spec: FieldSpec | None = field.metadata.get(SPEC)
        if spec is None:
            if field.name in _GROUPS:
                yield from _known(value, language, field.name)
        elif value is not None and not isinstance(value, NotKnown):
            label = spec.zh if language == "zh" else spec.en
            yield group, f"{label}{'：' if language == 'zh' else ': '}{_shown(field.name, value, spec, language)}"


def _shown(name: str, value: Any, spec: FieldSpec, language: str) -> str:
    if spec.sensitivity is not Sensitivity.NONE:
        return "已填，不显示" if language == "zh" else "held, not shown"
    return str(value) if spec.sort is Sort.TEXT and name in _PLACES else fact_words(value, spec, language)
