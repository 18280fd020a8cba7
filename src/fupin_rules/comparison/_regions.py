"""
The regions of a comparison: what can change for somebody between two snapshots.

The four of an outcome share out all changes among them; each is told of a pair of outcomes, by formulas for everybody
and by values for somebody.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

import attrs

from fupin_rules.comparison._lower import Reader
from fupin_rules.comparison._terms import Formula, Terms, Whole
from fupin_rules.comparison._values import Claim, Day, Number
from fupin_rules.expr import Name, evaluate
from fupin_rules.policy import (
    Judgement,
    Ranking,
    RankingMethod,
    Rule,
    RuleKind,
    Snapshot,
    Subject,
    TieBreak,
    priority_of,
)
from fupin_rules.quantities import places_of
from fupin_rules.truth import Truth, Unknown

# -- changes of an outcome ---------------------------------------------------------------------------------------------

# Whether the old and the new value of the composed claim are so: True, False, or None for open.
Change = tuple[bool | None, bool | None]
ALL_CHANGES: Final[tuple[Change, ...]] = tuple(
    (old, new) for old in (True, False, None) for new in (True, False, None) if old is not new
)


@attrs.frozen
class Named:
    """
    A region by name.

    Attributes:
        id: Stable name.
        zh: Label in Chinese.
        en: Label in English.
        changes: For a region of an outcome: which changes it holds.
    """

    id: str
    zh: str
    en: str
    changes: frozenset[Change] = frozenset()


def _parts(stem: str, words: Sequence[tuple[str, str, str]]) -> tuple[Named, ...]:
    changes: tuple[set[Change], ...] = (
        {(False, True)},
        {(True, False)},
        {(True, None), (False, None)},
        {(None, True), (None, False)},
    )
    return tuple(
        Named(f"{stem}{name}", zh, en, frozenset(held)) for (name, zh, en), held in zip(words, changes, strict=True)
    )


ELIGIBLE: Final = _parts(
    "",
    (
        ("became_eligible", "由不符合变为符合", "became eligible"),
        ("lost_eligibility", "由符合变为不符合", "lost eligibility"),
        ("became_undetermined", "由确定变为待定", "became undetermined"),
        ("settled", "由待定变为确定", "settled"),
    ),
)
EXIT: Final = _parts(
    "exit_",
    (
        ("became_met", "退出：由未达标变为达标", "exit: became met"),
        ("lost", "退出：由达标变为未达标", "exit: no longer met"),
        ("became_undetermined", "退出：由确定变为待定", "exit: became undetermined"),
        ("settled", "退出：由待定变为确定", "exit: settled"),
    ),
)
SCORE: Final = Named("score", "优先得分不同", "the priority score differs")
TIE_BREAK: Final = Named("tie_break", "同分排序依据不同", "what decides between equal scores differs")


def change_of(before: Truth | None, after: Truth | None) -> Change:
    """Tell the old and the new value of an outcome as a change; equal ones are in no region."""
    return _settled(before), _settled(after)


def _settled(value: Truth | None) -> bool | None:
    return None if value is None or isinstance(value, Unknown) else value


# -- what is looked for ------------------------------------------------------------------------------------------------


@attrs.frozen
class Wanted:
    """
    A region to look for somebody in.

    Attributes:
        named: Its name.
        formula: Who is in it, among everybody.
        holds: Whether somebody is, by the reference judgements.
        rather: Who is shown rather than others, if there is somebody.
    """

    named: Named
    formula: Formula
    holds: Callable[[Judgement, Judgement], bool]
    rather: Formula = True


def parts_of(snapshot: Snapshot, about: Subject) -> tuple[str, ...]:
    """Name what a snapshot has to say about such a subject: `eligibility`, `exit`, `ranking`."""
    kinds = {rule.kind for rule in snapshot.rules_of(about)}
    parts = [kind.value for kind in (RuleKind.ELIGIBILITY, RuleKind.EXIT) if kind in kinds]
    return tuple(parts) if snapshot.ranking(about) is None else (*parts, "ranking")


def regions_of(old: Snapshot, new: Snapshot, before: Reader, after: Reader, about: Subject) -> Iterator[Wanted]:
    """Give the regions that both snapshots have something to say about."""
    kinds = {rule.kind for rule in old.rules_of(about)} & {rule.kind for rule in new.rules_of(about)}
    allowed: Formula = True
    if RuleKind.ELIGIBILITY in kinds:
        claims = before.claim(old.eligible_expr(about)), after.claim(new.eligible_expr(about))
        yield from _of_outcome(before.terms, ELIGIBLE, *claims, lambda judgement: judgement.eligible)
        # Nobody ranks those who are out.
        allowed = before.terms.negated(before.terms.any_of((claims[0].no, claims[1].no)))
    if RuleKind.EXIT in kinds:
        met = before.claim(old.exit_expr(about)), after.claim(new.exit_expr(about))
        yield from _of_outcome(before.terms, EXIT, *met, lambda judgement: judgement.exit)
    yield from _of_rank(old, new, before, after, about, allowed)


def _of_outcome(
    terms: Terms, parts: Sequence[Named], old: Claim, new: Claim, outcome: Callable[[Judgement], Truth | None]
) -> Iterator[Wanted]:
    def said(claim: Claim) -> Mapping[bool | None, Formula]:
        return {True: claim.yes, False: claim.no, None: terms.negated(terms.any_of((claim.yes, claim.no)))}

    before, after = said(old), said(new)
    for named in parts:
        pairs = sorted(named.changes, key=str)
        formula = terms.any_of(terms.all_of((before[one], after[other])) for one, other in pairs)
        if terms.is_one(old.yes, new.yes) and terms.is_one(old.no, new.no):
            formula = False  # The same rules, word for word.

        def holds(one: Judgement, other: Judgement, changes: frozenset[Change] = named.changes) -> bool:
            return change_of(outcome(one), outcome(other)) in changes

        yield Wanted(named, formula, holds)


# -- ranks -------------------------------------------------------------------------------------------------------------


def _of_rank(
    old: Snapshot, new: Snapshot, before: Reader, after: Reader, about: Subject, allowed: Formula
) -> Iterator[Wanted]:
    one, other = old.ranking(about), new.ranking(about)
    if one is None or other is None:
        return
    terms = before.terms

    def is_ranked(*judgements: Judgement) -> bool:
        return all(each.eligible is not False for each in judgements)

    def scores(judgement: Judgement) -> object:
        values = {name: _settled(value) for name, value in judgement.values.items()}
        priority = priority_of(judgement.reading.snapshot, about, values)
        return priority and (priority.low, priority.high)

    bounds = (
        _score(one, old.rules_of(about, RuleKind.PRIORITY), before),
        _score(other, new.rules_of(about, RuleKind.PRIORITY), after),
    )
    yield Wanted(
        SCORE,
        terms.all_of((allowed, _differ(terms, *bounds))),
        lambda first, second: is_ranked(first, second) and scores(first) != scores(second),
        # Two numbers show more than two intervals.
        rather=terms.all_of(terms.equal(low, high) for low, high, _ in (*bounds[0], *bounds[1])),
    )
    breaks = _keys(one.tie_breaks, before), _keys(other.tie_breaks, after)
    prefer = [[each.prefer for each in ranking.tie_breaks] for ranking in (one, other)]
    yield Wanted(
        TIE_BREAK,
        terms.all_of((allowed, prefer[0] != prefer[1] or _apart(before, *breaks))),
        lambda first, second: (
            is_ranked(first, second)
            and (prefer[0] != prefer[1] or _read(first, one.tie_breaks) != _read(second, other.tie_breaks))
        ),
    )


# The bounds of a score: for each component the least and the greatest, times a power of ten that makes them whole.
_Bounds = list[tuple[Whole, Whole, int]]


def _score(ranking: Ranking, rules: Sequence[Rule], reader: Reader) -> _Bounds:
    terms = reader.terms
    claims = {rule.id: reader.claim(Name(rule.id)) for rule in rules}
    possible = {name: terms.negated(claim.no) for name, claim in claims.items()}
    if ranking.method is RankingMethod.LEXICOGRAPHIC:
        return [(terms.picked(claims[name].yes, 1, 0), terms.picked(possible[name], 1, 0), 1) for name in ranking.order]
    weights = {rule.id: ranking.weight(rule) for rule in rules}
    scale = 10 ** max(map(places_of, weights.values()), default=0)
    low, high = list[Whole](), list[Whole]()
    for name, weight in weights.items():
        whole = int(weight * scale)
        sure, may = terms.picked(claims[name].yes, whole, 0), terms.picked(possible[name], whole, 0)
        low.append(sure if whole > 0 else may)
        high.append(may if whole > 0 else sure)
    return [(terms.sum_of(low), terms.sum_of(high), scale)] if rules else []


def _differ(terms: Terms, one: _Bounds, other: _Bounds) -> Formula:
    if len(one) != len(other):
        return True
    return terms.any_of(
        terms.negated(terms.equal(terms.times(second[2], first[place]), terms.times(first[2], second[place])))
        for first, second in zip(one, other, strict=True)
        for place in (0, 1)
    )


def _keys(tie_breaks: Sequence[TieBreak], reader: Reader) -> list[Number | Day]:
    found = [reader.read(each.by) for each in tie_breaks]
    return [each for each in found if isinstance(each, (Number, Day))]


def _apart(reader: Reader, one: Sequence[Number | Day], other: Sequence[Number | Day]) -> Formula:
    """Say that two lists of keys differ somewhere: in what is known, or in a value that is."""
    terms = reader.terms
    parts = list[Formula]()
    for first, second in zip(one, other, strict=True):
        parts.append(terms.negated(terms.same(first.known, second.known)))
        if isinstance(first, Number) and isinstance(second, Number):
            same = reader.arithmetic.equal(first, second)
        elif isinstance(first, Day) and isinstance(second, Day):
            same = terms.equal(first.ordinal, second.ordinal)
        else:
            same = False
        parts.append(terms.all_of((first.known, second.known, terms.negated(same))))
    return terms.any_of(parts)


def _read(judgement: Judgement, tie_breaks: Sequence[TieBreak]) -> list[object]:
    values = [evaluate(each.by, judgement.reading) for each in tie_breaks]
    return [None if isinstance(value, Unknown) else value for value in values]
