"""
Where two amendments touch the same thing on the same days, so that their order could matter; nothing is asked of rules.

What is told here is read off the patches alone. Two amendments between which nothing is found give one policy in
either order.
"""

from __future__ import annotations

import enum
import itertools
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

import attrs

from fupin_rules.errors import Fault
from fupin_rules.expr import names
from fupin_rules.periods import Period
from fupin_rules.policy._rules import RuleKind
from fupin_rules.policy.amending._patches import (
    AddDefinition,
    AddException,
    AddParameter,
    AddRule,
    DropDefinition,
    DropException,
    DropRule,
    EndParameter,
    Patch,
    SetEligibleWhen,
    SetLabel,
    SetRanking,
    expressions_of,
    target_name,
    target_of,
)

if TYPE_CHECKING:
    from fupin_rules.policy.amending._amendment import Amendment


class ConflictKind(enum.StrEnum):
    """How two amendments stand in each other's way."""

    SAME = "same"
    """Both set, change, add or drop the same thing."""
    DROPPED = "dropped"
    """One drops what the other names."""
    NEEDS = "needs"
    """One names what the other adds."""
    COMBINATION = "combination"
    """One adds a rule, the other sets how such rules combine or rank, and may not count it."""

    def words(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        return _WORDS[self][0 if language == "zh" else 1]

    @property
    def is_ordered(self) -> bool:
        """Whether the order of the two can matter."""
        return self is not ConflictKind.COMBINATION


_WORDS: Final[Mapping[ConflictKind, tuple[str, str]]] = {
    ConflictKind.SAME: ("两者修改同一事项", "both set it"),
    ConflictKind.DROPPED: ("一者废止而另一者引用", "one drops it, the other names it"),
    ConflictKind.NEEDS: ("一者引用另一者新增的事项", "one names it, the other adds it"),
    ConflictKind.COMBINATION: (
        "一者新增规则，另一者规定组合或排序方式，未必计入",
        "one adds a rule, the other sets how such rules combine or rank, and may not count it",
    ),
}


@attrs.frozen
class Conflict:
    """
    One thing over which two amendments stand in each other's way.

    Attributes:
        kind: How.
        first: Id of the one.
        second: Id of the other.
        name: What it is about: the name of a parameter, a definition or a rule, `RULE.EXCEPTION`, or a subject.
        days: Days on which both do so.
        places: Where both are written.
    """

    kind: ConflictKind
    first: str
    second: str
    name: str
    days: Period
    places: tuple[str, str]

    def words(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        told = self.kind.words(language)
        if language == "zh":
            return f"“{self.first}”与“{self.second}”：`{self.name}`（{_zh(self.days)}）：{told}"
        return f"`{self.first}` and `{self.second}`: `{self.name}`, {self.days}: {told}"

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        until = self.days.until
        return {
            "kind": self.kind.value,
            "amendments": [self.first, self.second],
            "name": self.name,
            "from": self.days.start.isoformat(),
            "until": None if until is None else until.isoformat(),
            "places": list(self.places),
            "zh": self.words("zh"),
            "en": self.words("en"),
        }


def _zh(days: Period) -> str:
    return str(days).replace(" to ", "至").replace("from ", "自") + ("起" if days.until is None else "")


@attrs.frozen
class _Touch:
    """What a patch touches, worked out once: each is held against many."""

    patch: Patch
    days: Period
    place: str
    target: tuple[str, ...]
    added: tuple[str, ...] | None
    dropped: tuple[str, ...] | None
    named: frozenset[tuple[str, ...]]


def _touches(amendment: Amendment) -> list[_Touch]:
    return [
        _Touch(
            each,
            amendment.days_of(each),
            amendment.place_of(each),
            target_of(each),
            _added(each),
            _dropped(each),
            frozenset(_named(each)),
        )
        for each in amendment.patches
    ]


def find_conflicts(*amendments: Amendment) -> tuple[Conflict, ...]:
    """
    Find where amendments stand in each other's way, read off their patches alone.

    Args:
        amendments: Any number, in any order; each pair is looked at.

    Returns:
        What was found; nothing means that their order does not matter.

    >>> find_conflicts()
    ()
    """
    held = [(each.id, _touches(each)) for each in amendments]
    return tuple(
        Conflict(kind, first, second, _name(mine, theirs), days, (mine.place, theirs.place))
        for (first, ones), (second, others) in itertools.combinations(held, 2)
        for mine, theirs, kind, days in _clashes(itertools.product(ones, others))
    )


def clashes_within(amendment: Amendment) -> Iterator[Fault]:
    """Find what one amendment does twice, or does and undoes; of each patch only the first it meets is told."""
    told = set[int]()
    for one, other, kind, days in _clashes(itertools.combinations(_touches(amendment), 2)):
        if kind in (ConflictKind.SAME, ConflictKind.DROPPED) and id(other) not in told:
            told.add(id(other))
            what = f"`{_name(one, other)}` on {days}: {kind.words('en')}, in {one.place} and here"
            yield Fault(other.place, what, "say one thing, or give the two other days", "clash")


def _clashes(pairs: Iterable[tuple[_Touch, _Touch]]) -> Iterator[tuple[_Touch, _Touch, ConflictKind, Period]]:
    for one, other in pairs:
        kind = _clash(one, other) or _clash(other, one)
        days = None if kind is None else one.days.shared(other.days)
        if kind is not None and days is not None:
            yield one, other, kind, days


def _name(one: _Touch, other: _Touch) -> str:
    """Name what two patches meet over."""
    shown = next((each for each in (one.dropped, other.dropped, one.added, other.added) if each is not None), None)
    if one.target == other.target or shown is None:
        return target_name(one.target)
    return ".".join(shown)


def _clash(one: _Touch, other: _Touch) -> ConflictKind | None:
    """Tell how one patch stands in the way of another; only what the first does is looked at."""
    if one.target == other.target:
        return ConflictKind.SAME
    if one.dropped is not None and one.dropped in other.named:
        return ConflictKind.DROPPED
    if one.added is not None and one.added in other.named:
        return ConflictKind.NEEDS
    return ConflictKind.COMBINATION if _may_not_count(one.patch, other.patch) else None


def _dropped(patch: Patch) -> tuple[str, ...] | None:
    match patch:
        case EndParameter(name) | DropDefinition(name) | DropRule(name):
            return (name,)
        case DropException(rule, name):
            return (rule, name)
        case _:
            return None


def _added(patch: Patch) -> tuple[str, ...] | None:
    match patch:
        case AddParameter() | AddDefinition() | AddRule():
            return (patch.name,)
        case AddException(rule, unless):
            return (rule, unless.id)
        case _:
            return None


def _named(patch: Patch) -> set[tuple[str, ...]]:
    """Give all that a patch speaks of beside what it touches itself."""
    found: Iterable[str] = itertools.chain.from_iterable(names(each) for each in expressions_of(patch).values())
    named: set[tuple[str, ...]] = {(each,) for each in found}
    match patch:
        case AddException(rule) | DropException(rule):
            named.add((rule,))
        case SetLabel(name):
            named |= {(name,), (name, patch.exception)}
        case SetRanking(_, ranking):
            named |= {(each,) for each in ranking.order}
        case _:
            pass
    return named


def _may_not_count(one: Patch, other: Patch) -> bool:
    if not isinstance(one, AddRule):
        return False
    match other:
        case SetEligibleWhen(subject):
            return one.rule.subject is subject and one.rule.kind is RuleKind.ELIGIBILITY
        case SetRanking(subject):
            return one.rule.subject is subject and one.rule.kind is RuleKind.PRIORITY
        case _:
            return False
