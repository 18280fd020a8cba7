"""Amendments of the shipped pack `yucheng-2016`, at random: patches of every kind, days and publication in any order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import attrs
import hypothesis.strategies as st

import fupin_rules as fr
from fupin_rules.citations import Citation, Source, Standing
from fupin_rules.expr import parse
from fupin_rules.periods import Period
from fupin_rules.policy import (
    AddDefinition,
    AddException,
    AddParameter,
    AddRule,
    Amendment,
    ChangeDefinition,
    ChangeRule,
    Definition,
    DropException,
    DropRule,
    EligibleWhen,
    Patch,
    Ranking,
    RankingMethod,
    Rule,
    RuleKind,
    SetEligibleWhen,
    SetLabel,
    SetParameter,
    SetRanking,
    Subject,
    TieBreak,
    Unless,
)
from fupin_rules.quantities import Unit

YUCHENG = fr.load_policy("yucheng-2016")
FIRST, LAST = date(2016, 1, 1), date(2016, 12, 31)
# Before the pack, on its first day, within it, on its last day.
_STARTS = (date(2015, 6, 1), FIRST, date(2016, 1, 31), date(2016, 2, 29), date(2016, 7, 1), LAST)
_ENDS = (None, None, date(2016, 3, 1), date(2016, 7, 1), date(2016, 10, 1), date(2018, 1, 1))
_PUBLISHED = (date(2015, 12, 1), FIRST, date(2016, 2, 15), date(2016, 2, 29), date(2016, 8, 1), date(2017, 3, 1))
DAYS = sorted(
    {FIRST, LAST, date(2016, 5, 5)}
    | {
        day + timedelta(days=shift)
        for day in (*_STARTS, *_ENDS, *_PUBLISHED)
        if day is not None
        for shift in (-1, 0)
        if FIRST <= day + timedelta(days=shift) <= LAST
    }
)
_PERSON_YEAR = Unit.parse("yuan / person / year")
_CLAIMS = (
    "assets.owns_car",
    'living.house_grade in {"C", "D"}',
    "net_income_per_person < income_line",
    "any(m.is_village_post_holder for m in members)",
    'count(m for m in members if m.labour == "none") >= 2',
)


def citation(key: str) -> Citation:
    source = Source(key, "关于修订的通知（虚构）", "notice (invented)", Standing.ASSUMPTION, note="invented for a test")
    return Citation(source, "1")


def patches(cited: Citation, pack: str) -> st.SearchStrategy[Patch]:
    """Draw one patch that fits the pack by itself."""
    claims = st.sampled_from(_CLAIMS).map(parse)
    lines = st.sampled_from([Decimal(3000), Decimal("3402.01"), Decimal("3500.5"), Decimal(4000)])
    kinds = st.sampled_from(
        [RuleKind.ELIGIBILITY, RuleKind.EXCLUSION, RuleKind.EXIT, RuleKind.CHECK, RuleKind.PRIORITY]
    )
    named = st.sampled_from(["income_line", "excluded_away", "net_income_per_person"])
    tie = TieBreak(parse("net_income_per_person"), "higher", cited)
    return st.one_of(
        lines.map(lambda line: SetParameter("income_line", line, cited)),
        lines.map(lambda line: AddParameter("second_line", "第二线", "second line", line, cited, _PERSON_YEAR)),
        claims.map(lambda claim: ChangeRule("excluded_vehicle", cited, claim)),
        st.sampled_from(["excluded_payroll", "look_land"]).map(lambda name: DropRule(name, cited)),
        st.builds(
            lambda kind, claim: AddRule(Rule("extra", kind, Subject.HOUSEHOLD, "新增", "extra", claim, cited, pack)),
            kinds,
            claims,
        ),
        claims.map(
            lambda claim: AddException("excluded_town_housing", Unless("extra_excuse", "例外", "excuse", claim, cited))
        ),
        st.just(DropException("excluded_away", "work_or_treatment", cited)),
        claims.map(lambda claim: ChangeDefinition("food_guaranteed", claim, cited)),
        claims.map(
            lambda claim: AddDefinition(Definition("in_need", Subject.HOUSEHOLD, "困难", "in need", claim, cited, pack))
        ),
        st.sampled_from(["income_below_line", "rural_household or income_below_line"]).map(
            lambda text: SetEligibleWhen(Subject.HOUSEHOLD, EligibleWhen(parse(text), cited))
        ),
        st.just(SetRanking(Subject.HOUSEHOLD, Ranking(RankingMethod.COUNT, (), (tie,), cited))),
        named.map(lambda name: SetLabel(name, "改称", "called otherwise", cited)),
    )


@st.composite
def periods(draw: st.DrawFn) -> Period:
    start = draw(st.sampled_from(_STARTS))
    until = draw(st.sampled_from([each for each in _ENDS if each is None or (each > start and each > FIRST)]))
    return Period(start, until)


@st.composite
def amendments(draw: st.DrawFn, key: str = "a", *, published: Sequence[date] = _PUBLISHED) -> Amendment:
    """Draw an amendment that does nothing twice."""
    cited = citation(f"source-{key}")
    drawn = draw(st.lists(patches(cited, key), min_size=1, max_size=4, unique_by=lambda each: (type(each), each.name)))
    days = draw(periods())
    if draw(st.booleans()):
        own = draw(periods())
        drawn[0] = attrs.evolve(drawn[0], days=own)
    day = draw(st.sampled_from(list(published)))
    return Amendment(key, "yucheng-2016", f"修订{key}", f"amendment {key}", cited, day, days, tuple(drawn))
