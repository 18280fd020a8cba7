"""What a check of a procedure finds, as a value with its words; in the order in which a file is read."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

import attrs

from fupin_rules.workflow.procedure._parts import (
    CodeList,
    Deadline,
    EventType,
    EvidenceKind,
    Field,
    Level,
    Move,
    NoticeRule,
    Review,
    Role,
    State,
)

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure

# The arrays of the format, in its order; what belongs to the head comes before them.
ARRAYS: Final = (
    "levels",
    "roles",
    "lists",
    "evidence",
    "facts",
    "events",
    "states",
    "reviews",
    "notices",
    "deadlines",
    "moves",
)
# A way longer than this is told by its beginning and its end.
_SHOWN_STEPS: Final = 12

Part = Level | Role | CodeList | EvidenceKind | Field | EventType | State | Review | NoticeRule | Deadline | Move


@attrs.frozen
class ProcedureFinding:
    """
    Something in a procedure that cannot be meant.

    Attributes:
        code: Which check, `P001` to `P023`.
        path: The part, as `moves.close_notice.when`.
        zh: What is wrong, in Chinese.
        en: The same in English.
        mend_zh: What to do about it, in Chinese.
        mend_en: The same in English.
    """

    code: str
    path: str
    zh: str
    en: str
    mend_zh: str
    mend_en: str

    def text(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        if language == "zh":
            return f"{self.path}：{self.zh}；{self.mend_zh}（{self.code}）"
        return f"{self.path}: {self.en}; {self.mend_en} ({self.code})"

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data."""
        return attrs.asdict(self)


def in_file_order(procedure: Procedure, findings: Iterable[ProcedureFinding]) -> tuple[ProcedureFinding, ...]:
    """Order findings by the part they are about, those on one part by code."""
    place = {(array, part.id): number for array in ARRAYS for number, part in enumerate(getattr(procedure, array))}

    def key(finding: ProcedureFinding) -> tuple[int, int, str]:
        array, _, rest = finding.path.partition(".")
        part = place.get((array, rest.partition(".")[0]), -1)
        return (ARRAYS.index(array) if array in ARRAYS else -1, part, finding.code)

    return tuple(sorted(findings, key=key))


def zh(part: Part) -> str:
    """Name a part in Chinese: its id, and its label where it has one."""
    label = getattr(part, "zh", "")
    return f"`{part.id}`（{label}）" if label else f"`{part.id}`"


def way(moves: Iterable[str]) -> str:
    """Show the moves of a way."""
    told = [f"`{each}`" for each in moves]
    if len(told) > _SHOWN_STEPS:
        told = [*told[: _SHOWN_STEPS // 2], "…", *told[-_SHOWN_STEPS // 2 :]]
    return " → ".join(told)
