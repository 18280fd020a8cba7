"""Households, villages, areas and whole registers, near the thresholds of a policy where one is given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar

import attrs
import hypothesis.strategies as st

from fupin_rules.expr import Expr
from fupin_rules.model import (
    GROUPS,
    MAX_MEMBERS,
    AnySubject,
    Area,
    Household,
    Village,
    all_facts,
    catalogue,
    with_fact,
)
from fupin_rules.policy import Snapshot
from fupin_rules.registry import Simulated
from fupin_rules.testing.strategies._near import Aim, aimed, aims, comparisons
from fupin_rules.testing.strategies._people import (
    check_bounds,
    facts_told,
    is_told,
    member_of,
    rosters,
)
from fupin_rules.testing.strategies._reads import (
    MEMBERS,
    OUTCOMES,
    Leanings,
    Read,
    leanings,
    leanings_of,
    read_by,
    subject_named,
)
from fupin_rules.testing.strategies._values import OLDEST, ON
from fupin_rules.truth import NotKnown, Why

_Subject = TypeVar("_Subject", Household, Village, Area)
_ONE: Final = st.just("H-1")
_MOST_AIMS: Final = 2
_FEW: Final = 3
_MOSTLY: Final = st.integers(0, 19).map(lambda number: number > 0)
# What identifies a household is drawn from its head, where it is told at all.
_HEADS: Final = {"head_id_no": "id_no", "head_name": "name"}


@attrs.frozen
class _Way:
    """How a subject is drawn."""

    cls: type[AnySubject]
    near: Snapshot | None
    on: date
    unknown: bool
    realistic: bool
    max_unknown: int | None
    toward: tuple[Expr, bool] | None = None

    @property
    def read(self) -> Read:
        """What may be known: all facts, or those that the rules read."""
        known = catalogue(self.cls)
        return Read(known.fields, known.members, True) if self.near is None else read_by(self.near, self.cls)


def _way(
    cls: type[AnySubject], near: Snapshot | None, on: date | None, max_unknown: int | None, *, realistic: bool
) -> _Way:
    check_bounds(max_unknown=(0, max_unknown, 10_000))
    day = on if on is not None else (near.on if near is not None else ON)
    # With a limit, everything is drawn as known, and some of it is forgotten at the end.
    return _Way(cls, near, day, max_unknown is None, realistic, max_unknown)


@st.composite
def _ways(draw: st.DrawFn, way: _Way) -> tuple[_Way, Leanings | None]:
    """
    Near a policy, have most subjects known but for a few facts, and lean them to an outcome in turn.

    With much unknown, or with chance alone, hardly any outcome is ever settled, and none as a yes.
    """
    rules = way.near
    if rules is None:
        return way, None
    if way.toward is not None:
        # What does not fit together, or is left out, may be just what a rule is about.
        leant = leanings_of(way.toward[0], way.cls, helps=way.toward[1])
        return attrs.evolve(way, unknown=way.unknown and draw(st.booleans()), realistic=draw(st.booleans())), leant
    kinds = [None, *(kind for kind in OUTCOMES if rules.rules_of(subject_named(way.cls), kind))]
    kind = draw(st.sampled_from(kinds))
    if way.unknown and (kind is not None or draw(st.booleans())):
        way = attrs.evolve(way, unknown=False, max_unknown=_FEW)
    return way, None if kind is None else leanings(rules, way.cls, kind)


def _lean(draw: st.DrawFn, told: dict[str, Any], helpful: Mapping[str, tuple[Any, ...]]) -> dict[str, Any]:
    """Put helpful values in the place of most that were drawn."""
    leant = dict(told)
    for path, values in helpful.items():
        if is_told(told.get(path)) and draw(_MOSTLY):
            leant[path] = draw(st.sampled_from(values))
    return leant


def _grouped(told: Mapping[str, Any]) -> dict[str, Any]:
    """Give arguments of a class: facts of a group as a group."""
    groups: dict[str, dict[str, Any]] = {}
    flat: dict[str, Any] = {}
    for path, value in told.items():
        group, dot, name = path.partition(".")
        if dot:
            groups.setdefault(group, {})[name] = value
        else:
            flat[path] = value
    return flat | {name: GROUPS[name](**facts) for name, facts in groups.items()}


@st.composite
def _flat(draw: st.DrawFn, cls: type[_Subject], way: _Way, ids: st.SearchStrategy[str]) -> _Subject:
    """A village or an area: facts of its own and no members."""
    way, leant = draw(_ways(way))
    told = draw(facts_told(way.read.fields, way.on, unknown=way.unknown, realistic=way.realistic))
    if leant is not None:
        told = _lean(draw, told, leant.fields)
    return _finished(draw, cls(id=draw(ids), **_grouped(told)), way, _aims(draw, way))


def _aims(draw: st.DrawFn, way: _Way) -> list[Aim]:
    known = aims(way.near, way.cls) if way.near is not None else ()
    if way.toward is not None:
        here = {pair for pair, _ in comparisons(way.toward[0], each_member=False)}
        known = tuple(ways for ways in known if ways[0].comparison in here)
    if not known:
        return []
    chosen = draw(st.lists(st.sampled_from(known), max_size=_MOST_AIMS, unique=True))
    return [draw(st.sampled_from(ways)) for ways in chosen]


def _finished(draw: st.DrawFn, subject: _Subject, way: _Way, chosen: Sequence[Aim]) -> _Subject:
    for aim in chosen:
        assert way.near is not None
        subject = aimed(draw, subject, way.near, aim, realistic=way.realistic)
    if way.max_unknown:
        told = [path for path, value in all_facts(subject) if is_told(value)]
        forgotten = draw(st.lists(st.sampled_from(told), max_size=way.max_unknown, unique=True)) if told else []
        for path in forgotten:
            why = draw(st.sampled_from([None, NotKnown(Why.NOT_COLLECTED), NotKnown(Why.REFUSED)]))
            subject = with_fact(subject, path, why)
    return subject


@st.composite
def _household(
    draw: st.DrawFn, way: _Way, ids: st.SearchStrategy[str], size: tuple[int, int], ages: tuple[int, int]
) -> Household:
    way, leant = draw(_ways(way))
    chosen = _aims(draw, way)
    least = min(max(size[0], 1), size[1]) if any(aim.needs_member for aim in chosen) else size[0]
    people = draw(rosters(draw(st.integers(least, size[1])), *ages))
    read = way.read
    told = draw(facts_told(read.fields, way.on, unknown=way.unknown, realistic=way.realistic))
    members = [
        draw(member_of(person, str(place), read.members, way.on, unknown=way.unknown, realistic=way.realistic))
        for place, person in enumerate(people, start=1)
    ]
    if way.realistic:
        told |= _of_members(told, members)
    if leant is not None:
        told = _lean(draw, told, leant.fields)
        members = [attrs.evolve(each, **_lean(draw, _held(each, leant.members), leant.members)) for each in members]
    if not way.unknown:
        told[MEMBERS] = True
    home = Household(id=draw(ids), members=tuple(members), **_grouped(told))
    return _finished(draw, home, way, chosen)


def _held(member: Any, paths: Mapping[str, Any]) -> dict[str, Any]:
    return {path: getattr(member, path) for path in paths}


def _of_members(told: Mapping[str, Any], members: Sequence[Any]) -> dict[str, Any]:
    """What a household says of its people, where it says it."""
    facts: dict[str, Any] = {}
    if is_told(told.get("stated_member_count")):
        facts["stated_member_count"] = len(members)
    for path, of_head in _HEADS.items():
        if is_told(told.get(path)) and members:
            facts[path] = getattr(members[0], of_head)
    return facts


def households(
    *,
    min_members: int = 0,
    max_members: int = 5,
    max_unknown: int | None = None,
    min_age: int = 0,
    max_age: int = OLDEST,
    near: Snapshot | None = None,
    on: date | None = None,
    realistic: bool = True,
    ids: st.SearchStrategy[str] = _ONE,
) -> st.SearchStrategy[Household]:
    """
    Households as they are met: people whose ages fit their relations, ordinary amounts, and much that is not known.

    Args:
        min_members: Fewest members listed.
        max_members: Most members listed.
        max_unknown: Most facts that are not known, of all that there are, or that the rules read; any number by
            default.
        min_age: Least age of a member in whole years; a day of birth that is moved to a threshold may leave it.
        max_age: Greatest age, likewise.
        near: A policy on a day. Only what its rules about households read is drawn, and up to two facts are moved to a
            threshold: to the value at which a comparison turns, one smallest unit below it or above it; to the day on
            which it turns, the day before or the day after. Most others lean, in turn, to an outcome.
        on: Day on which members have their ages; by default that of `near`, or 2016-01-31.
        realistic: False gives any value that the model takes, far ends included, whatever goes with it.
        ids: Ids of households.

    Returns:
        Households that shrink toward the empty one: no members and nothing known, or nothing but "no", zero, the first
        code and the youngest people where that must be known; aimed at no threshold.

    Raises:
        InvalidArgument: There is nothing within the bounds.

    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate])
    >>> find(households(), lambda _: True, settings=quick)
    Household(id='H-1')
    """
    check_bounds(members=(min_members, max_members, MAX_MEMBERS), ages=(min_age, max_age, OLDEST))
    way = _way(Household, near, on, max_unknown, realistic=realistic)
    return _household(way, ids, (min_members, max_members), (min_age, max_age))


def villages(
    *,
    max_unknown: int | None = None,
    near: Snapshot | None = None,
    on: date | None = None,
    realistic: bool = True,
    ids: st.SearchStrategy[str] = st.just("V-1"),  # noqa: B008  a strategy is a value
) -> st.SearchStrategy[Village]:
    """
    Administrative villages.

    Args:
        max_unknown: Most facts that are not known; any number by default.
        near: A policy on a day, aimed at as `households` does.
        on: Day up to which days lie; by default that of `near`, or 2016-01-31.
        realistic: False gives any value that the model takes.
        ids: Ids of villages.

    Returns:
        Villages that shrink toward one of which nothing is known.

    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate])
    >>> find(villages(), lambda _: True, settings=quick)
    Village(id='V-1')
    """
    return _flat(Village, _way(Village, near, on, max_unknown, realistic=realistic), ids)


def areas(
    *,
    max_unknown: int | None = None,
    near: Snapshot | None = None,
    on: date | None = None,
    realistic: bool = True,
    ids: st.SearchStrategy[str] = st.just("A-1"),  # noqa: B008  a strategy is a value
) -> st.SearchStrategy[Area]:
    """
    Townships and counties, drawn as `villages` are.

    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate])
    >>> find(areas(), lambda _: True, settings=quick)
    Area(id='A-1')
    """
    return _flat(Area, _way(Area, near, on, max_unknown, realistic=realistic), ids)


def registers(
    *,
    min_size: int = 0,
    max_size: int = 4,
    max_members: int = 4,
    max_unknown: int | None = None,
    near: Snapshot | None = None,
    on: date | None = None,
    realistic: bool = True,
) -> st.SearchStrategy[Simulated]:
    """
    Registers of households, with the villages they live in.

    Args:
        min_size: Fewest households.
        max_size: Most households.
        max_members: Most members of one household.
        max_unknown: Most facts of one household or village that are not known; any number by default.
        near: A policy on a day, aimed at as `households` does.
        on: Day on which members have their ages; by default that of `near`, or 2016-01-31.
        realistic: False gives any value that the model takes.

    Returns:
        Registers that shrink toward the empty one, then toward few households of one village, each toward the empty
        household. Ids are unique; who lives where is told by `village`.

    Raises:
        InvalidArgument: There is nothing within the bounds.

    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate])
    >>> find(registers(), lambda _: True, settings=quick)
    Simulated(households=(), villages=())
    """
    check_bounds(size=(min_size, max_size, 1_000), members=(0, max_members, MAX_MEMBERS))
    home = _way(Household, near, on, max_unknown, realistic=realistic)
    return _register(home, attrs.evolve(home, cls=Village), (min_size, max_size), max_members)


_VILLAGES: Final = ("河东村", "河西村", "新村")


@st.composite
def _register(draw: st.DrawFn, home: _Way, place: _Way, size: tuple[int, int], max_members: int) -> Simulated:
    homes = []
    for number in range(1, draw(st.integers(*size)) + 1):
        drawn = draw(_household(home, st.just(f"H-{number}"), (0, max_members), (0, OLDEST)))
        homes.append(attrs.evolve(drawn, village=draw(st.sampled_from(_VILLAGES))))
    lived_in = sorted({str(each.village) for each in homes}, key=_VILLAGES.index)
    villages_ = [attrs.evolve(draw(_flat(Village, place, st.just(name))), name=name) for name in lived_in]
    return Simulated(tuple(homes), tuple(villages_))


def near_policy(
    cls: type[AnySubject], rules: Snapshot, *, max_unknown: int | None = None, toward: tuple[Expr, bool] | None = None
) -> st.SearchStrategy[Any]:
    """Subjects of any class near a policy; where a claim is given, most facts make it come out as wanted."""
    way = attrs.evolve(_way(cls, rules, None, max_unknown, realistic=True), toward=toward)
    if cls is Household:
        return _household(way, _ONE, (0, 4), (0, OLDEST))
    return _flat(Village if cls is Village else Area, way, st.just("1"))
