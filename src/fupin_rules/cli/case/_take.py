"""`fupin case open` and `fupin case step`: an event is judged, and kept if it is accepted."""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import attrs

from fupin_rules.cli._output import counted
from fupin_rules.cli.case._events import check_case_id, event_of, made_id
from fupin_rules.cli.case._found import replayed
from fupin_rules.cli.case._journal import Entry, no_journal, read_journal, unknown_case, write_journal
from fupin_rules.cli.case._outcome import Taken, say_taken
from fupin_rules.cli.case._outside import context_of, salt_of
from fupin_rules.cli.case._procedures import Brought, bring
from fupin_rules.journal import ConflictError, JournalLockedError
from fupin_rules.registry import Register, read_register
from fupin_rules.workflow import Accepted, Case, Duplicate, Procedure, Reason, step


def run_open(arguments: argparse.Namespace) -> int:
    """Run `fupin case open`."""
    return _run(arguments, [arguments.procedure], opens=True)


def run_step(arguments: argparse.Namespace) -> int:
    """Run `fupin case step`."""
    return _run(arguments, arguments.procedure, opens=False)


def _run(arguments: argparse.Namespace, given: Sequence[str], *, opens: bool) -> int:
    # What takes long is read before the journal is locked.
    reading = None if arguments.register is None else read_register(arguments.register)
    judge = _Judge(arguments, bring(given, checked=opens), reading, opens)
    if opens:
        check_case_id(arguments.case)
    elif not arguments.journal.exists():
        raise no_journal(arguments.journal)
    try:
        if arguments.dry_run:
            judge(_as_it_stands(arguments, opens=opens))
        else:
            write_journal(arguments.journal, arguments.case, judge, arguments.lang)
    except ConflictError:
        zh = "办理期间他人已在本案记入新的一条，本次未记入；请重新查看后再办"
        en = "somebody else added to the case meanwhile, and this was not kept; look at it again"
        judge.taken = judge.kept_out("stale", "seq", zh, en)
    except JournalLockedError:
        zh, en = "他人正占用本日志，本次未记入；请稍后再办", "another writer has the journal; try again later"
        judge.taken = judge.kept_out("locked", "journal", zh, en)
    assert judge.taken is not None, "whoever writes asks first"
    say_taken(judge.taken, arguments)
    return 0 if isinstance(judge.taken.result, (Accepted, Duplicate)) else 1


def _as_it_stands(arguments: argparse.Namespace, *, opens: bool) -> Sequence[Entry]:
    if not opens:
        return read_journal(arguments.journal, arguments.lang, arguments.case)
    held = read_journal(arguments.journal, arguments.lang) if arguments.journal.exists() else ()
    return [entry for entry in held if entry.get("case") == arguments.case]


@attrs.define
class _Judge:
    """
    What makes an entry of an event, given the entries of its case.

    Attributes:
        arguments: As parsed.
        brought: Procedures that were given.
        reading: The register, if one was given.
        opens: Whether the event is to open the case.
        taken: What came of it; None before it was asked.
    """

    arguments: argparse.Namespace
    brought: Brought
    reading: Register | None
    opens: bool
    taken: Taken | None = None

    def __call__(self, entries: Sequence[Entry]) -> Entry | None:
        """Judge the event; give its entry if it was accepted."""
        self.taken = self._open(entries) if self.opens else self._step(entries)
        return self.taken.result.entry if isinstance(self.taken.result, Accepted) else None

    def kept_out(self, code: str, path: str, zh: str, en: str) -> Taken:
        """Tell what keeps an event out that no procedure refuses."""
        return Taken("", None, Reason(code, path, "", "", zh, en))

    def _open(self, entries: Sequence[Entry]) -> Taken:
        (procedure,) = self.brought.procedures
        if not entries:
            return self._take(procedure, None)
        case = replayed(self.brought, entries).case
        if case.procedure == procedure.reference:
            again = self._take(procedure, case)
            if isinstance(again.result, Duplicate):
                return again
        zh = f"本案已立案（现有{case.seq}条），以后各步请用 `fupin case step`"
        en = f"the case is open already ({counted(case.seq, 'entry', 'entries')}); go on with `fupin case step`"
        return self.kept_out("case_exists", "case", zh, en)

    def _step(self, entries: Sequence[Entry]) -> Taken:
        if not entries:
            raise unknown_case(self.arguments.journal, self.arguments.case)
        found = replayed(self.brought, entries)
        return self._take(found.procedure, found.case)

    def _take(self, procedure: Procedure, case: Case | None) -> Taken:
        given = self.arguments
        event_id = given.event_id or made_id(given.case, 1 if case is None or self.opens else case.seq + 1)
        salt = salt_of(given.salt_file, given.case)
        event = event_of(given, procedure, given.case, event_id, salt)
        context = context_of(given, self.brought, procedure, given.case, self.reading)
        if case is None:
            return Taken(event_id, procedure.open(given.case, event, given.at, context=context), procedure=procedure)
        result = step(procedure, case, event, given.at, expect=given.expect, context=context)
        return Taken(event_id, result, procedure=procedure)
