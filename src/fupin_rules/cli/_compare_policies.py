"""`fupin compare OLD NEW`: what a change of policy does to whom, proved or shown on somebody; and head-counts."""

from __future__ import annotations

import argparse
from pathlib import Path

from fupin_rules.citations import Source, Standing
from fupin_rules.cli._amendments import add_amend, policy_of
from fupin_rules.cli._arguments import USAGE, add_common, day, pack, whole_number
from fupin_rules.cli._output import say, say_json, tell_notes, tell_problems
from fupin_rules.columnar import Frames, frames_of, is_in_files, scan_files
from fupin_rules.comparison import Comparison, Impact, compare, impact
from fupin_rules.errors import Fault, FupinRulesError
from fupin_rules.policy import SUBJECT_CLASSES, Snapshot, Subject, load_policy
from fupin_rules.registry import read_register

# What stands behind a number that is only tried.
_TRIED = Source("tried", "命令行上试用的数值", "a value tried on the command line", Standing.ASSUMPTION)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("old", type=pack, metavar="OLD", help="id of an installed pack, or a pack folder")
    parser.add_argument(
        "new", type=pack, metavar="NEW", help="the pack after the change; the same with `--set` or `--amend`"
    )
    parser.add_argument("--on", required=True, type=day, metavar="DATE", help="day on which both are taken, YYYY-MM-DD")
    parser.add_argument("--new-on", type=day, metavar="DATE", help="another day for NEW")
    parser.add_argument(
        "--set",
        action="append",
        default=[],
        dest="tried",
        metavar="NAME=VALUE",
        help="another value of a parameter of NEW, to be tried; may be given several times",
    )
    add_amend(parser, "NEW")
    parser.add_argument("--subject", choices=("household", "village"), default="household", help="whom to ask about")
    parser.add_argument("--members", type=whole_number, default=12, metavar="N", help="largest household looked at")
    parser.add_argument("--seconds", type=float, default=10.0, metavar="S", help="time for each region")
    parser.add_argument("--register", type=Path, metavar="REGISTER", help="count on a register, sheets or parquet")
    parser.add_argument("--by", default="", metavar="COLUMN", help="count by a column, such as township")
    parser.add_argument(
        "--absent", action="append", default=[], metavar="FACT", help="a fact that parquet files do not hold"
    )
    parser.add_argument("--exit-code", action="store_true", help="end with 1 unless it is proved that nothing changes")
    add_common(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run `fupin compare`."""
    old = load_policy(arguments.old).on(arguments.on)
    new = _tried(policy_of(arguments.new, arguments.amend).on(arguments.new_on or arguments.on), arguments.tried)
    about = Subject(arguments.subject)
    found = compare(old, new, about=about, members=arguments.members, seconds=arguments.seconds)
    counts = None if arguments.register is None else _counted(old, new, about, arguments)
    if arguments.json:
        say_json({"comparison": found.to_plain(), "impact": None if counts is None else counts.to_plain()})
    else:
        _print(found, counts, arguments.lang)
    return 1 if arguments.exit_code and not found.is_equal else 0


def _tried(new: Snapshot, tried: list[str]) -> Snapshot:
    values = {}
    for each in tried:
        name, sign, value = each.partition("=")
        if not (sign and name.strip() and value.strip()):
            raise FupinRulesError(Fault("--set", f"`{each[:60]}` sets nothing", "write NAME=VALUE", USAGE))
        values[name.strip()] = value.strip()
    return new.with_parameter(source=_TRIED, **values) if values else new


def _counted(old: Snapshot, new: Snapshot, about: Subject, arguments: argparse.Namespace) -> Impact:
    frames = _frames(arguments.register, about, arguments.lang)
    absent = [path for each in arguments.absent for path in each.split(",")]
    return impact(old, new, frames.subjects, members=frames.members, about=about, by=arguments.by, absent=absent)


def _frames(register: Path, about: Subject, language: str) -> Frames:
    """Take a register into frames: parquet files as they are, sheets by reading them."""
    if register.is_dir() and is_in_files(register):
        return scan_files(register)
    reading = read_register(register)
    tell_notes(reading.notes, language)
    tell_problems(reading.problems, language, see="fupin register check")
    held = reading.households if about is Subject.HOUSEHOLD else reading.villages
    return frames_of(held, cls=SUBJECT_CLASSES[about])


def _print(found: Comparison, counts: Impact | None, language: str) -> None:
    say(found.as_text(language))
    if counts is not None:
        say()
        say(counts.as_text(language))
