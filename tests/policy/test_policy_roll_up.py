"""Roll-up: laws of sums that may be open, and what counts as a poor household, a poor village, somebody left."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.errors import ModelError
from fupin_rules.model import HouseholdAttribute, PovertyStatus, VillageAttribute, catalogue
from fupin_rules.policy import (
    RollUp,
    Tally,
    incidence,
    roll_up_area,
    roll_up_households,
    roll_up_parts,
    roll_up_village,
)

UNKNOWN = st.sampled_from([None, fr.NotKnown("refused")])
HEALTH = st.sampled_from([("healthy",), ("disability",), ("disability", "major_illness"), ()])
CLASSES = ("ordinary_poor", "dibao_poor", "wubao_poor")


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.one_of(values, values, UNKNOWN)


@st.composite
def registers(draw: st.DrawFn, *, most: int = 5) -> list[fr.Household]:
    """Households of which status, class, roster, validity or health may not be known."""
    return [
        fr.Household(
            id=f"h{number}",
            is_valid=draw(st.sampled_from([True, True, None, False, fr.NotKnown("conflicting")])),
            poverty_status=draw(maybe(st.sampled_from(list(PovertyStatus)))),
            household_attribute=draw(maybe(st.sampled_from(list(HouseholdAttribute)))),
            members_complete=draw(st.sampled_from([True, True, False, None, fr.NotKnown("expired")])),
            members=tuple(
                fr.Member(id=str(place), health=draw(maybe(HEALTH))) for place in range(draw(st.integers(0, 3)))
            ),
        )
        for number in range(draw(st.integers(0, most)))
    ]


COUNTS = [
    path
    for path, field in catalogue(fr.Area).fields.items()
    if path in roll_up_parts(()).counts and path in catalogue(fr.Village).fields
]
SMALL = st.integers(0, 900)


@st.composite
def places(draw: st.DrawFn, *, most: int = 5) -> list[fr.Village]:
    """Villages of which any figure may not be known."""
    return [
        fr.Village(
            id=f"v{number}",
            village_attribute=draw(maybe(st.sampled_from(list(VillageAttribute)))),
            is_exited=draw(maybe(st.booleans())),
            hard_road_to_township=draw(maybe(st.booleans())),
            **{path: draw(maybe(SMALL)) for path in draw(st.sets(st.sampled_from(COUNTS), max_size=6))},
        )
        for number in range(draw(st.integers(0, most)))
    ]


def is_unknown(value: object) -> bool:
    return value is None or isinstance(value, fr.NotKnown)


def within(count: Tally, other: Tally) -> bool:
    """Whether one count, however it turns out, lies within what was said of the other."""
    low, high = (count.low or 0, count.high) if isinstance(count, fr.Unknown) else (count, count)
    if not isinstance(other, fr.Unknown):
        return low == high == other
    assert other.low is not None
    return other.low <= low and (other.high is None or (high is not None and high <= other.high))


@st.composite
def learnt(draw: st.DrawFn, home: fr.Household) -> fr.Household:
    """The same household with everything learnt; the members who were missing come forward."""
    members = [attrs.evolve(each, health=draw(HEALTH)) if is_unknown(each.health) else each for each in home.members]
    if home.members_complete is not True:
        members += [fr.Member(id=f"new{n}", health=draw(HEALTH)) for n in range(draw(st.integers(0, 2)))]
    filled: dict[str, Any] = {"members": tuple(members), "members_complete": True}
    for name, values in (
        ("is_valid", st.booleans()),
        ("poverty_status", st.sampled_from(list(PovertyStatus))),
        ("household_attribute", st.sampled_from([*HouseholdAttribute][:4])),
    ):
        held = getattr(home, name)
        if is_unknown(held) or held is HouseholdAttribute.LOW_INCOME_LOCAL:
            filled[name] = draw(values)
    return attrs.evolve(home, **filled)


# -- laws ------------------------------------------------------------------------------------------------------------


@given(registers(), registers())
def test_two_registers_laid_together_count_what_they_count_apart(
    one: list[fr.Household], other: list[fr.Household]
) -> None:
    assert roll_up_households(one + other) == roll_up_households(one) + roll_up_households(other)


@given(places(), places())
def test_two_sets_of_villages_laid_together_count_what_they_count_apart(
    one: list[fr.Village], other: list[fr.Village]
) -> None:
    assert roll_up_parts(one + other) == roll_up_parts(one) + roll_up_parts(other)


@given(st.data())
def test_the_order_of_households_and_of_villages_does_not_matter(data: st.DataObject) -> None:
    homes, villages = data.draw(registers()), data.draw(places())
    assert roll_up_households(data.draw(st.permutations(homes))) == roll_up_households(homes)
    assert roll_up_parts(data.draw(st.permutations(villages))) == roll_up_parts(villages)


@given(registers())
def test_a_register_and_nothing_more_is_the_register(homes: list[fr.Household]) -> None:
    assert roll_up_households(homes) + roll_up_households(()) == roll_up_households(homes)


@given(st.lists(places(most=3), max_size=3))
def test_a_county_is_the_sum_of_its_townships_and_of_its_villages_alike(townships: list[list[fr.Village]]) -> None:
    county = fr.Area(id="county", level="county")
    rolled = [roll_up_area(fr.Area(id=f"t{n}"), villages) for n, villages in enumerate(townships)]
    assert roll_up_area(county, rolled) == roll_up_area(county, [each for part in townships for each in part])


@given(registers())
def test_doubling_all_households_and_all_people_leaves_the_incidence_unchanged(homes: list[fr.Household]) -> None:
    village = fr.Village(id="v", rural_population=900)
    twice = [*homes, *(attrs.evolve(home, id=f"{home.id}-again") for home in homes)]
    once = incidence({**roll_up_parts([village]).counts, **roll_up_households(homes).counts})
    again = incidence({**roll_up_parts([village, village]).counts, **roll_up_households(twice).counts})
    assert isinstance(once, fr.Unknown) is isinstance(again, fr.Unknown)
    if not isinstance(once, fr.Unknown) and not isinstance(again, fr.Unknown):
        assert once.share == again.share


@settings(max_examples=300)
@given(st.data())
def test_learning_a_fact_never_leads_out_of_the_bounds_of_a_count(data: st.DataObject) -> None:
    homes = data.draw(registers())
    place = data.draw(st.integers(0, len(homes)))
    more = [data.draw(learnt(home)) if number < place else home for number, home in enumerate(homes)]
    before = roll_up_households(homes, unmarked_are_listed=False)
    after = roll_up_households(more, unmarked_are_listed=False)
    for path, count in before.counts.items():
        assert within(after.counts[path], count), path


@given(st.data())
def test_of_a_register_that_is_all_known_every_count_is_settled(data: st.DataObject) -> None:
    homes = [data.draw(learnt(home)) for home in data.draw(registers())]
    counts = roll_up_households(homes, unmarked_are_listed=False).counts
    assert [path for path, count in counts.items() if isinstance(count, fr.Unknown)] == []
    for what in ("households", "people"):
        of_classes = sum(count for name in CLASSES if isinstance(count := counts[f"{name}_{what}"], int))
        assert of_classes == counts[f"poor_{what}"]


@given(registers())
def test_the_poor_left_are_some_of_the_poor_and_the_disabled_some_of_the_people(homes: list[fr.Household]) -> None:
    counts = roll_up_households(homes).counts
    bounds = {
        path: (count.low, count.high) if isinstance(count, fr.Unknown) else (count, count)
        for path, count in counts.items()
    }
    for part, whole in (
        ("remaining_poor_households", "poor_households"),
        ("remaining_poor_people", "poor_people"),
        ("disabled_poor", "poor_people"),
    ):
        for one, other in zip(bounds[part], bounds[whole], strict=True):
            assert other is None or (one is not None and one <= other), part


@given(registers())
def test_an_open_count_names_what_is_missing_and_a_settled_one_has_nothing_to_name(homes: list[fr.Household]) -> None:
    for path, count in roll_up_households(homes).counts.items():
        if isinstance(count, fr.Unknown):
            assert count.missing, path
            assert count.low != count.high, path
            assert all(name.startswith("households[h") for name in count.missing)


@settings(max_examples=300)
@given(st.data())
def test_what_an_open_count_does_not_name_does_not_matter_to_it(data: st.DataObject) -> None:
    homes = data.draw(registers(most=3))
    counts = roll_up_households(homes, unmarked_are_listed=False).counts
    path = data.draw(st.sampled_from(sorted(counts)))
    count = counts[path]
    named = count.missing if isinstance(count, fr.Unknown) else frozenset[str]()
    more = [_learn_all_but(home, data.draw(learnt(home)), named) for home in homes]
    assert roll_up_households(more, unmarked_are_listed=False).counts[path] == count


def _learn_all_but(home: fr.Household, told: fr.Household, named: frozenset[str]) -> fr.Household:
    where = f"households[{home.id}]"
    names = ("is_valid", "poverty_status", "household_attribute")
    kept: dict[str, Any] = {name: getattr(home, name) for name in names if f"{where}.{name}" in named}
    if {f"{where}.members", f"{where}.members_complete"} & named:
        kept["members_complete"] = home.members_complete
        told = attrs.evolve(told, members=told.members[: len(home.members)])
    kept["members"] = tuple(
        before if f"{where}.members[{before.id}].health" in named else after
        for before, after in zip([*home.members, *told.members[len(home.members) :]], told.members, strict=True)
    )
    return attrs.evolve(told, **kept)


# -- who counts ------------------------------------------------------------------------------------------------------


def home(**facts: Any) -> fr.Household:
    """A household of two that is all known, but for what is given."""
    known: dict[str, Any] = {
        "id": "h",
        "is_valid": True,
        "poverty_status": "poor",
        "household_attribute": "ordinary_poor",
        "members_complete": True,
        "members": (fr.Member(id="1", health=("disability",)), fr.Member(id="2", health=("healthy",))),
    }
    return fr.Household(**known | facts)


def counted(*homes: fr.Household, **how: bool) -> dict[str, Tally]:
    return {path: count for path, count in roll_up_households(homes, **how).counts.items() if count != 0}


def test_a_household_counts_once_with_its_people() -> None:
    assert counted(home()) == {
        "poor_households": 1,
        "remaining_poor_households": 1,
        "poor_people": 2,
        "remaining_poor_people": 2,
        "ordinary_poor_households": 1,
        "ordinary_poor_people": 2,
        "disabled_poor": 1,
    }


@pytest.mark.parametrize(
    ("status", "left"),
    [
        ("poor", 2),
        ("exited", 0),
        ("pre_exit", 2),  # about to be lifted out is not yet lifted out
        ("returned", 2),
        (None, fr.Unknown({"households[h].poverty_status"}, low=0, high=2)),
        (
            fr.NotKnown("conflicting"),
            fr.Unknown(
                {"households[h].poverty_status"}, {("households[h].poverty_status", fr.Why.CONFLICTING)}, low=0, high=2
            ),
        ),
    ],
)
def test_who_is_left_is_whoever_is_not_lifted_out(status: Any, left: Tally) -> None:
    counts = roll_up_households([home(poverty_status=status)]).counts
    assert (counts["poor_people"], counts["remaining_poor_people"]) == (2, left)
    assert counts["disabled_poor"] == 1  # of all who are on the register, whatever their status


@pytest.mark.parametrize(
    ("attribute", "of_class"),
    [
        ("ordinary_poor", "ordinary_poor"),
        ("dibao", "dibao_poor"),
        ("dibao_poor", "dibao_poor"),
        ("wubao", "wubao_poor"),
        ("wubao_poor", "wubao_poor"),
    ],
)
def test_every_class_of_the_register_is_one_of_the_three_of_the_village_form(attribute: str, of_class: str) -> None:
    counts = counted(home(household_attribute=attribute))
    classes = {name: (counts.get(f"{name}_households"), counts.get(f"{name}_people")) for name in CLASSES}
    assert classes == {name: (1, 2) if name == of_class else (None, None) for name in CLASSES}


def test_a_local_class_leaves_all_three_open_and_the_total_settled() -> None:
    counts = roll_up_households([home(household_attribute="low_income_local")]).counts
    name = "households[h].household_attribute"
    told = fr.Unknown({name}, {(name, fr.Why.NEEDS_JUDGEMENT)}, low=0, high=1)
    assert [counts[f"{each}_households"] for each in CLASSES] == [told] * 3
    assert counts["poor_households"] == 1


@pytest.mark.parametrize(
    ("complete", "missing", "why"),
    [
        (False, "households[h].members", None),
        (None, "households[h].members_complete", None),
        (fr.NotKnown("expired"), "households[h].members_complete", fr.Why.EXPIRED),
    ],
)
def test_a_roster_that_may_be_longer_gives_at_least_the_people_on_it(
    complete: Any, missing: str, why: fr.Why | None
) -> None:
    counts = roll_up_households([home(members_complete=complete)]).counts
    reasons = {(missing, why)} if why else set[tuple[str, fr.Why]]()
    assert counts["poor_people"] == fr.Unknown({missing}, reasons, low=2, high=None)
    assert counts["disabled_poor"] == fr.Unknown({missing}, reasons, low=1, high=None)
    assert counts["poor_households"] == 1


def test_of_somebody_whose_health_is_not_known_it_is_open_whether_disabled() -> None:
    people = (fr.Member(id="1", health=("disability",)), fr.Member(id="2"))
    counts = roll_up_households([home(members=people)]).counts
    assert counts["disabled_poor"] == fr.Unknown({"households[h].members[2].health"}, low=1, high=2)


def test_a_record_that_is_not_valid_does_not_count_and_one_in_doubt_is_open() -> None:
    assert counted(home(is_valid=False)) == {}
    open_one = counted(home(is_valid=fr.NotKnown("conflicting")))["poor_people"]
    name = "households[h].is_valid"
    assert open_one == fr.Unknown({name}, {(name, fr.Why.CONFLICTING)}, low=0, high=2)


def test_a_record_that_nobody_marked_leaves_counts_open_unless_the_register_lists_nothing_else() -> None:
    homes = [home(is_valid=None), home()]
    rolled = roll_up_households(homes)
    assert rolled.unmarked == 1
    open_count = rolled.counts["poor_people"]
    assert isinstance(open_count, fr.Unknown)
    assert (open_count.low, open_count.high) == (2, 4)
    listed = roll_up_households(homes, unmarked_are_listed=True)
    assert (listed.counts["poor_people"], listed.unmarked) == (4, 1)


def test_a_household_of_one_is_a_household() -> None:
    alone = home(household_attribute="wubao", members=(fr.Member(id="1", relation="head", health=()),))
    assert counted(alone)["wubao_poor_people"] == 1


# -- villages and areas ----------------------------------------------------------------------------------------------


def test_the_register_stands_in_for_what_was_stated_and_the_rest_stays() -> None:
    stated = fr.Village(id="v", population=900, poor_people=99, dibao_people=3, ordinary_poor_people=1)
    rolled = roll_up_village(stated, [home(), home(household_attribute=None)])
    assert (rolled.population, rolled.poor_people, rolled.dibao_people) == (900, 4, 3)
    assert rolled.ordinary_poor_people is None  # not the one that was stated: what was counted is open


@pytest.mark.parametrize(
    ("attribute", "exited", "poor", "left"),
    [
        ("poor_01", False, 1, 1),
        ("poor_05", True, 1, 0),
        ("not_poor", None, 0, 0),
        ("poor_01", None, 1, fr.Unknown({"villages[v].is_exited"}, low=0, high=1)),
        (
            None,
            False,
            fr.Unknown({"villages[v].village_attribute"}, low=0, high=1),
            fr.Unknown({"villages[v].village_attribute"}, low=0, high=1),
        ),
        (None, True, fr.Unknown({"villages[v].village_attribute"}, low=0, high=1), 0),
    ],
)
def test_poor_villages_and_those_left(attribute: str | None, exited: bool | None, poor: Tally, left: Tally) -> None:
    counts = roll_up_parts([fr.Village(id="v", village_attribute=attribute, is_exited=exited)]).counts
    assert (counts["villages"], counts["poor_villages"], counts["remaining_poor_villages"]) == (1, poor, left)


def test_a_village_that_does_not_know_its_people_leaves_those_of_its_township_open() -> None:
    parts: Sequence[fr.Village] = [fr.Village(id="a", poor_people=3), fr.Village(id="b")]
    assert roll_up_parts(parts).counts["poor_people"] == fr.Unknown({"villages[b].poor_people"}, low=3, high=None)
    rolled = roll_up_area(fr.Area(id="t", poor_people=7, sample_missed_people=2), parts)
    assert (rolled.villages, rolled.poor_people, rolled.sample_missed_people) == (2, None, 2)


def test_a_township_that_is_not_known_is_named_as_such() -> None:
    counts = roll_up_parts([fr.Area(id="t", villages=4)]).counts
    assert counts["villages"] == 4
    assert counts["poor_villages"] == fr.Unknown({"areas[t].poor_villages"}, low=0, high=None)


def test_roads_are_counted_by_villages() -> None:
    roads = [fr.Village(id=str(n), hard_road_to_township=road) for n, road in enumerate([True, False, True, None])]
    assert roll_up_parts(roads).counts["villages_with_hard_road"] == fr.Unknown(
        {"villages[3].hard_road_to_township"}, low=2, high=3
    )


def test_households_and_villages_are_not_added_to_each_other() -> None:
    with pytest.raises(ModelError) as refusal:
        roll_up_households(()) + roll_up_parts(())
    assert str(refusal.value) == "roll-ups of households and of villages are no parts of one sum; add like to like"


def test_a_roll_up_does_not_change() -> None:
    rolled = RollUp({"poor_people": 1})
    with pytest.raises(TypeError):
        rolled.counts["poor_people"] = 2  # type: ignore[index]  # what must not be possible


def test_a_county_whose_register_is_known_can_be_assessed_from_its_villages() -> None:
    homes = [home(id="a"), home(id="b", poverty_status="exited")]
    villages = [
        roll_up_village(fr.Village(id="1", rural_population=60), homes),
        roll_up_village(fr.Village(id="2", rural_population=60), []),
    ]
    county = roll_up_area(
        fr.Area(
            id="c",
            level="county",
            region="other",
            estimated_wrongly_exited_people=0,
            estimated_missed_people=0,
            sample_exited_people=50,
            sample_wrongly_exited_people=0,
            sample_unregistered_rural_people=90,
            sample_missed_people=1,
            surveyed_households=10,
            approving_households=9,
        ),
        villages,
    )
    assert (county.remaining_poor_people, county.rural_population) == (Decimal(2), Decimal(120))
    rules = fr.load_policy("exit-2016").on(date(2016, 6, 1))
    assert fr.assess_exit(county, rules).outcome is fr.ExitOutcome.MET
