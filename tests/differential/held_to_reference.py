"""Rows of answers, held to the reference assessment of the same subject."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

import fupin_rules as fr
from fupin_rules.policy import Judgement, Snapshot
from fupin_rules.truth import Truth, Unknown


def told(value: Truth | None) -> bool | None:
    return None if value is None or isinstance(value, Unknown) else value


def without_members(facts: Iterable[str]) -> set[str]:
    """Name facts of members as frames do: one row is a household there."""
    return {re.sub(r"^members\[[^\]]*\]", "members[]", fact) for fact in facts}


def differing(home: fr.Household | fr.Village, rules: Snapshot, wanted: Judgement, row: dict[str, Any]) -> list[str]:
    """Name what a row says other than the reference assessment."""
    names = [rule for rule, value in wanted.values.items() if row[f"rule.{rule}"] is not told(value)]
    names += [f"hit.{rule}" for rule, value in wanted.hits.items() if row[f"hit.{rule}"] is not told(value)]
    assessed: list[tuple[str, str, Any]] = []
    if wanted.eligible is not None:
        eligible = fr.assess(home, rules)
        names += [] if len(eligible.findings) == row.get("findings", 0) else ["findings"]
        if eligible.priority is not None and "score_low" in row:
            bounds = (eligible.priority.low[0], eligible.priority.high[0])
            names += [] if (row["score_low"], row["score_high"]) == bounds else ["score"]
        assessed.append(("outcome", "", eligible))
    if wanted.exit is not None:
        assessed.append(("exit", "exit_", fr.assess_exit(home, rules)))
    for answer, prefix, assessment in assessed:
        if answer not in row:
            continue
        same = {
            answer: row[answer] == assessment.outcome.value,
            f"{prefix}provisional": row[f"{prefix}provisional"] is bool(assessment.provisional),
            f"{prefix}missing": set(row[f"{prefix}missing"].split(", ")) - {""} == without_members(assessment.missing),
            f"{prefix}standing": row[f"{prefix}standing"] == assessment.standing.value,
        }
        names += [name for name, is_same in same.items() if not is_same]
    return names
