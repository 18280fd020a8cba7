"""
Documents: TOML from strangers, read within limits, with the place of every key.

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
_INLINE_KEY = re.compile(r"([A-Za-z0-9_-]{1,64}|\"[^\"\\\n]{1,64}\"|'[^'\n]{1,64}')[ \t]*=")
# What neither ends a string nor a line, and escapes nothing: passed over at once.
_PLAIN = re.compile(r"[^\"'\\\n]+")
# Deeper inside a value, the nearest table around it is place enough.
_PLACED_PARTS = 8


@attrs.frozen
class Document:
    """
    One TOML file, or plain data in its shape.

    Attributes:
        name: Name of the file, for messages.
        data: Its content; numbers with a point are decimals.
        places: Line and column of each table header, key and element, by path; None for plain data, which has paths.
        strings: Line and column where the text of a string value starts, by path.
    """

    name: str
    data: dict[str, Any]
    places: dict[KeyPath, Place] | None
    strings: dict[KeyPath, Place]

    def where(self, *path: str | int) -> str:
        """Say where a key stands, or the nearest table around it."""
        if self.places is None:
            return self.name + "".join(f"[{part}]" if isinstance(part, int) else f".{part[:MAX_WORD]}" for part in path)
        for end in range(len(path), 0, -1):
            if path[:end] in self.places:
                line, column = self.places[path[:end]]
                return f"{self.name}, line {line}, column {column}"
        return self.name

    def text_start(self, *path: str | int) -> tuple[str, Place]:
        """Say where the text of a value starts: the file, or the path of plain data, with line and column in it."""
        if self.places is None:
            return self.where(*path), (1, 1)
        around = (self.places[path[:end]] for end in range(len(path), 0, -1) if path[:end] in self.places)
        return self.name, self.strings.get(path) or next(around, (1, 1))


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
        """Pass over a value, keeping the places of what stands inside it."""
        dots = 0
        here: KeyPath | None = path
        is_key_due = False
        # What is open around: its path, and for a list the place of its element.
        around: list[tuple[KeyPath | None, int | None]] = []
        while self._at < len(self.text):
            character = self.text[self._at]
            if is_key_due and (key := _INLINE_KEY.match(self.text, self._at)):
                here = self._inside(around[-1][0], key[1].strip("\"'"))
                self._keep(here)
                is_key_due = False
                dots = 0
                self._step(key.end() - key.start())
                continue
            if character in "\"'":
                self._keep_text(here)
                self._skip_string()
                continue
            if character == "#":
                self._skip_comment()
                continue
            if character == "\n" and not around:
                return
            if character in "[{":
                if len(around) >= MAX_DEPTH:
                    raise self._limit(f"nested deeper than {MAX_DEPTH}", "depth")
                self._keep(here)
                is_key_due = character == "{"
                around.append((here, None if is_key_due else 0))
                here = None if is_key_due else self._inside(here, 0)
            elif character in "]}":
                del around[-1:]
                here, is_key_due = None, False
            elif character == "," and around:
                outer, place = around[-1]
                is_key_due = place is None
                around[-1] = (outer, None if place is None else place + 1)
                here = None if place is None else self._inside(outer, place + 1)
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

    def _inside(self, path: KeyPath | None, part: str | int) -> KeyPath | None:
        return None if path is None or len(path) >= _PLACED_PARTS else (*path, part)

    def _keep(self, path: KeyPath | None) -> None:
        if path is not None:
            self.places.setdefault(path, self._place())

    def _keep_text(self, path: KeyPath | None) -> None:
        self._keep(path)
        if path is None:
            return
        skipped = 3 if self.text.startswith(self.text[self._at] * 3, self._at) else 1
        if skipped == 3 and self.text.startswith("\n", self._at + 3):
            self.strings.setdefault(path, (self._line + 1, 1))
        else:
            self.strings.setdefault(path, (self._line, self._at - self._line_start + 1 + skipped))

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
            elif plain := _PLAIN.match(self.text, self._at):
                self._at = plain.end()
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
