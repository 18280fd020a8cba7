"""`--amend FILE`, `fupin pack amend` and `fupin reopen`: an amendment from its file to the decisions it reopens."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest

from fupin_rules.cli import main
from fupin_rules.registry import read_decisions, simulate, write_register, write_table

EXAMPLES = Path(__file__).parents[2] / "examples" / "amendments"
RAISED, NARROWED = EXAMPLES / "income-line-raised.toml", EXAMPLES / "payroll-narrowed.toml"
POLICY = ["--policy", "yucheng-2016"]
HOMES = simulate(seed=5, households=200, people=380).households


@pytest.fixture(scope="module")
def register(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("register") / "households.jsonl"
    write_register(path, HOMES)
    return path


def told(capsys: pytest.CaptureFixture[str], *arguments: str | Path, status: int = 0) -> Any:
    assert main([str(each) for each in arguments]) == status
    return json.loads(capsys.readouterr().out)


def assessed(register: Path, out: Path, *more: str, command: str = "assess", on: str = "2016-01-31") -> Path:
    assert main([command, str(register), *POLICY, "--on", on, "--out", str(out), *more]) == 0
    return out


# -- pack amend --------------------------------------------------------------------------------------------------------


def test_what_amendments_change_is_shown_with_what_stood_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "amend", "yucheng-2016", str(NARROWED), str(RAISED)]) == 0
    out = capsys.readouterr().out
    assert (
        "the income line is raised (example) (income-line-raised)\n  published 2016-05-20, from 2016-01-01, retro"
        in out
    )
    assert (
        "  set income_line: income line (provincial)\n      3402 yuan/person/year\n    → 3700 yuan/person/year\n" in out
    )
    assert "  call income_line\n      income line (provincial)\n    → income line (example: set by the county)\n" in out
    assert "  drop excluded_payroll.major_cause: every post holder was made poor by a major cause" in out
    assert out.index("income-line-raised") < out.index("payroll-narrowed"), "in order of publication"


def test_what_amendments_change_is_shown_in_chinese(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["pack", "amend", "yucheng-2016", str(RAISED), "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    assert "提高收入线（示例）（income-line-raised）\n  2016-05-20 公布，2016-01-01 起，有溯及力\n" in out
    assert "  定为 income_line: 收入线（省定）\n      3402元/人/年\n    → 3700元/人/年\n" in out


def test_what_does_not_fit_ends_with_1_and_every_fault(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(RAISED.read_text("utf-8").replace('"income_line"', '"income_lane"'), "utf-8")
    found = told(capsys, "pack", "amend", "yucheng-2016", bad, "--json", status=1)
    assert (found["ok"], found["fingerprint"]) == (False, None)
    assert [fault["where"] for fault in found["faults"]] == [
        "bad.toml, line 14, column 1",
        "bad.toml, line 20, column 1",
    ]
    worse = tmp_path / "worse.toml"
    worse.write_text("format = 1\n", "utf-8")
    assert main(["pack", "amend", "yucheng-2016", str(bad), str(worse)]) == 1
    assert "worse.toml: `id` is missing" in capsys.readouterr().out


def test_conflicts_are_listed_and_their_order_is_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    again = tmp_path / "again.toml"
    text = RAISED.read_text("utf-8").replace("example-line", "again").replace("income-line-raised", "line-again")
    again.write_text(text.replace("2016-05-20", "2016-06-20").replace("3700", "3600"), "utf-8")
    found = told(capsys, "pack", "amend", "yucheng-2016", RAISED, again, "--deep", "--members", "2", "--json")
    assert [(each["kind"], each["name"]) for each in found["conflicts"]] == [("same", "income_line")] * 2
    assert [each["matters"] for each in found["orders"]] == [True]
    assert main(["pack", "amend", "yucheng-2016", str(RAISED), str(NARROWED), "--deep"]) == 0
    out = capsys.readouterr().out
    assert "conflicts" not in out
    assert out.splitlines()[-1].startswith("no two of them touch the same thing")
    assert main(["pack", "amend", "yucheng-2016", str(RAISED), "--deep", "--lang", "zh"]) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("只有一份修订")


# -- --amend and --known-at --------------------------------------------------------------------------------------------


def test_a_register_is_assessed_under_the_amended_law_as_it_was_known(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def eligible(*more: str) -> int:
        outcome = told(
            capsys, "assess", register, *POLICY, "--on", "2016-01-31", "--out", tmp_path / "d.csv", "--json", *more
        )["subjects"]["household"]["outcomes"]
        count: int = outcome["eligible"]
        return count

    before, after = eligible(), eligible("--amend", str(RAISED))
    assert after > before
    assert eligible("--amend", str(RAISED), "--known-at", "2016-05-19") == before
    assert eligible("--amend", str(RAISED), "--known-at", "2016-05-20") == after


def test_the_summary_names_the_amendments_in_force(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    amend = ("--amend", str(RAISED), "--amend", str(NARROWED))
    assessed(register, tmp_path / "d.csv", *amend)
    assert "as amended: the income line is raised (example) (yucheng-2016)" in capsys.readouterr().out
    assessed(register, tmp_path / "e.csv", *amend, command="exit", on="2016-08-01")
    assert "as amended: the income line is raised (example); the exception for post" in capsys.readouterr().out


def test_a_comparison_shows_what_an_amendment_does_to_whom(capsys: pytest.CaptureFixture[str]) -> None:
    found = told(
        capsys,
        "compare",
        "yucheng-2016",
        "yucheng-2016",
        "--on",
        "2016-01-31",
        "--amend",
        RAISED,
        "--members",
        "2",
        "--json",
    )
    regions = {each["id"]: each["answer"] for each in found["comparison"]["regions"]}
    assert (regions["became_eligible"], regions["lost_eligibility"]) == ("witness", "proved")


def test_an_amendment_that_does_not_fit_is_as_a_pack_that_does_not_load(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bad = tmp_path / "bad.toml"
    bad.write_text(RAISED.read_text("utf-8").replace('"income_line"', '"income_lane"'), "utf-8")
    arguments = ["assess", str(register), *POLICY, "--on", "2016-01-31", "--out", str(tmp_path / "d.csv")]
    assert main([*arguments, "--amend", str(bad)]) == 4
    assert "there is no parameter `income_lane` on these days; did you mean `income_line`?" in capsys.readouterr().err
    assert main([*arguments, "--amend", str(tmp_path / "none.toml")]) == 3
    assert capsys.readouterr().err == "none.toml: no such file or directory; check path, rights and space\n"


# -- reopen ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".jsonl"])
def test_decisions_on_file_are_reopened_whatever_form_they_have(
    suffix: str, register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decisions = assessed(register, tmp_path / f"decisions{suffix}")
    capsys.readouterr()
    found = told(capsys, "reopen", register, "--decisions", decisions, *POLICY, "--amend", RAISED, "--json")
    assert found["total"] == len(HOMES) and found["unjudged"] == []
    assert found["reopened"] and len(found["reopened"]) + found["untouched"] == len(HOMES)
    assert {each["after"] for each in found["reopened"]} <= {"eligible", "undetermined"}
    assert all(each["amendments"] == ["income-line-raised"] for each in found["reopened"])
    assert all(not each["changed_since"] for each in found["reopened"])


def test_exits_on_file_are_reopened(register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    decisions = assessed(register, tmp_path / "exits.csv", command="exit")
    capsys.readouterr()
    found = told(capsys, "reopen", register, "--decisions", decisions, *POLICY, "--amend", RAISED, "--json")
    assert found["total"] == len(HOMES) and found["unjudged"] == []
    assert all(each["now"]["kind"] == "exit" for each in found["reopened"])


def test_what_is_found_goes_to_a_file_and_to_people(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    decisions = assessed(register, tmp_path / "decisions.jsonl")
    lines = decisions.read_text("utf-8").splitlines()
    decisions.write_text(
        "\n".join([*lines[:60], lines[60].replace('"fingerprint":"', '"fingerprint":"x'), "{"]), "utf-8"
    )
    capsys.readouterr()
    arguments = ["reopen", str(register), "--decisions", str(decisions), *POLICY, "--amend", str(RAISED)]
    assert main([*arguments, "--out", str(tmp_path / "r.csv"), "--exit-code"]) == 1
    out = capsys.readouterr().out
    assert out.startswith("62 decisions: ") and "2 not judged again" in out.splitlines()[0]
    assert "was taken under no text that this policy had on its day" in out
    assert "  #62: is no stored assessment\n" in out
    with (tmp_path / "r.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["不能复核的原因 why not judged"] for row in rows][-2:] == ["other_law", "unreadable"]
    assert main([*arguments, "--lang", "zh", "--out", str(tmp_path / "r.jsonl")]) == 0
    assert capsys.readouterr().out.startswith("62 项评估：")
    assert json.loads((tmp_path / "r.jsonl").read_text("utf-8").splitlines()[-1])["why"] == "unreadable"


def test_a_file_that_holds_no_decisions_is_refused(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    write_table(tmp_path / "quota.csv", ["village", "quota"], [["a", "1"]])
    assert main(["reopen", str(register), "--decisions", str(tmp_path / "quota.csv"), *POLICY]) == 3
    assert capsys.readouterr().err == (
        "quota.csv: has no column `id`, `outcome`, `on`, `fingerprint`; "
        "give a file that `fupin assess --out` or `fupin exit --out` wrote\n"
    )


def test_decisions_are_read_as_they_were_written(register: Path, tmp_path: Path) -> None:
    lines, sheet = (read_decisions(assessed(register, tmp_path / f"d{suffix}")) for suffix in (".jsonl", ".csv"))
    keys = ("format", "kind", "subject_id", "on", "fingerprint", "outcome", "rules")
    assert [{key: each[key] for key in keys} for each in lines] == [{key: each[key] for key in keys} for each in sheet]


# -- every kind of patch -----------------------------------------------------------------------------------------------

WHOLE = """
format = 1
id = "whole"
policy = "yucheng-2016"
title = { zh = "全面修订", en = "everything" }
source = "whole-notice"
published = 2016-03-01
from = 2016-04-01

