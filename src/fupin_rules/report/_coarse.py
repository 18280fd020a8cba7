"""
Small numbers are never shown, and cannot be worked out: what is too small is put together with what stands beside it.

A number is small from 1 to `least - 1`; nobody is nobody's secret. No cell is left out of a table whose total is shown:
categories are joined until every cell is 0 or large enough. So all that is published of a table are sums of cells that
are large enough themselves, and no subtraction leads below them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

LEAST: Final = 5

# Places of rows or columns that are shown as one.
Groups = tuple[tuple[int, ...], ...]
Cells = tuple[int, ...]


def is_small(count: int, least: int) -> bool:
    """Tell whether a number would show single people."""
    return 0 < count < least


def added(rows: Iterable[Sequence[int]], width: int) -> Cells:
    """Add up rows, cell by cell."""
    total = [0] * width
    for row in rows:
        for place, count in enumerate(row):
            total[place] += count
    return tuple(total)


def joined(row: Sequence[int], columns: Groups) -> Cells:
    """Add up the cells of columns that are shown as one."""
    return tuple(sum(row[place] for place in group) for group in columns)


def join_parts(counts: Sequence[int], least: int) -> Groups:
    """
    Join parts of a whole, the smallest first, until each is 0 or large enough; all of them together may stay small.

    >>> join_parts([100, 3, 0, 20], 5)
    ((0,), (1, 3), (2,))
    """
    groups = [[place] for place in range(len(counts))]

    def count(group: Sequence[int]) -> int:
        return sum(counts[place] for place in group)

    while True:
        told = sorted((group for group in groups if count(group)), key=count)
        if len(told) < 2 or not is_small(count(told[0]), least):
            return tuple(tuple(sorted(group)) for group in sorted(groups, key=min))
        told[1].extend(told[0])
        groups.remove(told[0])


def join_rows(rows: Sequence[Sequence[int]], least: int) -> Groups:
    """
    Join neighbours until every cell is 0 or large enough, for rows that have an order; else all become one.

    >>> join_rows([(9, 9), (2, 9), (0, 0), (8, 8), (1, 0)], 5)
    ((0,), (1, 2, 3, 4))
    """
    groups: list[list[int]] = []
    held: list[int] = []
    for place in range(len(rows)):
        held.append(place)
        if _is_safe(rows, held, least):
            groups.append(held)
            held = []
    while held:
        # What is left at the end goes to the row before it.
        held = (groups.pop() if groups else []) + held
        if _is_safe(rows, held, least) or not groups:
            groups.append(held)
            break
    return tuple(map(tuple, groups))


def set_apart(rows: Sequence[Sequence[int]], least: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """
    Choose the rows that are shown, of rows without an order; the others are shown as one.

    Args:
        rows: Each with its cells.
        least: As everywhere.

    Returns:
        Places of rows shown, and places of those put together; the cells of these together are 0 or large enough, or
        nothing is shown.

    >>> set_apart([(9, 9), (2, 9), (8, 8)], 5)
    ((0,), (1, 2))
    """
    others = [place for place in range(len(rows)) if not _is_safe(rows, [place], least)]
    shown = sorted(set(range(len(rows))) - set(others), key=lambda place: (sum(rows[place]), place))
    while others and not _is_safe(rows, others, least) and shown:
        others.append(shown.pop(0))
    return tuple(sorted(shown)), tuple(sorted(others))


def _is_safe(rows: Sequence[Sequence[int]], group: Sequence[int], least: int) -> bool:
    return not any(is_small(count, least) for count in added((rows[place] for place in group), len(rows[0])))


def shares(counts: Sequence[int], *, places: int = 1) -> tuple[int, ...]:
    """
    Give the shares of parts in their whole, in units of the last decimal place of a percentage; they add up to 100 %.

    The largest remainders are rounded up (最大余额法), the first of equal ones first.

    >>> shares([1, 1, 1])
    (334, 333, 333)
    """
    whole, units = sum(counts), 100 * 10**places
    if not whole:
        return tuple(0 for _ in counts)
    floors = [units * count // whole for count in counts]
    by_rest = sorted(range(len(counts)), key=lambda place: (-(units * counts[place] % whole), place))
    for place in by_rest[: units - sum(floors)]:
        floors[place] += 1
    return tuple(floors)
