"""TOML from strangers: places told, limits kept, every refusal our own."""

import tracemalloc
from datetime import date
from pathlib import Path

import pytest

from fupin_rules.documents import MAX_FILE_BYTES, Document, plain_document, read_toml
from fupin_rules.errors import FupinRulesError, LimitError, PolicyError
from pace import within


def read(folder: Path, text: str | bytes) -> Document:
    path = folder / "rules.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_toml(path, "p/rules.toml")


def test_places_of_headers_keys_and_strings(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        '# a comment with "quotes" and [brackets]\n'
        "[[rule]]\n"
        'id = "a#b"   # not [a] header\n'
        "[[rule]]\n"
        "  id = 'b'\n"
        "when = '''\n"
        "x == [1]\n"
        "'''\n"
        "label = { zh = '甲', en = 'a' }\n"
        "[[rule.unless]]\n"
        "id = 'c'\n",
    )
    assert document.data["rule"][0]["id"] == "a#b"
    assert document.where("rule", 0, "id") == "p/rules.toml, line 3, column 1"
    assert document.where("rule", 1, "id") == "p/rules.toml, line 5, column 3"
    assert document.where("rule", 1, "label", "zh") == "p/rules.toml, line 9, column 11"
    assert document.where("rule", 1, "unless", 0, "id") == "p/rules.toml, line 11, column 1"
    assert document.where("rule", 1, "absent") == "p/rules.toml, line 4, column 1"
    assert document.strings["rule", 1, "when"] == (7, 1)
    assert document.strings["rule", 1, "id"] == (5, 9)


def test_places_inside_values(tmp_path: Path) -> None:
    document = read(
        tmp_path,
        "[[moves]]\n"
        "from = ['a', \"b\", '''c''']  # not [d]\n"
        "effects = [\n"
        "  { do = 'set', to = \"x\" },  # { not = 'this' }\n"
        "  { do = 'set', deep.er = 1, 'to' = '''\n"
        "y''' },\n"
        "]\n"
        "needs = { reviews = [ 'a', [['b']] ], none = {} }\n",
    )
    assert document.data["moves"][0]["effects"][1] == {"do": "set", "deep": {"er": 1}, "to": "y"}
    places: dict[tuple[str | int, ...], str] = {
        ("from", 1): "line 2, column 14",
        ("effects",): "line 3, column 1",
        ("effects", 0): "line 4, column 3",
        ("effects", 0, "to"): "line 4, column 17",
        ("effects", 1, "do"): "line 5, column 5",
        ("effects", 1, "deep", "er"): "line 5, column 3",
        ("effects", 1, "to"): "line 5, column 30",
        ("needs", "reviews", 1, 0, 0): "line 8, column 30",
        ("needs", "none"): "line 8, column 39",
        ("needs", "absent"): "line 8, column 1",
    }
    for path, place in places.items():
        assert document.where("moves", 0, *path) == f"p/rules.toml, {place}"
    assert document.text_start("moves", 0, "from", 2) == ("p/rules.toml", (2, 22))
    assert document.text_start("moves", 0, "effects", 0, "to") == ("p/rules.toml", (4, 23))
    assert document.text_start("moves", 0, "effects", 1, "to") == ("p/rules.toml", (6, 1))
    assert document.text_start("moves", 0, "effects", 1, "deep", "er") == ("p/rules.toml", (5, 3))
    assert document.text_start("absent") == ("p/rules.toml", (1, 1))


def test_plain_data_has_paths_for_places() -> None:
    document = plain_document({"moves": ({"when": "a", 7: date(2016, 1, 6)},)})
    assert document.data == {"moves": [{"when": "a", "7": date(2016, 1, 6)}]}
    assert document.where("moves", 0, "when") == "$.moves[0].when"
    assert document.where() == "$"
    assert document.text_start("moves", 0, "when") == ("$.moves[0].when", (1, 1))


@pytest.mark.parametrize("value", ["''", "[['']]", "{a=[{}]}"])
def test_places_inside_one_long_list_are_kept_in_time_and_memory(tmp_path: Path, value: str) -> None:
    text = "a = [" + f"{value}," * ((1 << 17) // (len(value) + 1)) + "]"
    assert len(text) * 8 >= MAX_FILE_BYTES
    tracemalloc.start()
    with within(1):
        read(tmp_path, text)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 25 << 20


def test_places_after_multi_line_strings_with_escapes_and_quotes(tmp_path: Path) -> None:
    document = read(tmp_path, 'a = """x \\""" [t]\n# no""""\nb = "\\"[u]"\n"quoted key" = 1\n[c.d]\ne = 1\n')
    assert document.data == {"a": 'x """ [t]\n# no"', "b": '"[u]', "quoted key": 1, "c": {"d": {"e": 1}}}
    assert document.where("b") == "p/rules.toml, line 3, column 1"
    assert document.where("quoted key") == "p/rules.toml, line 4, column 1"
    assert document.where("c", "d", "e") == "p/rules.toml, line 6, column 1"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (b"a = " + b"[" * 2000, "depth"),
        (b"a = " + b"[" * 65 + b"]" * 65, "depth"),
        (b"a." * 20_000 + b"b = 1", "key_parts"),
        (b"a = { " + b"b . " * 20_000 + b"c = 1 }", "key_parts"),
        (b"a = { " + b"b." * 20_000 + b"c = 1 }", "digits"),
        (b"[" + b"a." * 20_000 + b"b]", "key_parts"),
        (b"a = 0x" + b"f" * 1_000_000, "digits"),
        (b"a = " + b"9" * 5_000, "digits"),
        (b"a = [1, " + b"9" * 5_000 + b"]", "digits"),
        (b"a = 1e9999999999999999999999", "syntax"),
        (b"a = \xff", "encoding"),
        (b"a = 1\na = 2", "syntax"),
        (b"a = 1979-13-01", "syntax"),
        (b"= 1", "syntax"),
        (b'a = "unclosed', "syntax"),
        (b"a = '''unclosed", "syntax"),
        (b"#" * (MAX_FILE_BYTES + 1), "file_size"),
        (b"a = [" + b"{" * 70, "depth"),
    ],
)
def test_a_file_from_a_stranger_ends_in_our_own_error_at_once(tmp_path: Path, text: bytes, code: str) -> None:
    with within(1), pytest.raises((LimitError, PolicyError)) as refusal:
        read(tmp_path, text)
    assert refusal.value.faults[0].code == code


def test_the_largest_file_that_is_read_is_read_within_a_second(tmp_path: Path) -> None:
    lines = "".join(f"[[rule]]\nid = 'r{n}'\nwhen = 'a.b == 1'\n" for n in range(25_000))
    with within(3):
        document = read(tmp_path, lines[: lines.rindex("[[rule]]", 0, MAX_FILE_BYTES)])
    assert len(document.data["rule"]) > 20_000


def test_a_number_that_no_decimal_holds_is_a_fault_not_a_crash(tmp_path: Path) -> None:
    with pytest.raises(FupinRulesError) as refusal:
        read(tmp_path, "a = 1e" + "9" * 30)
    assert str(refusal.value) == "p/rules.toml: holds a number or date that cannot be read; mend it"
