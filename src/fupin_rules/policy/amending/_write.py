"""An amendment as plain data, with the keys of its file; keys that say what is so anyway are left out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, assert_never

from fupin_rules.citations import Citation, Source
from fupin_rules.expr import to_text
from fupin_rules.periods import Period
from fupin_rules.policy._rules import ParameterValue, Ranking, Rule, Subject, Unless
from fupin_rules.policy.amending._patches import (
    AddDefinition,
    AddException,
    AddParameter,
    AddRule,
    ChangeDefinition,
    ChangeRule,
    DropDefinition,
    DropException,
    DropRule,
    EndParameter,
    Patch,
    SetEligibleWhen,
    SetLabel,
    SetParameter,
    SetRanking,
)
from fupin_rules.quantities import exact

if TYPE_CHECKING:
    from fupin_rules.policy.amending._amendment import Amendment

FORMAT: Final = 1


def write_amendment(amendment: Amendment) -> dict[str, Any]:
    """Give an amendment as plain data: text, whole numbers, lists and dictionaries; days as ISO text."""
    sections: dict[str, list[dict[str, Any]]] = {}
    for patch in amendment.patches:
        section, row = _patch(patch)
        sections.setdefault(section, []).append(
            row | _days(patch.days) | {"source": patch.citation.key},
        )
    return {
        "format": FORMAT,
        "id": amendment.id,
        "policy": amendment.policy,
        "title": _words(amendment.zh, amendment.en),
        **_note(amendment.note_zh, amendment.note_en),
        "source": amendment.citation.key,
        "published": amendment.published.isoformat(),
        **_days(amendment.days),
        **sections,
        "sources": {key: _source(source) for key, source in sorted(amendment.sources.items())},
    }


def citations_of(amendment: Amendment) -> Iterator[Citation]:
    """Give every citation of an amendment, its own first."""
    yield amendment.citation
    for patch in amendment.patches:
        yield patch.citation
        match patch:
            case AddRule(rule):
                yield from (each.citation for each in rule.unless)
            case SetRanking(_, ranking):
                yield from (each.citation for each in ranking.tie_breaks)
            case _:
                pass


def _patch(patch: Patch) -> tuple[str, dict[str, Any]]:
    match patch:
        case SetParameter(name, value, _, note_zh, note_en):
            return "parameter", {"action": "set", "name": name, **_value(value), **_note(note_zh, note_en)}
        case AddParameter(name, zh, en, value, _, unit, code_list):
            kept = _given("unit", None if unit is None else str(unit)) | _given("list", code_list)
            return "parameter", {"action": "add", "name": name, "meaning": _words(zh, en), **kept, **_value(value)}
        case EndParameter(name):
            return "parameter", {"action": "end", "name": name}
        case AddDefinition(held):
            about = _subject(held.subject)
            label = _words(held.zh, held.en)
            row = {"action": "add", "name": held.name, **about, "label": label, "value": to_text(held.expr)}
            return "definition", row
        case ChangeDefinition(name, expr):
            return "definition", {"action": "change", "name": name, "value": to_text(expr)}
        case DropDefinition(name):
            return "definition", {"action": "drop", "name": name}
        case AddRule(rule):
            return "rule", {"action": "add", **_rule(rule)}
        case ChangeRule(name, _, when, weight):
            claim = _given("when", None if when is None else to_text(when))
            heavy = {} if weight is None else {"weight": _number(Fraction(weight))}
            return "rule", {"action": "change", "id": name, **claim, **heavy}
        case DropRule(name):
            return "rule", {"action": "drop", "id": name}
        case AddException(rule, unless):
            return "exception", {"action": "add", "rule": rule, **_unless(unless)}
        case DropException(rule, name):
            return "exception", {"action": "drop", "rule": rule, "id": name}
        case SetEligibleWhen(subject, held_when):
            return "eligible_when", {**_subject(subject), "when": to_text(held_when.expr)}
        case SetRanking(subject, ranking):
            return "ranking", {**_subject(subject), **_ranking(ranking)}
        case SetLabel(name, zh, en, _, exception):
            return "label", {"of": name, **_given("exception", exception), "label": _words(zh, en)}
        case _ as never:
            assert_never(never)


def _rule(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "kind": rule.kind.value,
        **_subject(rule.subject),
        "label": _words(rule.zh, rule.en),
        "when": to_text(rule.when),
        **_given("unless", [_unless(each) | {"source": each.citation.key} for each in rule.unless]),
        **({} if rule.weight is None else {"weight": _number(Fraction(rule.weight))}),
        **_note(rule.note_zh, rule.note_en),
    }


def _unless(unless: Unless) -> dict[str, Any]:
    return {"id": unless.id, "label": _words(unless.zh, unless.en), "when": to_text(unless.when)}


def _ranking(ranking: Ranking) -> dict[str, Any]:
    ties = [{"by": to_text(each.by), "prefer": each.prefer, "source": each.citation.key} for each in ranking.tie_breaks]
    return {"method": ranking.method.value, **_given("order", list(ranking.order)), **_given("tie_break", ties)}


def _value(value: ParameterValue) -> dict[str, Any]:
    match value:
        case Fraction():
            return {"amount": _number(value)}
        case date():
            return {"day": value.isoformat()}
        case frozenset():
            return {"codes": sorted(value)}
        case _:
            return {"code": value}


def _number(value: Fraction) -> int | str:
    """Give a whole number as it is; others as text, for JSON has no exact decimals."""
    return value.numerator if value.denominator == 1 else format(exact(value), "f")


def _subject(subject: Subject) -> dict[str, str]:
    return {} if subject is Subject.HOUSEHOLD else {"subject": subject.value}


def _words(zh: str, en: str) -> dict[str, str]:
    return {"zh": zh, "en": en}


def _note(zh: str, en: str) -> dict[str, Any]:
    return {"note": _words(zh, en)} if zh or en else {}


def _given(key: str, value: Any) -> dict[str, Any]:
    return {key: value} if value else {}


def _days(days: Period | None) -> dict[str, str]:
    if days is None:
        return {}
    return {"from": days.start.isoformat()} | ({} if days.until is None else {"until": days.until.isoformat()})


def _source(source: Source) -> Mapping[str, str]:
    return {
        "title": source.title,
        "title_en": source.title_en,
        **_given("issuer", source.issuer),
        **_given("number", source.number),
        **_given("date", None if source.published is None else source.published.isoformat()),
        **_given("address", source.address),
        "standing": source.standing.value,
        **_given("note", source.note),
    }
