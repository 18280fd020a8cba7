"""The lines file: no acknowledged entry is lost, whatever happens; what is damaged is said, what is torn is set aside."""

import errno
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fupin_rules.errors import WorkflowError
from fupin_rules.journal import (
    FIRST,
    ConflictError,
    JournalCorruptError,
    JournalLockedError,
    LinesFile,
    SqliteStore,
    Tail,
    canonical,
    check_chain,
    leaf_digest,
    read_lines,
)
from fupin_rules.journal import _lines as lines_module

fcntl = pytest.importorskip("fcntl")

SWEEP = os.environ.get("FUPIN_SWEEP") == "1"
ROUNDS = 500 if SWEEP else 12
RECORDS = 25_000 if SWEEP else 500
WRITERS = 4


def chain(case: str, count: int, *, seq: int = 1, prev: str = FIRST, **more: object) -> list[dict[str, object]]:
    """Give entries that follow each other."""
    entries: list[dict[str, object]] = []
    for number in range(seq, seq + count):
        entries.append({"case": case, "seq": number, "prev": prev, **more})
        prev = leaf_digest(canonical(entries[-1]))
    return entries


def line(entry: object) -> bytes:
    """Write a line as the format says, independently."""
    data = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
    return format(zlib.crc32(data), "08x").encode() + b" " + data + b"\n"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "journal.lines"


@pytest.fixture
def full(path: Path) -> Path:
    """Give a file of six entries of two cases."""
    with LinesFile.open(path) as store:
        store.append([*chain("a", 3), *chain("乙", 3)])
    return path


# -- the format ------------------------------------------------------------------------------------------------------


def test_a_line_is_a_checksum_a_space_and_canonical_bytes(path: Path) -> None:
    entries = chain("甲", 3, said="贫困")
    with LinesFile.open(path) as store:
        store.append(entries[:1])
        store.append(entries[1:])
    assert path.read_bytes() == b"".join(map(line, entries))
    assert read_lines(path).entries == tuple(entries)


def test_every_prefix_of_a_file_is_read_as_a_prefix_of_its_entries(full: Path, tmp_path: Path) -> None:
    data, entries = full.read_bytes(), read_lines(full).entries
    part = tmp_path / "part.lines"
    for size in range(len(data) + 1):
        part.write_bytes(data[:size])
        read = read_lines(part)
        whole = data[:size].count(b"\n")
        assert read.entries == tuple(LinesFile(part).read()) == entries[:whole]
        assert data[: read.size_read] + read.torn == data[:size]
        assert read.size_read == size - len(read.torn) == data[:size].rfind(b"\n") + 1


def test_every_prefix_can_be_appended_to_and_keeps_what_was_cut(full: Path, tmp_path: Path) -> None:
    data, entries = full.read_bytes(), read_lines(full).entries
    for size in range(0, len(data) + 1, 7):
        part = tmp_path / f"{size}.lines"
        part.write_bytes(data[:size])
        torn = read_lines(part).torn
        with LinesFile.open(part, durable=False) as store:
            whole = data[:size].count(b"\n")
            store.append(entries[whole:])
        assert part.read_bytes() == data
        aside = tmp_path / f"{size}.lines.torn"
        assert (aside.read_bytes() if aside.exists() else b"\n") == torn + b"\n"


def test_several_torn_lines_are_kept_one_below_the_other(path: Path) -> None:
    for torn in (b"first", b"second"):
        with path.open("ab") as file:
            file.write(torn)
        LinesFile(path).append([])
    assert path.with_name("journal.lines.torn").read_bytes() == b"first\nsecond\n"


def test_reading_mends_nothing(full: Path) -> None:
    data = full.read_bytes()[:-5]
    full.write_bytes(data)
    assert len(read_lines(full).entries) == len(list(LinesFile(full).read())) == 5
    assert full.read_bytes() == data
    assert [file.name for file in full.parent.iterdir()] == [full.name]


