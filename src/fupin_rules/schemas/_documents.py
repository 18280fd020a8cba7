"""The schemas as files for other programs, and the declarations for TypeScript that were made of them."""

from __future__ import annotations

import hashlib
import json
from importlib import resources
from typing import Final

from fupin_rules.schemas._json_schema import components, find_form, json_schema
from fupin_rules.schemas._rooms import forms_by_file

DECLARATIONS: Final = "fupin-rules.d.ts"


def schema_names() -> tuple[str, ...]:
    """
    Name the schemas that have a file of their own, in the order of the rooms.

    >>> schema_names()[:4]
    ('household', 'member', 'village', 'area')
    """
    return tuple(forms_by_file())


def schema_files(*names: str) -> dict[str, str]:
    """
    Give the text of files by their names.

    Args:
        names: Of schemas; all that have a file of their own where none is named.

    Raises:
        ModelError: There is no such schema.

    >>> list(schema_files("household", "Hukou"))
    ['household.json', 'Hukou.json']
    """
    forms = [find_form(name) for name in names or forms_by_file()]
    return {f"{form.file or form.name}.json": _text(json_schema(form.name)) for form in forms}


def types_by_schema() -> dict[str, str]:
    """
    Give the name of the type that each schema with a file of its own describes.

    >>> types_by_schema()["exit-assessment"]
    'ExitAssessment'
    """
    return {file: form.name for file, form in forms_by_file().items()}


def digest_of_schemas() -> str:
    """Give the SHA-256 of all forms; what was made of them keeps it, and is stale when it differs."""
    return hashlib.sha256(_text({"types": types_by_schema(), "forms": components()}).encode()).hexdigest()


def declarations() -> str:
    """Give the declarations for TypeScript, made of the schemas when the library was."""
    return (resources.files("fupin_rules.schemas") / DECLARATIONS).read_text(encoding="utf-8")


def _text(schema: object) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
