"""`fupin assess DIR --engine …` and `fupin register convert --form parquet`: a register in files, for people and programs."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from small_pack import write_pack

from fupin_rules.cli import _assess_files, main
from fupin_rules.columnar import assess_frame, frames_of
from fupin_rules.policy import load_policy
from fupin_rules.registry import read_register, simulate, write_register

MADE = simulate(seed=5, households=40, people=80, townships=1)
ASSESS = ["assess", "register", "--policy", "relief", "--on", "2016-06-01", "--slice-rows", "15"]
ENGINES = ["polars", "duckdb"]


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in a folder with a pack, a register as people keep it, and the same in parquet."""
    monkeypatch.chdir(tmp_path)
    write_pack(tmp_path)
    write_register(Path("homes.jsonl"), MADE.households)
    assert main(["register", "convert", "homes.jsonl", "--form", "parquet", "--out", "register"]) == 0


@pytest.fixture
def spoilt() -> None:
    """Double a household, and give another more fen than anybody has."""
    place = Path("register/households.parquet")
    frame = pl.read_parquet(place)
    wage = pl.when(pl.col("id") == frame["id"][7]).then(pl.lit(-1)).otherwise(pl.col("income.wage_income_fen"))
    pl.concat([frame.with_columns(wage.alias("income.wage_income_fen")), frame.head(1)]).write_parquet(place)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main(arguments)
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def wanted() -> pl.DataFrame:
    frames = frames_of(MADE.households)
    rules = load_policy(Path("relief")).on(date(2016, 6, 1))
    decisions: pl.DataFrame = assess_frame(frames.subjects, rules, members=frames.members).sort("household_id")
    return decisions


@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_writes_every_decision_and_says_how_many_there_are(
    engine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *ASSESS, "--engine", engine)
    assert (status, err) == (0, "")
    decisions = wanted()
    counts = dict(decisions["outcome"].value_counts().rows())
    lines = out.splitlines()
    assert lines[0] == "40 households"
    assert lines[1] == "identification"
    shown = [line.split() for line in lines[2 : lines.index("exit")]]
    assert shown == [[name, str(count), f"{100 * count / 40:.1f}", "%"] for name, count in sorted(counts.items())]
    assert lines[-1] == f"3 part(s), 0 there before: {Path('out/decisions')}"
    held = pl.read_parquet("out/decisions/part-*.parquet").sort("household_id")
    assert held.select(decisions.columns).rows() == decisions.rows()


def test_it_says_so_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, *ASSESS, "--engine", "polars", "--lang", "zh")[0] == 0
    status, out, err = run(capsys, *ASSESS, "--engine", "polars", "--lang", "zh")
    assert (status, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == "40 户"
    assert lines[1] == "识别"
    assert "退出" in lines
    assert lines[-1] == f"3 份，其中此前已有 3 份：{Path('out/decisions')}"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_program_gets_one_json_value(engine: str, capsys: pytest.CaptureFixture[str], spoilt: None) -> None:
    status, out, err = run(capsys, *ASSESS, "--engine", engine, "--json", "--out", "answers")
    result = json.loads(out)
    assert status == 0
    assert result["households"] == 41
    assert sum(result["outcomes"].values()) == sum(result["exits"].values()) == 41
    assert (result["parts"], result["done_before"], result["out"]) == (3, 0, "answers")
    assert sorted(result["findings"], key=lambda each: str(each["code"])) == [
        {"frame": "households", "column": "id", "code": "same_key", "count": 1},
        {"frame": "households", "column": "income.wage_income_fen", "code": "value", "count": 1},
    ]
    assert "households, column `id`: 1 × rows with the key of another row\n" in err


def test_findings_turn_the_exit_status_only_when_asked(capsys: pytest.CaptureFixture[str], spoilt: None) -> None:
    asked = [*ASSESS, "--engine", "polars", "--lang", "zh"]
    status, _, err = run(capsys, *asked)
    assert status == 0
    assert "households，列“id”：1 × 编号与别的行相同的行\n" in err
    assert run(capsys, *asked, "--exit-code")[0] == 1
    assert run(capsys, *asked, "--exit-code", "--out", "again")[0] == 1


def test_without_findings_the_exit_status_stays_zero(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, *ASSESS, "--engine", "polars", "--exit-code")[0] == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--explain", "1"], "--explain: is not to be had with `--engine polars`; leave it out, or use `--engine python`"),
        (["--quota", "3"], "--quota: is not to be had with `--engine polars`; leave it out, or use `--engine python`"),
        (["--slice-rows", "0"], "--slice-rows: is less than 1; give a number of households"),
        (["--out", "decisions.csv"], "--out decisions.csv: is a file, and `--engine polars` writes a folder of parts; name a folder"),
        (["--out", "register/out"], "--out out: lies in the register itself; name a file in another folder"),
        (["--out", "register"], "--out register: lies in the register itself; name a file in another folder"),
    ],
)  # fmt: skip
def test_what_an_engine_has_no_answer_to_is_refused_before_it_is_asked(
    arguments: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, *ASSESS, "--engine", "polars", *arguments)
    assert (status, out, err) == (2, "", words + "\n")
    assert not Path("out").exists()


