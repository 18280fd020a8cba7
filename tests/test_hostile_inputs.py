"""Inputs from strangers: each ends in an error of our own, within a second and 200 MB."""

import json
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import attrs
import pytest
from small_pack import write_pack

import fupin_rules as fr
from fupin_rules.citations import Citation, Source, Standing
from fupin_rules.errors import FupinRulesError
from fupin_rules.expr import And, Expr, Name, from_json, parse
from fupin_rules.periods import Period
from fupin_rules.policy import Amendment, ChangeRule, load_amendment, load_cases, load_policy
from fupin_rules.quantities import exact
from fupin_rules.registry import read_register
from pace import within

SECONDS = 1.0
BYTES = 200 << 20


def refused(attempt: Callable[[], object]) -> str:
    """Run an attempt that must end in our own error, in time and in memory; give the message."""
    tracemalloc.start()
    try:
        with within(SECONDS), pytest.raises(FupinRulesError) as refusal:
            attempt()
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert peak < BYTES
    return str(refusal.value)


def timed(attempt: Callable[[], object]) -> None:
    with within(SECONDS), pytest.raises(FupinRulesError):
        attempt()


RULE = 'when = "wage < line"'
HOSTILE_PACKS = {
    "file of 2 MiB": ("rules.toml", RULE, RULE + "\n#" + "x" * (2 << 20)),
    "2,000 levels of lists": ("rules.toml", RULE, f"{RULE}\nnote = {'[' * 2000}{']' * 2000}"),
    "key of 20,000 parts": ("rules.toml", RULE, RULE + "\n" + "a." * 20_000 + "b = 1"),
    "key of 20,000 parts inside a table": ("rules.toml", RULE, RULE + "\nnote = {" + "a . " * 20_000 + "b = 1}"),
    "hexadecimal of a million digits": ("parameters.toml", "amount = 3000", "amount = 0x" + "f" * 900_000),
    "decimal of 5,000 digits": ("parameters.toml", "amount = 3000", "amount = " + "9" * 5000),
    "decimal with a large exponent": ("parameters.toml", "amount = 3000", "amount = 1E+1000000"),
    "decimal with an impossible exponent": ("parameters.toml", "amount = 3000", "amount = 1e9999999999999999999"),
    "infinity": ("parameters.toml", "amount = 3000", "amount = inf"),
    "text of 20,000 characters": ("rules.toml", "收入低", "低" * 20_000),
    "expression of 20,000 characters": ("rules.toml", RULE, f'when = "{"wage < line and " * 1400}wage < line"'),
    "expression of 2,000 brackets": ("rules.toml", RULE, f'when = "{"(" * 2000}wage{")" * 2000} < line"'),
    "expression with direction marks": ("rules.toml", RULE, 'when = "wage < \u202eline"'),
    "year of a billion": ("parameters.toml", "from = 2017-01-01", "from = 1000000000-01-01"),
    "year 1": ("parameters.toml", "from = 2017-01-01", "from = 0001-01-01"),
    "day with a time": ("parameters.toml", "from = 2017-01-01", "from = 2017-01-01T00:00:00Z"),
    "label with direction marks": ("rules.toml", "收入低", "收\u202e入低"),
    "label with an invisible character": ("rules.toml", "收入低", "收\u200b入低"),
    "bytes that are no text": ("rules.toml", "收入低", "\udcff"),
}


@pytest.mark.parametrize("name", HOSTILE_PACKS)
def test_a_hostile_pack(tmp_path: Path, name: str) -> None:
    file, old, new = HOSTILE_PACKS[name]
    pack = write_pack(tmp_path)
    text = (pack / file).read_text(encoding="utf-8")
    assert old in text
    (pack / file).write_bytes(text.replace(old, new).encode("utf-8", "surrogateescape"))
    refused(lambda: load_policy(pack))
    timed(lambda: load_policy(pack))


HOSTILE_AMENDMENTS = {
    "file of 2 MiB": "#" + "x" * (2 << 20),
    "key of 20,000 parts": "a." * 20_000 + "b = 1",
    "20,000 patches": "[[label]]\n" * 20_000,
    "decimal with a large exponent": '[[parameter]]\naction = "set"\nname = "line"\namount = 1E+1000000\n',
    "expression of 2,000 brackets": f'[[rule]]\naction = "change"\nid = "poor"\nwhen = "{"(" * 2000}a{")" * 2000}"\n',
    "500 patches that all touch the same": (
        '[[rule]]\naction = "change"\nid = "poor"\nsource = "a"\nwhen = "a or b or c or d"\n' * 500
    ),
}


