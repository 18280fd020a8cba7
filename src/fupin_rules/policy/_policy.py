"""A policy over time, and its snapshot on one day: parameters in force, definitions, rules, and how they combine."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import attrs

from fupin_rules.citations import Citation, Source
from fupin_rules.errors import Fault, PolicyError, UncoveredDateError
from fupin_rules.expr import Expr, Scope, substitute
from fupin_rules.periods import Period
from fupin_rules.policy._fingerprint import fingerprint
from fupin_rules.policy._outcome import compose_eligible, compose_exit
from fupin_rules.policy._rules import (
    DatedValue,
    Definition,
    EligibleWhen,
    InForce,
    Parameter,
    Ranking,
    Rule,
    RuleKind,
    Subject,
)
from fupin_rules.policy._scope import build_scopes
from fupin_rules.quantities import exact


@attrs.frozen
class Policy:
    """
    Rules and parameters over time, loaded from a pack and the packs below it.

    Attributes:
        id: Id of the pack.
        version: Version of the pack.
        zh: Title in Chinese.
        en: Title in English.
        days: Days the pack covers.
        subjects: Whom it is about.
        parameters: By name.
        definitions: By name, each after those it reads.
        rules: In pack order, the lowest pack first.
        eligible_when: How eligibility rules combine, where a pack says so.
        rankings: How the eligible are ranked, where a pack says so.
        sources: All sources, by key.
        lineage: Ids of the packs it is built from, lowest first, itself last.
        note_zh: What a reader should know, in Chinese.
        note_en: The same in English.
    """

    id: str
    version: str
    zh: str
    en: str
    days: Period
    subjects: tuple[Subject, ...]
    parameters: Mapping[str, Parameter]
    definitions: Mapping[str, Definition]
    rules: tuple[Rule, ...]
    eligible_when: Mapping[Subject, EligibleWhen]
    rankings: Mapping[Subject, Ranking]
    sources: Mapping[str, Source]
    lineage: tuple[str, ...]
    note_zh: str = ""
    note_en: str = ""

    def on(self, day: date, known_at: date | None = None) -> Snapshot:
        """
        Give the policy in force on a day, as the law was known on another (by default, as it is known to the pack).

        Raises:
            PolicyError: The day is no `datetime.date` (a time of day or a text would be a guess).
            UncoveredDateError: The pack does not cover the day, or no value of a parameter was known yet.

        >>> from fupin_rules.policy import load_policy
        >>> snapshot = load_policy("national-2014").on(date(2014, 6, 1))
        >>> snapshot.parameters["income_line"].value
        Fraction(2736, 1)
        """
        for asked in (day, known_at):
            if asked is not None and type(asked) is not date:
                what = f"expected a day (`datetime.date`), got `{type(asked).__name__}`"
                raise PolicyError(Fault(f"policy `{self.id}`", what, "give `date(2016, 1, 31)`", "day"))
        if day not in self.days:
            raise UncoveredDateError(
                Fault(
                    f"policy `{self.id}`",
                    f"does not cover {day} (covered: {self.days})",
                    "assess on a covered day, or load a pack for that day",
                    "uncovered_date",
                )
            )
        in_force = {name: self._in_force(parameter, day, known_at) for name, parameter in self.parameters.items()}
        return Snapshot(self, day, MappingProxyType(in_force))

    def _in_force(self, parameter: Parameter, day: date, known_at: date | None) -> InForce:
        for dated in reversed(parameter.values):
            known = known_at is None or dated.published is None or dated.published <= known_at
            if known and day in dated.period:
                return InForce(parameter, dated)
        raise UncoveredDateError(
            Fault(
                f"policy `{self.id}`",
                f"`{parameter.name}` has no value on {day}" + (f" known on {known_at}" if known_at else ""),
                "add one, or assess on another day",
                "no_value",
            )
        )


@attrs.frozen(eq=False, slots=False)
class Snapshot:
    """
    A policy on one day.

    Attributes:
        policy: The policy it is taken from.
        on: The day.
        parameters: Values in force, by name.
    """

    policy: Policy
    on: date
    parameters: Mapping[str, InForce]

    def __eq__(self, other: object) -> bool:
        """Compare by what decides: the fingerprint and the day."""
        if not isinstance(other, Snapshot):
            return NotImplemented
        return self.on == other.on and self.fingerprint == other.fingerprint

    def __hash__(self) -> int:
        """Hash what decides."""
        return hash((self.on, self.fingerprint))

    def __repr__(self) -> str:
        """Name pack, day and fingerprint."""
        return f"<Snapshot {self.policy.id} {self.policy.version} on {self.on}, {self.fingerprint[:12]}>"

    @property
    def policy_id(self) -> str:
        """Id of the pack."""
        return self.policy.id

    @property
    def definitions(self) -> Mapping[str, Definition]:
        """Named expressions."""
        return self.policy.definitions

    @property
    def rules(self) -> tuple[Rule, ...]:
        """All rules, in pack order."""
        return self.policy.rules

    @property
    def sources(self) -> Mapping[str, Source]:
        """All sources, by key."""
        return self.policy.sources

    @functools.cached_property
    def fingerprint(self) -> str:
        """SHA-256, in hex, of all that can change an assessment: values in force, expressions, kinds, standings."""
        policy = self.policy
        return fingerprint(self.parameters, policy.definitions, policy.rules, policy.eligible_when, policy.rankings)

    @functools.cached_property
    def rules_by_id(self) -> Mapping[str, Rule]:
        """All rules, by id."""
        return MappingProxyType({rule.id: rule for rule in self.rules})

    def rule(self, rule_id: str) -> Rule:
        """
        Find a rule by id.

        Raises:
            KeyError: There is no such rule.
        """
        return self.rules_by_id[rule_id]

    def rules_of(self, subject: Subject, kind: RuleKind | None = None) -> tuple[Rule, ...]:
        """Give the rules about a subject, of one kind or of all, in pack order."""
        return tuple(rule for rule in self.rules if rule.subject == subject and kind in (None, rule.kind))

    @functools.cached_property
    def _scopes(self) -> Mapping[Subject, Scope]:
        return build_scopes(self.policy.parameters, self.policy.definitions, self.rules)

    def scope(self, subject: Subject) -> Scope:
        """Tell what names mean in the rules about a subject."""
        return self._scopes[subject]

    def ranking(self, subject: Subject) -> Ranking | None:
        """Tell how the eligible are ranked; None when the pack does not say."""
        return self.policy.rankings.get(subject)

    def eligible_expr(self, subject: Subject) -> Expr:
        """
        Give the composed claim of eligibility, over rule ids.

        Raises:
            PolicyError: No eligibility rule is about the subject, so that nobody could be eligible on any ground.
        """
        composed = compose_eligible(self.rules_of(subject), self.policy.eligible_when.get(subject))
        return self._demand(composed, subject, "eligibility")

    def exit_expr(self, subject: Subject) -> Expr:
        """
        Give the composed claim that all guarantees are met, over rule ids.

        Raises:
            PolicyError: No exit rule is about the subject.
        """
        return self._demand(compose_exit(self.rules_of(subject)), subject, "exit")

    def _demand(self, composed: Expr | None, subject: Subject, kind: str) -> Expr:
        if composed is None:
            raise PolicyError(
                Fault(
                    f"policy `{self.policy_id}`",
                    f"has no {kind} rule about a {subject}",
                    f"load a pack that has one, or ask something else of a {subject}",
                    "no_rule",
                )
            )
        return composed

    def inline(self, expr: Expr) -> Expr:
        """Put definitions and effective rules in the place of their names, all the way down."""
        named = {name: definition.expr for name, definition in self.definitions.items()}
        named |= {rule.id: rule.effective for rule in self.rules}
        while True:
            inlined = substitute(expr, named)
            if inlined == expr:
                return expr
            expr = inlined

    def with_parameter(self, *, source: Source | Citation, **values: int | str | Decimal | Fraction | date) -> Snapshot:
        """
        Give a snapshot in which named parameters have other values, each on the ground of `source`.

        Args:
            source: Where the values come from, and how firm that is; every answer will show it.
            values: New value by parameter name, in the parameter's own unit.

        Raises:
            PolicyError: A name is no parameter of the policy, or a value is not of its sort.

        >>> from fupin_rules.citations import Source, Standing
        >>> from fupin_rules.policy import load_policy
        >>> notice = Source("notice", "县扶贫办通知", "notice of the county office", Standing.STATED)
        >>> rules = load_policy("yucheng-2016").on(date(2016, 1, 31))
        >>> changed = rules.with_parameter(income_line="3500", source=notice)
        >>> changed.parameters["income_line"].value, changed.fingerprint == rules.fingerprint
        (Fraction(3500, 1), False)
        """
        citation = source if isinstance(source, Citation) else Citation(source)
        parameters = dict(self.policy.parameters)
        in_force = dict(self.parameters)
        for name, value in values.items():
            if name not in parameters:
                raise PolicyError(
                    Fault(
                        f"policy `{self.policy_id}`",
                        f"has no parameter `{name}`",
                        f"known: {', '.join(parameters)}",
                    )
                )
            old = parameters[name]
            dated = DatedValue(self.policy.days, self._same_sort(old, value), citation)
            parameters[name] = attrs.evolve(old, values=(dated,))
            in_force[name] = InForce(parameters[name], dated)
        return Snapshot(
            attrs.evolve(self.policy, parameters=MappingProxyType(parameters)),
            self.on,
            MappingProxyType(in_force),
        )

    def _same_sort(self, parameter: Parameter, value: object) -> Fraction | date:
        held = parameter.values[0].value
        if isinstance(held, date) and isinstance(value, date):
            return value
        if isinstance(held, Fraction):
            try:
                return Fraction(exact(value))
            except ValueError as error:
                raise PolicyError(Fault(f"parameter `{parameter.name}`", str(error), "give an exact number")) from None
        raise PolicyError(
            Fault(f"parameter `{parameter.name}`", "is not of that sort", "change codes in a pack of your own")
        )
