"""Registers in and out: sheets, forms, JSON lines, decisions, and a synthetic register that belongs to nobody."""

from fupin_rules.registry._doubts import Doubt, find_doubts
from fupin_rules.registry._json_lines import read_household, read_json
from fupin_rules.registry._layouts import Layout, written_layouts
from fupin_rules.registry._marks import header_problems, write_marked
from fupin_rules.registry._notice import LEAST_ALIKE, SHOWABLE, USUAL, Names, PublicNotice, public_notice
from fupin_rules.registry._problems import RowProblem
from fupin_rules.registry._quotas import Quota, read_quotas
from fupin_rules.registry._read import Register, read_register
from fupin_rules.registry._shapes import plain_forms
from fupin_rules.registry._simulate import Simulated, simulate
from fupin_rules.registry._stored import read_decisions
from fupin_rules.registry._write import write_json_lines, write_register, write_table, write_tables, write_text
from fupin_rules.registry.adjustment import (
    Adjustment,
    HeadChange,
    HouseholdRow,
    Movement,
    Place,
    RegisterFinding,
    RegisterStatus,
    WorkItem,
    WorkKind,
    WorkReason,
    compare_registers,
)
from fupin_rules.registry.forms import (
    Fold,
    FoldSort,
    Form,
    FormColumn,
    FormRows,
    Forms,
    Key,
    load_forms,
    write_forms,
    write_template,
)

__all__ = [
    "LEAST_ALIKE",
    "SHOWABLE",
    "USUAL",
    "Adjustment",
    "Doubt",
    "Fold",
    "FoldSort",
    "Form",
    "FormColumn",
    "FormRows",
    "Forms",
    "HeadChange",
    "HouseholdRow",
    "Key",
    "Layout",
    "Movement",
    "Names",
    "Place",
    "PublicNotice",
    "Quota",
    "Register",
    "RegisterFinding",
    "RegisterStatus",
    "RowProblem",
    "Simulated",
    "WorkItem",
    "WorkKind",
    "WorkReason",
    "compare_registers",
    "find_doubts",
    "header_problems",
    "load_forms",
    "plain_forms",
    "public_notice",
    "read_decisions",
    "read_household",
    "read_json",
    "read_quotas",
    "read_register",
    "simulate",
    "write_forms",
    "write_json_lines",
    "write_marked",
    "write_register",
    "write_table",
    "write_tables",
    "write_template",
    "write_text",
    "written_layouts",
]
