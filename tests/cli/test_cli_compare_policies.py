"""`fupin compare OLD NEW`: what changes for whom, said, drawn for programs, and counted on a register."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from fupin_rules.cli import main
from fupin_rules.columnar import write_files
from fupin_rules.registry import simulate, write_register

YUCHENG = ["compare", "yucheng-2016", "yucheng-2016", "--on", "2016-01-31"]
RAISED = [*YUCHENG, "--set", "income_line=4200"]
HOMES = simulate(seed=5, households=200, people=380).households


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("register")
    write_files(folder / "parquet", HOMES)
    write_register(folder / "households.jsonl", HOMES)
    return folder


def test_the_same_policy_is_proved_to_change_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*YUCHENG, "--exit-code", "--lang", "en"]) == 0
    out = capsys.readouterr().out
    assert out.startswith("proved equal: nothing changes for anybody\n")
    assert "became eligible: nobody, proved" in out


def test_a_change_is_shown_on_a_household_and_ends_with_1_where_that_was_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main([*RAISED, "--exit-code", "--lang", "zh"]) == 1
    out = capsys.readouterr().out
    assert re.search(r"由不符合变为符合\n  不符合 → 符合\n", out)
    assert "由符合变为不符合：无（已证明）" in out


@pytest.mark.parametrize("place", ["parquet", "households.jsonl"])
def test_heads_are_counted_on_sheets_and_on_parquet_alike(
    place: str, register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*RAISED, "--register", str(register / place), "--by", "township", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["comparison"]["regions"][0]["id"] == "became_eligible"
    counts = told["impact"]["counts"]
    assert told["impact"]["total"] == len(HOMES)
    assert {each["region"] for each in counts} <= {region["id"] for region in told["comparison"]["regions"]}
    assert {each["place"] for each in counts} <= {home.township for home in HOMES}
    shown = {each["id"] for each in told["comparison"]["regions"] if each["answer"] != "proved"}
    assert {each["region"] for each in counts} <= shown, "nobody is counted where it is proved that there is nobody"


def test_heads_are_told_below_the_comparison(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*RAISED, "--register", str(register / "parquet"), "--lang", "en"]) == 0
    assert re.search(r"\n200 subjects: \d+ change in identification, \d+ in exit\n", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--set", "income_line"], "--set: `income_line` sets nothing; write NAME=VALUE"),
        (["--set", "income_lien=1"], "has no parameter `income_lien`"),
        (["--register", "nowhere", "--subject", "village"], "nowhere: does not exist"),
        (["--members", "x"], "`x` is no whole number"),
        (["--register", "nowhere"], "nowhere: does not exist"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        status = main([*YUCHENG, *arguments])
    except SystemExit as stop:
        status = int(stop.code or 0)
    err = capsys.readouterr().err
    assert status != 0
    assert message in err


def test_two_days_of_one_policy_are_compared(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", "national-2014", "national-2014", "--on", "2014-06-01", "--new-on", "2015-06-01"]) == 0
    assert "2014-06-01" in capsys.readouterr().out


def test_villages_are_compared_and_counted_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = simulate(seed=5, households=60, people=100)
    write_register(tmp_path, made.households, made.villages)
    asked = ["compare", "national-2014", "national-2014", "--on", "2014-06-01", "--subject", "village", "--json"]
    assert main([*asked, "--register", str(tmp_path)]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["impact"] == told["impact"] | {"total": len(made.villages), "counts": []}
