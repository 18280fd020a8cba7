"""`fupin reopen`: which decisions on file a retroactive amendment would change, and which cannot be judged again."""

from __future__ import annotations

import argparse
from pathlib import Path

from fupin_rules.cli._amendments import add_amend, policy_of
from fupin_rules.cli._arguments import add_common, add_register, decisions_file, keep_register, pack
from fupin_rules.cli._output import joined, say, say_json, tell_notes, tell_problems
from fupin_rules.engine import Reopened, reopened
from fupin_rules.registry import read_decisions, read_register, write_json_lines, write_table

SHOWN = 20

_HEADERS = (
    "行 place",
    "编号 id",
    "评估日 on",
    "当时结论 before",
    "现行结论 after",
    "修订 amendments",
    "变化的规则 turned rules",
    "尚缺事实 missing",
    "不能复核的原因 why not judged",
    "说明",
    "in words",
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_register(parser)
    parser.add_argument(
        "--decisions",
        required=True,
        type=Path,
        metavar="FILE",
        help="what `fupin assess --out` or `fupin exit --out` wrote: .jsonl, .csv or .xlsx",
    )
    parser.add_argument(
        "--policy", required=True, type=pack, metavar="PACK", help="id of an installed pack, or a pack folder"
    )
    add_amend(parser)
    parser.add_argument(
        "--out", type=decisions_file, metavar="FILE", help="file for all that is found: .csv, .xlsx or .jsonl"
    )
    parser.add_argument("--exit-code", action="store_true", help="end with 1 when anything is to be looked at")
    add_common(parser)


def run(arguments: argparse.Namespace) -> int:
    """Run `fupin reopen`."""
    if arguments.out is not None:
        keep_register(arguments.register, [arguments.out])
    policy = policy_of(arguments.policy, arguments.amend)
    stored = read_decisions(arguments.decisions)
    reading = read_register(arguments.register)
    found = reopened(policy, stored, (*reading.households, *reading.villages, *reading.areas))
    if arguments.out is not None:
        _write(arguments.out, found)
    if arguments.json:
        say_json(found.to_plain())
    else:
        _show(found, arguments.lang)
    tell_notes(reading.notes, arguments.lang)
    tell_problems(reading.problems, arguments.lang, see="fupin register check")
    is_open = bool(found.decisions or found.unjudged)
    return 1 if reading.rows_set_aside or (arguments.exit_code and is_open) else 0


def _show(found: Reopened, language: str) -> None:
    zh = language == "zh"
    counts = (
        f"{found.total:,} 项评估：{len(found.decisions):,} 项须重新审核，{found.untouched:,} 项不受影响，"
        f"{len(found.unjudged):,} 项不能复核"
        if zh
        else f"{found.total:,} decisions: {len(found.decisions):,} reopened, {found.untouched:,} untouched, "
        f"{len(found.unjudged):,} not judged again"
    )
    say(counts)
    for title, lines in (
        (("须重新审核", "reopened"), [each.words(language) for each in found.decisions]),
        (("不能复核", "not judged again"), [each.words(language) for each in found.unjudged]),
    ):
        if not lines:
            continue
        say()
        say(title[0 if zh else 1])
        for line in lines[:SHOWN]:
            say(f"  {line}")
        if len(lines) > SHOWN:
            more = len(lines) - SHOWN
            say(f"  ……另有{more:,}项，见 --out" if zh else f"  ... and {more:,} more, see `--out`")


def _write(out: Path, found: Reopened) -> None:
    if out.suffix.lower() == ".jsonl":
        rows = [{"reopened": True, **each.to_plain()} for each in found.decisions]
        write_json_lines(out, [*rows, *({"reopened": False, **each.to_plain()} for each in found.unjudged)])
        return
    table = [
        [
            str(each.place + 1),
            each.subject_id,
            each.on.isoformat(),
            each.before.value,
            each.after.value,
            joined(each.amendments),
            joined(f"{change.name}: {change.before} → {change.after}" for change in each.turned),
            joined(each.missing),
            "",
            each.words("zh"),
            each.words("en"),
        ]
        for each in found.decisions
    ]
    table += [
        [
            str(each.place + 1),
            each.subject_id,
            "" if each.on is None else each.on.isoformat(),
            *[""] * 5,
            each.why.value,
            each.words("zh"),
            each.words("en"),
        ]
        for each in found.unjudged
    ]
    write_table(out, _HEADERS, table)
