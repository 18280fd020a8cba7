"""Filled forms: nothing that is known is lost on the way to a sheet and back, and every fault is told at its cell."""

import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fupin_rules as fr
from filled_forms import FORMS, HOMES, HOUSEHOLD, MEMBER, VILLAGES, Rows, at, home, plant, put, tables, told
from forms_strategies import certificate, drawn, registers
from fupin_rules.errors import RegisterError
from fupin_rules.model import all_facts
from fupin_rules.registry import (
    RowProblem,
    load_forms,
    read_register,
    simulate,
    write_forms,
    write_register,
)
from fupin_rules.registry._cells import WHY_MARKS
from fupin_rules.registry.forms._fill import filled_tables
from fupin_rules.registry.forms._form import Key
from fupin_rules.registry.forms._layout import hint_of, layout_of
from fupin_rules.registry.forms._take import FilledHome, FilledRow, _number
from fupin_rules.testing import members

# -- round trips -----------------------------------------------------------------------------------------------------


@given(registers())
@settings(max_examples=30)
@pytest.mark.parametrize("name", ["filled", "filled.xlsx"])
def test_nothing_that_is_known_is_lost_on_the_forms(
    name: str, register: tuple[tuple[fr.Household, ...], tuple[fr.Village, ...]]
) -> None:
    homes, villages = register
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        write_forms(place / name, homes, villages)
        reading = read_register(place / name)
        assert told(reading) == []
        assert reading.households == tuple(drawn(home) for home in homes)
        assert reading.villages == villages
        assert reading.rows_read == reading.rows_used
        # Once what can be drawn is drawn, the sheets themselves come back cell for cell.
        assert tables(reading.households, reading.villages) == tables(tuple(drawn(home) for home in homes), villages)


@st.composite
def any_registers(draw: st.DrawFn) -> tuple[fr.Household, ...]:
    """Households whose facts contradict each other as they like."""
    from forms_strategies import household

    homes = [draw(household(f"H{number}", 1, 1)) for number in range(draw(st.integers(1, 2)))]
    return tuple(
        attrs.evolve(
            home,
            members=tuple(draw(members(ids=st.just(str(place + 1)))) for place in range(draw(st.integers(0, 3)))),
            head_id_no=draw(st.sampled_from([None, "11010519491231002X", "123"])),
            stated_member_count=draw(st.sampled_from([None, 1, 3])),
            members_complete=draw(st.sampled_from([None, True, False])),
        )
        for home in homes
    )


