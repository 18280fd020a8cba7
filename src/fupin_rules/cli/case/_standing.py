"""Where a case stands: state, round, notices, signatures, what is remembered; for people and for programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from fupin_rules.cli.case._words import joined_words, value_words, words_of
from fupin_rules.workflow import Case, NoticeKind, NoticeMark, Procedure, Signatures

_UNSIGNED = Signatures()


def standing_rows(procedure: Procedure, case: Case, language: str) -> Iterator[tuple[str, str]]:
    """Give what stands of a case in this round, each with its name."""
    zh = language == "zh"
    state = words_of(procedure.state, case.state, language)
    since = f"{state}，{case.entered}起" if zh else f"{state}, since {case.entered}"
    yield ("环节" if zh else "state"), since
    yield (
        ("轮次" if zh else "round"),
        f"{case.round}（{case.round_began}起）" if zh else (f"{case.round} (since {case.round_began})"),
    )
    for notice in case.notices:
        yield notice_row(procedure, case, notice, language)
    for review in case.reviews:
        yield review_row(procedure, case, review, language)
    for name, value in case.facts.items():
        field = procedure.fact.get(name)
        yield words_of(procedure.fact, name, language), value_words(procedure, field, value, language)


def notice_row(procedure: Procedure, case: Case, notice: str, language: str) -> tuple[str, str]:
    """Name a notice, and say since when, until when, and which objections."""
    mark = case.notices.get(notice)
    text = "未张贴" if language == "zh" else "not posted"
    return words_of(procedure.notice, notice, language), text if mark is None else _notice_words(
        procedure, notice, mark, language
    )


def _notice_words(procedure: Procedure, notice: str, mark: NoticeMark, language: str) -> str:
    zh = language == "zh"
    parts = [f"{mark.posted}张贴" if zh else f"posted {mark.posted}"]
    if mark.until is not None:
        parts.append(f"至{mark.until}" if zh else f"until {mark.until}")
    elif procedure.notice[notice].kind is NoticeKind.NOTICE:
        parts.append("末日待定" if zh else "its last day is not known yet")
    if mark.closed is not None:
        parts.append(f"{mark.closed}结束" if zh else f"closed {mark.closed}")
    for objection, outcome in mark.objections.items():
        if outcome == "":
            parts.append(f"异议 {objection} 待处理" if zh else f"objection {objection} has no outcome yet")
        else:
            word = {"upheld": "成立", "dismissed": "不成立"}.get(outcome, outcome) if zh else outcome
            parts.append(f"异议 {objection} {word}" if zh else f"objection {objection} {word}")
    return ("，" if zh else ", ").join(parts)


def review_row(procedure: Procedure, case: Case, review: str, language: str) -> tuple[str, str]:
    """Name a review, and say who signed and who is missing."""
    signed = case.reviews.get(review, _UNSIGNED)
    return words_of(procedure.review, review, language), _review_words(procedure, review, signed, language)


def _review_words(procedure: Procedure, review: str, signed: Signatures, language: str) -> str:
    zh = language == "zh"
    held = procedure.review[review]
    slots = [*((slot.id, slot.role) for slot in held.slots), *signed.extra]
    there = [
        f"{words_of(procedure.role, role, language)} {signed.marks[slot].person}"
        + (("（免签）" if zh else " (waived)") if signed.marks[slot].waived else "")
        for slot, role in slots
        if slot in signed.marks
    ]
    lacking = [words_of(procedure.role, role, language) for slot, role in slots if slot not in signed.marks]
    count = f"{len(there)}/{len(slots)}"
    parts = [joined_words(there, language)] if there else []
    enough = held.need is not None and len(there) >= held.need
    if lacking and not enough:
        names = joined_words(lacking, language)
        parts.append(f"缺 {names}" if zh else f"missing {names}")
    return count + ("：" if zh else ": ") + ("；" if zh else "; ").join(parts)


def case_plain(case: Case) -> dict[str, Any]:
    """Give where a case stands as plain data."""
    return {
        "case": case.id,
        "procedure": case.procedure,
        "place": case.place,
        "state": case.state,
        "entered": case.entered.isoformat(),
        "round": case.round,
        "round_began": case.round_began.isoformat(),
        "seq": case.seq,
        "at": case.at,
        "head": case.head,
        "facts": {
            name: value if isinstance(value, (bool, int, str)) else value.isoformat()
            for name, value in case.facts.items()
        },
        "reviews": {
            review: {
                "marks": {
                    slot: {"person": mark.person, "role": mark.role, "waived": mark.waived}
                    for slot, mark in signed.marks.items()
                },
                "extra": dict(signed.extra),
                "delegates": dict(signed.delegates),
            }
            for review, signed in case.reviews.items()
        },
        "notices": {
            notice: {
                "posted": mark.posted.isoformat(),
                "until": None if mark.until is None else mark.until.isoformat(),
                "closed": None if mark.closed is None else mark.closed.isoformat(),
                "objections": dict(mark.objections),
            }
            for notice, mark in case.notices.items()
        },
    }
