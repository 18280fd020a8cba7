"""The parts of a procedure read from the tables of a document, all but moves; what does not fit becomes a fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from fupin_rules.documents import Table
from fupin_rules.errors import WorkflowError
from fupin_rules.quantities import Unit
from fupin_rules.workflow.procedure._days import MAX_DAYS, DayCount, DayKind
from fupin_rules.workflow.procedure._parts import (
    MIGRATE,
    Code,
    CodeList,
    Deadline,
    EventType,
    EvidenceKind,
    Field,
    FieldKind,
    Level,
    Needs,
    NoticeKind,
    NoticeRule,
    OnObjection,
    Review,
    Role,
    Slot,
    State,
    StateKind,
    Then,
)
from fupin_rules.workflow.procedure._read_names import MAX_PARTS, Names, shown
from fupin_rules.workflow.procedure._read_upcasts import read_upcasts

# Beyond it a reader of JSON that holds numbers as binary64 rounds silently.
MAX_WHOLE: Final = 2**53 - 1
MAX_DIGITS: Final = 12


def read_levels(top: Table, names: Names) -> Iterator[Level]:
    """Read the levels, from below to above."""
    for name, row in names.parts(top, "levels"):
        yield Level(name, *row.words("label"), row.whole("digits", low=0, high=MAX_DIGITS) or 0)
        row.close()


def read_roles(top: Table, names: Names) -> Iterator[Role]:
    """Read the roles."""
    for name, row in names.parts(top, "roles"):
        yield Role(name, names.one(row, "level", "levels"), *row.words("label"), names.cite(row, "source"))
        row.close()


def read_lists(top: Table, names: Names) -> Iterator[CodeList]:
    """Read the code lists."""
    for name, row in names.parts(top, "lists"):
        codes = []
        for code, entry in names.parts(row, "codes"):
            codes.append(Code(code, entry.text("zh"), entry.text("en")))
            entry.close()
        if not codes:
            row.fault("has no `codes`", "add `codes = [{ id = …, zh = …, en = … }]`", code="empty_list")
            names.is_whole = False
        row.close()
        yield CodeList(name, tuple(codes))


def read_evidence(top: Table, names: Names) -> Iterator[EvidenceKind]:
    """Read the sorts of evidence."""
    for name, row in names.parts(top, "evidence"):
        yield EvidenceKind(name, *row.words("label"))
        row.close()


def read_facts(top: Table, names: Names) -> Iterator[Field]:
    """Read what a case remembers; a fact that cannot be read is left out."""
    for name, row in names.parts(top, "facts"):
        keep = row.flag("keep", default=False)
        yield from _read_field(name, row, names, keep=keep)


def read_events(top: Table, names: Names, lists: Mapping[str, CodeList]) -> Iterator[EventType]:
    """Read the events."""
    for name, row in names.parts(top, "events"):
        words, version = row.words("label"), row.whole("version", low=1, high=MAX_PARTS, required=False) or 1
        fields: list[Field] = []
        for field, entry in names.parts(row, "fields"):
            required = entry.flag("required", default=True)
            fields += _read_field(field, entry, names, required=required)
        if name == MIGRATE:
            what = f"`{MIGRATE}` is what changes the procedure of a case"
            row.fault(what, "give another id", "id", code="name")
        upcasts = read_upcasts(row, version, fields if names.is_whole else None, lists)
        row.close()
        yield EventType(name, *words, tuple(fields), version, upcasts)


def _read_field(name: str, row: Table, names: Names, *, required: bool = True, keep: bool = False) -> Iterator[Field]:
    """Read a field or fact, or nothing after a fault; then names of it are no faults of their own."""
    words, before = row.words("label"), len(row.faults)
    kind = row.choice("kind", FieldKind)
    listed = names.one(row, "list", "lists", required=kind is FieldKind.CODE)
    is_number = kind is FieldKind.NUMBER
    low = row.whole("low", low=-MAX_WHOLE, high=MAX_WHOLE, required=is_number)
    high = row.whole("high", low=-MAX_WHOLE, high=MAX_WHOLE, required=is_number)
    unit = _read_unit(row)
    wanted_by = {"list": FieldKind.CODE} | dict.fromkeys(("low", "high", "unit"), FieldKind.NUMBER)
    for key, wanted in wanted_by.items():
        if kind not in (None, wanted) and key in row.data:
            row.fault(f"has `{key}`, but is no {wanted}", "remove it", key, code="kind")
    if low is not None and high is not None and high < low:
        row.fault("`high` is below `low`", "give the lowest and the highest", "high", code="number")
    is_whole = len(row.faults) == before
    row.close()
    if kind is not None and is_whole:
        yield Field(name, kind, *words, listed, low, high, unit, required, keep)
    else:
        names.is_whole = False


def _read_unit(row: Table) -> str:
    text = row.text("unit", required=False)
    try:
        unit = str(Unit.parse(text)) if text else ""
    except ValueError as error:
        row.fault(str(error), "see the units of the reference", "unit", code="unit")
        return ""
    # A plain number is said by leaving the unit out.
    return "" if unit == "1" else unit


def read_states(top: Table, names: Names) -> Iterator[State]:
    """Read the states; one whose kind cannot be read counts as open."""
    for name, row in names.parts(top, "states"):
        kind, words = row.choice("kind", StateKind) or StateKind.OPEN, row.words("label")
        level, protected = names.one(row, "level", "levels", required=False), row.flag("protected", default=False)
        yield State(name, kind, *words, level, protected, _read_needs(row, names))
        row.close()


def _read_needs(row: Table, names: Names) -> Needs:
    entry = row.table("needs")
    if entry is None:
        return Needs()
    needs = Needs(*(names.some(entry, array, array, required=False) for array in ("reviews", "notices", "events")))
    entry.close()
    return needs


def read_reviews(top: Table, names: Names) -> Iterator[Review]:
    """Read the reviews."""
    for name, row in names.parts(top, "reviews"):
        slots = []
        for slot, entry in names.parts(row, "slots"):
            slots.append(Slot(slot, names.one(entry, "role", "roles"), entry.flag("waivable", default=False)))
            entry.close()
        if not slots:
            row.fault("has no `slots`", "add `slots = [{ id = …, role = … }]`", code="empty_list")
        ids = [slot.id for slot in slots]
        yield Review(
            name,
            tuple(slots),
            row.whole("need", low=1, high=max(1, len(slots)), required=False),
            *row.words("label"),
            names.cite(row, "source"),
            row.flag("distinct", default=True),
            names.groups(row, "may_share", "slots", ids),
            names.groups(row, "incompatible", "slots", ids),
        )
        row.close()


_NOTICE_ONLY = ("days", "days_source", "objectors", "on_objection", "on_upheld")


def read_notices(top: Table, names: Names) -> Iterator[NoticeRule]:
    """Read notices and announcements; one whose kind cannot be read counts as a notice."""
    for name, row in names.parts(top, "notices"):
        kind = row.choice("kind", NoticeKind)
        head = (names.one(row, "level", "levels"), *row.words("label"), names.cite(row, "source"))
        if kind is NoticeKind.ANNOUNCEMENT:
            for key in _NOTICE_ONLY:
                if row.given(key) is not None:
                    what = f"has `{key}`, but an announcement runs no time and takes no objection"
                    row.fault(what, "remove it, or make it a notice", key, code="announcement")
            yield NoticeRule(name, kind, *head)
        else:
            yield NoticeRule(
                name,
                NoticeKind.NOTICE,
                *head,
                read_days(row),
                names.cite(row, "days_source"),
                names.some(row, "objectors", "roles"),
                row.choice("on_objection", OnObjection, default=OnObjection.SUSPEND) or OnObjection.SUSPEND,
                names.one(row, "on_upheld", "states", required=False),
            )
        row.close()


def read_days(row: Table) -> DayCount:
    """Read how days are counted; no days after a fault."""
    written = row.get("days", dict, "a count, { n = 7 }")
    entry = None if written is None else row.table("days")
    if entry is None:
        return DayCount(0)
    n = entry.whole("n", low=0, high=MAX_DAYS)
    kind = entry.choice("kind", DayKind, default=DayKind.CALENDAR)
    count_start, roll_end = entry.flag("count_start", default=False), entry.flag("roll_end", default=False)
    entry.close()
    try:
        return DayCount(n or 0, kind or DayKind.CALENDAR, count_start and n is not None, roll_end)
    except WorkflowError as error:
        for fault in error.faults:
            entry.fault(fault.what, fault.mend, code=fault.code)
        return DayCount(0)


def read_deadlines(top: Table, names: Names, facts: Mapping[str, Field]) -> Iterator[Deadline]:
    """Read the deadlines; one whose consequence cannot be read counts as a reminder."""
    days = [f"facts.{each.id}" for each in facts.values() if each.kind is FieldKind.DAY]
    known = ("entered", *(f"last.{event}" for event in names.ids["events"]), *days)
    for name, row in names.parts(top, "deadlines"):
        states, within, then = names.some(row, "states", "states"), read_days(row), row.choice("then", Then)
        words, citation = row.words("label"), names.cite(row, "source")
        since = row.text("since", required=False) or "entered"
        # A fact that could not be read was told already.
        is_lost = since.startswith("facts.") and not names.is_whole
        if since not in known and not is_lost:
            mend = names.nearest(row, since, known, otherwise="give `entered`, `last.<event>` or a fact of kind day")
            row.fault(f"`since` is `{shown(since)}`, which is no day", mend, "since", code="no_day")
        only = {
            "role": (Then.ESCALATE, names.one(row, "role", "roles", required=then is Then.ESCALATE)),
            "event": (Then.MAY, names.one(row, "event", "events", required=then is Then.MAY)),
        }
        for key, (wanted, _) in only.items():
            if then not in (None, wanted) and key in row.data:
                row.fault(f"has `{key}`, but `then` is `{then}`", f"only `{wanted}` has it", key, code="kind")
        row.close()
        yield Deadline(
            name, states, within, then or Then.REMIND, *words, citation, since, only["role"][1], only["event"][1]
        )
