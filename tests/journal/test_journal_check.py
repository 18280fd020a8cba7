"""The check for outsiders: one act gives one finding, of the right kind, at the right entry."""

import random
from collections.abc import Mapping, Sequence
from typing import Any

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fupin_rules.journal import FIRST, Checked, Checkpoint, FindingKind, canonical, check_chain, leaf_digest, root

EDITED, MISSING, INSERTED = FindingKind.EDITED, FindingKind.MISSING, FindingKind.INSERTED
REORDERED, TRUNCATED, FORKED = FindingKind.REORDERED, FindingKind.TRUNCATED, FindingKind.FORKED

Entry = dict[str, Any]


def digest(entry: Mapping[str, object]) -> str:
    return leaf_digest(canonical(entry))


def written(cases: Sequence[str], *, said: str = "as it was") -> list[Entry]:
    """Write a journal that takes these cases in turn."""
    entries: list[Entry] = []
    heads: dict[str, tuple[int, str]] = {}
    for index, case in enumerate(cases):
        seq, prev = heads.get(case, (0, FIRST))
        entries.append({"case": case, "seq": seq + 1, "prev": prev, "said": f"{said} {index}"})
        heads[case] = (seq + 1, digest(entries[-1]))
    return entries


def marked(entries: Sequence[Entry], size: int | None = None) -> Checkpoint:
    size = len(entries) if size is None else size
    return Checkpoint("county.example/register", size, root([digest(entry) for entry in entries[:size]]))


def told(checked: Checked) -> list[tuple[FindingKind, int, str, int]]:
    return [(found.kind, found.position, found.case, found.seq) for found in checked.findings]


def journals(min_size: int = 0, max_size: int = 16) -> st.SearchStrategy[list[Entry]]:
    """Give journals of up to three cases, shrinking to one short case."""
    return st.lists(st.sampled_from("abc"), min_size=min_size, max_size=max_size).map(written)


def of_case(entries: Sequence[Entry], at: int) -> list[int]:
    """Give the positions of all entries of the case that the one at `at` belongs to."""
    return [index for index, entry in enumerate(entries) if entry["case"] == entries[at]["case"]]


# -- journals that nobody touched --------------------------------------------------------------------------------------


@given(journals(), st.data())
def test_an_honest_journal_gives_no_finding(entries: list[Entry], data: st.DataObject) -> None:
    sizes = data.draw(st.lists(st.integers(0, len(entries)), max_size=3))
    checked = check_chain(iter(entries), checkpoints=[marked(entries, size) for size in sizes])
    assert checked.findings == ()
    assert checked.size == len(entries)
    assert checked.root == root([digest(entry) for entry in entries])
    assert checked.unanchored == len(entries) - max(sizes, default=0)
    last = {entry["case"]: (entry["seq"], digest(entry)) for entry in entries}
    assert dict(checked.heads) == last


# -- one act each ------------------------------------------------------------------------------------------------------


@given(journals(min_size=2), st.data(), st.booleans())
def test_an_edited_entry_is_told_where_it_stands(entries: list[Entry], data: st.DataObject, anchored: bool) -> None:
    followed = [at for at in range(len(entries)) if of_case(entries, at)[-1] != at]
    assume(followed)
    at = data.draw(st.sampled_from(followed))
    change: Entry = data.draw(
        st.sampled_from([{"said": "otherwise"}, {"more": 1}, {"prev": "ab" * 32}, {"prev": None}, {"said": 1.5}])
    )
    tampered = [*entries]
    tampered[at] = {**entries[at], **change}
    checked = check_chain(tampered, checkpoints=[marked(entries)] if anchored else [])
    assert told(checked) == [(EDITED, at, entries[at]["case"], entries[at]["seq"])]
    assert checked.unanchored == len(entries)


@given(journals(min_size=2), st.data(), st.booleans())
def test_an_entry_whose_number_or_case_was_edited_is_one_edit(
    entries: list[Entry], data: st.DataObject, anchored: bool
) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    change: Entry = data.draw(
        st.sampled_from([{"seq": 0}, {"seq": 99}, {"seq": "2"}, {"seq": None}, {"case": "z"}, {"case": None}])
    )
    # Of a first entry, nothing but its case says which case it began.
    assume(entries[at]["seq"] > 1 or "seq" in change)
    tampered = [*entries]
    tampered[at] = {**entries[at], **change}
    checked = check_chain(tampered, checkpoints=[marked(entries)] if anchored else [])
    assert told(checked) == [(EDITED, at, entries[at]["case"], entries[at]["seq"])]


