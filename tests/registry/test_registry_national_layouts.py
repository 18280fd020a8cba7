"""Exports of the national system are told by their headers, wherever they stand, and read by the numbers they carry."""

import random
from collections.abc import Sequence
from pathlib import Path

import pytest

import fupin_rules as fr
from fupin_rules.errors import RegisterError
from fupin_rules.model import IdNumber, read_fact
from fupin_rules.registry import read_register, simulate, write_table
from fupin_rules.registry._cells import write_cell
from fupin_rules.registry._layouts import Layout, fold, layout, match, recognise
from fupin_rules.registry._marks import header_problems
from fupin_rules.registry._recognise import TITLE_ROWS
from fupin_rules.registry._roster import CONFLICTING

WIDTHS = {"national-26": 26, "national-27": 27, "national-27-2017": 27, "national-27-2018": 27}
NUMBERED = tuple(name for name in WIDTHS if name != "national-27")


def headers_of(found: Layout) -> list[str]:
    return [column.header for column in found.columns]


def rows_of(found: Layout, homes: Sequence[fr.Household]) -> list[list[str]]:
    """The rows of an export, member by member."""
    return [
        [
            home.id
            if column.field is None
            else write_cell(
                column.field.spec,
                read_fact(member if column.field.owner == "member" else home, column.field.path),
            )
            for column in found.columns
        ]
        for home in homes
        for member in home.members
    ]


@pytest.mark.parametrize(("name", "width"), WIDTHS.items())
def test_an_export_is_told_by_its_headers_and_not_by_their_number(name: str, width: int) -> None:
    found = layout(name)
    headers = headers_of(found)
    assert len(headers) == width
    assert len({fold(each) for each in headers}) == width
    for row in (headers, ["序号", *headers], [each.replace("(", "（").replace(")", "）") for each in headers]):
        recognised = recognise(row)
        assert recognised is not None
        if row[0] == "序号" and name == "national-27":
            continue  # The export of 2016 has no running numbers.
        assert recognised.id == name
        columns, faults = match(row, recognised, "sheet")
        assert faults == []
        assert len(columns) == width


@pytest.mark.parametrize("name", NUMBERED)
def test_every_spelling_met_of_a_header_is_read(name: str) -> None:
    found = layout(name)
    for column in found.columns:
        for alias in column.aliases:
            row = [alias if each == column.header else each for each in headers_of(found)]
            columns, faults = match(row, found, "sheet")
            assert faults == [], alias
            assert len(columns) == len(found.columns)


@pytest.mark.parametrize("name", NUMBERED)
@pytest.mark.parametrize("suffix", [".csv", ".xlsx"])
def test_rows_belong_together_by_the_number_of_their_household_wherever_they_stand(
    tmp_path: Path, name: str, suffix: str
) -> None:
    homes = simulate(seed=3, households=40, people=90, townships=2).households
    found = layout(name)
    rows = rows_of(found, homes)
    random.Random(5).shuffle(rows)
    titled = [["贫困户信息"], ["单位：元"], ["序号", *headers_of(found)]]
    numbered = [[str(number), *row] for number, row in enumerate(rows, 1)]
    write_table(tmp_path / f"export{suffix}", titled[0], [*titled[1:], *numbered])
    reading = read_register(tmp_path)
    assert reading.rows_read == reading.rows_used == len(rows)
    assert {each.id for each in reading.households} == {each.id for each in homes}
    wanted = {home.id: home for home in homes}
    for read in reading.households:
        home = wanted[read.id]
        assert len(read.members) == len(home.members)
        for column in found.columns:
            if column.field is not None and column.field.owner == "household":
                path = column.field.path
                assert told(read_fact(read, path)) == told(read_fact(home, path)), path
        people = {member.id_no: member for member in home.members}
        for member in read.members:
            for column in found.columns:
                if column.field is not None and column.field.owner == "member" and member.id_no in people:
                    path = column.field.path
                    assert told(read_fact(member, path)) == told(read_fact(people[member.id_no], path)), path
    assert any("2 rows above the headers" in en for en, _ in reading.notes)


