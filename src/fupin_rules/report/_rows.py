"""Rows and columns of figures: labels of what was put together, and shares that add up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import attrs

from fupin_rules.engine import Assessment
from fupin_rules.report._coarse import Cells, Groups, added, join_rows, joined, shares
from fupin_rules.report._figures import Figure, Row, Said

Column = tuple[str, Said]
# A household, and the column that its outcome is counted in.
Home = tuple[Assessment, int]

OUTCOMES: Final[tuple[Column, ...]] = (
    ("eligible", Said("符合条件", "eligible")),
    ("ineligible", Said("不符合条件", "not eligible")),
    ("undetermined", Said("尚不能确定", "undetermined")),
)
HOUSEHOLDS: Final[Column] = ("households", Said("户", "households"))


def columns_of(parts: Sequence[Column], groups: Groups) -> tuple[Column, ...]:
    """Name parts that are shown as one after all of them."""
    return tuple(_joint([parts[place] for place in group]) for group in groups)


def _joint(parts: Sequence[Column]) -> Column:
    zh, en = "或".join(said.zh for _, said in parts), " or ".join(said.en for _, said in parts)
    return "+".join(name for name, _ in parts), Said(zh, en)


def rows_of(parts: Sequence[Column], counts: Sequence[Sequence[int]]) -> tuple[Row, ...]:
    """Give the rows of a whole, each with its share in all."""
    told = shares([sum(row) for row in counts])
    return tuple(
        Row(name, said, tuple(row), share=share) for (name, said), row, share in zip(parts, counts, told, strict=True)
    )


@attrs.frozen
class Counted:
    """
    A figure whose rows are the parts of a whole, with where each household is counted.

    Attributes:
        figure: The figure.
        cells: For each household, the row and the column it is counted in; empty for a figure of people.
    """

    figure: Figure
    cells: tuple[tuple[int, int], ...] = ()


def by_class(
    homes: Sequence[Home], places: Sequence[int], classes: int, columns: Sequence[Column], least: int
) -> tuple[list[Cells], tuple[tuple[int, int], ...]]:
    """Count households by class and outcome, and tell in which row and column each is counted."""
    rows = [[0] * len(columns) for _ in range(classes)]
    for (_, column), place in zip(homes, places, strict=True):
        rows[place][column] += 1
    counts = [tuple(row) for row in rows]
    row_of = {place: at for at, group in enumerate(join_rows(counts, least)) for place in group}
    return counts, tuple((row_of[place], column) for (_, column), place in zip(homes, places, strict=True))


def in_order(
    parts: Sequence[Column], counts: Sequence[Cells], least: int, joint: Callable[[Sequence[Column]], Column] = _joint
) -> tuple[Row, ...]:
    """Give the rows of classes that have an order, neighbours put together where one is small; empty ends left out."""
    width = len(counts[0])
    held = [
        (joint([parts[at] for at in group]), added((counts[at] for at in group), width))
        for group in join_rows(counts, least)
    ]
    while held and not any(held[0][1]):
        held.pop(0)
    while held and not any(held[-1][1]):
        held.pop()
    return rows_of([part for part, _ in held], [row for _, row in held])


def joined_rows(counts: Sequence[Cells], columns: Groups) -> list[Cells]:
    """Put columns together in every row."""
    return [joined(row, columns) for row in counts]
