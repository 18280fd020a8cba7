"""Registers in and out: nothing is lost, every fault is at its cell, good rows still come through."""

import csv
import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.errors import LimitError, RegisterError
from fupin_rules.model import Field, Sort, all_facts, catalogue, certificate_problems
from fupin_rules.policy import load_cases
from fupin_rules.registry import (
    read_register,
    simulate,
    write_forms,
    write_json_lines,
    write_marked,
    write_register,
    write_table,
    write_template,
)
from fupin_rules.registry._cells import read_cell, write_cell
from fupin_rules.registry._layouts import derived_layouts, fold, layout, match, recognise, written_layouts

FIELDS, MEMBER_FIELDS = catalogue(fr.Household).fields, catalogue(fr.Household).members


# -- the synthetic register ------------------------------------------------------------------------------------------


@given(st.data(), st.integers(0, 2**32))
@settings(max_examples=40)
def test_a_simulated_register_has_exactly_the_totals_asked_for(data: st.DataObject, seed: int) -> None:
    townships = data.draw(st.integers(1, 5))
    households = data.draw(st.integers(townships, 40))
    people = data.draw(st.integers(households, 8 * households))
    made = simulate(seed=seed, households=households, people=people, townships=townships)
    assert len(made.households) == households
    assert sum(len(home.members) for home in made.households) == people
    assert len({home.township for home in made.households}) == townships
    assert len({home.id for home in made.households}) == households
    assert {home.village for home in made.households} == {village.name for village in made.villages}


@pytest.mark.parametrize(("households", "people", "townships"), [(3, 2, 1), (1, 9, 1), (2, 5, 3), (0, 0, 0)])
def test_totals_that_cannot_be_are_refused(households: int, people: int, townships: int) -> None:
    with pytest.raises(RegisterError, match="cannot be"):
        simulate(seed=1, households=households, people=people, townships=townships)


def test_the_same_seed_gives_the_same_register() -> None:
    assert simulate(seed=5, households=30, people=60) == simulate(seed=5, households=30, people=60)
    assert simulate(seed=5, households=30, people=60) != simulate(seed=6, households=30, people=60)


def test_simulated_people_belong_to_nobody() -> None:
    made = simulate(seed=3, households=200, people=400)
    numbers = [m.id_no.reveal() for home in made.households for m in home.members]  # type: ignore[union-attr]
    assert len(set(numbers)) == 400
    assert all(certificate_problems(number) == () and number.startswith("370099") for number in numbers)
    for home in made.households:
        assert home.phone.reveal().startswith("12")  # type: ignore[union-attr]
        assert home.bank_account.reveal().startswith("0000")  # type: ignore[union-attr]


def test_most_simulated_households_are_small() -> None:
    sizes = [len(home.members) for home in simulate(seed=2016).households]
    assert (len(sizes), sum(sizes)) == (7311, 13672)
    assert sum(1 for size in sizes if size <= 2) > 0.7 * len(sizes)


# -- round trips -----------------------------------------------------------------------------------------------------


def sheet_form(home: fr.Household) -> fr.Household:
    """What a sheet can hold of a household: reasons for not knowing are lost, a blank roster flag means complete."""
    for path, value in all_facts(home):
        if isinstance(value, fr.NotKnown):
            home = fr.with_fact(home, path, None)
    return fr.with_fact(home, "members_complete", value=home.members_complete is not False)


@pytest.mark.parametrize("name", ["register.jsonl", "register.xlsx", "register"])
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_what_is_written_reads_back_as_it_was(tmp_path: Path, name: str, seed: int) -> None:
    made = simulate(seed=seed, households=40, people=80, townships=3)
    homes = made.households
    if name != "register.jsonl":
        homes = tuple(fr.with_fact(sheet_form(home), "stated_member_count", len(home.members)) for home in homes)
    write_register(tmp_path / name, homes, made.villages)
    reading = read_register(tmp_path / name)
    assert reading.problems == ()
    assert reading.households == homes
    assert reading.rows_read == reading.rows_used


