"""
The rules read twice about one subject: as it is, and with one fact a step greater, all else being as it is.

So a question about two neighbours, a fen apart, is a question about one subject.
"""

from __future__ import annotations

from decimal import Decimal
from graphlib import TopologicalSorter
from types import MappingProxyType

import attrs

from fupin_rules.expr import And, Arithmetic, Compare, Expr, Kind, Literal, Name, Not, Or, names, substitute
from fupin_rules.model import AnySubject, read_fact, with_fact
from fupin_rules.policy import Definition, Snapshot
from fupin_rules.review._look import Look


@attrs.frozen
class Moved:
    """
    A look at a subject and at its neighbour.

    Attributes:
        look: The look, under a policy that has a twin of all that reads the fact.
        fact: The fact, by path.
        step: Its smallest unit.
        twins: What a name stands for in the neighbour, for the names that read the fact.
    """

    look: Look
    fact: str
    step: Decimal
    twins: dict[str, Expr]

    def more(self, claim: Expr) -> Expr:
        """Give a claim about the neighbour."""
        return substitute(claim, self.twins)

    def turns(self, claim: Expr) -> Expr:
        """Say that a claim holds of one of the two only."""
        return Or((self.begins(claim), self.ends(claim)))

    def begins(self, claim: Expr) -> Expr:
        """Say that a claim comes to hold with a step more."""
        return And((Not(claim), self.more(claim)))

    def ends(self, claim: Expr) -> Expr:
        """Say that a claim ceases to hold with a step more."""
        return And((claim, Not(self.more(claim))))

    def within(self, *claims: Expr) -> Expr:
        """Join claims, of subjects that have a neighbour."""
        high = self.look.meaning.facts[self.fact].type.high
        if high is None:
            return claims[0] if len(claims) == 1 else And(claims)
        room = Compare((Name(self.fact), Literal(Decimal(str(high)) - self.step)), ("<=",))
        return And((room, *claims))

    def neighbour(self, subject: AnySubject) -> AnySubject:
        """Give the subject with a step more."""
        held = read_fact(subject, self.fact)
        assert isinstance(held, Decimal), "a fact that decides a turn is known"
        return with_fact(subject, self.fact, held + self.step)


def moved(look: Look, fact: str) -> Moved:
    """
    Read the rules about a subject twice.

    Args:
        look: The look.
        fact: A number of the subject.
    """
    declared = look.meaning.facts[fact]
    assert declared.type.kind is Kind.NUMBER
    step = Decimal(1).scaleb(-(declared.type.places or 0))
    named = look.meaning.named
    order = TopologicalSorter({name: sorted(names(each) & named.keys()) for name, each in named.items()}).static_order()
    twins: dict[str, Expr] = {fact: Arithmetic("+", Name(fact), Literal(step))}
    stem = f"more_{fact.replace('.', '_')}"
    policy, added = look.rules.policy, dict[str, Definition]()
    for name in order:
        if not names(named[name]) & twins.keys():
            continue
        held = look.rules.definitions.get(name) or look.rules.rule(name)
        twin = f"{stem}_{name}"
        expr = substitute(named[name], twins)
        added[twin] = Definition(twin, look.about, held.zh, held.en, expr, held.citation, held.pack)
        twins[name] = Name(twin)
    both = MappingProxyType({**policy.definitions, **added})
    rules = Snapshot(attrs.evolve(policy, definitions=both), look.rules.on, look.rules.parameters)
    return Moved(Look(rules, look.about, look.period), fact, step, twins)
