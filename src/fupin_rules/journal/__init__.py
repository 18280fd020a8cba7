"""
Journals: entries that follow each other by digest, kept so that none acknowledged is lost and no change goes unseen.

An entry is a plain mapping; what it means is not known here.
"""

from fupin_rules.journal._canonical import canonical, read_canonical
from fupin_rules.journal._check import Checked, Finding, FindingKind, check_chain
from fupin_rules.journal._checkpoint import Checkpoint, read_checkpoint
from fupin_rules.journal._digest import FIRST, leaf_digest, node_digest, salted_digest
from fupin_rules.journal._faults import ConflictError, JournalCorruptError, JournalLockedError
from fupin_rules.journal._lines import LinesFile, LinesRead, Tail, read_lines
from fupin_rules.journal._memory import MemoryStore
from fupin_rules.journal._sqlite import SqliteStore
from fupin_rules.journal._store import Head, Store
from fupin_rules.journal._tree import (
    Frontier,
    consistency_proof,
    inclusion_proof,
    root,
    verify_consistency,
    verify_inclusion,
)
from fupin_rules.journal._written import Written

__all__ = [
    "FIRST",
    "Checked",
    "Checkpoint",
    "ConflictError",
    "Finding",
    "FindingKind",
    "Frontier",
    "Head",
    "JournalCorruptError",
    "JournalLockedError",
    "LinesFile",
    "LinesRead",
    "MemoryStore",
    "SqliteStore",
    "Store",
    "Tail",
    "Written",
    "canonical",
    "check_chain",
    "consistency_proof",
    "inclusion_proof",
    "leaf_digest",
    "node_digest",
    "read_canonical",
    "read_checkpoint",
    "read_lines",
    "root",
    "salted_digest",
    "verify_consistency",
    "verify_inclusion",
]
