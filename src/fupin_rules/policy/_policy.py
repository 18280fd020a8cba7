"""A policy over time, and its snapshot on one day: parameters in force, definitions, rules, and how they combine."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final

import attrs

from fupin_rules.citations import Citation, Source
from fupin_rules.errors import Fault, PolicyError, UncoveredDateError
from fupin_rules.expr import Expr, Scope, substitute
from fupin_rules.markup import Drawing, both_html, both_markdown, draw_html, draw_markdown, draw_text, mimebundle
from fupin_rules.periods import Period, gaps
from fupin_rules.policy._checklists import Checklist
from fupin_rules.policy._drawing import draw_policy, draw_snapshot
from fupin_rules.policy._fingerprint import fingerprint, fingerprint_over_time
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
from fupin_rules.policy.amending._amendment import Amendment
from fupin_rules.policy.amending._apply import active_on, amended_text, eras, known_on
from fupin_rules.policy.amending._check import amended
from fupin_rules.policy.amending._patches import target_of
from fupin_rules.quantities import exact

# Days whose snapshots a policy holds on to; each has its rules compiled at the first household.
_MOST_SNAPSHOTS: Final = 64


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
        checklists: Templates by id, with their filled items (which are rules) and their open slots (which are none).
        no_quota: For whom a quota is forbidden, and on what ground.
        amendments: What changes it, in order of publication. All other attributes are as the pack has them; the text
            of a day is that of its snapshot.
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
    checklists: Mapping[str, Checklist] = MappingProxyType({})
    no_quota: Mapping[Subject, Citation] = MappingProxyType({})
    amendments: tuple[Amendment, ...] = ()
    _snapshots: dict[tuple[date, date | None], Snapshot] = attrs.field(factory=dict, init=False, eq=False, repr=False)

    def on(self, day: date, known_at: date | None = None) -> Snapshot:
        """
        Give the policy in force on a day, as the law was known on another (by default, as it is known now).

        Values and amendments that were published after `known_at` are left out; a value that holds until the next one
        goes on until the next that was known. The same days give the same snapshot, so that a call in a loop costs
        nothing.

        Raises:
            PolicyError: The day is no `datetime.date` (a time of day or a text would be a guess).
            UncoveredDateError: The pack does not cover the day, no value of a parameter was known yet, or one is open.

        >>> from fupin_rules.policy import load_policy
        >>> snapshot = load_policy("national-2014").on(date(2014, 6, 1))
        >>> snapshot.parameters["income_line"].value
        Fraction(2736, 1)
        """
        for asked in (day, known_at):
            if asked is not None and type(asked) is not date:
                what = f"expected a day (`datetime.date`), got `{type(asked).__name__}`"
                raise PolicyError(Fault(f"policy `{self.id}`", what, "give `date(2016, 1, 31)`", "day"))
        found = self._snapshots.get((day, known_at))
        if found is None:
            found = self._on(day, known_at)
            if len(self._snapshots) >= _MOST_SNAPSHOTS:
                self._snapshots.clear()
            self._snapshots[day, known_at] = found
        return found

    def _on(self, day: date, known_at: date | None) -> Snapshot:
        if day not in self.days:
            raise UncoveredDateError(
                Fault(
                    f"policy `{self.id}`",
                    f"does not cover {day} (covered: {self.days})",
                    "assess on a covered day, or load a pack for that day",
                    "uncovered_date",
                )
            )
        known = known_on(self.amendments, known_at)
        active = active_on(known, day)
        text = self
        if self.amendments:
            (era,) = (each for each in eras(self.days, known) if day in each)
            text, faults = amended_text(self, active, era)
            assert not faults, "what does not fit was refused when the policy was amended"
        if left_open := [fault for each in text.parameters.values() if (fault := _left_open(text, each, day))]:
            raise UncoveredDateError(left_open)
        in_force = {name: _in_force(text, each, day, known_at) for name, each in text.parameters.items()}
        # By id: no amendment is hashed whole.
        amended_by = {amendment.id: amendment for amendment, _ in active}
        return Snapshot(text, day, MappingProxyType(in_force), tuple(amended_by.values()))

    def amend(self, *amendments: Amendment) -> Policy:
        """
        Give the policy as amended; this one stays as it is.

        The order in which amendments are given does not matter: one that was published later prevails.

        Args:
            amendments: Read by `load_amendment`, or built.

        Raises:
            PolicyError: There is none; or one does not fit the policy, on some day or at some stage of what was known.
                All faults are listed, with file, line and column.
            LimitError: There are more amendments, or more different texts over time, than are looked at.

        >>> from fupin_rules.citations import Source, Standing
        >>> from fupin_rules.policy import Amendment, SetParameter, load_policy
        >>> order = Citation(Source("order", "通知", "order", Standing.ASSUMPTION, note="an example"))
        >>> spring, may = Period(date(2016, 4, 1)), date(2016, 5, 20)
        >>> patch = SetParameter("income_line", 3500, order)
        >>> raised = Amendment("raised", "yucheng-2016", "提高", "raise", order, may, spring, [patch])
        >>> policy = load_policy("yucheng-2016").amend(raised)
        >>> june = date(2016, 6, 1)
        >>> policy.on(june).parameters["income_line"].value
        Fraction(3500, 1)
        >>> policy.on(june, known_at=date(2016, 5, 1)).parameters["income_line"].value
        Fraction(3402, 1)
        """
        return attrs.evolve(self, amendments=amended(self, amendments))

    def eras(self, known_at: date | None = None) -> tuple[Period, ...]:
        """Share out the days of the policy into periods within which no amendment begins or ends."""
        return eras(self.days, known_on(self.amendments, known_at))

    @property
    def fingerprint(self) -> str:
        """SHA-256, in hex, of all that can change an assessment on any day; amendments count by their own."""
        return fingerprint_over_time(
            self.parameters,
            self.definitions,
            self.rules,
            self.eligible_when,
            self.rankings,
            days=self.days,
            amendments=(each.fingerprint for each in self.amendments),
        )

    def with_parameter(
        self, *, source: Source | Citation, days: Period, **values: int | str | Decimal | Fraction
    ) -> Policy:
        """
        Give a policy in which open parameters have values on the days named, each on the ground of `source`.

        Call it once for each period: the value of one year is never taken for another.

        Args:
            source: Where the values come from, and how firm that is; every answer will show it.
            days: On which days they are in force.
            values: Value by parameter name, in the parameter's own unit.

        Raises:
            PolicyError: A name is no open parameter of the policy, a value is no number within its bounds, or the
                parameter has a value on some of the days already.

        >>> from fupin_rules.citations import Source, Standing
        >>> from fupin_rules.policy import load_policy
        >>> notice = Source("notice", "省级通知", "notice of the province", Standing.STATED)
        >>> year = Period(date(2023, 1, 1), date(2024, 1, 1))
        >>> policy = load_policy("monitoring-2021").with_parameter(monitoring_line=7300, days=year, source=notice)
        >>> policy.on(date(2023, 6, 30)).parameters["monitoring_line"].value
        Fraction(7300, 1)
        """
        citation = source if isinstance(source, Citation) else Citation(source)
        parameters = dict(self.parameters)
        for name, value in values.items():
            old = self.parameter(name)
            if not old.is_open:
                what, mend = "has the values of its pack", "replace one on a day with `policy.on(day).with_parameter`"
                raise PolicyError(Fault(f"parameter `{name}`", what, mend, "not_open"))
            for period in (*(dated.period for dated in old.values), *self._amended_on(name)):
                if period.overlaps(days):
                    what = f"has a value on {period} already, and is given one on {days}"
                    raise PolicyError(Fault(f"parameter `{name}`", what, "give one value for each day", "overlap"))
            given = DatedValue(days, _number_of(old, value), citation)
            held = sorted((*old.values, given), key=lambda each: each.period.start)
            parameters[name] = attrs.evolve(old, values=tuple(held))
        return attrs.evolve(self, parameters=MappingProxyType(parameters))

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it, in `zh` or `en`."""
        return draw_policy(self, language)

    as_text = draw_text
    as_markdown = draw_markdown
    as_html = draw_html
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle

    def parameter(self, name: str) -> Parameter:
        """
        Find a parameter by name.

        Raises:
            PolicyError: There is no such parameter.
        """
        if name not in self.parameters:
            what, known = f"has no parameter `{name}`", ", ".join(self.parameters)
            raise PolicyError(Fault(f"policy `{self.id}`", what, f"known: {known}", "no_parameter"))
        return self.parameters[name]

    @property
    def open_parameters(self) -> tuple[str, ...]:
        """Name the parameters that have no value on some day the pack covers, in pack order."""
        return tuple(name for name, each in self.parameters.items() if _days_open(self, each))

    def scopes(self) -> Mapping[Subject, Scope]:
        """Tell what names mean in the rules about each subject; that is the same on every day."""
        return build_scopes(self.parameters, self.definitions, self.rules)

    def _amended_on(self, name: str) -> Iterator[Period]:
        """Give the days on which an amendment sets a parameter."""
        for amendment in self.amendments:
            for patch in amendment.patches:
                if target_of(patch) == ("name", name):
                    yield amendment.days_of(patch)


