"""
Filled forms read back: households and their members joined by the number of the household, villages, summaries.

A household is read whole or set aside whole. A cell that cannot be read leaves its one fact unknown, held as
conflicting, and is listed. Every row ends in a household, a village or a summary that was compared, or on the list.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import attrs

from fupin_rules.errors import Fault, FupinRulesError
from fupin_rules.model import MAX_MEMBERS, Household, IdNumber, Member, PersonName, Relation, Village
from fupin_rules.registry._cells import UNTOLD, Cell, is_blank, read_form_cell, tidy, unguarded
from fupin_rules.registry._layouts import Column, Layout, match
from fupin_rules.registry._problems import RowProblem
from fupin_rules.registry._roster import CONFLICTING, RosterReader, assemble
from fupin_rules.registry._tables import Sheet
from fupin_rules.registry.forms._form import SUMMARIES, Form, FormRows, Forms, Key
from fupin_rules.registry.forms._layout import is_hint_row
from fupin_rules.truth import NotKnown

COMPLETE = "members_complete"
STATED = "stated_member_count"


@attrs.frozen
class FilledSheet:
    """
    One sheet of a form, its headers matched.

    Attributes:
        form: The form.
        columns: Matched columns, by place.
        sheet: The sheet.
        reader: Reads its cells.
        strays: Places of cells below no header.
    """

    form: Form
    columns: Mapping[int, Column]
    sheet: Sheet
    reader: RosterReader
    strays: tuple[int, ...] = ()

    def rows(self) -> Iterator[tuple[int, tuple[Cell, ...]]]:
        """Give the rows that say anything, with their numbers; the hint row is none."""
        for place, (number, row) in enumerate(self.sheet.below()):
            if place == 0 and is_hint_row(self.form, self.columns, row):
                continue
            if not all(is_blank(cell) for cell in row):
                yield number, row

    def key_header(self, key: Key) -> str:
        """Give the header of a column of ids."""
        return next((each.header for each in self.columns.values() if each.key == key), "")


@attrs.define
class FilledRow:
    """
    One row of a form while it is read.

    Attributes:
        sheet: The sheet it stands on.
        number: Its number, as a person sees it.
        keys: Its ids; empty texts where a cell is blank.
        facts: Known facts, by path.
        is_unread: Whether an id could not be read, which was told.
    """

    sheet: FilledSheet
    number: int
    keys: dict[str, str] = attrs.field(factory=dict)
    facts: dict[str, Any] = attrs.field(factory=dict)
    is_unread: bool = False

    def problem(self, header: str, code: str, what: str, mend: str, *, aside: bool) -> None:
        """List a problem of this row."""
        self.sheet.reader.problems.append(
            RowProblem(self.sheet.sheet.name, self.number, header, code, what, mend, sets_aside=aside)
        )


@attrs.define
class FilledHome:
    """
    A household while it is read.

    Attributes:
        row: Its row on the form of households.
        members: Its rows on the form of members.
        again: Further rows on the form of households with its number.
        aside: Whether a problem keeps it from being read.
    """

    row: FilledRow
    members: list[FilledRow] = attrs.field(factory=list)
    again: list[FilledRow] = attrs.field(factory=list)
    aside: bool = False


@attrs.define
class FilledForms:
    """
    The sheets of forms of one register.

    Attributes:
        forms: The forms they are of.
        problems: Everything that could not be read; added to.
        sheets: By what their rows are, in the order taken.
        unnumbered: Rows on the form of households without a number that can be read, once joined.
    """

    forms: Forms
    problems: list[RowProblem]
    sheets: dict[FormRows, list[FilledSheet]] = attrs.field(factory=dict)
    unnumbered: list[FilledRow] = attrs.field(factory=list)

    def take(self, form: Form, layout: Layout, sheet: Sheet) -> tuple[list[Fault], int]:
        """Take a sheet; give the faults of its headers, and the number of its rows."""
        columns, faults = match(sheet.rows[0], layout, sheet.header_at)
        if faults:
            return faults, 0
        reader = RosterReader(sheet.name, columns, self.problems, read_form_cell)
        width = max(len(row) for row in sheet.rows)
        strays = tuple(place for place in range(width) if place not in columns)
        filled = FilledSheet(form, columns, sheet, reader, strays)
        self.sheets.setdefault(form.rows, []).append(filled)
        return [], sum(1 for _ in filled.rows())

    def homes(self) -> list[FilledHome]:
        """Join members to households by number; what cannot be joined is listed."""
        found: dict[str, FilledHome] = {}
        for row in self._rows(FormRows.HOUSEHOLD):
            number = self._key(row, Key.HOUSEHOLD)
            if not number:
                self.unnumbered.append(row)
                continue
            if number in found:
                home = found[number]
                for each in (row,) if home.again else (home.row, row):
                    header = each.sheet.key_header(Key.HOUSEHOLD)
                    what = "the number of this household stands twice; whose members are whose cannot be told"
                    mend = "give each household a number of its own"
                    each.problem(header, "double_household", what, mend, aside=True)
                home.again.append(row)
                home.aside = True
            else:
                found[number] = FilledHome(row)
        # Width may differ, as long as only one household can be meant.
        alike = Counter(str(tidy(number)) for number in found)
        by_likeness = {str(tidy(number)): number for number in found if alike[str(tidy(number))] == 1}
        for row in self._rows(FormRows.MEMBER):
            number = self._key(row, Key.HOUSEHOLD)
            if number not in found:
                number = by_likeness.get(str(tidy(number)), number)
            if number in found:
                found[number].members.append(row)
            elif number:
                header = row.sheet.key_header(Key.HOUSEHOLD)
                what, mend = "no household of the form has this number", "add the household, or correct the number"
                row.problem(header, "not_registered", what, mend, aside=True)
        return list(found.values())

    def build(self, home: FilledHome, people: set[IdNumber]) -> Household | None:
        """
        Check one household and build it; None when it is set aside.

        Args:
            home: Its rows.
            people: Certificate numbers that stand on earlier rows; added to.
        """
        for row in home.members:
            row.sheet.reader.identity(row.number, row.facts)
        home.row.sheet.reader.certificate(home.row.number, home.row.facts, "head_id_no")
        _check_people(home, people)
        numbers = _number(home)
        _check_heads(home)
        _draw_head(home)
        _check_count(home)
        if len(home.members) > MAX_MEMBERS:
            what = f"more than {MAX_MEMBERS} rows with this number"
            _aside(home, home.members[0], Key.HOUSEHOLD, "members", what, "check the numbers of households")
        if home.aside:
            return None
        try:
            members = [Member(id=number, **row.facts) for number, row in zip(numbers, home.members, strict=True)]
            return assemble(home.row.keys[Key.HOUSEHOLD], home.row.facts, members)
        except FupinRulesError as error:
            fault = error.faults[0]
            _aside(home, home.row, Key.HOUSEHOLD, fault.code, fault.what, fault.mend)
            return None

    def villages(self, seen: set[str]) -> Iterator[Village]:
        """
        Build the villages; a number that stands twice sets the later row aside.

        Args:
            seen: Numbers of villages read before; added to.
        """
        for row in self._rows(FormRows.VILLAGE):
            header, number = row.sheet.key_header(Key.VILLAGE), self._key(row, Key.VILLAGE)
            if not number:
                continue
            if number in seen:
                row.problem(header, "double", "stands twice", "keep one row for each village", aside=True)
                continue
            try:
                village = Village(id=number, **row.facts)
            except FupinRulesError as error:
                fault = error.faults[0]
                row.problem(header, fault.code, fault.what, fault.mend, aside=True)
                continue
            seen.add(number)
            yield village

    def summaries(self) -> Iterator[FilledSheet]:
        """Give the sheets of summaries."""
        for rows in FormRows:
            if rows in SUMMARIES:
                yield from self.sheets.get(rows, ())

    def _rows(self, rows: FormRows) -> Iterator[FilledRow]:
        for sheet in self.sheets.get(rows, ()):
            for number, cells in sheet.rows():
                yield read_row(sheet, number, cells)

    @staticmethod
    def _key(row: FilledRow, key: Key) -> str:
        """Give the id of a row; one that is missing sets the row aside."""
        found = row.keys.get(key, "")
        if not found and not row.is_unread:
            header = row.sheet.key_header(key)
            row.problem(header, "id", "has no number", "give one that is no certificate number", aside=True)
        return found


def read_row(sheet: FilledSheet, number: int, cells: Sequence[Cell]) -> FilledRow:
    """Read the ids and facts of a row; columns that are worked out are left to whoever compares them."""
    row = FilledRow(sheet, number)
    tell_stray(row, cells)
    for place, column in sheet.columns.items():
        cell = cells[place] if place < len(cells) else None
        if column.key:
            row.keys[column.key] = _read_key(row, column, cell)
        elif column.field is None or is_blank(cell):
            continue
        elif column.field.path == COMPLETE and cell == UNTOLD:
            row.facts[COMPLETE] = None
        else:
            row.facts[column.field.path] = sheet.reader.cell(number, column.header, column.field, cell)
    return row


def tell_stray(row: FilledRow, cells: Sequence[Cell]) -> None:
    """List a row in which something stands below no header, and is not read."""
    if any(place < len(cells) and not is_blank(cells[place]) for place in row.sheet.strays):
        what, mend = "a cell stands below no header", "give the column a header, or clear it"
        row.problem("", "no_header", what, mend, aside=False)


def _read_key(row: FilledRow, column: Column, cell: Cell) -> str:
    if is_blank(cell):
        return ""
    if isinstance(cell, str):
        return unguarded(cell).strip()
    what = "expected a text: format the column as text, for a number has lost digits"
    row.problem(column.header, "number_for_text", what, "format the column as text and enter it again", aside=True)
    row.is_unread = True
    return ""


def _aside(home: FilledHome, row: FilledRow, key: Key | str, code: str, what: str, mend: str) -> None:
    header = row.sheet.key_header(key) if isinstance(key, Key) else key
    row.problem(header, code, what, mend, aside=True)
    home.aside = True


def _check_people(home: FilledHome, people: set[IdNumber]) -> None:
    for row in home.members:
        found = row.facts.get("id_no")
        if isinstance(found, IdNumber):
            if found in people:
                what, mend = "this certificate number stands on an earlier row", "keep the person in one household"
                _aside(home, row, row.sheet.reader.header("id_no"), "double_person", what, mend)
            people.add(found)


def _number(home: FilledHome) -> list[str]:
    """Number the members: as told, and where nothing is told by their order."""
    told = Counter(number for row in home.members if (number := row.keys.get(Key.MEMBER, "")))
    free = (str(place) for place in range(1, 2 * len(home.members) + 1) if str(place) not in told)
    numbers: list[str] = []
    seen: set[str] = set()
    for row in home.members:
        number = row.keys.get(Key.MEMBER, "") or next(free)
        if number in seen:
            what = "the number of this member stands twice in the household"
            _aside(home, row, Key.MEMBER, "double_member", what, "give another, or leave it blank")
        if row.is_unread:
            home.aside = True
        seen.add(number)
        numbers.append(number)
    return numbers


def _check_heads(home: FilledHome) -> None:
    heads = [row for row in home.members if row.facts.get("relation") is Relation.HEAD]
    for row in heads[1:]:
        header, what = row.sheet.reader.header("relation"), "a second head in the household"
        row.problem(header, "two_heads", what, "keep one head of household", aside=False)
    if len(heads) > 1:
        for row in heads:
            row.facts["relation"] = CONFLICTING
    elif not heads and home.members and all(_is_told(row.facts.get("relation")) for row in home.members):
        stated = home.row.facts.get(STATED)
        if stated is not None and not isinstance(stated, NotKnown) and stated > len(home.members):
            # Rows are missing, and the head may stand on one of them; that is told already.
            return
        first = home.members[0]
        what = "no member of the household is its head"
        first.problem(first.sheet.reader.header("relation"), "headless", what, "say who is the head", aside=False)


def _draw_head(home: FilledHome) -> None:
    """Draw name and number of the head from the form of members where the form of households leaves them blank."""
    head = next((row for row in home.members if row.facts.get("relation") is Relation.HEAD), None)
    if head is None:
        return
    for path, inner, kind in (("head_id_no", "id_no", IdNumber), ("head_name", "name", PersonName)):
        drawn, held = head.facts.get(inner), home.row.facts.get(path)
        if not isinstance(drawn, kind):
            continue
        if held is None:
            home.row.facts[path] = drawn
        elif isinstance(held, kind) and held != drawn:
            what, mend = "differs from the row of the head on the form of members", "say the same on both forms"
            home.row.sheet.reader.dispute(home.row.number, home.row.facts, path, "differs", what, mend)


def _check_count(home: FilledHome) -> None:
    """Tell whether the roster is complete: it is where the number stated is that of the rows, unless told otherwise."""
    facts, rows = home.row.facts, len(home.members)
    stated, is_told, told = facts.get(STATED), COMPLETE in facts, facts.get(COMPLETE)
    if stated is None or isinstance(stated, NotKnown):
        return
    # Somebody said that not all are listed, or that nobody knows: fewer rows than people agree with that.
    if is_told and told is not True and (told is not False or stated > rows):
        return
    if stated == rows and told is not False:
        facts[COMPLETE] = True
        return
    facts[COMPLETE] = CONFLICTING
    what = f"states {stated} members, but there are {rows} rows"
    if stated == rows:
        what = f"states {stated} members, all of whom are listed, and that not all are"
    mend = "add the missing rows, or correct the number"
    header = home.row.sheet.reader.header(STATED)
    home.row.problem(header, "count", what, mend, aside=False)


def _is_told(value: object) -> bool:
    return value is not None and not isinstance(value, NotKnown)


def complete_by_count(home: Household) -> object:
    """Give what a filled form says of the roster where its column for that is blank."""
    stated = home.stated_member_count
    if stated is None or isinstance(stated, NotKnown):
        return None
    return True if stated == len(home.members) else CONFLICTING
