"""`fupin register simulate|check`: a synthetic register, and what can and cannot be read of one."""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from fupin_rules.cli._arguments import add_common, add_register, whole_number
from fupin_rules.cli._output import problem_words, say, say_json, show, tell
from fupin_rules.registry import read_register, simulate, write_register


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the sub-commands."""
    commands = parser.add_subparsers(dest="register_command", required=True, metavar="COMMAND")
    made = commands.add_parser("simulate", help="make a synthetic register that belongs to nobody")
    made.add_argument("--out", type=Path, required=True, help="a folder (CSV), or a .xlsx or .jsonl file")
    made.add_argument("--households", type=whole_number, default=7311, metavar="N", help="how many (default 7311)")
    made.add_argument("--people", type=whole_number, default=13672, metavar="N", help="how many (default 13672)")
    made.add_argument("--townships", type=whole_number, default=12, metavar="N", help="how many (default 12)")
    made.add_argument("--seed", type=whole_number, default=2016, metavar="N", help="another one, another register")
    add_common(made, language=False)
    checked = commands.add_parser("check", help="read a register and list what cannot be read")
    add_register(checked)
    add_common(checked)


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
                        "zh": each.zh,
                        "sets_aside": each.sets_aside,
                    }
                    for each in reading.problems
                ],
            }
        )
        return 1 if reading.problems else 0
    zh = arguments.lang == "zh"
    people = sum(len(home.members) for home in reading.households)
    counts = "{:,} 户，{:,} 人，{:,} 村" if zh else "{:,} households, {:,} people, {:,} villages"
    say(counts.format(len(reading.households), people, len(reading.villages)))
    rows = "读到 {:,} 行，采用 {:,} 行，搁置 {:,} 行" if zh else "{:,} rows read, {:,} used, {:,} set aside"
    say(rows.format(reading.rows_read, reading.rows_used, reading.rows_set_aside))
    for en, other in reading.notes:
        tell(f"说明：{other}" if zh else f"note: {en}")
    show([(code, f"{count:,}") for code, count in codes.most_common()], numbers=(1,))
    for problem in reading.problems:
        say(problem_words(problem, arguments.lang))
    return 1 if reading.problems else 0
