"""`fupin register simulate|check`: a synthetic register, and what can and cannot be read of one."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from fupin_rules.cli._output import say, say_json, table, tell
from fupin_rules.registry import read_register, simulate, write_register


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    commands = parser.add_subparsers(dest="register_command", required=True, metavar="COMMAND")
    made = commands.add_parser("simulate", help="make a synthetic register that belongs to nobody")
    made.add_argument("--out", type=Path, required=True, help="a folder (CSV), or a .xlsx or .jsonl file")
    made.add_argument("--households", type=int, default=7311)
    made.add_argument("--people", type=int, default=13672)
    made.add_argument("--townships", type=int, default=12)
    made.add_argument("--seed", type=int, default=2016)
    made.add_argument("--json", action="store_true", help="print the result as JSON")
    checked = commands.add_parser("check", help="read a register and list what cannot be read")
    checked.add_argument("register", help="a .csv, .xlsx or .jsonl file, or a folder of them")
    checked.add_argument("--json", action="store_true", help="print the result as JSON")


def run(arguments: argparse.Namespace) -> int:
    """Run the chosen sub-command."""
    return _simulate(arguments) if arguments.register_command == "simulate" else _check(arguments)


def _simulate(arguments: argparse.Namespace) -> int:
    made = simulate(
        seed=arguments.seed,
        households=arguments.households,
        people=arguments.people,
        townships=arguments.townships,
    )
    write_register(arguments.out, made.households, made.villages)
    result = {
        "households": len(made.households),
        "people": sum(len(home.members) for home in made.households),
        "townships": len({home.township for home in made.households}),
        "villages": len(made.villages),
        "seed": arguments.seed,
        "out": str(arguments.out),
    }
    if arguments.json:
        say_json(result)
    else:
        counts = "{households:,} households, {people:,} people, {townships} townships, {villages} villages"
        say((counts + " (seed {seed}): {out}").format(**result))
    return 0


def _check(arguments: argparse.Namespace) -> int:
    reading = read_register(arguments.register)
    codes = Counter(problem.code for problem in reading.problems)
    if arguments.json:
        say_json(
            {
                "households": len(reading.households),
                "villages": len(reading.villages),
                "rows_read": reading.rows_read,
                "rows_used": reading.rows_used,
                "rows_set_aside": reading.rows_set_aside,
                "households_set_aside": reading.households_set_aside,
                "problems": [
                    {
                        "sheet": each.sheet,
                        "row": each.row,
                        "column": each.column,
                        "code": each.code,
                        "what": each.what,
                        "mend": each.mend,
                        "sets_aside": each.sets_aside,
                    }
                    for each in reading.problems
                ],
            }
        )
        return 1 if reading.problems else 0
    people = sum(len(home.members) for home in reading.households)
    say(f"{len(reading.households):,} households, {people:,} people, {len(reading.villages):,} villages")
    say(f"{reading.rows_read:,} rows read, {reading.rows_used:,} used, {reading.rows_set_aside:,} set aside")
    for en, zh in reading.notes:
        tell(f"note: {en} ({zh})")
    if codes:
        say(table([(code, f"{count:,}") for code, count in codes.most_common()], numbers=(1,)))
    for problem in reading.problems:
        say(str(problem))
    return 1 if reading.problems else 0
