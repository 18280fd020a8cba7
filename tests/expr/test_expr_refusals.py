"""What the language refuses: every message whole, read aloud; every limit our own error, at once."""

from decimal import Decimal

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from expression_strategies import SCOPE
from fupin_rules.errors import ExpressionError, FupinRulesError, LimitError
from fupin_rules.expr import (
    And,
    Declared,
    Expr,
    Kind,
    Literal,
    Name,
    Role,
    Scope,
    Type,
    check,
    from_json,
    parse,
    to_text,
)
from fupin_rules.quantities import Unit
from pace import within

LINE = "line 1, column"
MANY_FORMS = "age, months_since, years_between, months_between, round_half_up, any, all, count, sum, min, max, is_known, or_else, date"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", f"{LINE} 1: is empty; write a claim or a number"),
        ("a b", f"{LINE} 1: is no expression of the rule language; mend the syntax"),
        ("a) or (b", f"{LINE} 2: a bracket closes that was not opened; mend the brackets"),
        ("a & b", f"{LINE} 1: `&` is not part of the rule language; write `and`"),
        ("a | b", f"{LINE} 1: `|` is not part of the rule language; write `or`"),
        ("x % 2", f"{LINE} 1: `%` is not part of the rule language; no remainders are needed"),
        ("x ** 2", f"{LINE} 1: `**` is not part of the rule language; multiply"),
        ("x // 2", f"{LINE} 1: `//` is not part of the rule language; divide exactly with `/`"),
        ("~a", f"{LINE} 1: `~` is not part of the rule language; write `not`"),
        ("a is b", f"{LINE} 1: `is` is not part of the rule language; write `==`"),
        ("a is not b", f"{LINE} 1: `is not` is not part of the rule language; write `!=`"),
        ("lambda: a", f"{LINE} 1: a lambda is not part of the rule language; name it as a definition"),
        ("[a]", f"{LINE} 1: a list is not part of the rule language; write a set, `{{…}}`"),
        ("(a, b)", f"{LINE} 1: a tuple is not part of the rule language; write a set, `{{…}}`"),
        ("{1: 2}", f"{LINE} 1: a mapping is not part of the rule language; write a set, `{{…}}`"),
        ("{1, 2}", f"{LINE} 1: a set is not part of the rule language; a set stands only on the right of `in`"),
        ("f'{a}'", f"{LINE} 1: a formatted text is not part of the rule language; write a plain text"),
        ("None", f"{LINE} 1: this value is not part of the rule language; give a number, text or truth value"),
        ("b'a'", f"{LINE} 1: this value is not part of the rule language; give a number, text or truth value"),
        (
            "x[0]",
            f"{LINE} 1: an index is not part of the rule language; ask of the members with `any`, `all` or `count`",
        ),
        ("a in b in x", f"{LINE} 1: `in` cannot be chained; join the parts with `and`"),
        ("x in 3", f"{LINE} 6: `in` needs a set, a set parameter or a fact with several codes; write `in {{…}}`"),
        ("x in {y}", f"{LINE} 7: a set holds literals only; join comparisons with `or`"),
        ("x in {-1}", f"{LINE} 7: a negative number in a set; compare with `==`"),
        ("x in {1, 1.0}", f"{LINE} 6: a value stands twice in the set; write it once"),
        ("agee(day)", f"{LINE} 1: `agee` is no function; did you mean `age`?"),
        ("eval(a)", f"{LINE} 1: `eval` is no function; known: {MANY_FORMS}"),
        ("frobnicate(a)", f"{LINE} 1: `frobnicate` is no function; known: {MANY_FORMS}"),
        ("a.b(c)", f"{LINE} 1: only registered functions are called; known: {MANY_FORMS}"),
        ("age(a, b)", f"{LINE} 1: `age` takes 1 value, not 2; see the rule language"),
        ("age(day=a)", f"{LINE} 1: `age` takes no named arguments; remove them"),
        ("years_between(a)", f"{LINE} 1: `years_between` takes 2 values, not 1; see the rule language"),
        ("is_known(a, b)", f"{LINE} 1: `is_known` takes one value; write `is_known(fact)`"),
        ("round_half_up(x, y)", f"{LINE} 18: the places are no number from 0 to 6; write it out"),
        ("round_half_up(x, 7)", f"{LINE} 18: the places are no number from 0 to 6; write it out"),
        (
            "or_else(a, b)",
            f'{LINE} 1: `or_else` takes a value, a default and a cited reason; write `or_else(x, d, because="src:KEY")`',
        ),
        (
            "or_else(a, b, because='x')",
            f'{LINE} 1: the reason of `or_else` is no citation; write `because="src:KEY#place"`',
        ),
        ("date(2016, 2, 30)", f"{LINE} 1: is no day from 1900-01-01 to 2199-12-31; write `date(2016, 1, 31)`"),
        ("date(1899, 1, 1)", f"{LINE} 1: is no day from 1900-01-01 to 2199-12-31; write `date(2016, 1, 31)`"),
        ("date(x, 1, 1)", f"{LINE} 1: is no day from 1900-01-01 to 2199-12-31; write `date(2016, 1, 31)`"),
        ("any(a)", f"{LINE} 1: `any` ranges over members; write `any(… for m in members)`"),
        ("any([m.p for m in members])", f"{LINE} 1: `any` ranges over members; write `any(… for m in members)`"),
        (
            "any(m.p for m in members for n in members)",
            f"{LINE} 1: ranges over more than members; write `any(… for m in members if …)`",
        ),
        (
            "any(any(n.p for n in members) for m in members)",
            f"{LINE} 5: a quantifier inside a quantifier; name the inner one as a definition",
        ),
        ("any(m for m in members)", f"{LINE} 5: `m` is a member, not a fact; write `m.fact`"),
        ("count(m.p for m in members)", f"{LINE} 7: `count` counts members; write `count(m for m in members if …)`"),
        ("m.p", f"{LINE} 1: `m` stands for a member; name the fact otherwise, or write `for m in members`"),
        ("因病", f"{LINE} 1: a name with letters beyond a-z; names are English; labels carry the Chinese"),
        ("'因' == 因", f"{LINE} 8: a name with letters beyond a-z; names are English; labels carry the Chinese"),
        ("x < 1e99", f"{LINE} 5: `1e99`: the exponent is not between -12 and 18; write an ordinary number"),
        ("x < 0x10", f"{LINE} 5: `0x10`: expected a number; write an ordinary number"),
        ("x <\n  y &\n  a", "line 2, column 3: `&` is not part of the rule language; write `and`"),
    ],
)
def test_a_text_outside_the_language_is_refused_with_place_and_advice(text: str, message: str) -> None:
    with pytest.raises(ExpressionError) as refusal:
        parse(text)
    assert str(refusal.value) == message


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("a and c", f"{LINE} 7: `c` is not known; see the facts, parameters and definitions"),
        ("cod == 'one'", f"{LINE} 1: `cod` is not known; did you mean `code`?"),
        ("p and a", f"{LINE} 1: `p` is not known; see the facts, parameters and definitions"),
        ("any(p for m in members)", f"{LINE} 5: `p` is not known; did you mean `m.p`?"),
        ("any(m.pp for m in members)", f"{LINE} 5: `m.pp` is not known; did you mean `m.p`?"),
        ("any(m.p for m in children)", f"{LINE} 1: `children` is no relation; known: `members`"),
        ("x and a", f"{LINE} 1: a claim is due on `and`, this is a number; see the types of the names"),
        ("not x", f"{LINE} 5: a claim is due on `not`, this is a number; see the types of the names"),
        ("x + a", f"{LINE} 5: a number is due on `+`, this is a claim; see the types of the names"),
        ("-a", f"{LINE} 2: a number is due after a minus sign, this is a claim; see the types of the names"),
        ("x == a", f"{LINE} 6: both sides of a comparison differ: a number and a claim; compare like with like"),
        (
            "day == '2016-01-01'",
            f"{LINE} 8: both sides of a comparison differ: a day and a text; compare like with like",
        ),
        ("code < 'two'", f"{LINE} 8: a code has no order; compare with `==` or `in`"),
        ("a < b", f"{LINE} 5: a claim has no order; compare with `==` or `in`"),
        ("code == 'tow'", f"{LINE} 9: `tow` is not in the list Numeral; did you mean `two`?"),
        ("code in {'one', 'zwei'}", f"{LINE} 17: `zwei` is not in the list Numeral; known: one, three, two"),
        ("'four' in many", f"{LINE} 1: `four` is not in the list Numeral; known: one, three, two"),
        ("code in many", f"{LINE} 1: which code is looked for must be written out; write a code in quotes"),
        (
            "many == 'one'",
            f"{LINE} 9: both sides of a comparison differ: a fact with several codes and a text; compare like with like",
        ),
        ("many == many", f'{LINE} 9: several codes cannot be compared; write `"code" in fact`'),
        ("x in many", f"{LINE} 1: which code is looked for must be written out; write a code in quotes"),
        ("'one' in code", f"{LINE} 10: `in` needs a set, a set parameter or a fact with several codes; write `==`"),
        ("land < x", f"{LINE} 8: both sides of a comparison differ in unit: `mu` and `1`; bring both to one unit"),
        ("money + land > 0", f"{LINE} 1: both sides of `+` differ in unit: `yuan` and `mu`; bring both to one unit"),
        (
            "money / count(m for m in members) < money",
            f"{LINE} 37: both sides of a comparison differ in unit: `yuan / person` and `yuan`; bring both to one unit",
        ),
        ("1 if a else b", f"{LINE} 1: both branches differ: a number and a claim; compare like with like"),
        (
            "1 if x else 2",
            f"{LINE} 6: a claim is due after `if`, this is a number; see the types of the names\n{LINE} 1: a claim is due here, this is a number; see the types of the names",
        ),
        ("age(x) > 3", f"{LINE} 5: a day is due in `age`, this is a number; see the types of the names"),
        (
            "any(m.x for m in members)",
            f"{LINE} 5: a claim is due in `any`, this is a number; see the types of the names",
        ),
        (
            "sum(m.p for m in members) > 1",
            f"{LINE} 5: a number is due in `sum`, this is a claim; see the types of the names",
        ),
        (
            "count(m for m in members if m.x) > 1",
            f"{LINE} 29: a claim is due after `if`, this is a number; see the types of the names",
        ),
        ("y / x > 1", f"{LINE} 5: a divisor that could be negative; divide by what cannot be below zero"),
        (
            "y * y * y * y * y * y * y * y * y * y > 1",
            f"{LINE} 1: can grow beyond 2^63-1 in its smallest unit; use smaller bounds or fewer factors",
        ),
        ("grades", f"{LINE} 1: a claim is due here, this is a set; see the types of the names"),
        ("x", f"{LINE} 1: a claim is due here, this is a number; see the types of the names"),
    ],
)
def test_types_and_units_that_do_not_fit_are_refused(text: str, message: str) -> None:
    more = {
        "money": Type(Kind.NUMBER, Unit.parse("yuan"), Decimal(0), Decimal(1000), 2),
        "land": Type(Kind.NUMBER, Unit.parse("mu"), Decimal(0), Decimal(1000), 2),
        "grades": Type(Kind.CODE, codes=frozenset({"one"}), is_set=True, code_list="Numeral"),
    }
    scope = Scope({**SCOPE.names, **{n: Declared(Role.FACT, t) for n, t in more.items()}}, SCOPE.relations)
    with pytest.raises(ExpressionError) as refusal:
        check(parse(text), scope, expect=Kind.CLAIM)
    assert str(refusal.value) == message


