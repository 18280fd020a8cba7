"""Dynamic adjustment (动态调整): two registers laid beside each other, and the work list that comes of it."""

from fupin_rules.registry.adjustment._changes import Movement
from fupin_rules.registry.adjustment._compare import compare_registers
from fupin_rules.registry.adjustment._heads import HeadChange
from fupin_rules.registry.adjustment._matching import Place
from fupin_rules.registry.adjustment._words import WorkReason
from fupin_rules.registry.adjustment._work import (
    Adjustment,
    HouseholdRow,
    RegisterFinding,
    RegisterStatus,
    WorkItem,
    WorkKind,
)

__all__ = [
    "Adjustment",
    "HeadChange",
    "HouseholdRow",
    "Movement",
    "Place",
    "RegisterFinding",
    "RegisterStatus",
    "WorkItem",
    "WorkKind",
    "WorkReason",
    "compare_registers",
]
