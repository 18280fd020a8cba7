"""Doubts about a register: warnings with the number of their rule, that change nothing and show nobody's number."""

import csv
import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

import fupin_rules as fr
from fupin_rules.cli import main
from fupin_rules.model import check_character
from fupin_rules.registry import Doubt, find_doubts, read_register, simulate
from fupin_rules.registry._doubts import _DOUBTS
from fupin_rules.registry._problems import _RULE_NUMBERS, _ZH
from fupin_rules.testing import households
from fupin_rules.truth import NotKnown, Why

# Regions that were never issued, so that the numbers are nobody's.
FIRST = {"female": "37009919800101002", "male": "37009919800101001", "elsewhere": "37009819800101001"}
NUMBERS = {name: first + check_character(first) for name, first in FIRST.items()}
PLACEHOLDER = "999999" + NUMBERS["male"][6:]


def _home(**member: object) -> fr.Household:
    return fr.Household(
        id="H-1",
        members=(fr.Member(id="1", **member),),  # type: ignore[arg-type]  # facts of any sort
        area_code="370099001002",
        village="甲村",
    )


@pytest.mark.parametrize(
    ("member", "doubts"),
    [
        ({"id_no": NUMBERS["male"], "relation": "son"}, []),
        ({"id_no": NUMBERS["female"], "relation": "son"}, [("members[1].id_no", "relation", "2_01_004")]),
        ({"id_no": NUMBERS["female"], "relation": "spouse"}, []),
        ({"id_no": NUMBERS["female"]}, []),
        ({"id_no": NUMBERS["elsewhere"]}, [("members[1].id_no", "region", "")]),
        ({"id_no": PLACEHOLDER, "relation": "daughter"}, []),
        ({"phone": "13800000000"}, []),
        ({"phone": "12800000000"}, [("members[1].phone", "phone", "5_13_003")]),
        ({"phone": None, "id_no": NotKnown(Why.REFUSED)}, []),
    ],
)
def test_a_member_is_doubted_by_number_relation_region_and_phone(
    member: dict[str, object], doubts: list[tuple[str, str, str]]
) -> None:
    assert [(each.fact, each.code, each.rule_number) for each in find_doubts([_home(**member)])] == doubts


@pytest.mark.parametrize(
    ("code", "village", "is_doubted"),
    [
        ("370099001002", "370099001002", False),
        ("370099001002", "370099001003", True),
        ("370099001002", "370099001", False),
        ("370099001", "370099001002", True),
        ("370099001002", None, False),
        (None, "370099001002", False),
        ("甲镇甲村", "370099001002", False),
    ],
)
def test_a_household_lies_in_the_village_it_is_entered_under(
    code: str | None, village: str | None, is_doubted: bool
) -> None:
    home = fr.Household(id="H-1", village="甲村", area_code=code)
    others = [fr.Village(id="V-1", name="甲村", area_code=village), fr.Village(id="V-2", name="乙村", area_code="37")]
    assert find_doubts([home], others) == ((Doubt("H-1", "area_code", "area"),) if is_doubted else ())


def test_a_household_whose_village_is_not_known_lies_in_none_whatever_it_is_called() -> None:
    homes = [fr.Household(id="H-1", village=each, area_code="370099001002") for each in (None, NotKnown(Why.REFUSED))]
    names = {str(each.village) for each in homes}
    villages = [fr.Village(id=f"V-{name}", name=name, area_code="370099009001") for name in names]
    assert find_doubts(homes, villages) == ()


def test_of_two_villages_of_one_name_either_will_do() -> None:
    home = fr.Household(id="H-1", village="甲村", area_code="370099001002")
    codes = ("370099001002", "370099009001")
    assert find_doubts([home], [fr.Village(id=each, name="甲村", area_code=each) for each in codes]) == ()
    elsewhere = [fr.Village(id=each, name="甲村", area_code=each) for each in ("370099008001", "370099009001")]
    assert [each.code for each in find_doubts([home], elsewhere)] == ["area"]


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(households())
def test_doubts_are_told_for_each_household_by_itself_and_of_nothing_unknown(home: fr.Household) -> None:
    told = find_doubts([home, home])
    assert told == find_doubts([home]) * 2
    assert all(fr.with_fact(home, each.fact, None) != home for each in told)