@pytest.mark.parametrize("name", HOSTILE_AMENDMENTS)
def test_a_hostile_amendment(tmp_path: Path, name: str) -> None:
    path = tmp_path / "a.toml"
    head = 'format = 1\nid = "a"\npolicy = "relief"\ntitle = { zh = "改", en = "a" }\nsource = "a"\n'
    days = (
        'published = 2016-05-01\nfrom = 2016-05-01\n[sources.a]\ntitle = "通知"\ntitle_en = "a"\nstanding = "stated"\n'
    )
    path.write_text(head + days + HOSTILE_AMENDMENTS[name] + "\n", encoding="utf-8")
    assert "a.toml" in refused(lambda: load_amendment(path))


def test_amendments_without_end_are_refused(tmp_path: Path) -> None:
    policy = load_policy(write_pack(tmp_path))
    source = Citation(Source("a", "通知", "a", Standing.STATED))
    days = [
        Period(date(2016, 1, 1) + timedelta(days=2 * each), date(2016, 1, 2) + timedelta(days=2 * each))
        for each in range(150)
    ]
    patches = [ChangeRule("poor", source, "wage < line", days=each) for each in days]
    endless = Amendment("a", "relief", "改", "a", source, date(2016, 1, 1), days[0], patches)
    many = [
        attrs.evolve(endless, id=f"a{number}", published=date(2016, 1, 1) + timedelta(days=number))
        for number in range(8)
    ]
    assert "different texts over time" in refused(lambda: policy.amend(*many))


def test_hostile_cases(tmp_path: Path) -> None:
    deep = "{a=" * 70 + "1" + "}" * 70
    pack = write_pack(
        tmp_path, {"cases.toml": {'set = { "income.wage_income_yuan" = "2999.99",': f'set = {{ "hukou" = {deep},'}}
    )
    assert "nested deeper than 64" in refused(lambda: load_cases(pack))


def test_rules_that_take_too_many_steps_are_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
    crowd = fr.Household(id="1", members_complete=True, members=tuple(fr.Member(id=str(n)) for n in range(60)))
    assert fr.assess(crowd, rules).outcome is fr.Outcome.UNDETERMINED
    monkeypatch.setattr("fupin_rules.policy._judge.MAX_STEPS", 1000)
    assert "takes more than 1000 steps on one household" in refused(lambda: fr.assess(crowd, rules).judgement)


def test_a_shared_node_is_counted_at_every_visit() -> None:
    expr: Expr = Name("a")
    for _ in range(24):
        expr = And((expr, expr))
    rules = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
    from fupin_rules.expr import check

    timed(lambda: check(expr, rules.scope(rules.rules[0].subject)))


@pytest.mark.parametrize(
    "value",
    [
        Decimal("1E+1000000"),
        Decimal("1E-1000000"),
        "1E+9999",
        "9" * 31,
        "9" * 5000,
        pytest.param(10**5000, id="ten to 5000"),
        float("nan"),
        float("inf"),
        Decimal("nan"),
        Decimal("sNaN"),
        "١٢٣",
        "0x10",
        "1_000",
        True,
        Fraction(1, 3),
        None,
    ],
)
def test_a_number_that_is_none(value: object) -> None:
    with within(SECONDS), pytest.raises(ValueError, match="number|digits|exponent|decimal|truth"):
        exact(value)
    if value is not None:
        timed(lambda: fr.from_plain(fr.Household, {"id": "1", "income": {"pension_yuan": value}}))


@pytest.mark.parametrize(
    "data",
    [
        [1],
        "x",
        {"id": "x" * 65},
        {"id": "a]b"},
        {"id": " 1"},
        {"id": "1", "village": "x" * 20_000},
        {"id": "1", "members": [{"id": str(n)} for n in range(61)]},
        {"id": "1", "members": [{"id": "1"}, {"id": "1"}]},
        {"id": "1", 5: 6},
        {"id": "1", "income": {"pension_yuan": {"not_known": "because"}}},
        {"id": "1", "data_year": 10**40},
    ],
)
def test_plain_data_that_does_not_fit(data: object) -> None:
    timed(lambda: fr.from_plain(fr.Household, data))


def test_plain_data_as_deep_as_a_stranger_likes() -> None:
    data: dict[str, object] = {}
    for _ in range(50_000):
        data = {"income": data}
    timed(lambda: fr.from_plain(fr.Household, data))


