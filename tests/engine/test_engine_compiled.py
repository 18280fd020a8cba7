"""The generated function gives what the reference evaluator gives, for every tree and every subject."""

import decimal
import io
import keyword
import linecache
import os
import random
import tokenize
import traceback
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from types import SimpleNamespace
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import expression_strategies as es
from fupin_rules.engine.compiled._function import compile_claims
from fupin_rules.engine.compiled._source import Writer
from fupin_rules.expr import (
    FUNCTIONS,
    And,
    Arithmetic,
    Compare,
    Declared,
    Expr,
    IfElse,
    In,
    IsKnown,
    Kind,
    Literal,
    Name,
    Not,
    Or,
    OrElse,
    Role,
    Roster,
    SetOf,
    Value,
    evaluate,
    parse,
    substitute,
)
from fupin_rules.expr._spans import last_day
from fupin_rules.policy import Meaning
from fupin_rules.truth import NotKnown, Truth, Unknown, Why

FACTS = {name: Declared(Role.FACT, kind) for name, kind in es.FACTS.items()}
ITEMS = {name: Declared(Role.FACT, kind) for name, kind in es.ITEMS.items()}


def meaning(named: Mapping[str, Expr], *, with_defaults: bool = True) -> Meaning:
    return Meaning(FACTS, ITEMS, es.PARAMETERS, named, es.ON, with_defaults=with_defaults)


@attrs.frozen
class Naming:
    """A context in which some names stand for expressions."""

    context: es.Known
    named: Mapping[str, Expr]
    with_defaults: bool
    on: date = es.ON

    def value(self, path: str, /) -> Value | Unknown:
        return evaluate(self.named[path], self) if path in self.named else self.context.value(path)

    def facts_behind(self, path: str, /) -> frozenset[str]:
        return frozenset({path})

    def roster(self, relation: str, /) -> Roster:
        return self.context.roster(relation)

    def spend(self) -> None:
        """Budgets have tests of their own."""


def stored(value: Value | Unknown, *, with_reason: bool) -> object:
    """Hold a value as the model does."""
    match value:
        case Unknown():
            return NotKnown(Why.REFUSED) if with_reason else None
        case bool():
            return value
        case int() | Fraction():
            return Decimal(value.numerator) / Decimal(value.denominator)
        case _:
            return value


def subject_of(context: es.Known, reasons: Any) -> SimpleNamespace:
    """Give the object that a context tells of; now and then the reason is told why a fact is not known."""
    made = SimpleNamespace(g=SimpleNamespace())
    for path in es.FACTS:
        group, _, last = path.rpartition(".")
        setattr(
            made.g if group else made, last, stored(context.value(path), with_reason=reasons.random() < 0.1)
        )  # fmt: skip
    made.members = tuple(
        SimpleNamespace(
            **{path: stored(each.value(path), with_reason=reasons.random() < 0.1) for path in es.ITEMS}
        )
        for each in context.members
    )  # fmt: skip
    made.members_complete = True if context.complete else reasons.choice([None, False, NotKnown(Why.REFUSED)])
    return made


def told(value: Truth | Value) -> bool | None:
    assert isinstance(value, (bool, Unknown))
    return None if isinstance(value, Unknown) else value


@st.composite
def programs(draw: st.DrawFn) -> tuple[dict[str, Expr], dict[str, Expr]]:
    """Named expressions, each reading those before it, and claims that read them."""
    named: dict[str, Expr] = {}
    standing: dict[str, Expr] = {}
    for number in range(draw(st.integers(0, 3))):
        if draw(st.booleans()):
            named[f"claim_{number}"] = substitute(draw(es.checked_claims(ways_out=True)), standing)
            standing[draw(st.sampled_from("ab"))] = Name(f"claim_{number}")
        else:
            named[f"number_{number}"] = substitute(draw(es.checked_numbers(ways_out=True)), standing)
            standing["x"] = Name(f"number_{number}")
    claims = {
        f"rule_{number}": substitute(draw(es.checked_claims(ways_out=True)), standing)
        for number in range(draw(st.integers(1, 3)))
    }
    return named, claims


