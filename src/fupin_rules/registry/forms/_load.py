"""
Reading the forms of a pack: the files in its folder `forms`, and those of the packs it extends, checked whole.

A form has the name of its file. `fill.toml` is no form: it fills open places of forms, its own pack's or those of a
pack below. All faults are told at once, with file, line and column.
"""

from __future__ import annotations

import difflib
import functools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

import attrs

from fupin_rules.citations import Citation, Source, Standing
from fupin_rules.documents import RawExpr, Table, read_toml
from fupin_rules.errors import ExpressionError, Fault, FupinRulesError, LimitError, PolicyError
from fupin_rules.expr import Call, Expr, IsKnown, Kind, Name, OrElse, Scope, check, walk
from fupin_rules.model import Field, Household, Sort, Village, catalogue
from fupin_rules.policy import Snapshot, Subject, find_pack, load_policy
from fupin_rules.registry._layouts import fold as folded
from fupin_rules.registry.forms._form import SUMMARIES, Fold, FoldSort, Form, FormColumn, FormRows, Forms, Key

FORMAT = 1
MAX_COLUMNS = 400
MAX_SLOTS = 100
MAX_PLACES = 6
FOLDER = "forms"
FILLS = "fill"

_NOWHERE = Citation(Source("", "", "", Standing.ASSUMPTION))
_WAYS = ("key", "fact", "value", "count", "sum", "remark")
# What may stand in a column of each kind of rows.
_ALLOWED: Mapping[FormRows, frozenset[str]] = {
    FormRows.HOUSEHOLD: frozenset({"key", "fact"}),
    FormRows.MEMBER: frozenset({"key", "fact"}),
    FormRows.VILLAGE: frozenset({"key", "fact"}),
    FormRows.HOUSEHOLD_SUMMARY: frozenset({"key", "fact", "value", "remark"}),
    FormRows.VILLAGE_SUMMARY: frozenset({"fact", "count", "sum", "remark"}),
}
_KEYS: Mapping[FormRows, frozenset[Key]] = {
    FormRows.HOUSEHOLD: frozenset({Key.HOUSEHOLD}),
    FormRows.MEMBER: frozenset({Key.HOUSEHOLD, Key.MEMBER}),
    FormRows.VILLAGE: frozenset({Key.VILLAGE}),
    FormRows.HOUSEHOLD_SUMMARY: frozenset({Key.HOUSEHOLD}),
    FormRows.VILLAGE_SUMMARY: frozenset(),
}
_ORDER = tuple(FormRows)
# Functions that read the day of the assessment.
_OF_THE_DAY = frozenset({"age"})


def load_forms(pack: str | Path = "yucheng-2016", *, search: Sequence[Path] = ()) -> Forms:
    """
    Load the forms of a pack and of the packs it extends; a nearer form of the same id goes before one below.

    Args:
        pack: Id of an installed pack, or the path of a pack folder.
        search: Folders that hold further packs, looked through before the installed ones.

    Raises:
        PolicyError: The pack is not found, or it or its forms have faults; all of them are listed.
        LimitError: A file is larger or deeper than is read.

    >>> [form.zh for form in load_forms().forms][:2]
    ['贫困户登记表', '贫困户家庭成员信息表']
    """
    policy = load_policy(pack, search=search)
    # Without values of parameters, which no fold reads: a pack may leave them open.
    snapshot = Snapshot(policy, policy.days.start, MappingProxyType({}))
    folders = [find_pack(each, search) for each in policy.lineage[:-1]] + [find_pack(pack, search)]
    faults: list[Fault] = []
    held: dict[str, Form] = {}
    fills: list[tuple[Table, _Cited]] = []
    for folder in folders:
        for path in sorted((folder / FOLDER).iterdir()) if (folder / FOLDER).is_dir() else ():
            if not path.is_file() or path.suffix != ".toml":
                mend = "keep only `<id>.toml` there"
                faults.append(Fault(f"{folder.name}/{FOLDER}/{path.name}", "is no form", mend, "unknown_file"))
                continue
            try:
                document = read_toml(path, f"{folder.name}/{FOLDER}/{path.name}")
            except FupinRulesError as error:
                faults += error.faults
                continue
            table = Table(document, document.data, (), faults)
            cited = _Cited(policy.sources)
            if path.stem == FILLS:
                fills.append((table, cited))
            elif (form := _FormReader(table, cited, snapshot).read(path.stem)) is not None:
                held[form.id] = form
    for table, cited in fills:
        _fill(table, cited, held)
    if not held and not faults:
        mend = "add files to its folder `forms`, or extend a pack that has forms"
        faults.append(Fault(f"pack `{policy.id}`", "has no forms", mend, "no_forms"))
    if faults:
        raise PolicyError(faults)
    ordered = sorted(held.values(), key=lambda form: _ORDER.index(form.rows))
    return Forms(policy.id, tuple(ordered), snapshot)


@functools.cache
def default_forms() -> Forms:
    """Give the forms of `yucheng-2016`, read once."""
    return load_forms()