[[parameter]]
action = "add"
name = "second_line"
meaning = { zh = "第二线", en = "second line" }
unit = "yuan / person / year"
amount = 5000
source = "whole-notice"

[[parameter]]
action = "end"
name = "schooling_day"
source = "whole-notice"

[[definition]]
action = "add"
name = "well_off"
label = { zh = "宽裕", en = "well off" }
value = "net_income_per_person > second_line"
source = "whole-notice"

[[definition]]
action = "change"
name = "food_guaranteed"
value = "not well_off"
source = "whole-notice"

[[definition]]
action = "drop"
name = "pupils"
source = "whole-notice"

[[rule]]
action = "add"
id = "excluded_well_off"
kind = "exclusion"
label = { zh = "收入宽裕", en = "is well off" }
when = "well_off"
source = "whole-notice"

[[rule]]
action = "change"
id = "priority_students"
when = 'any(m.labour == "none" for m in members)'
weight = 2
source = "whole-notice"

[[rule]]
action = "drop"
id = "look_land"
source = "whole-notice"

[[eligible_when]]
when = "income_below_line"
source = "whole-notice"

[[ranking]]
method = "count"
source = "whole-notice"

[[label]]
of = "excluded_payroll"
exception = "major_cause"
label = { zh = "重大原因", en = "a major cause" }
source = "whole-notice"