@given(any_registers())
@settings(max_examples=50)
def test_what_does_not_read_back_is_listed_at_its_cell(homes: tuple[fr.Household, ...]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write_forms(Path(folder) / "f", homes)
        reading = read_register(Path(folder) / "f")
    listed = {(sheet, row, column) for sheet, row, column, _ in told(reading)}
    assert len(reading.households) + reading.households_set_aside == len(homes)
    by_id = {each.id: each for each in reading.households}
    first = 2
    for place, given_home in enumerate(homes):
        ids = [each.id for each in given_home.members]
        before, back = dict(all_facts(given_home)), by_id.get(given_home.id)
        changed = [(path, value) for path, value in all_facts(back) if value != before[path]] if back else []
        for path, value in changed:
            owner, is_member, name = path.removeprefix("members[").partition("].")
            path_on_form = name if is_member else path
            if before[path] is None and path_on_form in ("head_name", "head_id_no", "birth_date"):
                continue  # drawn from another cell
            if path == "members_complete" and value is True:
                continue  # drawn from the number of members
            assert value == fr.NotKnown(fr.Why.CONFLICTING)
            if path_on_form == "relation" and "two_heads" in {code for *_, code in told(reading)}:
                continue  # listed at the second of the two
            form, sheet, row = (
                (MEMBER, "member", first + ids.index(owner)) if is_member else (HOUSEHOLD, "household", place + 2)
            )
            asked = "stated_member_count" if path == "members_complete" else path_on_form
            header = next(c.header for c in layout_of(form).columns if c.field and c.field.path == asked)
            assert (sheet, row, header) in listed
        first += len(ids)


def test_an_id_that_stands_twice_is_not_written() -> None:
    homes = [fr.Household(id="a"), fr.Household(id="b"), fr.Household(id="a")]
    with pytest.raises(RegisterError) as refusal:
        filled_tables(FORMS, homes, ())
    assert str(refusal.value) == (
        "register: an id is given to more than one subject (1 in all), and ids join the forms; give each its own"
    )


def test_marks_and_labels_are_told_apart() -> None:
    labels = {
        code.zh
        for form in FORMS.forms
        for column in layout_of(form).columns
        if column.field is not None and column.field.spec.code_list is not None
        for code in column.field.spec.code_list
    }
    assert not labels & {*WHY_MARKS, "【不详】"}


# -- faults ----------------------------------------------------------------------------------------------------------


def test_good_rows_have_no_finding(tmp_path: Path) -> None:
    reading = read_register(put(tmp_path, tables(HOMES, VILLAGES)))
    assert told(reading) == []
    assert reading.households == HOMES
    assert (reading.rows_read, reading.rows_set_aside) == (10 + 20 + 10 + 2 + 1, 0)


# Sheet, row, header, what is typed, the code of the finding, and whether the household is set aside for it.
FAULTS: list[tuple[str, int, str, str, str, bool]] = [
    ("member", 3, "证件号码", "370099196103040101", "certificate", False),  # the check digit
    ("member", 5, "性别", "男人", "cell", False),
    ("member", 7, "性别", "男", "sex", False),
    ("member", 9, "与户主关系", "户主", "two_heads", False),
    ("member", 10, "与户主关系", "配偶", "headless", False),
    ("member", 13, "出生日期", "昨天", "cell", False),
    ("member", 15, "出生日期", "1980-01-01", "birth", False),
    ("member", 17, "务工时间（月）", "13", "cell", False),
    ("household", 2, "家庭人口数", "3", "count", False),
    ("household", 3, "主要致贫原因", "因懒", "cell", False),
    ("household", 4, "工资性收入", "约六十", "cell", False),
    ("household", 5, "耕地面积", "-1", "cell", False),
    ("household", 11, "户主姓名", "别人", "differs", False),
    ("household", 7, "户主证件号码", "370099196103040101", "certificate", False),
    ("household", 8, "是否双女户", "1", "cell", False),
    ("household", 9, "数据年度", "2016.5", "cell", False),
    ("village", 2, "总户数", "三百", "cell", False),
    ("village", 2, "村属性", "好村", "cell", False),
    ("household", 9, "户编号", "", "id", True),
    ("household", 10, "户编号", "H-1", "double_household", True),
    ("member", 20, "户编号", "", "id", True),
    ("member", 20, "户编号", "H-99", "not_registered", True),
    ("member", 21, "成员序号", "1", "double_member", True),
    ("household-summary", 4, "纯收入（核算）", "1", "summary", False),
    ("household-summary", 4, "纯收入（核算）", "甲", "cell", False),
    ("household-summary", 5, "主要致贫原因", "因学", "summary", False),
    ("household-summary", 6, "户编号", "H-77", "summary_row", True),
    ("village-summary", 2, "登记人口数", "11", "summary", False),
    ("village-summary", 3, "行政村", "河南村", "summary_row", True),
]


@pytest.mark.parametrize(("name", "row", "header", "cell", "code", "aside"), FAULTS, ids=str)
def test_a_planted_fault_is_one_finding_at_its_cell_and_the_good_rows_come_through(
    tmp_path: Path, name: str, row: int, header: str, cell: str, code: str, aside: bool
) -> None:
    sheets = tables(HOMES, VILLAGES)
    if "务工" in header or "双女" in header or "年度" in header or header == "村属性":
        rows, _, place = at(sheets, name, row, header)
        assert all(each[place] == "" for each in rows[1:])
    plant(sheets, name, row, header, cell)
    reading = read_register(put(tmp_path, sheets))
    found = [each for each in told(reading) if each[3] not in FOLLOWS.get(code, ())]
    assert found == [*ALSO.get(code, ()), (name, row, header, code)]
    problem = next(each for each in reading.problems if each.code == code)
    assert problem.sets_aside is aside
    assert problem.zh
    assert cell not in problem.what or not cell or cell.isdigit()
    good = {each.id for each in HOMES} - TOUCHED.get((name, row, cell), set())
    back = {each.id: each for each in reading.households}
    assert good <= back.keys()
    assert reading.rows_used + reading.rows_set_aside == reading.rows_read
    assert bool(reading.rows_set_aside) is any(each.sets_aside for each in reading.problems)
    for each in HOMES:
        if each.id in good and each.id not in NEAR.get((name, row), {each.id}):
            assert back[each.id] == each


# A row that is set aside leaves a summary, or the members of a household, with nothing to be held against.
FOLLOWS = {
    "id": ("not_registered", "count", "summary_row", "summary", "summary_gap"),
    "not_registered": ("count",),
    "double_household": ("not_registered", "summary_row"),
    "summary_row": ("summary_gap",),
}
# Of two rows of one number it cannot be told which is wrong.
ALSO = {"double_household": [("household", 2, "户编号", "double_household")]}
TOUCHED: dict[tuple[str, int, str], set[str]] = {
    ("household", 9, ""): {"H-8"},
    ("household", 10, "H-1"): {"H-1", "H-9"},
    ("member", 21, "1"): {"H-10"},
}
NEAR: dict[tuple[str, int], set[str]] = {("household", 2): {"H-1"}}


def test_all_faults_planted_together_are_each_found_and_the_good_rows_come_through(tmp_path: Path) -> None:
    planted = [each for each in FAULTS if not each[5] and not each[0].endswith("summary")]
    planted += [each for each in FAULTS if each[4] == "double_household"]
    sheets = tables(HOMES, VILLAGES)
    for name, row, header, cell, _, _ in planted:
        plant(sheets, name, row, header, cell)
    reading = read_register(put(tmp_path, sheets, "household", "member", "village"))
    # H-9 goes by the number of H-1, so its members have lost their household.
    lost = [("member", row, "户编号", "not_registered") for row in (18, 19)]
    assert sorted(told(reading)) == sorted([(*each[:3], each[4]) for each in planted] + lost + ALSO["double_household"])
    assert {each.id for each in reading.households} == {f"H-{number}" for number in (2, 3, 4, 5, 6, 7, 8, 10)}
    assert next(each for each in reading.households if each.id == "H-10").members == HOMES[9].members


def test_a_number_and_a_person_entered_twice(tmp_path: Path) -> None:
    sheets = tables(HOMES)
    again = certificate(3, date(1963, 3, 4))
    plant(sheets, "member", 19, "证件号码", again)
    plant(sheets, "member", 19, "出生日期", "")
    plant(sheets, "member", 19, "性别", "")
    reading = read_register(put(tmp_path, sheets))
    assert told(reading) == [("member", 19, "证件号码", "double_person")]
    assert {each.id for each in HOMES} - {each.id for each in reading.households} == {"H-9"}
    # Its row on the summary of households goes with it; that of its village is not held against fewer households.
    assert reading.rows_set_aside == 1 + 2 + 1
    assert [en for en, _ in reading.notes][1:] == [
        "2 rows of summaries were not compared: households of theirs are set aside"
    ]


def test_a_certificate_number_or_an_id_that_came_as_a_number_is_refused(tmp_path: Path) -> None:
    import xlsxwriter

    sheets = tables(HOMES[:2])
    book = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    for name, rows in sheets.items():
        page = book.add_worksheet(name)
        for line, row in enumerate(rows):
            for place, cell in enumerate(row):
                header = rows[0][place]
                if (name, line, header) in {("member", 1, "证件号码"), ("member", 3, "户编号")}:
                    page.write_number(line, place, 370099196303040036)
                else:
                    page.write_string(line, place, cell)
    book.close()
    reading = read_register(tmp_path / "a.xlsx")
    assert {(p.sheet, p.row, p.column, p.code, p.sets_aside) for p in reading.problems} == {
        ("a.xlsx [member]", 2, "证件号码", "number_for_text", False),
        ("a.xlsx [member]", 4, "户编号", "number_for_text", True),
        ("a.xlsx [household]", 3, "家庭人口数", "count", False),
    }
    assert "37009919" not in str(reading.problems)


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("户主性名", "household.csv, row 1, column 2: header `户主性名` is not known; did you mean `户主姓名`?"),
        (
            "AAC017",
            "household.csv, row 1, column 2: header `AAC017` stands for the same as column {}; remove one of the two",
        ),
    ],
)
def test_an_unknown_or_doubled_header_of_a_form_is_refused_with_the_nearest(
    tmp_path: Path, header: str, message: str
) -> None:
    sheets = tables(HOMES)
    rows = sheets["household"]
    for row in rows:
        row.append(row[1])
        row[1] = ""
    rows[0][1] = header
    stated = rows[0].index("家庭人口数") + 1
    with pytest.raises(RegisterError) as refusal:
        read_register(put(tmp_path, sheets))
    if header == "AAC017":
        assert str(refusal.value) == (
            f"household.csv, row 1, column {stated}: header `家庭人口数` stands for the same as column 2; remove one of the two"
        )
    else:
        assert str(refusal.value) == message


