"""
JSON Schemas of what goes in and out, by the names that the OpenAPI document gives them.

What the library has a plain form of is taken from its schemas; what only a service has is described here, alike.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

from fupin_rules.citations import Standing
from fupin_rules.interview import InterviewState
from fupin_rules.policy import SUBJECT_CLASSES, RuleKind, Subject
from fupin_rules.schemas import components as forms
from fupin_rules.shapes import DIGEST, by_name, codes, day, either, listed, nullable, record, text, whole
from fupin_rules.truth import Why
from fupin_rules.web._problems import CODES, KINDS

Schema = Mapping[str, Any]

# No other name: a service has models of its own, and two of one name would change each other's.
PREFIX: Final = "Fupin"
_AT: Final = f"#/components/schemas/{PREFIX}"

_TEXTS: Final = listed(text())
_STANDING: Final = codes(Standing)
_BOTH: Final = {"zh": text(), "en": text()}
# What the library says of a checklist, and no schema of its own describes yet.
_OPEN: Final[Schema] = {"type": "object"}


def ref(name: str) -> Schema:
    """Point to a component."""
    return {"$ref": f"{_AT}{name}"}


def subject_name(about: Subject) -> str:
    """Name the component of a subject."""
    return str(SUBJECT_CLASSES[about].__name__)


@functools.cache
def components() -> Mapping[str, Schema]:
    """Give all components that a service needs, by name without the prefix."""
    own = {
        "NextQuestion": _next_question(),
        "Effect": _effect(),
        "Answers": _answers(),
        "Policies": record({"library_version": text(), "policies": listed(record(_named()))}),
        "Policy": _policy(),
        "PolicyOnADay": _snapshot(),
        "Problem": _problem(),
    }
    given = forms(_AT)
    assert not own.keys() & given.keys(), "a name stands for one form"
    found: dict[str, Schema] = {}
    waiting = [
        *own,
        *map(subject_name, SUBJECT_CLASSES),
        "Assessment",
        "ExitAssessment",
        "Explanation",
        "Ranked",
        "Comparison",
    ]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = {"title": name, **own[name]} if name in own else given[name]
            waiting += _named_in(found[name])
    return MappingProxyType(dict(sorted(found.items())))


def _named_in(schema: Any) -> list[str]:
    if isinstance(schema, Mapping):
        here = [schema["$ref"].removeprefix(_AT)] if "$ref" in schema else []
        return [*here, *(name for value in schema.values() for name in _named_in(value))]
    return [name for each in schema for name in _named_in(each)] if isinstance(schema, list) else []


def _next_question() -> Schema:
    need = record({"fact": text(), "why": codes(Why), "text": ref("Words")})
    return record(
        {
            "state": codes(InterviewState),
            "said": ref("Words"),
            "outcome": either(ref("Outcome"), ref("ExitOutcome")),
            "missing": _TEXTS,
            "provisional": _TEXTS,
            "question": nullable(ref("Question")),
            "needs": listed(need),
        }
    )


_EITHER: Final = either(ref("Assessment"), ref("ExitAssessment"))


def _effect() -> Schema:
    return record({"before": _EITHER, "after": _EITHER, "changes": listed(ref("Change"))})


def _answers() -> Schema:
    answer = either(
        record({"place": whole(0), "assessment": _EITHER}),
        record({"place": whole(0), "problem": ref("Problem")}),
    )
    return record({"assessed": whole(0), "refused": whole(0), "answers": listed(answer)})


def _days() -> Schema:
    return record({"first": day(), "last": nullable(day())})


def _named() -> dict[str, Schema]:
    return {
        "name": text(),
        "id": text(),
        "version": text(),
        **_BOTH,
        "covered": _days(),
        "subjects": listed(ref("Subject")),
    }


def _source() -> Schema:
    properties = dict.fromkeys(("title", "title_en", "issuer", "number", "address", "note"), text())
    return record({**properties, "date": nullable(day()), "standing": _STANDING})


def _cited(**properties: Schema) -> Schema:
    return record({**properties, "source": text(), "standing": _STANDING})


_VALUE: Final = either(text(), _TEXTS)


def _policy() -> Schema:
    words = {**_BOTH, "words_zh": text(), "words_en": text(), "pack": text(), "subject": ref("Subject")}
    return record(
        {
            **_named(),
            "days": text(),
            "lineage": _TEXTS,
            "parameters": by_name(listed(_cited(period=text(), value=_VALUE, unit=text()))),
            "open": _TEXTS,
            "definitions": listed(_cited(name=text(), **words)),
            "rules": listed(_cited(id=text(), kind=codes(RuleKind), **words)),
            "checklists": listed(_OPEN),
            "no_quota": by_name(_OPEN),
            "sources": by_name(_source()),
        }
    )


def _snapshot() -> Schema:
    parameter = _cited(**_BOTH, value=_VALUE, unit=text(), period=text(), locator=text())
    return record(
        {
            "policy": text(),
            "policy_version": text(),
            "on": day(),
            "known_at": nullable(day()),
            "fingerprint": text(DIGEST),
            "library_version": text(),
            "parameters": by_name(parameter),
            "sources": by_name(_source()),
        }
    )


def _problem() -> Schema:
    fault = record({"code": codes(CODES), "path": text(), "message": text(), "mend": text(), "zh": text()})
    return record(
        {
            "type": codes(f"urn:fupin-rules:problem:{name}" for name in KINDS),
            "title": text(),
            "status": {"enum": sorted({kind.status for kind in KINDS.values()})},
            "detail": text(),
            "faults": listed(fault, least=1),
            "faults_left_out": whole(1),
            "covered": _days(),
            "most": whole(1),
        },
        optional=("faults_left_out", "covered", "most"),
    )
