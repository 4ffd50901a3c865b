"""Stretches of the calendar, by the district's own days."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import pairwise

import pytest

from core.periods import Period, Stretch, before, days_of, period_of
from tests.core.playing import liwan

WEDNESDAY = date(2026, 7, 1)
ZONE = liwan().calendar.zone


@pytest.mark.parametrize(
    ("stretch", "first", "last"),
    [
        (Stretch.TODAY, date(2026, 7, 1), date(2026, 7, 1)),
        (Stretch.YESTERDAY, date(2026, 6, 30), date(2026, 6, 30)),
        (Stretch.WEEK, date(2026, 6, 29), date(2026, 7, 1)),
        (Stretch.LAST_WEEK, date(2026, 6, 22), date(2026, 6, 28)),
        (Stretch.MONTH, date(2026, 7, 1), date(2026, 7, 1)),
        (Stretch.LAST_MONTH, date(2026, 6, 1), date(2026, 6, 30)),
        (Stretch.QUARTER, date(2026, 7, 1), date(2026, 7, 1)),
        (Stretch.LAST_QUARTER, date(2026, 4, 1), date(2026, 6, 30)),
        (Stretch.YEAR, date(2026, 1, 1), date(2026, 7, 1)),
        (Stretch.LAST_YEAR, date(2025, 1, 1), date(2025, 12, 31)),
    ],
)
def test_a_period_has_its_days(stretch: Stretch, first: date, last: date):
    assert period_of(stretch, WEDNESDAY) == Period(stretch, first, last)


def test_a_month_and_a_year_are_compared_with_those_before():
    month, year = (period_of(one, WEDNESDAY) for one in (Stretch.LAST_MONTH, Stretch.LAST_YEAR))

    assert before(month) == Period(Stretch.LAST_MONTH, date(2026, 5, 1), date(2026, 5, 31))
    assert before(year) == Period(Stretch.LAST_YEAR, date(2024, 1, 1), date(2024, 12, 31))


def test_a_day_is_the_district_s_day():
    span = period_of(Stretch.TODAY, WEDNESDAY).span(ZONE)

    assert span.since == datetime(2026, 6, 30, 16, tzinfo=UTC)
    assert span.until == datetime(2026, 7, 1, 16, tzinfo=UTC)


def test_a_long_span_is_counted_in_pieces_that_leave_nothing_out():
    span = Period(Stretch.DATES, date(2026, 1, 1), date(2026, 12, 31)).span(ZONE)
    pieces = days_of(span, 7)

    assert (pieces[0].since, pieces[-1].until) == span
    assert all(one.until == other.since for one, other in pairwise(pieces))
    assert len(pieces) == 53
