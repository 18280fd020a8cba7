"""A policy put together from packs that were joined and checked."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from fupin_rules.citations import Citation
from fupin_rules.policy._policy import Policy
from fupin_rules.policy._rules import Definition, EligibleWhen, Parameter, Ranking, Rule, Subject, TieBreak, Unless
from fupin_rules.policy.loading._join import Join
from fupin_rules.policy.loading._raw import PackFiles, RawDefinition, RawRule


def join(packs: list[PackFiles]) -> Policy:
    """
    Join the packs of a lineage, the lowest first, and check the whole.

    Raises:
        PolicyError: There are faults; all of them are listed, with file, line and column.
        LimitError: The rules have more nodes than a pack may have.
    """
    joined = Join(packs)
    parameters, order = joined.check()
    return _Assembly(joined).policy(parameters, order)


class _Assembly:
    """One policy, part by part."""

    def __init__(self, joined: Join) -> None:
        self._join = joined

    def _citation(self, text: str) -> Citation:
        citation = self._join.cite(text, "")
        assert citation is not None, "uncited entries were refused before"
        return citation

    def _rule(self, raw: RawRule, pack: str) -> Rule:
        unless = tuple(Unless(each.id, *each.label, each.when.expr, self._citation(each.source)) for each in raw.unless)
        citation = self._citation(raw.source)
        return Rule(
            raw.id,
            raw.kind,
            raw.subject,
            *raw.label,
            raw.when.expr,
            citation,
            pack,
            unless,
            raw.weight,
            *raw.note,
        )

    def policy(self, parameters: Mapping[str, Parameter], order: list[str]) -> Policy:
        """Put the parts of the joined packs together."""
        definitions = {}
        for name in order:
            entry = self._join.entries[name]
            if isinstance(entry.raw, RawDefinition):
                raw = entry.raw
                definitions[name] = Definition(
                    name, raw.subject, *raw.label, raw.value.expr, self._citation(raw.source), entry.pack
                )
        top = self._join.top
        return Policy(
            top.id,
            top.version,
            *top.title,
            days=top.days,
            subjects=top.subjects,
            parameters=MappingProxyType(dict(parameters)),
            definitions=MappingProxyType(definitions),
            rules=tuple(self._rule(each.raw, each.pack) for each in self._join.raw_rules()),
            eligible_when=MappingProxyType(
                {s: EligibleWhen(e.when.expr, self._citation(e.source)) for s, e in self._join.eligible_when.items()}
            ),
            rankings=MappingProxyType({s: self._ranking(s) for s in self._join.rankings}),
            no_quota=MappingProxyType({s: self._citation(each.source) for s, each in self._join.no_quota.items()}),
            checklists=MappingProxyType(dict(self._join.checklists.checklists(self._join.entries, self._citation))),
            sources=MappingProxyType(dict(self._join.sources)),
            lineage=tuple(pack.id for pack in self._join.packs),
            note_zh=top.note[0],
            note_en=top.note[1],
        )

    def _ranking(self, subject: Subject) -> Ranking:
        raw = self._join.rankings[subject]
        ties = tuple(TieBreak(each.by.expr, each.prefer, self._citation(each.source)) for each in raw.tie_breaks)
        return Ranking(raw.method, raw.order, ties, self._citation(raw.source))
