"""The forms as data, and the templates that are given out: what a pack says is what stands on the sheet."""

import csv
from decimal import Decimal
from pathlib import Path

import attrs
import pytest

import fupin_rules as fr
from filled_forms import (
    FORMS,
    HOUSEHOLD,
    MEMBER,
    home,
    letters,
    put,
    sheets_of,
    tables,
    told,
)
from fupin_rules.errors import PolicyError, RegisterError
from fupin_rules.registry import (
    load_forms,
    read_register,
    write_forms,
    write_template,
)
from fupin_rules.registry.forms._book import LISTS_PAGE, NOTES_PAGE
from fupin_rules.registry.forms._fill import blank_tables
from fupin_rules.registry.forms._layout import hint_of, layout_of


def test_the_five_forms_are_those_the_article_names() -> None:
    assert [form.zh for form in FORMS.forms] == [
        "贫困户登记表",
        "贫困户家庭成员信息表",
        "行政村基本情况登记表",
        "贫困户信息汇总表",
        "贫困户村级汇总表",
    ]
    article = fr.load_policy("yucheng-2016").sources["article"]
    for title in (
        "貧困戶登記表",
        "貧困戶家庭成員信息表",
        "貧困戶信息匯總表",
        "貧困戶村級匯總表",
        "行政村基本情況登記表",
    ):
        assert f"《{title}》" in article.note


def test_every_form_says_in_both_languages_that_its_columns_are_an_assumption() -> None:
    for form in FORMS.forms:
        assert form.source.standing is fr.Standing.STATED
        assert form.standing is fr.Standing.ASSUMPTION
        assert "假设" in form.note_zh
        assert "assumption" in form.note_en
        assert all(column.zh and column.en for column in form.columns)


def test_the_14_further_items_are_open_places_that_nothing_fills() -> None:
    assert (MEMBER.slots, MEMBER.open_slots) == (14, tuple(range(1, 15)))
    assert MEMBER.slots_source is not None
    assert MEMBER.slots_source.standing is fr.Standing.STATED
    assert [form.id for form in FORMS.forms if form.slots] == ["member"]
    assert all(column.slot is None for column in MEMBER.columns)


def test_headers_of_a_form_and_of_what_it_does_not_ask_are_told_apart() -> None:
    for form in FORMS.forms:
        headers = [column.header for column in layout_of(form).columns]
        assert len(set(headers)) == len(headers)


def test_no_sum_that_can_be_worked_out_is_asked_on_a_form() -> None:
    asked = {
        column.field.path for form in FORMS.forms if "summary" not in form.id for column in form.columns if column.field
    }
    assert not [path for path in asked if "stated" in path and path != "stated_member_count"]


PACK = """format = 1
id = "lu-2016"
version = "1"
title = { zh = "甲", en = "a" }
extends = ["yucheng-2016"]
from = 2016-01-01
until = 2017-01-01
subjects = ["household"]
"""
SOURCES = """[list]
title = "清单"
title_en = "list"
standing = "local"
"""


def make_pack(place: Path, **files: str) -> Path:
    pack = place / "lu-2016"
    (pack / "forms").mkdir(parents=True)
    (pack / "pack.toml").write_text(PACK, encoding="utf-8")
    (pack / "sources.toml").write_text(SOURCES, encoding="utf-8")
    for name, text in files.items():
        (pack / "forms" / f"{name}.toml").write_text(text, encoding="utf-8")
    return pack


FILL = """format = 1
[[fill]]
form = "member"
slot = 3
fact = "members.is_orphan"
source = "list#3"

[[fill]]
form = "member"
slot = 1
fact = "members.is_public_employee"
header = { zh = "吃财政饭", en = "paid by the state" }
source = "list#1"
"""