def test_a_quota_by_village_is_refused_too(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, *ASSESS, "--engine", "duckdb", "--by-village", "--quota", "1")
    assert status == 2
    assert err.startswith("--quota: is not to be had with `--engine duckdb`")


def test_a_register_that_is_no_folder_of_parquet_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "assess", "homes.jsonl", *ASSESS[2:], "--engine", "polars")
    assert status == 3
    assert err == (
        "homes.jsonl: holds no `households.parquet`, nor a folder `households` of parquet files;"
        " give the folder of a register in parquet\n"
    )


def test_facts_that_the_files_do_not_hold_are_named_one_by_one_or_with_commas(
    capsys: pytest.CaptureFixture[str],
) -> None:
    place = Path("register/households.parquet")
    pl.read_parquet(place).drop("assets.owns_car", "living.house_grade", "income.wage_income_fen").write_parquet(place)
    asked = [*ASSESS, "--engine", "polars"]
    status, _, err = run(capsys, *asked)
    assert status == 3
    assert err.count("is missing; add it, or name it in `absent` (`--absent`) where the register does not hold it") == 3
    absent = ["--absent", "assets.owns_car,living.house_grade", "--absent", "income.wage_income_yuan"]
    status, _, err = run(capsys, *asked, *absent)
    assert (status, err) == (0, "")
    held = pl.read_parquet("out/decisions/part-*.parquet")
    assert held["hit.car"].null_count() == held["rule.unsafe"].null_count() == held["rule.poor"].null_count() == 40


def test_exit_counts_both_answers_as_they_are_in_one_frame(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "exit", *ASSESS[1:], "--engine", "polars", "--json")
    assert status == 0
    assert sum(json.loads(out)["exits"].values()) == 40


# -- how far it is -------------------------------------------------------------------------------------------------------


def test_a_terminal_sees_how_far_it_is_and_the_bar_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setenv("TERM", "xterm")
    assert main([*ASSESS, "--engine", "polars"]) == 0
    shown = terminal.getvalue().split("\r")[1:]
    assert shown[0] == f"[{'.' * 30}] 0/3"
    assert shown[1] == f"[{'#' * 10}{'.' * 20}] 1/3"
    assert shown[2] == f"[{'#' * 20}{'.' * 10}] 2/3"
    assert shown[3].strip(" ") == ""
    assert len(shown[3]) >= len(shown[2])
    assert shown[4:] == [""]
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    monkeypatch.setenv("TERM", "dumb")
    assert main([*ASSESS, "--engine", "polars", "--out", "out/again"]) == 0
    assert "#" not in terminal.getvalue()


def test_a_bar_of_nothing_is_wiped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    _assess_files._bar(0, 0)
    assert terminal.getvalue().replace("\r", "").strip(" ") == ""


def test_a_pipe_sees_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, *ASSESS, "--engine", "duckdb")[2] == ""


# -- to parquet ----------------------------------------------------------------------------------------------------------


def test_converting_says_how_many_and_leaves_no_personal_text(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "register", "convert", "homes.jsonl", "--form", "parquet", "--out", "other")
    assert (status, out, err) == (0, "40 households, 80 people, 0 villages: other\n", "")
    _, out, _ = run(capsys, "register", "convert", "homes.jsonl", "--form", "parquet", "--out", "other", "--lang", "zh")
    assert out == "40 户，80 人，0 村: other\n"
    frames = frames_of(sorted(read_register("homes.jsonl").households, key=lambda home: home.id))
    assert pl.read_parquet("other/households.parquet").equals(frames.subjects)
    assert pl.read_parquet("other/members.parquet").equals(frames.members)
    assert set(pl.read_parquet("other/members.parquet")["name"]) == {"entered"}


@pytest.mark.parametrize("place", ["out.xlsx", "out.jsonl", "out.parquet"])
def test_parquet_files_go_to_a_folder(place: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "register", "convert", "homes.jsonl", "--form", "parquet", "--out", place)
    assert (status, err) == (2, f"--out {place}: is no place for `parquet`; give a folder\n")
    assert not Path(place).exists()


def test_villages_have_no_place_in_parquet_files(capsys: pytest.CaptureFixture[str]) -> None:
    write_register(Path("sheets"), MADE.households, MADE.villages)
    status, _, err = run(capsys, "register", "convert", "sheets", "--form", "parquet", "--out", "other")
    assert status == 2
    assert err == (
        f"--out other: holds no villages, and there are {len(MADE.villages)};"
        " give a folder or an .xlsx file of the layouts, or convert a register without them\n"
    )
