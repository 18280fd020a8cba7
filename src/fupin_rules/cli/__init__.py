"""
The command `fupin`.

Exit status: 0 done (any outcome is an answer); 1 a check said no, an event was refused, or rows could not be read;
2 usage, a missing extra, a date outside the days a pack covers; 3 input unreadable or over a limit; 4 a pack or a
procedure that does not load; 130 interrupted.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from fupin_rules.cli._arguments import USAGE
from fupin_rules.cli._output import tell
from fupin_rules.engine import LIBRARY_VERSION
from fupin_rules.errors import (
    FupinRulesError,
    MissingExtraError,
    PolicyError,
    UncoveredDateError,
    WorkflowError,
)
from fupin_rules.journal import JournalLockedError

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """
    Run the command.

    Args:
        argv: Arguments after the name of the command; those of the process by default.

    Returns:
        The exit status.
    """
    given = sys.argv[1:] if argv is None else argv
    parser = _parser(next((each for each in given if not each.startswith("-")), ""))
    try:
        arguments = parser.parse_args(given)
    except SystemExit as end:
        return int(end.code or 0)
    try:
        status: int = arguments.run(arguments)
        sys.stdout.flush()
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        _drop_output()  # Whoever read it has gone.
        return 0
    except Exception as error:  # The last stop: a traceback could show what a cell held.
        if arguments.debug:
            raise
        tell(_said(error))
        if isinstance(error, OSError):
            _drop_output()
        return _status(error)
    return status


def _drop_output() -> None:
    """Let go of what standard output could not take: at its end the interpreter would complain once more."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _said(error: Exception) -> str:
    match error:
        case FupinRulesError():
            return str(error)
        case OSError():
            name = Path(error.filename).name if isinstance(error.filename, str) else "input or output"
            return f"{name}: {(error.strerror or 'failed').lower()}; check path, rights and space"
        case _:
            what = f"`{type(error).__name__}`, a fault of this program"
            return f"fupin: {what}; run it again with `--debug`, and report where it comes from"


# Codes of faults that lie in what was asked, not in a pack or a register.
_ASKED = {USAGE, "no_rule", "no_ranking", "totals", "moment", "few", "no_schema"}


def _status(error: Exception) -> int:
    match error:
        case MissingExtraError() | UncoveredDateError():
            return 2
        case FupinRulesError() if {fault.code for fault in error.faults} <= _ASKED:
            return 2
        case PolicyError():
            return 4
        case WorkflowError() if any(fault.code == "ambiguous" for fault in error.faults):
            return 4
        case JournalLockedError():
            return 1
        case _:
            return 3


class _Command(NamedTuple):
    """A command: where it is kept, what adds its arguments and what runs it there, and what it is for."""

    module: str
    adds: str
    runs: str
    help: str


_COMMANDS: Final = {
    "assess": _Command(
        "_assess", "add_assess", "run_assess", "who is to be identified, by which rules, resting on what"
    ),
    "exit": _Command(
        "_assess", "add_arguments", "run_exit", "who meets every guarantee needed to leave, and what is short"
    ),
    "ask": _Command("_ask", "add_arguments", "run", "one household question by question, until its outcome is settled"),
    "compare": _Command(
        "_compare_policies", "add_arguments", "run", "what a change of policy does to whom, proved or with a witness"
    ),
    "reopen": _Command(
        "_reopen", "add_arguments", "run", "which decisions on file a retroactive amendment would change"
    ),
    "report": _Command("_report", "add_arguments", "run", "a register under a policy as one page to be looked at"),
    "pack": _Command("_packs", "add_arguments", "run", "list, show, check, test, amend and begin packs"),
    "register": _Command("_registers", "add_arguments", "run", "simulate and check registers"),
    "forms": _Command("_forms", "add_arguments", "run", "list, show, write and check the forms of a pack"),
    "case": _Command(
        "_cases", "add_arguments", "run", "take cases through their procedure, in a journal that others can check"
    ),
    "schema": _Command(
        "_schema", "add_arguments", "run", "JSON Schemas of all plain forms, and declarations for TypeScript"
    ),
}


def _parser(asked: str | None = None) -> argparse.ArgumentParser:
    """
    Make the parser of arguments.

    Args:
        asked: The command that was asked for. The others are named, and not loaded: together they need every room of
            the library, which takes longer than most of them. With None, all are.
    """
    parser = argparse.ArgumentParser(
        prog="fupin", description="Rules of social protection as data: assess a register, with reasons."
    )
    parser.add_argument("--version", action="version", version=f"fupin {LIBRARY_VERSION}")
    parser.add_argument("--debug", action="store_true", help="show where an error comes from")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, command in _COMMANDS.items():
        added = commands.add_parser(name, help=command.help)
        if asked in (None, name):
            module = importlib.import_module(f"fupin_rules.cli.{command.module}")
            getattr(module, command.adds)(added)
            added.set_defaults(run=getattr(module, command.runs))
    return parser