@pytest.mark.parametrize("which", range(6))
@pytest.mark.parametrize(
    ("damage", "what"),
    [
        (lambda text: text.replace(b'"seq":', b'"Seq":'), "a line whose checksum is wrong"),
        (lambda text: b"x" + text[1:], "a line whose checksum is wrong"),
        (lambda text: text[:8] + b"_" + text[9:], "a line whose checksum is wrong"),
        (lambda text: text[:8].upper() + text[8:] if text[:8].upper() != text[:8] else b"\n", "a line whose"),
        (lambda _: b"\n", "a line whose checksum is wrong"),
        (lambda _: b"00000000 \n", "is no JSON"),
        (lambda _: line([1]), "a record that is no entry"),
        (lambda _: line(1.5), "is no JSON, or has a key twice or a number that is not whole"),
    ],
)
def test_a_damaged_line_is_told_by_its_first_byte(
    full: Path, which: int, damage: Callable[[bytes], bytes], what: str
) -> None:
    lines = full.read_bytes().splitlines(keepends=True)
    start = sum(map(len, lines[:which]))
    lines[which] = damage(lines[which])
    full.write_bytes(b"".join(lines))
    for use in (lambda: read_lines(full), lambda: list(LinesFile(full).read()), lambda: LinesFile.open(full)):
        with pytest.raises(JournalCorruptError) as refused:
            use()
        assert str(refused.value).startswith(f"journal.lines, byte {start}: {what}")
    assert not full.with_name("journal.lines.torn").exists()


@given(st.binary(max_size=80), st.integers(0, 6))
@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused_as_corrupt(path: Path, data: bytes, keep: int) -> None:
    path.write_bytes(b"".join(map(line, chain("a", 6)[:keep])) + data)
    try:
        read = read_lines(path)
    except JournalCorruptError:
        return
    assert read.entries[:keep] == tuple(chain("a", keep))


def test_a_line_without_end_is_no_unfinished_record(full: Path) -> None:
    size = full.stat().st_size
    with full.open("ab") as file:
        file.write(b"0" * (2**20 + 10))
    for use in (lambda: read_lines(full), lambda: LinesFile.open(full)):
        with pytest.raises(JournalCorruptError, match=f"byte {size}: a line longer than any record"):
            use()


def test_the_longest_record_is_read_back_whole_or_torn(path: Path) -> None:
    entry = {**chain("a", 1)[0], "text": ""}
    entry["text"] = "x" * (2**20 - len(canonical(entry)))
    with LinesFile.open(path) as store:
        store.append([entry])
    assert read_lines(path).entries == (entry,)
    os.truncate(path, path.stat().st_size - 1)
    assert len(read_lines(path).torn) == 2**20 + 9


@pytest.mark.parametrize(
    ("entry", "what"),
    [
        ({"case": "a", "seq": 5, "prev": FIRST}, "entry 5 of case `a` does not follow the one before it"),
        ({"case": "a", "seq": 4, "prev": FIRST}, "entry 4 of case `a` does not follow the one before it"),
        ({"case": "a"}, "a record that is no entry"),
    ],
)
def test_a_broken_chain_is_read_but_not_continued(full: Path, entry: Mapping[str, object], what: str) -> None:
    size = full.stat().st_size
    with full.open("ab") as file:
        file.write(line(entry))
    assert read_lines(full).entries[-1] == entry
    with pytest.raises(JournalCorruptError) as refused:
        LinesFile.open(full)
    assert str(refused.value).startswith(f"journal.lines, byte {size}: {what}")


