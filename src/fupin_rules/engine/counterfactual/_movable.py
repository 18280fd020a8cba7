"""
Which facts may be moved, and where to: known facts that count for the outcome, none of them fixed.

Where to is told by the rules. A number goes to its bounds, to where one rule turns as the number alone moves (found by
halving, to the smallest unit), and to the numbers it is compared with; a code to those that rules name, and to one that
none names; a set of codes gains or loses one of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from fupin_rules.engine.counterfactual._question import Turn
from fupin_rules.expr import Compare, Item, Literal, Name, Quantifier, walk
from fupin_rules.model import AnySubject, CodeList, Field, Sort, all_facts, catalogue, with_fact
from fupin_rules.truth import NotKnown


@attrs.frozen
class Movable:
    """
    A fact that may be changed.

    Attributes:
        path: As `with_fact` takes it.
        field: Its entry in the catalogue.
        before: Its value today.
        values: Other values to try.
        turns_a_rule: Whether one of them, alone, turns a rule that counts.
    """

    path: str
    field: Field
    before: Any
    values: tuple[Any, ...]
    turns_a_rule: bool


def movables(turn: Turn) -> tuple[Movable, ...]:
    """Give the facts that may be changed, those first that turn a rule alone, each in catalogue order."""
    named = Named(turn)
    now = turn.counted(turn.subject)
    found = []
    for path, field, before in named.read_of(turn.subject):
        if not field.spec.fixed and not is_open(before):
            values = tuple(dict.fromkeys(each for each in _values(turn, path, field, before, named) if each != before))
            turns = any(turn.counted(with_fact(turn.subject, path, value)) != now for value in values)
            found.append(Movable(path, field, before, values, turns))
    return tuple(sorted(found, key=lambda each: not each.turns_a_rule))


def is_open(value: object) -> bool:
    """Tell whether a fact, as it is stored, is not known."""
    return value is None or isinstance(value, NotKnown)


class Named:
    """
    What the claim of an outcome names: facts, codes, and the numbers that facts are compared with.

    Args:
        turn: The outcome.
    """

    def __init__(self, turn: Turn) -> None:
        nodes = list(walk(turn.rules.inline(turn.composed)))
        held = turn.rules.parameters
        self.facts = {node.path for node in nodes if isinstance(node, Name)}
        self.items = {node.path for node in nodes if isinstance(node, Item)}
        if any(isinstance(node, Quantifier) for node in nodes):
            self.facts.add("members_complete")
        self.codes = {node.value for node in nodes if isinstance(node, Literal) and isinstance(node.value, str)}
        for name in self.facts & held.keys():
            value = held[name].value
            self.codes |= value if isinstance(value, frozenset) else {value} if isinstance(value, str) else set()
        self._compared = [node for node in nodes if isinstance(node, Compare)]
        self._held = held

    def read_of(self, subject: AnySubject) -> Iterator[tuple[str, Field, Any]]:
        """Give every fact that is read of a subject: path, entry in the catalogue, value."""
        for path, value in all_facts(subject):
            field = catalogue(type(subject)).field(path)
            assert field is not None
            if field.path in (self.items if field.owner == "member" else self.facts):
                yield path, field, value

    def codes_of(self, field: Field) -> list[CodeList]:
        """Give the codes of a fact that are named."""
        return [code for code in field.spec.code_list or () if code.value in self.codes]

    def one_of_each(self, field: Field) -> list[CodeList]:
        """Give the codes of a fact that are named, and one of the others, which are all alike."""
        named = self.codes_of(field)
        return named + [code for code in field.spec.code_list or () if code not in named][:1]

    def compared_with(self, field: Field) -> Iterator[Fraction]:
        """Give the numbers that a fact itself is compared with."""
        kind = Item if field.owner == "member" else Name
        for node in self._compared:
            if any(isinstance(each, kind) and each.path == field.path for each in node.operands):
                for each in node.operands:
                    if isinstance(each, Literal) and isinstance(each.value, Decimal):
                        yield Fraction(each.value)
                    elif isinstance(each, Name) and each.path in self._held:
                        value = self._held[each.path].value
                        if isinstance(value, Fraction):
                            yield value


def _values(turn: Turn, path: str, field: Field, before: Any, named: Named) -> Iterator[Any]:
    # Days and texts are fixed.
    match field.spec.sort:
        case Sort.FLAG:
            yield not before
        case Sort.NUMBER:
            yield from _numbers(turn, path, field, before, named)
        case Sort.CODE:
            yield from named.one_of_each(field)
        case Sort.CODES:
            toggled = named.codes_of(field)
            for sets in (*({code} for code in toggled), before & set(toggled)):
                value = before ^ sets
                if field.spec.most is None or len(value) <= field.spec.most:
                    yield frozenset(value)


def smallest_unit(field: Field) -> Decimal:
    """Give the least amount by which a number can differ: a fen for money, one for a count."""
    return Decimal(1).scaleb(-field.spec.places)


def _numbers(turn: Turn, path: str, field: Field, before: Decimal, named: Named) -> Iterator[Decimal]:
    low, high, unit = field.spec.low, field.spec.high, smallest_unit(field)
    assert low is not None and high is not None
    now = turn.counted(turn.subject)

    def rules_at(value: Decimal) -> dict[str, bool | None]:
        return dict(turn.counted(with_fact(turn.subject, path, value)))

    for bound in (low, high):
        there = rules_at(bound)
        for rule in (rule for rule in now if there[rule] != now[rule]):

            def turns(value: Decimal, rule: str = rule) -> bool:
                return rules_at(value)[rule] != now[rule]

            yield turning(turns, before, bound, unit)
    for number in named.compared_with(field):
        yield from around(field, number)
    yield from (low, high)


def around(field: Field, number: Fraction) -> Iterator[Decimal]:
    """Give the value of a fact on a number, one below and one above it, as far as the fact can have them."""
    low, high, unit = field.spec.low, field.spec.high, smallest_unit(field)
    assert low is not None and high is not None
    # A number with more digits than the fact has lies between two values of it.
    at = Decimal(number.numerator * 10**field.spec.places // number.denominator) * unit
    yield from (value for value in (at, at - unit, at + unit) if low <= value <= high)


def turning(is_turned: Callable[[Decimal], bool], before: Decimal, after: Decimal, unit: Decimal) -> Decimal:
    """
    Find a value that turns something while the one before it, a unit nearer to what was, does not.

    Args:
        is_turned: True at `after`, False at `before`.
        before: Where it is not turned.
        after: Where it is.
        unit: How far values lie apart.

    >>> turning(lambda value: value <= 3, Decimal(9), Decimal(0), Decimal(1))
    Decimal('3')
    """
    step = unit if after > before else -unit
    low, high = 0, int((after - before) / step)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if is_turned(before + middle * step) else (middle, high)
    return before + high * step
