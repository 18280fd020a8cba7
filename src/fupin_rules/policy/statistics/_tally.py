"""Counts that may be open: summed, and taken under a claim that may itself be open, between bounds and with names."""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from fupin_rules.truth import Truth, Unknown, Why

Tally = int | Unknown
"""How many; where that is not known, at least `low`, at most `high` (None: no bound), and what is missing."""


@attrs.define
class Sum:
    """
    A sum in the making: one pass over a register, without a new set of names for every household.

    Attributes:
        low: At least this.
        high: At most this; None where there is no bound.
        missing: What is missing of the open counts.
        why: Pairs of fact and reason, where somebody told one.
    """

    low: int = 0
    high: int | None = 0
    missing: set[str] = attrs.field(factory=set)
    why: set[tuple[str, Why]] = attrs.field(factory=set)

    def add(self, count: Tally) -> None:
        """Add one count."""
        if isinstance(count, Unknown):
            self.low += count.low or 0
            self.high = None if self.high is None or count.high is None else self.high + count.high
            self.missing |= count.missing
            self.why |= count.why
        else:
            self.low += count
            self.high = None if self.high is None else self.high + count

    def total(self) -> Tally:
        """Give the sum, open as soon as one count was."""
        if self.low == self.high:
            return self.low
        return Unknown(self.missing, self.why, low=self.low, high=self.high)


def add_up(counts: Iterable[Tally]) -> Tally:
    """
    Add counts; one open count leaves the sum open.

    >>> add_up([2, Unknown({"a"}, low=0, high=1)])
    Unknown(missing=frozenset({'a'}), why=frozenset(), low=2, high=3)
    """
    total = Sum()
    for count in counts:
        total.add(count)
    return total.total()


def only_if(claim: Truth, count: Tally) -> Tally:
    """
    Give a count where a claim holds, nothing where it does not, anything from nothing to it where that is open.

    >>> only_if(Unknown({"a"}), 2)
    Unknown(missing=frozenset({'a'}), why=frozenset(), low=0, high=2)
    """
    if isinstance(claim, bool):
        return count if claim else 0
    if count == 0:
        return 0
    inner = count if isinstance(count, Unknown) else Unknown((), low=count, high=count)
    return Unknown(claim.missing | inner.missing, claim.why | inner.why, low=0, high=inner.high)
