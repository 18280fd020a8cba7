"""JSON Schema 2020-12 of the model, derived from the catalogue, for front ends."""

from __future__ import annotations

from typing import Any

import attrs

from fupin_rules.model._catalogue import GROUPS
from fupin_rules.model._fields import MAX_ID, MAX_TEXT, SPEC, FieldSpec, Sort
from fupin_rules.model._household import MAX_MEMBERS
from fupin_rules.model._member import Member
from fupin_rules.model._private import MAX_PRIVATE
from fupin_rules.model._subjects import AnySubject
from fupin_rules.truth import Why

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schema(cls: type[AnySubject | Member]) -> dict[str, Any]:
    """
    Give the JSON Schema of the plain form of a class; everything it accepts, `from_plain` reads but for dates that do
    not exist and members numbered twice.

    >>> from fupin_rules.model import Household
    >>> json_schema(Household)["properties"]["income"]["properties"]["pension_yuan"]["title"]
    '养老保险金 · pension'
    """
    return {"$schema": DIALECT, "title": cls.__name__, **_object(cls)}


def _object(cls: type) -> dict[str, Any]:
    properties: dict[str, Any] = {}
    for field in attrs.fields(cls):
        if SPEC in field.metadata:
            properties[field.name] = _property(field.metadata[SPEC])
        elif field.name == "members":
            properties["members"] = {"type": "array", "maxItems": MAX_MEMBERS, "items": _object(Member)}
        elif field.name in GROUPS:
            properties[field.name] = _object(GROUPS[field.name])
        else:
            properties["id"] = {"type": "string", "minLength": 1, "maxLength": MAX_ID}
    required = {"required": ["id"]} if "id" in properties else {}
    return {"type": "object", "properties": properties, "additionalProperties": False, **required}


def _property(spec: FieldSpec) -> dict[str, Any]:
    reasons = [why.value for why in Why if why is not Why.ZERO_DIVISOR]
    why_not = {
        "type": "object",
        "properties": {"not_known": {"enum": reasons}},
        "required": ["not_known"],
        "additionalProperties": False,
    }
    schema: dict[str, Any] = {
        "title": f"{spec.zh} · {spec.en}",
        "anyOf": [_known(spec), why_not, {"type": "null"}],
    }
    if spec.national_code:
        schema["x-national-code"] = spec.national_code
    if spec.sort is Sort.NUMBER:
        schema["x-unit"] = str(spec.unit)
    return schema


def _known(spec: FieldSpec) -> dict[str, Any]:
    match spec.sort:
        case Sort.FLAG:
            return {"type": "boolean"}
        case Sort.NUMBER if spec.places == 0:
            return {"type": "integer", "minimum": _whole(spec.low), "maximum": _whole(spec.high)}
        case Sort.NUMBER:
            parts = [_up_to(_whole(spec.high), spec.places)]
            if _whole(spec.low) < 0:
                parts.append(f"-({_up_to(-_whole(spec.low), spec.places)})")
            return {"type": "string", "pattern": f"^({'|'.join(parts)})$"}
        case Sort.DAY:
            return {"type": "string", "format": "date", "pattern": r"^(19|20|21)[0-9]{2}-[0-9]{2}-[0-9]{2}$"}
        case Sort.TEXT:
            return {"type": "string", "maxLength": MAX_TEXT, "pattern": r"^[^\u0000]*$"}
        case Sort.PRIVATE:
            return {"type": "string", "minLength": 1, "maxLength": MAX_PRIVATE}
        case Sort.CODE:
            assert spec.code_list is not None
            return {"enum": [code.value for code in spec.code_list]}
        case Sort.CODES:
            assert spec.code_list is not None
            most = {} if spec.most is None else {"maxItems": spec.most}
            items = {"enum": [code.value for code in spec.code_list]}
            return {"type": "array", "uniqueItems": True, "items": items, **most}


def _up_to(high: int, places: int) -> str:
    """Write the pattern of the decimals from 0 to `high`, for a text cannot carry a maximum."""
    digits = str(high)
    below = [f"[1-9][0-9]{{0,{len(digits) - 2}}}", "0"] if len(digits) > 1 else []
    for place, digit in enumerate(digits):
        least = 1 if place == 0 and len(digits) > 1 else 0
        if int(digit) > least:
            below.append(f"{digits[:place]}[{least}-{int(digit) - 1}][0-9]{{{len(digits) - place - 1}}}")
    return rf"({'|'.join(below)})(\.[0-9]{{1,{places}}})?|{digits}(\.0{{1,{places}}})?"


def _whole(bound: Any) -> int:
    return int(bound)
