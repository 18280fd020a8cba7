"""
Two-valued conditions while they are put together: flat, without doubles, what they share written once.

"Known and low enough, and known and not too high" asks twice whether a fact is known; the source of a rule asks once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, Literal

import attrs

Rail = "str | Joined"


@attrs.frozen
class Joined:
    """
    Conditions joined by one word.

    Attributes:
        word: `and` or `or`.
        parts: Two or more, none of them joined by the same word.
    """

    word: Literal["and", "or"]
    parts: tuple[str | Joined, ...]


_ENDS: Final = {"and": ("True", "False"), "or": ("False", "True")}


def both(parts: Iterable[str | Joined]) -> str | Joined:
    """
    Join conditions that must all be met.

    >>> text(both(["known", "low <= x", both(["known", "x <= high"])]))
    'known and low <= x and x <= high'
    """
    return _join("and", parts)


def either(parts: Iterable[str | Joined]) -> str | Joined:
    """
    Join conditions of which one must be met; what all of them begin with is asked once.

    >>> text(either([both(["known", "x < low"]), both(["known", "x > high"])]))
    'known and (x < low or x > high)'
    """
    joined = _join("or", parts)
    if not isinstance(joined, Joined):
        return joined
    firsts = {part.parts[0] if isinstance(part, Joined) else part for part in joined.parts}
    if len(firsts) == 1 and all(isinstance(part, Joined) for part in joined.parts):
        rests = [both(part.parts[1:]) for part in joined.parts if isinstance(part, Joined)]
        return both([firsts.pop(), either(rests)])
    return joined


def _join(word: Literal["and", "or"], parts: Iterable[str | Joined]) -> str | Joined:
    nothing, decides = _ENDS[word]
    flat: dict[str | Joined, None] = {}
    for part in parts:
        for each in part.parts if isinstance(part, Joined) and part.word == word else (part,):
            if each == decides:
                return decides
            if each != nothing:
                flat[each] = None
    if not flat:
        return nothing
    return next(iter(flat)) if len(flat) == 1 else Joined(word, tuple(flat))


def text(rail: str | Joined) -> str:
    """Write a condition as Python."""
    if isinstance(rail, str):
        return rail
    return f" {rail.word} ".join(bracketed(part) for part in rail.parts)


def bracketed(rail: str | Joined) -> str:
    """Write a condition so that it can stand beside others."""
    return f"({text(rail)})" if isinstance(rail, Joined) else rail


def denied(rail: str | Joined) -> str:
    """Write that a condition is not met."""
    return {"True": "False", "False": "True"}.get(text(rail)) or f"not ({text(rail)})"