def test_all_faults_of_a_text_are_told_at_once() -> None:
    with pytest.raises(ExpressionError) as refusal:
        check(parse("c and x and\n any(m.zz for m in members) and d"), SCOPE)
    assert [fault.where for fault in refusal.value.faults] == [
        "line 1, column 1",
        "line 1, column 7",
        "line 2, column 6",
        "line 2, column 33",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a and " * 2000 + "a", "length"),
        ("(" * 65 + "a" + ")" * 65, "depth"),
        ("not " * 2000 + "a", "depth"),
        ("-" * 3000 + "x", "depth"),
        (" - ".join(["x"] * 2000), "depth"),
        ("a if b else " * 800 + "a", "depth"),
        ("a." * 3000 + "b", "name_parts"),
        ("x\0", "character"),
        ("x\u202ey", "character"),
    ],
)
def test_every_limit_is_an_error_of_our_own_at_once(text: str, code: str) -> None:
    with within(1), pytest.raises((LimitError, ExpressionError)) as refusal:
        parse(text)
    assert refusal.value.faults[0].code == code


def test_a_tree_of_too_many_nodes_is_refused() -> None:
    wide = And(tuple(And((Name("a"), Name("b"))) for _ in range(2000)))
    with pytest.raises(LimitError, match="more than 5000 nodes"):
        check(wide, SCOPE)


