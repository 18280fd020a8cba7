"""The shape of an interview as it is kept between two questions."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final

from fupin_rules.engine import FACT
from fupin_rules.interview._interview import Goal, Interview
from fupin_rules.interview._plain import FORMAT, KIND, MAX_ASKED
from fupin_rules.shapes import (
    DIGEST,
    Form,
    always,
    codes,
    day,
    either,
    flag,
    forms,
    listed,
    named,
    record,
    text,
    told,
)

_GOAL_WORDS: Final = {
    Goal.ELIGIBILITY: ("是否符合识别条件", "whether the subject is to be identified"),
    Goal.EXIT: ("是否达到退出标准", "whether it meets every guarantee needed to leave"),
}
_VALUE: Final = either(flag(), {"type": "number"}, text(), listed(text()), named("NotKnown"))
_ANSWERED: Final = record(
    {
        "fact": told(FACT, "所问的事实", "what was asked for, by path; `members` is how many there are"),
        "value": told(_VALUE, "所答，或未答的原因", "what was told, or why it was skipped"),
    }
)
_INTERVIEW: Final = record(
    {
        "format": told(always(FORMAT), "格式号", "number of this format"),
        "kind": told(always(KIND), "问询", "that it is an interview"),
        "subject": told(named("Subject"), "对象的种类", "whom it is about"),
        "goal": told(codes(Goal, _GOAL_WORDS.__getitem__), "所求的结论", "what is to be settled"),
        "policy": told(text(least=1), "政策包", "id of the policy"),
        "on": told(day(), "评估日", "day of the policy"),
        "fingerprint": told(text(DIGEST), "政策指纹", "fingerprint of the policy"),
        "facts": told(
            either(named("Household"), named("Village"), named("Area")),
            "开始时已知的事实",
            "what was known at the beginning",
        ),
        "asked": told(listed(named("Answered"), most=MAX_ASKED), "问答，按次序", "what was asked and told, in order"),
    }
)


@functools.cache
def plain_forms() -> Mapping[str, Form]:
    """Give the plain forms of interviews by name."""
    return forms(
        Form("Answered", "一次问答", "one thing asked, with what was told", _ANSWERED),
        Form("Interview", "问询", "a talk about one subject, to be taken up again", _INTERVIEW, Interview, "interview"),
    )
