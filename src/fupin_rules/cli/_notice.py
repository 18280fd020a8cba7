"""`fupin forms notice`: what a public notice of one village shows, with the minimum of personal data."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from fupin_rules.cli._arguments import USAGE, add_common, add_register, day, keep_register, pack, whole_number
from fupin_rules.cli._output import say, say_json
from fupin_rules.engine import assess, assess_exit
from fupin_rules.errors import Fault, FupinRulesError
from fupin_rules.model import Household
from fupin_rules.policy import ExitOutcome, Outcome, load_policy
from fupin_rules.registry import (
    LEAST_ALIKE,
    SHOWABLE,
    USUAL,
    Names,
    PublicNotice,
    public_notice,
    read_register,
    write_tables,
    write_text,
)

MAX_IDS_BYTES = 1 << 20


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_register(parser)
    parser.add_argument("--village", required=True, metavar="NAME", help="name of the village")
    parser.add_argument("--township", metavar="NAME", help="its township, where two villages have one name")
    parser.add_argument("--posted", required=True, type=day, metavar="DATE", help="day it is put up, YYYY-MM-DD")
    parser.add_argument("--until", required=True, type=day, metavar="DATE", help="last day for objections")
    parser.add_argument("--policy", type=pack, metavar="PACK", help="put on it whom this policy finds")
    parser.add_argument("--on", type=day, metavar="DATE", help="day of the assessment")
    parser.add_argument("--of", choices=("eligible", "exit"), default="eligible", help="whom the policy finds")
    parser.add_argument("--ids", type=Path, metavar="FILE", help="put on it these households, one id a line, instead")
    parser.add_argument(
        "--columns",
        default=",".join(USUAL),
        metavar="PATHS",
        help=f"facts shown, in order, with commas between; of: {', '.join(SHOWABLE)}",
    )
    parser.add_argument(
        "--names", type=Names, choices=tuple(Names), default=Names.MASKED, help="heads by family name, or in full"
    )
    parser.add_argument(
        "--least-alike",
        type=whole_number,
        default=LEAST_ALIKE,
        metavar="N",
        help=f"households that must share each row where names are masked (default {LEAST_ALIKE})",
    )
    parser.add_argument("--contact", default="", metavar="TEXT", help="where objections go")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write it to a .txt, .csv or .xlsx file")
    add_common(parser)


def run(arguments: argparse.Namespace) -> int:
    """Draw up the notice and show or write it."""
    if arguments.out is not None:
        keep_register(arguments.register, [arguments.out])
    village = _in_village(read_register(arguments.register).households, arguments)
    notice = public_notice(
        _noticed(village, arguments),
        posted=arguments.posted,
        until=arguments.until,
        columns=tuple(each.strip() for each in arguments.columns.split(",")),
        names=arguments.names,
        least_alike=arguments.least_alike,
        among=village,
        contact=arguments.contact,
    )
    if arguments.out is not None:
        _write(arguments.out, notice, arguments.lang)
    if arguments.json:
        say_json(notice.to_plain() | ({"out": str(arguments.out)} if arguments.out else {}))
    elif arguments.out is None:
        say(notice.text(arguments.lang))
    else:
        say(f"{notice.lines(arguments.lang)[0]}: {arguments.out}")
    return 0


def _in_village(households: Sequence[Household], arguments: argparse.Namespace) -> list[Household]:
    found = [
        each for each in households if each.village == arguments.village and arguments.township in (None, each.township)
    ]
    if not found:
        known = sorted({str(each.village) for each in households if isinstance(each.village, str)})
        listed = ", ".join(known[:10]) + (", …" if len(known) > 10 else "")
        raise FupinRulesError(Fault("--village", "the register has no household there", f"it has: {listed}", USAGE))
    return found


def _noticed(village: list[Household], arguments: argparse.Namespace) -> list[Household]:
    """Choose whom the notice is about: by name, or by what a policy finds."""
    if (arguments.ids is None) == (arguments.policy is None) or (arguments.policy is None) != (arguments.on is None):
        mend = "give `--policy PACK --on DATE`, or `--ids FILE`"
        raise FupinRulesError(Fault("forms notice", "whom the notice is about is not said, or twice", mend, USAGE))
    if arguments.ids is not None:
        wanted = _ids(arguments.ids)
        strangers = sorted(wanted - {each.id for each in village})
        if strangers:
            what = f"{len(strangers)} ids are of no household in the village, the first: `{strangers[0][:64]}`"
            raise FupinRulesError(Fault("--ids", what, "correct the list", USAGE))
        return [each for each in village if each.id in wanted]
    rules = load_policy(arguments.policy).on(arguments.on)
    if arguments.of == "exit":
        return [each for each in village if assess_exit(each, rules).outcome is ExitOutcome.MET]
    return [each for each in village if assess(each, rules).outcome is Outcome.ELIGIBLE]


def _ids(path: Path) -> set[str]:
    with path.open("rb") as file:
        data = file.read(MAX_IDS_BYTES + 1)
    if len(data) > MAX_IDS_BYTES:
        raise FupinRulesError(Fault(path.name, f"longer than {MAX_IDS_BYTES} bytes", "split the list", USAGE))
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError:
        raise FupinRulesError(Fault(path.name, "is not UTF-8", "save it as UTF-8, one id a line", USAGE)) from None
    return {line.strip() for line in lines if line.strip()}


def _write(path: Path, notice: PublicNotice, language: str) -> None:
    match path.suffix.lower():
        case ".txt":
            write_text(path, notice.text(language) + "\n")
        case ".csv" | ".xlsx":
            zh = language == "zh"
            sheets = {"公示" if zh else "notice": (notice.headers(language), notice.table())}
            if path.suffix.lower() == ".xlsx":
                sheets["说明" if zh else "notes"] = (("",), tuple((line,) for line in notice.lines(language)))
            write_tables(path, sheets)
        case _:
            raise FupinRulesError(
                Fault(f"--out {path.name}", "ends in none of .txt, .csv, .xlsx", "name another file", USAGE)
            )