@given(st.data())
@settings(max_examples=200)
def test_a_cell_written_reads_back_as_the_fact(data: st.DataObject) -> None:
    from fupin_rules.testing.strategies._values import known_values

    field = data.draw(
        st.sampled_from([*FIELDS.values(), *MEMBER_FIELDS.values(), *catalogue(fr.Village).fields.values()])
    )
    from fupin_rules.model import read_value

    value = read_value(field.spec, data.draw(known_values(field, realistic=False)))
    assert read_cell(field.spec, write_cell(field.spec, value)) == value


SETS = [f for f in (*FIELDS.values(), *MEMBER_FIELDS.values()) if f.spec.sort is Sort.CODES]


@given(st.sampled_from(SETS), st.text("、,;，；/ \u3000／", max_size=6))
def test_a_set_is_empty_only_where_somebody_says_so(field: Field, strokes: str) -> None:
    assert read_cell(field.spec, strokes) is None
    assert read_cell(field.spec, "无") == frozenset()


@given(st.integers(-999_999, 999_999_999), st.sampled_from(["", ".5", ".25"]))
def test_a_number_may_have_its_digits_grouped_by_three(whole: int, rest: str) -> None:
    spec = attrs.evolve(
        FIELDS["income.stated_net_income_per_capita_yuan"].spec, low=Decimal(-(10**9)), high=Decimal(10**9)
    )
    assert read_cell(spec, f"{whole:,}{rest}") == Decimal(f"{whole}{rest}")
    assert read_cell(spec, f"{whole:,}{rest}".replace(",", "，")) == Decimal(f"{whole}{rest}")


@pytest.mark.parametrize(
    "cell", ["1，5", "1,5", "1,50", "1234,567", "1,2345", ",123", "1,,234", "1,234,5", "1,234,", "1.5,000"]
)
def test_a_comma_that_may_be_a_point_is_not_passed_over(cell: str) -> None:
    with pytest.raises(ValueError, match="expected a number"):
        read_cell(FIELDS["income.stated_net_income_per_capita_yuan"].spec, cell)


def test_labels_and_aliases_of_a_code_list_are_told_apart() -> None:
    import unicodedata

    lists = {f.spec.code_list for f in (*FIELDS.values(), *MEMBER_FIELDS.values()) if f.spec.code_list is not None}
    for code_list in lists:
        seen: dict[str, str] = {}
        for code in code_list:
            for label in {unicodedata.normalize("NFKC", each) for each in (code.zh, code.value, *code.aliases)}:
                assert seen.setdefault(label, code.value) == code.value


# -- faults, each at its cell ----------------------------------------------------------------------------------------

GOOD = {
    "省": "甲省",
    "行政村": "一村",
    "姓名": "村民",
    "性别": "女",
    "证件号码": "11010519491231002X",
    "人数": "1",
    "与户主关系": "户主",
    "健康状况": "健康",
    "是否参加新农合": "是",
    "脱贫属性": "未脱贫",
    "人均纯收入": "1,234.50",
    "银行卡号": "0000123",
}


def sheet(place: Path, rows: list[dict[str, str]], name: str = "members.csv") -> Path:
    headers = list(dict.fromkeys(key for row in rows for key in row))
    with (place / name).open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, headers)
        writer.writeheader()
        writer.writerows(rows)
    return place


def test_a_good_row_is_read_whole(tmp_path: Path) -> None:
    reading = read_register(sheet(tmp_path, [GOOD]))
    assert reading.problems == ()
    (home,) = reading.households
    assert home.id == "一村-0001"
    assert home.members_complete is True
    assert home.income.stated_net_income_per_capita_yuan == Decimal("1234.50")
    assert home.members[0].birth_date == date(1949, 12, 31)
    assert home.members[0].medical_residents is True
    assert home.living.house_grade is None


