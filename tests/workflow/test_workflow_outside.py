"""What lies outside: holidays and assessments are asked for, recorded, and never revealed."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs
import pytest
from casework import DAY, FIRST, SALT, Casework, bent, held, household, small_case, told

from fupin_rules.errors import WorkflowError
from fupin_rules.journal import FindingKind, canonical, salted_digest
from fupin_rules.model import Household, to_plain
from fupin_rules.policy import load_policy
from fupin_rules.workflow import Accepted, Calendar, Context, Dossier, Refused, Verdict, options, replay, verify
from fupin_rules.workflow.case._outside import ASSESSMENT, EXIT, Asked, Recorded
from fupin_rules.workflow.procedure._days import DayCount

SMALL = bent()
LEAVING = bent(
    {'when = "assessment.outcome == \\"eligible\\" and review.county.complete"': 'when = "exit.outcome == \\"met\\""'}
)


def approve(context: Context, *, procedure: Any = SMALL, on: date | None = None) -> tuple[Casework, Any]:
    """Take a case to its approval, with what is held outside."""
    work = small_case(procedure, "reviewed")
    work.day = on or work.day
    return work, work.give(work.event("approve", "county"), context=context)


# -- assessments -----------------------------------------------------------------------------------------------------


def test_an_assessment_is_made_on_the_day_of_the_event_and_recorded_with_a_salted_digest_of_the_facts() -> None:
    home = household("poor-family")
    work, accepted = approve(held(home))
    assert isinstance(accepted, Accepted)
    rules = load_policy("yucheng-2016").on(work.day)
    assert accepted.entry["outside"] == {
        "assessment": {
            "policy": "yucheng-2016",
            "fingerprint": rules.fingerprint,
            "on": "2016-01-21",
            "outcome": "eligible",
            "facts": salted_digest(to_plain(home), SALT),
        }
    }
    other = approve(held(home, salt=SALT[::-1]))[1]
    assert other.entry["outside"]["assessment"]["facts"] != accepted.entry["outside"]["assessment"]["facts"]


@pytest.mark.parametrize(
    ("name", "outcome", "leaves"),
    [
        ("poor-family", "eligible", "not_met"),
        ("ready-to-leave", "ineligible", "met"),
        ("nothing-known", "undetermined", "undetermined"),
    ],
)
def test_nobody_is_listed_against_the_rules_nor_leaves_with_a_guarantee_open(
    name: str, outcome: str, leaves: str
) -> None:
    home = household(name)
    listed = approve(held(home))[1]
    assert isinstance(listed, Accepted) is (outcome == "eligible")
    left = approve(held(home), procedure=LEAVING)[1]
    assert isinstance(left, Accepted) is (leaves == "met")
    for result, found in ((listed, f"assessment.outcome = {outcome}"), (left, f"exit.outcome = {leaves}")):
        if isinstance(result, Refused):
            assert [reason.found for reason in result.reasons] == [found]
            assert result.reasons[0].because
            assert all("." in each or each.isidentifier() for each in result.reasons[0].because)


def test_a_refusal_names_the_rules_that_failed_and_the_facts_that_are_missing() -> None:
    refused = approve(held(household("line-one-fen-above")))[1]
    assert isinstance(refused, Refused)
    assert refused.reasons[0].because == ("income",) or "income" in refused.reasons[0].because[0]
    assert ", ".join(refused.reasons[0].because) in refused.explain("en")
    open_case = approve(held(household("income-unknown")))[1]
    assert isinstance(open_case, Refused)
    assert all(each.startswith("income.") for each in open_case.reasons[0].because)


def test_what_was_told_is_taken_where_it_fits_policy_day_and_kind() -> None:
    fits = Verdict("yucheng-2016", "ab12", FIRST, "eligible")
    assert isinstance(approve(told("yucheng-2016", FIRST, assessment="eligible"))[1], Accepted)
    for verdict in (
        attrs.evolve(fits, policy="shandong-2014"),
        attrs.evolve(fits, on=FIRST + 60 * DAY),
        attrs.evolve(fits, outcome="met"),
    ):
        refused = approve(Context(dossiers={"H-1": Dossier(assessment=verdict)}))[1]
        assert isinstance(refused, Refused)
        assert [(each.code, each.found) for each in refused.reasons] == [("guard_open", "")]
    # What was told goes before what is held.
    accepted = approve(Context(dossiers={"H-1": Dossier(household("nothing-known"), SALT, fits)}))[1]
    assert accepted.entry["outside"]["assessment"]["fingerprint"] == "ab12"
    assert accepted.entry["outside"]["assessment"]["facts"] == ""


def test_nothing_held_is_not_known_and_that_is_recorded() -> None:
    procedure = bent(
        {
            'when = "assessment.outcome == \\"eligible\\" and review.county.complete"': 'when = "not is_known(assessment.outcome)"'
        }
    )
    for context in (
        Context(),
        Context(dossiers={"H-1": Dossier()}),
        Context(dossiers={"H-2": Dossier(household("poor-family"), SALT)}, policy=load_policy("yucheng-2016")),
    ):
        work, accepted = approve(context, procedure=procedure)
        assert isinstance(accepted, Accepted)
        assert accepted.entry["outside"] == {"assessment": None}
        assert replay(procedure, work.entries) == {"H-1": work.now}


@pytest.mark.parametrize(
    ("context", "message"),
    [
        (Context(dossiers={"H-1": Dossier(Household(id="H-1"), SALT)}), "context.policy: the procedure asks for an assessment under `yucheng-2016`; give `load_policy('yucheng-2016')`"),
        (Context(dossiers={"H-1": Dossier(Household(id="H-1"), SALT)}, policy=load_policy("shandong-2014")), "context.policy: the procedure asks for an assessment under `yucheng-2016`; give `load_policy('yucheng-2016')`"),
        (held(Household(id="H-1"), salt="abc"), "a salt that is not hexadecimal or too short; give 16 random bytes or more"),
    ],
)  # fmt: skip
def test_a_policy_or_salt_that_was_forgotten_is_the_callers_mistake(context: Context, message: str) -> None:
    with pytest.raises(WorkflowError) as error:
        approve(context)
    assert str(error.value) == message


def test_on_a_day_without_rules_nobody_can_say_and_what_does_not_ask_goes_on() -> None:
    work = small_case(SMALL, "reviewed")
    work.day, work.context = date(2017, 3, 1), held(household("poor-family"))
    refused = work.refused("approve", "county")
    assert [(each.code, each.wanted) for each in refused.reasons] == [
        ("guard_open", 'assessment.outcome == "eligible"')
    ]
    assert {each.move.id for each in options(SMALL, work.now, work.actor("county"), work.day, context=work.context)}
    work.do("send_back", "county")


def test_a_guard_that_does_not_ask_assesses_nobody() -> None:
    work = small_case(SMALL, "checked")
    work.context = Context(dossiers={"H-1": Dossier(Household(id="H-1"), "no salt")})
    accepted = work.do("sign", "panel")
    assert "outside" not in accepted.entry


# -- nothing is revealed ---------------------------------------------------------------------------------------------

NUMBER, NAME, TELEPHONE = "99010119900101129X", "欧阳小丫", "13899990000"


def test_no_number_or_name_or_fact_of_a_household_is_in_entries_cases_words_or_representations() -> None:
    home = household("poor-family")
    member = attrs.evolve(home.members[0], name=NAME, id_no=NUMBER, phone=TELEPHONE)
    home = attrs.evolve(home, members=(member, *home.members[1:]))
    context = held(home)
    work, accepted = approve(context)
    assert isinstance(accepted, Accepted)
    refused = approve(held(attrs.evolve(household("nothing-known"), members=(member,))))[1]
    assert isinstance(refused, Refused)
    said = [
        repr(context), repr(context.dossiers["H-1"]), repr(accepted), repr(work.now), repr(refused),
        refused.explain("zh"), refused.explain("en"), str(refused.to_plain()), repr(refused.reasons),
        *(canonical(entry).decode() for entry in work.entries),
        repr(options(SMALL, work.now, work.actor("county"), work.day, context=context)),
        repr(verify(SMALL, work.entries, context=context)),
    ]  # fmt: skip
    for secret in (NUMBER, NUMBER[:14], NAME, TELEPHONE, SALT, "5000", "1970"):
        assert not any(secret in each for each in said), secret


def test_a_text_with_a_number_of_a_person_is_refused_and_its_salted_digest_is_taken() -> None:
    work = small_case(SMALL, "on_notice")
    for number in (NUMBER, NUMBER.lower(), TELEPHONE, "6222020200112233445"):
        refused = work.refused("object", "household", {"ground": f"他的号码是{number}"})
        assert [each.code for each in refused.reasons] == ["field_personal"]
        assert number not in refused.explain() + repr(refused)
    work.do("object", "household", {"ground": salted_digest(NUMBER, SALT)[:20]})


# -- holidays --------------------------------------------------------------------------------------------------------

WORKING = bent({"days = { n = 7 }": 'days = { n = 5, kind = "working" }'})
SHORT = Calendar("short", date(2016, 1, 1), date(2016, 1, 18))
LONG = Calendar("long", date(2016, 1, 1), date(2016, 12, 31), holidays={date(2016, 1, 19)})


def test_a_notice_beyond_the_last_day_of_the_calendar_becomes_known_with_a_newer_one_and_replays_from_the_record() -> (
    None
):
    work = small_case(WORKING, "signed")
    work.context = attrs.evolve(work.context, calendar=SHORT)
    posted = work.do("post", "head")
    assert work.now.notices["village"].until is None
    assert posted.entry["outside"] == {
        "days": {"notice.village.2016-01-13": None},
        "calendar": {"id": "short", "digest": SHORT.digest},
    }
    work.day += 30 * DAY
    refused = work.refused("close", "head")
    assert [each.code for each in refused.reasons] == ["guard_open"]
    assert refused.reasons[0].en == (
        "must hold: the time of “village notice” is over; not known: the time of “village notice” is over "
        "(the holidays of 2016 are not known)"
    )
    work.context = attrs.evolve(work.context, calendar=LONG)
    work.day = date(2016, 1, 21)
    # 14, 15, 18, 20, 21 January: the 16th and 17th are a weekend, the 19th a holiday.
    early = work.refused("close", "head")
    assert [each.until for each in early.reasons] == [date(2016, 1, 22)]
    work.day = date(2016, 1, 22)
    closed = work.do("close", "head")
    assert closed.entry["outside"] == {
        "days": {"notice.village.2016-01-13": "2016-01-21"},
        "calendar": {"id": "long", "digest": LONG.digest},
    }
    assert replay(WORKING, work.entries) == {"H-1": work.now}
    assert verify(WORKING, work.entries).is_clean
    assert verify(WORKING, work.entries, context=Context(calendar=LONG)).is_clean
    assert verify(WORKING, work.entries, context=Context(calendar=SHORT)).is_clean


def test_a_deadline_that_a_step_asks_for_before_and_after_its_move_is_recorded_twice() -> None:
    procedure = bent(
        {
            'since = "facts.applied_on"': 'since = "last.survey"',
            'when = "event.at_home and event.visited_on <= today"': 'when = "overdue.survey_due or not is_known(last.survey)"',
        }
    )
    work = small_case(procedure, "applied")
    work.context = Context(calendar=LONG)
    seen = {"at_home": True}
    work.do("survey", "surveyor", seen)
    work.refused("survey", "surveyor", seen)
    work.day += 16 * DAY
    again = work.do("survey", "surveyor", seen)
    assert again.entry["outside"]["days"] == {
        "due.survey_due.2016-01-13": "2016-01-28",
        "due.survey_due.2016-01-29": "2016-02-12",
    }
    assert again.entry["due"] == {"survey_due": "2016-02-12"}
    assert replay(procedure, work.entries) == {"H-1": work.now}


def test_days_that_were_recorded_are_counted_again_where_the_calendar_is_at_hand() -> None:
    work = small_case(WORKING, "signed")
    work.context = attrs.evolve(work.context, calendar=LONG)
    posted = dict(work.do("post", "head").entry)
    outside = posted["outside"]
    forged = {**posted, "outside": {**outside, "days": {"notice.village.2016-01-13": "2016-01-20"}}}
    journal = [*work.entries[:-1], forged]
    assert verify(WORKING, journal).is_clean
    found = verify(WORKING, journal, context=Context(calendar=LONG)).findings
    assert [(each.kind, each.position, each.what_en, each.what_zh) for each in found] == [
        (
            FindingKind.DISPROVED,
            6,
            "days come out otherwise when they are counted again: notice.village.2016-01-13",
            "重新计算的期限与记录不符：notice.village.2016-01-13",
        )
    ]
    # Five working days are five days at least: that needs no calendar.
    early = {**posted, "outside": {**outside, "days": {"notice.village.2016-01-13": "2016-01-17"}}}
    found = verify(WORKING, [*work.entries[:-1], early]).findings
    assert [(each.kind, each.what_en) for each in found] == [
        (
            FindingKind.INADMISSIBLE,
            "is no entry: `notice.village.2016-01-13` ends before so many days are over",
        )
    ]


def test_what_an_entry_did_not_record_is_not_known_to_replay() -> None:
    count = DayCount(5, "working")
    empty = Recorded({})
    assert sorted(empty.last_day("notice.x", FIRST, count).missing) == ["calendar.2016"]  # type: ignore[union-attr]
    assert empty.last_day("notice.x", FIRST, DayCount(5)) == FIRST + 5 * DAY
    assert sorted(empty.verdict(ASSESSMENT).missing) == [ASSESSMENT]  # type: ignore[union-attr]
    assert empty.record() == {"days": {"notice.x.2016-01-13": None}, "assessment": None}
    assert Asked(Context(), "", "H-1", FIRST).record() == {}
    asked = Asked(Context(), "yucheng-2016", "H-1", FIRST)
    assert asked.verdict(EXIT) is asked.verdict(EXIT)
    assert asked.record() == {"exit": None}


# -- made again ------------------------------------------------------------------------------------------------------


def test_an_assessment_is_taken_as_recorded_until_household_and_policy_are_brought() -> None:
    home = household("poor-family")
    work, _ = approve(held(home))
    alone = verify(SMALL, work.entries)
    assert (alone.is_clean, alone.as_recorded, alone.assessed_again) == (True, 1, 0)
    again = verify(SMALL, work.entries, context=held(home))
    assert (again.is_clean, again.as_recorded, again.assessed_again) == (True, 0, 1)
    for context in (
        held(home, id="H-2"),
        Context(dossiers=held(home).dossiers),
        attrs.evolve(held(home), policy=load_policy("shandong-2014")),
    ):
        assert (verify(SMALL, work.entries, context=context).as_recorded) == 1


def test_an_assessment_that_comes_out_otherwise_is_told() -> None:
    work, accepted = approve(held(household("poor-family")))
    # A household that has changed since tells nothing of what was assessed then.
    other = verify(SMALL, work.entries, context=held(household("ready-to-leave")))
    assert (other.is_clean, other.as_recorded, other.other_facts) == (True, 1, 1)
    # What was told elsewhere has no facts to compare, and is held against the household, not against itself.
    work, accepted = approve(told("yucheng-2016", FIRST, assessment="eligible"))
    assert isinstance(accepted, Accepted)
    assert verify(SMALL, work.entries, context=held(household("poor-family"))).is_clean
    liar = Dossier(household("ready-to-leave"), SALT, Verdict("yucheng-2016", "", FIRST, "eligible"))
    context = Context(policy=load_policy("yucheng-2016"), dossiers={"H-1": liar})
    found = verify(SMALL, work.entries, context=context).findings
    assert [(each.kind, each.position, each.seq, each.what_en, each.what_zh) for each in found] == [
        (
            FindingKind.DISPROVED,
            10,
            11,
            "the assessment comes out otherwise when it is made again: outcome",
            "重新评估的结果与记录不符：outcome",
        )
    ]
