"""Quotas of villages out of a sheet: how many households of each can be taken, nothing guessed and nobody twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import attrs

from fupin_rules.errors import Fault, RegisterError
from fupin_rules.registry._cells import Cell, is_blank, tidy
from fupin_rules.registry._layouts import fold
from fupin_rules.registry._tables import Sheet, read_csv, read_workbook

# One header each for people, in either language; the folded form is looked for.
_HEADERS: Mapping[str, tuple[str, ...]] = {
    "township": ("township", "镇", "乡镇", "乡", "乡(镇)"),
    "village": ("village", "行政村", "村"),
    "quota": ("quota", "名额", "规模", "指标数"),
}
MAX_QUOTA = 10_000_000


@attrs.frozen
class Quota:
    """
    How many households of one village can be taken.

    Attributes:
        township: Township of the village; empty where the sheet does not say.
        village: Name of the village.
        number: How many, zero or more.
        where: File and row, for messages.
    """

    township: str
    village: str
    number: int
    where: str


def read_quotas(path: str | Path) -> tuple[Quota, ...]:
    """
    Read the quotas of villages from a sheet with the columns village, quota and, where names repeat, township.

    Raises:
        RegisterError: More than one sheet has rows, a column is missing or stands twice, a village is blank or stands
            twice, a township is no text, or a quota is no whole number; all faults are listed.
        LimitError: The file is larger than is read.
    """
    path = Path(path)
    sheets = list(read_workbook(path)) if path.suffix.lower() in (".xlsx", ".xls") else [read_csv(path)]
    held = [each for each in sheets if any(not is_blank(cell) for row in each.rows for cell in row)]
    sheet, *further = held or [Sheet(path.name, ())]
    faults = [Fault(each.name, "has rows too", "keep all quotas on one sheet", "quota_sheets") for each in further]
    places = _places(sheet, faults)
    lacking = [name for name in ("village", "quota") if name not in places]
    if lacking:
        what = f"has no column {' and no column '.join(f'`{each}`' for each in lacking)}"
        faults.append(Fault(sheet.name, what, "head the columns village,quota or 行政村,名额", "quota_columns"))
        raise RegisterError(faults)
    found = tuple(_rows(sheet, places, faults))
    seen: dict[tuple[str, str], Quota] = {}
    for each in found:
        first = seen.setdefault((each.township, each.village), each)
        if first is not each:
            what = f"`{each.village}` has a quota in {first.where.rpartition(', ')[2]} already"
            faults.append(Fault(each.where, what, "give each village one row, and name its township", "double"))
    if faults:
        raise RegisterError(faults)
    return found


def _places(sheet: Sheet, faults: list[Fault]) -> dict[str, int]:
    known = {fold(word): name for name, words in _HEADERS.items() for word in words}
    found: dict[str, int] = {}
    for place, header in enumerate(sheet.rows[0] if sheet.rows else ()):
        name = known.get(fold(header))
        if name is None:
            continue
        first = found.setdefault(name, place)
        if first != place:
            where, shown = f"{sheet.header_at}, column {place + 1}", str(header).strip()
            what = f"header `{shown}` stands for the same as column {first + 1}"
            faults.append(Fault(where, what, "remove one of the two", "double_header"))
    return found


def _rows(sheet: Sheet, places: Mapping[str, int], faults: list[Fault]) -> Iterator[Quota]:
    for number, row in sheet.below():
        if all(is_blank(cell) for cell in row):
            continue
        where = f"{sheet.name}, row {number}"
        cells = {name: tidy(row[place]) if place < len(row) else None for name, place in places.items()}
        village, count, township = cells["village"], _whole(cells["quota"]), cells.get("township")
        if not isinstance(village, str) or not village:
            faults.append(Fault(where, "names no village", "name it, or remove the row", "quota_village"))
        elif township is not None and not isinstance(township, str):
            what = f"the township of `{village[:60]}` is no text"
            faults.append(Fault(where, what, "name it as on the register, or leave it blank", "quota_township"))
        elif count is None:
            # A blank is not zero: whoever gets no quota is told so with a 0.
            what = f"the quota of `{village[:60]}` is no whole number, zero or more"
            faults.append(Fault(where, what, "give a number; 0 where nobody can be taken", "quota_number"))
        else:
            yield Quota("" if township is None else township, village, count, where)


def _whole(cell: Cell) -> int | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, str) and cell.isascii() and cell.isdigit() and len(cell) <= 9:
        cell = int(cell)
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return cell if isinstance(cell, int) and 0 <= cell <= MAX_QUOTA else None
