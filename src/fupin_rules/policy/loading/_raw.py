"""A pack as written: typed values with their places, sources still keys, nothing joined with the packs below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from fupin_rules.citations import Source
from fupin_rules.documents import RawExpr
from fupin_rules.periods import Period
from fupin_rules.policy._checklists import Counts
from fupin_rules.policy._rules import Direction, RankingMethod, RuleKind, Subject
from fupin_rules.policy._waivers import Waiver
from fupin_rules.quantities import Unit


@attrs.frozen
class Override:
    """What an entry says about replacing one of a pack below."""

    is_said: bool
    direction: Direction | None


@attrs.frozen
class RawValue:
    """A dated value, its source still a key."""

    start: date
    until: date | None
    value: Fraction | date | str | frozenset[str]
    source: str
    published: date | None
    note: tuple[str, str]
    where: str


@attrs.frozen
class RawParameter:
    """A parameter as written; an open one has bounds and no values."""

    name: str
    label: tuple[str, str]
    unit: Unit | None
    code_list: str
    values: tuple[RawValue, ...]
    override: Override
    where: str
    bounds: tuple[Fraction, Fraction] | None = None

    @property
    def is_open(self) -> bool:
        """Whether a pack above, or the caller, has to give the values."""
        return not self.values


@attrs.frozen
class RawDefinition:
    """A definition as written."""

    name: str
    subject: Subject
    label: tuple[str, str]
    value: RawExpr
    source: str
    override: Override
    where: str


@attrs.frozen
class RawUnless:
    """An exception as written."""

    id: str
    label: tuple[str, str]
    when: RawExpr
    source: str
    where: str


@attrs.frozen
class RawRule:
    """A rule as written."""

    id: str
    kind: RuleKind
    subject: Subject
    label: tuple[str, str]
    when: RawExpr
    source: str
    unless: tuple[RawUnless, ...]
    weight: Decimal | None
    note: tuple[str, str]
    override: Override
    where: str


@attrs.frozen
class RawItem:
    """An item of a checklist as written; without `when` it is an open slot."""

    id: str
    label: tuple[str, str]
    counts: Counts
    when: RawExpr | None
    source: str
    note: tuple[str, str]
    override: Override
    where: str


@attrs.frozen
class RawChecklistHead:
    """What a checklist says of itself, where it is declared."""

    label: tuple[str, str]
    subject: Subject
    source: str
    note: tuple[str, str]


@attrs.frozen
class RawChecklist:
    """A checklist as written; without a head it continues one of a pack below."""

    id: str
    head: RawChecklistHead | None
    items: tuple[RawItem, ...]
    where: str


@attrs.frozen
class RawNoQuota:
    """That a quota is forbidden, as written."""

    source: str
    where: str


@attrs.frozen
class RawDrop:
    """A rule of a pack below that this pack does without."""

    id: str
    source: str
    direction: Direction
    where: str


@attrs.frozen
class RawTieBreak:
    """A tie-break as written."""

    by: RawExpr
    prefer: str
    source: str
    where: str


@attrs.frozen
class RawRanking:
    """A ranking as written."""

    method: RankingMethod
    order: tuple[str, ...]
    tie_breaks: tuple[RawTieBreak, ...]
    source: str
    where: str


@attrs.frozen
class RawEligibleWhen:
    """A combination of eligibility rules as written."""

    when: RawExpr
    source: str
    where: str


@attrs.frozen
class PackFiles:
    """One pack as written."""

    id: str
    version: str
    title: tuple[str, str]
    note: tuple[str, str]
    extends: tuple[str, ...]
    days: Period
    subjects: tuple[Subject, ...]
    parameters: tuple[RawParameter, ...]
    definitions: tuple[RawDefinition, ...]
    rules: tuple[RawRule, ...]
    drops: tuple[RawDrop, ...]
    checklists: tuple[RawChecklist, ...]
    eligible_when: Mapping[Subject, RawEligibleWhen]
    rankings: Mapping[Subject, RawRanking]
    no_quota: Mapping[Subject, RawNoQuota]
    sources: Mapping[str, Source]
    source_places: Mapping[str, str]
    waivers: tuple[Waiver, ...]
    where: str
