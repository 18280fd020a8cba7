"""
Personal texts that mask themselves: names, identity numbers, phones, bank accounts.

`repr`, `str`, f-strings, logs, tracebacks and test reports all show the mask; only `.reveal()` gives the text. Hiding
the field in the `repr` of its owner would not be enough: `asdict`, pickling and formatting would still show it.
"""

from __future__ import annotations

import unicodedata
from typing import NoReturn, Self

MAX_PRIVATE = 64


class Private:
    """A text that shows masked wherever it is not revealed on purpose."""

    __slots__ = ("_text",)
    _text: str

    def __init__(self, text: str) -> None:
        object.__setattr__(self, "_text", self._normal(text))

    @classmethod
    def read(cls, value: object) -> Self:
        """
        Take a personal text from plain data.

        Raises:
            ValueError: It is no text of the expected form; the message never shows it.
        """
        if not isinstance(value, str):
            raise ValueError("expected a text, not a number: a spreadsheet number has lost digits")
        return cls(value)

    @classmethod
    def _normal(cls, text: str) -> str:
        text = (text if text.isascii() else unicodedata.normalize("NFKC", text)).strip()
        # What is printable holds no control character, which need not be looked for one by one.
        controls = not text.isprintable() and any(unicodedata.category(each) == "Cc" for each in text)
        if not text or len(text) > MAX_PRIVATE or controls:
            raise ValueError(f"expected a text of 1 to {MAX_PRIVATE} characters")
        return text

    def reveal(self) -> str:
        """Give the text itself."""
        return self._text

    def masked(self) -> str:
        """Show that there is a text, and nothing of it."""
        return "***"

    def __eq__(self, other: object) -> bool:
        """Compare the texts, within one sort."""
        if not isinstance(other, Private):
            return NotImplemented
        return type(self) is type(other) and self._text == other._text

    def __hash__(self) -> int:
        """Hash the text."""
        return hash((type(self), self._text))

    def __repr__(self) -> str:
        """Show the mask."""
        return f"{type(self).__name__}({self.masked()})"

    def __str__(self) -> str:
        """Show the mask."""
        return self.masked()

    def __format__(self, spec: str) -> str:
        """Show the mask."""
        return format(self.masked(), spec)

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"{type(self).__name__} cannot be changed")

    def __reduce__(self) -> NoReturn:
        """Refuse to be pickled: a pickle shows the text."""
        raise TypeError(f"{type(self).__name__} is not pickled; call `.reveal()` on purpose")

    def __deepcopy__(self, memo: object) -> Self:
        """Give itself: it cannot change."""
        return self

    def __copy__(self) -> Self:
        """Give itself: it cannot change."""
        return self


class PersonName(Private):
    """Name of a person (姓名)."""

    __slots__ = ()

    def masked(self) -> str:
        """Keep the family name, as public notices do."""
        return f"{self._text[0]}*"


class IdNumber(Private):
    """Number of a certificate (证件号码): identity card of 18, disability card of 20 or 22 characters."""

    __slots__ = ()

    @classmethod
    def _normal(cls, text: str) -> str:
        return super()._normal(text).upper()


class Phone(Private):
    """Telephone number (联系电话)."""

    __slots__ = ()


class BankAccount(Private):
    """Bank account (银行卡号)."""

    __slots__ = ()
