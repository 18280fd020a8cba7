"""Forms as files: a workbook with drop-downs, texts kept as texts and a page of notes; or a folder of CSV."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from fupin_rules.errors import Fault, RegisterError
from fupin_rules.model import CodeList, Household, Sort, Village
from fupin_rules.registry._cells import WHY_MARKS
from fupin_rules.registry._page_names import page_name
from fupin_rules.registry._write import whole_workbook, write_table
from fupin_rules.registry.forms._fill import Cell, SheetColumn, SheetTable, blank_tables, filled_tables
from fupin_rules.registry.forms._form import Forms
from fupin_rules.registry.forms._layout import LISTS, NOTES
from fupin_rules.registry.forms._load import default_forms

NOTES_PAGE = "说明"
LISTS_PAGE = "代码表"
# A spreadsheet keeps 15 digits of a number; what is longer is written as text.
_KEPT_DIGITS = 15
_LAST_ROW = 20_000
_WHYS = {
    "not_collected": ("未采集", "not collected"),
    "expired": ("已过期", "expired"),
    "conflicting": ("有出入", "in dispute"),
    "refused": ("拒绝提供", "refused"),
    "needs_judgement": ("待判断", "needs judgement"),
}


def write_template(place: str | Path, *, forms: Forms | None = None, only: Iterable[str] = ()) -> None:
    """
    Write empty forms, with a hint row that is passed over when they are read back.

    Args:
        place: An `.xlsx` file, one sheet a form, with drop-downs; or a folder for a `.csv` of each form, without.
        forms: The forms; those of `yucheng-2016` by default.
        only: Ids of the forms that are wanted; none for all.

    Raises:
        MissingExtraError: The extra `excel` is not installed.
        RegisterError: There is no such form, or the place cannot be written to.
    """
    held = default_forms() if forms is None else forms
    _write(Path(place), held, blank_tables(held, only), hints=True)


def write_forms(
    place: str | Path, households: Sequence[Household], villages: Sequence[Village] = (), *, forms: Forms | None = None
) -> None:
    """
    Write a register on the forms, the summaries worked out; `read_register` reads them back. Personal texts are
    written as they are.

    Args:
        place: An `.xlsx` file, or a folder for a `.csv` of each form.
        households: The households, each with an id of its own.
        villages: The villages likewise.
        forms: The forms; those of `yucheng-2016` by default.

    Raises:
        MissingExtraError: The extra `excel` is not installed.
        RegisterError: An id stands twice, or the place cannot be written to.
    """
    held = default_forms() if forms is None else forms
    _write(Path(place), held, filled_tables(held, households, villages), hints=False)


def _write(place: Path, forms: Forms, tables: Sequence[SheetTable], *, hints: bool) -> None:
    match place.suffix.lower():
        case ".xlsx":
            _write_book(place, forms, tables, hints=hints)
        case "":
            for table in tables:
                rows = [[column.hint for column in table.columns]] if hints else []
                rows += [[_text(cell) for cell in row] for row in table.rows]
                write_table(place / f"{table.form.id}.csv", [column.header for column in table.columns], rows)
        case _:
            what = "is neither an .xlsx file nor a folder"
            raise RegisterError(Fault(place.name, what, "give one of these", "suffix"))


def _text(cell: Cell) -> str:
    return format(cell, "f") if isinstance(cell, Decimal) else cell


def _write_book(place: Path, forms: Forms, tables: Sequence[SheetTable], *, hints: bool) -> None:
    with whole_workbook(place) as book:
        page = _Pages(book, _code_lists(tables))
        page.notes(forms, tables)
        for table in tables:
            page.table(table, hints=hints)
        page.lists()


def _code_lists(tables: Sequence[SheetTable]) -> dict[type[CodeList], int]:
    """Give each code list that a column draws from its column on the page of lists."""
    held: dict[type[CodeList], int] = {}
    for table in tables:
        for column in table.columns:
            if column.field is not None and column.field.spec.code_list is not None:
                held.setdefault(column.field.spec.code_list, len(held))
    return held


class _Pages:
    """
    The pages of one workbook.

    Args:
        book: The workbook; `Any`, for the extra has no types.
        lists: Columns of the code lists.
    """

    def __init__(self, book: Any, lists: Mapping[type[CodeList], int]) -> None:
        self.book = book
        self._taken = {NOTES_PAGE, LISTS_PAGE}
        self._lists = lists
        self._text = book.add_format({"num_format": "@"})
        self._number = {places: book.add_format({"num_format": _number_format(places)}) for places in range(7)}
        head = {"bold": True, "num_format": "@", "text_wrap": True, "valign": "top", "border": 1}
        self._head = book.add_format(head)
        self._required = book.add_format(head | {"bg_color": "#FFF2CC"})
        self._worked_out = book.add_format(head | {"bg_color": "#D9D9D9"})
        self._hint = book.add_format(
            {"italic": True, "font_color": "#7F7F7F", "num_format": "@", "text_wrap": True, "valign": "top"}
        )
        self._wrapped = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})

    def notes(self, forms: Forms, tables: Sequence[SheetTable]) -> None:
        """Write the page that says what the forms are and how firm their sources."""
        sheet = self.book.add_worksheet(NOTES_PAGE)
        sheet.set_column(0, 0, 60, self._wrapped)
        sheet.set_column(1, 1, 90, self._wrapped)
        sheet.write_string(0, 0, NOTES, self._head)
        for number, (zh, en) in enumerate(_notes(forms, tables), start=1):
            sheet.write_string(number, 0, zh, self._wrapped)
            sheet.write_string(number, 1, en, self._wrapped)

    def table(self, table: SheetTable, *, hints: bool) -> None:
        """Write the page of one form."""
        sheet = self.book.add_worksheet(page_name(table.form.zh, self._taken))
        first = 2 if hints else 1
        sheet.freeze_panes(first, 1)
        for place, column in enumerate(table.columns):
            sheet.set_column(place, place, _width(column.header), self._format(column))
        for place, column in enumerate(table.columns):
            head = self._required if column.required else self._worked_out if column.is_worked_out else self._head
            sheet.write_string(0, place, column.header, head)
        if hints:
            for place, column in enumerate(table.columns):
                sheet.write_string(1, place, column.hint, self._hint)
        for number, row in enumerate(table.rows, start=first):
            for place, (column, cell) in enumerate(zip(table.columns, row, strict=True)):
                if isinstance(cell, Decimal) and len(cell.as_tuple().digits) <= _KEPT_DIGITS:
                    sheet.write_number(number, place, float(cell), self._format(column))
                elif cell != "":
                    sheet.write_string(number, place, _text(cell), self._text)
        last = max(_LAST_ROW, first + len(table.rows))
        for place, column in enumerate(table.columns):
            if (choice := self._choice(column)) is not None:
                sheet.data_validation(first, place, last, place, choice)

    def lists(self) -> None:
        """Write the page of code lists, from which the drop-downs draw."""
        sheet = self.book.add_worksheet(LISTS_PAGE)
        sheet.write_string(0, 0, LISTS, self._head)
        sheet.set_column(0, max(2 * len(self._lists), 1), 18, self._text)
        columns = [(2 * place, list(code_list)) for code_list, place in self._lists.items()]
        for number in range(max((len(codes) for _, codes in columns), default=0)):
            for place, codes in columns:
                if number < len(codes):
                    sheet.write_string(number + 1, place, codes[number].zh, self._text)
                    sheet.write_string(number + 1, place + 1, codes[number].en, self._text)

    def _format(self, column: SheetColumn) -> Any:
        if column.is_text:
            return self._text
        return self._number[min(6, column.field.spec.places)] if column.field is not None else None

    def _choice(self, column: SheetColumn) -> dict[str, Any] | None:
        if column.field is None:
            return None
        spec = column.field.spec
        source: Any
        if spec.sort is Sort.FLAG:
            source = ["是", "否"]
        elif spec.code_list is not None:
            letters = _letters(2 * self._lists[spec.code_list])
            source = f"='{LISTS_PAGE}'!${letters}$2:${letters}${len(list(spec.code_list)) + 1}"
        else:
            return None
        # A warning can be overruled: a mark says why a fact is not known, and several codes are typed with 、.
        return {
            "validate": "list",
            "source": source,
            "error_type": "warning",
            "error_title": "代码表 / code list",
            "error_message": "请从列表选择；不知道的留空。/ Choose from the list; leave blank what is not known.",
            "show_error": spec.sort is not Sort.CODES,
        }


def _notes(forms: Forms, tables: Sequence[SheetTable]) -> Iterable[tuple[str, str]]:
    yield "不知道的留空；留空不等于“否”，也不等于零。", "Leave blank what is not known; a blank is neither no nor zero."
    yield (
        "黄色为必填栏，灰色为汇总得出的栏，不必填写。证件号码、电话、银行卡号为文本格式，勿改。",
        (
            "Yellow columns are asked for in every row; grey ones are worked out and need not be typed. "
            "Certificate numbers, phones and accounts are texts: leave the format."
        ),
    )
    zh = "、".join(WHY_MARKS)
    en = ", ".join(f"{mark} {_WHYS[why.value][1]}" for mark, why in WHY_MARKS.items())
    yield f"有原因不知道的，可填原因：{zh}", f"Where it is known why a fact is not known, a mark may say so: {en}"
    yield f"表册来自政策包 {forms.pack}。", f"The forms are those of the pack {forms.pack}."
    for table in tables:
        form = table.form
        yield f"《{form.zh}》：{form.note_zh}", f"{form.en}: {form.note_en}"
        yield f"表名来源：{form.source.words('zh')}", f"named by: {form.source.words('en')}"
        sources = dict.fromkeys(column.source for column in form.columns)
        yield (
            f"栏目来源：{'；'.join(each.words('zh') for each in sources)}",
            f"columns from: {'; '.join(each.words('en') for each in sources)}",
        )
        if form.slots and form.slots_source is not None:
            places = len(form.open_slots)
            yield (
                f"另有{form.slots}项采集内容，原文未列，{places}项空缺：{form.slots_source.words('zh')}",
                f"{form.slots} further items, not listed there; {places} open: {form.slots_source.words('en')}",
            )


def _number_format(places: int) -> str:
    return "0." + "0" * places if places else "0"


def _width(header: str) -> int:
    """Give the width of a column: a Chinese character takes two places."""
    wide = sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in header)
    return min(40, max(12, wide + 2))


def _letters(place: int) -> str:
    letters = ""
    number = place + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
