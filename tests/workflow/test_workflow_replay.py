"""Replay: what a journal adds up to, byte for byte; and what can be held against one that somebody touched."""

from __future__ import annotations

import copy
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import attrs
import pytest
from casework import DAY, FIRST, VILLAGE, Casework, bent, held, histories, household, small_case
from hypothesis import given, settings
from hypothesis import strategies as st

from fupin_rules.journal import (
    Checkpoint,
    FindingKind,
    JournalCorruptError,
    MemoryStore,
    canonical,
    leaf_digest,
    read_canonical,
)
from fupin_rules.workflow import (
    Case,
    Context,
    Duplicate,
    load_procedure,
    replay,
    step,
    verify,
)
from fupin_rules.workflow.case._entry import read_event
from fupin_rules.workflow.case._replay import Misfit, by_reference, retake

SMALL = bent()
YUCHENG = load_procedure("yucheng-2016")
OTHER = bent({"days = { n = 7 }": "days = { n = 8 }"})
Entry = Mapping[str, Any]


@settings(max_examples=40)
@given(st.one_of(histories(SMALL), histories(YUCHENG)))
def test_a_journal_gives_the_same_case_and_the_same_bytes_and_so_does_every_beginning(work: Casework) -> None:
    known = by_reference(work.procedure)
    case: Case | None = None
    for number, entry in enumerate(work.entries, 1):
        found = retake(known, case, entry)
        assert isinstance(found, Case)
        case = found
        assert replay(work.procedure, work.entries[:number]) == {work.id: case}
        assert case.head == leaf_digest(canonical(entry))
    assert case == work.case
    assert repr(case) == repr(work.case)
    assert verify(work.procedure, work.entries).is_clean


@settings(max_examples=20)
@given(histories(SMALL))
def test_an_entry_is_the_same_after_it_was_written_and_read(work: Casework) -> None:
    read = [read_canonical(canonical(entry)) for entry in work.entries]
    assert read == [dict(entry) for entry in work.entries]
    assert all(canonical(one) == canonical(other) for one, other in zip(read, work.entries, strict=True))
    assert replay(work.procedure, read) == replay(work.procedure, work.entries)  # type: ignore[arg-type]
    store = MemoryStore()
    store.append(work.entries)
    assert replay(work.procedure, store.read()) == {work.id: work.case}


@settings(max_examples=20)
@given(histories(SMALL))
def test_what_was_taken_is_taken_as_done_after_a_replay_too(work: Casework) -> None:
    case = replay(work.procedure, work.entries)[work.id]
    for entry in work.entries:
        event = attrs.evolve(read_event(entry), version=None)
        assert step(work.procedure, case, event, work.day) == Duplicate(case, event.id)
    # The days of its events came as days and are read as text: it is the same event.
    event = small_case(SMALL, "applied").event("survey", "surveyor", {"at_home": True, "visited_on": FIRST})
    surveyed = small_case(SMALL, "surveyed")
    assert isinstance(step(SMALL, replay(SMALL, surveyed.entries)["H-1"], event, FIRST), Duplicate)


def test_cases_of_several_procedures_stand_between_each_other() -> None:
    other = bent({"days = { n = 7 }": "days = { n = 3 }"})
    one, two, three = (
        small_case(SMALL, "listed", id="H-1"),
        small_case(other, "listed", id="H-2"),
        Casework(SMALL, id="H-3"),
    )
    three.give(three.draft("apply"))
    mixed = [entry for trio in zip(one.entries, two.entries, strict=True) for entry in trio] + three.entries
    assert replay([SMALL, other], mixed) == {"H-1": one.case, "H-2": two.case, "H-3": three.case}
    assert verify([SMALL, other], mixed).is_clean
    missing = verify(SMALL, mixed)
    assert {(each.kind, each.case) for each in missing.findings} == {(FindingKind.UNKNOWN_PROCEDURE, "H-2")}
    assert missing.unjudged == len(two.entries) - 1
    assert missing.findings[0].what_en == f"the procedure it is pinned to was not brought: {other.reference}"
    assert missing.findings[0].what_zh == f"所依据的规程未提供：{other.reference}"


# -- what replay and the check refuse --------------------------------------------------------------------------------


def relinked(entries: list[Entry]) -> list[Entry]:
    """Give the entries of one case with all links worked out anew."""
    found: list[Entry] = []
    head = "0" * 64
    for number, entry in enumerate(entries, 1):
        found.append({**entry, "seq": number, "prev": head})
        head = leaf_digest(canonical(found[-1]))
    return found


