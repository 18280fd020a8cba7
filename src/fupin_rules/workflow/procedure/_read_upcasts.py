"""Upcasts: one step for each older version of an event, and what comes out of the chain fits the fields of today."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from fupin_rules.documents import NAME, Table
from fupin_rules.workflow.procedure._parts import CodeList, Field, FieldKind, Upcast
from fupin_rules.workflow.procedure._read_names import shown, tables

_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_MAX_WHOLE = 2**53 - 1


def read_upcasts(
    event: Table, version: int, fields: Sequence[Field] | None, lists: Mapping[str, CodeList]
) -> tuple[Upcast, ...]:
    """
    Read the upcasts of an event and check the chain.

    Which fields an older version had is not written anywhere: a field that no step touches is taken as kept.

    Args:
        event: The table of the event.
        version: Its version.
        fields: Its fields, to hold the outcome against; None where they could not be read.
        lists: Code lists by id.

    Raises:
        LimitError: There are more steps than are read.
    """
    chain = _Chain(event)
    upcasts = []
    for row in tables(event, "upcasts"):
        upcast = _read_upcast(row)
        chain.step(row, upcast)
        upcasts.append(upcast)
    written, due = [each.version for each in upcasts], list(range(1, version))
    if written != due:
        what = (
            f"version {version} needs upcasts from {_listed(due)}, not from {_listed(written)}"
            if due
            else "has upcasts, but only one version"
        )
        event.fault(what, "write one for each older version, oldest first", "upcasts", code="upcast")
    elif fields is not None:
        chain.end(fields, lists)
    return tuple(upcasts)


def _listed(versions: list[int]) -> str:
    return ", ".join(map(str, versions[:12])) + (", …" if len(versions) > 12 else "") if versions else "none"


def _read_upcast(row: Table) -> Upcast:
    version = row.whole("from", low=1, high=_MAX_WHOLE) or 0
    rename: dict[str, str] = {}
    entry = row.table("rename")
    for old in entry.data if entry else ():
        assert entry is not None
        new = entry.name(old)
        if _is_name(entry, old) and new:
            rename[old] = new
    values: dict[str, bool | int | str] = {}
    entry = row.table("set")
    for name in entry.data if entry else ():
        assert entry is not None
        value = entry.given(name)
        if type(value) is date:
            value = value.isoformat()
        elif isinstance(value, str):
            value = entry.text(name, required=False)
        if not isinstance(value, (bool, int, str)) or (type(value) is int and abs(value) > _MAX_WHOLE):
            entry.fault(
                f"`{shown(name)}` is no plain value",
                "give a text, whole number or truth value",
                name,
                code="wrong_sort",
            )
        elif _is_name(entry, name):
            values[name] = value
    drop = tuple(name for name in row.texts("drop") if _is_name(row, name))
    if len(set(drop)) < len(drop):
        row.fault("`drop` names a field twice", "name it once", "drop", code="double")
    row.close()
    # Tables have no order: one procedure has one form.
    return Upcast(version, tuple(sorted(rename.items())), tuple(sorted(values.items())), drop)


def _is_name(table: Table, name: str) -> bool:
    if not NAME.match(name):
        table.fault(f"`{shown(name)}` is no name", "use a-z, 0-9 and _, a letter first", name, code="name")
        return False
    return True


class _Chain:
    """What the steps so far have made, with its value where it was set, and what they have taken away."""

    def __init__(self, event: Table) -> None:
        self.event = event
        self.made: dict[str, tuple[Table, Any]] = {}
        self.gone: dict[str, Table] = {}

    def step(self, row: Table, upcast: Upcast) -> None:
        renamed, values = dict(upcast.rename), dict(upcast.set)
        for name in (*renamed, *upcast.drop):
            if name in self.gone:
                row.fault(f"`{shown(name)}` is gone in an earlier step", "leave it out here", code="upcast")
        targets = [*renamed.values(), *values]
        for name in sorted({each for each in targets if targets.count(each) > 1}):
            row.fault(f"`{name}` is given twice in one step", "rename into it or set it", code="upcast")
        for name in sorted({*targets, *renamed} & set(upcast.drop)):
            row.fault(f"`{shown(name)}` is given or renamed and dropped in one step", "do one of them", code="upcast")
        carried = {new: self.made.pop(old, (row, None)) for old, new in renamed.items()}
        for name in (*renamed, *upcast.drop):
            self.made.pop(name, None)
            self.gone[name] = row
        self.made |= carried | {name: (row, value) for name, value in values.items()}
        for name in self.made:
            self.gone.pop(name, None)

    def end(self, fields: Sequence[Field], lists: Mapping[str, CodeList]) -> None:
        """Hold what comes out against the fields."""
        known = {field.id: field for field in fields}
        for name, (row, value) in self.made.items():
            if name not in known:
                near = difflib.get_close_matches(name, known, 1)
                mend = f"did you mean `{near[0]}`?" if near else "drop it in the end, or declare it"
                row.fault(f"leads to `{name}`, which is no field of the event", mend, code="no_field")
            elif value is not None and not _fits(value, known[name], lists):
                what = f"`{name}` is set to what its field does not hold"
                row.fault(what, f"give a {known[name].kind} that fits", "set", name, code="upcast")
        for name, row in self.gone.items():
            if name in known and known[name].required:
                what = f"takes away `{name}`, which the event must carry"
                row.fault(what, "rename another field into it, or set it", code="upcast")


def _fits(value: bool | int | str, field: Field, lists: Mapping[str, CodeList]) -> bool:
    match field.kind:
        case FieldKind.CLAIM:
            return isinstance(value, bool)
        case FieldKind.NUMBER:
            return type(value) is int and (field.low or 0) <= value <= (field.high or 0)
        case FieldKind.DAY:
            return isinstance(value, str) and _is_day(value)
        case FieldKind.CODE:
            held = lists.get(field.list)
            return held is None or value in [code.id for code in held.codes]
        case FieldKind.TEXT | FieldKind.DIGEST:
            return isinstance(value, str)


def _is_day(text: str) -> bool:
    try:
        return bool(_ISO_DAY.match(text)) and date.fromisoformat(text) is not None
    except ValueError:
        return False
