"""
The text of a policy on a day: its pack with the patches laid over it that are in force then, in order of publication.

Between two days on which some patch begins or ends, the text is the same; these eras share out the days of a policy.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from graphlib import CycleError, TopologicalSorter
from types import MappingProxyType
from typing import TYPE_CHECKING, assert_never

import attrs

from fupin_rules.errors import Fault
from fupin_rules.expr import names
from fupin_rules.periods import Period
from fupin_rules.policy._rules import DatedValue, Definition, Parameter, ParameterValue, Rule, RuleKind, Unless
from fupin_rules.policy.amending._patches import (
    AddDefinition,
    AddException,
    AddParameter,
    AddRule,
    ChangeDefinition,
    ChangeRule,
    DropDefinition,
    DropException,
    DropRule,
    EndParameter,
    Patch,
    SetEligibleWhen,
    SetLabel,
    SetParameter,
    SetRanking,
    declared_by,
)

if TYPE_CHECKING:
    from fupin_rules.policy._policy import Policy
    from fupin_rules.policy.amending._amendment import Amendment

# A patch in force, with the amendment it is of.
Active = tuple["Amendment", Patch]


def known_on(amendments: Iterable[Amendment], known_at: date | None) -> tuple[Amendment, ...]:
    """Give the amendments that were published by a day; all without one."""
    return tuple(each for each in amendments if known_at is None or each.published <= known_at)


def active_on(amendments: Iterable[Amendment], day: date) -> tuple[Active, ...]:
    """Give the patches in force on a day, in the order in which they are laid over each other."""
    return tuple((each, patch) for each in amendments for patch in each.patches if day in each.days_of(patch))


def eras(days: Period, amendments: Iterable[Amendment]) -> tuple[Period, ...]:
    """Cut days where a patch begins or ends."""
    turns = {days.start}
    for amendment in amendments:
        for patch in amendment.patches:
            held = amendment.days_of(patch)
            turns |= {turn for turn in (held.start, held.until) if turn is not None and turn in days}
    starts = sorted(turns)
    return tuple(Period(start, until) for start, until in zip(starts, [*starts[1:], days.until], strict=True))


def amended_text(policy: Policy, active: Iterable[Active], days: Period) -> tuple[Policy, list[Fault]]:
    """
    Lay patches over a policy.

    Args:
        policy: What they are laid over; amendments of its own are left out.
        active: The patches, the first laid first.
        days: The days that the text is for; it covers no others.

    Returns:
        The text, and why a patch could not be laid; it is left out then.
    """
    text = _Text(policy, days)
    for amendment, patch in active:
        text.lay(amendment, patch)
    return text.policy(), text.faults


class _Text:
    """A policy being amended, part by part."""

    def __init__(self, policy: Policy, days: Period) -> None:
        self.faults: list[Fault] = []
        self._policy = policy
        self._days = days
        self._parameters = dict(policy.parameters)
        self._definitions = dict(policy.definitions)
        self._rules = {rule.id: rule for rule in policy.rules}
        self._eligible_when = dict(policy.eligible_when)
        self._rankings = dict(policy.rankings)
        self._sources = dict(policy.sources)

    def lay(self, amendment: Amendment, patch: Patch) -> None:
        """Lay one patch; why it cannot be is kept among the faults."""
        where = amendment.place_of(patch)
        known = len(self.faults)
        self._lay(amendment, patch, where)
        if len(self.faults) == known:
            self._sources |= amendment.sources

    def _lay(self, amendment: Amendment, patch: Patch, where: str) -> None:
        match patch:
            case SetParameter() | AddParameter() | EndParameter():
                self._lay_parameter(amendment, patch, where)
            case AddDefinition(definition):
                if self._is_free(definition.name, where):
                    self._definitions[definition.name] = attrs.evolve(definition, pack=amendment.id)
            case ChangeDefinition(name, expr, citation):
                if self._is_there(name, self._definitions, "definition", where):
                    old = self._definitions[name]
                    self._definitions[name] = attrs.evolve(old, expr=expr, citation=citation)
            case DropDefinition(name):
                if self._is_there(name, self._definitions, "definition", where):
                    del self._definitions[name]
            case AddRule() | ChangeRule() | DropRule():
                self._lay_rule(amendment, patch, where)
            case AddException() | DropException():
                self._lay_exception(patch, where)
            case SetEligibleWhen(subject, eligible_when):
                self._eligible_when[subject] = eligible_when
            case SetRanking(subject, ranking):
                if subject in self._policy.no_quota:
                    key = self._policy.no_quota[subject].key
                    mend = "drop the ranking: everybody who is eligible is taken in"
                    self._fault(where, f"ranks under a quota, which `{key}` forbids", mend, "no_quota")
                else:
                    self._rankings[subject] = ranking
            case SetLabel():
                self._lay_label(patch, where)
            case _ as never:
                assert_never(never)

    def _lay_parameter(
        self, amendment: Amendment, patch: SetParameter | AddParameter | EndParameter, where: str
    ) -> None:
        days = amendment.days_of(patch)
        match patch:
            case AddParameter(name):
                if self._is_free(name, where):
                    value = DatedValue(days, patch.value, patch.citation, amendment.published)
                    self._parameters[name] = attrs.evolve(declared_by(patch, amendment.id), values=(value,))
            case SetParameter(name):
                if not self._is_there(name, self._parameters, "parameter", where):
                    return
                old = self._parameters[name]
                if misfit := _misfit(old, patch.value):
                    self._fault(where, f"`{name}` {misfit}", "give a value as the pack declares it", "bounds")
                    return
                notes = (patch.note_zh, patch.note_en)
                value = DatedValue(days, patch.value, patch.citation, amendment.published, *notes)
                self._parameters[name] = attrs.evolve(old, values=lay_value(old.values, value))
            case EndParameter(name):
                if self._is_there(name, self._parameters, "parameter", where):
                    del self._parameters[name]

    def _lay_rule(self, amendment: Amendment, patch: AddRule | ChangeRule | DropRule, where: str) -> None:
        match patch:
            case AddRule(rule):
                if self._is_free(rule.id, where):
                    self._rules[rule.id] = attrs.evolve(rule, pack=amendment.id)
            case ChangeRule(name, citation, when, weight):
                if not self._is_there(name, self._rules, "rule", where):
                    return
                old = self._rules[name]
                if weight is not None and old.kind is not RuleKind.PRIORITY:
                    self._fault(where, f"gives a weight to `{name}`, which is no priority", "remove it", "weight")
                    return
                claim, heavy = when or old.when, old.weight if weight is None else weight
                self._rules[name] = attrs.evolve(old, when=claim, weight=heavy, citation=citation)
            case DropRule(name):
                if self._is_there(name, self._rules, "rule", where):
                    del self._rules[name]

    def _lay_exception(self, patch: AddException | DropException, where: str) -> None:
        if not self._is_there(patch.rule, self._rules, "rule", where):
            return
        rule = self._rules[patch.rule]
        held = [each.id for each in rule.unless]
        if rule.kind is not RuleKind.EXCLUSION:
            mend = 'change its claim instead, with `action = "change"`'
            self._fault(where, f"`{rule.id}` is no exclusion, so it has no exceptions", mend, "unless")
        elif isinstance(patch, AddException) and patch.name in held:
            mend = "drop it first, or give the new one an id of its own"
            self._fault(where, f"`{rule.id}` has an exception `{patch.name}` already", mend, "double")
        elif isinstance(patch, AddException):
            self._rules[rule.id] = attrs.evolve(rule, unless=(*rule.unless, patch.unless))
        elif patch.name not in held:
            self._fault(where, f"`{rule.id}` has no exception `{patch.name}`", _known(held), "no_name")
        else:
            left = tuple(each for each in rule.unless if each.id != patch.name)
            self._rules[rule.id] = attrs.evolve(rule, unless=left)

    def _lay_label(self, patch: SetLabel, where: str) -> None:
        name, zh, en = patch.name, patch.zh, patch.en
        if patch.exception:
            if self._is_there(name, self._rules, "rule", where):
                self._relabel_exception(self._rules[name], patch, where)
        elif name in self._rules:
            self._rules[name] = attrs.evolve(self._rules[name], zh=zh, en=en)
        elif name in self._definitions:
            self._definitions[name] = attrs.evolve(self._definitions[name], zh=zh, en=en)
        elif name in self._parameters:
            self._parameters[name] = attrs.evolve(self._parameters[name], zh=zh, en=en)
        else:
            self._is_there(name, self._rules, "rule, definition or parameter", where)

    def _relabel_exception(self, rule: Rule, patch: SetLabel, where: str) -> None:
        held = [each.id for each in rule.unless]
        if patch.exception not in held:
            self._fault(where, f"`{rule.id}` has no exception `{patch.exception}`", _known(held), "no_name")
            return
        unless: Iterator[Unless] = (
            attrs.evolve(each, zh=patch.zh, en=patch.en) if each.id == patch.exception else each for each in rule.unless
        )
        self._rules[rule.id] = attrs.evolve(rule, unless=tuple(unless))

    def _is_there(self, name: str, held: Mapping[str, object], what: str, where: str) -> bool:
        if name in held:
            return True
        near = _near(name, held)
        mend = f"did you mean `{near}`?" if near else "add it first, or name another"
        self._fault(where, f"there is no {what} `{name}` on these days", mend, "no_name")
        return False

    def _is_free(self, name: str, where: str) -> bool:
        for held, what in (
            (self._parameters, "parameter"),
            (self._definitions, "definition"),
            (self._rules, "rule"),
        ):
            if name in held:
                self._fault(where, f"there is a {what} `{name}` already", "change it, or rename yours", "double")
                return False
        return True

    def _fault(self, where: str, what: str, mend: str, code: str) -> None:
        self.faults.append(Fault(where, what, mend, code))

    def policy(self) -> Policy:
        """Put the parts together."""
        checklists = {
            name: attrs.evolve(held, items=tuple(each for each in held.items if each.is_open or each.id in self._rules))
            for name, held in self._policy.checklists.items()
        }
        return attrs.evolve(
            self._policy,
            days=self._days,
            parameters=MappingProxyType(self._parameters),
            definitions=MappingProxyType(_in_order(self._definitions)),
            rules=tuple(self._rules.values()),
            eligible_when=MappingProxyType(self._eligible_when),
            rankings=MappingProxyType(self._rankings),
            sources=MappingProxyType(self._sources),
            checklists=MappingProxyType(checklists),
            amendments=(),
        )


def lay_value(values: Iterable[DatedValue], new: DatedValue) -> tuple[DatedValue, ...]:
    """Lay a value over others: on its days it alone is left, on all other days what was there stays."""
    found = [new]
    for old in values:
        if not old.period.overlaps(new.period):
            found.append(old)
            continue
        if old.period.start < new.period.start:
            found.append(attrs.evolve(old, period=Period(old.period.start, new.period.start)))
        if new.period.until is not None and (old.period.until is None or new.period.until < old.period.until):
            found.append(attrs.evolve(old, period=Period(new.period.until, old.period.until)))
    return tuple(sorted(found, key=lambda each: each.period.start))


def _misfit(parameter: Parameter, value: ParameterValue) -> str:
    """Say why a value is not one of a parameter; empty when it is."""
    if (parameter.unit is not None) is not isinstance(value, Fraction):
        return "is no number" if parameter.unit is not None else "is given a number, and has none"
    held = parameter.values[0].value if parameter.values else value
    if type(held) is not type(value):
        return "is of another sort"
    return parameter.misfit(value)


def _in_order(definitions: Mapping[str, Definition]) -> dict[str, Definition]:
    """Put definitions each after those it reads; those of a circle, which is refused elsewhere, stay as they are."""
    reads = {name: sorted(names(each.expr) & definitions.keys()) for name, each in definitions.items()}
    try:
        return {name: definitions[name] for name in TopologicalSorter(reads).static_order()}
    except CycleError:
        return dict(definitions)


def _near(name: str, held: Iterable[str]) -> str:
    return next(iter(difflib.get_close_matches(name, list(held), 1)), "")


def _known(held: Iterable[str]) -> str:
    listed = ", ".join(f"`{each}`" for each in held)
    return f"known: {listed}" if listed else "it has none"
