"""
The command `fupin`.

Exit status: 0 done (any outcome is an answer); 1 a check said no, an event was refused, or rows could not be read;
2 usage, a missing extra, a date outside the days a pack covers; 3 input unreadable or over a limit; 4 a pack or a
procedure that does not load; 130 interrupted.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from fupin_rules.cli import (
    _ask,
    _assess,
    _cases,
    _compare_policies,
    _forms,
    _packs,
    _registers,
    _reopen,
    _report,
    _schema,
)
from fupin_rules.cli._arguments import USAGE
from fupin_rules.cli._output import tell
from fupin_rules.engine import LIBRARY_VERSION
from fupin_rules.errors import (
    FupinRulesError,
    MissingExtraError,
    PolicyError,
    UncoveredDateError,
)
from fupin_rules.journal import JournalLockedError
from fupin_rules.workflow import AmbiguousProcedureError

__all__ = ["main"]


def main(argv: Sequence[str] | None = None) -> int:
    """
    Run the command.

    Args:
        argv: Arguments after the name of the command; those of the process by default.

    Returns:
        The exit status.
    """
    parser = _parser()
    try:
        arguments = parser.parse_args(argv)
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
        case PolicyError() | AmbiguousProcedureError():
            return 4
        case JournalLockedError():
            return 1
        case _:
            return 3


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="fupin", description="Rules of social protection as data: assess a register, with reasons."
    )
    parser.add_argument("--version", action="version", version=f"fupin {LIBRARY_VERSION}")
    parser.add_argument("--debug", action="store_true", help="show where an error comes from")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    assess = commands.add_parser("assess", help="who is to be identified, by which rules, resting on what")
    _assess.add_arguments(assess)
    _assess.add_quota(assess)
    assess.set_defaults(run=_assess.run_assess)
    exits = commands.add_parser("exit", help="who meets every guarantee needed to leave, and what is short")
    _assess.add_arguments(exits)
    exits.set_defaults(run=_assess.run_exit)
    questions = commands.add_parser("ask", help="one household question by question, until its outcome is settled")
    _ask.add_arguments(questions)
    questions.set_defaults(run=_ask.run)
    changes = commands.add_parser("compare", help="what a change of policy does to whom, proved or with a witness")
    _compare_policies.add_arguments(changes)
    changes.set_defaults(run=_compare_policies.run)
    again = commands.add_parser("reopen", help="which decisions on file a retroactive amendment would change")
    _reopen.add_arguments(again)
    again.set_defaults(run=_reopen.run)
    reports = commands.add_parser("report", help="a register under a policy as one page to be looked at")
    _report.add_arguments(reports)
    reports.set_defaults(run=_report.run)
    packs = commands.add_parser("pack", help="list, show, check, test, amend and begin packs")
    _packs.add_arguments(packs)
    packs.set_defaults(run=_packs.run)
    registers = commands.add_parser("register", help="simulate and check registers")
    _registers.add_arguments(registers)
    registers.set_defaults(run=_registers.run)
    forms = commands.add_parser("forms", help="list, show, write and check the forms of a pack")
    _forms.add_arguments(forms)
    forms.set_defaults(run=_forms.run)
    cases = commands.add_parser("case", help="take cases through their procedure, in a journal that others can check")
    _cases.add_arguments(cases)
    cases.set_defaults(run=_cases.run)
    schemas = commands.add_parser("schema", help="JSON Schemas of all plain forms, and declarations for TypeScript")
    _schema.add_arguments(schemas)
    schemas.set_defaults(run=_schema.run)
    return parser
