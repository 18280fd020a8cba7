"""
A journal in one file, a line for each entry: the crc32 of its canonical bytes, a space, those bytes, a line feed.

What was acknowledged is on the disk and stays. Bytes after the last line feed were never acknowledged: readers leave
them out, the next writer puts them aside. A line that has its end and does not check is damage, wherever it stands,
the last line included: a crash leaves a beginning of what was written, never an end, and taking the last line for
unfinished because a bit of it has rotted would drop an acknowledged entry and let another one take its number.
"""

import contextlib
import os
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Final, Never, Self

import attrs

from fupin_rules.errors import Fault, WorkflowError
from fupin_rules.journal._canonical import MAX_BYTES, read_canonical
from fupin_rules.journal._digest import leaf_digest
from fupin_rules.journal._faults import JournalCorruptError, JournalLockedError, os_fault
from fupin_rules.journal._store import START, Head, link, place_of

try:
    import fcntl

    CAN_LOCK = True
except ImportError:  # Windows, Pyodide
    CAN_LOCK = False

BLOCK: Final = 1 << 20
# Eight digits and a space before the entry, the line feed after it.
MAX_LINE: Final = 9 + MAX_BYTES + 1


@attrs.frozen
class LinesRead:
    """
    A lines file as it was found.

    Attributes:
        entries: All whole records, in file order.
        torn: Bytes after the last line feed: a record whose writing was cut off, or is under way. Never acknowledged.
        size_read: Bytes of the whole records; `torn` begins there.
    """

    entries: tuple[Mapping[str, object], ...]
    torn: bytes
    size_read: int


@attrs.frozen
class Tail:
    """
    What a writer sees, under the lock, before it says what to append.

    Attributes:
        heads: The end of each case; a view that moves on with the store.
        added: Entries in the file that this store had not seen, in file order: at first all, later those of others.
    """

    heads: Mapping[str, Head]
    added: tuple[Mapping[str, object], ...]


def read_lines(path: str | os.PathLike[str]) -> LinesRead:
    """
    Read a lines file whole, without locking or mending anything.

    Raises:
        WorkflowError: There is no such file, or it cannot be read.
        JournalCorruptError: A line does not check; the fault names its first byte.

    >>> read_lines("no-such-journal.lines")
    Traceback (most recent call last):
    fupin_rules.errors.WorkflowError: no-such-journal.lines: cannot be read: ENOENT; ...
    """
    place = Path(path)
    try:
        with place.open("rb", buffering=0) as file:
            scan = _Scan(file.fileno(), place.name)
            entries = tuple(entry for _, entry in scan.records())
    except OSError as error:
        raise os_fault(error, place.name, "cannot be read") from error
    return LinesRead(entries, scan.torn, scan.at)