def test_a_reader_that_meets_a_repair_reads_on(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = chain("a", 4)
    data = b"".join(map(line, entries))
    path.write_bytes(data[: len(line(entries[0])) + 20])
    monkeypatch.setattr(lines_module, "BLOCK", len(line(entries[0])) + 20)
    reading = LinesFile(path).read()
    assert next(reading) == entries[0]
    # The reader holds 20 bytes of an unfinished line; another line takes its place.
    other = chain("乙", 2)
    path.write_bytes(line(entries[0]) + line(other[0]) + line(other[1]))
    assert list(reading) == other


# -- locks -----------------------------------------------------------------------------------------------------------


def test_one_writer_at_a_time(path: Path) -> None:
    with LinesFile.open(path) as store:
        with pytest.raises(JournalLockedError, match=r"journal\.lines: another writer has it; wait for it"):
            LinesFile.open(path)
        link = path.with_name("link")
        link.symlink_to(path)
        hard = path.with_name("hard")
        hard.hardlink_to(path)
        for name in (link, hard):
            with pytest.raises(JournalLockedError):
                LinesFile.open(name)
        store.append(chain("a", 1))
        assert list(LinesFile(path).read()) == chain("a", 1)
    with LinesFile.open(path) as store:
        assert list(store.read()) == chain("a", 1)


def test_who_shares_without_waiting_is_told_of_another_writer_and_comes_again(path: Path) -> None:
    shared = LinesFile(path, wait=False)
    first, second = chain("a", 2)
    with LinesFile.open(path):
        with pytest.raises(JournalLockedError, match=r"journal\.lines: another writer has it; wait for it"):
            shared.append([first])
    shared.append([first])
    shared.append([second])
    assert list(shared.read()) == [first, second]


@pytest.mark.parametrize("use", [lambda path: LinesFile.open(path, wait=True), LinesFile], ids=["wait", "shared"])
def test_who_waits_comes_next_and_sees_what_was_added(path: Path, use: Callable[[Path], LinesFile]) -> None:
    entries = chain("a", 2)
    order: list[str] = []

    def wait() -> None:
        with use(path) as store:
            store.append(entries[1:])
            order.append("second")

    with LinesFile.open(path) as first:
        thread = threading.Thread(target=wait)
        thread.start()
        time.sleep(0.05)
        first.append(entries[:1])
        order.append("first")
    thread.join()
    assert order == ["first", "second"]
    assert read_lines(path).entries == tuple(entries)


def test_a_closed_store_takes_nothing_more(path: Path) -> None:
    with LinesFile.open(path) as store:
        pass
    store.close()
    with LinesFile(path) as other:
        pass
    for closed in (store, other):
        with pytest.raises(WorkflowError, match=r"journal\.lines: is closed; open it again"):
            closed.append(chain("a", 1))


def test_an_append_inside_an_append_is_refused(path: Path) -> None:
    store = LinesFile(path)

    def build(_: Tail) -> list[dict[str, object]]:
        store.append(chain("b", 1))
        return chain("a", 1)

    with pytest.raises(WorkflowError, match="an append inside an append"):
        store.append_shared(build)
    store.append(chain("a", 1))
    assert read_lines(path).entries == tuple(chain("a", 1))


def test_shared_writers_are_told_what_others_added(path: Path) -> None:
    one, two = LinesFile(path), LinesFile(path)
    entries = chain("a", 3)
    seen: list[tuple[int, ...]] = []

    def add(entry: dict[str, object]) -> Callable[[Tail], list[dict[str, object]]]:
        def build(tail: Tail) -> list[dict[str, object]]:
            seen.append(tuple(int(str(old["seq"])) for old in tail.added))
            assert not tail.added or tail.heads["a"] == (tail.added[-1]["seq"], leaf_digest(canonical(tail.added[-1])))
            return [entry]

        return build

    one.append_shared(add(entries[0]))
    two.append_shared(add(entries[1]))
    one.append_shared(add(entries[2]))
    assert seen == [(), (1,), (2,)]
    with pytest.raises(AttributeError):
        two.append_shared(lambda tail: tail.heads.update(a=(0, "")))  # type: ignore[attr-defined]  # it must not be there
    with pytest.raises(ConflictError):
        two.append(entries[2:])


def test_what_build_raises_comes_out_and_nothing_is_written(path: Path) -> None:
    store = LinesFile(path)

    def build(_: Tail) -> list[dict[str, object]]:
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        store.append_shared(build)
    assert path.read_bytes() == b""
    store.append(chain("a", 1))


def test_a_file_put_in_the_place_of_another_is_noticed(path: Path) -> None:
    store = LinesFile(path)
    store.append(chain("a", 2))
    other = path.with_name("other")
    other.write_bytes(path.read_bytes())
    other.replace(path)
    with pytest.raises(JournalCorruptError, match="another file stands in its place"):
        store.append(chain("b", 1))


def test_a_file_replaced_between_opening_and_locking_is_let_go(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    flock = fcntl.flock

    def replace() -> None:
        other = path.with_name("other")
        other.touch()
        other.replace(path)

    swaps: list[Callable[[], None]] = [path.unlink, replace]

    def swap(descriptor: int, how: int) -> None:
        flock(descriptor, how)
        if swaps and how & fcntl.LOCK_EX:
            swaps.pop()()

    monkeypatch.setattr(fcntl, "flock", swap)
    with LinesFile.open(path) as store:
        store.append(chain("a", 1))
    assert read_lines(path).entries == tuple(chain("a", 1))


def test_a_file_that_became_shorter_is_noticed(path: Path) -> None:
    store = LinesFile(path)
    store.append(chain("a", 2))
    os.truncate(path, len(line(chain("a", 1)[0])))
    with pytest.raises(JournalCorruptError, match="is shorter than when it was read last"):
        store.append(chain("b", 1))


def test_without_locks_nothing_is_written(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines_module, "CAN_LOCK", False)
    with pytest.raises(WorkflowError, match="no locks on files here; keep the journal in a `SqliteStore`"):
        LinesFile.open(path)
    with pytest.raises(WorkflowError, match="no locks on files here"):
        LinesFile(path).append(chain("a", 1))
    assert not path.exists()


# -- what a disk does ------------------------------------------------------------------------------------------------


def test_short_writes_are_continued(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, data: write(descriptor, bytes(data)[:7]))
    with LinesFile.open(path) as store:
        store.append(chain("a", 5))
    assert read_lines(path).entries == tuple(chain("a", 5))


class Disk:
    """A disk that takes so many bytes and then fails."""

    def __init__(self, room: int, error: BaseException | None) -> None:
        self.room, self.error, self.write = room, error, os.write

    def __call__(self, descriptor: int, data: bytes) -> int:
        if not self.room:
            if self.error is None:
                return 0
            raise self.error
        part = bytes(data)[: self.room]
        self.room -= len(part)
        return self.write(descriptor, part)


@pytest.mark.parametrize("room", [0, 1, 50, 150, 200, 300])
@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (OSError(errno.ENOSPC, "full"), "the entries were not written: ENOSPC"),
        (OSError(errno.EROFS, "read-only"), "the entries were not written: EROFS"),
        (None, "the entries were not written: unknown"),
        (KeyboardInterrupt("stopped"), "stopped"),
    ],
)
@pytest.mark.parametrize("open_store", [LinesFile.open, LinesFile], ids=["own", "shared"])
def test_an_append_that_fails_leaves_nothing_and_can_be_tried_again(
    path: Path,
    room: int,
    error: BaseException | None,
    expected: str,
    open_store: Callable[[Path], LinesFile],
) -> None:
    entries = chain("a", 5)
    with open_store(path) as store:
        store.append(entries[:2])
        data = path.read_bytes()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "write", Disk(room, error))
            with pytest.raises((WorkflowError, KeyboardInterrupt), match=expected):
                store.append(entries[2:])
        assert path.read_bytes() == data
        store.append(entries[2:])
    assert read_lines(path).entries == tuple(entries)


