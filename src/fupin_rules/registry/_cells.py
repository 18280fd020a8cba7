"""
Cells to facts: labels to codes, 是 and 否 to truth values, texts and numbers to exact amounts, a closed list of dates.

A blank is not known: never zero, never "no". A number where a text is due is refused, for a spreadsheet number of 18
digits has lost its last ones.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from fupin_rules.model import CodeList, FieldSpec, Sort, read_value
from fupin_rules.truth import NotKnown, Why

Cell = str | int | float | bool | date | datetime | None

_FLAGS = {"是": True, "否": False, "有": True, "无": False}
_DAYS = re.compile(
    r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日|(\d{2})(\d{2}))\Z",
    re.ASCII,
)
# A set that is known to be empty; a blank cell is a set that is not known.
NOTHING = "无"
FORMULA = ("=", "+", "-", "@", "\t", "\r")
# On a form: why a fact is not known, where somebody said so. Brackets keep a mark from being a label or a name.
WHY_MARKS: Mapping[str, Why] = MappingProxyType(
    {
        "【未采集】": Why.NOT_COLLECTED,
        "【已过期】": Why.EXPIRED,
        "【有出入】": Why.CONFLICTING,
        "【拒绝提供】": Why.REFUSED,
        "【待判断】": Why.NEEDS_JUDGEMENT,
    }
)
# Not known, and nobody said why, where a blank would be read otherwise.
UNTOLD = "【不详】"
_MARKS_OF = {why: mark for mark, why in WHY_MARKS.items()}
_PLAIN_NUMBER = re.compile(r"-?\d+(\.\d+)?\Z", re.ASCII)
_SEPARATORS = re.compile(r"[、,;，；/\s]+")
_GROUPED = re.compile(r"-?\d{1,3}(,\d{3})+(\.\d+)?\Z", re.ASCII)


def is_blank(cell: Cell) -> bool:
    """
    Tell whether a cell says nothing.

    >>> is_blank(" "), is_blank(0)
    (True, False)
    """
    return cell is None or (isinstance(cell, str) and not cell.strip())


def as_text(cell: str) -> str:
    """
    Keep a spreadsheet from running a cell as a formula: an apostrophe before it makes it text; plain numbers stay.

    >>> as_text("=1+1"), as_text("-3.50"), as_text("-3+A1")
    ("'=1+1", '-3.50', "'-3+A1")
    """
    return f"'{cell}" if cell.startswith(FORMULA) and not _PLAIN_NUMBER.match(cell) else cell


def tidy(cell: Cell) -> Cell:
    """Fold the width of a text, cut the spaces at its ends and the apostrophe that only keeps it from being run."""
    if not isinstance(cell, str):
        return cell
    return unicodedata.normalize("NFKC", unguarded(cell)).strip()


def read_cell(spec: FieldSpec, cell: Cell) -> Any:
    """
    Read one cell as a fact.

    Returns:
        The fact as the model holds it; None for a blank, and for a set of which only separators are written.

    Raises:
        ValueError: The cell does not fit; the message says what was expected, never what is there.
    """
    if is_blank(cell):
        return None
    cell = tidy(cell)
    match spec.sort:
        case Sort.FLAG:
            if isinstance(cell, str) and cell in _FLAGS:
                return _FLAGS[cell]
            raise ValueError("expected 是 or 否")
        case Sort.NUMBER:
            if isinstance(cell, str):
                cell = ungrouped(cell)
            return read_value(spec, cell)
        case Sort.DAY:
            return read_value(spec, _day(cell))
        case Sort.CODE:
            assert spec.code_list is not None
            return _code(spec.code_list, cell).current
        case Sort.CODES:
            assert spec.code_list is not None
            if not isinstance(cell, str):
                cell = _code(spec.code_list, cell).value
            labels = [] if cell == NOTHING else [part for part in _SEPARATORS.split(cell) if part]
            if not labels and cell != NOTHING:
                # A stroke through a cell says as much as a blank.
                return None
            held = read_value(spec, [_code(spec.code_list, label) for label in labels])
            return frozenset(code.current for code in held)
        case Sort.TEXT | Sort.PRIVATE:
            if not isinstance(cell, str):
                raise ValueError("expected a text: format the column as text, for a number has lost digits")
            return read_value(spec, cell)


def read_form_cell(spec: FieldSpec, cell: Cell) -> Any:
    """
    Read one cell of a form as a fact: as `read_cell`, but a mark tells why it is not known, and texts keep their width.

    Raises:
        ValueError: The cell does not fit; the message says what was expected, never what is there.

    >>> from fupin_rules.model import Household, catalogue
    >>> read_form_cell(catalogue(Household).fields["village"].spec, "【拒绝提供】")
    NotKnown(why=<Why.REFUSED: 'refused'>)
    """
    if isinstance(cell, str):
        why = WHY_MARKS.get(cell.strip())
        if why is not None:
            return NotKnown(why)
        if spec.sort is Sort.TEXT and not is_blank(cell):
            return read_value(spec, unguarded(cell).strip())
    return read_cell(spec, cell)


def ungrouped(cell: str) -> str:
    """
    Take the commas out of a number whose digits they group by three; any other comma stays, for it may be a point.

    >>> ungrouped("1,234.50"), ungrouped("1,5")
    ('1234.50', '1,5')
    """
    return cell.replace(",", "") if _GROUPED.match(cell) else cell


def unguarded(cell: str) -> str:
    """Take away the apostrophe that only keeps a text from being run."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def _day(cell: Cell) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    match = _DAYS.match(cell) if isinstance(cell, str) else None
    if match is None:
        raise ValueError("expected a day: YYYY-MM-DD, YYYY/M/D, YYYY年M月D日 or YYYYMMDD")
    year, *rest = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, rest[0], rest[1])
    except ValueError:
        raise ValueError("expected a day that exists") from None


