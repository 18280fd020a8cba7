"""JSON Schemas of what goes in and out, by the names that the OpenAPI document gives them."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from fupin_rules.citations import Standing
from fupin_rules.model import AnySubject, json_schema
from fupin_rules.policy import SUBJECT_CLASSES, ExitOutcome, Outcome, RuleKind, Subject
from fupin_rules.truth import Why
from fupin_rules.web._parameters import DAY_SCHEMA
from fupin_rules.web._problems import CODES, KINDS

Schema = dict[str, Any]

# No other name: a service has models of its own, and two of one name would change each other's.
PREFIX: Final = "Fupin"

TEXT: Final[Schema] = {"type": "string"}
DAY: Final[Schema] = dict(DAY_SCHEMA)
WHOLE: Final[Schema] = {"type": "integer", "minimum": 0}
STANDING: Final[Schema] = {"enum": [each.value for each in Standing]}
TRUTH: Final[Schema] = {"type": ["boolean", "null"]}
TEXTS: Final[Schema] = {"type": "array", "items": TEXT}
BOTH: Final[Schema] = {
    "type": "object",
    "properties": {"zh": TEXT, "en": TEXT},
    "required": ["zh", "en"],
}


def table(title: str, properties: Mapping[str, Schema], *, optional: Sequence[str] = ()) -> Schema:
    """Describe a table in which every key stands but for the optional ones; a later version may add some."""
    required = [name for name in properties if name not in optional]
    return {"title": title, "type": "object", "properties": dict(properties), "required": required}


def list_of(items: Schema) -> Schema:
    """Describe a list."""
    return {"type": "array", "items": items}


def by_name(values: Schema) -> Schema:
    """Describe a table of values by names that are not told in advance."""
    return {"type": "object", "additionalProperties": values}


def maybe(schema: Schema) -> Schema:
    """Describe what may be null."""
    return {"anyOf": [schema, {"type": "null"}]}


def ref(name: str) -> Schema:
    """Point to a component."""
    return {"$ref": f"#/components/schemas/{PREFIX}{name}"}


def subject_name(about: Subject) -> str:
    """Name the component of a subject."""
    return str(SUBJECT_CLASSES[about].__name__)


@functools.cache
def components() -> Mapping[str, Schema]:
    """Give all components, by name without the prefix."""
    return MappingProxyType(
        {
            **{subject_name(each): _subject(cls) for each, cls in SUBJECT_CLASSES.items()},
            "Assessment": _assessment(),
            "ExitAssessment": _exit(),
            "Explanation": _explanation(),
            "Reason": _reason(),
            "NextQuestion": _next_question(),
            "Change": _change(),
            "Answers": _answers(),
            "Ranked": _ranked(),
            "Policies": _policies(),
            "Policy": _policy(),
            "Snapshot": _snapshot(),
            "Comparison": _comparison(),
            "Problem": _problem(),
        }
    )


def _subject(cls: type[AnySubject]) -> Schema:
    return {key: value for key, value in json_schema(cls).items() if key != "$schema"}


def _grounds(kind: str, outcomes: Schema) -> dict[str, Schema]:
    return {
        "format": {"const": 1},
        "kind": {"const": kind},
        "subject": {"enum": [each.value for each in Subject]},
        "subject_id": TEXT,
        "policy": TEXT,
        "policy_version": TEXT,
        "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
        "on": DAY,
        "library_version": TEXT,
        "rules": by_name(TRUTH),
        "open": TEXTS,
        "missing": TEXTS,
        "why": by_name({"enum": [each.value for each in Why]}),
        "standing": STANDING,
        "provisional": TEXTS,
        "findings": list_of(table("Finding", {"rule": TEXT, "zh": TEXT, "en": TEXT, "source": TEXT})),
        "outcome": outcomes,
    }


def _assessment() -> Schema:
    score = table("Priority", {"matched": TEXTS, "open": TEXTS, "low": TEXTS, "high": TEXTS})
    return table(
        "Assessment",
        {
            **_grounds("assessment", {"enum": [each.value for each in Outcome]}),
            "failed": TEXTS,
            "excluded_by": TEXTS,
            "rebutted": by_name(TEXTS),
            "priority": maybe(score),
            "missing_for_score": TEXTS,
        },
    )


def _exit() -> Schema:
    text_or_none: Schema = {"type": ["string", "null"]}
    gap = table(
        "Gap",
        {"rule": TEXT, "zh": TEXT, "en": TEXT, "amount": text_or_none, "unit": text_or_none, "members": TEXTS},
    )
    return table(
        "ExitAssessment",
        {
            **_grounds("exit", {"enum": [each.value for each in ExitOutcome]}),
            "met": TEXTS,
            "failed": list_of(gap),
        },
    )


def _explanation() -> Schema:
    section = table("Section", {"title": TEXT, "lines": TEXTS, "reasons": list_of(ref("Reason"))})
    return table(
        "Explanation",
        {"language": {"enum": ["zh", "en"]}, "headline": TEXT, "remarks": TEXTS, "sections": list_of(section)},
    )


def _reason() -> Schema:
    source = table("Citation", {"id": TEXT, "locator": TEXT, "standing": STANDING, "text": BOTH})
    return table(
        "Reason",
        {
            "role": TEXT,
            "name": TEXT,
            "label": BOTH,
            "value": BOTH,
            "text": BOTH,
            "note": BOTH,
            "missing": TEXTS,
            "source": source,
            "because": list_of(ref("Reason")),
        },
        optional=("text", "note", "missing", "source", "because"),
    )


def _next_question() -> Schema:
    option = table("Option", {"value": {"type": ["string", "boolean"]}, "zh": TEXT, "en": TEXT})
    question = table(
        "Question",
        {"fact": TEXT, "text": BOTH, "why": BOTH, "options": list_of(option), "unit": TEXT},
    )
    outcomes = [each.value for each in (*Outcome, *ExitOutcome)]
    return table(
        "NextQuestion",
        {"outcome": {"enum": list(dict.fromkeys(outcomes))}, "missing": TEXTS, "question": maybe(question)},
    )


def _change() -> Schema:
    change = table("Difference", {"what": TEXT, "name": TEXT, "before": TEXT, "after": TEXT, "zh": TEXT, "en": TEXT})
    either = {"oneOf": [ref("Assessment"), ref("ExitAssessment")]}
    return table("Change", {"before": either, "after": either, "changes": list_of(change)})


def _answers() -> Schema:
    either = {"oneOf": [ref("Assessment"), ref("ExitAssessment")]}
    answer = table(
        "Answer",
        {"place": WHOLE, "assessment": either, "problem": ref("Problem")},
        optional=("assessment", "problem"),
    )
    answer["oneOf"] = [{"required": ["assessment"]}, {"required": ["problem"]}]
    return table("Answers", {"assessed": WHOLE, "refused": WHOLE, "answers": list_of(answer)})


def _ranked() -> Schema:
    names = ("certain", "possible", "tied", "out")
    return table("Ranked", {"quota": WHOLE, **dict.fromkeys(names, TEXTS)})


def _days() -> Schema:
    return table("Days", {"first": DAY, "last": maybe(DAY)})


def _named() -> dict[str, Schema]:
    return {
        "name": TEXT,
        "id": TEXT,
        "version": TEXT,
        "zh": TEXT,
        "en": TEXT,
        "covered": _days(),
        "subjects": list_of({"enum": [each.value for each in Subject]}),
    }


def _policies() -> Schema:
    return table("Policies", {"library_version": TEXT, "policies": list_of(table("PolicyName", _named()))})


def _source() -> Schema:
    properties = dict.fromkeys(("title", "title_en", "issuer", "number", "address", "note"), TEXT)
    return table("Source", {**properties, "date": maybe(DAY), "standing": STANDING})


def _cited(**properties: Schema) -> Schema:
    return table("Cited", {**properties, "source": TEXT, "standing": STANDING})


def _value() -> Schema:
    return {"type": ["string", "array"], "items": TEXT}


def _policy() -> Schema:
    words = {"zh": TEXT, "en": TEXT, "words_zh": TEXT, "words_en": TEXT, "pack": TEXT}
    subject: Schema = {"enum": [each.value for each in Subject]}
    return table(
        "Policy",
        {
            **_named(),
            "days": TEXT,
            "lineage": TEXTS,
            "parameters": by_name(list_of(_cited(period=TEXT, value=_value(), unit=TEXT))),
            "open": TEXTS,
            "definitions": list_of(_cited(name=TEXT, subject=subject, **words)),
            "rules": list_of(
                _cited(id=TEXT, kind={"enum": [each.value for each in RuleKind]}, subject=subject, **words)
            ),
            "checklists": list_of({"type": "object"}),
            "no_quota": by_name({"type": "object"}),
            "sources": by_name(_source()),
        },
    )


def _snapshot() -> Schema:
    parameter = _cited(zh=TEXT, en=TEXT, value=_value(), unit=TEXT, period=TEXT, locator=TEXT)
    return table(
        "Snapshot",
        {
            "policy": TEXT,
            "policy_version": TEXT,
            "on": DAY,
            "known_at": maybe(DAY),
            "fingerprint": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
            "library_version": TEXT,
            "parameters": by_name(parameter),
            "sources": by_name(_source()),
        },
    )


def _comparison() -> Schema:
    side = table("Side", {"policy": TEXT, "on": DAY, "fingerprint": TEXT})
    region = table("Region", {"id": TEXT, "zh": TEXT, "en": TEXT, "answer": TEXT})
    return table(
        "Comparison",
        {
            "kind": {"const": "comparison"},
            "old": side,
            "new": side,
            "within": {"type": "object"},
            "regions": list_of(region),
            "only_in_old": TEXTS,
            "only_in_new": TEXTS,
        },
    )


def _problem() -> Schema:
    fault = table(
        "Fault",
        {"code": {"enum": list(CODES)}, "path": TEXT, "message": TEXT, "mend": TEXT, "zh": TEXT},
    )
    return table(
        "Problem",
        {
            "type": {"enum": [f"urn:fupin-rules:problem:{name}" for name in KINDS]},
            "title": TEXT,
            "status": {"enum": sorted({kind.status for kind in KINDS.values()})},
            "detail": TEXT,
            "faults": {**list_of(fault), "minItems": 1},
            "faults_left_out": WHOLE,
            "covered": _days(),
            "most": WHOLE,
        },
        optional=("faults_left_out", "covered", "most"),
    )