def test_a_blank_is_not_known_and_a_zero_is_zero(tmp_path: Path) -> None:
    sheets = tables(HOMES[:2])
    plant(sheets, "household", 2, "养老保险金", "")
    plant(sheets, "household", 3, "养老保险金", "0")
    for name in ("household-summary", "village-summary"):
        del sheets[name]
    reading = read_register(put(tmp_path, sheets))
    assert told(reading) == []
    assert [each.income.pension_yuan for each in reading.households] == [None, 0]
    assert reading.households[0].production.arable_mu == Decimal("2.50")


def test_a_cell_below_no_header_is_told(tmp_path: Path) -> None:
    sheets = tables(HOMES[:1])
    sheets["household"][1].append("写在外面")
    reading = read_register(put(tmp_path, sheets))
    assert told(reading) == [("household", 2, "", "no_header")]
    assert reading.households == HOMES[:1]


def test_members_are_grouped_by_number_not_by_who_stands_next_to_whom(tmp_path: Path) -> None:
    sheets = tables(HOMES)
    sheets["member"][1:] = sheets["member"][2::2] + sheets["member"][1::2]
    reading = read_register(put(tmp_path, sheets))
    assert told(reading) == []
    assert [sorted(m.id for m in each.members) for each in reading.households] == [["1", "2"]] * 10


