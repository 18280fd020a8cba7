"""JSON Schema 2020-12 of every plain form, each kept by the room that reads or writes it; one door to all of them."""

from fupin_rules.schemas._documents import digest_of_schemas, schema_files, schema_names
from fupin_rules.schemas._json_schema import components, json_schema

__all__ = ["components", "digest_of_schemas", "json_schema", "schema_files", "schema_names"]