@given(journals(min_size=2), st.data(), st.booleans())
def test_a_number_edited_to_one_that_is_taken_is_one_edit(
    entries: list[Entry], data: st.DataObject, anchored: bool
) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    others = [other for other in of_case(entries, at) if other != at]
    assume(others)
    tampered = [*entries]
    tampered[at] = {**entries[at], "seq": entries[data.draw(st.sampled_from(others))]["seq"]}
    checked = check_chain(tampered, checkpoints=[marked(entries)] if anchored else [])
    assert told(checked) == [(EDITED, at, entries[at]["case"], entries[at]["seq"])]


@given(journals(min_size=2), st.data(), st.booleans())
def test_removed_entries_are_told_once_by_the_first_number_missing(
    entries: list[Entry], data: st.DataObject, anchored: bool
) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    own = of_case(entries, at)
    own = own[own.index(at) :]
    assume(len(own) > 1)
    gone = own[: data.draw(st.integers(1, len(own) - 1))]
    tampered = [entry for index, entry in enumerate(entries) if index not in gone]
    after = tampered.index(entries[own[len(gone)]])
    checked = check_chain(tampered, checkpoints=[marked(entries)] if anchored else [])
    assert told(checked) == [(MISSING, after, entries[at]["case"], entries[at]["seq"])]


@given(journals(min_size=1), st.data(), st.booleans())
def test_an_inserted_entry_is_told_where_it_stands(entries: list[Entry], data: st.DataObject, anchored: bool) -> None:
    of = data.draw(st.integers(0, len(entries) - 1))
    linked = data.draw(st.booleans())
    # One that links well is a second continuation unless the chain goes on over the other.
    assume(not linked or of_case(entries, of)[-1] != of)
    false = {**entries[of], "said": "put in"} | ({} if linked else {"prev": "cd" * 32})
    at = data.draw(st.integers(0, len(entries)))
    checked = check_chain([*entries[:at], false, *entries[at:]], checkpoints=[marked(entries)] if anchored else [])
    assert told(checked) == [(INSERTED, at, entries[of]["case"], entries[of]["seq"])]


@given(journals(min_size=1), st.data(), st.booleans())
def test_a_line_that_stands_there_twice_is_inserted(entries: list[Entry], data: st.DataObject, anchored: bool) -> None:
    of = data.draw(st.integers(0, len(entries) - 1))
    at = data.draw(st.integers(of + 1, len(entries)))
    checked = check_chain(
        [*entries[:at], entries[of], *entries[at:]], checkpoints=[marked(entries)] if anchored else []
    )
    assert told(checked) == [(INSERTED, at, entries[of]["case"], entries[of]["seq"])]


@given(journals(min_size=2), st.data(), st.booleans())
def test_two_lines_of_a_case_that_changed_places_are_one_reordering(
    entries: list[Entry], data: st.DataObject, anchored: bool
) -> None:
    one = data.draw(st.integers(0, len(entries) - 1))
    others = [other for other in of_case(entries, one) if other != one]
    assume(others)
    two = data.draw(st.sampled_from(others))
    tampered = [*entries]
    tampered[one], tampered[two] = entries[two], entries[one]
    checked = check_chain(tampered, checkpoints=[marked(entries)] if anchored else [])
    assert [found.kind for found in checked.findings] == [REORDERED]
    assert checked.findings[0].position in {one, two}
    assert dict(checked.heads) == dict(check_chain(entries).heads)


@given(journals(min_size=2), st.data(), st.integers(0, 2**32))
def test_a_journal_in_any_other_order_is_one_reordering(entries: list[Entry], data: st.DataObject, seed: int) -> None:
    tampered = [*entries]
    random.Random(seed).shuffle(tampered)
    backwards = any(
        a["case"] == b["case"] and a["seq"] > b["seq"] for i, a in enumerate(tampered) for b in tampered[i + 1 :]
    )
    assume(backwards)
    marks = [marked(entries, data.draw(st.integers(len(entries), len(entries))))]
    assert [found.kind for found in check_chain(tampered, checkpoints=marks).findings] == [REORDERED]


def test_lines_of_two_cases_that_changed_places_are_told_by_a_checkpoint_only() -> None:
    entries = written("ab")
    assert check_chain(entries[::-1]).findings == ()
    assert told(check_chain(entries[::-1], checkpoints=[marked(entries)])) == [(FORKED, 1, "", 0)]


def test_a_swap_that_reaches_into_two_cases_is_one_reordering() -> None:
    entries = written("abab")
    tampered = [entries[3], entries[1], entries[2], entries[0]]
    marks = [marked(entries, size) for size in range(5)]
    assert [found.kind for found in check_chain(tampered, checkpoints=marks).findings] == [REORDERED]


