"""
TOML from strangers, read within limits, with the place of every key.

`tomllib` tells no places and lets one dotted key of 40 KB take seconds, so the text is scanned once before it: strings
and comments are skipped, depth and key length are checked, and the line and column of every statement is kept.
"""

from __future__ import annotations

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs

from fupin_rules.errors import Fault, LimitError, PolicyError

MAX_FILE_BYTES = 1 << 20
MAX_DEPTH = 64
MAX_KEY_PARTS = 8
MAX_WORD = 64

Place = tuple[int, int]
KeyPath = tuple[str | int, ...]

_BARE_KEY = re.compile(r"[A-Za-z0-9_-]+")
_LONG_WORD = re.compile(r"[A-Za-z0-9_.+:-]{65}")


@attrs.frozen
class Document:
    """
    One TOML file.

    Attributes:
        name: Name of the file, for messages.
        data: Its content; numbers with a point are decimals.
        places: Line and column of each table header and key, by path.
        strings: Line and column where the text of a string value starts, by path.
    """

    name: str
    data: dict[str, Any]
    places: dict[KeyPath, Place]
    strings: dict[KeyPath, Place]

    def where(self, *path: str | int) -> str:
        """Say where a key stands, or the nearest table around it."""
        for end in range(len(path), 0, -1):
            if path[:end] in self.places:
                line, column = self.places[path[:end]]
                return f"{self.name}, line {line}, column {column}"
        return self.name


def read_toml(path: Path, name: str) -> Document:
    """
    Read a TOML file within limits.

    Args:
        path: The file.
        name: How messages call it.

    Raises:
        LimitError: It is larger or deeper than is read.
        PolicyError: It is no UTF-8, or no TOML.
    """
    with path.open("rb") as file:
        raw = file.read(MAX_FILE_BYTES + 1)
    if len(raw) > MAX_FILE_BYTES:
        raise LimitError(Fault(name, f"larger than {MAX_FILE_BYTES} bytes", "split the pack", "file_size"))
    try:
        text = raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise PolicyError(Fault(name, f"is not UTF-8 at byte {error.start}", "save it as UTF-8", "encoding")) from None
    scan = _Scan(text, name)
    scan.run()
    try:
        data = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise PolicyError(Fault(name, f"is no TOML: {error}", "mend the syntax", "syntax")) from None
    except (ArithmeticError, ValueError, RecursionError, OverflowError):
        raise PolicyError(Fault(name, "holds a number or date that cannot be read", "mend it", "syntax")) from None
    return Document(name, data, scan.places, scan.strings)


class _Scan:
    """One pass over the text: where every statement stands, and whether it keeps the limits."""

    def __init__(self, text: str, name: str) -> None:
        self.text = text
        self.name = name
        self.places: dict[KeyPath, Place] = {}
        self.strings: dict[KeyPath, Place] = {}
        self._at = 0
        self._line = 1
        self._line_start = 0
        self._table: KeyPath = ()
        self._arrays: dict[KeyPath, int] = {}

    def run(self) -> None:
        while self._at < len(self.text):
            character = self.text[self._at]
            if character in " \t\n":
                self._step(1)
            elif character == "#":
                self._skip_comment()
            elif character == "[":
                self._header()
            else:
                self._assignment()

    def _header(self) -> None:
        place = self._place()
        is_array = self.text.startswith("[[", self._at)
        self._step(2 if is_array else 1)
        path = self._resolve(self._keys("]"))
        if is_array:
            index = self._arrays.get(path, -1) + 1
            self._arrays[path] = index
            path = (*path, index)
        self._table = path
        self.places.setdefault(path, place)
        self._skip_comment()

    def _resolve(self, keys: list[str]) -> KeyPath:
        # `[a.b]` below `[[a]]` speaks of the last element of `a`.
        path: KeyPath = ()
        for place, key in enumerate(keys):
            path = (*path, key)
            if path in self._arrays and place < len(keys) - 1:
                path = (*path, self._arrays[path])
        return path

    def _assignment(self) -> None:
        place = self._place()
        path = (*self._table, *self._keys("="))
        self.places.setdefault(path, place)
        while self._at < len(self.text) and self.text[self._at] in " \t":
            self._step(1)
        self._value(path)

    def _keys(self, end: str) -> list[str]:
        keys: list[str] = []
        while self._at < len(self.text) and self.text[self._at] not in (end, "\n"):
            character = self.text[self._at]
            match = _BARE_KEY.match(self.text, self._at)
            if match:
                keys.append(match.group())
                self._step(match.end() - match.start())
            elif character in "\"'":
                start = self._at + 1
                self._skip_string()
                keys.append(self.text[start : self._at - 1])
            else:
                self._step(1)
            if len(keys) > MAX_KEY_PARTS:
                raise self._limit(f"a key has more than {MAX_KEY_PARTS} parts", "key_parts")
        self._step(1)
        return keys

    def _value(self, path: KeyPath) -> None:
        depth = dots = 0
        if self._at < len(self.text) and self.text[self._at] in "\"'":
            triple = self.text[self._at] * 3
            skipped = 3 if self.text.startswith(triple, self._at) else 1
            if skipped == 3 and self.text.startswith("\n", self._at + 3):
                self.strings[path] = (self._line + 1, 1)
            else:
                self.strings[path] = (self._line, self._at - self._line_start + 1 + skipped)
        while self._at < len(self.text):
            character = self.text[self._at]
            if character in "\"'":
                self._skip_string()
                continue
            if character == "#":
                self._skip_comment()
                continue
            if character == "\n" and depth <= 0:
                return
            if character in "[{":
                depth += 1
                if depth > MAX_DEPTH:
                    raise self._limit(f"nested deeper than {MAX_DEPTH}", "depth")
            elif character in "]}":
                depth -= 1
            elif character == ".":
                # A dotted key inside an inline table costs as much as one outside.
                dots += 1
                if dots >= MAX_KEY_PARTS:
                    raise self._limit(f"a key has more than {MAX_KEY_PARTS} parts", "key_parts")
            elif _LONG_WORD.match(self.text, self._at):
                raise self._limit(f"a number or word of more than {MAX_WORD} characters", "digits")
            if character in ",={}[]\n":
                dots = 0
            self._step(1)

    def _skip_string(self) -> None:
        quote = self.text[self._at]
        triple = quote * 3
        closing = triple if self.text.startswith(triple, self._at) else quote
        self._step(len(closing))
        while self._at < len(self.text):
            if quote == '"' and self.text[self._at] == "\\":
                self._step(2)
            elif self.text.startswith(closing, self._at):
                self._step(len(closing))
                # Up to two quotes may stand right before the closing three.
                while len(closing) == 3 and self.text.startswith(quote, self._at):
                    self._step(1)
                return
            elif len(closing) == 1 and self.text[self._at] == "\n":
                return
            else:
                self._step(1)

    def _skip_comment(self) -> None:
        end = self.text.find("\n", self._at)
        self._at = len(self.text) if end < 0 else end

    def _step(self, count: int) -> None:
        for _ in range(count):
            if self._at < len(self.text) and self.text[self._at] == "\n":
                self._line += 1
                self._line_start = self._at + 1
            self._at += 1

    def _place(self) -> Place:
        return (self._line, self._at - self._line_start + 1)

    def _limit(self, what: str, code: str) -> LimitError:
        line, column = self._place()
        return LimitError(Fault(f"{self.name}, line {line}, column {column}", what, "make it smaller", code))
