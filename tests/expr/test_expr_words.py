"""Rules in words, as an applicant reads them in either language; and trees that no text could give."""

from datetime import date
from decimal import Decimal

import pytest

from expression_strategies import SCOPE
from fupin_rules.errors import ExpressionError
from fupin_rules.expr import (
    And,
    Arithmetic,
    Call,
    Compare,
    Declared,
    Expr,
    In,
    Item,
    Kind,
    Literal,
    Name,
    Quantifier,
    Role,
    Scope,
    SetOf,
    Type,
    check,
    parse,
    render,
)
from fupin_rules.policy import Subject, load_policy

HOUSEHOLD = load_policy("yucheng-2016").on(date(2016, 1, 31)).scope(Subject.HOUSEHOLD)


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        (
            "net_income_per_person < income_line",
            "人均纯收入低于收入线（省定）",
            "net income per person is below income line (provincial)",
        ),
        ('hukou == "rural"', "户主户籍类型等于「农业户口」", "register of the head is “rural”"),
        (
            'living.house_grade in {"C", "D"}',
            "危房级别属于「C级」、「D级」",
            "grade of the house is one of “grade C (partly dangerous)”, “grade D (wholly dangerous)”",
        ),
        (
            'living.house_grade not in {"C"}',
            "危房级别不属于「C级」",
            "grade of the house is not one of “grade C (partly dangerous)”",
        ),
        (
            'any("disability" in m.health for m in members)',
            "有成员：健康状况包括「残疾」",
            "some member: health includes “disability”",
        ),
        (
            'not any("disability" in m.health for m in members)',
            "并非有成员：健康状况包括「残疾」",
            "not some member: health includes “disability”",
        ),
        ("not assets.owns_car", "并非「是否拥有小轿车」", "not “owns a car”"),
        (
            "16 <= stated_member_count < 60",
            "人数不低于16人 且 人数低于60人",
            "members as stated is at least 16 people and members as stated is below 60 people",
        ),
        ("is_known(hukou)", "户主户籍类型已知", "register of the head is known"),
        ("not is_known(hukou)", "户主户籍类型未知", "register of the head is not known"),
        (
            'or_else(assets.owns_car, False, because="src:K20")',
            "是否拥有小轿车（未知时按否）",
            "owns a car (where not known: no)",
        ),
        (
            "income.pension_yuan - (income.dibao_benefit_yuan + 1) > 0",
            "（养老保险金 − （低保金 + 1））高于0",
            "(pension − (minimum living allowance + 1)) is above 0",
        ),
        (
            "relocation.moved_in < date(2016, 1, 1)",
            "入住日期早于2016-01-01",
            "day the household moved in is before 2016-01-01",
        ),
        (
            "round_half_up(income.pension_yuan, 1) == 2.5",
            "养老保险金四舍五入到1位小数等于2.50",
            "pension rounded half up to 1 places is 2.50",
        ),
        (
            "(1 if assets.owns_car else 2) > 1",
            "（若是否拥有小轿车，则1，否则2）高于1",
            "(if owns a car then 1, otherwise 2) is above 1",
        ),
        (
            "sum(m.work_months for m in members if m.is_orphan) > 3",
            "（是否孤儿的）成员的务工时间（月）之和高于3",
            "sum over members with orphan of months of work in the year is above 3",
        ),
        ("count(m for m in members) == 2", "成员人数等于2人", "number of members is 2 people"),
        (
            "any(6 <= age(m.birth_date) < 16 for m in members)",
            "有成员：出生日期对应的年龄不低于6岁 且 出生日期对应的年龄低于16岁",
            "some member: age from date of birth is at least 6 years and age from date of birth is below 16 years",
        ),
        ("-income.pension_yuan < 0", "−养老保险金低于0", "−pension is below 0"),
        (
            "all(age(m.birth_date) >= elderly_age for m in members)",
            "所有成员：出生日期对应的年龄不低于老年人年龄起点",
            "every member: age from date of birth is at least age from which a person is an elder",
        ),
    ],
)
def test_a_rule_is_said_in_both_languages(text: str, zh: str, en: str) -> None:
    expr = parse(text)
    check(expr, HOUSEHOLD)
    said_zh, said_en = render(expr, HOUSEHOLD, "zh"), render(expr, HOUSEHOLD, "en")
    assert (said_zh, said_en) == (zh, en)


def test_a_set_and_a_name_that_nothing_declares_are_said_as_they_stand() -> None:
    assert render(SetOf((Literal("a"), Literal("b"))), SCOPE, "zh") == "「a」、「b」"
    assert render(Name("nowhere"), SCOPE, "en") == "nowhere"


OTHER = Type(Kind.CODE, codes=frozenset({"one"}), code_list="Other")
WIDE = Scope({**SCOPE.names, "other": Declared(Role.FACT, OTHER)}, SCOPE.relations)


@pytest.mark.parametrize(
    ("expr", "message"),
    [
        (SetOf((Literal("a"),)), "a set stands only on the right of `in`; write `x in {…}`"),
        (Item("p"), "a member stands outside a quantifier; write `any(… for m in members)`"),
        (And((Name("a"),)), "`and` joins two claims or more; write the claim alone"),
        (Compare((Name("x"),), ()), "a comparison without its sides; compare two values or more"),
        (
            In(Name("many"), SetOf((Literal("one"),))),
            "a value and the set differ: a fact with several codes and a text; compare like with like",
        ),
        (
            Compare((Name("code"), Name("other")), ("==",)),
            "both sides of a comparison are of two lists: Numeral and Other; compare within one list",
        ),
        (
            Call("agee", (Name("day"),)),
            "`agee` is no function of these values; known: age, months_since, years_between, months_between, round_half_up",
        ),
        (
            Call("age", ()),
            "`age` is no function of these values; known: age, months_since, years_between, months_between, round_half_up",
        ),
        (Quantifier("count", "members", Item("p")), "`count` counts members; write `count(m for m in members if …)`"),
        (Quantifier("any", "members", None), "`any` of nothing; write `any(… for m in members)`"),
        (
            Quantifier("any", "members", Quantifier("any", "members", Item("p"))),
            "a quantifier inside a quantifier; name the inner one as a definition",
        ),
    ],
)
def test_a_tree_that_no_text_could_give_is_checked_too(expr: Expr, message: str) -> None:
    with pytest.raises(ExpressionError) as refusal:
        check(expr, WIDE)
    assert str(refusal.value).splitlines()[0] == f"line 1, column 1: {message}"


def test_days_and_codes_have_types_of_their_own() -> None:
    assert check(Literal(date(2016, 1, 1)), SCOPE).kind is Kind.DAY
    assert check(parse("code if a else 'one'"), SCOPE).kind is Kind.CODE
    assert check(parse("'one' if a else 'two'"), SCOPE).codes == {"one", "two"}
    assert check(Arithmetic("/", Literal(Decimal(1)), Literal(Decimal(3))), SCOPE).places is None
