"""
Header layouts: which column holds which fact. Layouts of other people's exports are data files; the sheets that stand
beside them are derived from the catalogue, so that a new field is found under its Chinese label at once.
"""

from __future__ import annotations

import difflib
import functools
import tomllib
import unicodedata
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import attrs

from fupin_rules.errors import Fault
from fupin_rules.model import Field, Household, Village, catalogue

_FOLDER = Path(__file__).parent / "layouts"
_BRACKETS = str.maketrans({"【": "(", "】": ")", "[": "(", "]": ")", "〔": "(", "〕": ")", "<": "(", ">": ")"})
HEAD_NUMBER = "head_id_no"
MEMBER_NUMBER = "id_no"


def fold(header: object) -> str:
    """
    Bring a header to one form: width, brackets and spaces do not count.

    >>> fold(" 务工时间（月） ") == fold("务工时间(月)")
    True
    """
    text = unicodedata.normalize("NFKC", str(header)).translate(_BRACKETS)
    return "".join(text.split()).casefold()


@attrs.frozen
class Column:
    """
    One column of a layout.

    Attributes:
        header: As it is written.
        field: The fact it holds; None for a column of ids.
        aliases: Other headers under which it is found.
    """

    header: str
    field: Field | None
    aliases: tuple[str, ...] = ()


@attrs.frozen
class Layout:
    """
    One kind of sheet.

    Attributes:
        id: Name of the layout.
        rows: What one row is: `roster` (a member, household facts repeated), `household`, `member` or `village`.
        columns: In order.
        required: Folded headers that a sheet must have to be of this layout.
    """

    id: str
    rows: str
    columns: tuple[Column, ...]
    required: frozenset[str]

    def by_header(self) -> Mapping[str, Column]:
        """Find columns by any of their folded headers; a column's own header wins over another's alias."""
        return _by_header(self)


@functools.cache
def _by_header(layout: Layout) -> Mapping[str, Column]:
    found: dict[str, Column] = {}
    for column in layout.columns:
        found[fold(column.header)] = column
    for column in layout.columns:
        for alias in column.aliases:
            found.setdefault(fold(alias), column)
    return MappingProxyType(found)


@functools.cache
def layouts() -> tuple[Layout, ...]:
    """Give all layouts, the most particular first: the first whose required columns are all there is taken."""
    national = tuple(_load(path) for path in sorted(_FOLDER.glob("*.toml")))
    return (*national, _village_layout(), _household_layout(), _member_layout())


def layout(layout_id: str) -> Layout:
    """
    Find a layout by id.

    Raises:
        KeyError: There is no such layout.
    """
    return {each.id: each for each in layouts()}[layout_id]


def _load(path: Path) -> Layout:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    known = catalogue(Household)
    columns = tuple(
        Column(each["header"], _field(each["fact"], known.fields, known.members), tuple(each.get("aliases", ())))
        for each in data["column"]
    )
    return Layout(data["id"], "roster", columns, frozenset(fold(each) for each in data["marks"]))


def _field(fact: str, fields: Mapping[str, Field], members: Mapping[str, Field]) -> Field:
    return members[fact.removeprefix("members.")] if fact.startswith("members.") else fields[fact]


def _derived(fields: Mapping[str, Field]) -> tuple[Column, ...]:
    return tuple(
        Column(
            field.spec.zh,
            field,
            tuple(each for each in (*field.spec.aliases, field.spec.national_code, path) if each),
        )
        for path, field in fields.items()
    )


def _household_layout() -> Layout:
    columns = (Column("户编号", None, ("AAC001", "id")), *_derived(catalogue(Household).fields))
    return Layout("household-facts", "household", columns, frozenset({fold("户主证件号码")}))


def _member_layout() -> Layout:
    columns = _derived(catalogue(Household).members)
    return Layout("member-facts", "member", columns, frozenset({fold("证件号码")}))


def _village_layout() -> Layout:
    columns = (Column("村编号", None, ("id",)), *_derived(catalogue(Village).fields))
    return Layout("villages", "village", columns, frozenset({fold("村编号")}))


def recognise(headers: Sequence[object]) -> Layout | None:
    """Tell the layout of a header row; None when it is none that is known."""
    folded = [fold(each) for each in headers]
    for each in layouts():
        known = each.by_header()
        present = {fold(known[header].header) for header in folded if header in known}
        if each.required <= present:
            return each
    return None


def match(headers: Sequence[object], found: Layout, where: str) -> tuple[dict[int, Column], list[Fault]]:
    """
    Match a header row to a layout.

    Returns:
        Columns by their place, and a fault for each header that is unknown or stands twice.
    """
    known = found.by_header()
    columns: dict[int, Column] = {}
    faults = []
    seen: dict[str, int] = {}
    for place, header in enumerate(headers):
        if not str(header).strip():
            continue
        column = known.get(fold(header))
        shown = str(header).strip()[:30]
        if column is None:
            near = difflib.get_close_matches(fold(header), known, 1, 0.5)
            mend = (
                f"did you mean `{known[near[0]].header}`?"
                if near
                else "remove the column, or name it by a label of the catalogue"
            )
            faults.append(
                Fault(f"{where}, column {place + 1}", f"header `{shown}` is not known", mend, "unknown_header")
            )
        elif column.header in seen:
            what = f"header `{shown}` stands for the same as column {seen[column.header] + 1}"
            faults.append(Fault(f"{where}, column {place + 1}", what, "remove one of the two", "double_header"))
        else:
            seen[column.header] = place
            columns[place] = column
    return columns, faults
