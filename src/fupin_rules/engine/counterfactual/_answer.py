"""The answer: what was asked, each change that turns the outcome with its margin, and how far the search went."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

import attrs

from fupin_rules.engine._assessment import EXIT_WORDS, OUTCOME_WORDS, SUBJECT_WORDS, Assessment, ExitAssessment
from fupin_rules.engine._explain import Explanation, Section
from fupin_rules.engine._gaps import Gap
from fupin_rules.engine._words import fact_list
from fupin_rules.markup import Drawing, Tone, both_html, both_markdown, draw_html, draw_markdown, draw_text, mimebundle
from fupin_rules.model import Field, catalogue, fact_words
from fupin_rules.policy import ExitOutcome, Outcome
from fupin_rules.quantities import said


@attrs.frozen
class Alternative:
    """
    One change that turns the outcome; the reference assessment has judged it.

    Attributes:
        changes: Facts by path, each with its value before and after, as the model holds them.
        margin: For each number among them, by how much it moves, in its own unit; one smallest unit less of a change of
            one number would not turn the outcome.
        rules: Rules that count for the outcome and turn with it, by id.
        after: The assessment once the changes are made.
    """

    changes: Mapping[str, tuple[Any, Any]] = attrs.field(hash=False)
    margin: Mapping[str, Decimal] = attrs.field(hash=False)
    rules: tuple[str, ...]
    after: Assessment | ExitAssessment = attrs.field(eq=False, repr=False)

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {
            "changes": {
                path: {"before": _plain(before), "after": _plain(after)}
                for path, (before, after) in self.changes.items()
            },
            "margin": {path: str(margin) for path, margin in self.margin.items()},
            "rules": list(self.rules),
            "outcome": self.after.outcome.value,
        }


@attrs.frozen
class Counterfactual:
    """
    What would turn an outcome.

    Attributes:
        before: The assessment of the subject as it is known today.
        towards: The outcome that was looked for; None where facts are missing and none was named.
        alternatives: Changes that turn it, the smallest first; facts of one are never all in another.
        searched: Facts that might be changed, by path: known, read by the rules that count, and not fixed.
        at_once: How many facts at once were tried in every combination.
        tried: How many changed subjects were judged.
        is_cut: Whether the search stopped at its bound of tries.
        is_fewest: Whether it is shown that fewer facts cannot turn the outcome; where there is no alternative, that no
            fact searched can. The search shows it where the outcome stays as it is with the facts left open.
        is_proved: Whether a prover has shown that no smaller change turns the outcome.
    """

    before: Assessment | ExitAssessment = attrs.field(eq=False, repr=False)
    towards: Outcome | ExitOutcome | None
    alternatives: tuple[Alternative, ...] = ()
    searched: tuple[str, ...] = ()
    at_once: int = 0
    tried: int = 0
    is_cut: bool = False
    is_fewest: bool = False
    is_proved: bool = False

    @property
    def outcome_before(self) -> Outcome | ExitOutcome:
        """The outcome today."""
        return self.before.outcome

    @property
    def missing(self) -> tuple[str, ...]:
        """Facts to ask for while the outcome is not settled."""
        return self.before.missing

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """For exit: guarantees that are not met, each with what it is short of."""
        return self.before.failed if isinstance(self.before, ExitAssessment) else ()

    def note(self, language: str) -> str:
        """Say how far the answer goes, in `zh` or `en`."""
        zh = language == "zh"
        if self.towards is None:
            return "尚缺事实，请先补齐" if zh else "facts are missing: ask for them first"
        said_zh, said_en = self._how_firm()
        if self.is_cut:
            said_zh += f"；试满{self.tried}次即停"
            said_en += f"; stopped after {self.tried} tries"
        return said_zh if zh else said_en

    def _how_firm(self) -> tuple[str, str]:
        if self.is_proved and self.alternatives:
            return "已证明为最小的改动", "proved smallest"
        if self.alternatives:
            fewer = (
                ("；但已知改变更少的事实都不行", "; fewer facts are shown not to do") if self.is_fewest else ("", "")
            )
            return f"由搜索得出，未证明为最小{fewer[0]}", f"searched, not proved smallest{fewer[1]}"
        if self.is_proved or self.is_fewest:
            return "只改变已知的事实，得不到这一结论", "no change of the facts that are known gives that outcome"
        return (
            f"{self.at_once}个事实以内没有找到会改变结论的改动，但不能证明没有",
            f"none of up to {self.at_once} facts was found, which does not prove that there is none",
        )

    def explanation(self, language: str = "zh") -> Explanation:
        """Give the answer as a value that can be drawn as text, Markdown or HTML."""
        zh = language == "zh"
        snapshot = self.before.snapshot
        policy = snapshot.title(language)
        remarks = [
            f"政策：{policy}，评估日 {snapshot.on}" if zh else f"policy: {policy}, on {snapshot.on}",
            self.note(language),
            "不增减成员；年龄、性别、民族、亲属关系、健康和已发生的事不改；这是规则的说明，不是建议"
            if zh
            else "no member is added or removed; age, sex, ethnicity, kinship, health and what has happened stay as "
            "they are; this tells what the rules turn on, and is no advice",
        ]
        gaps = tuple(f"{each.label_zh}：{each.zh}" if zh else f"{each.label_en}: {each.en}" for each in self.gaps)
        missing = tuple(fact_list(self.missing, catalogue(type(self.before.subject)), language))
        return Explanation(
            language,
            self._headline(language),
            tuple(remarks),
            (
                *(self._section(number, each, language) for number, each in enumerate(self.alternatives, 1)),
                Section("差距" if zh else "gaps", lines=gaps),
                Section("尚缺的事实" if zh else "facts still missing", lines=missing),
            ),
            "facts",
            Tone.of(self.before.claim),
        )

    def _headline(self, language: str) -> str:
        zh = language == "zh"
        whose = f"{SUBJECT_WORDS[type(self.before.subject)][0 if zh else 1]} {self.before.subject_id}"
        now = _outcome_words(self.outcome_before, language)
        if self.towards is None:
            return f"{whose}：{now}" if zh else f"{whose}: {now}"
        then = _outcome_words(self.towards, language)
        return f"{whose}：现为“{now}”，怎样会变为“{then}”" if zh else f"{whose}: “{now}”; what would make it “{then}”"

    def _section(self, number: int, alternative: Alternative, language: str) -> Section:
        zh = language == "zh"
        rules = [self.before.snapshot.rule(each) for each in alternative.rules]
        turned = ("、" if zh else "; ").join(rule.zh if zh else rule.en for rule in rules)
        lines = (
            *self._lines(alternative, language),
            f"随之改变的规则：{turned}" if zh else f"rules that turn: {turned}",
        )
        return Section(f"办法{number}" if zh else f"way {number}", lines=lines)

    def _lines(self, alternative: Alternative, language: str) -> Iterator[str]:
        zh = language == "zh"
        known = catalogue(type(self.before.subject))
        for path, (before, after) in alternative.changes.items():
            field = known.field(path)
            assert field is not None
            (label,) = fact_list((path,), known, language)
            moved = f"{fact_words(before, field.spec, language)} → {fact_words(after, field.spec, language)}"
            margin = alternative.margin.get(path)
            moved += "" if margin is None else _margin_words(margin, field, language)
            yield f"{label}：{moved}" if zh else f"{label}: {moved}"

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it, in `zh` or `en`."""
        return self.explanation(language).drawing

    as_text = draw_text
    as_markdown = draw_markdown
    as_html = draw_html
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle

    def to_plain(self) -> dict[str, Any]:
        """Give the answer as plain data that JSON can hold."""
        return {
            "before": self.before.to_plain(),
            "towards": None if self.towards is None else self.towards.value,
            "alternatives": [each.to_plain() for each in self.alternatives],
            "searched": list(self.searched),
            "at_once": self.at_once,
            "tried": self.tried,
            "is_cut": self.is_cut,
            "is_fewest": self.is_fewest,
            "is_proved": self.is_proved,
            "note": {language: self.note(language) for language in ("zh", "en")},
        }


def _outcome_words(outcome: Outcome | ExitOutcome, language: str) -> str:
    words = OUTCOME_WORDS[outcome] if isinstance(outcome, Outcome) else EXIT_WORDS[outcome]
    return words[0 if language == "zh" else 1]


def _margin_words(margin: Decimal, field: Field, language: str) -> str:
    amount = said(abs(margin), field.spec.unit, language)
    if language == "zh":
        return f"（{'减少' if margin < 0 else '增加'}{amount}）"
    return f" ({amount} {'less' if margin < 0 else 'more'})"


def _plain(value: Any) -> Any:
    match value:
        case frozenset():
            return sorted(str(code) for code in value)
        case bool():
            return value
        case _:
            return str(value)
