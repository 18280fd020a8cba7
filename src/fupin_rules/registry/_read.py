"""
Read a register: a file, or a folder of files, each sheet recognised by its headers.

The roster sheet gives the households; the sheets beside it add facts, joined by certificate numbers that are never
shown. Every row ends in a household or on the list of problems.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs

from fupin_rules.errors import Fault, FupinRulesError, RegisterError
from fupin_rules.model import GROUPS, Household, IdNumber, Village
from fupin_rules.registry._cells import Cell, is_blank
from fupin_rules.registry._json_lines import read_json_lines
from fupin_rules.registry._layouts import Column, Layout, layouts, match, recognise
from fupin_rules.registry._problems import RowProblem
from fupin_rules.registry._roster import CONFLICTING, Group, RosterReader, build_members, head_of
from fupin_rules.registry._tables import Sheet, read_csv, read_workbook

_SUFFIXES = (".csv", ".xlsx", ".jsonl")


@attrs.frozen
class Register:
    """
    A register as read.

    Attributes:
        households: Readable households, in file order.
        villages: Readable villages.
        problems: Everything that could not be read as it stands, in order.
        notes: What was taken for granted, in English and Chinese.
        rows_read: Rows with anything in them, headers aside.
        rows_used: Rows that became part of a household or village.
        rows_set_aside: Rows that did not; together with `rows_used` they are all rows read.
        households_set_aside: Households among them.
    """

    households: tuple[Household, ...]
    villages: tuple[Village, ...]
    problems: tuple[RowProblem, ...]
    notes: tuple[tuple[str, str], ...]
    rows_read: int
    rows_used: int
    rows_set_aside: int
    households_set_aside: int


def read_register(path: str | Path) -> Register:
    """
    Read a register.

    Args:
        path: An `.xlsx`, `.csv` or `.jsonl` file, or a folder of them.

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
    return _Reader().read(files)


