"""Policies over time: packs loaded and checked, snapshots on a day, and the reference assessment."""

from fupin_rules.policy._checklists import Checklist, ChecklistItem, Counts
from fupin_rules.policy._drawing import parameter_words
from fupin_rules.policy._judge import Judgement, Reading, judge, judge_reading, provisional_facts, subject_of
from fupin_rules.policy._meaning import Meaning, meaning_of
from fupin_rules.policy._outcome import ExitOutcome, Outcome
from fupin_rules.policy._policy import Policy, Snapshot, on_a_day
from fupin_rules.policy._priority import Priority, priority_of
from fupin_rules.policy._rules import (
    DatedValue,
    Definition,
    Direction,
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
from fupin_rules.policy._scope import SUBJECT_CLASSES
from fupin_rules.policy._shapes import plain_forms
from fupin_rules.policy._standing import standing_of
from fupin_rules.policy._told import policy_plain, value_plain
from fupin_rules.policy._waivers import FindingCode, Waiver
from fupin_rules.policy.amending._amendment import Amendment
from fupin_rules.policy.amending._clash import Conflict, ConflictKind, find_conflicts
from fupin_rules.policy.amending._patches import (
    AddDefinition,
    AddException,
    AddParameter,
    AddRule,
    ChangeDefinition,
    ChangeRule,
    DropDefinition,
    DropException,
    DropRule,
    EndParameter,
    Patch,
    SetEligibleWhen,
    SetLabel,
    SetParameter,
    SetRanking,
)
from fupin_rules.policy.amending._read import load_amendment
from fupin_rules.policy.loading._cases import Case, CaseResult, GivenValue, load_cases, policy_of_case, run_case
from fupin_rules.policy.loading._installed import find_pack, installed_packs
from fupin_rules.policy.loading._load import load_policy, pack_sources
from fupin_rules.policy.loading._written import Overriding, WrittenPack, written_pack
from fupin_rules.policy.statistics._fgt import fgt
from fupin_rules.policy.statistics._figures import FigureFinding, compare_figures, count_words
from fupin_rules.policy.statistics._incidence import INCIDENCE_BASES, Incidence, incidence, incidence_bounds
from fupin_rules.policy.statistics._roll_up import (
    RollUp,
    roll_up_area,
    roll_up_households,
    roll_up_parts,
    roll_up_village,
)
from fupin_rules.policy.statistics._tally import Tally

__all__ = [
    "INCIDENCE_BASES",
    "SUBJECT_CLASSES",
    "AddDefinition",
    "AddException",
    "AddParameter",
    "AddRule",
    "Amendment",
    "Case",
    "CaseResult",
    "ChangeDefinition",
    "ChangeRule",
    "Checklist",
    "ChecklistItem",
    "Conflict",
    "ConflictKind",
    "Counts",
    "DatedValue",
    "Definition",
    "Direction",
    "DropDefinition",
    "DropException",
    "DropRule",
    "EligibleWhen",
    "EndParameter",
    "ExitOutcome",
    "FigureFinding",
    "FindingCode",
    "GivenValue",
    "InForce",
    "Incidence",
    "Judgement",
    "Meaning",
    "Outcome",
    "Overriding",
    "Parameter",
    "ParameterValue",
    "Patch",
    "Policy",
    "Priority",
    "Ranking",
    "RankingMethod",
    "Reading",
    "RollUp",
    "Rule",
    "RuleKind",
    "SetEligibleWhen",
    "SetLabel",
    "SetParameter",
    "SetRanking",
    "Snapshot",
    "Subject",
    "Tally",
    "TieBreak",
    "Unless",
    "Waiver",
    "WrittenPack",
    "compare_figures",
    "count_words",
    "fgt",
    "find_conflicts",
    "find_pack",
    "incidence",
    "incidence_bounds",
    "installed_packs",
    "judge",
    "judge_reading",
    "load_amendment",
    "load_cases",
    "load_policy",
    "meaning_of",
    "on_a_day",
    "pack_sources",
    "parameter_words",
    "plain_forms",
    "policy_of_case",
    "policy_plain",
    "priority_of",
    "provisional_facts",
    "roll_up_area",
    "roll_up_households",
    "roll_up_parts",
    "roll_up_village",
    "run_case",
    "standing_of",
    "subject_of",
    "value_plain",
    "written_pack",
]
