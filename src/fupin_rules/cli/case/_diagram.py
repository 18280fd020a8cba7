"""`fupin case diagram`: a procedure drawn, with one case laid over it where one is named."""

from __future__ import annotations

import argparse
from datetime import date, datetime

from fupin_rules.cli._arguments import USAGE
from fupin_rules.cli._output import say_json, say_whole
from fupin_rules.cli.case._found import find_case
from fupin_rules.cli.case._outside import calendar_of
from fupin_rules.cli.case._procedures import bring
from fupin_rules.errors import Fault, FupinRulesError
from fupin_rules.workflow import Context, Procedure, diagram

FORMS = ("text", "mermaid", "dot")


def run(arguments: argparse.Namespace) -> int:
    """Run `fupin case diagram`."""
    procedure, text = _of_procedure(arguments) if arguments.journal is None else _of_case(arguments)
    if arguments.json:
        say_json({"procedure": procedure.reference, "form": arguments.form, "lang": arguments.lang, "text": text})
    else:
        say_whole(text.rstrip("\n"))
    return 0


def _of_procedure(arguments: argparse.Namespace) -> tuple[Procedure, str]:
    procedures = bring(arguments.procedure).procedures
    if len(procedures) != 1:
        mend = "give one with `--procedure`, or JOURNAL and CASE_ID"
        raise FupinRulesError(Fault("fupin case diagram", "one procedure is drawn at a time", mend, USAGE))
    return procedures[0], diagram(procedures[0], form=arguments.form, language=arguments.lang)


def _of_case(arguments: argparse.Namespace) -> tuple[Procedure, str]:
    if arguments.case is None:
        raise FupinRulesError(Fault("CASE_ID", "one case is drawn at a time", "name it after the journal", USAGE))
    found = find_case(arguments)
    text = diagram(
        found.procedure,
        form=arguments.form,
        language=arguments.lang,
        case=found.case,
        at=arguments.at or _last(found.case.at),
        entries=found.entries,
        context=Context(calendar_of(arguments)),
    )
    return found.procedure, text


def _last(at: str) -> date | datetime:
    return date.fromisoformat(at) if len(at) == len("2016-01-31") else datetime.fromisoformat(at)