@given(journals(min_size=1), st.data())
def test_entries_cut_off_below_a_checkpoint_are_told(entries: list[Entry], data: st.DataObject) -> None:
    kept = data.draw(st.integers(0, len(entries) - 1))
    earlier = data.draw(st.integers(0, kept))
    checked = check_chain(entries[:kept], checkpoints=[marked(entries), marked(entries, earlier)])
    assert told(checked) == [(TRUNCATED, kept, "", 0)]
    assert checked.unanchored == kept - earlier


@given(journals(min_size=1), st.data())
def test_entries_cut_off_above_the_last_checkpoint_are_not_seen(entries: list[Entry], data: st.DataObject) -> None:
    kept = data.draw(st.integers(0, len(entries)))
    checked = check_chain(entries[:kept], checkpoints=[marked(entries, data.draw(st.integers(0, kept)))])
    assert checked.findings == ()


@given(journals(min_size=1), st.data())
def test_a_case_written_anew_with_all_digests_is_told_by_a_checkpoint_only(
    entries: list[Entry], data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    other = written([entry["case"] for entry in entries], said="otherwise")
    own = set(of_case(entries, at))
    tampered = [other[index] if index in own else entry for index, entry in enumerate(entries)]
    assert check_chain(tampered).findings == ()
    first = min(own)
    marks = [marked(entries, size) for size in range(len(entries) + 1)]
    checked = check_chain(tampered, checkpoints=marks)
    assert told(checked) == [(FORKED, first, "", 0)]
    assert checked.unanchored == len(entries) - first


@given(journals(min_size=2), st.data(), st.booleans())
def test_two_valid_continuations_of_one_entry_are_told_where_the_second_begins(
    entries: list[Entry], data: st.DataObject, anchored: bool
) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    own = of_case(entries, at)
    own = own[own.index(at) :]
    # The second goes on as long as the first, or one less, but not to nothing.
    count = data.draw(st.integers(max(1, len(own) - 1), len(own)))
    assume(count > 1 or len(own) == 1)
    second, prev = [], entries[at]["prev"]
    for seq in range(entries[at]["seq"], entries[at]["seq"] + count):
        second.append({"case": entries[at]["case"], "seq": seq, "prev": prev, "said": "otherwise"})
        prev = digest(second[-1])
    checked = check_chain([*entries, *second], checkpoints=[marked(entries)] if anchored else [])
    assert told(checked) == [(FORKED, len(entries), entries[at]["case"], entries[at]["seq"])]
    assert checked.unanchored == (count if anchored else len(entries) + count)
    assert checked.heads[entries[at]["case"]] == (entries[own[-1]]["seq"], digest(entries[own[-1]]))


def test_an_edited_last_entry_is_told_by_a_checkpoint_only() -> None:
    entries = written("aaa")
    tampered = [*entries[:2], {**entries[2], "said": "otherwise"}]
    assert check_chain(tampered).findings == ()
    assert told(check_chain(tampered, checkpoints=[marked(entries)])) == [(FORKED, 2, "", 0)]


# -- more than one act -------------------------------------------------------------------------------------------------


def test_acts_apart_are_told_apart_in_file_order() -> None:
    entries = written("ababababab")
    tampered = [*entries]
    tampered[1] = {**entries[1], "said": "otherwise"}
    tampered[8] = {**entries[8], "seq": 99}
    del tampered[4]
    checked = check_chain(tampered, checkpoints=[marked(entries)])
    assert told(checked) == [(EDITED, 1, "b", 1), (MISSING, 5, "a", 3), (EDITED, 7, "a", 5)]


def test_edits_of_one_case_are_each_told() -> None:
    entries = written("aaaaaaa")
    tampered = [{**entry, "said": "otherwise"} if at in {0, 2, 5} else entry for at, entry in enumerate(entries)]
    assert [found.position for found in check_chain(tampered).findings] == [0, 2, 5]


def test_two_edited_neighbours_look_like_one_edit_of_an_entry_and_its_link() -> None:
    entries = written("aaaa")
    tampered = [{**entry, "said": "otherwise"} if at in {1, 2} else entry for at, entry in enumerate(entries)]
    assert told(check_chain(tampered)) == [(EDITED, 2, "a", 3)]


def test_a_fork_before_an_edit_is_not_explained_by_it() -> None:
    entries = written("aaaa")
    other = written("aaaa", said="otherwise")
    tampered = [*other[:2], {**other[2], "said": "and again"}, other[3]]
    checked = check_chain(tampered, checkpoints=[marked(entries, 2), marked(entries, 3)])
    assert told(checked) == [(FORKED, 1, "", 0), (EDITED, 2, "a", 3)]


def test_more_cut_off_than_is_missing_is_told_as_well() -> None:
    entries = written("aaaaaa")
    checked = check_chain([entries[0], *entries[2:4]], checkpoints=[marked(entries)])
    assert told(checked) == [(MISSING, 1, "a", 2), (TRUNCATED, 3, "", 0)]


def test_what_is_no_entry_at_all_is_told_at_its_place() -> None:
    entries = written("aa")
    checked = check_chain([entries[0], {}, {"case": "", "seq": 1, "prev": FIRST}, entries[1]])
    assert told(checked) == [(EDITED, 1, "", 0), (EDITED, 2, "", 0)]
    assert {found.what_en for found in checked.findings} == {"no entry of a journal"}


def test_a_case_that_begins_late_lacks_its_beginning() -> None:
    entries = written("aaa")
    assert told(check_chain(entries[2:])) == [(MISSING, 0, "a", 1)]
    assert check_chain(entries[2:]).findings[0].what_en == "entries 1 to 2 are missing"
    assert check_chain(entries[1:]).findings[0].what_zh == "缺少第1条"


def test_an_invented_branch_is_one_insertion() -> None:
    entries = written("aaaa")
    one = {"case": "a", "seq": 2, "prev": "ab" * 32, "said": "put in"}
    two = {"case": "a", "seq": 3, "prev": digest(one), "said": "put in"}
    assert told(check_chain([*entries, one, two])) == [(INSERTED, 4, "a", 2)]


def test_an_impossible_checkpoint_of_nothing_is_a_fork() -> None:
    wrong = attrs.evolve(marked([]), root="ab" * 32)
    assert told(check_chain(written("a"), checkpoints=[wrong])) == [(FORKED, 0, "", 0)]


@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "case": st.sampled_from(["a", "b", "", None, 1]),
                "seq": st.integers(-1, 4) | st.sampled_from([True, "1", 2**60]),
                "prev": st.sampled_from([FIRST, "ab" * 32, None, digest(written("a")[0])]),
            }
        )
        | st.sampled_from(written("aabab")),
        max_size=10,
    ),
    st.lists(st.integers(0, 12), max_size=3),
)
@settings(max_examples=400)
def test_any_heap_of_entries_is_told_in_file_order_and_raises_nothing(entries: list[Entry], sizes: list[int]) -> None:
    marks = [Checkpoint("x", size, "ab" * 32) for size in sizes]
    checked = check_chain(entries, checkpoints=marks)
    positions = [found.position for found in checked.findings]
    assert positions == sorted(positions)
    assert checked.size == len(entries)
    assert 0 <= checked.unanchored <= len(entries)
    assert len(checked.findings) <= 2 * len(entries) + 2
    assert checked.findings or not sizes


