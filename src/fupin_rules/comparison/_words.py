"""Answers in words, Chinese and English."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from fupin_rules.model import AnySubject, all_facts, catalogue, fact_words
from fupin_rules.policy import ExitOutcome, Outcome, Subject

Both = tuple[str, str]

_ANSWERS: Final[Mapping[str, Both]] = MappingProxyType(
    {
        "proved": ("已证明", "proved"),
        "refuted": ("不成立，举例如下", "not so, as somebody shows"),
        "time": ("未能判定，已到时限", "undecided, the time limit was reached"),
        "arithmetic": (
            "未能判定，涉及事实之间的乘除",
            "undecided, facts are multiplied or divided by each other",
        ),
    }
)
# Of either kind there is one that is undetermined, and as texts they are equal.
_OUTCOMES: Final[Mapping[Outcome, Both]] = MappingProxyType(
    {
        Outcome.ELIGIBLE: ("符合", "eligible"),
        Outcome.INELIGIBLE: ("不符合", "not eligible"),
        Outcome.UNDETERMINED: ("待定", "undetermined"),
    }
)
_EXITS: Final[Mapping[ExitOutcome, Both]] = MappingProxyType(
    {
        ExitOutcome.MET: ("达到退出标准", "exit met"),
        ExitOutcome.NOT_MET: ("未达到退出标准", "exit not met"),
        ExitOutcome.UNDETERMINED: ("退出待定", "exit undetermined"),
    }
)
_SUBJECTS: Final[Mapping[Subject, Both]] = MappingProxyType(
    {
        Subject.HOUSEHOLD: ("农户", "households"),
        Subject.VILLAGE: ("村", "villages"),
        Subject.AREA: ("地区", "areas"),
    }
)


_PARTS: Final[Mapping[str, Both]] = MappingProxyType(
    {"eligibility": ("识别条件", "eligibility"), "exit": ("退出条件", "exit"), "ranking": ("排序", "ranking")}
)


def pick(both: Both, language: str) -> str:
    """Give the words of one language."""
    return both[0 if language == "zh" else 1]


def colon(language: str) -> str:
    """Give the colon of a language."""
    return pick(("：", ": "), language)


def answer_words(kind: str, language: str) -> str:
    """Say what sort of answer it is."""
    return pick(_ANSWERS[kind], language)


def part_words(parts: tuple[str, ...], language: str) -> str:
    """Name parts of a policy."""
    return pick(("、", ", "), language).join(pick(_PARTS[each], language) for each in parts)


def outcome_words(outcome: Outcome | ExitOutcome, language: str) -> str:
    """Say an outcome in a word or two."""
    return pick(_OUTCOMES[outcome] if isinstance(outcome, Outcome) else _EXITS[outcome], language)


def truth_words(value: bool | None, language: str) -> str:
    """Say whether something holds."""
    if value is None:
        return pick(("未知", "not known"), language)
    return pick(("是", "yes") if value else ("否", "no"), language)


def bounds_words(about: Subject, members: int, seconds: float, known: tuple[str, ...], language: str) -> str:
    """Say within which bounds an answer holds."""
    zh = language == "zh"
    whom = pick(_SUBJECTS[about], language)
    parts = [f"所有{whom}" if zh else f"all {whom}"]
    if members:
        parts[0] = f"成员不超过{members}人的{whom}" if zh else f"{whom} of at most {members} members"
    if known == ("all",):
        parts.append("全部事实已知" if zh else "every fact known")
    elif known:
        parts.append(f"已知：{'、'.join(known)}" if zh else f"known: {', '.join(known)}")
    parts.append(f"时限{seconds:g}秒" if zh else f"time limit {seconds:g} s")
    return ("，" if zh else ", ").join(parts)


def fact_lines(subject: AnySubject, language: str) -> Iterator[str]:
    """Say what is known of a subject that was made up, one fact a line."""
    known = catalogue(type(subject))
    for path, value in all_facts(subject):
        field = known.field(path)
        if value is not None and field is not None:
            yield f"{known.label(path, language)}{colon(language)}{fact_words(value, field.spec, language)}"
