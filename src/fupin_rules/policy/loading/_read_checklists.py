"""The checklists of one `rules.toml`, read with their places; with every fault found."""

from __future__ import annotations

from collections.abc import Iterator

from fupin_rules.documents import Table
from fupin_rules.policy._checklists import Counts
from fupin_rules.policy._rules import Subject
from fupin_rules.policy.loading._raw import RawChecklist, RawChecklistHead, RawItem
from fupin_rules.policy.loading._read_override import read_override


def read_checklists(table: Table) -> Iterator[RawChecklist]:
    """Read every `[[checklist]]` of the file."""
    seen: set[str] = set()
    for entry in table.tables("checklist"):
        name = entry.name("id")
        if name in seen:
            entry.fault(f"the checklist `{name}` stands twice in this pack", "put its items together", code="double")
        seen.add(name)
        head = None if entry.flag("continues", default=False) else _read_head(entry)
        rows = list(entry.tables("item"))
        items = tuple(item for row in rows if (item := _read_item(row)) is not None)
        entry.close()
        if not rows:
            entry.fault("has no item", "add a `[[checklist.item]]`; without `when` it is an open slot", code="no_item")
        yield RawChecklist(name, head, items, entry.where())


def _read_head(entry: Table) -> RawChecklistHead | None:
    label, subject, source = entry.words("label"), entry.choice("subject", Subject), entry.text("source")
    note = entry.words("note", required=False)
    return None if subject is None else RawChecklistHead(label, subject, source, note)


def _read_item(row: Table) -> RawItem | None:
    name, label, source = row.name("id"), row.words("label"), row.text("source")
    counts = row.choice("counts", Counts)
    is_open = "when" not in row.data
    when = None if is_open else row.expression("when")
    note, override = row.words("note", required=False), read_override(row)
    row.close()
    if is_open and override.is_said:
        row.fault(
            "is an open slot, which replaces nothing", "give it a `when`, or `[[drop]]` the item below", code="slot"
        )
    if counts is None or (when is None and not is_open):
        return None
    return RawItem(name, label, counts, when, source, note, override, row.where())
