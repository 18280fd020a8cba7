"""
What to ask next: the fact most worth asking, among those that can still matter.

The roster comes first, for every count rests on it. Then the open rule nearest to being settled (fewest missing facts;
earlier rules first), and within it the least sensitive fact, in catalogue order, exceptions last: one answer then
settles a rule, and one settled rule may settle the outcome.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

import attrs

from fupin_rules.engine._words import options_of
from fupin_rules.expr import Expr, names
from fupin_rules.model import Catalogue, Sensitivity, Sort, catalogue
from fupin_rules.policy import Reading
from fupin_rules.quantities import PLAIN
from fupin_rules.truth import Unknown

_ROSTER = ("members_complete", "members")


@attrs.frozen
class Question:
    """
    One question that brings an outcome nearer.

    Attributes:
        fact: The fact asked for, as `with_fact` takes it.
        text: The question, by language.
        why: What it is asked for, by language.
        options: Values to choose from, with their words by language; empty for a number, a day, or a roster.
        unit: Unit of a number, as text; empty otherwise.
    """

    fact: str
    text: Mapping[str, str]
    why: Mapping[str, str]
    options: tuple[tuple[object, Mapping[str, str]], ...] = ()
    unit: str = ""

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold; an option is what `with_fact` takes, with its words."""
        return {
            "fact": self.fact,
            "text": dict(self.text),
            "why": dict(self.why),
            "options": [{"value": value, **words} for value, words in self.options],
            "unit": self.unit,
        }


def next_question(reading: Reading, outcome: Expr, open_claim: Unknown) -> Question:
    """
    Choose the next question for an open outcome.

    Args:
        reading: The subject as the rules read it.
        outcome: The composed outcome, over rule ids.
        open_claim: Its open value.
    """
    known = catalogue(type(reading.subject))
    rules = [
        (rule.id, value)
        for rule in reading.snapshot.rules
        if rule.id in names(outcome) and isinstance(value := reading.value(rule.id), Unknown)
    ]
    useful = [(rule_id, value.missing & open_claim.missing) for rule_id, value in rules]
    useful = [(rule_id, facts) for rule_id, facts in useful if facts]
    for fact in _ROSTER:
        if fact in open_claim.missing:
            return _question(fact, next(rule_id for rule_id, facts in useful if fact in facts), reading, known)
    rule_id, facts = min(useful, key=lambda each: len(each[1]))
    # An exception is asked for only once the rule itself is hit.
    hit = reading.claim(reading.snapshot.rule(rule_id).when)
    if isinstance(hit, Unknown) and hit.missing & facts:
        facts &= hit.missing
    return _question(min(facts, key=lambda fact: _effort(fact, known)), rule_id, reading, known)


def _effort(fact: str, known: Catalogue) -> tuple[bool, tuple[int, str, int]]:
    field = known.field(fact)
    return (field is not None and field.spec.sensitivity is not Sensitivity.NONE, known.order(fact))


def _question(fact: str, rule_id: str, reading: Reading, known: Catalogue) -> Question:
    rule = reading.snapshot.rule(rule_id)
    field = known.field(fact)
    unit = field.spec.unit if field is not None and field.spec.sort is Sort.NUMBER else PLAIN
    zh, en = known.label(fact, "zh"), known.label(fact, "en")
    in_zh, in_en = (f"（单位：{unit.words('zh')}）", f" (in {unit.words('en')})") if unit != PLAIN else ("", "")
    if fact == "members":
        text = {"zh": "请补全家庭成员名册。", "en": "Please complete the roster of members."}
    elif field is not None and field.spec.sort is Sort.FLAG:
        text = {"zh": f"{zh}？", "en": f"Is this so: {en}?"}
    else:
        text = {"zh": f"{zh}{in_zh}？", "en": f"What is this: {en}{in_en}?"}
    return Question(
        fact,
        MappingProxyType(text),
        MappingProxyType({"zh": f"用于判断「{rule.zh}」", "en": f"to decide “{rule.en}”"}),
        ()
        if fact == "members"
        else tuple((value, MappingProxyType({"zh": one, "en": other})) for value, one, other in options_of(field)),
        "" if unit == PLAIN else str(unit),
    )
