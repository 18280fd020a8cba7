"""Registers in frames: the rules as expressions of columns, for Polars, DuckDB, PyArrow, pandas and Spark."""

from fupin_rules.columnar._answers import ANSWERS
from fupin_rules.columnar._assess_frame import assess_frame
from fupin_rules.columnar._check_frame import FrameFinding, check_frame
from fupin_rules.columnar._columns import names_of
from fupin_rules.columnar._frames_of import Frames, frames_of
from fupin_rules.columnar._tally_changes import ChangeTally, tally_changes
from fupin_rules.columnar.files._assess_files import FilesAssessed, assess_files, is_in_files, scan_files
from fupin_rules.columnar.files._write_files import write_files

__all__ = [
    "ANSWERS",
    "ChangeTally",
    "FilesAssessed",
    "FrameFinding",
    "Frames",
    "assess_files",
    "assess_frame",
    "check_frame",
    "frames_of",
    "is_in_files",
    "names_of",
    "scan_files",
    "tally_changes",
    "write_files",
]
