"""A year without its holidays is foreseen sixty days ahead (conformance 19)."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from core.foresight import Unknown, time_to_warn, unknown_year
from core.worktime import CHINA, WorkCalendar
from tests.core.test_worktime import OFFICE

COMES, BEGUN = Unknown(2027, begun=False), Unknown(2027, begun=True)


@pytest.mark.conformance
@pytest.mark.parametrize(
    ("today", "unknown"),
    [
        (date(2026, 11, 1), None),
        (date(2026, 11, 2), COMES),
        (date(2026, 12, 31), COMES),
        (date(2027, 1, 1), BEGUN),
        (date(2027, 6, 1), BEGUN),
    ],
)
def test_a_year_nobody_has_filled_in_is_missed_from_the_second_of_november(today, unknown):
    assert unknown_year(OFFICE, today) == unknown


@pytest.mark.conformance
def test_a_january_alone_makes_no_year():
    january = frozenset({date(2027, 1, 1), date(2027, 1, 2)})
    calendar = WorkCalendar(OFFICE.holidays | january, OFFICE.make_up_days)

    assert unknown_year(calendar, date(2026, 12, 1)) == COMES


def test_an_agency_with_days_of_its_own_knows_no_year_better():
    assert not OFFICE.kept_by(OFFICE.own).covers(date(2027, 3, 1))


@pytest.mark.parametrize(
    ("unknown", "hours", "most"), [(COMES, range(0, 24 * 14), 2), (BEGUN, range(0, 24 * 14), 14)]
)
def test_it_is_said_once_a_week_and_once_a_day_when_it_is_too_late(unknown, hours, most):
    monday = datetime(2026, 11, 2, tzinfo=CHINA)

    times = [time_to_warn(unknown, monday + timedelta(hours=n), OFFICE) for n in hours]

    assert len({at for at in times if at}) == most
    assert times[8] is None
    assert times[9] == monday + timedelta(hours=9)
    assert times[18] is None
