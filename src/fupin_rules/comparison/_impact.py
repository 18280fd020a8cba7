"""
How many of a register fare otherwise under other rules, by place, with the rules that say otherwise.

The regions are those of `compare`, which asks about all households there could be; here those that there are counted,
by the engine that their frame belongs to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import attrs

from fupin_rules.columnar import ChangeTally, tally_changes
from fupin_rules.comparison._compare import snapshot_plain
from fupin_rules.comparison._regions import ELIGIBLE, EXIT, Named, change_of
from fupin_rules.comparison._words import pick
from fupin_rules.markup import Drawing, Grid, Part, both_html, both_markdown, draw_html, draw_markdown, mimebundle
from fupin_rules.policy import ExitOutcome, Outcome, Snapshot, Subject
from fupin_rules.tables import table

_VALUES: Mapping[str, bool] = {
    Outcome.ELIGIBLE: True,
    Outcome.INELIGIBLE: False,
    ExitOutcome.MET: True,
    ExitOutcome.NOT_MET: False,
}


@attrs.frozen
class Count:
    """
    Subjects of one region, in one place.

    Attributes:
        region: Id of the region, as in `compare`.
        zh: Label in Chinese.
        en: Label in English.
        place: Value of the column that is counted by; None where it is not known, or nothing is counted by.
        count: How many.
        rules: By id, for how many of them a rule that counts says otherwise than before, most first.
    """

    region: str
    zh: str
    en: str
    place: Any
    count: int
    rules: Mapping[str, int]


@attrs.frozen
class Impact:
    """
    Head-counts of a change of policy on a register.

    Attributes:
        old: The snapshot before.
        new: The snapshot after.
        total: How many subjects there are.
        by: Column that is counted by; empty for all together.
        counts: For each region and place in which there is somebody.
    """

    old: Snapshot
    new: Snapshot
    total: int
    by: str
    counts: tuple[Count, ...]

    def __getitem__(self, region: str) -> int:
        """Give the number of subjects in a region, all places together."""
        return sum(each.count for each in self.counts if each.region == region)

    def rules(self, region: str) -> dict[str, int]:
        """Give the rules that say otherwise in a region, all places together, most first."""
        found: Counter[str] = Counter()
        for each in self.counts:
            if each.region == region:
                found.update(each.rules)
        return dict(found.most_common())

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data that JSON can hold; places as texts."""
        return {
            "kind": "impact",
            "old": snapshot_plain(self.old),
            "new": snapshot_plain(self.new),
            "total": self.total,
            "by": self.by,
            "counts": [
                {
                    "region": each.region,
                    "zh": each.zh,
                    "en": each.en,
                    "place": None if each.place is None else str(each.place),
                    "count": each.count,
                    "rules": dict(each.rules),
                }
                for each in self.counts
            ],
        }

    def as_text(self, language: str = "zh") -> str:
        """Say it in `zh` or `en`."""
        rows = self._rows(language)
        return "\n".join([self._headline(language), *([table(rows, numbers=(len(rows[0]) - 2,))] if rows else [])])

    def drawing(self, language: str = "zh") -> Drawing:
        """Tell what is to be seen of it, in `zh` or `en`."""
        head, *rows = self._rows(language) or [()]
        return Drawing(
            language, self._headline(language), parts=(Part(grid=Grid(head, tuple(rows), (len(head) - 2,))),)
        )

    as_html = draw_html
    as_markdown = draw_markdown
    _repr_html_ = both_html
    _repr_markdown_ = both_markdown
    _repr_mimebundle_ = mimebundle

    def _headline(self, language: str) -> str:
        changed = sum(each.count for each in self.counts if not each.region.startswith("exit_"))
        exits = sum(each.count for each in self.counts) - changed
        words = pick(
            (
                "共{total:,}个对象：识别结论有变的{changed:,}个，退出结论有变的{exits:,}个",
                "{total:,} subjects: {changed:,} change in identification, {exits:,} in exit",
            ),
            language,
        )
        return words.format(total=self.total, changed=changed, exits=exits)

    def _rows(self, language: str) -> list[tuple[str, ...]]:
        if not self.counts:
            return []
        head = [
            pick(("变化", "change"), language),
            pick(("数量", "number"), language),
            pick(("规则", "rules"), language),
        ]
        rows = [(*([self.by] if self.by else []), *head)]
        for each in self.counts:
            rules = ", ".join(f"{name} {count:,}" for name, count in each.rules.items())
            place = [] if not self.by else ["–" if each.place is None else str(each.place)]
            rows.append((*place, pick((each.zh, each.en), language), f"{each.count:,}", rules))
        return rows


def impact(
    old: Snapshot,
    new: Snapshot,
    subjects: Any,
    *,
    members: Any = None,
    by: str = "",
    about: Subject | str = Subject.HOUSEHOLD,
    absent: Collection[str] = (),
    checked: bool = True,
    key: str = "id",
    member_key: str = "household_id",
) -> Impact:
    """
    Count for whom of a register a change of policy matters, in the regions of `compare`.

    Args:
        old: The snapshot before.
        new: The snapshot after.
        subjects: A frame of Polars, DuckDB, PyArrow, pandas or Spark, as `columnar.assess_frame` takes it; each subject
            stands in it once.
        members: For households: the frame of members.
        by: Column of the subjects to count by, such as `township`; empty for all together.
        about: Whom the rules are about.
        absent: As for `columnar.assess_frame`; so are the others.
        checked: Whether values that no household could have are taken for not known.
        key: Column that tells subjects apart.
        member_key: Column of the members' frame that tells whose they are.

    Raises:
        LoweringError: A frame that `assess_frame` would refuse.
        PolicyError: One of the snapshots has no rule about such a subject.

    >>> from datetime import date
    >>> from fupin_rules.columnar import frames_of
    >>> from fupin_rules.policy import load_policy
    >>> old = load_policy("yucheng-2016").on(date(2016, 1, 31))
    >>> frames = frames_of([])
    >>> print(impact(old, old, frames.subjects, members=frames.members).as_text("en"))
    0 subjects: 0 change in identification, 0 in exit
    """
    tallies = tally_changes(
        subjects,
        old,
        new,
        members=members,
        by=by,
        about=about,
        absent=absent,
        checked=checked,
        key=key,
        member_key=member_key,
    )
    total = max((sum(each.count for each in tallies if each.of == of) for of in ("outcome", "exit")), default=0)
    return Impact(old, new, total, by, tuple(_counts(tallies)))


def _counts(tallies: Collection[ChangeTally]) -> Iterator[Count]:
    for of, regions in (("outcome", ELIGIBLE), ("exit", EXIT)):
        for named in regions:
            places: dict[Any, list[ChangeTally]] = {}
            for each in tallies:
                if each.of == of and _is_in(named, each):
                    places.setdefault(each.place, []).append(each)
            for place, held in places.items():
                rules: Counter[str] = Counter()
                for each in held:
                    rules.update(each.rules)
                count = sum(each.count for each in held)
                yield Count(named.id, named.zh, named.en, place, count, dict(rules.most_common()))


def _is_in(named: Named, tally: ChangeTally) -> bool:
    return change_of(_VALUES.get(tally.before), _VALUES.get(tally.after)) in named.changes
