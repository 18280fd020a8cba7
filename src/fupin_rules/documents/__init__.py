"""TOML and JSON from strangers: read within limits, key by key, with the place of everything and every fault kept."""

from fupin_rules.documents._json import exact_decimal, no_number, read_json
from fupin_rules.documents._plain import plain_document
from fupin_rules.documents._shapes import (
    ANY_TEXT,
    CITED,
    EXPRESSION,
    FORMS_OF_DOCUMENTS,
    NAMED,
    TEXT,
    WORDS_OF_DOCUMENT,
)
from fupin_rules.documents._sources import read_sources
from fupin_rules.documents._table import NAME, Table
from fupin_rules.documents._toml import MAX_FILE_BYTES, Document, read_toml
from fupin_rules.documents._written import RawExpr

__all__ = [
    "ANY_TEXT",
    "CITED",
    "EXPRESSION",
    "FORMS_OF_DOCUMENTS",
    "MAX_FILE_BYTES",
    "NAME",
    "NAMED",
    "TEXT",
    "WORDS_OF_DOCUMENT",
    "Document",
    "RawExpr",
    "Table",
    "exact_decimal",
    "no_number",
    "plain_document",
    "read_json",
    "read_sources",
    "read_toml",
]
