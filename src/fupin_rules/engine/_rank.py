"""
Ranking under a quota, with facts missing: who is in whatever they turn out to be, who is out, and who may be either.

A score is a tuple with bounds for each component, and households are independent of each other: the worst that can
happen to one is its own lowest score while every other has its highest. A tie at the cut that the policy's tie-break
does not decide stays a tie; nobody is preferred silently.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import Any, overload

import attrs

from fupin_rules.engine._assessment import Assessment
from fupin_rules.errors import Fault, PolicyError
from fupin_rules.expr import evaluate
from fupin_rules.markup import (
    Drawing,
    Grid,
    Part,
    both_html,
    both_markdown,
    draw_html,
    draw_markdown,
    draw_text,
    listed,
    mimebundle,
)
from fupin_rules.policy import Outcome, subject_of
from fupin_rules.truth import Unknown

# One component of a key: (0, 0) below everything, (1, value), (2, 0) above everything. Greater goes first.
_Component = tuple[int, Fraction]
_Key = tuple[_Component, ...]
_LEAST: _Component = (0, Fraction(0))
_MOST: _Component = (2, Fraction(0))


@attrs.frozen
class Ranked:
    """
    The places of one group under its quota.

    Attributes:
        quota: How many can be taken.
        certain: Taken, whatever the missing facts turn out to be, best first.
        possible: Taken or not, depending on missing facts.
        tied: Settled, and level with others at the cut; the policy does not say who goes first.
        out: Not taken, whatever the missing facts turn out to be.
    """

    quota: int
    certain: tuple[str, ...]
    possible: tuple[str, ...]
    tied: tuple[str, ...]
    out: tuple[str, ...]

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {
            "quota": self.quota,
            "certain": list(self.certain),
            "possible": list(self.possible),
            "tied": list(self.tied),
            "out": list(self.out),
        }

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it, in `zh` or `en`."""
        zh = language == "zh"
        held = {"certain": self.certain, "possible": self.possible, "tied": self.tied, "out": self.out}
        head = ("", "数量") if zh else ("", "number")
        rows = tuple((_PLACES[name][0 if zh else 1], f"{len(ids):,}") for name, ids in held.items())
        parts = (
            listed(f"{_PLACES[name][0 if zh else 1]} ({len(ids):,})", _first(ids, language), folded=name == "out")
            for name, ids in held.items()
        )
        title = f"名额{self.quota:,}个" if zh else f"a quota of {self.quota:,}"
        return Drawing(language, title, parts=(Part(grid=Grid(head, rows, numbers=(1,))), *parts))

    as_text = draw_text
    as_markdown = draw_markdown
    as_html = draw_html
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle


# More of one place than are read one by one.
SHOWN = 200
_PLACES = MappingProxyType(
    {
        "certain": ("确定在名额内", "certain"),
        "possible": ("可能在名额内，取决于尚缺的事实", "possible, depending on facts that are missing"),
        "tied": ("在名额线上并列，政策未定先后", "tied at the cut, where the policy does not say who goes first"),
        "out": ("名额之外", "out"),
    }
)


def _first(ids: tuple[str, ...], language: str) -> tuple[str, ...]:
    more = len(ids) - SHOWN
    if more <= 0:
        return ids
    return (*ids[:SHOWN], f"……另有{more:,}个" if language == "zh" else f"... and {more:,} more")


@overload
def rank(assessments: Iterable[Assessment], quota: int, *, within: None = None) -> Ranked: ...


@overload
def rank(
    assessments: Iterable[Assessment], quota: int | Mapping[str, int], *, within: Callable[[Assessment], str]
) -> Mapping[str, Ranked]: ...


def rank(
    assessments: Iterable[Assessment],
    quota: int | Mapping[str, int],
    *,
    within: Callable[[Assessment], str] | None = None,
) -> Ranked | Mapping[str, Ranked]:
    """
    Rank the eligible under a quota; the undetermined are possible at most, the ineligible are not ranked.

    Args:
        assessments: All of one policy on one day.
        quota: How many can be taken; with `within`, for each group or one number for all.
        within: Tells the group of an assessment, such as its village; each group then has its own places.

    Raises:
        PolicyError: Policies or days are mixed, the policy forbids a quota or ranks nobody, or a group has no quota.
    """
    held = tuple(assessments)
    _demand_one_policy(held)
    if within is None:
        return _rank(list(held), _quota(quota, "all"))
    groups: dict[str, list[Assessment]] = {}
    for each in held:
        groups.setdefault(within(each), []).append(each)
    return MappingProxyType({name: _rank(group, _quota(quota, name)) for name, group in sorted(groups.items())})


