"""The files of one pack folder, read into values with their places; with every fault found."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

from fupin_rules.documents import NAME, Document, Table, read_sources, read_toml
from fupin_rules.errors import Fault, FupinRulesError, LimitError, PolicyError
from fupin_rules.periods import Period
from fupin_rules.policy._rules import OPEN_PLACES, Direction, RankingMethod, RuleKind, Subject
from fupin_rules.policy.loading._raw import (
    PackFiles,
    RawChecklist,
    RawDefinition,
    RawDrop,
    RawEligibleWhen,
    RawNoQuota,
    RawParameter,
    RawRanking,
    RawRule,
    RawTieBreak,
    RawUnless,
    RawValue,
)
from fupin_rules.policy.loading._read_checklists import read_checklists
from fupin_rules.policy.loading._read_override import read_override
from fupin_rules.policy.loading._read_waivers import read_waivers
from fupin_rules.quantities import Unit, exact

FORMAT = 1
MAX_PACK_BYTES = 8 << 20
MAX_PACK_FILES = 256
MAX_PACK_NODES = 20_000
PACK_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}\Z")


def read_pack(folder: Path) -> tuple[PackFiles | None, list[Fault]]:
    """Read all files of a pack folder; with every fault found."""
    faults: list[Fault] = []
    label = folder.name
    documents = dict(_documents(folder, label, faults))
    if "pack.toml" not in documents:
        faults.append(Fault(f"{label}/pack.toml", "is missing", "a pack starts with it", "no_pack"))
        return None, faults
    top = Table(documents["pack.toml"], documents["pack.toml"].data, (), faults)
    head = _read_head(top, label)
    sources = read_sources(_table_of(documents, "sources.toml", faults))
    parameters = _read_parameters(_table_of(documents, "parameters.toml", faults))
    definitions = _read_definitions(_table_of(documents, "definitions.toml", faults))
    rules, drops, checklists = _read_rules(_table_of(documents, "rules.toml", faults))
    eligible_when = _read_eligible_when(top)
    rankings = _read_rankings(top)
    no_quota = _read_no_quota(top)
    waivers = read_waivers(_table_of(documents, "waivers.toml", faults), label)
    top.close()
    if head is None:
        return None, faults
    return PackFiles(
        **head,
        parameters=parameters,
        definitions=definitions,
        rules=rules,
        drops=drops,
        checklists=checklists,
        eligible_when=eligible_when,
        rankings=rankings,
        no_quota=no_quota,
        sources=sources,
        source_places={key: documents["sources.toml"].where(key) for key in sources},
        waivers=waivers,
        where=documents["pack.toml"].name,
    ), faults


_PARTS = (
    "pack.toml",
    "parameters.toml",
    "definitions.toml",
    "rules.toml",
    "sources.toml",
    "waivers.toml",
    "cases.toml",
)


def _documents(folder: Path, label: str, faults: list[Fault]) -> Iterator[tuple[str, Document]]:
    if not folder.is_dir():
        faults.append(Fault(str(folder), "is no pack folder", "give a folder with a pack.toml", "no_pack"))
        return
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    if len(files) > MAX_PACK_FILES or sum(path.stat().st_size for path in files) > MAX_PACK_BYTES:
        raise LimitError(
            Fault(
                label,
                f"more than {MAX_PACK_FILES} files or {MAX_PACK_BYTES} bytes",
                "split the pack",
                "pack_size",
            )
        )
    for path in files:
        if path.suffix == ".toml" and path.parent == folder and path.name not in _PARTS:
            near = difflib.get_close_matches(path.name, _PARTS, 1)
            mend = f"did you mean `{near[0]}`?" if near else f"known files: {', '.join(_PARTS)}"
            faults.append(Fault(f"{label}/{path.name}", "is no file of a pack", mend, "unknown_file"))
        inner = path.relative_to(folder)
        if inner.parts[0] == "procedures" and not (
            len(inner.parts) == 2 and path.suffix == ".toml" and PACK_ID.match(path.stem)
        ):
            what = "is no procedure"
            mend = "keep only `<id>.toml` there, the id of a-z, 0-9 and -"
            faults.append(Fault(f"{label}/{inner.as_posix()}", what, mend, "unknown_file"))
    for part in _PARTS[:-1]:
        if (folder / part).is_file():
            try:
                yield part, read_toml(folder / part, f"{label}/{part}")
            except FupinRulesError as error:
                faults.extend(error.faults)


def _table_of(documents: Mapping[str, Document], part: str, faults: list[Fault]) -> Table | None:
    document = documents.get(part)
    return None if document is None else Table(document, document.data, (), faults)


def _read_head(top: Table, label: str) -> dict[str, Any] | None:
    known = len(top.faults)
    written = top.get("format", int, f"the number {FORMAT}")
    if written is not None and written != FORMAT:
        top.fault(f"format {written} is not read", f"this version reads format {FORMAT}", "format", code="format")
    pack_id = top.text("id")
    if pack_id and (not PACK_ID.match(pack_id) or pack_id != label):
        top.fault(
            f"`id` is `{pack_id[:64]}`, the folder `{label}`",
            "give both one name of a-z, 0-9 and -",
            "id",
            code="id",
        )
    start, until = top.day("from"), top.day("until")
    if start is not None and until is not None and until <= start:
        top.fault(
            "`until` is not after `from`",
            "give the first day that is no longer covered",
            "until",
            code="period",
        )
        until = None
    subjects = tuple(each for each in top.texts("subjects") if each in set(Subject))
    if not subjects or len(subjects) != len(top.texts("subjects")):
        top.fault(f"`subjects` is not a list of {', '.join(Subject)}", "name at least one", "subjects", code="subjects")
    head = {
        "id": pack_id,
        "version": top.text("version"),
        "title": top.words("title"),
        "note": top.words("note", required=False),
        "extends": top.texts("extends"),
        "subjects": tuple(Subject(each) for each in subjects),
    }
    if start is None or until is None or len(top.faults) > known:
        return None
    return head | {"days": Period(start, until)}


def _read_parameters(table: Table | None) -> tuple[RawParameter, ...]:
    found = []
    for name, entry in table.subtables() if table else ():
        if not NAME.match(name):
            entry.fault(f"`{name[:60]}` is no name", "use a-z, 0-9 and _, a letter first", code="name")
        label = entry.words("meaning")
        unit = read_unit(entry)
        code_list, override = entry.text("list", required=False), read_override(entry)
        values = tuple(value for row in entry.tables("value") if (value := _read_value(row)) is not None)
        sorts = {type(value.value) for value in values}
        if entry.flag("open", default=False):
            bounds = _read_bounds(entry)
            if values or unit is None or code_list:
                entry.fault("is open, but has values, codes or no unit", "only a number can be open", code="open")
            elif bounds is not None:
                found.append(RawParameter(name, label, unit, "", (), override, entry.where(), bounds))
        elif not values:
            entry.fault("has no value", "add a `[[….value]]`", code="no_value")
        elif len(sorts) > 1 or (sorts == {Fraction}) is not (unit is not None):
            entry.fault(
                "mixes sorts of values, or a unit with none",
                "a number needs a unit, nothing else has one",
                code="sorts",
            )
        else:
            found.append(RawParameter(name, label, unit, code_list, values, override, entry.where()))
        entry.close()
    return tuple(found)


def _read_bounds(entry: Table) -> tuple[Fraction, Fraction] | None:
    low, high = read_amount(entry, "low"), read_amount(entry, "high")
    if low is None or high is None:
        return None
    if low > high or any((each * 10**OPEN_PLACES).denominator != 1 for each in (low, high)):
        what = f"`low` and `high` are no range in numbers of at most {OPEN_PLACES} decimals"
        entry.fault(what, "give the least and the greatest value", "low", code="open")
        return None
    return low, high


def read_unit(entry: Table) -> Unit | None:
    """Read the unit of a number; None where there is none, or, with a fault, where it is no unit."""
    text = entry.text("unit", required=False)
    if not text:
        return None
    try:
        return Unit.parse(text)
    except ValueError as error:
        entry.fault(str(error), "see the units of the reference", "unit", code="unit")
        return None


def _read_value(row: Table) -> RawValue | None:
    start, until = row.day("from"), row.day("until", required=False)
    value = read_content(row)
    raw = (
        row.text("source"),
        row.day("published", required=False),
        row.words("note", required=False),
        row.where(),
    )
    row.close()
    if start is not None and until is not None and until <= start:
        row.fault(
            "`until` is not after `from`",
            "give the first day on which it no longer holds",
            "until",
            code="period",
        )
        return None
    return None if start is None or value is None else RawValue(start, until, value, *raw)


def read_content(row: Table) -> Fraction | date | str | frozenset[str] | None:
    """Read the one value that a row gives; None, with a fault, where it gives none or several."""
    value: Fraction | date | str | frozenset[str] | None = None
    given = [key for key in ("amount", "codes", "code", "day") if key in row.data]
    if len(given) != 1:
        row.fault("gives not exactly one of amount, code, codes, day", "give one", code="value")
    if "amount" in row.data:
        value = read_amount(row, "amount")
    elif "codes" in row.data:
        value = frozenset(row.texts("codes"))
    elif "code" in row.data:
        value = row.text("code")
    elif "day" in row.data:
        value = row.day("day")
    return value


def read_amount(row: Table, key: str, *, required: bool = True) -> Fraction | None:
    """Read an exact number of ordinary size; None, with a fault, where there is none."""
    # Plain data has no exact decimals of its own: JSON writes them as text.
    sorts = (int, Decimal, str) if row.document.places is None else (int, Decimal)
    amount = row.get(key, sorts, "a number", required=required)  # type: ignore[arg-type]  # isinstance takes a tuple
    try:
        return None if amount is None else Fraction(exact(amount))
    except ValueError as error:
        row.fault(f"`{key}`: {error}", "give a number of ordinary size", key, code="digits")
        return None


def _read_definitions(table: Table | None) -> tuple[RawDefinition, ...]:
    found = []
    for name, entry in table.subtables() if table else ():
        if not NAME.match(name):
            entry.fault(f"`{name[:60]}` is no name", "use a-z, 0-9 and _, a letter first", code="name")
        subject = entry.choice("subject", Subject, default=Subject.HOUSEHOLD)
        label, value, source = entry.words("label"), entry.expression("value"), entry.text("source")
        override = read_override(entry)
        if subject is not None and value is not None:
            found.append(RawDefinition(name, subject, label, value, source, override, entry.where()))
        entry.close()
    return tuple(found)


def _read_rules(
    table: Table | None,
) -> tuple[tuple[RawRule, ...], tuple[RawDrop, ...], tuple[RawChecklist, ...]]:
    if table is None:
        return (), (), ()
    rules = tuple(rule for entry in table.tables("rule") if (rule := read_rule(entry)) is not None)
    drops = []
    for entry in table.tables("drop"):
        name, source, direction = entry.name("id"), entry.text("source"), entry.choice("direction", Direction)
        if direction is not None:
            drops.append(RawDrop(name, source, direction, entry.where()))
        entry.close()
    checklists = tuple(read_checklists(table))
    table.close()
    return rules, tuple(drops), checklists


def read_rule(entry: Table) -> RawRule | None:
    """Read a rule with its exceptions; None, with a fault, where it lacks what it cannot be without."""
    rule_id, kind = entry.name("id"), entry.choice("kind", RuleKind)
    subject = entry.choice("subject", Subject, default=Subject.HOUSEHOLD)
    label, when, source = entry.words("label"), entry.expression("when"), entry.text("source")
    unless = tuple(each for row in entry.tables("unless") if (each := read_unless(row)) is not None)
    weight = read_amount(entry, "weight", required=False)
    note, override = entry.words("note", required=False), read_override(entry)
    entry.close()
    if unless and kind is not RuleKind.EXCLUSION:
        entry.fault("has exceptions, but is no exclusion", "write the exception into `when`", "unless", code="unless")
    if len({each.id for each in unless}) != len(unless):
        entry.fault("two exceptions have one id", "give each its own", code="double")
    if weight is not None and kind is not RuleKind.PRIORITY:
        entry.fault("has a weight, but is no priority", "remove it", "weight", code="weight")
    if kind is None or subject is None or when is None:
        return None
    held = None if weight is None else exact(weight)
    return RawRule(rule_id, kind, subject, label, when, source, unless, held, note, override, entry.where())


def read_unless(row: Table) -> RawUnless | None:
    """Read an exception; None, with a fault, where it has no claim."""
    name, label, when, source = row.name("id"), row.words("label"), row.expression("when"), row.text("source")
    row.close()
    return None if when is None else RawUnless(name, label, when, source, row.where())


def _read_eligible_when(top: Table) -> dict[Subject, RawEligibleWhen]:
    found = {}
    for subject, entry in _by_subject(top.table("eligible_when")):
        when, source = entry.expression("when"), entry.text("source")
        entry.close()
        if when is not None:
            found[subject] = RawEligibleWhen(when, source, entry.where())
    return found


def _read_rankings(top: Table) -> dict[Subject, RawRanking]:
    read = ((subject, read_ranking(entry)) for subject, entry in _by_subject(top.table("ranking")))
    return {subject: ranking for subject, ranking in read if ranking is not None}


def read_ranking(entry: Table) -> RawRanking | None:
    """Read how the eligible are ranked; None, with a fault, where it has no method."""
    method, source, order = (
        entry.choice("method", RankingMethod),
        entry.text("source"),
        entry.texts("order"),
    )
    ties = []
    for row in entry.tables("tie_break"):
        by, prefer, tie_source = row.expression("by"), row.text("prefer"), row.text("source")
        if prefer not in ("lower", "higher"):
            row.fault("`prefer` is not lower or higher", "say which goes first", "prefer", code="choice")
        row.close()
        if by is not None:
            ties.append(RawTieBreak(by, prefer, tie_source, row.where()))
    entry.close()
    return None if method is None else RawRanking(method, order, tuple(ties), source, entry.where())


def _read_no_quota(top: Table) -> dict[Subject, RawNoQuota]:
    found = {}
    for subject, entry in _by_subject(top.table("no_quota")):
        found[subject] = RawNoQuota(entry.text("source"), entry.where())
        entry.close()
    return found


def _by_subject(table: Table | None) -> Iterable[tuple[Subject, Table]]:
    for key, entry in table.subtables() if table else ():
        if key in set(Subject):
            yield Subject(key), entry
        else:
            entry.fault(f"`{key[:60]}` is no subject", f"give one of {', '.join(Subject)}", code="choice")


def check_nodes(count: int, where: str) -> None:
    """
    Refuse a pack whose rules have too many nodes.

    Raises:
        LimitError: There are more than a pack may have.
    """
    if count > MAX_PACK_NODES:
        raise LimitError(
            Fault(where, f"its rules have {count} nodes, more than {MAX_PACK_NODES}", "split the pack", "nodes")
        )


def refuse(faults: Iterable[Fault]) -> None:
    """
    Raise all faults of a pack at once, if there are any.

    Raises:
        PolicyError: There is at least one.
    """
    found = tuple(faults)
    if found:
        raise PolicyError(found)