def _days_open(policy: Policy, parameter: Parameter) -> tuple[Period, ...]:
    return gaps(policy.days, [dated.period for dated in parameter.values]) if parameter.is_open else ()


def _left_open(policy: Policy, parameter: Parameter, day: date) -> Fault | None:
    days_open = _days_open(policy, parameter)
    if not any(day in period for period in days_open):
        return None
    listed = ", ".join(str(period) for period in days_open)
    return Fault(
        f"policy `{policy.id}`",
        f"`{parameter.name}` is open and has no value on {day} (missing on: {listed})",
        f"load a pack that extends `{parameter.pack}` and gives one,"
        f" or give it with its source: `policy.with_parameter({parameter.name}=…, days=…, source=…)`",
        "open_parameter",
    )


def _in_force(policy: Policy, parameter: Parameter, day: date, known_at: date | None) -> InForce:
    known = [
        each for each in parameter.values if known_at is None or each.published is None or each.published <= known_at
    ]
    for number, dated in enumerate(known):
        following = known[number + 1 : number + 2]
        ends = following[0].period.start if following else None
        # Whoever did not know the next value went on with this one.
        if day in (Period(dated.period.start, ends) if dated.runs_on else dated.period):
            return InForce(parameter, dated)
    raise UncoveredDateError(
        Fault(
            f"policy `{policy.id}`",
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
        policy: The policy it is taken from; of an amended one its text on that day, which covers the days of that text.
        on: The day.
        parameters: Values in force, by name.
        amended_by: The amendments in force on that day, in order of publication.
    """

    policy: Policy
    on: date
    parameters: Mapping[str, InForce]
    amended_by: tuple[Amendment, ...] = ()

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

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it, in `zh` or `en`."""
        return draw_snapshot(self, language)

    as_text = draw_text
    as_markdown = draw_markdown
    as_html = draw_html
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle

    @property
    def policy_id(self) -> str:
        """Id of the pack."""
        return self.policy.id

    def title(self, language: str) -> str:
        """Name the policy in `zh` or `en`, with the amendments in force on the day."""
        zh = language == "zh"
        names = [each.zh if zh else each.en for each in self.amended_by]
        title = self.policy.zh if zh else self.policy.en
        if not names:
            return title
        return f"{title}，经修订：{'；'.join(names)}" if zh else f"{title}, as amended: {'; '.join(names)}"

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
    def kept(self) -> dict[object, Any]:
        """What readers work out once for this snapshot, by keys of their own."""
        return {}

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
        return self.policy.scopes()

    def scope(self, subject: Subject) -> Scope:
        """Tell what names mean in the rules about a subject."""
        return self._scopes[subject]

    def ranking(self, subject: Subject) -> Ranking | None:
        """Tell how the eligible are ranked; None when the pack does not say."""
        return self.policy.rankings.get(subject)

    def check_quota(self, subject: Subject) -> None:
        """
        Refuse a quota where the policy forbids one.

        Raises:
            PolicyError: A text forbids it (不得设置规模限制); the message cites it.
        """
        citation = self.policy.no_quota.get(subject)
        if citation is not None:
            what = f"forbids a quota of {subject}s ({citation.words('en')})"
            mend = "take in everybody who is eligible, and rank nobody"
            raise PolicyError(Fault(f"policy `{self.policy_id}`", what, mend, "no_quota"))

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
                    f"has no {kind} rule about {subject.one}",
                    f"load a pack that has one, or ask something else of {subject.one}",
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
            old = self.policy.parameter(name)
            # What stands in for an open parameter is for its own days only, whatever is asked of the policy later.
            days = self.parameters[name].dated.period if old.is_open else self.policy.days
            dated = DatedValue(days, self._same_sort(old, value), citation)
            parameters[name] = attrs.evolve(old, values=(dated,))
            in_force[name] = InForce(parameters[name], dated)
        return Snapshot(
            attrs.evolve(self.policy, parameters=MappingProxyType(parameters)),
            self.on,
            MappingProxyType(in_force),
            self.amended_by,
        )

    def _same_sort(self, parameter: Parameter, value: object) -> Fraction | date:
        held = parameter.values[0].value
        if isinstance(held, date) and isinstance(value, date):
            return value
        if isinstance(held, Fraction):
            return _number_of(parameter, value)
        raise PolicyError(
            Fault(f"parameter `{parameter.name}`", "is not of that sort", "change codes in a pack of your own", "sorts")
        )


def on_a_day(rules: object) -> Snapshot:
    """
    Take a policy on a day, and nothing else.

    Raises:
        PolicyError: It is none; a policy that was given no day is the likeliest slip.
    """
    if not isinstance(rules, Snapshot):
        what = f"expected a policy on a day, got `{type(rules).__name__}`"
        raise PolicyError(Fault("", what, "call `.on(date)` of the policy first", "no_day"))
    return rules


def _number_of(parameter: Parameter, value: object) -> Fraction:
    where = f"parameter `{parameter.name}`"
    try:
        number = Fraction(exact(value))
    except ValueError as error:
        raise PolicyError(Fault(where, str(error), "give an exact number", "digits")) from None
    if misfit := parameter.misfit(number):
        raise PolicyError(Fault(where, misfit, "give a value within the bounds its pack declares", "bounds"))
    return number
