"""A register written back with what is wrong: the copy reads like the original, and runs nothing."""

import csv
from datetime import date
from pathlib import Path

import pytest

from filled_forms import HOMES, VILLAGES, letters, plant, put, sheets_of, tables, told
from fupin_rules.errors import LimitError, RegisterError
from fupin_rules.registry import (
    RowProblem,
    read_register,
    write_marked,
)


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_a_marked_copy_says_what_is_wrong_and_reads_like_the_original(tmp_path: Path, suffix: str) -> None:
    sheets = tables(HOMES, VILLAGES)
    plant(sheets, "household", 5, "耕地面积", "-1")
    plant(sheets, "member", 20, "户编号", "H-99")
    plant(sheets, "village-summary", 2, "登记人口数", "11")
    place = tmp_path / "in"
    place.mkdir()
    put(place, sheets)
    if suffix == "xlsx":
        (tmp_path / "in.xlsx").write_bytes(b"")
        write_marked(place, (), tmp_path / "in.xlsx")
        place = tmp_path / "in.xlsx"
    reading = read_register(place)
    write_marked(place, reading.problems, tmp_path / "out.xlsx")
    held = sheets_of(tmp_path / "out.xlsx")
    name = next(each for each in held if each in ("household", "贫困户登记表"))
    assert held[name][0][-1] == "错误说明"
    assert held[name][4][-1] == (
        "「耕地面积」单元格内容不合要求，按未知处理；请更正，或留空（cannot be less than 0; correct the cell, or leave it blank）"
    )
    assert [row for row in held[name][1:] if row[-1]] == [held[name][4], held[name][10]]
    again = read_register(tmp_path / "out.xlsx")
    assert [p[1:] for p in told(again)] == [p[1:] for p in told(reading)]
    assert again.households == reading.households
    # Marked once more, the column is written anew and not beside itself.
    write_marked(tmp_path / "out.xlsx", again.problems, tmp_path / "twice.xlsx")
    assert sheets_of(tmp_path / "twice.xlsx") == held


def test_cells_that_are_wrong_are_coloured_in_the_copy(tmp_path: Path) -> None:
    import zipfile

    sheets = tables(HOMES[:1])
    plant(sheets, "household", 2, "耕地面积", "-1")
    place = tmp_path / "in"
    place.mkdir()
    reading = read_register(put(place, sheets, "household", "member"))
    write_marked(place, reading.problems, tmp_path / "o.xlsx")
    column = letters(sheets["household"][0].index("耕地面积"))
    with zipfile.ZipFile(tmp_path / "o.xlsx") as held:
        page = held.read("xl/worksheets/sheet1.xml").decode()
        plain_cell, wrong = (page.partition(f'<c r="{each}2" s="')[2].partition('"')[0] for each in ("A", column))
    assert plain_cell != wrong != ""


def test_nothing_that_a_spreadsheet_would_run_and_no_number_that_lost_its_digits_comes_along(tmp_path: Path) -> None:
    import xlsxwriter

    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    page = book.add_worksheet("成员")
    for place, (header, cell) in enumerate(
        {
            "证件号码": 110105194912310021,
            "与户主关系": "户主",
            "人数": 1,
            "姓名": "甲",
            "银行卡号": 20.5,
            "民族": "汉族",
        }.items()
    ):
        page.write(0, place, header)
        page.write(1, place, cell)
    page.write_formula(1, 3, '=HYPERLINK("http://x")', None, "甲")
    page.write_datetime(2, 0, date(2016, 1, 2), book.add_format({"num_format": "yyyy-mm-dd"}))
    page.write_boolean(2, 1, True)
    book.close()
    reading = read_register(tmp_path / "a.xlsx")
    write_marked(tmp_path / "a.xlsx", reading.problems, tmp_path / "b.xlsx")
    (rows,) = sheets_of(tmp_path / "b.xlsx").values()
    assert rows[1][0].endswith("e+17")
    assert rows[1][1:6] == ["户主", "1", "甲", "20.5", "汉族"]
    assert rows[2][:2] == ["2016-01-02", "TRUE"]
    import zipfile

    with zipfile.ZipFile(tmp_path / "b.xlsx") as held:
        assert b"<f>" not in held.read("xl/worksheets/sheet1.xml")
    assert {p.code for p in read_register(tmp_path / "b.xlsx").problems if p.row == 2} >= {"certificate"}