def test_a_shared_node_counts_at_every_visit() -> None:
    expr: Expr = Name("a")
    for _ in range(40):
        expr = And((expr, expr))
    with within(1), pytest.raises(LimitError, match="more than 5000 nodes"):
        check(expr, SCOPE)


@given(st.text(alphabet="abmxy.()[]{}<>=!+-*/ \n'\"0123456789,:#&|forinotadl", max_size=60))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        expr = parse(text)
    except FupinRulesError:
        return
    assert parse(to_text(expr)) == expr


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=4) | st.sampled_from(["and", "name", "number"]),
        lambda inner: st.lists(inner, max_size=4),
        max_leaves=12,
    )
)
def test_any_json_is_read_or_refused(data: object) -> None:
    try:
        from_json(data)
    except FupinRulesError:
        return


@pytest.mark.parametrize(
    "data",
    [
        ["claim", 1],
        ["number", 1],
        ["number", "nan"],
        ["day", "2016-02-30"],
        ["and", ["claim", True]],
        ["compare", ["<"], ["name", "x"]],
        ["compare", ["~"], ["name", "x"], ["name", "y"]],
        ["set", ["name", "x"]],
        ["in", ["name", "x"], ["claim", True]],
        ["quantifier", "most", "members", None, None],
        ["name"],
        {"name": "x"},
        "x",
    ],
)
def test_a_tree_with_other_parts_than_it_should_is_refused(data: object) -> None:
    with pytest.raises(ExpressionError):
        from_json(data)


def test_json_as_deep_as_a_stranger_likes_is_refused_at_once() -> None:
    data: list[object] = ["name", "a"]
    for _ in range(100_000):
        data = ["not", data]
    with pytest.raises(LimitError, match="deeper, larger or longer than is read"):
        from_json(data)


def test_a_negative_literal_is_written_with_a_sign() -> None:
    with pytest.raises(ExpressionError, match="write a minus sign before it"):
        check(Literal(Decimal(-1)), SCOPE)


def test_several_codes_are_looked_into_as_the_fact_gives_them() -> None:
    scope = Scope({**SCOPE.names, "listed": attrs.evolve(SCOPE.names["many"], role=Role.DEFINITION)}, SCOPE.relations)
    with pytest.raises(ExpressionError, match="`in` a definition of several codes; name the fact itself"):
        check(parse('"one" in listed'), scope)
