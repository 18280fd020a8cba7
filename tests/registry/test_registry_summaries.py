"""The two summaries: no number is typed twice, what is unknown is no number, and a filled one agrees or is a finding."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given, settings

import fupin_rules as fr
from filled_forms import FORMS, HOMES, INCOME, VILLAGES, home, person, plant, put, tables, told
from forms_strategies import registers
from fupin_rules.registry import (
    read_register,
)
from fupin_rules.registry.forms._summaries import Open, Summariser


def summary(
    form_id: str, homes: tuple[fr.Household, ...], villages: tuple[fr.Village, ...] = ()
) -> list[dict[str, Any]]:
    form = FORMS.by_id[form_id]
    return [
        dict(zip((column.zh for column in form.columns), row.values, strict=True))
        for row in Summariser(FORMS, homes, villages).rows(form)
    ]


def test_a_summary_adds_up_exactly() -> None:
    third = home(1, members=(person(3), person(4), person(5)), stated_member_count=3)
    (row,) = summary("household-summary", (third,))
    assert row["纯收入（核算）"] == 804
    assert row["人均纯收入（核算）"] == 268
    assert row["人口数（按成员表）"] == 3
    (row,) = summary(
        "household-summary", (attrs.evolve(third, income=fr.Income(**INCOME | {"pension_yuan": Decimal("0.01")})),)
    )
    assert row["人均纯收入（核算）"] == Fraction("234.50")  # 703.51 / 3, to the fen


@given(registers())
@settings(max_examples=40)
def test_groups_of_a_village_never_hold_more_households_than_are_registered(
    register: tuple[tuple[fr.Household, ...], tuple[fr.Village, ...]],
) -> None:
    homes, villages = register
    rows = summary("village-summary", homes, villages)
    assert sum(row["登记户数"] for row in rows) == len(homes)
    for row in rows:
        for mark in ("一般贫困户", "主要致贫原因"):
            parts = [
                value
                for key, value in row.items()
                if key.endswith("：户数") and (mark == "主要致贫原因") is (mark in key)
            ]
            if not any(isinstance(value, Open) for value in parts):
                assert sum(parts) == row["登记户数"]


@pytest.mark.parametrize(
    ("change", "column", "value"),
    [
        ({}, "登记户数", 10),
        ({}, "登记人口数", 20),
        ({"members_complete": None, "stated_member_count": None}, "登记人口数", None),
        ({"household_attribute": None}, "一般贫困户：户数", None),
        ({"household_attribute": "dibao_poor"}, "一般贫困户：户数", 9),
        ({"household_attribute": "dibao_poor"}, "低保贫困户：人口数", 2),
        ({"main_cause": None}, "登记户数", 10),
        ({"main_cause": None}, "主要致贫原因因学：户数", None),
        ({"poverty_status": "exited"}, "未脱贫户数", 9),
        ({"poverty_status": "exited"}, "脱贫人口数", 2),
        # Whether it counts is not known, nor what it would add.
        ({"poverty_status": None, "members_complete": None}, "脱贫人口数", None),
    ],
)
def test_a_sum_with_an_unknown_part_is_no_number(change: dict[str, Any], column: str, value: int | None) -> None:
    homes = tuple(attrs.evolve(each, village="河东村") for each in HOMES)
    homes = (attrs.evolve(homes[0], **change), *homes[1:])
    (row,) = summary("village-summary", homes)
    if value is None:
        assert row[column] == Open(1, row[column].missing, is_disputed=False)
    else:
        assert row[column] == value


def test_what_cannot_be_worked_out_is_blank_and_named_in_both_languages() -> None:
    sheets = tables((home(1, income=fr.Income(**INCOME | {"pension_yuan": None})),))
    headers, row = sheets["household-summary"]
    cells = dict(zip(headers, row, strict=True))
    assert (cells["人均纯收入（核算）"], cells["人口数（按成员表）"]) == ("", "2")
    assert cells["未能得出的项目"] == (
        "纯收入（核算）（1户缺养老保险金）；人均纯收入（核算）（1户缺养老保险金）\n"
        "net income, worked out (1 household lacks pension); "
        "net income per person, worked out (1 household lacks pension)"
    )


def test_a_village_without_a_household_is_a_row_of_zeros_and_one_whose_name_is_not_known_a_row_of_its_own() -> None:
    rows = summary("village-summary", (home(1), home(2, village=None)), (*VILLAGES, fr.Village(id="v2", name="空村")))
    assert [(row["行政村"], row["登记户数"], row["登记人口数"]) for row in rows] == [
        ("空村", 0, 0),
        (None, 1, 2),
        ("河东村", 1, 2),
    ]


@pytest.mark.parametrize(
    ("cell", "code", "what"),
    [
        ("", None, ""),
        ("402.00", None, ""),
        ("402", None, ""),
        ("402.01", "summary", "states 402.01, the forms give 402"),
    ],
)
def test_a_filled_summary_agrees_or_is_a_finding(tmp_path: Path, cell: str, code: str | None, what: str) -> None:
    sheets = tables((home(1),))
    plant(sheets, "household-summary", 2, "人均纯收入（核算）", cell)
    reading = read_register(put(tmp_path, sheets))
    assert [(p.code, p.what) for p in reading.problems] == ([] if code is None else [(code, what)])


def test_a_number_that_the_forms_leave_open_is_a_finding_unless_the_fact_is_in_dispute(tmp_path: Path) -> None:
    sheets = tables(HOMES[:2])
    plant(sheets, "household", 2, "养老保险金", "")
    plant(sheets, "household", 3, "养老保险金", "很多")
    reading = read_register(put(tmp_path, sheets))
    assert told(reading) == [
        ("household", 3, "养老保险金", "cell"),
        ("household-summary", 2, "纯收入（核算）", "summary_open"),
        ("household-summary", 2, "人均纯收入（核算）", "summary_open"),
    ]


def test_a_summary_that_leaves_a_household_out_is_told_once(tmp_path: Path) -> None:
    sheets = tables(HOMES)
    del sheets["household-summary"][3:5]
    reading = read_register(put(tmp_path, sheets))
    (problem,) = reading.problems
    assert (problem.sheet, problem.row, problem.column, problem.code) == (
        "household-summary.csv",
        1,
        "户编号",
        "summary_gap",
    )
    assert problem.what == "leaves out 2 that the forms of households and members have"


def test_what_a_summary_leaves_out_is_told_at_its_headers_below_a_title(tmp_path: Path) -> None:
    sheets = tables(HOMES)
    del sheets["household-summary"][3:5]
    sheets["household-summary"][:0] = [["汇总表"], ["单位：元"]]
    assert told(read_register(put(tmp_path, sheets))) == [("household-summary", 3, "户编号", "summary_gap")]


@pytest.mark.parametrize(("cell", "code"), [("1,5", "cell"), ("2，0", "cell"), ("0,010", None), ("10", None)])
def test_a_comma_that_groups_nothing_is_no_part_of_a_number(tmp_path: Path, cell: str, code: str | None) -> None:
    sheets = tables(HOMES)
    plant(sheets, "village-summary", 2, "登记人口数", cell)
    found = [each for each in told(read_register(put(tmp_path, sheets))) if each[2] == "登记人口数"]
    assert found == ([] if code is None else [("village-summary", 2, "登记人口数", code)])


def test_a_village_may_be_named_without_its_county(tmp_path: Path) -> None:
    sheets = tables(HOMES)
    for row in (2, 3):
        plant(sheets, "village-summary", row, "县", "")
    assert told(read_register(put(tmp_path, sheets))) == []


def test_a_household_that_adds_nothing_does_not_matter_whether_it_counts_or_not() -> None:
    empty = home(2, members=(), stated_member_count=0, poverty_status=None)
    (row,) = summary("village-summary", (home(1, poverty_status="exited"), empty))
    assert row["脱贫人口数"] == 2
    assert isinstance(row["脱贫户数"], Open)


def test_a_summary_that_nobody_filled_in_is_no_finding(tmp_path: Path) -> None:
    sheets = tables(HOMES)
    for name in ("household-summary", "village-summary"):
        del sheets[name][1:]
    assert told(read_register(put(tmp_path, sheets))) == []


@pytest.mark.parametrize(("name", "header"), [("household-summary", "户编号"), ("village-summary", "行政村")])
def test_a_row_of_a_summary_that_stands_twice_is_set_aside(tmp_path: Path, name: str, header: str) -> None:
    sheets = tables(HOMES)
    sheets[name].append(sheets[name][1])
    reading = read_register(put(tmp_path, sheets))
    assert told(reading) == [(name, len(sheets[name]), header, "double")]
    assert reading.rows_set_aside == 1


def test_a_row_about_nothing_but_what_was_set_aside_is_counted_as_not_compared(tmp_path: Path) -> None:
    sheets = tables((*HOMES, home(12, village="河北村")))
    plant(sheets, "member", 23, "成员序号", "1")
    reading = read_register(put(tmp_path, sheets))
    assert told(reading) == [("member", 23, "成员序号", "double_member")]
    # Its row on the summary of households, and the row of its village, which has no other household.
    assert [en for en, _ in reading.notes][1:] == [
        "2 rows of summaries were not compared: households of theirs are set aside"
    ]


@pytest.mark.parametrize(("village", "compared"), [("河东村", {"河西村", ""}), ("", set())])
def test_no_village_is_held_against_fewer_households_than_it_may_have(
    tmp_path: Path, village: str, compared: set[str]
) -> None:
    homes = (*HOMES, home(11, village=None), home(12))
    sheets = tables(homes)
    plant(sheets, "household", 13, "行政村", village)
    plant(sheets, "member", 25, "成员序号", "1")
    for row in range(2, len(sheets["village-summary"]) + 1):
        plant(sheets, "village-summary", row, "登记户数", "99")
    place = sheets["village-summary"][0].index("行政村")
    found = told(read_register(put(tmp_path, sheets)))
    assert {sheets["village-summary"][row - 1][place] for _, row, _, code in found if code == "summary"} == compared
