"""
What changed in a household between two registers: who came, who left, and where they stand otherwise.

A reason of natural change is proposed from facts (born in the period, told dead, a daughter-in-law elsewhere),
otherwise it is to be told; two facts that speak for different reasons give none. Who cannot be identified, and who may
only be left out of a roster that is not complete, has neither come nor gone: the change stays open, and says what is
missing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

import attrs

from fupin_rules.model import Household, MemberChange, Relation, SurvivalStatus
from fupin_rules.registry.adjustment._matching import Key, Matching, Person, Side

_MARRIED_INTO = frozenset({Relation.DAUGHTER_IN_LAW, Relation.SON_IN_LAW})
_TOLD = {SurvivalStatus.DEAD: MemberChange.DEATH, SurvivalStatus.IMPRISONED: MemberChange.IMPRISONED}


@attrs.frozen
class Movement:
    """
    Somebody who came to a household or left it.

    Attributes:
        comes: Whether the person came; otherwise left.
        member: Id within the household, in NEW for who came, in OLD for who left.
        elsewhere: Households where the person stood in OLD (who came), or stands in NEW (who left).
        with_household: Whether it is part of a split or a merger, and so no natural change.
        reason: Proposed from facts; None where it is to be told.
        missing: Facts without which it cannot be told whether anybody came or left; empty when it is certain.
    """

    comes: bool
    member: str
    elsewhere: tuple[str, ...] = ()
    with_household: bool = False
    reason: MemberChange | None = None
    missing: tuple[str, ...] = ()


@attrs.frozen(eq=False)
class Structure:
    """
    Households that came of others.

    Attributes:
        split_from: By id in NEW: the households of OLD that all its people come from, of which one goes on or fell
            into several.
        united_from: By id in NEW: likewise, but several that went into it and nowhere else.
        merged_into: By id in OLD: the households of NEW where its people stand, all of them who are identified.
        partly_in: By id in OLD: likewise, where somebody identified is not in NEW at all.
        lost: By id in OLD, of those that NEW does not have: who is identified and not in NEW.
        perhaps_split: Ids in NEW of households that are either, for somebody in them cannot be identified.
    """

    split_from: dict[str, tuple[str, ...]]
    united_from: dict[str, tuple[str, ...]]
    merged_into: dict[str, tuple[str, ...]]
    partly_in: dict[str, tuple[str, ...]]
    lost: dict[str, tuple[Person, ...]]
    perhaps_split: frozenset[str]

    def origins(self, household: str) -> tuple[str, ...]:
        """Name the households of OLD that all people of one of NEW come from; none where it did not come of others."""
        return self.split_from.get(household) or self.united_from.get(household, ())


@attrs.frozen(eq=False)
class Period:
    """
    The days between the registers.

    Attributes:
        since: Day of OLD; None where it is not told, so that nobody can be said to be born since.
        on: Day of NEW.
    """

    since: date | None
    on: date

    def has_birth(self, person: Person) -> bool:
        """Tell whether the person was surely born in the period."""
        return self.since is not None and person.born is not None and self.since <= person.born <= self.on


def structure_of(matching: Matching, period: Period) -> Structure:
    """Find the households that came of others, and those that went into others."""
    old, new = matching.old, matching.new
    split_from: dict[str, tuple[str, ...]] = {}
    united_from: dict[str, tuple[str, ...]] = {}
    merged_into: dict[str, tuple[str, ...]] = {}
    partly_in: dict[str, tuple[str, ...]] = {}
    lost: dict[str, tuple[Person, ...]] = {}
    perhaps: set[str] = set()
    # Who is listed as dead is accounted for, wherever.
    in_new = {person.key for people in new.listed.values() for person in people if person.key is not None}
    for before, after in matching.pairs:
        if before is None or after is not None:
            continue
        known = [person for person in old.counted[before] if person.is_identified]
        lost[before] = tuple(person for person in known if person.key not in in_new)
        if found := _elsewhere(known, new):
            (partly_in if lost[before] else merged_into)[before] = found
    goes_on = {before for before, after in matching.pairs if after is not None and new.is_valid(after)}
    for before, household in matching.pairs:
        if before is not None or household is None:
            continue
        people = [person for person in new.counted[household] if not period.has_birth(person)]
        strangers = [person for person in people if person.key is None or person.key not in old.homes]
        if any(person.is_identified for person in strangers):
            continue
        if strangers or not people:
            # Whoever they are, they may stand on OLD under another id.
            perhaps.add(household)
        elif origins := _elsewhere(people, old):
            is_united = len(origins) > 1 and not any(
                each in goes_on or len(_elsewhere(old.counted[each], new)) > 1 for each in origins
            )
            (united_from if is_united else split_from)[household] = origins
    return Structure(split_from, united_from, merged_into, partly_in, lost, frozenset(perhaps))


def _elsewhere(people: Iterable[Person], side: Side, but: str = "") -> tuple[str, ...]:
    """Name the households of a register in which any of these people stand."""
    found = {other.place.household for person in people if person.key for other in side.homes.get(person.key, ())}
    return tuple(sorted(found - {but}))


def movements(matching: Matching, before: str, after: str, structure: Structure, period: Period) -> list[Movement]:
    """
    Tell who came to a household and who left it, in order of their ids.

    Args:
        matching: Both registers.
        before: Id in OLD.
        after: Id in NEW.
        structure: Which households came of others.
        period: The days between.
    """
    return [*_comings(matching, before, after, structure, period), *_goings(matching, before, after, structure)]


@attrs.frozen(eq=False)
class _Half:
    """
    A matched household as one register has it, beside the other.

    Attributes:
        side: The register.
        household: Id in it.
        known: Counted people known by something, of whom the other register has nobody here.
        unknown: Counted people known by nothing, without those whose record stands unchanged in the other register.
    """

    side: Side
    household: str
    known: tuple[Person, ...]
    unknown: tuple[Person, ...]

    @property
    def home(self) -> Household:
        return self.side.households[self.household]


def _halves(matching: Matching, before: str, after: str) -> tuple[_Half, _Half]:
    old, new = matching.old.counted[before], matching.new.counted[after]
    same = Counter(map(_record, _unknown(old))) & Counter(map(_record, _unknown(new)))
    return (
        _Half(matching.old, before, _without(old, new), _changed(_unknown(old), Counter(same))),
        _Half(matching.new, after, _without(new, old), _changed(_unknown(new), Counter(same))),
    )


def _unknown(people: Iterable[Person]) -> tuple[Person, ...]:
    return tuple(person for person in people if person.key is None)


def _without(people: Iterable[Person], others: Iterable[Person]) -> tuple[Person, ...]:
    keys: set[Key | None] = {person.key for person in others}
    return tuple(person for person in people if person.key is not None and person.key not in keys)


def _record(person: Person) -> object:
    # A record of nobody in particular that says the same twice is an unchanged record, whatever its row.
    return attrs.evolve(person.member, id="1")


def _changed(people: Iterable[Person], unchanged: Counter[object]) -> tuple[Person, ...]:
    found = []
    for person in people:
        record = _record(person)
        if unchanged[record]:
            unchanged[record] -= 1
        else:
            found.append(person)
    return tuple(found)


def _comings(matching: Matching, before: str, after: str, structure: Structure, period: Period) -> Iterator[Movement]:
    old, new = _halves(matching, before, after)
    for person in sorted((*new.known, *new.unknown), key=_order):
        elsewhere = _elsewhere([person], matching.old, before)
        surely = bool(elsewhere) or period.has_birth(person) or _is_listed(person, matching.old.listed[before])
        yield Movement(
            True,
            person.place.member,
            elsewhere,
            any(after in structure.merged_into.get(each, ()) for each in elsewhere),
            _reason_in(person, matching, before, elsewhere, period),
            () if surely else _doubts(person, new, old),
        )


def _goings(matching: Matching, before: str, after: str, structure: Structure) -> Iterator[Movement]:
    old, new = _halves(matching, before, after)
    for person in sorted((*old.known, *old.unknown), key=_order):
        elsewhere = _elsewhere([person], matching.new, after)
        told = _told(person, matching.new.listed[after])
        surely = bool(elsewhere) or told is not None
        yield Movement(
            False,
            person.place.member,
            elsewhere,
            any(before in structure.split_from.get(each, ()) for each in elsewhere),
            told or _reason_out(person, matching, elsewhere),
            () if surely else _doubts(person, old, new),
        )


def _order(person: Person) -> tuple[int, str]:
    return len(person.place.member), person.place.member


def _is_listed(person: Person, roster: Iterable[Person]) -> bool:
    """Tell whether a roster has somebody, counted or not."""
    return person.key is not None and any(each.key == person.key for each in roster)


def _told(person: Person, roster: Iterable[Person]) -> MemberChange | None:
    """Read from the new roster that somebody who is still listed died or is imprisoned."""
    for each in roster:
        told = each.member.survival_status
        if person.key is not None and each.key == person.key and isinstance(told, SurvivalStatus):
            return _TOLD.get(told)
    return None


def _doubts(person: Person, mine: _Half, other: _Half) -> tuple[str, ...]:
    """
    Name what keeps open whether somebody is not in the other register, or only not recognised or not listed there.

    Args:
        person: Somebody whom the other register does not have in this household.
        mine: The household where the person stands.
        other: The same household in the other register.
    """
    doubts: list[str] = []
    if person.is_identified:
        alike = [each for each in other.unknown if person.may_be(each)]
    else:
        # Nobody knows who this is, so it may be anybody of the others, known or not; of two numbers for one person
        # one is wrong, and the birth that is read from it too.
        alike = [
            each
            for each in (*other.known, *other.unknown)
            if person.may_be(each) or (person.is_contested and each.is_contested)
        ]
        if alike:
            doubts.append(fact_of(mine.side, person.place.member))
    doubts.extend(fact_of(other.side, each.place.member) for each in alike if not each.is_identified)
    if other.home.members_complete is not True:
        doubts.append(f"{other.side.name}:members_complete")
    return tuple(doubts)


def fact_of(side: Side, member: str) -> str:
    """Name the certificate number of a member, with the register it is missing in."""
    return f"{side.name}:members[{member}].id_no"


# -- reasons ---------------------------------------------------------------------------------------------------------


def _reason_in(
    person: Person, matching: Matching, before: str, elsewhere: tuple[str, ...], period: Period
) -> MemberChange | None:
    if _is_listed(person, matching.old.listed[before]):
        # Told dead or imprisoned before, and counted again: the list has no word for what brought the person back.
        return None
    found = set()
    if period.has_birth(person):
        found.add(MemberChange.BIRTH)
    if _married(person, matching.new, matching.old.keys(before)):
        found.add(MemberChange.MARRY_IN)
    elif elsewhere and all(
        _is_other_village(matching.old.households[each], matching.new.households[person.place.household])
        for each in elsewhere
    ):
        found.add(MemberChange.MOVE_IN)
    return found.pop() if len(found) == 1 else None


def _reason_out(person: Person, matching: Matching, elsewhere: tuple[str, ...]) -> MemberChange | None:
    if person.key is None or not elsewhere:
        return None
    there = [each for each in matching.new.homes[person.key] if each.place.household in elsewhere]
    former = matching.old.keys(person.place.household)
    # Who went to the head of another household, and was not of one household with that head before.
    if all(_married(each, matching.new, matching.new.keys(each.place.household) - former) for each in there):
        return MemberChange.MARRY_OUT
    home = matching.old.households[person.place.household]
    if all(_is_other_village(home, matching.new.households[each]) for each in elsewhere):
        return MemberChange.MOVE_OUT
    return None


def _married(person: Person, side: Side, others: frozenset[Key]) -> bool:
    """
    Tell whether the relation says that somebody married into a household.

    A spouse did only where the head is one of the others: a couple may as well have moved together.
    """
    relation = person.member.relation
    if relation in _MARRIED_INTO:
        return True
    return relation is Relation.SPOUSE and any(
        each.key in others for each in side.counted[person.place.household] if each.member.relation is Relation.HEAD
    )


def _is_other_village(one: Household, other: Household) -> bool:
    """Tell whether two households surely live in different villages."""
    if isinstance(one.village, str) and isinstance(other.village, str) and one.village != other.village:
        return True
    return isinstance(one.township, str) and isinstance(other.township, str) and one.township != other.township