@attrs.frozen
class _Cited:
    """The sources that a form may cite."""

    sources: Mapping[str, Source]

    def read(self, table: Table, key: str) -> Citation:
        text = table.text(key)
        name, _, locator = text.partition("#")
        if name in self.sources:
            return Citation(self.sources[name], locator)
        if text:
            what = f"`{key}` cites `{name[:60]}`, which is no source"
            table.fault(what, "add it to sources.toml", key, code="no_source")
        return _NOWHERE


@attrs.frozen
class _FormReader:
    """Reads one file as a form."""

    table: Table
    cited: _Cited
    snapshot: Snapshot

    def read(self, stem: str) -> Form | None:
        """Read it; None when there are faults."""
        table = self.table
        before = len(table.faults)
        _read_format(table)
        form_id = table.text("id")
        if form_id and form_id != stem:
            table.fault(f"`id` is `{form_id[:64]}`, the file `{stem}`", "give both one name", "id", code="id")
        (zh, en), (note_zh, note_en) = table.words("title"), table.words("note", required=False)
        rows = table.choice("rows", FormRows)
        source, columns_source = self.cited.read(table, "source"), self.cited.read(table, "columns_source")
        marks = table.texts("marks")
        slots, slots_source = self._slots()
        written = list(table.tables("columns"))[: MAX_COLUMNS + 1]
        table.close()
        if rows is None:
            return None
        if slots and rows in SUMMARIES:
            table.fault("a summary has no open places", "remove `slots`", "slots", code="slots")
        columns = [each for row in written if (each := self._column(row, rows, columns_source)) is not None]
        self._check(rows, columns, marks, written)
        if len(table.faults) > before:
            return None
        return Form(form_id, zh, en, rows, tuple(columns), marks, source, slots, slots_source, note_zh, note_en)

    def _slots(self) -> tuple[int, Citation | None]:
        inner = self.table.table("slots")
        if inner is None:
            return 0, None
        count = inner.whole("count", low=1, high=MAX_SLOTS)
        source = self.cited.read(inner, "source")
        inner.close()
        return count or 0, source

    def _column(self, row: Table, rows: FormRows, default: Citation) -> FormColumn | None:
        before = len(row.faults)
        given = [way for way in _WAYS if way in row.data]
        if len(given) != 1:
            row.fault(f"has not exactly one of {', '.join(_WAYS)}", "give one", code="column")
            return None
        (way,) = given
        if way not in _ALLOWED[rows]:
            allowed = ", ".join(each for each in _WAYS if each in _ALLOWED[rows])
            row.fault(f"`{way}` has no place on a form of rows `{rows}`", f"give one of {allowed}", way, code="column")
            return None
        key = row.choice("key", Key) if way == "key" else None
        if key is not None and key not in _KEYS[rows]:
            row.fault(f"a form of rows `{rows}` has no number of a {key}", "remove the column", "key", code="column")
        field = _field(row, rows) if way == "fact" else None
        fold = self._fold(row, way) if way in ("value", "count", "sum", "remark") else None
        header = row.words("header", required=field is None)
        zh, en = (header[0], header[1]) if header[0] or field is None else (field.spec.zh, field.spec.en)
        hint_zh, hint_en = row.words("hint", required=False)
        aliases, required = row.texts("aliases"), row.flag("required", default=False)
        source = self.cited.read(row, "source") if "source" in row.data else default
        row.close()
        if len(row.faults) > before:
            return None
        return FormColumn(zh, en, source, key, field, fold, aliases, hint_zh, hint_en, required)

    def _fold(self, row: Table, way: str) -> Fold | None:
        sort = FoldSort(way)
        if sort is FoldSort.REMARK:
            if row.get("remark", bool, "true") is False:
                row.fault("`remark` is false", "leave the column out", "remark", code="column")
            return Fold(sort)
        expr = self._expr(row, way, Kind.CLAIM if sort is FoldSort.COUNT else Kind.NUMBER)
        where = self._expr(row, "where", Kind.CLAIM) if sort is FoldSort.SUM and "where" in row.data else None
        places = row.whole("places", low=0, high=MAX_PLACES, required=False) or 0
        return None if expr is None else Fold(sort, expr, where, places)

    def _expr(self, row: Table, key: str, kind: Kind) -> Expr | None:
        raw = row.expression(key)
        if raw is None:
            return None
        try:
            check(raw.expr, self._scope(), expect=kind)
        except (ExpressionError, LimitError) as error:
            row.faults.extend(attrs.evolve(fault, where=raw.place(fault.where)) for fault in error.faults)
            return None
        if what := self._unfit(raw):
            row.fault(f"`{key}` {what}", "fold facts only", key, code="fold")
            return None
        return raw.expr

    def _scope(self) -> Scope:
        return self.snapshot.scope(Subject.HOUSEHOLD)

    def _unfit(self, raw: RawExpr) -> str:
        """Say why a fold cannot be one: what it gives may depend on facts alone, and never on a default."""
        for node in walk(self.snapshot.inline(raw.expr)):
            match node:
                case Name(path) if path in self.snapshot.policy.parameters:
                    return f"reads the parameter `{path}`, which has other values on other days"
                case Call(name) if name in _OF_THE_DAY:
                    return f"calls `{name}`, which depends on the day"
                case IsKnown() | OrElse():
                    return "asks whether a fact is known"
                case _:
                    pass
        return ""

    def _check(
        self, rows: FormRows, columns: Sequence[FormColumn], marks: Sequence[str], written: Sequence[Table]
    ) -> None:
        table = self.table
        if len(written) > MAX_COLUMNS:
            table.fault(f"more than {MAX_COLUMNS} columns", "split the form", "columns", code="columns")
        for name, place in _doubles(columns):
            table.fault(f"two columns are called `{name}`", "rename one", "columns", place, code="double")
        if rows is FormRows.VILLAGE_SUMMARY:
            _check_area(table, columns)
        keys = {column.key for column in columns}
        for key in sorted(_KEYS[rows] - keys):
            table.fault(f"has no column with the number of the {key}", f'add one with key = "{key}"', code="no_key")
        known = {folded(column.zh) for column in columns}
        if not marks:
            table.fault("`marks` is empty", "name headers that only this form has together", "marks", code="marks")
        for mark in marks:
            if folded(mark) not in known and len(columns) == len(written):
                table.fault(
                    f"`marks` names `{mark[:60]}`, no header", "name headers of its columns", "marks", code="marks"
                )


