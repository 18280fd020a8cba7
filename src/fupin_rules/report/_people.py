"""Who the members are: age and sex, and how many live together."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from dateutil.relativedelta import relativedelta

from fupin_rules.engine import Assessment
from fupin_rules.model import Household, Member, Sex
from fupin_rules.report._coarse import added, is_small, join_parts
from fupin_rules.report._figures import Figure, Said
from fupin_rules.report._rows import Column, Counted, Home, by_class, columns_of, in_order, joined_rows

_SPAN: Final = 5
_OLDEST: Final = 85
_SEXES: Final[tuple[Column, ...]] = (
    ("male", Said("男", "male")),
    ("female", Said("女", "female")),
    ("not_known", Said("不详", "not known")),
)
_NOT_KNOWN: Final[Column] = ("not_known", Said("年龄或性别不详", "age or sex not known"))
_BANDS: Final[tuple[Column, ...]] = (
    *(
        (f"{low}-{low + _SPAN - 1}", Said(f"{low}—{low + _SPAN - 1}岁", f"{low} to {low + _SPAN - 1}"))
        for low in range(0, _OLDEST, _SPAN)
    ),
    (f"{_OLDEST}+", Said(f"{_OLDEST}岁以上", f"{_OLDEST} and over")),
    _NOT_KNOWN,
)
_MOST: Final = 6
_SIZES: Final[tuple[Column, ...]] = (
    ("0", Said("无成员记录", "no member entered")),
    *((str(size), Said(f"{size}人", f"{size} {'person' if size == 1 else 'people'}")) for size in range(1, _MOST)),
    (f"{_MOST}+", Said(f"{_MOST}人以上", f"{_MOST} people and more")),
    ("not_known", Said("名册不全", "roster not complete")),
)


def _members(held: Sequence[Assessment]) -> list[Member]:
    return [member for each in held if isinstance(each.subject, Household) for member in each.subject.members]


def head_count(held: Sequence[Assessment], least: int) -> int | None:
    """Count all members; None where they are so few that single people would be seen."""
    count = len(_members(held))
    return None if is_small(count, least) else count


def ages(held: Sequence[Assessment], on: date, least: int) -> Figure:
    """Count members by age and sex; whoever misses either is in the last row, so that all are counted."""
    counts = [[0, 0, 0] for _ in _BANDS]
    for member in _members(held):
        band, sex = _band(member, on), _sex(member)
        if band is None or sex is None:
            counts[-1][2] += 1
        else:
            counts[band][sex] += 1
    whole = added(counts, len(_SEXES))
    # A column of which there is nobody says nothing.
    columns = tuple(group for group in join_parts(whole, least) if any(whole[place] for place in group))
    cells = joined_rows([tuple(row) for row in counts], columns)
    rows = () if is_small(sum(whole), least) else in_order(_BANDS, cells, least, _ages_joint)
    return Figure("ages", Said("年龄和性别", "age and sex"), columns_of(_SEXES, columns), rows, is_whole=True)


def _band(member: Member, on: date) -> int | None:
    if not isinstance(member.birth_date, date) or member.birth_date > on:
        return None
    return min(relativedelta(on, member.birth_date).years, _OLDEST) // _SPAN


def _sex(member: Member) -> int | None:
    match member.sex:
        case Sex.MALE:
            return 0
        case Sex.FEMALE:
            return 1
        case _:
            return None


def _ages_joint(bands: Sequence[Column]) -> Column:
    if len(bands) == 1:
        return bands[0]
    name = f"{bands[0][0]}+{bands[-1][0]}"
    if bands[-1] == _NOT_KNOWN:
        known = _ages_joint(bands[:-1])[1]
        return name, Said(f"{known.zh}，或{_NOT_KNOWN[1].zh}", f"{known.en}, or {_NOT_KNOWN[1].en}")
    low = bands[0][0].partition("-")[0]
    if bands[-1][0].endswith("+"):
        return name, Said(f"{low}岁以上", f"{low} and over")
    high = bands[-1][0].partition("-")[2]
    return name, Said(f"{low}—{high}岁", f"{low} to {high}")


def sizes(homes: Sequence[Home], columns: Sequence[Column], least: int) -> Counted:
    """Count households by how many live together, and by outcome."""
    counts, cells = by_class(homes, [_size(answer) for answer, _ in homes], len(_SIZES), columns, least)
    rows = in_order(_SIZES, counts, least, _sizes_joint)
    said = Said("家庭人口", "people in a household")
    return Counted(Figure("sizes", said, tuple(columns), rows, is_whole=True), cells)


def _sizes_joint(classes: Sequence[Column]) -> Column:
    if len(classes) == 1:
        return classes[0]
    name = f"{classes[0][0]}+{classes[-1][0]}"
    if classes[-1] == _SIZES[-1]:
        known = _sizes_joint(classes[:-1])[1]
        return name, Said(f"{known.zh}，或{_SIZES[-1][1].zh}", f"{known.en}, or {_SIZES[-1][1].en}")
    low, high = classes[0][0], classes[-1][0]
    if high.endswith("+"):
        return name, Said(f"{low}人以上", f"{low} people and more")
    return name, Said(f"{low}—{high}人", f"{low} to {high} people")


def _size(answer: Assessment) -> int:
    home = answer.subject
    if not isinstance(home, Household) or home.members_complete is not True:
        return len(_SIZES) - 1
    return min(len(home.members), _MOST)