def test_a_doubt_says_what_and_the_way_out_and_never_the_number() -> None:
    home = fr.with_fact(_home(id_no=NUMBERS["elsewhere"], relation="mother"), "phone", "12800000000")
    told = find_doubts([home])
    assert [str(each) for each in told] == [
        "household `H-1`, phone: is no mobile number; ask for the number again",
        (
            "household `H-1`, members[1].id_no: tells another sex than the relation to the head;"
            " check the relation, and the number on the card"
        ),
        (
            "household `H-1`, members[1].id_no: was given in another county;"
            " no mistake where the person has moved or the county was renamed"
        ),
    ]
    shown = repr(told) + "".join(str(each) + each.zh for each in told)
    assert "3700" not in shown and "128" not in shown
    assert all(any("\u4e00" <= letter <= "\u9fff" for letter in each.zh) for each in told)


def test_simulated_telephones_are_nobodys_and_therefore_doubted() -> None:
    made = simulate(seed=1, households=20, people=40, townships=1)
    assert {each.code for each in find_doubts(made.households, made.villages)} == {"phone"}


# -- at the door -----------------------------------------------------------------------------------------------------

ROW = {"姓名": "村民", "性别": "男", "证件号码": NUMBERS["male"], "人数": "1", "与户主关系": "户主", "脱贫属性": "脱贫"}


def _sheet(folder: Path, *rows: dict[str, str]) -> Path:
    with (folder / "members.csv").open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, list(ROW))
        writer.writeheader()
        writer.writerows(ROW | row for row in rows)
    return folder


def test_a_placeholder_is_read_as_no_number_and_listed_with_the_number_of_its_rule(tmp_path: Path) -> None:
    reading = read_register(_sheet(tmp_path, {"证件号码": PLACEHOLDER}))
    (problem,) = reading.problems
    assert str(problem) == (
        "members.csv, row 2, column `证件号码`: stands for a number that is not known;"
        " enter the number on the card, or leave it blank"
    )
    assert (problem.code, problem.rule_number, problem.sets_aside) == ("placeholder", "4_01_003", False)
    (home,) = reading.households
    assert home.members[0].id_no == NotKnown(Why.NOT_COLLECTED)
    assert home.head_id_no is None


def test_two_people_without_a_number_are_not_one_person(tmp_path: Path) -> None:
    reading = read_register(_sheet(tmp_path, {"证件号码": PLACEHOLDER}, {"证件号码": PLACEHOLDER}))
    assert [each.code for each in reading.problems] == ["placeholder", "placeholder"]
    assert len(reading.households) == 2


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ([{"证件号码": NUMBERS["male"][:17]}], [("certificate", "1_01_002、1_01_003、1_01_004")]),
        ([{"证件号码": NUMBERS["male"][:17] + "X"}], [("certificate", "1_01_002、1_01_003、1_01_004")]),
        ([{}, {}], [("double_person", "1_01_001")]),
        ([{"性别": "女"}], [("sex", "")]),
        ([{"证件号码": NUMBERS["male"] + "44"}], []),
    ],
)
def test_what_is_judged_at_the_door_names_its_rule(
    tmp_path: Path, rows: list[dict[str, str]], codes: list[tuple[str, str]]
) -> None:
    reading = read_register(_sheet(tmp_path, *rows))
    assert [(each.code, each.rule_number) for each in reading.problems] == codes


def test_every_code_with_a_rule_number_has_words() -> None:
    assert set(_RULE_NUMBERS) <= set(_ZH)
    assert all(what and mend and zh for _, what, mend, zh in _DOUBTS.values())


def test_register_check_tells_doubts_and_does_not_fail_for_them(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    head = {"人数": "2"}
    folder = _sheet(tmp_path, head, {"与户主关系": "之女", "人数": "2", "证件号码": NUMBERS["elsewhere"]})
    assert main(["register", "check", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)["doubts"]
    assert [(each["fact"], each["code"], each["rule_number"]) for each in told] == [
        ("members[2].id_no", "relation", "2_01_004")
    ]
    assert main(["register", "check", str(folder), "--lang", "zh"]) == 0
    said = capsys.readouterr()
    assert "存疑（数据未改）：户 `household-0001`，members[2].id_no：证件号码的性别与其和户主的关系不符" in said.err
    assert "3700" not in said.out + said.err
