"""
Filled summaries held against what the forms of households and members give: a number that disagrees is a finding.

A blank cell says nothing and agrees. A number where the forms leave the result open is a finding of its own, unless a
fact it rests on is in dispute, which was listed already. The words about what is left open are written, never read.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from fractions import Fraction
from typing import Any

import attrs

from fupin_rules.quantities import exact, plain
from fupin_rules.registry._cells import Cell, is_blank, tidy, ungrouped
from fupin_rules.registry._problems import RowProblem
from fupin_rules.registry.forms._areas import Area, AreaIndex
from fupin_rules.registry.forms._form import Form, FormColumn, FormRows, Key
from fupin_rules.registry.forms._summaries import Open, Summariser, SummaryRow
from fupin_rules.registry.forms._take import FilledRow, FilledSheet, tell_stray
from fupin_rules.truth import NotKnown, Why

_MEND = "correct it, or leave it blank to be worked out"


@attrs.frozen
class Aside:
    """
    What was set aside of the register, so that no summary is held against less than it is about.

    Attributes:
        households: Numbers of households, as they are typed.
        villages: What names their villages, by the id of a form of village summaries.
    """

    households: AbstractSet[str]
    villages: Mapping[str, Collection[tuple[str | None, ...]]]


@attrs.frozen(eq=False)
class _Names:
    """
    What the rows of one form may be about, laid up by name.

    Attributes:
        typed: Ids of households as they are typed: width does not count.
        areas: Names of villages, for which spaces do not count either.
        left_out: Names of the villages of which a household was set aside.
        has_nameless: Whether one of those is of a village that is not known.
    """

    typed: Mapping[str, Sequence[Area]]
    areas: AreaIndex
    left_out: AreaIndex
    has_nameless: bool


@attrs.define
class Comparison:
    """
    Compares the sheets of summaries of one register.

    Attributes:
        summariser: What the forms give.
        aside: What was set aside.
        problems: Findings; added to.
        skipped: Rows about households that were set aside, and about villages of which one was.
    """

    summariser: Summariser
    aside: Aside
    problems: list[RowProblem]
    skipped: int = 0

    def compare(self, sheets: Sequence[FilledSheet]) -> int:
        """Compare all sheets of one form; give the number of rows that were held against the forms."""
        form = sheets[0].form
        worked_out = self.summariser.rows(form)
        by_key = {row.key: row for row in worked_out}
        names = self._names(form, by_key)
        done: set[Area] = set()
        used = 0
        for sheet in sheets:
            for number, cells in sheet.rows():
                row = FilledRow(sheet, number)
                tell_stray(row, cells)
                key = self._key(row, cells, names)
                if key is None:
                    continue
                if key in done:
                    row.problem(_key_header(sheet), "double", "stands twice", "keep one row for each", aside=True)
                    continue
                done.add(key)
                used += 1
                if self._is_partial(form, key, names):
                    self.skipped += 1
                else:
                    self._row(row, cells, by_key[key])
        left = [row for row in worked_out if row.key not in done]
        if left and used:
            sheet = sheets[0]
            what = f"leaves out {len(left)} that the forms of households and members have"
            self.problems.append(
                RowProblem(
                    sheet.sheet.name,
                    sheet.sheet.above + 1,
                    _key_header(sheet),
                    "summary_gap",
                    what,
                    "work it out again",
                    sets_aside=False,
                )
            )
        return used

    def _names(self, form: Form, keys: Iterable[Area]) -> _Names:
        is_household = form.rows is FormRows.HOUSEHOLD_SUMMARY
        typed: dict[str, list[Area]] = {}
        for each in keys if is_household else ():
            typed.setdefault(_typed(each[-1]), []).append(each)
        left_out = frozenset(self.aside.villages.get(form.id, ()))
        return _Names(
            typed,
            AreaIndex(() if is_household else keys),
            AreaIndex(left_out),
            any(each[-1] is None for each in left_out),
        )

    def _key(self, row: FilledRow, cells: Sequence[Cell], names: _Names) -> Area | None:
        """Find what a row is about; None when it is nothing that was read."""
        form, header = row.sheet.form, _key_header(row.sheet)
        by_zh = {column.header: place for place, column in row.sheet.columns.items()}
        columns = [
            column
            for column in form.columns
            if (column.key if form.rows is FormRows.HOUSEHOLD_SUMMARY else column.field)
        ]
        parts = []
        for column in columns:
            place = by_zh.get(column.zh)
            cell = cells[place] if place is not None and place < len(cells) else None
            parts.append(None if is_blank(cell) else str(tidy(cell)))
        if form.rows is FormRows.HOUSEHOLD_SUMMARY:
            told = [cells[place] for place, column in row.sheet.columns.items() if column.key and place < len(cells)]
            found = list(names.typed.get(_typed(parts[0]), ()))
            found = [key for key in found if told == list(key)] or found
            if not found and parts[0] in self.aside.households:
                self.skipped += 1
                return None
        else:
            # Two are as many as any number: they cannot be told apart.
            found = list(names.areas.exactly(parts)) or list(itertools.islice(names.areas.alike(parts), 2))
            if not found and names.left_out.has_alike(parts):
                self.skipped += 1
                return None
        if len(found) == 1:
            return found[0]
        what = "several may be meant" if found else "nothing on the forms of households and villages has this name"
        row.problem(header, "summary_row", what, "name it as on those forms", aside=True)
        return None

    @staticmethod
    def _is_partial(form: Form, key: Area, names: _Names) -> bool:
        return form.rows is FormRows.VILLAGE_SUMMARY and (names.has_nameless or names.left_out.has_alike(key))

    def _row(self, row: FilledRow, cells: Sequence[Cell], worked_out: SummaryRow) -> None:
        form = row.sheet.form
        by_zh = {column.zh: (column, value) for column, value in zip(form.columns, worked_out.values, strict=True)}
        for place, column in row.sheet.columns.items():
            cell = cells[place] if place < len(cells) else None
            if is_blank(cell) or column.key:
                continue
            form_column, value = by_zh[column.header]
            if form_column.field is not None:
                if form.rows is FormRows.HOUSEHOLD_SUMMARY:
                    self._fact(row, form_column, cell, value)
            elif value is not None:
                self._number(row, form_column, cell, value)

    def _fact(self, row: FilledRow, column: FormColumn, cell: Cell, value: Any) -> None:
        assert column.field is not None
        told = row.sheet.reader.cell(row.number, column.zh, column.field, cell)
        if (
            isinstance(told, NotKnown)
            or told == value
            or (isinstance(value, NotKnown) and value.why is Why.CONFLICTING)
        ):
            return
        self._finding(row, column, is_open=value is None or isinstance(value, NotKnown), what="differs from that form")

    def _number(self, row: FilledRow, column: FormColumn, cell: Cell, value: Fraction | Open) -> None:
        try:
            told = tidy(cell)
            stated = exact(ungrouped(told) if isinstance(told, str) else told)
        except ValueError as error:
            row.problem(column.zh, "cell", str(error), "correct the cell, or leave it blank", aside=False)
            return
        if isinstance(value, Open):
            if not value.is_disputed:
                self._finding(row, column, is_open=True, what="")
        elif Fraction(stated) != value:
            self._finding(row, column, is_open=False, what=f"states {plain(stated)}, the forms give {plain(value)}")

    @staticmethod
    def _finding(row: FilledRow, column: FormColumn, *, is_open: bool, what: str) -> None:
        if is_open:
            what = "cannot be worked out: facts are missing on the forms of households and members"
            row.problem(column.zh, "summary_open", what, "add the facts, or leave it blank", aside=False)
        else:
            row.problem(column.zh, "summary", what, _MEND, aside=False)


def _typed(part: str | None) -> str:
    return "" if part is None else str(tidy(part))


def _key_header(sheet: FilledSheet) -> str:
    if sheet.form.rows is FormRows.HOUSEHOLD_SUMMARY:
        return sheet.key_header(Key.HOUSEHOLD)
    return [column.zh for column in sheet.form.columns if column.field is not None][-1]
