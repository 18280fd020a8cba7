"""
Shapes of plain forms, in the keywords of JSON Schema 2020-12: written once, beside what reads or writes the form.

A shape is a plain mapping that validators take as it stands. A table of all keys is closed: what it does not name is no
part of it. Every name and key is told in Chinese and English; codes keep their labels, so that a form can show them.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterable, Mapping
from types import MappingProxyType
from typing import Any, Final, TypeAlias

import attrs

DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
DEFINED: Final = "#/$defs/"

# `Any`: the keywords of a schema have values of every sort.
Shape: TypeAlias = Mapping[str, Any]

_END: Final = r"\Z"
_DIGIT: Final = r"\d"

# Patterns are read alike by ECMAScript, Java and Python: no class but plain ranges, no flag, no look around.
ANY_DAY: Final = r"^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$"
DIGEST: Final = r"^[0-9a-f]{64}$"
DECIMAL: Final = r"^-?[0-9]+(\.[0-9]+)?$"
FRACTION: Final = r"^-?[0-9]+(/[1-9][0-9]*)?$"


@attrs.frozen
class Form:
    """
    A plain form that has a name of its own.

    Attributes:
        name: As other programs call it, `Household`.
        zh: What it is, in Chinese.
        en: What it is, in English.
        shape: Its shape; other forms are referred to by `named`.
        of: The class whose plain form it is; None where it is the form of a file or of a part.
        file: Name of the file that holds it for other programs, `household`; empty for a part of other forms.
    """

    name: str
    zh: str
    en: str
    shape: Shape = attrs.field(hash=False)
    of: type | None = None
    file: str = ""


def forms(*each: Form) -> Mapping[str, Form]:
    """
    Give forms by name.

    >>> sorted(forms(Form("Day", "日", "day", day()), Form("Claim", "判断", "claim", {"type": "boolean"})))
    ['Claim', 'Day']
    """
    held = {form.name: form for form in each}
    assert len(held) == len(each), "each form has a name of its own"
    return MappingProxyType(held)


def named(name: str) -> Shape:
    """Refer to a form by its name."""
    return {"$ref": f"{DEFINED}{name}"}


def told(shape: Shape, zh: str, en: str) -> Shape:
    """Say what a shape is where it stands."""
    return {**shape, "description": f"{zh} · {en}"}


def record(properties: Mapping[str, Shape], *, optional: Iterable[str] = ()) -> Shape:
    """
    Give the shape of a table with these keys and no others.

    Args:
        properties: Shape by key.
        optional: Keys that may be left out.

    >>> record({"id": text(), "note": text()}, optional=["note"])["required"]
    ['id']
    """
    left_out = frozenset(optional)
    assert left_out <= properties.keys(), "what may be left out is a key"
    required = [key for key in properties if key not in left_out]
    return {
        "type": "object",
        "properties": dict(properties),
        **({"required": required} if required else {}),
        "additionalProperties": False,
    }


def by_name(values: Shape, *, names: str = "", most: int | None = None) -> Shape:
    """Give the shape of a table whose keys are names that are not known beforehand."""
    keys = {"propertyNames": {"pattern": names}} if names else {}
    return {"type": "object", **keys, "additionalProperties": values, **_at_most("maxProperties", most)}


def listed(items: Shape, *, least: int = 0, most: int | None = None, unique: bool = False) -> Shape:
    """Give the shape of a list."""
    return {
        "type": "array",
        "items": items,
        **({"minItems": least} if least else {}),
        **_at_most("maxItems", most),
        **({"uniqueItems": True} if unique else {}),
    }


def text(pattern: str = "", *, least: int = 0, most: int | None = None) -> Shape:
    """Give the shape of a text."""
    return {
        "type": "string",
        **({"pattern": pattern} if pattern else {}),
        **({"minLength": least} if least else {}),
        **_at_most("maxLength", most),
    }


def whole(low: int, high: int | None = None) -> Shape:
    """Give the shape of a whole number."""
    return {"type": "integer", "minimum": low, **_at_most("maximum", high)}


def flag() -> Shape:
    """Give the shape of a yes or no."""
    return {"type": "boolean"}


def day() -> Shape:
    """Give the shape of a day; that a month has the day is told by `format`, for validators that look at it."""
    return {"type": "string", "format": "date", "pattern": ANY_DAY}


def always(value: str | int | bool) -> Shape:
    """Give the shape of what is always the same."""
    return {"const": value}


def nullable(shape: Shape) -> Shape:
    """Give a shape that may be null as well."""
    return {"anyOf": [shape, {"type": "null"}]}


def either(*shapes: Shape) -> Shape:
    """Give the shape of what has one of several."""
    return {"anyOf": list(shapes)}


def codes(choices: Iterable[str], labels: Callable[[Any], tuple[str, str]] | None = None) -> Shape:
    """
    Give the shape of one of a closed set of codes.

    Args:
        choices: The codes, such as an enum of texts.
        labels: Words for a code, Chinese and English; they stand in `x-labels`, which validators pass over.

    >>> codes(["north", "south"])
    {'type': 'string', 'enum': ['north', 'south']}
    """
    held = tuple(choices)
    shape: dict[str, Any] = {"type": "string", "enum": [_code(each) for each in held]}
    if labels is not None:
        shape["x-labels"] = {_code(each): dict(zip(("zh", "en"), labels(each), strict=True)) for each in held}
    return shape


def in_words(each: Any) -> tuple[str, str]:
    """Give the words of a code that tells them by language."""
    return each.words("zh"), each.words("en")


def _code(each: str) -> str:
    return str(each.value) if isinstance(each, enum.Enum) else each


def _at_most(keyword: str, most: int | None) -> Shape:
    return {} if most is None else {keyword: most}


def pattern_of(regex: Any) -> str:
    r"""
    Write a pattern of ours as JSON Schema has it, which looks for it anywhere in a text.

    >>> import re
    >>> pattern_of(re.compile(r"[a-z]+\Z"))
    '^(?:[a-z]+)$'
    """
    return f"^(?:{regex.pattern.removesuffix(_END).replace(_DIGIT, '[0-9]')})$"


WORDS: Final = Form(
    "Words",
    "中英文文字",
    "words in Chinese and English",
    record({"zh": told(text(), "中文", "Chinese"), "en": told(text(), "英文", "English")}),
)
