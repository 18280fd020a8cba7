"""Canonical bytes: one value, one run of bytes, and nothing else is read."""

import enum
import json
import random
from collections.abc import Iterator, Mapping
from decimal import Decimal
from types import MappingProxyType

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from fupin_rules.errors import LimitError, WorkflowError
from fupin_rules.journal import JournalCorruptError, canonical, read_canonical

TEXT = st.text(st.characters(codec="utf-8"), max_size=8)
PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)

# Test data of the JSON Canonicalization Scheme (cyberphone/json-canonicalization), input and output. `structures` has 56
# here for 56.0, `values` has no numbers: fractions and exponents are outside the subset. The last is RFC 8785, 3.2.3.
VECTORS = {
    "arrays": (
        '[\n  56,\n  {\n    "d": true,\n    "10": null,\n    "1": [ ]\n  }\n]',
        '[56,{"1":[],"10":null,"d":true}]',
    ),
    "french": (
        """{"peach": "This sorting order", "péché": "is wrong according to French",
        "pêche": "but canonicalization MUST", "sin":   "ingnore locale"}""",
        (
            """{"peach":"This sorting order","péché":"is wrong according to French","""
            """"pêche":"but canonicalization MUST","sin":"ingnore locale"}"""
        ),
    ),
    "structures": (
        r"""{"1": {"f": {"f": "hi","F": 5} ,"\n": 56}, "10": { }, "": "empty", "a": { }, "111": [ { } ], "A": { }}""",
        r"""{"":"empty","1":{"\n":56,"f":{"F":5,"f":"hi"}},"10":{},"111":[{}],"A":{},"a":{}}""",
    ),
    "unicode": (r"""{"Unnormalized Unicode":"\u1e0d\u0307"}""", """{"Unnormalized Unicode":"\u1e0d\u0307"}"""),
    "values": (
        r"""{"escaping": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}""",
        r"""{"escaping":"€$\u000f\nA'B\"\\\\\"/","literals":[null,true,false]}""",
    ),
    "weird": (
        r"""{"\u20ac": "Euro Sign", "1": "One", "\u0080": "Control\u007f", "\ud83d\ude02": "Smiley",
        "\u00f6": "Latin Small Letter O With Diaeresis", "\ufb33": "Hebrew Letter Dalet With Dagesh",
        "</script>": "Browser Challenge"}""",
        (
            """{"1":"One","</script>":"Browser Challenge","\x80":"Control\x7f","""
            """"ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","\U0001f602":"Smiley","""
            """"\ufb33":"Hebrew Letter Dalet With Dagesh"}"""
        ),
    ),
    "sorting": (
        r"""{"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7}""",
        """{"\\r":2,"1":4,"\x80":6,"ö":7,"€":1,"\U0001f600":5,"\ufb33":3}""",
    ),
}


@pytest.mark.parametrize("name", VECTORS)
def test_the_vectors_of_the_scheme_are_written_as_it_says(name: str) -> None:
    text, expected = VECTORS[name]
    assert canonical(json.loads(text)) == expected.encode()
    assert read_canonical(expected.encode()) == json.loads(text)


@given(PLAIN)
def test_what_is_written_is_read_back(value: object) -> None:
    assert read_canonical(canonical(value)) == value


@given(st.dictionaries(TEXT, PLAIN, max_size=6), st.randoms(use_true_random=False))
def test_the_order_in_which_fields_were_set_does_not_matter(table: dict[str, object], shuffler: random.Random) -> None:
    items = list(table.items())
    shuffler.shuffle(items)
    assert canonical(dict(items)) == canonical(table)


@given(st.lists(TEXT, unique=True, max_size=6))
def test_keys_stand_in_the_order_of_their_utf16_units(keys: list[str]) -> None:
    def units(key: str) -> list[int]:
        raw = key.encode("utf-16-be")
        return [raw[at] << 8 | raw[at + 1] for at in range(0, len(raw), 2)]

    assert list(json.loads(canonical(dict.fromkeys(keys)))) == sorted(keys, key=units)


def test_read_only_mappings_and_tuples_are_objects_and_lists() -> None:
    assert canonical(MappingProxyType({"a": (1, 2)})) == b'{"a":[1,2]}'


class Code(enum.StrEnum):
    """A subclass of text."""

    POOR = "poor"


