"""`fupin assess` and `fupin exit`: a register to decisions, a summary to the terminal, every decision to a file."""

from __future__ import annotations

import argparse
import gc
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from fupin_rules.citations import Standing
from fupin_rules.cli._output import joined, say, say_json, share, table, tell, watched
from fupin_rules.engine import Assessment, ExitAssessment, assess, assess_exit, rank
from fupin_rules.errors import Fault, RegisterError
from fupin_rules.model import Household, Village, catalogue
from fupin_rules.policy import RuleKind, Snapshot, Subject, load_policy
from fupin_rules.quantities import plain
from fupin_rules.registry import Register, read_register, write_json_lines, write_table
from fupin_rules.truth import Truth, Unknown

Answer = Assessment | ExitAssessment
SHOWN_PROBLEMS = 10
SHOWN_FACTS = 8

_OUTCOMES = {
    "eligible": ("符合条件", "eligible"),
    "ineligible": ("不符合条件", "ineligible"),
    "met": ("各项均达到", "every guarantee met"),
    "not_met": ("有未达到", "a guarantee not met"),
    "undetermined": ("尚不能确定", "undetermined"),
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments of both commands."""
    parser.add_argument("register", help="a .csv, .xlsx or .jsonl file, or a folder of them")
    parser.add_argument("--policy", required=True, help="id of an installed pack, or the path of a pack folder")
    parser.add_argument(
        "--on",
        required=True,
        type=date.fromisoformat,
        metavar="DATE",
        help="day of the assessment, YYYY-MM-DD",
    )
    parser.add_argument("--out", type=Path, help="file for all decisions: .csv, .xlsx or .jsonl (default: out/…csv)")
    parser.add_argument("--explain", metavar="ID", help="explain one household or village instead")
    parser.add_argument("--lang", choices=("zh", "en"), default="en", help="language of explanations and labels")
    parser.add_argument("--json", action="store_true", help="print the result as JSON")
    parser.add_argument("--exit-code", action="store_true", help="end with 1 when anything is to be looked at")


def run_assess(arguments: argparse.Namespace) -> int:
    """Run `fupin assess`."""
    return _run(arguments, assess, "decisions", RuleKind.ELIGIBILITY)


def run_exit(arguments: argparse.Namespace) -> int:
    """Run `fupin exit`."""
    return _run(arguments, assess_exit, "exits", RuleKind.EXIT)


def _run(
    arguments: argparse.Namespace,
    ask: Callable[[Household | Village, Snapshot], Answer],
    name: str,
    needed: RuleKind,
) -> int:
    rules = load_policy(arguments.policy).on(arguments.on)
    reading = read_register(arguments.register)
    register: dict[Subject, Sequence[Household | Village]] = {
        Subject.HOUSEHOLD: reading.households,
        Subject.VILLAGE: reading.villages,
    }
    if arguments.explain:
        return _explain(arguments, ask, rules, [each for held in register.values() for each in held])
    asked = [each for each in register if rules.rules_of(each, needed) and register[each]]
    with _collector_paused():
        answers = {each: [ask(one, rules) for one in watched(register[each], f"{each.value}s")] for each in asked}
    if not asked:
        # Nothing of the register can be asked of this policy: the refusal says so.
        for held in register.values():
            for one in held[:1]:
                ask(one, rules)
    out = arguments.out or Path("out") / f"{name}.csv"
    files = _write(out, answers, rules)
    problems = _write_problems(out, reading)
    summary = _summary(answers, rules, reading, files, arguments)
    if arguments.json:
        say_json(summary)
    else:
        _print(summary, rules, arguments.lang)
    _tell_problems(reading, problems)
    found = reading.problems or any(answer.findings for held in answers.values() for answer in held)
    return 1 if reading.rows_set_aside or (arguments.exit_code and found) else 0


@contextmanager
def _collector_paused() -> Any:
    """Pause the cyclic garbage collector: a bulk loop makes no cycles, and looking for them takes half the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _explain(
    arguments: argparse.Namespace,
    ask: Callable[[Household | Village, Snapshot], Answer],
    rules: Snapshot,
    subjects: Iterable[Household | Village],
) -> int:
    for each in subjects:
        if each.id == arguments.explain:
            answer = ask(each, rules)
            if arguments.json:
                say_json(answer.to_plain() | {"explanation": answer.explanation(arguments.lang).to_plain()})
            else:
                say(answer.explain(arguments.lang))
            return 0
    raise RegisterError(
        Fault(
            f"`{arguments.explain}`",
            "is not in the register",
            "see the ids in the file of decisions",
            "no_id",
        )
    )


# -- the file of decisions ---------------------------------------------------------------------------------------

_HEADERS = {
    "subject_id": "编号 id",
    "place": "行政村 village",
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
    "findings": "数据疑点 findings",
    "standing": "依据等级 standing",
    "provisional": "暂定 provisional",
    "on": "评估日 on",
    "fingerprint": "政策指纹 fingerprint",
}


def _write(out: Path, answers: dict[Subject, list[Answer]], rules: Snapshot) -> dict[Subject, Path]:
    """Write the decisions of each subject; villages beside households, as `….villages.csv`."""
    files = {}
    for subject, held in answers.items():
        path = (
            out
            if subject is Subject.HOUSEHOLD or len(answers) == 1
            else out.with_name(f"{out.stem}.villages{out.suffix}")
        )
        if path.suffix == ".jsonl":
            write_json_lines(path, (answer.to_plain() for answer in held))
        else:
            rows = [_row(answer) for answer in held]
            ids = [rule.id for rule in rules.rules_of(subject)]
            kept = [key for key in _HEADERS if any(key in row for row in rows)]
            headers = [_HEADERS[key] for key in kept] + [f"rule.{rule}" for rule in ids]
            write_table(
                path,
                headers,
                (
                    [row.get(key, "") for key in kept] + [_truth(answer.rules[rule]) for rule in ids]
                    for row, answer in zip(rows, held, strict=True)
                ),
                sheet=subject.value,
            )
        files[subject] = path
    return files


def _truth(value: Truth) -> str:
    return "unknown" if isinstance(value, Unknown) else str(value).lower()


def _place(answer: Answer) -> str:
    subject = answer.subject
    place = subject.village if isinstance(subject, Household) else subject.name
    return place if isinstance(place, str) else ""


def _row(answer: Answer) -> dict[str, str]:
    question = answer.next_question()
    row = {
        "subject_id": answer.subject_id,
        "place": _place(answer),
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
        gaps = joined(f"{each.rule}: {each.en}" for each in answer.failed)
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


def _write_problems(out: Path, reading: Register) -> Path | None:
    if not reading.problems:
        return None
    path = out.with_name(f"{out.stem}.problems.csv")
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


# -- the summary ---------------------------------------------------------------------------------------------------


def _summary(
    answers: dict[Subject, list[Answer]],
    rules: Snapshot,
    reading: Register,
    files: dict[Subject, Path],
    arguments: argparse.Namespace,
) -> dict[str, Any]:
    return {
        "policy": rules.policy_id,
        "on": rules.on.isoformat(),
        "fingerprint": rules.fingerprint,
        "subjects": {
            subject.value: _counts(held, rules, subject) | {"file": str(files[subject])}
            for subject, held in answers.items()
        },
        "rows_read": reading.rows_read,
        "rows_set_aside": reading.rows_set_aside,
        "households_set_aside": reading.households_set_aside,
        "problems": len(reading.problems),
        "notes": [{"en": en, "zh": zh} for en, zh in reading.notes],
        "quota": _ranked(answers, arguments),
    }


def _counts(held: list[Answer], rules: Snapshot, subject: Subject) -> dict[str, Any]:
    outcomes = Counter(answer.outcome.value for answer in held)
    order = (
        ("eligible", "ineligible", "undetermined")
        if isinstance(held[0], Assessment)
        else ("met", "not_met", "undetermined")
    )
    by_rule: dict[str, Counter[str]] = {rule.id: Counter() for rule in rules.rules_of(subject)}
    for answer in held:
        for rule, value in answer.rules.items():
            by_rule[rule][_truth(value)] += 1
    missing = Counter(_general(fact) for answer in held for fact in dict.fromkeys(map(_general, answer.missing)))
    standings = {name: Counter(a.standing.value for a in held if a.outcome.value == name) for name in order}
    return {
        "total": len(held),
        "outcomes": {name: outcomes.get(name, 0) for name in order},
        "standings": {name: dict(found) for name, found in standings.items()},
        "rules": {
            rule: {sign: found.get(sign, 0) for sign in ("true", "false", "unknown")} for rule, found in by_rule.items()
        },
        "missing": dict(missing.most_common()),
        "rebutted": sum(1 for answer in held if isinstance(answer, Assessment) and answer.rebutted),
        "provisional": sum(1 for answer in held if answer.provisional),
    }


def _general(fact: str) -> str:
    return f"members[].{fact.partition('].')[2]}" if fact.startswith("members[") else fact


def _ranked(answers: dict[Subject, list[Answer]], arguments: argparse.Namespace) -> dict[str, Any] | None:
    quota = getattr(arguments, "quota", None)
    if quota is None:
        return None
    held = [answer for answer in answers.get(Subject.HOUSEHOLD, []) if isinstance(answer, Assessment)]
    places = rank(held, quota, within=_place) if arguments.by_village else {"": rank(held, quota)}
    return {
        name: {
            "quota": ranked.quota,
            "certain": list(ranked.certain),
            "possible": list(ranked.possible),
            "tied": list(ranked.tied),
            "out": len(ranked.out),
        }
        for name, ranked in places.items()
    }


_KINDS = {
    RuleKind.ELIGIBILITY: ("识别条件", "conditions", "false"),
    RuleKind.EXCLUSION: ("排除情形", "exclusions", "true"),
    RuleKind.EXIT: ("退出条件", "guarantees", "false"),
    RuleKind.CHECK: ("数据疑点", "findings", "true"),
}


def _print(summary: dict[str, Any], rules: Snapshot, language: str) -> None:
    zh = language == "zh"
    title = rules.policy.zh if zh else rules.policy.en
    say(f"{title} ({summary['policy']}), {summary['on']}, {summary['fingerprint'][:12]}")
    for subject, counts in summary["subjects"].items():
        say()
        name = {"household": ("户", "households"), "village": ("村", "villages")}[subject][0 if zh else 1]
        say(f"{counts['total']:,} {name}")
        say(_outcome_table(counts, language))
        _print_rules(Subject(subject), counts, rules, zh=zh)
        if counts["missing"]:
            say()
            say("最常缺的事实" if zh else "facts most often missing")
            say(table(_missing_rows(counts, subject, language), numbers=(1,)))
        say()
        say(("全部结论：" if zh else "all decisions: ") + counts["file"])
    if summary["quota"] is not None:
        _print_quota(summary["quota"], zh=zh)


def _outcome_table(counts: dict[str, Any], language: str) -> str:
    zh = language == "zh"
    rows = []
    for name, number in counts["outcomes"].items():
        found = sorted(counts["standings"][name].items())
        standings = ", ".join(f"{Standing(standing).short(language)} {count:,}" for standing, count in found)
        rests = (("依据等级：" if zh else "rests on: ") + standings) if standings else ""
        rows.append((_OUTCOMES[name][0 if zh else 1], f"{number:,}", share(number, counts["total"]), rests))
    return table(rows, numbers=(1, 2))


def _print_rules(subject: Subject, counts: dict[str, Any], rules: Snapshot, *, zh: bool) -> None:
    is_exit = "met" in counts["outcomes"]
    wanted = (RuleKind.EXIT, RuleKind.CHECK) if is_exit else (RuleKind.ELIGIBILITY, RuleKind.EXCLUSION, RuleKind.CHECK)
    for kind in wanted:
        found = rules.rules_of(subject, kind)
        if kind is RuleKind.CHECK:
            # Checks that found nothing are in the file of decisions; here they would bury the others.
            found = tuple(rule for rule in found if counts["rules"][rule.id]["true"])
        if not found:
            continue
        zh_title, en_title, sign = _KINDS[kind]
        verdict = {"false": ("未达到", "not met"), "true": ("命中", "hit")}[sign][0 if zh else 1]
        head = (
            zh_title if zh else en_title,
            verdict,
            "待定" if zh else "open",
            "依据等级" if zh else "standing",
        )
        rows = [head] + [
            (
                rule.zh if zh else rule.en,
                f"{counts['rules'][rule.id][sign]:,}",
                f"{counts['rules'][rule.id]['unknown']:,}",
                rule.citation.standing.short("zh" if zh else "en"),
            )
            for rule in found
        ]
        say()
        say(table(rows, numbers=(1, 2)))


def _missing_rows(counts: dict[str, Any], subject: str, language: str) -> list[tuple[str, str]]:
    known = catalogue(Household if subject == "household" else Village)
    rows = []
    for fact, count in list(counts["missing"].items())[:SHOWN_FACTS]:
        path = fact.removeprefix("members[].")
        field = known.members.get(path) if path != fact else None
        label = field.label(language) if field is not None else known.label(fact, language)
        rows.append((f"{label} ({fact})", f"{count:,}"))
    return rows


def _print_quota(quota: dict[str, Any], *, zh: bool) -> None:
    say()
    for name, ranked in quota.items():
        words = (
            "名额 {quota}：确定 {certain}，可能 {possible}，并列 {tied}，之外 {out}"
            if zh
            else "quota {quota}: certain {certain}, possible {possible}, tied {tied}, out {out}"
        )
        counts = {key: value if isinstance(value, int) else len(value) for key, value in ranked.items()}
        say((f"{name}  " if name else "") + words.format(**counts))


def _tell_problems(reading: Register, path: Path | None) -> None:
    for en, zh in reading.notes:
        tell(f"note: {en} ({zh})")
    for problem in reading.problems[:SHOWN_PROBLEMS]:
        tell(str(problem))
    if len(reading.problems) > SHOWN_PROBLEMS:
        tell(f"... and {len(reading.problems) - SHOWN_PROBLEMS} more")
    if path is not None:
        tell(
            f"{len(reading.problems)} problems, {reading.households_set_aside} households and "
            f"{reading.rows_set_aside} of {reading.rows_read} rows set aside; all listed in {path}"
        )
