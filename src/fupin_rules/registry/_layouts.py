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
from fupin_rules.model import AnySubject, Area, Field, Household, Village, catalogue

SUBJECT_OF_ROWS: Mapping[str, type[AnySubject]] = MappingProxyType({"village": Village, "area": Area})
_FOLDER = Path(__file__).parent / "layouts"
_BRACKETS = str.maketrans({"【": "(", "】": ")", "[": "(", "]": ")", "〔": "(", "〕": ")", "<": "(", ">": ")"})
# Characters of a header that a message shows.
SHOWN_HEADER = 30
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
        field: The fact it holds; None for a column of ids, and for one that is worked out.
        aliases: Other headers under which it is found.
        key: What an id names: `household`, `member` or `village`; empty for other columns.
    """

    header: str
    field: Field | None
    aliases: tuple[str, ...] = ()
    key: str = ""


@attrs.frozen
class Layout:
    """
    One kind of sheet.

    Attributes:
        id: Name of the layout.
        rows: What one row is: `roster` (a member, household facts repeated), `household`, `member`, `village`, `area`.
        columns: In order.
        required: Folded headers that a sheet must have to be of this layout.
        passed_over: Folded headers of columns that say nothing, such as running numbers.
        zh: What it is, in Chinese; empty for sheets that are derived from the catalogue.
        en: The same in English.
    """

    id: str
    rows: str
    columns: tuple[Column, ...]
    required: frozenset[str]
    passed_over: frozenset[str] = frozenset()
    zh: str = ""
    en: str = ""

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
    return (*written_layouts(), *derived_layouts())


@functools.cache
def written_layouts() -> tuple[Layout, ...]:
    """Give the layouts that are data files, those with the most marks first."""
    found = (_load(path) for path in sorted(_FOLDER.glob("*.toml")))
    return tuple(sorted(found, key=lambda each: -len(each.required)))


@functools.cache
def derived_layouts() -> tuple[Layout, ...]:
    """Give the layouts that are derived from the catalogue."""
    return (_place_layout(Area, "areas", "area", "区域编号"), _village_layout(), _household_layout(), _member_layout())


def layout(layout_id: str) -> Layout:
    """
    Find a layout by id.

    Raises:
        KeyError: There is no such layout.
    """
    return {each.id: each for each in layouts()}[layout_id]


def _load(path: Path) -> Layout:
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    rows = data["rows"]
    columns = tuple(
        Column(
            each["header"],
            _holding(_field(each["fact"], rows), each.get("code_list", "")) if "fact" in each else None,
            tuple(each.get("aliases", ())),
            each.get("key", ""),
        )
        for each in data["column"]
    )
    marks, passed_over = (frozenset(fold(each) for each in data.get(key, ())) for key in ("marks", "passed_over"))
    title = data.get("title", {})
    return Layout(data["id"], rows, columns, marks, passed_over, title.get("zh", ""), title.get("en", ""))


def _field(fact: str, rows: str) -> Field:
    known = catalogue(SUBJECT_OF_ROWS.get(rows, Household))
    inner = fact.removeprefix("members.")
    return known.fields[fact] if inner == fact else known.members[inner]


def _holding(field: Field, code_list: str) -> Field:
    """Give a field as a column holds it that says which older code list its cells are of; its codes become today's."""
    if not code_list:
        return field
    older = {each.__name__: each for each in field.spec.older}
    return attrs.evolve(field, spec=attrs.evolve(field.spec, code_list=older[code_list]))


def derived_columns(fields: Mapping[str, Field]) -> tuple[Column, ...]:
    """Give a column for each fact, under its Chinese label; national code and path are other headers of it."""
    return tuple(
        Column(
            field.spec.zh,
            field,
            tuple(each for each in (*field.spec.aliases, field.spec.national_code, path) if each),
        )
        for path, field in fields.items()
    )


def _household_layout() -> Layout:
    columns = (Column("户编号", None, ("AAC001", "id"), "household"), *derived_columns(catalogue(Household).fields))
    return Layout("household-facts", "household", columns, frozenset({fold("户主证件号码")}))


def _member_layout() -> Layout:
    columns = derived_columns(catalogue(Household).members)
    return Layout("member-facts", "member", columns, frozenset({fold("证件号码")}))


def _village_layout() -> Layout:
    return _place_layout(Village, "villages", "village", "村编号")


def _place_layout(cls: type[Village | Area], layout_id: str, rows: str, key: str) -> Layout:
    columns = (Column(key, None, ("id",), rows), *derived_columns(catalogue(cls).fields))
    return Layout(layout_id, rows, columns, frozenset({fold(key)}))


def recognise(headers: Sequence[object], among: Sequence[Layout] | None = None) -> Layout | None:
    """Tell the layout of a header row, of all or among some; None when it is none of them."""
    folded = [fold(each) for each in headers]
    for each in layouts() if among is None else among:
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
        if not str(header).strip() or fold(header) in found.passed_over:
            continue
        column = known.get(fold(header))
        shown = str(header).strip()[:SHOWN_HEADER]
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
