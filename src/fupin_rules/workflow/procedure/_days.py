"""
How days are counted: calendar or working days, as data, each count explaining itself.

The day something happens does not count unless the count says so, and a last day that is no working day rolls on where
the count says so (Civil Code of China, articles 201 to 203). Holidays are told by a calendar that the caller brings;
beyond the days it covers a count is unknown, never guessed.
"""

from __future__ import annotations

import enum
import hashlib
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

import attrs

from fupin_rules.errors import Fault, MissingExtraError, WorkflowError
from fupin_rules.journal import canonical
from fupin_rules.periods import LAST_DAY
from fupin_rules.truth import Truth, Unknown, negate

MAX_DAYS = 3660
_CALENDAR = "calendar."
_DAY = timedelta(days=1)
_WEEKEND = 5


class DayKind(enum.StrEnum):
    """Which days count."""

    CALENDAR = "calendar"
    WORKING = "working"


@attrs.frozen
class DayCount:
    """
    A number of days, and how they are counted.

    Attributes:
        n: How many, from 0.
        kind: Calendar or working days.
        count_start: Whether the day it starts on is the first.
        roll_end: Whether a last day that is no working day moves to the next working day.
    """

    n: int
    kind: DayKind = attrs.field(default=DayKind.CALENDAR, converter=DayKind)
    count_start: bool = False
    roll_end: bool = False

    def __attrs_post_init__(self) -> None:
        if not 0 <= self.n <= MAX_DAYS:
            raise WorkflowError(Fault("", f"{self.n} days", f"give 0 to {MAX_DAYS}", "days"))
        if self.n == 0 and self.count_start:
            raise WorkflowError(Fault("", "no days, the first included", "give 1, or do not count the start", "days"))

    @property
    def needs_calendar(self) -> bool:
        """Whether holidays matter to it."""
        return self.kind is DayKind.WORKING or self.roll_end

    def words(self, language: str) -> str:
        """
        Say the count for a person, in `zh` or `en`.

        >>> DayCount(5, "working").words("en"), DayCount(7).words("zh")
        ('5 working days', '7日')
        """
        zh = language == "zh"
        if self.kind is DayKind.WORKING:
            text = f"{self.n}个工作日" if zh else f"{self.n} working day{'' if self.n == 1 else 's'}"
        else:
            text = f"{self.n}日" if zh else f"{self.n} day{'' if self.n == 1 else 's'}"
        if self.count_start:
            text += "（含当日）" if zh else ", the first day included"
        if self.roll_end:
            text += "，末日遇休息日顺延" if zh else ", ending on a working day"
        return text


def _as_days(days: Iterable[date]) -> frozenset[date]:
    return frozenset(days)


@attrs.frozen
class Calendar:
    """
    Public holidays and make-up working days over the days that are known.

    Attributes:
        id: Name of the calendar, kept in the journal with its digest.
        first: First day it knows.
        last: Last day it knows.
        holidays: Days off, beside Saturdays and Sundays.
        workdays: Saturdays and Sundays that are worked (调休).
    """

    id: str
    first: date
    last: date
    holidays: frozenset[date] = attrs.field(default=(), converter=_as_days, repr=False)
    workdays: frozenset[date] = attrs.field(default=(), converter=_as_days, repr=False)

    def is_working(self, day: date) -> Truth:
        """Tell whether a day is worked; unknown outside the days it covers."""
        if not self.first <= day <= self.last:
            return Unknown({f"{_CALENDAR}{day.year}"})
        return day in self.workdays or (day.weekday() < _WEEKEND and day not in self.holidays)

    @property
    def digest(self) -> str:
        """SHA-256 of all that it says."""
        content = {
            "first": self.first.isoformat(),
            "last": self.last.isoformat(),
            "holidays": sorted(day.isoformat() for day in self.holidays),
            "workdays": sorted(day.isoformat() for day in self.workdays),
        }
        return hashlib.sha256(canonical(content)).hexdigest()


def chinese_calendar() -> Calendar:
    """
    Give the public holidays of mainland China, as far as they have been announced.

    Raises:
        MissingExtraError: The extra `calendar` is not installed.
    """
    try:
        from chinese_calendar.constants import holidays, workdays  # noqa: PLC0415  an extra, imported where it is used
    except ImportError:
        raise MissingExtraError.of("calendar", "holidays need the extra `calendar`") from None
    years = {day.year for day in holidays}
    return Calendar("chinesecalendar", date(min(years), 1, 1), date(max(years), 12, 31), holidays, workdays)


@attrs.frozen
class CountedDay:
    """
    One day of a count.

    Attributes:
        day: The day.
        number: Which day of the count it is; None when it does not count.
        zh: Why it does or does not count.
        en: The same in English.
    """

    day: date
    number: int | None
    zh: str
    en: str


def last_day(start: date, count: DayCount, calendar: Calendar | None = None) -> date | Unknown:
    """
    Find the last day of a count; it is over when that day is.

    Returns:
        The day; Unknown, naming the year, where holidays matter and are not known.

    >>> last_day(date(2016, 1, 13), DayCount(7))
    datetime.date(2016, 1, 20)
    >>> sorted(last_day(date(2016, 1, 13), DayCount(7, "working")).missing)
    ['calendar.2016']
    """
    if not count.needs_calendar:
        return start + _DAY * (count.n - count.count_start)
    last: date = start
    for counted in _walk(start, count, calendar):
        if isinstance(counted, Unknown):
            return counted
        last = counted.day
    return last


def day_by_day(start: date, count: DayCount, calendar: Calendar | None = None) -> tuple[CountedDay, ...] | Unknown:
    """
    Count aloud: every day from the start to the last, whether it counts, and why.

    >>> [each.number for each in day_by_day(date(2016, 1, 13), DayCount(2))]
    [None, 1, 2]
    """
    told = []
    for counted in _walk(start, count, calendar):
        if isinstance(counted, Unknown):
            return counted
        told.append(counted)
    return tuple(told)


def _walk(start: date, count: DayCount, calendar: Calendar | None) -> Iterator[CountedDay | Unknown]:
    number = 0
    day = start
    if not count.count_start:
        yield CountedDay(day, None, "起算之日不计", "the day it starts on does not count")
        day += _DAY
    while number < count.n:
        works = True if count.kind is DayKind.CALENDAR else _works(day, calendar)
        if isinstance(works, Unknown):
            yield works
            return
        number += works
        yield (
            CountedDay(day, number, f"第{number}日", f"day {number}")
            if works
            else CountedDay(day, None, "非工作日", "no working day")
        )
        day += _DAY
    while count.roll_end and (rest := negate(_works(day - _DAY, calendar))) is not False:
        if isinstance(rest, Unknown) or day > LAST_DAY:
            yield rest if isinstance(rest, Unknown) else Unknown({f"{_CALENDAR}{day.year}"})
            return
        yield CountedDay(day, None, "末日为休息日，顺延", "the last day is no working day: one on")
        day += _DAY


def unknown_years(value: object) -> list[str]:
    """Name the years whose holidays keep a value open; none if something else does, or nothing."""
    missing = value.missing if isinstance(value, Unknown) else frozenset()
    return sorted(name.removeprefix(_CALENDAR) for name in missing if name.startswith(_CALENDAR))


def _works(day: date, calendar: Calendar | None) -> Truth:
    return Unknown({f"{_CALENDAR}{day.year}"}) if calendar is None else calendar.is_working(day)