class Masked(str):
    """A text that hides itself."""

    __slots__ = ()


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (1.0, "$: a value of kind `float`"),
        ({"a": [1, Decimal(1)]}, "$.a[1]: a value of kind `Decimal`"),
        ({"a": {"b c": float("nan")}}, '$.a["b c"]: a value of kind `float`'),
        ([b"x"], "$[0]: a value of kind `bytes`"),
        ([{1}], "$[0]: a value of kind `set`"),
        (Code.POOR, "$: a value of kind `Code`"),
        ([Masked("370123")], "$[0]: a value of kind `Masked`"),
        (2**53, "$: a number beyond 2^53 - 1"),
        (-(2**53), "$: a number beyond 2^53 - 1"),
        ({"a": "\ud800"}, "$.a: a lone surrogate"),
        ({"\udfff": 1}, "$: a key that is not plain text"),
        ({1: 1}, "$: a key that is not plain text"),
        ({"a": {None: 1}}, "$.a: a key that is not plain text"),
        ({"k" * 60: 1.5}, f'$["{"k" * 40}…"]: a value of kind `float`'),
    ],
)
def test_other_values_are_refused_by_their_place(value: object, message: str) -> None:
    with pytest.raises(WorkflowError) as refused:
        canonical(value)
    assert str(refused.value).startswith(message)


def test_a_refusal_does_not_repeat_the_value() -> None:
    with pytest.raises(WorkflowError) as refused:
        canonical({"number": 370123190001010000.5})
    assert "3701" not in str(refused.value)


def nested(depth: int) -> object:
    value: object = 0
    for _ in range(depth):
        value = [value]
    return value


def test_what_cannot_be_read_is_not_written() -> None:
    assert read_canonical(canonical(nested(64))) == nested(64)
    with pytest.raises(LimitError, match="nested deeper than 64"):
        canonical(nested(65))
    circle: list[object] = []
    circle.append(circle)
    with pytest.raises(LimitError, match="nested deeper"):
        canonical(circle)
    assert len(canonical("x" * (2**20 - 2))) == 2**20
    with pytest.raises(LimitError, match="longer than 1048576 bytes"):
        canonical("x" * (2**20 - 1))


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "is no JSON"),
        (b"\xff", "is not UTF-8"),
        (b'\xef\xbb\xbf{"a":1}', "is no JSON"),
        (b'{"a":1} ', "is not in canonical form"),
        (b'{"b":1,"a":2}', "is not in canonical form"),
        (b'"\\u0041"', "is not in canonical form"),
        (b'"\\/"', "is not in canonical form"),
        (b'"\\u000F"', "is not in canonical form"),
        (b"-0", "is not in canonical form"),
        (b"01", "is no JSON"),
        (b'{"a":1,"a":1}', "is no JSON, or has a key twice"),
        (b"NaN", "is no JSON"),
        (b"-Infinity", "is no JSON"),
        (b"1.0", "is no JSON"),
        (b"1e3", "is no JSON"),
        (b'"\\ud800"', "holds a value that is never written"),
        (b"9007199254740992", "holds a value that is never written"),
        (b"9" * 17, "a number of more than 16 digits"),
        (b"9" * 5000, "a number of more than 16 digits"),
        (b"[" * 65 + b"]" * 65, "nested deeper than 64"),
        (b"[" * 100_000, "nested deeper than 64"),
        (b'{"a":' * 500_000, "longer than"),
        (b'"' + b"x" * 2**20 + b'"', "longer than 1048576 bytes"),
        (b'"a" x', "is no JSON"),
    ],
)
def test_other_bytes_are_refused(data: bytes, what: str) -> None:
    with pytest.raises(JournalCorruptError) as refused:
        read_canonical(data, where="line 3")
    assert str(refused.value).startswith(f"line 3: {what}")


def test_brackets_and_digits_in_text_are_not_counted() -> None:
    value = {"a": "[" * 100 + '"\\"' + "{" * 100, "prev": "0" * 64}
    assert read_canonical(canonical(value)) == value


@given(st.binary(max_size=60) | st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")))
@settings(max_examples=400)
@example(b'{"\\ud800":1}')
def test_any_bytes_are_read_as_canonical_or_refused_as_corrupt(data: bytes) -> None:
    try:
        value = read_canonical(data)
    except JournalCorruptError:
        return
    assert canonical(value) == data


@given(PLAIN, st.data())
@settings(max_examples=300)
def test_a_changed_byte_is_refused_or_is_another_canonical_value(value: object, data: st.DataObject) -> None:
    raw = bytearray(canonical(value))
    at = data.draw(st.integers(0, len(raw) - 1))
    raw[at] ^= data.draw(st.integers(1, 255))
    try:
        changed = read_canonical(bytes(raw))
    except JournalCorruptError:
        return
    assert canonical(changed) == bytes(raw) != canonical(value)


def test_a_mapping_that_is_no_dictionary_is_asked_for_its_own_keys() -> None:
    class Table(Mapping[str, object]):
        def __getitem__(self, key: str) -> object:
            return {"b": 1, "a": 2}[key]

        def __iter__(self) -> Iterator[str]:
            return iter(("b", "a"))

        def __len__(self) -> int:
            return 2

    assert canonical(Table()) == b'{"a":2,"b":1}'
