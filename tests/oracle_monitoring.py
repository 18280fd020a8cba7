"""
An oracle for `monitoring-2021`: what its rules say of a household, written out by hand from their prose.

It reads nothing of the library but the values of the facts. `None` is "not known" throughout.
"""

from __future__ import annotations

import calendar
from datetime import date
from fractions import Fraction
from typing import Any

from fupin_rules.model import Household
from fupin_rules.truth import NotKnown

Claim = bool | None
GUARANTEES = ("education", "medical", "housing", "water")


def _told(value: Any) -> Any:
    return None if isinstance(value, NotKnown) else value


def _all(*claims: Claim) -> Claim:
    """One no is enough for no; without one, anything open keeps it open."""
    if False in claims:
        return False
    return None if None in claims else True


def _any(*claims: Claim) -> Claim:
    """One yes is enough for yes; without one, anything open keeps it open."""
    if True in claims:
        return True
    return None if None in claims else False


def _not(claim: Claim) -> Claim:
    return None if claim is None else not claim


def six_months_after(day: date) -> date:
    """The same day of the sixth month after; where that month has none, its last day."""
    year, month = (day.year, day.month + 6) if day.month <= 6 else (day.year + 1, day.month - 6)
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def _half_a_year_stable(since: date | None, today: date) -> Claim:
    # What is said to begin after today is no known day.
    return None if since is None or since > today else six_months_after(since) <= today


def rules(home: Household, *, line: int, today: date) -> dict[str, Claim]:
    """Judge every rule."""
    held = home.monitoring
    income = _told(held.disposable_income_per_person_yuan)
    below = None if income is None else Fraction(income) < line
    secure = {each: _told(getattr(held, f"{each}_secure")) for each in GUARANTEES}
    lifted_out, ever_registered = _told(held.was_registered), _told(held.was_ever_registered)
    at_risk = _any(below, *(_not(each) for each in secure.values()))
    sudden = _any(_told(held.income_fell_sharply), _told(held.spending_rose_sharply))
    return {
        "unstable_exited": _all(lifted_out, at_risk),
        "marginal": _all(_not(ever_registered), at_risk),
        "sudden_hardship": _all(sudden, _told(held.is_in_severe_difficulty)),
        "removal_income": _not(below),
        "removal_income_stable": _told(home.income_stable),
        **{f"removal_{each}": claim for each, claim in secure.items()},
        "removal_no_new_risk": _not(_told(held.has_new_risk)),
        "removal_spending": _told(held.spending_is_under_control),
        "removal_half_year": _half_a_year_stable(_told(held.stable_since), today),
        "removal_labour": _not(_told(held.is_on_social_protection_only)),
    }


def is_monitored(home: Household, *, line: int, today: date) -> Claim:
    """Any of the three classes."""
    judged = rules(home, line=line, today=today)
    return _any(judged["unstable_exited"], judged["marginal"], judged["sudden_hardship"])


def may_be_removed(home: Household, *, line: int, today: date) -> Claim:
    """Everything that a removal asks for."""
    judged = rules(home, line=line, today=today)
    return _all(*(claim for rule, claim in judged.items() if rule.startswith("removal_")))
