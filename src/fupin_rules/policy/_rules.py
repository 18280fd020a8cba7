"""What a policy is made of: dated parameters, definitions, rules of five kinds, and how eligible ones are ranked."""

from __future__ import annotations

import enum
from datetime import date
from decimal import Decimal
from fractions import Fraction

import attrs

from fupin_rules.citations import Citation
from fupin_rules.expr import And, Expr, Not, Or
from fupin_rules.periods import Period
from fupin_rules.quantities import Unit, plain


class Subject(enum.StrEnum):
    """Whom a rule is about."""

    HOUSEHOLD = "household"
    VILLAGE = "village"
    AREA = "area"
    """A township or a county."""

    @property
    def one(self) -> str:
        """Name one such subject in English: `a household`, `an area`."""
        return f"an {self}" if self is Subject.AREA else f"a {self}"


class RuleKind(enum.StrEnum):
    """What a rule does to an outcome."""

    ELIGIBILITY = "eligibility"
    """A condition of being identified (识别条件)."""
    EXCLUSION = "exclusion"
    """Disqualifies, unless one of its exceptions holds (不录)."""
    PRIORITY = "priority"
    """Ranks among the eligible; never makes anyone eligible (优先)."""
    EXIT = "exit"
    """A guarantee that must be met to leave (退出)."""
    CHECK = "check"
    """Data quality and plausibility; reported, without effect on outcomes (核查)."""


class Direction(enum.StrEnum):
    """What an override does to the set of those who are eligible, as declared."""

    NARROWS = "narrows"
    WIDENS = "widens"
    CHANGES = "changes"


ParameterValue = Fraction | date | str | frozenset[str]

# Money and shares in hundredths; what is checked for these fits whatever an open parameter turns out to be.
OPEN_PLACES = 2


@attrs.frozen
class DatedValue:
    """
    A value of a parameter over a period.

    Attributes:
        period: Days on which it is in force.
        value: An exact number, a day, a code, or a set of codes.
        citation: Where it comes from.
        published: Day on which the law became known, where it is told.
        note_zh: What a reader should know, in Chinese.
        note_en: The same in English.
        runs_on: Whether no end is written, so that it holds until the next value that is known.
    """

    period: Period
    value: ParameterValue
    citation: Citation
    published: date | None = None
    note_zh: str = ""
    note_en: str = ""
    runs_on: bool = False


