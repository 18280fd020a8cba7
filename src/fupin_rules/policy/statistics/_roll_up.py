"""
Roll-up: the figures of a village from its register of households, those of a township or county from its villages.

Folds, without rules and without a day: no number is typed twice. A household or a village of which something is not
known leaves the counts it touches open, between bounds, with the names of what is missing; it never makes a count
smaller or larger in silence.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import attrs

from fupin_rules.errors import Fault, ModelError
from fupin_rules.model import (
    Area,
    Health,
    Household,
    HouseholdAttribute,
    Member,
    PovertyStatus,
    Village,
    VillageAttribute,
)
from fupin_rules.policy.statistics._tally import Sum, Tally, add_up, only_if
from fupin_rules.truth import NotKnown, Truth, Unknown, Why, all_of, negate

# The three classes of the village form. A local code (05) is of no class that is known, and leaves all three open.
_CLASSES: Mapping[HouseholdAttribute, str] = MappingProxyType(
    {
        HouseholdAttribute.ORDINARY_POOR: "ordinary_poor",
        HouseholdAttribute.DIBAO: "dibao_poor",
        HouseholdAttribute.DIBAO_POOR: "dibao_poor",
        HouseholdAttribute.WUBAO: "wubao_poor",
        HouseholdAttribute.WUBAO_POOR: "wubao_poor",
    }
)

_SUMMED: tuple[str, ...] = (
    "households",
    "poor_households",
    "remaining_poor_households",
    "dibao_households",
    "wubao_households",
    "population",
    "rural_population",
    "resident_population",
    "poor_people",
    "remaining_poor_people",
    "dibao_people",
    "wubao_people",
    "ordinary_poor_households",
    "ordinary_poor_people",
    "dibao_poor_households",
    "dibao_poor_people",
    "wubao_poor_households",
    "wubao_poor_people",
    "disabled_poor",
    "powered_households",
)
_OF_VILLAGES = ("villages", "poor_villages", "remaining_poor_villages", "villages_with_hard_road")


def _frozen(counts: Mapping[str, Tally]) -> Mapping[str, Tally]:
    return MappingProxyType(dict(counts))


@attrs.frozen
class RollUp:
    """
    Counts by the names they have as facts of a village or an area.

    Attributes:
        counts: How many of each, by path.
        unmarked: Households of which nobody said whether their record is valid.
    """

    counts: Mapping[str, Tally] = attrs.field(converter=_frozen, hash=False)
    unmarked: int = 0

    def __add__(self, other: RollUp) -> RollUp:
        """
        Add count by count: the roll-up of two registers laid together.

        Raises:
            ModelError: One counts what the other does not.
        """
        if self.counts.keys() != other.counts.keys():
            what = "roll-ups of households and of villages are no parts of one sum"
            raise ModelError(Fault("", what, "add like to like", "roll_up"))
        counts = {path: add_up((count, other.counts[path])) for path, count in self.counts.items()}
        return RollUp(counts, self.unmarked + other.unmarked)

    def facts(self) -> dict[str, Any]:
        """Give the counts as facts, whole numbers or None: a count that is not known is a fact that is not known."""
        return {path: None if isinstance(count, Unknown) else count for path, count in self.counts.items()}


def roll_up_households(households: Iterable[Household], *, unmarked_are_listed: bool = False) -> RollUp:
    """
    Tally a register of poor households: all, those not yet lifted out, and by class.

    Records marked as not valid (AAR100) are left out. Lifted out are those with that status; about to be lifted out and
    returned are not. People are the members listed, where the roster is known to be complete.

    Args:
        households: All of the register in one year of the data: who is not listed is not on it.
        unmarked_are_listed: Whether a record that nobody marked counts as listed, as in exports, which leave the mark
            out because they hold nothing else; their number is told. Otherwise it leaves the counts open.

    Returns:
        AAD007, AAD011, ADA001 to ADA006, ADA024, and who is left, by path. Missing facts are named
        `households[<id>].poverty_status`, `households[<id>].members_complete`, and so on.

    Source: assumption (`form-identities` of the pack `measures-2014`): the forms name the figures and do not say which
    status counts.

    >>> told = {"is_valid": True, "members_complete": True}
    >>> home = Household(id="1", household_attribute="wubao", poverty_status="exited", **told)
    >>> [roll_up_households([home]).counts[each] for each in ("poor_households", "remaining_poor_households")]
    [1, 0]
    """
    sums = {path: Sum() for path in _FROM_HOUSEHOLDS}
    unmarked = 0
    for home in households:
        unmarked += home.is_valid is None
        for path, count in _counts_of_household(home, unmarked_are_listed=unmarked_are_listed):
            sums[path].add(count)
    return RollUp({path: each.total() for path, each in sums.items()}, unmarked)


def roll_up_parts(parts: Iterable[Village | Area]) -> RollUp:
    """
    Add up the figures of villages, or of areas that are themselves sums of villages.

    Args:
        parts: All parts of the whole, each once; villages and areas do not overlap.

    Returns:
        Counts of villages, households and people, by the paths of an area. Missing facts are named
        `villages[<id>].poor_people` or `areas[<id>].poor_people`.

    >>> hills = [Village(id="a", poor_people=3), Village(id="b", poor_people=4)]
    >>> roll_up_parts(hills).counts["poor_people"], roll_up_parts(hills).counts["villages"]
    (7, 2)
    """
    sums = {path: Sum() for path in (*_OF_VILLAGES, *_SUMMED)}
    for part in parts:
        for path, count in _counts_of_part(part):
            sums[path].add(count)
    return RollUp({path: each.total() for path, each in sums.items()})


def roll_up_village(village: Village, households: Iterable[Household], *, unmarked_are_listed: bool = False) -> Village:
    """
    Give a village whose figures of the poor are counted from its register, in place of what was stated.

    A count that is not known is left not known, whatever was stated; `compare_figures` tells what differs.

    Args:
        village: Its population and all else that no register of the poor can tell stays as it is.
        households: All households of the village on the register.
        unmarked_are_listed: As for `roll_up_households`.

    Raises:
        ModelError: A count is more than a village can have.

    >>> roll_up_village(Village(id="v", population=900, poor_people=5), []).poor_people
    Decimal('0')
    """
    rolled = roll_up_households(households, unmarked_are_listed=unmarked_are_listed)
    return attrs.evolve(village, **rolled.facts())


def roll_up_area(area: Area, parts: Iterable[Village | Area]) -> Area:
    """
    Give an area whose counts are those of its villages together, in place of what was stated.

    Args:
        area: Its level, its sample and its incomes stay as they are.
        parts: All villages of the area, or the townships of a county, themselves rolled up.

    Raises:
        ModelError: A count is more than an area can have.

    >>> county = roll_up_area(Area(id="c", level="county"), [Village(id="a", poor_people=3), Village(id="b")])
    >>> county.villages, county.poor_people is None
    (Decimal('2'), True)
    """
    return attrs.evolve(area, **roll_up_parts(parts).facts())


# -- one household, one part -------------------------------------------------------------------------------------------

_FROM_HOUSEHOLDS = (
    "poor_households",
    "remaining_poor_households",
    "poor_people",
    "remaining_poor_people",
    *(f"{name}_{what}" for name in dict.fromkeys(_CLASSES.values()) for what in ("households", "people")),
    "disabled_poor",
)


def _counts_of_household(home: Household, *, unmarked_are_listed: bool) -> Iterator[tuple[str, Tally]]:
    where = f"households[{home.id}]"
    is_listed = home.is_valid is None and unmarked_are_listed
    listed = True if is_listed else _claim(home.is_valid, f"{where}.is_valid", bool)
    left = all_of((listed, negate(_claim(home.poverty_status, f"{where}.poverty_status", _is_lifted_out))))
    people = _open_above(home, where, len(home.members))
    yield "poor_households", only_if(listed, 1)
    yield "remaining_poor_households", only_if(left, 1)
    yield "poor_people", only_if(listed, people)
    yield "remaining_poor_people", only_if(left, people)
    for name in dict.fromkeys(_CLASSES.values()):
        of_class = all_of((listed, _is_of(name, home.household_attribute, f"{where}.household_attribute")))
        yield f"{name}_households", only_if(of_class, 1)
        yield f"{name}_people", only_if(of_class, people)
    yield "disabled_poor", only_if(listed, _disabled(home, where))


def _disabled(home: Household, where: str) -> Tally:
    each = (only_if(_is_disabled(member, f"{where}.members[{member.id}].health"), 1) for member in home.members)
    return _open_above(home, where, add_up(each))


def _open_above(home: Household, where: str, present: Tally) -> Tally:
    """Take what the members present tell as the least, where others may be missing from the roster."""
    if home.members_complete is True:
        return present
    complete = f"{where}.members_complete"
    told = home.members_complete
    missing = Unknown({f"{where}.members"}) if told is False else _claim(told, complete, bool)
    assert isinstance(missing, Unknown)
    return add_up((present, attrs.evolve(missing, low=0)))


def _is_disabled(member: Member, name: str) -> Truth:
    return _claim(member.health, name, lambda health: Health.DISABILITY in health)


def _is_lifted_out(status: PovertyStatus) -> bool:
    return status is PovertyStatus.EXITED


def _is_of(name: str, attribute: HouseholdAttribute | str | NotKnown | None, where: str) -> Truth:
    if attribute is HouseholdAttribute.LOW_INCOME_LOCAL:
        return Unknown({where}, {(where, Why.NEEDS_JUDGEMENT)})
    return _claim(attribute, where, lambda held: _CLASSES[held] == name)


def _counts_of_part(part: Village | Area) -> Iterator[tuple[str, Tally]]:
    where = f"{'villages' if isinstance(part, Village) else 'areas'}[{part.id}]"
    paths = _SUMMED
    if isinstance(part, Village):
        poor = _claim(part.village_attribute, f"{where}.village_attribute", _is_poor_village)
        left = all_of((poor, negate(_claim(part.is_exited, f"{where}.is_exited", bool))))
        road = _claim(part.hard_road_to_township, f"{where}.hard_road_to_township", bool)
        yield from zip(_OF_VILLAGES, (1, only_if(poor, 1), only_if(left, 1), only_if(road, 1)), strict=True)
    else:
        paths = (*_OF_VILLAGES, *_SUMMED)
    yield from ((path, _stated(getattr(part, path), f"{where}.{path}")) for path in paths)


def _is_poor_village(attribute: VillageAttribute) -> bool:
    return attribute is not VillageAttribute.NOT_POOR


# -- counts that may be open -------------------------------------------------------------------------------------------


def _claim(fact: object, name: str, holds: Callable[[Any], bool]) -> Truth:
    """Read a claim off a fact as it is stored; `Any`: the catalogue tells what a known one is."""
    match fact:
        case None:
            return Unknown({name})
        case NotKnown(why):
            return Unknown({name}, {(name, why)})
        case known:
            return holds(known)


def _stated(fact: Decimal | int | NotKnown | None, name: str) -> Tally:
    match fact:
        case None:
            return Unknown({name}, low=0)
        case NotKnown(why):
            return Unknown({name}, {(name, why)}, low=0)
        case known:
            return int(known)