def test_a_pack_fills_open_places_in_their_order_and_its_sheets_read_back(tmp_path: Path) -> None:
    forms = load_forms(make_pack(tmp_path, fill=FILL))
    form = forms.by_id["member"]
    assert [(each.slot, each.zh) for each in form.columns[-2:]] == [(1, "吃财政饭"), (3, "是否孤儿")]
    assert form.open_slots == (2, *range(4, 15))
    assert form.columns[-1].source.standing is fr.Standing.LOCAL
    home = fr.Household(id="H", members=(fr.Member(id="1", relation="head", is_orphan=False, is_public_employee=True),))
    write_forms(tmp_path / "out", [home], forms=forms)
    headers = (tmp_path / "out" / "member.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert headers.endswith("联系电话,吃财政饭,是否孤儿")
    assert read_register(tmp_path / "out", forms=forms).households == (home,)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            'format = 1\n[[fill]]\nform = "members"\nslot = 1\nfact = "members.sex"\nsource = "list"\n',
            "lu-2016/forms/fill.toml, line 3, column 1: `members` is no form of the pack; did you mean `member`?",
        ),
        (
            'format = 1\n[[fill]]\nform = "member"\nslot = 15\nfact = "members.is_orphan"\nsource = "list"\n',
            "lu-2016/forms/fill.toml, line 4, column 1: `slot` is no number from 1 to 14; give another",
        ),
        (
            'format = 1\n[[fill]]\nform = "member"\nslot = 1\nfact = "members.sexx"\nsource = "list"\n',
            "lu-2016/forms/fill.toml, line 5, column 1: `members.sexx` is no fact of this form's rows; did you mean `members.sex`?",
        ),
        (
            'format = 1\n[[fill]]\nform = "member"\nslot = 1\nfact = "members.sex"\nsource = "list"\n',
            "lu-2016/forms/fill.toml, line 2, column 1: `member` has a column `性别` already; give another header",
        ),
        (
            'format = 1\n[[fill]]\nform = "member"\nslot = 1\nfact = "members.is_orphan"\nsource = "lost"\n',
            "lu-2016/forms/fill.toml, line 6, column 1: `source` cites `lost`, which is no source; add it to sources.toml",
        ),
        (
            FILL.replace("slot = 1\n", "slot = 3\n"),
            "lu-2016/forms/fill.toml, line 10, column 1: place 3 of `member` is not open; give an open one",
        ),
        (
            "format = 2\n",
            "lu-2016/forms/fill.toml, line 1, column 1: format 2 is not read; this version reads format 1",
        ),
    ],
)
def test_a_place_that_cannot_be_filled_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(PolicyError) as refusal:
        load_forms(make_pack(tmp_path, fill=text))
    assert str(refusal.value) == message


SUMMARY = """format = 1
id = "tally"
title = {{ zh = "表", en = "form" }}
rows = "{rows}"
source = "list"
columns_source = "list"
marks = ["户数"]
columns = [
{columns}
]
"""
COUNT = '{ header = { zh = "户数", en = "households" }, count = "True" },'
VILLAGE = '{ fact = "village" },'