@pytest.mark.parametrize(
    ("header", "cell", "code", "what"),
    [
        ("性别", "男性别", "cell", "expected one of 男、女、未说明"),
        ("性别", "男", "sex", "differs from the sex in the certificate number"),
        ("证件号码", "110105194912310021", "certificate", "is no valid certificate number (check)"),
        ("证件号码", "11010519490231002X", "certificate", "is no valid certificate number (date, check)"),
        ("证件号码", "110105", "certificate", "is no valid certificate number (length)"),
        ("人数", "两", "cell", "expected a number"),
        ("人数", "1.5", "cell", "is not a whole number"),
        ("人数", "3", "count", "states 3 members, but there are 1 rows"),
        ("健康状况", "很好", "cell", "expected one of 健康、长期慢性病、患有大病、残疾"),
        ("是否参加新农合", "1", "cell", "expected 是 or 否"),
        ("脱贫属性", "9", "cell", "expected one of 未脱贫、脱贫、预脱贫、返贫"),
        ("人均纯收入", "about 60", "cell", "expected a number"),
        ("人均纯收入", "12.345", "cell", "has more than 2 decimal places"),
        ("人均纯收入", "-1e30", "cell", "the exponent is not between -12 and 18"),
    ],
)
def test_a_cell_that_cannot_be_read_is_told_at_its_place_and_held_as_unknown(
    tmp_path: Path, header: str, cell: str, code: str, what: str
) -> None:
    rows = [GOOD, GOOD | {"证件号码": "110105195001010027", header: cell}]
    rows[1] |= {} if header == "证件号码" else {"证件号码": "11010519500101002" + _check("11010519500101002")}
    reading = read_register(sheet(tmp_path, rows))
    (problem,) = reading.problems
    assert (problem.row, problem.column, problem.code, problem.what) == (3, header, code, what)
    assert not problem.sets_aside
    assert len(reading.households) == 2


def _check(first: str) -> str:
    from fupin_rules.model import check_character

    return check_character(first)


def test_a_number_that_lost_its_digits_is_refused_not_mended(tmp_path: Path) -> None:
    import xlsxwriter

    workbook = xlsxwriter.Workbook(tmp_path / "a.xlsx")
    page = workbook.add_worksheet()
    for column, (header, cell) in enumerate(GOOD.items()):
        page.write_string(0, column, header)
        if header == "证件号码":
            page.write_number(1, column, 110105194912310021)
        else:
            page.write_string(1, column, cell)
    workbook.close()
    reading = read_register(tmp_path)
    assert [problem.code for problem in reading.problems] == ["number_for_text"]
    assert "110105" not in str(reading.problems)
    assert isinstance(reading.households[0].members[0].id_no, fr.NotKnown)


def test_rows_before_any_head_and_people_entered_twice_are_set_aside_and_counted(tmp_path: Path) -> None:
    orphan = GOOD | {"与户主关系": "配偶", "证件号码": ""}
    reading = read_register(sheet(tmp_path, [orphan, GOOD, GOOD | {"行政村": "二村"}]))
    assert [(p.row, p.code, p.sets_aside) for p in reading.problems] == [
        (2, "no_head", True),
        (4, "double_person", True),
    ]
    assert (reading.rows_read, reading.rows_used, reading.rows_set_aside) == (3, 1, 2)
    assert (len(reading.households), reading.households_set_aside) == (1, 2)


def test_household_facts_that_differ_between_rows_are_in_dispute(tmp_path: Path) -> None:
    second = GOOD | {"与户主关系": "配偶", "证件号码": "", "脱贫属性": "脱贫", "人数": "2"}
    reading = read_register(sheet(tmp_path, [GOOD | {"人数": "2"}, second]))
    (home,) = reading.households
    assert home.poverty_status == fr.NotKnown(fr.Why.CONFLICTING)
    assert [(p.row, p.column, p.code) for p in reading.problems] == [(3, "脱贫属性", "differs")]


def test_sheets_beside_the_roster_are_joined_by_numbers_that_are_never_shown(tmp_path: Path) -> None:
    sheet(tmp_path, [GOOD])
    beside = {
        "户主证件号码": GOOD["证件号码"],
        "户编号": "H-7",
        "工资性收入": "100.00",
        "危房级别": "C级",
        "是否拥有小轿车": "否",
    }
    stray = {"户主证件号码": "110105195001010027", "户编号": "H-8"}
    sheet(tmp_path, [beside, stray, beside], "households.csv")
    sheet(tmp_path, [{"证件号码": GOOD["证件号码"], "是否财政供养人员": "否"}, {"证件号码": "x"}], "member-facts.csv")
    reading = read_register(tmp_path)
    (home,) = reading.households
    assert home.id == "H-7"
    assert home.income.wage_income_yuan == 100
    assert home.living.house_grade == "C"
    assert home.members[0].is_public_employee is False
    assert [(p.sheet, p.row, p.code) for p in reading.problems] == [
        ("households.csv", 3, "no_household"),
        ("households.csv", 4, "no_household"),
        ("member-facts.csv", 3, "no_member"),
    ]
    assert [p.what for p in reading.problems[:2]] == [
        "no household of the roster has this head",
        "a second row for one household",
    ]
    assert len(reading.notes) == 1
    assert "1101" not in str(reading.problems)
    assert reading.rows_used + reading.rows_set_aside == reading.rows_read == 6


