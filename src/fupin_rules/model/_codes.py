"""
Code lists: closed, versioned lists of codes with the national code and the labels of both languages.

A bare number is never a code: the same digits mean other things in another year's list or another place's program.
"""

from __future__ import annotations

import enum
from typing import Self


class CodeList(enum.StrEnum):
    """
    A list of codes; each member is its English name, as in plain data.

    Members are declared as `NAME = value, national_code, zh, en, *aliases`.

    Attributes:
        national: Code in the national system; empty where the code is ours.
        zh: Chinese label.
        en: English label.
        aliases: Other Chinese labels met on sheets.
    """

    national: str
    zh: str
    en: str
    aliases: tuple[str, ...]

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
        for code in cls:
            if type(value) is str and code.value == value:
                return code
        raise ValueError(f"expected one of {', '.join(each.value for each in cls)}")

    def label(self, language: str) -> str:
        """Give the label in `zh` or `en`."""
        return self.zh if language == "zh" else self.en
