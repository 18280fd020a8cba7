"""
Reading a procedure: from TOML or from plain data, within limits, with every fault found, or refused.

A procedure is data from a stranger: reading runs nothing of it. Guards are checked once all parts are whole, so that a
slip in one field is told once, and not again by each guard that reads it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Final

from fupin_rules.citations import Source
from fupin_rules.documents import Document, Table, plain_document, read_sources, read_toml
from fupin_rules.errors import Fault, PolicyError
from fupin_rules.periods import FIRST_DAY
from fupin_rules.workflow.procedure._parts import Subject
from fupin_rules.workflow.procedure._procedure import Procedure
from fupin_rules.workflow.procedure._read_guards import check_guards
from fupin_rules.workflow.procedure._read_moves import Parts, read_moves
from fupin_rules.workflow.procedure._read_names import Names
from fupin_rules.workflow.procedure._read_parts import (
    MAX_WHOLE,
    read_deadlines,
    read_events,
    read_evidence,
    read_facts,
    read_levels,
    read_lists,
    read_notices,
    read_reviews,
    read_roles,
    read_states,
)
from fupin_rules.workflow.procedure._write import FORMAT
from fupin_rules.workflow.validation._finding import ProcedureFinding
from fupin_rules.workflow.validation._validate import validate

PROCEDURE_ID: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\Z")
# `id/version@digest`: which procedure, and just as it was.
REFERENCE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,63}/[1-9]\d{0,15}@[0-9a-f]{64}\Z", re.ASCII)
_PLACE = re.compile(r", line (\d+), column (\d+)\Z")
NEEDED: Final = ("levels", "roles", "events", "states", "moves")
_NO_SOURCES: Mapping[str, Source] = MappingProxyType({})


def read_procedure(
    data: Mapping[str, object], *, sources: Mapping[str, Source] = _NO_SOURCES, checked: bool = True
) -> Procedure:
    """
    Read a procedure from plain data, as `Procedure.to_plain` gives it.

    Args:
        data: With the keys of the format; sources of its own go before those given.
        sources: What it may cite, by key.
        checked: Whether what `validate` finds is a fault; not where cases are pinned to it already.

    Raises:
        PolicyError: It has faults; all of them are listed, with their `$.path`.
        LimitError: It is larger or deeper than is read.
    """
    return _read(plain_document(data), sources, checked=checked)


def read_procedure_file(path: Path, sources: Mapping[str, Source] = _NO_SOURCES, *, checked: bool = True) -> Procedure:
    """
    Read a procedure from a TOML file, whose name is its id.

    Args:
        path: The file.
        sources: What it may cite, by key; those of its pack.
        checked: Whether what `validate` finds is a fault; not where cases are pinned to it already.

    Raises:
        PolicyError: It has faults; all of them are listed, with file, line and column.
        LimitError: It is larger or deeper than is read.
    """
    folder = path.parent
    name = f"{folder.parent.name}/procedures/{path.name}" if folder.name == "procedures" else path.name
    return _read(read_toml(path, name), sources, file_id=path.stem, checked=checked)


def _read(document: Document, sources: Mapping[str, Source], *, checked: bool, file_id: str | None = None) -> Procedure:
    faults: list[Fault] = []
    top = Table(document, document.data, (), faults)
    procedure = _read_whole(top, sources, file_id)
    if not faults and checked:
        faults += (_fault(document, finding) for finding in validate(procedure))
    if faults:
        raise PolicyError(sorted(faults, key=_place))
    return procedure


def _fault(document: Document, finding: ProcedureFinding) -> Fault:
    """Tell a finding where the document has the part."""
    here: object = document.data
    keys: list[str | int] = []
    for part in finding.path.split("."):
        if isinstance(here, list):
            rows = (number for number, row in enumerate(here) if isinstance(row, dict) and row.get("id") == part)
            keys.append(next(rows))
            here = here[int(keys[-1])]
        else:
            keys.append(part)
            here = here.get(part) if isinstance(here, dict) else None
    return Fault(document.where(*keys), finding.en, finding.mend_en, finding.code)


def _place(fault: Fault) -> tuple[int, int]:
    # Paths of plain data have no line and stay in the order of the format.
    found = _PLACE.search(fault.where)
    return (int(found[1]), int(found[2])) if found and not fault.where.startswith("$") else (0, 0)


def _read_whole(top: Table, sources: Mapping[str, Source], file_id: str | None) -> Procedure:
    names = Names(top.data, {**sources, **read_sources(top.table("sources"))})
    own_id, version, start = _read_id(top, file_id), _read_version(top), top.day("from")
    words, note = top.words("title"), top.words("note", required=False)
    subject, policy = top.choice("subject", Subject, default=Subject.HOUSEHOLD), top.text("policy", required=False)
    if policy and not PROCEDURE_ID.match(policy):
        top.fault(f"`policy` is `{policy[:64]}`, no id of a pack", "use a-z, 0-9 and -", "policy", code="id")
    initial, citation = names.one(top, "initial", "states"), names.cite(top, "source")
    incompatible, follows = names.groups(top, "incompatible", "roles", names.ids["roles"]), _read_follows(top)
    migrators = tuple(names.some(top, "migrators", "roles", required=False))
    for array in NEEDED:
        if top.data.get(array, []) == []:
            top.fault(f"has no `{array}`", f"add a `[[{array}]]`", code="missing_key")
    levels, roles = tuple(read_levels(top, names)), tuple(read_roles(top, names))
    lists, evidence = tuple(read_lists(top, names)), tuple(read_evidence(top, names))
    facts = tuple(read_facts(top, names))
    events = tuple(read_events(top, names, {each.id: each for each in lists}))
    states = tuple(read_states(top, names))
    reviews, notices = tuple(read_reviews(top, names)), tuple(read_notices(top, names))
    deadlines = tuple(read_deadlines(top, names, {each.id: each for each in facts}))
    held = Parts(
        {each.id: each for each in events},
        {each.id: each for each in lists},
        {each.id: each for each in reviews},
        {each.id: each for each in notices},
    )
    written = tuple(read_moves(top, names, held))
    top.close()
    procedure = Procedure(
        id=own_id,
        version=version,
        start=start or FIRST_DAY,
        zh=words[0],
        en=words[1],
        note_zh=note[0],
        note_en=note[1],
        subject=subject or Subject.HOUSEHOLD,
        policy=policy,
        initial=initial,
        citation=citation,
        incompatible=incompatible,
        follows=follows,
        migrators=migrators,
        levels=levels,
        roles=roles,
        lists=lists,
        evidence=evidence,
        facts=facts,
        events=events,
        states=states,
        reviews=reviews,
        notices=notices,
        deadlines=deadlines,
        moves=tuple(each.move for each in written),
    )
    assert names.is_whole or top.faults, "a part is left out with a fault only"
    if names.is_whole:
        top.faults.extend(check_guards(procedure, written))
    return procedure


def _read_id(top: Table, file_id: str | None) -> str:
    written = top.whole("format", low=0, high=MAX_WHOLE)
    if written is not None and written != FORMAT:
        top.fault(f"format {written} is not read", f"this version reads format {FORMAT}", "format", code="format")
    own_id = top.text("id")
    if own_id and not PROCEDURE_ID.match(own_id):
        top.fault(f"`id` is `{own_id[:64]}`", "use a-z, 0-9 and -", "id", code="id")
    elif own_id and file_id is not None and own_id != file_id:
        what = f"`id` is `{own_id}`, the file `{file_id[:64]}.toml`"
        top.fault(what, "give both one name of a-z, 0-9 and -", "id", code="id")
    return own_id


def _read_version(top: Table) -> int:
    return top.whole("version", low=1, high=MAX_WHOLE) or 1


def _read_follows(top: Table) -> str:
    text = top.text("follows", required=False)
    if text and not REFERENCE.match(text):
        top.fault(f"`follows` is `{text[:60]}`", "write `id/version@digest`", "follows", code="follows")
    return text
