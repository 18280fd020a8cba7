"""
Forms filled from a register: one table for each form, the summaries worked out.

A fact that the form does not ask is written in a further column, and a fact that is not known for a reason as a mark,
so that nothing known is lost. Facts drawn from others (the birth date from a number) are written as they are.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs

from fupin_rules.errors import Fault, RegisterError
from fupin_rules.model import Field, Household, Member, Sort, Village, read_fact
from fupin_rules.quantities import exact
from fupin_rules.registry._cells import UNTOLD, write_form_cell
from fupin_rules.registry._layouts import Column
from fupin_rules.registry.forms._form import SUMMARIES, Form, FormColumn, FormRows, Forms, Key
from fupin_rules.registry.forms._layout import further_columns, hint_of
from fupin_rules.registry.forms._summaries import Open, Summariser, SummaryRow, remark
from fupin_rules.registry.forms._take import COMPLETE, complete_by_count

Cell = str | Decimal


@attrs.frozen
class SheetColumn:
    """
    One column of a sheet that is written.

    Attributes:
        header: As it is written.
        hint: What the hint row says.
        field: The fact it holds; None for an id and for what is worked out.
        is_text: Whether its cells are texts, whatever they look like.
        required: Whether the form asks for it in every row.
        is_worked_out: Whether nothing is to be typed in it.
    """

    header: str
    hint: str
    field: Field | None
    is_text: bool
    required: bool = False
    is_worked_out: bool = False


@attrs.frozen
class SheetTable:
    """
    One form as a table.

    Attributes:
        form: The form.
        columns: In order.
        rows: Cells of each row; a number is a decimal.
    """

    form: Form
    columns: tuple[SheetColumn, ...]
    rows: tuple[tuple[Cell, ...], ...] = ()


def blank_tables(forms: Forms, only: Iterable[str] = ()) -> tuple[SheetTable, ...]:
    """
    Give the tables of empty forms.

    Args:
        forms: The forms.
        only: Ids of the forms that are wanted; none for all.

    Raises:
        RegisterError: There is no form of such an id.
    """
    wanted = tuple(only) or tuple(forms.by_id)
    for name in wanted:
        if name not in forms.by_id:
            mend = f"known: {', '.join(forms.by_id)}"
            raise RegisterError(Fault(f"form `{name[:60]}`", f"is no form of `{forms.pack}`", mend, "no_form"))
    return tuple(SheetTable(form, _own_columns(form)) for form in forms.forms if form.id in wanted)


def filled_tables(forms: Forms, households: Sequence[Household], villages: Sequence[Village]) -> tuple[SheetTable, ...]:
    """
    Fill the forms from a register.

    Raises:
        RegisterError: Two households or two villages have one id, so that the sheets could not be joined again.
    """
    for subjects in (households, villages):
        double = [each for each, times in Counter(subject.id for subject in subjects).items() if times > 1]
        if double:
            what = f"an id is given to more than one subject ({len(double)} in all), and ids join the forms"
            raise RegisterError(Fault("register", what, "give each its own", "double_id"))
    summariser = Summariser(forms, households, villages)
    tables = []
    for form in forms.forms:
        if form.rows in SUMMARIES:
            rows = tuple(_summary_row(form, row) for row in summariser.rows(form))
            tables.append(SheetTable(form, _own_columns(form), rows))
        else:
            tables.append(_table(form, _records(form, households, villages)))
    return tuple(tables)


def _records(
    form: Form, households: Sequence[Household], villages: Sequence[Village]
) -> list[tuple[dict[Key, str], Household | Member | Village]]:
    match form.rows:
        case FormRows.HOUSEHOLD:
            return [({Key.HOUSEHOLD: home.id}, home) for home in households]
        case FormRows.VILLAGE:
            return [({Key.VILLAGE: village.id}, village) for village in villages]
        case _:
            return [
                ({Key.HOUSEHOLD: home.id, Key.MEMBER: member.id}, member)
                for home in households
                for member in home.members
            ]


def _own_columns(form: Form) -> tuple[SheetColumn, ...]:
    return tuple(
        SheetColumn(
            column.zh, hint_of(column), column.field, _is_text(column), column.required, column.fold is not None
        )
        for column in form.columns
    )


def _is_text(column: FormColumn) -> bool:
    if column.field is None:
        return column.key is not None
    return column.field.spec.sort is not Sort.NUMBER


def _table(form: Form, records: Sequence[tuple[dict[Key, str], Household | Member | Village]]) -> SheetTable:
    further = further_columns(form)
    rows = [
        [
            *(keys[column.key] if column.key else _cell(owner, column.field) for column in form.columns),
            *(_cell(owner, column.field) for column in further),
        ]
        for keys, owner in records
    ]
    own = len(form.columns)
    kept = [place for place in range(own, own + len(further)) if any(row[place] != "" for row in rows)]
    columns = (*_own_columns(form), *(_further(further[place - own]) for place in kept))
    return SheetTable(form, columns, tuple((*row[:own], *(row[place] for place in kept)) for row in rows))


def _further(column: Column) -> SheetColumn:
    assert column.field is not None
    return SheetColumn(column.header, "", column.field, column.field.spec.sort is not Sort.NUMBER)


def _cell(owner: Household | Member | Village, field: Field | None) -> Cell:
    assert field is not None
    value = read_fact(owner, field.path)
    if isinstance(owner, Household) and field.path == COMPLETE:
        # What the number of members says already is not said twice.
        if value == complete_by_count(owner):
            return ""
        return UNTOLD if value is None else write_form_cell(field.spec, value)
    return value if isinstance(value, Decimal) else write_form_cell(field.spec, value)


def _summary_row(form: Form, row: SummaryRow) -> tuple[Cell, ...]:
    return tuple(
        remark(form, row) if column.fold is not None and value is None else _result(column, value)
        for column, value in zip(form.columns, row.values, strict=True)
    )


def _result(column: FormColumn, value: Any) -> Cell:
    match value:
        case Fraction():
            return exact(value)
        case Open() | None:
            return ""
        case str() if column.field is None or column.field.spec.sort is Sort.TEXT:
            return value
        case Decimal():
            return value
        case _:
            assert column.field is not None
            return write_form_cell(column.field.spec, value)