def changed(entries: list[Entry], place: int, change: Callable[[dict[str, Any]], object]) -> list[Entry]:
    """Give the entries with one changed and all links worked out anew."""
    entry = copy.deepcopy({**entries[place]})
    change(entry)
    return relinked([*entries[:place], entry, *entries[place + 1 :]])


REFUSED = "its procedure refuses it: "
DIFFERS = "is not what its procedure makes of the event: "
FORGERIES: list[tuple[str, int, Callable[[dict[str, Any]], object], str]] = [
    ("listed", 0, lambda e: e.update(place="371482001002"), DIFFERS + "place"),
    ("listed", 1, lambda e: e.update(v=2), DIFFERS + "v"),
    ("listed", 1, lambda e: e.update(v=True), DIFFERS + "v"),
    ("listed", 1, lambda e: e.update(round=True), DIFFERS + "round"),
    ("listed", 1, lambda e: e["event"].update(v=True), DIFFERS + "event"),
    ("listed", 1, lambda e: e["event"].update(v="1"), DIFFERS + "event"),
    ("listed", 2, lambda e: e.update(move="evaluate_refused"), DIFFERS + "move"),
    ("listed", 2, lambda e: e.update(to="checked"), DIFFERS + "to"),
    ("listed", 2, lambda e: e.update({"from": "draft"}), DIFFERS + "from"),
    ("listed", 2, lambda e: e.update(note="x"), DIFFERS + "note"),
    ("listed", 2, lambda e: e.pop("round"), DIFFERS + "round"),
    ("listed", 2, lambda e: e.update(outside={}), DIFFERS + "outside"),
    ("listed", 2, lambda e: e.update(outside={"note": "the village head"}), DIFFERS + "outside"),
    ("listed", 2, lambda e: e.update(outside={"assessment": None}), DIFFERS + "outside"),
    ("listed", 6, lambda e: e.update(due={"notice_due": "2016-03-12"}), DIFFERS + "due"),
    ("listed", 6, lambda e: e.pop("due"), DIFFERS + "due"),
    ("listed", 2, lambda e: e.update(at="20160113"), DIFFERS + "at"),
    ("listed", 2, lambda e: e.update(at="2016-W02-3"), DIFFERS + "at"),
    ("listed", 2, lambda e: e.update(at="yesterday"), "is no entry: what it recorded cannot be read"),
    ("listed", 2, lambda e: e["event"]["data"].update(present=True), REFUSED + "“present” should be a whole number"),
    ("listed", 2, lambda e: e["event"]["data"].update(present=None), "is no entry: holds no event"),
    ("listed", 2, lambda e: e["event"]["data"].update(present=19), REFUSED + "must hold: (present × 3) is at least (entitled × 2)"),
    ("listed", 1, lambda e: e["event"]["data"].update(visited_on="20160113"), REFUSED + "“day of the visit” should be a day"),
    ("listed", 2, lambda e: e["event"]["evidence"].pop(), REFUSED + "“evaluate” needs evidence: photograph"),
    ("listed", 2, lambda e: e["event"]["evidence"][0].update(digest="minutes of the meeting"), "is no entry: evidence enters as a salted digest"),
    ("listed", 2, lambda e: e["event"].update(id="e1"), REFUSED + "this id was used for another event"),
    ("listed", 2, lambda e: e["event"].pop("id"), "is no entry: holds no event"),
    ("listed", 2, lambda e: e.update(event="x"), "is no entry: holds no event"),
    ("listed", 2, lambda e: e["by"].update(role="head"), REFUSED + "“evaluate” is for: village assembly"),
    ("listed", 2, lambda e: e["by"].update(id="张三"), "is no entry: is no id"),
    ("listed", 1, lambda e: e["by"].update(kin_of=["H-1"]), REFUSED + "a relative of the household may not take part in “survey”"),
    ("listed", 4, lambda e: e["by"].update(id="surveyor-1"), REFUSED + "one person may not also sign here"),
    ("listed", 7, lambda e: e.update(at="2016-01-20"), REFUSED + "must hold: the time of “village notice” is over"),
    ("listed", 10, lambda e: e["outside"]["assessment"].update(outcome="ineligible"), REFUSED + "must hold: assessment of the household is “eligible”"),
    ("listed", 10, lambda e: e["outside"]["assessment"].update(outcome="met"), "is no entry: `assessment` has an outcome of another kind of assessment"),
    ("listed", 10, lambda e: e["outside"]["assessment"].update(outcome="poor"), "is no entry: is no outcome"),
    ("listed", 10, lambda e: e["outside"]["assessment"].update(facts="two rooms"), "is no entry: facts enter as a salted digest"),
    ("listed", 10, lambda e: e["outside"].update(assessment="eligible"), "is no entry: what it recorded cannot be read"),
    ("listed", 10, lambda e: e.update(outside=[1]), "is no entry: what it recorded cannot be read"),
]  # fmt: skip


