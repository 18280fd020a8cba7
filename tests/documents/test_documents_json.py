"""JSON from strangers is read exactly, or refused with a code, in time that grows with its length and no faster."""

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fupin_rules.documents import read_json
from fupin_rules.errors import FupinRulesError, LimitError, ModelError
from pace import within

MOST = 1 << 20
KEYS = st.text('ab{["\\中', max_size=3)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**20), 10**20) | KEYS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)


@given(VALUES, st.booleans())
def test_what_json_can_say_is_read_as_it_was_written(value: object, is_ascii: bool) -> None:
    text = json.dumps(value, ensure_ascii=is_ascii)
    assert read_json(text, most=MOST) == value
    assert read_json(text.encode(), most=MOST) == value


@given(st.lists(st.sampled_from(["{", "[", "]", "}", '"', "\\", "a", ":", ",", "1"]), max_size=300).map("".join))
def test_any_text_is_read_or_refused_with_a_code(text: str) -> None:
    codes = set()
    try:
        read_json(text, most=MOST)
    except FupinRulesError as error:
        codes = {each.code for each in error.faults}
    assert codes <= {"json", "duplicate_key", "number", "depth"}


def test_numbers_stay_exact() -> None:
    assert read_json("[0.1, 1e3, 12345678901234567890]", most=MOST) == [
        Decimal("0.1"),
        Decimal("1E+3"),
        12345678901234567890,
    ]


@pytest.mark.parametrize(
    ("data", "message", "code"),
    [
        ("", "$: is no JSON; write one JSON document", "json"),
        ("{", "$: is no JSON; write one JSON document", "json"),
        ("{} {}", "$: is no JSON; write one JSON document", "json"),
        ("\ufeff{}", "$: is no JSON; write one JSON document", "json"),
        (b"\xff\xfe{}", "$: is no text in UTF-8; write one JSON document", "encoding"),
        ('{"a":1,"a":1}', "$: has a key twice in one table; give every key once", "duplicate_key"),
        ('{"b":[{"a":1,"a":2}]}', "$: has a key twice in one table; give every key once", "duplicate_key"),
        (
            "[NaN]",
            "$: holds a number that is none, or has more than 30 digits; give whole numbers, or decimals as texts",
            "number",
        ),
        (
            "[-Infinity]",
            "$: holds a number that is none, or has more than 30 digits; give whole numbers, or decimals as texts",
            "number",
        ),
        (
            "9" * 5000,
            "$: holds a number that is none, or has more than 30 digits; give whole numbers, or decimals as texts",
            "number",
        ),
        (
            "1e9999999999999999999",
            "$: holds a number that is none, or has more than 30 digits; give whole numbers, or decimals as texts",
            "number",
        ),
        (
            r'"\ud800"',
            "$: holds half of a character that takes two escapes (`\\ud83c\\udf3e`); write characters as they are",
            "encoding",
        ),
        (
            r'{"\uDC00x": 1}',
            "$: holds half of a character that takes two escapes (`\\ud83c\\udf3e`); write characters as they are",
            "encoding",
        ),
    ],
)
def test_what_is_no_json_is_told(data: str | bytes, message: str, code: str) -> None:
    with pytest.raises(ModelError) as refusal:
        read_json(data, most=MOST)
    assert str(refusal.value) == message
    assert [each.code for each in refusal.value.faults] == [code]


def test_two_escapes_of_one_character_are_read() -> None:
    assert read_json(r'"\ud83c\udf3e"', most=MOST) == "🌾"


@pytest.mark.parametrize("data", ["[" * 65 + "]" * 65, '{"a":' * 65 + "1" + "}" * 65, "[" * 500_000])
def test_what_is_nested_too_deep_is_told(data: str) -> None:
    with pytest.raises(LimitError) as refusal:
        read_json(data, most=MOST)
    assert str(refusal.value) == "$: nested deeper than 64; write one JSON document"


def test_brackets_in_texts_are_no_nesting_and_64_levels_are_read() -> None:
    assert read_json(json.dumps(["[" * 100, '\\"' + "{" * 100]), most=MOST)
    assert read_json("[" * 64 + "]" * 64, most=MOST)


def test_what_is_too_long_is_told() -> None:
    with pytest.raises(LimitError) as refusal:
        read_json("[1, 2, 3]", most=8)
    assert str(refusal.value) == "$: longer than 8; send less at a time"


@pytest.mark.parametrize("data", ['"' + '\\"' * 500_000, '["' * 350_000, "\\" * 1_000_000, "[" * 65 + '"' * 999_000])
def test_texts_that_nobody_closes_take_no_more_time_than_others(data: str) -> None:
    with within(2), pytest.raises(FupinRulesError):
        read_json(data, most=MOST)