@functools.cache
def _labels(code_list: type[CodeList]) -> Mapping[str, CodeList]:
    found: dict[str, CodeList] = {}
    for code in code_list:
        for label in (code.zh, code.value, *code.aliases, *_numbers(code)):
            found.setdefault(unicodedata.normalize("NFKC", label), code)
    return MappingProxyType(found)


def _numbers(code: CodeList) -> tuple[str, ...]:
    # A sheet that says which older list it holds has told what its numbers mean; no other number is a code.
    return (code.national,) if code.today is not None else ()


def _code(code_list: type[CodeList], cell: Cell) -> CodeList:
    if code_list.today is not None and (type(cell) is int or (type(cell) is float and cell.is_integer())):
        cell = str(int(cell))
    found = _labels(code_list).get(cell) if isinstance(cell, str) else None
    if found is None:
        raise ValueError(_expected(code_list))
    return found


def _expected(code_list: type[CodeList]) -> str:
    labels = [code.zh for code in code_list]
    shown = "、".join(labels[:12]) + ("…" if len(labels) > 12 else "")
    return f"expected one of {shown}"


def write_cell(spec: FieldSpec, value: Any) -> str:
    """
    Write a known fact as a cell that `read_cell` reads back; personal texts are revealed.

    Args:
        spec: The field.
        value: As the model holds it; None or `NotKnown` gives an empty cell.
    """
    match spec.sort:
        case Sort.FLAG if isinstance(value, bool):
            return "是" if value else "否"
        case Sort.NUMBER if value is not None and not hasattr(value, "why"):
            return format(value, "f")
        case Sort.DAY if isinstance(value, date):
            return value.isoformat()
        case Sort.CODE if isinstance(value, CodeList):
            return value.zh
        case Sort.CODES if isinstance(value, frozenset):
            held = sorted(value, key=lambda code: code.national or "~" + code.value)
            return "、".join(code.zh for code in held) or NOTHING
        case Sort.TEXT if isinstance(value, str):
            return value
        case Sort.PRIVATE if hasattr(value, "reveal"):
            return str(value.reveal())
        case _:
            return ""


def write_form_cell(spec: FieldSpec, value: Any) -> str:
    """
    Write a fact as a cell of a form that `read_form_cell` reads back; personal texts are revealed.

    Args:
        spec: The field.
        value: As the model holds it; None gives an empty cell, `NotKnown` a mark with the reason.
    """
    return _MARKS_OF.get(value.why, "") if isinstance(value, NotKnown) else write_cell(spec, value)
