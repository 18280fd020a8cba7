"""`fupin case show`: all cases in a table, or one of them: what happened, in words, and where it stands."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from fupin_rules.cli._output import counted, say, say_json, show
from fupin_rules.cli.case._deadlines import last_entries, recorded_due
from fupin_rules.cli.case._events import made_id
from fupin_rules.cli.case._found import find_case
from fupin_rules.cli.case._journal import Entry, read_journal
from fupin_rules.cli.case._named import label
from fupin_rules.cli.case._procedures import bring
from fupin_rules.cli.case._standing import case_plain, standing_rows
from fupin_rules.cli.case._words import data_words, verdict_words, words_of
from fupin_rules.workflow import Procedure


def run(arguments: argparse.Namespace) -> int:
    """Run `fupin case show`."""
    return _all(arguments) if arguments.case is None else _one(arguments)


def _all(arguments: argparse.Namespace) -> int:
    entries = read_journal(arguments.journal, arguments.lang)
    last = last_entries(entries)
    if arguments.json:
        say_json([_row_plain(case, entry) for case, entry in last.items()])
        return 0
    zh = arguments.lang == "zh"
    procedures = bring(arguments.procedure).of_entries(entries)
    rows = [_row(case, entry, procedures, arguments.lang) for case, entry in last.items()]
    heads = (
        ("案件", "环节", "轮次", "条数", "最近一条", "最近期限", "")
        if zh
        else ("case", "state", "round", "entries", "last entry", "next deadline", "")
    )
    show([heads, *rows], numbers=(2, 3), headed=True)
    counts = Counter(row[1] for row in rows).most_common()
    listed = ("、" if zh else ", ").join(f"{state} {count:,}" for state, count in counts)
    say()
    if zh:
        say(f"{len(rows):,}件，{len(entries):,}条：{listed}")
    else:
        say(f"{counted(len(rows), 'case')}, {counted(len(entries), 'entry', 'entries')}: {listed}")
    say(
        "以上照日志所记；是否真实可信，用 `fupin case verify` 核对。"
        if zh
        else "as recorded; `fupin case verify` checks it."
    )
    return 0


def _next_due(entry: Entry) -> tuple[str, str]:
    """Name the deadline that is over first, and its last day; empty if none runs."""
    due = recorded_due(entry)
    if not due:
        return "", ""
    name, until = min(due.items(), key=lambda each: (each[1] is None, each[1] or date.max))
    return name, "" if until is None else until.isoformat()


def _row(case: str, entry: Entry, procedures: Mapping[str, Procedure], language: str) -> tuple[str, ...]:
    state, (deadline, until) = str(entry.get("to")), _next_due(entry)
    procedure = procedures.get(str(entry.get("proc")))
    if procedure is not None:
        state = words_of(procedure.state, state, language)
        deadline = words_of(procedure.deadline, deadline, language)
    if deadline and not until:
        until = "待定" if language == "zh" else "not known"
    return case, state, str(entry.get("round")), str(entry.get("seq")), str(entry.get("at")), until, deadline


def _row_plain(case: str, entry: Entry) -> dict[str, Any]:
    return {
        "case": case,
        "procedure": entry.get("proc"),
        "state": entry.get("to"),
        "round": entry.get("round"),
        "seq": entry.get("seq"),
        "at": entry.get("at"),
        "due": {name: None if until is None else until.isoformat() for name, until in recorded_due(entry).items()},
    }


def _one(arguments: argparse.Namespace) -> int:
    found = find_case(arguments)
    procedure, case, language = found.procedure, found.case, arguments.lang
    if arguments.json:
        due = recorded_due(found.entries[-1])
        days = {name: None if until is None else until.isoformat() for name, until in due.items()}
        say_json(case_plain(case) | {"due": days, "entries": [dict(entry) for entry in found.entries]})
        return 0
    zh = language == "zh"
    title = label(procedure, language)
    say(
        f"案件 {case.id}：{title}，第{procedure.version}版"
        if zh
        else f"case {case.id}: {title}, version {procedure.version}"
    )
    turn = 1
    for entry in found.entries:
        if entry["round"] != turn:
            turn = entry["round"]
            say(f"  —— 第{turn}轮 ——" if zh else f"  -- round {turn} --")
        for line in _entry_lines(found.procedures[str(entry["proc"])], entry, len(str(case.seq)), language):
            say(line)
    say()
    say("现在" if zh else "now")
    rows = list(standing_rows(procedure, case, language))
    for name, until in recorded_due(found.entries[-1]).items():
        unknown = "待定" if zh else "not known"
        rows.append((words_of(procedure.deadline, name, language), unknown if until is None else until.isoformat()))
    show(rows)
    return 0


def _entry_lines(procedure: Procedure, entry: Entry, width: int, language: str) -> Iterator[str]:
    """Say one entry: when, who, what, to where; and below, what it carried and brought."""
    zh = language == "zh"
    event, by = entry["event"], entry["by"]
    who = f"{words_of(procedure.role, by['role'], language)} {by['id']}"
    what = words_of(procedure.move, entry["move"], language)
    there = "" if entry["from"] == entry["to"] else f" → {words_of(procedure.state, entry['to'], language)}"
    yield f"  {entry['seq']:>{width}}. {entry['at']} {who}{'：' if zh else ': '}{what}{there}"
    kind = procedure.event.get(event["type"])
    told = data_words(procedure, kind, event.get("data", {}), language)
    told += [
        f"{words_of(procedure.evidence_kind, each['kind'], language)} {each['on']}"
        for each in event.get("evidence", ())
    ]
    told += _outside_words(entry, language)
    if event["id"] != made_id(str(entry["case"]), entry["seq"]):
        told.append(f"事项编号 {event['id']}" if zh else f"event id {event['id']}")
    if told:
        yield f"{' ' * (width + 4)}{('；' if zh else '; ').join(told)}"


def _outside_words(entry: Entry, language: str) -> Iterator[str]:
    """Say which assessment was recorded, and whether it was worked out or told by hand."""
    zh = language == "zh"
    for name in ("assessment", "exit"):
        told = entry.get("outside", {}).get(name)
        if told:
            outcome = verdict_words(str(told["outcome"]), language)
            by_hand = "" if told["facts"] else ("，人工告知" if zh else ", told by hand")
            yield (
                f"评估（{told['policy']}）：{outcome}{by_hand}"
                if zh
                else (f"assessment ({told['policy']}): {outcome}{by_hand}")
            )