@attrs.define
class _Reader:
    problems: list[RowProblem] = attrs.field(factory=list)
    groups: list[tuple[str, Group]] = attrs.field(factory=list)
    lines: list[Household] = attrs.field(factory=list)
    villages: list[Village] = attrs.field(factory=list)
    beside: list[tuple[Layout, str, dict[int, Column], Sheet]] = attrs.field(factory=list)
    ids: set[str] = attrs.field(factory=set)
    rows_read: int = 0
    rows_used: int = 0
    households_set_aside: int = 0

    def read(self, files: list[Path]) -> Register:
        faults: list[Fault] = []
        for file in files:
            if file.suffix.lower() == ".jsonl":
                self._read_lines(file)
            else:
                for sheet in _sheets(file):
                    faults.extend(self._take(sheet))
        if faults:
            raise RegisterError(faults)
        if not (self.groups or self.lines or self.villages or self.rows_read):
            known = ", ".join(each.id for each in layouts())
            raise RegisterError(
                Fault(files[0].parent.name, "holds no rows of a known layout", f"known: {known}", "empty")
            )
        households = [*self.lines, *self._households()]
        return Register(
            tuple(households),
            tuple(self.villages),
            tuple(self.problems),
            self._notes(),
            self.rows_read,
            self.rows_used,
            self.rows_read - self.rows_used,
            self.households_set_aside,
        )

    def _notes(self) -> tuple[tuple[str, str], ...]:
        if not self.groups:
            return ()
        return (
            (
                "the export lists all members of a household, so its roster is taken as complete",
                "导出表列出全部家庭成员，名册视为完整",
            ),
        )

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
        rows = [row for row in sheet.rows if any(not is_blank(cell) for cell in row)]
        if not rows:
            return []
        headers = sheet.rows[0]
        found = recognise(headers)
        if found is None:
            known = ", ".join(each.id for each in layouts())
            mend = f"the first row holds the headers of one of: {known}"
            return [Fault(f"{sheet.name}, row 1", "these headers are of no known layout", mend, "layout")]
        columns, faults = match(headers, found, f"{sheet.name}, row 1")
        if faults:
            return faults
        self.rows_read += len(rows) - 1
        match found.rows:
            case "roster":
                reader = RosterReader(sheet.name, columns, self.problems)
                self.groups.extend((sheet.name, group) for group in reader.groups(sheet.rows[1:]))
            case "village":
                self._read_villages(sheet, columns)
            case _:
                self.beside.append((found, sheet.name, columns, sheet))
        return []

    # -- villages ----------------------------------------------------------------------------------------------

    def _read_villages(self, sheet: Sheet, columns: dict[int, Column]) -> None:
        seen: set[str] = set()
        for number, row in _rows(sheet):
            village_id, facts = self._facts(sheet.name, number, row, columns)
            try:
                if village_id in seen:
                    raise RegisterError(Fault("", "stands twice", "keep one row for each village", "double"))
                self.villages.append(Village(id=village_id, **facts))
            except FupinRulesError as error:
                self._aside(sheet.name, number, "村编号", error.faults[0])
                continue
            seen.add(village_id)
            self.rows_used += 1

    def _facts(
        self, sheet: str, number: int, row: tuple[Cell, ...], columns: dict[int, Column]
    ) -> tuple[str, dict[str, Any]]:
        reader = RosterReader(sheet, columns, self.problems)
        row_id, facts = "", {}
        for place, column in columns.items():
            cell = row[place] if place < len(row) else None
            if column.field is None:
                row_id = str(cell).strip() if not is_blank(cell) else ""
            elif (value := reader.cell(number, column.header, column.field, cell)) is not None:
                facts[column.field.path] = value
        return row_id, facts

    def _aside(self, sheet: str, number: int, column: str, fault: Fault) -> None:
        self.problems.append(RowProblem(sheet, number, column, fault.code, fault.what, fault.mend, sets_aside=True))

    # -- households --------------------------------------------------------------------------------------------

    def _households(self) -> Iterator[Household]:
        """Join the sheets beside the roster to the groups, and build them."""
        ids = self._join_beside()
        sequence: dict[str, int] = {}
        seen_numbers: set[IdNumber] = set()
        for place, (sheet, group) in enumerate(self.groups):
            told = group.facts.get("village")
            village = told if isinstance(told, str) else "household"
            sequence[village] = sequence.get(village, 0) + 1
            self._check_doubles(sheet, group, seen_numbers)
            if group.set_aside:
                self.households_set_aside += 1
                continue
            household_id = ids.get(place) or f"{village}-{sequence[village]:04d}"
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
        for found_layout, name, columns, sheet in self.beside:
            if found_layout.rows == "household":
                self._join_households(name, columns, sheet, heads, ids)
            else:
                self._join_people(name, columns, sheet, people)
        return ids

    def _join_households(
        self,
        name: str,
        columns: dict[int, Column],
        sheet: Sheet,
        heads: dict[IdNumber, int],
        ids: dict[int, str],
    ) -> None:
        taken: set[int] = set()
        for number, row in _rows(sheet):
            row_id, facts = self._facts(name, number, row, columns)
            key = facts.get("head_id_no")
            place = heads.get(key) if isinstance(key, IdNumber) else None
            if place is None or place in taken:
                what = "no household of the roster has this head" if place is None else "a second row for one household"
                self._aside(
                    name,
                    number,
                    "户主证件号码",
                    Fault("", what, "check the number against the roster", "no_household"),
                )
                continue
            taken.add(place)
            self.rows_used += 1
            if row_id:
                ids[place] = row_id
            self._merge(name, number, self.groups[place][1].facts, facts, columns)

    def _join_people(
        self, name: str, columns: dict[int, Column], sheet: Sheet, people: dict[IdNumber, dict[str, Any]]
    ) -> None:
        for number, row in _rows(sheet):
            _, facts = self._facts(name, number, row, columns)
            key = facts.get("id_no")
            member = people.get(key) if isinstance(key, IdNumber) else None
            if member is None:
                fault = Fault(
                    "",
                    "no member of the roster has this number",
                    "check the number against the roster",
                    "no_member",
                )
                self._aside(name, number, "证件号码", fault)
                continue
            self.rows_used += 1
            self._merge(name, number, member, facts, columns)

    def _merge(
        self, sheet: str, number: int, held: dict[str, Any], facts: dict[str, Any], columns: dict[int, Column]
    ) -> None:
        """Add facts; one that two sheets tell differently is held as conflicting and listed."""
        for path, value in facts.items():
            if held.get(path) is None:
                held[path] = value
            elif held[path] != value and held[path] != CONFLICTING:
                header = next(each.header for each in columns.values() if each.field and each.field.path == path)
                what, mend = "differs from the roster", "say the same on both sheets"
                self.problems.append(RowProblem(sheet, number, header, "differs", what, mend, sets_aside=False))
                held[path] = CONFLICTING


def _build(household_id: str, group: Group) -> Household:
    """Put facts by path into their groups, and build the household."""
    flat: dict[str, Any] = {}
    grouped: dict[str, dict[str, Any]] = {}
    for path, value in group.facts.items():
        name, dot, inner = path.partition(".")
        if dot:
            grouped.setdefault(name, {})[inner] = value
        else:
            flat[path] = value
    number, head_name = head_of(group)
    for path, drawn in (("head_id_no", number), ("head_name", head_name)):
        if flat.get(path) is None:
            flat[path] = drawn
    # A sheet beside the roster may say otherwise; the export itself lists everybody.
    if flat.get("members_complete") is None:
        flat["members_complete"] = True
    parts = {name: GROUPS[name](**facts) for name, facts in grouped.items()}
    return Household(id=household_id, members=build_members(group), **flat, **parts)


def _rows(sheet: Sheet) -> Iterator[tuple[int, tuple[Cell, ...]]]:
    for place, row in enumerate(sheet.rows[1:]):
        if any(not is_blank(cell) for cell in row):
            yield place + 2, row


def _sheets(file: Path) -> Iterator[Sheet]:
    if file.suffix.lower() == ".csv":
        yield read_csv(file)
    else:
        yield from read_workbook(file)
