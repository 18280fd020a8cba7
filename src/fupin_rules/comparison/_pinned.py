"""Facts of a question held to what is known of one subject; what is not known of it stays free."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fupin_rules.comparison._facts import Fact, Facts
from fupin_rules.comparison._terms import Formula, Terms
from fupin_rules.model import AnySubject, Household, Sort, read_fact
from fupin_rules.truth import NotKnown


def stored_of(fact: Fact, subject: AnySubject) -> Any:
    """Give the value of a fact as the model holds it; None where it is not known, or nobody is listed whose it is."""
    if fact.place is None:
        stored = read_fact(subject, fact.field.path)
    else:
        roster = subject.members if isinstance(subject, Household) else ()
        stored = read_fact(roster[fact.place], fact.field.path) if fact.place < len(roster) else None
    return None if isinstance(stored, NotKnown) else stored


def path_of(fact: Fact, subject: AnySubject) -> str:
    """Give the path of a fact, as `with_fact` takes it; a member who is not listed has none, and an empty one."""
    if fact.place is None:
        return fact.field.path
    roster = subject.members if isinstance(subject, Household) else ()
    return f"members[{roster[fact.place].id}].{fact.field.path}" if fact.place < len(roster) else ""


def equals(terms: Terms, fact: Fact, stored: Any) -> Formula:
    """Say that the value of a fact is one that the model holds, as far as rules tell values apart."""
    match fact.field.spec.sort:
        case Sort.FLAG:
            # A roster that is taken to be complete has no value to speak of.
            return fact.value is None or (fact.value if stored else terms.negated(fact.value))
        case Sort.NUMBER:
            assert fact.value is not None
            return terms.equal(fact.value, int(stored.scaleb(fact.field.spec.places)))
        case Sort.DAY:
            assert fact.value is not None
            return terms.equal(fact.value, stored.toordinal())
        case Sort.CODE:
            return terms.all_of(each if code == stored else terms.negated(each) for code, each in fact.codes.items())
        case Sort.CODES:
            return terms.all_of(each if code in stored else terms.negated(each) for code, each in fact.codes.items())
        case Sort.TEXT | Sort.PRIVATE:
            return True


def pinned(facts: Facts, subject: AnySubject) -> Iterator[Formula]:
    """Say that all facts which are known of a subject are as it has them."""
    for fact in facts.held.values():
        stored = stored_of(fact, subject)
        if stored is not None:
            yield equals(facts.terms, fact, stored)
