"""
Decisions read back from the files that `fupin assess` and `fupin exit` leave, in the plain form of an assessment.

A row that is none is given as it stands: whoever judges decisions again lists it, and no row is lost.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

from fupin_rules.errors import Fault, FupinRulesError, RegisterError
from fupin_rules.registry._cells import Cell, is_blank, unguarded
from fupin_rules.registry._json_lines import read_line
from fupin_rules.registry._tables import Sheet, read_csv, read_text, read_workbook

# Columns by the English part of their headers, `编号 id`.
_TEXTS: Final = {"id": "subject_id", "outcome": "outcome", "on": "on", "fingerprint": "fingerprint"}
_RULE: Final = "rule."
_CLAIMS: Final[Mapping[str, bool | None]] = {"true": True, "false": False, "unknown": None}


def read_decisions(path: str | Path) -> tuple[Mapping[str, Any], ...]:
    """
    Read a file of decisions.

    Args:
        path: `.jsonl`, `.csv` or `.xlsx`, as the command wrote it.

    Returns:
        One mapping for each row, in order: `subject_id`, `on`, `fingerprint`, `outcome`, `rules` and more of an
        assessment, as far as the file tells them. Empty for a line that is no JSON.

    Raises:
        RegisterError: The file cannot be read, or has no column of ids, outcomes, days or fingerprints.
        LimitError: The file is larger than is read.
    """
    path = Path(path)
    if path.suffix.lower() == ".jsonl":
        return tuple(_line(line) for line in read_text(path).split("\n") if line.strip())
    sheets = list(read_workbook(path)) if path.suffix.lower() == ".xlsx" else [read_csv(path)]
    return tuple(row for sheet in sheets for row in _rows(sheet))


def _line(line: str) -> Mapping[str, Any]:
    try:
        held = read_line(line)
    except FupinRulesError:
        return {}
    return held if isinstance(held, dict) else {}


def _rows(sheet: Sheet) -> Iterator[Mapping[str, Any]]:
    headers = [_text(cell).rsplit(" ", 1)[-1] for cell in (sheet.rows[0] if sheet.rows else ())]
    if lacking := [name for name in _TEXTS if name not in headers]:
        what = f"has no column {', '.join(f'`{each}`' for each in lacking)}"
        mend = "give a file that `fupin assess --out` or `fupin exit --out` wrote"
        raise RegisterError(Fault(sheet.name, what, mend, "decision_columns"))
    kind = "exit" if "met" in headers else "assessment"
    for _, cells in sheet.below():
        held = {header: _text(cell) for header, cell in zip(headers, cells, strict=False)}
        if all(is_blank(cell) for cell in cells):
            continue
        rules = {
            header.removeprefix(_RULE): _CLAIMS.get(value) for header, value in held.items() if header.startswith(_RULE)
        }
        yield {
            "format": 1,
            "kind": kind,
            **{key: held.get(header, "") for header, key in _TEXTS.items()},
            "rules": rules,
        }


def _text(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    return "" if cell is None else unguarded(cell) if isinstance(cell, str) else str(cell)
