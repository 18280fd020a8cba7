"""Whether an override does to the outcome what it declares: narrows it, widens it, or changes it both ways."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from fupin_rules.comparison import Seen, Witness
from fupin_rules.errors import PolicyError, UncoveredDateError
from fupin_rules.periods import Period
from fupin_rules.policy import Direction, FindingCode, Overriding, Policy, RuleKind, Subject, WrittenPack
from fupin_rules.review._asker import Asker
from fupin_rules.review._codes import Both
from fupin_rules.review._finding import Finding, WhyOpen
from fupin_rules.review._look import Look
from fupin_rules.review._outcomes import SUBJECTS, seen_of

_REGIONS = {
    RuleKind.ELIGIBILITY: ("became_eligible", "lost_eligibility"),
    RuleKind.EXIT: ("exit_became_met", "exit_lost"),
}
_WORDS = {
    Direction.NARROWS: ("收窄", "narrows"),
    Direction.WIDENS: ("放宽", "widens"),
    Direction.CHANGES: ("改变", "changes"),
}


class Overrides:
    """
    Looks at what a pack replaces of the packs below.

    Args:
        pack: The pack.
        asker: Puts the questions.
    """

    def __init__(self, pack: WrittenPack, asker: Asker) -> None:
        self.pack = pack
        self.asker = asker

    def direction(self, looks: Sequence[Look], overriding: Overriding) -> Iterator[Finding]:
        """Compare the pack with what it would be without one override, in every period."""
        what = (FindingCode.WRONG_DIRECTION, overriding.name)
        try:
            old = self.pack.without(overriding)
        except PolicyError:
            self.asker.leave(what, WhyOpen.ALONE)
            return
        regions = self._regions(old, overriding)
        if not regions:
            return
        gained, lost, is_whole = list[tuple[Look, Witness]](), list[tuple[Look, Witness]](), True
        for look in looks:
            if not all(_decides(policy, look.about, regions) for policy in (old, self.pack.policy)):
                continue
            try:
                before = old.on(look.rules.on)
            except UncoveredDateError:
                self.asker.leave(what, WhyOpen.ALONE)
                is_whole = False
                continue
            key = before.fingerprint, look.rules.fingerprint
            found = self.asker.compared(key, before, look.rules, look.about, what=what)
            is_whole = is_whole and found is not None
            for held, region in ((gained, regions[0]), (lost, regions[1])):
                if found is not None and isinstance(answer := found[region], Witness):
                    held.append((look, answer))
        yield from self._told(overriding, gained, lost, is_whole=is_whole)

    def _regions(self, old: Policy, overriding: Overriding) -> tuple[str, str] | None:
        """Tell which outcome a direction is about: that of the rule, else eligibility where the pack decides it."""
        kinds = {rule.id: rule.kind for policy in (old, self.pack.policy) for rule in policy.rules}
        kind = kinds.get(overriding.name)
        if kind in (RuleKind.CHECK, RuleKind.PRIORITY):
            return None
        if kind is RuleKind.EXIT:
            return _REGIONS[RuleKind.EXIT]
        decided = {rule.kind for rule in self.pack.policy.rules}
        has_eligibility = RuleKind.ELIGIBILITY in decided or kind is not None
        return _REGIONS[RuleKind.ELIGIBILITY if has_eligibility else RuleKind.EXIT]

    def _told(
        self,
        overriding: Overriding,
        gained: Sequence[tuple[Look, Witness]],
        lost: Sequence[tuple[Look, Witness]],
        *,
        is_whole: bool,
    ) -> Iterator[Finding]:
        name, said = overriding.name, overriding.direction
        against = {Direction.NARROWS: gained, Direction.WIDENS: lost, Direction.CHANGES: ()}[said]
        zh, en = _WORDS[said]
        if against:
            look, witness = against[0]
            whom = SUBJECTS[look.about]
            turned = ("不再达到", "no longer does") if said is Direction.WIDENS else ("因此达到", "does by it")
            words = (
                f"`{name}` 声明为“{zh}”，但有的{whom[0]}{turned[0]}标准",
                f"`{name}` declares that it {en}, yet a {whom[1]} that did not meet the standard {turned[1]}",
            )
            if said is Direction.WIDENS:
                words = words[0], f"`{name}` declares that it {en}, yet a {whom[1]} that met the standard {turned[1]}"
            periods = tuple(dict.fromkeys(each.period for each, _ in against))
            yield self._found(overriding, words, periods, _seen(look, witness))
        elif said is Direction.CHANGES and is_whole and bool(gained) is not bool(lost):
            look, witness = (gained or lost)[0]
            real = _WORDS[Direction.WIDENS if gained else Direction.NARROWS]
            words = f"`{name}` 声明为“{zh}”，实际只是{real[0]}", f"`{name}` declares that it {en}, and only {real[1]}"
            periods = tuple(dict.fromkeys(each.period for each, _ in gained or lost))
            yield self._found(overriding, words, periods, _seen(look, witness))

    def _found(self, overriding: Overriding, words: Both, periods: tuple[Period, ...], seen: Seen) -> Finding:
        code = FindingCode.WRONG_DIRECTION
        return Finding(code, overriding.name, overriding.where, *words, periods, seen=(seen,))


def _decides(policy: Policy, about: Subject, regions: tuple[str, str]) -> bool:
    kind = RuleKind.EXIT if regions == _REGIONS[RuleKind.EXIT] else RuleKind.ELIGIBILITY
    return any(rule.kind is kind and rule.subject is about for rule in policy.rules)


def _seen(look: Look, witness: Witness) -> Seen:
    """Tell what the pack says of a witness, and the rules that say otherwise than before."""
    held = look.rules.rules_by_id
    return seen_of(witness.subject, look, *(name for name in witness.differing if name in held))
