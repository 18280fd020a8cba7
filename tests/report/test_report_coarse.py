"""Small numbers: none is shown, none can be worked out, and shares add up."""

from collections.abc import Iterator, Sequence

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fupin_rules.report import LEAST, Figure, shares
from fupin_rules.report._audit import Claimed, bits_of, hide, parts_of
from fupin_rules.report._coarse import added, is_small, join_parts, join_rows, joined, set_apart
from fupin_rules.report._draw_up import keep_apart
from fupin_rules.report._figures import Row, Said
from fupin_rules.report._rows import Counted

COUNTS = st.one_of(st.just(0), st.integers(0, 12), st.integers(0, 400))
NUMBERS = st.lists(COUNTS, min_size=1, max_size=8)


@st.composite
def tables(draw: st.DrawFn) -> list[tuple[int, ...]]:
    """Rows of equal width, whose columns are large enough all together."""
    width = draw(st.integers(1, 3))
    rows = draw(st.lists(st.tuples(*[COUNTS] * width), min_size=1, max_size=8))
    columns = join_parts(added(rows, width), LEAST)
    return [joined(row, columns) for row in rows]


def small(counts: Sequence[int]) -> list[int]:
    return [count for count in counts if is_small(count, LEAST)]


@given(NUMBERS)
def test_parts_that_are_joined_are_a_partition_and_none_is_small_unless_all_are(counts: list[int]) -> None:
    groups = join_parts(counts, LEAST)
    assert sorted(place for group in groups for place in group) == list(range(len(counts)))
    if not is_small(sum(counts), LEAST):
        assert not small(joined(counts, groups))


@given(NUMBERS)
def test_parts_are_joined_only_where_something_is_small(counts: list[int]) -> None:
    if not small(counts):
        assert all(len(group) == 1 for group in join_parts(counts, LEAST))


@given(tables())
def test_neighbours_are_joined_until_no_cell_is_small(rows: list[tuple[int, ...]]) -> None:
    groups = join_rows(rows, LEAST)
    assert [place for group in groups for place in group] == list(range(len(rows)))
    if not small(added(rows, len(rows[0]))):
        for group in groups:
            assert not small(added([rows[place] for place in group], len(rows[0])))


@given(tables())
def test_places_that_are_set_apart_leave_no_small_cell(rows: list[tuple[int, ...]]) -> None:
    shown, others = set_apart(rows, LEAST)
    assert sorted([*shown, *others]) == list(range(len(rows)))
    assert not any(small(rows[place]) for place in shown)
    if not small(added(rows, len(rows[0]))):
        assert not small(added([rows[place] for place in others], len(rows[0])))


@given(NUMBERS, st.integers(0, 3))
@example([1, 1, 1], 1)
@example([0, 0], 1)
def test_shares_add_up_to_the_whole_and_are_off_by_less_than_one(counts: list[int], places: int) -> None:
    whole, units = sum(counts), 100 * 10**places
    told = shares(counts, places=places)
    assert sum(told) == (units if whole else 0)
    for count, share in zip(counts, told, strict=True):
        assert whole == 0 or abs(share * whole - units * count) < whole


@pytest.mark.parametrize(
    ("counts", "groups"),
    [
        ([100, 3, 0, 20], ((0,), (1, 3), (2,))),
        ([4, 4, 4], ((0, 1, 2),)),
        ([2, 3, 50], ((0, 1), (2,))),
        ([5, 5], ((0,), (1,))),
        ([3, 0], ((0,), (1,))),
    ],
)
def test_the_smallest_joins_the_next_smallest(counts: list[int], groups: object) -> None:
    # 4, 4 and 4: two of them are 8, and the third is still small.
    assert join_parts(counts, LEAST) == groups


# -- rows that overlap -------------------------------------------------------------------------------------------------


