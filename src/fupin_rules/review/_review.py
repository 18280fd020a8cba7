"""A pack reviewed before it is in force: every question that can be asked of it without a register."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from pathlib import Path

import attrs

from fupin_rules.citations import Source, Standing
from fupin_rules.periods import Period
from fupin_rules.policy import (
    FindingCode,
    GivenValue,
    Policy,
    RuleKind,
    Subject,
    Waiver,
    WrittenPack,
    written_pack,
)
from fupin_rules.review._asker import Asker, GoOn, Memory
from fupin_rules.review._codes import Severity
from fupin_rules.review._finding import Finding, Review
from fupin_rules.review._listed import listed
from fupin_rules.review._look import Look
from fupin_rules.review._money import Money
from fupin_rules.review._outcomes import Together
from fupin_rules.review._overrides import Overrides
from fupin_rules.review._texts import Texts

_STANDS_IN = Source("review", "审查时代入的数值", "a value that stands in for the review", Standing.ASSUMPTION)
_DECIDING = (RuleKind.ELIGIBILITY, RuleKind.EXCLUSION, RuleKind.EXIT)

Task = Callable[[], Iterator[Finding]]
_Found = dict[tuple[FindingCode, str, str], Finding]


def review_pack(
    pack: str | Path,
    *,
    search: Sequence[Path] = (),
    members: int = 12,
    seconds: float = 5.0,
    go_on: GoOn | None = None,
    memory: Memory | None = None,
) -> Review:
    """
    Review a pack: tell what in it can never matter, contradicts itself, or does something else than it says.

    The policy is looked at on the first day of every period between changes of a value; a question that comes again
    with the same texts and values is put once. An open parameter takes the value that the cases of the pack give, or
    the middle of its bounds.

    Args:
        pack: Id of an installed pack, or the path of a pack folder.
        search: Folders that hold further packs, looked through before the installed ones.
        members: Most members of a household.
        seconds: Time limit of each question; one that takes longer stays open and is told.
        memory: Answers of reviews before; what reads the same texts and values is not asked again.
        go_on: Called before each question with the number of steps done and of all; False puts no more questions.

    Raises:
        PolicyError: The pack is not found or has faults; all of them are listed.
        LimitError: It is larger or deeper than is read.
        MissingExtraError: The extra `proof` is not installed.
        DisagreementError: The solver and the reference assessment disagree; that is a fault of this library.

    >>> review_pack("measures-2014").raised
    ()
    """
    written = written_pack(pack, search=search)
    policy, given = _with_values(written)
    periods = periods_of(policy)
    pace = _Pace(go_on)
    asker = Asker(seconds=seconds, members=members, is_stopped=pace.is_over, memory=memory or Memory())
    looks = [
        Look(policy.on(period.start), about, period)
        for period in periods
        for about in Subject
        if any(rule.subject is about for rule in policy.rules) or about in policy.subjects
    ]
    tasks = list(_tasks(written, asker, looks))
    found: _Found = {}
    for each in listed(written):
        _add(found, each)
    pace.steps = len(tasks)
    for task in tasks:
        for each in task():
            _add(found, each)
        pace.done += 1
    pace.is_over()
    whole = [_told(each, written, policy) for each in found.values()]
    findings = _waived(whole, written, policy.id, is_whole=not asker.open)
    order = {Severity.FAULT: 0, Severity.DOUBT: 1}
    findings.sort(key=lambda each: order[each.severity])
    return Review(
        policy.id,
        policy.version,
        tuple(period.start for period in periods),
        tuple(findings),
        tuple(asker.open),
        asker.asked,
        given,
        policy.subjects,
    )


@attrs.define
class _Pace:
    """How far a review is, and whether it may go on."""

    go_on: GoOn | None
    done: int = 0
    steps: int = 0
    _is_over: bool = False

    def is_over(self) -> bool:
        self._is_over = self._is_over or (self.go_on is not None and not self.go_on(self.done, self.steps))
        return self._is_over


def periods_of(policy: Policy) -> tuple[Period, ...]:
    """
    Divide the days of a policy into periods in which no value of a parameter changes.

    >>> from fupin_rules.policy import load_policy
    >>> [str(each.start) for each in periods_of(load_policy("shaanxi-577"))]
    ['2017-01-01', '2017-09-01']
    """
    starts = {policy.days.start}
    for parameter in policy.parameters.values():
        for dated in parameter.values:
            starts |= {
                day for day in (dated.period.start, dated.period.until) if day is not None and day in policy.days
            }
    ordered = sorted(starts)
    ends: list[date | None] = [*ordered[1:], policy.days.until]
    return tuple(Period(start, until) for start, until in zip(ordered, ends, strict=True))


def _with_values(written: WrittenPack) -> tuple[Policy, tuple[GivenValue, ...]]:
    """Give the policy with a value for every open parameter, and those values."""
    policy, told = written.policy, {each.name: each for each in written.given}
    given = []
    for name in policy.open_parameters:
        halfway = policy.parameters[name].halfway
        assert halfway is not None, "an open parameter has bounds"
        value = told.get(name) or GivenValue(name, halfway, "")
        source = policy.sources.get(value.source, _STANDS_IN)
        policy = policy.with_parameter(source=source, days=policy.days, **{name: value.amount})
        given.append(value)
    return policy, tuple(given)


def _tasks(written: WrittenPack, asker: Asker, looks: Sequence[Look]) -> Iterator[Task]:
    """Give the steps of a review; a later one may rest on what an earlier one found."""
    texts = Texts(written, asker)
    together = Together(written, asker, texts.constant)
    money, overrides = Money(asker, texts.constant), Overrides(written, asker)
    for look in looks:
        rules = look.rules.rules_of(look.about)
        yield from (
            _task(texts.definition, look, each)
            for each in look.rules.definitions.values()
            if each.subject is look.about
        )
        yield from (_task(texts.rule, look, each) for each in rules)
        yield _task(together.outcomes, look)
        yield from (_task(together.decisive, look, each) for each in rules if each.kind in _DECIDING)
        yield from (_task(together.priority, look, each) for each in rules if each.kind is RuleKind.PRIORITY)
        yield from (_task(together.same, look, kind) for kind in (RuleKind.PRIORITY, RuleKind.CHECK))
        yield _task(money.turns, look)
    yield from (_task(overrides.direction, looks, each) for each in written.overridings)


def _task(step: Callable[..., Iterator[Finding]], *arguments: object) -> Task:
    return lambda: step(*arguments)


def _add(found: _Found, finding: Finding) -> None:
    """Keep a finding; one that was found on other days too is one finding with all its days."""
    # A text may have several idle parts; an outcome that turns by one amount mostly turns by others too.
    key = finding.code, finding.concerns, finding.en if finding.code is FindingCode.DEAD_CONDITION else ""
    held = found.get(key)
    if held is None:
        found[key] = finding
        return
    added = tuple(each for each in finding.periods if each not in held.periods)
    found[key] = attrs.evolve(held, periods=(*held.periods, *added))


def _told(finding: Finding, written: WrittenPack, policy: Policy) -> Finding:
    """Complete a finding: where it stands, on which days without a break, and what rules are called."""
    # An outcome has no place of its own: the rule that turns it does.
    places = (written.place(name) for name in (finding.concerns, *finding.related))
    rules = {rule.id: (rule.id, rule.zh, rule.en) for rule in policy.rules}
    judged = dict.fromkeys(name for seen in finding.seen for name, _ in seen.claims)
    return attrs.evolve(
        finding,
        where=finding.where or next((each for each in places if each), ""),
        periods=_joined(finding.periods),
        labels=tuple(rules[name] for name in judged if name in rules),
    )


def _joined(periods: Sequence[Period]) -> tuple[Period, ...]:
    """Join periods that follow each other without a break."""
    joined: list[Period] = []
    for each in sorted(periods, key=lambda period: period.start):
        if joined and joined[-1].until == each.start:
            joined[-1] = Period(joined[-1].start, each.until)
        else:
            joined.append(each)
    return tuple(joined)


def _waived(findings: list[Finding], written: WrittenPack, pack: str, *, is_whole: bool) -> list[Finding]:
    """Put waivers to what they waive; one of the pack itself that waives nothing is a finding."""
    waivers: dict[tuple[FindingCode, str], Waiver] = {
        (waiver.code, name): waiver for waiver in written.waivers for name in waiver.concerns
    }
    held = [attrs.evolve(each, waiver=waivers.get((each.code, each.concerns))) for each in findings]
    met = {(each.code, each.concerns) for each in held}
    # Where something stayed open it cannot be told what a waiver is for.
    for (code, name), waiver in waivers.items() if is_whole else ():
        if waiver.pack == pack and (code, name) not in met:
            words = (
                f"豁免了 `{name}` 的 {code}，但没有发现此项",
                f"waives {code} of `{name}`, which was not found",
            )
            held.append(Finding(FindingCode.IDLE_WAIVER, name, waiver.where, *words))
    return held