[[label]]
of = "net_income_per_person"
label = { zh = "人均收入", en = "income per head" }
source = "whole-notice"

[[label]]
of = "excluded_away"
label = { zh = "举家外出", en = "away" }
source = "whole-notice"

[sources.whole-notice]
title = "通知（虚构）"
title_en = "notice (invented)"
standing = "assumption"
note = "invented for a test"
"""


def test_every_kind_of_patch_is_told_in_both_languages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "whole.toml"
    path.write_text(WHOLE, "utf-8")
    assert main(["pack", "amend", "yucheng-2016", str(path)]) == 1
    faults = capsys.readouterr().out
    assert "with it, policy `yucheng-2016`, `education_guaranteed`" in faults, "what still reads what is dropped"
    readers = WHOLE.replace('"drop"\nname = "pupils"', '"change"\nname = "pupils"\nvalue = "member_count"')
    path.write_text(
        readers.replace('[[parameter]]\naction = "end"\nname = "schooling_day"\nsource = "whole-notice"\n', ""), "utf-8"
    )
    assert main(["pack", "amend", "yucheng-2016", str(path)]) == 0
    out = capsys.readouterr().out
    for line in (
        "  add second_line: second line\n      5000 yuan/person/year\n",
        "  add well_off: well off\n      income per head is above second line\n",
        "  change food_guaranteed: ",
        "  add excluded_well_off: is well off\n      well off\n",
        "(weight 2)\n",
        "  drop look_land: ",
        "  set eligible_when.household: how the conditions combine\n      net income per person is below the income line\n",
        (
            "  set ranking.household: how the eligible are ranked\n"
            "      by the number of priorities; net income per person, lower first\n    → by the number of priorities\n"
        ),
        "  call excluded_payroll.major_cause\n",
        "  call net_income_per_person\n      net income per person\n    → income per head\n",
        "    → away\n",
    ):
        assert line in out, line
    assert main(["pack", "amend", "yucheng-2016", str(path), "--lang", "zh"]) == 0
    out = capsys.readouterr().out
    for line in (
        "  新增 second_line: 第二线\n",
        "  废止 look_land: ",
        "（权重2）\n",
        "    → 人均收入\n",
        "    → 重大原因\n",
    ):
        assert line in out, line
