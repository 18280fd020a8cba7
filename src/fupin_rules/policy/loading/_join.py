"""
Packs joined from the lowest up and checked whole: overrides declared, sources cited, days covered, types right.

Faults are collected by stage, each stage on ground that the one before made firm, and refused all at once.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import attrs

from fupin_rules.citations import Citation, Source
from fupin_rules.documents import RawExpr
from fupin_rules.errors import ExpressionError, Fault, LimitError
from fupin_rules.expr import (
    Declared,
    Expr,
    IsKnown,
    Kind,
    OrElse,
    Role,
    Scope,
    Type,
    check,
    names,
    walk,
)
from fupin_rules.periods import Period, gaps
from fupin_rules.policy._rules import (
    DatedValue,
    Parameter,
    RankingMethod,
    RuleKind,
    Subject,
)
from fupin_rules.policy._scope import CLAIM, declare_parameter, facts_scope
from fupin_rules.policy.loading._join_checklists import ChecklistJoin
from fupin_rules.policy.loading._pack_files import check_nodes, refuse
from fupin_rules.policy.loading._raw import (
    Override,
    PackFiles,
    RawDefinition,
    RawEligibleWhen,
    RawNoQuota,
    RawParameter,
    RawRanking,
    RawRule,
)


@attrs.define
class _Entry:
    """One definition or rule of the joined pack, with where it stands, until all are checked."""

    raw: RawDefinition | RawRule
    pack: str


@attrs.frozen
class _RuleEntry:
    """A rule of the joined pack as written, with the pack that wrote it last."""

    raw: RawRule
    pack: str


class Join:
    """The packs of a lineage, joined from the lowest up; faults are collected and refused at the end."""

    def __init__(self, packs: list[PackFiles]) -> None:
        self.packs = packs
        self.top = packs[-1]
        self.faults: list[Fault] = []
        self.sources: dict[str, Source] = {}
        self.parameters: dict[str, tuple[RawParameter, str]] = {}
        self.eligible_when: dict[Subject, RawEligibleWhen] = {}
        self.rankings: dict[Subject, RawRanking] = {}
        self.no_quota: dict[Subject, RawNoQuota] = {}
        self.checklists = ChecklistJoin(self.faults)
        self.entries: dict[str, _Entry] = {}

    def check(self) -> tuple[Mapping[str, Parameter], list[str]]:
        """
        Join the packs and check the whole.

        Returns:
            The parameters by name, and the names of definitions and rules, each after those it reads.

        Raises:
            PolicyError: There are faults; all of them are listed, with file, line and column.
            LimitError: The rules have more nodes than a pack may have.
        """
        for pack in self.packs:
            self._join_sources(pack)
            self._join_parameters(pack)
            self._join_entries(pack)
            self.eligible_when |= pack.eligible_when
            self._join_quotas(pack)
        parameters = {name: self._parameter(raw, pack) for name, (raw, pack) in self.parameters.items()}
        self._check_names()
        refuse(self.faults)
        held = {name: parameter for name, parameter in parameters.items() if parameter is not None}
        order = self._order()
        refuse(self.faults)
        self._check_types(held, order)
        self._check_ways_out()
        refuse(self.faults)
        return held, order

    # -- joining -----------------------------------------------------------------------------------------------

    def _fault(self, where: str, what: str, mend: str, code: str) -> None:
        self.faults.append(Fault(where, what, mend, code))

    def _join_sources(self, pack: PackFiles) -> None:
        for key, source in pack.sources.items():
            if self.sources.setdefault(key, source) != source:
                where = f"{pack.id}/sources.toml"
                self._fault(
                    where,
                    f"`{key}` names another source in a pack below",
                    "give it a key of its own",
                    "double",
                )

    def _may_stand(self, name: str, taken: bool, override: Override, where: str) -> None:
        if taken and not override.is_said:
            self._fault(
                where,
                f"`{name}` is there already",
                "say `overrides = true` with its direction, or rename it",
                "double",
            )
        if not taken and override.is_said:
            self._fault(where, f"`{name}` overrides nothing", "no pack below has it: drop `overrides`", "override")

    def _join_parameters(self, pack: PackFiles) -> None:
        for raw in pack.parameters:
            old = self.parameters[raw.name][0] if raw.name in self.parameters else None
            # Who gives an open parameter its values replaces nothing.
            taken = old is not None and (raw.is_open or not old.is_open)
            self._may_stand(raw.name, taken, raw.override, raw.where)
            if old is not None and old.unit != raw.unit:
                self._fault(raw.where, f"`{raw.name}` has another unit below", "keep the unit", "unit")
            bounds = raw.bounds or (old.bounds if old else None)
            self.parameters[raw.name] = (attrs.evolve(raw, bounds=bounds), pack.id)

    def _join_entries(self, pack: PackFiles) -> None:
        mine: set[str] = set()
        raws: tuple[RawDefinition | RawRule, ...] = (*pack.definitions, *pack.rules, *self.checklists.add(pack))
        for raw in raws:
            name = raw.name if isinstance(raw, RawDefinition) else raw.id
            if name in mine:
                self._fault(raw.where, f"`{name}` stands twice in this pack", "rename one", "double")
                continue
            mine.add(name)
            old = self.entries.get(name)
            self._may_stand(name, old is not None, raw.override, raw.where)
            if old is not None and (type(old.raw) is not type(raw) or old.raw.subject != raw.subject):
                self._fault(raw.where, f"`{name}` is of another kind below", "rename it", "double")
            self.entries[name] = _Entry(raw, pack.id)
        for drop in pack.drops:
            self.cite(drop.source, drop.where)
            if not isinstance(getattr(self.entries.pop(drop.id, None), "raw", None), RawRule):
                self._fault(
                    drop.where,
                    f"no rule `{drop.id}` below to drop",
                    "name a rule of a pack below",
                    "override",
                )

    def _join_quotas(self, pack: PackFiles) -> None:
        """Join rankings; where a quota is forbidden, at or below a pack, it cannot say how to rank under one."""
        self.no_quota |= pack.no_quota
        for subject in pack.rankings.keys() & self.no_quota.keys():
            key = self.no_quota[subject].source.removeprefix("src:").partition("#")[0]
            what = f"ranks under a quota, which `{key}` forbids"
            self._fault(pack.rankings[subject].where, what, "drop the ranking, or leave `no_quota` out", "no_quota")
        self.rankings |= pack.rankings

    def cite(self, text: str, where: str) -> Citation | None:
        key, _, locator = text.removeprefix("src:").partition("#")
        if key not in self.sources:
            if text:
                self._fault(where, f"cites `{key[:60]}`, which no sources.toml names", "add the source", "no_source")
            return None
        return Citation(self.sources[key], locator)

    def _parameter(self, raw: RawParameter, pack: str) -> Parameter | None:
        days = self.top.days
        starts = sorted(value.start for value in raw.values)
        dated = []
        periods = []
        for value in sorted(raw.values, key=lambda each: each.start):
            citation = self.cite(value.source, value.where)
            until = value.until or next((start for start in starts if start > value.start), None)
            periods.append(Period(value.start, until))
            if citation is not None:
                note_zh, note_en = value.note
                runs_on = value.until is None
                dated.append(DatedValue(periods[-1], value.value, citation, value.published, note_zh, note_en, runs_on))
        for first, second in itertools.pairwise(periods):
            if first.overlaps(second):
                what = f"`{raw.name}` has two values on {second.start}"
                self._fault(raw.where, what, "end the first before the second begins", "overlap")
        for gap in () if raw.is_open else gaps(days, periods):
            what = f"`{raw.name}` has no value on {gap} inside the days of `{self.top.id}` ({days})"
            self._fault(raw.where, what, "add one, or cover fewer days", "gap")
        parameter = Parameter(
            raw.name, *raw.label, raw.unit, raw.code_list, tuple(dated), pack, raw.bounds, is_open=raw.is_open
        )
        for value in raw.values:
            if misfit := parameter.misfit(value.value):
                self._fault(
                    value.where,
                    f"`{raw.name}` {misfit}",
                    "correct it, or declare a wider range where it is open",
                    "bounds",
                )
        return parameter if dated or raw.is_open else None

    # -- checking ----------------------------------------------------------------------------------------------

    def _check_names(self) -> None:
        facts = {path for subject in Subject for path in facts_scope(subject).names}
        for name, place in self._all_names():
            if name in facts:
                self._fault(place, f"`{name}` is a fact already", "rename it", "double")
        for name in self.parameters.keys() & self.entries.keys():
            self._fault(self.entries[name].raw.where, f"`{name}` is a parameter already", "rename it", "double")
        for entry in self.entries.values():
            self.cite(entry.raw.source, entry.raw.where)
            for exception in entry.raw.unless if isinstance(entry.raw, RawRule) else ():
                self.cite(exception.source, exception.where)
            if entry.raw.subject not in self.top.subjects and entry.pack == self.top.id:
                self._fault(
                    entry.raw.where,
                    f"is about {entry.raw.subject.one}, which `subjects` does not name",
                    "name it",
                    "subjects",
                )
        for eligible in self.eligible_when.values():
            self.cite(eligible.source, eligible.where)
        self._check_checklists(facts)
        for no_quota in self.no_quota.values():
            self.cite(no_quota.source, no_quota.where)
        for ranking in self.rankings.values():
            self.cite(ranking.source, ranking.where)
            for tie in ranking.tie_breaks:
                self.cite(tie.source, tie.where)

    def _check_checklists(self, facts: set[str]) -> None:
        raws = {name: entry.raw for name, entry in self.entries.items()}
        others = dict.fromkeys(facts, "a fact") | dict.fromkeys(self.parameters, "a parameter")
        self.checklists.check(raws, others, self.top, self.cite)

    def _all_names(self) -> Iterator[tuple[str, str]]:
        yield from ((name, raw.where) for name, (raw, _) in self.parameters.items())
        yield from ((name, entry.raw.where) for name, entry in self.entries.items())

    def _expressions(self, raw: RawDefinition | RawRule) -> tuple[RawExpr, ...]:
        if isinstance(raw, RawDefinition):
            return (raw.value,)
        return (raw.when, *(exception.when for exception in raw.unless))

    def _order(self) -> list[str]:
        """Put definitions and rules each after those it reads."""
        check_nodes(
            sum(1 for entry in self.entries.values() for raw in self._expressions(entry.raw) for _ in walk(raw.expr)),
            self.top.id,
        )
        reads = {
            name: {each for raw in self._expressions(entry.raw) for each in names(raw.expr) if each in self.entries}
            for name, entry in self.entries.items()
        }
        try:
            return list(TopologicalSorter({name: sorted(each) for name, each in reads.items()}).static_order())
        except CycleError as error:
            circle = error.args[1]
            where = self.entries[circle[0]].raw.where
            self._fault(where, f"reads itself: {' → '.join(reversed(circle))}", "break the circle", "cycle")
            return []

    def _check_types(self, parameters: Mapping[str, Parameter], order: list[str]) -> None:
        """Check every expression in the scope of its subject, and complete the scope as definitions are typed."""
        declared = {name: declare_parameter(parameter) for name, parameter in parameters.items()}
        scopes: dict[Subject, dict[str, Declared]] = {
            subject: dict(facts_scope(subject).names) | declared | self._declare_rules(subject) for subject in Subject
        }
        for name in order:
            raw = self.entries[name].raw
            scope = Scope(scopes[raw.subject], facts_scope(raw.subject).relations)
            for expression in self._expressions(raw):
                typed = self._typed(expression, scope, None if isinstance(raw, RawDefinition) else CLAIM)
                if isinstance(raw, RawDefinition):
                    # After a fault, any type serves: what reads it has faults of its own told apart.
                    zh, en = raw.label
                    scopes[raw.subject][name] = Declared(Role.DEFINITION, typed or CLAIM, zh, en)
        self._check_combinations(
            {subject: Scope(each, facts_scope(subject).relations) for subject, each in scopes.items()}
        )

    def _declare_rules(self, subject: Subject) -> dict[str, Declared]:
        raws = [each.raw for each in self.raw_rules() if each.raw.subject == subject]
        return {raw.id: Declared(Role.RULE, CLAIM, *raw.label) for raw in raws}

    def _typed(self, raw: RawExpr, scope: Scope, expect: Type | Kind | None) -> Type | None:
        try:
            return check(raw.expr, scope, expect=expect)
        except (ExpressionError, LimitError) as error:
            self.faults.extend(attrs.evolve(fault, where=raw.place(fault.where)) for fault in error.faults)
            return None

    def _check_combinations(self, scopes: Mapping[Subject, Scope]) -> None:
        kinds = {entry.raw.id: entry.raw.kind for entry in self.entries.values() if isinstance(entry.raw, RawRule)}
        for subject, eligible in self.eligible_when.items():
            self._typed(eligible.when, scopes[subject], CLAIM)
            others = sorted(n for n in names(eligible.when.expr) if kinds.get(n) is not RuleKind.ELIGIBILITY)
            if others:
                listed = ", ".join(f"`{each}`" for each in others)
                self._fault(
                    eligible.where,
                    f"names {listed}, no eligibility rules",
                    "name eligibility rules only",
                    "combination",
                )
        for subject, ranking in self.rankings.items():
            for tie in ranking.tie_breaks:
                self._check_tie(tie.by, self._typed(tie.by, scopes[subject], None), tie.where)
            mine = [e.raw for e in self.raw_rules() if e.raw.kind is RuleKind.PRIORITY and e.raw.subject == subject]
            ids = {raw.id for raw in mine}
            if ranking.method is RankingMethod.LEXICOGRAPHIC and (
                set(ranking.order) != ids or len(ranking.order) != len(ids)
            ):
                self._fault(ranking.where, "`order` does not list every priority rule once", "list them", "ranking")
            if ranking.method is RankingMethod.WEIGHTS and any(raw.weight is None for raw in mine):
                self._fault(ranking.where, "a priority rule has no weight", "give every one a weight", "ranking")

    def _check_tie(self, by: RawExpr, typed: Type | None, where: str) -> None:
        if typed is not None and typed.kind not in (Kind.NUMBER, Kind.DAY):
            self._fault(
                by.place("line 1, column 1") or where,
                "a tie is broken by a number or a day",
                "give one",
                "ranking",
            )

    def _check_ways_out(self) -> None:
        """Keep `is_known` to checks; `or_else` cites its reason; both through everything that a rule reaches."""
        for entry in self.raw_rules():
            for expression in self._expressions(entry.raw):
                for reached in self._reached(expression):
                    for node in walk(reached.expr):
                        self._check_way_out(node, entry.raw, reached)

    def _check_way_out(self, node: Expr, rule: RawRule, reached: RawExpr) -> None:
        line, column = node.at or (1, 1)
        where = reached.place(f"line {line}, column {column}")
        if isinstance(node, IsKnown) and rule.kind is not RuleKind.CHECK:
            what = f"`{rule.id}` ({rule.kind}) reaches an `is_known`"
            self.faults.append(Fault(where, what, "only checks may ask what is known", "is_known"))
        if isinstance(node, OrElse):
            self.cite(node.because, where)

    def _reached(self, expression: RawExpr) -> Iterator[RawExpr]:
        seen: set[str] = set()
        waiting = [expression]
        while waiting:
            raw = waiting.pop()
            yield raw
            for name in names(raw.expr) & self.entries.keys() - seen:
                seen.add(name)
                waiting.extend(self._expressions(self.entries[name].raw))

    def raw_rules(self) -> Iterator[_RuleEntry]:
        for entry in self.entries.values():
            if isinstance(entry.raw, RawRule):
                yield _RuleEntry(entry.raw, entry.pack)