@pytest.mark.parametrize(("stage", "place", "change", "what"), FORGERIES)
def test_an_entry_that_is_hashed_well_and_could_never_have_been_accepted_is_told(
    stage: str, place: int, change: Callable[[dict[str, Any]], object], what: str
) -> None:
    entries = changed(small_case(SMALL, stage).entries, place, change)
    verified = verify(SMALL, entries)
    told_of = [each for each in verified.findings if each.position == place]
    assert [each.kind for each in told_of][-1] is FindingKind.INADMISSIBLE
    assert (told_of[-1].case, told_of[-1].seq) == ("H-1", place + 1)
    assert any(each.what_en.startswith(what) for each in told_of), [each.what_en for each in told_of]
    assert all(each.what_zh for each in told_of)
    assert not verified.is_clean


@pytest.mark.parametrize(
    ("spoil", "what"),
    [
        (lambda e: e[:3] + e[4:], "case `H-1`, entry 4: does not follow the one before; run `verify` on it"),
        (lambda e: [e[1], e[0], *e[2:]], "case `H-1`, entry 1: does not follow the one before; run `verify` on it"),
        (lambda e: [e[0], *e], "case `H-1`, entry 2: does not follow the one before; run `verify` on it"),
        (lambda e: [{**e[0], "at": "2016-01-14"}, *e[1:]], "case `H-1`, entry 1: is not what its procedure makes of the event: outside; run `verify` on it"),
        (lambda e: changed(e, 2, lambda x: x.update(to="checked")), "case `H-1`, entry 3: is not what its procedure makes of the event: to; run `verify` on it"),
        (lambda e: relinked([*e[:2], {**e[1]}, *e[2:]]), "case `H-1`, entry 3: the event was taken before; run `verify` on it"),
        (lambda e: changed(e, 0, lambda x: x.update(proc="small-procedure/1@" + "0" * 64)), "case `H-1`, entry 1: the procedure it is pinned to was not brought"),
        (lambda e: changed(e, 0, lambda x: x.pop("proc")), "case `H-1`, entry 1: the procedure it is pinned to was not brought: None"),
        (lambda e: changed(e, 3, lambda x: x.update(proc=OTHER.reference)), "case `H-1`, entry 4: it changes the procedure without a migration"),
    ],
)  # fmt: skip
def test_replay_stops_at_the_first_entry_that_does_not_follow(
    spoil: Callable[[list[Entry]], list[Entry]], what: str
) -> None:
    with pytest.raises(JournalCorruptError) as error:
        replay([SMALL, OTHER], spoil(small_case(SMALL, "listed").entries))
    assert str(error.value).startswith(what)


def test_one_act_is_one_finding_where_the_entries_let_it_be_told_apart() -> None:
    entries = small_case(SMALL, "listed").entries
    edited = [*entries[:5], {**entries[5], "by": {**entries[5]["by"], "id": "somebody"}}, *entries[6:]]
    for spoiled, kinds in (
        (edited, [FindingKind.EDITED]),
        ([*entries[:5], *entries[6:]], [FindingKind.MISSING, FindingKind.INADMISSIBLE]),
        ([entries[1], entries[0], *entries[2:]], [FindingKind.REORDERED]),
        ([*entries, entries[4]], [FindingKind.INSERTED]),
    ):
        assert sorted({each.kind for each in verify(SMALL, spoiled).findings}) == sorted(kinds)
    whole = verify(SMALL, entries)
    mark = Checkpoint("county.example/register", 11, whole.root)
    assert [each.kind for each in verify(SMALL, entries[:-1], [mark]).findings] == [FindingKind.TRUNCATED]
    assert verify(SMALL, entries[:-1]).is_clean
    assert (verify(SMALL, entries[:-1]).unanchored, verify(SMALL, entries, [mark]).unanchored) == (10, 0)
    assert whole.cases == {"H-1": small_case(SMALL, "listed").case}


VALUES: st.SearchStrategy[Any] = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-3, 2**60), st.floats(), st.text(max_size=4), st.just("\ud800")),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(st.text(max_size=3), inner, max_size=2)),
    max_leaves=4,
)
PATHS = [
    ("at",), ("by",), ("by", "id"), ("by", "kin_of"), ("by", "level"), ("by", "place"), ("by", "role"), ("case",), ("due",),
    ("event",), ("event", "batch"), ("event", "data"), ("event", "data", "present"), ("event", "evidence"), ("event", "id"),
    ("event", "type"), ("event", "v"), ("from",), ("move",), ("outside",), ("outside", "assessment"),
    ("outside", "assessment", "on"), ("outside", "assessment", "policy"), ("outside", "calendar"), ("outside", "days"),
    ("place",), ("prev",), ("proc",), ("round",), ("seq",), ("to",), ("v",), ("x",),
]  # fmt: skip