@given(
    st.lists(
        st.fixed_dictionaries({}, optional={h: st.sampled_from(["", c, "?"]) for h, c in GOOD.items()}), max_size=6
    )
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_ends_in_a_household_or_on_the_list(tmp_path: Path, rows: list[dict[str, str]]) -> None:
    sheet(tmp_path, [dict.fromkeys(GOOD, "") | row for row in rows] or [dict.fromkeys(GOOD, "")])
    filled = sum(1 for row in rows if any(cell for cell in row.values()))
    if not filled:
        with pytest.raises(RegisterError):
            read_register(tmp_path)
        return
    reading = read_register(tmp_path)
    assert reading.rows_read == filled
    assert sum(len(home.members) for home in reading.households) == reading.rows_used
    assert reading.rows_used + reading.rows_set_aside == filled
    assert bool(reading.rows_set_aside) is any(problem.sets_aside for problem in reading.problems)


@pytest.mark.parametrize(("headers", "kind"), [(("村编号", "村名"), "villages"), (("区域编号", "名称"), "areas")])
def test_an_id_of_a_place_stands_once_in_a_whole_register(tmp_path: Path, headers: tuple[str, ...], kind: str) -> None:
    for name in ("a.csv", "b.csv"):
        sheet(tmp_path, [{headers[0]: "P-1"}, {headers[0]: f"'=P-{name}"}], name)
    reading = read_register(tmp_path)
    assert [each.id for each in getattr(reading, kind)] == ["P-1", "=P-a.csv", "=P-b.csv"]
    assert [(p.sheet, p.row, p.column, p.code, p.sets_aside) for p in reading.problems] == [
        ("b.csv", 2, headers[0], "double", True)
    ]


def test_an_id_that_came_as_a_number_is_refused_on_every_sheet(tmp_path: Path) -> None:
    import xlsxwriter

    sheet(tmp_path, [GOOD])
    number = 371482102207
    with xlsxwriter.Workbook(tmp_path / "z.xlsx") as book:
        for name, headers, rest in (
            ("v", ["村编号"], []),
            ("a", ["区域编号"], []),
            ("h", ["户编号", "户主证件号码"], [GOOD["证件号码"]]),
        ):
            page = book.add_worksheet(name)
            page.write_row(0, 0, headers)
            page.write_number(1, 0, number)
            for place, cell in enumerate(rest, 1):
                page.write_string(1, place, cell)
    reading = read_register(tmp_path)
    assert [(p.sheet, p.row, p.column, p.code, p.sets_aside) for p in reading.problems] == [
        ("z.xlsx [v]", 2, "村编号", "number_for_text", True),
        ("z.xlsx [a]", 2, "区域编号", "number_for_text", True),
        ("z.xlsx [h]", 2, "户编号", "number_for_text", True),
    ]
    assert str(number) not in str(reading.problems)
    assert (reading.villages, reading.areas, [each.id for each in reading.households]) == ((), (), ["一村-0001"])
    assert (reading.rows_read, reading.rows_set_aside) == (4, 3)


# -- headers and encodings -------------------------------------------------------------------------------------------


def test_headers_match_whatever_their_width_brackets_and_spaces() -> None:
    assert fold("务工时间（月）") == fold(" 务工时间 [月] ")
    found = recognise(["證", "证件号码", " 与户主 关系", "人数"])
    assert found is not None
    assert found.id == "national-27"


def test_the_layout_of_the_export_has_its_27_columns_in_order() -> None:
    national = layout("national-27")
    assert len(national.columns) == 27
    assert [column.header for column in national.columns][:6] == ["省", "市", "县", "镇", "行政村", "姓名"]
    columns, faults = match([column.header for column in national.columns], national, "x")
    assert len(columns) == 27
    assert faults == []


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("与户主关糸", "a.csv, row 1, column 4: header `与户主关糸` is not known; did you mean `与户主关系`?"),
        (
            "家庭人口",
            "a.csv, row 1, column 4: header `家庭人口` stands for the same as column 3; remove one of the two",
        ),
    ],
)
def test_an_unknown_or_doubled_header_is_refused_with_the_nearest(tmp_path: Path, header: str, message: str) -> None:
    (tmp_path / "a.csv").write_text(f"证件号码,与户主关系,人数,{header}\n1,2,3,4\n", encoding="utf-8")
    with pytest.raises(RegisterError) as refusal:
        read_register(tmp_path)
    assert str(refusal.value) == message


