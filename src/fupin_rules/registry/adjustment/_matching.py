"""
Who is who in two registers.

A person is known by a valid certificate number; only where one of the two numbers is not known or not valid, by the
number of the person in the national system (人编号). Whoever has neither is unidentified, and said to be: a name tells
nobody apart. Households are matched by id, and by their people where the id is another or stands for other people.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Literal

import attrs

from fupin_rules.errors import Fault, RegisterError
from fupin_rules.model import (
    CertificateType,
    Household,
    IdNumber,
    Member,
    Sex,
    SurvivalStatus,
    birth_date_of,
    certificate_problems,
)

RegisterName = Literal["old", "new"]

# What a person is known by; never shown.
Key = tuple[str, str]

# Told dead or imprisoned, one is no longer counted, though still listed; who is missing, or of unclear fate, is.
_GONE = frozenset({SurvivalStatus.DEAD, SurvivalStatus.IMPRISONED})


@attrs.frozen
class Place:
    """
    A place in a register, without anybody's number or name.

    Attributes:
        household: Id of the household.
        member: Id of the member within it; on sheets, the place of the row.
    """

    household: str
    member: str = ""


@attrs.frozen(eq=False)
class Person:
    """
    Somebody listed in a household of one register.

    Attributes:
        place: Where.
        member: What is known.
        key: What the person is known by; None for nobody knows.
        is_contested: Whether the number of the person goes with several certificate numbers.
    """

    place: Place
    member: Member
    key: Key | None = attrs.field(repr=False)
    is_contested: bool = False

    @property
    def is_counted(self) -> bool:
        """Whether the person still lives with the household, as far as the roster tells."""
        return self.member.survival_status not in _GONE

    @property
    def is_identified(self) -> bool:
        """Whether it can be told who the person is."""
        return self.key is not None and not self.is_contested

    @property
    def born(self) -> date | None:
        """Date of birth, as told or read from a valid number; None where it is not known or the two differ."""
        number = number_of(self.member)
        told = self.member.birth_date if isinstance(self.member.birth_date, date) else None
        read = None if number is None else birth_date_of(number)
        return told or read if told is None or read is None or told == read else None

    @property
    def sex(self) -> Sex | None:
        """The sex; None where it is not known or not stated."""
        told = self.member.sex
        return told if isinstance(told, Sex) and told is not Sex.NOT_STATED else None

    def may_be(self, other: Person) -> bool:
        """Tell whether an unidentified person can be another one: neither sex nor birth speaks against it."""
        return all(
            mine is None or yours is None or mine == yours
            for mine, yours in ((self.born, other.born), (self.sex, other.sex))
        )


@attrs.frozen(eq=False)
class Side:
    """
    One of the two registers.

    Attributes:
        name: Which.
        households: By id, in order of ids.
        listed: Everybody on the roster of a valid household, by household; an invalid one has nobody.
        counted: Those of them who still live there.
        homes: Where the counted people who are known stand.
    """

    name: RegisterName
    households: Mapping[str, Household]
    listed: Mapping[str, tuple[Person, ...]]
    counted: Mapping[str, tuple[Person, ...]]
    homes: Mapping[Key, tuple[Person, ...]]

    def keys(self, household: str) -> frozenset[Key]:
        """What the counted people of a household are known by, where nothing speaks against it."""
        return _keys(self.counted[household])

    def is_valid(self, household: str) -> bool:
        """Tell whether a household stands on the register and was not struck off."""
        return household in self.households and self.households[household].is_valid is not False


@attrs.frozen(eq=False)
class Matching:
    """
    Two registers laid beside each other.

    Attributes:
        old: The register as it stood.
        new: What was found since.
        pairs: Every household of either register, once, as (id in OLD or None, id in NEW or None).
        reused: Ids that stand for other people in NEW than in OLD.
        contested: Places of those whose number in the national system goes with several certificate numbers.
    """

    old: Side
    new: Side
    pairs: tuple[tuple[str | None, str | None], ...]
    reused: tuple[str, ...]
    contested: tuple[tuple[RegisterName, Place], ...]


def number_of(member: Member) -> str | None:
    """Give the eighteen characters that are a person's own, with which a disability card begins too; None for none."""
    held = member.id_no
    if not isinstance(held, IdNumber) or member.id_type is CertificateType.OFFICER_CARD:
        return None
    text = held.reveal()
    return None if certificate_problems(text) else text[:18]


