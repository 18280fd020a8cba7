"""
The fingerprints of a snapshot and of a policy: SHA-256 over the canonical JSON of all that can change an assessment.

Wording (labels, notes, titles) is left out on purpose: correcting a label must not unsettle stored assessments. The
day is left out too; it is stored beside the fingerprint, for ages are counted on it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from fupin_rules.citations import Citation
from fupin_rules.expr import to_json
from fupin_rules.periods import Period
from fupin_rules.policy._rules import (
    Definition,
    EligibleWhen,
    InForce,
    Parameter,
    ParameterValue,
    Ranking,
    Rule,
    Subject,
)


def fingerprint(
    parameters: Mapping[str, InForce],
    definitions: Mapping[str, Definition],
    rules: Iterable[Rule],
    eligible_when: Mapping[Subject, EligibleWhen],
    rankings: Mapping[Subject, Ranking],
) -> str:
    """Hash all that can change an assessment; the order of rules cannot."""
    held = {name: _parameter(each) for name, each in parameters.items()}
    return sha256_of({"format": 1, "parameters": held} | _text(definitions, rules, eligible_when, rankings))


def fingerprint_over_time(
    parameters: Mapping[str, Parameter],
    definitions: Mapping[str, Definition],
    rules: Iterable[Rule],
    eligible_when: Mapping[Subject, EligibleWhen],
    rankings: Mapping[Subject, Ranking],
    *,
    days: Period,
    amendments: Iterable[str],
) -> str:
    """Hash all that can change an assessment on any day, amendments by their fingerprints."""
    held = {name: _over_time(each) for name, each in parameters.items()}
    head = {"format": 1, "days": _days(days), "parameters": held, "amendments": sorted(amendments)}
    return sha256_of(head | _text(definitions, rules, eligible_when, rankings))


def sha256_of(content: Mapping[str, Any]) -> str:
    """Hash plain data by its canonical JSON, in hex."""
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _text(
    definitions: Mapping[str, Definition],
    rules: Iterable[Rule],
    eligible_when: Mapping[Subject, EligibleWhen],
    rankings: Mapping[Subject, Ranking],
) -> dict[str, Any]:
    return {
        "definitions": {
            name: [each.subject, to_json(each.expr), _cite(each.citation)] for name, each in definitions.items()
        },
        "rules": {
            rule.id: {
                "kind": rule.kind,
                "subject": rule.subject,
                "when": to_json(rule.when),
                "unless": {each.id: [to_json(each.when), _cite(each.citation)] for each in rule.unless},
                "weight": None if rule.weight is None else str(Fraction(rule.weight)),
                "source": _cite(rule.citation),
            }
            for rule in rules
        },
        "eligible_when": {
            subject: [to_json(each.expr), _cite(each.citation)] for subject, each in eligible_when.items()
        },
        "rankings": {subject: _ranking(each) for subject, each in rankings.items()},
    }


def _cite(citation: Citation) -> list[str]:
    return [citation.source.id, citation.locator, citation.standing]


def _parameter(in_force: InForce) -> list[object]:
    unit = in_force.parameter.unit
    return [_value(in_force.value), None if unit is None else str(unit), _cite(in_force.dated.citation)]


def _over_time(parameter: Parameter) -> list[object]:
    values = [
        [
            _days(each.period),
            _value(each.value),
            _cite(each.citation),
            None if each.published is None else each.published.isoformat(),
            each.runs_on,
        ]
        for each in parameter.values
    ]
    bounds = None if parameter.bounds is None else [str(each) for each in parameter.bounds]
    return [values, None if parameter.unit is None else str(parameter.unit), bounds]


def _days(days: Period) -> list[str | None]:
    return [days.start.isoformat(), None if days.until is None else days.until.isoformat()]


def _value(value: ParameterValue) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return {"number": str(value)} if isinstance(value, Fraction) else value


def _ranking(ranking: Ranking) -> list[object]:
    ties = [[to_json(each.by), each.prefer, _cite(each.citation)] for each in ranking.tie_breaks]
    return [ranking.method, list(ranking.order), ties, _cite(ranking.citation)]
