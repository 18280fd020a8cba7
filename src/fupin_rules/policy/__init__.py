"""Policies over time: packs loaded and checked, snapshots on a day, and the reference assessment."""

from fupin_rules.policy._cases import Case, CaseResult, load_cases, run_case
from fupin_rules.policy._installed import find_pack, installed_packs
from fupin_rules.policy._judge import Judgement, Reading, judge, provisional_facts, subject_of
from fupin_rules.policy._load import load_policy, pack_sources
from fupin_rules.policy._outcome import ExitOutcome, Outcome
from fupin_rules.policy._policy import Policy, Snapshot
from fupin_rules.policy._rules import (
    DatedValue,
    Definition,
    EligibleWhen,
    InForce,
    Parameter,
    ParameterValue,
    Ranking,
    RankingMethod,
    Rule,
    RuleKind,
    Subject,
    TieBreak,
    Unless,
)
from fupin_rules.policy._standing import standing_of

__all__ = [
    "Case",
    "CaseResult",
    "DatedValue",
    "Definition",
    "EligibleWhen",
    "ExitOutcome",
    "InForce",
    "Judgement",
    "Outcome",
    "Parameter",
    "ParameterValue",
    "Policy",
    "Ranking",
    "RankingMethod",
    "Reading",
    "Rule",
    "RuleKind",
    "Snapshot",
    "Subject",
    "TieBreak",
    "Unless",
    "find_pack",
    "installed_packs",
    "judge",
    "load_cases",
    "load_policy",
    "pack_sources",
    "provisional_facts",
    "run_case",
    "standing_of",
    "subject_of",
]
