"""Filled sheets recognised by their marks, with their hint row and the sheets beside them that hold no data."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence

from fupin_rules.model import Field, Sort
from fupin_rules.quantities import PLAIN, plain
from fupin_rules.registry._cells import Cell
from fupin_rules.registry._layouts import Column, Layout, derived_columns, fold, recognise
from fupin_rules.registry._tables import Sheet
from fupin_rules.registry.forms._form import SUMMARIES, Form, FormColumn, Forms, Key
from fupin_rules.registry.forms._load import fields_of

# First cells of the sheets of a template that hold no rows.
NOTES = "填写说明 / Notes"
LISTS = "代码表 / Code lists"

_KEY_ALIASES: Mapping[Key, tuple[str, ...]] = {
    Key.HOUSEHOLD: ("AAC001", "id"),
    Key.MEMBER: (),
    Key.VILLAGE: ("id",),
}


def layout_of(form: Form) -> Layout:
    """
    Give the layout of a form's sheets: its columns, and on the forms that hold facts any other fact of the catalogue.

    What the form does not ask is written in further columns, so that nothing known is lost.
    """
    columns = [
        Column(
            column.zh,
            column.field,
            _aliases(column),
            column.key or "",
        )
        for column in form.columns
    ]
    return Layout(form.id, form.rows, (*columns, *further_columns(form)), frozenset(fold(each) for each in form.marks))


def further_columns(form: Form) -> tuple[Column, ...]:
    """Give the columns of the facts that a form does not ask; none for a summary."""
    if form.rows in SUMMARIES:
        return ()
    asked = {column.field.path for column in form.columns if column.field is not None}
    known = {field.path: field for field in fields_of(form.rows).values() if field.path not in asked}
    return derived_columns(known)


def _aliases(column: FormColumn) -> tuple[str, ...]:
    aliases = [*column.aliases, *(_KEY_ALIASES[column.key] if column.key else ())]
    if column.field is not None:
        spec = column.field.spec
        aliases += [spec.zh, *spec.aliases, spec.national_code, column.field.path]
    return tuple(each for each in aliases if each and fold(each) != fold(column.zh))


@functools.lru_cache(maxsize=8)
def _layouts(forms: Forms) -> tuple[tuple[Form, Layout], ...]:
    return tuple((form, layout_of(form)) for form in forms.forms)


def form_of(headers: Sequence[object], forms: Forms) -> tuple[Form, Layout] | None:
    """Tell of which form a sheet is; None when it is of none."""
    held = _layouts(forms)
    found = recognise(headers, [layout for _, layout in held])
    return next(((form, layout) for form, layout in held if layout is found), None)


def is_beside(sheet: Sheet) -> bool:
    """Tell whether a sheet is one of a template that holds no rows."""
    first = sheet.rows[0][0] if sheet.rows and sheet.rows[0] else None
    return first in (NOTES, LISTS)


def is_hint_row(form: Form, columns: Mapping[int, Column], row: Sequence[Cell]) -> bool:
    """Tell whether a row is the hint row of a form, word for word; a row with anything of its own is none."""
    hints = {column.zh: hint_of(column) for column in form.columns}
    said = {place: cell for place, cell in enumerate(row) if cell not in (None, "")}
    return all(place in columns and hints.get(columns[place].header) == cell for place, cell in said.items())


def hint_of(column: FormColumn) -> str:
    """
    Give what the hint row says of a column, in both languages; every column says something.

    >>> from fupin_rules.registry.forms._load import load_forms
    >>> print(hint_of(load_forms().by_id["household"].columns[1]))
    文本 / province: text
    """
    zh, en = _by_sort(column)
    if column.hint_zh:
        zh, en = f"{zh}；{column.hint_zh}", f"{en}; {column.hint_en}"
    return f"{zh} / {column.en}: {en}"


def _by_sort(column: FormColumn) -> tuple[str, str]:
    if column.key is not None:
        return "编号，文本", "number, as text"
    if column.field is None:
        return "汇总得出，不必填写", "worked out, not typed"
    return _of_field(column.field)


def _of_field(field: Field) -> tuple[str, str]:
    spec = field.spec
    match spec.sort:
        case Sort.FLAG:
            return "填“是”或“否”", "是 (yes) or 否 (no)"
        case Sort.NUMBER:
            assert spec.low is not None and spec.high is not None
            span = f"{plain(spec.low)}–{plain(spec.high)}"
            zh, en = ("", "") if spec.unit == PLAIN else (f"（{spec.unit.words('zh')}）", f" ({spec.unit.words('en')})")
            return f"数字{zh}，{span}", f"number{en}, {span}"
        case Sort.DAY:
            return "日期，如2016-01-31", "day, as 2016-01-31"
        case Sort.CODE:
            return "从下拉列表选择", "choose from the list"
        case Sort.CODES:
            return (
                "可填多项，用顿号隔开，见代码表；没有填“无”",
                "several, with 、 between, see the code lists; 无 for none",
            )
        case Sort.TEXT | Sort.PRIVATE:
            return "文本", "text"
