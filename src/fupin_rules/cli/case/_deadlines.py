"""`fupin case deadlines`: what is due when; of one case counted anew, of all cases as their last entries say."""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from fupin_rules.cli._output import say, say_json, show
from fupin_rules.cli.case._found import find_case, say_place
from fupin_rules.cli.case._journal import Entry, read_journal
from fupin_rules.cli.case._named import label
from fupin_rules.cli.case._outside import calendar_of
from fupin_rules.cli.case._procedures import bring
from fupin_rules.cli.case._words import words_of
from fupin_rules.truth import Unknown
from fupin_rules.workflow import Context, Deadline, Procedure, Running, Then, deadlines


def run(arguments: argparse.Namespace) -> int:
    """Run `fupin case deadlines`."""
    return _of_all(arguments) if arguments.case is None else _of_one(arguments)


def _of_one(arguments: argparse.Namespace) -> int:
    found = find_case(arguments)
    procedure, case = found.procedure, found.case
    listed = deadlines(procedure, case, arguments.at, context=Context(calendar_of(arguments)))
    if arguments.json:
        plain = [_plain(each) for each in listed]
        say_json({"case": case.id, "seq": case.seq, "state": case.state, "deadlines": plain})
        return 0
    language = arguments.lang
    zh = language == "zh"
    say_place(found, language)
    if not listed:
        say("没有正在计算的期限。" if zh else "no deadline runs.")
    for each in listed:
        say(f"  {_running_words(each, language)}")
        then = _then_words(procedure, each.deadline, language)
        law = each.deadline.citation.words(language)
        show([("逾期后" if zh else "then", then), ("依据" if zh else "law", law)])
        if arguments.by_day:
            _say_days(each, language)
    return 0


def _running_words(running: Running, language: str) -> str:
    """Say when it is due; where holidays are not known, which, and how they come to be."""
    if not isinstance(running.until, Unknown):
        return running.text(language)
    deadline, missing = running.deadline, sorted(running.until.missing)
    years = [each.removeprefix("calendar.") for each in missing if each.startswith("calendar.")]
    name, rule = label(deadline, language), deadline.within.words(language)
    if not years:
        return running.text(language)
    if language == "zh":
        return f"{name}（{rule}）：待定，需{'、'.join(years)}年放假安排（--calendar）"
    return f"{name} ({rule}): not known without the holidays of {', '.join(years)} (--calendar)"


def _plain(running: Running) -> dict[str, Any]:
    count = () if isinstance(running.count, Unknown) else running.count
    return running.to_plain() | {
        "law": {each: running.deadline.citation.words(each) for each in ("zh", "en")},
        "count": [{"day": each.day.isoformat(), "number": each.number, "zh": each.zh, "en": each.en} for each in count],
    }


def _then_words(procedure: Procedure, deadline: Deadline, language: str) -> str:
    zh = language == "zh"
    match deadline.then:
        case Then.REMIND:
            return "提醒" if zh else "a reminder"
        case Then.ESCALATE:
            role = words_of(procedure.role, deadline.role, language)
            return f"报{role}" if zh else f"it goes to the {role}"
        case Then.MAY:
            event = words_of(procedure.event, deadline.event, language)
            return f"可办“{event}”" if zh else f"“{event}” becomes possible"


def _say_days(running: Running, language: str) -> None:
    if isinstance(running.count, Unknown):
        missing = ", ".join(sorted(running.count.missing))
        say(f"    缺 {missing}" if language == "zh" else f"    not known: {missing}")
        return
    show([(each.day.isoformat(), label(each, language)) for each in running.count])


def last_entries(entries: Iterable[Entry]) -> Mapping[str, Entry]:
    """Give the last entry of each case, in the order the cases were opened."""
    found: dict[str, Entry] = {}
    for entry in entries:
        found[str(entry.get("case"))] = entry
    return found


def recorded_due(entry: Entry) -> dict[str, date | None]:
    """Read the last days that an entry recorded, by deadline; None where they were not known then."""
    due = entry.get("due")
    found: dict[str, date | None] = {}
    for name, text in due.items() if isinstance(due, Mapping) else ():
        try:
            found[str(name)] = date.fromisoformat(text)
        except (TypeError, ValueError):
            found[str(name)] = None
    return found


def _of_all(arguments: argparse.Namespace) -> int:
    entries = read_journal(arguments.journal, arguments.lang)
    procedures = bring(arguments.procedure).of_entries(entries)
    today = date(arguments.at.year, arguments.at.month, arguments.at.day)
    found = [
        (until, case, name, entry)
        for case, entry in last_entries(entries).items()
        for name, until in recorded_due(entry).items()
    ]
    found.sort(key=lambda each: (each[0] is None, each[0] or today))
    if arguments.json:
        say_json(
            [
                {
                    "case": case,
                    "state": entry.get("to"),
                    "deadline": name,
                    "until": None if until is None else until.isoformat(),
                    "days_left": None if until is None else (until - today).days,
                }
                for until, case, name, entry in found
            ]
        )
        return 0
    zh = arguments.lang == "zh"
    rows = [("案件", "环节", "期限", "到期日", "尚余天数") if zh else ("case", "state", "deadline", "due", "days left")]
    for until, case, name, entry in found:
        procedure = procedures.get(str(entry.get("proc")))
        state, deadline = str(entry.get("to")), name
        if procedure is not None:
            state = words_of(procedure.state, state, arguments.lang)
            deadline = words_of(procedure.deadline, name, arguments.lang)
        unknown = "待定" if zh else "not known"
        left = "–" if until is None else str((until - today).days)
        rows.append((case, state, deadline, unknown if until is None else until.isoformat(), left))
    if len(rows) == 1:
        say("没有正在计算的期限。" if zh else "no deadline runs.")
    else:
        show(rows, numbers=(4,), headed=True)
    return 0
