"""All plain forms of all rooms, each under a name of its own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from fupin_rules.comparison import plain_forms as forms_of_comparisons
from fupin_rules.engine import plain_forms as forms_of_answers
from fupin_rules.model import plain_forms as forms_of_facts
from fupin_rules.policy import plain_forms as forms_of_policies
from fupin_rules.registry import plain_forms as forms_of_registers
from fupin_rules.shapes import DEFINED, Form, Shape, forms
from fupin_rules.workflow import plain_forms as forms_of_casework

_ROOMS: Final = (
    forms_of_facts,
    forms_of_policies,
    forms_of_answers,
    forms_of_comparisons,
    forms_of_casework,
    forms_of_registers,
)
ALL: Final = forms(*(form for room in _ROOMS for form in room().values()))
BY_CLASS: Final[Mapping[type, Form]] = MappingProxyType({form.of: form for form in ALL.values() if form.of is not None})
BY_FILE: Final[Mapping[str, Form]] = MappingProxyType({form.file: form for form in ALL.values() if form.file})


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
            waiting.extend(named_in(ALL[name].shape))
    return tuple(ALL[name] for name in sorted(found))


def with_title(form: Form) -> Shape:
    """Give the shape of a form with its name and what it is."""
    return {"title": form.name, "description": f"{form.zh} · {form.en}", **form.shape}
