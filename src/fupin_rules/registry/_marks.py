"""
A register written back with its problems: every sheet as it was read, one more column, coloured cells.

Cells are written as texts, so that no formula and no macro of the workbook that was read comes along. A number of more
digits than a spreadsheet keeps is written so that it cannot be taken for the number it once was.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from pathlib import Path

import attrs

from fupin_rules.errors import Fault, LimitError, RegisterError
from fupin_rules.registry._cells import Cell
from fupin_rules.registry._layouts import SHOWN_HEADER, fold, match
from fupin_rules.registry._page_names import page_name
from fupin_rules.registry._problems import RowProblem
from fupin_rules.registry._recognise import recognise_sheet
from fupin_rules.registry._tables import Sheet, read_csv, read_workbook
from fupin_rules.registry._write import whole_workbook, write_table
from fupin_rules.registry.forms._form import Forms
from fupin_rules.registry.forms._layout import is_beside

# Header of the column that tells what is wrong with a row; a reader passes over it.
MARKS = "错误说明"
_MARKS = fold(MARKS)
_SUFFIXES = (".csv", ".xlsx")
HEADER_FAULTS = frozenset({"unknown_header", "double_header", "layout"})
_HEADER_FAULT = re.compile(r"(.*), row (\d+)(?:, column \d+)?\Z", re.DOTALL)
# What a sheet of a workbook holds, and a cell of it.
MAX_ROWS, MAX_COLUMNS, MAX_CELL = 1_048_576, 16_384, 32_767
# A float keeps 15 digits; what is longer has lost some.
_KEPT = 10**15


def without_marks(sheet: Sheet) -> Sheet:
    """Take the column that tells what is wrong out of a sheet, so that a marked copy is read like the original."""
    headers = sheet.rows[0] if sheet.rows else ()
    places = {place for place, header in enumerate(headers) if fold(header) == _MARKS}
    if not places:
        return sheet
    return Sheet(
        sheet.name,
        tuple(tuple("" if place in places else cell for place, cell in enumerate(row)) for row in sheet.rows),
        sheet.above,
    )


def sheets_of(file: Path) -> Iterable[Sheet]:
    """Give the sheets of a file, by its ending."""
    return (read_csv(file),) if file.suffix.lower() == ".csv" else read_workbook(file)


@attrs.frozen
class _Marked:
    """A sheet with what is wrong with it, row by row."""

    sheet: Sheet
    top: int
    place: int
    words: Mapping[int, str]
    marked: Mapping[tuple[int, int], bool]


def write_marked(
    register: str | Path, problems: Sequence[RowProblem], out: str | Path, *, forms: Forms | None = None
) -> None:
    """
    Write a copy of a register with a column 错误说明 that says, row by row, what could not be read.

    Args:
        register: What was read: an `.xlsx` or `.csv` file, or a folder of them.
        problems: What was found.
        out: An `.xlsx` file; for a single `.csv`, also a `.csv` file, without colours.
        forms: The forms that sheets may be of, as they were read.

    Raises:
        MissingExtraError: The extra `excel` is not installed.
        RegisterError: There is no sheet to mark, or the place cannot be written to.
        LimitError: A sheet has more rows or columns than a workbook holds.
    """
    place, out = Path(register), Path(out)
    files = sorted(file for file in place.iterdir() if file.is_file()) if place.is_dir() else [place]
    sheets = [sheet for file in files if file.suffix.lower() in _SUFFIXES for sheet in sheets_of(file)]
    if not sheets:
        raise RegisterError(Fault(place.name, "has no sheets to mark", f"give {' or '.join(_SUFFIXES)}", "no_sheets"))
    marked = [_mark(sheet, problems, forms) for sheet in sheets]
    if out.suffix.lower() == ".csv" and len(marked) == 1:
        texts = [_texts(marked[0], number) for number in range(1, len(marked[0].sheet.rows) + 1)]
        write_table(out, texts[0] if texts else [], texts[1:])
    elif out.suffix.lower() == ".xlsx":
        for each in marked:
            _check_size(each)
        _write_workbook(out, marked)
    else:
        what = "is no .xlsx file" if len(marked) > 1 else "is neither .xlsx nor .csv"
        raise RegisterError(Fault(out.name, what, "give one of these endings", "suffix"))


def _mark(sheet: Sheet, problems: Sequence[RowProblem], forms: Forms | None) -> _Marked:
    found = None if is_beside(sheet) else recognise_sheet(sheet, forms)
    headed = sheet if found is None else found.sheet
    headers = without_marks(headed).rows[0] if headed.rows else ()
    width = max((len(row) for row in sheet.rows), default=0)
    place = (
        next((place for place, header in enumerate(headed.rows[0]) if fold(header) == _MARKS), width) if headers else 0
    )
    columns = {} if found is None else match(headers, found.layout, sheet.name)[0]
    top = headed.above + 1
    # A problem names the column as its layout does, whatever the sheet calls it.
    places = {str(header).strip()[:SHOWN_HEADER]: where for where, header in enumerate(headers)}
    places |= {column.header: where for where, column in columns.items()}
    words: dict[int, list[str]] = {}
    marked: dict[tuple[int, int], bool] = {}
    for problem in problems:
        if problem.sheet != sheet.name:
            continue
        head = f"「{problem.column}」" if problem.column else ""
        # What is wrong with a sheet as a whole is told on its first row below the headers.
        line = max(min(problem.row, len(sheet.rows)), top + 1)
        words.setdefault(line, []).append(f"{head}{problem.zh}（{problem.what}; {problem.mend}）")
        at = (problem.row, places.get(problem.column, place))
        marked[at] = marked.get(at, False) or problem.sets_aside
    if found is None and not words:
        return _Marked(sheet, top, width, {}, {})
    # Of a sheet that has nothing below its headers, the row that the words stand on is written as well.
    more = max(max(words, default=0) - len(sheet.rows), 0)
    sheet = Sheet(sheet.name, (*sheet.rows, *[()] * more), sheet.above)
    return _Marked(sheet, top, place, {top: MARKS} | {row: _message(said) for row, said in words.items()}, marked)


def _message(said: Sequence[str]) -> str:
    """Join what is said of a row, as many as a cell holds; what is left out is counted."""
    text = "\n".join(said)
    if _units(text) <= MAX_CELL:
        return text
    room, kept = MAX_CELL - len(_left_out(len(said), "条")) - 1, 0
    for each in said:
        room -= _units(each) + 1
        if room < 0:
            break
        kept += 1
    if kept:
        return "\n".join((*said[:kept], _left_out(len(said) - kept, "条")))
    rest = _left_out(len(said) - 1, "条")
    return _begun(said[0], MAX_CELL - len(rest)) + rest


def _within(text: str) -> str:
    """Cut a text to what a cell holds; what is left out is counted."""
    if _units(text) <= MAX_CELL:
        return text
    kept = _begun(text, MAX_CELL - len(_left_out(len(text), "字")))
    return kept + _left_out(len(text) - len(kept), "字")


def _left_out(count: int, what: str) -> str:
    return f"…（还有{count}{what}）" if count else "…"


def _begun(text: str, room: int) -> str:
    """Give the beginning of a text that fits; no character is cut in two."""
    return text.encode("utf-16-le")[: 2 * room].decode("utf-16-le", "ignore")


def _units(text: str) -> int:
    # A spreadsheet counts what it stores: characters outside the basic plane twice.
    return len(text) + sum(1 for each in text if each > "\uffff")


def _check_size(marked: _Marked) -> None:
    """
    Refuse a sheet that a workbook does not hold, before anything is written.

    Raises:
        LimitError: It has too many rows or columns.
    """
    rows = len(marked.sheet.rows)
    columns = max(marked.place + 1, max((len(row) for row in marked.sheet.rows), default=0))
    if rows > MAX_ROWS:
        what, mend = f"has {rows} rows, more than the {MAX_ROWS} of a workbook", "split it by township"
        raise LimitError(Fault(marked.sheet.name, what, mend, "rows"))
    if columns > MAX_COLUMNS:
        what = f"has {columns} columns with the one for what is wrong, more than the {MAX_COLUMNS} of a workbook"
        raise LimitError(Fault(marked.sheet.name, what, "take out columns that are not needed", "columns"))


def _texts(marked: _Marked, number: int) -> list[str]:
    """Give the cells of a row as texts, with what is wrong in their place."""
    row = marked.sheet.rows[number - 1]
    cells = [_text(cell) for cell in row] + [""] * (marked.place + 1 - len(row))
    cells[marked.place] = marked.words.get(number, "")
    return cells


def _text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case float() if cell.is_integer() and abs(cell) < _KEPT:
            return str(int(cell))
        case datetime():
            return (
                cell.isoformat(" ") if (cell.hour, cell.minute, cell.second) != (0, 0, 0) else cell.date().isoformat()
            )
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def _write_workbook(out: Path, sheets: Sequence[_Marked]) -> None:
    with whole_workbook(out) as workbook:
        plain = workbook.add_format({"num_format": "@"})
        bold = workbook.add_format({"bold": True, "num_format": "@", "text_wrap": True, "valign": "top"})
        wrong = workbook.add_format({"num_format": "@", "bg_color": "#FFF2CC"})
        aside = workbook.add_format({"num_format": "@", "bg_color": "#F8CBAD"})
        taken: set[str] = set()
        for marked in sheets:
            page = workbook.add_worksheet(page_name(_called(marked.sheet.name), taken))
            page.freeze_panes(marked.top, 0)
            page.set_column(0, max(marked.place - 1, 0), 16, plain)
            page.set_column(marked.place, marked.place, 60, plain)
            for number in range(1, len(marked.sheet.rows) + 1):
                for column, cell in enumerate(map(_within, _texts(marked, number))):
                    colour = marked.marked.get((number, column))
                    form = bold if number <= marked.top else plain if colour is None else aside if colour else wrong
                    if cell:
                        page.write_string(number - 1, column, cell, form)
                    elif colour is not None:
                        page.write_blank(number - 1, column, None, form)


def _called(name: str) -> str:
    """Give what a sheet was called: the name of the page, or of the file."""
    return name[name.index("[") + 1 : -1] if name.endswith("]") and "[" in name else Path(name).stem


def header_problems(faults: Iterable[Fault]) -> tuple[RowProblem, ...]:
    """Give the faults of headers, for which a register is refused whole, as problems of cells, to be marked."""
    found = []
    for fault in faults:
        match = _HEADER_FAULT.match(fault.where)
        if match is not None and fault.code in HEADER_FAULTS:
            header = fault.what.partition("`")[2].partition("`")[0]
            row = int(match[2])
            found.append(RowProblem(match[1], row, header, fault.code, fault.what, fault.mend, sets_aside=True))
    return tuple(found)
