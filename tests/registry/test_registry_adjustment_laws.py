"""Laws of dynamic adjustment: nobody dropped, nothing guessed, nothing personal, whole households only."""

import itertools
import json
from collections import Counter

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import fupin_rules as fr
from fupin_rules.model import HouseholdAttribute, IdNumber
from fupin_rules.policy import ExitOutcome, Outcome
from fupin_rules.registry import RegisterStatus, WorkKind, compare_registers
from fupin_rules.registry.adjustment._proposals import kinds, settled, statuses_of
from fupin_rules.truth import Truth, Unknown
from people_of_registers import SINCE, Register, pairs_of_registers, registers, rules, shuffled

few = settings(max_examples=40)
OF_PEOPLE = {WorkKind.NATURAL_INCREASE, WorkKind.NATURAL_DECREASE}
OF_HOUSEHOLDS = {WorkKind.SPLIT, WorkKind.MERGED, WorkKind.HEAD_CHANGED}


@given(pairs_of_registers(), st.data())
@few
def test_the_order_of_households_and_members_never_changes_the_result(
    both: tuple[Register, Register], data: st.DataObject
) -> None:
    old, new = both
    one = compare_registers(old, new, rules(), since=SINCE)
    other = compare_registers(shuffled(data.draw, old), shuffled(data.draw, new), rules(), since=SINCE)
    assert one == other


@given(registers())
@few
def test_a_register_beside_itself_has_no_change_of_people_or_households(register: Register) -> None:
    found = compare_registers(register, register, rules(), since=SINCE)
    assert all(row.old == row.new and row.movements == () and row.head is None for row in found.rows)
    assert {item.kind for item in found.items}.isdisjoint(OF_PEOPLE | OF_HOUSEHOLDS | {WorkKind.TAKE_IN_MISSED})


@given(pairs_of_registers())
@few
def test_with_old_and_new_exchanged_who_came_has_left(both: tuple[Register, Register]) -> None:
    old, new = both
    there, back = (compare_registers(*each, rules(), since=SINCE) for each in ((old, new), (new, old)))
    one, other = (
        {(row.old, row.new): {(each.comes, each.member) for each in row.movements} for row in found.rows}
        for found in (there, back)
    )
    assert {
        (after, before): {(not comes, who) for comes, who in moved} for (before, after), moved in one.items()
    } == other
    changed = [{frozenset((row.old, row.new)) for row in found.rows if row.head is not None} for found in (there, back)]
    assert changed[0] == changed[1]


@given(pairs_of_registers())
@few
def test_every_household_of_either_register_is_in_one_row_and_listed_or_kept(both: tuple[Register, Register]) -> None:
    old, new = both
    found = compare_registers(old, new, rules(), since=SINCE)
    assert sorted(row.old for row in found.rows if row.old is not None) == sorted(each.id for each in old)
    assert sorted(row.new for row in found.rows if row.new is not None) == sorted(each.id for each in new)
    listed = Counter((item.household, item.case, item.kind) for item in found.items)
    for row in found.rows:
        key = (row.new or row.old, row.old or row.new, row.kind)
        assert (listed[key] > 0) is (row.kind is not WorkKind.KEEP)  # type: ignore[index]  # one of the two ids is there
    assert found.kept == len(found.rows) - len({(row.old, row.new) for row in found.rows if row.kind != WorkKind.KEEP})
    assert sum(found.counts.values()) == len(found.items) + found.kept


@given(pairs_of_registers(), st.booleans())
@few
def test_nobody_is_taken_in_cleared_out_or_let_go_unless_the_rules_say_so_firmly(
    both: tuple[Register, Register], hold: bool
) -> None:
    old, new = both
    found = compare_registers(old, new, rules(), since=SINCE, hold_same_year=hold)
    homes = {each.id: each for each in new}
    for item in found.items:
        match item.kind:
            case WorkKind.TAKE_IN_MISSED | WorkKind.TAKE_IN_RETURNED:
                assert fr.assess(homes[item.household], rules()).outcome is Outcome.ELIGIBLE
            case WorkKind.CLEAR_UNTRUE:
                answer = fr.assess(homes[item.household], rules())
                assert answer.outcome is Outcome.INELIGIBLE
                assert {*answer.failed, *answer.excluded_by} <= {reason.code for reason in item.reasons}
            case WorkKind.EXIT_STANDARD_MET:
                assert fr.assess(homes[item.household], rules()).outcome is Outcome.INELIGIBLE
                assert fr.assess_exit(homes[item.household], rules()).outcome is ExitOutcome.MET
            case _:
                continue
        assert item.missing == ()


@given(pairs_of_registers())
@few
def test_single_members_come_and_go_only_within_a_household_that_stands_in_both(
    both: tuple[Register, Register],
) -> None:
    old, new = both
    found = compare_registers(old, new, rules(), since=SINCE)
    standing = {row.new: row for row in found.rows if row.old is not None and row.new is not None}
    for item in found.items:
        if item.kind in OF_PEOPLE:
            row = standing[item.household]
            assert item.case == row.old
            moved = [each for each in row.movements if each.member == item.member and not each.missing]
            assert item.kind in {
                WorkKind.NATURAL_INCREASE if each.comes else WorkKind.NATURAL_DECREASE for each in moved
            }
            assert ("reason" in item.missing) is (item.reason is None)


