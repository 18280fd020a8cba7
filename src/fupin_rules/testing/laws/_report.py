"""What a check of a policy found: each law for each subject, in words and as plain data."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import attrs

from fupin_rules.model import AnySubject, to_plain
from fupin_rules.policy import Snapshot, Subject

LAWS: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "settled_outcomes_stay_settled": (
            "已确定的结论不因补充事实而改变",
            "a settled outcome is not overturned by learning a fact",
        ),
        "poorer_is_never_less_eligible": ("收入更低者不会因此失去资格", "less income never makes anybody ineligible"),
        "exclusion_only_narrows": ("排除情形只减不增", "exclusions take eligibility away and never give it"),
        "nobody_is_eligible_and_ready_to_exit": (
            "不会既符合识别条件又达到退出条件",
            "nobody is eligible and ready to exit at once",
        ),
        "priority_never_admits": ("优先情形不产生资格", "priorities never make anybody eligible"),
        "every_rule_can_be_true_false_and_unknown": (
            "每条规则都可成立、不成立或未知",
            "every rule can be true, false and unknown",
        ),
    }
)
"""The laws by name, in Chinese and English."""

_SUBJECTS: Final = {
    Subject.HOUSEHOLD: ("户", "household"),
    Subject.VILLAGE: ("村", "village"),
    Subject.AREA: ("地区", "area"),
}


class LawStatus(enum.StrEnum):
    """What became of a law."""

    HELD = "held"
    """Nothing drawn breaks it."""
    FAILED = "failed"
    """Something drawn breaks it."""
    WAIVED = "waived"
    """Something breaks it, and the caller said why that is meant."""
    NOT_APPLICABLE = "not_applicable"
    """The policy has nothing that it is about."""

    def words(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        zh, en = _STATUS[self]
        return zh if language == "zh" else en


_STATUS: Final = {
    LawStatus.HELD: ("成立", "held"),
    LawStatus.FAILED: ("不成立", "failed"),
    LawStatus.WAIVED: ("不成立，已说明理由", "broken, and waived"),
    LawStatus.NOT_APPLICABLE: ("不适用", "not applicable"),
}


@attrs.frozen(eq=False)
class LawResult:
    """
    One law for the rules about one subject.

    Attributes:
        law: Name of the law.
        subject: Whom the rules are about.
        status: What became of it.
        zh: What breaks it, or why it is waived or not applicable, in Chinese; empty where it held.
        en: The same in English.
        counterexample: The smallest subject found that breaks it; None where none was found.
    """

    law: str
    subject: Subject
    status: LawStatus
    zh: str = ""
    en: str = ""
    counterexample: AnySubject | None = attrs.field(default=None, repr=False)

    def text(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        zh = language == "zh"
        law, who = LAWS[self.law][not zh], _SUBJECTS[self.subject][not zh]
        more = self.zh if zh else self.en
        if zh:
            return f"{who}：{law}——{self.status.words('zh')}" + (f"：{more}" if more else "")
        return f"{who}: {law}: {self.status.words('en')}" + (f": {more}" if more else "")

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data; personal texts stay masked."""
        example = None if self.counterexample is None else to_plain(self.counterexample)
        return {
            "law": self.law,
            "subject": self.subject.value,
            "status": self.status.value,
            "zh": self.zh,
            "en": self.en,
            "counterexample": example,
        }


@attrs.frozen(eq=False)
class PolicyCheck:
    """
    What a check of a policy found.

    Attributes:
        rules: The policy on a day.
        laws: Each law for each subject that the policy has rules about.
        unneeded: Waived laws that nothing breaks: reasons for nothing.
    """

    rules: Snapshot
    laws: tuple[LawResult, ...]
    unneeded: tuple[str, ...] = ()

    @property
    def failed(self) -> tuple[LawResult, ...]:
        """Laws that are broken, and not waived."""
        return tuple(each for each in self.laws if each.status is LawStatus.FAILED)

    @property
    def is_clean(self) -> bool:
        """Whether no law is broken that is not waived, and none is waived that holds."""
        return not self.failed and not self.unneeded

    def text(self, language: str) -> str:
        """Say it for a person, one law a line, in `zh` or `en`."""
        name = f"{self.rules.policy_id} {self.rules.on}"
        lines = [f"{name}："] if language == "zh" else [f"{name}:"]
        lines += [each.text(language) for each in self.laws]
        for law in self.unneeded:
            words = LAWS[law][language != "zh"]
            lines.append(f"无需豁免：{words}" if language == "zh" else f"waived for nothing: {words}")
        return "\n".join(lines)

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "policy": self.rules.policy_id,
            "on": self.rules.on.isoformat(),
            "fingerprint": self.rules.fingerprint,
            "laws": [each.to_plain() for each in self.laws],
            "unneeded": list(self.unneeded),
        }

    def assert_clean(self, language: str = "en") -> None:
        """
        Fail a test where the check is not clean.

        Raises:
            AssertionError: A law is broken and not waived, or waived and not broken; the message is the text.
        """
        if not self.is_clean:
            raise AssertionError(self.text(language))
