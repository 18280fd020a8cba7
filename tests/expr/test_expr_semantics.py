"""What the language means, as tables; the laws over random trees are in `test_expr_laws.py`."""

from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest
from semantics import CLAIMS, NUMBERS, OPEN, SCALARS

from expression_strategies import Facts, Known, known
from fupin_rules.errors import BudgetExceededError, Fault
from fupin_rules.expr import CAPABILITIES, And, Expr, Name, Or, Value, children, evaluate, parse, uses
from fupin_rules.truth import Unknown, Why

UNKNOWN = Unknown({"?"})
LETTERS = {"T": True, "F": False, "U": None}


def claim(letter: str) -> dict[str, Any]:
    return {} if LETTERS[letter] is None else {"v": LETTERS[letter]}


@pytest.mark.parametrize(
    ("left", "right", "both", "either"),
    [
        ("T", "T", "T", "T"),
        ("T", "F", "F", "T"),
        ("T", "U", "U", "T"),
        ("F", "T", "F", "T"),
        ("F", "F", "F", "F"),
        ("F", "U", "F", "U"),
        ("U", "T", "U", "T"),
        ("U", "F", "F", "U"),
        ("U", "U", "U", "U"),
    ],
)
def test_both_and_either(left: str, right: str, both: str, either: str) -> None:
    told = {"a": LETTERS[left], "b": LETTERS[right]}
    facts: dict[str, Value] = {name: value for name, value in told.items() if value is not None}
    context = Known(Facts("", facts))
    for expr, expected in ((And((Name("a"), Name("b"))), both), (Or((Name("a"), Name("b"))), either)):
        value = evaluate(expr, context)
        assert isinstance(value, Unknown) if expected == "U" else value is LETTERS[expected]


@pytest.mark.parametrize(("kind", "values", "complete", "expected"), CLAIMS)
def test_any_and_all(kind: str, values: list[bool | None], complete: bool, expected: object) -> None:
    members = tuple(Facts(f"members[{n}].", {} if v is None else {"p": v}) for n, v in enumerate(values))
    value = evaluate(parse(f"{kind}(m.p for m in members)"), Known(Facts("", {}), members, complete))
    assert isinstance(value, Unknown) if expected == OPEN else value is expected


@pytest.mark.parametrize(("text", "rows", "complete", "expected"), NUMBERS)
def test_counts_sums_and_filters(
    text: str, rows: list[tuple[bool | None, int | None]], complete: bool, expected: object
) -> None:
    members = tuple(
        Facts(f"members[{n}].", {k: v for k, v in (("p", p), ("x", x)) if v is not None})
        for n, (p, x) in enumerate(rows)
    )
    value = evaluate(parse(text), Known(Facts("", {}), members, complete))
    assert isinstance(value, Unknown) if expected == OPEN else value == expected


@pytest.mark.parametrize(("text", "facts", "expected"), SCALARS)
def test_numbers_branches_and_ways_out(text: str, facts: dict[str, Any], expected: object) -> None:
    value = evaluate(parse(text), known(**facts))
    if expected == OPEN:
        assert isinstance(value, Unknown)
    else:
        assert value == (Fraction(expected) if isinstance(expected, str) else expected)


def test_an_open_answer_names_what_is_missing_and_nothing_else() -> None:
    value = evaluate(parse("(a or b) and x > 3"), known(a=True))
    assert value == Unknown({"x"})
    assert evaluate(parse("a or x > 3"), known(a=True)) is True


def test_a_zero_divisor_is_named() -> None:
    assert evaluate(parse("x / y"), known(x=1, y=0)) == Unknown({"y"}, {("y", Why.ZERO_DIVISOR)})
    nobody = Known(Facts("", {"x": 1}), (), complete=True)
    assert evaluate(parse("x / count(m for m in members)"), nobody) == Unknown(
        {"members"}, {("members", Why.ZERO_DIVISOR)}
    )
    one = Known(Facts("", {}), (Facts("members[7].", {"x": 0}),))
    value = evaluate(parse("any(1 / m.x > 0 for m in members)"), one)
    assert value == Unknown({"members[7].x"}, {("members[7].x", Why.ZERO_DIVISOR)})


@pytest.mark.parametrize(
    ("born", "on", "age"),
    [
        (date(2000, 1, 31), date(2016, 1, 30), 15),
        (date(2000, 1, 31), date(2016, 1, 31), 16),
        (date(2000, 2, 29), date(2001, 2, 27), 0),
        (date(2000, 2, 29), date(2001, 2, 28), 1),
        (date(2000, 2, 29), date(2004, 2, 28), 3),
        (date(2000, 2, 29), date(2004, 2, 29), 4),
        (date(2016, 1, 31), date(2016, 1, 31), 0),
    ],
)
def test_age_is_counted_in_completed_years(born: date, on: date, age: int) -> None:
    assert evaluate(parse("age(day)"), attrs.evolve(known(day=born), on=on)) == age


def test_nothing_lasts_before_it_began() -> None:
    value = evaluate(parse("months_since(day)"), attrs.evolve(known(day=date(2016, 2, 1)), on=date(2016, 1, 31)))
    assert value == Unknown({"day"}, {("day", Why.CONFLICTING)})


def test_nobody_has_an_age_before_being_born() -> None:
    value = evaluate(parse("age(day)"), attrs.evolve(known(day=date(2016, 2, 1)), on=date(2016, 1, 31)))
    assert value == Unknown({"day"}, {("day", Why.CONFLICTING)})


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2016, 1, 31), date(2016, 2, 28), 0),
        (date(2016, 1, 31), date(2016, 2, 29), 1),
        (date(2016, 1, 31), date(2016, 3, 30), 1),
        (date(2016, 1, 31), date(2016, 3, 31), 2),
        (date(2016, 3, 31), date(2016, 1, 31), -2),
        (date(2015, 12, 15), date(2016, 12, 14), 11),
    ],
)
def test_months_are_calendar_safe(start: date, end: date, months: int) -> None:
    text = f"months_between(date({start.year}, {start.month}, {start.day}), date({end.year}, {end.month}, {end.day}))"
    assert evaluate(parse(text), known()) == months


def test_an_open_default_names_what_either_misses() -> None:
    assert evaluate(parse('or_else(x, y, because="src:A")'), known()) == Unknown({"x", "y"})


def test_the_table_of_capabilities_has_every_node() -> None:
    import typing

    assert set(CAPABILITIES) == set(typing.get_args(Expr))


def test_uses_finds_nodes_at_any_depth() -> None:
    assert uses(parse("a and not (b or is_known(x))"), type(parse("is_known(x)")))
    assert children(parse("a")) == ()


def test_a_budget_stops_an_evaluation() -> None:
    class Poor(Known):
        def spend(self) -> None:
            raise BudgetExceededError(Fault("", "too many steps"))

    with pytest.raises(BudgetExceededError, match="too many steps"):
        evaluate(parse("a"), Poor(Facts("", {})))
