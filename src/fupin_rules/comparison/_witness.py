"""
A case made ordinary: few members, few unusual facts, round amounts, and nothing known that need not be.

Each step keeps what it can keep together and gives up the least. The result is no best of all cases, but none of its
departures from what is ordinary can be taken back alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import attrs

from fupin_rules.comparison._facts import Fact, Facts
from fupin_rules.comparison._ordinary import (
    ordinary_code,
    ordinary_codes,
    ordinary_day,
    ordinary_flag,
    ordinary_number,
    roundness,
    unasked_code,
)
from fupin_rules.comparison._search import Search
from fupin_rules.comparison._terms import Formula, Handle
from fupin_rules.model import AnySubject, Household, Member, Sort, with_fact
from fupin_rules.policy import SUBJECT_CLASSES, Subject

_ID = "witness"


@attrs.frozen
class Case:
    """
    A case as values.

    Attributes:
        size: Number of members.
        values: Known facts by path and place in the roster.
    """

    size: int
    values: tuple[tuple[Fact, Any], ...]

    def built(self, about: Subject, facts: Facts) -> AnySubject:
        """
        Build the subject through the model, as anybody would.

        Args:
            about: What it is.
            facts: Which facts are its own; a case may hold those of a second subject too.
        """
        subject: AnySubject
        if about is Subject.HOUSEHOLD:
            subject = Household(id=_ID, members=tuple(Member(id=str(place + 1)) for place in range(self.size)))
        else:
            subject = SUBJECT_CLASSES[about](id=_ID)
        for fact, value in self.values:
            if facts.held.get((fact.field.path, fact.place)) is fact:
                path = fact.field.path if fact.place is None else f"members[{fact.place + 1}].{fact.field.path}"
                subject = with_fact(subject, path, value)
        return subject


class Shaper:
    """
    Makes the case that a search has found more ordinary.

    Args:
        search: It has found a case.
        facts: Facts of the case; where it is about two subjects, of both.
        on: Day of the assessment, for ages.
    """

    def __init__(self, search: Search, facts: Sequence[Facts], on: date) -> None:
        self.search = search
        self.terms = search.terms
        self.on = on
        self.roster = facts[0]
        self.every = tuple({id(fact): fact for each in facts for fact in each.held.values()}.values())
        self.size = 0
        self.kept: list[Handle] = []

    def shaped(self, rather: Formula) -> Case:
        """
        Give the case.

        Args:
            rather: What is to hold of it too, if it can.
        """
        self._first([self.search.mark(rather)])
        self._settle_size()
        facts = [fact for fact in self.every if fact.place is None or fact.place < self.size]
        values = self.kept
        self.kept = values + self._keep(fact.known for fact in facts if not isinstance(fact.known, bool))
        told = [fact for fact in facts if self.search.holds(fact.known)]
        unknown = [self._not(fact.known) for fact in facts if not self.search.holds(fact.known)]
        self.kept += unknown
        usual = self._usual(told)
        held = self._keep(mark for _, mark in usual)
        self.kept += held
        same = {mark.value for mark in held}
        for fact in sorted((fact for fact, mark in usual if mark.value not in same), key=lambda fact: fact.place or 0):
            self._approach(fact)
        # All values stay as they are from here; only what is known may still give way.
        self.search.can(self.kept)
        values += [*unknown, *(each for fact in told for each in self._pinned(fact))]
        return self._case(self._needed(told, values))

    def _not(self, known: Any) -> Handle:
        negated = self.terms.negated(known)
        assert not isinstance(negated, bool)
        return negated

    # -- size --------------------------------------------------------------------------------------------------------

    def _settle_size(self) -> None:
        """Take the smallest roster with somebody in it; an empty one only where there must be nobody."""
        size = self.roster.size
        if isinstance(size, int):
            return
        for number in (*range(1, self.roster.members + 1), 0):
            mark = self.search.mark(self.terms.equal(size, number))
            if self.search.can([*self.kept, mark]):
                self.size = number
                self.kept.append(mark)
                return
        # Not found with little effort: the case stays as it was found.
        self.size = self.search.number(size)
        self.kept.append(self.search.mark(self.terms.equal(size, self.size)))

    # -- what is kept ------------------------------------------------------------------------------------------------

    def _keep(self, wishes: Iterable[Handle]) -> list[Handle]:
        """Keep as many wishes together as can be; of those that do not go together the last gives way."""
        held, given_up = list(wishes), list[Handle]()
        while held and not self.search.can([*self.kept, *held]):
            blamed = [place for place in self.search.to_blame([*self.kept, *held]) if place >= len(self.kept)]
            if not blamed:
                given_up += reversed(held)
                held = []
                break
            given_up.append(held.pop(blamed[-1] - len(self.kept)))
        # The solver may blame more than it must.
        for each in reversed(given_up):
            if self.search.can([*self.kept, *held, each]):
                held.append(each)
        return held

    def _usual(self, facts: Sequence[Fact]) -> list[tuple[Fact, Handle]]:
        """Say of each fact that it is as usual; those that vary most from one to the other give way first, so last."""
        order = {Sort.FLAG: 0, Sort.CODE: 1, Sort.CODES: 2, Sort.DAY: 3, Sort.NUMBER: 4}
        valued = [fact for fact in facts if fact.field.spec.sort in order]
        # A roster that is taken to be complete has nothing to vary.
        valued = [fact for fact in valued if fact.value is not None or fact.field.spec.sort is not Sort.FLAG]
        # Of amounts, those that come first in the catalogue are the likeliest to vary: wages before benefits.
        valued.reverse()
        valued.sort(key=lambda fact: order[fact.field.spec.sort])
        return [(fact, self._as_usual(fact)) for fact in valued]

    def _as_usual(self, fact: Fact) -> Handle:
        terms, field = self.terms, fact.field
        match field.spec.sort:
            case Sort.FLAG:
                assert fact.value is not None
                return fact.value if ordinary_flag(field) else self._not(fact.value)
            case Sort.NUMBER:
                return self._equal(fact, ordinary_number(field, self.size))
            case Sort.DAY:
                return self._equal(fact, ordinary_day(field, fact.place, self.on).toordinal())
            case Sort.CODE:
                usual = {ordinary_code(field, fact.place)}
            case _:
                usual = set(ordinary_codes(field, fact.place))
        wanted = (each if code in usual else terms.negated(each) for code, each in fact.codes.items())
        return self.search.mark(terms.all_of(wanted))

    def _equal(self, fact: Fact, number: int) -> Handle:
        assert fact.value is not None
        return self.search.mark(self.terms.equal(fact.value, number))

    # -- what departs ------------------------------------------------------------------------------------------------

    def _approach(self, fact: Fact) -> None:
        """Bring a fact that cannot be as usual as close to it as can be, and keep it there."""
        match fact.field.spec.sort:
            case Sort.NUMBER:
                self._approach_number(fact)
            case Sort.DAY:
                self._approach_day(fact)
            case Sort.CODE:
                self._approach_code(fact)
            case Sort.CODES:
                usual = ordinary_codes(fact.field, fact.place)
                self.kept += self._keep(each if code in usual else self._not(each) for code, each in fact.codes.items())
            case _:
                pass
        self.kept += self._pinned(fact)

    def _pinned(self, fact: Fact) -> list[Handle]:
        """Say that a fact is as in the case found last."""
        if fact.value is None:
            return [each if self.search.holds(each) else self._not(each) for each in fact.codes.values()]
        if fact.field.spec.sort is Sort.FLAG:
            return [fact.value if self.search.holds(fact.value) else self._not(fact.value)]
        return [self._equal(fact, self.search.number(fact.value))]

    def _first(self, wishes: Iterable[Handle]) -> bool:
        """Keep the first wish that can be met."""
        for each in wishes:
            if self.search.can([*self.kept, each]):
                self.kept.append(each)
                return True
        return False

    def _nearest(self, fact: Fact, usual: int) -> int:
        """Find how close to a number a fact can come."""
        assert fact.value is not None
        least, best = 0, abs(self.search.number(fact.value) - usual)
        while least < best:
            middle = (least + best) // 2
            if self.search.can([*self.kept, self._around(fact, usual, middle)]):
                best = abs(self.search.number(fact.value) - usual)
            else:
                least = middle + 1
        return best

    def _around(self, fact: Fact, usual: int, distance: int) -> Handle:
        assert fact.value is not None
        terms = self.terms
        return self.search.mark(
            terms.all_of((terms.at_most(usual - distance, fact.value), terms.at_most(fact.value, usual + distance)))
        )

    def _approach_number(self, fact: Fact) -> None:
        assert fact.value is not None
        usual = ordinary_number(fact.field, self.size)
        distance = self._nearest(fact, usual)
        around = self._around(fact, usual, distance + distance // 2)
        # A round number is worth some distance, yet not any.
        value, terms = fact.value, self.terms
        rounds = (self.search.mark(terms.divides(step, value)) for step in roundness(fact.field))
        for each in rounds:
            if self.search.can([*self.kept, around, each]):
                self.kept += [around, each]
                break
        self.kept.append(self._around(fact, usual, self._nearest(fact, usual)))
        self.search.can(self.kept)

    def _approach_day(self, fact: Fact) -> None:
        assert fact.value is not None
        usual = ordinary_day(fact.field, fact.place, self.on)
        distance = self._nearest(fact, usual.toordinal())
        self.search.can([*self.kept, self._around(fact, usual.toordinal(), distance)])
        found = date.fromordinal(self.search.number(fact.value))
        days = [usual.replace(year=found.year + step) for step in (0, -1, 1)]
        self._first(self._equal(fact, day.toordinal()) for day in (*days, found))

    def _approach_code(self, fact: Fact) -> None:
        assert fact.field.spec.code_list is not None
        terms = self.terms
        nothing_asked = self.search.mark(terms.all_of(terms.negated(each) for each in fact.codes.values()))
        in_order = (fact.codes.get(code.value, nothing_asked) for code in fact.field.spec.code_list)
        self._first(in_order)

    # -- what need not be known --------------------------------------------------------------------------------------

    def _needed(self, told: Sequence[Fact], values: Sequence[Handle]) -> list[Fact]:
        """Give the facts that have to be known for the case to stay one, all values staying as they are."""
        asked, base = list(told), list(values)
        while True:
            mark = self.search.mark(self.terms.any_of(self.terms.negated(fact.known) for fact in asked))
            if not self.search.can([*base, mark]):
                return asked
            base += [self._not(fact.known) for fact in asked if not self.search.holds(fact.known)]
            asked = [fact for fact in asked if self.search.holds(fact.known)]

    def _case(self, facts: Sequence[Fact]) -> Case:
        order = {id(fact): place for place, fact in enumerate(self.every)}
        return Case(self.size, tuple((fact, self._value(fact)) for fact in sorted(facts, key=lambda f: order[id(f)])))

    def _value(self, fact: Fact) -> Any:
        spec = fact.field.spec
        match spec.sort:
            case Sort.FLAG:
                return fact.value is None or self.search.holds(fact.value)
            case Sort.NUMBER:
                assert fact.value is not None
                return Decimal(self.search.number(fact.value)).scaleb(-spec.places)
            case Sort.DAY:
                assert fact.value is not None
                return date.fromordinal(self.search.number(fact.value))
            case Sort.CODE | Sort.CODES:
                return self._code(fact)
            case _:
                return fact.field.spec.zh

    def _code(self, fact: Fact) -> Any:
        spec, asked = fact.field.spec, frozenset(fact.codes)
        held = sorted(code for code, each in fact.codes.items() if self.search.holds(each))
        if spec.sort is Sort.CODE:
            return held[0] if held else unasked_code(fact.field, fact.place, asked)
        usual = sorted(ordinary_codes(fact.field, fact.place) - asked)
        return tuple(held) or tuple(usual)
