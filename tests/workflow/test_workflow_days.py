"""Counting days: against a naive count, against the calendar of mainland China, and never past what is known."""

import itertools
import sys
from datetime import date, timedelta

import chinese_calendar as published
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from fupin_rules.errors import MissingExtraError, WorkflowError
from fupin_rules.truth import Unknown
from fupin_rules.workflow import Calendar, CountedDay, DayCount, DayKind, chinese_calendar, day_by_day, last_day

DAY = timedelta(days=1)
FIRST, LAST = date(2016, 1, 1), date(2016, 12, 31)
CHINA = chinese_calendar()


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Calendars of 2016; examples shrink to one without holidays or make-up days."""
    days = st.dates(FIRST, LAST)
    holidays = draw(st.frozensets(days, max_size=40))
    workdays = draw(st.frozensets(days.filter(lambda day: day.weekday() >= 5), max_size=10))
    return Calendar("2016", FIRST, LAST, holidays, workdays - holidays)


@st.composite
def counts(draw: st.DrawFn, *, most: int = 30) -> DayCount:
    """Counts of all sorts; examples shrink to no days."""
    count_start = draw(st.booleans())
    n = draw(st.integers(int(count_start), most))
    return DayCount(n, draw(st.sampled_from(DayKind)), count_start, draw(st.booleans()))


STARTS = st.dates(FIRST, date(2016, 6, 30))


def works(day: date, calendar: Calendar) -> bool:
    return day in calendar.workdays or (day.weekday() < 5 and day not in calendar.holidays)


def naive(start: date, count: DayCount, calendar: Calendar) -> date:
    """Go on day by day until enough of them count."""
    day, left = (start, count.n) if count.count_start else (start + DAY, count.n)
    last = start
    while left:
        if count.kind is DayKind.CALENDAR or works(day, calendar):
            left -= 1
        last, day = day, day + DAY
    while count.roll_end and not works(last, calendar):
        last += DAY
    return last


# -- laws ------------------------------------------------------------------------------------------------------------


@given(STARTS, counts(), calendars())
def test_the_last_day_is_that_of_a_naive_count(start: date, count: DayCount, calendar: Calendar) -> None:
    assert last_day(start, count, calendar) == naive(start, count, calendar)


@given(STARTS, counts(), calendars())
def test_counting_aloud_ends_on_the_last_day(start: date, count: DayCount, calendar: Calendar) -> None:
    told = day_by_day(start, count, calendar)
    assert not isinstance(told, Unknown)
    assert told[-1].day == last_day(start, count, calendar)
    assert [each.day for each in told] == [start + DAY * n for n in range(len(told))]
    assert [each.number for each in told if each.number is not None] == list(range(1, count.n + 1))


@given(STARTS, counts(), calendars())
def test_only_working_days_count_where_they_are_asked_for(start: date, count: DayCount, calendar: Calendar) -> None:
    told = day_by_day(start, count, calendar)
    assert not isinstance(told, Unknown)
    if count.kind is DayKind.WORKING:
        assert all(works(each.day, calendar) for each in told if each.number is not None)
    if count.roll_end:
        assert works(told[-1].day, calendar)


@given(STARTS, counts(), calendars())
def test_counting_the_first_day_of_calendar_days_ends_one_day_earlier(
    start: date, count: DayCount, calendar: Calendar
) -> None:
    n = max(count.n, 1)
    later = last_day(start, DayCount(n), calendar)
    assert later == start + DAY * n
    assert last_day(start, DayCount(n, count_start=True), calendar) == start + DAY * (n - 1)


@given(STARTS, counts(), counts(), calendars())
def test_more_days_never_end_earlier(start: date, one: DayCount, other: DayCount, calendar: Calendar) -> None:
    fewer, more = sorted((one.n, other.n))
    few = DayCount(fewer, one.kind, one.count_start and fewer > 0, one.roll_end)
    many = DayCount(more, one.kind, one.count_start and fewer > 0, one.roll_end)
    first, second = last_day(start, few, calendar), last_day(start, many, calendar)
    assert not isinstance(first, Unknown)
    assert not isinstance(second, Unknown)
    assert first <= second


@given(STARTS, counts())
def test_without_a_calendar_a_count_that_needs_one_is_unknown(start: date, count: DayCount) -> None:
    found, told = last_day(start, count), day_by_day(start, count)
    if count.roll_end or (count.kind is DayKind.WORKING and count.n):
        assert isinstance(found, Unknown)
        assert isinstance(told, Unknown)
        assert found.missing == told.missing
        assert all(name.startswith("calendar.2016") for name in found.missing)
    else:
        assert found == start + DAY * (count.n - count.count_start)


@given(st.dates(FIRST, LAST), counts(), calendars())
@example(LAST, DayCount(1, DayKind.WORKING), Calendar("2016", FIRST, LAST))
def test_beyond_the_calendar_a_count_is_unknown_and_never_guessed(
    start: date, count: DayCount, calendar: Calendar
) -> None:
    found = last_day(start, count, calendar)
    if isinstance(found, Unknown):
        assert found.missing == {"calendar.2017"}
        assert naive(start, count, calendar) > LAST
    else:
        assert found == naive(start, count, calendar)


# -- the calendar of mainland China ----------------------------------------------------------------------------------


def test_every_published_day_is_told_as_published() -> None:
    days = [CHINA.first + DAY * n for n in range((CHINA.last - CHINA.first).days + 1)]
    assert len(days) > 20 * 365
    assert [day for day in days if CHINA.is_working(day) is not published.is_workday(day)] == []


def test_beyond_what_is_published_nothing_is_told() -> None:
    for day in (CHINA.first - DAY, CHINA.last + DAY):
        assert CHINA.is_working(day) == Unknown({f"calendar.{day.year}"})


@given(st.dates(date(2015, 1, 1), date(2017, 12, 1)), st.integers(1, 15))
def test_working_days_of_china_are_those_published(start: date, n: int) -> None:
    end = last_day(start, DayCount(n, DayKind.WORKING), CHINA)
    assert not isinstance(end, Unknown)
    assert sum(published.is_workday(start + DAY * k) for k in range(1, (end - start).days + 1)) == n
    assert published.is_workday(end)


def test_five_working_days_over_the_spring_festival_of_2016() -> None:
    # 7 to 13 February were days off, and the weekends of 6 and 14 February were worked.
    told = day_by_day(date(2016, 2, 4), DayCount(5, DayKind.WORKING), CHINA)
    assert not isinstance(told, Unknown)
    assert [each.day.day for each in told if each.number] == [5, 6, 14, 15, 16]
    assert told[0] == CountedDay(date(2016, 2, 4), None, "起算之日不计", "the day it starts on does not count")
    assert told[3] == CountedDay(date(2016, 2, 7), None, "非工作日", "no working day")
    assert told[-1] == CountedDay(date(2016, 2, 16), 5, "第5日", "day 5")


def test_a_last_day_in_the_golden_week_rolls_to_the_day_after() -> None:
    told = day_by_day(date(2016, 9, 28), DayCount(4, roll_end=True), CHINA)
    assert not isinstance(told, Unknown)
    assert told[-1].day == date(2016, 10, 8)
    assert told[-1].en == "the last day is no working day: one on"
    assert last_day(date(2016, 9, 28), DayCount(4), CHINA) == date(2016, 10, 2)


def test_no_last_day_is_told_beyond_the_days_a_case_may_speak_of() -> None:
    far = Calendar("far", FIRST, date(2300, 1, 1), holidays=[date(2199, 12, 31)])
    assert last_day(date(2199, 12, 30), DayCount(1, roll_end=True), far) == Unknown({"calendar.2200"})


def test_without_the_extra_the_calendar_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "chinese_calendar.constants", None)
    with pytest.raises(MissingExtraError) as refusal:
        chinese_calendar()
    assert (
        str(refusal.value)
        == 'holidays need the extra `calendar`; pip install "fupin-rules[calendar]", or in a clone pip install ".[calendar]"'
    )


# -- the parts -------------------------------------------------------------------------------------------------------


def test_a_calendar_is_named_by_all_that_it_says() -> None:
    plain = Calendar("a", FIRST, LAST)
    assert plain.digest == Calendar("b", FIRST, LAST, holidays=[], workdays=[]).digest
    others = [
        Calendar("a", FIRST + DAY, LAST),
        Calendar("a", FIRST, LAST - DAY),
        Calendar("a", FIRST, LAST, holidays=frozenset({FIRST})),
        Calendar("a", FIRST, LAST, workdays=frozenset({FIRST})),
    ]
    assert len({each.digest for each in (plain, *others)}) == 5


def test_a_make_up_day_is_worked_even_where_a_holiday_is_told() -> None:
    day = date(2016, 1, 2)
    assert Calendar("a", FIRST, LAST, frozenset({day}), frozenset({day})).is_working(day) is True


@pytest.mark.parametrize(
    ("count", "zh", "en"),
    [
        (DayCount(7), "7日", "7 days"),
        (DayCount(1), "1日", "1 day"),
        (DayCount(5, DayKind.WORKING), "5个工作日", "5 working days"),
        (DayCount(1, DayKind.WORKING), "1个工作日", "1 working day"),
        (
            DayCount(7, count_start=True, roll_end=True),
            "7日（含当日），末日遇休息日顺延",
            "7 days, the first day included, ending on a working day",
        ),
    ],
)
def test_a_count_is_said(count: DayCount, zh: str, en: str) -> None:
    assert (count.words("zh"), count.words("en")) == (zh, en)


@pytest.mark.parametrize(
    ("n", "count_start", "message"),
    [
        (-1, False, "-1 days; give 0 to 3660"),
        (3661, False, "3661 days; give 0 to 3660"),
        (0, True, "no days, the first included; give 1, or do not count the start"),
    ],
)
def test_a_count_that_cannot_be_is_refused(n: int, count_start: bool, message: str) -> None:
    with pytest.raises(WorkflowError) as refusal:
        DayCount(n, count_start=count_start)
    assert str(refusal.value) == message


def test_a_count_needs_a_calendar_where_holidays_matter() -> None:
    needs = {
        (kind, roll): DayCount(1, kind, roll_end=roll).needs_calendar
        for kind, roll in itertools.product(DayKind, (False, True))
    }
    assert [pair for pair, needed in needs.items() if not needed] == [(DayKind.CALENDAR, False)]