@settings(max_examples=int(os.environ.get("FUPIN_TREES", "150")))
@given(programs(), st.lists(es.contexts(), min_size=1, max_size=6), st.randoms(use_true_random=False), st.booleans())
def test_the_generated_function_agrees_with_the_reference_evaluator(
    program: tuple[dict[str, Expr], dict[str, Expr]], contexts: list[es.Known], reasons: Any, with_defaults: bool
) -> None:
    named, claims = program
    everything = named | claims
    asked: dict[str, Expr] = {name: Name(name) for name in everything if not name.startswith("number")}
    judge = compile_claims(meaning(everything, with_defaults=with_defaults), asked, "a program")
    for context in contexts:
        naming = Naming(context, everything, with_defaults)
        wanted = tuple(told(evaluate(each, naming)) for each in asked.values())
        assert judge(subject_of(context, reasons)) == wanted


# -- spans of days ---------------------------------------------------------------------------------------------------

SPANS = sorted(name for name, function in FUNCTIONS.items() if set(function.takes) == {Kind.DAY})


@given(
    st.sampled_from(SPANS),
    st.integers(-30, 130),
    st.dates(date(1990, 1, 1), date(2030, 12, 31)) | st.sampled_from([date(2016, 2, 29), date(2015, 2, 28)]),
)
def test_a_span_is_long_enough_up_to_its_last_day_and_not_on_the_next(function: str, least: int, until: date) -> None:
    last = last_day(function, least, until)
    count: Any = FUNCTIONS[function].apply
    assert last is not None
    assert count(last, until) >= least > count(last + timedelta(days=1), until)


def test_a_span_longer_than_the_calendar_has_no_last_day() -> None:
    assert last_day("age", 3000, date(2016, 1, 31)) is None
    assert last_day("age", -9000, date(2016, 1, 31)) is None


# -- what the source is ----------------------------------------------------------------------------------------------


def source_of(claims: Mapping[str, Expr], named: Mapping[str, Expr] | None = None) -> str:
    return Writer(meaning(named or {}), careful=False).write("judge", claims)


@settings(max_examples=40)
@given(programs())
def test_nothing_but_names_of_our_own_and_of_the_model_stands_in_the_source(
    program: tuple[dict[str, Expr], dict[str, Expr]],
) -> None:
    named, claims = program
    attributes = {part for path in (*es.FACTS, *es.ITEMS) for part in path.split(".")}
    ours = {"judge", "subject", "member", "members", "members_complete", "len", "fraction", "rounded", "known"}
    ours |= {"again", "context", "prec", "digits"}
    ours |= {"NotKnown", "__class__", "INFINITE", "TypeError", "ZeroDivisionError", *SPANS}
    for token in tokenize.generate_tokens(io.StringIO(source_of(claims, named)).readline):
        assert token.type is not tokenize.STRING, token
        if token.type == tokenize.NAME and not keyword.iskeyword(token.string):
            is_local = token.string[0] in "cfgknq" and token.string[1:].isdigit()
            assert is_local or token.string in attributes | ours, token


def test_a_text_of_a_pack_never_reaches_the_source() -> None:
    hostile = 'one"] or __import__("os").system("true") or ["'
    claim = In(Name("code"), SetOf((Literal(hostile), Literal("two"))))
    assert "system" not in source_of({"rule": claim})
    judge = compile_claims(meaning({}), {"rule": claim}, "a program")
    assert judge(subject_of(es.known(code="two"), random.Random(1))) == (True,)


def test_the_source_grows_with_the_rule_and_no_faster() -> None:
    inner: Expr = Name("a")
    for _ in range(25):
        inner = IfElse(Compare((inner, Name("b")), ("==",)), Not(Name("b")), Name("b"))
    assert len(source_of({"rule": inner})) < 20_000


def test_what_rules_read_of_each_other_is_worked_out_once() -> None:
    named: dict[str, Expr] = {"rule_0": Name("a")}
    for number in range(1, 30):
        before = Name(f"rule_{number - 1}")
        named[f"rule_{number}"] = And((Or((before, Name("b"))), Not(And((before, Name("b"))))))
    assert len(source_of({"rule": Name("rule_29")}, named)) < 20_000


def test_rules_that_read_each_other_in_a_long_row_compile() -> None:
    named: dict[str, Expr] = {"rule_0": Name("a")}
    for number in range(1, 120):
        before = Name(f"rule_{number - 1}")
        named[f"rule_{number}"] = And((Name("b"), Not(before))) if number % 2 else Or((Name("b"), Not(before)))
    judge = compile_claims(meaning(named), {"last": Name("rule_119")}, "a program")
    context = Naming(es.known(a=True, b=True), named, with_defaults=True)
    assert judge(subject_of(context.context, random.Random(1))) == (told(context.value("rule_119")),)


