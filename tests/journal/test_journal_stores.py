"""Stores: what all of them promise, in memory, in a file of lines, in SQLite."""

import contextlib
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_rules.errors import LimitError, WorkflowError
from fupin_rules.journal import (
    FIRST,
    ConflictError,
    JournalCorruptError,
    JournalLockedError,
    LinesFile,
    MemoryStore,
    SqliteStore,
    Store,
    canonical,
    leaf_digest,
)
from fupin_rules.journal import _sqlite as sqlite_module

pytest.importorskip("fcntl")

Opened = Callable[[Path], contextlib.AbstractContextManager[Store]]


@contextlib.contextmanager
def memory(_: Path) -> Iterator[Store]:
    yield MemoryStore()


@contextlib.contextmanager
def shared(folder: Path) -> Iterator[Store]:
    store = LinesFile(folder / "shared.lines")
    store.append([])
    yield store


STORES: dict[str, Opened] = {
    "memory": memory,
    "shared lines": shared,
    "own lines": lambda folder: LinesFile.open(folder / "own.lines"),
    "sqlite": lambda folder: SqliteStore(folder / "journal.sqlite"),
}


@pytest.fixture(params=STORES)
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    with STORES[request.param](tmp_path) as opened:
        yield opened


def chain(case: str, count: int, *, seq: int = 1, prev: str = FIRST, **more: object) -> list[dict[str, object]]:
    """Give entries that follow each other."""
    entries: list[dict[str, object]] = []
    for number in range(seq, seq + count):
        entries.append({"case": case, "seq": number, "prev": prev, **more})
        prev = leaf_digest(canonical(entries[-1]))
    return entries


def test_a_new_store_is_empty(store: Store) -> None:
    assert isinstance(store, Store)
    assert list(store.read()) == []
    assert list(store.read("H-017")) == []


def test_entries_come_back_in_the_order_they_were_appended(store: Store) -> None:
    a, b = chain("a", 3, note="甲"), chain("b", 2)
    store.append([a[0], b[0], a[1]])
    store.append([])
    store.append([b[1]])
    store.append([a[2]])
    assert list(store.read()) == [a[0], b[0], a[1], b[1], a[2]]
    assert list(store.read("a")) == a
    assert list(store.read("b")) == b
    assert list(store.read("c")) == []


def test_reading_can_be_left_half_way_and_appended_to_meanwhile(store: Store) -> None:
    entries = chain("a", 4)
    store.append(entries[:2])
    reading = store.read()
    assert next(reading) == entries[0]
    store.append(entries[2:])
    del reading
    assert list(store.read()) == entries


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ({"seq": 2}, "entry 2 cannot follow entry 2"),
        ({"seq": 4}, "entry 4 cannot follow entry 2"),
        ({"seq": 1}, "entry 1 cannot follow entry 2"),
        ({"prev": FIRST}, "entry 3 names another predecessor than entry 2 as stored"),
        ({"case": "b"}, "entry 3 cannot follow entry 0"),
        ({"case": "b", "seq": 1}, "entry 1 names another predecessor than entry 0 as stored"),
    ],
)
@pytest.mark.parametrize("with_others", [False, True])
def test_what_does_not_follow_is_refused_with_all_that_came_with_it(
    store: Store, change: Mapping[str, object], what: str, with_others: bool
) -> None:
    entries = chain("a", 3)
    store.append(entries[:2])
    wrong = [{**entries[2], **change}]
    with pytest.raises(ConflictError, match=what):
        store.append([*chain("c", 2), *wrong] if with_others else wrong)
    assert list(store.read()) == entries[:2]
    store.append(entries[2:])
    assert list(store.read()) == entries


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {"case": "", "seq": 1, "prev": FIRST},
        {"case": 1, "seq": 1, "prev": FIRST},
        {"case": "a", "seq": True, "prev": FIRST},
        {"case": "a", "seq": "1", "prev": FIRST},
        {"case": "a", "seq": 0, "prev": FIRST},
        {"case": "a", "seq": 1, "prev": "0"},
        {"case": "a", "seq": 1},
        {"case": "a", "seq": 1, "prev": FIRST, "amount": 1.5},
        {"case": "a", "seq": 1, "prev": FIRST, "text": "x" * 2**20},
    ],
)
def test_what_is_no_entry_is_refused(store: Store, entry: Mapping[str, object]) -> None:
    with pytest.raises((WorkflowError, LimitError)):
        store.append([*chain("b", 1), entry])
    assert list(store.read()) == []


