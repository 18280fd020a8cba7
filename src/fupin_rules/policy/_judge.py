"""
The reference assessment: every rule of a snapshot read against one subject, by the reference evaluator.

Every rule is judged and none is skipped, so that an appeal sees every reason. All other readers must agree with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import attrs

from fupin_rules.errors import BudgetExceededError, Fault, PolicyError
from fupin_rules.expr import Expr, Name, Quantifier, Roster, Value, evaluate, names, walk
from fupin_rules.model import AnySubject, Area, CodeList, Household, Member, Private, Village, read_fact
from fupin_rules.policy._policy import Snapshot
from fupin_rules.policy._rules import Rule, RuleKind, Subject
from fupin_rules.policy._scope import ENTERED, facts_scope
from fupin_rules.truth import NotKnown, Truth, Unknown

# Steps of the evaluator for one subject: some two seconds at most.
MAX_STEPS = 1_000_000


def subject_of(subject: AnySubject) -> Subject:
    """
    Tell which rules apply to a value.

    Raises:
        PolicyError: It is no household, village or area.
    """
    match subject:
        case Household():
            return Subject.HOUSEHOLD
        case Village():
            return Subject.VILLAGE
        case Area():
            return Subject.AREA
        case _:
            raise PolicyError(
                Fault(
                    "",
                    f"expected a household, a village or an area, got `{type(subject).__name__}`",
                    "see `from_plain`",
                    "subject",
                )
            )


def _as_value(stored: object, path: str) -> Value | Unknown:
    match stored:
        case None:
            return Unknown({path})
        case NotKnown(why):
            return Unknown({path}, {(path, why)})
        case CodeList():
            return stored.value
        case str() | Private():
            # Rules never see a free or private text, only that there is one.
            return ENTERED
        case bool() | date():
            return stored
        case Decimal():
            exact = Fraction(stored)
            return exact.numerator if exact.denominator == 1 else exact
        case frozenset():
            return frozenset(str(code) for code in stored)
        case _:
            raise AssertionError(f"`{path}` is no fact that rules read")


@attrs.frozen
class _MemberFacts:
    """The facts of one member, as rules read them."""

    member: Member

    def value(self, path: str, /) -> Value | Unknown:
        return _as_value(read_fact(self.member, path), self.name(path))

    def name(self, path: str, /) -> str:
        return f"members[{self.member.id}].{path}"


class Reading:
    """
    One subject under one snapshot, as the evaluator reads it; each definition and rule is worked out once.

    Args:
        subject: The household, village or area.
        snapshot: The policy on a day.
        with_defaults: Whether `or_else` may use its default.
    """

    def __init__(self, subject: AnySubject, snapshot: Snapshot, *, with_defaults: bool = True) -> None:
        self.subject = subject
        self.snapshot = snapshot
        self._with_defaults = with_defaults
        self._facts = facts_scope(subject_of(subject)).names
        self._values: dict[str, Value | Unknown] = {}
        self._steps = 0

    @property
    def on(self) -> date:
        """The day of the snapshot."""
        return self.snapshot.on

    @property
    def with_defaults(self) -> bool:
        """Whether `or_else` may use its default."""
        return self._with_defaults

    def value(self, path: str, /) -> Value | Unknown:
        """Give the value of a fact, definition, parameter or rule."""
        if path not in self._values:
            self._values[path] = self._work_out(path)
        return self._values[path]

    def _work_out(self, path: str) -> Value | Unknown:
        if path in self._facts:
            return _as_value(read_fact(self.subject, path), path)
        if path in self.snapshot.parameters:
            held = self.snapshot.parameters[path].value
            return held.numerator if isinstance(held, Fraction) and held.denominator == 1 else held
        if path in self.snapshot.definitions:
            return evaluate(self.snapshot.definitions[path].expr, self)
        return evaluate(self.snapshot.rule(path).effective, self)

    def facts_behind(self, path: str, /) -> frozenset[str]:
        """Name the facts that a name is worked out from, a relation counting as one."""
        if path in self._facts:
            return frozenset({path})
        if path in self.snapshot.parameters:
            return frozenset()
        expr = self.snapshot.inline(Name(path))
        relations = {node.relation for node in walk(expr) if isinstance(node, Quantifier)}
        return (names(expr) & self._facts.keys()) | relations

    def roster(self, relation: str, /) -> Roster:
        """Give the members present, and whether they are all."""
        assert relation == "members" and isinstance(self.subject, Household)
        complete: Truth
        match self.subject.members_complete:
            case True:
                complete = True
            case False:
                complete = Unknown({"members"})
            case None:
                complete = Unknown({"members_complete"})
            case NotKnown(why):
                complete = Unknown({"members_complete"}, {("members_complete", why)})
        return Roster(tuple(_MemberFacts(member) for member in self.subject.members), complete)

    def spend(self) -> None:
        """Count one step of the evaluator."""
        self._steps += 1
        if self._steps > MAX_STEPS:
            raise BudgetExceededError(
                Fault(
                    f"policy `{self.snapshot.policy_id}`",
                    f"takes more than {MAX_STEPS} steps on one {subject_of(self.subject)}",
                    "make its rules smaller",
                    "budget",
                )
            )

    def claim(self, expr: Expr) -> Truth:
        """Evaluate a claim."""
        value = evaluate(expr, self)
        assert isinstance(value, (bool, Unknown))
        return value


@attrs.frozen
class Judgement:
    """
    What the reference assessment says of one subject.

    Attributes:
        reading: Subject and snapshot, for re-evaluating parts.
        values: Effective value of every rule about the subject, by id.
        hits: For exclusions, whether they are hit, whatever their exceptions say.
        eligible: The composed claim; None when the snapshot has no eligibility rule about the subject.
        exit: The composed claim that all guarantees are met; None likewise.
    """

    reading: Reading = attrs.field(eq=False, repr=False)
    values: Mapping[str, Truth]
    hits: Mapping[str, Truth]
    eligible: Truth | None
    exit: Truth | None


def judge(subject: AnySubject, snapshot: Snapshot, *, with_defaults: bool = True) -> Judgement:
    """
    Judge every rule of a snapshot on one subject, and compose the outcomes.

    Args:
        subject: A household, a village or an area; a fact left out is not known.
        snapshot: The policy on a day.
        with_defaults: False reads every `or_else(x, d)` as `x`.

    Raises:
        PolicyError: The value is no household, village or area.
        BudgetExceededError: The rules take too many steps; never an answer.

    >>> from fupin_rules.policy import load_policy
    >>> judge(Household(id="1"), load_policy("national-2014").on(date(2014, 6, 1))).eligible is True
    False
    """
    return judge_reading(Reading(subject, snapshot, with_defaults=with_defaults))


def judge_reading(reading: Reading) -> Judgement:
    """Judge as `judge` does, with what a reading has worked out already."""
    snapshot, about = reading.snapshot, subject_of(reading.subject)
    rules = snapshot.rules_of(about)
    values = {rule.id: reading.claim(Name(rule.id)) for rule in rules}
    hits = {rule.id: _hit(rule, values, reading) for rule in rules if rule.kind is RuleKind.EXCLUSION}
    kinds = {rule.kind for rule in rules}
    return Judgement(
        reading,
        MappingProxyType(values),
        MappingProxyType(hits),
        reading.claim(snapshot.eligible_expr(about)) if RuleKind.ELIGIBILITY in kinds else None,
        reading.claim(snapshot.exit_expr(about)) if RuleKind.EXIT in kinds else None,
    )


def _hit(rule: Rule, values: Mapping[str, Truth], reading: Reading) -> Truth:
    return reading.claim(rule.when) if rule.unless else values[rule.id]


def provisional_facts(subject: AnySubject, snapshot: Snapshot, settled: Truth | None, expr: Expr) -> frozenset[str]:
    """
    Name the facts for which a cited default stood in, when a settled outcome rests on one; otherwise nothing.

    Args:
        subject: The subject judged.
        snapshot: The policy on a day.
        settled: Its outcome with defaults.
        expr: The composed outcome.
    """
    if not isinstance(settled, bool):
        return frozenset()
    without = Reading(subject, snapshot, with_defaults=False).claim(expr)
    return without.missing if isinstance(without, Unknown) else frozenset()
