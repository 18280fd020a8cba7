"""What is to be seen of a policy, over time or on one day: parameters, rules and sources, with how firm each is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Final

from fupin_rules.citations import Source
from fupin_rules.expr import Scope, render
from fupin_rules.markup import Badge, Cell, Drawing, Grid, Node, Part, Tone, standing_badge
from fupin_rules.policy._rules import DatedValue, Parameter, ParameterValue, Rule, RuleKind, Subject
from fupin_rules.quantities import PLAIN, Unit, plain, said

if TYPE_CHECKING:
    from fupin_rules.policy._policy import Policy, Snapshot

_SUBJECTS: Final = {
    Subject.HOUSEHOLD: ("农户", "households"),
    Subject.VILLAGE: ("村", "villages"),
    Subject.AREA: ("区域", "areas"),
}
_KINDS: Final = {
    RuleKind.ELIGIBILITY: ("识别条件", "conditions"),
    RuleKind.EXCLUSION: ("排除情形", "exclusions"),
    RuleKind.PRIORITY: ("优先情形", "priorities"),
    RuleKind.EXIT: ("退出条件", "guarantees of exit"),
    RuleKind.CHECK: ("数据核查", "checks"),
}


def parameter_words(value: ParameterValue, unit: Unit | None, language: str) -> str:
    """Write the value of a parameter, in `zh` or `en`."""
    if isinstance(value, Fraction):
        return plain(value) if unit is None else said(value, unit, language)
    return ", ".join(sorted(value)) if isinstance(value, frozenset) else str(value)


def draw_policy(policy: Policy, language: str) -> Drawing:
    """Tell what is to be seen of a policy over time."""
    rows = [_parameter_row(each, dated, language) for each in policy.parameters.values() for dated in each.values]
    rows += [_open_row(policy.parameter(name), language) for name in policy.open_parameters]
    return _drawn(policy, "", rows, language)


def draw_snapshot(snapshot: Snapshot, language: str) -> Drawing:
    """Tell what is to be seen of a policy on one day."""
    rows = [_parameter_row(each.parameter, each.dated, language) for each in snapshot.parameters.values()]
    day, digest = snapshot.on, snapshot.fingerprint[:12]
    words = f"评估日：{day}，指纹 {digest}" if language == "zh" else f"on {day}, fingerprint {digest}"
    return _drawn(snapshot.policy, words, rows, language)


def _drawn(policy: Policy, day: str, rows: list[tuple[Cell, ...]], language: str) -> Drawing:
    zh = language == "zh"
    scopes = policy.scopes()
    head = ("参数", "取值", "有效期", "依据等级") if zh else ("parameter", "value", "in force", "standing")
    title = policy.zh if zh else policy.en
    return Drawing(
        language,
        f"{title}（{policy.id} {policy.version}）" if zh else f"{title} ({policy.id} {policy.version})",
        remarks=tuple(_remarks(policy, day, language)),
        parts=(
            Part("参数" if zh else "parameters", grid=Grid(head, tuple(rows))),
            *_rule_parts(policy, scopes, language),
            Part("出处" if zh else "sources", grid=_sources(policy, language), folded=True),
        ),
    )


def _remarks(policy: Policy, day: str, language: str) -> Iterator[str]:
    zh = language == "zh"
    yield from (day,) if day else ()
    yield f"适用日期：{policy.days.words('zh')}" if zh else f"days covered: {policy.days.words('en')}"
    if len(policy.lineage) > 1:
        yield ("逐级承接：" if zh else "built on each other: ") + " → ".join(policy.lineage)
    note = policy.note_zh if zh else policy.note_en
    yield from (note,) if note else ()


def _parameter_row(parameter: Parameter, dated: DatedValue, language: str) -> tuple[Cell, ...]:
    return (
        f"{parameter.zh if language == 'zh' else parameter.en} ({parameter.name})",
        parameter_words(dated.value, parameter.unit, language),
        dated.period.words(language),
        standing_badge(dated.citation.standing, language),
    )


def _open_row(parameter: Parameter, language: str) -> tuple[Cell, ...]:
    zh = language == "zh"
    value = "待定" if zh else "open"
    if parameter.bounds is not None:
        low, high = (said(each, parameter.unit or PLAIN, language) for each in parameter.bounds)
        value = f"待定，{low}至{high}" if zh else f"open, {low} to {high}"
    return (f"{parameter.zh if zh else parameter.en} ({parameter.name})", Badge(value, Tone.OPEN), "–", "–")


def _rule_parts(policy: Policy, scopes: Mapping[Subject, Scope], language: str) -> Iterator[Part]:
    place = 0 if language == "zh" else 1
    for subject in policy.subjects:
        for kind in RuleKind:
            rules = [rule for rule in policy.rules if rule.subject is subject and rule.kind is kind]
            nodes = tuple(_rule(rule, scopes[subject], language) for rule in rules)
            count = f"（{len(rules)}）" if language == "zh" else f" ({len(rules)})"
            colon = "：" if language == "zh" else ": "
            yield Part(f"{_SUBJECTS[subject][place]}{colon}{_KINDS[kind][place]}{count}", nodes, folded=True)


def _rule(rule: Rule, scope: Scope, language: str) -> Node:
    zh = language == "zh"
    note = rule.note_zh if zh else rule.note_en
    exceptions = (
        ("除非：" if zh else "unless: ") + (each.zh if zh else each.en) + f" ({rule.id}.{each.id})"
        for each in rule.unless
    )
    lines = (
        render(rule.when, scope, language),
        *exceptions,
        *((("说明：" if zh else "note: ") + note,) if note else ()),
        ("依据：" if zh else "source: ") + rule.citation.words(language),
    )
    return Node(f"{rule.label(language)} ({rule.id})", tuple(map(Node, lines)))


def _sources(policy: Policy, language: str) -> Grid:
    head = ("键", "出处", "依据等级") if language == "zh" else ("key", "source", "standing")
    rows = [
        (key, _title(each, language), standing_badge(each.standing, language)) for key, each in policy.sources.items()
    ]
    return Grid(head, tuple(rows))


def _title(source: Source, language: str) -> str:
    title = f"《{source.title}》" if language == "zh" else source.title_en
    day = "" if source.published is None else source.published.isoformat()
    joint = "，" if language == "zh" else ", "
    return joint.join(each for each in (source.issuer, title, source.number, day) if each)
