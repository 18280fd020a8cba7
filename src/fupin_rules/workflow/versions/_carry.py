"""
A case carried over to another procedure: state, signatures, notices, facts and days, under their new names.

Carrying decides nothing. Whatever has no image is a reason against it; no goal, end, level or protected state is
reached by it; what was signed and shown counts on, and is held against the new rules of who may sign beside whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations
from types import MappingProxyType
from typing import Any

import attrs

from fupin_rules.truth import Unknown
from fupin_rules.workflow.case._case import Case, FactValue, Mark, NoticeMark, Signatures, shown
from fupin_rules.workflow.case._judge import goes_with, misfits
from fupin_rules.workflow.case._outside import Outside
from fupin_rules.workflow.case._reasons import Mend, Reason
from fupin_rules.workflow.case._view import UNSIGNED, is_complete
from fupin_rules.workflow.procedure._parts import EventType, NoticeKind, NoticeRule, Review, StateKind
from fupin_rules.workflow.procedure._procedure import Procedure
from fupin_rules.workflow.versions._images import SORTS, Images


def carry(
    case: Case, old: Procedure, new: Procedure, images: Images, outside: Outside
) -> tuple[Mapping[str, Any], tuple[Reason, ...]]:
    """
    Carry a case over.

    Args:
        case: Where it stands, under the old procedure.
        old: What it is pinned to.
        new: What it is to be pinned to.
        images: Names that change; judged already.
        outside: What lies outside, to count the days of notices that are up.

    Returns:
        The fields of the case that change, and what stands in the way; with a reason, the fields are not to be used.
    """
    carrier = _Carrier(case, old, new, images, outside)
    changes = carrier.changes()
    return MappingProxyType(changes), tuple(dict.fromkeys(carrier.reasons))


class _Carrier:
    def __init__(self, case: Case, old: Procedure, new: Procedure, images: Images, outside: Outside) -> None:
        self.case = case
        self.old = old
        self.new = new
        self.images = images
        self.outside = outside
        self.reasons: list[Reason] = []

    def refuse(self, code: str, path: str, zh: str, en: str, mend: Mend = Mend.MENDABLE) -> None:
        self.reasons.append(Reason(code, path, "", "", zh, en, mend, law=self.new.citation))

    def image(self, sort: str, name: str, known: Mapping[str, object]) -> str | None:
        """Give the image of a name; None where it is let go, or has none, which is told."""
        image = self.images.of(sort, name)
        if image is None or image in known:
            return image
        self.no_image(sort, name)
        return None

    def no_image(self, sort: str, name: str) -> None:
        zh, en = SORTS[sort]
        told = shown(name)
        self.refuse(
            "no_image",
            f"mapping.{sort}.{told}",
            f"新规程没有与{zh}“{told}”相当的内容",
            f"nothing in the new procedure is the image of the {en} “{told}”",
        )

    def changes(self) -> dict[str, Any]:
        digits = max(level.digits for level in self.new.levels)
        if len(self.case.place) < digits:
            zh = f"新规程需要{digits}位的所在地区划代码"
            self.refuse("no_place", "place", zh, f"the new procedure needs an area code of {digits} digits", Mend.FINAL)
        reviews = dict(self.reviews())
        notices = dict(self.notices())
        last = {
            image: day
            for image, day in ((self.images.of("events", event), day) for event, day in self.case.last.items())
            # No guard asks for what never happens.
            if image in self.new.event
        }
        changed: dict[str, Any] = {
            "procedure": self.new.reference,
            "facts": dict(self.facts()),
            "reviews": reviews,
            "notices": notices,
            "last": last,
            "roles": self.roles(),
        }
        state = self.state(attrs.evolve(self.case, **changed))
        return {**changed, "state": state}

    # -- state -------------------------------------------------------------------------------------------------------

    def state(self, carried: Case) -> str:
        before = self.old.state[self.case.state]
        image = self.image("states", before.id, self.new.state)
        if image is None:
            return before.id
        after = self.new.state[image]
        if _sort(before.kind) != _sort(after.kind):
            zh = f"“{before.zh}”与“{after.zh}”性质不同，迁移不作任何决定"
            en = f"“{before.en}” and “{after.en}” differ in kind, and a migration decides nothing"
            self.refuse("decides", f"mapping.states.{before.id}", zh, en)
        if self.rank(after.level) > self.rank(before.level):
            level = self.new.level[after.level]
            zh = f"“{after.zh}”须经{level.zh}一级，迁移不能代替"
            en = f"“{after.en}” is decided at the level “{level.en}”, which a migration does not replace"
            self.refuse("skips_level", f"mapping.states.{before.id}", zh, en)
        if after.protected and not (before.protected and before.id == after.id):
            self.protected(after.id, carried)
        return image

    def rank(self, level: str) -> int:
        """Give the place of a level; -1 for none."""
        return next((place for place, each in enumerate(self.new.levels) if each.id == level), -1)

    def protected(self, state: str, carried: Case) -> None:
        """Ask of who comes into a protected state under another name what it asks of all."""
        after = self.new.state[state]
        needs = after.needs
        missing: list[Review | NoticeRule | EventType] = [
            *(
                self.new.review[each]
                for each in needs.reviews
                if not is_complete(self.new.review[each], carried.reviews.get(each, UNSIGNED))
            ),
            *(
                self.new.notice[each]
                for each in needs.notices
                if not _is_over(self.new.notice[each], carried.notices.get(each))
            ),
            *(self.new.event[each] for each in needs.events if each not in carried.last),
        ]
        if missing:
            zh, en = "、".join(each.zh for each in missing), ", ".join(each.en for each in missing)
            self.refuse(
                "protected",
                f"mapping.states.{shown(self.case.state)}",
                f"进入“{after.zh}”须先有：{zh}",
                f"“{after.en}” is entered with: {en}",
            )

    # -- what was signed and shown -----------------------------------------------------------------------------------

    def reviews(self) -> Iterator[tuple[str, Signatures]]:
        for name, signed in self.case.reviews.items():
            image = self.image("reviews", name, self.new.review)
            if image is not None:
                yield image, self.signatures(self.old.review[name], self.new.review[image], signed)

    def signatures(self, before: Review, after: Review, signed: Signatures) -> Signatures:
        extra = []
        for slot, role in signed.extra:
            if any(slot == each.id for each in after.slots):
                zh, en = f"“{after.zh}”已有签字处“{slot}”", f"“{after.en}” has a slot “{slot}” already"
                self.refuse("slot_taken", f"review.{after.id}", zh, en)
            found = self.image("roles", role, self.new.role)
            extra.append((slot, found or role))
        marks = {
            image: mark
            for slot, mark in signed.marks.items()
            if (image := self.slot(before, after, signed, slot, mark)) is not None
        }
        delegates = {
            image: person
            for slot, person in signed.delegates.items()
            if (image := self.slot(before, after, signed, slot, None)) is not None
        }
        for one, other in combinations(sorted(marks), 2):
            mark = marks[one]
            is_one_person = mark.person == marks[other].person and not (mark.waived or marks[other].waived)
            if is_one_person and not goes_with(one, other, after):
                zh, en = f"同一人在“{after.zh}”签了两处", f"one person has signed twice on “{after.en}”"
                self.refuse("signed_already", f"review.{after.id}", zh, en, Mend.FINAL)
        return Signatures(marks, tuple(extra), delegates)

    def slot(self, before: Review, after: Review, signed: Signatures, name: str, mark: Mark | None) -> str | None:
        """Give the image of a slot that something stands in, where that may stand there too."""
        if name in dict(signed.extra):
            return name
        image = self.images.slot(before.id, name)
        if image is None:
            return None
        held = {slot.id: slot for slot in after.slots}
        if image not in held:
            self.no_image("slots", name)
            return None
        role = next(slot.role for slot in before.slots if slot.id == name)
        path = f"mapping.slots.{before.id}.{name}"
        if self.images.of("roles", role) != held[image].role:
            zh = f"“{after.zh}”中“{image}”由另一角色签字"
            en = f"the slot “{image}” of “{after.en}” is for another role"
            self.refuse("slot_role", path, zh, en)
        if mark is not None and mark.waived and not held[image].waivable:
            zh, en = f"“{after.zh}”中“{image}”不能免签", f"the slot “{image}” of “{after.en}” cannot be waived"
            self.refuse("slot_waived", path, zh, en)
        return image

    def notices(self) -> Iterator[tuple[str, NoticeMark]]:
        for name, mark in self.case.notices.items():
            image = self.image("notices", name, self.new.notice)
            path = f"mapping.notices.{name}"
            if image is not None:
                before, after = self.old.notice[name], self.new.notice[image]
                if before.kind is not after.kind:
                    zh = f"“{before.zh}”与“{after.zh}”，一为公示，一为公告"
                    en = f"of “{before.en}” and “{after.en}”, one is a notice and one an announcement"
                    self.refuse("notice_kind", path, zh, en)
                yield image, self.notice(before, after, mark)
            elif self.images.of("notices", name) is None and "" in mark.objections.values():
                rule = self.old.notice[name]
                zh, en = f"“{rule.zh}”有异议尚未处理", f"“{rule.en}” has objections without an outcome"
                self.refuse("objection_open", path, zh, en)

    def notice(self, before: NoticeRule, after: NoticeRule, mark: NoticeMark) -> NoticeMark:
        # What has run its time has run it; what is up runs for the time that is now asked for.
        if mark.closed is not None or after.days is None or after.days == before.days:
            return mark
        until = self.outside.last_day(f"notice.{after.id}", mark.posted, after.days)
        return attrs.evolve(mark, until=None if isinstance(until, Unknown) else until)

    # -- what is remembered ------------------------------------------------------------------------------------------

    def facts(self) -> Iterator[tuple[str, FactValue]]:
        for name, value in self.case.facts.items():
            image = self.image("facts", name, self.new.fact)
            if image is None:
                continue
            before, after = self.old.fact[name], self.new.fact[image]
            is_fit = (before.kind, before.unit) == (after.kind, after.unit)
            if not is_fit or next(misfits(self.new, after, value), None) is not None:
                zh = f"“{before.zh}”所记不合新规程的“{after.zh}”"
                en = f"what is remembered as “{before.en}” does not fit “{after.en}”"
                self.refuse("fact_misfit", f"mapping.facts.{name}", zh, en)
            yield image, value

    def roles(self) -> dict[str, frozenset[str]]:
        """Give who held which role, as far as one may exclude another; the signatures of this round tell more."""
        held: dict[str, set[str]] = {}
        for person, roles in self.case.roles.items():
            for role in sorted(roles):
                image = self.image("roles", role, self.new.role)
                held.setdefault(person, set()).update({image} if image is not None else ())
        for signed in self.case.reviews.values():
            for mark in signed.marks.values():
                held.setdefault(mark.person, set()).add(str(self.images.of("roles", mark.role)))
        found = {}
        for person, named in held.items():
            kept = named & self.new.excluding_roles
            if any(len(kept & set(group)) > 1 for group in self.new.incompatible):
                zh, en = (
                    "同一人在本案中担任过新规程不容兼任的角色",
                    "one person has held roles that now exclude each other",
                )
                self.refuse("incompatible_role", "case.roles", zh, en, Mend.FINAL)
            if kept:
                found[person] = frozenset(kept)
        return found


def _sort(kind: StateKind) -> str:
    return "under way" if kind in {StateKind.OPEN, StateKind.WAITING} else kind.value


def _is_over(rule: NoticeRule, mark: NoticeMark | None) -> bool:
    """Tell whether a notice ran its full time and was taken down, or an announcement was made."""
    if mark is None or rule.kind is NoticeKind.ANNOUNCEMENT:
        return mark is not None
    return mark.closed is not None and mark.until is not None and mark.closed > mark.until
