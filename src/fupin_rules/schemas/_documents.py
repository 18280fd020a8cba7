"""The schemas as files for other programs, and the digest by which what was made of them is told from what is stale."""

from __future__ import annotations

import hashlib
import json

from fupin_rules.schemas._json_schema import components, json_schema
from fupin_rules.schemas._rooms import BY_FILE


def schema_names() -> tuple[str, ...]:
    """
    Name the schemas that have a file of their own, in the order of the rooms.

    >>> schema_names()[:4]
    ('household', 'member', 'village', 'area')
    """
    return tuple(BY_FILE)


def schema_files() -> dict[str, str]:
    """
    Give the text of every file by its name.

    >>> sorted(schema_files())[0]
    'area.json'
    """
    return {f"{name}.json": _text(json_schema(name)) for name in BY_FILE}


def digest_of_schemas() -> str:
    """Give the SHA-256 of all forms; what was made of them keeps it, and is stale when it differs."""
    return hashlib.sha256(_text(components()).encode()).hexdigest()


def _text(schema: object) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"
