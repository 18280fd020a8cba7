"""Ranges told at loading: on the very edge of 64 bits, and through every operation."""

from decimal import Decimal
from fractions import Fraction

import pytest

from fupin_rules.errors import ExpressionError
from fupin_rules.expr import Declared, Kind, Relation, Role, Scope, Type, check, parse
from fupin_rules.quantities import PLAIN, Unit

LARGEST = 2**63 - 1


def number(low: int | str, high: int | str, places: int = 0, unit: Unit | None = PLAIN) -> Declared:
    return Declared(Role.FACT, Type(Kind.NUMBER, unit, Decimal(low), Decimal(high), places))


MEMBER = Relation(Unit.parse("person"), {"x": number(0, 10, 2)}, 60, "成员", "member")


def typed(text: str, **names: Declared) -> Type:
    return check(parse(text), Scope(names, {"members": MEMBER}))


@pytest.mark.parametrize(
    ("text", "low", "high", "places"),
    [
        ("a + b", -1, 13, 2),
        ("a - b", -6, 8, 2),
        ("a * b", -10, 50, 3),
        ("-a", -10, 2, 1),
        ("a if flag else b", -2, 10, 2),
        ("round_half_up(a, 0)", -3, 11, 0),
        ("sum(m.x for m in members)", 0, 600, 2),
        ("max(m.x for m in members)", 0, 10, 2),
        ("count(m for m in members)", 0, 60, 0),
        ("age(day)", 0, 300, 0),
        ("months_since(day)", 0, 3600, 0),
        ("years_between(day, day)", -300, 300, 0),
        ("months_between(day, day)", -3600, 3600, 0),
        ("a / 4", Fraction(-1, 2), Fraction(5, 2), None),
        ("a / d", -20, 100, None),
        ("1.25", Decimal("1.25"), Decimal("1.25"), 2),
    ],
)
def test_the_range_of_every_operation(text: str, low: Fraction, high: Fraction, places: int | None) -> None:
    names = {
        "a": number(-2, 10, 1),
        "b": number(1, 3, 2) if "+" in text else number(-1 if "*" in text else 2, 5 if "*" in text else 4, 2),
    }
    names |= {
        "d": number(0, 7, 1),
        "flag": Declared(Role.FACT, Type(Kind.CLAIM)),
        "day": Declared(Role.FACT, Type(Kind.DAY)),
    }
    found = typed(text, **names)
    assert (found.low, found.high, found.places) == (low, high, places)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a", {"a": number(0, LARGEST)}),
        ("a + 1", {"a": number(0, LARGEST - 1)}),
        ("a - b", {"a": number(0, LARGEST - 1), "b": number(-1, 0)}),
        ("a * 2", {"a": number(0, (LARGEST - 1) // 2)}),
        ("a < b", {"a": number(0, LARGEST // 10), "b": number(0, 1, 1)}),
        ("a / n < b", {"a": number(0, LARGEST), "n": number(0, 7), "b": number(0, LARGEST // 7)}),
        ("a / n < b", {"a": number(0, LARGEST // 100), "n": number(1, 7), "b": number(0, 1, 2)}),
        ("a / n + b / n < 1", {"a": number(0, 10**8), "b": number(0, 10**8), "n": number(0, 10**8)}),
    ],
)
def test_a_number_may_reach_64_bits(text: str, names: dict[str, Declared]) -> None:
    typed(text, **names)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("a + 1", {"a": number(0, LARGEST)}),
        ("a - b", {"a": number(0, LARGEST), "b": number(-1, 0)}),
        ("-a - 2", {"a": number(0, LARGEST)}),
        ("a * 2", {"a": number(0, LARGEST // 2 + 1)}),
        ("a < b", {"a": number(0, LARGEST // 10 + 1), "b": number(0, 1, 1)}),
        ("b > a", {"a": number(0, LARGEST // 10 + 1), "b": number(0, 1, 1)}),
        ("a / n < b", {"a": number(0, LARGEST), "n": number(0, 7), "b": number(0, LARGEST // 7 + 1)}),
        ("b > a / n", {"a": number(0, LARGEST), "n": number(0, 7), "b": number(0, LARGEST // 7 + 1)}),
        ("a / n < b", {"a": number(0, LARGEST // 100 + 1), "n": number(1, 7), "b": number(0, 1, 2)}),
        ("a / n < b / n", {"a": number(0, 10**12), "b": number(0, 10**12), "n": number(0, 10**12)}),
        ("a / n * (b / n) < 1", {"a": number(0, 10**10), "b": number(0, 10**10), "n": number(0, 2)}),
        ("a / n + b / n < 1", {"a": number(0, 10**10), "b": number(0, 1), "n": number(0, 10**10)}),
        ("a / n + b / n < 1", {"a": number(0, LARGEST // 2 + 1), "b": number(0, LARGEST // 2 + 1), "n": number(0, 1)}),
        ("a + b / n < 1", {"a": number(0, LARGEST), "b": number(0, 1), "n": number(0, 1)}),
        ("b / n + a < 1", {"a": number(0, LARGEST), "b": number(0, 1), "n": number(0, 1)}),
        ("(a / n if a > 1 else b) > a / n", {"a": number(0, 10), "b": number(0, LARGEST // 5 + 1), "n": number(0, 5)}),
        ("sum(m.x for m in members) * a", {"a": number(0, LARGEST // 60000 + 1)}),
        ("round_half_up(a / 7, 2) > 1", {"a": number(0, LARGEST // 200 + 1)}),
        ("round_half_up(a, 0) > 1", {"a": number(0, LARGEST // 2 + 1)}),
        ("(a / 2 if flag else b / 3) > 1", {"a": number(0, LARGEST // 3 + 1), "b": number(0, 1)}),
    ],
)
def test_a_number_that_could_outgrow_64_bits_is_refused(text: str, names: dict[str, Declared]) -> None:
    with pytest.raises(ExpressionError, match=r"can grow beyond 2\^63-1 in its smallest unit"):
        typed(text, **names)


@pytest.mark.parametrize(("low", "fits"), [(0, True), (1, True), (-1, False)])
def test_a_divisor_must_be_proved_not_negative(low: int, fits: bool) -> None:
    names = {"a": number(0, 1), "n": number(low, 5)}
    if fits:
        typed("a / n", **names)
    else:
        with pytest.raises(ExpressionError, match="a divisor that could be negative"):
            typed("a / n", **names)


@pytest.mark.parametrize("kind", ["sum", "min", "max"])
def test_quotients_are_not_folded_over_members(kind: str) -> None:
    with pytest.raises(ExpressionError, match=f"a {kind} of quotients; divide afterwards, or round each part"):
        typed(f"{kind}(m.x / 3 for m in members) > 1")
    assert typed(f"{kind}(round_half_up(m.x / 3, 2) for m in members)").places == 2


@pytest.mark.parametrize(
    ("text", "unit"),
    [
        ("money / count(m for m in members)", "yuan / person"),
        ("money * 2", "yuan"),
        ("2 * money", "yuan"),
        ("money / money", "1"),
        ("money / 2", "yuan"),
        ("2 / money", "1 / yuan"),
        ("money + 1", "yuan"),
        ("1 + money", "yuan"),
        ("1 - money", "yuan"),
        ("money if flag else 1", "yuan"),
        ("1 if flag else money", "yuan"),
        ("min(m.x for m in members)", "1"),
        ("round_half_up(money, 1)", "yuan"),
    ],
)
def test_units_follow_every_operation(text: str, unit: str) -> None:
    found = typed(text, money=number(0, 100, 2, Unit.parse("yuan")), flag=Declared(Role.FACT, Type(Kind.CLAIM)))
    assert str(found.unit) == unit


def test_a_number_of_literals_alone_is_bare() -> None:
    assert typed("1 + 2 * 3").unit is None
    assert typed("-(1 / 2)").unit is None
