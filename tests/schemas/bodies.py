"""Bodies that fit a schema, drawn from its keywords: whatever it admits can come, in small portions."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from fupin_rules.schemas import components

MORE_KEYS = 4
MORE_ITEMS = 2


# What documents may hold in their texts; others are refused for their characters before anything else is looked at.
ORDINARY = st.characters(codec="utf-8", exclude_categories=("Cc", "Cf", "Cs", "Co"))


def bodies(form: str) -> st.SearchStrategy[Any]:
    """Bodies that fit the schema of a form; of keys that may be left out some are there."""
    return st.deferred(lambda: _named(form))


@functools.cache
def _forms() -> Mapping[str, Any]:
    return components("")


@functools.cache
def _named(form: str) -> st.SearchStrategy[Any]:
    return _of(_forms()[form])


def _of(shape: Mapping[str, Any]) -> st.SearchStrategy[Any]:
    found: st.SearchStrategy[Any]
    match shape:
        case {"$ref": form}:
            found = bodies(form)
        case {"const": value}:
            found = st.just(value)
        case {"enum": choices}:
            found = st.sampled_from(choices)
        case {"type": "object", "properties": properties}:
            found = _table(properties, shape.get("required", ()))
        case {"type": "object"}:
            names = _text({**shape.get("propertyNames", {}), "minLength": 1, "maxLength": 40})
            found = st.dictionaries(names, _of(shape["additionalProperties"]), max_size=MORE_ITEMS)
        case {"type": "array"}:
            least = shape.get("minItems", 0)
            most = max(least, min(MORE_ITEMS, shape.get("maxItems", MORE_ITEMS)))
            by = repr if shape.get("uniqueItems") else None
            found = st.lists(_of(shape["items"]), min_size=least, max_size=most, unique_by=by)
        case {"anyOf": shapes}:
            found = st.one_of([_of(each) for each in shapes])
        case {"type": "string"}:
            found = _text(shape)
        case {"type": "integer"}:
            found = st.integers(shape.get("minimum"), shape.get("maximum"))
        case {"type": "number"}:
            low, high = shape.get("minimum", -(10**6)), shape.get("maximum", 10**6)
            found = st.integers(low, high) | st.decimals(low, high, places=2) | st.decimals(low, high, places=4)
        case {"type": "boolean"}:
            found = st.booleans()
        case {"type": "null"}:
            found = st.none()
        case _:
            raise NotImplementedError(shape)
    # What goes together beyond single keys: kept by looking, for it seldom fails.
    return found.filter(functools.partial(_keeps, shape)) if "if" in shape else found


def _keeps(shape: Mapping[str, Any], body: Mapping[str, Any]) -> bool:
    asked = shape["if"]
    met = all(body.get(key) == each["const"] for key, each in asked["properties"].items())
    if not met:
        return "else" not in shape or not all(key in body for key in shape["else"]["not"]["required"])
    then = shape["then"]
    return all(key in body for key in then["required"]) and all(
        len(body[key]) >= each.get("minLength", 0) for key, each in then.get("properties", {}).items()
    )


def _text(shape: Mapping[str, Any]) -> st.SearchStrategy[str]:
    least, most = shape.get("minLength", 0), shape.get("maxLength", 10_000)
    if "pattern" not in shape:
        return st.text(
            st.characters(codec="utf-8") if most < 10_000 else ORDINARY, min_size=least, max_size=min(most, 20)
        )
    # A pattern that ends with `$` lets Python have a line feed behind it, and other readers not.
    drawn = st.from_regex(shape["pattern"], alphabet=ORDINARY if most == 10_000 else st.characters(codec="utf-8"))
    if shape["pattern"].endswith("$"):
        drawn = drawn.filter(lambda text: not text.endswith("\n"))
    return drawn.filter(lambda text: least <= len(text) <= most)


@st.composite
def _table(draw: st.DrawFn, properties: Mapping[str, Any], required: Any) -> dict[str, Any]:
    left = [key for key in properties if key not in required]
    more = draw(st.lists(st.sampled_from(left), max_size=MORE_KEYS, unique=True)) if left else []
    return {key: draw(_of(properties[key])) for key in properties if key in {*required, *more}}


def as_json(body: Any) -> Any:
    """The same body as a validator takes it: decimals are numbers."""
    match body:
        case Decimal():
            return float(body)
        case dict():
            return {key: as_json(value) for key, value in body.items()}
        case list():
            return [as_json(value) for value in body]
        case _:
            return body
