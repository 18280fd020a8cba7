"""
What an amendment does to a policy: one patch for each thing that is set, added, changed or dropped.

A patch cites its source. It holds on the days of its amendment, or on days of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType

import attrs

from fupin_rules.citations import Citation
from fupin_rules.documents import RawExpr
from fupin_rules.errors import Fault, PolicyError
from fupin_rules.expr import Expr, parse
from fupin_rules.periods import Period
from fupin_rules.policy._rules import (
    Definition,
    EligibleWhen,
    Parameter,
    ParameterValue,
    Ranking,
    Rule,
    Subject,
    Unless,
)
from fupin_rules.quantities import Unit, exact


@attrs.frozen
class Place:
    """
    Where a patch is written, so that its faults are told by file, line and column.

    Attributes:
        where: The table of the patch.
        texts: By part (`when`, `unless.ID`, `tie.0`): the file, and line and column where the text of it starts.
    """

    where: str
    texts: Mapping[str, tuple[str, tuple[int, int]]] = MappingProxyType({})

    def written(self, part: str, expr: Expr) -> RawExpr:
        """Give an expression with the place of its text."""
        return RawExpr(expr, *self.texts.get(part, (self.where, (1, 1))))


def _value(value: ParameterValue | int | Decimal) -> ParameterValue:
    if not isinstance(value, (int, Decimal, Fraction)):
        return value
    try:
        return Fraction(exact(value))
    except ValueError as error:
        raise PolicyError(Fault("value", str(error), "give an exact number", "digits")) from None


def _expr(value: Expr | str) -> Expr:
    return parse(value) if isinstance(value, str) else value


def _expr_or_none(value: Expr | str | None) -> Expr | None:
    return None if value is None else _expr(value)


@attrs.frozen
class SetParameter:
    """
    Set the value of a parameter that is there.

    Attributes:
        name: Name of the parameter.
        value: A number in its own unit (a whole number, a decimal or a fraction), a day, a code, or a set of codes.
        citation: Where it comes from.
        note_zh: What a reader should know, in Chinese.
        note_en: The same in English.
        days: On which days; None for those of the amendment.
        place: Where it is written.
    """

    name: str
    value: ParameterValue = attrs.field(converter=_value)
    citation: Citation
    note_zh: str = ""
    note_en: str = ""
    days: Period | None = attrs.field(default=None, kw_only=True)
    place: Place | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)


@attrs.frozen
class AddParameter:
    """
    Add a parameter with its value.

    Attributes:
        name: Name of the parameter.
        zh: Meaning in Chinese.
        en: Meaning in English.
        value: A number, a day, a code, or a set of codes.
        citation: Where it comes from.
        unit: Unit of a number; None for anything else.
        code_list: Name of the code list of codes; empty otherwise.
        days: On which days; None for those of the amendment.
        place: Where it is written.
    """

    name: str
    zh: str
    en: str
    value: ParameterValue = attrs.field(converter=_value)
    citation: Citation
    unit: Unit | None = None
    code_list: str = ""
    days: Period | None = attrs.field(default=None, kw_only=True)
    place: Place | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)


@attrs.frozen
class EndParameter:
    """
    End a parameter: it has no value any more, and nothing in force may read it.

    Attributes:
        name: Name of the parameter.
        citation: Where that is said.
        days: On which days; None for those of the amendment.
        place: Where it is written.
    """

    name: str
    citation: Citation
    days: Period | None = attrs.field(default=None, kw_only=True)
    place: Place | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)


@attrs.frozen
class AddDefinition:
    """
    Add a definition.

    Attributes:
        definition: The definition; the amendment counts as its pack.
        days: On which days; None for those of the amendment.
        place: Where it is written.
    """

    definition: Definition
    days: Period | None = attrs.field(default=None, kw_only=True)
    place: Place | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)

    @property
    def name(self) -> str:
        """Name of the definition."""
        return self.definition.name

    @property
    def citation(self) -> Citation:
        """Where it comes from."""
        return self.definition.citation


@attrs.frozen
class ChangeDefinition:
    """
    Let a definition stand for something else.

    Attributes:
        name: Name of the definition.
        expr: What it stands for, as a tree or as text.
        citation: Where it comes from.
        days: On which days; None for those of the amendment.
        place: Where it is written.
    """

    name: str
    expr: Expr = attrs.field(converter=_expr)
    citation: Citation
    days: Period | None = attrs.field(default=None, kw_only=True)
    place: Place | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)


@attrs.frozen
class DropDefinition:
    """
    Do without a definition.

    Attributes:
        name: Name of the definition.
        citation: Where that is said.
        days: On which days; None for those of the amendment.
        place: Where it is written.
    """

    name: str
    citation: Citation
    days: Period | None = attrs.field(default=None, kw_only=True)
    place: Place | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)


@attrs.frozen
class AddRule:
    """
    Add a rule.

    Attributes:
        rule: The rule, with its exceptions; the amendment counts as its pack.
        days: On which days; None for those of the amendment.
        place: Where it is written.
    """

    rule: Rule
    days: Period | None = attrs.field(default=None, kw_only=True)
    place: Place | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)

    @property
    def name(self) -> str:
        """Id of the rule."""
        return self.rule.id

    @property
    def citation(self) -> Citation:
        """Where it comes from."""
        return self.rule.citation


@attrs.frozen
class ChangeRule:
    """
    Change the claim of a rule, its weight, or both; its kind, its label and its exceptions stay.

    Attributes:
        name: Id of the rule.
        citation: Where it comes from; the rule cites this from then on.
        when: The new claim, as a tree or as text; None where it stays.
        weight: The new weight of a priority; None where it stays.
        days: On which days; None for those of the amendment.
        place: Where it is written.
    """

    name: str
    citation: Citation
    when: Expr | None = attrs.field(default=None, converter=_expr_or_none)
    weight: Decimal | None = None
    days: Period | None = attrs.field(default=None, kw_only=True)
    place: Place | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)


@attrs.frozen
class DropRule:
    """
    Do without a rule.

    Attributes:
        name: Id of the rule.
        citation: Where that is said.
        days: On which days; None for those of the amendment.
        place: Where it is written.
    """

    name: str
    citation: Citation
    days: Period | None = attrs.field(default=None, kw_only=True)
    place: Place | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)


@attrs.frozen
class AddException:
    """
    Add an exception to an exclusion.

    Attributes:
        rule: Id of the exclusion.
        unless: The exception.
        days: On which days; None for those of the amendment.
        place: Where it is written.
    """

    rule: str
    unless: Unless
    days: Period | None = attrs.field(default=None, kw_only=True)
    place: Place | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)

    @property
    def name(self) -> str:
        """Id of the exception."""
        return self.unless.id

    @property
    def citation(self) -> Citation:
        """Where it comes from."""
        return self.unless.citation


@attrs.frozen
class DropException:
    """
    Do without an exception of an exclusion.

    Attributes:
        rule: Id of the exclusion.
        name: Id of the exception.
        citation: Where that is said.
        days: On which days; None for those of the amendment.
        place: Where it is written.
    """

    rule: str
    name: str
    citation: Citation
    days: Period | None = attrs.field(default=None, kw_only=True)
    place: Place | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)


@attrs.frozen
class SetEligibleWhen:
    """
    Set how the eligibility rules about a subject combine.

    Attributes:
        subject: Whom they are about.
        eligible_when: The combination.
        days: On which days; None for those of the amendment.
        place: Where it is written.
    """

    subject: Subject
    eligible_when: EligibleWhen
    days: Period | None = attrs.field(default=None, kw_only=True)
    place: Place | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)

    @property
    def name(self) -> str:
        """Whom they are about."""
        return self.subject.value

    @property
    def citation(self) -> Citation:
        """Where it comes from."""
        return self.eligible_when.citation


@attrs.frozen
class SetRanking:
    """
    Set how the eligible are ranked.

    Attributes:
        subject: Whom it is about.
        ranking: The ranking.
        days: On which days; None for those of the amendment.
        place: Where it is written.
    """

    subject: Subject
    ranking: Ranking
    days: Period | None = attrs.field(default=None, kw_only=True)
    place: Place | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)

    @property
    def name(self) -> str:
        """Whom it is about."""
        return self.subject.value

    @property
    def citation(self) -> Citation:
        """Where it comes from."""
        return self.ranking.citation


@attrs.frozen
class SetLabel:
    """
    Set how a rule, a definition, a parameter or an exception is called; no assessment changes by it.

    Attributes:
        name: Name of the rule, the definition or the parameter.
        zh: Label in Chinese.
        en: Label in English.
        citation: Where it comes from.
        exception: Id of the exception of the rule that is meant; empty for the rule itself.
        days: On which days; None for those of the amendment.
        place: Where it is written.
    """

    name: str
    zh: str
    en: str
    citation: Citation
    exception: str = ""
    days: Period | None = attrs.field(default=None, kw_only=True)
    place: Place | None = attrs.field(default=None, eq=False, repr=False, kw_only=True)


Patch = (
    SetParameter
    | AddParameter
    | EndParameter
    | AddDefinition
    | ChangeDefinition
    | DropDefinition
    | AddRule
    | ChangeRule
    | DropRule
    | AddException
    | DropException
    | SetEligibleWhen
    | SetRanking
    | SetLabel
)
"""One thing that an amendment does."""


def target_of(patch: Patch) -> tuple[str, ...]:
    """Name what a patch touches; two patches with one target touch the same thing."""
    match patch:
        case AddException() | DropException():
            return ("exception", patch.rule, patch.name)
        case SetEligibleWhen():
            return ("eligible_when", patch.name)
        case SetRanking():
            return ("ranking", patch.name)
        case SetLabel():
            return ("label", patch.name, patch.exception)
        case _:
            # Parameters, definitions and rules share one space of names.
            return ("name", patch.name)


def target_name(target: tuple[str, ...]) -> str:
    """Name a target for a person: `income_line`, `car.livelihood`, `eligible_when.household`."""
    shown = target if target[0] in ("eligible_when", "ranking") else target[1:]
    return ".".join(part for part in shown if part)


def expressions_of(patch: Patch) -> dict[str, Expr]:
    """Give the expressions that a patch brings, by part."""
    match patch:
        case AddDefinition(definition):
            return {"value": definition.expr}
        case ChangeDefinition():
            return {"value": patch.expr}
        case AddRule(rule):
            return {"when": rule.when} | {f"unless.{each.id}": each.when for each in rule.unless}
        case ChangeRule(when=when) if when is not None:
            return {"when": when}
        case AddException(_, unless):
            return {"when": unless.when}
        case SetEligibleWhen(_, eligible_when):
            return {"when": eligible_when.expr}
        case SetRanking(_, ranking):
            return {f"tie.{place}": each.by for place, each in enumerate(ranking.tie_breaks)}
        case _:
            return {}


def declared_by(patch: AddParameter, pack: str) -> Parameter:
    """Declare the parameter that a patch adds; its value is set apart."""
    return Parameter(patch.name, patch.zh, patch.en, patch.unit, patch.code_list, (), pack)
