"""A journal in one SQLite database: for systems without locks on files, and for reading one case out of many."""

import contextlib
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final, Self

from fupin_rules.errors import Fault, WorkflowError
from fupin_rules.journal._canonical import read_canonical
from fupin_rules.journal._digest import leaf_digest
from fupin_rules.journal._faults import JournalCorruptError, JournalLockedError
from fupin_rules.journal._store import Head, link, place_of

try:
    import sqlite3

    HAS_SQLITE = True
except ImportError:  # Pyodide, unless its package is loaded; lean builds of Python
    HAS_SQLITE = False

# Rows fetched at a time: no reader holds a transaction while its caller thinks.
PAGE: Final = 500

_TABLE = """
CREATE TABLE IF NOT EXISTS entries (
    position INTEGER PRIMARY KEY, "case" TEXT NOT NULL, seq INTEGER NOT NULL, data BLOB NOT NULL, UNIQUE ("case", seq)
)
"""
_LAST = "SELECT coalesce(max(position), 0) FROM entries"
_HEAD = 'SELECT seq, data FROM entries WHERE "case" = ? ORDER BY seq DESC LIMIT 1'
_ALL = 'SELECT position, "case", seq, data FROM entries WHERE position > ? AND position <= ? ORDER BY position LIMIT ?'
_ONE = _ALL.replace("WHERE", 'WHERE "case" = ? AND')
_ADD = 'INSERT INTO entries ("case", seq, data) VALUES (?, ?, ?)'


class SqliteStore:
    """
    Keep entries in a database that many processes may share; one object belongs to one thread.

    >>> with SqliteStore(":memory:") as store:
    ...     store.append([{"case": "H-017", "seq": 1, "prev": "0" * 64}])
    ...     [entry["seq"] for entry in store.read()]
    [1]
    """

    def __init__(self, path: str | os.PathLike[str], *, wait_seconds: int = 10) -> None:
        """
        Open or create the database; use it in a `with` statement.

        Args:
            path: On a local disk; the locks of SQLite do not hold on network drives.
            wait_seconds: How long to wait for another writer.

        Raises:
            JournalCorruptError: The file is no database, or a damaged one.
            JournalLockedError: Another process held it all the while.
            WorkflowError: It cannot be opened here.
        """
        self._name = Path(path).name
        if not HAS_SQLITE:
            fault = Fault(self._name, "this Python has no `sqlite3`", "install it, or use a `LinesFile`", "store")
            raise WorkflowError(fault)
        with _faults(self._name):
            self._connection = sqlite3.connect(path, timeout=wait_seconds, isolation_level=None)
        try:
            with _faults(self._name):
                # Readers go on while somebody writes; FULL: a commit returns when the disk has it.
                self._connection.execute("PRAGMA journal_mode = WAL")
                self._connection.execute("PRAGMA synchronous = FULL")
                self._connection.execute(_TABLE)
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        """Give the store."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the database; nothing more can be read or appended."""
        self._connection.close()

    def read(self, case: str | None = None) -> Iterator[Mapping[str, object]]:
        """
        Give the entries that are there now, of all cases or of one, in the order they were appended.

        Raises:
            JournalCorruptError: The database is damaged, or a row holds no such entry; the fault names its position.
            WorkflowError: The database is closed, or belongs to another thread.
        """
        query, of = (_ALL, ()) if case is None else (_ONE, (case,))
        at = 0
        with _faults(self._name):
            (last,) = self._connection.execute(_LAST).fetchone()
        while at < last:
            with _faults(self._name):
                rows = self._connection.execute(query, (*of, at, last, PAGE)).fetchall()
            if not rows:
                return
            for at, *row in rows:
                yield _entry(row, f"{self._name}, position {at}")

    def append(self, entries: Sequence[Mapping[str, object]]) -> None:
        """
        Add entries in one transaction; when it returns, the disk has them all.

        Raises:
            ConflictError: One does not follow the last of its case. Nothing is written.
            WorkflowError: One cannot be an entry, or the disk does not take them. Nothing is written.
            JournalLockedError: Another writer held the database all the while.
            JournalCorruptError: The database is damaged.
        """
        with _faults(self._name):
            # IMMEDIATE: the ends of the cases are read under the lock that the rows are written under.
            self._connection.execute("BEGIN IMMEDIATE")
            try:
                records, _ = link(entries, self._head)
                self._connection.executemany(_ADD, records)
                self._connection.execute("COMMIT")
            except BaseException:
                # A full disk may have rolled back already.
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
                raise

    def _head(self, case: str) -> Head | None:
        row = self._connection.execute(_HEAD, (case,)).fetchone()
        if row is None:
            return None
        seq, data = row
        _entry([case, seq, data], f"{self._name}, last entry of case `{case}`")
        return Head(seq, leaf_digest(data))


def _entry(row: Sequence[object], where: str) -> Mapping[str, object]:
    case, seq, data = row
    if not isinstance(data, bytes):
        raise JournalCorruptError(Fault(where, "a row without an entry", "restore it from a copy", "row"))
    entry = read_canonical(data, where=where)
    try:
        if not isinstance(entry, dict) or place_of(entry)[:2] != (case, seq):
            raise JournalCorruptError(Fault(where, "a row that holds another entry", "restore it from a copy", "row"))
    except JournalCorruptError:
        raise
    except WorkflowError:
        raise JournalCorruptError(Fault(where, "a row that holds no entry", "restore it from a copy", "row")) from None
    return entry


@contextlib.contextmanager
def _faults(name: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        # The low byte is the code, the rest says more of it than anybody needs. Misuse has no code.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_MISUSE) & 0xFF
        if code in {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED}:
            fault = Fault(name, "another writer has it", "try again, or wait longer", "locked")
            raise JournalLockedError(fault) from error
        if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
            fault = Fault(name, "is a damaged database, or none", "restore it from a copy", "database")
            raise JournalCorruptError(fault) from error
        what = f"the database refuses: {getattr(error, 'sqlite_errorname', 'SQLITE_MISUSE')}"
        raise WorkflowError(Fault(name, what, "see to the file, its folder and the disk", "database")) from error
