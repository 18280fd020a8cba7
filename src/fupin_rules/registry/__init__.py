"""Registers in and out: sheets, JSON lines, decisions, and a synthetic register that belongs to nobody."""

from fupin_rules.registry._problems import RowProblem
from fupin_rules.registry._read import Register, read_register
from fupin_rules.registry._simulate import Simulated, simulate
from fupin_rules.registry._write import write_json_lines, write_register, write_table, write_tables

__all__ = [
    "Register",
    "RowProblem",
    "Simulated",
    "read_register",
    "simulate",
    "write_json_lines",
    "write_register",
    "write_table",
    "write_tables",
]
