"""People as they live together: ages that fit relations, and what goes with an age."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

import attrs
import hypothesis.strategies as st
from hypothesis.errors import InvalidArgument

from fupin_rules.model import SEX_OF_RELATION, Field, Household, Member, Relation, catalogue
from fupin_rules.testing.strategies._values import OLDEST, ON, birthdays, certificate, known_or_not, known_values
from fupin_rules.truth import NotKnown

_ONE: Final = st.just("1")
_GROWN: Final = 18
_SPOUSES: Final = 6
# By how many years somebody is older than the head, at least and at most.
_APART: Final = {
    "spouse": (-8, 8),
    "son": (-40, -18),
    "daughter": (-40, -18),
    "daughter_in_law": (-40, -18),
    "grandson": (-70, -40),
    "granddaughter": (-70, -40),
    "father": (18, 40),
    "mother": (18, 40),
    "sibling": (-15, 15),
    "other": (-60, 30),
}
_ONCE: Final = {"head", "spouse", "father", "mother"}
_SCHOOLS: Final = (
    (3, ("not_in_school",)),
    (6, ("preschool", "not_in_school")),
    (12, ("primary", "not_in_school")),
    (16, ("grade_7", "grade_8", "grade_9", "not_in_school")),
    (22, ("not_in_school", "senior_1", "vocational_2", "college")),
)


@attrs.frozen
class Person:
    """
    Who somebody is: what has to fit together.

    Attributes:
        age: On the day.
        relation: To the head.
    """

    age: int
    relation: str


@st.composite
def rosters(draw: st.DrawFn, size: int, min_age: int, max_age: int) -> list[Person]:
    """People of one household: a head, and others whose ages fit."""
    if size == 0:
        return []
    least = min(max(min_age, _GROWN), max_age)
    head = draw(st.integers(least, max_age))
    people = [Person(head, "head")]
    for _ in range(size - 1):
        taken = {person.relation for person in people} & _ONCE
        fitting = {
            relation: (max(head + low, min_age), min(head + high, max_age))
            for relation, (low, high) in _APART.items()
            if relation not in taken and _fits(relation, head, low, high, min_age, max_age)
        }
        # Most who live with somebody live with a spouse.
        likely = ["spouse"] * (_SPOUSES if "spouse" in fitting else 0)
        relation = draw(st.sampled_from([*fitting, *likely] or ["other"]))
        people.append(Person(draw(st.integers(*fitting.get(relation, (min_age, max_age)))), relation))
    return people


def _fits(relation: str, head: int, low: int, high: int, min_age: int, max_age: int) -> bool:
    youngest = max(min_age, _GROWN) if relation in {"spouse", "daughter_in_law"} else min_age
    return (
        head + high >= youngest
        and head + low <= max_age
        and max(head + low, min_age) >= (_GROWN if relation in {"spouse", "daughter_in_law"} else 0)
    )


@st.composite
def coherent(draw: st.DrawFn, person: Person, on: date, wanted: set[str]) -> dict[str, Any]:
    """What goes with an age and a relation; only what is wanted is drawn."""
    facts: dict[str, Any] = {"relation": person.relation}
    sex = SEX_OF_RELATION[Relation.read(person.relation)]
    if wanted & {"sex", "id_no"}:
        facts["sex"] = sex.value if sex is not None else draw(st.sampled_from(["male", "female"]))
    if wanted & {"birth_date", "id_no"}:
        facts["birth_date"] = draw(birthdays(on, person.age, person.age))
    if "id_no" in wanted:
        number = 2 * draw(st.integers(0, 499)) + (1 if facts["sex"] == "male" else 0)
        facts["id_no"] = certificate(facts["birth_date"], number)
    if "student_status" in wanted:
        schools = next((each for age, each in _SCHOOLS if person.age < age), ("not_in_school",))
        facts["student_status"] = draw(st.sampled_from(schools))
    if "labour" in wanted:
        facts["labour"] = draw(st.sampled_from(_labour(person.age)))
    return {name: value for name, value in facts.items() if name in wanted}


def _labour(age: int) -> tuple[str, ...]:
    if age < 16:
        return ("none",)
    return ("none", "weak", "lost") if age >= 70 else ("ordinary", "skilled", "weak", "none")


@functools.cache
def _told(fields: tuple[Field, ...], on: date, *, unknown: bool, realistic: bool) -> st.SearchStrategy[dict[str, Any]]:
    told = {field.path: known_values(field, on=on, realistic=realistic) for field in fields}
    if not unknown:
        return st.fixed_dictionaries(told)
    return st.fixed_dictionaries({}, optional={path: known_or_not(values) for path, values in told.items()})


def facts_told(
    fields: Mapping[str, Field], on: date, *, unknown: bool, realistic: bool
) -> st.SearchStrategy[dict[str, Any]]:
    """Some of these facts, each known or not; all of them, and known, where nothing may be unknown."""
    return _told(tuple(fields.values()), on, unknown=unknown, realistic=realistic)


def is_told(value: object) -> bool:
    """Tell whether a fact is known."""
    return value is not None and not isinstance(value, NotKnown)


@st.composite
def member_of(
    draw: st.DrawFn,
    person: Person,
    member_id: str,
    fields: Mapping[str, Field],
    on: date,
    *,
    unknown: bool,
    realistic: bool,
) -> Member:
    """One member: facts as they come, and those that have to fit each other made to fit."""
    told = draw(facts_told(fields, on, unknown=unknown, realistic=realistic))
    if realistic:
        known = {path for path, value in told.items() if is_told(value)}
        told |= draw(coherent(person, on, known))
    elif is_told(told.get("birth_date")):
        told["birth_date"] = draw(birthdays(on, person.age, person.age))
    return Member(id=member_id, **told)


def check_bounds(**bounds: tuple[int, int | None, int]) -> None:
    """
    Refuse bounds that nothing lies between, before anything is drawn.

    Raises:
        InvalidArgument: The lower one is negative, or above the upper one, or that is above what there can be.
    """
    for name, (low, high, most) in bounds.items():
        if low < 0 or (high is not None and (high < low or high > most)):
            raise InvalidArgument(f"{name}: nothing lies from {low} to {high}; give bounds from 0 to {most}")


def members(
    *,
    min_age: int = 0,
    max_age: int = OLDEST,
    unknown: bool = True,
    on: date = ON,
    realistic: bool = True,
    ids: st.SearchStrategy[str] = _ONE,
) -> st.SearchStrategy[Member]:
    """
    Members of a household, each by themselves; `households` gives them with relations that fit.

    Args:
        min_age: Least age in whole years.
        max_age: Greatest age.
        unknown: Whether facts may be not known, with a reason or without.
        on: Day on which they have these ages.
        realistic: False gives any value that the model takes, whatever goes with it.
        ids: Ids within a household.

    Returns:
        Members that shrink toward one of whom nothing is known, or the youngest.

    Raises:
        InvalidArgument: Nobody has such an age.

    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate])
    >>> find(members(), lambda _: True, settings=quick)
    Member(id='1')
    """
    check_bounds(ages=(min_age, max_age, OLDEST))
    fields = catalogue(Household).members

    def of(drawn: tuple[Person, str]) -> st.SearchStrategy[Member]:
        return member_of(*drawn, fields, on, unknown=unknown, realistic=realistic)

    relations = st.sampled_from([each.value for each in Relation])
    people = st.builds(Person, st.integers(min_age, max_age), relations)
    return st.tuples(people, ids).flatmap(of)
