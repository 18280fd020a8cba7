"""`fupin assess DIR --engine polars|duckdb|spark`: a register in parquet to decisions in parquet, whatever its size."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from fupin_rules.cli._amendments import policy_of
from fupin_rules.cli._arguments import USAGE, keep_register
from fupin_rules.cli._output import say, say_json, share, show, shows_progress, tell
from fupin_rules.cli._summary import outcome_word
from fupin_rules.columnar import FilesAssessed, assess_files
from fupin_rules.errors import Fault, FupinRulesError

ENGINES = ("polars", "duckdb", "spark")
# What only the reader of single households offers: its option, and the attribute of the arguments.
_OF_HOUSEHOLDS = {"--explain": "explain", "--quota": "quota", "--by-village": "by_village", "--exact": "exact"}
_BAR = 30


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--engine",
        choices=("python", *ENGINES),
        default="python",
        help="who does the work: Python household by household (default), or an engine on a folder of parquet files",
    )
    parser.add_argument(
        "--slice-rows", type=int, default=1_000_000, metavar="N", help="households that an engine reads at once"
    )
    parser.add_argument(
        "--absent",
        action="append",
        default=[],
        metavar="FACT",
        help="path of a fact that the parquet files do not hold; may be given several times, or as a list with commas",
    )


def run(arguments: argparse.Namespace) -> int:
    """Assess the register and tell what came of it; 1 where something in it is to be looked at and that was asked."""
    for option, name in _OF_HOUSEHOLDS.items():
        if getattr(arguments, name, None):
            what, mend = (
                f"is not to be had with `--engine {arguments.engine}`",
                "leave it out, or use `--engine python`",
            )
            raise FupinRulesError(Fault(option, what, mend, USAGE))
    if arguments.slice_rows < 1:
        raise FupinRulesError(Fault("--slice-rows", "is less than 1", "give a number of households", USAGE))
    out = arguments.out or Path("out") / "decisions"
    if out.suffix:
        what, mend = f"is a file, and `--engine {arguments.engine}` writes a folder of parts", "name a folder"
        raise FupinRulesError(Fault(f"--out {out.name}", what, mend, USAGE))
    keep_register(arguments.register, [out])
    done = assess_files(
        Path(arguments.register),
        policy_of(arguments.policy, arguments.amend).on(arguments.on, arguments.known_at),
        out,
        engine=arguments.engine,
        absent=[path for each in arguments.absent for path in each.split(",")],
        slice_rows=arguments.slice_rows,
        progress=_bar if shows_progress() else None,
    )
    if arguments.json:
        say_json(_plain(done))
    else:
        _show(done, arguments.lang)
    for finding in done.findings:
        tell(finding.words(arguments.lang))
    return 1 if arguments.exit_code and done.findings else 0


def _bar(done: int, total: int) -> None:
    """Draw how far it is; the line is wiped at the end."""
    full = _BAR * done // max(total, 1)
    line = f"\r[{'#' * full}{'.' * (_BAR - full)}] {done:,}/{total:,}"
    sys.stderr.write(line if done < total else "\r" + " " * len(line) + "\r")
    sys.stderr.flush()


def _plain(done: FilesAssessed) -> dict[str, Any]:
    return {
        "households": done.rows,
        "outcomes": dict(done.outcomes),
        "exits": dict(done.exits),
        "parts": done.parts,
        "done_before": done.done_before,
        "out": str(done.out),
        "findings": [
            {"frame": each.frame, "column": each.column, "code": each.code, "count": each.count}
            for each in done.findings
        ],
    }


def _show(done: FilesAssessed, language: str) -> None:
    zh = language == "zh"
    say(f"{done.rows:,} 户" if zh else f"{done.rows:,} households")
    for title, counts in ((("识别", "identification"), done.outcomes), (("退出", "exit"), done.exits)):
        if counts:
            say(title[0] if zh else title[1])
            rows = [[outcome_word(name, language), f"{n:,}", share(n, done.rows)] for name, n in counts.items()]
            show(rows, numbers=(1, 2))
    words = "{parts} 份，其中此前已有 {before} 份：{out}" if zh else "{parts} part(s), {before} there before: {out}"
    say(words.format(parts=done.parts, before=done.done_before, out=done.out))
