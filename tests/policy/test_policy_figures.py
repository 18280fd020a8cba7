"""Figures that do not fit: stated against counted, parts against wholes, classes against totals."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.policy import (
    FigureFinding,
    RollUp,
    Tally,
    compare_figures,
    count_words,
    roll_up_area,
    roll_up_households,
    roll_up_parts,
    roll_up_village,
)

NOTHING = RollUp({})


def found(counted: RollUp = NOTHING, /, **facts: Any) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.code, each.paths) for each in compare_figures(fr.Village(id="v", **facts), counted)]


@pytest.mark.parametrize(
    ("stated", "counted", "differs"),
    [
        (5, 5, False),
        (4, 5, True),
        (6, 5, True),
        (None, 5, False),  # what is not stated differs from nothing
        (fr.NotKnown("refused"), 5, False),
        (3, fr.Unknown({"a"}, low=3, high=5), False),
        (5, fr.Unknown({"a"}, low=3, high=5), False),
        (2, fr.Unknown({"a"}, low=3, high=5), True),
        (6, fr.Unknown({"a"}, low=3, high=5), True),
        (9000, fr.Unknown({"a"}, low=3), False),
        (2, fr.Unknown({"a"}, low=3), True),
    ],
)
def test_a_stated_figure_differs_where_no_completion_of_the_register_could_give_it(
    stated: Any, counted: Tally, differs: bool
) -> None:
    assert bool(found(RollUp({"poor_people": counted}), poor_people=stated)) is differs


@pytest.mark.parametrize(
    ("whole", "part"),
    [
        ("households", "poor_households"),
        ("poor_households", "dibao_households"),
        ("poor_households", "remaining_poor_households"),
        ("population", "poor_people"),
        ("population", "rural_population"),
        ("rural_population", "remaining_poor_people"),
        ("poor_people", "dibao_people"),
        ("poor_people", "remaining_poor_people"),
        ("poor_people", "disabled_poor"),
    ],
)
def test_a_part_is_not_more_than_its_whole(whole: str, part: str) -> None:
    assert found(**{whole: 7, part: 8}) == [("part_exceeds", (part, whole))]
    assert found(**{whole: 7, part: 7}) == found(**{part: 8}) == found(**{whole: 0}) == []


@pytest.mark.parametrize("what", ["households", "people"])
def test_the_three_classes_make_up_the_poor(what: str) -> None:
    classes = [f"{name}_poor_{what}" for name in ("ordinary", "dibao", "wubao")]
    finding = [("classes_differ", (f"poor_{what}", *classes))]
    fitting = dict(zip(classes, (4, 2, 1), strict=True))
    assert found(**fitting, **{f"poor_{what}": 7}) == []
    assert found(**fitting, **{f"poor_{what}": 8}) == finding
    assert found(**fitting, **{f"poor_{what}": 6}) == finding
    # Of two classes it is known only that they are not more than all.
    assert found(**{classes[0]: 4, classes[1]: 2, f"poor_{what}": 7}) == []
    assert found(**{classes[0]: 4, classes[1]: 4, f"poor_{what}": 7}) == finding
    assert found(**fitting) == []


def test_findings_say_what_does_not_fit_in_both_languages() -> None:
    village = fr.Village(id="v", poor_people=1200, population=1000, ordinary_poor_people=1300)
    counted = RollUp({"poor_people": fr.Unknown({"a"}, low=1201)})
    assert compare_figures(village, counted) == (
        FigureFinding(
            "v",
            "stated_differs",
            ("poor_people",),
            "贫困人口数：填报1,200，汇总至少1,201",
            "poor people: 1,200 stated, at least 1,201 counted",
        ),
        FigureFinding(
            "v",
            "part_exceeds",
            ("poor_people", "population"),
            "贫困人口数1,200，多于总人口数1,000",
            "poor people: 1,200, more than population: 1,000",
        ),
        FigureFinding(
            "v",
            "classes_differ",
            ("poor_people", "ordinary_poor_people", "dibao_poor_people", "wubao_poor_people"),
            "贫困人口数1,200，各类合计1,300",
            "poor people: 1,200, its classes together: 1,300",
        ),
    )


@given(st.integers(0, 4), st.integers(0, 4))
def test_figures_that_were_counted_differ_from_nothing(one: int, other: int) -> None:
    people = tuple(fr.Member(id=str(n), health=("healthy",)) for n in range(one))
    homes = [
        fr.Household(
            id=str(n),
            is_valid=True,
            members=people,
            members_complete=True,
            poverty_status="poor",
            household_attribute="wubao",
        )
        for n in range(other)
    ]
    village = roll_up_village(fr.Village(id="v", population=100, households=9), homes)
    assert compare_figures(village, roll_up_households(homes)) == ()
    area = roll_up_area(fr.Area(id="a"), [village, village])
    assert compare_figures(area, roll_up_parts([village, village])) == ()


@pytest.mark.parametrize(
    ("count", "zh", "en"),
    [
        (1234, "1,234", "1,234"),
        (fr.Unknown({"a"}, low=0), "至少0", "at least 0"),
        (fr.Unknown({"a"}, low=1234, high=2345), "1,234至2,345", "1,234 to 2,345"),
    ],
)
def test_an_open_count_is_shown_by_its_bounds(count: Tally, zh: str, en: str) -> None:
    assert (count_words(count, "zh"), count_words(count, "en")) == (zh, en)
