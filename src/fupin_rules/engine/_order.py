"""
Which question first: the open rule that most cheaply may settle the outcome, and in it the fact that tells most.

What a rule costs is the number of facts it still wants, a roster that is not complete counting for some members more. A
rule that holds a number against a line is taken for five times as likely to turn the outcome as any other: a line cuts
through the middle of those who apply, while most of the rest (a car, a flat in a town) are exceptions. A rule that one
answer settles is not weighed but asked; earlier rules go first among equals. Within a rule the roster comes first; then
what tells whom the rule is about at all (their ages, say), for it often spares the rest; then the less sensitive fact,
in catalogue order. What an exception asks is left until the rule itself is hit, and to the end where nobody can tell
whether it is. `benchmarks/interview.py` measures all this.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet

import attrs

from fupin_rules.expr import Compare, Expr, Item, Quantifier, names, walk
from fupin_rules.model import Catalogue, Sensitivity, Sort, catalogue
from fupin_rules.policy import Reading, Rule
from fupin_rules.truth import Unknown

_ROSTER = ("members_complete", "members")
# Beside the count itself, some three members of whom at least one thing is asked.
_ROSTER_COST = 4
_RARELY_TURNS = 5


@attrs.frozen
class _Habit:
    """
    What the text of a rule tells of the questions it will take.

    Attributes:
        holds_a_line: Whether it holds a number of the subject against something.
        concerns: Facts of a member that tell whether the rule is about that member.
    """

    holds_a_line: bool
    concerns: frozenset[str]


@attrs.frozen
class _Want:
    """
    What an open rule wants to be asked now.

    Attributes:
        rule: The rule.
        facts: Facts that bring it nearer: those of an exception only once the rule itself is hit.
        is_late: Whether they are those of an exception to what nobody can tell; they are asked for last of all.
    """

    rule: Rule
    facts: frozenset[str]
    is_late: bool = False


def choose(reading: Reading, outcome: Expr, askable: AbstractSet[str]) -> tuple[str, Rule] | None:
    """
    Choose the fact to ask for, and the rule it is asked for.

    Args:
        reading: The subject as the rules read it.
        outcome: The composed outcome, over rule ids.
        askable: Facts that can still matter for it, and may be asked for.
    """
    counted = names(outcome)
    rules = [rule for rule in reading.snapshot.rules if rule.id in counted]
    wants = [want for rule in rules if (want := _want(rule, reading, askable)) is not None]
    if not wants:
        return None
    want = min(wants, key=lambda each: (each.is_late, _cost(each, reading)))
    for fact in _ROSTER:
        if fact in want.facts:
            return fact, want.rule
    known, concerns = catalogue(type(reading.subject)), _habit(want.rule, reading).concerns
    return min(want.facts, key=lambda fact: _effort(fact, known, concerns)), want.rule


def _want(rule: Rule, reading: Reading, askable: AbstractSet[str]) -> _Want | None:
    """Tell what an open rule wants to be asked now; None for one that wants nothing."""
    value = reading.value(rule.id)
    facts = value.missing & askable if isinstance(value, Unknown) else frozenset[str]()
    if not facts:
        return None
    hit = reading.claim(rule.when) if rule.unless else True
    if not isinstance(hit, Unknown):
        return _Want(rule, facts)
    return _Want(rule, facts & hit.missing) if facts & hit.missing else _Want(rule, facts, is_late=True)


def _cost(want: _Want, reading: Reading) -> int:
    cost = len(want.facts) + (0 if want.facts.isdisjoint(_ROSTER) else _ROSTER_COST)
    return cost if cost == 1 or _habit(want.rule, reading).holds_a_line else cost * _RARELY_TURNS


def _effort(fact: str, known: Catalogue, concerns: AbstractSet[str]) -> tuple[bool, bool, tuple[int, str, int]]:
    field = known.field(fact)
    assert field is not None
    is_beside = known.member_id(fact) is None or field.path not in concerns
    return is_beside, field.spec.sensitivity is not Sensitivity.NONE, known.order(fact)


def _habit(rule: Rule, reading: Reading) -> _Habit:
    """Look at the text of a rule; what is found is kept with the snapshot."""
    kept, key = reading.snapshot.kept, ("habit", rule.id)
    if key not in kept:
        kept[key] = _habit_of(reading.snapshot.inline(rule.effective), catalogue(type(reading.subject)))
    found: _Habit = kept[key]
    return found


def _habit_of(expr: Expr, known: Catalogue) -> _Habit:
    nodes = list(walk(expr))
    filters = [node.where for node in nodes if isinstance(node, Quantifier) and node.where is not None]
    compared = {name for node in nodes if isinstance(node, Compare) for name in names(node)}
    numbers = {path for path, field in known.fields.items() if field.spec.sort is Sort.NUMBER}
    return _Habit(
        not compared.isdisjoint(numbers),
        frozenset(node.path for where in filters for node in walk(where) if isinstance(node, Item)),
    )
