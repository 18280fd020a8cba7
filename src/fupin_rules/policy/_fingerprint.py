"""
The fingerprint of a snapshot: SHA-256 over the canonical JSON of all that can change an assessment.

Wording (labels, notes, titles) is left out on purpose: correcting a label must not unsettle stored assessments. The
day is left out too; it is stored beside the fingerprint, for ages are counted on it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import date
from fractions import Fraction

from fupin_rules.citations import Citation
from fupin_rules.expr import to_json
from fupin_rules.policy._rules import (
    Definition,
    EligibleWhen,
    InForce,
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
    content = {
        "format": 1,
        "parameters": {name: _parameter(each) for name, each in parameters.items()},
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
    text = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _cite(citation: Citation) -> list[str]:
    return [citation.source.id, citation.locator, citation.standing]


def _parameter(in_force: InForce) -> list[object]:
    unit = in_force.parameter.unit
    return [_value(in_force.value), None if unit is None else str(unit), _cite(in_force.dated.citation)]


def _value(value: ParameterValue) -> object:
    if isinstance(value, frozenset):
        return sorted(value)
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return {"number": str(value)} if isinstance(value, Fraction) else value


def _ranking(ranking: Ranking) -> list[object]:
    ties = [[to_json(each.by), each.prefer, _cite(each.citation)] for each in ranking.tie_breaks]
    return [ranking.method, list(ranking.order), ties, _cite(ranking.citation)]
