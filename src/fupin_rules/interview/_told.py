"""What an answer does to a subject: one fact set, or a roster filled up with members of whom nothing is known yet."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import attrs

from fupin_rules.errors import Fault, ModelError
from fupin_rules.model import MAX_MEMBERS, AnySubject, Household, Member, all_facts, catalogue, read_fact, with_fact
from fupin_rules.quantities import exact
from fupin_rules.truth import NotKnown

ROSTER = "members"
COMPLETE = "members_complete"


def told(subject: AnySubject, fact: str, value: object) -> AnySubject:
    """
    Give the subject with what was told of it.

    Args:
        subject: Household, village or area.
        fact: A fact as `with_fact` takes it, or `members`.
        value: Its value, `NotKnown`, or for `members` how many there are.

    Raises:
        ModelError: There is no such fact, or the value cannot be one of it.
    """
    if fact != ROSTER or not isinstance(subject, Household):
        return with_fact(subject, fact, value)
    if isinstance(value, NotKnown):
        # That the list is not complete may be known, how many are missing is not.
        return subject if subject.members_complete is False else with_fact(subject, COMPLETE, value)
    count = _read_count(value, len(subject.members))
    added = itertools.islice(_free_ids(subject), count - len(subject.members))
    members = (*subject.members, *(Member(id=each) for each in added))
    return attrs.evolve(subject, members=members, members_complete=True)


def _read_count(value: object, present: int) -> int:
    low = max(1, present)
    try:
        count = exact(value)
        if count != int(count) or not low <= count <= MAX_MEMBERS:
            raise ValueError
    except ValueError:
        what = f"expected a whole number of members from {low} to {MAX_MEMBERS}"
        raise ModelError(Fault(f"$.{ROSTER}", what, "count those who live together and share costs", "value")) from None
    return int(count)


def _free_ids(household: Household) -> Iterator[str]:
    taken = {member.id for member in household.members}
    return (each for each in map(str, itertools.count(1)) if each not in taken)


def reasons_dropped(subject: AnySubject) -> AnySubject:
    """Give the subject with every fact plainly not known of which somebody said why, so that it is asked for again."""
    for fact, value in all_facts(subject):
        if isinstance(value, NotKnown):
            subject = with_fact(subject, fact, None)
    return subject


def stored(subject: AnySubject, fact: str) -> Any:
    """Give a fact as it is stored, members' facts included: a value, `None`, or `NotKnown` with a reason."""
    member_id = catalogue(type(subject)).member_id(fact)
    if member_id is None:
        return read_fact(subject, fact)
    assert isinstance(subject, Household)
    member = next(each for each in subject.members if each.id == member_id)
    return read_fact(member, fact.rpartition(".")[2])


def held_of(subject: AnySubject, fact: str) -> Any:
    """Give what an answer has become: the fact as it is stored, for the roster how many are listed."""
    if fact != ROSTER:
        return stored(subject, fact)
    assert isinstance(subject, Household)
    return len(subject.members)