def told(value: object) -> object:
    """A sheet does not say why a fact is not known."""
    return None if isinstance(value, fr.NotKnown) else value


def test_a_row_without_the_number_of_its_household_is_set_aside_and_listed(tmp_path: Path) -> None:
    homes = simulate(seed=3, households=6, people=10, townships=1).households
    found = layout("national-26")
    rows = rows_of(found, homes)
    place = headers_of(found).index("户编号")
    rows[2][place] = ""
    write_table(tmp_path / "export.csv", headers_of(found), rows)
    reading = read_register(tmp_path)
    [problem] = [each for each in reading.problems if each.code == "id"]
    assert str(problem) == ("export.csv, row 4, column `户编号`: no number of a household; enter it as on the register")
    assert reading.rows_set_aside == 1


def test_of_two_heads_of_one_number_neither_is_taken_for_the_head(tmp_path: Path) -> None:
    homes = simulate(seed=3, households=6, people=16, townships=1).households
    found = layout("national-26")
    rows = rows_of(found, homes)
    relation, number = headers_of(found).index("与户主关系"), headers_of(found).index("户编号")
    doubled = next(home for home in homes if len(home.members) > 1)
    for row in rows:
        if row[number] == doubled.id:
            row[relation] = "户主"
    write_table(tmp_path / "export.csv", headers_of(found), rows)
    reading = read_register(tmp_path)
    read = next(each for each in reading.households if each.id == doubled.id)
    assert [member.relation for member in read.members] == [CONFLICTING] * len(doubled.members)
    assert (read.head_name, read.head_id_no) == (None, None)
    at = [place for place, row in enumerate(rows, 2) if row[number] == doubled.id]
    assert [(each.row, each.column, each.code, each.sets_aside) for each in reading.problems] == [
        (row, "与户主关系", "two_heads", False) for row in at[1:]
    ]
    assert str(reading.problems[0]) == (
        f"export.csv, row {at[1]}, column `与户主关系`: a second head in the household; keep one head of household"
    )


@pytest.mark.parametrize(
    ("relation", "stated", "codes"),
    [
        ("配偶", None, ["headless"]),
        ("", None, []),  # Who does not say what he is may be the head.
        ("配偶", "9", ["count"]),  # The head may stand on a row that is missing.
    ],
)
def test_a_household_without_a_head_is_listed_where_no_missing_cell_or_row_may_be_its_head(
    tmp_path: Path, relation: str, stated: str | None, codes: list[str]
) -> None:
    homes = simulate(seed=3, households=6, people=10, townships=1).households
    found = layout("national-26")
    rows, headers = rows_of(found, homes), headers_of(found)
    at = [place for place, row in enumerate(rows) if row[headers.index("户编号")] == homes[0].id]
    rows[at[0]][headers.index("与户主关系")] = relation
    for place in at if stated else ():
        rows[place][headers.index("人数")] = stated or ""
    write_table(tmp_path / "export.csv", headers, rows)
    reading = read_register(tmp_path)
    assert [each.code for each in reading.problems] == codes
    assert len(reading.households) == 6
    if codes == ["headless"]:
        assert str(reading.problems[0]) == (
            f"export.csv, row {at[0] + 2}, column `与户主关系`: no member of the household is its head;"
            " say who is the head"
        )


def split(place: Path, again: int) -> tuple[fr.Household, list[list[str]]]:
    """Two exports: the second holds the later rows of a household of three, and as many of the earlier as told."""
    homes = simulate(seed=3, households=6, people=18, townships=1).households
    home = next(each for each in homes if len(each.members) >= 3)
    found = layout("national-26")
    rows, headers = rows_of(found, homes), headers_of(found)
    rows = [["" if header == "人数" else cell for header, cell in zip(headers, row, strict=True)] for row in rows]
    own = [row for row in rows if row[headers.index("户编号")] == home.id]
    write_table(place / "a.csv", headers, [row for row in rows if row not in own[2:]])
    write_table(place / "b.csv", headers, own[2 - again :])
    return home, own