@pytest.mark.parametrize(
    ("rows", "columns", "message"),
    [
        (
            "village_summary",
            [VILLAGE, COUNT, '{ header = { zh = "甲", en = "a" }, sum = "member_cuont" },'],
            "tally.toml, line 11, column 43: `member_cuont` is not known; did you mean `member_count`?",
        ),
        (
            "village_summary",
            [VILLAGE, COUNT, '{ header = { zh = "甲", en = "a" }, count = "member_count" },'],
            "tally.toml, line 11, column 45: a claim is due here, this is a number; see the types of the names",
        ),
        (
            "village_summary",
            [VILLAGE, COUNT, '{ header = { zh = "甲", en = "a" }, count = "net_income_per_person < income_line" },'],
            (
                "tally.toml, line 11, column 36: `count` reads the parameter `income_line`, which has other values on other "
                "days; fold facts only"
            ),
        ),
        (
            "village_summary",
            [VILLAGE, COUNT, '{ header = { zh = "甲", en = "a" }, sum = "able_workers" },'],
            (
                "tally.toml, line 11, column 36: `sum` reads the parameter `working_age_from`, which has other values on other "
                "days; fold facts only"
            ),
        ),
        (
            "village_summary",
            [
                VILLAGE,
                COUNT,
                '{ header = { zh = "甲", en = "a" }, sum = "count(m for m in members if age(m.birth_date) < 6)" },',
            ],
            "tally.toml, line 11, column 36: `sum` calls `age`, which depends on the day; fold facts only",
        ),
        (
            "village_summary",
            [VILLAGE, COUNT, '{ header = { zh = "甲", en = "a" }, count = "is_known(main_cause)" },'],
            "tally.toml, line 11, column 36: `count` asks whether a fact is known; fold facts only",
        ),
        (
            "village_summary",
            [COUNT],
            (
                "tally.toml, line 8, column 1: does not name the village by texts, `village` last; give the names of areas, "
                '{ fact = "village" } after them'
            ),
        ),
        (
            "village_summary",
            [VILLAGE, COUNT, COUNT],
            "tally.toml, line 11, column 1: two columns are called `户数`; rename one",
        ),
        (
            "household",
            ['{ key = "household", header = { zh = "户数", en = "number" } },', COUNT.replace("户数", "数")],
            "tally.toml, line 10, column 45: `count` has no place on a form of rows `household`; give one of key, fact",
        ),
        (
            "household",
            ['{ fact = "village", header = { zh = "户数", en = "number" } },'],
            'tally.toml: has no column with the number of the household; add one with key = "household"',
        ),
        (
            "household",
            ['{ key = "member", header = { zh = "户数", en = "number" } },'],
            (
                "tally.toml, line 9, column 3: a form of rows `household` has no number of a member; remove the column\n"
                'lu-2016/forms/tally.toml: has no column with the number of the household; add one with key = "household"'
            ),
        ),
        (
            "household",
            ['{ key = "household", fact = "village", header = { zh = "户数", en = "number" } },'],
            (
                "tally.toml, line 9, column 1: has not exactly one of key, fact, value, count, sum, remark; give one\n"
                'lu-2016/forms/tally.toml: has no column with the number of the household; add one with key = "household"'
            ),
        ),
    ],
)
def test_a_form_that_is_none_is_refused_at_its_place(
    tmp_path: Path, rows: str, columns: list[str], message: str
) -> None:
    with pytest.raises(PolicyError) as refusal:
        load_forms(make_pack(tmp_path, tally=SUMMARY.format(rows=rows, columns="\n".join(columns))))
    assert str(refusal.value) == f"lu-2016/forms/{message}"


GOOD = SUMMARY.format(rows="village_summary", columns=f"{VILLAGE}\n{COUNT}")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            'marks = ["户数"]',
            'marks = ["户"]',
            "line 7, column 1: `marks` names `户`, no header; name headers of its columns",
        ),
        (
            'marks = ["户数"]',
            "marks = []",
            "line 7, column 1: `marks` is empty; name headers that only this form has together",
        ),
        ('id = "tally"', 'id = "count"', "line 2, column 1: `id` is `count`, the file `tally`; give both one name"),
        ("format = 1", "format = 3", "line 1, column 1: format 3 is not read; this version reads format 1"),
        (
            'rows = "village_summary"',
            'rows = "town"',
            "line 4, column 1: `rows` is `town`; give one of household, member, village, household_summary, village_summary",
        ),
        (
            'marks = ["户数"]',
            'marks = ["户数"]\nslots = { count = 2, source = "list" }',
            "line 8, column 1: a summary has no open places; remove `slots`",
        ),
        (
            COUNT,
            COUNT + '\n{ header = { zh = "注", en = "note" }, remark = false },',
            "line 11, column 39: `remark` is false; leave the column out",
        ),
        (
            COUNT,
            COUNT + '\n{ header = { zh = "户", en = "a" }, count = "True", wher = "True" },',
            "line 11, column 52: `wher` is not known here; did you mean `header`?",
        ),
        (
            COUNT,
            COUNT + '\n{ header = { zh = "户", en = "a" }, sum = "member_count", places = 7 },',
            "line 11, column 58: `places` is no number from 0 to 6; give another",
        ),
        (COUNT, COUNT * 401, "line 8, column 1: more than 400 columns; split the form"),
    ],
)
def test_what_a_form_says_of_itself_is_checked(tmp_path: Path, old: str, new: str, message: str) -> None:
    assert GOOD.count(old) == 1
    assert load_forms(make_pack(tmp_path / "good", tally=GOOD)).by_id["tally"].zh == "表"
    with pytest.raises(PolicyError) as refusal:
        load_forms(make_pack(tmp_path / "bad", tally=GOOD.replace(old, new)))
    assert f"lu-2016/forms/tally.toml, {message}" in str(refusal.value).splitlines()


