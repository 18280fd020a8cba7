"""Laws of the rule language over random trees and contexts, in the words of whoever must rely on them."""

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
from hypothesis import given
from hypothesis import strategies as st

from expression_strategies import (
    CODES,
    SCOPE,
    Facts,
    Known,
    checked_claims,
    checked_numbers,
    claims,
    codes,
    comparisons,
    contexts,
    days,
    full_contexts,
    learnt,
    measures,
    numbers,
    trees,
)
from fupin_rules.expr import (
    And,
    Arithmetic,
    Compare,
    Expr,
    IfElse,
    In,
    IsKnown,
    Item,
    Kind,
    Literal,
    Name,
    Not,
    Or,
    OrElse,
    Quantifier,
    SetOf,
    check,
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
from fupin_rules.truth import Truth, Unknown

CLAIMS = checked_claims()
TREES = trees()
ALL_TREES = trees(ways_out=True)
CHANCE = st.randoms(use_true_random=False)


# -- forms -----------------------------------------------------------------------------------------------------------


@given(ALL_TREES)
def test_a_tree_written_as_text_reads_back_as_itself(expr: Expr) -> None:
    assert parse(to_text(expr)) == expr
    assert to_text(parse(to_text(expr))) == to_text(expr)


@given(ALL_TREES)
def test_a_tree_written_as_json_reads_back_as_itself(expr: Expr) -> None:
    assert from_json(to_json(expr)) == expr
    assert from_json(json.loads(json.dumps(to_json(expr)))) == expr


@given(ALL_TREES)
def test_no_number_of_a_tree_becomes_a_float(expr: Expr) -> None:
    def leaves(data: object) -> list[object]:
        return [leaf for each in data for leaf in leaves(each)] if isinstance(data, list) else [data]

    assert all(leaf is None or isinstance(leaf, (str, bool)) for leaf in leaves(to_json(expr)))


@given(ALL_TREES, CHANCE)
def test_spaces_and_lines_between_words_do_not_matter(expr: Expr, chance: Any) -> None:
    words = to_text(expr).split(" ")
    assert parse("".join(word + chance.choice([" ", "  ", "\n", "\t", "\n  "]) for word in words)) == expr


@given(ALL_TREES)
def test_words_can_be_said_in_both_languages(expr: Expr) -> None:
    for language in ("zh", "en"):
        assert render(expr, SCOPE, language)


@given(ALL_TREES)
def test_names_are_those_of_the_nodes(expr: Expr) -> None:
    assert names(expr) == {node.path for node in walk(expr) if isinstance(node, Name)}
    assert substitute(expr, {}) == expr
    renamed = substitute(expr, {name: Name(f"new.{name}") for name in names(expr)})
    assert names(renamed) == {f"new.{name}" for name in names(expr)}
    assert substitute(renamed, {f"new.{name}": Name(name) for name in names(expr)}) == expr


@given(CLAIMS, st.sampled_from(["a", "x", "g.z", "code"]), contexts())
def test_a_value_written_in_the_place_of_a_name_means_the_same(expr: Expr, name: str, context: Known) -> None:
    value = context.value(name)
    if isinstance(value, bool):
        written: Expr = Literal(value)
    elif isinstance(value, int) and value >= 0:
        written = Literal(Decimal(value))
    elif isinstance(value, str):
        written = Literal(value)
    else:
        return
    replaced = evaluate(substitute(expr, {name: written}), context)
    told = evaluate(expr, context)
    # A divisor of zero is named by the facts that it reads, and a literal is no fact.
    assert type(replaced) is type(told)
    assert isinstance(told, Unknown) or replaced == told


# -- types and ranges ------------------------------------------------------------------------------------------------


@given(ALL_TREES, contexts(), st.booleans())
def test_a_checked_tree_is_evaluated_without_any_error(expr: Expr, context: Known, with_defaults: bool) -> None:
    told = check(expr, SCOPE)
    value = evaluate(expr, attrs.evolve(context, with_defaults=with_defaults))
    if isinstance(value, Unknown):
        return
    match told.kind:
        case Kind.CLAIM:
            assert isinstance(value, bool)
        case Kind.DAY:
            assert isinstance(value, date)
        case Kind.NUMBER:
            assert isinstance(value, (int, Fraction)) and not isinstance(value, bool)
            # One form for each number: a fraction is never whole.
            assert isinstance(value, int) or value.denominator > 1
        case _:
            assert value in CODES


@given(checked_numbers(ways_out=True), contexts())
def test_a_number_stays_within_the_range_told_at_loading(expr: Expr, context: Known) -> None:
    told, value = check(expr, SCOPE), evaluate(expr, context)
    if isinstance(value, Unknown):
        return
    assert isinstance(value, (int, Fraction))
    assert told.low is not None and told.high is not None
    assert told.low <= value <= told.high
    if told.places is not None:
        assert (value * 10**told.places) % 1 == 0
    else:
        assert told.ratio is not None
        assert abs(value.numerator) <= told.ratio[0] and value.denominator <= told.ratio[1]


@given(st.one_of(CLAIMS, checked_numbers(), days(1)))
def test_a_tree_loads_in_a_larger_scope_too(expr: Expr) -> None:
    larger = attrs.evolve(SCOPE, names={**SCOPE.names, "another": SCOPE.names["a"]})
    assert check(expr, larger) == check(expr, SCOPE)


# -- what is not known -----------------------------------------------------------------------------------------------


@given(st.data(), TREES, contexts())
def test_learning_a_fact_never_overturns_a_settled_value(data: st.DataObject, expr: Expr, context: Known) -> None:
    before = evaluate(expr, context)
    after = evaluate(expr, data.draw(learnt(context)))
    assert isinstance(before, Unknown) or after == before


@given(st.data(), TREES, contexts())
def test_a_fact_that_is_not_named_never_matters(data: st.DataObject, expr: Expr, context: Known) -> None:
    before = evaluate(expr, context)
    if isinstance(before, Unknown):
        after = evaluate(expr, data.draw(learnt(context, but=before.missing)))
        assert isinstance(after, Unknown)


@given(st.data(), trees(ways_out=True), contexts())
def test_an_open_value_always_names_what_is_missing(data: st.DataObject, expr: Expr, context: Known) -> None:
    value = evaluate(expr, context)
    if isinstance(value, Unknown):
        assert value.missing
        assert {name for name, _ in value.why} <= value.missing
        after = evaluate(expr, data.draw(learnt(context)))
        assert not isinstance(after, Unknown) or after.missing


@given(st.data(), contexts(), st.none() | claims(depth=2, inside=True))
def test_a_partly_known_count_ends_between_its_bounds(data: st.DataObject, context: Known, where: Expr | None) -> None:
    count = Quantifier("count", "members", None, where)
    before, after = evaluate(count, context), evaluate(count, data.draw(learnt(context)))
    if isinstance(before, Unknown):
        assert before.low is not None and (before.high is None or before.low < before.high)
        low, high = (after.low, after.high) if isinstance(after, Unknown) else (after, after)
        assert isinstance(low, int) and before.low <= low
        assert before.high is None or (isinstance(high, int) and high <= before.high)


@given(CLAIMS, full_contexts())
def test_where_all_is_known_only_a_zero_divisor_or_an_empty_roster_leaves_a_claim_open(
    expr: Expr, context: Known
) -> None:
    can_be_open = any(
        (isinstance(node, Arithmetic) and node.operator == "/")
        or (isinstance(node, Quantifier) and node.kind in ("min", "max"))
        for node in walk(expr)
    )
    assert can_be_open or isinstance(evaluate(expr, context), bool)


@given(checked_claims(), contexts())
def test_a_default_changes_nothing_where_all_is_known(expr: Expr, context: Known) -> None:
    guarded = OrElse(expr, Name("a"), "src:A")
    value = evaluate(expr, context)
    strict = attrs.evolve(context, with_defaults=False)
    assert evaluate(guarded, strict) == value
    if not isinstance(value, Unknown):
        assert evaluate(guarded, context) == value


@given(TREES, contexts())
def test_what_is_known_is_known_for_certain(expr: Expr, context: Known) -> None:
    value = evaluate(expr, context)
    assert evaluate(IsKnown(expr), context) is not isinstance(value, Unknown)
    assert not uses(expr, IsKnown) and uses(IsKnown(expr), IsKnown)


# -- forms that mean the same ----------------------------------------------------------------------------------------


def like(one: Expr, other: Expr, context: Known) -> None:
    assert evaluate(one, context) == evaluate(other, context)


@given(claims(), claims(), contexts())
def test_not_both_is_either_not(one: Expr, other: Expr, context: Known) -> None:
    like(Not(And((one, other))), Or((Not(one), Not(other))), context)


@given(claims(), contexts())
def test_not_not_is_so(claim: Expr, context: Known) -> None:
    like(Not(Not(claim)), claim, context)


@given(claims(depth=1), claims(depth=1), claims(depth=1), contexts())
def test_brackets_among_equals_do_not_matter(one: Expr, two: Expr, three: Expr, context: Known) -> None:
    like(And((one, And((two, three)))), And((one, two, three)), context)
    like(Or((Or((one, two)), three)), Or((one, two, three)), context)


@given(claims(depth=1), claims(depth=1), claims(depth=1), contexts())
def test_and_goes_over_or(one: Expr, two: Expr, three: Expr, context: Known) -> None:
    spread, gathered = Or((And((one, two)), And((one, three)))), And((one, Or((two, three))))
    left, right = evaluate(spread, context), evaluate(gathered, context)
    # Settled alike; what they miss may differ, since a claim said twice may be missed twice.
    assert type(left) is type(right)
    assert isinstance(left, Unknown) or left is right


@given(st.lists(claims(depth=1), min_size=2, max_size=4), CHANCE, contexts())
def test_order_of_claims_does_not_matter(operands: list[Expr], chance: Any, context: Known) -> None:
    mixed = list(operands)
    chance.shuffle(mixed)
    for junction in (And, Or):
        like(junction(tuple(operands)), junction(tuple(mixed)), context)


@given(ALL_TREES, contexts(), CHANCE)
def test_order_of_members_does_not_matter_to_any_tree(expr: Expr, context: Known, chance: Any) -> None:
    mixed = list(context.members)
    chance.shuffle(mixed)
    assert evaluate(expr, context) == evaluate(expr, attrs.evolve(context, members=tuple(mixed)))


@given(numbers(depth=1), numbers(depth=1), contexts())
def test_order_of_sums_and_products_does_not_matter(one: Expr, other: Expr, context: Known) -> None:
    for operator in ("+", "*"):
        like(Arithmetic(operator, one, other), Arithmetic(operator, other, one), context)


@given(
    st.one_of(comparisons(numbers(1)), comparisons(measures(1)), comparisons(days(1))).filter(
        lambda each: isinstance(each, Compare) and len(each.comparators) == 2
    ),
    contexts(),
)
def test_a_chain_is_both_its_comparisons(chain: Compare, context: Known) -> None:
    (one, two, three), (first, second) = chain.operands, chain.comparators
    like(chain, And((Compare((one, two), (first,)), Compare((two, three), (second,)))), context)


MIRRORED: Any = {"<": ">", "<=": ">=", ">": "<", ">=": "<=", "==": "==", "!=": "!="}
CONTRARY: Any = {"<": ">=", "<=": ">", ">": "<=", ">=": "<", "==": "!=", "!=": "=="}


@given(
    st.one_of(comparisons(numbers(1)), comparisons(measures(1)), comparisons(days(1))).filter(
        lambda each: isinstance(each, Compare) and len(each.comparators) == 1
    ),
    contexts(),
)
def test_a_comparison_turned_round_or_denied_is_the_same(compared: Compare, context: Known) -> None:
    (one, other), (sign,) = compared.operands, compared.comparators
    like(compared, Compare((other, one), (MIRRORED[sign],)), context)
    like(compared, Not(Compare((one, other), (CONTRARY[sign],))), context)


@given(
    st.none() | claims(depth=1, inside=True),
    st.integers(0, 4),
    st.sampled_from(["<", "<=", ">", ">=", "==", "!="]),
    contexts(),
)
def test_a_count_compared_may_be_turned_round_or_denied_too(
    where: Expr | None, number: int, sign: Any, context: Known
) -> None:
    count, wanted = Quantifier("count", "members", None, where), Literal(Decimal(number))
    compared = Compare((count, wanted), (sign,))
    like(compared, Compare((wanted, count), (MIRRORED[sign],)), context)
    like(compared, Not(Compare((count, wanted), (CONTRARY[sign],))), context)


@given(codes(1), st.sets(st.sampled_from(CODES), min_size=2), contexts())
def test_membership_is_equality_with_one_of_the_set(element: Expr, chosen: set[str], context: Known) -> None:
    literals = tuple(Literal(each) for each in sorted(chosen))
    spelt = Or(tuple(Compare((element, each), ("==",)) for each in literals))
    like(In(element, SetOf(literals)), spelt, context)


@given(claims(depth=2, inside=True), st.none() | claims(depth=2, inside=True), contexts())
def test_not_all_is_some_not(item: Expr, where: Expr | None, context: Known) -> None:
    like(
        Not(Quantifier("all", "members", item, where)),
        Quantifier("any", "members", Not(item), where),
        context,
    )


@given(claims(depth=2, inside=True), claims(depth=2, inside=True), contexts())
def test_a_filter_is_and_in_any_and_implies_in_all(item: Expr, where: Expr, context: Known) -> None:
    like(Quantifier("any", "members", item, where), Quantifier("any", "members", And((where, item))), context)
    like(Quantifier("all", "members", item, where), Quantifier("all", "members", Or((Not(where), item))), context)


@given(claims(depth=2, inside=True), contexts())
def test_some_member_is_a_count_of_one_or_more(where: Expr, context: Known) -> None:
    some = Quantifier("any", "members", where)
    told = Compare((Quantifier("count", "members", None, where), Literal(Decimal(1))), (">=",))
    like(some, told, context)


@given(claims(depth=2, inside=True), full_contexts())
def test_a_count_is_a_sum_of_ones(where: Expr, context: Known) -> None:
    ones = Quantifier("sum", "members", Literal(Decimal(1)), where)
    counted = evaluate(Quantifier("count", "members", None, where), context)
    if not isinstance(counted, Unknown):
        assert evaluate(ones, context) == counted


@given(claims(depth=1), claims(depth=1), claims(depth=1), full_contexts())
def test_a_settled_branch_is_taken(condition: Expr, then: Expr, otherwise: Expr, context: Known) -> None:
    claim = evaluate(condition, context)
    if not isinstance(claim, Unknown):
        like(IfElse(condition, then, otherwise), then if claim else otherwise, context)


@given(numbers(1), st.sampled_from(["y", "g.half"]), numbers(1), contexts())
def test_a_quotient_is_below_a_line_as_the_cross_product_is(
    dividend: Expr, divisor: str, line: Expr, context: Known
) -> None:
    quotient = evaluate(Compare((Arithmetic("/", dividend, Name(divisor)), line), ("<",)), context)
    crossed = evaluate(Compare((dividend, Arithmetic("*", line, Name(divisor))), ("<",)), context)
    if not isinstance(quotient, Unknown):
        assert quotient is crossed


@given(st.lists(st.sampled_from([True, False, None]), max_size=4), st.booleans())
def test_any_and_all_follow_the_members_as_or_and_and_do(values: list[bool | None], complete: bool) -> None:
    """Members one by one, joined by hand, with one more open claim for those that may be absent."""
    members = tuple(Facts(f"members[{n}].", {} if v is None else {"p": v}) for n, v in enumerate(values))
    context = Known(Facts("", {}), members, complete)
    low = [value is True for value in values]
    high = [value is not False for value in values] + ([] if complete else [True])
    sure, possible = any(low), any(high)
    some: Truth = Unknown({"?"}) if sure != possible else sure
    told = evaluate(Quantifier("any", "members", Item("p")), context)
    assert type(told) is type(some)
    assert isinstance(told, Unknown) or told is some
