"""The text of a policy as the files of one pack, each part with its place, to be checked as packs are."""

from __future__ import annotations

from collections.abc import Iterable
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from fupin_rules.citations import Citation, Source
from fupin_rules.documents import RawExpr
from fupin_rules.policy._rules import Definition, EligibleWhen, Parameter, Ranking, Rule, Subject, Unless
from fupin_rules.policy.amending._apply import Active
from fupin_rules.policy.amending._patches import AddRule, Place, expressions_of, target_name, target_of
from fupin_rules.policy.loading._raw import (
    Override,
    PackFiles,
    RawDefinition,
    RawEligibleWhen,
    RawNoQuota,
    RawParameter,
    RawRanking,
    RawRule,
    RawTieBreak,
    RawUnless,
    RawValue,
)

if TYPE_CHECKING:
    from fupin_rules.policy._policy import Policy

_PLAIN: Final = Override(is_said=False, direction=None)


def as_files(text: Policy, active: Iterable[Active]) -> PackFiles:
    """
    Write the text of a policy as the files of one pack.

    Args:
        text: A policy with patches laid over it.
        active: The patches, which tell where their parts are written.
    """
    return _Writer(text, active).files()


class _Writer:
    """One text, written part by part."""

    def __init__(self, text: Policy, active: Iterable[Active]) -> None:
        self._text = text
        # The last one to write an expression tells where it is.
        self._places: dict[tuple[str, ...], Place] = {}
        self._added: dict[str, Place] = {}
        for _, patch in active:
            if patch.place is not None and expressions_of(patch):
                self._places[target_of(patch)] = patch.place
            if patch.place is not None and isinstance(patch, AddRule):
                self._added[patch.name] = patch.place

    def files(self) -> PackFiles:
        text = self._text
        # Packs below may speak of whom the top one does not.
        spoken = {each.subject for each in text.rules if ("name", each.id) not in self._places}
        spoken |= {each.subject for each in text.definitions.values() if ("name", each.name) not in self._places}
        eligible_when = {subject: self._eligible_when(subject, each) for subject, each in text.eligible_when.items()}
        rankings = {subject: self._ranking(subject, each) for subject, each in text.rankings.items()}
        no_quota = {s: RawNoQuota(each.key, f"policy `{text.id}`") for s, each in text.no_quota.items()}
        return PackFiles(
            id=text.id,
            version=text.version,
            title=(text.zh, text.en),
            note=(text.note_zh, text.note_en),
            extends=(),
            days=text.days,
            subjects=tuple(each for each in Subject if each in text.subjects or each in spoken),
            parameters=tuple(self._parameter(each) for each in text.parameters.values()),
            definitions=tuple(self._definition(each) for each in text.definitions.values()),
            rules=tuple(self._rule(each) for each in text.rules),
            drops=(),
            checklists=(),
            eligible_when=MappingProxyType(eligible_when),
            rankings=MappingProxyType(rankings),
            no_quota=MappingProxyType(no_quota),
            sources=MappingProxyType(self._sources()),
            source_places=MappingProxyType({}),
            waivers=(),
            where=f"policy `{text.id}`",
        )

    def _place(self, *target: str) -> Place:
        found = self._places.get(target)
        return Place(f"policy `{self._text.id}`, `{target_name(target)}`") if found is None else found

    def _parameter(self, parameter: Parameter) -> RawParameter:
        where = self._place("name", parameter.name).where
        values = tuple(
            RawValue(
                each.period.start,
                each.period.until,
                each.value,
                each.citation.key,
                each.published,
                (each.note_zh, each.note_en),
                where,
            )
            for each in parameter.values
            if not parameter.is_open
        )
        label = (parameter.zh, parameter.en)
        return RawParameter(
            parameter.name, label, parameter.unit, parameter.code_list, values, _PLAIN, where, parameter.bounds
        )

    def _definition(self, definition: Definition) -> RawDefinition:
        place = self._place("name", definition.name)
        return RawDefinition(
            definition.name,
            definition.subject,
            (definition.zh, definition.en),
            place.written("value", definition.expr),
            definition.citation.key,
            _PLAIN,
            place.where,
        )

    def _rule(self, rule: Rule) -> RawRule:
        place = self._place("name", rule.id)
        unless = tuple(
            RawUnless(
                each.id,
                (each.zh, each.en),
                self._exception(rule, each),
                each.citation.key,
                place.where,
            )
            for each in rule.unless
        )
        return RawRule(
            rule.id,
            rule.kind,
            rule.subject,
            (rule.zh, rule.en),
            place.written("when", rule.when),
            rule.citation.key,
            unless,
            rule.weight,
            (rule.note_zh, rule.note_en),
            _PLAIN,
            place.where,
        )

    def _exception(self, rule: Rule, unless: Unless) -> RawExpr:
        """Give an exception where it was added, by itself or with its rule."""
        if ("exception", rule.id, unless.id) in self._places or rule.id not in self._added:
            return self._place("exception", rule.id, unless.id).written("when", unless.when)
        return self._added[rule.id].written(f"unless.{unless.id}", unless.when)

    def _eligible_when(self, subject: Subject, held: EligibleWhen) -> RawEligibleWhen:
        place = self._place("eligible_when", subject.value)
        return RawEligibleWhen(place.written("when", held.expr), held.citation.key, place.where)

    def _ranking(self, subject: Subject, held: Ranking) -> RawRanking:
        place = self._place("ranking", subject.value)
        ties = tuple(
            RawTieBreak(place.written(f"tie.{number}", each.by), each.prefer, each.citation.key, place.where)
            for number, each in enumerate(held.tie_breaks)
        )
        return RawRanking(held.method, held.order, ties, held.citation.key, place.where)

    def _sources(self) -> dict[str, Source]:
        """Give all sources, those of values that a caller gave included."""
        text = self._text
        cited: list[Citation] = [dated.citation for each in text.parameters.values() for dated in each.values]
        cited += [each.citation for each in text.definitions.values()]
        for rule in text.rules:
            cited += [rule.citation, *(each.citation for each in rule.unless)]
        cited += [each.citation for each in text.eligible_when.values()]
        for ranking in text.rankings.values():
            cited += [ranking.citation, *(each.citation for each in ranking.tie_breaks)]
        return {each.source.id: each.source for each in cited} | dict(text.sources)
