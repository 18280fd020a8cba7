"""The result of comparing two registers: a row for every household, a work list, and what does not fit together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Any

import attrs

from fupin_rules.engine import Question
from fupin_rules.model import CodeList, MemberChange
from fupin_rules.policy import ExitOutcome, Outcome
from fupin_rules.registry.adjustment._changes import Movement
from fupin_rules.registry.adjustment._heads import HeadChange
from fupin_rules.registry.adjustment._matching import Place, RegisterName
from fupin_rules.registry.adjustment._words import WorkReason, finding_words

FORMAT = 1
# What a text of an event may hold; more than a dozen rules say.
MAX_REASON = 480


class WorkKind(CodeList):
    """What is proposed for a household or one of its members; ours."""

    TAKE_IN_MISSED = "take_in_missed", "", "遗漏的重新纳入", "take in: missed"
    TAKE_IN_RETURNED = "take_in_returned", "", "返贫的重新纳入", "take in again: returned to poverty"
    CLEAR_UNTRUE = "clear_untrue", "", "不实的清退", "clear out: untrue"
    EXIT_STANDARD_MET = "exit_standard_met", "", "达到标准的脱贫", "exit: standard met"
    SPLIT = "split", "", "分户", "household split"
    MERGED = "merged", "", "合户", "household merged"
    HEAD_CHANGED = "head_changed", "", "户主变更", "head changed"
    NATURAL_INCREASE = "natural_increase", "", "自然增加", "natural increase"
    NATURAL_DECREASE = "natural_decrease", "", "自然减少", "natural decrease"
    ASK = "ask", "", "待查明", "to be asked"
    KEEP = "keep", "", "保持不变", "nothing to do"


class RegisterStatus(CodeList):
    """How a household stands on the register before the adjustment; ours, after 脱贫属性 AAR010."""

    NOT_REGISTERED = "not_registered", "", "未在册", "not on the register"
    REGISTERED = "registered", "", "在册", "on the register, not exited"
    EXITED = "exited", "", "已脱贫", "exited"


@attrs.frozen
class RegisterFinding:
    """
    Something in the registers that does not fit together; it proposes nothing.

    Attributes:
        code: Stable name.
        register: In which register: `old`, `new`, or empty for both.
        places: Where, by ids of households and places in the roster; no number and no name.
    """

    code: str
    register: RegisterName | str
    places: tuple[Place, ...]

    @property
    def zh(self) -> str:
        """What was found, in Chinese."""
        return finding_words(self.code)[0]

    @property
    def en(self) -> str:
        """What was found, in English."""
        return finding_words(self.code)[1]

    def to_plain(self) -> dict[str, Any]:
        """Give the finding as plain data."""
        places = [{"household": each.household, "member": each.member} for each in self.places]
        return {"code": self.code, "register": self.register, "places": places, "zh": self.zh, "en": self.en}


@attrs.frozen(kw_only=True)
class HouseholdRow:
    """
    One household, in both registers or in one.

    Attributes:
        old: Its id in OLD; None where it is not there.
        new: Its id in NEW; None where it is not there.
        statuses: How it can stand on the register: one, or all that are possible.
        outcome: Whether it is eligible by the facts of NEW; None where NEW has none.
        exit: Whether it meets the standard of exit; None where it was not asked.
        kind: What is proposed for the household as a whole.
        movements: Who came and who left.
        head: Another head, if there is one.
    """

    old: str | None
    new: str | None
    statuses: tuple[RegisterStatus, ...]
    outcome: Outcome | None = None
    exit: ExitOutcome | None = None
    kind: WorkKind
    movements: tuple[Movement, ...] = ()
    head: HeadChange | None = None

    def to_plain(self) -> dict[str, Any]:
        """Give the row as plain data."""
        return {
            "old": self.old,
            "new": self.new,
            "statuses": [each.value for each in self.statuses],
            "outcome": None if self.outcome is None else self.outcome.value,
            "exit": None if self.exit is None else self.exit.value,
            "kind": self.kind.value,
        }


@attrs.frozen(kw_only=True)
class WorkItem:
    """
    One thing to do.

    Attributes:
        kind: What.
        household: Id of the household in NEW, or in OLD where NEW does not have it.
        case: Id of its case: the one it stands on the register with, for an id outlives heads and returns.
        township: Where it lives; empty where that is not known.
        village: Likewise.
        member: For a natural change: id of the member, in NEW for who came, in OLD for who left; otherwise empty.
        reasons: Why, with sources.
        missing: Facts that would settle it, or that whoever takes it up is to bring; those of members of one register
            begin with its name.
        question: What to ask first; None where nothing is open.
        event: The event that takes it up in a procedure, as the caller mapped it; None without.
        reason: For a natural change: the code, where facts tell it.
        members_left: For a natural change: members after it, where they can be counted.
        cause: For a return to poverty: the main cause that NEW gives.
    """

    kind: WorkKind
    household: str
    case: str
    township: str
    village: str
    member: str = ""
    reasons: tuple[WorkReason, ...]
    missing: tuple[str, ...] = ()
    question: Question | None = None
    event: str | None = None
    reason: MemberChange | None = None
    members_left: int | None = None
    cause: str | None = None

    def event_data(self, language: str) -> dict[str, str | int]:
        """Give what the event can carry of the item; texts in `zh` or `en`."""
        data: dict[str, str | int] = {}
        match self.kind:
            case WorkKind.TAKE_IN_MISSED:
                data["reason"] = "missed"
            case WorkKind.TAKE_IN_RETURNED:
                data["reason"] = "returned"
                if self.cause is not None:
                    data["cause"] = self.cause
            case WorkKind.CLEAR_UNTRUE:
                data["reason"] = _joined([each.words(language) for each in self.reasons], language)
            case WorkKind.NATURAL_INCREASE | WorkKind.NATURAL_DECREASE:
                if self.reason is not None:
                    data["reason"] = self.reason.value
                if self.members_left is not None:
                    data["members_left"] = self.members_left
            case _:
                pass
        return data

    def to_plain(self) -> dict[str, Any]:
        """Give the item as plain data that JSON can hold; nothing personal is in it."""
        question = None
        if self.question is not None:
            question = {"fact": self.question.fact, **{each: self.question.text[each] for each in ("zh", "en")}}
        return {
            "kind": self.kind.value,
            "household": self.household,
            "case": self.case,
            "township": self.township,
            "village": self.village,
            "member": self.member,
            "reasons": [each.to_plain() for each in self.reasons],
            "missing": list(self.missing),
            "question": question,
            "event": self.event,
            "reason": None if self.reason is None else self.reason.value,
            "members_left": self.members_left,
            "cause": self.cause,
        }


def _joined(sentences: Sequence[str], language: str) -> str:
    """Join whole sentences, as many as an event takes, or the beginning of the first; what is cut short says so."""
    sign = "；" if language == "zh" else "; "
    whole = sign.join(sentences)
    if len(whole) <= MAX_REASON:
        return whole
    for kept in range(len(sentences) - 1, 0, -1):
        text = sign.join((*sentences[:kept], "…"))
        if len(text) <= MAX_REASON:
            return text
    return f"{whole[: MAX_REASON - 1]}…"


@attrs.frozen(kw_only=True)
class Adjustment:
    """
    What two registers and a policy on a day propose; people decide.

    Attributes:
        on: Day of the assessment.
        since: Day of OLD; None where it was not told, so that no birth can be told.
        policy_id: Id of the policy.
        policy_version: Version of its pack.
        fingerprint: SHA-256 of the snapshot.
        rows: Every household of either register, once.
        items: The work list, by kind, place and household.
        findings: What does not fit together.
        has_exit: Whether the policy says when a household may leave; without it nobody is proposed for exit.
    """

    on: date
    since: date | None
    policy_id: str
    policy_version: str
    fingerprint: str
    rows: tuple[HouseholdRow, ...]
    items: tuple[WorkItem, ...]
    findings: tuple[RegisterFinding, ...]
    has_exit: bool

    @property
    def kept(self) -> int:
        """Households for which nothing is proposed as a whole; they are counted, not listed."""
        return sum(1 for row in self.rows if row.kind is WorkKind.KEEP)

    @property
    def counts(self) -> Mapping[WorkKind, int]:
        """How many items of each kind, and how many households are kept, in the order of kinds."""
        found = Counter(item.kind for item in self.items)
        return MappingProxyType({kind: self.kept if kind is WorkKind.KEEP else found[kind] for kind in WorkKind})

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold; nothing personal is in it."""
        return {
            "format": FORMAT,
            "kind": "adjustment",
            "policy": self.policy_id,
            "policy_version": self.policy_version,
            "fingerprint": self.fingerprint,
            "on": self.on.isoformat(),
            "since": None if self.since is None else self.since.isoformat(),
            "has_exit": self.has_exit,
            "rows": [row.to_plain() for row in self.rows],
            "counts": {kind.value: count for kind, count in self.counts.items()},
            "items": [item.to_plain() for item in self.items],
            "findings": [finding.to_plain() for finding in self.findings],
        }
