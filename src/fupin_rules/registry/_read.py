"""
Read a register: a file, or a folder of files, each sheet recognised by its headers.

The roster sheet gives the households; the sheets beside it add facts, joined by certificate numbers that are never
shown. Every row ends in a household or on the list of problems.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

import attrs

from fupin_rules.bulk import collector_paused
from fupin_rules.errors import Fault, FupinRulesError, RegisterError
from fupin_rules.model import Area, Household, IdNumber, Village
from fupin_rules.registry._cells import Cell, is_blank, tidy, unguarded
from fupin_rules.registry._json_lines import read_json_lines
from fupin_rules.registry._layouts import Column, Layout, layouts, match
from fupin_rules.registry._marks import sheets_of, without_marks
from fupin_rules.registry._problems import RowProblem
from fupin_rules.registry._recognise import TITLE_ROWS, recognise_sheet
from fupin_rules.registry._roster import CONFLICTING, Group, RosterReader, assemble, build_members, head_of
from fupin_rules.registry._tables import Sheet
from fupin_rules.registry.forms._compare import Aside, Comparison
from fupin_rules.registry.forms._form import Form, FormRows, Forms, Key
from fupin_rules.registry.forms._layout import is_beside
from fupin_rules.registry.forms._load import default_forms
from fupin_rules.registry.forms._summaries import Summariser, area_of_facts
from fupin_rules.registry.forms._take import COMPLETE, FilledForms, FilledHome, FilledSheet, read_row

_Place = TypeVar("_Place", Village, Area)
_SUFFIXES = (".csv", ".xlsx", ".jsonl")


@attrs.frozen
class Register:
    """
    A register as read.

    Attributes:
        households: Readable households, in file order.
        villages: Readable villages.
        areas: Readable townships and counties.
        problems: Everything that could not be read as it stands, in order.
        notes: What was taken for granted, in English and Chinese.
        rows_read: Rows with anything in them, headers aside.
        rows_used: Rows that became part of a household or village.
        rows_set_aside: Rows that did not; together with `rows_used` they are all rows read.
        households_set_aside: Households among them.
    """

    households: tuple[Household, ...]
    villages: tuple[Village, ...]
    areas: tuple[Area, ...]
    problems: tuple[RowProblem, ...]
    notes: tuple[tuple[str, str], ...]
    rows_read: int
    rows_used: int
    rows_set_aside: int
    households_set_aside: int


def read_register(path: str | Path, *, forms: Forms | None = None) -> Register:
    """
    Read a register.

    Args:
        path: An `.xlsx`, `.csv` or `.jsonl` file, or a folder of them.
        forms: The forms that filled sheets may be of; those of `yucheng-2016` by default.

    Raises:
        RegisterError: There is nothing to read, or a file or header row cannot be read; all faults are listed.
        LimitError: A file is larger than is read.
        MissingExtraError: A workbook is there, and the extra `excel` is not.
    """
    place = Path(path)
    if place.is_dir():
        files = sorted(each for each in place.iterdir() if each.suffix.lower() in _SUFFIXES and each.is_file())
    else:
        files = [place] if place.is_file() else []
    unknown = [each for each in files if each.suffix.lower() not in _SUFFIXES]
    if not files or unknown:
        what = "is no register" if unknown or place.exists() else "does not exist"
        raise RegisterError(Fault(place.name, what, f"give a file or folder of {', '.join(_SUFFIXES)}", "no_register"))
    with collector_paused():
        return _Reader(forms).read(files)


@attrs.frozen
class _Facts:
    """
    A row of a sheet of facts.

    Attributes:
        number: Its number, as a person sees it.
        id: Its id; empty where the cell is blank.
        facts: By path.
        is_unread: Whether the id could not be read, which was told.
    """

    number: int
    id: str
    facts: Mapping[str, Any]
    is_unread: bool = False


@attrs.frozen
class _Beside:
    """
    A sheet beside the roster.

    Attributes:
        name: Its name, for messages.
        columns: Matched columns, by place.
        of_members: Whether a row is a member; otherwise it is a household.
        rows: What its rows say, read as they are taken.
    """

    name: str
    columns: Mapping[int, Column]
    of_members: bool
    rows: Iterable[_Facts]

    def header(self, path: str) -> str:
        """Give the header of a fact."""
        return next(each.header for each in self.columns.values() if each.field and each.field.path == path)


@attrs.define
class _Reader:
    forms: Forms | None = None
    problems: list[RowProblem] = attrs.field(factory=list)
    groups: list[tuple[str, Group]] = attrs.field(factory=list)
    lines: list[Household] = attrs.field(factory=list)
    villages: list[Village] = attrs.field(factory=list)
    areas: list[Area] = attrs.field(factory=list)
    places: dict[str, set[str]] = attrs.field(factory=dict)
    beside: list[_Beside] = attrs.field(factory=list)
    ids: set[str] = attrs.field(factory=set)
    people: set[IdNumber] = attrs.field(factory=set)
    filled: FilledForms | None = None
    rows_read: int = 0
    rows_used: int = 0
    households_set_aside: int = 0
    notes: list[tuple[str, str]] = attrs.field(factory=list)

    def read(self, files: list[Path]) -> Register:
        faults: list[Fault] = []
        for file in files:
            if file.suffix.lower() == ".jsonl":
                self._read_lines(file)
            else:
                for sheet in sheets_of(file):
                    faults.extend(self._take(sheet))
        if faults:
            raise RegisterError(faults)
        if not (self.groups or self.lines or self.villages or self.areas or self.rows_read):
            where = files[0].name if len(files) == 1 else files[0].parent.name
            raise RegisterError(
                Fault(where, "holds no filled rows of a known layout", f"known: {self._known()}", "empty")
            )
        self._regard_facts()
        households = [*self.lines, *self._households(), *self._filled()]
        return Register(
            tuple(households),
            tuple(self.villages),
            tuple(self.areas),
            tuple(self.problems),
            self._notes(),
            self.rows_read,
            self.rows_used,
            self.rows_read - self.rows_used,
            self.households_set_aside,
        )

    def _notes(self) -> tuple[tuple[str, str], ...]:
        if self.groups:
            self.notes.insert(
                0,
                (
                    "the export lists all members of a household, so its roster is taken as complete",
                    "导出表列出全部家庭成员，名册视为完整",
                ),
            )
        return tuple(self.notes)

    def _read_lines(self, file: Path) -> None:
        for number, household in read_json_lines(file, self.problems):
            try:
                self._take_id(household.id)
            except RegisterError as error:
                self._aside(file.name, number, "", error.faults[0])
                continue
            self.lines.append(household)
            self.rows_used += 1
            self.rows_read += 1
        bad = len({problem.row for problem in self.problems if problem.sheet == file.name})
        self.rows_read += bad
        self.households_set_aside += bad

    def _take(self, sheet: Sheet) -> list[Fault]:
        if is_beside(sheet) or all(is_blank(cell) for row in sheet.rows for cell in row):
            return []
        recognised = recognise_sheet(sheet, self.forms)
        if recognised is None:
            mend = f"one of the first {TITLE_ROWS + 1} rows holds the headers of one of: {self._known()}"
            return [Fault(sheet.header_at, "these headers are of no known layout", mend, "layout")]
        sheet, form, found = without_marks(recognised.sheet), recognised.form, recognised.layout
        if sheet.above:
            self.notes.append(
                (
                    f"{sheet.name}: {sheet.above} rows above the headers are taken for titles",
                    f"{sheet.name}：表头以上{sheet.above}行视为标题",
                )
            )
        if form is not None:
            return self._take_form(form, found, sheet)
        columns, faults = match(sheet.rows[0], found, sheet.header_at)
        if faults:
            return faults
        self.rows_read += sum(any(not is_blank(cell) for cell in row) for _, row in sheet.below())
        match found.rows:
            case "roster":
                reader = RosterReader(sheet.name, columns, self.problems)
                self.groups.extend((sheet.name, group) for group in reader.groups(sheet.below()))
            case "village":
                self.villages.extend(self._places(Village, "村编号", sheet, columns))
            case "area":
                self.areas.extend(self._places(Area, "区域编号", sheet, columns))
            case _:
                self.beside.append(_Beside(sheet.name, columns, found.rows == "member", self._facts(sheet, columns)))
        return []

    def _known(self) -> str:
        """Name the layouts and forms that can be read."""
        forms = default_forms() if self.forms is None else self.forms
        return ", ".join([*(each.id for each in layouts()), *forms.by_id])

    # -- forms -------------------------------------------------------------------------------------------------

    def _take_form(self, form: Form, layout: Layout, sheet: Sheet) -> list[Fault]:
        if self.filled is None:
            self.filled = FilledForms(default_forms() if self.forms is None else self.forms, self.problems)
        faults, rows = self.filled.take(form, layout, sheet)
        self.rows_read += rows
        return faults

    def _regard_facts(self) -> None:
        """Take a form of households beside a roster, and without a form of members, for facts beside that roster."""
        if self.filled is None or not self.groups or FormRows.MEMBER in self.filled.sheets:
            return
        for each in self.filled.sheets.pop(FormRows.HOUSEHOLD, []):
            self.beside.append(_Beside(each.sheet.name, each.columns, of_members=False, rows=_facts_of_form(each)))

    def _filled(self) -> Iterator[Household]:
        """Build what stands on filled forms, then hold the summaries against it."""
        if self.filled is None:
            return
        filled, people = self.filled, self.people
        homes = filled.homes()
        if homes:
            self.notes.append(
                (
                    "on the forms a roster is taken as complete where the number stated is that of its rows",
                    "按表册：填写的家庭人口数与成员行数一致的，名册视为完整",
                )
            )
        built: list[Household] = []
        aside: list[FilledHome] = []
        for home in homes:
            household = filled.build(home, people)
            if household is not None and household.id in self.ids:
                header = home.row.sheet.key_header(Key.HOUSEHOLD)
                what, mend = "the id of this household stands twice", "give each an id of its own"
                home.row.problem(header, "double_id", what, mend, aside=True)
                household = None
            if household is None:
                aside.append(home)
                self.households_set_aside += 1 + len(home.again)
                continue
            self.ids.add(household.id)
            self.rows_used += 1 + len(home.members)
            built.append(household)
            yield household
        self.households_set_aside += len(filled.unnumbered)
        villages = list(filled.villages({village.id for village in self.villages}))
        self.villages.extend(villages)
        self.rows_used += len(villages)
        self._compare(filled, built, villages, aside)

    def _compare(
        self,
        filled: FilledForms,
        households: Sequence[Household],
        villages: Sequence[Village],
        aside: Sequence[FilledHome],
    ) -> None:
        by_form: dict[str, list[FilledSheet]] = {}
        for sheet in filled.summaries():
            by_form.setdefault(sheet.form.id, []).append(sheet)
        if not by_form:
            return
        rows = [*(row for home in aside for row in (home.row, *home.again)), *filled.unnumbered]
        left_out = Aside(
            {str(tidy(home.row.keys[Key.HOUSEHOLD])) for home in aside},
            {
                form_id: [area_of_facts(sheets[0].form, row.facts) for row in rows]
                for form_id, sheets in by_form.items()
            },
        )
        comparison = Comparison(Summariser(filled.forms, households, villages), left_out, self.problems)
        for sheets in by_form.values():
            self.rows_used += comparison.compare(sheets)
        if comparison.skipped:
            self.notes.append(
                (
                    f"{comparison.skipped} rows of summaries were not compared: households of theirs are set aside",
                    f"有{comparison.skipped}行汇总未核对：所含农户有搁置的",
                )
            )

    # -- villages and areas ------------------------------------------------------------------------------------

    def _places(
        self, cls: Callable[..., _Place], key: str, sheet: Sheet, columns: dict[int, Column]
    ) -> Iterator[_Place]:
        """Read one village or area a row."""
        seen = self.places.setdefault(key, set())
        for row in self._facts(sheet, columns):
            if row.is_unread:
                continue
            try:
                if row.id in seen:
                    raise RegisterError(Fault("", "stands twice", "keep one row for each", "double"))
                place = cls(id=row.id, **row.facts)
            except FupinRulesError as error:
                self._aside(sheet.name, row.number, key, error.faults[0])
                continue
            seen.add(row.id)
            self.rows_used += 1
            yield place

    def _facts(self, sheet: Sheet, columns: dict[int, Column]) -> Iterator[_Facts]:
        """Read the rows of a sheet of facts; one whose id is no text is listed as set aside."""
        reader = RosterReader(sheet.name, columns, self.problems)
        for number, row in _rows(sheet):
            row_id, is_unread, facts = "", False, {}
            for place, column in columns.items():
                cell = row[place] if place < len(row) else None
                if column.field is not None:
                    if (value := reader.cell(number, column.header, column.field, cell)) is not None:
                        facts[column.field.path] = value
                elif isinstance(cell, str):
                    row_id = unguarded(cell).strip()
                elif not is_blank(cell):
                    what = "expected a text: format the column as text, for a number has lost digits"
                    mend = "format the column as text and enter it again"
                    self._aside(sheet.name, number, column.header, Fault("", what, mend, "number_for_text"))
                    is_unread = True
            yield _Facts(number, row_id, facts, is_unread)

    def _aside(self, sheet: str, number: int, column: str, fault: Fault) -> None:
        self.problems.append(RowProblem(sheet, number, column, fault.code, fault.what, fault.mend, sets_aside=True))

    # -- households --------------------------------------------------------------------------------------------

    def _households(self) -> Iterator[Household]:
        """Join the sheets beside the roster to the groups, and build them."""
        ids = self._join_beside()
        split = _split([group for _, group in self.groups])
        sequence: dict[str, int] = {}
        for place, (sheet, group) in enumerate(self.groups):
            told = group.facts.get("village")
            village = told if isinstance(told, str) else "household"
            sequence[village] = sequence.get(village, 0) + 1
            self._check_doubles(sheet, group, self.people)
            if group.set_aside:
                self.households_set_aside += 1
                continue
            household_id = group.id or ids.get(place) or f"{village}-{sequence[village]:04d}"
            if group.id in split and group.id not in self.ids:
                what = "another roster has rows of this number as well"
                mend = "put all rows of a household on one sheet"
                self.problems.append(
                    RowProblem(sheet, group.rows[0], "户编号", "split_household", what, mend, sets_aside=False)
                )
                group.facts[COMPLETE] = CONFLICTING
            try:
                built = _build(household_id, group)
                self._take_id(household_id)
                yield built
            except FupinRulesError as error:
                self.households_set_aside += 1
                self._aside(sheet, group.rows[0], "", error.faults[0])
                continue
            self.rows_used += len(group.rows)

    def _take_id(self, household_id: str) -> None:
        if household_id in self.ids:
            raise RegisterError(
                Fault("", "the id of this household stands twice", "give each an id of its own", "double_id")
            )
        self.ids.add(household_id)

    def _check_doubles(self, sheet: str, group: Group, seen: set[IdNumber]) -> None:
        for number, member in zip(group.rows, group.members, strict=True):
            found = member.get("id_no")
            if isinstance(found, IdNumber):
                if found in seen:
                    fault = Fault(
                        "",
                        "this certificate number stands on an earlier row",
                        "keep the person in one household",
                        "double_person",
                    )
                    self._aside(sheet, number, "证件号码", fault)
                    group.set_aside = True
                seen.add(found)

    def _join_beside(self) -> dict[int, str]:
        heads: dict[IdNumber, int] = {}
        people: dict[IdNumber, dict[str, Any]] = {}
        for place, (_, group) in enumerate(self.groups):
            number, _ = head_of(group)
            if number is not None:
                heads.setdefault(number, place)
            for member in group.members:
                if isinstance(found := member.get("id_no"), IdNumber):
                    people.setdefault(found, member)
        ids: dict[int, str] = {}
        for sheet in self.beside:
            if sheet.of_members:
                self._join_people(sheet, people)
            else:
                self._join_households(sheet, heads, ids)
        return ids

    def _join_households(self, sheet: _Beside, heads: dict[IdNumber, int], ids: dict[int, str]) -> None:
        taken: set[int] = set()
        for row in sheet.rows:
            if row.is_unread:
                continue
            key = row.facts.get("head_id_no")
            place = heads.get(key) if isinstance(key, IdNumber) else None
            if place is None or place in taken:
                what = "no household of the roster has this head" if place is None else "a second row for one household"
                self._aside(
                    sheet.name,
                    row.number,
                    "户主证件号码",
                    Fault("", what, "check the number against the roster", "no_household"),
                )
                continue
            taken.add(place)
            self.rows_used += 1
            group = self.groups[place][1]
            if row.id:
                held = group.id or ids.setdefault(place, row.id)
                if held not in (row.id, tidy(row.id)):
                    header = next(each.header for each in sheet.columns.values() if each.key == "household")
                    what, mend = "differs from the number that is kept", "say the same on both sheets"
                    self.problems.append(
                        RowProblem(sheet.name, row.number, header, "differs", what, mend, sets_aside=False)
                    )
            self._merge(sheet, row, group.facts)

    def _join_people(self, sheet: _Beside, people: dict[IdNumber, dict[str, Any]]) -> None:
        for row in sheet.rows:
            key = row.facts.get("id_no")
            member = people.get(key) if isinstance(key, IdNumber) else None
            if member is None:
                fault = Fault(
                    "",
                    "no member of the roster has this number",
                    "check the number against the roster",
                    "no_member",
                )
                self._aside(sheet.name, row.number, "证件号码", fault)
                continue
            self.rows_used += 1
            self._merge(sheet, row, member)

    def _merge(self, sheet: _Beside, row: _Facts, held: dict[str, Any]) -> None:
        """Add facts; one that two sheets tell differently is held as conflicting and listed."""
        for path, value in row.facts.items():
            if held.get(path) is None:
                held[path] = value
            elif value is not None and held[path] != value and held[path] != CONFLICTING:
                what, mend = "differs from the roster", "say the same on both sheets"
                self.problems.append(
                    RowProblem(sheet.name, row.number, sheet.header(path), "differs", what, mend, sets_aside=False)
                )
                held[path] = CONFLICTING


def _build(household_id: str, group: Group) -> Household:
    """Draw from the roster what no cell tells, and build the household."""
    facts = dict(group.facts)
    number, head_name = head_of(group)
    for path, drawn in (("head_id_no", number), ("head_name", head_name)):
        if facts.get(path) is None:
            facts[path] = drawn
    # A sheet beside the roster may say otherwise; the export itself lists everybody.
    facts.setdefault(COMPLETE, True)
    return assemble(household_id, facts, build_members(group))


def _facts_of_form(sheet: FilledSheet) -> Iterator[_Facts]:
    """Read the rows of a form as facts; a blank says nothing, but that nobody knows whether all are listed does."""
    for number, cells in sheet.rows():
        row = read_row(sheet, number, cells)
        told = {path: value for path, value in row.facts.items() if value is not None or path == COMPLETE}
        yield _Facts(number, row.keys.get(Key.HOUSEHOLD, ""), told, row.is_unread)


def _split(groups: Sequence[Group]) -> set[str]:
    """Give the numbers whose rows stand on several rosters, those aside that hold the same people again."""
    people: dict[str, list[frozenset[IdNumber] | None]] = {}
    for group in groups:
        if group.id:
            found = frozenset(number for each in group.members if isinstance(number := each.get("id_no"), IdNumber))
            people.setdefault(group.id, []).append(found if len(found) == len(group.members) else None)
    return {number for number, parts in people.items() if len(parts) > 1 and (None in parts or len(set(parts)) > 1)}


def _rows(sheet: Sheet) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    return ((number, row) for number, row in sheet.below() if any(not is_blank(cell) for cell in row))
