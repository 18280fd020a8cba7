"""Somebody whose facts the solver is told one by one, so that its reading of a rule can be held against the reference."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from fupin_rules.comparison._arithmetic import Arithmetic
from fupin_rules.comparison._calendar import Calendar
from fupin_rules.comparison._facts import Fact, Facts
from fupin_rules.comparison._lower import Reader
from fupin_rules.comparison._search import Search
from fupin_rules.comparison._terms import Formula, Terms
from fupin_rules.expr import Expr
from fupin_rules.model import AnySubject, Household, Sort, read_fact
from fupin_rules.policy import Snapshot, meaning_of, subject_of
from fupin_rules.truth import NotKnown


class Pinned:
    """All claims of a snapshot as terms, read for one subject after the other."""

    def __init__(self, snapshot: Snapshot, claims: Mapping[str, Expr], subject: AnySubject, *, members: int) -> None:
        about = subject_of(subject)
        self.terms = Terms()
        self.facts = Facts(self.terms, about, members=members, known=None)
        reader = Reader(meaning_of(snapshot, about), self.facts, Arithmetic(self.terms), Calendar(self.terms))
        self.claims = {name: reader.claim(expr) for name, expr in claims.items()}
        self.search = Search(self.terms, self.facts.domain(), seconds=60)

    def values(self, subject: AnySubject) -> Mapping[str, bool | None]:
        """Read every claim; a claim that is both so and not so is an error of the reader."""
        with self.search.holding(self.terms.all_of(self._pins(subject))):
            assert self.search.decide() is True, "the facts of somebody who exists are impossible to the solver"
            found = {}
            for name, claim in self.claims.items():
                yes, no = self.search.holds(claim.yes), self.search.holds(claim.no)
                assert not (yes and no), name
                found[name] = True if yes else False if no else None
        return found

    def _pins(self, subject: AnySubject) -> Iterator[Formula]:
        size = len(subject.members) if isinstance(subject, Household) else 0
        if not isinstance(self.facts.size, int):
            yield self.terms.equal(self.facts.size, size)
        for fact in self.facts.held.values():
            if fact.place is None:
                yield from self._pin(fact, read_fact(subject, fact.field.path))
            elif fact.place < size:
                assert isinstance(subject, Household)
                yield from self._pin(fact, read_fact(subject.members[fact.place], fact.field.path))

    def _pin(self, fact: Fact, value: object) -> Iterator[Formula]:
        if value is None or isinstance(value, NotKnown):
            yield self.terms.negated(fact.known)
            return
        yield fact.known
        match fact.field.spec.sort:
            case Sort.FLAG:
                assert fact.value is not None
                yield fact.value if value else self.terms.negated(fact.value)
            case Sort.NUMBER:
                assert fact.value is not None
                assert isinstance(value, Decimal)
                yield self.terms.equal(fact.value, int(value.scaleb(fact.field.spec.places)))
            case Sort.DAY:
                assert fact.value is not None
                assert isinstance(value, date)
                yield self.terms.equal(fact.value, value.toordinal())
            case Sort.CODE | Sort.CODES:
                held = {str(each) for each in value} if isinstance(value, frozenset) else {str(value)}
                for code, each in fact.codes.items():
                    yield each if code in held else self.terms.negated(each)
            case _:
                pass