def test_a_sync_that_fails_acknowledges_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with LinesFile.open(path) as store:
        store.append(chain("a", 1))
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", fail(errno.EIO))
            with pytest.raises(WorkflowError, match="the entries were not written: EIO"):
                store.append(chain("b", 1))
        assert read_lines(path).entries == tuple(chain("a", 1))
        store.append(chain("b", 1))


def fail(code: int) -> Callable[..., int]:
    def failing(*_: object) -> int:
        raise OSError(code, "failed")

    return failing


def test_what_cannot_be_taken_back_is_found_by_the_next_append(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = chain("a", 4)
    with LinesFile.open(path) as store:
        with monkeypatch.context() as patch:
            patch.setattr(os, "write", Disk(len(line(entries[0])) + 9, OSError(errno.ENOSPC, "full")))
            patch.setattr(os, "ftruncate", fail(errno.EIO))
            with pytest.raises(WorkflowError, match="ENOSPC"):
                store.append(entries)
        # One whole line and nine bytes stand there. The line counts; it was never acknowledged, so that the caller asks.
        with pytest.raises(ConflictError, match="entry 1 cannot follow entry 1"):
            store.append(entries)
        store.append(entries[1:])
    assert read_lines(path).entries == tuple(entries)
    assert len(path.with_name("journal.lines.torn").read_bytes()) == 10


def test_a_torn_line_that_cannot_be_put_aside_stays(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data = full.read_bytes()[:-5]
    full.write_bytes(data)
    with monkeypatch.context() as patch:
        patch.setattr(os, "write", fail(errno.ENOSPC))
        with pytest.raises(WorkflowError, match="an unfinished last line cannot be put aside: ENOSPC"):
            LinesFile.open(full)
    assert full.read_bytes() == data
    LinesFile.open(full).close()


def test_a_torn_line_is_on_the_disk_elsewhere_before_it_is_cut(full: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    full.write_bytes(full.read_bytes()[:-5])
    acts = record(monkeypatch, "write", "fsync", "ftruncate")
    LinesFile.open(full).close()
    assert acts == ["write", "fsync", "fsync", "ftruncate", "fsync"]


def test_each_append_is_one_write_and_one_sync(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acts = record(monkeypatch, "write", "fsync")
    with LinesFile.open(path) as store:
        assert acts == ["fsync"], "the folder, so that the new file has a name on the disk"
        store.append(chain("a", 1))
        acts.clear()
        store.append(chain("b", 9))
        store.append([])
    assert acts == ["write", "fsync"]
    with LinesFile.open(path, durable=False) as store:
        store.append(chain("c", 1))
    assert acts == ["write", "fsync", "write"]


def test_what_need_not_be_durable_is_not_synced(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    acts = record(monkeypatch, "write", "fsync")
    LinesFile(path, durable=False).append(chain("a", 1))
    assert acts == ["write"]


def record(patch: pytest.MonkeyPatch, *names: str) -> list[str]:
    """Note each call of these functions of the system, and let it pass."""
    acts: list[str] = []

    def noting(name: str, real: Callable[..., object]) -> Callable[..., object]:
        def note(*given: object) -> object:
            acts.append(name)
            return real(*given)

        return note

    for name in names:
        patch.setattr(os, name, noting(name, getattr(os, name)))
    return acts


def test_files_that_cannot_be_used_are_said_by_symbol(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = tmp_path / "no" / "journal.lines"
    with pytest.raises(WorkflowError, match=r"journal\.lines: cannot be opened for writing: ENOENT; see to the file"):
        LinesFile.open(nowhere)
    for use in (lambda: read_lines(nowhere), lambda: list(LinesFile(nowhere).read())):
        with pytest.raises(WorkflowError, match=r"journal\.lines: cannot be read: ENOENT"):
            use()
    with pytest.raises(WorkflowError, match="cannot be opened for writing: EISDIR"):
        LinesFile.open(tmp_path)
    path = tmp_path / "journal.lines"
    for error, what in ((OSError(errno.ENOLCK, ""), "cannot be locked: ENOLCK"), (KeyboardInterrupt("stop"), "stop")):
        with monkeypatch.context() as patch:
            patch.setattr(fcntl, "flock", raising(error))
            with pytest.raises((WorkflowError, KeyboardInterrupt), match=what):
                LinesFile.open(path)
    path.write_bytes(b"x")
    with monkeypatch.context() as patch:
        patch.setattr(os, "lseek", fail(errno.EIO))
        with pytest.raises(WorkflowError, match="cannot be read: EIO"):
            LinesFile.open(path)


def raising(error: BaseException) -> Callable[..., None]:
    def raise_it(*_: object) -> None:
        raise error

    return raise_it


# -- kill -9, and many writers ---------------------------------------------------------------------------------------

APPENDING = """
import os, sys
from fupin_rules.journal import FIRST, LinesFile, SqliteStore, canonical, leaf_digest

path, kind, batch, longest = sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
with (LinesFile.open(path, wait=True) if kind == "lines" else SqliteStore(path)) as store:
    seq, prev = 0, FIRST
    for entry in store.read():
        seq, prev = entry["seq"], leaf_digest(canonical(entry))
    os.write(1, b"ready\\n")
    while True:
        entries = []
        for _ in range(batch):
            seq += 1
            entries.append({"case": "a", "seq": seq, "prev": prev, "text": "x" * (seq * 7919 % longest)})
            prev = leaf_digest(canonical(entries[-1]))
        store.append(entries)
        os.write(1, b"%d\\n" % seq)
"""


def kill_while_appending(path: Path, kind: str, chance: random.Random) -> int:
    """Let another process append until it is killed; give the last number it acknowledged, 0 for none."""
    # A short write is over before a signal comes; long ones are cut.
    batch, longest = str(chance.choice([1, 1, 3])), str(chance.choice([3000, 300_000]))
    with subprocess.Popen(
        [sys.executable, "-c", APPENDING, str(path), kind, batch, longest], stdout=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"ready\n"
        time.sleep(chance.uniform(0, 0.03))
        process.send_signal(signal.SIGKILL)
        told = process.stdout.read().split(b"\n")
    # What stands after the last line feed was cut off in the pipe.
    return int(told[-2]) if len(told) > 1 else 0


def entries_of(path: Path, kind: str) -> tuple[Mapping[str, object], ...]:
    if kind == "lines":
        return read_lines(path).entries
    with SqliteStore(path) as store:
        return tuple(store.read())


@pytest.mark.parametrize(("kind", "rounds"), [("lines", ROUNDS), ("sqlite", ROUNDS // 4)])
def test_a_writer_killed_at_any_moment_loses_nothing_it_acknowledged(tmp_path: Path, kind: str, rounds: int) -> None:
    chance = random.Random(20160131)
    torn = acknowledged = 0
    path = tmp_path / "0"
    for number in range(rounds):
        if number % 25 == 0:
            # A new file now and then: the first entries are as endangered as the later ones, and rounds stay short.
            path = tmp_path / str(number)
        last = kill_while_appending(path, kind, chance)
        entries = entries_of(path, kind)
        assert len(entries) >= last
        checked = check_chain(entries)
        assert checked.findings == ()
        assert [entry["seq"] for entry in entries] == list(range(1, len(entries) + 1))
        acknowledged += last > 0
        torn += kind == "lines" and read_lines(path).torn != b""
    assert acknowledged, "no round got as far as an acknowledged entry"
    print(f"{kind}: {rounds} rounds, {acknowledged} with acknowledged entries, {torn} with a torn last line")  # noqa: T201  figures of a sweep


SHARING = """
import sys
from fupin_rules.journal import FIRST, LinesFile

path, name, count, durable = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4] == "durable"
store = LinesFile(path, durable=durable)


def build(tail):
    # All share one case; each also has its own, so that what it wrote can be counted.
    seq, prev = tail.heads.get("all", (0, FIRST))
    mine, before = tail.heads.get(name, (0, FIRST))
    if mine % 2:
        return [{"case": name, "seq": mine + 1, "prev": before, "by": name}]
    return [
        {"case": "all", "seq": seq + 1, "prev": prev, "by": name},
        {"case": name, "seq": mine + 1, "prev": before, "by": name},
    ]


for _ in range(count):
    store.append_shared(build)
"""


@pytest.mark.parametrize(
    ("records", "durable"), [(500, "durable"), (RECORDS, "not")] if SWEEP else [(RECORDS, "durable")]
)
def test_four_processes_that_share_a_file_lose_nothing(path: Path, records: int, durable: str) -> None:
    names = [f"writer-{number}" for number in range(WRITERS)]
    command = [sys.executable, "-c", SHARING, str(path)]
    processes = [subprocess.Popen([*command, name, str(records), durable]) for name in names]
    assert [process.wait() for process in processes] == [0] * WRITERS
    read = read_lines(path)
    checked = check_chain(read.entries)
    assert checked.findings == ()
    assert read.torn == b""
    assert {name: checked.heads[name].seq for name in names} == dict.fromkeys(names, records)
    assert checked.heads["all"].seq == WRITERS * records // 2
    assert not path.with_name("journal.lines.torn").exists()
