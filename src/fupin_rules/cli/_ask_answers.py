"""What somebody types under a question, read as an answer or as a wish: why, not known, back, stop."""

from __future__ import annotations

import enum
import re
import unicodedata
from typing import Any

import attrs

from fupin_rules.engine import Question
from fupin_rules.quantities import plain
from fupin_rules.truth import Why

# In the order they are offered: what can be mended by a paper first.
REASONS = (Why.NOT_COLLECTED, Why.EXPIRED, Why.CONFLICTING, Why.REFUSED, Why.NEEDS_JUDGEMENT)
_DAY = re.compile(r"(\d{4})\s*[-./年]\s*(\d{1,2})\s*[-./月]\s*(\d{1,2})\s*日?")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_YES = frozenset({"y", "yes", "true", "是", "对", "有"})
_NO = frozenset({"n", "no", "false", "否", "不", "不是", "没有", "无"})
_NONE = frozenset({"0", "none", "无", "没有"})


class Wish(enum.Enum):
    """What may be typed in the place of an answer."""

    WHY = "?"
    NOT_KNOWN = "-"
    BACK = "<"
    STOP = "q"


@attrs.frozen
class Typed:
    """
    One line, as it was meant.

    Attributes:
        value: The answer in plain form; None for a wish.
        wish: The wish; None for an answer.
        reason: Why it is not known, where that was typed on the same line.
    """

    value: Any = None
    wish: Wish | None = None
    reason: Why | None = None


def read_typed(line: str, question: Question) -> Typed | None:
    """
    Read one line; letters and digits of a Chinese keyboard are as good as any.

    Returns:
        The answer or wish; None where it is neither, and is to be asked for again.
    """
    text = unicodedata.normalize("NFKC", line).strip()
    match text.lower():
        case "?":
            return Typed(wish=Wish.WHY)
        case "<":
            return Typed(wish=Wish.BACK)
        case "q":
            return Typed(wish=Wish.STOP)
        case "" | "-":
            return Typed(wish=Wish.NOT_KNOWN)
    if text.startswith("- "):
        reason = read_reason(text[2:])
        return None if reason is None else Typed(wish=Wish.NOT_KNOWN, reason=reason)
    value = _read_value(text, question)
    return None if value is None else Typed(value)


def read_reason(line: str) -> Why | None:
    """Read why a fact is not known: its place in the list, its name, or its words; nothing says not collected."""
    text = unicodedata.normalize("NFKC", line).strip().lower()
    if not text:
        return Why.NOT_COLLECTED
    for place, why in enumerate(REASONS, start=1):
        if text in {str(place), why.value, *(why.words(language) for language in ("zh", "en"))}:
            return why
    return None


def _read_value(text: str, question: Question) -> Any:
    """Bring a text to plain form; what it may be is looked at by the model."""
    match question.sort:
        case "flag" if text.lower() in _YES | _NO:
            return text.lower() in _YES
        case "flag" | "code":
            return _choice(text, question)
        case "codes" if text.lower() in _NONE:
            return []
        case "codes":
            chosen = [_choice(each, question) for each in re.split(r"[\s,;、]+", text)]
            return None if None in chosen else chosen
        case "day":
            found = _DAY.fullmatch(text) or _EIGHT.fullmatch(text)
            return None if found is None else "-".join(part.zfill(2) for part in found.groups())
        case _:
            return text


def _choice(text: str, question: Question) -> Any:
    """Find a choice by its place in the list, its name, or its words."""
    for place, (value, words) in enumerate(question.choices, start=1):
        if text.lower() in {str(place), str(value).lower(), *(each.lower() for each in words.values())}:
            return value
    return None


def expected_words(question: Question, language: str) -> str:
    """Say what an answer may be, in `zh` or `en`."""
    zh = language == "zh"
    count = len(question.choices)
    match question.sort:
        case "flag":
            return "请答“是”或“否”，或其序号" if zh else "answer yes or no, or the number before it"
        case "code":
            return f"请答1到{count}之间的序号" if zh else f"answer a number from 1 to {count}"
        case "codes":
            most = "" if question.high is None else plain(question.high)
            if zh:
                return f"请答1到{count}之间的序号，可答多个{f'（至多{most}个）' if most else ''}；0表示都没有"
            return f"answer numbers from 1 to {count}, several{f' (at most {most})' if most else ''} or none (0)"
        case "day":
            return "请答日期，如 1951-04-02" if zh else "answer a day, such as 1951-04-02"
        case _:
            return _number_words(question, zh=zh)


def _number_words(question: Question, *, zh: bool) -> str:
    low, high = ("" if bound is None else f"{bound:,}" for bound in (question.low, question.high))
    if not question.places:
        return f"请答{low}到{high}之间的整数" if zh else f"answer a whole number from {low} to {high}"
    if zh:
        return f"请答{low}到{high}之间的数，至多{question.places}位小数"
    return f"answer a number from {low} to {high}, with at most {question.places} decimal places"
