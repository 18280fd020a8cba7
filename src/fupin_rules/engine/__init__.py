"""One subject under one policy on one day: assessments with reasons, questions, gaps, ranks, and what would change."""

from fupin_rules.engine._assess import assess, assess_exit, assess_many, find
from fupin_rules.engine._assessment import Assessment, ExitAssessment, Finding
from fupin_rules.engine._explain import Explanation, Section
from fupin_rules.engine._gaps import Gap
from fupin_rules.engine._questions import Question, question_about
from fupin_rules.engine._rank import Ranked, rank
from fupin_rules.engine._reasons import Level, Reason
from fupin_rules.engine._recheck import Change, Recheck, explain_change, recheck
from fupin_rules.engine._version import LIBRARY_VERSION
from fupin_rules.engine._words import why_words
from fupin_rules.engine.counterfactual._answer import Alternative, Counterfactual
from fupin_rules.engine.counterfactual._question import FactValues, Prover, Turn
from fupin_rules.engine.counterfactual._what_would_change import what_would_change
from fupin_rules.policy import Priority

__all__ = [
    "LIBRARY_VERSION",
    "Alternative",
    "Assessment",
    "Change",
    "Counterfactual",
    "ExitAssessment",
    "Explanation",
    "FactValues",
    "Finding",
    "Gap",
    "Level",
    "Priority",
    "Prover",
    "Question",
    "Ranked",
    "Reason",
    "Recheck",
    "Section",
    "Turn",
    "assess",
    "assess_exit",
    "assess_many",
    "explain_change",
    "find",
    "question_about",
    "rank",
    "recheck",
    "what_would_change",
    "why_words",
]
