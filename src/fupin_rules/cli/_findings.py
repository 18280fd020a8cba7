"""`fupin register findings`: the checks of a policy asked of a register, each finding with the rule it comes from."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence

import attrs

from fupin_rules.bulk import collector_paused
from fupin_rules.cli._arguments import add_common, add_register, day, decisions_file, keep_register, pack
from fupin_rules.cli._decisions import place_of
from fupin_rules.cli._output import counted, problem_words, say, say_json, show, tell, watched
from fupin_rules.engine import Finding, find
from fupin_rules.model import AnySubject
from fupin_rules.policy import RuleKind, Snapshot, load_policy, subject_of
from fupin_rules.registry import read_register, write_json_lines, write_table

_HEADERS = ("编号 id", "乡镇 township", "行政村 village", "核查 check", "内容", "what was found", "来源 source")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    add_register(parser)
    parser.add_argument("--policy", required=True, type=pack, metavar="PACK", help="whose checks are asked")
    parser.add_argument(
        "--on", required=True, type=day, metavar="DATE", help="day that ages are counted on, YYYY-MM-DD"
    )
    parser.add_argument(
        "--out", type=decisions_file, metavar="FILE", help="write all findings to a .csv, .xlsx or .jsonl"
    )
    parser.add_argument("--exit-code", action="store_true", help="end with 1 when anything was found")
    add_common(parser)


def run(arguments: argparse.Namespace) -> int:
    """Ask, count, and write what was found."""
    if arguments.out is not None:
        keep_register(arguments.register, [arguments.out])
    rules = load_policy(arguments.policy).on(arguments.on)
    reading = read_register(arguments.register)
    with collector_paused():
        found = list(_found([*reading.households, *reading.villages, *reading.areas], rules))
    if arguments.out is not None:
        _write(arguments, found)
    for problem in reading.problems:
        tell(problem_words(problem, arguments.lang))
    _show(arguments, rules, found)
    return 1 if reading.rows_set_aside or (arguments.exit_code and found) else 0


def _found(subjects: Sequence[AnySubject], rules: Snapshot) -> Iterator[tuple[AnySubject, Finding]]:
    asked = [each for each in subjects if rules.rules_of(subject_of(each), RuleKind.CHECK)]
    # Where the policy has checks about nobody of the register, its refusal says so.
    for subject in watched(asked or list(subjects), "checked"):
        yield from ((subject, finding) for finding in find(subject, rules))


def _show(arguments: argparse.Namespace, rules: Snapshot, found: Sequence[tuple[AnySubject, Finding]]) -> None:
    zh = arguments.lang == "zh"
    counts = Counter(finding for _, finding in found)
    if arguments.json:
        listed = [attrs.asdict(finding) | {"count": count} for finding, count in counts.most_common()]
        said = {"policy": rules.policy_id, "fingerprint": rules.fingerprint, "on": rules.on.isoformat()}
        say_json(said | {"findings": listed, "out": str(arguments.out) if arguments.out else None})
        return
    subjects = len({subject.id for subject, _ in found})
    say(
        f"{rules.policy_id}，{rules.on}：{subjects:,}个对象有{len(found):,}处疑点"
        if zh
        else f"{rules.policy_id} on {rules.on}: {counted(len(found), 'finding')} about {counted(subjects, 'subject')}"
    )
    rows = [(each.zh if zh else each.en, f"{count:,}", each.source) for each, count in counts.most_common()]
    show(rows, numbers=(1,))
    if arguments.out is not None:
        say(f"全部疑点：{arguments.out}" if zh else f"all findings: {arguments.out}")
    elif found:
        tell(
            "用 `--out` 指定文件，可得每户的疑点"
            if zh
            else "name a file with `--out` to have them household by household"
        )


def _write(arguments: argparse.Namespace, found: Sequence[tuple[AnySubject, Finding]]) -> None:
    if arguments.out.suffix.lower() == ".jsonl":
        write_json_lines(arguments.out, ({"id": subject.id} | attrs.asdict(finding) for subject, finding in found))
        return
    rows = ((*_place(subject), each.rule, each.zh, each.en, each.source) for subject, each in found)
    write_table(arguments.out, _HEADERS, rows)


def _place(subject: AnySubject) -> tuple[str, str, str]:
    return (subject.id, *place_of(subject))