def test_a_sheet_in_gb18030_reads_like_one_in_utf_8(tmp_path: Path) -> None:
    sheet(tmp_path, [GOOD])
    text = (tmp_path / "members.csv").read_text(encoding="utf-8-sig")
    (tmp_path / "members.csv").write_bytes(text.encode("gb18030"))
    assert read_register(tmp_path).households[0].village == "一村"


def test_headers_of_every_derived_layout_are_unambiguous() -> None:
    for each in (*written_layouts(), *derived_layouts()):
        folded = [fold(column.header) for column in each.columns]
        assert len(set(folded)) == len(folded), each.id


# -- writing ---------------------------------------------------------------------------------------------------------


def test_a_cell_that_a_spreadsheet_would_run_is_written_as_text(tmp_path: Path) -> None:
    import python_calamine

    rows = [["=1+1", "+1", "-1+A1", "@x", "\tx", "plain"]]
    write_table(tmp_path / "a.csv", list("abcdef"), rows)
    (_, row) = csv.reader((tmp_path / "a.csv").read_text(encoding="utf-8-sig").splitlines())
    assert row == ["'=1+1", "'+1", "'-1+A1", "'@x", "'\tx", "plain"]
    write_table(tmp_path / "a.xlsx", list("abcdef"), rows)
    book = python_calamine.CalamineWorkbook.from_path(str(tmp_path / "a.xlsx"))
    assert book.get_sheet_by_index(0).to_python()[1][0] == "=1+1"


def test_a_loss_and_a_name_that_looks_like_a_formula_read_back_from_csv(tmp_path: Path) -> None:
    home = fr.Household(
        id="h",
        village="=乙村",
        members=(
            fr.Member(id="1", relation="head", id_no=GOOD["证件号码"], name="@甲", birth_date=date(1949, 12, 31)),
        ),
        members_complete=True,
        head_id_no=GOOD["证件号码"],
        head_name="@甲",
        income=fr.Income(stated_net_income_per_capita_yuan="-12.50", stated_net_income_yuan=-3),  # type: ignore[arg-type]
    )
    write_register(tmp_path / "r", [home])
    reading = read_register(tmp_path / "r")
    assert reading.problems == ()
    assert reading.households == (home,)


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    write_json_lines(tmp_path / "a.jsonl", [{"a": 1}])

    def broken() -> object:
        yield {"a": 2}
        raise RuntimeError("the source of rows broke")

    with pytest.raises(RuntimeError):
        write_json_lines(tmp_path / "a.jsonl", broken())  # type: ignore[arg-type]  # any iterable
    assert json.loads((tmp_path / "a.jsonl").read_text()) == {"a": 1}
    assert [each.name for each in tmp_path.iterdir()] == ["a.jsonl"]


def test_what_cannot_be_written_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match=r"is neither \.csv nor \.xlsx"):
        write_table(tmp_path / "a.txt", ["a"], [])
    (tmp_path / "file").write_text("x")
    with pytest.raises(RegisterError, match="cannot be written"):
        write_table(tmp_path / "file" / "a.csv", ["a"], [])
    made = simulate(seed=1, households=1, people=1, townships=1)
    nameless = attrs.evolve(made.households[0], head_id_no=None)
    with pytest.raises(RegisterError, match="have no certificate number of their head"):
        write_register(tmp_path / "b", [nameless])


