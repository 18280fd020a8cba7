"""The files that `fupin assess` and `fupin exit` leave: every decision, and every row that could not be read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from fupin_rules.cli._output import joined
from fupin_rules.engine import Assessment, ExitAssessment, Ranked
from fupin_rules.model import AnySubject, Area, Household, Village
from fupin_rules.policy import Snapshot, Subject
from fupin_rules.quantities import plain
from fupin_rules.registry import Register, write_json_lines, write_table
from fupin_rules.truth import NotKnown

Answer = Assessment | ExitAssessment

# By headline of the column; no column holds anything personal.
_HEADERS = {
    "subject_id": "编号 id",
    "township": "乡镇 township",
    "village": "行政村 village",
    "outcome": "结论 outcome",
    "failed": "未通过 failed",
    "excluded_by": "被排除 excluded by",
    "rebutted": "例外成立 rebutted",
    "met": "已达到 met",
    "gaps": "差距 gaps",
    "open": "待定规则 open",
    "missing": "尚缺事实 missing",
    "next_question": "下一个问题 next question",
    "score_low": "优先得分下限 score low",
    "score_high": "优先得分上限 score high",
    "quota": "名额内 within quota",
    "findings": "数据疑点 findings",
    "standing": "依据等级 standing",
    "provisional": "暂定 provisional",
    "on": "评估日 on",
    "fingerprint": "政策指纹 fingerprint",
}


def beside(out: Path, name: str, suffix: str = "") -> Path:
    """Name a file that goes beside the file of decisions: `decisions.csv` and `decisions.villages.csv`."""
    return out.with_name(f"{out.stem}.{name}{suffix or out.suffix}")


def write_decisions(
    out: Path, answers: Mapping[Subject, list[Answer]], rules: Snapshot, ranks: Mapping[str, Ranked]
) -> dict[Subject, Path]:
    """
    Write the decisions, one row for each household, and for each village in a file of its own.

    Args:
        out: `.csv`, `.xlsx` or `.jsonl`.
        answers: By subject.
        rules: The policy they were made under.
        ranks: By group; empty when no quota was asked for.

    Returns:
        The files, by subject.
    """
    places = {
        each: place
        for ranked in ranks.values()
        for place in ("certain", "possible", "tied", "out")
        for each in getattr(ranked, place)
    }
    files = {}
    for subject, held in answers.items():
        path = out if subject is Subject.HOUSEHOLD or len(answers) == 1 else beside(out, f"{subject.value}s")
        if path.suffix.lower() == ".jsonl":
            write_json_lines(path, (answer.to_plain() for answer in held))
        else:
            rows = [_row(answer) for answer in held]
            if subject is Subject.HOUSEHOLD and places:
                rows = [row | {"quota": places.get(row["subject_id"], "")} for row in rows]
            ids = [rule.id for rule in rules.rules_of(subject)]
            kept = [key for key in _HEADERS if any(key in row for row in rows)]
            headers = [_HEADERS[key] for key in kept] + [f"rule.{rule}" for rule in ids]
            write_table(
                path,
                headers,
                (
                    [row.get(key, "") for key in kept] + [truth_word(answer.values[rule]) for rule in ids]
                    for row, answer in zip(rows, held, strict=True)
                ),
                sheet=subject.value,
            )
        files[subject] = path
    return files


def truth_word(value: bool | None) -> str:
    """Write a claim in a cell: `true`, `false` or `unknown`."""
    return "unknown" if value is None else str(value).lower()


def place_of(subject: AnySubject) -> tuple[str, str]:
    """Name the township and the village of a household, or a village or an area itself; empty where not known."""
    match subject:
        case Household(township=township, village=village) | Village(township=township, name=village):
            return _told(township), _told(village)
        case Area(name=name):
            return _told(name), ""


def _told(name: str | NotKnown | None) -> str:
    return name if isinstance(name, str) else ""


def _row(answer: Answer) -> dict[str, str]:
    question = answer.next_question()
    township, village = place_of(answer.subject)
    row = {
        "subject_id": answer.subject_id,
        "township": township,
        "village": village,
        "outcome": answer.outcome.value,
        "open": joined(answer.open),
        "missing": joined(answer.missing),
        "next_question": "" if question is None else f"{question.text['zh']} {question.text['en']}",
        "findings": joined(each.rule for each in answer.findings),
        "standing": answer.standing.value,
        "provisional": joined(answer.provisional),
        "on": answer.on.isoformat(),
        "fingerprint": answer.fingerprint,
    }
    if isinstance(answer, ExitAssessment):
        gaps = joined(f"{each.rule}: {each.zh} / {each.en}" for each in answer.failed)
        return row | {
            "met": joined(answer.met),
            "failed": joined(each.rule for each in answer.failed),
            "gaps": gaps,
        }
    row |= {
        "failed": joined(answer.failed),
        "excluded_by": joined(answer.excluded_by),
        "rebutted": joined(f"{rule}: {', '.join(held)}" for rule, held in answer.rebutted.items()),
    }
    if answer.priority is not None:
        row["score_low"] = ", ".join(plain(each) for each in answer.priority.low)
        row["score_high"] = ", ".join(plain(each) for each in answer.priority.high)
    return row


def write_problems(out: Path, reading: Register) -> Path | None:
    """Write what could not be read beside the decisions; nothing when all could."""
    if not reading.problems:
        return None
    path = beside(out, "problems", ".csv")
    headers = [
        "表 sheet",
        "行 row",
        "列 column",
        "代码 code",
        "问题 what",
        "办法 mend",
        "中文说明",
        "整户搁置 set aside",
    ]
    write_table(
        path,
        headers,
        (
            [
                each.sheet,
                str(each.row),
                each.column,
                each.code,
                each.what,
                each.mend,
                each.zh,
                "是 yes" if each.sets_aside else "否 no",
            ]
            for each in reading.problems
        ),
    )
    return path
