"""One case of a journal: its entries, where they leave it, and the procedure it is pinned to."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

import attrs

from fupin_rules.cli._output import say
from fupin_rules.cli.case._journal import Entry, read_journal
from fupin_rules.cli.case._procedures import Brought, bring
from fupin_rules.cli.case._words import words_of
from fupin_rules.workflow import Case, Procedure, replay


@attrs.frozen
class Found:
    """
    A case as its journal tells it.

    Attributes:
        case: Where it stands.
        procedure: The one that it is pinned to now.
        procedures: All that its entries name, by reference.
        entries: Its entries, in order.
        brought: Procedures that were given.
    """

    case: Case
    procedure: Procedure
    procedures: Mapping[str, Procedure]
    entries: Sequence[Entry]
    brought: Brought


def replayed(brought: Brought, entries: Sequence[Entry]) -> Found:
    """
    Replay the entries of one case; at least one.

    Raises:
        PolicyError: A procedure that they name is nowhere.
        JournalCorruptError: One of them could not have been accepted, or does not follow the one before.
    """
    procedures = {each: brought.pinned(each) for each in dict.fromkeys(str(entry.get("proc")) for entry in entries)}
    (case,) = replay(procedures.values(), entries).values()
    return Found(case, procedures[case.procedure], procedures, entries, brought)


def find_case(arguments: argparse.Namespace) -> Found:
    """Read the case that was named, and replay it."""
    return replayed(bring(arguments.procedure), read_journal(arguments.journal, arguments.lang, arguments.case))


def say_place(found: Found, language: str) -> None:
    """Print where a case is, and the number that `--expect` takes."""
    case = found.case
    state = words_of(found.procedure.state, case.state, language)
    say(f"{case.id}：{state}（第{case.seq}条）" if language == "zh" else f"{case.id}: {state} (entry {case.seq})")