# -- sheets and lines ------------------------------------------------------------------------------------------------


def folder(tmp_path: Path, name: str, content: bytes) -> Path:
    (tmp_path / name).write_bytes(content)
    return tmp_path


HEADERS = "证件号码,与户主关系,人数".encode()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.csv", b""),
        ("a.csv", b"\xff\xff\xff"),
        ("a.csv", HEADERS + b"\n1,2\0,3"),
        ("a.csv", HEADERS + b'\n"' + b"x" * 200_000 + b'",1,1'),
        ("a.csv", "甲,乙".encode()),
        ("a.csv", "证件号码,与户主关系,人数,证件号码".encode()),
        ("a.csv", "证件号码,与户主关系,人数,星座".encode()),
        ("a.xlsx", b"no archive"),
        ("a.xlsx", b"PK\x05\x06" + b"\0" * 18),
        ("a.docx", b"x"),
    ],
)
def test_a_sheet_that_cannot_be_read(tmp_path: Path, name: str, content: bytes) -> None:
    place = folder(tmp_path, name, content)
    refused(lambda: read_register(place))
    timed(lambda: read_register(place))


@pytest.mark.parametrize(("row", "column"), [(1_048_575, 16_383), (1_048_575, 0), (70_000, 15), (0, 16_383)])
def test_a_workbook_whose_cells_lie_far_apart(tmp_path: Path, row: int, column: int) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "sparse.xlsx")
    page = book.add_worksheet()
    page.write_string(0, 0, "证件号码")
    page.write_string(row, column, "x")
    book.close()
    timed(lambda: read_register(tmp_path))
    if row * column:
        assert "more than 1000000 cells" in refused(lambda: read_register(tmp_path))


@pytest.mark.parametrize(
    "sheet",
    [
        b'<row r="1048576"><c><v>1</v></c><c><v>1</v></c></row>',
        b"<row r='900000'><c r = 'ZZ900000'/></row>",
        b'<x:row spans="1:2" r="1048576"><x:c/><x:c/></x:row>',
    ],
)
def test_a_sheet_written_by_hand_cannot_hide_its_extent(tmp_path: Path, sheet: bytes) -> None:
    with zipfile.ZipFile(tmp_path / "a.xlsx", "w") as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"<worksheet><sheetData>" + sheet + b"</sheetData></worksheet>")
    assert "more than 1000000 cells" in refused(lambda: read_register(tmp_path))


def test_a_workbook_that_unpacks_to_a_gigabyte(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as sheet:
            for _ in range(200):
                sheet.write(b"\0" * (1 << 20))
    assert path.stat().st_size < 400_000
    assert "unpacks to" in refused(lambda: read_register(path))


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[" * 100_000,
        '{"id": ' + "[" * 70 + "]" * 70 + "}",
        '{"id": "1", "id": "2"}',
        '{"id": "1", "income": {"pension_yuan": NaN}}',
        '{"id": "1", "income": {"pension_yuan": Infinity}}',
        '{"id": "1", "income": {"pension_yuan": 1e999999}}',
        '{"id": "1", "income": {"pension_yuan": ' + "9" * 6000 + "}}",
        '{"id": "1", "village": "' + "x" * (1 << 21) + '"}',
        '{"id": "1", "income": {"pension_yuan": "1e9999999"}}',
    ],
)
def test_a_line_that_cannot_be_read_is_listed_and_harms_no_other(tmp_path: Path, line: str) -> None:
    path = tmp_path / "homes.jsonl"
    path.write_text(json.dumps({"id": "good"}) + "\n" + line + "\n", encoding="utf-8")
    with within(SECONDS):
        reading = read_register(path)
    assert [home.id for home in reading.households] == ["good"]
    assert {problem.row for problem in reading.problems} == {2}
    assert (reading.rows_read, reading.rows_used, reading.rows_set_aside) == (2, 1, 1)


@pytest.mark.parametrize(
    "text", ["a" * 20_000, "not " * 5000 + "a", "a." * 4999 + "b", "9" * 9999 + " < x", "(" * 9999]
)
def test_a_hostile_rule_text(text: str) -> None:
    timed(lambda: parse(text))


def test_hostile_json_of_a_rule() -> None:
    data: list[object] = ["name", "a"]
    for _ in range(60_000):
        data = ["not", data]
    timed(lambda: from_json(data))
