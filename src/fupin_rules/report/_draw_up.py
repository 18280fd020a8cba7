"""Draw up a report: count what was assessed, put together what is small, keep nothing that tells of one household."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from types import MappingProxyType
from typing import Final

import attrs

from fupin_rules.citations import Citation
from fupin_rules.engine import LIBRARY_VERSION, Assessment
from fupin_rules.errors import Fault, PolicyError
from fupin_rules.policy import Outcome, Snapshot, Subject
from fupin_rules.report._audit import Claimed, hide, parts_of, tell_of_few
from fupin_rules.report._coarse import LEAST, Groups, join_parts
from fupin_rules.report._distance import distance_of, line_of
from fupin_rules.report._figures import Basis, Figure, Line, Report, Said
from fupin_rules.report._grounds import facts_missing, rules_that_decide, standings
from fupin_rules.report._people import ages, head_count, sizes
from fupin_rules.report._places import townships, villages
from fupin_rules.report._rows import HOUSEHOLDS, OUTCOMES, Column, Counted, Home, columns_of, rows_of

# The code of a register that is too small; what is asked cannot be answered, and no pack is at fault.
FEW: Final = "few"

# Whoever is asked nothing more is told how far the work is.
_Watch = Callable[[Sequence[Assessment]], Iterable[Assessment]]


def draw_up(
    assessments: Iterable[Assessment],
    *,
    least: int = LEAST,
    set_aside: int = 0,
    watch: _Watch = iter,
) -> Report:
    """
    Draw up a report on households that were assessed.

    Args:
        assessments: Of households, all under one policy on one day.
        least: Numbers of households or people from 1 to one less are not shown, and cannot be worked out from others.
        set_aside: Households that could not be read, to be told.
        watch: Gives the assessments one by one, to show how far it is.

    Raises:
        PolicyError: There are fewer households than may be shown, they are no households, or policies or days are
            mixed.

    >>> from datetime import date
    >>> from fupin_rules.engine import assess_many
    >>> from fupin_rules.model import Household
    >>> from fupin_rules.policy import load_policy
    >>> rules = load_policy("yucheng-2016").on(date(2016, 1, 31))
    >>> homes = [Household(id=str(number), hukou="urban") for number in range(8)]
    >>> report = draw_up(assess_many(homes, rules))
    >>> [(row.id, row.counts) for row in report.figures["outcomes"].rows]
    [('eligible', (0,)), ('ineligible', (8,)), ('undetermined', (0,))]
    """
    held = tuple(assessments)
    snapshot = _one_policy(held, least)
    outcomes = [each.outcome for each in held]
    counted = [outcomes.count(outcome) for outcome in Outcome]
    groups = join_parts(counted, least)
    columns = columns_of(OUTCOMES, groups)
    column = {each: next(at for at, group in enumerate(groups) if place in group) for place, each in enumerate(Outcome)}
    homes = tuple((each, column[each.outcome]) for each in watch(held))
    line = line_of(snapshot)
    counted_whole = [
        _outcomes(counted, groups, columns, homes),
        _funnel(held, groups, least),
        townships(homes, columns, least),
        villages(homes, columns, least),
        sizes(homes, columns, least),
        *(() if line is None else (distance_of(homes, line, columns, least),)),
        standings(homes, columns, least),
    ]
    wholes = keep_apart(counted_whole, least)
    overlapping = [*rules_that_decide(held, snapshot, least), facts_missing(held, least)]
    figures = {each.figure.id: each.figure for each in wholes} | {"ages": ages(held, snapshot.on, least)}
    figures |= _audited(overlapping, wholes, len(held), least)
    policy = snapshot.policy
    return Report(
        policy.id,
        policy.version,
        Said(policy.zh, policy.en),
        Said(policy.note_zh, policy.note_en),
        snapshot.on,
        snapshot.fingerprint,
        LIBRARY_VERSION,
        least,
        len(held),
        head_count(held, least),
        set_aside,
        None if line is None else Line(line.said, line.words, line.standing),
        MappingProxyType(figures),
        _bases(snapshot),
    )


def _one_policy(held: Sequence[Assessment], least: int) -> Snapshot:
    if len(held) < max(least, 1):
        counted = "1 household is" if len(held) == 1 else f"{len(held)} households are"
        what = f"{counted} too few: a report on fewer than {max(least, 1)} would show single people"
        raise PolicyError(Fault("report", what, "explain each to whom it concerns", FEW))
    if any(each.about is not Subject.HOUSEHOLD for each in held):
        raise PolicyError(Fault("report", "counts households", "leave out villages and areas", "subject"))
    if len({(each.fingerprint, each.on) for each in held}) > 1:
        what = "assessments of several policies or days cannot be counted together"
        raise PolicyError(Fault("report", what, "assess all under one policy on one day", "mixed"))
    return held[0].snapshot


# These look at the same thing, what income and rules say, so that one may lie in another; where people live, and how
# many live together, has nothing to do with it.
_LINKED: Final = ("funnel", "distance", "standings")
_LEFT_OUT: Final = Said(
    "不显示：与其他数字对照，会露出个别户。",
    "Not shown: held against other numbers, it would tell of a few households.",
)


def keep_apart(wholes: Sequence[Counted], least: int) -> list[Counted]:
    """Leave out the rows of a figure that, held against one before it, tells of a few households."""
    kept: list[tuple[int, ...]] = []
    found = []
    for each in wholes:
        if each.figure.id in _LINKED:
            parts = parts_of(each.cells)
            if any(tell_of_few(parts, other, least) for other in kept):
                found.append(Counted(attrs.evolve(each.figure, rows=(), note=_LEFT_OUT)))
                continue
            kept.append(parts)
        found.append(each)
    return found


def _audited(
    overlapping: Sequence[tuple[Figure, tuple[Claimed, ...]]], wholes: Sequence[Counted], everybody: int, least: int
) -> dict[str, Figure]:
    """Fill figures whose rows overlap with the numbers that tell of nobody else; the largest go first."""
    parts = [parts_of(each.cells) for each in wholes if each.cells] + [parts_of([0] * everybody)]
    claimed = [each for _, rows in overlapping for each in rows]
    rows = iter(hide(claimed, parts, everybody, least))
    found = {}
    for figure, held in overlapping:
        shown = [next(rows) for _ in held]
        if figure.id == "missing":
            # In the order of what is shown: the order of what is not would tell which is the larger.
            shown.sort(key=lambda row: (-(row.counts[0] or 0), row.id))
        found[figure.id] = attrs.evolve(figure, rows=tuple(shown))
    return found


def _outcomes(counted: Sequence[int], groups: Groups, columns: Sequence[Column], homes: Sequence[Home]) -> Counted:
    said = Said("结论", "outcomes")
    counts = [(sum(counted[place] for place in group),) for group in groups]
    figure = Figure("outcomes", said, (HOUSEHOLDS,), rows_of(columns, counts), is_whole=True)
    return Counted(figure, tuple((0, column) for _, column in homes))


_WAYS: tuple[Column, ...] = (
    ("conditions", Said("条件未达到", "a condition is not met")),
    ("excluded", Said("有排除情形", "an exclusion is hit")),
    ("undetermined", Said("尚不能确定", "undetermined")),
    ("eligible", Said("符合条件", "eligible")),
)
# By place among the outcomes: the ways that lead there.
_INELIGIBLE: Final = 1
_WAYS_OF: Final = {0: (3,), _INELIGIBLE: (0, 1), 2: (2,)}


def _funnel(held: Sequence[Assessment], groups: Groups, least: int) -> Counted:
    """Tell where households go: each of them one way, the eligible the last."""
    ways = [next(at for at, (name, _) in enumerate(_WAYS) if name == _way(each)) for each in held]
    counts = [ways.count(at) for at in range(len(_WAYS))]
    parts: list[tuple[int, ...]] = []
    for group in groups:
        inside = tuple(sorted(place for outcome in group for place in _WAYS_OF[outcome]))
        # What the outcomes put together stays together; the ineligible alone are told apart further, where that can be.
        split: Groups = (tuple(range(len(inside))),)
        if group == (_INELIGIBLE,):
            split = join_parts([counts[place] for place in inside], least)
        parts += [tuple(inside[at] for at in part) for part in split]
    parts.sort()
    rows = rows_of(columns_of(_WAYS, tuple(parts)), [(sum(counts[place] for place in part),) for part in parts])
    note = Said(
        "每户只走一条路：先看有无排除情形，再看条件；两样都有的记入“有排除情形”。",
        "Each household goes one way: one that hits an exclusion is counted there, whether a condition fails or not.",
    )
    figure = Figure(
        "funnel", Said("从申请到符合", "from applying to eligible"), (HOUSEHOLDS,), rows, is_whole=True, note=note
    )
    row_of = {place: at for at, part in enumerate(parts) for place in part}
    return Counted(figure, tuple((row_of[way], 0) for way in ways))


def _way(answer: Assessment) -> str:
    match answer.outcome:
        case Outcome.INELIGIBLE:
            return "excluded" if answer.excluded_by else "conditions"
        case outcome:
            return outcome.value


def _bases(snapshot: Snapshot) -> tuple[Basis, ...]:
    rules = snapshot.rules_of(Subject.HOUSEHOLD)
    cited: list[Citation] = [rule.citation for rule in rules]
    cited += [each.citation for rule in rules for each in rule.unless]
    cited += [each.dated.citation for each in snapshot.parameters.values()]
    found = Counter(each.source.id for each in cited)
    sources = {each.source.id: each.source for each in cited}
    ordered = sorted(sources.values(), key=lambda each: (-found[each.id], each.id))
    ordered.sort(key=lambda each: each.standing, reverse=True)
    return tuple(Basis(each, found[each.id]) for each in ordered)