@settings(max_examples=300)
@given(st.integers(0, 10), st.sampled_from(PATHS), st.one_of(st.just("gone"), VALUES), st.booleans())
def test_whatever_stands_in_an_entry_the_check_ends_in_findings(
    place: int, path: tuple[str, ...], value: object, relink: bool
) -> None:
    entries = [copy.deepcopy(dict(entry)) for entry in LISTED.entries]
    table: Any = entries[place]
    for key in path[:-1]:
        table = table.setdefault(key, {}) if isinstance(table, dict) else {}
    if value == "gone":
        table.pop(path[-1], None)
    else:
        table[path[-1]] = value
    spoiled: list[Entry] = list(entries)
    if relink:
        try:
            spoiled = relinked(spoiled)
        except Exception:  # noqa: BLE001  what cannot be written is left as it is
            spoiled = list(entries)
    verified = verify(SMALL, spoiled, context=HELD)
    same = [_bytes(each) for each in spoiled] == [canonical(entry) for entry in LISTED.entries]
    assert verified.is_clean or not same
    for finding in verified.findings:
        assert finding.what_en
        assert finding.what_zh
    if not same and not relink:
        # The last entry has nobody behind it that would miss it: only what it says can tell.
        assert not verified.is_clean or place == 10


def _bytes(entry: Entry) -> bytes:
    try:
        return canonical(entry)
    except Exception:  # noqa: BLE001
        return b""


LISTED = small_case(SMALL, "listed")
HELD = held(household("poor-family"))


def test_a_misfit_says_in_both_languages_what_it_is() -> None:
    misfit = retake(by_reference(SMALL), None, {"proc": SMALL.reference})
    assert misfit == Misfit(FindingKind.INADMISSIBLE, "不是有效的记录", "is no entry: holds no event")
    twice = retake(by_reference(SMALL), LISTED.case, LISTED.entries[0])
    assert isinstance(twice, Misfit)
    assert (twice.zh, twice.en, twice.case) == ("同一事项记录了两次", "the event was taken before", None)


# -- the same everywhere ---------------------------------------------------------------------------------------------

SCRIPT = """
import sys
sys.path[:0] = {paths!r}
from casework import *
from fupin_rules.journal import canonical
from fupin_rules.workflow import deadlines, load_procedure, options, plan, verify
procedure = load_procedure("yucheng-2016")
work = Casework(procedure, context=told("yucheng-2016", FIRST, assessment="eligible", leaves="met"))
work.do("apply", "householder")
print(plan(procedure, work.now, "exited", FIRST).text("zh", procedure))
work.drive("exited")
for entry in work.entries:
    print(canonical(entry).decode())
small = small_case(bent(), "surveyed")
refused = small.refused("evaluate", small.actor("head", 2), {{"present": 3, "entitled": 9}}, brings=["form", "x"])
print(refused.explain("zh"), refused.explain("en"), refused.to_plain(), repr(refused))
for stage in SMALL_STAGES:
    work = small_case(bent(), stage)
    print(repr(work.now).replace(repr(work.now.roles), ""))
    print(deadlines(work.procedure, work.now, work.day))
    for role in work.procedure.roles:
        print([each.text("zh") + each.text("en") for each in options(work.procedure, work.now, work.actor(role.id), work.day)])
    print(verify(work.procedure, work.entries))
"""


def test_results_depend_on_no_hash_seed_no_time_zone_and_no_locale() -> None:
    here = Path(__file__).parent
    script = SCRIPT.format(paths=[str(here), str(here.parent)])
    outputs = set()
    for more in (
        {"PYTHONHASHSEED": "0", "TZ": "Asia/Shanghai", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "1", "TZ": "America/Anchorage", "LC_ALL": "C.UTF-8"},
        {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Kiritimati", "LC_ALL": "zh_CN.UTF-8", "LANG": "zh_CN.UTF-8"},
    ):
        environment = os.environ | {"PYTHONUTF8": "1"} | more
        done = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, check=False, env=environment, encoding="utf-8"
        )
        assert done.returncode == 0, done.stderr
        assert len(done.stdout) > 10_000
        outputs.add(done.stdout)
    assert len(outputs) == 1


def test_a_context_says_nothing_to_replay() -> None:
    work = small_case(SMALL, "listed")
    work.context = Context()
    assert replay(SMALL, work.entries)["H-1"].place == VILLAGE
    assert work.day == FIRST + 8 * DAY
