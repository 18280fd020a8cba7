"""Dynamic adjustment by example: who is who, who came and left and why, splits, mergers, heads, and what is proposed."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import attrs
import pytest

import fupin_rules as fr
from fupin_rules.errors import PolicyError, RegisterError
from fupin_rules.policy import find_pack, pack_sources
from fupin_rules.registry import Adjustment, HouseholdRow, RegisterStatus, WorkItem, WorkKind, compare_registers
from fupin_rules.registry.adjustment._changes import Period, movements, structure_of
from fupin_rules.registry.adjustment._matching import lay_beside
from fupin_rules.registry.adjustment._words import CLEARED, LEAVES, NATURAL, TAKEN_IN, reason
from people_of_registers import ON, SINCE, example, home, member, number, rules


def compared(old: Iterable[fr.Household], new: Iterable[fr.Household], **more: Any) -> Adjustment:
    return compare_registers(old, new, rules(), **{"since": SINCE, **more})


def items(found: Adjustment, *kinds: str) -> list[WorkItem]:
    return [item for item in found.items if item.kind.value in kinds]


def changes(found: Adjustment) -> list[tuple[str, str, str | None]]:
    """Give natural changes as direction, member and reason."""
    return [
        (item.kind.value.removeprefix("natural_"), item.member, item.reason and item.reason.value)
        for item in items(found, "natural_increase", "natural_decrease")
    ]


def row(found: Adjustment, household: str) -> HouseholdRow:
    (one,) = [each for each in found.rows if household in (each.old, each.new)]
    return one


def codes(item: WorkItem) -> list[str]:
    return [reason.code for reason in item.reasons]


def findings(found: Adjustment) -> list[tuple[str, str, list[tuple[str, str]]]]:
    return [(each.code, each.register, [(p.household, p.member) for p in each.places]) for each in found.findings]


HEAD = member(1, "head", sex="male")
WIFE = member(2, "spouse", sex="female")
SON = member(3, "son", sex="male")


# -- who is who ------------------------------------------------------------------------------------------------------


def test_a_person_is_known_by_a_valid_number_whatever_else_is_said() -> None:
    renamed = attrs.evolve(SON, id="7", name="乙", person_id="P-3", education="junior")
    assert changes(compared([home("H-1", HEAD, SON)], [home("H-1", HEAD, renamed)])) == []


def test_a_disability_card_is_of_the_person_whose_identity_card_it_begins_with() -> None:
    card = attrs.evolve(SON, id_no=f"{number(3)}43", id_type="disability_card")
    assert changes(compared([home("H-1", HEAD, SON)], [home("H-1", HEAD, card)])) == []


def test_the_number_of_an_officer_is_no_identity_number() -> None:
    officer = attrs.evolve(SON, id_type="officer_card")
    found = compared([home("H-1", HEAD, SON)], [home("H-1", HEAD, officer)])
    assert [item.missing for item in found.items if "identity" in codes(item)] == [("new:members[3].id_no",)]


@pytest.mark.parametrize("bad", [None, "12345", number(3)[:17] + ("0" if number(3)[17] != "0" else "1")])
def test_where_a_number_is_not_known_or_not_valid_the_number_of_the_system_tells(bad: str | None) -> None:
    before = attrs.evolve(SON, person_id="P-3")
    after = attrs.evolve(SON, id="9", id_no=bad, person_id="P-3", relation="other")
    assert changes(compared([home("H-1", HEAD, before)], [home("H-1", HEAD, after)])) == []


def test_a_name_tells_nobody_apart_and_nobody_the_same() -> None:
    before = attrs.evolve(SON, id_no=None, name="甲", education="primary")
    after = attrs.evolve(SON, id="9", id_no=None, name="甲", education="junior")
    found = compared([home("H-1", HEAD, before)], [home("H-1", HEAD, after)])
    assert changes(found) == []
    (asked,) = [item for item in items(found, "ask") if "identity" in codes(item)]
    assert asked.missing == ("new:members[9].id_no", "old:members[3].id_no")
    assert asked.reasons[0].en == (
        "1 in OLD and 1 in NEW not identified, or not surely all listed: who came or left cannot be told"
    )


def test_a_record_of_nobody_known_that_says_the_same_on_another_row_is_unchanged() -> None:
    nobody = fr.Member(id="4", relation="grandson")
    found = compared([home("H-1", HEAD, nobody)], [home("H-1", HEAD, attrs.evolve(nobody, id="9"))])
    assert row(found, "H-1").movements == ()


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ({"sex": "female"}, [("increase", "9", None)]),  # no woman was there before
        ({"birth_date": date(2000, 1, 1)}, [("increase", "9", None)]),
        ({"sex": "not_stated"}, []),
        ({"sex": "male"}, []),  # may be the son who left
        ({}, []),
    ],
)
def test_who_is_not_identified_is_new_only_if_nobody_who_left_can_be_meant(
    facts: dict[str, Any], expected: list[tuple[str, str, str | None]]
) -> None:
    stranger = fr.Member(id="9", relation="other", **facts)
    found = compared([home("H-1", HEAD, SON)], [home("H-1", HEAD, stranger)])
    assert [each for each in changes(found) if each[0] == "increase"] == expected
    assert bool([item for item in items(found, "ask") if "identity" in codes(item)]) is not bool(expected)


def test_one_number_of_the_system_with_two_certificate_numbers_is_found_and_nobody_comes_or_goes_by_it() -> None:
    before, after = (
        attrs.evolve(SON, person_id="P-3"),
        attrs.evolve(SON, id="4", id_no=number(4, date(1971, 5, 1)), person_id="P-3"),
    )
    found = compared([home("H-1", HEAD, before)], [home("H-1", HEAD, after)])
    assert changes(found) == []
    assert findings(found)[:2] == [
        ("person_id_contested", "old", [("H-1", "3")]),
        ("person_id_contested", "new", [("H-1", "4")]),
    ]


def test_households_are_matched_by_their_people_where_ids_are_others() -> None:
    found = compared(
        [home("甲村-0001", HEAD, WIFE), home("甲村-0002", member(8, "head"))],
        [home("甲村-0001", member(9, "head")), home("甲村-0002", HEAD, WIFE), home("甲村-0003", member(8, "head"))],
    )
    assert sorted((each.old or "", each.new or "") for each in found.rows) == [
        ("", "甲村-0001"),
        ("甲村-0001", "甲村-0002"),
        ("甲村-0002", "甲村-0003"),
    ]
    assert [each for each in findings(found) if each[0] == "id_reused"] == [
        ("id_reused", "", [("甲村-0001", "")]),
        ("id_reused", "", [("甲村-0002", "")]),
    ]


def test_an_id_outlives_the_people_who_left_as_long_as_one_stays() -> None:
    found = compared([home("H-1", HEAD, WIFE, SON)], [home("H-1", SON), home("H-2", HEAD, WIFE)])
    assert {(each.old, each.new) for each in found.rows} == {("H-1", "H-1"), (None, "H-2")}


def test_two_households_that_had_as_many_of_its_people_are_none_of_them_the_one_it_was() -> None:
    found = compared([home("H-1", HEAD), home("H-2", SON)], [home("H-3", HEAD, SON)])
    assert {(each.old, each.new) for each in found.rows} == {("H-1", None), ("H-2", None), (None, "H-3")}


def test_an_id_that_stands_twice_in_one_register_is_refused() -> None:
    with pytest.raises(RegisterError) as caught:
        compared([home("H-1"), home("H-1")], [])
    assert str(caught.value) == (
        "old register, household `H-1`: the id of this household stands twice; give each an id of its own"
    )


def test_an_old_register_of_a_later_day_is_refused() -> None:
    with pytest.raises(PolicyError) as caught:
        compared([], [], since=date(2016, 2, 1))
    assert str(caught.value) == (
        "since: the old register is of 2016-02-01, after the day of the policy, 2016-01-31; give the older register first"
    )


# -- natural change --------------------------------------------------------------------------------------------------

BABY = {"id_no": None, "sex": "male"}


@pytest.mark.parametrize(
    ("born", "since", "reason"),
    [
        (SINCE, SINCE, "birth"),
        (ON, SINCE, "birth"),
        (date(2015, 1, 30), SINCE, None),  # a day too old: entered late, or come from elsewhere
        (date(2016, 2, 1), SINCE, None),  # not born yet
        (date(2015, 8, 1), None, None),  # the day of the old register is not told
    ],
)
def test_a_birth_is_told_by_the_date_of_birth_in_the_period(born: date, since: date | None, reason: str | None) -> None:
    child = member(9, "grandson", birth_date=born, **BABY)
    found = compared([home("H-1", HEAD)], [home("H-1", HEAD, child)], since=since)
    assert changes(found) == [("increase", "9", reason)]


def test_the_date_of_birth_is_read_from_a_valid_number_and_not_believed_where_another_is_told() -> None:
    child = fr.Member(id="9", relation="grandson", id_no=number(9, date(2015, 8, 1)))
    old = [home("H-1", HEAD)]
    assert changes(compared(old, [home("H-1", HEAD, child)])) == [("increase", "9", "birth")]
    other = attrs.evolve(child, birth_date=date(2015, 9, 1))
    assert changes(compared(old, [home("H-1", HEAD, other)])) == [("increase", "9", None)]


@pytest.mark.parametrize(
    ("relation", "reason"),
    [("daughter_in_law", "marry_in"), ("son_in_law", "marry_in"), ("spouse", "marry_in"), ("son", None), (None, None)],
)
def test_a_marriage_is_told_by_the_relation(relation: str | None, reason: str | None) -> None:
    found = compared([home("H-1", HEAD)], [home("H-1", HEAD, member(9, relation))])
    assert changes(found) == [("increase", "9", reason)]


def test_a_spouse_of_a_head_who_is_new_as_well_did_not_marry_into_the_household() -> None:
    found = compared([home("H-1", SON)], [home("H-1", SON, member(8, "head"), member(9, "spouse"))])
    assert changes(found) == [("increase", "8", None), ("increase", "9", None)]


def test_two_facts_for_two_reasons_give_none() -> None:
    found = compared([home("H-1", HEAD)], [home("H-1", HEAD, member(9, "daughter_in_law", birth_date=ON, id_no=None))])
    (item,) = items(found, "natural_increase")
    assert item.reason is None
    assert item.missing == ("reason",)
    assert item.reasons[-1].zh == "原因待填：事实不足以推定"


@pytest.mark.parametrize(("status", "reason"), [("dead", "death"), ("imprisoned", "imprisoned")])
def test_death_and_prison_are_told_by_the_roster(status: str, reason: str) -> None:
    told = attrs.evolve(SON, survival_status=status)
    assert changes(compared([home("H-1", HEAD, SON)], [home("H-1", HEAD, told)])) == [("decrease", "3", reason)]
    assert changes(compared([home("H-1", HEAD, told)], [home("H-1", HEAD)])) == []  # had left already


@pytest.mark.parametrize("status", ["missing", "not_clear", "normal"])
def test_who_is_missing_or_of_unclear_fate_still_counts(status: str) -> None:
    told = attrs.evolve(SON, survival_status=status)
    assert changes(compared([home("H-1", HEAD, SON)], [home("H-1", HEAD, told)])) == []


def test_who_is_back_from_prison_came_for_a_reason_that_the_list_has_no_word_for() -> None:
    told = attrs.evolve(SON, survival_status="imprisoned", relation="son_in_law")
    back = attrs.evolve(told, survival_status="normal")
    assert changes(compared([home("H-1", HEAD, told)], [home("H-1", HEAD, back)])) == [("increase", "3", None)]


@pytest.mark.parametrize(
    ("relation", "village", "out", "into"),
    [
        ("daughter_in_law", "甲村", "marry_out", "marry_in"),
        ("daughter_in_law", "乙村", "marry_out", "marry_in"),
        ("spouse", "乙村", "marry_out", "marry_in"),
        ("other", "乙村", "move_out", "move_in"),
        ("other", "甲村", None, None),
        ("other", None, None, None),
    ],
)
def test_who_stands_in_another_household_married_or_moved_as_the_facts_there_say(
    relation: str, village: str | None, out: str | None, into: str | None
) -> None:
    daughter = member(4, "daughter")
    there = attrs.evolve(daughter, id="2", relation=relation)
    other = member(8, "head")
    found = compared(
        [home("H-1", HEAD, daughter, village="甲村"), home("H-2", other, village=village)],
        [home("H-1", HEAD, village="甲村"), home("H-2", other, there, village=village)],
    )
    assert changes(found) == [("increase", "2", into), ("decrease", "4", out)]
    came, left = items(found, "natural_increase", "natural_decrease")
    assert came.reasons[1].en == "stood in household H-1 of OLD"
    assert left.reasons[1].zh == "在新册中属户 H-2"


def test_a_couple_that_moved_together_did_not_marry() -> None:
    wife = member(4, "daughter_in_law")
    found = compared(
        [home("H-1", HEAD, SON, wife), home("H-2", member(8, "head"))],
        [
            home("H-1", HEAD),
            home("H-2", attrs.evolve(SON, relation="head"), attrs.evolve(wife, relation="spouse"), member(8, "father")),
        ],
    )
    assert changes(found) == [
        ("increase", "3", None),
        ("increase", "4", None),
        ("decrease", "3", None),
        ("decrease", "4", None),
    ]


def test_who_is_listed_elsewhere_as_dead_stands_nowhere_else() -> None:
    late = attrs.evolve(SON, survival_status="dead")
    found = compared([home("H-1", HEAD, SON)], [home("H-1", HEAD, SON), home("H-2", member(8, "head"), late)])
    assert findings(found) == []
    gone = compared([home("H-1", HEAD, SON)], [home("H-1", HEAD), home("H-2", member(8, "head"), late)])
    assert [each.elsewhere for each in row(gone, "H-1").movements] == [()]


def test_who_is_not_listed_has_not_left_while_the_roster_is_not_surely_complete() -> None:
    for complete in (False, None):
        found = compared([home("H-1", HEAD, SON)], [home("H-1", HEAD, members_complete=complete)])
        assert changes(found) == []
        (asked,) = [item for item in items(found, "ask") if "identity" in codes(item)]
        assert asked.missing == ("new:members_complete",)
        found = compared([home("H-1", HEAD, members_complete=complete)], [home("H-1", HEAD, SON)])
        assert changes(found) == []


def test_who_may_have_left_makes_a_household_that_was_to_be_kept_one_to_ask() -> None:
    poor = example("poor-family", poverty_status="poor")
    open_ = attrs.evolve(poor, members=(attrs.evolve(poor.members[0], id_no=None), *poor.members[1:]))
    assert row(compared([poor], [poor]), "H-1").kind is WorkKind.KEEP
    found = compared([poor], [open_])
    assert row(found, "H-1").kind is WorkKind.ASK
    assert (found.kept, [codes(item) for item in found.items]) == (0, [["identity"]])


def test_a_death_a_birth_and_a_move_are_certain_whatever_the_roster() -> None:
    before = [home("H-1", HEAD, members_complete=False), home("H-2", SON, WIFE)]
    after = [home("H-1", HEAD, SON), home("H-2", WIFE, members_complete=None)]
    assert changes(compared(before, after)) == [("increase", "3", None), ("decrease", "3", None)]
    new = home("H-1", HEAD, attrs.evolve(SON, survival_status="dead"), members_complete=None)
    assert changes(compared([home("H-1", HEAD, SON)], [new])) == [("decrease", "3", "death")]
    born = member(9, "grandson", birth_date=ON, **BABY)
    old = home("H-1", HEAD, members_complete=False)
    assert changes(compared([old], [home("H-1", HEAD, born)])) == [("increase", "9", "birth")]


def test_members_are_counted_change_by_change_who_comes_first_so_that_no_household_is_empty_in_between() -> None:
    found = compared([home("H-1", WIFE)], [home("H-1", attrs.evolve(WIFE, survival_status="dead"), member(8, "head"))])
    natural = items(found, "natural_increase", "natural_decrease")
    assert [(item.kind.value, item.members_left) for item in natural] == [
        ("natural_increase", 2),
        ("natural_decrease", 1),
    ]
    assert [item.event_data("en") for item in natural] == [{"members_left": 2}, {"reason": "death", "members_left": 1}]


def test_members_are_not_counted_where_somebody_may_not_be_listed_or_went_with_a_household() -> None:
    born = member(9, "grandson", birth_date=ON, **BABY)
    split = home("H-2", attrs.evolve(SON, relation="head"))
    for old, new in (
        ([home("H-1", HEAD, members_complete=False)], [home("H-1", HEAD, born)]),
        ([home("H-1", HEAD, SON)], [home("H-1", HEAD, born), split]),
    ):
        (item,) = items(compared(old, new), "natural_increase")
        assert (item.reason, item.members_left) == ("birth", None)


def test_the_case_is_that_of_the_register_whatever_the_id_was_found_under() -> None:
    (item,) = items(compared([home("H-1", HEAD, SON)], [home("H-9", HEAD, SON, member(8))]), "natural_increase")
    assert (item.household, item.case) == ("H-9", "H-1")


def test_a_household_taken_in_anew_is_taken_in_whole_and_nobody_of_it_is_an_increase() -> None:
    found = compared([], [example("poor-family")])
    assert [item.kind for item in found.items] == [WorkKind.TAKE_IN_MISSED]


# -- households of others --------------------------------------------------------------------------------------------


def test_a_household_of_which_everybody_comes_from_another_is_a_split_and_not_missed() -> None:
    baby = member(9, "son", birth_date=ON, id_no=None)
    new = [
        home("H-1", HEAD, WIFE),
        example("poor-family", id="H-2", members=(attrs.evolve(SON, relation="head"), baby)),
    ]
    found = compared([home("H-1", HEAD, WIFE, SON, poverty_status="poor")], new)
    split = row(found, "H-2")
    assert (split.kind, split.statuses) == (WorkKind.SPLIT, (RegisterStatus.REGISTERED,))
    (item,) = items(found, "split")
    assert (item.household, item.case, codes(item)) == ("H-2", "H-2", ["split", "outcome"])
    assert item.reasons[0].zh == "分户：成员均来自原册户 H-1；须核实是否拆户冒充贫困"
    assert changes(found) == []  # goes with the household
    assert [each.with_household for each in row(found, "H-1").movements] == [True]


def test_a_household_in_which_somebody_is_new_is_missed_and_who_moved_there_left() -> None:
    new = example("poor-family", id="H-2", members=(member(8, "head"), attrs.evolve(SON, relation="spouse")))
    found = compared([home("H-1", HEAD, SON)], [home("H-1", HEAD), attrs.evolve(new, members_complete=True)])
    assert row(found, "H-2").statuses == (RegisterStatus.NOT_REGISTERED,)
    assert changes(found) == [("decrease", "3", "marry_out")]


def test_a_household_with_somebody_whom_nobody_can_identify_may_stand_on_the_register_already() -> None:
    stranger = fr.Member(id="1", relation="head")
    found = compared([], [example("poor-family", members=(stranger,))])
    (item,) = found.items
    assert item.kind is WorkKind.ASK
    assert "people_open" in codes(item)
    assert item.missing[-1] == "new:members[1].id_no"


def test_a_household_of_which_nobody_is_listed_may_be_any() -> None:
    found = compared([], [home("H-1")])
    assert row(found, "H-1").statuses == tuple(RegisterStatus)


def test_a_household_that_went_into_a_new_one_and_one_that_was_there_is_merged() -> None:
    old = [home("H-1", HEAD, SON), home("H-2", member(8, "head"))]
    found = compared(old, [home("H-2", member(8, "head"), HEAD), home("H-3", SON)])
    assert row(found, "H-1").kind is WorkKind.MERGED
    assert row(found, "H-3").kind is WorkKind.SPLIT


def test_a_household_whose_people_went_to_another_is_merged_and_they_are_no_natural_increase() -> None:
    old = [home("H-1", HEAD, WIFE), home("H-2", SON, member(4), fr.Member(id="5"))]
    late = member(4, survival_status="dead")
    found = compared(old, [home("H-1", HEAD, WIFE, SON, late)])
    (item,) = items(found, "merged")
    assert (item.household, item.missing) == ("H-2", ("old:members[5].id_no",))
    assert [reason.en for reason in item.reasons] == [
        "merged: its people stand in household H-1 of NEW",
        "1 of its people cannot be identified: whether they are in NEW cannot be told",
    ]
    assert item.reasons[1].zh == "1 人身份不明，是否在新册不能确定"
    assert changes(found) == []


def test_a_household_is_not_merged_because_one_of_its_people_moved() -> None:
    old = [home("H-1", HEAD), home("H-2", SON, member(4), member(5), fr.Member(id="6"))]
    found = compared(old, [home("H-1", HEAD, SON)])
    assert row(found, "H-2").kind is WorkKind.ASK
    assert items(found, "merged", "split") == []
    (item,) = [each for each in items(found, "ask") if each.household == "H-2"]
    assert [reason.en for reason in item.reasons] == [
        "in OLD and not in NEW: find out where it is",
        "some of its people stand in household H-1 of NEW",
        "2 of its people are not in NEW",
        "1 of its people cannot be identified: whether they are in NEW cannot be told",
    ]
    assert item.missing == ("old:members[6].id_no",)
    # Whoever came to the other household is listed there.
    assert changes(found) == [("increase", "3", None)]


def test_households_that_went_whole_into_a_new_one_are_merged_and_none_is_split() -> None:
    old = [
        home("H-1", HEAD, WIFE, poverty_status="poor"),
        home("H-2", SON, member(4), poverty_status="poor"),
    ]
    found = compared(old, [home("H-3", HEAD, WIFE, SON, member(4))])
    assert {(each.old, each.new): (each.kind, each.statuses) for each in found.rows} == {
        ("H-1", None): (WorkKind.MERGED, (RegisterStatus.REGISTERED,)),
        ("H-2", None): (WorkKind.MERGED, (RegisterStatus.REGISTERED,)),
        (None, "H-3"): (WorkKind.MERGED, (RegisterStatus.REGISTERED,)),
    }
    assert [(item.household, codes(item)) for item in found.items] == [
        ("H-1", ["merged"]),
        ("H-2", ["merged"]),
        ("H-3", ["united", "outcome"]),
    ]
    assert found.items[2].reasons[0].zh == "合户：成员均来自原册户 H-1, H-2，各户均已并入"


@pytest.mark.parametrize(
    "rest",
    [
        [home("H-1", member(5)), home("H-2", member(4))],  # both go on
        [home("H-2", member(4)), home("H-5", member(5))],  # one goes on, one fell into two
        [home("H-4", member(5), member(4))],  # both fell into two
    ],
)
def test_a_household_of_people_of_several_is_a_split_where_one_of_them_goes_on_or_fell_apart(
    rest: list[fr.Household],
) -> None:
    old = [home("H-1", HEAD, member(5)), home("H-2", SON, member(4))]
    found = compared(old, [home("H-3", HEAD, SON), *rest])
    assert row(found, "H-3").kind is WorkKind.SPLIT


def test_a_household_that_fell_into_two_new_ones_is_split() -> None:
    found = compared([home("H-1", HEAD, SON)], [home("H-2", HEAD), home("H-3", SON)])
    assert {(each.old, each.new): each.kind for each in found.rows} == {
        ("H-1", None): WorkKind.SPLIT,
        (None, "H-2"): WorkKind.SPLIT,
        (None, "H-3"): WorkKind.SPLIT,
    }


def test_a_household_that_keeps_its_id_for_somebody_unknown_goes_on() -> None:
    old = [home("H-1", HEAD), home("H-2", SON)]
    found = compared(old, [home("H-3", HEAD, SON), home("H-1", fr.Member(id="9"))])
    assert row(found, "H-3").kind is WorkKind.SPLIT


def test_a_household_that_was_struck_off_does_not_go_on_and_is_asked_for() -> None:
    old = [home("H-1", HEAD), home("H-2", SON)]
    found = compared(old, [home("H-1", is_valid=False), home("H-3", HEAD, SON)])
    assert [(each.old, each.new, each.kind) for each in found.rows] == [
        ("H-1", "H-1", WorkKind.ASK),
        ("H-2", None, WorkKind.MERGED),
        (None, "H-3", WorkKind.MERGED),
    ]
    # Of one household nobody can be united with another.
    found = compared(old[:1], [home("H-1", is_valid=False), home("H-3", HEAD)])
    assert [each.kind for each in found.rows] == [WorkKind.ASK, WorkKind.SPLIT]


class _NotSearched(dict[str, tuple[str, ...]]):
    """What is looked up by id, and never gone through."""

    def __iter__(self) -> Iterator[str]:
        raise AssertionError("every household is searched for each")

    items = values = keys = __iter__  # type: ignore[assignment]  # refused alike


def test_no_household_is_searched_for_among_all_others() -> None:
    old = [home("H-1", HEAD, WIFE, SON), home("H-2", member(4))]
    matching = lay_beside(old, [home("H-1", HEAD, WIFE, member(4)), home("H-3", SON)])
    period = Period(SINCE, ON)
    found = structure_of(matching, period)
    guarded = attrs.evolve(
        found, merged_into=_NotSearched(found.merged_into), split_from=_NotSearched(found.split_from)
    )
    moved = movements(matching, "H-1", "H-1", guarded, period)
    assert [(each.comes, each.member, each.with_household) for each in moved] == [(True, "4", True), (False, "3", True)]


@pytest.mark.parametrize(("new", "code"), [([], "gone"), ([home("H-1", HEAD, is_valid=False)], "struck_off")])
def test_a_household_that_is_gone_or_struck_off_is_asked_for_and_neither_cleared_out_nor_forgotten(
    new: list[fr.Household], code: str
) -> None:
    found = compared([home("H-1", HEAD, poverty_status="poor")], new)
    (item,) = found.items
    assert (item.kind, codes(item)) == (WorkKind.ASK, [code])


def test_one_person_in_two_valid_households_is_named_by_household_and_place() -> None:
    new = [home("H-1", HEAD, SON), home("H-2", attrs.evolve(SON, id="1", relation="head"))]
    found = compared([], new)
    assert ("double_person", "new", [("H-1", "3"), ("H-2", "1")]) in findings(found)


# -- heads -----------------------------------------------------------------------------------------------------------


def test_another_head_keeps_the_id_of_the_household() -> None:
    widow = attrs.evolve(WIFE, relation="head")
    found = compared([home("H-1", HEAD, WIFE, SON)], [home("H-1", widow, SON)])
    (item,) = items(found, "head_changed")
    assert (item.household, codes(item)) == ("H-1", ["head_changed", "head_left"])
    assert findings(found) == []  # the children of a couple stay children


@pytest.mark.parametrize(
    ("was", "others", "expected"),
    [
        ("spouse", {"son": "son", "daughter_in_law": "daughter_in_law"}, []),
        ("spouse", {"father": "father", "mother": "husbands_mother"}, ["10"]),
        ("son", {"spouse": "spouse", "son": "sibling"}, ["10"]),
        ("son", {"spouse": "mother", "daughter_in_law": "spouse", "grandson": "son"}, []),
        ("sibling", {"father": "father", "mother": "mother"}, []),
        ("sibling", {"son": "son"}, ["10"]),
        ("father", {"mother": "spouse", "son": "son"}, ["11"]),
        ("other", {"son": "son"}, []),  # what the new head was does not tell what the others are to him
        (None, {"son": "son"}, []),
        ("son", {"other": "other"}, []),
        ("son", {"daughter": None}, []),
    ],
)
def test_relations_are_to_be_restated_where_they_cannot_be_the_same_to_the_new_head(
    was: str | None, others: dict[str, str | None], expected: list[str]
) -> None:
    before = [member(10 + place, relation) for place, relation in enumerate(others)]
    after = [member(10 + place, relation) for place, relation in enumerate(others.values())]
    heir = member(2, was)
    found = compared([home("H-1", HEAD, heir, *before)], [home("H-1", attrs.evolve(heir, relation="head"), *after)])
    assert [place.member for each in found.findings if each.code == "not_restated" for place in each.places] == expected


def test_two_heads_and_none_are_found() -> None:
    two = compared([home("H-1", HEAD, SON)], [home("H-1", HEAD, attrs.evolve(SON, relation="head"))])
    assert findings(two) == [("several_heads", "new", [("H-1", "1"), ("H-1", "3")])]
    none = compared([home("H-1", HEAD, SON)], [home("H-1", SON)])
    assert findings(none) == [("no_head", "new", [("H-1", "")])]
    assert findings(compared([], [home("H-1", member(3, None))])) == []  # somebody may be, without being told
    assert findings(compared([], [home("H-1", SON, members_complete=False)])) == []


# -- what is proposed ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "status", "expected"),
    [
        ("poor-family", "poor", "keep"),
        ("poor-family", "returned", "keep"),
        ("poor-family", "exited", "take_in_returned"),
        ("poor-family", None, "ask"),  # kept, or returned?
        ("ready-to-leave", "poor", "exit_standard_met"),
        ("ready-to-leave", "pre_exit", "exit_standard_met"),
        ("ready-to-leave", "exited", "keep"),
        ("ready-to-leave", None, "ask"),
        ("income-above-and-excluded", "poor", "clear_untrue"),
        ("food-not-met", "poor", "clear_untrue"),
        ("food-unknown", "poor", "ask"),  # cleared out, or lifted out?
        ("payroll-settled-early", "poor", "clear_untrue"),  # excluded, whatever the income
        ("income-unknown", "poor", "ask"),
        ("income-unknown", "exited", "ask"),
    ],
)
def test_what_is_proposed_for_a_household_that_stands_in_both(name: str, status: str | None, expected: str) -> None:
    told = example(name, poverty_status=status)
    assert row(compared([told], [told]), "H-1").kind.value == expected


@pytest.mark.parametrize(
    ("name", "expected"), [("poor-family", "take_in_missed"), ("ready-to-leave", "keep"), ("income-unknown", "ask")]
)
@pytest.mark.parametrize("is_struck_off", [False, True])
def test_what_is_proposed_for_a_household_that_is_not_on_the_register(
    name: str, expected: str, is_struck_off: bool
) -> None:
    old = [example(name, is_valid=False, poverty_status="poor")] if is_struck_off else []
    assert row(compared(old, [example(name)]), "H-1").kind.value == expected


def test_missed_and_returned_are_two_words_with_two_codes() -> None:
    told = example("poor-family", main_cause="illness")
    (missed,) = compared([], [told]).items
    (returned,) = compared([attrs.evolve(told, poverty_status="exited")], [told]).items
    assert (missed.event_data("en"), missed.cause) == ({"reason": "missed"}, None)
    assert returned.event_data("en") == {"reason": "returned", "cause": "illness"}


def test_the_old_register_says_how_a_household_stands_and_the_new_only_where_the_old_does_not() -> None:
    exited, poor = (example("poor-family", poverty_status=each) for each in ("exited", "poor"))
    assert row(compared([exited], [poor]), "H-1").statuses == (RegisterStatus.EXITED,)
    silent = example("poor-family")
    assert row(compared([silent], [poor]), "H-1").statuses == (RegisterStatus.REGISTERED,)
    assert row(compared([silent], [silent]), "H-1").statuses == (RegisterStatus.REGISTERED, RegisterStatus.EXITED)


@pytest.mark.parametrize(
    ("status", "eligible", "ineligible"),
    [
        ("poor", "take_in_missed", "keep"),
        (None, "take_in_missed", "keep"),
        ("exited", "ask", "keep"),  # missed, or returned?
        ("returned", "ask", "keep"),
        ("pre_exit", "ask", "ask"),
    ],
)
def test_a_household_that_only_the_new_register_knows_to_have_exited_is_not_simply_missed(
    status: str | None, eligible: str, ineligible: str
) -> None:
    for name, expected in (("poor-family", eligible), ("income-above-and-excluded", ineligible)):
        found = compared([], [example(name, poverty_status=status)])
        assert row(found, "H-1").kind.value == expected
        assert [item.missing for item in found.items] == (
            [("poverty_status",)] if expected == "ask" else [()] * len(found.items)
        )


def test_what_is_cited_here_is_cited_by_the_packs_with_the_same_standing() -> None:
    held = {
        key: source
        for pack in ("yucheng-2016", "measures-2014")
        for key, source in pack_sources(find_pack(pack)).items()
    }
    for cited in (
        TAKEN_IN,
        CLEARED,
        LEAVES,
        NATURAL,
        reason("year_open").citation,
        reason("split", households="").citation,
    ):
        source = held[cited.source.id]
        assert (cited.source.title, cited.source.title_en, cited.standing) == (
            source.title,
            source.title_en,
            source.standing,
        )
        assert (
            cited.source.id != "article"
            or cited.locator in "遗漏的、返贫的重新纳入，不实的坚决清退，达到脱贫标准的及时脱贫"
        )


def test_clearing_out_shows_every_rule_against_the_household_and_whether_its_facts_changed() -> None:
    poor = example("poor-family", poverty_status="poor")
    found = compared([poor], [example("income-above-and-excluded")])
    (item,) = found.items
    assert codes(item) == ["untrue", "income_below_line", "excluded_away", "facts_moved"]
    assert item.reasons[1].zh == "人均纯收入低于收入线：不成立"
    assert item.reasons[0].citation.locator == "不实的坚决清退"
    same = example("income-above-and-excluded", poverty_status="poor")
    assert "facts_moved" not in codes(compared([same], [same]).items[0])
    (hit,) = compared([poor], [example("town-housing-hit")]).items
    assert codes(hit) == ["untrue", "excluded_town_housing", "facts_moved"]
    (unmet,) = compared([poor], [example("food-not-met")]).items
    assert codes(unmet)[-2:] == ["guarantees_open", "exit_food"]


def test_exit_names_every_guarantee_that_is_met() -> None:
    told = example("ready-to-leave", poverty_status="poor")
    (item,) = compared([told], [told]).items
    wanted = [rule.id for rule in rules().rules if rule.kind == "exit" and rule.subject == "household"]
    assert codes(item) == ["standard_met", *wanted]


def test_what_is_open_names_the_facts_and_the_first_question() -> None:
    told = example("food-unknown", poverty_status="poor")
    (item,) = compared([told], [told]).items
    assert "exit_open" in codes(item)
    assert item.missing == ("living.food_secure",)
    assert item.question is not None
    assert item.question.fact == "living.food_secure"
    status = example("poor-family")
    (asked,) = compared([status], [status]).items
    assert (asked.missing, asked.question and asked.question.text["zh"]) == (("poverty_status",), "请查明：脱贫属性。")


@pytest.mark.parametrize(("name", "unknown"), [("payroll-settled-early", ()), ("food-not-met", ("assets.owns_car",))])
def test_what_cannot_matter_is_not_asked(name: str, unknown: tuple[str, ...]) -> None:
    told = example(name)
    for fact in unknown:
        told = fr.with_fact(told, fact, None)
    (item,) = compared([told], [told]).items
    assert item.missing == ("poverty_status",)
    assert {"exit_open", "exclusion_open"}.isdisjoint(codes(item))


def test_an_open_exclusion_decides_between_clearing_out_and_exit_so_it_is_asked() -> None:
    told = example("ready-to-leave", poverty_status="poor")
    open_ = fr.with_fact(told, "assets.owns_car", None)
    (item,) = compared([told], [open_]).items
    assert item.kind is WorkKind.ASK
    assert "exclusion_open" in codes(item)
    assert item.missing == ("assets.owns_car",)


@pytest.mark.parametrize(
    ("status", "year", "expected"),
    [
        ("poor", 2016, "keep"),
        ("returned", 2016, "keep"),
        ("poor", 2015, "exit_standard_met"),
        ("poor", None, "ask"),
        ("pre_exit", 2016, "exit_standard_met"),  # the year is that of the exit under way
    ],
)
def test_who_was_identified_this_year_is_held_back_only_if_asked_for(
    status: str, year: int | None, expected: str
) -> None:
    told = example("ready-to-leave", poverty_status=status, change_year=year)
    assert row(compared([told], [told]), "H-1").kind is WorkKind.EXIT_STANDARD_MET
    found = compared([told], [told], hold_same_year=True)
    assert row(found, "H-1").kind.value == expected
    assert findings(found) == ([("held_same_year", "new", [("H-1", "")])] if expected == "keep" else [])


def test_the_year_of_the_old_register_is_the_one_that_holds_back() -> None:
    told = example("ready-to-leave", poverty_status="poor", change_year=2016)
    found = compared([told], [attrs.evolve(told, change_year=2015)], hold_same_year=True)
    assert row(found, "H-1").kind is WorkKind.KEEP


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (2016, 2015, "keep"),
        (2015, 2016, "keep"),
        (None, 2016, "keep"),
        (2016, None, "keep"),
        (2015, 2014, "exit_standard_met"),
        (2015, None, "ask"),
        (None, 2015, "ask"),
        (None, None, "ask"),
    ],
)
def test_who_was_identified_this_year_by_either_register_is_held_back(
    before: int | None, after: int | None, expected: str
) -> None:
    told = example("ready-to-leave", poverty_status="poor", change_year=before)
    found = compared([told], [attrs.evolve(told, change_year=after)], hold_same_year=True)
    assert row(found, "H-1").kind.value == expected


@pytest.mark.parametrize("status", ["pre_exit", "exited"])
def test_the_year_of_an_exit_under_way_is_not_that_of_identification(status: str) -> None:
    told = example("ready-to-leave", poverty_status="poor", change_year=2015)
    leaving = attrs.evolve(told, poverty_status=status, change_year=2016)
    assert row(compared([told], [leaving], hold_same_year=True), "H-1").kind is WorkKind.EXIT_STANDARD_MET


def test_a_household_that_had_exited_before_is_no_contradiction() -> None:
    told = example("poor-family", poverty_status="exited")
    assert findings(compared([told], [told])) == []


@pytest.mark.parametrize(
    ("name", "code"), [("poor-family", "exited_but_eligible"), ("food-not-met", "exited_but_not_met")]
)
def test_a_household_lifted_out_in_the_new_register_against_the_rules_is_found(name: str, code: str) -> None:
    found = compared([example(name, poverty_status="poor")], [example(name, poverty_status="exited")])
    assert findings(found) == [(code, "new", [("H-1", "")])]


def test_a_policy_without_a_standard_of_exit_lets_nobody_go_and_says_so() -> None:
    plain = fr.load_policy("shandong-2014").on(ON)
    told = example("ready-to-leave", poverty_status="poor")
    found = compare_registers([told], [told], plain)
    assert (found.has_exit, row(found, "H-1").exit, row(found, "H-1").kind) == (False, None, WorkKind.CLEAR_UNTRUE)


def test_the_reason_told_to_a_household_keeps_within_what_an_event_takes() -> None:
    told = example("income-above-and-excluded", poverty_status="poor")
    (item,) = compared([told], [told]).items
    long = attrs.evolve(item, reasons=tuple(attrs.evolve(each, en="x" * 200) for each in item.reasons * 3))
    assert item.event_data("en")["reason"] == (
        "untrue: on the register, and not eligible under the policy; net income per person is below the income line:"
        " does not hold; the whole family has been away for over a year: holds"
    )
    assert long.event_data("en")["reason"] == f"{'x' * 200}; {'x' * 200}; …"
    (first, *_) = item.reasons
    longest = attrs.evolve(item, reasons=(attrs.evolve(first, en="x" * 600),))
    assert longest.event_data("en")["reason"] == f"{'x' * 479}…"


def test_of_the_reasons_told_to_a_household_as_many_are_kept_whole_as_fit() -> None:
    told = example("income-above-and-excluded", poverty_status="poor")
    (item,) = compared([told], [told]).items
    first, second, *_ = item.reasons
    long = attrs.evolve(item, reasons=(attrs.evolve(first, zh="甲" * 100), attrs.evolve(second, zh="乙" * 400)))
    assert long.event_data("zh")["reason"] == f"{'甲' * 100}；…"


@pytest.mark.parametrize("length", [477, 478, 479, 480, 481, 600])
def test_the_first_reason_told_to_a_household_is_never_dropped(length: int) -> None:
    told = example("income-above-and-excluded", poverty_status="poor")
    (item,) = compared([told], [told]).items
    first, *rest = item.reasons
    text = attrs.evolve(item, reasons=(attrs.evolve(first, en="x" * length), *rest)).event_data("en")["reason"]
    assert isinstance(text, str)
    assert text.startswith("x" * min(length, 479))
    assert text.endswith("…")
    assert len(text) <= 480


def test_a_household_under_the_id_of_another_is_not_taken_up_in_the_case_of_the_other() -> None:
    events = {WorkKind.TAKE_IN_MISSED: "reinclude"}
    found = compared([home("H-1", member(1, "head"))], [example("poor-family")], events=events)
    (item,) = items(found, "take_in_missed")
    assert (item.event, codes(item)[-1]) == (None, "own_id")
    assert [each.event for each in compared([], [example("poor-family")], events=events).items] == ["reinclude"]


def test_events_come_from_the_caller_and_are_none_where_none_is_mapped() -> None:
    told = example("ready-to-leave", poverty_status="poor")
    found = compared([told], [told], events={WorkKind.EXIT_STANDARD_MET: "evaluate_exit"})
    assert [item.event for item in found.items] == ["evaluate_exit"]
    assert [item.event for item in compared([told], [told]).items] == [None]
