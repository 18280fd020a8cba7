"""Which code list a column holds: a layout says so, and then its numbers mean what they meant there."""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from fupin_rules.model import Field, FieldSpec, Household, PovertyCause, PovertyCause2010, catalogue
from fupin_rules.registry._cells import read_cell, write_cell
from fupin_rules.registry._layouts import Layout, _load

FIELDS = catalogue(Household).fields
OLD = attrs.evolve(FIELDS["main_cause"].spec, code_list=PovertyCause2010)
OLD_SEVERAL = attrs.evolve(FIELDS["other_causes"].spec, code_list=PovertyCause2010)

LAYOUT = """\
id = "jiangsu-2010"
rows = "roster"
marks = ["证件号码", "致贫原因"]
title = { zh = "旧表", en = "older form (invented)" }

[[column]]
header = "证件号码"
fact = "members.id_no"

[[column]]
header = "致贫原因"
fact = "main_cause"
code_list = "PovertyCause2010"

[[column]]
header = "其他原因"
fact = "other_causes"
"""


def load(folder: Path, text: str = LAYOUT) -> Layout:
    path = folder / "layout.toml"
    path.write_text(text, encoding="utf-8")
    return _load(path)


def spec_of(found: Layout, header: str) -> FieldSpec:
    (field,) = (each.field for each in found.columns if each.header == header)
    assert isinstance(field, Field)
    return field.spec


def test_a_column_that_says_which_list_it_holds_is_read_by_it(tmp_path: Path) -> None:
    found = load(tmp_path)
    assert spec_of(found, "致贫原因").code_list is PovertyCause2010
    assert spec_of(found, "其他原因").code_list is PovertyCause
    assert FIELDS["main_cause"].spec.code_list is PovertyCause
    assert read_cell(spec_of(found, "致贫原因"), "1") is PovertyCause.DISASTER


def test_a_column_cannot_say_a_list_that_its_fact_never_had(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        load(tmp_path, LAYOUT.replace('"PovertyCause2010"', '"HouseGrade"'))


@pytest.mark.parametrize("code", list(PovertyCause2010))
def test_the_older_list_is_read_by_label_and_by_its_own_number(code: PovertyCause2010) -> None:
    cells = (code.zh, code.national, int(code.national), float(code.national), code.value)
    for cell in cells:
        assert read_cell(OLD, cell) is code.current
        # A code of either list equals its name, so the list is looked at too.
        assert [(type(each), each) for each in read_cell(OLD_SEVERAL, cell)] == [(PovertyCause, code.current)]
    assert write_cell(FIELDS["main_cause"].spec, code.current) == code.current.zh


def test_several_of_the_older_list_are_read_together() -> None:
    assert read_cell(OLD_SEVERAL, "1、因病") == {PovertyCause.DISASTER, PovertyCause.ILLNESS}
    assert read_cell(OLD_SEVERAL, "无") == frozenset()
    assert read_cell(OLD_SEVERAL, "") is None
    with pytest.raises(ValueError, match="at most 2 codes"):
        read_cell(OLD_SEVERAL, "1、2、3")


@pytest.mark.parametrize("cell", ["01", "0", "9", 9, 1.5, True, float("nan"), float("inf"), 10**400, "缺水", "因婚"])
def test_what_the_older_list_does_not_have_is_refused(cell: object) -> None:
    for spec in (OLD, OLD_SEVERAL):
        with pytest.raises(ValueError, match="expected one of 因灾、因病、因残"):
            read_cell(spec, cell)  # type: ignore[arg-type]  # cells of a stranger


@pytest.mark.parametrize("cell", ["1", 1, 1.0, "01", "04", 4, "99"])
def test_where_no_list_is_said_a_number_is_no_cause(cell: str | float) -> None:
    for path in ("main_cause", "other_causes"):
        with pytest.raises(ValueError, match="expected one of 因病、因残、因学"):
            read_cell(FIELDS[path].spec, cell)