class LinesFile:
    """
    Keep entries in a lines file.

    `LinesFile(path)` shares the file with other writers: each append waits for the lock, reads what others added since,
    writes, and lets go. `LinesFile.open(path)` is the only writer until it is closed. Reading takes no lock.

    The lock is `flock` on the file itself, not on a second file beside it. Lock files get deleted by whoever tidies up,
    and then two writers hold "the" lock; and a journal reached by two names, links or mounts would have two of them.
    What speaks against locking the file itself is that it may be replaced; so each locking checks that the name still
    leads to the file that was locked.
    """

    def __init__(self, path: str | os.PathLike[str], *, durable: bool = True, wait: bool = True) -> None:
        """
        Share a lines file.

        Args:
            path: Created by the first append; its folder must be there.
            durable: Whether an append returns only when the disk has it. Without, entries outlive the end of the
                program, but not a power cut.
            wait: Whether an append waits for another writer; without, it raises `JournalLockedError`.
        """
        self._path = Path(path)
        self._durable = durable
        self._wait = wait
        # Bytes and ends of what was read and checked; never ahead of the file.
        self._size = 0
        self._heads: dict[str, Head] = {}
        self._file: tuple[int, int] | None = None
        self._held: int | None = None
        self._closed = False
        # `flock` does not tell threads that share a store apart.
        self._guard = threading.RLock()
        self._appending = False

    @classmethod
    def open(cls, path: str | os.PathLike[str], *, wait: bool = False, durable: bool = True) -> Self:
        """
        Become the only writer until closed; use it in a `with` statement.

        Args:
            path: Created when it is not there; its folder must be.
            wait: Whether to wait for another writer. A thread that waits for itself waits for ever.
            durable: As for sharing.

        Raises:
            JournalLockedError: Another writer has it.
            JournalCorruptError: A line does not check, or an entry does not follow the one before it.
            WorkflowError: The file cannot be written here.
        """
        store = cls(path, durable=durable)
        store._held = store._lock(wait=wait)
        try:
            store._catch_up(store._held, None)
        except BaseException:
            store.close()
            raise
        return store

    def __enter__(self) -> Self:
        """Give the store."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Let go of the lock; nothing more can be appended."""
        with self._guard:
            self._closed = True
            if self._held is not None:
                held, self._held = self._held, None
                _release(held)

    def read(self, case: str | None = None) -> Iterator[Mapping[str, object]]:
        """
        Give the whole records, of all cases or of one, in file order; an unfinished last line is left out.

        An append that fails and is taken back may be seen before it is.

        Raises:
            WorkflowError: There is no such file, or it cannot be read.
            JournalCorruptError: A line does not check; the fault names its first byte.
        """
        try:
            with self._path.open("rb", buffering=0) as file:
                for _, entry in _Scan(file.fileno(), self._path.name).records():
                    if case is None or entry.get("case") == case:
                        yield entry
        except OSError as error:
            raise os_fault(error, self._path.name, "cannot be read") from error

    def append(self, entries: Sequence[Mapping[str, object]]) -> None:
        """
        Add entries; when it returns, the disk has them all.

        Raises:
            ConflictError: One does not follow the last of its case. Nothing is written.
            WorkflowError: One cannot be an entry, or the disk does not take them. Nothing is kept.
            JournalCorruptError: What others added does not check.
        """
        self._append(lambda _: entries, None)

    def append_shared(self, build: Callable[[Tail], Sequence[Mapping[str, object]]]) -> None:
        """
        Add what `build` makes of the latest state, with no other writer between its looking and the writing.

        Args:
            build: Called once, under the lock; keep it short. It may give nothing; it must not append.

        Raises:
            As `append`; and whatever `build` raises, with nothing written.
        """
        self._append(build, [])

    def _append(
        self, build: Callable[[Tail], Sequence[Mapping[str, object]]], added: list[Mapping[str, object]] | None
    ) -> None:
        with self._guard:
            if self._closed:
                self._refuse("is closed", "open it again")
            if self._appending:
                self._refuse("an append inside an append", "give the entries from `build`")
            self._appending = True
            descriptor = self._held
            try:
                if descriptor is None:
                    descriptor = self._lock(wait=self._wait)
                self._catch_up(descriptor, added)
                entries = build(Tail(MappingProxyType(self._heads), tuple(added or ())))
                records, heads = link(entries, self._heads.get)
                if records:
                    self._write(descriptor, b"".join(_line(data) for _, _, data in records))
                    self._heads.update(heads)
            finally:
                self._appending = False
                if self._held is None and descriptor is not None:
                    _release(descriptor)

    def _lock(self, *, wait: bool) -> int:
        if not CAN_LOCK:
            self._refuse("no locks on files here", "keep the journal in a `SqliteStore`")
        while True:
            try:
                descriptor = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o666)
            except OSError as error:
                raise os_fault(error, self._path.name, "cannot be opened for writing") from error
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
                found, file = self._find(), _identity(os.fstat(descriptor))
            except BlockingIOError:
                os.close(descriptor)
                fault = Fault(
                    self._path.name, "another writer has it", "wait for it, or append without opening", "locked"
                )
                raise JournalLockedError(fault) from None
            except OSError as error:
                os.close(descriptor)
                raise os_fault(error, self._path.name, "cannot be locked") from error
            except BaseException:
                os.close(descriptor)
                raise
            if found == file:
                return self._recognise(descriptor, file)
            # Replaced between opening and locking: the lock is on a file that no name leads to.
            _release(descriptor)

    def _find(self) -> tuple[int, int] | None:
        try:
            return _identity(self._path.stat())
        except FileNotFoundError:
            return None

    def _recognise(self, descriptor: int, file: tuple[int, int]) -> int:
        if self._file not in {None, file}:
            _release(descriptor)
            self._corrupt("another file stands in its place", self._size)
        self._file = file
        return descriptor

    def _catch_up(self, descriptor: int, added: list[Mapping[str, object]] | None) -> None:
        # INVARIANT: called under the lock only. Without it, the unfinished line may be one that is being written.
        try:
            torn = self._read_on(descriptor, added)
        except OSError as error:
            raise os_fault(error, self._path.name, "cannot be read") from error
        if torn:
            self._set_aside(descriptor, torn)

    def _read_on(self, descriptor: int, added: list[Mapping[str, object]] | None) -> bytes:
        size = os.fstat(descriptor).st_size
        if size < self._size:
            self._corrupt(f"is shorter than when it was read last, {self._size} bytes then", size)
        if size == 0:
            self._sync_folder()
        if size == self._size:
            return b""
        scan = _Scan(descriptor, self._path.name, self._size)
        for data, entry in scan.records():
            self._follow(entry, data)
            self._size = scan.at
            if added is not None:
                added.append(entry)
        return scan.torn

    def _follow(self, entry: Mapping[str, object], data: bytes) -> None:
        try:
            case, seq, prev = place_of(entry)
        except WorkflowError:
            self._corrupt("a record that is no entry", self._size)
        if (seq - 1, prev) != self._heads.get(case, START):
            self._corrupt(f"entry {seq} of case `{case}` does not follow the one before it", self._size)
        self._heads[case] = Head(seq, leaf_digest(data))

    def _set_aside(self, descriptor: int, torn: bytes) -> None:
        aside = self._path.with_name(self._path.name + ".torn")
        try:
            other = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
            try:
                # Torn bytes hold no line feed, so that one between them keeps several apart.
                _write_all(other, torn + b"\n")
                os.fsync(other)
            finally:
                os.close(other)
            self._sync_folder()
            os.ftruncate(descriptor, self._size)
            os.fsync(descriptor)
        except OSError as error:
            raise os_fault(error, self._path.name, "an unfinished last line cannot be put aside") from error

    def _write(self, descriptor: int, data: bytes) -> None:
        try:
            _write_all(descriptor, data)
            if self._durable:
                os.fsync(descriptor)
        except OSError as error:
            self._take_back(descriptor)
            raise os_fault(error, self._path.name, "the entries were not written") from error
        except BaseException:
            self._take_back(descriptor)
            raise
        self._size += len(data)

    def _take_back(self, descriptor: int) -> None:
        # If this fails too, the next append finds what is left, by size, and reads or puts aside what it is.
        with contextlib.suppress(OSError):
            os.ftruncate(descriptor, self._size)
            os.fsync(descriptor)

    def _sync_folder(self) -> None:
        # Without it, a file whose content is on the disk may have no name there.
        if not self._durable:
            return
        folder = os.open(self._path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)

    def _corrupt(self, what: str, position: int) -> Never:
        _corrupt(self._path.name, what, position)

    def _refuse(self, what: str, mend: str) -> Never:
        raise WorkflowError(Fault(self._path.name, what, mend, "store"))


