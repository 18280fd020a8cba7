"""The names of a procedure while it is read: every reference leads somewhere, or is a fault that offers the nearest."""

from __future__ import annotations

import difflib
import keyword
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from fupin_rules.citations import Citation, Source, Standing
from fupin_rules.documents import NAME, Table
from fupin_rules.errors import SHOWN_FAULTS, Fault, LimitError

MAX_PARTS: Final = 500
_SHOWN_NAMES = 12

# One word for one part of each array, and for its fault code.
SORTS: Mapping[str, tuple[str, str]] = {
    "levels": ("level", "level"),
    "roles": ("role", "role"),
    "lists": ("code list", "list"),
    "evidence": ("sort of evidence", "evidence"),
    "facts": ("fact", "fact"),
    "events": ("event", "event"),
    "states": ("state", "state"),
    "reviews": ("review", "review"),
    "notices": ("notice", "notice"),
    "deadlines": ("deadline", "deadline"),
    "moves": ("move", "move"),
    "slots": ("slot", "slot"),
}
# Stands in where a fault was told already.
_NO_CITATION = Citation(Source("", "", "", Standing.ASSUMPTION))


class Names:
    """
    Ids by array, and the sources, as a procedure writes them.

    Attributes:
        ids: Ids of each array, in order.
        sources: What may be cited.
        is_whole: False once a part could not be read; what reads its name is then no fault of its own.
    """

    def __init__(self, data: Mapping[str, Any], sources: Mapping[str, Source]) -> None:
        # Keys of a mapping: in order, and looked up at once.
        self.ids = {array: dict.fromkeys(_ids(data.get(array))) for array in SORTS}
        self.sources = sources
        own = data.get("sources")
        self._written_sources = frozenset(own) if isinstance(own, dict) else frozenset()
        self.is_whole = True

    def parts(self, table: Table, key: str) -> Iterator[tuple[str, Table]]:
        """
        Give the tables of an array with their ids.

        Raises:
            LimitError: There are more than are read.
        """
        before = len(table.faults)
        rows = tuple(tables(table, key))
        self.is_whole &= len(table.faults) == before
        seen: set[str] = set()
        for row in rows:
            before = len(row.faults)
            name = row.name("id")
            if keyword.iskeyword(name):
                row.fault(f"`{name}` is a word of the rule language", "give another id", "id", code="name")
            if name in seen:
                row.fault(f"`{name}` stands twice in `{key}`", "give each an id of its own", "id", code="double")
            seen.add(name)
            self.is_whole &= len(row.faults) == before
            yield name, row

    def one(self, table: Table, key: str, array: str, *, required: bool = True) -> str:
        """Read a reference; empty where there is none, or a fault was told."""
        name = table.text(key, required=required)
        return name if name and self._leads(table, name, self.ids[array], array, key) else ""

    def some(self, table: Table, key: str, array: str, *, required: bool = True) -> tuple[str, ...]:
        """Read a list of references, each once."""
        values = table.get(key, list, f"a list of {array}", required=required)
        if values is None:
            return ()
        if required and not values:
            table.fault(f"`{key}` is empty", f"name at least one {SORTS[array][0]}", key, code="empty_list")
        return tuple(self._each(table, (key,), values, self.ids[array], array))

    def groups(self, table: Table, key: str, array: str, among: Iterable[str]) -> tuple[tuple[str, ...], ...]:
        """Read a list of lists of references."""
        known = dict.fromkeys(among)
        found = []
        for index, values in enumerate(limited(table, key)):
            if not isinstance(values, list) or len(values) < 2:
                what = f"`{key}` is not a list of lists of two {array} or more"
                table.fault(what, f'write `[["a", "b"]]`, two {array} or more in each', key, index, code="wrong_sort")
                return ()
            found.append(tuple(self._each(table, (key, index), values, known, array)))
        return tuple(found)

    def _leads(self, table: Table, name: str, known: Mapping[str, None], array: str, *keys: str | int) -> bool:
        if name in known:
            return True
        word, code = SORTS[array]
        written = next(each for each in reversed(keys) if isinstance(each, str))
        what = f"`{written}` names `{shown(name)}`, which is no {word}"
        table.fault(what, self.nearest(table, name, known), *keys, code=f"no_{code}")
        return False

    def nearest(self, table: Table, name: str, known: Iterable[str], *, otherwise: str = "") -> str:
        """Offer the nearest of the known names, or say which there are."""
        held = tuple(dict.fromkeys(known))
        # Of a thousand faults nobody reads the advice, and it takes long to find.
        near = difflib.get_close_matches(name[:64], held, 1) if len(table.faults) < SHOWN_FAULTS else ()
        if near:
            return f"did you mean `{near[0]}`?"
        if otherwise or not held:
            return otherwise or "there is none: add it"
        return f"known: {', '.join(held[:_SHOWN_NAMES])}{', …' if len(held) > _SHOWN_NAMES else ''}"

    def cite(self, table: Table, key: str) -> Citation:
        """Read a citation, `key#place`."""
        text = table.text(key)
        if not text.strip():
            return _NO_CITATION
        name, _, locator = text.partition("#")
        if name not in self.sources:
            if name in self._written_sources:
                # Its own table could not be read, which was told there.
                return _NO_CITATION
            mend = self.nearest(table, name, self.sources, otherwise="add it to the sources")
            table.fault(f"`{key}` cites `{shown(name)}`, which is no source", mend, key, code="no_source")
            return _NO_CITATION
        return Citation(self.sources[name], locator)

    def _each(
        self, table: Table, keys: tuple[str | int, ...], values: list[Any], known: Mapping[str, None], array: str
    ) -> Iterator[str]:
        seen: set[str] = set()
        # Nobody has more parts than that: a longer list has a fault before its end.
        for index, value in enumerate(values[: MAX_PARTS + 1]):
            if not isinstance(value, str):
                table.fault(f"`{keys[0]}` is not a list of texts", "give texts in quotes", *keys, code="wrong_sort")
            elif value in seen:
                what = f"`{keys[0]}` names `{shown(value)}` twice"
                table.fault(what, "name it once", *keys, index, code="double")
            elif self._leads(table, value, known, array, *keys, index):
                yield value
            if isinstance(value, str):
                seen.add(value)


def limited(table: Table, key: str) -> list[Any]:
    """
    Give the rows of an array, none where it is left out.

    Raises:
        LimitError: There are more than are read.
    """
    rows = table.get(key, list, "a list", required=False) or []
    if len(rows) > MAX_PARTS:
        what = f"`{key}` has {len(rows)} entries, more than {MAX_PARTS}"
        raise LimitError(Fault(table.where(key), what, "split the procedure", "parts"))
    return list(rows)


def tables(table: Table, key: str) -> Iterator[Table]:
    """
    Give the tables of an array; a row that is none becomes a fault and is left out.

    Raises:
        LimitError: There are more than are read.
    """
    for index, data in enumerate(limited(table, key)):
        row = Table(table.document, data, (*table.path, key, index), table.faults)
        if isinstance(data, dict):
            yield row


def shown(text: str) -> str:
    """Give a name as messages may show it."""
    return text[:60] if text.isprintable() else "…"


def _ids(rows: object) -> tuple[str, ...]:
    listed = rows if isinstance(rows, list) else []
    found = (row.get("id") for row in listed if isinstance(row, dict))
    return tuple(each for each in found if isinstance(each, str) and NAME.match(each))
