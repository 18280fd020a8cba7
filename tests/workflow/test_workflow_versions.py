"""New versions of procedures: what differs, where cases would have gone otherwise, and how running ones are brought over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta, timezone
from typing import Any

import attrs
import pytest
from casework import AGREED, DAY, FIRST, VILLAGE, Casework, bent, histories, small_case, told
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from fupin_rules.errors import PolicyError, WorkflowError
from fupin_rules.journal import FindingKind, JournalCorruptError, canonical, leaf_digest
from fupin_rules.workflow import (
    Accepted,
    Actor,
    Calendar,
    ChangeKind,
    Context,
    Difference,
    Duplicate,
    Event,
    EventType,
    FieldKind,
    Images,
    Mend,
    Procedure,
    ProcedureMismatchError,
    Refused,
    Rehearsal,
    Result,
    Upcast,
    compare_procedures,
    deadlines,
    installed_procedures,
    load_procedure,
    migrate,
    options,
    read_procedure,
    rehearse,
    replay,
    upcast,
    verify,
)
from fupin_rules.workflow.case._draft import digest_for
from fupin_rules.workflow.procedure._write import digest_of

SMALL = bent()
YUCHENG = load_procedure("yucheng-2016")
BEIJING = timezone(timedelta(hours=8))
HEAD = "version = 1\nfrom = 2016-01-06"


def second(changes: Mapping[str, str] | None = None, **more: Any) -> Procedure:
    """Give a second version of the small procedure, with pieces of its text replaced, that takes cases of the first over."""
    follows = more.get("follows", SMALL.reference)
    migrators = more.get("migrators", '["county"]')
    start = more.get("start", "2016-01-06")
    head = f'version = 2\nfollows = "{follows}"\nmigrators = {migrators}\nfrom = {start}'
    return bent({HEAD: head, **(changes or {})})


def numbered_on(procedure: Procedure, migrator: str) -> Procedure:
    """Give the same procedure under a new number."""
    return attrs.evolve(procedure, version=procedure.version + 1, follows=procedure.reference, migrators=(migrator,))


NEW = second()
NEW_YUCHENG = numbered_on(YUCHENG, "county_office")


def bring(work: Casework, new: Procedure, images: Images | None = None, by: Actor | None = None, **more: Any) -> Result:
    """Bring a case over; it goes on under the new procedure if that is accepted."""
    actor = by or work.actor("county" if "county" in work.procedure.role else "county_office")
    at = more.pop("at", work.day)
    result = migrate(
        work.now,
        more.pop("old", work.procedure),
        new,
        images or Images(),
        actor,
        at,
        event_id=more.pop("event_id", f"m{work.now.seq + 1}"),
        context=more.pop("context", work.context),
        **more,
    )
    if isinstance(result, Accepted):
        work.procedure, work.case = new, result.case
        work.entries.append(result.entry)
    return result


def brought(work: Casework, new: Procedure, images: Images | None = None, **more: Any) -> Accepted:
    result = bring(work, new, images, **more)
    assert isinstance(result, Accepted), result.explain("en") if isinstance(result, Refused) else result
    return result


def refused(work: Casework, new: Procedure, images: Images | None = None, **more: Any) -> Refused:
    before = work.case
    result = bring(work, new, images, **more)
    assert isinstance(result, Refused), result
    assert work.case is before
    return result


def what_is_open(work: Casework) -> list[object]:
    """Tell what is open to whom, and what is due, today and after the notice."""
    found: list[object] = []
    for day in (work.day, work.day + 9 * DAY):
        for role in work.procedure.roles:
            for number in (1, 2):
                actor = work.actor(role.id, number)
                told_of = options(work.procedure, work.now, actor, day, context=work.context)
                found += [option.to_plain() for option in told_of]
        found += [each.to_plain() for each in deadlines(work.procedure, work.now, day, context=work.context)]
    return found


# -- bringing cases over ---------------------------------------------------------------------------------------------


@given(st.one_of(histories(SMALL), histories(YUCHENG, most=6)))
@settings(deadline=None, max_examples=25)
def test_the_same_procedure_under_a_new_number_changes_nothing_of_what_is_open_to_whom(work: Casework) -> None:
    before, open_before = work.now, what_is_open(work)
    brought(work, NEW if work.procedure is SMALL else NEW_YUCHENG)
    # The new number alone is another procedure; all else but the record of the migration is as it was.
    as_before = attrs.evolve(
        work.now,
        procedure=before.procedure,
        seq=before.seq,
        at=before.at,
        clock=before.clock,
        head=before.head,
        seen=before.seen,
    )
    assert as_before == before
    assert what_is_open(work) == open_before


def with_migration(work: Casework, behind: int) -> Casework:
    """Take the same events again, with a migration behind one of the entries."""
    moved = Casework(SMALL, context=work.context)
    for number, entry in enumerate(work.entries, 1):
        assert isinstance(moved.give(same_event(moved, entry)), Accepted)
        assert (moved.now.state, moved.now.round) == (entry["to"], entry["round"])
        if number == behind:
            brought(moved, NEW, event_id="m")
    return moved


def same_event(work: Casework, entry: Mapping[str, Any]) -> Event:
    """Give the event of an entry once more, on its day."""
    work.day = date.fromisoformat(entry["at"])
    by = Actor(entry["by"]["id"], entry["by"]["role"], place=entry["by"]["place"])
    event = work.draft(entry["move"], actor=by, id=entry["event"]["id"])
    return attrs.evolve(event, data=entry["event"].get("data", {}))


@given(histories(SMALL), st.data())
@settings(deadline=None, max_examples=25)
def test_a_case_that_was_brought_over_goes_on_by_the_same_events_as_one_that_was_not(
    work: Casework, data: st.DataObject
) -> None:
    moved = with_migration(work, data.draw(st.integers(1, len(work.entries))))
    assert moved.now.facts == work.now.facts
    assert moved.now.reviews == work.now.reviews
    assert moved.now.notices == work.now.notices
    assert moved.now.last == work.now.last


@given(histories(SMALL), st.data())
@settings(deadline=None, max_examples=25)
def test_a_journal_with_a_migration_verifies_and_adds_up_and_without_it_does_not(
    work: Casework, data: st.DataObject
) -> None:
    assume(len(work.entries) > 1)
    place = data.draw(st.integers(1, len(work.entries) - 1))
    moved = with_migration(work, place)
    both = [SMALL, NEW]
    for number in range(place, len(moved.entries) + 1):
        assert verify(both, moved.entries[:number]).findings == ()
    assert replay(both, moved.entries) == {work.id: moved.now}
    without = [*moved.entries[:place], *moved.entries[place + 1 :]]
    told_of = [each.what_en for each in verify(both, without).findings if each.kind is FindingKind.INADMISSIBLE]
    assert told_of == ["it changes the procedure without a migration"]
    with pytest.raises(JournalCorruptError):
        replay(both, without)


def test_whoever_brings_only_the_new_procedure_learns_that_the_old_one_is_missing() -> None:
    work = small_case(SMALL, "surveyed")
    brought(work, NEW)
    for known, missing in ((NEW, 1), (SMALL, len(work.entries))):
        finding = verify(known, work.entries).findings[0]
        assert (finding.kind, finding.seq) == (FindingKind.UNKNOWN_PROCEDURE, missing)


def test_the_entry_names_the_new_procedure_the_old_one_and_the_names_that_changed() -> None:
    new = second(
        {
            'id = "visited"': 'id = "seen_at_home"',
            "and facts.visited": "and facts.seen_at_home",
            'fact = "visited"': 'fact = "seen_at_home"',
        }
    )
    work = small_case(SMALL, "surveyed")
    accepted = brought(work, new, Images(facts={"visited": "seen_at_home"}), event_id="M-1")
    assert dict(accepted.entry) == {
        "v": 1,
        "case": "H-1",
        "seq": 3,
        "at": "2016-01-13",
        "proc": new.reference,
        "event": {"id": "M-1", "type": "migrate", "v": 1},
        "by": {"id": "county-1", "role": "county", "place": "371482"},
        "move": "migrate",
        "from": "applied",
        "to": "applied",
        "round": 1,
        "prev": work.entries[-2].digest,  # type: ignore[attr-defined]  # an entry that was written
        "due": {"survey_due": None},
        "outside": {"days": {"due.survey_due.2016-01-13": None}},
        "migrated": {"from": SMALL.reference, "facts": {"visited": "seen_at_home"}},
    }
    assert accepted.case.facts["seen_at_home"] is True
    assert "visited" not in accepted.case.facts
    assert accepted.case.head == leaf_digest(canonical(accepted.entry))
    assert isinstance(work.give(work.event("evaluate", "assembly", AGREED)), Accepted)


TOUCHES: dict[str, Callable[[dict[str, Any]], object]] = {
    "another old procedure": lambda entry: entry["migrated"].update({"from": NEW.reference}),
    "a name that is none": lambda entry: entry["migrated"].update({"facts": {"visited": 1}}),
    "done anyway, or not": lambda entry: entry["migrated"].update({"anyway": False}),
    "something more": lambda entry: entry["migrated"].update({"more": {}}),
    "no names": lambda entry: entry.update({"migrated": []}),
    "another state": lambda entry: entry.update({"to": "evaluated"}),
    "another round": lambda entry: entry.update({"round": 2}),
    "another event": lambda entry: entry["event"].update({"type": "survey"}),
    "data": lambda entry: entry["event"].update({"data": {"x": "y"}}),
    "another actor": lambda entry: entry["by"].update({"role": "township"}),
    "no day": lambda entry: entry.update({"at": "2016-13-01"}),
    "no such case before": lambda entry: entry.update({"case": "H-9", "seq": 1, "prev": "0" * 64}),
}


@pytest.mark.parametrize("touch", TOUCHES)
def test_a_migration_that_could_not_have_been_accepted_is_told_once(touch: str) -> None:
    work = small_case(SMALL, "surveyed")
    brought(work, NEW)
    entry = {**work.entries[-1], "event": {**work.entries[-1]["event"]}, "by": {**work.entries[-1]["by"]}}
    entry["migrated"] = {**entry["migrated"]}
    TOUCHES[touch](entry)
    findings = verify([SMALL, NEW], [*work.entries[:-1], entry]).findings
    assert [finding.kind for finding in findings] == [FindingKind.INADMISSIBLE]
    if touch in {"another old procedure", "no such case before"}:
        assert findings[0].what_en == "it migrates from a procedure that the case is not under"
        assert findings[0].what_zh == "迁移前的规程不是本案所依据的规程"
    with pytest.raises(JournalCorruptError):
        replay([SMALL, NEW], [*work.entries[:-1], entry])


def test_an_ordinary_entry_that_says_it_migrates_is_told() -> None:
    work = small_case(SMALL, "surveyed")
    entry = {**work.entries[-1], "migrated": {"from": SMALL.reference}}
    findings = verify(SMALL, [*work.entries[:-1], entry]).findings
    assert [(each.kind, each.what_en) for each in findings] == [
        (FindingKind.INADMISSIBLE, "its procedure refuses it: the case is under this procedure already")
    ]


def test_a_notice_that_is_up_runs_for_the_time_now_asked_for_and_one_taken_down_has_run() -> None:
    longer = second({"days = { n = 7 }": "days = { n = 10 }"})
    up, down = small_case(SMALL, "on_notice"), small_case(SMALL, "checked")
    assert up.now.notices["village"].until == date(2016, 1, 20)
    brought(up, longer)
    assert up.now.notices["village"].until == date(2016, 1, 23)
    taken_down = down.now.notices["village"]
    brought(down, longer)
    assert down.now.notices["village"] == taken_down
    assert verify([SMALL, longer], up.entries).findings == ()


def test_holidays_that_are_not_known_leave_the_new_last_day_open_and_a_calendar_tells_it_later() -> None:
    working = second({"days = { n = 7 }": 'days = { n = 7, kind = "working" }'})
    work = small_case(SMALL, "on_notice")
    brought(work, working)
    assert work.now.notices["village"].until is None
    calendar = Calendar("test", date(2016, 1, 1), date(2016, 12, 31))
    other = small_case(SMALL, "on_notice")
    accepted = brought(other, working, context=Context(calendar))
    assert other.now.notices["village"].until == date(2016, 1, 22)
    assert accepted.entry["outside"]["calendar"] == {"id": "test", "digest": calendar.digest}
    for each in (work, other):
        assert verify([SMALL, working], each.entries, context=Context(calendar)).findings == ()
        assert replay([SMALL, working], each.entries) == {"H-1": each.now}


def test_deadlines_are_counted_by_the_new_rules_from_the_day_they_began() -> None:
    work = small_case(SMALL, "checked")
    assert work.entries[-1]["due"] == {"approval_due": "2016-02-05"}
    work.day += 3 * DAY
    accepted = brought(
        work, second({'states = ["checked"]\ndays = { n = 15 }': 'states = ["checked"]\ndays = { n = 20 }'})
    )
    assert accepted.entry["due"] == {"approval_due": "2016-02-10"}
    assert [each.until for each in accepted.due] == [date(2016, 2, 10)]


def test_names_of_states_roles_reviews_slots_notices_and_events_are_carried_over() -> None:
    renamed = second(
        {
            'id = "on_notice"\nkind': 'id = "shown"\nkind',
            'states = ["on_notice"]': 'states = ["shown"]',
            'id = "joint"\nlabel': 'id = "all_three"\nlabel',
            'needs = { reviews = ["joint", "county"], notices = ["village"]': 'needs = { reviews = ["all_three", "county"], notices = ["board"]',
            '{ id = "secretary", role = "secretary" }': '{ id = "first_secretary", role = "secretary" }',
            'may_share = [["head", "secretary"]]': 'may_share = [["head", "first_secretary"]]',
            'id = "village"\nkind': 'id = "board"\nkind',
            'id = "close"\nlabel': 'id = "end"\nlabel',
            'since = "last.close"': 'since = "last.end"',
            'id = "close"\nevent = "close"\nfrom = ["on_notice"]': 'id = "close"\nevent = "end"\nfrom = ["shown"]',
            'when = "review.joint.complete': 'when = "review.all_three.complete',
            'when = "notice.village.elapsed and notice.village.open_objections == 0"': 'when = "notice.board.elapsed and notice.board.open_objections == 0"',
            'to = "on_notice"\nroles = ["head"]': 'to = "shown"\nroles = ["head"]',
            'effects = [{ do = "sign", review = "joint" }]': 'effects = [{ do = "sign", review = "all_three" }]',
            'effects = [{ do = "waive", review = "joint" }]': 'effects = [{ do = "waive", review = "all_three" }]',
            'effects = [{ do = "delegate", review = "joint" }]': 'effects = [{ do = "delegate", review = "all_three" }]',
            'effects = [{ do = "amend", review = "joint" }]': 'effects = [{ do = "amend", review = "all_three" }]',
            'effects = [{ do = "open_notice", notice = "village" }]': 'effects = [{ do = "open_notice", notice = "board" }]',
            'effects = [{ do = "object", notice = "village" }]': 'effects = [{ do = "object", notice = "board" }]',
            'from = ["on_notice"]\nroles = ["household", "assembly"]': 'from = ["shown"]\nroles = ["household", "assembly"]',
            'from = ["on_notice"]\nroles = ["township"]': 'from = ["shown"]\nroles = ["township"]',
            'effects = [{ do = "resolve", notice = "village" }]': 'effects = [{ do = "resolve", notice = "board" }]',
            'from = ["on_notice"]\nto = "applied"': 'from = ["shown"]\nto = "applied"',
            'effects = [{ do = "resolve", notice = "village" }, { do = "new_round" }]': 'effects = [{ do = "resolve", notice = "board" }, { do = "new_round" }]',
            'effects = [{ do = "close_notice", notice = "village" }]': 'effects = [{ do = "close_notice", notice = "board" }]',
            'from = ["on_notice"]\nto = "withdrawn"': 'from = ["shown"]\nto = "withdrawn"',
        }
    )
    images = Images(
        states={"on_notice": "shown"},
        events={"close": "end"},
        reviews={"joint": "all_three"},
        slots={"joint": {"secretary": "first_secretary"}},
        notices={"village": "board"},
    )
    work = small_case(SMALL, "on_notice")
    work.do("object", "assembly", {"ground": "x"})
    before = work.now
    brought(work, renamed, images)
    assert work.now.state == "shown"
    assert work.now.notices == {"board": before.notices["village"]}
    marks = before.reviews["joint"].marks
    carried = {"surveyor": marks["surveyor"], "head": marks["head"], "first_secretary": marks["secretary"]}
    assert work.now.reviews["all_three"].marks == carried
    later = small_case(SMALL, "checked")
    brought(later, renamed, images)
    assert later.now.last["end"] == FIRST + 8 * DAY
    assert verify([SMALL, renamed], later.entries).findings == ()
    plain = later.entries[-1]["migrated"]
    assert plain == {"from": SMALL.reference, **images.to_plain()}
    later.do("sign", later.actor("panel", 1))
    later.do("sign", later.actor("panel", 2))
    later.do("approve", "county")
    assert later.now.state == "listed"


def test_a_second_try_of_a_migration_is_no_second_migration() -> None:
    work = small_case(SMALL, "applied")
    before = work.now
    brought(work, NEW, event_id="M-1")
    again = migrate(
        work.now, SMALL, NEW, Images(), work.actor("county"), work.day, event_id="M-1", context=work.context
    )
    assert again == Duplicate(work.now, "M-1")
    # By other names it is another migration, for which the case is no longer there.
    other = Images(states={"applied": "applied"})
    with pytest.raises(ProcedureMismatchError):
        migrate(work.now, SMALL, NEW, other, work.actor("county"), work.day, event_id="M-1")
    assert before.procedure == SMALL.reference
    # So it is to another procedure.
    third = second({"days = { n = 7 }": "days = { n = 8 }"})
    with pytest.raises(ProcedureMismatchError):
        migrate(work.now, SMALL, third, Images(), work.actor("county"), work.day, event_id="M-1")


def test_a_case_of_another_procedure_and_one_without_an_entry_are_errors() -> None:
    work = small_case(SMALL, "applied")
    with pytest.raises(ProcedureMismatchError) as caught:
        migrate(work.now, NEW, second({}, start="2016-01-07"), Images(), work.actor("county"), FIRST, event_id="m")
    what = f"case `H-1`: is pinned to `{SMALL.reference}`, not to `{NEW.reference}`; bring the one it is pinned to"
    assert str(caught.value) == what
    with pytest.raises(WorkflowError) as told_of:
        migrate(Casework(SMALL).now, SMALL, NEW, Images(), work.actor("county"), FIRST, event_id="m")
    assert str(told_of.value) == "case `H-1`: has no entry that could be carried over; open it under the new procedure"


@pytest.mark.parametrize(
    "images",
    [
        {"states": {"applied": None}},
        {"roles": {"head": None}},
        {"facts": {"visited": 1}},
        {"slots": {"joint": {1: "x"}}},
    ],
)
def test_what_is_no_name_is_an_error(images: Any) -> None:
    with pytest.raises(WorkflowError, match="an image is the name of a part"):
        Images(**images)


# -- what is refused, with every reason ------------------------------------------------------------------------------

VISITED = {'id = "visited"': 'id = "seen"', "and facts.visited": "and facts.seen", 'fact = "visited"': 'fact = "seen"'}

REFUSALS: dict[str, tuple[Callable[[], Refused], list[tuple[str, str, str, Mend]]]] = {
    "nobody may": (
        lambda: refused(
            small_case(SMALL, "applied"), bent({HEAD: f'version = 2\nfollows = "{SMALL.reference}"\nfrom = 2016-01-06'})
        ),
        [
            (
                "no_migrators",
                "新规程未规定由谁迁移案件，本案依原规程办结",
                "the new procedure lets nobody bring cases over; the case ends under the one it began with",
                Mend.FINAL,
            )
        ],
    ),
    "not this role": (
        lambda: refused(small_case(SMALL, "applied"), NEW, by=small_case(SMALL, "applied").actor("township")),
        [("role", "“规程迁移”应由县扶贫办办理", "“change of procedure” is for: county office", Mend.MENDABLE)],
    ),
    "not here": (
        lambda: refused(small_case(SMALL, "applied"), NEW, by=Actor("c", "county", place="371401")),
        [
            (
                "place",
                "本案在371482001001，县扶贫办应属于371482",
                "the case is in 371482001001; the county office should be of 371482",
                Mend.MENDABLE,
            )
        ],
    ),
    "a relative": (
        lambda: refused(small_case(SMALL, "applied"), NEW, by=Actor("c", "county", place="371482", kin_of=("H-1",))),
        [
            (
                "kin",
                "该户亲属应回避“规程迁移”",
                "a relative of the household may not take part in “change of procedure”",
                Mend.MENDABLE,
            )
        ],
    ),
    "not in force": (
        lambda: refused(small_case(SMALL, "applied"), second(start="2016-02-01")),
        [("not_in_force", "本规程自2016-02-01起施行", "the procedure is in force from 2016-02-01", Mend.WAIT)],
    ),
    "does not follow": (
        lambda: refused(small_case(SMALL, "applied"), second(follows="other/1@" + "0" * 64)),
        [
            (
                "does_not_follow",
                "新规程未载明替换本案所依据的规程，须另行说明仍要迁移",
                "the new procedure does not say that it follows the one of the case; say that it is to be done anyway",
                Mend.MENDABLE,
            )
        ],
    ),
    "the same": (
        lambda: refused(small_case(SMALL, "applied"), SMALL),
        [("same_procedure", "本案已依此规程办理", "the case is under this procedure already", Mend.FINAL)],
    ),
    "another subject": (
        lambda: refused(small_case(SMALL, "applied"), second({'subject = "household"': 'subject = "village"'})),
        [("other_subject", "两规程所办对象不同", "the two procedures are not about the same", Mend.FINAL)],
    ),
    "back in time": (
        lambda: refused(small_case(SMALL, "checked"), NEW, at=FIRST),
        [("at_backwards", "早于上一条记录（2016-01-21）", "before the last entry (2016-01-21)", Mend.WAIT)],
    ),
    "moved on": (
        lambda: refused(small_case(SMALL, "surveyed"), NEW, expect=1),
        [
            (
                "stale",
                "本案已有更新的记录（第2条，而非第1条），请重新查看",
                "the case has moved on (entry 2, not 1); look at it again",
                Mend.MENDABLE,
            )
        ],
    ),
    "an id that was used": (
        lambda: refused(small_case(SMALL, "surveyed"), NEW, event_id="e1"),
        [("id_reused", "此编号已用于另一事项", "this id was used for another event", Mend.MENDABLE)],
    ),
    "a fact without image": (
        lambda: refused(small_case(SMALL, "surveyed"), second(VISITED)),
        [
            (
                "no_image",
                "新规程没有与事实“visited”相当的内容",
                "nothing in the new procedure is the image of the fact “visited”",
                Mend.MENDABLE,
            )
        ],
    ),
    "a name that leads nowhere": (
        lambda: refused(small_case(SMALL, "surveyed"), second(VISITED), Images(facts={"visited": "sene"})),
        [("no_image", "新规程没有事实“sene”", "the new procedure has no fact “sene”", Mend.MENDABLE)],
    ),
    "a name that was none": (
        lambda: refused(small_case(SMALL, "surveyed"), NEW, Images(facts={"vsited": "visited"})),
        [("no_such_part", "原规程没有事实“vsited”", "the old procedure has no fact “vsited”", Mend.MENDABLE)],
    ),
    "slots of a review that was none": (
        lambda: refused(small_case(SMALL, "surveyed"), NEW, Images(slots={"jiont": {"head": "secretary"}})),
        [("no_such_part", "原规程没有签字“jiont”", "the old procedure has no review “jiont”", Mend.MENDABLE)],
    ),
    "what stays has its name": (
        lambda: refused(small_case(SMALL, "applied"), NEW, Images(states={"applied": "evaluated"})),
        [
            (
                "image_stays",
                "新规程仍有环节“applied”，不得改作他用",
                "the new procedure still has the state “applied”, which keeps its name",
                Mend.MENDABLE,
            )
        ],
    ),
    "a name that is taken": (
        lambda: refused(small_case(SMALL, "surveyed"), second(VISITED), Images(facts={"visited": "decision"})),
        [("image_taken", "事实“decision”已另有其用", "the fact “decision” is something else already", Mend.MENDABLE)],
    ),
    "two that would be one": (
        lambda: refused(
            small_case(SMALL, "surveyed"),
            second({**VISITED, 'id = "votes"': 'id = "heads"', 'fact = "votes"': 'fact = "heads"'}),
            Images(facts={"visited": "seen", "votes": "seen"}),
        ),
        [("image_taken", "事实“seen”已另有其用", "the fact “seen” is something else already", Mend.MENDABLE)],
    ),
    "a fact of another kind": (
        lambda: refused(
            small_case(SMALL, "surveyed"),
            second(
                {
                    'id = "visited"\nkind = "claim"': 'id = "visited"\nkind = "number"\nlow = 0\nhigh = 5',
                    "and facts.visited": "and facts.visited == 1",
                    'to = "event.at_home"': 'to = "1"',
                }
            ),
        ),
        [
            (
                "fact_misfit",
                "“已入户”所记不合新规程的“已入户”",
                "what is remembered as “visited at home” does not fit “visited at home”",
                Mend.MENDABLE,
            )
        ],
    ),
    "a digest that would be a text": (
        lambda: refused(
            small_case(SMALL, "applied"),
            attrs.evolve(
                NEW,
                facts=tuple(
                    attrs.evolve(each, kind=FieldKind.TEXT) if each.id == "consent" else each for each in NEW.facts
                ),
            ),
        ),
        [
            (
                "fact_misfit",
                "“授权书摘要”所记不合新规程的“授权书摘要”",
                "what is remembered as “digest of the consent” does not fit “digest of the consent”",
                Mend.MENDABLE,
            )
        ],
    ),
    "a number out of the new range": (
        lambda: refused(
            small_case(SMALL, "evaluated"),
            second(
                {
                    'id = "votes"\nkind = "number"\nlow = 0\nhigh = 10000': 'id = "votes"\nkind = "number"\nlow = 0\nhigh = 19'
                }
            ),
        ),
        [
            (
                "fact_misfit",
                "“到会人数”所记不合新规程的“到会人数”",
                "what is remembered as “people present” does not fit “people present”",
                Mend.MENDABLE,
            )
        ],
    ),
    "a number of another unit": (
        lambda: refused(
            small_case(SMALL, "evaluated"),
            second(
                {
                    'high = 10000\nunit = "person"\nlabel = { zh = "到会人数"': 'high = 10000\nunit = "item"\nlabel = { zh = "到会人数"',
                    'fact = "votes", to = "event.present"': 'fact = "votes", to = "1"',
                }
            ),
        ),
        [
            (
                "fact_misfit",
                "“到会人数”所记不合新规程的“到会人数”",
                "what is remembered as “people present” does not fit “people present”",
                Mend.MENDABLE,
            )
        ],
    ),
    "a place that is too short": (
        lambda: refused(
            small_case(SMALL, "applied"),
            attrs.evolve(NEW, levels=(*NEW.levels, attrs.evolve(NEW.levels[0], id="group", digits=14))),
        ),
        [
            (
                "no_place",
                "新规程需要14位的所在地区划代码",
                "the new procedure needs an area code of 14 digits",
                Mend.FINAL,
            )
        ],
    ),
    "an end for what is under way": (
        lambda: refused(
            small_case(SMALL, "applied"), without_state("applied"), Images(states={"applied": "withdrawn"})
        ),
        [
            (
                "decides",
                "“已申请”与“已撤回”性质不同，迁移不作任何决定",
                "“applied” and “withdrawn” differ in kind, and a migration decides nothing",
                Mend.MENDABLE,
            )
        ],
    ),
    "a level that has not decided": (
        lambda: refused(small_case(SMALL, "surveyed"), without_state("applied"), Images(states={"applied": "checked"})),
        [
            (
                "skips_level",
                "“待批准”须经乡镇一级，迁移不能代替",
                "“to be approved” is decided at the level “township”, which a migration does not replace",
                Mend.MENDABLE,
            )
        ],
    ),
    "a signature for another role": (
        lambda: refused(
            small_case(SMALL, "signed"),
            second({'{ id = "secretary", role = "secretary" }': '{ id = "secretary", role = "township" }'}),
        ),
        [
            (
                "slot_role",
                "“三方签字”中“secretary”由另一角色签字",
                "the slot “secretary” of “joint signatures” is for another role",
                Mend.MENDABLE,
            )
        ],
    ),
    "a slot that is gone": (
        lambda: refused(
            small_case(SMALL, "signed"),
            second(
                {',\n  { id = "secretary", role = "secretary" },': ",", 'may_share = [["head", "secretary"]]\n': ""}
            ),
        ),
        [
            (
                "no_image",
                "新规程没有与签字处“secretary”相当的内容",
                "nothing in the new procedure is the image of the slot “secretary”",
                Mend.MENDABLE,
            )
        ],
    ),
    "a waiver that is not allowed": (
        lambda: refused(waived(), second({'role = "head", waivable = true': 'role = "head"'})),
        [
            (
                "slot_waived",
                "“三方签字”中“head”不能免签",
                "the slot “head” of “joint signatures” cannot be waived",
                Mend.MENDABLE,
            )
        ],
    ),
    "an extra slot whose name is taken": (
        lambda: refused(
            amended(),
            second(
                {
                    '{ id = "secretary", role = "secretary" },': '{ id = "secretary", role = "secretary" },\n  { id = "auditor", role = "township" },'
                }
            ),
        ),
        [
            (
                "slot_taken",
                "“三方签字”已有签字处“auditor”",
                "“joint signatures” has a slot “auditor” already",
                Mend.MENDABLE,
            )
        ],
    ),
    "one person twice": (
        lambda: refused(shared(), second({'may_share = [["head", "secretary"]]\n': ""})),
        [
            (
                "signed_already",
                "同一人在“三方签字”签了两处",
                "one person has signed twice on “joint signatures”",
                Mend.FINAL,
            )
        ],
    ),
    "roles that now exclude each other": (
        lambda: refused(
            shared(), second({'incompatible = [["supervisor", "township"]]': 'incompatible = [["head", "secretary"]]'})
        ),
        [
            (
                "incompatible_role",
                "同一人在本案中担任过新规程不容兼任的角色",
                "one person has held roles that now exclude each other",
                Mend.FINAL,
            )
        ],
    ),
    "a notice that would be an announcement": (
        lambda: refused(small_case(SMALL, "on_notice"), announcing()),
        [
            (
                "notice_kind",
                "“村内公示”与“村内公示”，一为公示，一为公告",
                "of “village notice” and “village notice”, one is a notice and one an announcement",
                Mend.MENDABLE,
            )
        ],
    ),
    "an objection let go": (
        lambda: refused(objected(), NEW, Images(notices={"village": None})),
        [
            (
                "objection_open",
                "“村内公示”有异议尚未处理",
                "“village notice” has objections without an outcome",
                Mend.MENDABLE,
            )
        ],
    ),
}


def without_state(state: str) -> Procedure:
    """Give the new version without a state, whatever that makes of it."""
    return attrs.evolve(NEW, states=tuple(each for each in NEW.states if each.id != state))


def announcing() -> Procedure:
    """Give the new version with an announcement under the name of the village notice."""
    made = attrs.evolve(NEW.notice["final"], id="village", zh="村内公示", en="village notice")
    return attrs.evolve(NEW, notices=tuple(made if each.id == "village" else each for each in NEW.notices))


def waived() -> Casework:
    work = small_case(SMALL, "evaluated")
    work.do("waive", "township", {"slot": "head", "reason": "no head"})
    return work


def amended() -> Casework:
    work = small_case(SMALL, "evaluated")
    work.do("amend", "township", {"slot": "auditor", "role": "head"})
    return work


def shared() -> Casework:
    work = small_case(SMALL, "evaluated")
    work.do("sign", Actor("p", "head", place=VILLAGE))
    work.do("sign", Actor("p", "secretary", place=VILLAGE))
    return work


def objected() -> Casework:
    work = small_case(SMALL, "on_notice")
    work.do("object", "household", {"ground": "x"})
    return work


@pytest.mark.parametrize("name", REFUSALS)
def test_a_migration_is_refused_with_every_reason_in_both_languages(name: str) -> None:
    play, wanted = REFUSALS[name]
    found = play()
    assert [(each.code, each.zh, each.en, each.mend) for each in found.reasons] == wanted
    is_final = any(mend is Mend.FINAL for _, _, _, mend in wanted)
    assert found.ways == (() if is_final else (found.reasons,))


def test_reasons_of_one_refusal_are_all_told_together_and_mending_them_all_makes_it_accepted() -> None:
    new = second(VISITED, start="2016-02-01", follows="other/1@" + "0" * 64)
    work = small_case(SMALL, "surveyed")
    found = refused(work, new, by=work.actor("township"))
    assert [each.code for each in found.reasons] == ["not_in_force", "does_not_follow", "role", "no_image"]
    assert found.explain("en").splitlines()[-1] == "mending these makes it accepted: 1, 2, 3, 4"
    later = date(2016, 2, 1)
    assert found.reasons[0].until == later
    brought(work, new, Images(facts={"visited": "seen"}), at=later, anyway=True)
    assert work.entries[-1]["migrated"]["anyway"] is True
    assert verify([SMALL, new], work.entries).findings == ()


def test_what_is_let_go_is_gone_and_has_to_be_done_again() -> None:
    work = small_case(SMALL, "checked")
    let_go = Images(notices={"village": None}, reviews={"joint": None}, facts={"votes": None})
    before = work.now
    brought(work, NEW, let_go)
    assert "village" not in work.now.notices
    assert "joint" not in work.now.reviews
    assert set(before.facts) - set(work.now.facts) == {"votes"}
    assert work.entries[-1]["migrated"] == {
        "from": SMALL.reference,
        "facts": {"votes": None},
        "reviews": {"joint": None},
        "notices": {"village": None},
    }
    assert verify([SMALL, NEW], work.entries).findings == ()
    single = small_case(SMALL, "signed")
    brought(single, NEW, Images(slots={"joint": {"head": None}}))
    assert set(single.now.reviews["joint"].marks) == {"surveyor", "secretary"}
    assert single.refused("post", "head").reasons[0].code == "guard"


def test_days_of_a_notice_that_are_counted_as_before_stay_as_they_were_counted() -> None:
    days = {"days = { n = 7 }": 'days = { n = 7, kind = "working" }'}
    old = bent(days)
    calendar = Calendar("test", date(2016, 1, 1), date(2016, 12, 31))
    work = small_case(old, "signed")
    work.context = Context(calendar)
    work.do("post", "head")
    until = work.now.notices["village"].until
    assert until == date(2016, 1, 22)
    # Nobody knows the holidays now, and nobody has to.
    brought(work, attrs.evolve(second(days), follows=old.reference), context=Context())
    assert work.now.notices["village"].until == until


def test_last_days_of_events_that_no_longer_exist_are_not_carried_over() -> None:
    without_survey = attrs.evolve(
        NEW,
        events=tuple(each for each in NEW.events if each.id != "survey"),
        moves=tuple(each for each in NEW.moves if each.event != "survey"),
    )
    work = small_case(SMALL, "surveyed")
    assert set(work.now.last) == {"apply", "survey"}
    brought(work, without_survey)
    assert set(work.now.last) == {"apply"}


def test_who_waived_a_slot_has_not_signed_it() -> None:
    work = small_case(SMALL, "evaluated")
    work.do("waive", Actor("p", "township", place=VILLAGE[:9]), {"slot": "head", "reason": "no head"})
    work.do("sign", Actor("p", "surveyor", place=VILLAGE))
    brought(work, NEW)
    assert set(work.now.reviews["joint"].marks) == {"head", "surveyor"}


def test_an_extra_slot_keeps_its_signature_and_takes_the_new_name_of_its_role() -> None:
    work = amended()
    work.do("sign", work.actor("head"), {"slot": "auditor"})
    renamed = attrs.evolve(
        NEW,
        roles=tuple(attrs.evolve(each, id="chief") if each.id == "head" else each for each in NEW.roles),
        reviews=tuple(
            attrs.evolve(
                review,
                slots=tuple(attrs.evolve(each, role="chief") if each.role == "head" else each for each in review.slots),
            )
            for review in NEW.reviews
        ),
    )
    assert [each.code for each in refused(work, renamed).reasons] == ["no_image"]
    brought(work, renamed, Images(roles={"head": "chief"}))
    assert work.now.reviews["joint"].extra == (("auditor", "chief"),)
    assert work.now.reviews["joint"].marks["auditor"].person == "head-1"


def test_the_time_of_day_of_a_migration_is_kept() -> None:
    work = small_case(SMALL, "applied")
    brought(work, NEW, at=datetime(2016, 1, 13, 15, tzinfo=BEIJING))
    assert (work.now.at, work.now.clock) == ("2016-01-13T15:00:00+08:00",) * 2
    early = work.give(work.event("withdraw", "household"), on=datetime(2016, 1, 13, 14, tzinfo=BEIJING))
    assert isinstance(early, Refused)
    assert [each.code for each in early.reasons] == ["at_backwards"]


def test_what_was_signed_on_behalf_of_another_and_asked_for_in_addition_is_carried_over() -> None:
    work = small_case(SMALL, "evaluated")
    work.do("delegate", "head", {"slot": "head", "to": "p-9"})
    work.do("amend", "township", {"slot": "auditor", "role": "secretary"})
    before = work.now
    brought(work, NEW)
    assert work.now.reviews == before.reviews
    work.do("sign", Actor("p-9", "surveyor", place=VILLAGE), {"slot": "head"})
    assert work.now.reviews["joint"].marks["head"].person == "p-9"


@pytest.mark.parametrize(
    ("stage", "missing"),
    [
        ("checked", ("县级审核", "county check")),
        ("reviewed", ()),
    ],
)
def test_a_state_that_the_new_version_protects_is_kept_with_all_it_needs_or_not_at_all(
    stage: str, missing: tuple[str, ...]
) -> None:
    old = bent(
        {
            'protected = true\nneeds = { reviews = ["joint", "county"], notices = ["village"], events = ["survey", "evaluate"] }': "",
            '"assessment.outcome == \\"eligible\\" and review.county.complete"': '"today >= facts.applied_on"',
        }
    )
    new = attrs.evolve(
        bent({HEAD: f'version = 2\nfollows = "{old.reference}"\nmigrators = ["county"]\nfrom = 2016-01-06'}),
    )
    work = small_case(old, stage)
    work.do("approve", "county")
    if missing:
        found = refused(work, new)
        assert [(each.code, each.zh, each.en) for each in found.reasons] == [
            ("protected", f"进入“已列入”须先有：{missing[0]}", f"“listed” is entered with: {missing[1]}")
        ]
    else:
        brought(work, new)
        assert work.now.state == "listed"


def test_a_protected_state_keeps_its_cases_whatever_the_new_version_asks_of_newcomers() -> None:
    needs = 'events = ["survey", "evaluate"] }'
    stricter = second({needs: 'events = ["survey", "evaluate", "resolve"] }'})
    work = small_case(SMALL, "listed")
    brought(work, stricter)
    assert work.now.state == "listed"


RENAMED = {
    'id = "listed"\nkind': 'id = "enrolled"\nkind',
    'from = ["checked"]\nto = "listed"': 'from = ["checked"]\nto = "enrolled"',
    'from = ["checked", "listed"]': 'from = ["checked", "enrolled"]',
}


def test_a_protected_state_under_another_name_asks_for_what_it_needs_in_the_round() -> None:
    images = Images(states={"listed": "enrolled"})
    work = small_case(SMALL, "listed")
    stricter = second({**RENAMED, 'events = ["survey", "evaluate"] }': 'events = ["survey", "evaluate", "resolve"] }'})
    assert [(each.code, each.zh, each.en) for each in refused(work, stricter, images).reasons] == [
        ("protected", "进入“已列入”须先有：处理异议", "“listed” is entered with: resolve")
    ]
    brought(work, second(RENAMED), images)
    assert work.now.state == "enrolled"


def test_a_notice_that_was_taken_down_early_does_not_count_for_a_protected_state() -> None:
    wanted = 'when = "notice.village.elapsed and notice.village.open_objections == 0"'
    old = bent({wanted: 'when = "notice.village.open_objections == 0"'})
    new = attrs.evolve(second(RENAMED), follows=old.reference)
    for day, is_over in ((date(2016, 1, 20), False), (date(2016, 1, 21), True)):
        work = small_case(old, "on_notice")
        work.day = day
        work.do("close", "head")
        work.do("sign", work.actor("panel", 1))
        work.do("sign", work.actor("panel", 2))
        work.do("approve", "county")
        result = bring(work, new, Images(states={"listed": "enrolled"}))
        assert isinstance(result, Accepted) is is_over
        assert isinstance(result, Accepted) or [each.en for each in result.reasons] == [  # type: ignore[union-attr]  # no duplicate
            "“listed” is entered with: village notice"
        ]


def test_several_states_and_several_roles_may_become_one() -> None:
    merged = attrs.evolve(
        NEW,
        states=tuple(each for each in NEW.states if each.id != "draft"),
        roles=tuple(each for each in NEW.roles if each.id != "supervisor"),
        incompatible=(("township", "panel"),),
    )
    work = waived()
    assert work.now.roles == {"township-1": frozenset({"township"})}
    brought(work, merged, Images(states={"draft": "applied"}, roles={"supervisor": "township"}))
    assert (work.now.state, work.now.roles) == ("evaluated", {"township-1": frozenset({"township"})})


def test_a_role_that_excludes_others_follows_its_holder_under_its_new_name() -> None:
    renamed = attrs.evolve(
        NEW,
        roles=tuple(attrs.evolve(each, id="officer") if each.id == "township" else each for each in NEW.roles),
        incompatible=(("supervisor", "officer"),),
    )
    work = waived()
    assert work.now.roles == {"township-1": frozenset({"township"})}
    assert [each.code for each in refused(work, renamed).reasons] == ["no_image"]
    brought(work, renamed, Images(roles={"township": "officer"}))
    assert work.now.roles == {"township-1": frozenset({"officer"})}


# -- the format ------------------------------------------------------------------------------------------------------


def test_who_may_bring_cases_over_is_read_written_and_part_of_the_digest() -> None:
    assert NEW.migrators == ("county",)
    assert read_procedure(NEW.to_plain(), checked=False) == NEW
    assert attrs.evolve(NEW, migrators=()).digest != NEW.digest
    assert "migrators" not in SMALL.to_plain()


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        (
            {HEAD: f'version = 2\nfollows = "{SMALL.reference}"\nmigrators = ["countty"]\nfrom = 2016-01-06'},
            "small-procedure.toml, line 5, column 14: `migrators` names `countty`, which is no role; did you mean `county`?",
        ),
        (
            {'id = "withdraw"\nlabel': 'id = "migrate"\nlabel'},
            "`migrate` is what changes the procedure of a case; give another id",
        ),
    ],
)
def test_migrators_are_roles_and_no_event_is_called_migrate(changes: dict[str, str], message: str) -> None:
    with pytest.raises(PolicyError) as caught:
        bent(changes)
    assert message in str(caught.value)


# -- rehearsing ------------------------------------------------------------------------------------------------------


def braided(works: list[Casework]) -> list[Mapping[str, Any]]:
    """Put the entries of several cases one between the other, as a register has them."""
    entries = []
    for number in range(max(len(work.entries) for work in works)):
        entries += [work.entries[number] for work in works if number < len(work.entries)]
    return entries


def renamed_case(work: Casework, id: str) -> Casework:
    """Take the same events again in a case of another name."""
    other = Casework(work.procedure, id=id, context=work.context)
    for entry in work.entries:
        other.give(same_event(other, entry))
    return other


@given(st.lists(histories(SMALL), min_size=1, max_size=3))
@settings(deadline=None, max_examples=20)
def test_under_the_same_procedure_no_case_goes_otherwise(works: list[Casework]) -> None:
    cases = [renamed_case(work, f"H-{number}") for number, work in enumerate(works)]
    for new in (SMALL, NEW, attrs.evolve(NEW, start=date(2017, 1, 1))):
        found = rehearse(braided(cases), SMALL, new)
        assert [each.case for each in found.cases] == [work.id for work in cases]
        assert found.counts == {each: len(cases) if each is Difference.SAME else 0 for each in Difference}
        assert found.left_out == ()


@given(st.lists(st.tuples(st.integers(20, 30), st.booleans()), min_size=1, max_size=6))
@settings(deadline=None, max_examples=30)
def test_a_stricter_quorum_is_found_at_exactly_the_entries_that_miss_it(votes: list[tuple[int, bool]]) -> None:
    stricter = second({"event.present * 3 >= event.entitled * 2": "event.present * 4 >= event.entitled * 3"})
    works = []
    for number, (present, goes_back) in enumerate(votes):
        work = small_case(SMALL, "surveyed", id=f"H-{number}")
        if goes_back:
            # The second round is looked at as well.
            work.do("evaluate", "assembly", {**AGREED, "present": 30})
            for role in ("surveyor", "head", "secretary"):
                work.do("sign", role)
            work.do("post", "head")
            work.do("object", "household", {"ground": "x"}, id="o")
            work.do("resolve", "township", {"objection": "o", "outcome": "upheld", "reason": "x"})
            work.do("survey", "surveyor", {"at_home": True, "visited_on": work.day})
        work.do("evaluate", "assembly", {**AGREED, "present": present})
        works.append(work)
    found = rehearse(braided(works), SMALL, stricter)
    for (present, _), work, each in zip(votes, works, found.cases, strict=True):
        assert each.case == work.id
        if present * 4 < 30 * 3:
            assert (each.difference, each.seq, each.event) == (Difference.REFUSED, len(work.entries), "evaluate")
            assert "guard" in [reason.code for reason in each.reasons]
            assert (each.old_state, each.new_state) == ("evaluated", "applied")
        else:
            assert each == attrs.evolve(each, difference=Difference.SAME, seq=0, reasons=(), event="", at="")


def small_rehearsal(
    changes: Mapping[str, str], stage: str = "checked", context: Context | None = None, **more: Any
) -> Rehearsal:
    return rehearse(small_case(SMALL, stage).entries, SMALL, second(changes), context=context or Context(), **more)


def test_a_case_that_comes_to_another_state_is_told_with_both() -> None:
    changes = {'from = ["evaluated"]\nto = "on_notice"': 'from = ["evaluated"]\nto = "checked"'}
    new = second(changes)
    found = small_rehearsal(changes)
    (case,) = found.cases
    assert (case.difference, case.seq, case.old_state, case.new_state) == (
        Difference.OTHER_STATE,
        7,
        "on_notice",
        "checked",
    )
    assert found.text("zh", SMALL, new) == (
        "相同0，不予受理0，到达其他环节1，没有这一事项0\nH-1：第7条（2016-01-13，张贴公示）到达其他环节：公示中→待批准"
    )
    assert found.text("en", SMALL, new) == (
        "the same 0, refused 0, another state 1, no such event 0\n"
        "H-1: entry 7 (2016-01-13, post) another state: on notice → to be approved"
    )


def test_another_round_is_another_state() -> None:
    work = small_case(SMALL, "checked")
    work.do("send_back", "county")
    no_round = second({'roles = ["county"]\neffects = [{ do = "new_round" }]': 'roles = ["county"]'})
    (case,) = rehearse(work.entries, SMALL, no_round).cases
    assert (case.difference, case.seq) == (Difference.OTHER_STATE, len(work.entries))


def test_an_event_that_the_new_procedure_does_not_have_is_told_unless_it_is_called_otherwise() -> None:
    renamed = {
        'id = "close"\nlabel': 'id = "end"\nlabel',
        'since = "last.close"': 'since = "last.end"',
        'id = "close"\nevent = "close"': 'id = "close"\nevent = "end"',
    }
    found = small_rehearsal(renamed)
    (case,) = found.cases
    assert (case.difference, case.seq, case.event) == (Difference.UNKNOWN_EVENT, 8, "close")
    text = "the same 0, refused 0, another state 0, no such event 1\nH-1: entry 8 (2016-01-21, close) no such event"
    assert found.text("en", SMALL, second(renamed)) == text
    again = small_rehearsal(renamed, mapping=Images(events={"close": "end"}))
    assert again.counts[Difference.SAME] == 1


def test_states_that_are_called_otherwise_are_no_difference() -> None:
    changes = {
        'id = "checked"\nkind': 'id = "examined"\nkind',
        'states = ["checked"]': 'states = ["examined"]',
        'to = "checked"': 'to = "examined"',
        'from = ["checked"]\nroles = ["panel"': 'from = ["examined"]\nroles = ["panel"',
        'from = ["checked"]\nto = "listed"': 'from = ["examined"]\nto = "listed"',
        'from = ["checked", "listed"]': 'from = ["examined", "listed"]',
    }
    assert small_rehearsal(changes).counts[Difference.OTHER_STATE] == 1
    assert small_rehearsal(changes, mapping=Images(states={"checked": "examined"})).counts[Difference.SAME] == 1


def test_events_are_read_as_the_new_version_of_their_type() -> None:
    four = {
        "version = 3\n": "version = 4\n",
        "{ from = 2, set = { entitled = 30 } },": '{ from = 2, set = { entitled = 30 } },\n  { from = 3, rename = { present = "came" } },',
        '{ id = "present", kind': '{ id = "came", kind',
        "event.present * 3 >=": "event.came * 3 >=",
        'to = "event.present"': 'to = "event.came"',
    }
    assert small_rehearsal(four).counts[Difference.SAME] == 1
    # What is newer than the new version knows cannot be read by it.
    new = second(four)
    work = small_case(new, "surveyed")
    work.do("evaluate", "assembly", {"outcome": "agreed", "came": 20, "entitled": 30})
    (case,) = rehearse(work.entries, new, SMALL).cases
    assert (case.difference, case.seq) == (Difference.REFUSED, 3)
    assert "event_version" in [reason.code for reason in case.reasons]


def test_what_lies_outside_is_taken_from_the_record_and_what_is_not_there_from_the_caller() -> None:
    work = small_case(SMALL, "listed")
    # The assessment that was recorded is used again.
    assert rehearse(work.entries, SMALL, NEW).counts[Difference.SAME] == 1
    # One that nobody asked for then is not known, unless the caller tells it.
    wanted = 'when = "review.joint.complete and facts.decision == \\"agreed\\""'
    asks = second({wanted: 'when = "review.joint.complete and assessment.outcome == \\"eligible\\""'})
    (case,) = rehearse(work.entries, SMALL, asks).cases
    assert (case.difference, case.seq, [each.code for each in case.reasons]) == (Difference.REFUSED, 7, ["guard_open"])
    assert rehearse(work.entries, SMALL, asks, context=work.context).counts[Difference.SAME] == 1
    # That of another policy is no answer either.
    other = second({'policy = "yucheng-2016"': 'policy = "exit-2016"'})
    (case,) = rehearse(work.entries, SMALL, other).cases
    assert (case.difference, [each.code for each in case.reasons]) == (Difference.REFUSED, ["guard_open"])
    told_by_it = told("exit-2016", FIRST, assessment="eligible")
    assert rehearse(work.entries, SMALL, other, context=told_by_it).counts[Difference.SAME] == 1


def test_days_that_were_counted_are_not_counted_again_and_others_are() -> None:
    working = bent({"days = { n = 7 }": 'days = { n = 7, kind = "working" }'})
    calendar = Calendar("test", date(2016, 1, 1), date(2016, 12, 31))
    work = Casework(working, context=Context(calendar))
    for type, by, data in (
        ("apply", "household", {"consent": digest_for("consent")}),
        ("survey", "surveyor", {"at_home": True, "visited_on": FIRST}),
        ("evaluate", "assembly", AGREED),
        ("sign", "surveyor", {}),
        ("sign", "head", {}),
        ("sign", "secretary", {}),
        ("post", "head", {}),
    ):
        work.do(type, by, data)
    work.day = date(2016, 1, 23)
    work.do("close", "head")
    same = attrs.evolve(working, version=2, follows=working.reference)
    # The record suffices.
    assert rehearse(work.entries, working, same).counts[Difference.SAME] == 1
    # Another count is not in the record: the caller's calendar tells it.
    rules = tuple(
        attrs.evolve(each, days=attrs.evolve(each.days, n=8)) if each.id == "village" and each.days else each
        for each in working.notices
    )
    longer = attrs.evolve(same, notices=rules)
    (case,) = rehearse(work.entries, working, longer).cases
    assert (case.difference, [each.code for each in case.reasons]) == (Difference.REFUSED, ["guard_open"])
    (case,) = rehearse(work.entries, working, longer, context=Context(calendar)).cases
    assert (case.difference, [each.code for each in case.reasons]) == (Difference.REFUSED, ["guard"])
    assert case.reasons[0].until == date(2016, 1, 26)
    shorter = attrs.evolve(
        same,
        notices=tuple(
            attrs.evolve(each, days=attrs.evolve(each.days, n=6)) if each.id == "village" and each.days else each
            for each in working.notices
        ),
    )
    assert rehearse(work.entries, working, shorter, context=Context(calendar)).counts[Difference.SAME] == 1


def test_cases_of_other_procedures_are_left_out_and_migrated_ones_followed_until_then() -> None:
    other, moved = small_case(NEW, "applied", id="H-7"), small_case(SMALL, "surveyed", id="H-8")
    brought(moved, NEW)
    moved.do("evaluate", "assembly", AGREED)
    stricter = second({"event.present * 3 >= event.entitled * 2": "event.present * 4 >= event.entitled * 3"})
    found = rehearse(braided([other, moved]), SMALL, stricter)
    assert found.left_out == ("H-7",)
    assert [(each.case, each.difference) for each in found.cases] == [("H-8", Difference.SAME)]
    assert found.text("zh", SMALL, stricter) == "相同1，不予受理0，到达其他环节0，没有这一事项0，依其他规程1"
    assert found.to_plain()["counts"] == {"same": 1, "refused": 0, "other_state": 0, "unknown_event": 0}


def test_a_journal_that_could_not_have_been_is_not_rehearsed() -> None:
    work = small_case(SMALL, "surveyed")
    with pytest.raises(JournalCorruptError) as caught:
        rehearse(work.entries[1:], SMALL, NEW)
    assert str(caught.value) == "case `H-1`, entry 1: does not follow the one before; run `verify` on it"


# -- upcasting -------------------------------------------------------------------------------------------------------

NAMES = st.sampled_from(["a", "b", "c", "d"])
VALUES = st.one_of(st.booleans(), st.integers(-5, 5), st.text("xyz", max_size=2))


@st.composite
def chains(draw: st.DrawFn) -> EventType:
    """Give an event type with a chain of upcasts of any kind."""
    steps = []
    for version in range(1, draw(st.integers(2, 5))):
        renamed = draw(st.dictionaries(NAMES, NAMES, max_size=2))
        values = draw(st.dictionaries(NAMES, VALUES, max_size=2))
        steps.append(
            Upcast(version, tuple(renamed.items()), tuple(values.items()), tuple(draw(st.sets(NAMES, max_size=2))))
        )
    return EventType("e", "", "", version=len(steps) + 1, upcasts=tuple(steps))


@given(chains(), st.dictionaries(NAMES, VALUES), st.data())
def test_reading_step_by_step_is_reading_the_whole_chain(
    kind: EventType, carried: dict[str, Any], data: st.DataObject
) -> None:
    version = data.draw(st.integers(1, kind.version))
    between = data.draw(st.integers(version, kind.version))
    halfway = attrs.evolve(kind, version=between, upcasts=kind.upcasts[: between - 1])
    assert upcast(kind, version, carried) == upcast(kind, between, upcast(halfway, version, carried))
    assert upcast(kind, kind.version, carried) == carried


def test_two_fields_may_change_places_and_what_is_set_is_set() -> None:
    swap = EventType("e", "", "", version=2, upcasts=(Upcast(1, (("a", "b"), ("b", "a")), (("c", 1),), ("d",)),))
    assert upcast(swap, 1, {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}) == {"a": 2, "b": 1, "c": 1, "e": 5}
    assert upcast(swap, 1, {"a": 1}) == {"b": 1, "c": 1}


def test_what_came_out_of_the_reader_fits_the_fields_of_today() -> None:
    kind = SMALL.event["evaluate"]
    old: dict[str, Any] = {"votes": 20, "remark": "x", "outcome": "agreed"}
    assert upcast(kind, 1, old) == {"present": 20, "entitled": 30, "outcome": "agreed"}


@pytest.mark.parametrize("version", [0, 4, -1])
def test_a_version_that_never_was_is_an_error(version: int) -> None:
    with pytest.raises(WorkflowError) as caught:
        upcast(SMALL.event["evaluate"], version, {})
    assert str(caught.value) == (
        f"event `evaluate`: is read from version 1 to 3, not from {version}; bring the procedure it was written under"
    )


# -- comparing -------------------------------------------------------------------------------------------------------

SENT_BACK = 'id = "send_back"\nlabel = { zh = "退回", en = "send back" }'

CHANGES: dict[str, tuple[dict[str, str], list[tuple[str, str, str, list[str]]], bool]] = {
    "nothing": ({}, [], False),
    "a label": (
        {'label = { zh = "公示中", en = "on notice" }': 'label = { zh = "正在公示", en = "on notice" }'},
        [("states", "on_notice", "changed", ["label"])],
        False,
    ),
    "a title": ({'title = { zh = "小程序"': 'title = { zh = "新程序"'}, [("head", "", "changed", ["title"])], False),
    "a code in words": (
        {'{ id = "agreed", zh = "同意"': '{ id = "agreed", zh = "赞成"'},
        [("lists", "decision", "changed", ["codes.agreed.zh"])],
        False,
    ),
    "a source in words": (
        {'title_en = "order of a county (invented)"': 'title_en = "an order"'},
        [("sources", "order", "changed", ["title_en"])],
        False,
    ),
    "how firm a source is": (
        {
            'address = "https://example.org/order"\nstanding = "stated"': 'address = "https://example.org/order"\nstanding = "local"'
        },
        [("sources", "order", "changed", ["standing"])],
        True,
    ),
    "a guard": (
        {"event.present * 3 >= event.entitled * 2": "event.present * 4 >= event.entitled * 3"},
        [("moves", "evaluate_agreed", "changed", ["when"])],
        True,
    ),
    "days of a notice": ({"days = { n = 7 }": "days = { n = 9 }"}, [("notices", "village", "changed", ["days"])], True),
    "a slot": (
        {'{ id = "head", role = "head", waivable = true }': '{ id = "head", role = "head" }'},
        [("reviews", "joint", "changed", ["slots.head.waivable"])],
        True,
    ),
    "one more slot": (
        {
            '{ id = "secretary", role = "secretary" },': '{ id = "secretary", role = "secretary" },\n  { id = "officer", role = "township" },'
        },
        [("reviews", "joint", "changed", ["slots.officer"])],
        True,
    ),
    "one state more": (
        {
            '[[states]]\nid = "withdrawn"': '[[states]]\nid = "asleep"\nkind = "open"\nlabel = { zh = "搁置", en = "asleep" }\n\n[[states]]\nid = "withdrawn"'
        },
        [("states", "asleep", "added", [])],
        True,
    ),
    "an order": (
        {
            '[[evidence]]\nid = "minutes"\nlabel = { zh = "会议记录", en = "minutes" }\n\n[[evidence]]\nid = "photograph"\nlabel = { zh = "照片", en = "photograph" }': '[[evidence]]\nid = "photograph"\nlabel = { zh = "照片", en = "photograph" }\n\n[[evidence]]\nid = "minutes"\nlabel = { zh = "会议记录", en = "minutes" }'
        },
        [("evidence", "", "reordered", [])],
        True,
    ),
    "the head": (
        {
            'policy = "yucheng-2016"': 'policy = "exit-2016"',
            '[["supervisor", "township"]]': '[["supervisor", "panel"]]',
        },
        [("head", "", "changed", ["incompatible", "policy"])],
        True,
    ),
    "a version": (
        {HEAD: f'version = 2\nfollows = "{SMALL.reference}"\nfrom = 2016-01-06'},
        [("head", "", "changed", ["follows", "version"])],
        False,
    ),
    "who may bring cases over": (
        {HEAD: 'migrators = ["county"]\n' + HEAD},
        [("head", "", "changed", ["migrators"])],
        True,
    ),
}


def same_but_for_its_name(procedure: Procedure) -> str:
    """Give the digest of a procedure without what only names it."""
    return digest_of({**procedure.to_plain(), "id": "", "version": 0, "follows": ""})


@pytest.mark.parametrize("name", CHANGES)
def test_what_differs_is_told_part_by_part_and_whether_it_can_matter_as_the_digest_tells_it(name: str) -> None:
    changes, wanted, counts = CHANGES[name]
    new = bent(changes)
    found = compare_procedures(SMALL, new)
    told_of = [
        (each.array, each.id, each.kind.value, sorted(field.name for field in each.fields)) for each in found.changes
    ]
    assert told_of == wanted
    assert found.can_change_outcomes is counts
    assert (same_but_for_its_name(SMALL) != same_but_for_its_name(new)) is counts
    assert found.follows is (new.follows == SMALL.reference)
    # The other way round, what was added was removed.
    back = compare_procedures(new, SMALL)
    turned = {"added": "removed", "removed": "added"}
    assert [(each.array, each.id, turned.get(each.kind.value, each.kind.value)) for each in back.changes] == [
        (array, part, kind) for array, part, kind, _ in wanted
    ]
    assert back.can_change_outcomes is counts


@pytest.mark.parametrize("name", sorted(each for each in installed_procedures() if ":" in each))
def test_nothing_differs_between_a_procedure_and_itself(name: str) -> None:
    procedure = load_procedure(name)
    found = compare_procedures(procedure, read_procedure(procedure.to_plain(), checked=False))
    assert found.changes == ()
    assert (found.text("zh"), found.text("en")) == ("没有差别", "no difference")


@pytest.mark.parametrize("names", [("national-2014", "two-two-one-one-2018"), ("yucheng-2016", "exit-2016")])
def test_two_procedures_that_have_little_in_common_are_compared_in_full(names: tuple[str, str]) -> None:
    old, new = (load_procedure(name) for name in names)
    found = compare_procedures(old, new)
    assert found.can_change_outcomes
    for array in ("states", "moves", "roles"):
        one, other = ({each["id"]: each for each in it.to_plain()[array]} for it in (old, new))
        told_of = {(each.id, each.kind) for each in found.changes if each.array == array and each.id}
        assert told_of == {
            *((name, ChangeKind.REMOVED) for name in one.keys() - other.keys()),
            *((name, ChangeKind.ADDED) for name in other.keys() - one.keys()),
            *((name, ChangeKind.CHANGED) for name in one.keys() & other.keys() if one[name] != other[name]),
        }
    for language in ("zh", "en"):
        assert "None" not in found.text(language)
        assert "{'" not in found.text(language)


def test_a_difference_is_said_in_the_words_of_both_procedures() -> None:
    new = second(
        {
            "event.present * 3 >= event.entitled * 2": "event.present * 4 >= event.entitled * 3",
            "days = { n = 7 }": "days = { n = 9 }",
            '{ id = "head", role = "head", waivable = true }': '{ id = "head", role = "head" }',
            'then = "remind"': 'then = "escalate"\nrole = "county"',
            '  { do = "set", fact = "votes", to = "event.present" },\n': "",
            'label = { zh = "公示中", en = "on notice" }': 'label = { zh = "正在公示", en = "up" }',
            'roles = ["panel", "county"]': 'roles = ["panel"]',
            "need = 2\n": "",
        }
    )
    found = compare_procedures(SMALL, new)
    assert (
        found.text("zh")
        == f"""\
