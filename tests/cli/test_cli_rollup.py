"""`fupin register rollup`: sums by township, each incidence with its base named, and what is open shown as such."""

import csv
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest

import fupin_rules as fr
from fupin_rules.cli import main
from fupin_rules.registry import simulate, write_register


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    status = main(("register", "rollup", *arguments))
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def register(*, stated: int | None = 9, more: Sequence[fr.Village] = (), **changes: Any) -> str:
    """Write six households of ten people in three villages of two townships, all known but for `changes` of one."""
    made = simulate(seed=1, households=6, people=10, townships=2)
    places = [
        ("甲镇", "一村"),
        ("甲镇", "一村"),
        ("甲镇", "二村"),
        ("乙镇", "三村"),
        ("乙镇", "三村"),
        ("乙镇", "三村"),
    ]
    homes = [
        attrs.evolve(
            home,
            township=township,
            village=village,
            is_valid=True,
            members_complete=True,
            members=tuple(attrs.evolve(each, health=("healthy",)) for each in home.members),
            stated_member_count=len(home.members),
            household_attribute="ordinary_poor",
            poverty_status="exited" if number == 0 else "poor",
        )
        for number, (home, (township, village)) in enumerate(zip(made.households, places, strict=True))
    ]
    homes[3] = attrs.evolve(homes[3], **changes)
    villages = [
        fr.Village(
            id=name, name=name, township=township, rural_population=people, population=2 * people, poor_people=poor
        )
        for township, name, people, poor in (
            ("甲镇", "一村", 200, None),
            ("甲镇", "二村", 100, stated),
            ("乙镇", "三村", 400, None),
        )
    ]
    write_register(Path("made"), homes, [*villages, *more])
    return "made"


NOTE = "note: the export lists all members of a household, so its roster is taken as complete\n"


