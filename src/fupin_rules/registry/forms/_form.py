"""What a form is: its rows and columns, the folds of a summary, and open places that a pack may fill."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from types import MappingProxyType

import attrs

from fupin_rules.citations import Citation, Standing, weakest
from fupin_rules.expr import Expr
from fupin_rules.model import Field
from fupin_rules.policy import Snapshot


class FormRows(enum.StrEnum):
    """What one row of a form is."""

    HOUSEHOLD = "household"
    MEMBER = "member"
    VILLAGE = "village"
    HOUSEHOLD_SUMMARY = "household_summary"
    """A household, worked out from the forms of households and members."""
    VILLAGE_SUMMARY = "village_summary"
    """All households of a village, worked out likewise."""


SUMMARIES = frozenset({FormRows.HOUSEHOLD_SUMMARY, FormRows.VILLAGE_SUMMARY})


class Key(enum.StrEnum):
    """What a column of ids names."""

    HOUSEHOLD = "household"
    MEMBER = "member"
    VILLAGE = "village"


class FoldSort(enum.StrEnum):
    """How a column of a summary is worked out."""

    VALUE = "value"
    """A number of the one household."""
    COUNT = "count"
    """Households for which a claim holds."""
    SUM = "sum"
    """A number of each household, added up."""
    REMARK = "remark"
    """The columns of the row that cannot be worked out."""


@attrs.frozen
class Fold:
    """
    How a column of a summary is worked out.

    Attributes:
        sort: Which way.
        expr: The number, or the claim that is counted; None for a remark.
        where: Which households count towards a sum; None for all.
        places: Decimal places to which the result is rounded, halves away from zero; 0 leaves it as it is.
    """

    sort: FoldSort
    expr: Expr | None = None
    where: Expr | None = None
    places: int = 0


@attrs.frozen
class FormColumn:
    """
    One column of a form; it holds an id, a fact or the result of a fold.

    Attributes:
        zh: Header, as it stands on the form.
        en: The same in English.
        key: What an id names; None for other columns.
        field: The fact; None for other columns.
        fold: How it is worked out; None for other columns.
        aliases: Other headers under which it is found.
        hint_zh: What the hint row says, in Chinese; empty for nothing.
        hint_en: The same in English.
        required: Whether the form asks for it in every row. A blank stays a fact that is not known.
        source: Where the column comes from.
        slot: The open place that it fills, from 1; None for a column of the form itself.
    """

    zh: str
    en: str
    source: Citation
    key: Key | None = None
    field: Field | None = None
    fold: Fold | None = None
    aliases: tuple[str, ...] = ()
    hint_zh: str = ""
    hint_en: str = ""
    required: bool = False
    slot: int | None = None

    def label(self, language: str) -> str:
        """Give the header in `zh` or `en`."""
        return self.zh if language == "zh" else self.en


@attrs.frozen
class Form:
    """
    One form of a pack.

    Attributes:
        id: Name within the pack.
        zh: Title in Chinese.
        en: Title in English.
        rows: What one row is.
        columns: In order, those that fill open places last.
        marks: Headers by which a sheet is known to be of this form.
        slots: Number of open places, filled ones included.
        slots_source: What asks for them; None where there are none.
        source: Where the form is named.
        note_zh: What a reader should know, in Chinese.
        note_en: The same in English.
    """

    id: str
    zh: str
    en: str
    rows: FormRows
    columns: tuple[FormColumn, ...]
    marks: tuple[str, ...]
    source: Citation
    slots: int = 0
    slots_source: Citation | None = None
    note_zh: str = ""
    note_en: str = ""

    @property
    def open_slots(self) -> tuple[int, ...]:
        """Numbers of the places that nothing fills."""
        filled = {column.slot for column in self.columns}
        return tuple(place for place in range(1, self.slots + 1) if place not in filled)

    @property
    def standing(self) -> Standing:
        """The weakest standing among the sources it rests on."""
        found = weakest([self.source.standing, *(column.source.standing for column in self.columns)])
        assert found is not None
        return found

    def title(self, language: str) -> str:
        """Give the title in `zh` or `en`."""
        return self.zh if language == "zh" else self.en


@attrs.frozen(eq=False)
class Forms:
    """
    The forms of a pack, with the policy whose definitions the summaries use.

    Attributes:
        pack: Id of the pack.
        forms: In the order households, members, summaries, villages, as the pack's files give them.
        snapshot: The policy, without values of parameters: folds read nothing that depends on the day.
    """

    pack: str
    forms: tuple[Form, ...]
    snapshot: Snapshot = attrs.field(repr=False)

    @property
    def by_id(self) -> Mapping[str, Form]:
        """Forms by id."""
        return MappingProxyType({form.id: form for form in self.forms})

    def of(self, rows: FormRows) -> Form | None:
        """Find the form of a kind of rows; None where the pack has none."""
        return next((form for form in self.forms if form.rows is rows), None)
