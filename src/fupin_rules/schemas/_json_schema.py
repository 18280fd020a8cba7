"""The one door: the schema of a class that has a plain form, or of a form by its name."""

from __future__ import annotations

import difflib
from typing import Any, Final

from fupin_rules.errors import Fault, ModelError
from fupin_rules.schemas._rooms import all_forms, forms_by_class, forms_by_file, reached, with_title
from fupin_rules.shapes import DEFINED, DIALECT, Form

# A form that takes or tells less than before, or means something else by a key, gets a new number.
FORMAT: Final = 1


def json_schema(form: type | str) -> dict[str, Any]:
    """
    Give the JSON Schema 2020-12 of a plain form; parts that have names stand in `$defs`.

    Args:
        form: A class whose plain form is asked for (`Household`, `Assessment`, …), or the name of a form, as
            `fupin schema` lists them (`"household"`, `"pack-rules"`) or as other forms refer to it (`"Hukou"`).

    Raises:
        ModelError: There is no such form; the nearest is offered.

    >>> from fupin_rules.model import Household
    >>> schema = json_schema(Household)
    >>> schema["$defs"]["Income"]["properties"]["pension_yuan"]["title"]
    '养老保险金 · pension'
    >>> json_schema("Hukou")["enum"]
    ['rural', 'urban']
    """
    found = find_form(form)
    parts = reached(found)
    own = {DEFINED + found.name: "#"} if any(part is found for part in parts) else {}
    schema: dict[str, Any] = {"$schema": DIALECT, "$id": f"urn:fupin-rules:schema:{found.file or found.name}:{FORMAT}"}
    schema |= _copy(with_title(found), own)
    defined = {part.name: _copy(with_title(part), own) for part in parts if part is not found}
    return schema | ({"$defs": defined} if defined else {})


def components(prefix: str = "#/components/schemas/") -> dict[str, dict[str, Any]]:
    """
    Give all forms by name, for one document that holds them all, such as the `components` of OpenAPI 3.1.

    Args:
        prefix: How the document refers to a form by its name.

    >>> components()["Household"]["properties"]["income"]["anyOf"][0]
    {'$ref': '#/components/schemas/Income'}
    """
    renamed = {DEFINED + name: prefix + name for name in all_forms()}
    return {name: _copy(with_title(all_forms()[name]), renamed) for name in sorted(all_forms())}


def find_form(form: type | str) -> Form:
    if isinstance(form, type):
        found = forms_by_class().get(form)
        fault = Fault(f"`{form.__name__}`", "has no plain form", "ask `fupin schema` for those there are", "no_schema")
    else:
        found = forms_by_file().get(form) or all_forms().get(form)
        near = difflib.get_close_matches(form[:60], [*forms_by_file(), *all_forms()], 1)
        mend = f"did you mean `{near[0]}`?" if near else f"known: {', '.join(forms_by_file())}"
        fault = Fault(f"`{form[:60]}`", "is no name of a schema", mend, "no_schema")
    if found is None:
        raise ModelError(fault)
    return found


def _copy(shape: Any, renamed: dict[str, str]) -> Any:
    """Copy a shape, so that nobody changes another's, with references as the document has them."""
    if isinstance(shape, dict):
        return {
            key: renamed.get(value, value) if key == "$ref" else _copy(value, renamed) for key, value in shape.items()
        }
    return [_copy(each, renamed) for each in shape] if isinstance(shape, list) else shape
