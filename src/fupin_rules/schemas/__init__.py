"""JSON Schema 2020-12 of every plain form, each kept by the room that reads or writes it; one door to all of them."""

from fupin_rules.schemas._documents import (
    DECLARATIONS,
    declarations,
    digest_of_schemas,
    schema_files,
    schema_names,
    types_by_schema,
)
from fupin_rules.schemas._json_schema import components, json_schema

__all__ = [
    "DECLARATIONS",
    "components",
    "declarations",
    "digest_of_schemas",
    "json_schema",
    "schema_files",
    "schema_names",
    "types_by_schema",
]
