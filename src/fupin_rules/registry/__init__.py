"""Registers in and out: sheets, JSON lines, decisions, and a synthetic register that belongs to nobody."""

from fupin_rules.registry._notice import LEAST_ALIKE, SHOWABLE, USUAL, Names, PublicNotice, public_notice
from fupin_rules.registry._problems import RowProblem
from fupin_rules.registry._read import Register, read_register
from fupin_rules.registry._simulate import Simulated, simulate
from fupin_rules.registry._write import write_json_lines, write_register, write_table, write_tables, write_text

__all__ = [
    "LEAST_ALIKE",
    "SHOWABLE",
    "USUAL",
    "Names",
    "PublicNotice",
    "Register",
    "RowProblem",
    "Simulated",
    "public_notice",
    "read_register",
    "simulate",
    "write_json_lines",
    "write_register",
    "write_table",
    "write_tables",
    "write_text",
]
