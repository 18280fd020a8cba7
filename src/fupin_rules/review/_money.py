"""
What a fen more does: outcomes that turn the wrong way, two rules that turn at once, turns where no line is drawn.

Every finding shows two neighbours, who differ by one fen of one amount.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from fupin_rules.comparison import Refuted, never
from fupin_rules.errors import ExpressionError, LimitError
from fupin_rules.expr import And, Expr, IfElse, Kind, Name, Not, Or, names
from fupin_rules.policy import FindingCode, Rule, RuleKind, judge
from fupin_rules.review._asker import Asker
from fupin_rules.review._codes import Both
from fupin_rules.review._finding import Finding, WhyOpen
from fupin_rules.review._look import Look
from fupin_rules.review._moved import Moved, moved
from fupin_rules.review._outcomes import SUBJECTS, outcomes_of, seen_of

# Of these more is better off; of the second, worse off. Of other amounts either may be.
INCOMES: Final = frozenset(
    {
        "income.wage_income_yuan",
        "income.operating_income_yuan",
        "income.property_income_yuan",
        "income.asset_dividend_yuan",
        "income.other_property_yuan",
        "income.family_planning_benefit_yuan",
        "income.dibao_benefit_yuan",
        "income.ecology_compensation_yuan",
        "income.wubao_benefit_yuan",
        "income.pension_yuan",
        "income.other_transfer_yuan",
        "income.stated_transfer_total_yuan",
        "income.stated_gross_income_yuan",
        "income.stated_net_income_yuan",
        "income.stated_net_income_per_capita_yuan",
        "monitoring.disposable_income_per_person_yuan",
        "monitoring.claims_income_yuan",
        "monitoring.removal_income_per_person_yuan",
        "net_income_per_capita_yuan",
        "collective_income_wan_yuan",
    }
)
COSTS: Final = frozenset(
    {"income.operating_cost_yuan", "monitoring.own_spending_yuan", "monitoring.illness_spending_yuan"}
)
_DECIDING: Final = (RuleKind.ELIGIBILITY, RuleKind.EXCLUSION, RuleKind.EXIT)
_PARTS: Final[dict[str, Both]] = {"eligible": ("识别结果", "eligibility"), "exit": ("退出结果", "exit")}


def _amounts(look: Look, claim: Expr) -> list[str]:
    """Name the amounts of money that a claim reads, in the order of the catalogue."""
    read = look.reads(claim)
    return [
        path
        for path, each in look.meaning.facts.items()
        if path in read and each.type.kind is Kind.NUMBER and "yuan" in str(each.type.unit)
    ]


def _atoms(look: Look, claim: Expr) -> Iterator[Expr]:
    """Give the claims that a claim is joined of, through definitions and rules."""
    for text in look.reached(claim):
        waiting = [text]
        while waiting:
            match waiting.pop():
                case And(operands) | Or(operands):
                    waiting += operands
                case Not(operand):
                    waiting.append(operand)
                case IfElse(condition, then, otherwise) as each if look.meaning.kind(each) is Kind.CLAIM:
                    waiting += [condition, then, otherwise]
                case each if look.meaning.kind(each) is Kind.CLAIM and not look.meaning.is_named(each):
                    yield each
                case _:
                    pass


class Money:
    """
    Looks at what a fen more does.

    Args:
        asker: Puts the questions.
        constant: Rules and outcomes, by period, that are known not to vary.
    """

    def __init__(self, asker: Asker, constant: set[tuple[object, str]]) -> None:
        self.asker = asker
        self.constant = constant

    def turns(self, look: Look) -> Iterator[Finding]:
        """Look at all turns of the outcomes of a subject."""
        held = outcomes_of(look)
        for part, claim in (("eligible", held.eligible), ("exit", held.exit)):
            name = f"{look.about}.{part}"
            if claim is None or (look.period, name) in self.constant:
                continue
            for fact in _amounts(look, claim):
                if (pair := self._moved(look, fact, name)) is not None:
                    if not self._is_plain(look, pair, part, claim):
                        yield from self._wrong_way(look, pair, part, claim)
                    if not all(self._on_lines(pair, name, Name(each)) for each in self._turning(look, pair, claim)):
                        yield from self._off_line(look, pair, part, claim)
        yield from self._double(look)

    def _moved(self, look: Look, fact: str, name: str) -> Moved | None:
        try:
            pair = moved(look, fact)
            pair.look.rules.scope(look.about)
        except (ExpressionError, LimitError):
            self.asker.leave((FindingCode.NOT_MONOTONE, name), WhyOpen.SIZE)
            return None
        return pair

    # -- rule by rule ------------------------------------------------------------------------------------------------

    def _turning(self, look: Look, pair: Moved, claim: Expr) -> list[str]:
        """Name the rules of an outcome that read the fact: where the outcome turns, so does one of them."""
        return [name for name in sorted(names(claim)) if pair.fact in look.reads(Name(name))]

    def _is_plain(self, look: Look, pair: Moved, part: str, claim: Expr) -> bool:
        """Tell whether every rule turns the right way, so that an outcome that is their "and" does."""
        if part == "eligible" and look.about in look.rules.policy.eligible_when:
            return False
        code, fact = FindingCode.NOT_MONOTONE, pair.fact
        if fact not in INCOMES and fact not in COSTS:
            return False
        for name in self._turning(look, pair, claim):
            # With more income a condition must not begin to hold; the contrary for costs, exclusions and guarantees.
            turned = (part == "exit", look.rules.rule(name).kind is RuleKind.EXCLUSION, fact in COSTS)
            wrong = pair.begins if sum(turned) % 2 == 0 else pair.ends
            asked = pair.within(wrong(Name(name)))
            if self.asker.proves(never, pair.look, asked, what=(code, f"{look.about}.{part}")) is None:
                return False
        return True

    def _on_lines(self, pair: Moved, name: str, rule: Expr) -> bool:
        """Tell whether a rule turns only where a line of a parameter is crossed."""
        asked = pair.within(pair.turns(rule), *self._quiet(pair, rule))
        return self.asker.proves(never, pair.look, asked, what=(FindingCode.TURN_OFF_LINE, name)) is not None

    def _quiet(self, pair: Moved, claim: Expr) -> list[Expr]:
        """Say of each line that a claim draws with a parameter that it is not crossed."""
        look, constants = pair.look, pair.look.meaning.constants.keys()
        return [
            Not(pair.turns(each))
            for each in _atoms(look, claim)
            if (read := look.reads(each)) & constants and pair.fact in read
        ]

    # -- the wrong way -----------------------------------------------------------------------------------------------

    def _wrong_way(self, look: Look, pair: Moved, part: str, claim: Expr) -> Iterator[Finding]:
        code, name, fact = FindingCode.NOT_MONOTONE, f"{look.about}.{part}", pair.fact
        is_better = fact in INCOMES
        # Who is better off must not come to be eligible, nor cease to be ready to leave.
        falls = is_better if part == "eligible" else not is_better
        wrong = [pair.begins(claim) if falls else pair.ends(claim)]
        if not is_better and fact not in COSTS:
            wrong = [pair.begins(claim), pair.ends(claim)]
        shown = [self.asker.refutes(never, pair.look, pair.within(each), what=(code, name)) for each in wrong]
        if not all(shown):
            return
        zh, en = SUBJECTS[look.about]
        label = self._label(look, fact)
        turned = {
            ("eligible", True): ("由不符合变为符合", "comes to be eligible"),
            ("eligible", False): ("由符合变为不符合", "ceases to be eligible"),
            ("exit", True): ("由未达标变为达到退出标准", "comes to meet the guarantees of exit"),
            ("exit", False): ("由达到退出标准变为未达标", "ceases to meet the guarantees of exit"),
        }[part, falls]
        words = f"{label[0]}多一分，{zh}{turned[0]}", f"with one fen more of {label[1]} a {en} {turned[1]}"
        if len(wrong) > 1:
            words = (
                f"{label[0]}多一分，{_PARTS[part][0]}有时变为是，有时变为否",
                f"with one fen more of {label[1]}, {_PARTS[part][1]} turns one way for some and the other for others",
            )
        yield self._shown(code, name, look, pair, words, shown)

    def _off_line(self, look: Look, pair: Moved, part: str, claim: Expr) -> Iterator[Finding]:
        code, name = FindingCode.TURN_OFF_LINE, f"{look.about}.{part}"
        asked = pair.within(pair.turns(claim), *self._quiet(pair, claim))
        if shown := self.asker.refutes(never, pair.look, asked, what=(code, name)):
            label = self._label(look, pair.fact)
            words = (
                f"{label[0]}相差一分，{_PARTS[part][0]}变化，而没有参数划在此处",
                f"one fen of {label[1]} turns {_PARTS[part][1]}, and no parameter draws a line there",
            )
            yield self._shown(code, name, look, pair, words, [shown])

    # -- two at once -------------------------------------------------------------------------------------------------

    def _double(self, look: Look) -> Iterator[Finding]:
        rules = [
            rule
            for kind in _DECIDING
            for rule in look.rules.rules_of(look.about, kind)
            if (look.period, rule.id) not in self.constant
        ]
        read = {rule.id: _amounts(look, Name(rule.id)) for rule in rules}
        for place, rule in enumerate(rules):
            for other in rules[:place]:
                shared = [fact for fact in read[other.id] if fact in read[rule.id]]
                if shared:
                    yield from self._pair(look, other, rule, shared[0])

    def _pair(self, look: Look, one: Rule, other: Rule, fact: str) -> Iterator[Finding]:
        code = FindingCode.DOUBLE_TURN
        pair = self._moved(look, fact, other.id)
        if pair is None:
            return
        asked = pair.within(pair.turns(Name(one.id)), pair.turns(Name(other.id)))
        if shown := self.asker.refutes(never, pair.look, asked, what=(code, other.id)):
            label = self._label(look, fact)
            words = (
                f"{label[0]}相差一分，`{one.id}` 与 `{other.id}` 同时变化",
                f"one fen of {label[1]} turns `{one.id}` and `{other.id}` at once",
            )
            yield self._shown(code, other.id, look, pair, words, [shown])

    # -- shown -------------------------------------------------------------------------------------------------------

    def _label(self, look: Look, fact: str) -> Both:
        declared = look.meaning.facts[fact]
        return declared.zh, declared.en

    def _shown(
        self, code: FindingCode, name: str, look: Look, pair: Moved, words: Both, shown: Sequence[Refuted | None]
    ) -> Finding:
        seen, related = [], list[str]()
        for each in shown:
            assert each is not None
            subjects = each.witness, pair.neighbour(each.witness)
            values = [judge(subject, look.rules).values for subject in subjects]
            turned = [rule for rule in values[0] if values[0][rule] != values[1][rule]]
            related += [rule for rule in turned if rule not in related]
            seen += [seen_of(subject, look, *turned) for subject in subjects]
        others = tuple(rule for rule in related if rule != name)
        return Finding(code, name, "", *words, (look.period,), others, seen=tuple(seen))