def test_all_faults_of_all_forms_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(PolicyError) as refusal:
        load_forms(make_pack(tmp_path, a="format = 1\n", b="not toml", fill="[[fill]]\n"))
    places = {fault.where.split(",")[0] for fault in refusal.value.faults}
    assert places == {"lu-2016/forms/a.toml", "lu-2016/forms/b.toml", "lu-2016/forms/fill.toml"}


def test_a_pack_without_forms_is_refused() -> None:
    with pytest.raises(PolicyError) as refusal:
        load_forms("exit-2016")
    assert str(refusal.value) == (
        "pack `exit-2016`: has no forms; add files to its folder `forms`, or extend a pack that has forms"
    )


def test_nothing_but_forms_lies_among_the_forms(tmp_path: Path) -> None:
    pack = make_pack(tmp_path)
    (pack / "forms" / "readme.txt").write_text("x", encoding="utf-8")
    with pytest.raises(PolicyError) as refusal:
        load_forms(pack)
    assert str(refusal.value) == "lu-2016/forms/readme.txt: is no form; keep only `<id>.toml` there"


# -- templates -------------------------------------------------------------------------------------------------------


def test_a_template_has_notes_the_five_forms_and_the_code_lists(tmp_path: Path) -> None:
    write_template(tmp_path / "t.xlsx")
    held = sheets_of(tmp_path / "t.xlsx")
    assert list(held) == [NOTES_PAGE, *(form.zh for form in FORMS.forms), LISTS_PAGE]
    for form in FORMS.forms:
        headers, hints = held[form.zh]
        assert headers == [column.zh for column in form.columns]
        assert hints == [hint_of(column) for column in form.columns]
    notes = "\n".join(f"{zh} {en}" for zh, en in held[NOTES_PAGE][1:])
    for form in FORMS.forms:
        assert form.note_zh in notes
        assert form.note_en in notes
    assert "本库的假设" in notes
    assert "our own assumption" in notes
    assert "另有14项采集内容" in notes


def test_identity_phone_and_bank_are_texts_labels_drop_down_and_headers_stay_in_view(tmp_path: Path) -> None:
    import re
    import zipfile

    write_template(tmp_path / "t.xlsx")
    with zipfile.ZipFile(tmp_path / "t.xlsx") as held:
        page = held.read("xl/worksheets/sheet2.xml").decode()
        styles = held.read("xl/styles.xml").decode()
    assert '<pane xSplit="1" ySplit="2"' in page
    text = re.findall(r'<numFmt numFmtId="(\d+)" formatCode="@"', styles)
    formats = re.findall(r'<xf numFmtId="(\d+)"', styles.partition("<cellXfs")[2])
    columns = re.findall(r'<col min="(\d+)" max="(\d+)"[^>]*style="(\d+)"', page)
    style = {number: formats[int(kind)] for low, high, kind in columns for number in range(int(low), int(high) + 1)}
    for place, column in enumerate(HOUSEHOLD.columns, start=1):
        is_number = column.field is not None and column.field.spec.sort.value == "number"
        assert (style[place] in ("49", *text)) is not is_number, column.zh
    assert '<formula1>"是,否"</formula1>' in page
    assert page.count("<dataValidation ") == sum(
        1
        for c in HOUSEHOLD.columns
        if c.field is not None and (c.field.spec.code_list or c.field.spec.sort.value == "flag")
    )


def test_every_drop_down_holds_the_labels_of_its_code_list(tmp_path: Path) -> None:
    import re
    import zipfile

    write_template(tmp_path / "t.xlsx")
    lists = sheets_of(tmp_path / "t.xlsx")[LISTS_PAGE]
    with zipfile.ZipFile(tmp_path / "t.xlsx") as held:
        for number, form in enumerate(FORMS.forms, start=2):
            page = held.read(f"xl/worksheets/sheet{number}.xml").decode()
            drops = dict(re.findall(r'sqref="([A-Z]+)3:[A-Z]+\d+"><formula1>([^<]*)</formula1>', page))
            for place, column in enumerate(form.columns):
                if column.field is None or column.field.spec.code_list is None:
                    continue
                where = re.fullmatch(r"'?代码表'?!\$([A-Z]+)\$2:\$([A-Z]+)\$(\d+)", drops[letters(place)])
                assert where is not None
                first = next(each for each in range(200) if letters(each) == where[1])
                labels = [lists[row][first] for row in range(1, int(where[3]))]
                assert labels == [code.zh for code in column.field.spec.code_list]


