"""
An oracle that knows nothing of our evaluator: rule texts are Python, so Python itself can say what they mean.

Only where every fact is known, and only where Python gives a value: it has no open claims, and stops at a zero divisor.
"""

import ast
import calendar
import math
from datetime import date
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from expression_strategies import ON, PARAMETERS, Facts, Known, full_contexts, known, trees
from fupin_rules.expr import Expr, evaluate, parse, to_text
from fupin_rules.truth import Unknown


class _Exactly(ast.NodeTransformer):
    """Every number a fraction, so that Python divides exactly."""

    def visit_Constant(self, node: ast.Constant) -> ast.expr:
        if isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
            return ast.Call(ast.Name("Fraction", ast.Load()), [ast.Constant(str(node.value))], [])
        return node


def months_later(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    last = calendar.monthrange(start.year + years, month + 1)[1]
    return date(start.year + years, month + 1, min(start.day, last))


def months_between(start: date, end: date) -> int:
    if end < start:
        return -months_between(end, start)
    months = 0
    while months_later(start, months + 1) <= end:
        months += 1
    return months


def years_between(start: date, end: date) -> int:
    months = months_between(start, end)
    return int(months / 12)


def half_up(value: Fraction, places: Fraction) -> Fraction:
    scaled = abs(value) * 10 ** int(places)
    return Fraction(math.floor(scaled + Fraction(1, 2)), 10 ** int(places)) * (1 if value >= 0 else -1)


def as_object(facts: Facts) -> dict[str, Any]:
    told: dict[str, Any] = {}
    groups: dict[str, dict[str, Any]] = {}
    for path, value in facts.held.items():
        group, _, name = path.rpartition(".")
        (groups.setdefault(group, {}) if group else told)[name] = value
    return told | {group: SimpleNamespace(**parts) for group, parts in groups.items()}


def python_says(text: str, context: Known) -> object:
    """Run the rule text as Python; for tests only, over texts that these tests made."""
    names: dict[str, Any] = {
        **PARAMETERS,
        **as_object(context.facts),
        "members": [SimpleNamespace(**as_object(member)) for member in context.members],
        "Fraction": Fraction,
        "date": lambda *parts: date(*map(int, parts)),
        "count": lambda members: sum(1 for _ in members),
        "age": lambda day: years_between(day, context.on),
        "years_between": years_between,
        "months_between": months_between,
        "round_half_up": half_up,
        "is_known": lambda value: value is not None,
        "or_else": lambda value, default, *, because: value if because else default,
    }
    tree = ast.fix_missing_locations(_Exactly().visit(ast.parse(text, mode="eval")))
    return eval(compile(tree, "rule", "eval"), names)


@given(trees(ways_out=True), full_contexts())
def test_a_rule_means_what_it_says_in_python(expr: Expr, context: Known) -> None:
    try:
        expected = python_says(to_text(expr), context)
    except (ZeroDivisionError, ValueError):
        return  # a zero divisor, or the least of nobody
    value = evaluate(expr, context)
    assert not isinstance(value, Unknown)
    assert value == expected
    assert isinstance(value, bool) is isinstance(expected, bool)


DAYS = st.dates(date(1900, 1, 1), date(2199, 12, 31)) | st.builds(
    lambda year, month, back: date(year, month, calendar.monthrange(year, month)[1] - back),
    st.integers(1996, 2004),
    st.integers(1, 12),
    st.integers(0, 3),
)


def told(function: str, start: date, end: date) -> object:
    days = ", ".join(f"date({day.year}, {day.month}, {day.day})" for day in (start, end))
    return evaluate(parse(f"{function}({days})"), known())


@given(DAYS, DAYS)
def test_months_and_years_are_those_counted_one_by_one(start: date, end: date) -> None:
    assert told("months_between", start, end) == months_between(start, end)
    assert told("years_between", start, end) == years_between(start, end)


@given(DAYS, DAYS)
def test_a_span_turned_round_is_its_contrary(start: date, end: date) -> None:
    for function in ("months_between", "years_between"):
        forth, back = told(function, start, end), told(function, end, start)
        assert isinstance(forth, int) and forth == -int(str(back))


@given(DAYS, DAYS)
def test_months_since_a_day_are_those_up_to_the_day_of_the_assessment(start: date, end: date) -> None:
    since, on = sorted((start, end))
    assert evaluate(parse("months_since(day)"), attrs.evolve(known(day=since), on=on)) == months_between(since, on)


@given(DAYS, DAYS)
def test_nobody_grows_younger(one: date, other: date) -> None:
    born = known(day=min(one, ON))
    first, second = sorted((max(one, ON), max(other, ON)))
    ages = [evaluate(parse("age(day)"), attrs.evolve(born, on=day)) for day in (first, second)]
    assert isinstance(ages[0], int) and isinstance(ages[1], int) and 0 <= ages[0] <= ages[1]


@given(st.fractions(-1000, 1000, max_denominator=5000), st.integers(0, 6))
def test_rounding_goes_to_the_nearest_and_halves_go_away_from_zero(value: Fraction, places: int) -> None:
    rounded = evaluate(parse(f"round_half_up(x, {places})"), known(x=value))
    assert isinstance(rounded, (int, Fraction))
    grid, rounded = 10**places, Fraction(rounded)
    assert (rounded * grid).denominator == 1
    off = abs(Fraction(rounded) - value) * grid
    assert off * 2 < 1 or (off * 2 == 1 and abs(rounded) > abs(value))