def test_a_register_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="does not exist"):
        read_register(tmp_path / "nothing")
    with pytest.raises(RegisterError, match="is no register"):
        read_register(tmp_path)


def test_a_csv_with_too_many_cells_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fupin_rules.registry._tables.MAX_CELLS", 10)
    sheet(tmp_path, [GOOD])
    with pytest.raises(LimitError, match="more than 10 cells"):
        read_register(tmp_path)
    monkeypatch.setattr("fupin_rules.registry._tables.MAX_FILE_BYTES", 10)
    with pytest.raises(LimitError, match="larger than 10 bytes"):
        read_register(tmp_path)


# -- villages --------------------------------------------------------------------------------------------------------


def test_villages_are_read_and_doubles_set_aside(tmp_path: Path) -> None:
    rows = [
        {
            "村编号": "v1",
            "行政村": "一村",
            "村级集体经济收入（万元）": "1.5",
            "是否通电": "是",
            "农民人均纯收入": "3000",
        },
        {"村编号": "v1", "行政村": "又一村", "村级集体经济收入（万元）": "", "是否通电": "", "农民人均纯收入": ""},
        {"村编号": "", "行政村": "无号村", "村级集体经济收入（万元）": "", "是否通电": "", "农民人均纯收入": ""},
    ]
    reading = read_register(sheet(tmp_path, rows, "villages.csv"))
    (village,) = reading.villages
    assert (village.collective_income_wan_yuan, village.has_power) == (Decimal("1.5"), True)
    assert [(p.row, p.code) for p in reading.problems] == [(3, "double"), (4, "id")]
    assert (reading.rows_read, reading.rows_used) == (3, 1)


def test_an_id_that_stands_twice_sets_the_later_household_aside(tmp_path: Path) -> None:
    lines = [{"id": "a", "hukou": "rural"}, {"id": "b"}, {"id": "a", "hukou": "urban"}]
    (tmp_path / "homes.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    reading = read_register(tmp_path)
    assert [(home.id, home.hukou) for home in reading.households] == [("a", "rural"), ("b", None)]
    assert [(p.row, p.code) for p in reading.problems] == [(3, "double_id")]
    assert (reading.rows_read, reading.rows_used, reading.households_set_aside) == (3, 2, 1)
    assert reading.notes == ()
    other = GOOD | {"证件号码": "110105195001010027"[:17] + _check("11010519500101002")}
    place = tmp_path / "sheets"
    place.mkdir()
    sheet(place, [GOOD, other])
    numbers = [{"户主证件号码": row["证件号码"], "户编号": "H-1"} for row in (GOOD, other)]
    sheet(place, numbers, "households.csv")
    reading = read_register(place)
    assert [home.id for home in reading.households] == ["H-1"]
    assert [(p.sheet, p.row, p.code) for p in reading.problems] == [("members.csv", 3, "double_id")]


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1991-1-2", date(1991, 1, 2)),
        ("1991/01/02", date(1991, 1, 2)),
        ("1991年1月2日", date(1991, 1, 2)),
        ("19910102", date(1991, 1, 2)),
        (date(1991, 1, 2), date(1991, 1, 2)),
        ("1991-1", None),
        ("01/02/1991", None),
        ("1991-02-30", None),
        ("昨天", None),
        (33240, None),
    ],
)
def test_days_come_in_a_closed_list_of_forms(cell: str | date | int, day: date | None) -> None:
    spec = MEMBER_FIELDS["birth_date"].spec
    if day is None:
        with pytest.raises(ValueError, match="expected a day"):
            read_cell(spec, cell)
    else:
        assert read_cell(spec, cell) == day


def test_a_fact_that_two_sheets_tell_differently_is_in_dispute(tmp_path: Path) -> None:
    sheet(tmp_path, [GOOD])
    sheet(tmp_path, [{"证件号码": GOOD["证件号码"], "性别": "男", "是否孤儿": "否"}], "member-facts.csv")
    reading = read_register(tmp_path)
    assert reading.households[0].members[0].sex == fr.NotKnown(fr.Why.CONFLICTING)
    assert [(p.sheet, p.column, p.code) for p in reading.problems] == [("member-facts.csv", "性别", "differs")]
    assert not reading.problems[0].sets_aside


