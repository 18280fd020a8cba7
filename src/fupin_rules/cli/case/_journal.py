"""
Journals as the command reads and writes them: a lines file, or a database where the name ends in .sqlite or .db.

Reading never waits and mends nothing. Writing looks and writes under one lock, so that nobody writes in between; where
another writer has the journal for long, it gives up and says so.
"""

from __future__ import annotations

import difflib
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from fupin_rules.cli._arguments import USAGE
from fupin_rules.cli._output import tell
from fupin_rules.errors import Fault, FupinRulesError, WorkflowError
from fupin_rules.journal import JournalLockedError, LinesFile, SqliteStore, Tail, read_lines

WAIT_SECONDS: Final = 10
_PAUSE: Final = 0.1
_DATABASES = {".sqlite", ".sqlite3", ".db"}

Entry = Mapping[str, Any]
Judge = Callable[[Sequence[Entry]], Entry | None]


def is_database(journal: Path) -> bool:
    """Tell whether a journal is a database; by its name, since it may not be there yet."""
    return journal.suffix.lower() in _DATABASES


def read_journal(journal: Path, language: str, case: str | None = None) -> tuple[Entry, ...]:
    """
    Read the entries of all cases, or of one.

    An unfinished last line is told on standard error.

    Raises:
        WorkflowError: There is no such journal, or it cannot be read.
        FupinRulesError: There is no such case.
    """
    if not journal.exists():
        raise no_journal(journal)
    if is_database(journal):
        with SqliteStore(journal, wait_seconds=WAIT_SECONDS) as store:
            entries = tuple(store.read(case))
    else:
        found = read_lines(journal)
        if found.torn:
            tell(_torn_words(journal, len(found.torn), language))
        entries = tuple(entry for entry in found.entries if case in {None, entry.get("case")})
    if case is not None and not entries:
        raise unknown_case(journal, case)
    return entries


def _torn_words(journal: Path, size: int, language: str) -> str:
    if language == "zh":
        return (
            f"{journal.name}：最后一行不完整（{size}字节），不算已记入：或有人正在写入，或上次写入中断；"
            "下次记入时会先把它移出另存"
        )
    return (
        f"{journal.name}: the last line has no end ({size} bytes) and does not count: somebody is writing just now, "
        "or a writing was cut off; the next entry puts it aside first"
    )


def no_journal(journal: Path) -> WorkflowError:
    """Give the error for a journal that is not there."""
    mend = "see to the name, or open a first case with `fupin case open`"
    return WorkflowError(Fault(journal.name, "there is no such journal", mend, "no_journal"))


def unknown_case(journal: Path, case: str) -> FupinRulesError:
    """Give the error for a case that a journal does not hold, with the nearest that it does; the journal is there."""
    if is_database(journal):
        with SqliteStore(journal, wait_seconds=WAIT_SECONDS) as store:
            known = {str(entry.get("case")) for entry in store.read()}
    else:
        known = {str(entry.get("case")) for entry in read_lines(journal).entries}
    near = difflib.get_close_matches(case[:100], sorted(known), 1)
    mend = f"did you mean `{near[0]}`?" if near else "see the ids with `fupin case show`, or open it first"
    return FupinRulesError(Fault("CASE_ID", f"there is no such case in `{journal.name}`", mend, USAGE))


def write_journal(journal: Path, case: str, judge: Judge, language: str) -> None:
    """
    Add what `judge` makes of the entries of a case, if anything.

    What is refused is not begun: a journal that is not there yet is made only for an entry that was accepted.

    Raises:
        ConflictError: Somebody else added an entry to the case meanwhile. Nothing is written.
        JournalLockedError: Another writer had the journal all the while. Nothing is written.
        WorkflowError: It cannot be written here.
    """
    if not journal.exists() and judge(()) is None:
        return
    if is_database(journal):
        with SqliteStore(journal, wait_seconds=WAIT_SECONDS) as store:
            entry = judge(tuple(store.read(case)))
            store.append([] if entry is None else [entry])
        return

    def build(tail: Tail) -> list[Entry]:
        entry = judge([each for each in tail.added if each.get("case") == case])
        return [] if entry is None else [entry]

    aside = journal.with_name(journal.name + ".torn")
    before = aside.stat().st_size if aside.exists() else 0
    _patiently(lambda: LinesFile(journal, wait=False).append_shared(build))
    if aside.exists() and aside.stat().st_size > before:
        tell(_aside_words(aside, aside.stat().st_size - before - 1, language))


def _patiently(append: Callable[[], None]) -> None:
    for _ in range(round(WAIT_SECONDS / _PAUSE)):
        try:
            return append()
        except JournalLockedError:
            time.sleep(_PAUSE)
    return append()


def _aside_words(aside: Path, size: int, language: str) -> str:
    if language == "zh":
        return (
            f"上次写入中断留下的{size}字节已移至 {aside.name}：那一条从未记入成功，当时办理的人未得到“已记入”的答复；"
            "请核对是否需要补办"
        )
    return (
        f"{size} bytes of a writing that was cut off were put aside in {aside.name}: that entry was never kept, and "
        "whoever made it was not told that it was; see whether it is to be made again"
    )
