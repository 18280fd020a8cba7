"""How large a change of facts is: fewer facts are less, and among as many, those that move less."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

from fupin_rules.engine.counterfactual._question import FactValues
from fupin_rules.model import AnySubject, all_facts


def distance(subject: AnySubject, changes: FactValues) -> tuple[int, Fraction]:
    """
    Measure a change: by how many facts it has, then by how far they move.

    A number moves by a share of what it was, one of less than 1 counting as 1; a flag or a code moves by 1; a set by
    the share of its codes that come or go.

    Args:
        subject: As it is before.
        changes: Known facts by path, each with its value after.

    >>> from fupin_rules.model import Household, Income
    >>> distance(Household(id="1", income=Income(pension_yuan=1200)), {"income.pension_yuan": Decimal(900)})
    (1, Fraction(1, 4))
    """
    held = dict(all_facts(subject))
    return len(changes), sum((_share(held[path], after) for path, after in changes.items()), Fraction(0))


def _share(before: Any, after: Any) -> Fraction:
    if isinstance(before, Decimal):
        return Fraction(abs(after - before)) / max(abs(Fraction(before)), Fraction(1))
    if isinstance(before, frozenset):
        return Fraction(len(before ^ after), len(before | after))
    return Fraction(1)