@attrs.define
class _Scan:
    """Walk over the records of an open file; afterwards `at` is where whole records end, `torn` what stands there."""

    descriptor: int
    name: str
    at: int = 0
    torn: bytes = b""

    def records(self) -> Iterator[tuple[bytes, Mapping[str, object]]]:
        doubted = -1
        while block := self._read():
            *lines, self.torn = (self.torn + block).split(b"\n")
            for line in lines:
                try:
                    data, entry = _read_line(line, self.name, self.at)
                except JournalCorruptError:
                    if doubted == self.at:
                        raise
                    # A reader without the lock may hold the start of an unfinished line, and read on in the one that a
                    # writer has since put in its place. Damage is still there at a second look.
                    doubted, self.torn = self.at, b""
                    break
                self.at += len(line) + 1
                yield data, entry
            if len(self.torn) >= MAX_LINE:
                _corrupt(self.name, "a line longer than any record", self.at)

    def _read(self) -> bytes:
        os.lseek(self.descriptor, self.at + len(self.torn), os.SEEK_SET)
        return os.read(self.descriptor, BLOCK)


def _line(data: bytes) -> bytes:
    return b"%08x %b\n" % (zlib.crc32(data), data)


def _read_line(line: bytes, name: str, position: int) -> tuple[bytes, Mapping[str, object]]:
    data = line[9:]
    if line[:9] != b"%08x " % zlib.crc32(data):
        _corrupt(name, "a line whose checksum is wrong", position)
    entry = read_canonical(data, where=_where(name, position))
    if not isinstance(entry, dict):
        _corrupt(name, "a record that is no entry", position)
    return data, entry


def _write_all(descriptor: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        written = os.write(descriptor, rest)
        if written <= 0:
            raise OSError(0, "nothing was written")
        rest = rest[written:]


def _identity(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino


def _release(descriptor: int) -> None:
    # Said, not left to closing: a process forked meanwhile would keep the lock with its copy.
    with contextlib.suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_UN)
    os.close(descriptor)


def _where(name: str, position: int) -> str:
    return f"{name}, byte {position}"


def _corrupt(name: str, what: str, position: int) -> Never:
    raise JournalCorruptError(Fault(_where(name, position), what, "restore it from a copy", "line")) from None
