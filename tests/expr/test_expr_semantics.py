"""What the language means: tables first, then laws over random trees."""

from datetime import date
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st
from semantics import CLAIMS, NUMBERS, OPEN, SCALARS

from expression_strategies import FACTS, ITEMS, SCOPE, VALUES, Facts, Known, claims, contexts, known, numbers
from fupin_rules.errors import BudgetExceededError, Fault
from fupin_rules.expr import (
    CAPABILITIES,
    And,
    Expr,
    Kind,
    Name,
    Not,
    Or,
    OrElse,
    Value,
    check,
    children,
    evaluate,
    from_json,
    names,
    parse,
    render,
    substitute,
    to_json,
    to_text,
    uses,
    walk,
)
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


# -- laws ------------------------------------------------------------------------------------------------------------

TREES = st.one_of(claims(), numbers())


@given(TREES)
def test_a_tree_written_as_text_reads_back_as_itself(expr: Expr) -> None:
    assert parse(to_text(expr)) == expr
    assert to_text(parse(to_text(expr))) == to_text(expr)


@given(TREES)
def test_a_tree_written_as_json_reads_back_as_itself(expr: Expr) -> None:
    assert from_json(to_json(expr)) == expr


@given(TREES, contexts())
def test_a_checked_tree_is_evaluated_without_any_error(expr: Expr, context: Known) -> None:
    kind = check(expr, SCOPE).kind
    value = evaluate(expr, context)
    assert isinstance(value, Unknown) or isinstance(value, bool) is (kind is Kind.CLAIM)


@given(numbers(), contexts())
def test_a_number_stays_within_the_range_told_at_loading(expr: Expr, context: Known) -> None:
    told, value = check(expr, SCOPE), evaluate(expr, context)
    if not isinstance(value, Unknown) and told.low is not None and told.high is not None:
        assert isinstance(value, (int, Fraction))
        assert told.low <= value <= told.high
        assert told.places is None or (value * 10**told.places) % 1 == 0


@given(st.data(), claims(), contexts())
def test_learning_a_fact_never_overturns_a_settled_claim(data: st.DataObject, expr: Expr, context: Known) -> None:
    before = evaluate(expr, context)
    after = evaluate(expr, data.draw(learnt(context)))
    assert isinstance(before, Unknown) or after is before


@given(st.data(), claims(), contexts())
def test_a_fact_that_is_not_named_never_matters(data: st.DataObject, expr: Expr, context: Known) -> None:
    before = evaluate(expr, context)
    if isinstance(before, Unknown):
        after = evaluate(expr, data.draw(learnt(context, but=before.missing)))
        assert isinstance(after, Unknown)


@st.composite
def learnt(draw: st.DrawFn, context: Known, but: frozenset[str] = frozenset()) -> Known:
    """The context with some unknown facts learnt, none of those in `but`."""

    def more(facts: Facts, types: Any) -> Facts:
        held: dict[str, Value] = dict(facts.held)
        for path, kind in types.items():
            if path not in held and facts.name(path) not in but and draw(st.booleans()):
                held[path] = draw(st.integers(0, 3) if path == "y" else VALUES[kind.kind])
        return attrs.evolve(facts, held=held)

    members = tuple(more(member, ITEMS) for member in context.members)
    facts = more(context.facts, FACTS)
    complete = context.complete
    if not complete and "members_complete" not in but and draw(st.booleans()):
        complete = True
        if draw(st.booleans()):
            members = (*members, more(Facts("members[new].", {}), ITEMS))
    return attrs.evolve(context, facts=facts, members=members, complete=complete)


@given(claims(), claims(), contexts())
def test_not_both_is_either_not(one: Expr, other: Expr, context: Known) -> None:
    assert evaluate(Not(And((one, other))), context) == evaluate(Or((Not(one), Not(other))), context)


@given(st.lists(claims(depth=1), min_size=2, max_size=4), st.randoms(use_true_random=False), contexts())
def test_order_of_claims_does_not_matter(operands: list[Expr], chance: Any, context: Known) -> None:
    mixed = list(operands)
    chance.shuffle(mixed)
    for junction in (And, Or):
        assert evaluate(junction(tuple(operands)), context) == evaluate(junction(tuple(mixed)), context)


@given(TREES, contexts(), st.randoms(use_true_random=False))
def test_order_of_members_does_not_matter_to_any_tree(expr: Expr, context: Known, chance: Any) -> None:
    mixed = list(context.members)
    chance.shuffle(mixed)
    assert evaluate(expr, context) == evaluate(expr, attrs.evolve(context, members=tuple(mixed)))


@given(TREES)
def test_words_can_be_said_in_both_languages(expr: Expr) -> None:
    for language in ("zh", "en"):
        assert render(expr, SCOPE, language)


@given(TREES)
def test_names_are_those_of_the_nodes(expr: Expr) -> None:
    assert names(expr) == {node.path for node in walk(expr) if isinstance(node, Name)}
    assert substitute(expr, {}) == expr
    renamed = substitute(expr, {name: Name(f"new.{name}") for name in names(expr) - {"many"}})
    assert names(renamed) == {f"new.{name}" if name != "many" else name for name in names(expr)}


@given(claims(), contexts())
def test_a_default_changes_nothing_where_all_is_known(expr: Expr, context: Known) -> None:
    guarded = OrElse(expr, Name("a"), "src:A")
    value = evaluate(expr, context)
    strict = attrs.evolve(context, with_defaults=False)
    assert evaluate(guarded, strict) == value
    if not isinstance(value, Unknown):
        assert evaluate(guarded, context) == value


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
