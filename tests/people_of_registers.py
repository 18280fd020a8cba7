"""Registers of people who do not exist, for laws about who comes, who leaves and what is proposed."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import attrs
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.model import check_character
from fupin_rules.policy import Snapshot, installed_packs, load_cases

SINCE, ON = date(2015, 1, 31), date(2016, 1, 31)


@functools.cache
def rules() -> Snapshot:
    """Give the policy of Yucheng on the day of the adjustment."""
    return fr.load_policy("yucheng-2016").on(ON)


@functools.cache
def _subjects() -> Mapping[str, object]:
    return {case.id: case.subject for case in load_cases(installed_packs()["yucheng-2016"])}


def example(name: str, **changes: Any) -> fr.Household:
    """Give a household of the examples of the pack, of which one member has a number."""
    found = _subjects()[name]
    assert isinstance(found, fr.Household)
    known = tuple(attrs.evolve(each, id_no=number(70 + place)) for place, each in enumerate(found.members))
    return attrs.evolve(found, **{"id": "H-1", "members": known, **changes})


def number(person: int, born: date = date(1970, 5, 1)) -> str:
    """Make up a certificate number under an area code that was never issued."""
    first = f"370099{born:%Y%m%d}{person:03d}"
    return first + check_character(first)


def member(person: int, relation: str | None = "son", **facts: Any) -> fr.Member:
    """Give somebody known by a number; the place in the roster is that of the person."""
    return fr.Member(**{"id": str(person), "id_no": number(person), "relation": relation, **facts})


def home(household: str, *members: fr.Member, **facts: Any) -> fr.Household:
    """Give a household of which everybody is listed."""
    return fr.Household(**{"id": household, "members": members, "members_complete": True, **facts})


_EXAMPLES = ("poor-family", "ready-to-leave", "car-hit", "food-not-met", "food-unknown", "car-hit-unknown")
_KNOWN_BY = ("number", "number", "person_id", "both", "nothing")

Register = tuple[fr.Household, ...]


@st.composite
def _households(draw: st.DrawFn, household: int, people: Sequence[fr.Member]) -> fr.Household:
    """Give a household of these people with the facts of an example, or with next to none."""
    facts: dict[str, Any] = {
        "id": f"H-{household}",
        "members": people,
        "members_complete": draw(st.sampled_from([True, True, True, False, None])),
        "poverty_status": draw(st.sampled_from(["poor", "poor", "exited", "pre_exit", "returned", None])),
        "change_year": draw(st.sampled_from([2014, 2016, None])),
        "is_valid": draw(st.sampled_from([None, None, None, True, False])),
        "village": draw(st.sampled_from(["甲村", "甲村", "乙村"])),
    }
    name = draw(st.sampled_from([None, *_EXAMPLES]))
    return fr.Household(**facts) if name is None else attrs.evolve(example(name), **facts)


@st.composite
def _members(draw: st.DrawFn, person: int, known_by: str) -> fr.Member:
    """Give somebody known by a number, by the number in the national system, by both or by nothing."""
    return attrs.evolve(
        example("poor-family").members[0],
        id=str(person),
        relation=draw(st.sampled_from(["head", "spouse", "son", "daughter_in_law", None])),
        id_no=number(person) if known_by in ("number", "both") else None,
        person_id=f"P-{person}" if known_by in ("person_id", "both") else None,
        sex=draw(st.sampled_from(["male", "male", "female", None])),
        birth_date=draw(st.sampled_from([None, date(1970, 5, 1), date(1970, 5, 1), date(2015, 6, 1)])),
        survival_status=draw(st.sampled_from(["normal", "normal", "normal", "dead", None])),
    )


@st.composite
def registers(draw: st.DrawFn, before: Sequence[int] | None = None, *, most: int = 4) -> Register:
    """Give a register of a few households in which everybody stands once; people of one number are one person."""
    places = before if before is not None else draw(st.lists(st.integers(0, most), min_size=6, max_size=6))
    ids = draw(st.sets(st.integers(1, most), min_size=2))
    people = [draw(_members(person, _KNOWN_BY[person % len(_KNOWN_BY)])) for person in range(len(places))]
    return tuple(
        draw(_households(each, [people[person] for person, place in enumerate(places) if place == each]))
        for each in sorted(ids)
    )


@st.composite
def pairs_of_registers(draw: st.DrawFn, *, most: int = 4) -> tuple[Register, Register]:
    """Give two registers of the same people, of whom some moved, came or left in between."""
    before = draw(st.lists(st.integers(0, most), min_size=6, max_size=6))
    moved = draw(st.dictionaries(st.integers(0, 5), st.integers(0, most), max_size=3))
    after = [moved.get(person, place) for person, place in enumerate(before)]
    return draw(registers(before, most=most)), draw(registers(after, most=most))


def shuffled(draw: Any, held: Sequence[fr.Household]) -> list[fr.Household]:
    """Put households and their members in another order."""
    return [
        attrs.evolve(each, members=tuple(draw(st.permutations(each.members)))) for each in draw(st.permutations(held))
    ]