def test_a_household_whose_rows_stand_on_two_exports_is_never_taken_for_complete(tmp_path: Path) -> None:
    home, own = split(tmp_path, again=0)
    reading = read_register(tmp_path)
    read = next(each for each in reading.households if each.id == home.id)
    assert len(read.members) == 2
    assert read.members_complete == CONFLICTING
    assert all(each.members_complete is True for each in reading.households if each is not read)
    [listed] = [each for each in reading.problems if each.code == "split_household"]
    assert (listed.sheet, listed.column, listed.sets_aside) == ("a.csv", "户编号", False)
    assert listed.what == "another roster has rows of this number as well"
    assert listed.zh == "另一张名册中还有同一户编号的成员行，名册是否完整存疑；请将一户各行放在同一张表"
    assert [each.sheet for each in reading.problems if each.code == "double_id"] == ["b.csv"]
    assert (reading.households_set_aside, reading.rows_set_aside) == (1, len(own) - 2)


def test_a_household_of_which_the_first_part_is_set_aside_is_not_taken_for_complete_by_its_second(
    tmp_path: Path,
) -> None:
    home, own = split(tmp_path, again=0)
    headers = headers_of(layout("national-26"))
    # Somebody of the first part stands on an earlier row, so that part is set aside.
    write_table(
        tmp_path / "0.csv", headers, [["H-0" if h == "户编号" else c for h, c in zip(headers, own[0], strict=True)]]
    )
    reading = read_register(tmp_path)
    assert "double_person" in [each.code for each in reading.problems]
    read = next(each for each in reading.households if each.id == home.id)
    assert len(read.members) == len(own) - 2
    assert read.members_complete == CONFLICTING


def test_the_same_export_twice_says_nothing_against_its_rosters(tmp_path: Path) -> None:
    homes = simulate(seed=3, households=6, people=18, townships=1).households
    found = layout("national-26")
    for name in ("a.csv", "b.csv"):
        write_table(tmp_path / name, headers_of(found), rows_of(found, homes))
    reading = read_register(tmp_path)
    assert {each.code for each in reading.problems} == {"double_person"}
    assert [each.members_complete for each in reading.households] == [True] * 6


def test_the_number_on_the_roster_is_kept_where_a_sheet_beside_it_has_another(tmp_path: Path) -> None:
    homes = simulate(seed=3, households=6, people=10, townships=1).households
    found = layout("national-26")
    write_table(tmp_path / "export.csv", headers_of(found), rows_of(found, homes))
    heads = [value.reveal() for home in homes if isinstance(value := home.head_id_no, IdNumber)]
    told_ids = ["H-99", homes[1].id, "", *(home.id for home in homes[3:])]
    write_table(tmp_path / "facts.csv", ["户编号", "户主证件号码"], list(zip(told_ids, heads, strict=True)))
    reading = read_register(tmp_path)
    assert [each.id for each in reading.households] == [home.id for home in homes]
    [problem] = reading.problems
    assert (problem.code, problem.sets_aside) == ("differs", False)
    assert str(problem) == (
        "facts.csv, row 2, column `户编号`: differs from the number that is kept; say the same on both sheets"
    )
    assert problem.zh == "与其他行或其他表不一致，按未知处理（户编号以名册为准）；请统一"


def test_headers_below_more_rows_than_titles_take_are_not_looked_for(tmp_path: Path) -> None:
    found = layout("national-26")
    write_table(tmp_path / "export.csv", ["标题"], [["一"], ["二"], ["三"], ["四"], headers_of(found)])
    with pytest.raises(RegisterError, match="one of the first 5 rows holds the headers of one of") as refusal:
        read_register(tmp_path)
    assert [each.zh for each in header_problems(refusal.value.faults)] == [
        f"表头不属于任何已知的表，全表未读；前{TITLE_ROWS + 1}行中应有一行是表头"
    ]
