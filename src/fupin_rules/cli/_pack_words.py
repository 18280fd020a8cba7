"""What a pack says: its parameters, definitions, rules and sources in words."""

from __future__ import annotations

from collections.abc import Iterator

from fupin_rules.citations import Citation, Source
from fupin_rules.expr import Scope, render
from fupin_rules.periods import Period
from fupin_rules.policy import (
    Checklist,
    Counts,
    Definition,
    Parameter,
    Policy,
    Rule,
    RuleKind,
    parameter_words,
)
from fupin_rules.quantities import PLAIN, said

_HEADINGS = {
    RuleKind.ELIGIBILITY: ("识别条件", "conditions"),
    RuleKind.EXCLUSION: ("排除情形", "exclusions"),
    RuleKind.PRIORITY: ("优先情形", "priorities"),
    RuleKind.EXIT: ("退出条件", "guarantees of exit"),
    RuleKind.CHECK: ("数据核查", "checks"),
}


_COUNTS = {Counts.HAVING: ("有即达标", "having it counts"), Counts.LACKING: ("无则符合", "lacking it counts")}


def policy_parts(policy: Policy, language: str) -> Iterator[tuple[str, list[str]]]:
    """Give the parts of a pack that have something to say, each with its heading."""
    place = 0 if language == "zh" else 1
    scopes = policy.scopes()
    parts = [
        (
            ("参数", "parameters"),
            [line for each in policy.parameters.values() for line in _parameter_lines(each, policy.days, language)],
        ),
        (
            ("口径", "definitions"),
            [
                line
                for each in policy.definitions.values()
                if each.subject in policy.subjects
                for line in _definition_lines(each, scopes[each.subject], language)
            ],
        ),
        *(
            (
                _HEADINGS[kind],
                [
                    line
                    for rule in policy.rules
                    if rule.kind is kind
                    for line in _rule_lines(rule, scopes[rule.subject], language)
                ],
            )
            for kind in RuleKind
        ),
        (
            ("清单", "checklists"),
            [line for each in policy.checklists.values() for line in _checklist_lines(each, language)],
        ),
        (
            ("不得设置规模限制", "no quota is allowed"),
            [f"  {subject}: {citation.words(language)}" for subject, citation in policy.no_quota.items()],
        ),
        (("出处", "sources"), [line for each in policy.sources.values() for line in _source_lines(each, language)]),
    ]
    yield from ((title[place], lines) for title, lines in parts if lines)


def _parameter_lines(parameter: Parameter, days: Period, language: str) -> Iterator[str]:
    """Say what a parameter means and its values on the days that the pack covers."""
    yield f"  {parameter.name}: {parameter.zh if language == 'zh' else parameter.en}"
    for dated in parameter.values:
        if dated.period.overlaps(days):
            value = parameter_words(dated.value, parameter.unit, language)
            yield f"      {value}{'，' if language == 'zh' else ', '}{dated.period.words(language)}"
            yield f"      {dated.citation.words(language)}"
    if parameter.is_open and parameter.bounds is not None:
        low, high = (said(each, parameter.unit or PLAIN, language) for each in parameter.bounds)
        yield f"      待定，取值在{low}至{high}之间" if language == "zh" else f"      open, from {low} to {high}"


def _definition_lines(definition: Definition, scope: Scope, language: str) -> Iterator[str]:
    yield f"  {definition.name}: {definition.zh if language == 'zh' else definition.en}"
    yield f"      {render(definition.expr, scope, language)}"
    yield f"      {definition.citation.words(language)}"


def _rule_lines(rule: Rule, scope: Scope, language: str) -> Iterator[str]:
    yield f"  {rule.id}: {rule.label(language)}"
    yield f"      {render(rule.when, scope, language)}"
    for exception in rule.unless:
        yield f"      {f'除非：{exception.zh}' if language == 'zh' else f'unless: {exception.en}'}"
    yield f"      {rule.citation.words(language)}"


def _checklist_lines(checklist: Checklist, language: str) -> Iterator[str]:
    """Say which items a checklist has, which finding of each counts, and which are open slots."""
    zh = language == "zh"
    yield f"  {checklist.id}: {checklist.label(language)}"
    for item in checklist.items:
        counts = _COUNTS[item.counts][0 if zh else 1]
        state = ("空项，不是规则" if zh else "open slot, no rule") if item.is_open else counts
        yield f"      {item.id}: {item.label(language)}{f'（{state}）' if zh else f' ({state})'}"
    yield f"      {checklist.citation.words(language)}"


def _source_lines(source: Source, language: str) -> Iterator[str]:
    yield f"  {source.id}: {Citation(source).words(language)}"
    yield from (f"      {line}" for line in (source.address, source.note) if line)
