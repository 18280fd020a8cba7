"""
Files out: tables of decisions and registers, written whole or not at all.

A cell that a spreadsheet would run as a formula is written as text: with an apostrophe in CSV, as a string in Excel.
"""

from __future__ import annotations

import csv
import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from fupin_rules.errors import Fault, MissingExtraError, RegisterError
from fupin_rules.model import AnySubject, Area, Household, IdNumber, Member, Village, read_fact, to_plain
from fupin_rules.registry._cells import as_text, write_cell
from fupin_rules.registry._layouts import SUBJECT_OF_ROWS, Layout, layout


@contextmanager
def whole(path: Path) -> Iterator[IO[bytes]]:
    """
    Write a file beside its place and move it there when it is complete; on any error nothing changes.

    Raises:
        RegisterError: The place cannot be written to.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise RegisterError(
            Fault(path.name, f"cannot be written ({error.strerror})", "check path and rights", "io")
        ) from None
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


@contextmanager
def whole_workbook(path: Path) -> Iterator[Any]:
    """
    Write an Excel workbook whole or not at all; what a spreadsheet would run or follow stays text.

    Raises:
        MissingExtraError: The extra `excel` is not installed.
        RegisterError: The place cannot be written to.
    """
    try:
        import xlsxwriter  # noqa: PLC0415  an extra, imported where it is used
    except ImportError:
        what = "writing Excel workbooks needs the extra `excel`"
        raise MissingExtraError.of("excel", what, path.name) from None
    with whole(path) as file:
        workbook = xlsxwriter.Workbook(
            file, {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
        )
        yield workbook
        workbook.close()


def write_table(path: Path, headers: Sequence[str], rows: Iterable[Sequence[str]], *, sheet: str = "Sheet1") -> None:
    """
    Write a table of texts as `.csv` (UTF-8 with a mark) or `.xlsx`, by the suffix of the path.

    Raises:
        MissingExtraError: The extra `excel` is not installed.
        RegisterError: The suffix is neither, or the place cannot be written to.
    """
    write_tables(path, {sheet: (headers, rows)})


def write_tables(path: Path, tables: Mapping[str, tuple[Sequence[str], Iterable[Sequence[str]]]]) -> None:
    """
    Write tables, each on its sheet; a `.csv` holds one.

    Raises:
        MissingExtraError: The extra `excel` is not installed.
        RegisterError: The suffix is neither, or the place cannot be written to.
    """
    match path.suffix.lower():
        case ".csv" if len(tables) == 1:
            ((headers, rows),) = tables.values()
            with whole(path) as file:
                _write_csv(file, headers, rows)
        case ".xlsx":
            with whole_workbook(path) as workbook:
                _write_sheets(workbook, tables)
        case _:
            raise RegisterError(Fault(path.name, "is neither .csv nor .xlsx", "give one of these endings", "suffix"))


def write_text(path: Path, text: str) -> None:
    """Write a text in UTF-8."""
    with whole(path) as file:
        file.write(text.encode())


def write_json_lines(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write mappings, one a line, as JSON in UTF-8."""
    with whole(path) as file:
        for row in rows:
            file.write(json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n")


def _write_csv(file: IO[bytes], headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    file.write(b"\xef\xbb\xbf")
    # The csv module writes text; one row at a time keeps memory flat.
    out = _Rows(file)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(headers)
    for row in rows:
        writer.writerow([as_text(cell) for cell in row])


class _Rows:
    """A text file as the csv module wants it, over a binary one."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def write(self, text: str) -> int:
        return self._file.write(text.encode())


def _write_sheets(workbook: Any, tables: Mapping[str, tuple[Sequence[str], Iterable[Sequence[str]]]]) -> None:
    as_text = workbook.add_format({"num_format": "@"})
    bold = workbook.add_format({"bold": True, "num_format": "@", "text_wrap": True, "valign": "top"})
    for sheet_name, (headers, rows) in tables.items():
        sheet = workbook.add_worksheet(sheet_name[:31])
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, max(len(headers) - 1, 0), 16, as_text)
        for column, header in enumerate(headers):
            sheet.write_string(0, column, header, bold)
        for number, row in enumerate(rows, start=1):
            for column, cell in enumerate(row):
                if cell:
                    sheet.write_string(number, column, cell, as_text)


# -- registers ---------------------------------------------------------------------------------------------------

_SHEETS = {
    "members": "national-27",
    "households": "household-facts",
    "member-facts": "member-facts",
    "villages": "villages",
    "areas": "areas",
}


def write_register(
    place: str | Path, households: Sequence[Household], villages: Sequence[Village] = (), areas: Sequence[Area] = ()
) -> None:
    """
    Write a register that `read_register` reads back: `.jsonl` of households, one `.xlsx` with a sheet for each layout,
    or a folder of `.csv` files. Personal texts are written as they are.

    Raises:
        MissingExtraError: The extra `excel` is not installed.
        RegisterError: A household is without its head's number, which joins the sheets; or the place cannot be written.
    """
    place = Path(place)
    if place.suffix.lower() == ".jsonl":
        write_json_lines(place, (to_plain(each, reveal=True) for each in households))
        return
    nameless = [each.id for each in households if not isinstance(each.head_id_no, IdNumber)]
    if nameless:
        what = f"{len(nameless)} households have no certificate number of their head, which joins the sheets"
        raise RegisterError(Fault(place.name, what, "write them as .jsonl", "no_number"))
    tables = {name: _table(layout(layout_id), households, villages, areas) for name, layout_id in _SHEETS.items()}
    tables = {name: table for name, table in tables.items() if table[1]}
    if place.suffix.lower() == ".xlsx":
        write_tables(place, tables)
        return
    for name, table in tables.items():
        write_tables(place / f"{name}.csv", {name: table})


def _table(
    found: Layout, households: Sequence[Household], villages: Sequence[Village], areas: Sequence[Area]
) -> tuple[list[str], list[list[str]]]:
    records: list[tuple[str, tuple[AnySubject | Member, ...]]]
    match found.rows:
        case "village":
            records = [(each.id, (each,)) for each in villages]
        case "area":
            records = [(each.id, (each,)) for each in areas]
        case "household":
            records = [(each.id, (each,)) for each in households]
        case _:
            records = [(each.id, (each, member)) for each in households for member in each.members]
    rows = [_row(found, row_id, owners) for row_id, owners in records]
    if found.rows == "roster":
        return [each.header for each in found.columns], rows
    return _filled(found, rows)


def _row(found: Layout, row_id: str, owners: tuple[Any, ...]) -> list[str]:
    cells = []
    for column in found.columns:
        if column.field is None:
            cells.append(row_id)
        else:
            owner = owners[-1] if column.field.owner == "member" else owners[0]
            cells.append(write_cell(column.field.spec, read_fact(owner, column.field.path)))
    return cells


def _filled(found: Layout, rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Leave out columns that no row fills, and rows that say nothing but their key."""
    roster = {column.field.path for column in layout("national-27").columns if column.field is not None}
    keys = {"head_id_no", "id_no"}
    kept = [
        place
        for place, column in enumerate(found.columns)
        if any(row[place] for row in rows)
        and (
            column.field is None
            or column.field.path in keys
            or found.rows in SUBJECT_OF_ROWS
            or column.field.path not in roster
        )
    ]
    return [found.columns[place].header for place in kept], [[row[place] for place in kept] for row in rows]