def test_a_single_csv_is_marked_as_csv(tmp_path: Path) -> None:
    sheets = tables(HOMES[:1])
    plant(sheets, "household", 2, "耕地面积", "-1")
    plant(sheets, "household", 2, "行政村", "'=1+1")
    put(tmp_path, sheets, "household")
    reading = read_register(tmp_path / "household.csv")
    write_marked(tmp_path / "household.csv", reading.problems, tmp_path / "o.csv")
    again = read_register(tmp_path / "o.csv")
    assert again.households == reading.households
    assert again.households[0].village == "=1+1"
    assert (tmp_path / "o.csv").read_text(encoding="utf-8-sig").splitlines()[0].endswith(",错误说明")


@pytest.mark.parametrize(
    ("read", "out", "message"),
    [
        ("in", "o.csv", "o.csv: is no .xlsx file; give one of these endings"),
        ("in/household.csv", "o.txt", "o.txt: is neither .xlsx nor .csv; give one of these endings"),
        ("homes.jsonl", "o.xlsx", "homes.jsonl: has no sheets to mark; give .csv or .xlsx"),
    ],
)
def test_what_cannot_be_marked_is_refused(tmp_path: Path, read: str, out: str, message: str) -> None:
    (tmp_path / "in").mkdir()
    put(tmp_path / "in", tables(HOMES[:1]))
    (tmp_path / "homes.jsonl").write_text('{"id": "a"}\n', encoding="utf-8")
    with pytest.raises(RegisterError) as refusal:
        write_marked(tmp_path / read, (), tmp_path / out)
    assert str(refusal.value) == message


def test_a_wrong_header_is_marked_at_its_place(tmp_path: Path) -> None:
    from fupin_rules.registry import header_problems

    (tmp_path / "in").mkdir()
    sheets = tables(HOMES[:1])
    plant(sheets, "household", 1, "林地面积", "林地面机")
    sheets["other"] = [["甲", "乙"], ["1", "2"]]
    with pytest.raises(RegisterError) as refusal:
        read_register(put(tmp_path / "in", sheets))
    problems = header_problems(refusal.value.faults)
    assert [(p.sheet, p.row, p.column, p.code) for p in problems] == [
        ("household.csv", 1, "林地面机", "unknown_header"),
        ("other.csv", 1, "", "layout"),
    ]
    write_marked(tmp_path / "in", problems, tmp_path / "o.xlsx")
    held = sheets_of(tmp_path / "o.xlsx")
    assert held["household"][1][-1].startswith(
        "「林地面机」表头不认识，全表未读；请更正表头（header `林地面机` is not known; did you mean `林地面积`?）"
    )
    assert held["other"][1][-1].startswith("表头不属于任何已知的表")
    # Mended in the copy, it is read.
    sheets = {name: [[str(cell) for cell in row] for row in rows] for name, rows in held.items() if name != "other"}
    plant(sheets, "household", 1, "林地面机", "林地面积")
    (tmp_path / "again").mkdir()
    assert read_register(put(tmp_path / "again", sheets)).households == HOMES[:1]


