"""`fupin register convert`: a register in another shape: the five forms, sheets of the layouts, or JSON lines."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from pathlib import Path

import attrs

from fupin_rules.cli._arguments import USAGE, add_common, add_register, keep_register
from fupin_rules.cli._output import say, say_json
from fupin_rules.columnar import write_files
from fupin_rules.errors import Fault, FupinRulesError
from fupin_rules.model import Household, IdNumber, PersonName, Relation
from fupin_rules.registry import Register, read_register, write_forms, write_register

FIVE_FORMS = "five-forms"
LAYOUTS = "layouts"
PARQUET = "parquet"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_register(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="PLACE", help="a folder, or a .xlsx or .jsonl file")
    parser.add_argument(
        "--form",
        choices=(FIVE_FORMS, LAYOUTS, PARQUET),
        default=LAYOUTS,
        help="the five forms, the sheets of the national layout (default), or parquet files for the engines of"
        " `fupin assess`; a .jsonl file is none of them",
    )
    add_common(parser)


def convert(arguments: argparse.Namespace) -> Register:
    """Convert a register and say what was written."""
    suffix = arguments.out.suffix.lower()
    taken = {FIVE_FORMS: ("", ".xlsx"), LAYOUTS: ("", ".xlsx", ".jsonl"), PARQUET: ("",)}
    if suffix not in taken[arguments.form]:
        what = f"is no place for `{arguments.form}`"
        mend = "give a folder" if arguments.form == PARQUET else "give a folder or an .xlsx file"
        raise FupinRulesError(Fault(f"--out {arguments.out.name}", what, mend, USAGE))
    keep_register(arguments.register, [arguments.out])
    reading = read_register(arguments.register)
    if (suffix == ".jsonl" or arguments.form == PARQUET) and reading.villages:
        what = f"holds no villages, and there are {len(reading.villages)}"
        mend = "give a folder or an .xlsx file of the layouts, or convert a register without them"
        raise FupinRulesError(Fault(f"--out {arguments.out.name}", what, mend, USAGE))
    if arguments.form == FIVE_FORMS:
        write_forms(arguments.out, reading.households, reading.villages)
    elif arguments.form == PARQUET:
        write_files(arguments.out, reading.households)
    else:
        households = reading.households if suffix == ".jsonl" else tuple(_with_heads(reading.households))
        write_register(arguments.out, households, reading.villages)
    say_written(arguments, reading)
    return reading


def say_written(arguments: argparse.Namespace, reading: Register) -> None:
    """Say how much of a register was written, and where."""
    result = {
        "households": len(reading.households),
        "people": sum(len(home.members) for home in reading.households),
        "villages": len(reading.villages),
        "problems": len(reading.problems),
        "households_set_aside": reading.households_set_aside,
        "out": str(arguments.out),
    }
    if arguments.json:
        say_json(result)
    else:
        zh = arguments.lang == "zh"
        counts = (
            "{households:,} 户，{people:,} 人，{villages:,} 村"
            if zh
            else ("{households:,} households, {people:,} people, {villages:,} villages")
        )
        say((counts + ": {out}").format(**result))


def _with_heads(households: Iterable[Household]) -> Iterable[Household]:
    """Name the head of each household by the row of the head: that number joins the sheets of the layouts."""
    for home in households:
        head = next((each for each in home.members if each.relation is Relation.HEAD), None)
        if head is not None and home.head_id_no is None and isinstance(head.id_no, IdNumber):
            home = attrs.evolve(home, head_id_no=head.id_no)  # noqa: PLW2901  the same household, completed
        if head is not None and home.head_name is None and isinstance(head.name, PersonName):
            home = attrs.evolve(home, head_name=head.name)  # noqa: PLW2901
        yield home
