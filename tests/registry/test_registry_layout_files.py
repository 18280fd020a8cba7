"""Layouts of other people's exports are data: another one is another file, whatever its rows are."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from fupin_rules.registry import _layouts as held
from fupin_rules.registry import read_register
from fupin_rules.registry._layouts import fold, recognise, written_layouts

VILLAGES = """id = "village-export"
rows = "village"
marks = ["村码", "户数(户)"]

[[column]]
header = "村码"
key = "village"

[[column]]
header = "户数(户)"
fact = "households"
"""
HOUSEHOLDS = """id = "household-export"
rows = "household"
marks = ["户主证号", "年工资"]

[[column]]
header = "户主证号"
fact = "head_id_no"

[[column]]
header = "年工资"
aliases = ["工资（元）"]
fact = "income.wage_income_yuan"
"""
MEMBERS = """id = "member-export"
rows = "member"
marks = ["证号"]

[[column]]
header = "证号"
fact = "members.id_no"

[[column]]
header = "孤儿"
fact = "members.is_orphan"
"""


@pytest.fixture
def layout_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = tmp_path / "layouts"
    folder.mkdir()
    national = held._FOLDER / "national-27.toml"
    (folder / national.name).write_text(national.read_text(encoding="utf-8"), encoding="utf-8")
    for name, text in {"village": VILLAGES, "household": HOUSEHOLDS, "member": MEMBERS}.items():
        (folder / f"{name}-export.toml").write_text(text, encoding="utf-8")
    monkeypatch.setattr(held, "_FOLDER", folder)
    for cached in (held.layouts, written_layouts):
        cached.cache_clear()
    yield folder
    for cached in (held.layouts, written_layouts):
        cached.cache_clear()


def test_a_new_layout_is_a_new_file(layout_files: Path, tmp_path: Path) -> None:
    place = tmp_path / "r"
    place.mkdir()
    number = "11010519491231002X"
    (place / "a.csv").write_text(f"证件号码,与户主关系,人数\n{number},户主,1\n", encoding="utf-8")
    (place / "b.csv").write_text(f"户主证号,年工资\n{number},12.50\n", encoding="utf-8")
    (place / "c.csv").write_text(f"证号,孤儿\n{number},否\n", encoding="utf-8")
    (place / "d.csv").write_text("村码,户数（户）\nv1,30\n", encoding="utf-8")
    reading = read_register(place)
    assert reading.problems == ()
    (home,) = reading.households
    assert (str(home.income.wage_income_yuan), home.members[0].is_orphan) == ("12.50", False)
    assert [(each.id, each.households) for each in reading.villages] == [("v1", 30)]


def test_the_layout_with_the_most_marks_is_taken(layout_files: Path) -> None:
    assert [len(each.required) for each in written_layouts()] == [3, 2, 2, 1]
    found = recognise(["证号", "证件号码", "与户主关系", "人数"])
    assert found is not None
    assert found.id == "national-27"


def test_every_shipped_layout_says_what_a_row_is_and_is_known_by_its_own_headers() -> None:
    for each in written_layouts():
        assert each.rows in ("roster", "household", "member", "village")
        assert each.required <= {fold(column.header) for column in each.columns}
        found = recognise([column.header for column in each.columns])
        assert found is each
