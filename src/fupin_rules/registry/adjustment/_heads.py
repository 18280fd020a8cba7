"""
Another head of household: the id of the household stays, and every relation is to be told anew.

What was a son to the old head is a brother to the new one, so relations that cannot be the same to both are found.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from fupin_rules.model import Relation
from fupin_rules.registry.adjustment._matching import Matching, Person, Side


@attrs.frozen
class HeadChange:
    """
    Another person is the head.

    Attributes:
        before: Id of the old head in OLD.
        after: Id of the new head in NEW.
        is_listed: Whether the old head still lives with the household.
        not_restated: Ids in NEW of members whose relation is still the one to the old head.
    """

    before: str
    after: str
    is_listed: bool
    not_restated: tuple[str, ...]


_DESCENT = frozenset(
    {
        Relation.SON,
        Relation.DAUGHTER,
        Relation.DAUGHTER_IN_LAW,
        Relation.SON_IN_LAW,
        Relation.GRANDSON,
        Relation.GRANDDAUGHTER,
        Relation.DAUGHTERS_SON,
        Relation.DAUGHTERS_DAUGHTER,
        Relation.GREAT_GRANDSON,
        Relation.GREAT_GRANDDAUGHTER,
    }
)
_OF_SIBLINGS = frozenset(
    {
        Relation.FATHER,
        Relation.MOTHER,
        Relation.GRANDFATHER,
        Relation.GRANDMOTHER,
        Relation.MOTHERS_FATHER,
        Relation.MOTHERS_MOTHER,
        Relation.UNCLE,
        Relation.SIBLING,
        Relation.BROTHERS_WIFE,
        Relation.NEPHEW,
        Relation.NIECE,
    }
)
# By what the new head was to the old one: relations that are the same to both. The children of a couple stay children
# whoever of the two is the head, so "the same as before" alone would find fault with every widow.
_MAY_STAY = {Relation.SPOUSE: _DESCENT, Relation.SIBLING: _OF_SIBLINGS}


def heads_of(side: Side, household: str) -> tuple[Person, ...]:
    """Give those who are told to be the head, among the counted."""
    return tuple(person for person in side.counted[household] if person.member.relation is Relation.HEAD)


def head_change(matching: Matching, before: str, after: str) -> HeadChange | None:
    """Tell whether another person is the head; None too where either head is not one known person."""
    old, new = heads_of(matching.old, before), heads_of(matching.new, after)
    if len(old) != 1 or len(new) != 1:
        return None
    (was,), (is_now,) = old, new
    if not (was.is_identified and is_now.is_identified) or was.key == is_now.key:
        return None
    listed = matching.new.counted[after]
    return HeadChange(
        was.place.member,
        is_now.place.member,
        any(person.key == was.key for person in listed),
        tuple(_not_restated(matching.old.counted[before], listed, is_now)),
    )


def _not_restated(old: Iterable[Person], new: Iterable[Person], head: Person) -> Iterator[str]:
    before = {person.key: person.member.relation for person in old if person.key is not None}
    was = before.get(head.key) if head.key is not None else None
    if not isinstance(was, Relation) or was is Relation.OTHER:
        return
    stays = _MAY_STAY.get(was, frozenset())
    for person in new:
        relation = person.member.relation
        if person.key is None or relation is Relation.OTHER:
            continue
        if isinstance(relation, Relation) and relation not in stays and relation is before.get(person.key):
            yield person.place.member
