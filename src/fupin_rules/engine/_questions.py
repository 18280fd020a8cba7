"""What to ask next: one fact in words of both languages, with what an answer may be and the rule it is asked for."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import attrs

from fupin_rules.engine._order import choose
from fupin_rules.engine._words import options_of
from fupin_rules.expr import Expr
from fupin_rules.model import MAX_MEMBERS, AnySubject, Household, Sort, catalogue
from fupin_rules.policy import Reading, Rule
from fupin_rules.quantities import PLAIN, plain
from fupin_rules.truth import Unknown


@attrs.frozen
class Question:
    """
    One question that brings an outcome nearer.

    Attributes:
        fact: The fact asked for, as `with_fact` takes it; `members` asks how many there are.
        text: The question, by language, with the unit of a number.
        why: What it is asked for, by language.
        rule: Id of the rule that it is asked for; empty where no rule asks.
        sort: What an answer is: `flag`, `number`, `day`, `code`, `codes` or `text`.
        choices: Values to choose from, with their words by language; empty for a number, a day or a text.
        unit: Unit of a number, as text; empty otherwise.
        low: Lowest number that is taken; None for what is no number.
        high: Highest number that is taken, or most codes of a set; None where nothing bounds it.
        places: Decimal places of a number: 2 for money, 0 for a count.
        member: Id of the member it is about; None where it is about the whole subject.
    """

    fact: str
    text: Mapping[str, str]
    why: Mapping[str, str]
    rule: str
    sort: str
    choices: tuple[tuple[object, Mapping[str, str]], ...] = ()
    unit: str = ""
    low: Decimal | None = None
    high: Decimal | None = None
    places: int = 0
    member: str | None = None

    def to_plain(self) -> dict[str, Any]:
        """Give the question as plain data that JSON can hold."""
        return {
            "fact": self.fact,
            "text": dict(self.text),
            "why": dict(self.why),
            "rule": self.rule,
            "sort": self.sort,
            "choices": [{"value": value, **words} for value, words in self.choices],
            "unit": self.unit,
            "low": None if self.low is None else plain(self.low),
            "high": None if self.high is None else plain(self.high),
            "places": self.places,
            "member": self.member,
        }


def next_question(
    reading: Reading, outcome: Expr, open_claim: Unknown, *, besides: Collection[str] = ()
) -> Question | None:
    """
    Choose the next question for an open outcome.

    Args:
        reading: The subject as the rules read it.
        outcome: The composed outcome, over rule ids.
        open_claim: Its open value.
        besides: Facts that are not to be asked for.

    Returns:
        The question; None where all that is missing is not to be asked for.
    """
    chosen = choose(reading, outcome, open_claim.missing.difference(besides))
    return None if chosen is None else question_about(reading.subject, *chosen)


def question_about(subject: AnySubject, fact: str, rule: Rule | None = None) -> Question:
    """
    Ask for a fact of a subject.

    Args:
        subject: The household, village or area.
        fact: The fact, as `with_fact` takes it, or `members`: how many there are, not fewer than are listed.
        rule: The rule that it is asked for, where there is one.

    >>> question_about(Household(id="1"), "living.is_unsafe_house").text["zh"]
    '是否危房户？'
    """
    ground = {"zh": "", "en": ""}
    if rule is not None:
        ground = {"zh": f"用于判断「{rule.zh}」", "en": f"to decide “{rule.en}”"}
    why, rule_id = MappingProxyType(ground), "" if rule is None else rule.id
    known = catalogue(type(subject))
    field = known.field(fact)
    if field is None:
        assert isinstance(subject, Household)
        return _head_count(subject, why, rule_id)
    spec = field.spec
    unit = spec.unit if spec.sort is Sort.NUMBER else PLAIN
    zh, en = known.label(fact, "zh"), known.label(fact, "en")
    in_zh, in_en = (f"（单位：{unit.words('zh')}）", f" (in {unit.words('en')})") if unit != PLAIN else ("", "")
    return Question(
        fact,
        MappingProxyType({"zh": f"{zh}{in_zh}？", "en": f"{en[:1].upper()}{en[1:]}{in_en}?"}),
        why,
        rule_id,
        spec.sort.value,
        tuple((value, MappingProxyType({"zh": one, "en": other})) for value, one, other in options_of(field)),
        "" if unit == PLAIN else str(unit),
        spec.low,
        spec.high if spec.most is None else Decimal(spec.most),
        spec.places,
        known.member_id(fact),
    )


def _head_count(household: Household, why: Mapping[str, str], rule_id: str) -> Question:
    zh, en = "共同生活、分担开支的成员共有几人？", "How many people live together and share costs?"
    return Question(
        "members",
        MappingProxyType({"zh": zh, "en": en}),
        why,
        rule_id,
        Sort.NUMBER.value,
        unit="person",
        low=Decimal(max(1, len(household.members))),
        high=Decimal(MAX_MEMBERS),
    )