def test_the_poor_of_each_township_and_of_all_with_the_base_named(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, err = run(capsys, register())
    assert (status, err) == (0, NOTE)
    lines = [re.split(r"  +", line.strip()) for line in out.splitlines()]
    assert lines == [
        ["incidence = poor people not yet lifted out / people on the rural register"],
        [
            "township",
            "villages",
            "poor households",
            "poor people",
            "poor households not yet lifted out",
            "poor people not yet lifted out",
            "people on the rural register",
            "incidence",
        ],
        ["乙镇", "1", "3", "4", "3", "4", "400", "4/400: 1 %"],
        ["甲镇", "2", "3", "6", "2", "4", "300", "4/300: ≈1.33 %"],
        ["total", "3", "6", "10", "5", "8", "700", "8/700: ≈1.14 %"],
        [""],
        ["1 figure does not fit"],
        ["二村: poor people: 9 stated, 2 counted"],
    ]


def test_the_same_in_chinese_over_another_base(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, register(), "--lang", "zh", "--base", "population", "--poor", "poor_people")
    lines = [re.split(r"  +", line.strip()) for line in out.splitlines()]
    assert lines == [
        ["发生率＝贫困人口数／总人口数"],
        ["乡镇", "行政村", "贫困户数", "贫困人口数", "尚未脱贫户数", "尚未脱贫人口数", "总人口数", "发生率"],
        ["乙镇", "1", "3", "4", "3", "4", "800", "4/800: 0.50 %"],
        ["甲镇", "2", "3", "6", "2", "4", "600", "6/600: 1 %"],
        ["合计", "3", "6", "10", "5", "8", "1,400", "10/1,400: ≈0.71 %"],
        [""],
        ["1处数字不相符"],
        ["二村：贫困人口数：填报9，汇总2"],
    ]


def test_a_status_that_is_not_known_gives_bounds_and_never_a_number(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = run(capsys, register(poverty_status=None))
    lines = {words[0]: words[1:] for line in out.splitlines() if (words := re.split(r"  +", line.strip()))}
    assert lines["乙镇"] == ["1", "3", "4", "2 to 3", "3 to 4", "400", "0.75 to 1 %"]
    assert lines["total"] == ["3", "6", "10", "4 to 5", "7 to 8", "700", "1 to ≈1.14 %"]
    assert err == (
        "note: where a roster may be incomplete, or a status or class is not known, a count has bounds\n" + NOTE
    )
    _, out, err = run(capsys, "made", "--lang", "zh")
    assert "2至3" in out
    assert "0.75至1 %" in out
    assert "只给出范围" in err


def test_a_roster_that_may_be_longer_leaves_the_incidence_open_above(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, register(members_complete=False))
    assert "at least 10" in out
    assert [re.split(r"  +", line)[-1] for line in out.splitlines()[2:5]] == [
        "at least 1 %",
        "4/300: ≈1.33 %",
        "at least ≈1.14 %",
    ]
    _, out, _ = run(capsys, "made", "--lang", "zh")
    assert [re.split(r"  +", line)[-1] for line in out.splitlines()[2:5]] == [
        "至少1 %",
        "4/300: ≈1.33 %",
        "至少≈1.14 %",
    ]
    _, out, _ = run(capsys, "made", "--base", "resident_population")
    assert [line.endswith("not known") for line in out.splitlines()[2:5]] == [True] * 3
    _, out, _ = run(capsys, "made", "--base", "resident_population", "--lang", "zh")
    assert [line.endswith("未知") for line in out.splitlines()[2:5]] == [True] * 3


def test_records_that_nobody_marked_are_counted_as_listed_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, err = run(capsys, register(is_valid=None))
    assert "4/400: 1 %" in out
    assert "note: 1 household is not marked as valid or not (AAR100) and counted as listed\n" in err
    _, _, err = run(capsys, "made", "--lang", "zh")
    assert "说明：1户没有有效标志（AAR100），按列入名册计\n" in err


def test_households_of_a_village_without_a_form_leave_its_base_open(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, register(township="乙镇", village="四村"))
    township = next(line for line in out.splitlines() if "乙镇" in line)
    assert re.split(r"  +", township.strip()) == ["乙镇", "2", "3", "4", "3", "4", "at least 400", "0 to 1 %"]


def test_the_file_has_every_village_and_writes_open_counts_so_that_nobody_adds_them_up(
    capsys: pytest.CaptureFixture[str],
) -> None:
    run(capsys, register(poverty_status=None), "--out", "sums.csv")
    with Path("sums.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [(row["层级 level"], row["乡镇 township"], row["行政村 village"]) for row in rows] == [
        ("village", "乙镇", "三村"),
        ("village", "甲镇", "一村"),
        ("village", "甲镇", "二村"),
        ("township", "乙镇", ""),
        ("township", "甲镇", ""),
        ("total", "", ""),
    ]
    first, last = rows[0], rows[-1]
    assert (first["尚未脱贫人口数 remaining_poor_people"], first["常住人口数 resident_population"]) == ("3..4", "0..")
    assert (last["贫困人口数 poor_people"], last["贫困发生率 incidence"]) == ("10", "")
    assert rows[1]["贫困发生率 incidence"] == "1/100"
    assert {(row["分子 counted above"], row["分母 base"]) for row in rows} == {
        ("remaining_poor_people", "rural_population")
    }
    assert re.fullmatch(r"households\[[^\]]+\]\.poverty_status", first["尚缺事实 missing"])
    assert last["尚缺事实 missing"] == ""


def test_programs_get_exact_fractions_with_both_names(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, register(), "--json", "--out", "sums.jsonl")
    told = json.loads(out)
    assert told["total"]["incidence"] == {
        "poor_name": "remaining_poor_people",
        "base_name": "rural_population",
        "share": "2/175",
        "low": "2/175",
        "high": "2/175",
    }
    assert told["total"]["counts"]["poor_people"] == 10
    assert told["total"]["counts"]["resident_population"] == {"low": 0, "high": None, "missing": 3}
    assert [each["township"] for each in told["townships"]] == ["乙镇", "甲镇"]
    assert told["findings"] == [
        {
            "subject_id": "二村",
            "code": "stated_differs",
            "paths": ["poor_people"],
            "zh": "贫困人口数：填报9，汇总2",
            "en": "poor people: 9 stated, 2 counted",
        }
    ]
    lines = [json.loads(line) for line in Path("sums.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [each["level"] for each in lines] == ["village"] * 3 + ["township"] * 2 + ["total"]
    assert lines[0]["counts"]["resident_population"]["missing"] == ["villages[三村].resident_population"]
    assert lines[-1] == told["total"]


def test_figures_that_do_not_fit_end_with_one_only_where_asked(capsys: pytest.CaptureFixture[str]) -> None:
    place = register()
    assert [run(capsys, place)[0], run(capsys, place, "--exit-code")[0]] == [0, 1]
    assert run(capsys, register(stated=2), "--exit-code")[0] == 0


def test_against_two_forms_of_one_village_no_figure_is_held(capsys: pytest.CaptureFixture[str]) -> None:
    twin = fr.Village(id="二村之二", name="二村", township="甲镇", rural_population=50, population=50)
    _, out, _ = run(capsys, register(more=[twin]))
    assert "figure" not in out
    township = next(line for line in out.splitlines() if "甲镇" in line)
    assert re.split(r"  +", township.strip())[1:] == ["3", "3", "6", "2", "4", "350", "4/350: ≈1.14 %"]


def test_many_figures_are_counted_and_the_first_shown(capsys: pytest.CaptureFixture[str]) -> None:
    made = simulate(seed=2, households=60, people=110, townships=3)
    write_register(Path("many"), made.households, made.villages)
    _, out, _ = run(capsys, "many")
    told = re.search(r"^(\d+) figures do not fit$", out, re.MULTILINE)
    assert told is not None
    assert out.endswith(f"  ... and {int(told[1]) - 10} more\n")
    _, out, _ = run(capsys, "many", "--lang", "zh")
    assert out.endswith(f"  ……另有{int(told[1]) - 10}处\n")


def test_sums_are_not_written_among_the_sheets_that_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    place = register()
    status, _, err = run(capsys, place, "--out", "made/sums.csv")
    assert (status, err) == (2, "--out sums.csv: lies in the register itself; name a file in another folder\n")
