"""What a report holds, as plain data: figures with their rows, each number large enough to be shown, or not there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from fupin_rules.citations import Source, Standing


@attrs.frozen
class Said:
    """
    Words in both languages.

    Attributes:
        zh: In Chinese.
        en: In English.
    """

    zh: str
    en: str

    def to_plain(self) -> dict[str, str]:
        """Give it as plain data."""
        return {"zh": self.zh, "en": self.en}


@attrs.frozen
class Row:
    """
    One row of a figure.

    Attributes:
        id: Stable name: of a rule, a fact, a class; parts that were put together are joined by `+`.
        said: Its label.
        counts: A number for each column; None where it is not shown because it, or what it would show, is small.
        within: Label of what it is a part of: the township of a village; empty words where there is none.
        standing: How firm its source is, where it has one.
        span: For a class of amounts: from (included) and until (left out), in whole units; None for an open end.
        share: Share of the row in the whole, in tenths of a percent; None where rows do not add up to a whole.
    """

    id: str
    said: Said
    counts: tuple[int | None, ...]
    within: Said = Said("", "")
    standing: Standing | None = None
    span: tuple[int | None, int | None] | None = None
    share: int | None = None

    @property
    def total(self) -> int | None:
        """What the columns add up to; None where one is not shown."""
        known = [count for count in self.counts if count is not None]
        return sum(known) if len(known) == len(self.counts) else None

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "id": self.id,
            **self.said.to_plain(),
            "counts": list(self.counts),
            "within": self.within.to_plain() if self.within.zh else None,
            "standing": None if self.standing is None else self.standing.value,
            "span": None if self.span is None else list(self.span),
            "share": None if self.share is None else self.share / 10,
        }


@attrs.frozen
class Figure:
    """
    Numbers that belong together.

    Attributes:
        id: Stable name.
        said: Its title.
        columns: Id and label of each column.
        rows: In order.
        is_whole: Whether its rows are the parts of one whole: everybody it counts is in one row and no other.
        note: What a reader should know; empty words for nothing.
    """

    id: str
    said: Said
    columns: tuple[tuple[str, Said], ...]
    rows: tuple[Row, ...]
    is_whole: bool
    note: Said = Said("", "")

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "id": self.id,
            "title": self.said.to_plain(),
            "columns": [{"id": name, **said.to_plain()} for name, said in self.columns],
            "rows": [row.to_plain() for row in self.rows],
            "is_whole": self.is_whole,
            "note": self.note.to_plain() if self.note.zh else None,
        }


@attrs.frozen
class Line:
    """
    The income line that distances are told from.

    Attributes:
        said: Its label.
        amount: In yuan per person and year.
        standing: How firm its source is.
    """

    said: Said
    amount: str
    standing: Standing


@attrs.frozen
class Basis:
    """
    A source that the report rests on.

    Attributes:
        source: The source.
        rules: How many rules and parameters of households cite it.
    """

    source: Source
    rules: int


@attrs.frozen
class Report:
    """
    A register under a policy on a day, without persons.

    Attributes:
        policy: Id of the policy.
        version: Version of its pack.
        said: Its title.
        note: What a reader should know of it; empty words for nothing.
        on: The day.
        fingerprint: SHA-256 of the snapshot.
        library_version: Version of this library.
        least: Numbers from 1 up to this are not shown.
        households: How many there are.
        people: How many members they have; None where the number would show single people.
        set_aside: Households that could not be read and are not in it.
        line: The income line, where the policy has one.
        figures: By id, in order.
        bases: Sources, firmest first.
    """

    policy: str
    version: str
    said: Said
    note: Said
    on: date
    fingerprint: str
    library_version: str
    least: int
    households: int
    people: int | None
    set_aside: int
    line: Line | None
    figures: Mapping[str, Figure] = attrs.field(hash=False)
    bases: tuple[Basis, ...] = ()

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {
            "kind": "report",
            "policy": self.policy,
            "version": self.version,
            "title": self.said.to_plain(),
            "on": self.on.isoformat(),
            "fingerprint": self.fingerprint,
            "library_version": self.library_version,
            "least": self.least,
            "households": self.households,
            "people": self.people,
            "set_aside": self.set_aside,
            "line": None
            if self.line is None
            else {**self.line.said.to_plain(), "yuan": self.line.amount, "standing": self.line.standing.value},
            "figures": {name: each.to_plain() for name, each in self.figures.items()},
            "sources": [
                {
                    "id": each.source.id,
                    "title": each.source.title,
                    "title_en": each.source.title_en,
                    "issuer": each.source.issuer,
                    "standing": each.source.standing.value,
                    "rules": each.rules,
                }
                for each in self.bases
            ],
        }
