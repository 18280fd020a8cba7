"""
Code lists: closed, versioned lists of codes with the national code and the labels of both languages.

A bare number is never a code: the same digits mean other things in another year's list or another place's program.
"""

from __future__ import annotations

import enum
from typing import ClassVar, Final, Self

from fupin_rules.citations import Standing

OURS: Final = "ours"


class CodeList(enum.StrEnum):
    """
    A list of codes; each member is its English name, as in plain data.

    Members are declared as `NAME = value, national_code, zh, en, *aliases`, the list as
    `class Name(CodeList, issue="2014", source="…")`. An older list of the same things says with `today=` which list
    stands in its place; its codes mean what today's codes of the same name mean, whatever their numbers.

    Attributes:
        issue: Year or years of the list, as far as they are known; empty otherwise.
        source: Where it was read, or that it is ours.
        standing: How firm that is; a list of ours is an assumption, one read elsewhere is found unless it says `local`.
        today: The list that stands in the place of an older one; None for a list of today.
        national: Code in the national system; empty where the code is ours.
        zh: Chinese label.
        en: English label.
        aliases: Other Chinese labels met on sheets.
    """

    issue: ClassVar[str]
    source: ClassVar[str]
    standing: ClassVar[Standing]
    today: ClassVar[type[CodeList] | None]
    national: str
    zh: str
    en: str
    aliases: tuple[str, ...]

    def __init_subclass__(
        cls,
        *,
        issue: str = "",
        source: str = "",
        standing: Standing | None = None,
        today: type[CodeList] | None = None,
    ) -> None:
        super().__init_subclass__()
        cls.issue = issue
        cls.source = source
        cls.standing = standing or (Standing.ASSUMPTION if source == OURS else Standing.FOUND)
        cls.today = today

    def __new__(cls, value: str, national: str, zh: str, en: str, *aliases: str) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.national = national
        member.zh = zh
        member.en = en
        member.aliases = aliases
        return member

    @classmethod
    def read(cls, value: object) -> Self:
        """
        Find a code by its English name.

        Raises:
            ValueError: There is no such code; the message lists the codes, never the value.
        """
        if isinstance(value, cls):
            return value
        if type(value) is str:
            try:
                return cls(value)  # type: ignore[call-arg]  # looks a member up, makes none
            except ValueError:
                pass  # told below, without the value
        raise ValueError(f"expected one of {', '.join(each.value for each in cls)}")

    @property
    def current(self) -> CodeList:
        """Give the code of today that means the same; the code itself where its list is of today."""
        return self if self.today is None else self.today.read(self.value)

    def label(self, language: str) -> str:
        """Give the label in `zh` or `en`."""
        return self.zh if language == "zh" else self.en
