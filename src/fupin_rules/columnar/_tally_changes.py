"""How many fare otherwise under other rules: two assessments of one register, joined and counted by its own engine."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final

import attrs

from fupin_rules.columnar._assess_frame import Given, answered
from fupin_rules.columnar._columns import KEPT, KEY
from fupin_rules.columnar._engines import joined, narwhals
from fupin_rules.policy import Rule, RuleKind, Snapshot, Subject

# The outcomes, and the kinds of rules that they rest on. What a rule would have to say so as to change nothing: by that
# a rule is told that only one of two policies has.
_RESTS_ON: Final[Mapping[str, Mapping[RuleKind, bool]]] = {
    "outcome": {RuleKind.ELIGIBILITY: True, RuleKind.EXCLUSION: False},
    "exit": {RuleKind.EXIT: True},
}


@attrs.frozen
class ChangeTally:
    """
    Subjects of one place that went from one outcome to another.

    Attributes:
        of: `outcome` or `exit`.
        place: Value of the column that it is counted by; None where that is not known, or nothing was counted by.
        before: Outcome under the old rules.
        after: Outcome under the new rules.
        count: How many subjects.
        rules: By id, of how many of them a rule that counts for the outcome says otherwise than before.
    """

    of: str
    place: Any
    before: str
    after: str
    count: int
    rules: Mapping[str, int]


def tally_changes(
    subjects: Any,
    old: Snapshot,
    new: Snapshot,
    *,
    members: Any = None,
    by: str = "",
    about: Subject | str = Subject.HOUSEHOLD,
    absent: Collection[str] = (),
    checked: bool = True,
    key: str = "id",
    member_key: str = "household_id",
) -> tuple[ChangeTally, ...]:
    """
    Count how many subjects of a register went from one outcome to another.

    Args:
        subjects: A frame as `assess_frame` takes it; each subject stands in it once.
        old: The rules before.
        new: The rules after.
        members: For households: the frame of members.
        by: Column of the subjects to count by, such as `township`; empty for all together.
        about: Whom the rules are about.
        absent: As for `assess_frame`.
        checked: As for `assess_frame`.
        key: As for `assess_frame`.
        member_key: As for `assess_frame`.

    Returns:
        Every pair of outcomes that occurs, unchanged ones too; of each outcome that both policies have rules for.

    Raises:
        LoweringError: As `assess_frame`.
        PolicyError: One of the policies has no rule about such a subject.
    """
    given = Given(subjects, members, Subject(about), absent, checked, key, member_key)
    before, after = (answered(given, rules, ("outcome", "rules"), keep=by) for rules in (old, new))
    layer = narwhals()
    kept = {KEPT: layer.col(KEPT)} if by else {}
    both = joined(
        before.frame.select(layer.col(KEY), **kept, **_plain("o", before.columns)),
        after.frame.select(layer.col(KEY), **_plain("n", after.columns)),
        KEY,
    )
    places = {letter: _places(answer.columns) for letter, answer in (("o", before), ("n", after))}
    tallies: list[ChangeTally] = []
    for of, kinds in _RESTS_ON.items():
        if of in before.columns and of in after.columns:
            rules = _apart(old.rules_of(given.about), new.rules_of(given.about), kinds, places)
            pair = (places["o"][of], places["n"][of])
            tallies += _tally(both, of, pair, rules, by=bool(by))
    return tuple(tallies)


def _plain(letter: str, columns: Mapping[str, Any]) -> dict[str, Any]:
    return {f"{letter}{place}": value for place, value in enumerate(columns.values())}


def _places(columns: Mapping[str, Any]) -> dict[str, int]:
    return {name: place for place, name in enumerate(columns)}


def _apart(
    old: Iterable[Rule], new: Iterable[Rule], kinds: Mapping[RuleKind, bool], places: Mapping[str, Mapping[str, int]]
) -> dict[str, Any]:
    """Tell for each rule where it says otherwise; one that only one policy has, where it decides or is open."""
    layer = narwhals()
    held = [{rule.id: rule for rule in rules if rule.kind in kinds} for rules in (old, new)]
    found: dict[str, Any] = {}
    for name in dict.fromkeys((*held[0], *held[1])):
        values = [
            layer.col(f"{letter}{places[letter][f'rule.{name}']}")
            for letter, rules in zip("on", held, strict=True)
            if name in rules
        ]
        if len(values) == 1:
            rule = held[0].get(name) or held[1][name]
            found[name] = ~(values[0] == layer.lit(kinds[rule.kind])).fill_null(value=False)
        else:
            one, other = values
            same = (one == other).fill_null(value=False) | (one.is_null() & other.is_null())
            found[name] = ~same
    return found


def _tally(both: Any, of: str, pair: tuple[int, int], rules: Mapping[str, Any], *, by: bool) -> Iterable[ChangeTally]:
    layer = narwhals()
    flags = {f"d{place}": value.cast(layer.Int64) for place, value in enumerate(rules.values())}
    kept = {"place": layer.col(KEPT)} if by else {}
    chosen = both.select(
        **kept,
        before=layer.col(f"o{pair[0]}"),
        after=layer.col(f"n{pair[1]}"),
        one=layer.lit(1).cast(layer.Int64),
        **flags,
    )
    folded = [layer.col(name).sum() for name in ("one", *flags)]
    counted = chosen.group_by(*kept, "before", "after").agg(*folded)
    counted = counted.collect() if isinstance(counted, layer.LazyFrame) else counted
    rows = [dict(zip(counted.columns, row, strict=True)) for row in counted.iter_rows()]
    for row in sorted(rows, key=lambda row: (str(row.get("place")), row["before"], row["after"])):
        differing = {name: int(row[f"d{place}"]) for place, name in enumerate(rules) if row[f"d{place}"]}
        yield ChangeTally(of, row.get("place"), row["before"], row["after"], int(row["one"]), differing)
