"""Sources as documents write them, a table each by its key."""

from __future__ import annotations

from fupin_rules.citations import Source, Standing
from fupin_rules.documents._table import Table


def read_sources(table: Table | None) -> dict[str, Source]:
    """
    Read a table of sources; what does not fit becomes a fault of the table.

    Returns:
        By key, in the order written; a source whose standing cannot be read is left out.
    """
    sources = {}
    for key, entry in table.subtables() if table else ():
        standing = entry.choice("standing", Standing)
        title, title_en = entry.text("title"), entry.text("title_en")
        more = {part: entry.text(part, required=False) for part in ("issuer", "number", "address", "note")}
        published = entry.day("date", required=False)
        if standing is not None:
            sources[key] = Source(key, title, title_en, standing, published=published, **more)
        if standing is Standing.ASSUMPTION and not more["note"]:
            entry.fault("an assumption gives no reason", "say in `note` why it was assumed", code="no_reason")
        entry.close()
    return sources
