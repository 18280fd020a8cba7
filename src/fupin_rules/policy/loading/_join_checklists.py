"""
Checklists joined from the lowest pack up: slots filled, items added, and every filled item made into one rule.

What is had becomes a guarantee of exit; what is lacked, the contrary claim, a condition of being identified. A slot
that is open never becomes a rule.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

import attrs

from fupin_rules.citations import Citation
from fupin_rules.errors import Fault
from fupin_rules.expr import Not
from fupin_rules.policy._checklists import Checklist, ChecklistItem, Counts
from fupin_rules.policy._rules import RuleKind, Subject
from fupin_rules.policy.loading._raw import PackFiles, RawChecklist, RawChecklistHead, RawItem, RawRule


@attrs.define
class _Held:
    """One checklist of the joined pack: its head, and its items by id with the packs that wrote them last."""

    head: RawChecklistHead
    pack: str
    where: str
    items: dict[str, tuple[RawItem, str]]


class ChecklistJoin:
    """The checklists of a lineage, joined from the lowest pack up; faults go where the joining keeps them."""

    def __init__(self, faults: list[Fault]) -> None:
        self._faults = faults
        self._held: dict[str, _Held] = {}
        self._rules: dict[str, RawRule] = {}

    def _fault(self, where: str, what: str, mend: str, code: str) -> None:
        self._faults.append(Fault(where, what, mend, code))

    def add(self, pack: PackFiles) -> tuple[RawRule, ...]:
        """Join the checklists of one more pack; give the rules that its filled items make."""
        return tuple(rule for raw in pack.checklists for rule in self._add(raw, pack.id))

    def _add(self, raw: RawChecklist, pack: str) -> Iterator[RawRule]:
        held = self._held.get(raw.id)
        if held is not None and raw.head is not None:
            mend = "say `continues = true` to fill its slots or add items, or rename it"
            self._fault(raw.where, f"the checklist `{raw.id}` is there already", mend, "double")
            return
        if held is None:
            if raw.head is None:
                what = f"continues a checklist `{raw.id}`, which no pack below has"
                self._fault(raw.where, what, "drop `continues`, and give it label, subject and source", "override")
                return
            held = self._held[raw.id] = _Held(raw.head, pack, raw.where, {})
        for item in raw.items:
            if self._may_stand(item, raw.id, held, pack):
                held.items[item.id] = (item, pack)
                if item.when is not None:
                    yield self._rule(item, held.head.subject)

    def _may_stand(self, item: RawItem, checklist: str, held: _Held, pack: str) -> bool:
        for name, other in self._held.items():
            if other is not held and item.id in other.items:
                what = f"`{item.id}` is an item of the checklist `{name}` already"
                self._fault(item.where, what, "rename it", "double")
                return False
        old = held.items.get(item.id)
        if old is None:
            return True
        if old[1] == pack:
            self._fault(item.where, f"the item `{item.id}` stands twice in the checklist", "rename one", "double")
            return False
        if item.when is None:
            what = f"`{item.id}` is in the checklist `{checklist}` already"
            self._fault(item.where, what, "give it a `when`, or leave it out here", "slot")
            return False
        if old[0].when is None and old[0].counts is not item.counts:
            what = f"`{item.id}` is a slot where {old[0].counts} it counts, not {item.counts}"
            self._fault(item.where, what, f'say `counts = "{old[0].counts}"`, or add an item of your own', "slot")
            return False
        return True

    def _rule(self, item: RawItem, subject: Subject) -> RawRule:
        assert item.when is not None, "open slots make no rule"
        zh, en = item.label
        kind, label, when = RuleKind.EXIT, (zh, en), item.when
        if item.counts is Counts.LACKING:
            kind, label = RuleKind.ELIGIBILITY, (f"缺：{zh}", f"lacking: {en}")
            when = attrs.evolve(when, expr=Not(when.expr, at=when.expr.at))
        rule = RawRule(item.id, kind, subject, label, when, item.source, (), None, item.note, item.override, item.where)
        self._rules[item.id] = rule
        return rule

    def check(
        self,
        raws: Mapping[str, object],
        names: Mapping[str, str],
        top: PackFiles,
        cite: Callable[[str, str], Citation | None],
    ) -> None:
        """
        Check what the rules alone do not tell: slots are names of their own, and an item is replaced as an item.

        Args:
            raws: Definitions and rules of the joined pack, by name.
            names: What other names mean, in a word.
            top: The pack that is loaded.
            cite: Finds a source, and reports one that is not there.
        """
        for name, held in self._held.items():
            cite(held.head.source, held.where)
            if held.head.subject not in top.subjects and held.pack == top.id:
                what = f"is about {held.head.subject.one}, which `subjects` does not name"
                self._fault(held.where, what, "name it", "subjects")
            for item, _ in held.items.values():
                self._check_item(name, item, raws, names, cite)

    def _check_item(
        self,
        checklist: str,
        item: RawItem,
        raws: Mapping[str, object],
        names: Mapping[str, str],
        cite: Callable[[str, str], Citation | None],
    ) -> None:
        raw = raws.get(item.id)
        if item.when is not None:
            # One that does not say that it overrides has been refused already.
            if isinstance(raw, RawRule) and raw is not self._rules[item.id] and raw.override.is_said:
                what = f"`{item.id}` is an item of the checklist `{checklist}`"
                self._fault(raw.where, what, "replace it there, with `continues = true`", "override")
            return
        cite(item.source, item.where)
        if raw is not None:
            what = f"`{item.id}` is an open slot of the checklist `{checklist}`"
            self._fault(getattr(raw, "where", item.where), what, "fill it there, or rename this", "double")
        elif item.id in names:
            self._fault(item.where, f"`{item.id}` is {names[item.id]} already", "rename it", "double")

    def checklists(
        self, raws: Mapping[str, object], cite: Callable[[str], Citation]
    ) -> Iterator[tuple[str, Checklist]]:
        """Give the joined checklists by id; an item whose rule was dropped is on none."""
        for name, held in self._held.items():
            items = tuple(
                ChecklistItem(
                    item.id,
                    *item.label,
                    item.counts,
                    is_open=item.when is None,
                    citation=cite(item.source),
                    pack=pack,
                    note_zh=item.note[0],
                    note_en=item.note[1],
                )
                for item, pack in held.items.values()
                if item.when is None or item.id in raws
            )
            head = held.head
            citation = cite(head.source)
            yield name, Checklist(name, head.subject, *head.label, items, citation, held.pack, *head.note)