def _demand_one_policy(held: tuple[Assessment, ...]) -> None:
    if len({(each.fingerprint, each.on) for each in held}) > 1:
        what = "assessments of several policies or days cannot be ranked together"
        raise PolicyError(Fault("rank", what, "assess all under one policy on one day", "mixed"))
    for each in held[:1]:
        each.snapshot.check_quota(subject_of(each.subject))
    if any(each.priority is None for each in held):
        raise PolicyError(
            Fault("rank", "the policy does not say how to rank", "add a ranking to the pack", "no_ranking")
        )


def _quota(quota: int | Mapping[str, int], name: str) -> int:
    if isinstance(quota, int):
        found: int | None = quota
    else:
        found = quota.get(name)
    if found is None or found < 0:
        raise PolicyError(Fault("rank", f"no quota for `{name}`", "give a whole number, zero or more", "no_quota"))
    return found


@attrs.frozen
class _Candidate:
    id: str
    worst: _Key
    best: _Key
    is_certain: bool


def _rank(group: list[Assessment], quota: int) -> Ranked:
    candidates = [_candidate(each) for each in group if each.outcome is not Outcome.INELIGIBLE]
    field = _Field(candidates)
    places: dict[str, list[_Candidate]] = {"certain": [], "possible": [], "tied": [], "out": []}
    for one in candidates:
        places[field.place(one, quota)].append(one)
    ordered = {
        name: tuple(each.id for each in sorted(sorted(found, key=lambda c: c.id), key=lambda c: c.worst, reverse=True))
        for name, found in places.items()
    }
    return Ranked(quota, **ordered)


class _Field:
    """All candidates of a group, sorted once, so that each finds its rivals without looking at every other."""

    def __init__(self, candidates: list[_Candidate]) -> None:
        self.bests = sorted(each.best for each in candidates)
        self.certain_worsts = sorted(each.worst for each in candidates if each.is_certain)
        self.decided = Counter(each.best for each in candidates if each.is_certain and each.worst == each.best)

    def place(self, one: _Candidate, quota: int) -> str:
        # Its own best is never below its own worst, so the candidate itself is one of those counted.
        could_be_level = len(self.bests) - bisect_left(self.bests, one.worst) - 1
        if one.is_certain and could_be_level < quota:
            return "certain"
        surely_ahead = len(self.certain_worsts) - bisect_right(self.certain_worsts, one.best)
        if surely_ahead >= quota:
            return "out"
        if one.is_certain and one.worst == one.best:
            # Level with others for certain, and nobody open could push the cut elsewhere.
            could_be_ahead = len(self.bests) - bisect_right(self.bests, one.worst)
            level = self.decided[one.best] - 1
            if could_be_ahead == surely_ahead and could_be_level == could_be_ahead + level:
                return "tied"
        return "possible"


def _candidate(assessment: Assessment) -> _Candidate:
    assert assessment.priority is not None
    low: list[_Component] = [(1, each) for each in assessment.priority.low]
    high: list[_Component] = [(1, each) for each in assessment.priority.high]
    reading = assessment.reading
    ranking = assessment.snapshot.ranking(subject_of(assessment.subject))
    for tie in ranking.tie_breaks if ranking is not None else ():
        value = evaluate(tie.by, reading)
        if isinstance(value, Unknown):
            low.append(_LEAST)
            high.append(_MOST)
        else:
            number = Fraction(value if isinstance(value, (int, Fraction)) else value.toordinal())  # type: ignore[union-attr]  # checked at loading: a number or a day
            component = (1, -number if tie.prefer == "lower" else number)
            low.append(component)
            high.append(component)
    return _Candidate(assessment.subject_id, tuple(low), tuple(high), assessment.outcome is Outcome.ELIGIBLE)
