"""`fupin register simulate|check|findings|convert|rollup|compare`: made, read, doubted, rewritten, summed, compared."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from fupin_rules.cli import _compare, _convert, _findings, _rollup
from fupin_rules.cli._arguments import add_common, add_register, keep_register, whole_number
from fupin_rules.cli._output import problem_words, say, say_json, show, tell, tell_notes
from fupin_rules.errors import RegisterError
from fupin_rules.registry import (
    Doubt,
    Forms,
    Register,
    find_doubts,
    header_problems,
    read_register,
    simulate,
    write_marked,
    write_register,
)


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
    add_marked(checked)
    add_common(checked)
    _findings.add_arguments(commands.add_parser("findings", help="ask the checks of a policy, household by household"))
    _convert.add_arguments(commands.add_parser("convert", help="write a register in another shape"))
    _rollup.add_arguments(commands.add_parser("rollup", help="the poor by township, with their incidence and its base"))
    _compare.add_arguments(commands.add_parser("compare", help="what two registers propose to adjust, as a work list"))


def add_marked(parser: argparse.ArgumentParser) -> None:
    """Declare where a copy goes that says in each row what is wrong with it."""
    text = "also write a copy (.xlsx; .csv for a single .csv) with a column that says what is wrong in each row"
    parser.add_argument("--marked", type=Path, metavar="OUT", help=text)


def run(arguments: argparse.Namespace) -> int:
    """Run the chosen sub-command."""
    if arguments.register_command == "convert":
        reading = _convert.convert(arguments)
        tell_left_out(reading, arguments.lang)
        return 1 if reading.problems else 0
    if arguments.register_command == "findings":
        return _findings.run(arguments)
    if arguments.register_command == "rollup":
        return _rollup.run(arguments)
    if arguments.register_command == "compare":
        return _compare.run(arguments)
    return _simulate(arguments) if arguments.register_command == "simulate" else check(arguments)


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


def tell_left_out(reading: Register, language: str) -> None:
    """Say on standard error what of a register could not be read, so that nothing is left out in silence."""
    if reading.problems:
        text = (
            "{:,} 处有误，{:,} 户搁置；用 fupin register check 查看"
            if language == "zh"
            else ("{:,} problems, {:,} households set aside; see `fupin register check`")
        )
        tell(text.format(len(reading.problems), reading.households_set_aside))


def check(arguments: argparse.Namespace, *, forms: Forms | None = None) -> int:
    """Read a register, list what is wrong with it and, if asked, write a marked copy."""
    if arguments.marked is not None:
        keep_register(arguments.register, [arguments.marked], option="--marked")
    try:
        reading = read_register(arguments.register, forms=forms)
    except RegisterError as error:
        if arguments.marked is not None and (wrong := header_problems(error.faults)):
            write_marked(arguments.register, wrong, arguments.marked, forms=forms)
        raise
    if arguments.marked is not None:
        write_marked(arguments.register, reading.problems, arguments.marked, forms=forms)
    codes = Counter(problem.code for problem in reading.problems)
    doubts = find_doubts(reading.households, reading.villages)
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
                        "rule_number": each.rule_number,
                    }
                    for each in reading.problems
                ],
                "doubts": [
                    {
                        "household": each.household,
                        "fact": each.fact,
                        "code": each.code,
                        "what": str(each),
                        "zh": each.zh,
                        "rule_number": each.rule_number,
                    }
                    for each in doubts
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
    tell_notes(reading.notes, arguments.lang)
    show([(code, f"{count:,}") for code, count in codes.most_common()], numbers=(1,))
    for problem in reading.problems:
        say(problem_words(problem, arguments.lang))
    _tell_doubts(doubts, arguments.lang)
    return 1 if reading.problems else 0


def _tell_doubts(doubts: Sequence[Doubt], language: str) -> None:
    """Count what to look at again, and show the first of each sort: a register can have thousands of one."""
    zh = language == "zh"
    for code, count in Counter(each.code for each in doubts).most_common():
        first = next(each for each in doubts if each.code == code)
        place = f"户 `{first.household}`，{first.fact}：{first.zh}" if zh else str(first)
        more = "" if count == 1 else f"（另有{count - 1:,}处）" if zh else f" (and {count - 1:,} more)"
        tell(f"存疑（数据未改）：{place}{more}" if zh else f"doubt (nothing was changed): {place}{more}")
