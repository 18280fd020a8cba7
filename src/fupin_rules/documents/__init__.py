"""TOML documents from strangers: read within limits, key by key, with the place of everything and every fault kept."""

from fupin_rules.documents._plain import plain_document
from fupin_rules.documents._sources import read_sources
from fupin_rules.documents._table import NAME, Table
from fupin_rules.documents._toml import MAX_FILE_BYTES, Document, read_toml
from fupin_rules.documents._written import RawExpr

__all__ = [
    "MAX_FILE_BYTES",
    "NAME",
    "Document",
    "RawExpr",
    "Table",
    "plain_document",
    "read_sources",
    "read_toml",
]