@st.composite
def claims(draw: st.DrawFn) -> tuple[int, list[list[bool]], list[list[int]]]:
    """Some people, what is claimed of each, and the classes that each is in."""
    people = draw(st.integers(5, 40))
    told = draw(st.lists(st.lists(st.booleans(), min_size=people, max_size=people), min_size=1, max_size=5))
    wholes = draw(st.lists(st.lists(st.integers(0, 3), min_size=people, max_size=people), max_size=3))
    return people, told, wholes


def shown_sets(told: list[list[bool]], rows: Sequence[Row]) -> Iterator[set[int]]:
    for each, row in zip(told, rows, strict=True):
        if row.counts[0] is not None:
            assert row.counts[0] == sum(each)
            yield {at for at, claim in enumerate(each) if claim}


@given(claims())
def test_no_difference_of_what_is_shown_tells_of_a_few(drawn: tuple[int, list[list[bool]], list[list[int]]]) -> None:
    people, told, wholes = drawn
    claimed = [Claimed(Row(str(at), Said("", ""), (sum(each),)), (bits_of(each),)) for at, each in enumerate(told)]
    everybody = [0] * people
    rows = hide(claimed, [parts_of(each) for each in [*wholes, everybody]], people, LEAST)
    shown = list(shown_sets(told, rows))
    for one in shown:
        assert not is_small(people - len(one), LEAST)
        for other in shown:
            if one < other:
                assert not is_small(len(other) - len(one), LEAST)
            if not one & other:
                assert not is_small(people - len(one) - len(other), LEAST)
        for cells in wholes:
            parts = {cell: {at for at in range(people) if cells[at] == cell} for cell in set(cells)}
            reached = set().union(*(part for part in parts.values() if part & one))
            inside = set().union(*(part for part in parts.values() if part <= one))
            assert not is_small(len(reached - one), LEAST)
            assert not is_small(len(one - inside), LEAST)


def test_of_two_that_differ_by_few_the_larger_stays() -> None:
    told = [[at < 20 for at in range(40)], [at < 18 for at in range(40)]]
    claimed = [Claimed(Row(str(at), Said("", ""), (sum(each),)), (bits_of(each),)) for at, each in enumerate(told)]
    assert [row.counts for row in hide(claimed, [], 40, LEAST)] == [(20,), (None,)]


def figure(name: str, cells: list[int]) -> Counted:
    rows = tuple(Row(str(place), Said(str(place), str(place)), (cells.count(place),)) for place in sorted(set(cells)))
    return Counted(Figure(name, Said("", ""), (), rows, is_whole=True), tuple((place, 0) for place in cells))


def test_of_figures_that_look_at_the_same_a_later_one_is_left_out_where_the_two_tell_of_few() -> None:
    one = [0] * 20 + [1] * 20
    nearly = [0] * 18 + [1] * 22  # two more than the other says
    apart = [0] * 10 + [1] * 30
    kept = keep_apart([figure("funnel", one), figure("distance", nearly), figure("standings", apart)], LEAST)
    assert [bool(each.figure.rows) for each in kept] == [True, False, True]
    assert kept[1].figure.note.en == "Not shown: held against other numbers, it would tell of a few households."
    assert kept[1].cells == ()
    # Where people live is no part of what the rules say of them.
    assert keep_apart([figure("funnel", one), figure("sizes", nearly)], LEAST)[1].figure.rows


@given(st.lists(st.lists(st.integers(0, 2), min_size=24, max_size=24), min_size=2, max_size=3))
def test_no_part_of_a_figure_taken_from_parts_of_another_leaves_a_few(drawn: list[list[int]]) -> None:
    named = [figure(name, cells) for name, cells in zip(("funnel", "distance", "standings"), drawn, strict=False)]
    shown = [each.cells for each in keep_apart(named, LEAST) if each.cells]
    wholes = [[{at for at in range(24) if cells[at] == cell} for cell in set(cells)] for cells in shown]
    for one in wholes:
        for other in wholes:
            for part in one if one is not other else ():
                reached = set().union(*(each for each in other if each & part))
                inside = set().union(*(each for each in other if each <= part))
                assert not is_small(len(reached - part), LEAST)
                assert not is_small(len(part - inside), LEAST)