def lay_beside(old: Iterable[Household], new: Iterable[Household]) -> Matching:
    """
    Match the households and people of two registers.

    Raises:
        RegisterError: An id stands twice in one register.
    """
    before, after = _by_id("old", old), _by_id("new", new)
    numbers: dict[str, set[str]] = {}
    for home in (*before.values(), *after.values()):
        for member in home.members:
            if isinstance(member.person_id, str) and (number := number_of(member)) is not None:
                numbers.setdefault(member.person_id, set()).add(number)
    old_side, new_side = _side("old", before, numbers), _side("new", after, numbers)
    pairs, reused = _pairs(old_side, new_side)
    contested = tuple(
        (side.name, person.place)
        for side in (old_side, new_side)
        for people in side.listed.values()
        for person in people
        if person.is_contested
    )
    return Matching(old_side, new_side, pairs, reused, contested)


def _by_id(name: RegisterName, households: Iterable[Household]) -> dict[str, Household]:
    held: dict[str, Household] = {}
    for home in households:
        if home.id in held:
            what = "the id of this household stands twice"
            where = f"{name} register, household `{home.id}`"
            raise RegisterError(Fault(where, what, "give each an id of its own", "double_id"))
        held[home.id] = home
    return dict(sorted(held.items()))


def _side(name: RegisterName, households: dict[str, Household], numbers: Mapping[str, set[str]]) -> Side:
    listed: dict[str, tuple[Person, ...]] = {}
    homes: dict[Key, list[Person]] = {}
    for home in households.values():
        members = () if home.is_valid is False else sorted(home.members, key=lambda each: order_of(each.id))
        listed[home.id] = tuple(_person(home.id, member, numbers) for member in members)
        for person in listed[home.id]:
            if person.key is not None and person.is_counted:
                homes.setdefault(person.key, []).append(person)
    counted = {home: tuple(person for person in people if person.is_counted) for home, people in listed.items()}
    return Side(name, households, listed, counted, {key: tuple(people) for key, people in homes.items()})


def order_of(identifier: str) -> tuple[int, str]:
    """Order ids so that `10` comes after `9`."""
    return len(identifier), identifier


def _person(household: str, member: Member, numbers: Mapping[str, set[str]]) -> Person:
    place = Place(household, member.id)
    number = number_of(member)
    if not isinstance(member.person_id, str):
        return Person(place, member, None if number is None else ("number", number))
    known = numbers.get(member.person_id, set())
    if number is not None:
        return Person(place, member, ("number", number), len(known) > 1)
    match sorted(known):
        case []:
            return Person(place, member, ("person_id", member.person_id))
        case [only]:
            return Person(place, member, ("number", only))
        case _:
            return Person(place, member, None, is_contested=True)


def _pairs(old: Side, new: Side) -> tuple[tuple[tuple[str | None, str | None], ...], tuple[str, ...]]:
    same = [each for each in old.households if each in new.households]
    # A sheet without ids is numbered as it is read, so that one household more shifts the ids of all below it.
    # Who is listed as dead shows as well that it is the same household.
    reused = tuple(each for each in same if _are_strangers(_keys(old.listed[each]), _keys(new.listed[each])))
    successor = {each: each for each in same if each not in reused}
    taken = set(successor.values())
    best_new = {each: _best(old.keys(each), new.homes) for each in old.households if each not in successor}
    for household in new.households:
        if household not in taken:
            origin = _best(new.keys(household), old.homes)
            if origin is not None and best_new.get(origin) == household:
                successor[origin] = household
                taken.add(household)
    pairs: list[tuple[str | None, str | None]] = [(each, successor.get(each)) for each in old.households]
    pairs.extend((None, each) for each in new.households if each not in taken)
    return tuple(sorted(pairs, key=lambda pair: (pair[0] or pair[1] or "", pair[0] is None))), reused


def _keys(people: Iterable[Person]) -> frozenset[Key]:
    return frozenset(person.key for person in people if person.key is not None and person.is_identified)


def _are_strangers(before: frozenset[Key], after: frozenset[Key]) -> bool:
    return bool(before) and bool(after) and not before & after


def _best(keys: frozenset[Key], homes: Mapping[Key, tuple[Person, ...]]) -> str | None:
    """Find the one household that has most of these people; None where two have as many, or none has any."""
    shared = Counter(home for key in keys for home in {person.place.household for person in homes.get(key, ())})
    match shared.most_common(2):
        case [(home, _)]:
            return home
        case [(home, most), (_, next_most)] if most > next_most:
            return home
        case _:
            return None
