"""Facts by path: read one, set one."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from typing import Any, TypeVar

import attrs

from fupin_rules.errors import Fault, ModelError
from fupin_rules.model._catalogue import catalogue
from fupin_rules.model._household import Household
from fupin_rules.model._member import Member
from fupin_rules.model._subjects import AnySubject

_Subject = TypeVar("_Subject", bound=AnySubject)


def read_fact(owner: AnySubject | Member, path: str) -> Any:
    """
    Give a fact as it is stored: a value, `None`, or `NotKnown` with a reason.

    >>> read_fact(Household(id="1"), "income.pension_yuan") is None
    True
    """
    value: Any = owner
    for part in path.split("."):
        value = getattr(value, part)
    return value


def with_fact(subject: _Subject, path: str, value: object) -> _Subject:
    """
    Give the same subject with one fact set, or taken back with `None`.

    Args:
        subject: A household, a village or an area.
        path: `income.pension_yuan`, `members_complete`, or `members[<id>].birth_date`.
        value: As at the door of the model.

    Raises:
        ModelError: There is no such fact or member, or the value cannot be one of it.

    >>> with_fact(Household(id="1"), "living.house_grade", "C").living.house_grade
    <HouseGrade.C: 'C'>
    """
    stored: AnySubject = subject
    known = catalogue(type(stored))
    if known.field(path) is None:
        near = difflib.get_close_matches(path, [*known.fields, *(f"members[1].{each}" for each in known.members)], 1)
        mend = f"did you mean `{near[0]}`?" if near else "see the catalogue of facts"
        raise ModelError(Fault(f"$.{path[:100]}", "is no fact", mend, "unknown_fact"))
    try:
        changed: _Subject = _set(subject, known.member_id(path), path, value)
    except ModelError as error:
        raise ModelError(attrs.evolve(fault, where=f"$.{path}") for fault in error.faults) from None
    return changed


def _set(subject: Any, member_id: str | None, path: str, value: object) -> Any:
    if member_id is not None:
        return _evolved(subject, "members", _with_member(subject, member_id, path, value))
    group, dot, name = path.rpartition(".")
    if dot:
        return _evolved(subject, group, _evolved(getattr(subject, group), name, value))
    return _evolved(subject, path, value)


def _evolved(owner: Any, name: str, value: object) -> Any:
    # `Any`: which fields an owner has is told by the catalogue, not by its type.
    return attrs.evolve(owner, **{name: value})


def _with_member(household: Household, member_id: str, path: str, value: object) -> tuple[Member, ...]:
    if member_id not in {member.id for member in household.members}:
        raise ModelError(Fault(f"$.{path}", "no such member", "name a member by its id", "no_member"))
    name = path.rpartition(".")[2]
    return tuple(_evolved(member, name, value) if member.id == member_id else member for member in household.members)


def all_facts(subject: AnySubject) -> Iterator[tuple[str, Any]]:
    """
    Give every fact of a subject and its members, known or not, by path.

    >>> dict(all_facts(Household(id="1", hukou="rural")))["hukou"]
    <Hukou.RURAL: 'rural'>
    """
    known = catalogue(type(subject))
    for path in known.fields:
        yield path, read_fact(subject, path)
    for member in subject.members if isinstance(subject, Household) else ():
        for path in known.members:
            yield f"members[{member.id}].{path}", read_fact(member, path)