@pytest.mark.parametrize("suffix", ["csv", "xlsx"])
def test_what_is_wrong_with_headers_that_stand_alone_is_told_below_them(tmp_path: Path, suffix: str) -> None:
    sheets = tables(HOMES[:1])
    plant(sheets, "household", 1, "林地面积", "林地面机")
    del sheets["household"][1:]
    put(tmp_path, sheets, "household")
    wrong = [RowProblem("household.csv", 1, "林地面机", "unknown_header", "w", "m", sets_aside=True)]
    write_marked(tmp_path / "household.csv", wrong, tmp_path / f"o.{suffix}")
    if suffix == "xlsx":
        (rows,) = sheets_of(tmp_path / "o.xlsx").values()
    else:
        with (tmp_path / "o.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
    assert [row[-1] for row in rows] == ["错误说明", "「林地面机」表头不认识，全表未读；请更正表头（w; m）"]


def test_what_a_cell_does_not_hold_is_cut_and_counted(tmp_path: Path) -> None:
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["户编号", "姓名"], ["H-1", "𠀀" * 20_000], ["H-2", "甲" * 32_767], ["H-3", ""]])
    wrong = [RowProblem("a.csv", 2, "", "cell", "w" * 100, "m", sets_aside=False)] * 400
    wrong.append(RowProblem("a.csv", 3, "", "cell", "w" * 40_000, "m", sets_aside=False))
    wrong += [RowProblem("a.csv", 4, "", "cell", "w" * 40_000, "m", sets_aside=False)] * 2
    write_marked(tmp_path / "a.csv", wrong, tmp_path / "o.xlsx")
    (rows,) = sheets_of(tmp_path / "o.xlsx").values()
    *whole, last = rows[1][2].split("\n")
    assert len(set(whole)) == 1
    assert whole[0].endswith(f"（{'w' * 100}; m）")
    assert last == f"…（还有{400 - len(whole)}条）"
    assert 32_767 - len(whole[0]) - 20 < len(rows[1][2]) <= 32_767
    kept = rows[1][1].rstrip("…（还有0123456789字）")
    assert rows[1][1] == f"{kept}…（还有{20_000 - len(kept)}字）"
    assert kept == "𠀀" * len(kept)
    assert 32_760 < 2 * len(kept) + len(rows[1][1]) - len(kept) <= 32_767
    assert rows[2][1] == "甲" * 32_767
    assert (len(rows[2][2]), rows[2][2][-2:]) == (32_767, "w…")
    assert (len(rows[3][2]), rows[3][2][-8:]) == (32_767, "w…（还有1条）")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (
            [["甲"] * 16_384],
            (
                "a.csv: has 16385 columns with the one for what is wrong, more than the 16384 of a workbook;"
                " take out columns that are not needed"
            ),
        ),
        ([["甲"]] * 6, "a.csv: has 6 rows, more than the 5 of a workbook; split it by township"),
    ],
)
def test_a_sheet_that_no_workbook_holds_is_refused_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rows: list[list[str]], message: str
) -> None:
    monkeypatch.setattr("fupin_rules.registry._marks.MAX_ROWS", 5)
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    with pytest.raises(LimitError) as refusal:
        write_marked(tmp_path / "a.csv", (), tmp_path / "o.xlsx")
    assert str(refusal.value) == message
    assert [each.name for each in tmp_path.iterdir()] == ["a.csv"]
    write_marked(tmp_path / "a.csv", (), tmp_path / "o.csv")


def test_a_workbook_takes_as_many_rows_and_columns_as_it_holds(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fupin_rules.registry._marks.MAX_ROWS", 2)
    with (tmp_path / "a.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([["甲"] * 16_383, ["乙"]])
    write_marked(tmp_path / "a.csv", (), tmp_path / "o.xlsx")
    (rows,) = sheets_of(tmp_path / "o.xlsx").values()
    assert (len(rows), len(rows[0])) == (2, 16_383)


def test_a_folder_that_is_called_like_a_sheet_is_passed_over(tmp_path: Path) -> None:
    place = tmp_path / "in"
    (place / "old.csv").mkdir(parents=True)
    put(place, tables(HOMES[:1]), "household")
    write_marked(place, (), tmp_path / "o.xlsx")
    assert list(sheets_of(tmp_path / "o.xlsx")) == ["household"]


def test_the_colour_of_a_cell_is_that_of_the_worst_said_of_it(tmp_path: Path) -> None:
    import zipfile

    put(tmp_path, tables(HOMES[:1]), "household")
    colours = []
    for order in ((True, False), (False, True), (False, False)):
        problems = [RowProblem("household.csv", 2, "耕地面积", "cell", "w", "m", sets_aside=each) for each in order]
        write_marked(tmp_path / "household.csv", problems, tmp_path / "o" / "o.xlsx")
        with zipfile.ZipFile(tmp_path / "o" / "o.xlsx") as held:
            colours.append(held.read("xl/worksheets/sheet1.xml") + held.read("xl/styles.xml"))
    assert colours[0] == colours[1] != colours[2]


def test_what_stands_only_in_the_column_of_marks_is_no_row(tmp_path: Path) -> None:
    sheets = tables(HOMES[:1])
    sheets["household"][0].append("错误说明")
    sheets["household"].append([*[""] * (len(sheets["household"][0]) - 1), "see above"])
    reading = read_register(put(tmp_path, sheets, "household", "member"))
    assert told(reading) == []
    assert reading.rows_read == reading.rows_used == 3