def test_a_default_that_is_no_stands_in_for_a_claim_that_is_not_known() -> None:
    lower = Compare((Name("x"), Literal(Decimal(3))), ("<",))
    judge = compile_claims(meaning({}), {"rule": OrElse(lower, Literal(value=False), "src:one")}, "a program")
    told_of = [judge(subject_of(es.known(**facts), random.Random(1))) for facts in ({"x": 2}, {"x": 4}, {})]
    assert told_of == [(True,), (False,), (False,)]


def test_a_filter_that_several_share_is_asked_once_for_each_member() -> None:
    rules = {
        "any": parse("any(m.p for m in members if 6 <= m.x <= 15)"),
        "all": parse("all(not m.p for m in members if 6 <= m.x <= 15)"),
        "sum": parse("sum(m.x for m in members if 6 <= m.x <= 15) < 40"),
    }
    assert source_of(rules).count("if not (") == 3  # the filter, and whether a member settles `any`, `all`


def test_a_quotient_is_compared_once_for_a_rule_and_its_opposite() -> None:
    rules = {"below": parse("x / y < 3"), "on_or_above": parse("x / y >= 3"), "both": parse("x / y < 3 or a")}
    assert source_of(rules).count(" * ") == 1


def test_a_rule_as_deep_as_may_be_compiles() -> None:
    inner: Expr = Name("a")
    for depth in range(30):
        inner = And((Or((inner, Name("b"))), Name("b"))) if depth % 2 else Not(And((inner, Name("a"))))
    named = {"one": inner, "two": And((Name("one"), Not(Name("one")))), "three": Or((Name("two"), Name("one")))}
    judge = compile_claims(meaning(named), {"three": Name("three")}, "a program")
    context = Naming(es.known(a=True, b=False), named, with_defaults=True)
    assert judge(subject_of(context.context, random.Random(1))) == (told(evaluate(named["three"], context)),)


def test_a_traceback_shows_the_line_of_the_generated_function() -> None:
    judge = compile_claims(meaning({}), {"rule": Compare((Name("x"), Literal(Decimal(3))), ("<",))}, "income rules")
    with pytest.raises(AttributeError) as caught:
        judge(object())
    shown = "".join(traceback.format_exception(caught.value))
    assert '"<income rules>", line 5, in judge' in shown
    assert "f1 = subject.x" in shown
    assert "<income rules>" in linecache.cache


def test_a_day_or_a_list_of_the_policy_is_always_known() -> None:
    claims = {name: IsKnown(Name(name)) for name in es.PARAMETERS}
    judge = compile_claims(meaning({}), claims, "a program")
    assert judge(subject_of(es.known(), random.Random(7))) == (True, True, True)


# -- exactness -------------------------------------------------------------------------------------------------------


def test_the_digits_that_the_caller_set_decide_nothing() -> None:
    claim = Compare((Arithmetic("+", Name("g.pay"), Name("g.pay")), Literal(Decimal("10000.02"))), ("<",))
    judge = compile_claims(meaning({}), {"rule": claim}, "a program")
    below, on = (subject_of(es.known(**{"g.pay": Fraction(pay, 100)}), random.Random(7)) for pay in (500000, 500001))
    with decimal.localcontext(decimal.Context(prec=3)):
        assert (judge(below), judge(on)) == ((True,), (False,))
    assert (judge(below), judge(on)) == ((True,), (False,))


def test_a_reason_why_a_fact_is_not_known_is_never_taken_for_its_value() -> None:
    made = subject_of(es.known(), random.Random(1))
    for path in ("x", "y", "code", "day", "many", "a"):
        setattr(made, path, NotKnown(Why.REFUSED))
    claims: dict[str, Expr] = {
        "equal": Compare((Name("x"), Literal(Decimal(3))), ("==",)),
        "other": Compare((Name("x"), Literal(Decimal(3))), ("!=",)),
        "lower": Compare((Name("x"), Literal(Decimal(3))), ("<",)),
        "code": Compare((Name("code"), Literal("one")), ("!=",)),
        "many": Not(In(Literal("one"), Name("many"))),
        "days": Compare((Name("day"), Name("since")), ("!=",)),
        "flag": Not(Name("a")),
        "known": IsKnown(Name("x")),
    }
    judge = compile_claims(meaning({}), claims, "a program")
    assert judge(made) == (None,) * 7 + (False,)
