"""
Sheets out of files: CSV and Excel workbooks, within limits, every unusable input refused as our own error.

CSV is UTF-8, else GB18030, both strictly: no village name written in GB18030 is valid UTF-8, so nothing is guessed. Of
a workbook the directory of its archive is read first, for 384 KB can unpack to more than a gigabyte.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO

import attrs

from fupin_rules.errors import Fault, LimitError, MissingExtraError, RegisterError
from fupin_rules.registry._cells import Cell

MAX_FILE_BYTES = 256 << 20
MAX_UNPACKED_BYTES = 100 << 20
MAX_RATIO = 200
MAX_CELLS = 5_000_000
# Of one sheet, and of a workbook: the five forms of 7,311 households with 13,672 people have 1.3 million cells.
MAX_WORKBOOK_CELLS = 1_000_000
MAX_BOOK_CELLS = 2_000_000
MAX_FIELD = 131_072

_CELL = re.compile(rb"<(?:\w+:)?c[\s/>]")
_CELL_PLACE = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,9})["']""")
_ROW_PLACE = re.compile(rb"""<(?:\w+:)?row\b[^<>]{0,400}?\br\s*=\s*["']([0-9]{1,9})["']""")
_CHUNK = 1 << 20
_OVERLAP = 512


@attrs.frozen
class Sheet:
    """
    One sheet, its header row first.

    Attributes:
        name: File, and sheet of a workbook, for messages.
        rows: All rows as they stand, from the header row on.
        above: How many rows stand above it: titles, as exports have them.
    """

    name: str
    rows: tuple[tuple[Cell, ...], ...]
    above: int = 0

    @property
    def header_at(self) -> str:
        """Where the headers stand, for messages."""
        return f"{self.name}, row {self.above + 1}"

    def below(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Give the rows below the headers, each with its number as a person sees it."""
        yield from enumerate(self.rows[1:], self.above + 2)


def read_bytes(path: Path) -> bytes:
    """
    Read a file whole, up to the limit.

    Raises:
        RegisterError: It cannot be read.
        LimitError: It is too large.
    """
    try:
        size = path.stat().st_size
        if size > MAX_FILE_BYTES:
            raise LimitError(
                Fault(path.name, f"larger than {MAX_FILE_BYTES} bytes", "split it by township", "file_size")
            )
        return path.read_bytes()
    except OSError as error:
        raise RegisterError(
            Fault(path.name, f"cannot be read ({error.strerror})", "check path and rights", "io")
        ) from None


def read_text(path: Path) -> str:
    """
    Read a text file: UTF-8 (with or without a mark), else GB18030; NUL is refused.

    Raises:
        RegisterError: It is neither, or holds NUL.
    """
    raw = read_bytes(path)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = raw.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            raise RegisterError(Fault(path.name, "holds NUL characters", "save it as UTF-8 text", "nul"))
        return text
    raise RegisterError(Fault(path.name, "is neither UTF-8 nor GB18030", "save it as UTF-8", "encoding"))


def read_csv(path: Path) -> Sheet:
    """
    Read a CSV file as one sheet.

    Raises:
        RegisterError: It cannot be read as CSV.
        LimitError: It is too large.
    """
    text = read_text(path)
    rows: list[tuple[Cell, ...]] = []
    cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline="")):
            cells += len(row)
            if cells > MAX_CELLS:
                raise LimitError(Fault(path.name, f"more than {MAX_CELLS} cells", "split it by township", "cells"))
            rows.append(tuple(row))
    except csv.Error:
        what = f"row {len(rows) + 1} is no CSV, or a cell has more than {MAX_FIELD} characters"
        raise RegisterError(Fault(path.name, what, "mend the quotes of that row", "csv")) from None
    return Sheet(path.name, tuple(rows))


def read_workbook(path: Path) -> Iterator[Sheet]:
    """
    Read the sheets of an Excel workbook.

    Raises:
        MissingExtraError: The extra `excel` is not installed.
        RegisterError: It is no workbook.
        LimitError: It unpacks to more than is read.
    """
    try:
        import python_calamine  # noqa: PLC0415  an extra, imported where it is used
    except ImportError:
        what = "reading Excel workbooks needs the extra `excel`"
        raise MissingExtraError.of("excel", what, path.name) from None
    raw = read_bytes(path)
    _check_archive(raw, path.name)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(raw))
        names = workbook.sheet_names
        cells = 0
        for name in names:
            sheet = workbook.get_sheet_by_name(name)
            cells += sheet.total_height * sheet.total_width
            if cells > MAX_BOOK_CELLS:
                raise LimitError(Fault(path.name, f"more than {MAX_BOOK_CELLS} cells", "split it by township", "cells"))
            # Leading blank rows are kept, so that row numbers are those that a person sees.
            rows = sheet.to_python(skip_empty_area=False)
            yield Sheet(f"{path.name} [{name}]", tuple(tuple(_cell(value) for value in row) for row in rows))
    except LimitError:
        raise
    except Exception:  # noqa: BLE001  whatever a stranger's workbook trips over becomes our own error
        raise RegisterError(Fault(path.name, "is no readable workbook", "save it again as .xlsx", "workbook")) from None


def _cell(value: object) -> Cell:
    # Times of day and spans mean nothing on these forms; their text becomes a fault at the cell.
    return value if isinstance(value, (str, int, float, bool, date)) else str(value)


def _check_archive(raw: bytes, name: str) -> None:
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            _check_directory(archive.infolist(), name)
            for entry in archive.infolist():
                if entry.filename.startswith("xl/worksheets/") and entry.filename.endswith(".xml"):
                    with archive.open(entry) as sheet:
                        _check_extent(sheet, name)
    except LimitError:
        raise
    except Exception:  # noqa: BLE001  a damaged archive fails in many ways
        raise RegisterError(Fault(name, "is no .xlsx workbook", "save it again as .xlsx", "workbook")) from None


def _check_directory(entries: list[zipfile.ZipInfo], name: str) -> None:
    if "xl/workbook.xml" not in {entry.filename for entry in entries}:
        raise ValueError
    unpacked = sum(entry.file_size for entry in entries)
    packed = sum(entry.compress_size for entry in entries)
    if unpacked > MAX_UNPACKED_BYTES or unpacked > MAX_RATIO * max(packed, 1):
        what = f"unpacks to {unpacked} bytes, more than is read"
        raise LimitError(Fault(name, what, "split it by township, or save it as .csv", "unpacked"))
    if len(entries) > 1000:
        raise LimitError(Fault(name, "an archive of more than 1000 files", "save it again as .xlsx", "unpacked"))


def _check_extent(sheet: IO[bytes], name: str) -> None:
    """
    Refuse a sheet whose cells lie so far apart that the rectangle around them would not fit into memory.

    Two cells, A1 and XFD1048576, are a small file; whoever lays out the rectangle between them asks for terabytes.
    """
    rows = columns = cells = placed = 0
    rest = b""
    while chunk := sheet.read(_CHUNK):
        text = rest + chunk
        # What stands in the overlap is looked at twice, which changes no maximum and errs to the safe side.
        found = _CELL_PLACE.findall(text)
        rows = max([rows, *(int(row) for _, row in found), *(int(row) for row in _ROW_PLACE.findall(text))])
        columns = max([columns, *(_column(letters) for letters in {letters for letters, _ in found})])
        cells += len(_CELL.findall(text))
        placed += len(found)
        rest = text[-_OVERLAP:]
        # Cells without a place follow each other; were they all in one row, they would be that many columns.
        widest = max(columns, cells - placed)
        if rows * widest > MAX_WORKBOOK_CELLS:
            what = f"a sheet of {rows} rows and {widest} columns, more than {MAX_WORKBOOK_CELLS} cells"
            raise LimitError(Fault(name, what, "split it by township, or remove stray cells", "cells"))


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
