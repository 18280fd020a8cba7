"""Registers in frames: the rules as expressions of columns, for Polars, DuckDB, PyArrow, pandas and Spark."""

from fupin_rules.columnar._assess_frame import ANSWERS, assess_frame
from fupin_rules.columnar._frames_of import Frames, frames_of

__all__ = ["ANSWERS", "Frames", "assess_frame", "frames_of"]
