"""
Three-valued claims: true, false, or not known, with the names of the facts that are missing.

`Truth = bool | Unknown`. An open claim has no truth value in Python: `if claim:` raises, so that no code can take
"not known" for yes or no by accident. Write `claim is True`.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from typing import Never, TypeVar

import attrs

from fupin_rules.errors import OpenClaimError


class Why(enum.StrEnum):
    """Why a fact is not known, where somebody said so."""

    NOT_COLLECTED = "not_collected"
    EXPIRED = "expired"
    CONFLICTING = "conflicting"
    REFUSED = "refused"
    NEEDS_JUDGEMENT = "needs_judgement"
    ZERO_DIVISOR = "zero_divisor"
    """Derived by a reader, never told: the facts named make a divisor zero."""

    def words(self, language: str) -> str:
        """Say the reason for a person, in `zh` or `en`."""
        return _WORDS[self][language != "zh"]


_WORDS = {
    Why.NOT_COLLECTED: ("尚未采集", "not collected"),
    Why.EXPIRED: ("已过期", "expired"),
    Why.CONFLICTING: ("互相矛盾", "conflicting"),
    Why.REFUSED: ("拒绝提供", "refused"),
    Why.NEEDS_JUDGEMENT: ("有待判断", "needs judgement"),
    Why.ZERO_DIVISOR: ("除数为零", "makes a divisor zero"),
}


@attrs.frozen
class NotKnown:
    """
    A fact that is not known, with the reason why; plain `None` says "not known" without a reason.

    Attributes:
        why: The reason, as told by whoever collected the facts.
    """

    why: Why = attrs.field(converter=Why)

    def __bool__(self) -> Never:
        """Refuse: nothing can be read from a fact that is not known."""
        raise OpenClaimError(f"the fact is not known ({self.why.value}); compare with `is`")


def _names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(names)


def _reasons(reasons: Iterable[tuple[str, Why]]) -> frozenset[tuple[str, Why]]:
    return frozenset(reasons)


@attrs.frozen
class Unknown:
    """
    The value of a claim or a number that cannot be told yet.

    Attributes:
        missing: Names of the facts whose absence keeps it open (`income.pension_yuan`, `members[2].birth_date`).
        why: Pairs of fact and reason, where a reason is known.
        low: Lowest possible value, for a count of members that is only partly known; otherwise None.
        high: Highest possible value likewise; None with a `low` means that there is no bound.
    """

    missing: frozenset[str] = attrs.field(converter=_names)
    why: frozenset[tuple[str, Why]] = attrs.field(default=frozenset(), converter=_reasons)
    low: int | None = None
    high: int | None = None

    def __bool__(self) -> Never:
        """Refuse: an open claim is neither true nor false."""
        names = ", ".join(sorted(self.missing)) or "nothing named"
        raise OpenClaimError(f"an open claim has no truth value (missing: {names}); write `claim is True`")


Truth = bool | Unknown
_T = TypeVar("_T")


def merge(unknowns: Iterable[Unknown]) -> Unknown:
    """
    Join what several open values miss into one open value, without bounds.

    >>> sorted(merge([Unknown({"b"}), Unknown({"a"})]).missing)
    ['a', 'b']
    """
    missing: set[str] = set()
    why: set[tuple[str, Why]] = set()
    for unknown in unknowns:
        missing |= unknown.missing
        why |= unknown.why
    return Unknown(missing, why)


def negate(claim: Truth) -> Truth:
    """
    Turn yes into no and no into yes; what is open stays open.

    >>> negate(False)
    True
    """
    return merge((claim,)) if isinstance(claim, Unknown) else not claim


def all_of(claims: Iterable[Truth]) -> Truth:
    """
    Tell whether all claims hold: one firm no settles it, otherwise one open claim keeps it open.

    Every claim is looked at, so that an open answer names everything that is missing.

    >>> all_of([Unknown({"a"}), False])
    False
    """
    open_claims = []
    settled = True
    for claim in claims:
        if isinstance(claim, Unknown):
            open_claims.append(claim)
        elif not claim:
            settled = False
    if not settled:
        return False
    return merge(open_claims) if open_claims else True


def any_of(claims: Iterable[Truth]) -> Truth:
    """
    Tell whether any claim holds: one firm yes settles it, otherwise one open claim keeps it open.

    >>> any_of([Unknown({"a"}), True])
    True
    """
    return negate(all_of(negate(claim) for claim in claims))


def is_settled(claim: _T | Unknown) -> bool:
    """
    Tell whether a claim or number is known.

    >>> is_settled(Unknown({"a"}))
    False
    """
    return not isinstance(claim, Unknown)
