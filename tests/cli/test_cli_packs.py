"""`fupin pack check --deep` and `fupin pack new`: a pack reviewed, and one to begin with that passes every check."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from bent_packs import CATALOGUE, bent

from fupin_rules.cli import main
from fupin_rules.policy import installed_packs, load_cases, load_policy
from fupin_rules.testing import case_score

BY_ID = {each.id: each for each in CATALOGUE}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    shown = capsys.readouterr()
    return status, shown.out, shown.err


# -- reviewed --------------------------------------------------------------------------------------------------------


def test_what_is_found_is_a_table_and_then_whole_and_ends_with_1(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    folder = bent(BY_ID["one-fen-of-wages"], tmp_path)
    status, out, err = run(capsys, "pack", "check", str(folder), "--deep", "--seconds", "60")
    assert (status, err) == (1, "")
    lines = out.splitlines()
    assert lines[0].startswith("relief 1.0.0: no faults; ")
    assert lines[1].startswith("relief 1.0.0: 1 finding, 0 waived, ")
    assert lines[3].split() == ["weight", "finding", "of", "place"]
    assert lines[4].startswith("  doubt   turn_off_line  household.eligible  relief/rules.toml, line 8, column 1")
    assert lines[6].startswith("turn_off_line household.eligible: one fen of wage income turns eligibility")
    assert "    wage income: 0.01 yuan/year" in lines


def test_the_same_in_chinese_and_as_one_json_value(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = bent(BY_ID["exclusion-within-another"], tmp_path)
    status, out, _ = run(capsys, "pack", "check", str(folder), "--deep", "--seconds", "60", "--lang", "zh")
    assert status == 1
    assert "idle_rule tractor：去掉排除情形 `tractor`，所有结果不变：见 `flat`" in out
    assert "  轻重  发现       所指     位置" in out
    status, out, _ = run(capsys, "pack", "check", str(folder), "--deep", "--seconds", "60", "--json")
    assert status == 1
    value = json.loads(out)
    assert value["ok"] is False
    assert [each["code"] for each in value["review"]["raised"]] == ["idle_rule"]


def test_what_is_waived_is_shown_when_asked_for_and_ends_with_0(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "pack", "check", "monitoring-2020", "--deep", "--seconds", "60")
    assert status == 0
    assert "monitoring-2020 1.0.0: nothing found, 3 waived, " in out
    assert "monitored_share" not in out
    status, out, _ = run(capsys, "pack", "check", "monitoring-2020", "--deep", "--seconds", "60", "--waived")
    assert status == 0
    assert "  waived  unused_parameter  monitored_share " in out
    assert "  waived: The share is a measure of the whole and keeps no household out" in out
    assert "  ends: Whoever keeps this pack, if a text is found that decides by the share." in out


def test_what_could_not_be_told_is_counted_beside_and_ends_with_1_only_when_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    asked = ("pack", "check", "monitoring-2020", "--deep", "--total", "0.000001")
    status, out, err = run(capsys, *asked)
    assert status == 0
    assert "0 questions asked, " in out
    assert err.startswith("undecided (it was not asked any more): ")
    assert run(capsys, *asked, "--exit-code")[0] == 1
    assert run(capsys, *asked, "--lang", "zh")[2].startswith("未决（未及询问）：")


@pytest.mark.parametrize("seconds", ["0", "-1", "soon", "nan"])
def test_a_time_that_is_none_is_refused(seconds: str, capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, "pack", "check", "monitoring-2020", "--deep", "--seconds", seconds)
    assert status == 2
    assert f"argument --seconds: `{seconds}` is no number of seconds above 0" in err


def test_a_pack_with_faults_is_not_reviewed(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = bent(BY_ID["one-fen-of-wages"], tmp_path)
    (folder / "sources.toml").unlink()
    status, out, _ = run(capsys, "pack", "check", str(folder), "--deep")
    assert status == 1
    assert "no sources.toml names" in out
    assert "questions asked" not in out


# -- begun -----------------------------------------------------------------------------------------------------------

HEAD = ("--title-zh", "某“县”", "--title-en", 'a "county"', "--from", "2020-01-01", "--until", "2021-01-01")


def passes(capsys: pytest.CaptureFixture[str], folder: str) -> None:
    """Hold a pack to all that the command can ask of it."""
    assert run(capsys, "pack", "check", folder)[0] == 0
    status, out, err = run(capsys, "pack", "check", folder, "--deep", "--seconds", "60", "--exit-code")
    assert (status, err) == (0, ""), out
    status, out, _ = run(capsys, "pack", "test", folder)
    assert status == 0
    assert " 0 failed" in out
    assert " 0 passed" not in out
    # What a beginner takes as an example is one: its cases notice every slip.
    policy = load_policy(Path(folder))
    score = case_score(policy, load_cases(Path(folder)), pack=policy.id)
    # A line that a pack below leaves open is the county's to draw, and its cases come with it.
    left_open = {f"parameters.{name}" for below in policy.lineage[:-1] for name in load_policy(below).open_parameters}
    assert [each.text("en") for each in score.survivors if not each.id.startswith(tuple(left_open))] == []


def test_a_new_pack_passes_every_check_and_its_own_cases(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "pack", "new", "packs/county", *HEAD)
    assert status == 0
    assert out.splitlines()[0] == "pack `county` written: packs/county"
    assert "  fupin pack check --deep packs/county" in out
    policy = load_policy(Path("packs/county"))
    assert (policy.zh, policy.en) == ("某“县”", 'a "county"')
    assert policy.days.start == date(2020, 1, 1)
    assert {rule.kind.value for rule in policy.rules} == {"eligibility", "exclusion", "priority", "exit", "check"}
    passes(capsys, "packs/county")
    assert [path.name for path in Path("packs").iterdir()] == ["county"]


@pytest.mark.parametrize("below", ["monitoring-2021", "exclusions-suibin-2016"])
def test_a_new_pack_over_another_passes_every_check_too(below: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(capsys, "pack", "new", ".", "--id", "county", "--extends", below)[0] == 0
    policy = load_policy(Path("county"))
    assert policy.lineage[-2:] == (below, "county")
    assert policy.open_parameters == ()
    assert policy.days == load_policy(below).days
    passes(capsys, "county")


def test_a_new_pack_can_be_begun_over_every_shipped_one(capsys: pytest.CaptureFixture[str]) -> None:
    for below in installed_packs():
        name = f"over-{below}"
        assert run(capsys, "pack", "new", name, "--extends", below)[0] == 0
        assert load_policy(Path(name)).lineage[-2:] == (below, name)


def test_a_new_pack_takes_the_days_that_all_packs_below_cover(capsys: pytest.CaptureFixture[str]) -> None:
    arguments = ("--extends", "shandong-2014", "--extends", "exclusions-suibin-2016")
    status, out, _ = run(capsys, "pack", "new", "county", *arguments, "--json")
    assert status == 0
    value = json.loads(out)
    assert value["id"] == "county"
    assert value["files"] == ["cases.toml", "pack.toml", "rules.toml", "sources.toml"]
    assert str(load_policy(Path("county")).days) == "2016-12-01 to 2016-12-31"


@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("Some County",), 2, "Some County: `Some County` is no id of a pack; name the folder with a-z, 0-9 and -\n"),
        (("taken",), 2, "taken: is there already, and is not empty; name a new folder, or empty this one\n"),
        (
            ("county", "--from", "2020-01-01", "--until", "2020-01-01"),
            2,
            "--from, --until: no day from 2020-01-01 to 2019-12-31; give a first day, and a later one that ends it\n",
        ),
        (
            ("county", "--extends", "yucheng"),
            4,
            "pack `yucheng`: is not installed; did you mean `yucheng-2016`?\n",
        ),
    ],
)
def test_what_cannot_be_begun_is_refused_and_leaves_nothing(
    arguments: tuple[str, ...], status: int, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("taken").mkdir()
    (Path("taken") / "notes.txt").write_text("mine", encoding="utf-8")
    assert run(capsys, "pack", "new", *arguments) == (status, "", message)
    assert sorted(path.name for path in Path().iterdir()) == ["taken"]
    assert (Path("taken") / "notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_pack_whose_days_do_not_load_is_refused_and_leaves_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, "pack", "new", "county", "--extends", "shandong-2014", "--from", "2010-01-01")
    assert (status, out) == (4, "")
    assert "has no value on 2010-01-01" in err
    assert list(Path().iterdir()) == []


def test_an_empty_folder_gives_way(capsys: pytest.CaptureFixture[str]) -> None:
    Path("county").mkdir()
    assert run(capsys, "pack", "new", "county", *HEAD)[0] == 0
    assert (Path("county") / "pack.toml").is_file()
