"""What changes for whom between two snapshots, over all subjects within bounds."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from fupin_rules.comparison._answers import Proved, Undecided, Within, Witness
from fupin_rules.comparison._facts import Known
from fupin_rules.comparison._regions import Wanted, parts_of, regions_of
from fupin_rules.comparison._room import Asked, Room, disagreement
from fupin_rules.comparison._words import colon, fact_lines, outcome_words, part_words, pick, truth_words
from fupin_rules.markup import Drawing, Node, Part, both_html, both_markdown, draw_html, draw_markdown, mimebundle
from fupin_rules.model import AnySubject
from fupin_rules.policy import ExitOutcome, Outcome, Snapshot, Subject, judge, parameter_words


@attrs.frozen
class Region:
    """
    One way in which somebody can fare differently, and whether anybody does.

    Attributes:
        id: Stable name: `became_eligible`, `lost_eligibility`, `became_undetermined`, `settled`, the same of exit with
            `exit_` before it, `score`, `tie_break`.
        zh: Label in Chinese.
        en: Label in English.
        answer: Proved that it is empty, a witness, or undecided.
    """

    id: str
    zh: str
    en: str
    answer: Proved | Witness | Undecided

    def label(self, language: str) -> str:
        """Give the label in `zh` or `en`."""
        return self.zh if language == "zh" else self.en


@attrs.frozen
class Comparison:
    """
    What changes between two snapshots.

    Attributes:
        old: The snapshot before.
        new: The snapshot after.
        within: The bounds within which it holds.
        regions: In order; those of eligibility, of exit, of ranks, as far as both snapshots have them.
        only_in_old: What only the old snapshot has, so that nothing of it can be compared: `eligibility`, `exit`,
            `ranking`.
        only_in_new: What only the new one has, likewise.
    """

    old: Snapshot
    new: Snapshot
    within: Within
    regions: tuple[Region, ...]
    only_in_old: tuple[str, ...] = ()
    only_in_new: tuple[str, ...] = ()

    def __getitem__(self, region: str) -> Proved | Witness | Undecided:
        """
        Give the answer of a region by its id.

        Raises:
            KeyError: There is no such region here.
        """
        for each in self.regions:
            if each.id == region:
                return each.answer
        raise KeyError(region)

    @property
    def is_equal(self) -> bool:
        """Whether it is proved that nothing changes for anybody."""
        one_sided = self.only_in_old or self.only_in_new
        return not one_sided and all(isinstance(each.answer, Proved) for each in self.regions)

    @property
    def witnesses(self) -> dict[str, AnySubject]:
        """Whoever fares differently, by region."""
        return {each.id: each.answer.subject for each in self.regions if isinstance(each.answer, Witness)}

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold."""
        return {
            "kind": "comparison",
            "old": snapshot_plain(self.old),
            "new": snapshot_plain(self.new),
            "within": self.within.to_plain(),
            "regions": [
                {"id": each.id, "zh": each.zh, "en": each.en, **each.answer.to_plain()} for each in self.regions
            ],
            "only_in_old": list(self.only_in_old),
            "only_in_new": list(self.only_in_new),
        }

    def as_text(self, language: str = "zh") -> str:
        """Say it in `zh` or `en`, for a terminal or a letter."""
        lines = [self._headline(language), *(f"  {each}" for each in self._remarks(language))]
        for region in self.regions:
            answer = region.answer
            if isinstance(answer, Witness):
                lines += ["", region.label(language), *(f"  {each}" for each in witness_lines(answer, language))]
            else:
                lines += ["", f"{region.label(language)}{colon(language)}{_without_witness(answer, language)}"]
        return "\n".join(lines)

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it, in `zh` or `en`; witnesses open on demand."""
        nodes = tuple(_node(each, language) for each in self.regions)
        return Drawing(
            language, self._headline(language), remarks=tuple(self._remarks(language)), parts=(Part("", nodes),)
        )

    as_html = draw_html
    as_markdown = draw_markdown
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle

    def _headline(self, language: str) -> str:
        changed = sum(isinstance(each.answer, Witness) for each in self.regions)
        open_ones = sum(isinstance(each.answer, Undecided) for each in self.regions)
        if self.is_equal:
            return pick(("两者结果相同，已证明", "proved equal: nothing changes for anybody"), language)
        if not changed and not open_ones:
            return pick(("可比部分结果相同，已证明", "only partly the same: what both have is proved equal"), language)
        zh = [f"{changed}处不同"] + ([f"{open_ones}处未能判定"] if open_ones else [])
        en = [f"{changed} differences"] + ([f"{open_ones} undecided"] if open_ones else [])
        return pick(("，".join(zh), ", ".join(en)), language)

    def _remarks(self, language: str) -> Iterator[str]:
        for words, snapshot in ((("原政策", "old"), self.old), (("新政策", "new"), self.new)):
            title = snapshot.title(language)
            told = (
                f"{title} ({snapshot.policy_id} {snapshot.policy.version}), {snapshot.on}, {snapshot.fingerprint[:12]}"
            )
            yield f"{pick(words, language)}{colon(language)}{told}"
        for name, before in self.old.parameters.items():
            after = self.new.parameters.get(name)
            if after is not None and after.value != before.value:
                label = pick((before.parameter.zh, before.parameter.en), language)
                values = (parameter_words(each.value, each.parameter.unit, language) for each in (before, after))
                yield f"{label} ({name}){colon(language)}{' → '.join(values)}"
        for words, held in (
            (("仅原政策有", "only in old"), self.only_in_old),
            (("仅新政策有", "only in new"), self.only_in_new),
        ):
            if held:
                yield f"{pick(words, language)}{colon(language)}{part_words(held, language)}"
        yield f"{pick(('范围', 'within'), language)}{colon(language)}{self.within.words(language)}"


def _node(region: Region, language: str) -> Node:
    label, answer = region.label(language), region.answer
    if isinstance(answer, Witness):
        return Node(label, tuple(map(Node, witness_lines(answer, language))))
    return Node(f"{label}{colon(language)}{_without_witness(answer, language)}")


def _without_witness(answer: Proved | Undecided, language: str) -> str:
    return (
        pick(("无（已证明）", "nobody, proved"), language) if isinstance(answer, Proved) else answer.as_text(language)
    )


def compare(
    old: Snapshot,
    new: Snapshot,
    *,
    about: Subject = Subject.HOUSEHOLD,
    members: int = 12,
    seconds: float = 10.0,
    known: Known = None,
) -> Comparison:
    """
    Tell what changes for whom between two snapshots.

    Every region is proved empty, or shown by a witness: somebody made up, as small and as ordinary as can be, whom the
    reference assessment has judged under both snapshots.

    Args:
        old: A policy on a day.
        new: Another policy, or another day.
        about: Whom to compare.
        members: Most members of a household; larger ones are not looked at.
        seconds: Time limit for each region; one that takes longer is undecided.
        known: Facts taken to be known, by path (a member's as `members[].birth_date`), or `"all"`: then only those who
            are known in full are looked at.

    Raises:
        PolicyError: The snapshots have neither eligibility nor exit rules about such a subject in common, or an
            argument cannot be.
        MissingExtraError: The extra `proof` is not installed.
        DisagreementError: The solver and the reference assessment disagree; that is a fault of this library.

    >>> from datetime import date
    >>> from fupin_rules.policy import load_policy
    >>> policy = load_policy("national-2014")
    >>> found = compare(policy.on(date(2014, 6, 1)), policy.on(date(2015, 6, 1)))
    >>> found["became_eligible"].subject.income.wage_income_yuan  # the line was 2736, and is 2800
    Decimal('2740.00')
    >>> type(found["lost_eligibility"]).__name__
    'Proved'
    """
    room = Room(Asked(about, members, seconds, known), old, new)
    before, after = room.reader(old), room.reader(new)
    wanted = tuple(regions_of(old, new, before, after, about))
    if not wanted:
        # Nothing to compare: told as by the verb that would judge it.
        old.eligible_expr(about)
        new.eligible_expr(about)
    parts = parts_of(old, about), parts_of(new, about)
    return Comparison(
        old,
        new,
        room.within,
        tuple(_answered(each, room, old, new) for each in wanted),
        tuple(each for each in parts[0] if each not in parts[1]),
        tuple(each for each in parts[1] if each not in parts[0]),
    )


def _answered(wanted: Wanted, room: Room, old: Snapshot, new: Snapshot) -> Region:
    def shown(subjects: tuple[AnySubject, ...]) -> Witness:
        (subject,) = subjects
        before, after = judge(subject, old), judge(subject, new)
        if not wanted.holds(before, after):
            raise disagreement(f"`{wanted.named.id}`", subjects)
        return Witness(subject, before, after, room.within)

    named = wanted.named
    return Region(named.id, named.zh, named.en, room.answer(wanted.formula, shown, rather=wanted.rather))


def witness_lines(witness: Witness, language: str) -> Iterator[str]:
    """Say who shows a difference, and what differs."""
    arrow = " → "
    for old, new in _outcomes(witness, language):
        yield old if old == new else f"{old}{arrow}{new}"
    yield from fact_lines(witness.subject, language)
    for name, pair in witness.differing.items():
        rule = None
        for judgement in (witness.after, witness.before):
            rule = rule or judgement.reading.snapshot.rules_by_id.get(name)
        values = arrow.join(truth_words(value, language) for value in pair)
        yield f"{rule.label(language) if rule else name} ({name}){colon(language)}{values}"


def _outcomes(witness: Witness, language: str) -> Iterator[tuple[str, str]]:
    before, after = witness.before, witness.after
    if before.eligible is not None and after.eligible is not None:
        yield _pair(Outcome.of(before.eligible), Outcome.of(after.eligible), language)
    if before.exit is not None and after.exit is not None:
        yield _pair(ExitOutcome.of(before.exit), ExitOutcome.of(after.exit), language)


def _pair(old: Outcome | ExitOutcome, new: Outcome | ExitOutcome, language: str) -> tuple[str, str]:
    return outcome_words(old, language), outcome_words(new, language)


def snapshot_plain(snapshot: Snapshot) -> dict[str, Any]:
    """Name a snapshot in plain data."""
    return {"policy": snapshot.policy_id, "on": snapshot.on.isoformat(), "fingerprint": snapshot.fingerprint}
