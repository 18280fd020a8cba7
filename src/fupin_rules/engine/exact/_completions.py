"""What the completions of a subject say of an outcome: all the same, two that differ, or it was not told."""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterable
from typing import Any, Final

import attrs

from fupin_rules.model import AnySubject, Household, Member


class How(enum.StrEnum):
    """How far an exact answer goes."""

    SAME = "same"
    """Every completion gives the same outcome."""
    DIFFER = "differ"
    """Two completions are known that give different outcomes, or none."""
    NOT_TOLD = "not_told"
    """Neither was found; the outcome stays open, as it is without asking for completions."""

    def words(self, language: str) -> str:
        """Say it in `zh` or `en`."""
        return _WORDS[self][0 if language == "zh" else 1]


_WORDS: Final = {
    How.SAME: (
        "所缺事实无论是什么，结论都一样",
        "whatever the missing facts turn out to be, the outcome is the same",
    ),
    How.DIFFER: ("所缺事实会决定结论", "the missing facts decide the outcome"),
    How.NOT_TOLD: (
        "未能判明所缺事实是否影响结论",
        "it could not be told whether the missing facts decide the outcome",
    ),
}


def how_words(how: How) -> tuple[str, str]:
    """Say how far an answer goes, in Chinese and English."""
    return _WORDS[how]


@attrs.frozen
class Completions:
    """
    What the completions of a subject say.

    A completion is the subject with every missing fact known, as any value that the model lets it have; a roster of
    which it is not known that it is complete may have more members.

    Attributes:
        how: Whether they say the same.
        claim: What they all say of the outcome; None where they differ, or where it was not told.
        shown: Where they differ, two of them: first one for which the outcome does not hold, then one for which it
            does not fail. Facts that are still open there play no part.
        is_proved: Whether a prover has looked at all completions.
        members: Most members of a roster that were looked at; None where the number plays no part.
    """

    how: How
    claim: bool | None = None
    shown: tuple[AnySubject, ...] = attrs.field(default=(), repr=False)
    is_proved: bool = False
    members: int | None = None

    def words(self, language: str) -> str:
        """Say it in one line, in `zh` or `en`; nobody is named."""
        zh = language == "zh"
        text = self.how.words(language)
        if self.members is not None and self.is_proved:
            text += f"（至多{self.members}口人）" if zh else f" (households of at most {self.members} members)"
        return text

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold; the completions shown are made up in part, and left out."""
        return {"how": self.how.value, "is_proved": self.is_proved, "members": self.members}


def with_members(household: Household, others: Iterable[Member]) -> Household:
    """Give a household with more members, each under an id that is free, and no others."""
    taken = {each.id for each in household.members}
    free = (str(number) for number in itertools.count(1) if str(number) not in taken)
    added = [attrs.evolve(each, id=number) for each, number in zip(others, free, strict=False)]
    return attrs.evolve(household, members=(*household.members, *added), members_complete=True)
