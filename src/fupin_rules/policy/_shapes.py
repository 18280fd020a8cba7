"""The plain forms of policies: the files of packs, and what several answers have in common."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Final

from fupin_rules.documents import FORMS_OF_DOCUMENTS, NAMED
from fupin_rules.policy._priority import Priority
from fupin_rules.policy._rules import Subject
from fupin_rules.policy.loading._shapes import FORMS_OF_PACKS
from fupin_rules.shapes import FRACTION, Form, codes, forms, listed, record, text, told

_SUBJECT_WORDS: Final = {
    Subject.HOUSEHOLD: ("户", "household"),
    Subject.VILLAGE: ("村", "village"),
    Subject.AREA: ("乡镇或县", "township or county"),
}
_SCORE: Final = listed(text(FRACTION))


@functools.cache
def plain_forms() -> Mapping[str, Form]:
    """Give the plain forms of policies by name."""
    return forms(
        *FORMS_OF_DOCUMENTS.values(),
        Form("Subject", "规则所针对的对象", "whom a rule is about", codes(Subject, _SUBJECT_WORDS.__getitem__)),
        *FORMS_OF_PACKS.values(),
        Form(
            "Priority",
            "优先得分，精确数，以文字表示",
            "what ranks a subject among the eligible; scores are exact, as text",
            record(
                {
                    "matched": told(listed(NAMED), "成立的优先情形", "priority rules that hold"),
                    "open": told(listed(NAMED), "待定的优先情形", "priority rules that are open"),
                    "low": told(_SCORE, "最低得分", "lowest possible score, component by component"),
                    "high": told(_SCORE, "最高得分", "highest possible score, component by component"),
                }
            ),
            Priority,
            "priority",
        ),
    )
