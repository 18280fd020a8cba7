"""One subject under one policy on one day: assessments with reasons, questions, gaps, ranks, and what would change."""

from fupin_rules.engine._assess import assess, assess_exit, assess_many, find
from fupin_rules.engine._assessment import NEXT_QUESTION, Assessment, ExitAssessment, Finding
from fupin_rules.engine._explain import Explanation, Section
from fupin_rules.engine._gaps import Gap
from fupin_rules.engine._prover import Prover
from fupin_rules.engine._questions import Question, question_about
from fupin_rules.engine._rank import Ranked, rank
from fupin_rules.engine._reasons import Level, Reason
from fupin_rules.engine._recheck import Change, Recheck, explain_change, recheck
from fupin_rules.engine._reopened import Reopened, Reopening, Unjudged, WhyUnjudged, reopened
from fupin_rules.engine._shapes import FACT, plain_forms
from fupin_rules.engine._version import LIBRARY_VERSION
from fupin_rules.engine.counterfactual._answer import Alternative, Counterfactual
from fupin_rules.engine.counterfactual._distance import distance
from fupin_rules.engine.counterfactual._question import FactValues, Of, Turn, composed_of
from fupin_rules.engine.counterfactual._what_would_change import what_would_change
from fupin_rules.engine.exact._completions import Completions, How, with_members
from fupin_rules.policy import Priority

__all__ = [
    "FACT",
    "LIBRARY_VERSION",
    "NEXT_QUESTION",
    "Alternative",
    "Assessment",
    "Change",
    "Completions",
    "Counterfactual",
    "ExitAssessment",
    "Explanation",
    "FactValues",
    "Finding",
    "Gap",
    "How",
    "Level",
    "Of",
    "Priority",
    "Prover",
    "Question",
    "Ranked",
    "Reason",
    "Recheck",
    "Reopened",
    "Reopening",
    "Section",
    "Turn",
    "Unjudged",
    "WhyUnjudged",
    "assess",
    "assess_exit",
    "assess_many",
    "composed_of",
    "distance",
    "explain_change",
    "find",
    "plain_forms",
    "question_about",
    "rank",
    "recheck",
    "reopened",
    "what_would_change",
    "with_members",
]
