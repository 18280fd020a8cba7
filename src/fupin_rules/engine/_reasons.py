"""
The grounds of an answer as a tree of plain values; texts, HTML and Markdown are drawn from it, and any front end may.

Only facts that rules read appear, by label and value: names, numbers and free texts of persons are not among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Literal

import attrs

from fupin_rules.citations import Citation
from fupin_rules.engine._words import value_words
from fupin_rules.expr import (
    Expr,
    Item,
    ItemFacts,
    Name,
    Quantifier,
    Role,
    Scope,
    Value,
    children,
    evaluate,
    names,
    render,
    walk,
)
from fupin_rules.model import catalogue
from fupin_rules.policy import Judgement, Reading, Rule, RuleKind, Subject, subject_of
from fupin_rules.truth import Truth, Unknown

Level = Literal["value", "reasons", "facts"]
ReasonRole = Literal["rule", "exception", "definition", "fact", "parameter"]


@attrs.frozen
class Reason:
    """
    One ground of an answer.

    Attributes:
        role: `rule`, `exception`, `definition`, `fact` or `parameter`.
        name: Id of the rule, path of the fact, name of the definition or parameter.
        label: Words for it, by language.
        value: Its value; Unknown names what is missing.
        shown: Its value in words, by language.
        text: The claim in words, by language; empty for facts.
        citation: Where it comes from; None for facts.
        note: What a reader should know, by language.
        because: Grounds of this ground.
    """

    role: ReasonRole
    name: str
    label: Mapping[str, str]
    value: Value | Unknown
    shown: Mapping[str, str]
    text: Mapping[str, str] = attrs.field(factory=lambda: MappingProxyType({"zh": "", "en": ""}))
    citation: Citation | None = None
    note: Mapping[str, str] = attrs.field(factory=lambda: MappingProxyType({"zh": "", "en": ""}))
    because: tuple[Reason, ...] = ()

    def to_plain(self) -> dict[str, Any]:
        """Give the tree as plain data that JSON can hold."""
        plain: dict[str, Any] = {
            "role": self.role,
            "name": self.name,
            "label": dict(self.label),
            "value": dict(self.shown),
        }
        if self.text["en"]:
            plain["text"] = dict(self.text)
        if self.note["en"]:
            plain["note"] = dict(self.note)
        if isinstance(self.value, Unknown):
            plain["missing"] = sorted(self.value.missing)
        if self.citation is not None:
            source = self.citation.source
            plain["source"] = {
                "id": source.id,
                "locator": self.citation.locator,
                "standing": source.standing.value,
            }
            plain["source"]["text"] = {language: self.citation.words(language) for language in ("zh", "en")}
        if self.because:
            plain["because"] = [reason.to_plain() for reason in self.because]
        return plain


def both(zh: str, en: str) -> Mapping[str, str]:
    """Pair the words of both languages."""
    return MappingProxyType({"zh": zh, "en": en})


def reason_of(rule: Rule, judgement: Judgement) -> Reason:
    """Give the grounds of one rule, its exceptions included."""
    reading = judgement.reading
    scope = reading.snapshot.scope(rule.subject)
    exceptions = tuple(
        Reason(
            "exception",
            f"{rule.id}.{each.id}",
            both(each.zh, each.en),
            value := reading.claim(each.when),
            _truth_words(value),
            both(render(each.when, scope, "zh"), render(each.when, scope, "en")),
            each.citation,
            because=tuple(_grounds(each.when, reading, scope)),
        )
        for each in rule.unless
    )
    return Reason(
        "rule",
        rule.id,
        both(rule.zh, rule.en),
        judgement.values[rule.id],
        _rule_words(rule, judgement),
        both(render(rule.when, scope, "zh"), render(rule.when, scope, "en")),
        rule.citation,
        both(rule.note_zh, rule.note_en),
        (*_grounds(rule.when, reading, scope), *exceptions),
    )


_VERDICTS = {
    RuleKind.ELIGIBILITY: (("符合", "met"), ("不符合", "not met")),
    RuleKind.EXCLUSION: (("排除", "excludes"), ("不排除", "does not exclude")),
    RuleKind.PRIORITY: (("优先", "has priority"), ("无此优先", "no such priority")),
    RuleKind.EXIT: (("达到", "met"), ("未达到", "not met")),
    RuleKind.CHECK: (("有疑点", "to be looked at"), ("无疑点", "nothing found")),
}


def _rule_words(rule: Rule, judgement: Judgement) -> Mapping[str, str]:
    value = judgement.values[rule.id]
    if isinstance(value, Unknown):
        return both("待定", "open")
    if rule.unless and value is False and judgement.hits[rule.id] is True:
        return both("命中但属例外，不排除", "hit, but an exception holds")
    return both(*_VERDICTS[rule.kind][0 if value else 1])


def _truth_words(value: Truth) -> Mapping[str, str]:
    if isinstance(value, Unknown):
        return both("未知", "not known")
    return both("成立", "holds") if value else both("不成立", "does not hold")


def _grounds(expr: Expr, reading: Reading, scope: Scope) -> Iterator[Reason]:
    """Give what an expression reads, each thing once, in reading order."""
    seen: set[str] = set()
    for node in _readers(expr):
        if isinstance(node, Name) and node.path not in seen:
            seen.add(node.path)
            yield _named(node.path, reading, scope)
        elif isinstance(node, Quantifier):
            yield from _members(node, reading, scope)
            for path in sorted(names(node) - seen):
                seen.add(path)
                yield _named(path, reading, scope)


def _readers(expr: Expr) -> Iterator[Expr]:
    # What a quantifier reads is told by the quantifier.
    yield expr
    for child in () if isinstance(expr, Quantifier) else children(expr):
        yield from _readers(child)


def _named(path: str, reading: Reading, scope: Scope) -> Reason:
    declared = scope.names[path]
    value = reading.value(path)
    label = both(declared.zh or path, declared.en or path)
    shown = both(value_words(value, declared, "zh"), value_words(value, declared, "en"))
    snapshot = reading.snapshot
    match declared.role:
        case Role.PARAMETER:
            dated = snapshot.parameters[path].dated
            note = both(dated.note_zh, dated.note_en)
            return Reason("parameter", path, label, value, shown, citation=dated.citation, note=note)
        case Role.DEFINITION:
            definition = snapshot.definitions[path]
            text = both(render(definition.expr, scope, "zh"), render(definition.expr, scope, "en"))
            because = tuple(_grounds(definition.expr, reading, scope))
            return Reason("definition", path, label, value, shown, text, definition.citation, because=because)
        case Role.RULE:
            return Reason("rule", path, label, value, shown)
        case Role.FACT:
            return Reason("fact", path, label, value, shown)


def _members(node: Quantifier, reading: Reading, scope: Scope) -> Iterator[Reason]:
    """Tell the members that matter: who makes it so, or keeps it open."""
    roster = reading.roster(node.relation)
    for member in roster.items:
        if _matters(node, member, reading):
            yield from _facts_of(node, member, scope, reading)
    if isinstance(roster.complete, Unknown):
        (fact,) = roster.complete.missing
        known = catalogue(type(reading.subject))
        label = both(known.label(fact, "zh"), known.label(fact, "en"))
        yield Reason("fact", fact, label, roster.complete, both("未知", "not known"))


def _matters(node: Quantifier, member: ItemFacts, reading: Reading) -> bool:
    keep = True if node.where is None else evaluate(node.where, reading, member)
    if keep is False or node.item is None:
        return node.where is not None and keep is not False
    value = evaluate(node.item, reading, member)
    return isinstance(keep, Unknown) or isinstance(value, Unknown) or value is not (node.kind == "all")


def _facts_of(node: Quantifier, member: ItemFacts, scope: Scope, reading: Reading) -> Iterator[Reason]:
    known = catalogue(type(reading.subject))
    paths = dict.fromkeys(each.path for each in walk(node) if isinstance(each, Item))
    for path in paths:
        name, declared, value = (
            member.name(path),
            scope.relations[node.relation].items[path],
            member.value(path),
        )
        label = both(known.label(name, "zh"), known.label(name, "en"))
        yield Reason(
            "fact",
            name,
            label,
            value,
            both(value_words(value, declared, "zh"), value_words(value, declared, "en")),
        )


def reasons_by_kind(judgement: Judgement, kinds: tuple[RuleKind, ...]) -> dict[RuleKind, tuple[Reason, ...]]:
    """Give the grounds of all rules of some kinds, in pack order."""
    about: Subject = subject_of(judgement.reading.subject)
    return {
        kind: tuple(reason_of(rule, judgement) for rule in judgement.reading.snapshot.rules_of(about, kind))
        for kind in kinds
    }
