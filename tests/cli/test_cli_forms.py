"""`fupin forms` and `fupin register convert`: forms written, filled, read back and marked, from the command."""

import csv
import json
from pathlib import Path

import pytest

from fupin_rules.cli import main
from fupin_rules.registry import read_register, simulate, write_register

FIVE = ["household", "member", "village", "household-summary", "village-summary"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    made = simulate(seed=3, households=12, people=24, townships=2)
    write_register(tmp_path / "made", made.households, made.villages)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def test_the_forms_are_listed_each_with_how_firm_its_columns_are(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "forms", "list", "--lang", "zh")
    assert status == 0
    lines = out.splitlines()
    assert [line.split()[0] for line in lines] == FIVE
    assert all("本库的假设" in line for line in lines)
    _, out, _ = run(capsys, "forms", "list")
    assert out.count("our own assumption") == 5
    held = json.loads(run(capsys, "forms", "list", "--json")[1])
    assert [(each["id"], each["standing"]) for each in held] == [(name, "assumption") for name in FIVE]
    assert held[1]["open_slots"] == list(range(1, 15))


def test_a_form_shows_its_columns_and_its_open_places_in_either_language(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "forms", "show", "member", "--lang", "zh")
    assert status == 0
    assert out.startswith("贫困户家庭成员信息表（member）\n")
    assert "不是禹城原表" in out
    assert "14 项增加采集内容，空缺：1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14；" in out
    _, out, _ = run(capsys, "forms", "show", "member")
    assert out.startswith("form of the members of a poor household (贫困户家庭成员信息表, member)\n")
    assert "not the form that Yucheng used" in out
    assert "14 further items, open: 1, 2," in out
    assert "证件号码 certificate number" in out
    columns = json.loads(run(capsys, "forms", "show", "village-summary", "--json")[1])["columns"]
    assert columns[3] == {
        "zh": "登记户数",
        "en": "households registered",
        "key": None,
        "fact": None,
        "fold": "count",
        "slot": None,
        "required": False,
        "hint_zh": "",
        "hint_en": "",
        "source": "summary-columns",
        "standing": "assumption",
    }


def test_a_template_goes_to_a_workbook_or_a_folder(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "forms", "template", "--out", "blank", "--lang", "zh")
    assert status == 0
    assert sorted(path.stem for path in Path("blank").iterdir()) == sorted(FIVE)
    assert "贫困户登记表: 本库的假设" in out
    assert run(capsys, "forms", "template", "--out", "one.xlsx", "--form", "village", "--json")[:2] == (
        0,
        '{\n  "forms": [\n    "village"\n  ],\n  "out": "one.xlsx"\n}\n',
    )
    assert Path("one.xlsx").is_file()


def test_forms_are_filled_and_read_back_and_what_was_left_out_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    given = read_register("made")
    status, out, err = run(capsys, "forms", "fill", "made", "--out", "filled.xlsx")
    assert status == (1 if given.problems else 0)
    assert out.startswith("12 households, 24 people, ")
    assert "our own assumption" in err
    again = read_register("filled.xlsx")
    assert [home.id for home in again.households] == [home.id for home in given.households]
    held = json.loads(run(capsys, "forms", "fill", "made", "--out", "filled", "--json")[1])
    assert (held["households"], held["people"], held["problems"]) == (12, 24, len(given.problems))


def test_filled_forms_are_checked_and_a_copy_says_what_is_wrong(capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, "forms", "fill", "made", "--out", "filled")
    page = Path("filled") / "household.csv"
    with page.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    rows[1][rows[0].index("耕地面积")] = "-1"
    with page.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    for command in (("forms", "check"), ("register", "check")):
        status, out, _ = run(capsys, *command, "filled", "--marked", "marked.xlsx", "--lang", "zh")
        assert status == 1
        assert "household.csv 第2行「耕地面积」列：单元格内容不合要求" in out
        assert [p.code for p in read_register("marked.xlsx").problems] == [
            p.code for p in read_register("filled").problems
        ]


def test_a_register_is_converted_there_and_back(capsys: pytest.CaptureFixture[str]) -> None:
    given = read_register("made")
    assert run(capsys, "register", "convert", "made", "--out", "five", "--form", "five-forms")[0] == 0
    assert sorted(path.stem for path in Path("five").iterdir()) == sorted(FIVE)
    status, out, _ = run(capsys, "register", "convert", "five", "--out", "back.xlsx", "--lang", "zh")
    assert (status, out.split("村")[0]) == (0, f"12 户，24 人，{len(given.villages)} ")
    back = read_register("back.xlsx")
    assert [home.id for home in back.households] == [home.id for home in given.households]
    assert [home.income for home in back.households] == [home.income for home in given.households]
    assert back.villages == given.villages
    for path in (Path("five") / "village.csv", Path("made") / "villages.csv"):
        path.unlink()
    held = json.loads(run(capsys, "register", "convert", "five", "--out", "homes.jsonl", "--json")[1])
    assert held["villages"] == 0
    assert read_register("homes.jsonl").households == read_register("five").households


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (
            ["forms", "show", "members"],
            2,
            "form `members`: is no form of `yucheng-2016`; known: household, member, village, household-summary, village",
        ),
        (["forms", "list", "--pack", "exit-2016"], 4, "pack `exit-2016`: has no forms; "),
        (["forms", "template", "--out", "t.docx"], 2, "`t.docx` is neither an .xlsx file nor a folder"),
        (["forms", "template", "--out", "t", "--form", "x"], 3, "form `x`: is no form of `yucheng-2016`; known: "),
        (["forms", "fill", "made", "--out", "made"], 2, "--out made: lies in the register itself; "),
        (["forms", "fill", "made", "--out", "made/x.xlsx"], 2, "--out x.xlsx: lies in the register itself; "),
        (["register", "check", "made", "--marked", "made/x.xlsx"], 2, "--marked x.xlsx: lies in the register itself; "),
        (["register", "convert", "made", "--out", "a.csv"], 2, "--out a.csv: is no place for `layouts`; "),
        (
            ["register", "convert", "made", "--out", "a.jsonl", "--form", "five-forms"],
            2,
            "--out a.jsonl: is no place for `five-forms`; give a folder or an .xlsx file\n",
        ),
        (["register", "convert", "made", "--out", "a.jsonl"], 2, "--out a.jsonl: holds no villages, and there are "),
        (["register", "convert", "made", "--out", "made"], 2, "--out made: lies in the register itself; "),
    ],
)
def test_what_cannot_be_done_is_told_with_its_status(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, message: str
) -> None:
    got, out, err = run(capsys, *arguments)
    assert (got, out) == (status, "")
    assert message in err


def test_faults_in_the_forms_of_a_pack_are_found_by_pack_check(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    pack = tmp_path / "lu-2016"
    (pack / "forms").mkdir(parents=True)
    (pack / "pack.toml").write_text(
        'format = 1\nid = "lu-2016"\nversion = "1"\ntitle = { zh = "甲", en = "a" }\nextends = ["yucheng-2016"]\n'
        'from = 2016-01-01\nuntil = 2017-01-01\nsubjects = ["household"]\n',
        encoding="utf-8",
    )
    assert run(capsys, "pack", "check", str(pack))[0] == 0
    (pack / "forms" / "fill.toml").write_text("format = 1\n[[fil]]\nslot = 1\n", encoding="utf-8")
    status, out, _ = run(capsys, "pack", "check", str(pack))
    assert (status, out) == (
        1,
        "lu-2016/forms/fill.toml: `fil` is not known here; did you mean `fill`?\n",
    )
