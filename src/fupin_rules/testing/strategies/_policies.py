"""Policies that load, each on a day: dated parameters, definitions, rules of every kind with their exceptions."""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from types import MappingProxyType
from typing import Final

import hypothesis.strategies as st

from fupin_rules.citations import Citation, Source, Standing
from fupin_rules.expr import Expr, Literal, Name, Or
from fupin_rules.periods import Period
from fupin_rules.policy import (
    DatedValue,
    Definition,
    EligibleWhen,
    Parameter,
    ParameterValue,
    Policy,
    Ranking,
    RankingMethod,
    Rule,
    RuleKind,
    Snapshot,
    Subject,
    Unless,
)
from fupin_rules.quantities import Unit
from fupin_rules.testing.strategies._expressions import expressions
from fupin_rules.testing.strategies._people import check_bounds

_SOURCE: Final = Source("drawn", "随机", "drawn", Standing.ASSUMPTION)
_CITED: Final = Citation(_SOURCE)
_FIRST, _TURN, _END = date(2014, 1, 1), date(2016, 1, 1), date(2018, 1, 1)
_EARLY, _LATE = Period(_FIRST, _TURN), Period(_TURN, _END)
_PACK: Final = "drawn"
# In this order, so that the smallest policy can say who is eligible, and the next who may leave.
_KINDS: Final = (RuleKind.ELIGIBILITY, RuleKind.EXIT, RuleKind.EXCLUSION, RuleKind.PRIORITY, RuleKind.CHECK)
_LINES: Final = (Fraction(2736), Fraction(3000), Fraction(3402), Fraction("2736.01"))
_SINCE: Final = (date(2010, 1, 1), date(2015, 8, 31))


def _dated(values: Sequence[ParameterValue]) -> tuple[DatedValue, ...]:
    return tuple(DatedValue(period, value, _CITED) for period, value in zip((_EARLY, _LATE), values, strict=True))


def _parameters(lines: Sequence[Fraction], since: Sequence[date]) -> Mapping[str, Parameter]:
    line = Parameter("line", "线", "line", Unit.parse("yuan / person / year"), "", _dated(lines), _PACK)
    return {"line": line, "since": Parameter("since", "起始日", "first day", None, "", _dated(since), _PACK)}


def _definition(subject: Subject, expr: Expr) -> Definition:
    return Definition("is_in_need", subject, "确有困难", "in need", expr, _CITED, _PACK)


def _rule(number: int, subject: Subject, when: Expr, unless: tuple[Unless, ...] = ()) -> Rule:
    kind = _KINDS[number % len(_KINDS)]
    name = f"rule_{number + 1}"
    return Rule(name, kind, subject, f"规则{number + 1}", f"rule {number + 1}", when, _CITED, _PACK, unless)


def _policy(
    subject: Subject,
    parameters: Mapping[str, Parameter],
    definitions: Sequence[Definition],
    rules: Sequence[Rule],
    eligible: EligibleWhen | None = None,
) -> Policy:
    priorities = any(rule.kind is RuleKind.PRIORITY for rule in rules)
    return Policy(
        id=_PACK,
        version="1",
        zh="随机",
        en="drawn",
        days=Period(_FIRST, _END),
        subjects=(subject,),
        parameters=MappingProxyType(dict(parameters)),
        definitions=MappingProxyType({each.name: each for each in definitions}),
        rules=tuple(rules),
        eligible_when=MappingProxyType({} if eligible is None else {subject: eligible}),
        rankings=MappingProxyType({subject: Ranking(RankingMethod.COUNT, (), (), _CITED)} if priorities else {}),
        sources=MappingProxyType({_SOURCE.id: _SOURCE}),
        lineage=(_PACK,),
    )


@functools.cache
def _claims(subject: Subject, depth: int, *, defined: bool, begun: bool) -> st.SearchStrategy[Expr]:
    """Claims over what every drawn policy has, with the widest ranges; cached, for a scope has hundreds of names."""
    truth = Literal(True)
    parameters = _parameters((min(_LINES), max(_LINES)), _SINCE)
    definitions = [_definition(subject, truth)] if defined else []
    rules = [_rule(0, subject, truth)] if begun else []
    return expressions(_policy(subject, parameters, definitions, rules).scopes()[subject], max_depth=depth)


@st.composite
def _snapshots(draw: st.DrawFn, subject: Subject, size: tuple[int, int], depth: int) -> Snapshot:
    lines, days = st.sampled_from(_LINES), st.sampled_from(_SINCE)
    parameters = _parameters([draw(lines), draw(lines)], [draw(days), draw(days)])
    definitions: list[Definition] = []
    rules: list[Rule] = []

    def claim() -> Expr:
        return draw(_claims(subject, depth, defined=bool(definitions), begun=bool(rules)))

    if draw(st.booleans()):
        definitions = [_definition(subject, draw(_claims(subject, depth, defined=False, begun=False)))]
    for number in range(draw(st.integers(*size))):
        excused = _KINDS[number % len(_KINDS)] is RuleKind.EXCLUSION and draw(st.booleans())
        unless = (Unless("excused", "例外", "excused", claim(), _CITED),) if excused else ()
        rules.append(_rule(number, subject, claim(), unless))
    conditions = tuple(Name(rule.id) for rule in rules if rule.kind is RuleKind.ELIGIBILITY)
    either = len(conditions) > 1 and draw(st.booleans())
    policy = _policy(subject, parameters, definitions, rules, EligibleWhen(Or(conditions), _CITED) if either else None)
    return policy.on(draw(st.sampled_from([_FIRST, _TURN - timedelta(days=1), _TURN, date(2016, 2, 29)])))


def policies(
    *, min_rules: int = 1, max_rules: int = 6, max_depth: int = 2, subject: Subject = Subject.HOUSEHOLD
) -> st.SearchStrategy[Snapshot]:
    """
    Policies on a day: parameters with two values over time, definitions, and rules that read any fact.

    Args:
        min_rules: Fewest rules. The first is a condition of being eligible, the second a guarantee of exit, then come
            an exclusion, a priority and a check, and so on in turn.
        max_rules: Most rules.
        max_depth: How deep their expressions may be nested.
        subject: Whom they are about.

    Returns:
        Snapshots that shrink toward the oldest: the first day that is covered, few rules, and a single name or truth
        value in each. The days drawn are the first, the last before the parameters turn, the first after, a leap day.

    Raises:
        InvalidArgument: There is nothing within the bounds.

    >>> from hypothesis import Phase, find, settings
    >>> quick = settings(phases=[Phase.generate])
    >>> smallest = find(policies(), lambda _: True, settings=quick)
    >>> smallest.on, [(rule.id, rule.kind.value) for rule in smallest.rules]
    (datetime.date(2014, 1, 1), [('rule_1', 'eligibility')])
    """
    check_bounds(rules=(min_rules, max_rules, 100), max_depth=(0, max_depth, 10))
    return _snapshots(subject, (min_rules, max_rules), max_depth)
