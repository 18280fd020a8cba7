"""Parts of a procedure as people name them: by id or by label; a slip is told with the nearest."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterable
from typing import Protocol, TypeVar

from fupin_rules.cli._arguments import USAGE
from fupin_rules.errors import Fault, FupinRulesError

# As long as a telephone number: what was typed is told back only where it cannot be the number of a person.
_LONG_NUMBER = re.compile(r"\d{11}")
_SHOWN = 40


class Labelled(Protocol):
    """Whatever says what it is in both languages."""

    @property
    def zh(self) -> str: ...
    @property
    def en(self) -> str: ...


class Named(Labelled, Protocol):
    """What has an id as well."""

    @property
    def id(self) -> str: ...


_N = TypeVar("_N", bound=Named)


def label(part: Labelled, language: str) -> str:
    """Give the label of a part."""
    return part.zh if language == "zh" else part.en


def plain_text(text: str) -> str:
    """Write what Chinese keyboards widen (`２５`, `＝`) as everybody writes it."""
    return unicodedata.normalize("NFKC", text).strip()


def shown(text: str) -> str:
    """Quote what was typed; what is long, or could be the number of a person, is not repeated."""
    return f"`{text}`" if len(text) <= _SHOWN and not _LONG_NUMBER.search(text) else "that"


def named(text: str, parts: Iterable[_N], where: str, what: str) -> _N:
    """
    Find the part that somebody means.

    Args:
        text: Id, or a label that no other part has.
        parts: Those there are.
        where: Where it was typed.
        what: What it should be, after `is no`.

    Raises:
        FupinRulesError: There is none; the nearest is named.
    """
    held = list(parts)
    wanted = plain_text(text)
    for part in held:
        if part.id in {text, wanted}:
            return part
    found = [part for part in held if wanted.casefold() in {plain_text(each).casefold() for each in (part.zh, part.en)}]
    if len(found) == 1:
        return found[0]
    names = {name: part.id for part in held for name in (part.en, part.zh, part.id)}
    near = difflib.get_close_matches(wanted[:100], names, 1)
    known = ", ".join(part.id for part in held) or "none"
    mend = f"did you mean `{names[near[0]]}`?" if near else f"known: {known}"
    raise FupinRulesError(Fault(where, f"{shown(text)} is no {what}", mend, USAGE))
