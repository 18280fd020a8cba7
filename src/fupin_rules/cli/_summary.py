"""What `fupin assess` and `fupin exit` tell of a whole register: counts for a program, the same in words for people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from fupin_rules.citations import Standing
from fupin_rules.cli._decisions import Answer, truth_word
from fupin_rules.cli._output import say, share, show
from fupin_rules.engine import Assessment, How, Ranked
from fupin_rules.model import catalogue
from fupin_rules.policy import SUBJECT_CLASSES, RuleKind, Snapshot, Subject
from fupin_rules.registry import Register

SHOWN_FACTS = 8
SHOWN_GROUPS = 20

_PLACES = ("certain", "possible", "tied", "out")

_SUBJECTS = {"household": "户", "village": "村", "area": "个区域"}
_OUTCOMES = {
    "eligible": ("符合条件", "eligible"),
    "ineligible": ("不符合条件", "ineligible"),
    "met": ("各项均达到", "every guarantee met"),
    "not_met": ("有未达到", "a guarantee not met"),
    "undetermined": ("尚不能确定", "undetermined"),
}


def outcome_word(name: str, language: str) -> str:
    """Say an outcome, of identification or of exit, in `zh` or `en`."""
    return _OUTCOMES[name][0 if language == "zh" else 1]


def summary_of(
    answers: Mapping[Subject, list[Answer]],
    rules: Snapshot,
    reading: Register,
    *,
    files: Mapping[Subject, Path],
    ranks: Mapping[str, Ranked] | None,
) -> dict[str, Any]:
    """Count outcomes, standings, rules and missing facts; plain data, for `--json`."""
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
        "quota": None if ranks is None else {name: _ranked_plain(each) for name, each in ranks.items()},
    }


def _counts(held: Sequence[Answer], rules: Snapshot, subject: Subject) -> dict[str, Any]:
    outcomes = Counter(answer.outcome.value for answer in held)
    order = (
        ("eligible", "ineligible", "undetermined")
        if isinstance(held[0], Assessment)
        else ("met", "not_met", "undetermined")
    )
    by_rule: dict[str, Counter[str]] = {rule.id: Counter() for rule in rules.rules_of(subject)}
    for answer in held:
        for rule, value in answer.values.items():
            by_rule[rule][truth_word(value)] += 1
    missing = Counter(_general(fact) for answer in held for fact in dict.fromkeys(map(_general, answer.missing)))
    completions = Counter(answer.completions.how for answer in held if answer.completions is not None)
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
        "completions": {how.value: completions[how] for how in How if how in completions},
    }


def _general(fact: str) -> str:
    return f"members[].{fact.partition('].')[2]}" if fact.startswith("members[") else fact


def _ranked_plain(ranked: Ranked) -> dict[str, Any]:
    return {
        "quota": ranked.quota,
        "certain": list(ranked.certain),
        "possible": list(ranked.possible),
        "tied": list(ranked.tied),
        "out": len(ranked.out),
    }


_KINDS = {
    RuleKind.ELIGIBILITY: ("识别条件", "conditions", "false"),
    RuleKind.EXCLUSION: ("排除情形", "exclusions", "true"),
    RuleKind.EXIT: ("退出条件", "guarantees", "false"),
    RuleKind.CHECK: ("数据疑点", "findings", "true"),
}


def print_summary(summary: Mapping[str, Any], rules: Snapshot, language: str) -> None:
    """Print the summary in words."""
    zh = language == "zh"
    title = rules.title(language)
    where = "（{}），评估日 {}，指纹 {}" if zh else " ({}), on {}, fingerprint {}"
    say(title + where.format(summary["policy"], summary["on"], summary["fingerprint"][:12]))
    for subject, counts in summary["subjects"].items():
        say()
        name = _SUBJECTS[subject] if zh else subject + "s" * (counts["total"] != 1)
        say(f"{counts['total']:,} {name}")
        show(_outcome_rows(counts, language), numbers=(1, 2))
        if counts["completions"]:
            say()
            say("已知事实未能定论的" if zh else "left open by the known facts")
            show([(How(how).words(language), f"{n:,}") for how, n in counts["completions"].items()], numbers=(1,))
        _print_rules(Subject(subject), counts, rules, zh=zh)
        if counts["missing"]:
            say()
            say("最常缺的事实" if zh else "facts most often missing")
            show(_missing_rows(counts, subject, language), numbers=(1,))
        say()
        say(("全部结论：" if zh else "all decisions: ") + counts["file"])
    if summary["quota"] is not None:
        say()
        _print_quota(summary["quota"], zh=zh)


def _outcome_rows(counts: Mapping[str, Any], language: str) -> list[tuple[str, ...]]:
    zh = language == "zh"
    rows: list[tuple[str, ...]] = []
    for name, number in counts["outcomes"].items():
        found = sorted(counts["standings"][name].items())
        standings = ("，" if zh else ", ").join(
            f"{Standing(standing).short(language)} {count:,}" for standing, count in found
        )
        rests = (("依据等级：" if zh else "rests on: ") + standings) if standings else ""
        rows.append((outcome_word(name, language), f"{number:,}", share(number, counts["total"]), rests))
    return rows


def _print_rules(subject: Subject, counts: Mapping[str, Any], rules: Snapshot, *, zh: bool) -> None:
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
        show(rows, numbers=(1, 2), headed=True)


def _missing_rows(counts: Mapping[str, Any], subject: str, language: str) -> list[tuple[str, str]]:
    known = catalogue(SUBJECT_CLASSES[Subject(subject)])
    rows = []
    for fact, count in list(counts["missing"].items())[:SHOWN_FACTS]:
        path = fact.removeprefix("members[].")
        field = known.members.get(path) if path != fact else None
        label = field.label(language) if field is not None else known.label(fact, language)
        rows.append((f"{label} ({fact})", f"{count:,}"))
    return rows


def _print_quota(quota: Mapping[str, Mapping[str, Any]], *, zh: bool) -> None:
    """Print how many are within the quota, for certain or possibly; groups that nobody contends for are left out."""
    counts = {
        name: {key: value if isinstance(value, int) else len(value) for key, value in ranked.items()}
        for name, ranked in quota.items()
    }
    heads = ("", "名额", "确定", "可能", "并列", "之外") if zh else ("", "quota", "certain", "possible", "tied", "out")
    rows = [
        (name or ("全部" if zh else "all"), *(f"{found[key]:,}" for key in ("quota", *_PLACES)))
        for name, found in counts.items()
        if any(found[key] for key in _PLACES)
    ]
    show([heads, *rows[:SHOWN_GROUPS]], numbers=(1, 2, 3, 4, 5), headed=True)
    if len(rows) > SHOWN_GROUPS:
        more = len(rows) - SHOWN_GROUPS
        say(f"  ……另有{more}村，见全部结论" if zh else f"  ... and {more} more, see the file of decisions")
