"""What lies outside a case, as the command is told of it: salts, holidays, the register, an assessment told by hand."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Final

from fupin_rules.cli._arguments import USAGE
from fupin_rules.cli._output import counted
from fupin_rules.cli.case._events import typed
from fupin_rules.cli.case._procedures import Brought
from fupin_rules.errors import Fault, FupinRulesError
from fupin_rules.journal import salted_digest
from fupin_rules.model import Household, Village
from fupin_rules.registry import Register
from fupin_rules.workflow import Calendar, Context, Dossier, Procedure, Subject, Verdict, chinese_calendar

# Longer than any salt; a file that holds more is another file.
_MAX_SALT: Final = 4096
_OUTCOMES = ("eligible", "ineligible", "undetermined")
_EXITS = ("met", "not_met", "undetermined")


def add_calendar(parser: argparse.ArgumentParser) -> None:
    """Declare the holidays."""
    parser.add_argument("--calendar", action="store_true", help="know the holidays (needs the extra `calendar`)")


def add_salt(parser: argparse.ArgumentParser) -> None:
    """Declare where salts lie."""
    parser.add_argument(
        "--salt-file",
        type=Path,
        metavar="FILE",
        help="salt in hexadecimal, 16 bytes or more; or a folder that holds CASE_ID.salt for each case",
    )


def add_register_of_cases(parser: argparse.ArgumentParser) -> None:
    """Declare the register that holds the households of cases."""
    text = "register to assess from: the household or village whose id is that of the case"
    parser.add_argument("--register", type=Path, metavar="REGISTER", help=text)


def add_outside(parser: argparse.ArgumentParser) -> None:
    """Declare all that lies outside."""
    add_salt(parser)
    add_register_of_cases(parser)
    parser.add_argument("--assessment", choices=_OUTCOMES, help="its assessment, told by hand")
    parser.add_argument("--exit", choices=_EXITS, help="its assessment for exit, told by hand")
    add_calendar(parser)


def salt_of(path: Path | None, case_id: str) -> str:
    """
    Read the salt of a case; empty if no place for salts was told.

    Raises:
        FupinRulesError: It holds no salt. What it does hold is not shown.
        OSError: It cannot be read.
    """
    if path is None:
        return ""
    file = path / f"{case_id}.salt" if path.is_dir() else path
    with file.open("rb") as held:
        salt = held.read(_MAX_SALT).decode("ascii", "replace").strip()
    with typed("--salt-file"):
        salted_digest("", salt)
    return salt


def calendar_of(arguments: argparse.Namespace) -> Calendar | None:
    """Give the holidays, if they are to be known."""
    return chinese_calendar() if arguments.calendar else None


def subjects_of(register: Register, procedure: Procedure) -> Mapping[str, Household | Village]:
    """Give by id what the cases of a procedure are about."""
    held: tuple[Household | Village, ...] = (
        register.households if procedure.subject is Subject.HOUSEHOLD else register.villages
    )
    return {each.id: each for each in held}


def context_of(
    arguments: argparse.Namespace, brought: Brought, procedure: Procedure, case_id: str, reading: Register | None
) -> Context:
    """
    Gather what lies outside one case.

    Args:
        arguments: As parsed.
        brought: Procedures that were given, and where packs lie beside them.
        procedure: The one that the case is pinned to.
        case_id: The case.
        reading: The register, if one was given.

    Raises:
        FupinRulesError: Something else is needed beside what was given; or the register does not hold the case.
    """
    told = {"--assessment": arguments.assessment, "--exit": arguments.exit}
    given = [name for name, outcome in told.items() if outcome is not None]
    wanted = given + (["--register"] if reading is not None else [])
    if wanted and not procedure.policy:
        what = f"`{procedure.id}` asks for no assessment"
        raise FupinRulesError(Fault(wanted[0], what, "leave it out", USAGE))
    calendar = calendar_of(arguments)
    if reading is None:
        day = date(arguments.at.year, arguments.at.month, arguments.at.day)
        verdicts = [
            None if outcome is None else Verdict(procedure.policy, "", day, outcome) for outcome in told.values()
        ]
        return Context(calendar, None, {case_id: Dossier(None, "", *verdicts)} if given else {})
    if given:
        raise FupinRulesError(Fault(given[0], "the register is there to be asked", "give one of the two", USAGE))
    salt = salt_of(arguments.salt_file, case_id)
    if not salt:
        mend = "give `--salt-file`: the facts of an assessment are kept as a salted digest"
        raise FupinRulesError(Fault("--register", "an assessment needs a salt", mend, USAGE))
    subject = subjects_of(reading, procedure).get(case_id)
    if subject is None:
        raise FupinRulesError(_not_held(reading, procedure))
    return Context(calendar, brought.policy_of(procedure), {case_id: Dossier(subject, salt)})


def _not_held(reading: Register, procedure: Procedure) -> Fault:
    what = f"holds no {procedure.subject.value} with the id of the case"
    aside = reading.households_set_aside
    mend = (
        f"{counted(aside, 'household')} could not be read: see `fupin register check`"
        if aside
        else "see to the register, or tell the assessment with `--assessment` or `--exit`"
    )
    return Fault("--register", what, mend, USAGE)