def test_what_is_stored_cannot_be_changed_from_outside(store: Store) -> None:
    entry: dict[str, Any] = {**chain("a", 1)[0], "signers": ["x"]}
    store.append([entry])
    entry["signers"].append("y")
    next(store.read())["signers"].append("z")  # type: ignore[attr-defined]  # a list, as given
    assert next(store.read())["signers"] == ["x"]


@given(st.lists(st.tuples(st.sampled_from("abc"), st.integers(1, 3)), max_size=8), st.sampled_from(list(STORES)))
@settings(max_examples=30)
def test_a_store_is_the_list_of_what_was_appended(
    tmp_path_factory: Any, plan: list[tuple[str, int]], kind: str
) -> None:
    model: list[dict[str, object]] = []
    with STORES[kind](tmp_path_factory.mktemp("store")) as store:
        for case, count in plan:
            own = [entry for entry in model if entry["case"] == case]
            prev = leaf_digest(canonical(own[-1])) if own else FIRST
            batch = chain(case, count, seq=len(own) + 1, prev=prev)
            store.append(batch)
            model += batch
        assert list(store.read()) == model
        for case in "abc":
            assert list(store.read(case)) == [entry for entry in model if entry["case"] == case]


def test_threads_that_share_a_store_in_memory_or_in_a_file_lose_nothing(tmp_path: Path) -> None:
    for store in (MemoryStore(), LinesFile(tmp_path / "a", durable=False)):

        def work(case: str, store: Store = store) -> None:
            for entry in chain(case, 100):
                store.append([entry])

        threads = [threading.Thread(target=work, args=(case,)) for case in "abcd"]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert all(list(store.read(case)) == chain(case, 100) for case in "abcd")


# -- SQLite ----------------------------------------------------------------------------------------------------------


def test_a_database_keeps_entries_after_it_is_closed(tmp_path: Path) -> None:
    entries = chain("a", 1200)
    with SqliteStore(tmp_path / "a.sqlite") as store:
        store.append(entries[:1199])
    with SqliteStore(tmp_path / "a.sqlite") as store:
        store.append(entries[1199:])
        assert list(store.read()) == list(store.read("a")) == entries
        assert store._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert store._connection.execute("PRAGMA synchronous").fetchone() == (2,)


def test_two_writers_of_a_database_see_each_other(tmp_path: Path) -> None:
    entries = chain("a", 2)
    with SqliteStore(tmp_path / "a.sqlite") as one, SqliteStore(tmp_path / "a.sqlite", wait_seconds=0) as two:
        one.append(entries[:1])
        with pytest.raises(ConflictError):
            two.append(entries[:1])
        two.append(entries[1:])
        assert list(one.read()) == entries
        one._connection.execute("BEGIN IMMEDIATE")
        with pytest.raises(JournalLockedError, match=r"a\.sqlite: another writer has it; try again"):
            two.append(chain("b", 1))
        one._connection.execute("ROLLBACK")
        two.append(chain("b", 1))


