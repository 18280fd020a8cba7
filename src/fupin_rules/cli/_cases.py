"""`fupin case open|step|options|plan|deadlines|show|verify|checkpoint|diagram`: cases in a journal, from the shell."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from fupin_rules.cli._arguments import add_common, whole_number
from fupin_rules.cli.case import _ahead, _check, _deadlines, _diagram, _history, _take
from fupin_rules.cli.case._events import add_actor, add_event, add_moment
from fupin_rules.cli.case._outside import add_calendar, add_outside, add_register_of_cases, add_salt
from fupin_rules.cli.case._procedures import add_procedure

_Run = Callable[[argparse.Namespace], int]

_COMMANDS: Final[dict[str, tuple[_Run, str]]] = {
    "open": (_take.run_open, "open a case with its first event"),
    "step": (_take.run_step, "take the next event of a case, or say why not"),
    "options": (_ahead.run_options, "what somebody can do with a case now"),
    "plan": (_ahead.run_plan, "how a case gets to a state: who, what, with what, from when"),
    "deadlines": (_deadlines.run, "what is due when"),
    "show": (_history.run, "all cases, or one: what happened, and where it stands"),
    "verify": (_check.run_verify, "check a journal; ends with 1 if anything is found"),
    "checkpoint": (_check.run_checkpoint, "print a checkpoint, to be published outside"),
    "diagram": (_diagram.run, "draw a procedure, with a case laid over it"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    commands = parser.add_subparsers(dest="case_command", required=True, metavar="COMMAND")
    made = {name: commands.add_parser(name, help=text) for name, (_, text) in _COMMANDS.items()}
    for name, each in made.items():
        _add_journal(each, name)
        if name != "checkpoint":
            add_procedure(each, required=name == "open")
        add_common(each)
    for name in ("open", "step"):
        add_actor(made[name], place=True)
        add_event(made[name])
        made[name].add_argument("--dry-run", action="store_true", help="judge, and write nothing")
    made["open"].set_defaults(expect=None)
    made["step"].add_argument(
        "--expect", type=whole_number, metavar="N", help="refuse if the case has other than N entries by now"
    )
    add_actor(made["options"], place=False)
    made["plan"].add_argument("--goal", required=True, metavar="STATE", help="the state wanted: its id, or its label")
    for name in ("plan", "deadlines"):
        add_moment(made[name])
    for name in ("open", "step", "options", "plan"):
        add_outside(made[name])
    made["deadlines"].add_argument("--by-day", action="store_true", help="count aloud, day by day")
    add_calendar(made["deadlines"])
    made["diagram"].add_argument("--form", choices=_diagram.FORMS, default="text", help="default: text")
    add_moment(made["diagram"], "when a case is looked at (default: when its last entry was made)")
    add_calendar(made["diagram"])
    made["verify"].add_argument(
        "--checkpoint", type=Path, action="append", default=[], metavar="FILE", help="a checkpoint; may be repeated"
    )
    add_register_of_cases(made["verify"])
    add_calendar(made["verify"])
    add_salt(made["verify"])
    made["checkpoint"].add_argument("--origin", required=True, metavar="NAME", help="which journal, as others know it")


def _add_journal(parser: argparse.ArgumentParser, name: str) -> None:
    """Declare the journal, and the case where one is named."""
    text = "a .jsonl journal, or a database: .sqlite, .db"
    parser.add_argument("journal", type=Path, metavar="JOURNAL", nargs="?" if name == "diagram" else None, help=text)
    if name in {"verify", "checkpoint"}:
        return
    default = {"show": " (default: all)", "deadlines": " (default: all)", "diagram": " (default: none)"}.get(name, "")
    text = "id of the case; for households, that of the household" + default
    parser.add_argument("case", metavar="CASE_ID", nargs="?" if default else None, help=text)


def run(arguments: argparse.Namespace) -> int:
    """Run the chosen sub-command."""
    return _COMMANDS[arguments.case_command][0](arguments)
