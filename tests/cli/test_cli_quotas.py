"""`fupin assess --quota`: one number, or one for each village of a sheet; a forbidden quota is refused."""

import json
from pathlib import Path

import pytest
from small_pack import write_pack

import fupin_rules as fr
from fupin_rules.cli import main
from fupin_rules.registry import write_register

RANKING = """\

[ranking.household]
method = "weights"
source = "order"

[[ranking.household.tie_break]]
by = "wage"
prefer = "lower"
source = "order"
"""
NO_QUOTA = '\n[no_quota.household]\nsource = "order#art-5"\n'


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def home(number: int, village: str | None, township: str | None = "东镇") -> fr.Household:
    return fr.Household(
        id=f"{village}-{number}",
        village=village,
        township=township,
        members_complete=True,
        members=(fr.Member(id="1", on_dibao=False),),
        income=fr.Income(wage_income_yuan=number),
        living=fr.Living(house_grade="A"),
        assets=fr.Assets(owns_car=False),
    )


def ask(capsys: pytest.CaptureFixture[str], homes: list[fr.Household], *arguments: str) -> tuple[int, str, str]:
    write_register(Path("homes.jsonl"), homes)
    pack = Path("packs") / "relief"
    if not pack.exists():
        write_pack(Path("packs"))
    status = main(["assess", "homes.jsonl", "--policy", str(pack), "--on", "2016-06-01", *arguments])
    shown = capsys.readouterr()
    return status, shown.out, shown.err


def sheet(text: str) -> str:
    Path("quotas.csv").write_text(text, encoding="utf-8")
    return "quotas.csv"


TWO = [home(number, village) for village in ("甲村", "乙村") for number in (1, 2, 3)]


@pytest.mark.parametrize("headers", ["village,quota", "行政村,名额", "村,规模"])
def test_each_village_has_the_quota_of_its_row(capsys: pytest.CaptureFixture[str], headers: str) -> None:
    status, out, err = ask(capsys, TWO, "--quota", sheet(f"{headers}\n甲村,1\n乙村,2\n"), "--json")
    assert (status, err) == (0, "")
    found = {name: (each["quota"], each["certain"]) for name, each in json.loads(out)["quota"].items()}
    assert found == {"东镇 甲村": (1, ["甲村-1"]), "东镇 乙村": (2, ["乙村-1", "乙村-2"])}


def test_villages_of_one_name_are_told_apart_by_their_townships(capsys: pytest.CaptureFixture[str]) -> None:
    homes = [home(1, "甲村"), home(2, "甲村", "西镇")]
    status, out, _ = ask(
        capsys, homes, "--quota", sheet("township,village,quota\n东镇,甲村,1\n西镇,甲村,0\n"), "--json"
    )
    found = {name: each["certain"] for name, each in json.loads(out)["quota"].items()}
    assert (status, found) == (0, {"东镇 甲村": ["甲村-1"], "西镇 甲村": []})
    status, _, err = ask(capsys, homes, "--quota", sheet("village,quota\n甲村,1\n"))
    assert (status, err) == (
        3,
        (
            "quotas.csv, row 2: `甲村` stands in several townships of the register;"
            " add a column `township`, and one row for each\n"
        ),
    )


def test_a_row_that_names_the_township_goes_before_one_that_does_not(capsys: pytest.CaptureFixture[str]) -> None:
    text = sheet("township,village,quota\n,甲村,2\n东镇,甲村,1\n,乙村,3\n")
    status, out, _ = ask(capsys, TWO, "--quota", text, "--json")
    found = {name: each["quota"] for name, each in json.loads(out)["quota"].items()}
    assert (status, found) == (0, {"东镇 甲村": 1, "东镇 乙村": 3})


