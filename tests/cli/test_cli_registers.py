"""What is asked of a register beside assessing it: findings of checks, public notices, counties on a sheet."""

import csv
import json
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

import fupin_rules as fr
from fupin_rules.cli import main
from fupin_rules.model import PersonName
from fupin_rules.registry import read_register, simulate, write_json_lines, write_register

QUALITY = ["--policy", "quality-guizhou-2024", "--on", "2024-01-15"]
POSTED = ["--posted", "2016-02-01", "--until", "2016-02-07"]


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(arguments)
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def register(tmp_path: Path, *homes: fr.Household) -> str:
    place = tmp_path / "held" / "register.jsonl"
    write_json_lines(place, (fr.to_plain(home, reveal=True) for home in homes))
    return str(place)


CHILD = fr.Member(id="1", birth_date=date(2015, 5, 1), labour="ordinary", id_no="110105194912310021", name="甲一")
HOME = fr.Household(id="H-1", township="甲镇", village="柳树屯", members=(CHILD,), head_name="甲一")


# -- findings --------------------------------------------------------------------------------------------------------


def test_findings_are_counted_with_the_number_of_their_rule(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    other = attrs.evolve(HOME, id="H-2")
    status, out, err = run(capsys, "register", "findings", register(tmp_path, HOME, other), *QUALITY)
    assert status == 0
    assert out.splitlines()[0] == "quality-guizhou-2024 on 2024-01-15: 6 findings about 2 subjects"
    assert any(line.split()[-2:] == ["2", "C3#2_01_011"] for line in out.splitlines())
    assert err == "name a file with `--out` to have them household by household\n"


def test_findings_go_to_a_file_household_by_household_without_personal_texts(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    place = register(tmp_path, HOME)
    status, out, _ = run(
        capsys, "register", "findings", place, *QUALITY, "--out", "f.csv", "--lang", "zh", "--exit-code"
    )
    assert status == 1
    assert out.startswith("quality-guizhou-2024，2024-01-15：1个对象有3处疑点\n")
    assert out.endswith("全部疑点：f.csv\n")
    with Path("f.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["编号 id"] for row in rows} == {"H-1"}
    assert {row["行政村 village"] for row in rows} == {"柳树屯"}
    assert "C3#2_01_011" in {row["来源 source"] for row in rows}
    written = Path("f.csv").read_text(encoding="utf-8-sig")
    assert "110105" not in written
    assert "甲一" not in written
    run(capsys, "register", "findings", place, *QUALITY, "--out", "f.jsonl", "--json")
    lines = [json.loads(line) for line in Path("f.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["source"] for line in lines] == [row["来源 source"] for row in rows]


def test_findings_as_json(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, out, _ = run(capsys, "register", "findings", register(tmp_path, HOME), *QUALITY, "--json")
    found = json.loads(out)
    assert status == 0
    assert (found["policy"], found["on"], found["out"]) == ("quality-guizhou-2024", "2024-01-15", None)
    assert {each["source"]: each["count"] for each in found["findings"]}["C3#2_01_011"] == 1


def test_a_policy_without_checks_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    place = register(tmp_path, HOME)
    status, _, err = run(capsys, "register", "findings", place, "--policy", "monitoring-guizhou", "--on", "2023-05-01")
    assert status == 2
    assert err == "policy `monitoring-guizhou`: has no check about a household; ask a pack that has one\n"


# -- notices ---------------------------------------------------------------------------------------------------------

NEIGHBOURS = [attrs.evolve(HOME, id=f"H-{number}", head_name=f"甲{number}", members=()) for number in range(4)]


def test_a_notice_names_whom_a_list_says(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    Path("ids.txt").write_text("H-1\nH-2\n", encoding="utf-8")
    place = register(tmp_path, *NEIGHBOURS)
    common = ["forms", "notice", place, "--village", "柳树屯", *POSTED, "--ids", "ids.txt", "--columns", "head_name"]
    status, out, err = run(capsys, *common)
    assert (status, err) == (0, "")
    assert out == (
        "public notice: 甲镇柳树屯, 2 households\n"
        "from 2016-02-01 to 2016-02-07, both days included\n"
        "whoever objects says so by the last day\n"
        "names are masked; every row is shared by at least 4 households\n"
        "\n"
        "  no.  head of household\n"
        "    1  甲*\n"
        "    2  甲*\n"
    )
    for name in ("n.txt", "n.csv", "n.xlsx"):
        status, out, _ = run(capsys, *common, "--out", name, "--lang", "zh")
        assert (status, out) == (0, f"公示：甲镇柳树屯，2户: {name}\n")
        assert Path(name).stat().st_size > 20
    assert "甲1" not in Path("n.txt").read_text(encoding="utf-8")
    status, out, _ = run(capsys, *common, "--names", "full", "--json")
    assert json.loads(out)["rows"] == [["甲1"], ["甲2"]]


def test_a_notice_names_whom_a_policy_finds(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    made = simulate(seed=4, households=60, people=110, townships=1)
    place = register(tmp_path, *made.households)
    rules = fr.load_policy("yucheng-2016").on(date(2016, 1, 31))
    asked = {"eligible": fr.Outcome.ELIGIBLE, "exit": fr.ExitOutcome.MET}
    judge: dict[str, Any] = {"eligible": fr.assess, "exit": fr.assess_exit}
    shown = 0
    for kind, outcome in asked.items():
        for village in sorted({str(home.village) for home in made.households}):
            names = [
                home.head_name.reveal()
                for home in made.households
                if home.village == village
                and judge[kind](home, rules).outcome is outcome
                and isinstance(home.head_name, PersonName)
            ]
            arguments = ["--policy", "yucheng-2016", "--on", "2016-01-31", "--of", kind, "--names", "full", "--json"]
            status, out, _ = run(capsys, "forms", "notice", place, "--village", village, *POSTED, *arguments)
            if names:
                assert [row[0] for row in json.loads(out)["rows"]] == names
                shown += len(names)
            else:
                assert status == 3
    assert shown > 5


@pytest.mark.parametrize(
    ("arguments", "said", "status"),
    [
        (["--village", "柳树屯"], "forms notice: whom the notice is about is not said, or twice; ", 2),
        (
            ["--village", "杨树屯", "--ids", "ids.txt"],
            "--village: the register has no household there; it has: 柳树屯\n",
            2,
        ),
        (
            ["--village", "柳树屯", "--ids", "ids.txt"],
            "--ids: 1 ids are of no household in the village, the first: `H-9`; correct the list\n",
            2,
        ),
        (
            ["--village", "柳树屯", "--policy", "yucheng-2016", "--on", "2016-01-31"],
            "notice: there is nobody to put on it; put up one notice for each village\n",
            3,
        ),
    ],
)
def test_what_a_notice_cannot_be_made_of(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, arguments: list[str], said: str, status: int
) -> None:
    Path("ids.txt").write_text("H-9\n", encoding="utf-8")
    found, out, err = run(capsys, "forms", "notice", register(tmp_path, *NEIGHBOURS), *POSTED, *arguments)
    assert (found, out) == (status, "")
    assert err.startswith(said)


# -- areas -----------------------------------------------------------------------------------------------------------

COUNTY = fr.Area(
    id="A-1", level="county", name="某县", region="other", rural_population=1000, remaining_poor_people=19,
    estimated_wrongly_exited_people=0, estimated_missed_people=0, sample_exited_people=500,
    sample_wrongly_exited_people=9, sample_unregistered_rural_people=500, sample_missed_people=9,
    surveyed_households=100, approving_households=90,
)  # fmt: skip


@pytest.mark.parametrize("place", ["held", "held/register.xlsx"])
def test_counties_stand_on_a_sheet_of_their_own(capsys: pytest.CaptureFixture[str], tmp_path: Path, place: str) -> None:
    made = simulate(seed=4, households=5, people=8, townships=1)
    write_register(tmp_path / place, made.households, made.villages, [COUNTY])
    reading = read_register(tmp_path / place)
    assert reading.areas == (COUNTY,)
    assert reading.rows_set_aside == 0
    status, out, _ = run(capsys, "exit", str(tmp_path / place), "--policy", "exit-2016", "--on", "2017-06-01")
    assert status == 0
    assert "1 area\n  every guarantee met" in out
    with Path("out/exits.areas.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = list(csv.DictReader(file))
    assert row["结论 outcome"] == "met"
    status, out, _ = run(
        capsys, "exit", str(tmp_path / place), "--policy", "exit-2016", "--on", "2017-06-01", "--explain", "A-1"
    )
    assert status == 0
    assert out.startswith("area A-1: every guarantee is met")
