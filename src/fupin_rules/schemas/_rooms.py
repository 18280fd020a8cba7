"""All plain forms of all rooms, each under a name of its own."""

from __future__ import annotations

import functools
import importlib
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from fupin_rules.shapes import DEFINED, Form, Shape, forms

# Loaded when a schema is first asked for: whoever only names this room loads none of them, the solver's room least.
_ROOMS: Final = (
    "model",
    "policy",
    "engine",
    "comparison",
    "interview",
    "workflow",
    "registry",
    "report",
    "review",
)


@functools.cache
def all_forms() -> Mapping[str, Form]:
    """Give all plain forms by name."""
    rooms = (importlib.import_module(f"fupin_rules.{room}") for room in _ROOMS)
    return forms(*(form for room in rooms for form in room.plain_forms().values()))


@functools.cache
def forms_by_class() -> Mapping[type, Form]:
    """Give the forms of classes."""
    return MappingProxyType({form.of: form for form in all_forms().values() if form.of is not None})


@functools.cache
def forms_by_file() -> Mapping[str, Form]:
    """Give the forms that have a file of their own."""
    return MappingProxyType({form.file: form for form in all_forms().values() if form.file})


def named_in(shape: object) -> Iterator[str]:
    """Give the names of forms that a shape refers to, each as often as it does."""
    if isinstance(shape, Mapping):
        if "$ref" in shape:
            yield shape["$ref"].removeprefix(DEFINED)
        for value in shape.values():
            yield from named_in(value)
    elif isinstance(shape, list):
        for value in shape:
            yield from named_in(value)


def reached(form: Form) -> tuple[Form, ...]:
    """Give all forms that a form is built of, itself left out unless it is one of them, by name."""
    found: set[str] = set()
    waiting = list(named_in(form.shape))
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting.extend(named_in(all_forms()[name].shape))
    return tuple(all_forms()[name] for name in sorted(found))


def with_title(form: Form) -> Shape:
    """Give the shape of a form with its name and what it is."""
    return {"title": form.name, "description": f"{form.zh} · {form.en}", **form.shape}
