"""The pattern of covered days takes every covered day and no other day of the calendar."""

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from fupin_rules.periods import Period
from fupin_rules.web._days import days_pattern

DAYS = st.dates(date(2009, 1, 1), date(2031, 12, 31))


@given(st.lists(st.tuples(DAYS, st.integers(1, 4000)), min_size=1, max_size=2), st.lists(DAYS, max_size=10))
def test_a_day_fits_the_pattern_exactly_where_it_is_covered(spans: list[tuple[date, int]], days: list[date]) -> None:
    periods = [Period(first, first + timedelta(days=length)) for first, length in spans]
    pattern = re.compile(days_pattern(periods))
    edges = [each for period in periods for each in (period.start, period.until) if each is not None]
    for day in (*days, *edges, *(each - timedelta(days=1) for each in edges)):
        assert bool(pattern.search(day.isoformat())) == any(day in period for period in periods), day


def test_a_period_without_end_goes_as_far_as_a_policy_can_speak() -> None:
    pattern = re.compile(days_pattern([Period(date(2020, 3, 1))]))
    fits = {day: bool(pattern.search(day)) for day in ("2020-02-29", "2020-03-01", "2199-12-31", "2200-01-01")}
    assert fits == {"2020-02-29": False, "2020-03-01": True, "2199-12-31": True, "2200-01-01": False}
