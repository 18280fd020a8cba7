"""Ranges of keys, so that a register is read a slice at a time, and members with their households."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from typing import Any

import attrs

from fupin_rules.columnar._engines import narwhals

# So many keys in a sample for each slice, so that slices come out about even.
SAMPLED = 64


@attrs.frozen
class Slice:
    """
    A range of keys.

    Attributes:
        number: Its place, from 0.
        start: First key; None from the beginning on.
        end: First key after it; None up to the end.
    """

    number: int
    start: Any
    end: Any

    def of(self, native: Any, key: str) -> Any:
        """Take from a frame the rows whose keys are in the range."""
        layer = narwhals()
        frame, column = layer.from_native(native), layer.col(key)
        if self.start is not None:
            frame = frame.filter(column >= self.start)
        if self.end is not None:
            frame = frame.filter(column < self.end)
        if self.start is None and self.end is None:
            frame = frame.filter(~column.is_null())
        return layer.to_native(frame)


def bounds_of(sample: Iterable[Any], slices: int) -> list[Any]:
    """
    Find keys between slices that come out about even.

    Args:
        sample: Keys, drawn evenly, in any order.
        slices: How many slices are wanted; there are fewer where keys are few.

    >>> bounds_of([5, 1, 3, 2, 4, 0], 3)
    [2, 4]
    """
    keys = sorted(set(sample))
    found = {keys[len(keys) * place // slices] for place in range(1, slices)} if keys else set()
    return sorted(found - {keys[0]} if keys else found)


def slices_between(bounds: list[Any]) -> list[Slice]:
    """
    Give the slices that bounds leave: every key is in one and no more.

    >>> [(each.start, each.end) for each in slices_between([2, 4])]
    [(None, 2), (2, 4), (4, None)]
    """
    edges = [None, *bounds, None]
    return [Slice(number, start, end) for number, (start, end) in enumerate(itertools.pairwise(edges))]
