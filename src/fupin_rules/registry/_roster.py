"""
The roster sheet, one row a member: rows grouped into households, cells into facts.

Where the sheet has numbers of households, rows of one number are one; otherwise a row whose relation is "head" begins
a household, and the rows below it are its members. A household is read whole or set
aside whole, for a wrong roster must not decide about anybody. A cell that cannot be read leaves its one fact unknown,
held as conflicting, and is listed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from fupin_rules.model import (
    GROUPS,
    MAX_MEMBERS,
    Field,
    FieldSpec,
    Household,
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
_KEPT_CELLS = 50_000


@attrs.define
class Group:
    """
    The rows of one household while they are read.

    Attributes:
        id: Number of the household, where the sheet has one.
        rows: Row numbers.
        members: Facts of each member, by path.
        facts: Facts of the household, by path.
        set_aside: Whether a problem keeps the household from being read.
    """

    id: str = ""
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
        read: How a cell becomes a fact.
    """

    sheet: str
    columns: dict[int, Column]
    problems: list[RowProblem]
    read: Callable[[FieldSpec, Cell], Any] = read_cell
    _read_before: dict[tuple[str, str], Any] = attrs.field(factory=dict, repr=False)

    def groups(self, rows: Iterable[tuple[int, tuple[Cell, ...]]]) -> Iterator[Group]:
        """Group rows, each with its number, into households and check each roster."""
        told = [(number, row) for number, row in rows if not all(is_blank(cell) for cell in row)]
        key = next((place for place, column in self.columns.items() if column.key == "household"), None)
        groups = self._by_head(told) if key is None else self._by_number(told, key)
        return map(self._checked, groups)

    def _by_number(self, rows: Iterable[tuple[int, tuple[Cell, ...]]], key: int) -> Iterator[Group]:
        """Group rows by the number of their household, wherever they stand; one without is set aside by itself."""
        groups: dict[str, Group] = {}
        for number, row in rows:
            household, member = self._row(number, row)
            cell = tidy(row[key]) if key < len(row) else None
            name = cell if isinstance(cell, str) else ""
            group = groups.setdefault(name or f"row {number}", Group(name))
            group.rows.append(number)
            group.members.append(member)
            if not name:
                what = "no number of a household" if is_blank(cell) else "the number of the household is no text"
                self._aside(group, number, self.columns[key].header, "id", what, "enter it as on the register")
            self._join(group, number, household)
        for group in groups.values():
            self._check_heads(group)
            yield group

    def _check_heads(self, group: Group) -> None:
        """List a household of two heads, or of none; who is the head of two is held as conflicting."""
        if group.set_aside:
            return
        header, told = self.header("relation"), [member.get("relation") for member in group.members]
        heads = [place for place, relation in enumerate(told) if relation is Relation.HEAD]
        found: tuple[str, str, str] | None = None
        at: list[int] = []
        if len(heads) > 1:
            found, at = ("two_heads", "a second head in the household", "keep one head of household"), heads[1:]
            for place in heads:
                group.members[place]["relation"] = CONFLICTING
        elif not heads and all(isinstance(relation, Relation) for relation in told):
            stated = group.facts.get("stated_member_count")
            if stated is None or isinstance(stated, NotKnown) or stated <= len(told):
                # Where rows are missing the head may stand on one of them; that is told already.
                found, at = ("headless", "no member of the household is its head", "say who is the head"), [0]
        if found is not None:
            code, what, mend = found
            for place in at:
                self.problems.append(
                    RowProblem(self.sheet, group.rows[place], header, code, what, mend, sets_aside=False)
                )

    def _by_head(self, rows: Iterable[tuple[int, tuple[Cell, ...]]]) -> Iterator[Group]:
        """Group rows by adjacency: a head begins a household, and the rows below are its members."""
        group: Group | None = None
        for number, row in rows:
            household, member = self._row(number, row)
            if member.get("relation") is Relation.HEAD or group is None:
                if group is not None:
                    yield group
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
            yield group

    def _row(self, number: int, row: tuple[Cell, ...]) -> tuple[dict[str, Any], dict[str, Any]]:
        facts: dict[str, dict[str, Any]] = {"household": {}, "member": {}}
        for place, column in self.columns.items():
            if column.field is not None:
                cell = row[place] if place < len(row) else None
                facts[column.field.owner][column.field.path] = self.cell(number, column.header, column.field, cell)
        self.identity(number, facts["member"])
        return facts["household"], facts["member"]

    def cell(self, number: int, header: str, field: Field, cell: Cell) -> Any:
        """Read one cell; one that does not fit is listed and held as conflicting."""
        # The same few labels and amounts stand in thousands of cells; personal texts are never kept.
        kept = (header, cell) if isinstance(cell, str) and field.spec.private is None else None
        if kept is not None and kept in self._read_before:
            return self._read_before[kept]
        try:
            value = self.read(field.spec, cell)
        except ValueError as error:
            as_number = field.spec.private is not None and not isinstance(tidy(cell), str)
            code = "number_for_text" if as_number else "cell"
            mend = (
                "format the column as text and enter it again" if as_number else "correct the cell, or leave it blank"
            )
            self.problems.append(RowProblem(self.sheet, number, header, code, str(error), mend, sets_aside=False))
            return CONFLICTING
        if kept is not None and len(self._read_before) < _KEPT_CELLS:
            self._read_before[kept] = value
        return value

    def identity(self, number: int, member: dict[str, Any]) -> None:
        """Check a certificate number, and draw from it what no cell tells."""
        if not self.certificate(number, member, "id_no"):
            return
        text = member["id_no"].reveal()
        born, told = birth_date_of(text), member.get("birth_date")
        if told is None:
            member["birth_date"] = born
        elif isinstance(told, date) and told != born:
            self.dispute(number, member, "birth_date", "birth", "differs from the certificate number")
        sex = member.get("sex")
        if isinstance(sex, Sex) and sex is not Sex.NOT_STATED and sex is not sex_of(text):
            self.dispute(number, member, "sex", "sex", "differs from the sex in the certificate number")

    def certificate(self, number: int, facts: dict[str, Any], path: str) -> bool:
        """Check a certificate number; one that is none is listed and held as conflicting. Tell whether there is one."""
        found = facts.get(path)
        if not isinstance(found, IdNumber):
            return False
        faults = certificate_problems(found.reveal())
        if faults == ("placeholder",):
            mend = "enter the number on the card, or leave it blank"
            self.dispute(number, facts, path, "placeholder", "stands for a number that is not known", mend)
            facts[path] = NotKnown(Why.NOT_COLLECTED)
        elif faults:
            what = f"is no valid certificate number ({', '.join(faults)})"
            self.dispute(number, facts, path, "certificate", what, "check it on the card")
        return not faults

    def dispute(
        self,
        number: int,
        facts: dict[str, Any],
        path: str,
        code: str,
        what: str,
        mend: str = "check both on the card",
    ) -> None:
        """List a fact that cannot stand beside another, and hold it as conflicting."""
        header = self.header(path)
        self.problems.append(RowProblem(self.sheet, number, header, code, what, mend, sets_aside=False))
        facts[path] = CONFLICTING

    def header(self, path: str) -> str:
        """Give the header of a fact on this sheet; empty where it has no column."""
        return next((each.header for each in self.columns.values() if each.field and each.field.path == path), "")

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


def assemble(household_id: str, facts: Mapping[str, Any], members: Sequence[Member]) -> Household:
    """
    Put facts by path into their groups, and build the household.

    Raises:
        ModelError: The id or the roster cannot be one.
    """
    flat: dict[str, Any] = {}
    grouped: dict[str, dict[str, Any]] = {}
    for path, value in facts.items():
        name, dot, inner = path.partition(".")
        if dot:
            grouped.setdefault(name, {})[inner] = value
        else:
            flat[path] = value
    parts = {name: GROUPS[name](**held) for name, held in grouped.items()}
    return Household(id=household_id, members=tuple(members), **flat, **parts)


def head_of(group: Group) -> tuple[IdNumber | None, PersonName | None]:
    """Give certificate number and name of the head, where they are readable."""
    head: dict[str, Any] = next((each for each in group.members if each.get("relation") is Relation.HEAD), {})
    number, name = head.get("id_no"), head.get("name")
    return (number if isinstance(number, IdNumber) else None, name if isinstance(name, PersonName) else None)
