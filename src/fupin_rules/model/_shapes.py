"""
The plain forms of the model, derived from the declarations of its fields, as `from_plain` reads them.

What fits a shape is read, but for what no shape can say: days that do not exist, members numbered twice, an id that is
a person's number, more decimal places than a number has when it comes as a number.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import attrs

from fupin_rules.model._area import Area
from fupin_rules.model._catalogue import GROUPS
from fupin_rules.model._codes import CodeList
from fupin_rules.model._fields import MAX_ID, MAX_TEXT, NOT_IN_ID, SPEC, FieldSpec, Sensitivity, Sort
from fupin_rules.model._household import MAX_MEMBERS, Household
from fupin_rules.model._member import Member
from fupin_rules.model._private import MAX_PRIVATE
from fupin_rules.model._quick import MAX_CODES, NOT_KNOWN, REASONS
from fupin_rules.model._village import Village
from fupin_rules.shapes import (
    Form,
    Shape,
    codes,
    day,
    flag,
    forms,
    in_words,
    listed,
    named,
    nullable,
    record,
    text,
    told,
)
from fupin_rules.truth import Why

_GROUP_WORDS: Final = {
    "income": ("收入与支出", "income and cost of the reference year"),
    "production": ("生产条件", "conditions of production"),
    "living": ("生活条件", "conditions of living"),
    "assets": ("财产", "what exclusions ask about"),
    "relocation": ("易地搬迁", "relocation"),
    "monitoring": ("防止返贫监测", "monitoring, since 2020"),
}
# Nothing that names of facts are built with, nothing that is not seen, and no space at either end.
_IN_ID: Final = NOT_IN_ID.pattern.replace("[", "[^", 1)
_END_OF_ID: Final = NOT_IN_ID.pattern.replace("[", r"[^\s", 1)
SUBJECT_ID: Final[Shape] = text(f"^{_END_OF_ID}({_IN_ID}*{_END_OF_ID})?$", least=1, most=MAX_ID)


def _object(cls: type) -> Shape:
    properties: dict[str, Shape] = {}
    for field in attrs.fields(cls):
        if SPEC in field.metadata:
            properties[field.name] = _fact(field.metadata[SPEC])
        elif field.name == "members":
            roster = nullable(listed(named("Member"), most=MAX_MEMBERS))
            properties["members"] = told(roster, "家庭成员名册", "roster of members")
        elif field.name in GROUPS:
            properties[field.name] = told(nullable(named(GROUPS[field.name].__name__)), *_GROUP_WORDS[field.name])
        else:
            properties["id"] = told(SUBJECT_ID, "编号，不得是身份证号", "an id that is no identity number")
    return record(properties, optional=[name for name in properties if name != "id"])


def _fact(spec: FieldSpec) -> Shape:
    schema: dict[str, Any] = {
        "title": f"{spec.zh} · {spec.en}",
        "anyOf": [*_known(spec), named("NotKnown"), {"type": "null"}],
    }
    if spec.note:
        schema["description"] = spec.note
    if spec.national_code:
        schema["x-national-code"] = spec.national_code
    if spec.sort is Sort.NUMBER:
        schema["x-unit"] = str(spec.unit)
    if spec.sensitivity is not Sensitivity.NONE:
        schema["x-sensitivity"] = spec.sensitivity.value
    return schema


def _known(spec: FieldSpec) -> tuple[Shape, ...]:
    match spec.sort:
        case Sort.FLAG:
            return (flag(),)
        case Sort.NUMBER:
            return _number(spec)
        case Sort.DAY:
            return (day(),)
        case Sort.TEXT:
            return (text(r"^[^\u0000]*$", most=MAX_TEXT),)
        case Sort.PRIVATE:
            return (text(_PRIVATE, least=1, most=MAX_PRIVATE),)
        case Sort.CODE:
            assert spec.code_list is not None
            return (named(spec.code_list.__name__),)
        case Sort.CODES:
            assert spec.code_list is not None
            most = min(len(spec.code_list), spec.most or MAX_CODES)
            return (listed(named(spec.code_list.__name__), most=most, unique=True),)


# Something to be seen, and no control character.
_PRIVATE: Final = r"^[^\u0000-\u001f\u007f-\u009f]*[^\s\u0000-\u001f\u007f-\u009f][^\u0000-\u001f\u007f-\u009f]*$"


def _number(spec: FieldSpec) -> tuple[Shape, ...]:
    """Give a number: a count as such, an amount as a text, for it is exact, or as a number where that is at hand."""
    assert spec.low is not None and spec.high is not None
    bounds = {"minimum": _bound(spec.low), "maximum": _bound(spec.high)}
    if spec.places == 0:
        return ({"type": "integer", **bounds},)
    parts = [_up_to(int(spec.high), spec.places)]
    if spec.low < 0:
        parts.append(f"-({_up_to(-int(spec.low), spec.places)})")
    return text(f"^({'|'.join(parts)})$"), {"type": "number", **bounds}


def _up_to(high: int, places: int) -> str:
    """Write the pattern of the decimals from 0 to `high`, for a text cannot carry a maximum."""
    digits = str(high)
    below = [f"[1-9][0-9]{{0,{len(digits) - 2}}}", "0"] if len(digits) > 1 else []
    for place, digit in enumerate(digits):
        least = 1 if place == 0 and len(digits) > 1 else 0
        if int(digit) > least:
            below.append(f"{digits[:place]}[{least}-{int(digit) - 1}][0-9]{{{len(digits) - place - 1}}}")
    return rf"({'|'.join(below)})(\.[0-9]{{1,{places}}})?|{digits}(\.0{{1,{places}}})?"


def _bound(bound: Decimal) -> int:
    # Bounds are whole: a pattern of digits can tell them.
    assert bound == int(bound)
    return int(bound)


def _code_lists() -> Mapping[type[CodeList], FieldSpec]:
    """Give the code lists with the first field that each is asked for by, in the order of the model."""
    found: dict[type[CodeList], FieldSpec] = {}
    for cls in (Household, *GROUPS.values(), Member, Village, Area):
        for field in attrs.fields(cls):
            spec: FieldSpec | None = field.metadata.get(SPEC)
            if spec is not None and spec.code_list is not None:
                found.setdefault(spec.code_list, spec)
    return found


def _code_list(cls: type[CodeList], spec: FieldSpec) -> Form:
    shape = {
        **codes(cls, lambda code: (code.zh, code.en)),
        **({"x-issue": cls.issue} if cls.issue else {}),
        "x-standing": cls.standing.value,
    }
    national = {code.value: code.national for code in cls if code.national}
    return Form(cls.__name__, spec.zh, spec.en, shape | ({"x-national-codes": national} if national else {}))


@functools.cache
def plain_forms() -> Mapping[str, Form]:
    """Give the plain forms of the model by name; they are put together when they are first asked for."""
    return forms(
        Form("Household", "一户", "what is known of a household", _object(Household), Household, "household"),
        Form("Member", "一名家庭成员", "what is known of a member of a household", _object(Member), Member, "member"),
        Form("Village", "一村", "what is known of a village", _object(Village), Village, "village"),
        Form("Area", "一乡镇或一县", "what is known of a township or county", _object(Area), Area, "area"),
        *(Form(cls.__name__, *_GROUP_WORDS[name], _object(cls), cls) for name, cls in GROUPS.items()),
        Form(
            "NotKnown",
            "未知，并说明原因",
            "that a fact is not known, and why",
            record({NOT_KNOWN: told(codes([why for why in Why if why in REASONS], in_words), "原因", "the reason")}),
        ),
        *(_code_list(cls, spec) for cls, spec in _code_lists().items()),
    )
