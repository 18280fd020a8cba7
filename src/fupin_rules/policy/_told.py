"""A policy as plain data: what it says, each thing with its source, for programs and for pages."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from fupin_rules.expr import render
from fupin_rules.policy._policy import Policy
from fupin_rules.policy._rules import ParameterValue
from fupin_rules.quantities import plain


def policy_plain(policy: Policy) -> dict[str, Any]:
    """
    Give all that a policy says as plain data that JSON can hold: parameters, definitions, rules, checklists, sources.

    >>> from fupin_rules.policy import load_policy
    >>> policy_plain(load_policy("national-2014"))["parameters"]["income_line"][0]["value"]
    '2736'
    """
    scopes = policy.scopes()
    return {
        "id": policy.id,
        "version": policy.version,
        "zh": policy.zh,
        "en": policy.en,
        "days": str(policy.days),
        "lineage": list(policy.lineage),
        "parameters": {
            name: [
                {
                    "period": str(dated.period),
                    "value": value_plain(dated.value),
                    "unit": str(parameter.unit or ""),
                    "source": dated.citation.source.id,
                    "standing": dated.citation.standing.value,
                }
                for dated in parameter.values
            ]
            for name, parameter in policy.parameters.items()
        },
        "open": list(policy.open_parameters),
        "definitions": [
            {
                "name": each.name,
                "subject": each.subject.value,
                "zh": each.zh,
                "en": each.en,
                "words_zh": render(each.expr, scopes[each.subject], "zh"),
                "words_en": render(each.expr, scopes[each.subject], "en"),
                "source": each.citation.source.id,
                "standing": each.citation.standing.value,
                "pack": each.pack,
            }
            for each in policy.definitions.values()
        ],
        "rules": [
            {
                "id": rule.id,
                "kind": rule.kind.value,
                "subject": rule.subject.value,
                "zh": rule.zh,
                "en": rule.en,
                "words_zh": render(rule.effective, scopes[rule.subject], "zh"),
                "words_en": render(rule.effective, scopes[rule.subject], "en"),
                "source": rule.citation.source.id,
                "standing": rule.citation.standing.value,
                "pack": rule.pack,
            }
            for rule in policy.rules
        ],
        "checklists": [
            {
                "id": each.id,
                "subject": each.subject.value,
                "zh": each.zh,
                "en": each.en,
                "source": each.citation.source.id,
                "standing": each.citation.standing.value,
                "pack": each.pack,
                "items": [
                    {
                        "id": item.id,
                        "zh": item.zh,
                        "en": item.en,
                        "counts": item.counts.value,
                        "open": item.is_open,
                        "source": item.citation.source.id,
                        "standing": item.citation.standing.value,
                        "pack": item.pack,
                    }
                    for item in each.items
                ],
            }
            for each in policy.checklists.values()
        ],
        "no_quota": {
            subject.value: {"source": each.source.id, "locator": each.locator, "standing": each.standing.value}
            for subject, each in policy.no_quota.items()
        },
        "sources": {
            key: {
                "title": each.title,
                "title_en": each.title_en,
                "issuer": each.issuer,
                "number": each.number,
                "date": None if each.published is None else each.published.isoformat(),
                "address": each.address,
                "standing": each.standing.value,
                "note": each.note,
            }
            for key, each in policy.sources.items()
        },
    }


def value_plain(value: ParameterValue) -> str | list[str]:
    """Give the value of a parameter as plain data: a number or a day as text, codes as a list."""
    if isinstance(value, frozenset):
        return sorted(value)
    return plain(value) if isinstance(value, Fraction) else str(value)