def test_a_village_without_a_quota_is_named_and_nobody_is_ranked(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = ask(capsys, TWO, "--quota", sheet("village,quota\n甲村,1\n乙庄,2\n"))
    assert status == 3
    assert "--quota: there is none for `东镇 乙村`; did you mean `乙庄`?" in err
    assert not Path("out").exists()


def test_households_that_name_no_village_have_no_quota(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = ask(capsys, [*TWO, home(1, None, None)], "--quota", sheet("village,quota\n甲村,1\n乙村,2\n"))
    assert (status, err) == (
        3,
        "--quota: some households name no village, so they have no quota; name their village in the register\n",
    )


def test_a_quota_that_nobody_is_under_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    text = sheet("village,quota\n甲村,1\n乙村,2\n丙村,4\n")
    status, _, err = ask(capsys, TWO, "--quota", text)
    assert (status, err) == (
        0,
        "note: quotas.csv, row 4: no household of the register is in `丙村`, its quota is not used\n",
    )
    _, _, err = ask(capsys, TWO, "--quota", text, "--lang", "zh")
    assert err == "说明：quotas.csv, row 4：名册中没有“丙村”的农户，其名额未用\n"


def test_a_sheet_that_is_not_there_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = ask(capsys, TWO, "--quota", "other.csv")
    assert status == 2
    assert "argument --quota: there is no file `other.csv`" in err


@pytest.mark.parametrize("arguments", [("--quota", "3"), ("--quota", "3", "--by-village"), ("--quota", "quotas.csv")])
def test_a_forbidden_quota_is_refused_with_its_text_before_anybody_is_assessed(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    sheet("whatever stands in it is not read\n")
    write_pack(Path("packs"), {"pack.toml": {RANKING: NO_QUOTA}})
    status, _, err = ask(capsys, TWO, *arguments)
    assert (status, err) == (
        4,
        (
            "policy `relief`: forbids a quota of households"
            " (某县, order of a county (invented), 2015-12-31, art-5 (text held with the pack));"
            " take in everybody who is eligible, and rank nobody\n"
        ),
    )
    assert not Path("out").exists()
    assert ask(capsys, TWO)[0] == 0


def test_a_pack_shows_its_checklists_its_open_slots_and_a_forbidden_quota(capsys: pytest.CaptureFixture[str]) -> None:
    pack = write_pack(Path("packs"), {"pack.toml": {RANKING: NO_QUOTA}})
    shown = {}
    for language in ("zh", "en"):
        for each in ("yucheng-2016", str(pack)):
            assert main(["pack", "show", each, "--lang", language]) == 0
            shown[each, language] = capsys.readouterr().out
    assert (
        "\n清单\n  five_links_ten_haves: 五通十有\n      village_road: 通路（有即达标）\n"
        in shown["yucheng-2016", "zh"]
    )
    assert "      village_have_10: 十有之十（空项，不是规则）\n" in shown["yucheng-2016", "zh"]
    assert (
        "\nchecklists\n  five_links_ten_haves: five links, ten haves\n"
        "      village_road: hard road to the township (having it counts)\n"
    ) in shown["yucheng-2016", "en"]
    assert "      village_have_1: first of the ten haves (open slot, no rule)\n" in shown["yucheng-2016", "en"]
    assert (
        "\n不得设置规模限制\n  household: 某县，《某县通知》，2015-12-31，art-5（原文随附）\n" in shown[str(pack), "zh"]
    )
    assert "\nno quota is allowed\n  household: 某县, order of a county (invented)," in shown[str(pack), "en"]
    assert main(["pack", "show", "yucheng-2016", "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    (checklist,) = plain["checklists"]
    assert [each["open"] for each in checklist["items"]] == [False] * 5 + [True] * 10
    assert {each["counts"] for each in checklist["items"]} == {"having"}
    assert plain["no_quota"] == {}
    assert main(["pack", "show", str(pack), "--json"]) == 0
    plain = json.loads(capsys.readouterr().out)
    assert plain["no_quota"] == {"household": {"source": "order", "locator": "art-5", "standing": "stated"}}