def _read_format(table: Table) -> None:
    written = table.get("format", int, f"the number {FORMAT}")
    if written is not None and written != FORMAT:
        what = f"format {written} is not read"
        table.fault(what, f"this version reads format {FORMAT}", "format", code="format")


def _field(row: Table, rows: FormRows) -> Field | None:
    path = row.text("fact")
    known = fields_of(rows)
    if path in known:
        return known[path]
    row.fault(f"`{path[:100]}` is no fact of this form's rows", _near(path, known), "fact", code="unknown_fact")
    return None


def fields_of(rows: FormRows) -> Mapping[str, Field]:
    """Give the facts that a form of such rows may hold, by path as the form writes it."""
    match rows:
        case FormRows.VILLAGE:
            return catalogue(Village).fields
        case FormRows.MEMBER:
            return {f"members.{path}": field for path, field in catalogue(Household).members.items()}
        case _:
            return catalogue(Household).fields


def _near(name: str, known: Mapping[str, object]) -> str:
    near = difflib.get_close_matches(name, known, 1)
    return f"did you mean `{near[0]}`?" if near else f"known: {', '.join([*known][:12])}"


def _check_area(table: Table, columns: Sequence[FormColumn]) -> None:
    """A summary of villages groups by the names of areas, the village last."""
    fields = [column.field for column in columns if column.field is not None]
    if [field.path for field in fields][-1:] != ["village"] or any(
        field.spec.sort is not Sort.TEXT for field in fields
    ):
        what = "does not name the village by texts, `village` last"
        table.fault(what, 'give the names of areas, { fact = "village" } after them', "columns", code="area")


def _doubles(columns: Sequence[FormColumn]) -> Iterator[tuple[str, int]]:
    seen: set[str] = set()
    for place, column in enumerate(columns):
        name = folded(column.zh)
        if name in seen:
            yield column.zh, place
        seen.add(name)


def _fill(table: Table, cited: _Cited, held: dict[str, Form]) -> None:
    """Put the columns of `fill.toml` into the open places of forms."""
    _read_format(table)
    for row in table.tables("fill"):
        before = len(row.faults)
        name = row.text("form")
        form = held.get(name)
        if form is None and name:
            row.fault(f"`{name[:60]}` is no form of the pack", _near(name, held), "form", code="no_form")
        slot = row.whole("slot", low=1, high=form.slots if form and form.slots else MAX_SLOTS)
        field = None if form is None else _field(row, form.rows)
        row.given("fact")
        header, hint = row.words("header", required=False), row.words("hint", required=False)
        aliases, required = row.texts("aliases"), row.flag("required", default=False)
        source = cited.read(row, "source")
        row.close()
        if form is None or slot is None or field is None:
            continue
        if slot not in form.open_slots:
            row.fault(f"place {slot} of `{form.id}` is not open", "give an open one", "slot", code="slot")
        zh, en = header if header[0] else (field.spec.zh, field.spec.en)
        if folded(zh) in {folded(column.zh) for column in form.columns}:
            row.fault(f"`{form.id}` has a column `{zh}` already", "give another header", code="double")
        if len(row.faults) == before:
            column = FormColumn(zh, en, source, None, field, None, aliases, *hint, required, slot)
            columns = sorted((*form.columns, column), key=lambda each: each.slot or 0)
            held[name] = attrs.evolve(form, columns=tuple(columns))
    table.close()
