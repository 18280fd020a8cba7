"""
The facts of a subject that nobody has met yet: a variable for each value, and one for whether it is known.

Only what some rule reads gets a variable. Members stand in a roster of bounded length, in its first places, so that one
roster is not looked at in many orders.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator
from typing import Final, Literal

import attrs

from fupin_rules.comparison._terms import Formula, Handle, Terms, Whole
from fupin_rules.comparison._values import Claim, Codes, Day, Lowered, Number, Span, Tally, Told
from fupin_rules.errors import Fault, PolicyError
from fupin_rules.model import Field, Sort, catalogue
from fupin_rules.periods import FIRST_DAY, LAST_DAY
from fupin_rules.policy import SUBJECT_CLASSES, Subject

# Which facts are taken to be known: all, or those of these paths.
Known = Literal["all"] | Iterable[str] | None
COMPLETE: Final = "members_complete"
OF_MEMBERS: Final = "members[]."
Key = tuple[str, int | None]


@attrs.frozen(eq=False)
class Fact:
    """
    A fact as variables.

    Attributes:
        field: What is declared of it.
        place: Whose it is, in the roster; None for the subject itself.
        known: Whether it is known; True where that is taken for granted.
        value: Truth value, whole number of the smallest unit, or ordinal of a day; None for codes and texts, and for a
            roster that is taken to be complete.
        codes: For codes: whether it is, or holds, each code that was asked for.
        lowered: The value that rules read.
    """

    field: Field
    place: int | None
    known: Formula
    value: Handle | None
    codes: dict[str, Handle]
    lowered: Lowered


class Facts:
    """
    The facts of one subject.

    Args:
        terms: Makes the variables.
        about: Whose facts.
        members: Most members of a household.
        known: Which facts are taken to be known, a member's as `members[].birth_date`.

    Raises:
        PolicyError: A name in `known` is no fact.
    """

    def __init__(self, terms: Terms, about: Subject, *, members: int, known: Known) -> None:
        self.terms = terms
        self.catalogue = catalogue(SUBJECT_CLASSES[about])
        self.members = members if self.catalogue.members else 0
        self.all_known = known == "all"
        self.known = frozenset(() if known is None or self.all_known else known)
        self.held: dict[Key, Fact] = {}
        self.size: Whole = terms.number("members") if self.members else 0
        for path in sorted(self.known):
            self.field(path)

    def field(self, path: str) -> tuple[Field, bool]:
        """
        Find a fact by its path; tell whether it is a member's.

        Raises:
            PolicyError: There is no such fact.
        """
        is_member = path.startswith(OF_MEMBERS)
        fields = self.catalogue.members if is_member else self.catalogue.fields
        found = fields.get(path.removeprefix(OF_MEMBERS))
        if found is None:
            mend = "name a fact of the catalogue, that of a member as `members[].birth_date`"
            raise PolicyError(Fault("", f"`{path[:100]}` is no fact of {self.catalogue.owner}s", mend, "unknown_fact"))
        return found, is_member

    def besides(self, key: Key) -> Facts:
        """Give the facts of a subject that is the same in all but one."""
        twin = copy.copy(self)
        twin.held = self.held | {key: self._made(*key, mark="'")}
        return twin

    def resized(self) -> Facts:
        """Give the facts of a subject that is the same in all but the number of its members."""
        twin = copy.copy(self)
        twin.size = self.terms.number("members'")
        return twin

    # -- the roster --------------------------------------------------------------------------------------------------

    def present(self, place: int) -> Formula:
        """Say that a place of the roster is taken."""
        return self.terms.at_most(place + 1, self.size)

    def everybody(self) -> Tally:
        """Count the members."""
        return Tally((), 0, self.size, self.members)

    def complete(self) -> Formula:
        """Say that the roster is known to list everybody."""
        told = self.read(COMPLETE, None)
        assert isinstance(told, Claim)
        return told.yes

    # -- facts -------------------------------------------------------------------------------------------------------

    def read(self, path: str, place: int | None) -> Lowered:
        """Give a fact as rules read it."""
        key = (path, place)
        if key not in self.held:
            self.held[key] = self._made(path, place)
        return self.held[key].lowered

    def _made(self, path: str, place: int | None, mark: str = "") -> Fact:
        fields = self.catalogue.fields if place is None else self.catalogue.members
        field = fields[path]
        name = (path if place is None else f"members[{place}].{path}") + mark
        told = OF_MEMBERS + path if place is not None else path
        # Of a roster, that everything is known means that it is complete.
        known: Formula = True if self.all_known or told in self.known else self.terms.claim(f"{name} is known")
        match field.spec.sort:
            case Sort.FLAG if self.all_known and path == COMPLETE:
                return Fact(field, place, True, None, {}, Claim(True, False))
            case Sort.FLAG:
                value = self.terms.claim(name)
                claim = Claim(self.terms.all_of((known, value)), self.terms.all_of((known, self.terms.negated(value))))
                return Fact(field, place, known, value, {}, claim)
            case Sort.NUMBER:
                value, span = self.terms.number(name), _span(field)
                scale = 10**field.spec.places
                return Fact(field, place, known, value, {}, Number(known, value, span, scale, Span(scale, scale)))
            case Sort.DAY:
                value = self.terms.number(name)
                return Fact(field, place, known, value, {}, Day(known, value))
            case Sort.CODE | Sort.CODES:
                return self._coded(field, place, known, name)
            case Sort.TEXT | Sort.PRIVATE:
                return Fact(field, place, known, None, {}, Told(known))

    def _coded(self, field: Field, place: int | None, known: Formula, name: str) -> Fact:
        assert field.spec.code_list is not None
        possible, asked = frozenset(code.value for code in field.spec.code_list), dict[str, Handle]()
        terms = self.terms  # Not `self`: a circle would keep the solver in memory.

        def holds(code: str) -> Formula:
            if code not in possible:
                return False
            if code not in asked:
                asked[code] = terms.claim(f"{name} is {code}")
            return asked[code]

        is_set = field.spec.sort is Sort.CODES
        return Fact(field, place, known, None, asked, Codes(known, possible, holds, is_set))

    def domain(self) -> Iterator[Formula]:
        """Say what the model lets facts be, known or not."""
        if not isinstance(self.size, int):
            yield self.terms.at_most(0, self.size)
            yield self.terms.at_most(self.size, self.members)
        for fact in self.held.values():
            yield from self._limits(fact)

    def _limits(self, fact: Fact) -> Iterator[Formula]:
        spec = fact.field.spec
        match spec.sort:
            case Sort.NUMBER | Sort.DAY:
                assert fact.value is not None
                span = _span(fact.field) if spec.sort is Sort.NUMBER else DAYS
                yield self.terms.at_most(span.low, fact.value)
                yield self.terms.at_most(fact.value, span.high)
            case Sort.CODE:
                assert spec.code_list is not None
                asked = tuple(fact.codes.values())
                yield self.terms.few(asked, 1)
                if len(asked) == len(spec.code_list):
                    yield self.terms.any_of(asked)
            case Sort.CODES if spec.most is not None:
                yield self.terms.few(tuple(fact.codes.values()), spec.most)
            case _:
                pass


DAYS: Final = Span(FIRST_DAY.toordinal(), LAST_DAY.toordinal())


def _span(field: Field) -> Span:
    spec = field.spec
    assert spec.low is not None
    assert spec.high is not None
    return Span(int(spec.low.scaleb(spec.places)), int(spec.high.scaleb(spec.places)))
