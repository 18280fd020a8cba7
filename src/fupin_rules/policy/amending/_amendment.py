"""
An amendment: a document that changes a policy from a day on, as plain data with a fingerprint of its own.

It is published on one day and in force from another; from before its publication, it has retroactive effect.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any, Final

import attrs

from fupin_rules.citations import Citation, Source
from fupin_rules.periods import Period
from fupin_rules.policy._fingerprint import sha256_of
from fupin_rules.policy.amending._patches import (
    AddDefinition,
    AddException,
    AddParameter,
    AddRule,
    ChangeDefinition,
    ChangeRule,
    DropDefinition,
    DropException,
    DropRule,
    EndParameter,
    Patch,
    SetEligibleWhen,
    SetLabel,
    SetParameter,
    SetRanking,
    target_name,
    target_of,
)
from fupin_rules.policy.amending._write import citations_of, write_amendment

# Names first: what is said of a rule finds it there, whoever added it.
_ORDER: Final[tuple[type[Any], ...]] = (
    AddParameter,
    SetParameter,
    EndParameter,
    AddDefinition,
    ChangeDefinition,
    DropDefinition,
    AddRule,
    ChangeRule,
    DropRule,
    AddException,
    DropException,
    SetEligibleWhen,
    SetRanking,
    SetLabel,
)


def _canonical(patches: Iterable[Patch]) -> tuple[Patch, ...]:
    """Put patches in the one order in which an amendment holds them, whatever order they were written in."""
    return tuple(
        sorted(
            patches,
            key=lambda each: (
                _ORDER.index(type(each)),
                target_of(each),
                "" if each.days is None else each.days.start.isoformat(),
            ),
        )
    )


@attrs.frozen(slots=False)
class Amendment:
    """
    A document that changes a policy.

    Attributes:
        id: Its name, unique among the amendments of a policy.
        policy: Id of the pack it changes; it fits every pack that extends that one as well.
        zh: Title in Chinese.
        en: Title in English.
        citation: The document itself: who issued it, and how firm our knowledge of it is.
        published: Day on which it became known.
        days: Days on which it is in force.
        patches: What it does, in one order whatever order they are given in.
        note_zh: What a reader should know, in Chinese.
        note_en: The same in English.
        where: The file it was read from; empty for one that was built.

    >>> from fupin_rules.citations import Standing
    >>> order = Citation(Source("order", "通知", "order", Standing.ASSUMPTION, note="an example"))
    >>> raise_line = SetParameter("income_line", 3500, order)
    >>> year = Period(date(2016, 4, 1))
    >>> raised = Amendment("raised", "yucheng-2016", "提高", "raise", order, date(2016, 5, 20), year, [raise_line])
    >>> raised.is_retroactive, len(raised.fingerprint)
    (True, 64)
    """

    id: str
    policy: str
    zh: str
    en: str
    citation: Citation
    published: date
    days: Period
    patches: tuple[Patch, ...] = attrs.field(converter=_canonical)
    note_zh: str = ""
    note_en: str = ""
    where: str = attrs.field(default="", eq=False, repr=False, kw_only=True)

    @functools.cached_property
    def fingerprint(self) -> str:
        """SHA-256, in hex, of the plain form: every word of it counts, for it is the document that is meant."""
        return sha256_of(self.to_plain())

    @property
    def is_retroactive(self) -> bool:
        """Whether some patch is in force on days before it was known."""
        return any(self.days_of(each).start < self.published for each in self.patches)

    @property
    def sources(self) -> Mapping[str, Source]:
        """What it cites, by key."""
        return MappingProxyType({each.source.id: each.source for each in citations_of(self)})

    def days_of(self, patch: Patch) -> Period:
        """Tell on which days a patch of it holds."""
        return self.days if patch.days is None else patch.days

    def place_of(self, patch: Patch) -> str:
        """Tell where a patch of it is written, for messages."""
        if patch.place is not None:
            return patch.place.where
        return f"amendment `{self.id}`, `{target_name(target_of(patch))}`"

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold, in the shape of its file; `load_amendment` reads it back."""
        return write_amendment(self)
