"""What is due when, counted by which rule, and what is overdue since when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import attrs

from fupin_rules.truth import Unknown
from fupin_rules.workflow.case._case import Actor, Case, Event, Moment, day_of
from fupin_rules.workflow.case._outcome import Accepted
from fupin_rules.workflow.case._outside import NOTHING, Asked, Context
from fupin_rules.workflow.case._step import case_of
from fupin_rules.workflow.case._view import View
from fupin_rules.workflow.procedure._days import CountedDay, day_by_day, unknown_years
from fupin_rules.workflow.procedure._parts import Deadline

if TYPE_CHECKING:
    from fupin_rules.workflow.procedure._procedure import Procedure


@attrs.frozen
class Running:
    """
    A deadline that runs, as it stands on a day.

    Attributes:
        deadline: Which.
        since: The day it counts from; Unknown where that has not happened.
        until: Its last day; Unknown where holidays are not known, or with `since`.
        days_left: Days from today to the last day; negative when it is overdue, None where it is not known.
        count: Day by day, why each counts or does not.
    """

    deadline: Deadline
    since: date | Unknown
    until: date | Unknown
    days_left: int | None
    count: tuple[CountedDay, ...] | Unknown = attrs.field(repr=False)

    @property
    def is_overdue(self) -> bool | Unknown:
        """Whether its last day is over."""
        return self.until if isinstance(self.until, Unknown) else (self.days_left or 0) < 0

    def text(self, language: str) -> str:
        """Say it for a person, in `zh` or `en`."""
        zh = language == "zh"
        label = self.deadline.zh if zh else self.deadline.en
        rule = self.deadline.within.words(language)
        if isinstance(self.until, Unknown) or self.days_left is None:
            years = unknown_years(self.until)
            why_zh = f"缺{'、'.join(years)}年放假安排" if years else "尚未起算"
            why_en = f"the holidays of {', '.join(years)} are not known" if years else "it does not count yet"
            return f"{label}（{rule}）：期限尚不能确定，{why_zh}" if zh else f"{label} ({rule}): {why_en}"
        days = f"{abs(self.days_left)} day{'' if abs(self.days_left) == 1 else 's'}"
        if self.days_left < 0:
            return (
                f"{label}（{rule}）：{self.until}到期，已逾期{-self.days_left}天"
                if zh
                else f"{label} ({rule}): was due {self.until}, overdue by {days}"
            )
        return (
            f"{label}（{rule}）：{self.until}到期，还有{self.days_left}天"
            if zh
            else f"{label} ({rule}): due {self.until}, {days} left"
        )

    def to_plain(self) -> dict[str, Any]:
        """Give it as plain data."""
        return {
            "deadline": self.deadline.id,
            "since": None if isinstance(self.since, Unknown) else self.since.isoformat(),
            "until": None if isinstance(self.until, Unknown) else self.until.isoformat(),
            "days_left": self.days_left,
            "then": self.deadline.then.value,
        }


def deadlines(
    procedure: Procedure, case: Case | Accepted, at: Moment, *, context: Context = NOTHING
) -> tuple[Running, ...]:
    """
    Give the deadlines that run for a case, as they stand at a moment, those due first first.

    >>> from datetime import date
    >>> from fupin_rules.journal import salted_digest
    >>> from fupin_rules.workflow import Actor, Event, Evidence, load_procedure
    >>> procedure = load_procedure("yucheng-2016")
    >>> form = Evidence("application", salted_digest("the scan", "00" * 16), date(2016, 1, 12))
    >>> head = Actor("p-1", "householder", place="371482102207")
    >>> opened = procedure.open("H-017", Event("e-1", "apply", head, evidence=[form]), date(2016, 1, 13))
    >>> deadlines(procedure, opened, date(2016, 1, 14))
    ()
    """
    now, day = case_of(case), day_of(at)
    outside = Asked(context, procedure.policy, now.id, day)
    nobody = Event("none", "", Actor("none", ""))
    view = View(procedure, now, nobody, {}, day, outside)
    found = [_running(deadline, view, context) for deadline in procedure.deadlines if view.due(deadline) is not None]
    return tuple(sorted(found, key=lambda each: (each.days_left is None, each.days_left or 0)))


def _running(deadline: Deadline, view: View, context: Context) -> Running:
    since, until = view.since(deadline), view.due(deadline)
    assert until is not None
    left = None if isinstance(until, Unknown) else (until - view.day).days
    count = since if isinstance(since, Unknown) else day_by_day(since, deadline.within, context.calendar)
    return Running(deadline, since, until, left, count)
