"""
The roster sheet, one row a member: rows grouped into households, cells into facts.

A row whose relation is "head" begins a household; the rows below it are its members. A household is read whole or set
aside whole, for a wrong roster must not decide about anybody. A cell that cannot be read leaves its one fact unknown,
held as conflicting, and is listed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import attrs

from fupin_rules.model import (
    MAX_MEMBERS,
    Field,
    IdNumber,
    Member,
    PersonName,
    Relation,
    Sex,
    birth_date_of,
    certificate_problems,
    sex_of,
)
from fupin_rules.registry._cells import Cell, is_blank, read_cell, tidy
from fupin_rules.registry._layouts import Column
from fupin_rules.registry._problems import RowProblem
from fupin_rules.truth import NotKnown, Why

CONFLICTING = NotKnown(Why.CONFLICTING)


@attrs.define
class Group:
    """
    The rows of one household while they are read.

    Attributes:
        rows: Row numbers.
        members: Facts of each member, by path.
        facts: Facts of the household, by path.
        set_aside: Whether a problem keeps the household from being read.
    """

    rows: list[int] = attrs.field(factory=list)
    members: list[dict[str, Any]] = attrs.field(factory=list)
    facts: dict[str, Any] = attrs.field(factory=dict)
    set_aside: bool = False


@attrs.define
class RosterReader:
    """
    Reads one roster sheet.

    Attributes:
        sheet: Name of the sheet, for messages.
        columns: Matched columns, by place.
        problems: Everything that could not be read; added to.
    """

    sheet: str
    columns: dict[int, Column]
    problems: list[RowProblem]

    def groups(self, rows: Sequence[tuple[Cell, ...]]) -> Iterator[Group]:
        """Group rows into households and check each roster."""
        group: Group | None = None
        for place, row in enumerate(rows):
            number = place + 2
            if all(is_blank(cell) for cell in row):
                continue
            household, member = self._row(number, row)
            if member.get("relation") is Relation.HEAD or group is None:
                if group is not None:
                    yield self._checked(group)
                group = Group()
                if member.get("relation") is not Relation.HEAD:
                    self._aside(
                        group,
                        number,
                        "与户主关系",
                        "no_head",
                        "stands before any head of household",
                        "put the head's row first",
                    )
            group.rows.append(number)
            group.members.append(member)
            self._join(group, number, household)
        if group is not None:
            yield self._checked(group)

    def _row(self, number: int, row: tuple[Cell, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
        facts: dict[str, dict[str, Any]] = {"household": {}, "member": {}}
        for place, column in self.columns.items():
            if column.field is not None:
                cell = row[place] if place < len(row) else None
                facts[column.field.owner][column.field.path] = self.cell(number, column.header, column.field, cell)
        self._identity(number, facts["member"])
        return facts["household"], facts["member"]

    def cell(self, number: int, header: str, field: Field, cell: Cell) -> Any:
        """Read one cell; one that does not fit is listed and held as conflicting."""
        try:
            return read_cell(field.spec, cell)
        except ValueError as error:
            as_number = field.spec.private is not None and not isinstance(tidy(cell), str)
            code = "number_for_text" if as_number else "cell"
            mend = (
                "format the column as text and enter it again" if as_number else "correct the cell, or leave it blank"
            )
            self.problems.append(RowProblem(self.sheet, number, header, code, str(error), mend, sets_aside=False))
            return CONFLICTING

    def _identity(self, number: int, member: dict[str, Any]) -> None:
        """Check a certificate number, and draw from it what no cell tells."""
        found = member.get("id_no")
        if not isinstance(found, IdNumber):
            return
        text = found.reveal()
        faults = certificate_problems(text)
        if faults:
            what = f"is no valid certificate number ({', '.join(faults)})"
            self.problems.append(
                RowProblem(
                    self.sheet,
                    number,
                    "证件号码",
                    "certificate",
                    what,
                    "check it on the card",
                    sets_aside=False,
                )
            )
            member["id_no"] = CONFLICTING
            return
        if member.get("birth_date") is None:
            member["birth_date"] = birth_date_of(text)
        sex = member.get("sex")
        if isinstance(sex, Sex) and sex is not Sex.NOT_STATED and sex is not sex_of(text):
            what = "differs from the sex in the certificate number"
            self.problems.append(
                RowProblem(self.sheet, number, "性别", "sex", what, "check both on the card", sets_aside=False)
            )
            member["sex"] = CONFLICTING

    def _join(self, group: Group, number: int, household: dict[str, Any]) -> None:
        for path, value in household.items():
            held = group.facts.get(path)
            if held is None:
                group.facts[path] = value
            elif value is not None and value != held and not isinstance(held, NotKnown):
                header = next(each.header for each in self.columns.values() if each.field and each.field.path == path)
                what = "differs from the row of the head"
                self.problems.append(
                    RowProblem(
                        self.sheet,
                        number,
                        header,
                        "differs",
                        what,
                        "say the same on every row",
                        sets_aside=False,
                    )
                )
                group.facts[path] = CONFLICTING

    def _checked(self, group: Group) -> Group:
        stated = group.facts.get("stated_member_count")
        if stated is not None and not isinstance(stated, NotKnown) and stated != len(group.rows):
            # Somebody may be missing, or the number wrong: whether the roster is complete is in dispute.
            group.facts["members_complete"] = CONFLICTING
            what, mend = (
                f"states {stated} members, but there are {len(group.rows)} rows",
                "add the missing rows, or correct the number",
            )
            self.problems.append(RowProblem(self.sheet, group.rows[0], "人数", "count", what, mend, sets_aside=False))
        if len(group.rows) > MAX_MEMBERS:
            what = f"more than {MAX_MEMBERS} rows below one head"
            self._aside(group, group.rows[0], "与户主关系", "members", what, "check the heads of household")
        return group

    def _aside(self, group: Group, number: int, header: str, code: str, what: str, mend: str) -> None:
        group.set_aside = True
        self.problems.append(RowProblem(self.sheet, number, header, code, what, mend, sets_aside=True))


def build_members(group: Group) -> tuple[Member, ...]:
    """Number the members of a group and build them."""
    return tuple(Member(id=str(place), **facts) for place, facts in enumerate(group.members, start=1))


def head_of(group: Group) -> tuple[IdNumber | None, PersonName | None]:
    """Give certificate number and name of the head, where they are readable."""
    head = group.members[0]
    number, name = head.get("id_no"), head.get("name")
    return (number if isinstance(number, IdNumber) else None, name if isinstance(name, PersonName) else None)
