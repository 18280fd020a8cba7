"""
How many changes of a policy its own cases notice, and what the cases see of each rule.

A case notices a change when anything that it expects comes out otherwise: an outcome, a rule, what is missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from fupin_rules.errors import FupinRulesError
from fupin_rules.expr import Expr, Literal, Quantifier, evaluate, to_text
from fupin_rules.policy import Case, Policy, Reading, policy_of_case, run_case, subject_of
from fupin_rules.testing._leaves import leaves
from fupin_rules.testing.mutation._policy_mutants import PolicyMutant, policy_mutants
from fupin_rules.truth import Unknown


@attrs.frozen(eq=False, repr=False)
class CaseScore:
    """
    How many changes of a policy its cases notice.

    Attributes:
        policy: The original.
        killed: Change to the case that noticed it first.
        survivors: Changes that no case noticed.
    """

    policy: Policy
    killed: Mapping[str, str]
    survivors: tuple[PolicyMutant, ...]

    @property
    def score(self) -> float:
        """Share of changes that were noticed, from 0 to 1; 1 if there was nothing to change."""
        every = len(self.killed) + len(self.survivors)
        return len(self.killed) / every if every else 1.0

    def text(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        zh = language == "zh"
        every, name = len(self.killed) + len(self.survivors), self.policy.id
        head = (
            f"{name}：改动{every}处，用例发现{len(self.killed)}处（{self.score:.1%}）"
            if zh
            else f"{name}: {every} changes, {len(self.killed)} noticed by its cases ({self.score:.1%})"
        )
        return "\n".join(
            [
                head,
                *(f"未发现：{each.text('zh')}" if zh else f"not noticed: {each.text('en')}" for each in self.survivors),
            ]
        )

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "policy": self.policy.id,
            "changes": len(self.killed) + len(self.survivors),
            "noticed": len(self.killed),
            "survivors": [{"id": each.id, "zh": each.zh, "en": each.en} for each in self.survivors],
        }


def case_score(policy: Policy, cases: Sequence[Case], *, pack: str | None = None) -> CaseScore:
    """
    Change a policy in one thing after another, and see whether its cases notice.

    Args:
        policy: The original.
        cases: As `load_cases` gives them; one that does not pass under the original notices nothing.
        pack: Only what this pack of its lineage declares is changed; by default everything.

    Returns:
        Every change, with the case that noticed it or without.
    """
    killed: dict[str, str] = {}
    survivors: list[PolicyMutant] = []
    given = policy_of_case(policy, cases[0]) if cases else policy
    # The values of open parameters are in the policy by now, so that they can be changed too.
    plain = [each for case in cases if run_case(given, each := attrs.evolve(case, given=())).passed]
    for mutant in policy_mutants(given, pack=pack):
        noticed = next((case.id for case in _telling(plain, mutant) if _notices(mutant, case)), None)
        if noticed is None:
            survivors.append(mutant)
        else:
            killed[mutant.id] = noticed
    return CaseScore(policy, killed, tuple(survivors))


def _telling(cases: Iterable[Case], mutant: PolicyMutant) -> list[Case]:
    """Give the cases that may notice: those that tell of a rule that is touched, then those that tell an outcome."""
    told = [case for case in cases if mutant.touched & case.rules.keys()]
    return [*told, *(case for case in cases if _tells_outcome(case) and not mutant.touched & case.rules.keys())]


def _tells_outcome(case: Case) -> bool:
    return (case.outcome, case.exit, case.missing) != (None, None, None)


def _notices(mutant: PolicyMutant, case: Case) -> bool:
    try:
        # Only what the change can alter is worked out: a pack may have many rules, and a case tell of one.
        reading = Reading(case.subject, mutant.policy.on(case.on))
        for rule_id in mutant.touched & case.rules.keys():
            value = reading.value(rule_id)
            if (None if isinstance(value, Unknown) else value) != case.rules[rule_id]:
                return True
        return _tells_outcome(case) and not run_case(mutant.policy, case).passed
    except FupinRulesError:
        # A policy that can no longer answer is noticed by whoever asks.
        return True


@attrs.frozen
class AtomSeen:
    """
    What the cases show of the smallest claim of a rule.

    Attributes:
        rule: Id of the rule.
        atom: The claim, as text.
        values: Whether it was seen true, false, or unknown (None).
    """

    rule: str
    atom: str
    values: frozenset[bool | None]

    @property
    def lacking(self) -> tuple[bool | None, ...]:
        """What was not seen, true first."""
        return tuple(value for value in (True, False, None) if value not in self.values)


def atoms_seen(policy: Policy, cases: Sequence[Case], *, pack: str | None = None) -> tuple[AtomSeen, ...]:
    """
    Tell of each smallest claim in the rules whether the cases show it true, false and unknown.

    Args:
        policy: The policy.
        cases: As `load_cases` gives them.
        pack: Only rules that this pack of its lineage declares; by default all.

    Returns:
        In the order of the rules. A claim made of each member counts as seen with what any member shows.
    """
    seen: dict[tuple[str, str], set[bool | None]] = {}
    wanted = [rule for rule in policy.rules if pack in (None, rule.pack)]
    atoms = {rule.id: list(_atoms(rule.when, *(each.when for each in rule.unless))) for rule in wanted}
    for rule in wanted:
        for atom, _ in atoms[rule.id]:
            seen.setdefault((rule.id, to_text(atom)), set())
    for case in cases:
        snapshot = policy_of_case(policy, case).on(case.on)
        reading = Reading(case.subject, snapshot)
        for rule in wanted:
            if rule.subject is subject_of(case.subject):
                for atom, each_member in atoms[rule.id]:
                    seen[rule.id, to_text(atom)] |= set(_values(atom, reading, each_member=each_member))
    return tuple(AtomSeen(rule, atom, frozenset(values)) for (rule, atom), values in seen.items())


def _atoms(*claims: Expr) -> Iterator[tuple[Expr, bool]]:
    for claim in claims:
        for leaf in leaves(claim):
            match leaf:
                case Quantifier("any" | "all", _, item, where):
                    yield leaf, False
                    for part in (item, where):
                        yield from ((each, True) for each in leaves(part) if not isinstance(each, Literal))
                case _:
                    yield leaf, False


def _values(atom: Expr, reading: Reading, *, each_member: bool) -> Iterator[bool | None]:

    items = reading.roster("members").items if each_member else (None,)
    for item in items:
        value = evaluate(atom, reading, item)
        yield None if isinstance(value, Unknown) else bool(value)
