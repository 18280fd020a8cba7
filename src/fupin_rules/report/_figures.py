"""What a report holds, as plain data: figures with their rows, each number large enough to be shown, or not there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import attrs

from fupin_rules.citations import Source, Standing
from fupin_rules.markup import (
    Drawing,
    Grid,
    Part,
    both_html,
    both_markdown,
    draw_html,
    draw_markdown,
    draw_text,
    mimebundle,
)


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

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it where there is no page, in `zh` or `en`: all its numbers."""
        zh = language == "zh"
        people = "–" if self.people is None else f"{self.people:,}"
        counted = f"{self.households:,}户，{people}人" if zh else f"{self.households:,} households, {people} people"
        bound = f"1到{self.least - 1}的数不显示" if zh else f"numbers from 1 to {self.least - 1} are not shown"
        return Drawing(
            language,
            f"{self.said.zh}：评估日 {self.on}" if zh else f"{self.said.en}, on {self.on}",
            remarks=(counted, bound) if self.least > 1 else (counted,),
            parts=tuple(
                Part(
                    each.said.zh if zh else each.said.en,
                    grid=_grid(each, language),
                    folded=each.id not in ("outcomes", "funnel"),
                )
                for each in self.figures.values()
            ),
        )

    as_text = draw_text
    as_markdown = draw_markdown
    as_html = draw_html
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle

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


def _grid(figure: Figure, language: str) -> Grid:
    zh = language == "zh"
    is_within = any(row.within.zh for row in figure.rows)
    within = ("乡镇" if zh else "township",) if is_within else ()
    heads = (*within, "", *(said.zh if zh else said.en for _, said in figure.columns))
    rows = (
        (
            *((row.within.zh if zh else row.within.en,) if is_within else ()),
            row.said.zh if zh else row.said.en,
            *("–" if count is None else f"{count:,}" for count in row.counts),
        )
        for row in figure.rows
    )
    return Grid(heads, tuple(rows), numbers=tuple(range(len(within) + 1, len(heads))))
