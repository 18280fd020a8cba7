"""`fupin report`: a register under a policy as one page to be looked at, without persons."""

from __future__ import annotations

import argparse
from pathlib import Path

from fupin_rules.bulk import collector_paused
from fupin_rules.cli._arguments import USAGE, add_common, add_register, day, keep_register, pack, whole_number
from fupin_rules.cli._output import say, say_json, tell_notes, tell_problems, watched
from fupin_rules.engine import assess_many
from fupin_rules.errors import Fault, FupinRulesError
from fupin_rules.policy import load_policy
from fupin_rules.registry import read_register, write_text
from fupin_rules.report import LEAST, draw_up, write_page


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_register(parser)
    parser.add_argument(
        "--policy", required=True, type=pack, metavar="PACK", help="id of an installed pack, or a pack folder"
    )
    parser.add_argument("--on", required=True, type=day, metavar="DATE", help="day of the assessment, YYYY-MM-DD")
    parser.add_argument("--out", required=True, type=_page, metavar="FILE", help="the page to write: a .html file")
    parser.add_argument(
        "--least",
        type=whole_number,
        default=LEAST,
        metavar="N",
        help=f"show no number from 1 to one less than this (default: {LEAST})",
    )
    parser.add_argument(
        "--lang",
        choices=("both", "zh", "en"),
        default="both",
        help="language of the page (default: both, with a switch)",
    )
    add_common(parser, language=False)


def _page(text: str) -> Path:
    path = Path(text)
    if path.suffix.lower() not in (".html", ".htm"):
        raise argparse.ArgumentTypeError(f"`{path.name}` ends in neither .html nor .htm")
    if path.is_dir():
        raise argparse.ArgumentTypeError(f"`{path.name}` is a folder")
    return path


def run(arguments: argparse.Namespace) -> int:
    """Run `fupin report`."""
    keep_register(arguments.register, [arguments.out])
    rules = load_policy(arguments.policy).on(arguments.on)
    reading = read_register(arguments.register)
    if not reading.households:
        raise FupinRulesError(
            Fault("REGISTER", "holds no household", "a report counts households; give a register of them", USAGE)
        )
    language = "zh" if arguments.lang == "zh" else "en"
    with collector_paused():
        report = draw_up(
            assess_many(reading.households, rules),
            least=arguments.least,
            set_aside=reading.households_set_aside,
            watch=lambda held: watched(held, "户" if language == "zh" else "households"),
        )
    write_text(arguments.out, write_page(report, language=arguments.lang))
    if arguments.json:
        say_json(report.to_plain() | {"file": str(arguments.out)})
    elif language == "zh":
        say(f"{report.households:,}户的报告：{arguments.out}")
    else:
        say(f"report on {report.households:,} households: {arguments.out}")
    tell_notes(reading.notes, language)
    tell_problems(reading.problems, language)
    return 1 if reading.rows_set_aside else 0