def test_a_file_that_is_no_database_is_corrupt(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    path.write_bytes(b"no database " * 1000)
    with pytest.raises(JournalCorruptError, match=r"a\.sqlite: is a damaged database, or none"):
        SqliteStore(path)


def test_a_damaged_database_is_corrupt(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    with SqliteStore(path) as store:
        store.append(chain("a", 400, text="x" * 100))
    data = bytearray(path.read_bytes())
    data[4096:] = b"\xff" * (len(data) - 4096)
    path.write_bytes(data)
    with SqliteStore(path) as store:
        with pytest.raises(JournalCorruptError):
            list(store.read())
        with pytest.raises(JournalCorruptError):
            store.append(chain("b", 1))


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("UPDATE entries SET data = replace(data, 'poor', 'rich') WHERE seq = 2", "a row without an entry"),
        ("UPDATE entries SET data = X'7B7D' WHERE seq = 2", "a row that holds no entry"),
        ("UPDATE entries SET data = X'31' WHERE seq = 2", "a row that holds another entry"),
        ("UPDATE entries SET data = X'00' WHERE seq = 2", "is no JSON"),
        ("UPDATE entries SET seq = 7 WHERE seq = 2", "a row that holds another entry"),
        ("UPDATE entries SET \"case\" = 'b' WHERE seq = 2", "a row that holds another entry"),
    ],
)
def test_a_row_that_is_not_what_was_written_is_corrupt_at_its_position(tmp_path: Path, change: str, what: str) -> None:
    path = tmp_path / "a.sqlite"
    with SqliteStore(path) as store:
        store.append(chain("a", 2, said="poor"))
        store._connection.execute(change)
        with pytest.raises(JournalCorruptError, match=f"a.sqlite, position 2: {what}"):
            list(store.read())
        with pytest.raises((JournalCorruptError, ConflictError)):
            store.append(chain("a", 1, seq=3))


def test_a_database_that_cannot_be_used_says_so(tmp_path: Path) -> None:
    with pytest.raises(WorkflowError, match="the database refuses: SQLITE_CANTOPEN"):
        SqliteStore(tmp_path / "no folder" / "a.sqlite")
    store = SqliteStore(tmp_path / "a.sqlite")
    store.close()
    store.close()
    for use in (lambda: list(store.read()), lambda: store.append(chain("a", 1))):
        with pytest.raises(WorkflowError, match="the database refuses: SQLITE_MISUSE"):
            use()


def test_a_database_that_is_full_keeps_what_it_had(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "a.sqlite") as store:
        entries = chain("a", 3, text="x" * 5000)
        store.append(entries[:1])
        store._connection.execute("PRAGMA max_page_count = 6")
        with pytest.raises(WorkflowError, match="SQLITE_FULL"):
            store.append(chain("b", 20, text="x" * 5000))
        store._connection.execute("PRAGMA max_page_count = 1000")
        assert list(store.read()) == entries[:1]
        store.append(entries[1:])
        assert list(store.read()) == entries


def test_rows_deleted_while_reading_end_it(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "a.sqlite") as store:
        store.append(chain("a", 501))
        reading = store.read()
        first = next(reading)
        store._connection.execute("DELETE FROM entries")
        assert [first, *reading] == chain("a", 500)


def test_without_sqlite_the_store_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sqlite_module, "HAS_SQLITE", False)
    with pytest.raises(WorkflowError, match="this Python has no `sqlite3`; install it, or use a `LinesFile`"):
        SqliteStore(tmp_path / "a.sqlite")


def test_the_package_is_imported_where_neither_locks_nor_sqlite_are() -> None:
    code = (
        "import sys; sys.modules['fcntl'] = sys.modules['sqlite3'] = None\n"
        "from fupin_rules.journal import LinesFile, MemoryStore, SqliteStore, FIRST\n"
        "from fupin_rules.errors import WorkflowError\n"
        "MemoryStore().append([{'case': 'a', 'seq': 1, 'prev': FIRST}])\n"
        "for make in (SqliteStore, LinesFile.open):\n"
        "    try: make('x')\n"
        "    except WorkflowError as error: print(error.faults[0].what)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "this Python has no `sqlite3`\nno locks on files here\n"


def test_appending_is_one_transaction(tmp_path: Path) -> None:
    with SqliteStore(tmp_path / "a.sqlite") as store:
        seen: list[str] = []
        store._connection.set_trace_callback(seen.append)
        store.append(chain("a", 3))
        store._connection.set_trace_callback(None)
        kinds = [text.split()[0] for text in seen]
        assert (kinds[0], kinds[-1], kinds.count("INSERT")) == ("BEGIN", "COMMIT", 3)


def test_a_sequence_of_batches_is_not_flattened(store: Store) -> None:
    batches: Sequence[Any] = [chain("a", 1)]
    with pytest.raises((WorkflowError, AttributeError)):
        store.append(batches)
    assert list(store.read()) == []
