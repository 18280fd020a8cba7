"""Filled forms for tests: a small register of whom everything is known, its sheets, and faults planted in them."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import fupin_rules as fr
from forms_strategies import certificate
from fupin_rules.registry import (
    Register,
    load_forms,
)
from fupin_rules.registry.forms._fill import filled_tables

FORMS = load_forms()
HOUSEHOLD, MEMBER = FORMS.by_id["household"], FORMS.by_id["member"]
Rows = list[list[str]]


def tables(homes: tuple[fr.Household, ...], villages: tuple[fr.Village, ...] = ()) -> dict[str, Rows]:
    """The sheets of filled forms, headers first, by id of the form."""
    return {
        table.form.id: [
            [column.header for column in table.columns],
            *([format(c, "f") if isinstance(c, Decimal) else c for c in row] for row in table.rows),
        ]
        for table in filled_tables(FORMS, homes, villages)
    }


def put(place: Path, sheets: dict[str, Rows], *only: str) -> Path:
    """Write sheets as CSV."""
    for name, rows in sheets.items():
        if not only or name in only:
            with (place / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file).writerows(rows)
    return place


def at(sheets: dict[str, Rows], name: str, row: int, header: str) -> tuple[Rows, int, int]:
    """A cell, by the number of its row as a person sees it."""
    return sheets[name], row - 1, sheets[name][0].index(header)


def plant(sheets: dict[str, Rows], name: str, row: int, header: str, cell: str) -> None:
    """Type something into a cell."""
    rows, line, place = at(sheets, name, row, header)
    rows[line][place] = cell


def told(reading: Register) -> list[tuple[str, int, str, str]]:
    """Where and what."""
    return [(p.sheet.removesuffix(".csv"), p.row, p.column, p.code) for p in reading.problems]


def person(number: int, **more: Any) -> fr.Member:
    born = date(1960 + number, 3, 4)
    return fr.Member(
        **{
            "id": str(number % 3 + 1),
            "relation": "head" if number % 3 == 0 else "spouse",
            "id_no": certificate(number, born),
            "name": f"村民{number}",
            "birth_date": born,
            "sex": "male" if number % 2 else "female",
            "on_dibao": False,
            "on_wubao": False,
            "health": ("healthy",),
            "labour": "ordinary",
            "student_status": "not_in_school",
        }
        | more
    )


INCOME = {
    f"{name}_yuan": Decimal("100.50")
    for name in [
        "wage_income",
        "operating_income",
        "operating_cost",
        "property_income",
        "family_planning_benefit",
        "dibao_benefit",
        "ecology_compensation",
        "wubao_benefit",
        "pension",
        "other_transfer",
    ]
}


def home(number: int, village: str | None = "河东村", **more: Any) -> fr.Household:
    """A household of two people of whom everything is known that the forms add up."""
    people = (person(3 * number), person(3 * number + 1))
    facts: dict[str, Any] = {
        "id": f"H-{number}",
        "members": people,
        "members_complete": True,
        "stated_member_count": 2,
        "head_name": people[0].name,
        "head_id_no": people[0].id_no,
        "county": "甲县",
        "township": "乙镇",
        "village": village,
        "household_attribute": "ordinary_poor",
        "poverty_status": "poor",
        "main_cause": "illness",
        "income": fr.Income(**INCOME),
        "production": fr.Production(arable_mu=Decimal("2.50")),
    }
    return fr.Household(**facts | more)


HOMES = tuple(home(number, "河东村" if number < 6 else "河西村") for number in range(1, 11))
VILLAGES = (fr.Village(id="v1", county="甲县", township="乙镇", name="河东村", households=300, population=900),)


def sheets_of(path: Path) -> dict[str, list[list[Any]]]:
    import python_calamine

    book = python_calamine.CalamineWorkbook.from_path(str(path))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def letters(place: int) -> str:
    from string import ascii_uppercase as az

    return az[place] if place < 26 else az[place // 26 - 1] + az[place % 26]
