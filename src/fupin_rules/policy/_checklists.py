"""Checklists: templates whose items say whether having or lacking a thing counts, and may still be open slots."""

from __future__ import annotations

import enum

import attrs

from fupin_rules.citations import Citation
from fupin_rules.policy._rules import Subject


class Counts(enum.StrEnum):
    """Which finding about an item counts."""

    HAVING = "having"
    """Having it is a guarantee of exit: the item describes a village that has arrived (有)."""
    LACKING = "lacking"
    """Lacking it is a condition of being identified: the item describes a deficit (无)."""


@attrs.frozen
class ChecklistItem:
    """
    One item of a checklist: a rule of the same id, or a slot that nobody has filled and that decides nothing.

    Attributes:
        id: Unique within a policy; the id of its rule, once there is one.
        zh: What is had or lacked, in Chinese.
        en: The same in English.
        counts: Whether having or lacking it counts.
        is_open: Whether it is a slot without a test, which is no rule.
        citation: Where it comes from.
        pack: Pack that wrote it last.
        note_zh: What a reader should know, in Chinese.
        note_en: The same in English.
    """

    id: str
    zh: str
    en: str
    counts: Counts
    is_open: bool
    citation: Citation
    pack: str
    note_zh: str = ""
    note_en: str = ""

    def label(self, language: str) -> str:
        """Give the label in `zh` or `en`."""
        return self.zh if language == "zh" else self.en


@attrs.frozen
class Checklist:
    """
    A named list of items about one subject.

    Attributes:
        id: Unique within a policy.
        subject: Whom it is about.
        zh: Name in Chinese.
        en: Name in English.
        items: In the order of the list; filled ones are rules of the policy.
        citation: Where it comes from.
        pack: Pack that declares it.
        note_zh: What a reader should know, in Chinese.
        note_en: The same in English.
    """

    id: str
    subject: Subject
    zh: str
    en: str
    items: tuple[ChecklistItem, ...]
    citation: Citation
    pack: str
    note_zh: str = ""
    note_en: str = ""

    @property
    def open_items(self) -> tuple[ChecklistItem, ...]:
        """Give the slots that nobody has filled yet."""
        return tuple(item for item in self.items if item.is_open)

    def label(self, language: str) -> str:
        """Give the name in `zh` or `en`."""
        return self.zh if language == "zh" else self.en