@pytest.mark.parametrize("name", ["t", "t.xlsx"])
def test_an_empty_template_holds_no_row(tmp_path: Path, name: str) -> None:
    write_template(tmp_path / name)
    with pytest.raises(RegisterError, match="holds no filled rows of a known layout; known: .*, household"):
        read_register(tmp_path / name)


def test_the_hint_row_is_passed_over_and_a_row_with_data_never(tmp_path: Path) -> None:
    write_template(tmp_path / "t")
    sheets = {
        path.stem: list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines()))
        for path in (tmp_path / "t").glob("*.csv")
    }
    filled = tables((home(1),))
    for name in ("household", "member"):
        own = len(sheets[name][0])
        sheets[name] += [row[:own] for row in filled[name][1:]]
    assert read_register(put(tmp_path, sheets, "household", "member")).households == (home(1),)
    # Somebody typed over a part of the hints: the row is data, and what is left of the hints is told.
    sheets["household"][1][0] = "H-2"
    reading = read_register(put(tmp_path, sheets, "household", "member"))
    assert [each.id for each in reading.households] == ["H-2", "H-1"]
    assert {row for _, row, _, _ in told(reading)} == {2}
    # Below the second row there is no hint row.
    sheets["household"] = [sheets["household"][0], *sheets["household"][2:], [hint_of(c) for c in HOUSEHOLD.columns]]
    assert next(row for _, row, _, code in told(read_register(put(tmp_path, sheets, "household", "member")))) == 3


def test_only_the_forms_that_are_asked_for_are_written(tmp_path: Path) -> None:
    write_template(tmp_path / "t", only=["village", "member"])
    assert sorted(each.name for each in (tmp_path / "t").iterdir()) == ["member.csv", "village.csv"]
    with pytest.raises(RegisterError) as refusal:
        blank_tables(FORMS, ["villages"])
    assert str(refusal.value) == (
        "form `villages`: is no form of `yucheng-2016`; known: household, member, village, household-summary, village-summary"
    )
    with pytest.raises(RegisterError, match=r"t\.docx: is neither an \.xlsx file nor a folder; give one of these"):
        write_template(tmp_path / "t.docx")


def test_a_number_of_more_digits_than_a_spreadsheet_keeps_is_written_as_text(tmp_path: Path) -> None:
    from fupin_rules.registry.forms._book import _write
    from fupin_rules.registry.forms._fill import SheetTable

    (table,) = blank_tables(FORMS, ["village-summary"])
    cells: list[str | Decimal] = [Decimal("12345678901234567.01"), Decimal("12.50"), *[""] * (len(table.columns) - 2)]
    _write(tmp_path / "t.xlsx", FORMS, [SheetTable(table.form, table.columns, (tuple(cells),))], hints=False)
    assert sheets_of(tmp_path / "t.xlsx")["贫困户村级汇总表"][1][:2] == ["12345678901234567.01", 12.5]


def test_titles_that_no_page_can_have_and_titles_alike_are_told_apart(tmp_path: Path) -> None:
    from fupin_rules.registry.forms._book import _write

    titles = ("表/一", "表/一", "说明", "很" * 40, "很" * 40)
    blanks = blank_tables(FORMS)
    renamed = [attrs.evolve(t, form=attrs.evolve(t.form, zh=zh)) for t, zh in zip(blanks, titles, strict=True)]
    _write(tmp_path / "t.xlsx", FORMS, renamed, hints=True)
    assert list(sheets_of(tmp_path / "t.xlsx"))[1:-1] == ["表_一", "表_一_2", "说明_2", "很" * 31, "很" * 29 + "_2"]
