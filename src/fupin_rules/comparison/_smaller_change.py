"""
The smallest change of facts that turns an outcome, by the solver: of fewest facts first, then of those that move least.

How far a change moves is measured as `fupin_rules.engine.distance` does it, in whole numbers: every share of every fact
is a multiple of one small share.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import attrs

from fupin_rules.comparison._facts import Fact
from fupin_rules.comparison._pinned import equals, path_of, stored_of
from fupin_rules.comparison._room import Asked, Room
from fupin_rules.comparison._search import Search
from fupin_rules.comparison._terms import Formula, Handle, Terms, Whole
from fupin_rules.engine import FactValues, Turn, distance
from fupin_rules.model import AnySubject, Household, Sort
from fupin_rules.policy import subject_of

_HALVINGS: Final = 40
"""Looks for a change that moves half as far; what is left after so many is less than any fact can move."""


@attrs.frozen
class _Moved:
    """
    A fact that may be changed, as terms.

    Attributes:
        path: As `with_fact` takes it.
        fact: Its variables.
        before: Its value today.
        is_changed: Says that it is another.
    """

    path: str
    fact: Fact
    before: Any
    is_changed: Handle


def smaller_change(turn: Turn, facts: tuple[str, ...], than: FactValues | None, *, seconds: float) -> FactValues | bool:
    """
    Look for a smaller change that turns an outcome.

    Args:
        turn: The outcome to turn.
        facts: The facts that may be changed, by path.
        than: The smallest change that is known; None if none is.
        seconds: Time limit of each look.

    Returns:
        True where it is proved that there is none, False where it could not be told, or the smallest one.
    """
    subject = turn.subject
    listed = len(subject.members) if isinstance(subject, Household) else 0
    room = Room(Asked(subject_of(subject), max(1, listed), seconds, None), turn.rules)
    claim = room.reader(turn.rules).claim(turn.composed)
    terms = room.terms
    moved, fixed = list[_Moved](), [claim.yes if turn.towards else claim.no]
    if isinstance(subject, Household):
        fixed.append(terms.equal(room.facts.size, listed))
    for fact in room.facts.held.values():
        stored, path = stored_of(fact, subject), path_of(fact, subject)
        if stored is None:
            fixed.append(terms.negated(fact.known))
            continue
        fixed.append(fact.known)
        same = equals(terms, fact, stored)
        changed = terms.negated(same)
        if path in facts and not isinstance(changed, bool):
            moved.append(_Moved(path, fact, stored, changed))
        else:
            fixed.append(same)
    shares = _Shares(terms, subject, moved)
    far = distance(subject, than) if than is not None else (len(moved) + 1, Fraction(0))
    look = _Look(terms, moved, shares, terms.all_of([*fixed, *shares.axioms]), far)
    return look.smallest(room.search())


@attrs.frozen
class _Look:
    """What is looked for: a change that turns the outcome, nearer than one that is known."""

    terms: Terms
    moved: list[_Moved]
    shares: _Shares
    turned: Formula
    far: tuple[int, Fraction]

    def smallest(self, search: Search) -> FactValues | bool:
        """Give the smallest such change; True where there is none, False where it could not be told."""
        with search.holding(self.turned):
            count, length = self.far
            found = self._first(search, count)
            if isinstance(found, bool):
                return found
            if found is None:
                # No fewer facts do; as many may, moving less.
                found = self._nearer(search, count, self.shares.below(length))
                if found is None or isinstance(found, bool):
                    return True if found is None else found
            return self._least(search, found)

    def _first(self, search: Search, below: int) -> FactValues | bool | None:
        """Give a change of the fewest facts, if of fewer than so many; None where there is none, False if not told."""
        most = min(below - 1, len(self.moved))
        found = self._nearer(search, most, True)
        if found is None or isinstance(found, bool):
            return found
        # Mostly nobody finds one; if somebody does, the fewest facts are looked for.
        for count in range(len(found)):
            fewer = self._nearer(search, count, True)
            if fewer is not None:
                return fewer
        return found

    def _nearer(self, search: Search, count: int, formula: Formula) -> FactValues | bool | None:
        """Give a change of at most so many facts that meets a formula; None where there is none, False if not told."""
        few = self.terms.few([each.is_changed for each in self.moved], count) if count < len(self.moved) else True
        with search.holding(self.terms.all_of((few, formula))):
            answer = search.decide()
            return self._read(search) if answer is True else None if answer is False else False

    def _least(self, search: Search, found: FactValues) -> FactValues:
        """Bring a change nearer by halves."""
        low, best = 0, self.shares.length(found)
        for _ in range(_HALVINGS):
            if best - low <= 1:
                break
            middle = (low + best) // 2
            nearer = self._nearer(search, len(found), self.shares.below(Fraction(middle, self.shares.unit)))
            if nearer is None or isinstance(nearer, bool):
                low = middle
            else:
                found, best = nearer, self.shares.length(nearer)
        return found

    def _read(self, search: Search) -> FactValues:
        return {
            each.path: _value(search, each.fact, each.before) for each in self.moved if search.holds(each.is_changed)
        }


class _Shares:
    """
    How far facts move, in whole numbers.

    Args:
        terms: Of the question.
        subject: As it is today.
        moved: The facts that may be changed.
    """

    def __init__(self, terms: Terms, subject: AnySubject, moved: list[_Moved]) -> None:
        self.axioms: list[Formula] = []
        self._terms = terms
        self._subject = subject
        self.unit = math.lcm(*(parts for each in moved for parts in _parts(each)))
        """The number of small shares that make a whole."""
        self._length = terms.sum_of([self._share(each) for each in moved])

    def below(self, length: Fraction) -> Formula:
        """Say that a change moves less than so far."""
        return self._terms.below(self._length, math.ceil(length * self.unit))

    def length(self, changes: FactValues) -> int:
        """Measure a change."""
        return int(distance(self._subject, changes)[1] * self.unit)

    def _share(self, moved: _Moved) -> Whole:
        terms, fact = self._terms, moved.fact
        match fact.field.spec.sort:
            case Sort.NUMBER:
                assert fact.value is not None
                before, whole = _units(moved), _whole(moved)
                step = self.unit // whole
                # At least the distance, and in the smallest change no more.
                far = terms.helper()
                up = terms.sum_of((fact.value, -before))
                self.axioms += [terms.at_most(up, far), terms.at_most(terms.times(-1, up), far)]
                return terms.times(step, far)
            case Sort.CODES:
                return self._share_of_codes(moved)
            case _:
                return terms.picked(moved.is_changed, self.unit, 0)

    def _share_of_codes(self, moved: _Moved) -> Whole:
        """Give the share of codes that come or go, for each number of those that can."""
        terms, held = self._terms, len(moved.before)
        going = [terms.negated(each) for code, each in moved.fact.codes.items() if code in moved.before]
        coming = [each for code, each in moved.fact.codes.items() if code not in moved.before]
        gone = terms.sum_of(terms.picked(each, 1, 0) for each in going)
        come = terms.sum_of(terms.picked(each, 1, 0) for each in coming)
        share: Whole = 0
        for away in range(len(going) + 1):
            for new in range(len(coming) + 1):
                if away + new:
                    there = terms.all_of((terms.equal(gone, away), terms.equal(come, new)))
                    share = terms.picked(there, (away + new) * (self.unit // (held + new)), share)
        return share


def _parts(moved: _Moved) -> Iterator[int]:
    """Give the numbers of parts that a whole of a fact is divided into."""
    match moved.fact.field.spec.sort:
        case Sort.NUMBER:
            yield _whole(moved)
        case Sort.CODES:
            coming = sum(code not in moved.before for code in moved.fact.codes)
            yield from range(max(1, len(moved.before)), len(moved.before) + coming + 1)
        case _:
            yield 1


def _units(moved: _Moved) -> int:
    return int(moved.before.scaleb(moved.fact.field.spec.places))


def _whole(moved: _Moved) -> int:
    """Give what counts as a whole of a number, in its smallest unit: what it was, and at least 1."""
    return int(max(abs(_units(moved)), 10**moved.fact.field.spec.places))


def _value(search: Search, fact: Fact, before: Any) -> Any:
    """Read the value of a changed fact; codes that no rule asks for stay as they are."""
    spec = fact.field.spec
    match spec.sort:
        case Sort.FLAG:
            assert fact.value is not None
            return search.holds(fact.value)
        case Sort.NUMBER:
            assert fact.value is not None
            return Decimal(search.number(fact.value)).scaleb(-spec.places)
        case Sort.CODES:
            assert spec.code_list is not None
            held = {code for code, each in fact.codes.items() if search.holds(each)}
            return frozenset(
                code for code in spec.code_list if (code in held if code in fact.codes else code in before)
            )
        case _:
            assert spec.code_list is not None
            held = {code for code, each in fact.codes.items() if search.holds(each)}
            return next(code for code in spec.code_list if (code in held if held else code not in fact.codes))
