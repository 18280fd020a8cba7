"""Why a case came out as it did, in words."""

from __future__ import annotations

from typing import Final

from fupin_rules.engine import assess, assess_exit
from fupin_rules.policy import Case, Policy, RuleKind, judge, policy_of_case, subject_of
from fupin_rules.truth import Truth, Unknown

SEEN: Final = {True: ("成立", "true"), False: ("不成立", "false"), None: ("未知", "unknown")}
"""The three values in words, Chinese and English."""


def explained(policy: Policy, case: Case, language: str) -> str:
    """Explain the outcomes that a case is about, or else the rules that it names."""
    rules = policy_of_case(policy, case).on(case.on)
    kinds = {rule.kind for rule in rules.rules_of(subject_of(case.subject))}
    told = [case.zh if language == "zh" else case.en]
    if RuleKind.ELIGIBILITY in kinds and case.exit is None:
        told.append(assess(case.subject, rules).explain(language, level="reasons"))
    if RuleKind.EXIT in kinds and case.exit is not None:
        told.append(assess_exit(case.subject, rules).explain(language, level="reasons"))
    if len(told) == 1:
        values = judge(case.subject, rules).values
        sign = "：" if language == "zh" else ": "
        told += [rules.rule(each).label(language) + sign + _said(values[each], language) for each in case.rules]
    return "\n".join(told)


def _said(value: Truth, language: str) -> str:
    words = SEEN[None if isinstance(value, Unknown) else value][language != "zh"]
    missing = f" ({', '.join(sorted(value.missing))})" if isinstance(value, Unknown) else ""
    return words + missing