@attrs.frozen
class Parameter:
    """
    A number or a set in a policy, with its values over time.

    Attributes:
        name: As rules write it.
        zh: Meaning in Chinese.
        en: Meaning in English.
        unit: Unit of a number; None for days and codes.
        code_list: Name of the code list of codes; empty otherwise.
        values: In order of their first days, without overlap.
        pack: Pack that gives the values, or that declares the parameter open.
        bounds: Least and greatest value, for a parameter that was declared open; None otherwise.
        is_open: Whether no pack gives the values, so that the caller has to.
    """

    name: str
    zh: str
    en: str
    unit: Unit | None
    code_list: str
    values: tuple[DatedValue, ...]
    pack: str
    bounds: tuple[Fraction, Fraction] | None = None
    is_open: bool = False

    @property
    def halfway(self) -> Fraction | None:
        """A value half-way between the bounds, to try an open parameter with; None where it has no bounds."""
        if self.bounds is None:
            return None
        low, high = self.bounds
        return Fraction((low + high) / 2 * 10**OPEN_PLACES // 1, 10**OPEN_PLACES)

    def misfit(self, value: ParameterValue) -> str:
        """Say in which way a value breaks the declared bounds; empty when it does not, or when there are none."""
        if self.bounds is None or not isinstance(value, Fraction):
            return ""
        low, high = self.bounds
        if not low <= value <= high:
            return f"is {plain(value)}, outside {plain(low)} to {plain(high)} {self.unit}"
        if (value * 10**OPEN_PLACES).denominator != 1:
            return f"is {plain(value)}, with more than {OPEN_PLACES} decimals"
        return ""


@attrs.frozen
class InForce:
    """
    A parameter on one day.

    Attributes:
        parameter: The parameter it is a value of.
        dated: The value in force, with its period and citation.
    """

    parameter: Parameter
    dated: DatedValue

    @property
    def value(self) -> ParameterValue:
        """The value in force."""
        return self.dated.value


@attrs.frozen
class Definition:
    """
    A named expression.

    Attributes:
        name: As rules write it.
        subject: Whom it is about.
        zh: Label in Chinese.
        en: Label in English.
        expr: What it stands for.
        citation: Where it comes from.
        pack: Pack that declares it.
    """

    name: str
    subject: Subject
    zh: str
    en: str
    expr: Expr
    citation: Citation
    pack: str


@attrs.frozen
class Unless:
    """
    An exception to an exclusion: where it holds, the hit stays on record as rebutted and does not exclude.

    Attributes:
        id: Unique within its rule.
        zh: Label in Chinese.
        en: Label in English.
        when: The exception.
        citation: Where it comes from.
    """

    id: str
    zh: str
    en: str
    when: Expr
    citation: Citation


@attrs.frozen
class Rule:
    """
    One expression with a kind.

    Attributes:
        id: Unique within a policy; other rules may name it.
        kind: What it does to an outcome.
        subject: Whom it is about.
        zh: Label in Chinese.
        en: Label in English.
        when: The claim.
        citation: Where it comes from.
        pack: Pack that declares it.
        unless: Exceptions, for exclusions only.
        weight: For priorities ranked by weights.
        note_zh: What a reader should know, in Chinese.
        note_en: The same in English.
    """

    id: str
    kind: RuleKind
    subject: Subject
    zh: str
    en: str
    when: Expr
    citation: Citation
    pack: str
    unless: tuple[Unless, ...] = ()
    weight: Decimal | None = None
    note_zh: str = ""
    note_en: str = ""

    @property
    def effective(self) -> Expr:
        """The claim that counts: for an exclusion, that it is hit and no exception holds."""
        if not self.unless:
            return self.when
        claims = tuple(exception.when for exception in self.unless)
        rebutted = claims[0] if len(claims) == 1 else Or(claims)
        return And((self.when, Not(rebutted)))

    def label(self, language: str) -> str:
        """Give the label in `zh` or `en`."""
        return self.zh if language == "zh" else self.en


class RankingMethod(enum.StrEnum):
    """How matched priorities become a score."""

    COUNT = "count"
    WEIGHTS = "weights"
    LEXICOGRAPHIC = "lexicographic"


@attrs.frozen
class TieBreak:
    """
    What decides between equal scores.

    Attributes:
        by: A number or a day of the subject.
        prefer: `lower` or `higher` goes first.
        citation: Where it comes from.
    """

    by: Expr
    prefer: str
    citation: Citation


@attrs.frozen
class Ranking:
    """
    How the eligible are ranked under a quota.

    Attributes:
        method: How matched priorities become a score.
        order: For the lexicographic method: priority rules, the first decides first.
        tie_breaks: What decides between equal scores, in order; where all are equal, a tie stays a tie.
        citation: Where it comes from.
    """

    method: RankingMethod
    order: tuple[str, ...]
    tie_breaks: tuple[TieBreak, ...]
    citation: Citation

    def weight(self, rule: Rule) -> Fraction:
        """Tell what a priority adds to the score where it holds."""
        if self.method is not RankingMethod.WEIGHTS:
            return Fraction(1)
        assert rule.weight is not None, "a ranking by weights is refused without them"
        return Fraction(rule.weight)


@attrs.frozen
class EligibleWhen:
    """
    How the eligibility rules of a subject combine, where it is not simply "all hold".

    Attributes:
        expr: Over ids of eligibility rules only.
        citation: Where it comes from.
    """

    expr: Expr
    citation: Citation
