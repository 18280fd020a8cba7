"""Trees from strangers: made by hand or read from JSON, well-typed or not; refused in our own words, or safe to use."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from expression_strategies import CODES, FACTS, ITEMS, REASON, SCOPE, Facts, Known, contexts
from fupin_rules.errors import ExpressionError, FupinRulesError, LimitError
from fupin_rules.expr import (
    And,
    Arithmetic,
    Call,
    Compare,
    Expr,
    IfElse,
    In,
    IsKnown,
    Item,
    Kind,
    Literal,
    Name,
    Negative,
    Not,
    Or,
    OrElse,
    Quantifier,
    SetOf,
    check,
    evaluate,
    from_json,
    parse,
    render,
    to_json,
    to_text,
)
from fupin_rules.policy import installed_packs, load_policy
from fupin_rules.truth import Unknown
from pace import within

LETTERS = "abcxyz_ ,;:'\"\\{}()农业"  # what a written text may hold
NAMES = (*FACTS, "line", "listed", "since", "nowhere", "group.of.names")

literals = st.one_of(
    st.booleans(),
    st.decimals(0, 10**9, allow_nan=False, places=3),
    st.integers(0, 2**70).map(Decimal),
    st.text(LETTERS, max_size=6),
    st.sampled_from(CODES),
    st.dates(date(1900, 1, 1), date(2199, 12, 31)),
).map(Literal)
whole_sets = st.lists(literals, min_size=1, max_size=3, unique_by=to_text).map(
    lambda each: SetOf(tuple(sorted(each, key=to_text)))
)


def wild(depth: int, *, inside: bool = False) -> st.SearchStrategy[Expr]:
    """Trees that can be written down, whatever their types."""
    named = st.sampled_from(NAMES).map(Name)
    items = st.sampled_from([*ITEMS, "nothing", "group.of"]).map(Item)
    leaves: st.SearchStrategy[Any] = st.one_of(literals, named, items) if inside else st.one_of(literals, named)
    if depth == 0:
        return leaves
    below = wild(depth - 1, inside=inside)
    several = st.lists(below, min_size=2, max_size=3).map(tuple)
    signs = st.sampled_from(["<", "<=", ">", ">=", "==", "!="])
    collections = st.one_of(whole_sets, named, items) if inside else st.one_of(whole_sets, named)
    made: list[st.SearchStrategy[Any]] = [
        leaves,
        below.map(Not),
        below.map(Negative),
        several.map(And),
        several.map(Or),
        several.flatmap(
            lambda operands: st.tuples(*[signs] * (len(operands) - 1)).map(lambda each: Compare(operands, each))
        ),
        st.builds(In, below, collections),
        st.builds(Arithmetic, st.sampled_from(["+", "-", "*", "/"]), below, below),
        st.builds(IfElse, below, below, below),
        below.map(IsKnown),
        st.builds(OrElse, below, below, st.just(REASON)),
        below.map(lambda each: Call("age", (each,))),
        st.tuples(below, below).map(lambda each: Call("months_between", each)),
        st.tuples(below, st.integers(0, 6).map(lambda each: Literal(Decimal(each)))).map(
            lambda each: Call("round_half_up", each)
        ),
    ]
    if not inside:
        within = wild(depth - 1, inside=True)
        relations = st.sampled_from(["members", "members", "children"])
        kinds = st.sampled_from(["any", "all", "sum", "min", "max"])
        made += [
            st.builds(Quantifier, kinds, relations, within, st.none() | within),
            st.builds(Quantifier, st.just("count"), relations, st.none(), st.none() | within),
        ]
    return st.one_of(made)


def used(expr: Expr, context: Known) -> None:
    """A tree that loads is evaluated, said and written without any error."""
    told = check(expr, SCOPE)
    value = evaluate(expr, context)
    assert isinstance(value, (Unknown, frozenset)) or isinstance(value, bool) is (told.kind is Kind.CLAIM)
    assert render(expr, SCOPE, "zh") and render(expr, SCOPE, "en")


def faults(expr: Expr) -> list[tuple[str, str]]:
    try:
        check(expr, SCOPE)
    except ExpressionError as error:
        return [(fault.what, fault.mend) for fault in error.faults]
    return []


@given(wild(3), contexts())
def test_any_tree_is_refused_in_our_words_or_safe_to_use(expr: Expr, context: Known) -> None:
    if not faults(expr):
        used(expr, context)


@given(wild(3))
def test_any_tree_that_can_be_written_reads_back_as_itself(expr: Expr) -> None:
    assert parse(to_text(expr)) == expr
    assert from_json(to_json(expr)) == expr


@given(wild(3))
def test_faults_of_a_text_are_those_of_its_tree_with_their_places(expr: Expr) -> None:
    assert faults(parse(to_text(expr))) == faults(expr)


POLICIES = tuple(load_policy(pack) for pack in sorted(installed_packs()))
PACK_TEXTS = sorted(
    {to_text(rule.when) for policy in POLICIES for rule in policy.rules}
    | {to_text(definition.expr) for policy in POLICIES for definition in policy.definitions.values()}
)


@st.composite
def mistyped(draw: st.DrawFn) -> str:
    """Texts of the packs with a few characters lost, doubled or replaced."""
    text = draw(st.sampled_from(PACK_TEXTS))
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 6)))
        text = text[:start] + draw(st.text("abm.()[]{}<>=!+-*/ \n'\"0189,:#&|（），“’≤\\", max_size=3)) + text[end:]
    return text


@given(mistyped(), contexts())
def test_a_mistyped_rule_is_refused_in_our_words_or_safe_to_use(text: str, context: Known) -> None:
    try:
        expr = parse(text)
        assert parse(to_text(expr)) == expr
        used(expr, context)
    except FupinRulesError as error:
        lines = text.split("\n")
        for fault in error.faults:
            line, column = (int(part.split()[-1]) for part in fault.where.split(","))
            assert 1 <= line <= len(lines)
            assert 1 <= column <= len(lines[line - 1]) + 1


@st.composite
def broken_json(draw: st.DrawFn) -> object:
    """The JSON of a tree with one part of it replaced."""
    data: Any = to_json(draw(wild(2)))
    part, steps = data, draw(st.integers(0, 4))
    for _ in range(steps):
        lists = [each for each in part if isinstance(each, list)]
        if not lists:
            break
        part = draw(st.sampled_from(lists))
    stray = st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=3), st.just([]), st.just({})
    )
    part[draw(st.integers(0, len(part) - 1))] = draw(stray | st.sampled_from(["m", "m.x", "a b", "1e400", "\u202e"]))
    return data


@given(broken_json(), contexts())
def test_json_with_a_stray_part_is_refused_in_our_words_or_safe_to_use(data: object, context: Known) -> None:
    try:
        expr = from_json(data)
        assert from_json(to_json(expr)) == expr
        used(expr, context)
    except FupinRulesError:
        return
    assert parse(to_text(expr)) == expr


SETS = "a set is empty, unsorted or doubled; sort its values by text"
PLACES = "the places are no number from 0 to 6; write it out"


@pytest.mark.parametrize(
    ("expr", "message"),
    [
        (Literal(3), "`int` is no value of a rule; give a Decimal, a text, a day or a truth value"),  # type: ignore[arg-type]
        (Literal(0.5), "`float` is no value of a rule; give a Decimal, a text, a day or a truth value"),  # type: ignore[arg-type]
        (Literal(None), "`NoneType` is no value of a rule; give a Decimal, a text, a day or a truth value"),  # type: ignore[arg-type]
        (Literal(Decimal("1E+300000")), "a number: the exponent is not between -12 and 18; write an ordinary number"),
        (Literal(Decimal("9" * 31)), "a number: more than 30 digits; write an ordinary number"),
        (Literal(Decimal("NaN")), "a number: expected a finite number; write an ordinary number"),
        (Literal(date(1899, 12, 31)), "is no day from 1900-01-01 to 2199-12-31; give another"),
        (Literal("a\u202eb"), "a control character in a text; remove it"),
        (Literal("\ud800"), "a control character in a text; remove it"),
        (Literal("e\u0301"), "a text that is not in composed form (NFC); compose it"),
        (Literal("a" * 10_001), "more than 10000 characters; shorten it"),
        (OrElse(Name("a"), Name("b"), "src:\n"), "a control character in a text; remove it"),
        (In(Name("code"), SetOf(())), SETS),
        (In(Name("code"), SetOf((Literal("two"), Literal("one")))), SETS),
        (In(Name("code"), SetOf((Literal("one"), Literal("one")))), SETS),
        (In(Name("x"), SetOf((Literal(Decimal(1)), Literal(Decimal("1.0"))))), SETS),
        (Call("round_half_up", (Name("x"), Name("y"))), PLACES),
        (Call("round_half_up", (Name("x"), Literal(Decimal(7)))), PLACES),
        (Call("round_half_up", (Name("x"), Literal(Decimal("1.5")))), PLACES),
        (Call("round_half_up", (Name("x"), Negative(Literal(Decimal(1))))), PLACES),
        (Arithmetic("**", Name("x"), Name("y")), "`**` is not known; known: +, -, *, /"),  # type: ignore[arg-type]
        (Compare((Name("x"), Name("y")), ("=>",)), "`=>` is not known; known: <, <=, >, >=, ==, !="),  # type: ignore[arg-type]
        (
            Quantifier("most", "members", Item("p")),  # type: ignore[arg-type]
            "`most` is not known; known: any, all, count, sum, min, max",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else type(value).__name__,
)
def test_a_tree_made_by_hand_is_checked_as_a_text_is(expr: Expr, message: str) -> None:
    with pytest.raises((ExpressionError, LimitError)) as refusal:
        check(expr, SCOPE)
    assert str(refusal.value) == f"line 1, column 1: {message}"


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (["name", "a or b"], "$: a `name` has other parts than it should; write it with `to_json`"),
        (["name", "not"], "$: a `name` has other parts than it should; write it with `to_json`"),
        (["name", ""], "$: a `name` has other parts than it should; write it with `to_json`"),
        (["name", "m.x"], "$: a `name` has other parts than it should; write it with `to_json`"),
        (["name", "农业"], "$: a `name` has other parts than it should; write it with `to_json`"),
        (["item", "x y"], "$: a `item` has other parts than it should; write it with `to_json`"),
        (["set"], "$: a `set` has other parts than it should; write it with `to_json`"),
        (["set", ["text", "a"], ["text", "a"]], "$: a `set` has other parts than it should; write it with `to_json`"),
        (["day", "20160131"], "$: a `day` has other parts than it should; write it with `to_json`"),
        (["day", "2016-W05-7"], "$: a `day` has other parts than it should; write it with `to_json`"),
        (["number", "1e400"], "$: a `number` has other parts than it should; write it with `to_json`"),
        (["number", "123456789012345678e18"], "$: a `number` has other parts than it should; write it with `to_json`"),
        (
            ["or_else", ["name", "a"], ["claim", True], "because"],
            "$: a `or_else` has other parts than it should; write it with `to_json`",
        ),
        (["day", "1899-12-31"], "line 1, column 1: is no day from 1900-01-01 to 2199-12-31; give another"),
        (["text", "\u202e"], "line 1, column 1: a control character in a text; remove it"),
        (["text", "a" * 10_001], "$: deeper, larger or longer than is read; split it by definitions"),
        (["and", ["name", "a"], []], "$: a node is no list with the name of a node first; write it with `to_json`"),
        (["frob", ["name", "a"]], "$: a node is no list with the name of a node first; write it with `to_json`"),
    ],
    ids=lambda value: str(value)[:60],
)
def test_json_that_no_tree_could_give_is_refused(data: object, message: str) -> None:
    with pytest.raises((ExpressionError, LimitError)) as refusal:
        from_json(data)
    assert str(refusal.value) == message


def test_a_divisor_is_worked_out_once_however_deep_it_stands() -> None:
    """Worked out twice at every level, 40 levels would take a trillion steps."""
    expr: Expr = Name("y")
    for _ in range(40):
        expr = Arithmetic("/", Name("y"), expr)

    steps = 0

    class Counted(Known):
        def spend(self) -> None:
            nonlocal steps
            steps += 1

    with within(1):
        assert evaluate(expr, Counted(Facts("", {"y": 1}))) == 1
    assert steps == 81


def test_a_truth_value_is_no_number() -> None:
    assert Literal(value=True) != Literal(Decimal(1))
    assert Literal(Decimal("1.0")) == Literal(Decimal(1))
