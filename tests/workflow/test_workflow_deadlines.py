"""Deadlines: what is due when, overdue since when, counted by which rule, in words a person can check."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from casework import DAY, FIRST, Casework, bent, small_case
from hypothesis import given
from hypothesis import strategies as st

from fupin_rules.truth import Unknown
from fupin_rules.workflow import Accepted, Calendar, Context, Running, deadlines

SMALL = bent()
YEAR = Calendar("test", date(2016, 1, 1), date(2016, 12, 31), holidays={date(2016, 1, 18)})


def running(work: Casework, day: date, context: Context | None = None) -> Running:
    (found,) = deadlines(SMALL, work.now, day, context=context or Context())
    return found


@pytest.mark.parametrize(
    ("days", "left", "is_overdue", "zh", "en"),
    [
        (0, 30, False, "公示期限（30日）：2016-02-12到期，还有30天", "notice due (30 days): due 2016-02-12, 30 days left"),
        (29, 1, False, "公示期限（30日）：2016-02-12到期，还有1天", "notice due (30 days): due 2016-02-12, 1 day left"),
        (30, 0, False, "公示期限（30日）：2016-02-12到期，还有0天", "notice due (30 days): due 2016-02-12, 0 days left"),
        (31, -1, True, "公示期限（30日）：2016-02-12到期，已逾期1天", "notice due (30 days): was due 2016-02-12, overdue by 1 day"),
        (33, -3, True, "公示期限（30日）：2016-02-12到期，已逾期3天", "notice due (30 days): was due 2016-02-12, overdue by 3 days"),
    ],
)  # fmt: skip
def test_a_deadline_says_when_it_is_due_and_how_long_it_is_overdue(
    days: int, left: int, is_overdue: bool, zh: str, en: str
) -> None:
    found = running(small_case(SMALL, "on_notice"), FIRST + days * DAY)
    assert (found.deadline.id, found.since, found.until) == ("notice_due", FIRST, date(2016, 2, 12))
    assert (found.days_left, found.is_overdue) == (left, is_overdue)
    assert (found.text("zh"), found.text("en")) == (zh, en)
    assert found.to_plain() == {
        "deadline": "notice_due",
        "since": "2016-01-13",
        "until": "2016-02-12",
        "days_left": left,
        "then": "may",
    }


def test_working_days_are_not_known_without_a_calendar_and_counted_one_by_one_with_it() -> None:
    work = small_case(SMALL, "applied")
    unknown = running(work, FIRST)
    assert isinstance(unknown.until, Unknown)
    assert isinstance(unknown.is_overdue, Unknown)
    assert isinstance(unknown.count, Unknown)
    assert unknown.days_left is None
    assert unknown.text("zh") == "调查期限（10个工作日）：期限尚不能确定，缺2016年放假安排"
    assert unknown.text("en") == "survey due (10 working days): the holidays of 2016 are not known"
    known = running(work, FIRST, Context(calendar=YEAR))
    assert known.until == date(2016, 1, 28)
    assert isinstance(known.count, tuple)
    assert [each.number for each in known.count] == [
        None, 1, 2, None, None, None, 3, 4, 5, 6, None, None, 7, 8, 9, 10,
    ]  # fmt: skip
    assert known.count[5].en == "no working day"


def test_a_deadline_that_counts_from_what_has_not_happened_is_not_known() -> None:
    procedure = bent(
        {'since = "last.close"': 'since = "last.post"', 'states = ["on_notice"]': 'states = ["evaluated"]'}
    )
    assert deadlines(procedure, small_case(procedure, "evaluated").now, FIRST)[0].deadline.id == "notice_due"
    later = bent({'states = ["checked"]': 'states = ["evaluated"]'})
    (found,) = deadlines(later, small_case(later, "evaluated").now, FIRST)
    assert isinstance(found.since, Unknown)
    assert found.to_plain()["until"] is None
    assert found.text("en") == "approval due (15 days): it does not count yet"


def test_what_is_due_first_comes_first_and_what_is_not_known_last() -> None:
    everywhere = {
        'states = ["applied"]': 'states = ["checked"]',
        'states = ["on_notice"]': 'states = ["checked"]',
    }
    procedure = bent(everywhere)
    work = small_case(procedure, "checked")
    assert [each.deadline.id for each in deadlines(procedure, work.now, work.day)] == [
        "approval_due",
        "notice_due",
        "survey_due",
    ]
    with_calendar = deadlines(procedure, work.now, work.day, context=Context(calendar=YEAR))
    assert [each.deadline.id for each in with_calendar] == ["survey_due", "approval_due", "notice_due"]


def test_an_accepted_event_tells_the_deadlines_that_run_from_then_on() -> None:
    work = small_case(SMALL, "signed")
    posted = work.do("post", "head")
    assert [(each.deadline.id, each.until) for each in posted.due] == [("notice_due", date(2016, 2, 12))]
    assert posted.entry["due"] == {"notice_due": "2016-02-12"}
    assert deadlines(SMALL, posted, FIRST) == deadlines(SMALL, posted.case, FIRST)
    assert small_case(SMALL, "evaluated").entries[-1].get("due") is None


@given(st.integers(0, 60), st.sampled_from([None, 0, 23]))
def test_a_way_opens_on_the_day_after_the_last_and_not_before(days: int, hour: int | None) -> None:
    work = small_case(SMALL, "on_notice")
    day = FIRST + days * DAY
    at = day if hour is None else datetime(day.year, day.month, day.day, hour)  # noqa: DTZ001
    found = running(work, at)
    assert found.is_overdue is (days > 30)
    result = work.give(work.event("withdraw", "household"), on=at)
    assert isinstance(result, Accepted) is found.is_overdue


def test_a_deadline_begins_anew_when_its_state_is_entered_again() -> None:
    work = small_case(SMALL, "checked")
    work.day += DAY
    work.do("send_back", "county")
    (found,) = deadlines(SMALL, work.now, work.day, context=Context(calendar=YEAR))
    # The fact it counts from was kept: the time of the survey does not begin again.
    assert (found.deadline.id, found.since) == ("survey_due", FIRST)
    procedure = bent({'since = "facts.applied_on"\n': ""})
    work = small_case(procedure, "checked")
    work.day += DAY
    work.do("send_back", "county")
    (found,) = deadlines(procedure, work.now, work.day, context=Context(calendar=YEAR))
    assert found.since == work.day
