"""The command: results on standard output, the rest on standard error, and an exit status that programs can trust."""

import csv
import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest
from small_pack import write_pack

import fupin_rules
from fupin_rules.cli import main
from fupin_rules.policy import installed_packs
from fupin_rules.registry import read_register, simulate, write_register

EXAMPLE = str(Path(__file__).parents[2] / "examples" / "yucheng-2016")
YUCHENG = ["--policy", "yucheng-2016", "--on", "2016-01-31"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def rows(path: str) -> list[dict[str, str]]:
    with Path(path).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def test_assess_says_how_many_by_which_rules_resting_on_what_and_where_the_file_lies(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, err = run(capsys, "assess", EXAMPLE, *YUCHENG)
    assert status == 0
    assert "24 households\n  eligible      7  29.2 %  rests on: assumption 7\n" in out
    assert "  net income per person is below the income line        8     3  found" in out
    assert "  runs a registered business or hires labour for long terms           3     0  assumption" in out
    assert "all decisions: out/decisions.csv" in out
    assert "note: the export lists all members of a household" in err
    written = rows("out/decisions.csv")
    assert len(written) == 24
    assert len({row["编号 id"] for row in written}) == 24
    undetermined = next(row for row in written if row["结论 outcome"] == "undetermined")
    assert undetermined["尚缺事实 missing"]
    assert undetermined["下一个问题 next question"]
    assert {row["rule.income_below_line"] for row in written} == {"true", "false", "unknown"}
    assert len(rows("out/decisions.villages.csv")) == 17


def test_the_result_is_one_json_value_for_programs(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "assess", EXAMPLE, *YUCHENG, "--json", "--quota", "3", "--out", "d.jsonl")
    result = json.loads(out)
    assert status == 0
    assert result["subjects"]["household"]["outcomes"] == {"eligible": 7, "ineligible": 9, "undetermined": 8}
    assert result["rows_set_aside"] == 0
    quota = result["quota"][""]
    assert quota["quota"] == 3
    assert len(quota["certain"]) + len(quota["possible"]) + len(quota["tied"]) + quota["out"] == 15
    lines = [json.loads(line) for line in Path("d.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["kind"] for line in lines] == ["assessment"] * 24
    rules = fupin_rules.load_policy("yucheng-2016").on(date(2016, 1, 31))
    homes = {home.id: home for home in read_register(EXAMPLE).households}
    assert all(not fupin_rules.recheck(line, homes[line["subject_id"]], rules).changes for line in lines)


def test_findings_turn_the_exit_status_only_when_asked(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "assess", EXAMPLE, *YUCHENG)[0] == 0
    assert run(capsys, "assess", EXAMPLE, *YUCHENG, "--exit-code")[0] == 1


def test_exit_tells_gaps(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "exit", EXAMPLE, *YUCHENG, "--lang", "zh")
    assert status == 0
    assert "有未达到" in out
    assert "住房安全有保障" in out
    gaps = [row["差距 gaps"] for row in rows("out/exits.csv") if "exit_income" in row["未通过 failed"]]
    assert gaps
    assert any("yuan/person/year short" in gap for gap in gaps)


def test_one_household_explains_itself_in_either_language(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "assess", EXAMPLE, *YUCHENG, "--explain", "SIM-0115-00001", "--lang", "zh")
    assert status == 0
    assert out.startswith("户 SIM-0115-00001：尚不能确定\n")
    assert "尚缺的事实" in out
    _, out, _ = run(capsys, "exit", EXAMPLE, *YUCHENG, "--explain", "SIM-0115-00001", "--json")
    assert json.loads(out)["explanation"]["headline"].startswith("household SIM-0115-00001: ")
    status, _, err = run(capsys, "assess", EXAMPLE, *YUCHENG, "--explain", "nobody")
    assert (status, err) == (
        2,
        "--explain: there is no such id in the register; see the ids in the file of decisions\n",
    )
    status, _, err = run(capsys, "assess", EXAMPLE, *YUCHENG, "--explain", "SIM-115-00001")
    assert (status, err) == (2, "--explain: there is no such id in the register; did you mean `SIM-0115-00001`?\n")


def test_asked_exactly_what_every_completion_agrees_on_is_settled(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = json.loads(run(capsys, "assess", EXAMPLE, *YUCHENG, "--json")[1])["subjects"]["household"]
    status, out, _ = run(capsys, "assess", EXAMPLE, *YUCHENG, "--exact", "--json")
    found = json.loads(out)["subjects"]["household"]
    assert (status, plain["completions"]) == (0, {})
    assert sum(found["completions"].values()) == plain["outcomes"]["undetermined"]
    assert found["completions"]["same"] == plain["outcomes"]["undetermined"] - found["outcomes"]["undetermined"] > 0
    monkeypatch.setitem(sys.modules, "z3", None)
    _, out, err = run(capsys, "assess", EXAMPLE, *YUCHENG, "--exact")
    assert "left open by the known facts" in out
    assert "note: the extra `proof` is not installed: searched, not proved" in err
    _, _, err = run(capsys, "assess", EXAMPLE, *YUCHENG, "--exact", "--engine", "polars")
    assert "--exact: is not to be had with `--engine polars`" in err


def test_a_quota_tells_who_is_within_it(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "assess", EXAMPLE, *YUCHENG, "--quota", "5")
    assert status == 0
    assert "       quota  certain  possible  tied  out\n  all      5        2        10     0    3\n" in out
    places = [row["名额内 within quota"] for row in rows("out/decisions.csv")]
    assert [places.count(each) for each in ("certain", "possible", "tied", "out", "")] == [2, 10, 0, 3, 9]
    _, out, _ = run(capsys, "assess", EXAMPLE, *YUCHENG, "--quota", "1", "--by-village", "--lang", "zh")
    assert "第02镇 第02镇第14村     1     0     2     0     0" in out
    _, out, _ = run(capsys, "assess", EXAMPLE, *YUCHENG, "--quota", "1", "--by-village", "--json")
    quota = json.loads(out)["quota"]
    assert {row["乡镇 township"] + " " + row["行政村 village"] for row in rows("out/decisions.csv")} == set(quota)


def test_of_many_villages_the_first_are_shown_and_the_others_counted(capsys: pytest.CaptureFixture[str]) -> None:
    write_register(Path("made"), simulate(seed=3, households=200, people=300, townships=2).households)
    _, out, _ = run(capsys, "assess", "made", *YUCHENG, "--quota", "1", "--by-village")
    _, *shown, more = out.partition("quota  certain")[2].splitlines()
    assert len(shown) == 20
    assert re.fullmatch(r"  \.\.\. and \d+ more, see the file of decisions", more)


def test_rows_that_cannot_be_read_are_listed_and_the_others_decided(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    write_register(tmp_path / "r.jsonl", simulate(seed=1, households=3, people=3, townships=1).households)
    with (tmp_path / "r.jsonl").open("a", encoding="utf-8") as file:
        file.write("{\n")
    status, out, err = run(capsys, "assess", "r.jsonl", *YUCHENG)
    assert status == 1
    assert "3 households" in out
    assert "r.jsonl, row 4: $: is no JSON" in err
    assert "all listed in out/decisions.problems.csv" in err
    assert rows("out/decisions.problems.csv")[0]["整户搁置 set aside"] == "是 yes"
    assert run(capsys, "register", "check", "r.jsonl")[0] == 1
    _, out, err = run(capsys, "assess", "r.jsonl", *YUCHENG, "--lang", "zh")
    assert "r.jsonl 第4行：该行不是合格的 JSON，搁置；请每户一行\n" in err
    assert "1处问题，搁置1户、1行（共4行）；全部列在 out/decisions.problems.csv\n" in err
    _, out, _ = run(capsys, "register", "check", "r.jsonl", "--lang", "zh")
    assert "读到 4 行，采用 3 行，搁置 1 行\n" in out


def test_many_problems_are_counted_and_the_first_shown(capsys: pytest.CaptureFixture[str]) -> None:
    Path("r.jsonl").write_text('{"id": "1"}\n' + "{\n" * 12, encoding="utf-8")
    status, out, err = run(capsys, "assess", "r.jsonl", *YUCHENG)
    assert status == 1
    assert "1 household\n" in out
    assert "... and 2 more\n12 problems, 12 households and 12 of 13 rows set aside; " in err
    assert len(rows("out/decisions.problems.csv")) == 12


def test_a_register_of_nothing_but_broken_rows_loses_none(capsys: pytest.CaptureFixture[str]) -> None:
    Path("r.jsonl").write_text("{\n", encoding="utf-8")
    status, out, _ = run(capsys, "assess", "r.jsonl", *YUCHENG, "--json")
    assert (status, json.loads(out)["rows_set_aside"], json.loads(out)["subjects"]) == (1, 1, {})


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        ([], 2, "usage: fupin"),
        (["fly"], 2, "invalid choice: 'fly'"),
        (["assess", EXAMPLE], 2, "the following arguments are required"),
        (["assess", EXAMPLE, "--policy", "yucheng-2016", "--on", "tomorrow"], 2, "`tomorrow` is no day"),
        (["assess", EXAMPLE, "--policy", "yucheng-2016", "--on", "2020-01-01"], 2, "does not cover 2020-01-01"),
        (["assess", "nowhere", *YUCHENG], 3, "does not exist"),
        (["assess", EXAMPLE, "--policy", "yucheng-2015", "--on", "2016-01-31"], 4, "did you mean `yucheng-2016`?"),
        (
            ["assess", EXAMPLE, "--policy", "exit-2016", "--on", "2017-01-31"],
            2,
            "has no eligibility rule about a household",
        ),
        (["assess", EXAMPLE, *YUCHENG, "--out", "d.txt"], 2, "`d.txt` ends in none of .csv, .xlsx, .jsonl"),
        (["assess", EXAMPLE, *YUCHENG, "--out", f"{EXAMPLE}/d.csv"], 2, "lies in the register itself"),
        (["assess", EXAMPLE, *YUCHENG, "--out", "taken/d.csv"], 3, "d.csv: cannot be written"),
        (["assess", EXAMPLE, *YUCHENG, "--out", "folder.csv"], 2, "`folder.csv` is a folder"),
        (["assess", EXAMPLE, *YUCHENG, "--quota", "-1"], 2, "`-1` is no whole number"),
        (["assess", EXAMPLE, *YUCHENG, "--by-village"], 2, "there is no quota to apply"),
        (["exit", EXAMPLE, *YUCHENG, "--quota", "3"], 2, "unrecognized arguments"),
        (["exit", EXAMPLE, "--policy", "national-2014", "--on", "2016-01-31"], 2, "has no exit rule"),
        (["register", "simulate", "--out", "x", "--people", "1"], 2, "cannot be"),
        (["register", "check", "taken"], 3, "is no register"),
        (["pack", "test", "yucheng-2016", "-k", "zebra"], 2, "no case of `yucheng-2016` has it in its id"),
        (["pack", "test", "yucheng-2015"], 4, "is not installed"),
        (["pack", "show", "yucheng-2015"], 4, "is not installed"),
        (["pack", "check", "yucheng-2015"], 4, "did you mean `yucheng-2016`?"),
    ],
)
def test_exit_status_and_message(
    capsys: pytest.CaptureFixture[str], arguments: list[str], status: int, message: str
) -> None:
    Path("folder.csv").mkdir()
    Path("taken").write_text("")  # A file stands where a folder is needed.
    got, out, err = run(capsys, *arguments)
    assert (got, message in err, out) == (status, True, "")
    assert "Traceback" not in err


def test_packs_are_listed_shown_checked_and_tested(capsys: pytest.CaptureFixture[str]) -> None:
    assert "yucheng-2016" in run(capsys, "pack", "list")[1]
    assert {each["id"] for each in json.loads(run(capsys, "pack", "list", "--json")[1])} >= {
        "exit-2016",
        "yucheng-2016",
    }
    status, out, _ = run(capsys, "pack", "show", "yucheng-2016")
    assert status == 0
    assert "income_line" in out
    assert "      3402 yuan/person/year, from 2015-01-01\n" in out
    assert "from memory, to be confirmed" in out
    assert "      unless: away for work or treatment\n" in out
    _, out, _ = run(capsys, "pack", "show", "yucheng-2016", "--lang", "zh")
    assert "收入线（省定）\n      3402元/人/年，2015-01-01 起\n" in out
    headings = ["参数", "口径", "识别条件", "排除情形", "优先情形", "退出条件", "数据核查", "出处"]
    assert [line for line in out.splitlines() if line in headings] == headings
    status, out, _ = run(capsys, "pack", "check", "yucheng-2016")
    assert status == 0
    assert "no faults" in out
    assert json.loads(run(capsys, "pack", "check", "yucheng-2016", "--json")[1])["ok"] is True
    status, out, _ = run(capsys, "pack", "test", "yucheng-2016", "-k", "car", "-v")
    assert status == 0
    assert "passed  " in out
    assert "0 failed" in out


def test_a_pack_that_leaves_a_parameter_open_says_so_instead_of_a_fingerprint(
    capsys: pytest.CaptureFixture[str],
) -> None:
    status, out, _ = run(capsys, "pack", "check", "monitoring-2021")
    assert (status, out.endswith("; open: monitoring_line\n")) == (0, True)
    checked = json.loads(run(capsys, "pack", "check", "monitoring-2021", "--json")[1])
    assert (checked["open"], checked["fingerprint"]) == (["monitoring_line"], None)
    given = json.loads(run(capsys, "pack", "check", "monitoring-yunnan", "--json")[1])
    assert (given["open"], len(given["fingerprint"])) == ([], 64)
    status, out, _ = run(capsys, "pack", "show", "monitoring-2021", "--lang", "zh")
    assert "收入监测范围\n      待定，取值在3000元/人/年至30000元/人/年之间\n" in out
    assert (
        "      open, from 3000 yuan/person/year to 30000 yuan/person/year\n"
        in run(capsys, "pack", "show", "monitoring-2021")[1]
    )
    status, out, _ = run(capsys, "pack", "test", "monitoring-2021", "-k", "exactly", "-v")
    assert (status, "2 passed, 0 failed" in out) == (0, True)


@pytest.mark.parametrize("pack", installed_packs())
def test_every_pack_shows_itself_in_both_languages_and_to_programs(
    capsys: pytest.CaptureFixture[str], pack: str
) -> None:
    for language in ("zh", "en"):
        status, out, err = run(capsys, "pack", "show", pack, "--lang", language)
        assert (status, err) == (0, "")
        assert "None" not in out
    shown = json.loads(run(capsys, "pack", "show", pack, "--json")[1])
    assert shown["lineage"][-1] == pack
    cited = {each["source"] for each in shown["rules"] + shown["definitions"]}
    assert cited <= set(shown["sources"])


def test_a_pack_is_found_by_the_name_of_its_folder(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = write_pack(tmp_path, {})
    assert folder.parent == Path.cwd()
    status, out, _ = run(capsys, "pack", "check", folder.name)
    assert (status, out.startswith("relief ")) == (0, True)


def test_a_broken_installed_pack_does_not_hide_the_others(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    bad = write_pack(tmp_path, {"rules.toml": {"wage < line": "wage < lin"}})
    found = {"relief": bad, **installed_packs()}
    monkeypatch.setattr("fupin_rules.cli._packs.installed_packs", lambda: found)
    status, out, err = run(capsys, "pack", "list", "--lang", "zh")
    assert status == 4
    assert "yucheng-2016" in out
    assert "`lin` is not known" in err


def test_a_pack_that_fails_says_so_with_status_1(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    bad = write_pack(tmp_path / "a", {"rules.toml": {"wage < line": "wage < lin"}})
    status, out, _ = run(capsys, "pack", "check", str(bad))
    assert (status, out) == (1, "relief/rules.toml, line 5, column 16: `lin` is not known; did you mean `line`?\n")
    assert json.loads(run(capsys, "pack", "check", str(bad), "--json")[1])["faults"][0]["code"] == "unknown_name"
    wrong = write_pack(tmp_path / "b", {"cases.toml": {"poor = true": "poor = false"}})
    status, out, _ = run(capsys, "pack", "test", str(wrong), "--lang", "zh")
    assert status == 1
    assert "rule `poor`: expected false, got true" in out
    assert "低一分" in out
    assert json.loads(run(capsys, "pack", "test", str(wrong), "--json")[1])["failed"][0]["id"] == "below"


def test_a_register_is_simulated_and_checked(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--households", "20", "--people", "35", "--townships", "2", "--seed", "2")
    status, out, _ = run(capsys, "register", "simulate", "--out", "made", *arguments)
    assert status == 0
    assert out.startswith("20 households, 35 people, 2 townships, ")
    status, out, _ = run(capsys, "register", "check", "made")
    assert out.startswith("20 households, 35 people, ")
    told = json.loads(run(capsys, "register", "check", "made", "--json")[1])
    assert told["rows_used"] + told["rows_set_aside"] == told["rows_read"]
    made = json.loads(run(capsys, "register", "simulate", "--out", "made.xlsx", *arguments, "--json")[1])
    assert made["people"] == 35


def test_the_canary_is_nowhere_in_any_output(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    made = simulate(seed=9, households=12, people=30, townships=1)
    secrets = set()
    for home in made.households:
        secrets |= {home.phone.reveal(), home.bank_account.reveal()}  # type: ignore[union-attr]
        secrets |= {member.id_no.reveal() for member in home.members}  # type: ignore[union-attr]
        secrets |= {member.name.reveal() for member in home.members}  # type: ignore[union-attr]
    write_register(tmp_path / "made", made.households, made.villages)
    # Faults in the very cells that hold numbers.
    text = (tmp_path / "made" / "members.csv").read_text(encoding="utf-8-sig")
    first = next(iter(secrets & set(text.replace("\n", ",").split(","))))
    (tmp_path / "made" / "members.csv").write_text(
        text.replace("未脱贫", "某状态", 3) + text.splitlines()[1] + "\n" + first, "utf-8"
    )
    shown = ""
    for command in ("assess", "exit"):
        for more in (
            (),
            ("--json",),
            ("--explain", made.households[0].id),
            ("--lang", "zh", "--out", f"{command}.xlsx"),
        ):
            _, out, err = run(capsys, command, "made", *YUCHENG, *more)
            shown += out + err
    _, out, err = run(capsys, "register", "check", "made")
    shown += out + err
    shown += "".join(path.read_text(encoding="utf-8-sig") for path in tmp_path.glob("out/*.csv"))
    assert shown
    assert [secret for secret in secrets if secret in shown] == []


def test_a_missing_extra_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"PK")
    monkeypatch.setitem(sys.modules, "python_calamine", None)
    status, _, err = run(capsys, "assess", "a.xlsx", *YUCHENG)
    assert status == 2
    assert (
        err
        == 'a.xlsx: reading Excel workbooks needs the extra `excel`; pip install "fupin-rules[excel]", or in a clone pip install ".[excel]"\n'
    )
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    status, _, err = run(capsys, "assess", EXAMPLE, *YUCHENG, "--out", "d.xlsx")
    assert status == 2
    assert "writing Excel workbooks needs the extra `excel`" in err


def _process(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "fupin_rules", *arguments],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONUTF8": "1"} | more,
    )


def test_it_runs_as_a_module_and_tells_its_version() -> None:
    done = _process("--version")
    assert (done.returncode, done.stdout) == (0, f"fupin {fupin_rules.__version__}\n")


def test_the_same_bytes_whatever_the_hash_seed() -> None:
    outputs = set()
    for seed in ("0", "1", "42"):
        done = _process("assess", EXAMPLE, *YUCHENG, "--json", "--out", f"{seed}.csv", PYTHONHASHSEED=seed)
        assert done.returncode == 0, done.stderr
        outputs.add(
            (
                done.stdout.replace(f"{seed}.csv", "").replace(f"{seed}.villages.csv", ""),
                Path(f"{seed}.csv").read_bytes(),
            )
        )
    assert len(outputs) == 1


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        ("assess --help", {"workflow", "review", "report", "interview", "schemas"}),
        ("case --help", {"columnar", "review", "report", "interview", "schemas"}),
        ("--help", {"columnar", "comparison", "workflow", "registry", "schemas"}),
        ("nonsense", {"columnar", "comparison", "workflow", "registry", "schemas"}),
    ],
)
def test_a_command_loads_what_it_needs_and_not_what_others_do(asked: str, left: set[str]) -> None:
    code = (
        "import sys; from fupin_rules.cli import main; main(sys.argv[1:])\n"
        "print('|', *sorted({name.split('.')[1] for name in sys.modules if name.startswith('fupin_rules.')}))"
    )
    done = subprocess.run([sys.executable, "-c", code, *asked.split()], capture_output=True, text=True, check=True)
    loaded = set(done.stdout.rpartition("|")[2].split())
    assert loaded and not loaded & left
