"""Compare two registers under a policy on a day: a row for every household, and the work that comes of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from types import MappingProxyType

import attrs

from fupin_rules.errors import Fault, PolicyError
from fupin_rules.model import Household, PovertyCause, Relation
from fupin_rules.policy import Outcome, RuleKind, Snapshot, Subject
from fupin_rules.registry.adjustment._changes import (
    Movement,
    Period,
    Structure,
    fact_of,
    movements,
    structure_of,
)
from fupin_rules.registry.adjustment._heads import head_change, heads_of
from fupin_rules.registry.adjustment._matching import Matching, Place, RegisterName, Side, lay_beside, order_of
from fupin_rules.registry.adjustment._proposals import Proposal, propose, statuses_of
from fupin_rules.registry.adjustment._words import WorkReason, reason
from fupin_rules.registry.adjustment._work import (
    Adjustment,
    HouseholdRow,
    RegisterFinding,
    RegisterStatus,
    WorkItem,
    WorkKind,
)

_NO_EVENTS: Mapping[WorkKind, str] = MappingProxyType({})


def compare_registers(
    old: Iterable[Household],
    new: Iterable[Household],
    rules: Snapshot,
    *,
    since: date | None = None,
    events: Mapping[WorkKind, str] = _NO_EVENTS,
    hold_same_year: bool = False,
) -> Adjustment:
    """
    Propose what is to be adjusted on a register (动态调整): every proposal with its reasons, none of them carried out.

    Args:
        old: Households of the register as it stands.
        new: Households as they were found since.
        rules: The policy on the day of the adjustment.
        since: Day of the old register; without it nobody can be told to be born since.
        events: The event that takes up a kind of work in the caller's procedure.
        hold_same_year: Hold back from exit who was identified or returned in the year of the day: one place's rule.

    Raises:
        PolicyError: The policy has no eligibility rule about households, or `since` is after its day.
        RegisterError: An id stands twice in one register.
        BudgetExceededError: The rules take too many steps.

    Source:
        The article: 遗漏的、返贫的重新纳入, 不实的坚决清退, 达到脱贫标准的及时脱贫; natural change: Luozhuang 2018.

    >>> from fupin_rules.policy import load_policy
    >>> rules = load_policy("yucheng-2016").on(date(2016, 1, 31))
    >>> home = Household(id="371482102207-0031", poverty_status="poor")
    >>> [item.kind.value for item in compare_registers([home], [home], rules).items]
    ['ask']
    """
    if since is not None and since > rules.on:
        what = f"the old register is of {since}, after the day of the policy, {rules.on}"
        raise PolicyError(Fault("since", what, "give the older register first", "since"))
    matching = lay_beside(old, new)
    period = Period(since, rules.on)
    comparison = _Comparison(
        matching,
        structure_of(matching, period),
        period,
        rules,
        events,
        bool(rules.rules_of(Subject.HOUSEHOLD, RuleKind.EXIT)),
        hold_same_year,
    )
    return comparison.result()


_ORDER = {kind: place for place, kind in enumerate(WorkKind)}


@attrs.define(eq=False)
class _Comparison:
    matching: Matching
    structure: Structure
    period: Period
    rules: Snapshot
    events: Mapping[WorkKind, str]
    has_exit: bool
    hold_same_year: bool
    items: list[WorkItem] = attrs.field(factory=list)
    findings: list[RegisterFinding] = attrs.field(factory=list)

    def result(self) -> Adjustment:
        self.findings.extend(_findings_of(self.matching))
        rows = tuple(self._row(before, after) for before, after in self.matching.pairs)
        return Adjustment(
            on=self.rules.on,
            since=self.period.since,
            policy_id=self.rules.policy_id,
            policy_version=self.rules.policy.version,
            fingerprint=self.rules.fingerprint,
            rows=rows,
            # A stable sort: the members of a household stay in the order in which they come and go.
            items=tuple(sorted(self.items, key=_place_in_list)),
            findings=tuple(self.findings),
            has_exit=self.has_exit,
        )

    # -- households ------------------------------------------------------------------------------------------------

    def _row(self, before: str | None, after: str | None) -> HouseholdRow:
        if after is None or not self.matching.new.is_valid(after):
            return self._absent(before, after)
        new = self.matching.new.households[after]
        old = None if before is None else self.matching.old.households[before]
        statuses = self._statuses(old, new)
        found = propose(new, old, statuses, self.rules, hold_same_year=self.hold_same_year)
        if found.finding:
            self.findings.append(RegisterFinding(found.finding, "new", (Place(after),)))
        moved: tuple[Movement, ...] = ()
        head = None
        if before is not None and self.matching.old.is_valid(before):
            moved = tuple(movements(self.matching, before, after, self.structure, self.period))
            head = head_change(self.matching, before, after)
        row = HouseholdRow(
            old=before,
            new=after,
            statuses=statuses,
            outcome=found.outcome,
            exit=found.exit,
            kind=self._kind(after, found),
            movements=moved,
            head=head,
        )
        self._list_household(row, found)
        self._list_head(row)
        self._list_movements(row)
        doubtful = [each for each in moved if each.missing]
        return attrs.evolve(row, kind=WorkKind.ASK) if doubtful and row.kind is WorkKind.KEEP else row

    def _kind(self, after: str, found: Proposal) -> WorkKind:
        if after in self.structure.split_from:
            return WorkKind.SPLIT
        return WorkKind.MERGED if after in self.structure.united_from else found.kind

    def _statuses(self, old: Household | None, new: Household) -> tuple[RegisterStatus, ...]:
        if old is None and (origins := self.structure.origins(new.id)):
            found = {each for origin in origins for each in statuses_of(self.matching.old.households[origin], None)}
            return tuple(each for each in RegisterStatus if each in found)
        if old is None and new.id in self.structure.perhaps_split:
            return tuple(RegisterStatus)
        return statuses_of(old, new)

    def _absent(self, before: str | None, after: str | None) -> HouseholdRow:
        """Propose for a household that NEW does not have, or has struck off: nothing can be assessed."""
        old = None if before is None else self.matching.old.households[before]
        row = HouseholdRow(old=before, new=after, statuses=statuses_of(old, None), kind=WorkKind.KEEP)
        if before is None or not self.matching.old.is_valid(before):
            return row
        if after is not None:
            row = attrs.evolve(row, kind=WorkKind.ASK)
            self._add(row, WorkKind.ASK, [reason("struck_off")])
            return row
        into, partly = self.structure.merged_into.get(before), self.structure.partly_in.get(before)
        reasons = []
        if into is not None:
            is_split = all(before in self.structure.split_from.get(each, ()) for each in into)
            row = attrs.evolve(row, kind=WorkKind.SPLIT if is_split else WorkKind.MERGED)
            reasons.append(reason("dissolved" if is_split else "merged", households=", ".join(into)))
        else:
            row = attrs.evolve(row, kind=WorkKind.ASK)
            reasons.append(reason("gone"))
        unknown = [each for each in self.matching.old.counted[before] if not each.is_identified]
        if partly is not None:
            reasons.append(reason("partly_in", households=", ".join(partly)))
        if partly is not None and self.structure.lost[before]:
            reasons.append(reason("not_found", count=len(self.structure.lost[before])))
        if unknown and (into is not None or partly is not None):
            reasons.append(reason("not_identifiable", count=len(unknown)))
        missing = tuple(fact_of(self.matching.old, each.place.member) for each in unknown)
        self._add(row, row.kind, reasons, missing=missing)
        return row

    def _list_household(self, row: HouseholdRow, found: Proposal) -> None:
        assert row.new is not None
        if origins := self.structure.origins(row.new):
            code = "split" if row.kind is WorkKind.SPLIT else "united"
            zh, en = _OUTCOMES[found.outcome]
            self._add(row, row.kind, [reason(code, households=", ".join(origins)), reason("outcome", zh=zh, en=en)])
            return
        if row.kind is WorkKind.KEEP:
            return
        missing = found.missing
        if row.kind is WorkKind.ASK and row.statuses == tuple(RegisterStatus):
            unknown = [each for each in self.matching.new.counted[row.new] if not each.is_identified]
            missing = (*missing, *(fact_of(self.matching.new, each.place.member) for each in unknown))
        cause = self.matching.new.households[row.new].main_cause
        is_return = row.kind is WorkKind.TAKE_IN_RETURNED
        self._add(
            row,
            row.kind,
            found.reasons,
            missing=missing,
            question=found.question,
            cause=cause.value if is_return and isinstance(cause, PovertyCause) else None,
        )

    def _list_head(self, row: HouseholdRow) -> None:
        if row.head is None:
            return
        assert row.new is not None
        reasons = [reason("head_changed", before=row.head.before, after=row.head.after)]
        if not row.head.is_listed:
            reasons.append(reason("head_left"))
        self._add(row, WorkKind.HEAD_CHANGED, reasons)
        if row.head.not_restated:
            places = tuple(Place(row.new, member) for member in row.head.not_restated)
            self.findings.append(RegisterFinding("not_restated", "new", places))

    # -- people ----------------------------------------------------------------------------------------------------

    def _list_movements(self, row: HouseholdRow) -> None:
        doubtful = [each for each in row.movements if each.missing and not each.with_household]
        certain = [each for each in row.movements if not each.missing and not each.with_household]
        if doubtful:
            comes = sum(1 for each in doubtful if each.comes)
            missing = tuple(dict.fromkeys(fact for each in doubtful for fact in each.missing))
            self._add(row, WorkKind.ASK, [reason("identity", old=len(doubtful) - comes, new=comes)], missing=missing)
        # Who comes goes first, so that no household is without anybody in between, and cancelled.
        for place, each in enumerate(certain, start=1):
            left = self._members_left(row, certain[:place])
            kind = WorkKind.NATURAL_INCREASE if each.comes else WorkKind.NATURAL_DECREASE
            missing = () if each.reason is not None else ("reason",)
            self._add(row, kind, _movement_words(each), missing=missing, movement=each, members_left=left)

    def _members_left(self, row: HouseholdRow, so_far: Iterable[Movement]) -> int | None:
        """Count the members after some changes; None where somebody may not be listed, or goes with a household."""
        assert row.old is not None
        assert row.new is not None
        old, new = self.matching.old, self.matching.new
        rosters = (old.households[row.old].members_complete, new.households[row.new].members_complete)
        if rosters != (True, True) or any(each.missing or each.with_household for each in row.movements):
            return None
        return len(old.counted[row.old]) + sum(1 if each.comes else -1 for each in so_far)

    def _add(
        self,
        row: HouseholdRow,
        kind: WorkKind,
        reasons: Iterable[WorkReason],
        *,
        movement: Movement | None = None,
        **more: object,
    ) -> None:
        side, household = (self.matching.new, row.new) if row.new is not None else (self.matching.old, row.old)
        assert household is not None
        home = side.households[household]
        # A case has the id of its household; an id that OLD has for other people would lead into their case.
        is_foreign = row.old is None and household in self.matching.reused
        self.items.append(
            WorkItem(
                kind=kind,
                household=household,
                case=row.old or household,
                township=home.township if isinstance(home.township, str) else "",
                village=home.village if isinstance(home.village, str) else "",
                member="" if movement is None else movement.member,
                reason=None if movement is None else movement.reason,
                reasons=(*reasons, reason("own_id")) if is_foreign else tuple(reasons),
                event=None if is_foreign else self.events.get(kind),
                **more,  # type: ignore[arg-type]  # the keyword arguments of the item, by name
            )
        )


_OUTCOMES = {
    Outcome.ELIGIBLE: ("符合条件", "eligible"),
    Outcome.INELIGIBLE: ("不符合条件", "not eligible"),
    Outcome.UNDETERMINED: ("尚不能确定", "undetermined"),
}


def _place_in_list(item: WorkItem) -> tuple[object, ...]:
    return _ORDER[item.kind], item.township, item.village, item.household, item.case


def _movement_words(movement: Movement) -> Iterator[WorkReason]:
    yield reason("came" if movement.comes else "left", member=movement.member)
    if movement.elsewhere:
        code = "came_from" if movement.comes else "left_for"
        yield reason(code, households=", ".join(movement.elsewhere))
    if movement.reason is None:
        yield reason("reason_to_be_told")
    else:
        yield reason("reason", zh=movement.reason.zh, en=movement.reason.en)


# -- what does not fit together ----------------------------------------------------------------------------------------


def _findings_of(matching: Matching) -> Iterator[RegisterFinding]:
    for side in (matching.old, matching.new):
        doubles = [
            tuple(sorted((person.place for person in people), key=_order_of_place))
            for people in side.homes.values()
            if len(people) > 1
        ]
        for places in sorted(doubles, key=lambda each: [_order_of_place(place) for place in each]):
            yield RegisterFinding("double_person", side.name, places)
    contested: dict[RegisterName, list[Place]] = {}
    for name, place in matching.contested:
        contested.setdefault(name, []).append(place)
    for name, held in contested.items():
        yield RegisterFinding("person_id_contested", name, tuple(held))
    for household in matching.reused:
        yield RegisterFinding("id_reused", "", (Place(household),))
    for household in matching.new.households:
        yield from _heads(matching.new, household)


def _order_of_place(place: Place) -> tuple[str, tuple[int, str]]:
    return place.household, order_of(place.member)


def _heads(side: Side, household: str) -> Iterator[RegisterFinding]:
    found = heads_of(side, household)
    if len(found) > 1:
        yield RegisterFinding("several_heads", side.name, tuple(each.place for each in found))
    people = side.counted[household]
    is_told = all(isinstance(each.member.relation, Relation) for each in people)
    if people and not found and is_told and side.households[household].members_complete is True:
        yield RegisterFinding("no_head", side.name, (Place(household),))
