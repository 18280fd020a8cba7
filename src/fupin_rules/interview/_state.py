"""Where an interview stands, and what it still needs, in words of both languages."""

from __future__ import annotations

import enum
from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType

import attrs

from fupin_rules.truth import Why


class InterviewState(enum.StrEnum):
    """
    Where an interview stands.

    While it is `ASKING` there is a question; in the other three there is none, and nothing more will be asked.
    """

    ASKING = "asking"
    """Some fact that nobody has been asked for yet can still matter."""
    DECIDED = "decided"
    """Settled; no answer could turn it, but for facts that were skipped and for which a cited default stands in."""
    NEEDS_EVIDENCE = "needs_evidence"
    """Open, and all that keeps it open was not collected, has expired or is in dispute: bring it, and begin again."""
    NEEDS_A_PERSON = "needs_a_person"
    """Open, and something that keeps it open was refused, needs a judgement, or is known and cannot be worked with."""


@attrs.frozen
class Need:
    """
    One fact that keeps an outcome open at the end of an interview.

    Attributes:
        fact: Its path.
        why: Why it is not known; `zero_divisor` for a fact that is known, and makes a divisor zero.
        text: Its label and the reason, by language.
    """

    fact: str
    why: Why
    text: Mapping[str, str]


# What somebody can go and fetch; every other reason is one that no paper mends.
EVIDENCE = frozenset({Why.NOT_COLLECTED, Why.EXPIRED, Why.CONFLICTING})


def state_of(*, is_asking: bool, is_settled: bool, needs: Sequence[Need]) -> InterviewState:
    """Tell the state from what is left."""
    if is_asking:
        return InterviewState.ASKING
    if is_settled:
        return InterviewState.DECIDED
    if all(need.why in EVIDENCE for need in needs):
        return InterviewState.NEEDS_EVIDENCE
    return InterviewState.NEEDS_A_PERSON


def said_of(state: InterviewState, needs: Sequence[Need], *, is_provisional: bool) -> Mapping[str, str]:
    """Say in one sentence where an interview stands, and why it ends there."""
    zh, en = _said(state, {need.why for need in needs}, is_provisional=is_provisional)
    return MappingProxyType({"zh": zh, "en": en})


def _said(state: InterviewState, reasons: Collection[Why], *, is_provisional: bool) -> tuple[str, str]:
    match state:
        case InterviewState.ASKING:
            return "尚有问题要问", "there is more to ask"
        case InterviewState.DECIDED if is_provisional:
            return (
                "结论暂定：有未答的事实以所引默认值代替",
                "settled for the present: cited defaults stand in for facts that were not told",
            )
        case InterviewState.DECIDED:
            return "结论已定，无须再问", "the outcome is settled; nothing more need be asked"
        case InterviewState.NEEDS_EVIDENCE:
            return "结论未定：所缺的事实尚待提供", "open: what is missing is still to be brought"
        case InterviewState.NEEDS_A_PERSON:
            return _by_a_person(reasons)


def _by_a_person(reasons: Collection[Why]) -> tuple[str, str]:
    causes = [
        (why, zh, en)
        for why, zh, en in (
            (Why.NEEDS_JUDGEMENT, "有事实需要人来判断", "a fact needs a judgement"),
            (Why.REFUSED, "有事实被拒绝提供", "a fact was refused"),
            (
                Why.ZERO_DIVISOR,
                "已知的事实使除数为零，再问也不能定论",
                "known facts make a divisor zero, which no answer mends",
            ),
        )
        if why in reasons
    ]
    zh = "，且".join(zh for _, zh, _ in causes)
    en = ", and ".join(en for _, _, en in causes)
    return f"结论未定，须由人处理：{zh}", f"open, for a person to look at: {en}"