def test_several_codes_are_read_and_none_is_told_from_unknown(tmp_path: Path) -> None:
    spec = MEMBER_FIELDS["health"].spec
    assert read_cell(spec, "长期慢性病、残疾") == {"chronic_illness", "disability"}
    assert read_cell(spec, "无") == frozenset()
    assert read_cell(spec, " ") is None
    with pytest.raises(ValueError, match="expected one of"):
        read_cell(spec, 3)


def test_every_code_of_a_problem_has_chinese_words() -> None:
    import ast

    from fupin_rules.registry._problems import _ZH, RowProblem

    source = Path(read_register.__code__.co_filename).parents[1]
    told: set[str] = set()
    for name in (
        "registry/_roster.py",
        "registry/_read.py",
        "registry/_json_lines.py",
        "model/_plain.py",
        "model/_household.py",
    ):
        for node in ast.walk(ast.parse((source / name).read_text(encoding="utf-8"))):
            called = getattr(node.func, "id", getattr(node.func, "attr", "")) if isinstance(node, ast.Call) else ""
            # The code is the fourth argument of a fault, a problem, and of setting a household aside.
            if (
                isinstance(node, ast.Call)
                and called in ("Fault", "RowProblem", "_aside", "dispute")
                and len(node.args) > 3
            ):
                named = node.args[3]
                told |= {named.value} if isinstance(named, ast.Constant) and isinstance(named.value, str) else set()
    files = {"no_register", "empty", "layout", "unknown_header", "double_header"}  # refuse the whole register
    assert {"count", "no_head", "double_person", "json", "certificate"} <= told
    assert told - files - {"no_fact", "no_member_path"} <= set(_ZH)
    for code in (*_ZH, "new"):
        assert RowProblem("s", 1, "c", code, "w", "m", sets_aside=True).zh


@pytest.mark.parametrize(
    ("xml", "fits"),
    [
        (b'<row r="1000"><c r="ALL1000"/></row>', True),
        (b'<row r="1000"><c r="ALM1000"/></row>', False),
        (b'<row r="1001"><c r="ALL1"/></row>', False),
        (b'<row r="1000">' + b"<c/>" * 1000 + b"</row>", True),
        (b'<row r="1000">' + b"<c/>" * 1001 + b"</row>", False),
        (b'<row r="1000"><c r="B1000"/>' + b"<c/>" * 1000 + b"</row>", True),
        (b"<row>" + b"<c/>" * 5 + b"</row>", True),
        (b" " * (1 << 20) + b'<row r="1048576"><c r="XFD1048576"/></row>', False),
    ],
)
def test_the_extent_of_a_sheet_is_measured_before_it_is_laid_out(xml: bytes, fits: bool) -> None:
    import io

    from fupin_rules.registry._tables import _check_extent

    if fits:
        _check_extent(io.BytesIO(xml), "a.xlsx")
    else:
        with pytest.raises(LimitError, match="more than 1000000 cells"):
            _check_extent(io.BytesIO(xml), "a.xlsx")


def test_columns_are_counted_by_their_letters() -> None:
    from fupin_rules.registry._tables import _column

    assert [_column(letters) for letters in (b"A", b"Z", b"AA", b"ALL", b"XFD")] == [1, 26, 27, 1000, 16384]


def test_a_place_may_be_told_as_text(tmp_path: Path) -> None:
    made = simulate(seed=3, households=5, people=9, townships=1)
    place = str(tmp_path)
    write_register(f"{place}/register.jsonl", made.households)
    write_forms(f"{place}/forms", made.households, made.villages)
    write_template(f"{place}/blank")
    reading = read_register(f"{place}/forms")
    write_marked(f"{place}/forms", reading.problems, f"{place}/marked.xlsx")
    assert len(read_register(f"{place}/register.jsonl").households) == len(reading.households) == 5
    assert {each.name for each in tmp_path.iterdir()} == {"register.jsonl", "forms", "blank", "marked.xlsx"}
    pack = fr.installed_packs()["exit-2016"]
    assert load_cases(str(pack)) == load_cases(pack)