def test_a_member_without_a_number_is_numbered_by_order(tmp_path: Path) -> None:
    sheets = tables((home(1), home(2)))
    for row in (2, 3, 4):
        plant(sheets, "member", row, "成员序号", "")
    reading = read_register(put(tmp_path, sheets))
    assert [[m.id for m in each.members] for each in reading.households] == [["1", "2"], ["1", "2"]]
    assert told(reading) == []


@pytest.mark.parametrize(
    ("stated", "cell", "complete", "code"),
    [
        ("2", "", True, None),
        ("3", "", fr.NotKnown(fr.Why.CONFLICTING), "count"),
        ("", "", None, None),
        ("", "是", True, None),
        ("2", "否", fr.NotKnown(fr.Why.CONFLICTING), "count"),
        ("3", "否", False, None),
        ("1", "否", fr.NotKnown(fr.Why.CONFLICTING), "count"),
        ("3", "是", fr.NotKnown(fr.Why.CONFLICTING), "count"),
        ("2", "【不详】", None, None),
        ("2", "【拒绝提供】", fr.NotKnown(fr.Why.REFUSED), None),
        ("【未采集】", "", None, None),
    ],
)
def test_a_roster_is_complete_where_its_rows_are_as_many_as_told(
    tmp_path: Path, stated: str, cell: str, complete: object, code: str | None
) -> None:
    sheets = {name: rows for name, rows in tables((home(1),)).items() if "summary" not in name}
    sheets["household"][0].append("所列成员是否完整")
    sheets["household"][1].append(cell)
    plant(sheets, "household", 2, "家庭人口数", stated)
    reading = read_register(put(tmp_path, sheets))
    assert reading.households[0].members_complete == complete
    assert [each.code for each in reading.problems] == ([] if code is None else [code])


