"""Plain data, from JSON or from a program, as a document: copied within limits, its places told as paths."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fupin_rules.documents._toml import MAX_DEPTH, MAX_FILE_BYTES, Document
from fupin_rules.errors import Fault, LimitError

MAX_VALUES = 200_000


def plain_document(data: Mapping[str, object]) -> Document:
    """
    Take plain data as a document whose places are paths, `$.moves[3].when`.

    Args:
        data: Mappings, lists and values; days may be ISO text. What is of no use to a reader is refused by the reader.

    Raises:
        LimitError: It is larger or deeper than is read.

    >>> plain_document({"moves": [{"id": "a"}]}).where("moves", 0, "id")
    '$.moves[0].id'
    """
    return Document("$", _Copy().mapping(data, 0), None, {})


class _Copy:
    """One copy; values and characters are counted as they come, so that data that holds itself ends too."""

    def __init__(self) -> None:
        self.left = MAX_VALUES
        self.characters_left = MAX_FILE_BYTES

    def mapping(self, data: Mapping[Any, object], depth: int) -> dict[str, Any]:
        return {self.text(str(key)): self.value(value, depth + 1) for key, value in data.items()}

    def value(self, value: object, depth: int) -> object:
        self.left -= 1
        if depth > MAX_DEPTH:
            raise LimitError(Fault("$", f"nested deeper than {MAX_DEPTH}", "make it smaller", "depth"))
        if self.left < 0:
            raise LimitError(Fault("$", f"more than {MAX_VALUES} values", "make it smaller", "size"))
        if isinstance(value, Mapping):
            return self.mapping(value, depth)
        if isinstance(value, (list, tuple)):
            return [self.value(each, depth + 1) for each in value]
        return self.text(value) if isinstance(value, str) else value

    def text(self, text: str) -> str:
        self.characters_left -= len(text)
        if self.characters_left < 0:
            raise LimitError(Fault("$", f"more than {MAX_FILE_BYTES} characters", "make it smaller", "size"))
        return str(text)
