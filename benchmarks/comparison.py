"""
How long a proof or a witness takes, over all households of at most twelve members.

Policies, each against edits of itself: the rules of task A (`task_a.py`), over the facts of a household as the library
has them, and every shipped pack that decides about households, on its first day. An edit moves a number, turns a
comparison, drops a rule, or says the same in other words. Every region of every comparison is one answer; its time is
that of the solver, and for a witness that of making it ordinary and of judging it again by the reference assessment. A
region that reads nothing of what was edited is proved by looking. The rules are read into terms once for all regions of
a comparison. Times are those of the processor.

At last, how long a whole review of a pack takes: `yucheng-2016`, from reading its files to the last question.

    python benchmarks/comparison.py
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from statistics import median
from types import MappingProxyType
from typing import Any

import attrs

from fupin_rules.citations import Citation, Source, Standing
from fupin_rules.comparison import compare
from fupin_rules.comparison._room import Room
from fupin_rules.expr import Expr, Literal, parse
from fupin_rules.periods import Period
from fupin_rules.policy import (
    DatedValue,
    EligibleWhen,
    Parameter,
    Policy,
    Ranking,
    RankingMethod,
    Rule,
    RuleKind,
    Snapshot,
    Subject,
    installed_packs,
    load_policy,
    written_pack,
)
from fupin_rules.quantities import Unit
from fupin_rules.review import review_pack

ON = date(2016, 1, 31)
WHOLE = Period(date(2016, 1, 1), date(2017, 1, 1))
SOURCE = Citation(Source("bench", "测试", "made for measuring", Standing.ASSUMPTION))
NET = (
    "income.wage_income_yuan + income.operating_income_yuan + income.other_transfer_yuan + income.property_income_yuan"
    " - income.operating_cost_yuan"
)
PUPIL = "6 <= age(m.birth_date) <= 15"
RULES: Mapping[str, tuple[RuleKind, str, int]] = {
    "poor": (RuleKind.ELIGIBILITY, f"({NET}) / stated_member_count < line", 0),
    "allowance": (RuleKind.ELIGIBILITY, "any(m.on_dibao for m in members)", 0),
    "five_guarantees": (RuleKind.ELIGIBILITY, "any(m.on_wubao for m in members)", 0),
    "excluded_car": (RuleKind.EXCLUSION, "assets.owns_car and not assets.car_is_for_disabled_or_livelihood", 0),
    "excluded_flat": (RuleKind.EXCLUSION, "assets.owns_town_housing", 0),
    "excluded_firm": (RuleKind.EXCLUSION, "assets.runs_registered_business", 0),
    "excluded_payroll": (RuleKind.EXCLUSION, "assets.kin_of_head_is_public_employee", 0),
    "excluded_machinery": (RuleKind.EXCLUSION, "assets.owns_large_machine", 0),
    "priority_house": (RuleKind.PRIORITY, 'living.house_grade in {"C", "D"}', 3),
    "priority_water": (RuleKind.PRIORITY, "not living.water_safe", 2),
    "priority_illness": (RuleKind.PRIORITY, 'any("major_illness" in m.health for m in members)', 3),
    "priority_no_labour": (
        RuleKind.PRIORITY,
        'not any(m.labour in {"ordinary", "skilled"} or m.work_months >= 6 for m in members)',
        4,
    ),
    "priority_school": (RuleKind.PRIORITY, f'any(m.student_status == "not_in_school" for m in members if {PUPIL})', 2),
    "priority_dependants": (
        RuleKind.PRIORITY,
        "count(m for m in members if age(m.birth_date) < 16 or age(m.birth_date) > 60) >= 2",
        1,
    ),
    "exit_income": (RuleKind.EXIT, f"({NET}) / stated_member_count >= line", 0),
    "exit_house": (RuleKind.EXIT, 'living.house_grade in {"A", "B"}', 0),
    "exit_water": (RuleKind.EXIT, "living.water_safe", 0),
    "exit_school": (RuleKind.EXIT, f'all(m.student_status != "not_in_school" for m in members if {PUPIL})', 0),
    "exit_insured": (RuleKind.EXIT, "all(m.medical_residents for m in members)", 0),
}


def task_a() -> Snapshot:
    """Make the policy of task A."""
    rules = tuple(
        Rule(name, kind, Subject.HOUSEHOLD, name, name, parse(when), SOURCE, "bench", weight=Decimal(weight) or None)
        for name, (kind, when, weight) in RULES.items()
    )
    line = Parameter(
        "line",
        "线",
        "line",
        Unit.parse("yuan / person / year"),
        "",
        (DatedValue(WHOLE, Fraction(2736), SOURCE),),
        "bench",
    )
    policy = Policy(
        id="bench",
        version="1",
        zh="测试",
        en="made for measuring",
        days=WHOLE,
        subjects=(Subject.HOUSEHOLD,),
        parameters=MappingProxyType({"line": line}),
        definitions=MappingProxyType({}),
        rules=rules,
        eligible_when=MappingProxyType(
            {Subject.HOUSEHOLD: EligibleWhen(parse("poor or allowance or five_guarantees"), SOURCE)}
        ),
        rankings=MappingProxyType({Subject.HOUSEHOLD: Ranking(RankingMethod.WEIGHTS, (), (), SOURCE)}),
        sources=MappingProxyType({"bench": SOURCE.source}),
        lineage=("bench",),
    )
    return policy.on(ON)


# -- edits -----------------------------------------------------------------------------------------------------------


def changed(snapshot: Snapshot, change: Callable[[Rule], Rule | None]) -> Snapshot:
    """Change or drop rules."""
    rules = tuple(new for rule in snapshot.rules if (new := change(rule)) is not None)
    return Snapshot(attrs.evolve(snapshot.policy, rules=rules), snapshot.on, snapshot.parameters)


def without(snapshot: Snapshot, name: str) -> Snapshot:
    """Drop a rule."""
    return changed(snapshot, lambda rule: None if rule.id == name else rule)


def saying(snapshot: Snapshot, name: str, when: str | Expr) -> Snapshot:
    """Give a rule another claim."""
    tree = parse(when) if isinstance(when, str) else when
    return changed(snapshot, lambda rule: attrs.evolve(rule, when=tree) if rule.id == name else rule)


def edits_of_task_a(rules: Snapshot) -> Iterator[Snapshot]:
    """Edit every rule once, the line, and nothing."""
    yield rules.with_parameter(line=3000, source=SOURCE)
    yield saying(rules, "poor", f"({NET}) / stated_member_count <= line")
    yield saying(rules, "poor", f"({NET}) * 2 / stated_member_count < line * 2")
    for name, (kind, when, _) in RULES.items():
        yield saying(rules, name, f"not ({when})")
        yield saying(rules, name, f"not not ({when})")
        if kind is not RuleKind.ELIGIBILITY:
            yield without(rules, name)


def _without_exceptions(rules: Snapshot, name: str) -> Snapshot:
    return changed(rules, lambda rule: attrs.evolve(rule, unless=()) if rule.id == name else rule)


def edits_of_pack(rules: Snapshot) -> Iterator[Snapshot]:
    """Have every rule that decides never hold, drop every exception, move every number, and change nothing."""
    for rule in rules.rules_of(Subject.HOUSEHOLD):
        if rule.kind is not RuleKind.CHECK:
            yield saying(_without_exceptions(rules, rule.id), rule.id, Literal(False))  # others may name it
        if rule.unless:
            yield _without_exceptions(rules, rule.id)
    for name, held in rules.parameters.items():
        if isinstance(held.value, Fraction):
            yield rules.with_parameter(source=SOURCE, **{name: held.value + 1})
    yield rules


def packs() -> Iterator[tuple[str, Snapshot]]:
    """Give every shipped pack that decides about households, on its first day."""
    for name in sorted(installed_packs()):
        policy = load_policy(name)
        for each in written_pack(name).given:  # what the law leaves to a county, as the pack's review takes it
            policy = policy.with_parameter(source=SOURCE, days=policy.days, **{each.name: each.amount})
        rules = policy.on(policy.days.start)
        if any(rules.rules_of(Subject.HOUSEHOLD, kind) for kind in (RuleKind.ELIGIBILITY, RuleKind.EXIT)):
            yield name, rules


# -- measuring -------------------------------------------------------------------------------------------------------


@attrs.define
class Times:
    """Seconds of answers, by kind, and of whole comparisons."""

    answers: dict[str, list[float]] = attrs.field(factory=dict)
    wholes: list[float] = attrs.field(factory=list)


def measured(rules: Snapshot, edits: Iterator[Snapshot], members: int) -> Times:
    """Compare with every edit, and note what each answer took."""
    times, plainly = Times(), Room.answer

    def timed(self: Room, *args: Any, **more: Any) -> Any:
        begun = time.process_time()
        answer: Any = plainly(self, *args, **more)
        times.answers.setdefault(answer.kind, []).append(time.process_time() - begun)
        return answer

    Room.answer = timed  # type: ignore[method-assign]  # put back below
    try:
        for edit in edits:
            begun = time.process_time()
            compare(rules, edit, members=members)
            times.wholes.append(time.process_time() - begun)
    finally:
        Room.answer = plainly  # type: ignore[method-assign]
    return times


def reviewed(pack: str) -> tuple[float, int]:
    """Review a pack; give the seconds and the number of questions that were put to the solver."""
    begun = time.process_time()
    review = review_pack(pack)
    return time.process_time() - begun, review.asked


def said(name: str, times: Times) -> Iterator[str]:
    """Say what was measured, in milliseconds."""
    yield f"{name}: {len(times.wholes)} comparisons, {median(times.wholes) * 1000:.0f} ms each"
    for kind, taken in sorted(times.answers.items()):
        held = sorted(taken)
        most, nearly = held[-1] * 1000, held[int(len(held) * 0.95)] * 1000
        yield f"  {kind:10} {len(held):5}  median {median(held) * 1000:6.1f}  95 % {nearly:6.1f}  most {most:6.1f} ms"


def main() -> int:
    """Measure, and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1] if __doc__ else "")
    parser.add_argument("--members", type=int, default=12)
    parser.add_argument("--json", action="store_true", help="print plain data")
    args = parser.parse_args()
    first = task_a()
    found = {"task A": measured(first, edits_of_task_a(first), args.members)}
    for name, rules in packs():
        found[name] = measured(rules, edits_of_pack(rules), args.members)
    seconds, asked = reviewed("yucheng-2016")
    if args.json:
        plain: dict[str, Any] = {name: attrs.asdict(times) for name, times in found.items()}
        json.dump({**plain, "review of yucheng-2016": {"seconds": seconds, "questions": asked}}, sys.stdout)
        return 0
    for name, times in found.items():
        print("\n".join(said(name, times)))
    print(f"review of yucheng-2016: {seconds:.1f} s, {asked} questions")
    return 0


if __name__ == "__main__":
    sys.exit(main())