受理结果可能不同
修改：规程
  版本：1 → 2
  替换：（无） → {SMALL.reference}
  可迁移案件者：（无） → 县扶贫办
修改：环节“正在公示”（on_notice）（仅文字）
  名称：公示中 → 正在公示
修改：签字“三方签字”（joint）
  签字处 · head · 可免签：是 → 否
修改：签字“县级审核”（county）
  所需签字数：2 → 全部
修改：公示公告“村内公示”（village）
  天数：7日 → 9日
修改：期限“批准期限”（approval_due）
  逾期后：提醒 → 上报
  角色：（无） → 县扶贫办
修改：办理（evaluate_agreed）
  条件：结果等于「同意」 且 （到会 × 3）不低于（应到 × 2） 且 已入户 → 结果等于「同意」 且 （到会 × 4）不低于（应到 × 3） 且 已入户
  作用：记下“评议结果”为结果、记下“到会人数”为到会 → 记下“评议结果”为结果
修改：办理（check）
  办理人：县审核组成员、县扶贫办 → 县审核组成员"""
    )
    assert (
        found.text("en").splitlines()[-1]
        == "  who: member of the county panel, county office → member of the county panel"
    )
    plain = found.to_plain()
    assert plain["can_change_outcomes"] is True
    assert plain["follows"] is True
    fields = [field for change in plain["changes"] for field in change["fields"]]
    assert {"name": "slots.head.waivable", "old": True, "new": None} in fields


def test_wording_alone_is_said_to_be_wording_alone() -> None:
    new = bent({'label = { zh = "公示中", en = "on notice" }': 'label = { zh = "公示中", en = "up" }'})
    assert compare_procedures(SMALL, new).text("en") == (
        "only wording differs: the same is accepted\nchanged: state “up” (on_notice) (wording only)\n  label: on notice → up"
    )
