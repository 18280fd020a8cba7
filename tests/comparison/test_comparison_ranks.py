"""Who is ranked differently: scores by count, weights and order, and what decides between equal ones."""

from decimal import Decimal
from types import MappingProxyType

import attrs
import pytest
from random_policies import SOURCE, rule_of, snapshot_of

import fupin_rules as fr
from fupin_rules.comparison import Proved, Witness, compare
from fupin_rules.expr import parse
from fupin_rules.policy import Ranking, RankingMethod, Rule, RuleKind, Snapshot, Subject, TieBreak

ELIGIBLE = rule_of(0, parse("income_stable"))


def priority(name: str, when: str, weight: str = "1") -> Rule:
    return attrs.evolve(
        rule_of(3, parse(when)), id=name, kind=RuleKind.PRIORITY, weight=Decimal(weight), zh=name, en=name
    )


HOUSE = priority("house", "living.is_unsafe_house", "2.5")
WATER = priority("water", "not living.water_safe", "1")
BONUS = priority("malus", "assets.owns_car", "-0.25")


def ranked(
    method: RankingMethod, *rules: Rule, by: str = "", prefer: str = "lower", more: tuple[TieBreak, ...] = ()
) -> Snapshot:
    snapshot = snapshot_of([ELIGIBLE, *rules], {})
    order = tuple(rule.id for rule in rules) if method is RankingMethod.LEXICOGRAPHIC else ()
    breaks = (TieBreak(parse(by), prefer, SOURCE), *more) if by else more
    ranking = MappingProxyType({Subject.HOUSEHOLD: Ranking(method, order, breaks, SOURCE)})
    return Snapshot(attrs.evolve(snapshot.policy, rankings=ranking), snapshot.on, snapshot.parameters)


COUNT, WEIGHTS, ORDER = RankingMethod.COUNT, RankingMethod.WEIGHTS, RankingMethod.LEXICOGRAPHIC


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        (ranked(COUNT, HOUSE, WATER), ranked(COUNT, WATER, HOUSE), False),
        (ranked(COUNT, HOUSE, WATER), ranked(COUNT, HOUSE), True),
        (ranked(WEIGHTS, HOUSE, WATER), ranked(WEIGHTS, WATER, HOUSE), False),
        (ranked(WEIGHTS, HOUSE, WATER), ranked(WEIGHTS, HOUSE, attrs.evolve(WATER, weight=Decimal("1.00"))), False),
        (ranked(WEIGHTS, HOUSE, WATER), ranked(WEIGHTS, HOUSE, attrs.evolve(WATER, weight=Decimal("1.01"))), True),
        (ranked(WEIGHTS, WATER, BONUS), ranked(WEIGHTS, WATER), True),
        (ranked(WEIGHTS, WATER, BONUS), ranked(WEIGHTS, BONUS, WATER), False),
        (ranked(WEIGHTS, WATER), ranked(COUNT, WATER), False),
        (ranked(WEIGHTS, HOUSE), ranked(COUNT, HOUSE), True),
        (ranked(ORDER, HOUSE, WATER), ranked(ORDER, HOUSE, WATER), False),
        (ranked(ORDER, HOUSE, WATER), ranked(ORDER, WATER, HOUSE), True),
        (ranked(ORDER, HOUSE, WATER), ranked(COUNT, HOUSE, WATER), True),
        (ranked(COUNT), ranked(COUNT), False),
        (ranked(COUNT, HOUSE), ranked(COUNT), True),
    ],
)
def test_a_score_that_differs_for_somebody_is_shown(old: Snapshot, new: Snapshot, differs: bool) -> None:
    answer = compare(old, new)["score"]
    assert isinstance(answer, Witness if differs else Proved)


def test_two_numbers_are_shown_rather_than_two_intervals() -> None:
    answer = compare(ranked(COUNT, HOUSE, WATER), ranked(COUNT, HOUSE))["score"]
    assert isinstance(answer, Witness)
    assert isinstance(answer.subject, fr.Household)
    assert answer.subject.living.water_safe is False
    assert answer.subject.living.is_unsafe_house is False


def test_those_who_are_out_are_not_ranked() -> None:
    only_out = priority("out", "not income_stable")
    assert isinstance(compare(ranked(COUNT, HOUSE, only_out), ranked(COUNT, HOUSE))["score"], Witness)
    surely_out = priority("out", 'or_else(not income_stable, False, because="src:draw#1")')
    assert isinstance(compare(ranked(COUNT, HOUSE, surely_out), ranked(COUNT, HOUSE, surely_out))["score"], Proved)
    never = ranked(COUNT, HOUSE, surely_out), ranked(COUNT, HOUSE, priority("out", "False"))
    assert isinstance(compare(*never, known="all")["score"], Proved)


DAY, WAGE = "relocation.moved_in", "income.wage_income_yuan"


@pytest.mark.parametrize(
    ("old", "new", "differs"),
    [
        (ranked(COUNT, HOUSE, by=WAGE), ranked(COUNT, HOUSE, by=WAGE), False),
        (ranked(COUNT, HOUSE, by=WAGE), ranked(COUNT, HOUSE, by=f"{WAGE} * 2 / 2"), False),
        (ranked(COUNT, HOUSE, by=WAGE), ranked(COUNT, HOUSE, by=f"{WAGE} + income.pension_yuan"), True),
        (ranked(COUNT, HOUSE, by=WAGE), ranked(COUNT, HOUSE, by=WAGE, prefer="higher"), True),
        (ranked(COUNT, HOUSE, by=WAGE), ranked(COUNT, HOUSE), True),
        (ranked(COUNT, HOUSE, by=WAGE), ranked(COUNT, HOUSE, by=DAY), True),
        (ranked(COUNT, HOUSE, by=DAY), ranked(COUNT, HOUSE, by=DAY), False),
        (ranked(COUNT, HOUSE, by=DAY), ranked(COUNT, HOUSE, by="relocation.keys_handed_over"), True),
    ],
)
def test_a_tie_that_is_broken_otherwise_for_somebody_is_shown(old: Snapshot, new: Snapshot, differs: bool) -> None:
    answer = compare(old, new)["tie_break"]
    assert isinstance(answer, Witness if differs else Proved)
