"""
Figures of one register tell of each other: what a rule goes against may be all of some classes, and nearly all of more.

Rows of rules and facts overlap, so that what is small in them cannot be put together with what stands beside it.
Instead each is held against every figure whose rows are the parts of a whole: where the classes it reaches into hold
only a few more than it does, or those that lie in it a few less, the difference would tell of these few, and the number
is not shown. It is so whether or not a reader could know that the one lies in the other.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence

import attrs

from fupin_rules.report._coarse import is_small
from fupin_rules.report._figures import Row

# Households as the bits of a number: what two have in common is one operation, whatever their number.
Bits = int


@attrs.frozen
class Claimed:
    """
    A row that may overlap with others.

    Attributes:
        row: The row.
        held: For each of its columns, who is counted there.
    """

    row: Row
    held: tuple[Bits, ...]


def bits_of(told: Iterable[bool]) -> Bits:
    """
    Give those of whom it is told as bits, the first the lowest.

    >>> bin(bits_of([True, False, True, True]))
    '0b1101'
    """
    digits = "".join("1" if each else "0" for each in told)
    return int(digits[::-1], 2) if digits else 0


def parts_of(cells: Sequence[Hashable]) -> tuple[Bits, ...]:
    """Give the parts of a whole as bits, from the cell that each is counted in."""
    places: dict[Hashable, list[int]] = {}
    for at, cell in enumerate(cells):
        places.setdefault(cell, []).append(at)
    blank = bytes(len(cells) // 8 + 1)
    found = []
    for members in places.values():
        held = bytearray(blank)
        for at in members:
            held[at // 8] |= 1 << (at % 8)
        found.append(int.from_bytes(held, "little"))
    return tuple(found)


def hide(claimed: Sequence[Claimed], wholes: Sequence[Sequence[Bits]], everybody: int, least: int) -> tuple[Row, ...]:
    """
    Give the rows without the numbers that would lead below what is shown.

    Args:
        claimed: Rows that overlap, of all figures together.
        wholes: The parts of each figure whose rows add up.
        everybody: How many there are.
        least: As everywhere.
    """
    shown = [
        (at, place, held)
        for at, each in enumerate(claimed)
        for place, held in enumerate(each.held)
        if each.row.counts[place] is not None and not any(_tells(held, parts, least) for parts in wholes)
    ]
    # The largest stay: of two that tell of a few between them, the smaller goes.
    shown.sort(key=lambda each: (-each[2].bit_count(), each[0], each[1]))
    kept: list[tuple[int, int, Bits]] = []
    for one in shown:
        if not any(_differ_by_few(one[2], other[2], everybody, least) for other in kept):
            kept.append(one)
    told = {(at, place) for at, place, _ in kept}
    return tuple(
        attrs.evolve(
            each.row,
            counts=tuple(count if (at, place) in told else None for place, count in enumerate(each.row.counts)),
        )
        for at, each in enumerate(claimed)
    )


def tell_of_few(one: Sequence[Bits], other: Sequence[Bits], least: int) -> bool:
    """Tell whether a part of either whole, taken from parts of the other, leaves a few."""
    pairs = ((one, other), (other, one))
    return any(_tells(part, parts, least) for mine, parts in pairs for part in mine)


def _tells(held: Bits, parts: Sequence[Bits], least: int) -> bool:
    """Tell whether a number, taken from parts it reaches into or less those that lie in it, leaves a few."""
    reached = inside = 0
    for part in parts:
        common = part & held
        if common:
            reached |= part
            if common == part:
                inside |= part
    beyond = (reached & ~held).bit_count()
    left = (held & ~inside).bit_count()
    return is_small(beyond, least) or is_small(left, least)


def _differ_by_few(one: Bits, other: Bits, everybody: int, least: int) -> bool:
    common = one & other
    if not common:
        return is_small(everybody - one.bit_count() - other.bit_count(), least)
    if common in (one, other):
        return is_small((one ^ other).bit_count(), least)
    return False
