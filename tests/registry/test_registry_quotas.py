"""Quotas of villages out of a sheet: a blank is not zero, nobody stands twice, all faults at once."""

from pathlib import Path

import pytest

from fupin_rules.errors import RegisterError
from fupin_rules.registry import read_quotas


def write(folder: Path, text: str) -> Path:
    path = folder / "quotas.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_are_read_in_order_and_blank_ones_passed_over(tmp_path: Path) -> None:
    found = read_quotas(write(tmp_path, "乡镇,行政村,名额,备注\n东镇,甲村,3,\n,,,\n西镇,甲村,0,x\n"))
    assert [(each.township, each.village, each.number, each.where) for each in found] == [
        ("东镇", "甲村", 3, "quotas.csv, row 2"),
        ("西镇", "甲村", 0, "quotas.csv, row 4"),
    ]


def workbook(folder: Path, sheets: dict[str, list[list[object]]]) -> Path:
    xlsxwriter = pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    path = folder / "quotas.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for place, row in enumerate(rows):
                page.write_row(place, 0, row)
    return path


def test_a_workbook_gives_the_same_and_empty_sheets_in_it_are_passed_over(tmp_path: Path) -> None:
    rows: list[list[object]] = [["village", "quota"], ["甲村", 3], ["乙村", "4"]]
    path = workbook(tmp_path, {"空": [], "空白": [[" "]], "规模": rows, "Sheet3": []})
    assert [(each.village, each.number) for each in read_quotas(path)] == [("甲村", 3), ("乙村", 4)]


def test_no_sheet_with_rows_is_left_unread_in_silence(tmp_path: Path) -> None:
    path = workbook(
        tmp_path, {"东镇": [["village", "quota"], ["甲村", 3]], "西镇": [["village", "quota"], ["乙村", 4]]}
    )
    with pytest.raises(RegisterError) as refusal:
        read_quotas(path)
    assert str(refusal.value) == "quotas.xlsx [西镇]: has rows too; keep all quotas on one sheet"


def test_a_township_that_is_no_text_is_not_taken_for_none(tmp_path: Path) -> None:
    path = workbook(tmp_path, {"规模": [["township", "village", "quota"], [371482, "甲村", 3], ["", "乙村", 4]]})
    with pytest.raises(RegisterError) as refusal:
        read_quotas(path)
    assert str(refusal.value) == (
        "quotas.xlsx [规模], row 2: the township of `甲村` is no text; name it as on the register, or leave it blank"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "",
            "quotas.csv: has no column `village` and no column `quota`; head the columns village,quota or 行政村,名额",
        ),
        (
            "village,number\n甲村,1\n",
            "quotas.csv: has no column `quota`; head the columns village,quota or 行政村,名额",
        ),
        (
            "行政村,名额,指标数\n甲村,1,9\n",
            "quotas.csv, row 1, column 3: header `指标数` stands for the same as column 2; remove one of the two",
        ),
        ("village,quota\n,1\n", "quotas.csv, row 2: names no village; name it, or remove the row"),
        (
            "village,quota\n甲村,1\n甲村,1\n",
            "quotas.csv, row 3: `甲村` has a quota in row 2 already; give each village one row, and name its township",
        ),
    ],
)
def test_what_a_sheet_cannot_say(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RegisterError) as refusal:
        read_quotas(write(tmp_path, text))
    assert str(refusal.value) == message


@pytest.mark.parametrize("number", ["", " ", "-1", "1.5", "三", "1e3", "99999999999", "无"])
def test_a_quota_is_a_whole_number_and_a_blank_is_not_zero(tmp_path: Path, number: str) -> None:
    with pytest.raises(RegisterError) as refusal:
        read_quotas(write(tmp_path, f"village,quota\n甲村,{number}\n乙村,1\n"))
    assert str(refusal.value) == (
        "quotas.csv, row 2: the quota of `甲村` is no whole number, zero or more;"
        " give a number; 0 where nobody can be taken"
    )


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(RegisterError) as refusal:
        read_quotas(write(tmp_path, "village,quota\n甲村,x\n,2\n乙村,1\n乙村,1\n"))
    assert [each.code for each in refusal.value.faults] == ["quota_number", "quota_village", "double"]
