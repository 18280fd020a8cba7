"""
One table of a document, read key by key: what does not fit becomes a fault, and so does every key that nobody read.

Faults are kept and reading goes on, so that the author of a document sees all of them at once.
"""

from __future__ import annotations

import difflib
import enum
import re
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar

import attrs

from fupin_rules.documents._toml import Document
from fupin_rules.documents._written import RawExpr
from fupin_rules.errors import SHOWN_FAULTS, ExpressionError, Fault, LimitError
from fupin_rules.expr import parse
from fupin_rules.periods import FIRST_DAY, LAST_DAY

MAX_TEXT = 10_000
NAME = re.compile(r"[a-z][a-z0-9_]{0,63}\Z")
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)

_Enum = TypeVar("_Enum", bound=enum.StrEnum)
_NO_EXPR = parse("True")


class Table:
    """One table of a document, read key by key; what does not fit becomes a fault, and unread keys do too."""

    def __init__(self, document: Document, data: Any, path: tuple[str | int, ...], faults: list[Fault]) -> None:
        self.document = document
        self.path = path
        self.faults = faults
        self.data: dict[str, Any] = data if isinstance(data, dict) else {}
        self._read: set[str] = set()
        if not isinstance(data, dict):
            self.fault("is no table", "write it as `[table]` or `{ … }`")

    def where(self, *keys: str | int) -> str:
        return self.document.where(*self.path, *keys)

    def fault(self, what: str, mend: str = "", *keys: str | int, code: str = "pack") -> None:
        self.faults.append(Fault(self.where(*keys), what, mend, code))

    def get(self, key: str, sort: type[Any], expected: str, *, required: bool = True) -> Any:
        self._read.add(key)
        if key not in self.data:
            if required:
                self.fault(f"`{key}` is missing", f"add {expected}", code="missing_key")
            return None
        value = self.data[key]
        if isinstance(value, bool) is not (sort is bool) or not isinstance(value, sort):
            self.fault(f"`{key}` is not {expected}", f"give {expected}", key, code="wrong_sort")
            return None
        return value

    def given(self, key: str) -> Any:
        """Give a value of any sort as it stands; None where there is none."""
        self._read.add(key)
        return self.data.get(key)

    def text(self, key: str, *, required: bool = True) -> str:
        value = self.get(key, str, "a text", required=required)
        if value is None:
            return ""
        if len(value) > MAX_TEXT:
            self.fault(f"`{key}` has more than {MAX_TEXT} characters", "make it shorter", key, code="text_size")
            return ""
        if any(unicodedata.category(each) in ("Cc", "Cf", "Cs", "Co") and each not in "\n\t" for each in value):
            # Invisible characters make one text look like another.
            self.fault(f"`{key}` holds a control or direction character", "remove it", key, code="character")
            return ""
        if required and not value.strip():
            self.fault(f"`{key}` is empty", "give a text", key, code="empty_text")
        return unicodedata.normalize("NFC", value)

    def words(self, key: str, *, required: bool = True) -> tuple[str, str]:
        data = self.get(key, dict, "a text in both languages, { zh = …, en = … }", required=required)
        if data is None:
            return ("", "")
        inner = Table(self.document, data, (*self.path, key), self.faults)
        words = (inner.text("zh"), inner.text("en"))
        inner.close()
        return words

    def day(self, key: str, *, required: bool = True) -> date | None:
        # Plain data has no days of its own: JSON writes them as text.
        is_text = self.document.places is None and isinstance(self.data.get(key), str)
        value = self.get(key, str if is_text else date, "a day", required=required)
        if value is None:
            return None
        if is_text:
            value = _day(value)
        if type(value) is not date or not FIRST_DAY <= value <= LAST_DAY:
            self.fault(f"`{key}` is no day from {FIRST_DAY} to {LAST_DAY}", "give a day", key, code="day")
            return None
        return value

    def whole(self, key: str, *, low: int, high: int, required: bool = True) -> int | None:
        value: int | None = self.get(key, int, "a whole number", required=required)
        if value is None or low <= value <= high:
            return value
        self.fault(f"`{key}` is no number from {low} to {high}", "give another", key, code="number")
        return None

    def flag(self, key: str, *, default: bool) -> bool:
        value: bool | None = self.get(key, bool, "true or false", required=False)
        return default if value is None else value

    def choice(self, key: str, choices: type[_Enum], *, default: _Enum | None = None) -> _Enum | None:
        value = self.get(key, str, f"one of {', '.join(choices)}", required=default is None)
        if value is None:
            return default
        try:
            return choices(value)
        except ValueError:
            self.fault(f"`{key}` is `{value[:60]}`", f"give one of {', '.join(choices)}", key, code="choice")
            return None

    def name(self, key: str) -> str:
        value = self.text(key)
        if value and not NAME.match(value):
            self.fault(f"`{value[:60]}` is no name", "use a-z, 0-9 and _, a letter first", key, code="name")
        return value

    def expression(self, key: str) -> RawExpr | None:
        text = self.text(key)
        if not text.strip():
            return None
        raw = RawExpr(_NO_EXPR, *self.document.text_start(*self.path, key))
        try:
            return attrs.evolve(raw, expr=parse(text))
        except (ExpressionError, LimitError) as error:
            self.faults.extend(attrs.evolve(fault, where=raw.place(fault.where)) for fault in error.faults)
            return None

    def tables(self, key: str) -> Iterator[Table]:
        rows = self.get(key, list, "a list of tables", required=False) or []
        for index, row in enumerate(rows):
            yield Table(self.document, row, (*self.path, key, index), self.faults)

    def table(self, key: str) -> Table | None:
        data = self.get(key, dict, "a table", required=False)
        return None if data is None else Table(self.document, data, (*self.path, key), self.faults)

    def subtables(self) -> Iterator[tuple[str, Table]]:
        for key, data in self.data.items():
            self._read.add(key)
            yield key, Table(self.document, data, (*self.path, key), self.faults)

    def texts(self, key: str) -> tuple[str, ...]:
        values = self.get(key, list, "a list of texts", required=False) or []
        if not all(isinstance(value, str) for value in values):
            self.fault(f"`{key}` is not a list of texts", "give texts in quotes", key, code="wrong_sort")
            return ()
        return tuple(values)

    def close(self) -> None:
        """Report every key that nobody read."""
        for key in self.data:
            if key in self._read:
                continue
            # Of a thousand faults nobody reads the advice.
            near = difflib.get_close_matches(key, self._read, 1) if len(self.faults) < SHOWN_FAULTS else ()
            mend = f"did you mean `{near[0]}`?" if near else "remove it"
            self.fault(f"`{key[:60]}` is not known here", mend, key, code="unknown_key")


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _ISO_DAY.match(text) else None
    except ValueError:
        return None
