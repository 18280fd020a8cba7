"""What decides and what holds up: rules with how many they fail or leave open, facts nobody has told, standings."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from fupin_rules.citations import Standing
from fupin_rules.engine import Assessment
from fupin_rules.model import Household, catalogue
from fupin_rules.policy import Outcome, Rule, RuleKind, Snapshot, Subject
from fupin_rules.report._audit import Bits, Claimed, bits_of
from fupin_rules.report._coarse import is_small, join_parts
from fupin_rules.report._figures import Figure, Row, Said
from fupin_rules.report._rows import Column, Counted, Home, by_class, in_order

_OPEN: Final[Column] = ("open", Said("待定", "open"))
# By kind: title, the value that goes against a household, and what it is called.
_KINDS: Final = {
    RuleKind.ELIGIBILITY: (Said("识别条件", "conditions"), False, Said("未达到", "not met")),
    RuleKind.EXCLUSION: (Said("排除情形", "exclusions"), True, Said("命中", "hit")),
    RuleKind.CHECK: (Said("数据疑点", "findings"), True, Said("存疑", "found")),
}
_OVERLAP: Final = Said("一户可以计入多条。", "One household may be counted in several rows.")
SHOWN_FACTS: Final = 40


def rules_that_decide(
    held: Sequence[Assessment], snapshot: Snapshot, least: int
) -> Iterator[tuple[Figure, tuple[Claimed, ...]]]:
    """Count, for each rule, how many it goes against and for how many it is open; one figure for each kind."""
    for kind, (said, against, word) in _KINDS.items():
        rules = snapshot.rules_of(Subject.HOUSEHOLD, kind)
        claimed = [_rule_row(rule, held, against=against, least=least) for rule in rules]
        if kind is RuleKind.CHECK:
            # Checks that found nothing would bury the others.
            claimed = [each for each in claimed if each.held[0]]
        if claimed:
            yield (
                Figure(kind.value, said, (("against", word), _OPEN), (), is_whole=False, note=_OVERLAP),
                tuple(claimed),
            )


def _rule_row(rule: Rule, held: Sequence[Assessment], *, against: bool, least: int) -> Claimed:
    values = [each.values[rule.id] for each in held]
    counts = (values.count(against), values.count(None), values.count(not against))
    # The rest is not shown, but would be known from all: where it is small, what tells it is not shown either.
    alone = {group[0] for group in join_parts(counts, least) if len(group) == 1}
    told = tuple(counts[place] if place in alone else None for place in (0, 1))
    row = Row(rule.id, Said(rule.zh, rule.en), told, standing=rule.citation.standing)
    return Claimed(row, (bits_of(value is against for value in values), bits_of(value is None for value in values)))


def facts_missing(held: Sequence[Assessment], least: int) -> tuple[Figure, tuple[Claimed, ...]]:
    """Count, for each fact, how many households it holds up, and for how many nothing else is missing."""
    whole = sum(each.outcome is Outcome.UNDETERMINED for each in held)
    any_of: dict[str, list[int]] = {}
    only: dict[str, list[int]] = {}
    for at, each in enumerate(held):
        facts = tuple(dict.fromkeys(_general(fact) for fact in each.missing))
        for fact in facts:
            any_of.setdefault(fact, []).append(at)
        if len(facts) == 1:
            only.setdefault(facts[0], []).append(at)
    figure = Figure(
        "missing",
        Said("尚缺的事实", "facts that are missing"),
        (("held_up", Said("卡住的户", "households held up")), ("only", Said("只缺这一项", "nothing else missing"))),
        (),
        is_whole=False,
        note=_OVERLAP,
    )
    most = sorted(any_of, key=lambda fact: (-len(any_of[fact]), fact))[:SHOWN_FACTS]
    rows = (_fact_row(fact, any_of[fact], only.get(fact, []), whole, least) for fact in most)
    return figure, tuple(rows)


def _general(fact: str) -> str:
    return f"members[].{fact.partition('].')[2]}" if fact.startswith("members[") else fact


def _fact_row(fact: str, any_of: Sequence[int], only: Sequence[int], whole: int, least: int) -> Claimed:
    count, alone = len(any_of), len(only)
    groups = join_parts((alone, count - alone, whole - count), least)
    is_known = (2,) in groups and not is_small(count, least)
    held_up = count if is_known else None
    told = alone if is_known and (0,) in groups and not is_small(alone, least) else None
    return Claimed(Row(fact, _fact_words(fact), (held_up, told)), (_bits(any_of), _bits(only)))


def _bits(places: Sequence[int]) -> Bits:
    return sum(1 << at for at in places)


def _fact_words(fact: str) -> Said:
    known = catalogue(Household)
    field = known.members.get(fact.removeprefix("members[].")) if fact.startswith("members[") else None
    if field is None:
        return Said(known.label(fact, "zh"), known.label(fact, "en"))
    return Said(f"成员：{field.label('zh')}", f"a member: {field.label('en')}")


_STANDINGS: Final[tuple[Column, ...]] = tuple(
    (each.value, Said(each.words("zh"), each.words("en"))) for each in Standing
)


def standings(homes: Sequence[Home], columns: Sequence[Column], least: int) -> Counted:
    """Count outcomes by the weakest standing among the sources that each rests on."""
    places = [list(Standing).index(answer.standing) for answer, _ in homes]
    counts, cells = by_class(homes, places, len(_STANDINGS), columns, least)
    said = Said("结论依据的最弱等级", "the weakest source an outcome rests on")
    rows = in_order(_STANDINGS, counts, least)
    return Counted(Figure("standings", said, tuple(columns), rows, is_whole=True), cells)