@given(pairs_of_registers())
@few
def test_members_are_counted_down_to_those_of_the_new_register(both: tuple[Register, Register]) -> None:
    old, new = both
    found = compare_registers(old, new, rules(), since=SINCE)
    counted = {
        each.id: sum(1 for person in each.members if person.survival_status not in ("dead", "imprisoned"))
        for each in new
    }
    last = {item.household: item.members_left for item in found.items if item.kind in OF_PEOPLE}
    assert all(left is None or left == counted[household] for household, left in last.items())


@given(pairs_of_registers())
@few
def test_nothing_personal_is_in_the_result(both: tuple[Register, Register]) -> None:
    old, new = both
    found = compare_registers(old, new, rules(), since=SINCE)
    shown = json.dumps(found.to_plain(), ensure_ascii=False) + repr(found)
    for each in (*old, *new):
        for person in each.members:
            assert not isinstance(person.id_no, IdNumber) or person.id_no.reveal() not in shown
            assert not isinstance(person.person_id, str) or person.person_id not in shown


@given(registers(), st.data())
@few
def test_one_person_in_two_valid_households_is_found_and_in_one_is_not(register: Register, data: st.DataObject) -> None:
    assert [
        each for each in compare_registers(register, register, rules()).findings if each.code == "double_person"
    ] == []
    there = [
        (each, person)
        for each in register
        for person in each.members
        if each.is_valid is not False
        and (person.id_no is not None or person.person_id is not None)
        and person.survival_status != "dead"
    ]
    if not there:
        return
    stands, person = data.draw(st.sampled_from(there))
    is_valid = data.draw(st.sampled_from([True, False, None]))
    again = fr.Household(id="H-again", members=(attrs.evolve(person, id="9"),), is_valid=is_valid)
    found = compare_registers((), (*register, again), rules())
    doubles = [each for each in found.findings if each.code == "double_person"]
    if is_valid is False:
        assert doubles == []
    else:
        (double,) = doubles
        assert double.register == "new"
        assert [(place.household, place.member) for place in double.places] == [
            (stands.id, person.id),
            ("H-again", "9"),
        ]


# -- the table of proposals ------------------------------------------------------------------------------------------

CLAIMS: tuple[Truth, ...] = (True, False, Unknown({"fact"}))


def refinements(claim: Truth) -> tuple[bool, ...]:
    return (True, False) if isinstance(claim, Unknown) else (claim,)


@pytest.mark.parametrize("status", RegisterStatus)
@pytest.mark.parametrize(("eligible", "excluded", "leaves"), list(itertools.product(CLAIMS, repeat=3)))
def test_learning_a_fact_never_turns_a_proposal_into_another(
    status: RegisterStatus, eligible: Truth, excluded: Truth, leaves: Truth
) -> None:
    open_kinds = kinds([status], eligible=eligible, excluded=excluded, leaves=leaves)
    learnt = {
        settled(status, eligible=one, excluded=other, leaves=third)
        for one in refinements(eligible)
        for other in refinements(excluded)
        for third in refinements(leaves)
    }
    assert open_kinds == learnt


@pytest.mark.parametrize(
    ("status", "eligible", "excluded", "leaves", "expected"),
    [
        ("not_registered", True, False, False, "take_in_missed"),
        ("not_registered", False, True, True, "keep"),
        ("exited", True, False, False, "take_in_returned"),
        ("exited", False, True, True, "keep"),  # an exit is not undone because somebody fares well
        ("registered", True, False, False, "keep"),
        ("registered", True, False, True, "keep"),  # still eligible: nobody is let go
        ("registered", False, False, True, "exit_standard_met"),
        ("registered", False, True, True, "clear_untrue"),  # should never have been entered, however well off
        ("registered", False, False, False, "clear_untrue"),
        ("registered", False, True, False, "clear_untrue"),
    ],
)
def test_what_is_proposed_when_everything_is_known(
    status: str, eligible: bool, excluded: bool, leaves: bool, expected: str
) -> None:
    found = settled(RegisterStatus.read(status), eligible=eligible, excluded=excluded, leaves=leaves)
    assert found is WorkKind.read(expected)


@pytest.mark.parametrize("attribute", [*HouseholdAttribute, None])
@pytest.mark.parametrize("on_dibao", [True, False, None])
def test_low_allowance_and_five_guarantees_alone_decide_nothing(
    attribute: HouseholdAttribute | None, on_dibao: bool | None
) -> None:
    people = (fr.Member(id="1", on_dibao=on_dibao, on_wubao=on_dibao),)
    told = fr.Household(id="H-1", household_attribute=attribute, members=people, members_complete=True)
    assert statuses_of(told, told) == (RegisterStatus.REGISTERED, RegisterStatus.EXITED)
    (item,) = compare_registers([told], [told], rules()).items
    assert item.kind is WorkKind.ASK
