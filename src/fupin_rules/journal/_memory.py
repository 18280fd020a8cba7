"""A journal in memory: for tests, rehearsals, and anything that keeps its entries elsewhere."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from typing import cast

from fupin_rules.journal._canonical import read_canonical
from fupin_rules.journal._store import Head, link


class MemoryStore:
    """
    Keep entries as long as the program runs.

    They are kept as bytes: nobody who holds an entry can change what is stored.

    >>> store = MemoryStore()
    >>> store.append([{"case": "H-017", "seq": 1, "prev": "0" * 64}])
    >>> [entry["seq"] for entry in store.read("H-017")]
    [1]
    """

    def __init__(self) -> None:
        self._records: list[tuple[str, bytes]] = []
        self._heads: dict[str, Head] = {}
        self._guard = threading.Lock()

    def read(self, case: str | None = None) -> Iterator[Mapping[str, object]]:
        """Give the entries that are there now, of all cases or of one, in the order they were appended."""
        records = tuple(self._records)
        return (cast("dict[str, object]", read_canonical(data)) for at, data in records if case in {None, at})

    def append(self, entries: Sequence[Mapping[str, object]]) -> None:
        """
        Add entries, all or none.

        Raises:
            ConflictError: One does not follow the last of its case.
            WorkflowError: One cannot be an entry.
        """
        with self._guard:
            records, heads = link(entries, self._heads.get)
            self._records += [(case, data) for case, _, data in records]
            self._heads.update(heads)
