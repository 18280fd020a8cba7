"""What came of an event, told to whoever sent it: kept, taken before, or refused, and what would help."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from typing import Any

import attrs

from fupin_rules.cli._output import say, say_json, show
from fupin_rules.cli.case._named import label
from fupin_rules.cli.case._standing import notice_row, review_row
from fupin_rules.cli.case._words import words_of
from fupin_rules.workflow import Accepted, Case, Due, Duplicate, Move, Procedure, Reason, Refused, Result


@attrs.frozen
class Taken:
    """
    What came of an event.

    Attributes:
        event_id: Its id, given or made.
        result: What its procedure says; None if that was not asked.
        kept_out: What keeps it out, where it is not its procedure.
        procedure: The one that was asked.
    """

    event_id: str
    result: Result | None
    kept_out: Reason | None = None
    procedure: Procedure | None = None


def say_taken(taken: Taken, arguments: argparse.Namespace) -> None:
    """Print what came of an event."""
    written = isinstance(taken.result, Accepted) and not arguments.dry_run
    if arguments.json:
        say_json(_plain(taken, arguments, written=written))
        return
    language = arguments.lang
    match taken.result:
        case Accepted():
            assert taken.procedure is not None
            _say_accepted(taken.procedure, taken.result, arguments)
        case Duplicate(case, event):
            zh = f"此前已记入（{case.id}，事项编号 {event}），本次未再记入。"
            en = f"taken before ({case.id}, event id {event}); nothing was added."
            say(zh if language == "zh" else en)
        case Refused():
            say(taken.result.explain(language))
            if taken.result.ways:
                _say_asked(taken.result.reasons, language)
            assert taken.procedure is not None
            _say_standing(taken.procedure, taken.result, language)
        case None:
            assert taken.kept_out is not None
            say("未受理：" if language == "zh" else "refused:")
            say(f"1. {taken.kept_out.text(language)}")


def _plain(taken: Taken, arguments: argparse.Namespace, *, written: bool) -> dict[str, Any]:
    match taken.result:
        case Accepted(case, entry, due):
            return {
                "kind": "accepted",
                "written": written,
                "case": case.id,
                "event": taken.event_id,
                "seq": case.seq,
                "from": entry["from"],
                "to": entry["to"],
                "round": case.round,
                "due": {each.deadline.id: None if each.until is None else each.until.isoformat() for each in due},
                "head": case.head,
                "entry": dict(entry),
            }
        case Duplicate(case, event):
            return {"kind": "duplicate", "written": False, "case": case.id, "event": event, "seq": case.seq}
        case Refused(case):
            return taken.result.to_plain() | {"written": False, "seq": case.seq}
        case None:
            assert taken.kept_out is not None
            return {
                "kind": "refused",
                "written": False,
                "case": arguments.case,
                "event": taken.event_id or arguments.event_id,
                "type": arguments.event,
                "reasons": [taken.kept_out.to_plain()],
                "ways": [],
            }


def _say_accepted(procedure: Procedure, result: Accepted, arguments: argparse.Namespace) -> None:
    zh = arguments.lang == "zh"
    entry, language = result.entry, arguments.lang
    what = words_of(procedure.move, entry["move"], language)
    who = f"{words_of(procedure.role, entry['by']['role'], language)} {entry['by']['id']}"
    if arguments.dry_run:
        say(f"可受理（试办，未记入）：{what}" if zh else f"would be accepted (nothing was written): {what}")
    else:
        say(f"已记入第{entry['seq']}条：{what}" if zh else f"kept as entry {entry['seq']}: {what}")
    here, there = (words_of(procedure.state, entry[each], language) for each in ("from", "to"))
    event_id = entry["event"]["id"]
    if not arguments.event_id:
        event_id += "（未指定，自动编号）" if zh else " (made; give one with --event-id to send it again safely)"
    rows = [
        ("办理" if zh else "by", f"{who}，{entry['at']}" if zh else f"{who}, {entry['at']}"),
        ("事项编号" if zh else "event id", event_id),
        ("环节" if zh else "state", here if entry["from"] == entry["to"] else f"{here} → {there}"),
        ("轮次" if zh else "round", str(entry["round"])),
    ]
    rows += _touched_rows(procedure, procedure.move[str(entry["move"])], result.case, language)
    rows += [("期限" if zh else "due", _due_words(due, language)) for due in result.due]
    show(rows)


def _due_words(due: Due, language: str) -> str:
    name, rule = label(due.deadline, language), due.deadline.within.words(language)
    if due.until is None:
        return (
            f"{name}（{rule}）：待定，需节假日（--calendar）"
            if language == "zh"
            else (f"{name} ({rule}): not known without holidays (--calendar)")
        )
    return f"{name}（{rule}）：{due.until}" if language == "zh" else f"{name} ({rule}): {due.until}"


def _touched_rows(procedure: Procedure, move: Move, case: Case, language: str) -> list[tuple[str, str]]:
    """Give how the notices and reviews stand that a move has to do with."""
    notices = dict.fromkeys(notice for each in move.effects if (notice := getattr(each, "notice", "")))
    reviews = dict.fromkeys(review for each in move.effects if (review := getattr(each, "review", "")))
    rows = [notice_row(procedure, case, each, language) for each in notices if each in case.notices]
    return rows + [review_row(procedure, case, each, language) for each in reviews if each in case.reviews]


def _say_standing(procedure: Procedure, refused: Refused, language: str) -> None:
    """Say how the notices and reviews stand that a refusal is about: who has not signed, which objection is open."""
    rows = []
    for path in dict.fromkeys(reason.path.rpartition(".")[0] for reason in refused.reasons):
        head, _, part = path.partition(".")
        if head == "review" and part in procedure.review:
            rows.append(review_row(procedure, refused.case, part, language))
        if head == "notice" and part in procedure.notice:
            rows.append(notice_row(procedure, refused.case, part, language))
    show([("  " + name, text) for name, text in rows])


_OPTIONS: Mapping[str, tuple[str, str, str]] = {
    "field_missing": ("--data", "event.", "={}"),
    "evidence_missing": ("--evidence", "evidence.", "=…@{}"),
}
_FORMS = {
    "claim": ("是|否", "yes|no"),
    "number": ("整数", "NUMBER"),
    "day": ("日期", "DATE"),
    "code": ("代码", "CODE"),
    "text": ("文字", "TEXT"),
    "digest": ("摘要", "DIGEST"),
}


def _say_asked(reasons: Sequence[Reason], language: str) -> None:
    """Say as options what an event lacks, so that they can be copied."""
    place = 0 if language == "zh" else 1
    found: dict[str, list[str]] = {}
    for reason in reasons:
        if reason.code in _OPTIONS:
            option, start, form = _OPTIONS[reason.code]
            kind = _FORMS["day"] if option == "--evidence" else _FORMS[reason.wanted]
            found.setdefault(option, []).append(reason.path.removeprefix(start) + form.format(kind[place]))
    for option, texts in found.items():
        say(f"   {option} {' '.join(dict.fromkeys(texts))}")