@given(journals(min_size=2), st.data())
@settings(max_examples=200)
def test_no_change_below_a_checkpoint_goes_unseen(entries: list[Entry], data: st.DataObject) -> None:
    tampered = [dict(entry) for entry in entries]
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, max(0, len(tampered) - 1)))
        match data.draw(st.integers(0, 3)):
            case 0 if tampered:
                del tampered[at]
            case 1 if tampered:
                tampered[at] = {**tampered[at], data.draw(st.sampled_from(["case", "seq", "prev", "said"])): "b"}
            case 2 if tampered:
                tampered.insert(at, data.draw(st.sampled_from(entries)))
            case _:
                tampered = written([entry["case"] for entry in entries][at:], said="otherwise")
    checked = check_chain(tampered, checkpoints=[marked(entries)])
    assert bool(checked.findings) == (tampered[: len(entries)] != entries or bool(check_chain(tampered).findings))


def test_words_are_given_in_both_languages() -> None:
    entries = written("aaa")
    found = check_chain([entries[0], {**entries[1], "said": "otherwise"}, entries[2]]).findings[0]
    assert found.what_en == "entry 2 is not what it was when it was followed"
    assert found.what_zh == "第2条与后一条所承接的内容不符，已被改动"


def test_a_long_case_is_checked_in_one_go() -> None:
    entries = written("a" * 3000)
    assert check_chain(entries, checkpoints=[marked(entries)]).findings == ()
    assert [found.kind for found in check_chain(entries[::-1]).findings] == [REORDERED]


@pytest.mark.parametrize("copies", [2, 50])
def test_many_claims_of_one_number_are_each_told(copies: int) -> None:
    entries = written("aaa")
    false = [{**entries[1], "said": f"put in {copy}"} for copy in range(copies)]
    checked = check_chain([*entries, *false])
    assert [found.kind for found in checked.findings] == [INSERTED] * copies