def test_the_width_of_a_number_does_not_part_a_member_from_the_household(tmp_path: Path) -> None:
    sheets = tables((home(1), home(2)))
    plant(sheets, "member", 3, "户编号", "Ｈ-１")
    plant(sheets, "household-summary", 2, "户编号", "Ｈ－1")
    assert told(read_register(put(tmp_path, sheets))) == []
    # Where two households differ by width alone, each is meant as it is written.
    homes = (attrs.evolve(home(1), id="Ｈ-1"), attrs.evolve(home(2), id="H-1"))
    reading = read_register(put(tmp_path, tables(homes)))
    assert told(reading) == []
    assert reading.households == homes


def test_every_code_of_the_forms_has_chinese_words() -> None:
    import ast

    from fupin_rules.registry._problems import _ZH

    folder = Path(load_forms.__code__.co_filename).parent
    told_codes: set[str] = set()
    places: dict[str, int] = {"problem": 1, "_aside": 3, "dispute": 3, "_finding": 9, "RowProblem": 3}
    for path in (folder / "_take.py", folder / "_compare.py", folder.parent / "_read.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            called = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            if isinstance(node, ast.Call) and called in places and len(node.args) > places[called]:
                code = node.args[places[called]]
                told_codes |= {code.value} if isinstance(code, ast.Constant) and isinstance(code.value, str) else set()
    assert {"two_heads", "summary", "summary_open", "no_header", "not_registered"} <= told_codes
    assert told_codes <= set(_ZH)
    assert isinstance(RowProblem("s", 1, "c", "summary", "w", "m", sets_aside=False).zh, str)


# -- beside the other layouts ----------------------------------------------------------------------------------------


def test_a_form_of_households_beside_a_roster_gives_facts_as_before(tmp_path: Path) -> None:
    made = simulate(seed=4, households=5, people=8, townships=1)
    write_register(tmp_path / "r", made.households)
    (tmp_path / "r" / "households.csv").unlink()
    put(tmp_path / "r", tables(made.households), "household")
    reading = read_register(tmp_path / "r")
    assert [each.id for each in reading.households] == [each.id for each in made.households]
    assert [each.income for each in reading.households] == [attrs.evolve(each.income) for each in made.households]
    assert reading.rows_used == reading.rows_read == 8 + 5 + 8


def roster_and_form(place: Path) -> tuple[tuple[fr.Household, ...], dict[str, Rows]]:
    """A roster, and the sheets of forms of the same households, with nothing written of them yet."""
    made = simulate(seed=4, households=5, people=8, townships=1)
    write_register(place, made.households)
    (place / "households.csv").unlink()
    return made.households, tables(made.households)


def test_the_hint_row_of_a_form_beside_a_roster_is_no_row(tmp_path: Path) -> None:
    homes, sheets = roster_and_form(tmp_path / "r")
    hints = {column.zh: hint_of(column) for column in HOUSEHOLD.columns}
    sheets["household"].insert(1, [hints.get(header, "") for header in sheets["household"][0]])
    reading = read_register(put(tmp_path / "r", sheets, "household"))
    assert told(reading) == []
    assert [each.income for each in reading.households] == [each.income for each in homes]
    assert reading.rows_used == reading.rows_read


@pytest.mark.parametrize(("mark", "why"), WHY_MARKS.items())
@pytest.mark.parametrize(("header", "path"), [("工资性收入", "income.wage_income_yuan"), ("户主姓名", "head_name")])
def test_a_mark_on_a_form_beside_a_roster_says_why_a_fact_is_not_known(
    tmp_path: Path, mark: str, why: fr.Why, header: str, path: str
) -> None:
    _, sheets = roster_and_form(tmp_path / "r")
    plant(sheets, "household", 2, header, mark)
    reading = read_register(put(tmp_path / "r", sheets, "household"))
    assert told(reading) == []
    assert dict(all_facts(reading.households[0]))[path] == fr.NotKnown(why)


@pytest.mark.parametrize(
    ("cell", "complete"), [("", True), ("是", True), ("否", False), ("【不详】", None), ("【未采集】", "mark")]
)
def test_whether_all_are_listed_may_be_told_on_a_form_beside_the_roster(
    tmp_path: Path, cell: str, complete: object
) -> None:
    _, sheets = roster_and_form(tmp_path / "r")
    rows = sheets["household"]
    header = next(c.header for c in layout_of(HOUSEHOLD).columns if c.field and c.field.path == "members_complete")
    if header not in rows[0]:
        for row in rows:
            row.append(header if row is rows[0] else "")
    plant(sheets, "household", 2, header, cell)
    reading = read_register(put(tmp_path / "r", sheets, "household"))
    assert told(reading) == []
    wanted = fr.NotKnown(fr.Why.NOT_COLLECTED) if complete == "mark" else complete
    assert reading.households[0].members_complete == wanted


def test_a_household_without_a_number_is_a_household_set_aside(tmp_path: Path) -> None:
    sheets = {name: rows for name, rows in tables((home(1), home(2), home(3))).items() if "summary" not in name}
    plant(sheets, "household", 3, "户编号", "")
    reading = read_register(put(tmp_path, sheets))
    assert [each.id for each in reading.households] == ["H-1", "H-3"]
    assert reading.households_set_aside == 1


def test_no_village_is_held_against_less_than_it_has_where_a_household_has_no_number(tmp_path: Path) -> None:
    sheets = tables(HOMES)
    plant(sheets, "household", 3, "户编号", "")
    found = told(read_register(put(tmp_path, sheets, "household", "member", "village-summary")))
    assert {code for *_, code in found} == {"id", "not_registered"}


def test_every_row_of_a_number_that_stands_thrice_is_listed_once(tmp_path: Path) -> None:
    sheets = {name: rows for name, rows in tables((home(1), home(2), home(3))).items() if name == "household"}
    plant(sheets, "household", 2, "家庭人口数", "")
    for row in (3, 4):
        plant(sheets, "household", row, "户编号", "H-1")
    reading = read_register(put(tmp_path, sheets))
    assert told(reading) == [("household", row, "户编号", "double_household") for row in (2, 3, 4)]
    assert (reading.households, reading.households_set_aside) == ((), 3)


def test_a_roster_and_filled_forms_in_one_folder_are_both_read(tmp_path: Path) -> None:
    made = simulate(seed=4, households=5, people=8, townships=1)
    write_register(tmp_path, made.households)
    put(tmp_path, tables(HOMES))
    reading = read_register(tmp_path)
    assert {each.id for each in reading.households} == {each.id for each in (*made.households, *HOMES)}


def test_of_two_heads_neither_is_taken_for_the_head(tmp_path: Path) -> None:
    sheets = {name: rows for name, rows in tables((home(1),)).items() if "summary" not in name}
    plant(sheets, "member", 3, "与户主关系", "户主")
    (read,) = read_register(put(tmp_path, sheets)).households
    assert [each.relation for each in read.members] == [fr.NotKnown(fr.Why.CONFLICTING)] * 2


def test_more_rows_than_people_ever_live_together_are_an_error_of_numbering(tmp_path: Path) -> None:
    sheets = {name: rows for name, rows in tables((home(1), home(2))).items() if "summary" not in name}
    plant(sheets, "household", 2, "家庭人口数", "")
    blank = ["H-1", *[""] * (len(sheets["member"][0]) - 1)]
    sheets["member"] += [blank] * 58
    assert len(read_register(put(tmp_path, sheets)).households) == 2
    sheets["member"].append(blank)
    reading = read_register(put(tmp_path, sheets))
    assert told(reading) == [("member", 2, "户编号", "members")]
    assert [each.id for each in reading.households] == ["H-2"]


class _Compared(str):
    """A number of a member that counts how often it is compared."""

    times = 0
    __slots__ = ()
    __hash__ = str.__hash__

    def __eq__(self, other: object) -> bool:
        _Compared.times += 1
        return str.__eq__(self, other)


def test_rows_under_one_number_are_not_each_compared_with_all_before_them() -> None:
    sheet: Any = None
    rows = [FilledRow(sheet, each, keys={Key.MEMBER: _Compared(each)}) for each in range(300)]
    assert _number(FilledHome(FilledRow(sheet, 1), rows)) == [str(each) for each in range(300)]
    assert _Compared.times < 3 * len(rows)


def test_a_number_of_a_member_that_came_as_a_number_sets_the_household_aside(tmp_path: Path) -> None:
    import xlsxwriter

    sheets = {name: rows for name, rows in tables(HOMES[:2]).items() if "summary" not in name}
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as book:
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for line, row in enumerate(rows):
                for place, cell in enumerate(row):
                    if (name, line, place) == ("member", 1, 1):
                        page.write_number(line, place, 1)
                    else:
                        page.write_string(line, place, cell)
    reading = read_register(tmp_path / "a.xlsx")
    assert [(p.row, p.column, p.code, p.sets_aside) for p in reading.problems] == [
        (2, "成员序号", "number_for_text", True)
    ]
    assert [each.id for each in reading.households] == ["H-2"]


def test_households_with_one_number_are_all_counted_as_set_aside(tmp_path: Path) -> None:
    sheets = tables(HOMES)
    plant(sheets, "household", 10, "户编号", "H-1")
    plant(sheets, "household", 11, "户编号", "H-1")
    reading = read_register(put(tmp_path, sheets, "household", "member"))
    assert reading.households_set_aside == 3
    assert len(reading.households) == 7


def test_a_household_that_another_file_has_already_is_set_aside(tmp_path: Path) -> None:
    (tmp_path / "homes.jsonl").write_text('{"id": "H-2"}\n', encoding="utf-8")
    reading = read_register(put(tmp_path, tables(HOMES[:2]), "household", "member"))
    assert [each.id for each in reading.households] == ["H-2", "H-1"]
    assert told(reading) == [("household", 3, "户编号", "double_id")]


def test_a_number_that_may_mean_two_households_means_neither(tmp_path: Path) -> None:
    homes = (attrs.evolve(home(1), id="Ｈ-1"), attrs.evolve(home(2), id="H-1"))
    sheets = tables(homes)
    plant(sheets, "member", 3, "户编号", "Ｈ－1")
    found = told(read_register(put(tmp_path, sheets, "household", "member")))
    assert ("member", 3, "户编号", "not_registered") in found


def test_a_village_that_another_sheet_has_already_is_set_aside(tmp_path: Path) -> None:
    put(tmp_path, tables(HOMES[:1], VILLAGES), "village", "household", "member")
    (tmp_path / "a.csv").write_text("村编号,行政村\nv1,河东村\n", encoding="utf-8")
    reading = read_register(tmp_path)
    assert told(reading) == [("village", 2, "村编号", "double")]
    assert [each.households for each in reading.villages] == [None]


def test_a_sheet_of_no_form_is_refused_with_what_is_known(tmp_path: Path) -> None:
    with pytest.raises(RegisterError) as refusal:
        read_register(put(tmp_path, {"x": [["甲", "乙"], ["1", "2"]]}))
    (fault,) = refusal.value.faults
    assert fault.where == "x.csv, row 1"
    assert fault.mend.startswith("one of the first 5 rows holds the headers of one of: national-27-2018, ")
    assert fault.mend.endswith("household, member, village, household-summary, village-summary")
