"""What holds of every calendar: hours of one's own, night duty, short days, zones that change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from core.hours import DayKind, Duty, OwnHours
from core.limits import Span, Unit
from core.worktime import NATURAL, WorkCalendar
from tests.core.test_worktime import OFFICE

NO_LUNCH = ((time(8, 30), time(16)),)
SATURDAYS = OwnHours(week={0: (), 5: ((time(9), time(12)),)}, days={date(2026, 6, 16): ()})
NIGHTS = OwnHours(
    duty=(
        Duty(time(17, 30), time(8)),
        Duty(time(8), time(17, 30), kinds=frozenset({DayKind.FREE})),
    )
)
EVENINGS = OwnHours(duty=(Duty(time(17), time(22), frozenset(range(5))), Duty(time(20), time(23))))
BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
CALENDARS = {
    "district": OFFICE,
    "no lunch": replace(OFFICE, hours=NO_LUNCH),
    "closed on Mondays": OFFICE.kept_by(SATURDAYS),
    "night duty": OFFICE.kept_by(NIGHTS),
    "evening duty": OFFICE.kept_by(EVENINGS),
    "Berlin": replace(OFFICE, zone=BERLIN),
    "New York": replace(OFFICE, zone=NEW_YORK),
    "nights in New York": replace(OFFICE, zone=NEW_YORK).kept_by(NIGHTS),
    "nights in Berlin": replace(OFFICE, zone=BERLIN).kept_by(NIGHTS),
}
SECONDS_TO_2027 = 400 * 24 * 3600
every = pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
moments = some.integers(0, SECONDS_TO_2027).map(
    lambda seconds: datetime(2025, 12, 20, tzinfo=UTC) + timedelta(seconds=seconds)
)
minutes = some.integers(0, 60 * 60)
units = some.sampled_from(Unit)
amounts = some.integers(0, 60).map(lambda quarters: quarters / 4)
laws = settings(max_examples=40, deadline=None)


def hours(minutes: int) -> Span:
    return Span(minutes / 60, Unit.WORKING_HOURS)


@every
@laws
@given(moments, minutes)
def test_what_was_added_was_used(calendar: WorkCalendar, start: datetime, spent: int):
    end = calendar.add(start, hours(spent))

    assert calendar.used(start, end) == timedelta(minutes=spent)


@every
@laws
@given(moments, minutes, minutes.filter(bool))  # no time at all begins with the next hour
def test_hours_add_up(calendar: WorkCalendar, start: datetime, one: int, two: int):
    at_once = calendar.add(start, hours(one + two))

    assert calendar.add(calendar.add(start, hours(one)), hours(two)) == at_once


@every
@laws
@given(moments, moments, moments)
def test_time_may_be_split_at_any_instant(
    calendar: WorkCalendar, one: datetime, two: datetime, three: datetime
):
    first, cut, last = sorted([one, two, three])

    parts = calendar.used(first, cut) + calendar.used(cut, last)

    assert parts == calendar.used(first, last)
    assert timedelta() <= parts <= last - first


@every
@laws
@given(moments, moments, amounts, units)
def test_who_begins_later_ends_no_earlier(
    calendar: WorkCalendar, one: datetime, two: datetime, amount: float, unit: Unit
):
    ends = [calendar.add(start, Span(amount, unit)) for start in sorted([one, two])]

    assert ends == sorted(ends)


@every
@laws
@given(moments, amounts, amounts, units)
def test_more_time_ends_no_earlier(
    calendar: WorkCalendar, start: datetime, one: float, two: float, unit: Unit
):
    ends = [calendar.add(start, Span(amount, unit)) for amount in sorted([one, two])]

    assert ends == sorted(ends)
    assert ends[0] >= start


@every
@laws
@given(moments, some.integers(0, 20), some.integers(0, 20))
def test_days_of_the_same_hours_add_up(
    calendar: WorkCalendar, start: datetime, one: int, two: int
):
    if calendar.own.week or calendar.own.days:
        return  # a short day in between keeps no time that it has not

    halfway = calendar.add(start, Span(one, Unit.WORKING_DAYS))

    at_once = calendar.add(start, Span(one + two, Unit.WORKING_DAYS))
    assert calendar.add(halfway, Span(two, Unit.WORKING_DAYS)) == at_once


@every
@laws
@given(moments, amounts)
def test_a_limit_in_days_ends_while_the_office_is_open(
    calendar: WorkCalendar, start: datetime, amount: float
):
    end = calendar.add(start, Span(amount, Unit.WORKING_DAYS)).astimezone(calendar.zone)

    assert any(opens <= end.time() <= closes for opens, closes in calendar.hours_on(end.date()))


@every
@laws
@given(moments, amounts, some.sampled_from(sorted(NATURAL)))
def test_natural_time_knows_no_calendar(
    calendar: WorkCalendar, start: datetime, amount: float, unit: Unit
):
    assert calendar.add(start, Span(amount, unit)) - start == amount * NATURAL[unit]


def at(words: str, zone: ZoneInfo) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("zone", "friday", "monday"),
    [
        (BERLIN, "2026-03-27 17:00", "2026-03-30 10:00"),
        (NEW_YORK, "2026-03-06 17:00", "2026-03-09 10:00"),
        (NEW_YORK, "2026-10-30 17:00", "2026-11-02 10:00"),
    ],
)
def test_the_office_opens_by_its_own_clock(zone: ZoneInfo, friday: str, monday: str):
    calendar = WorkCalendar(zone=zone)

    assert calendar.add(at(friday, zone), Span(2, Unit.WORKING_HOURS)) == at(monday, zone)


def test_a_night_on_duty_is_an_hour_shorter_when_summer_time_begins():
    calendar = WorkCalendar(zone=BERLIN).kept_by(OwnHours(duty=(Duty(time(22), time(6)),)))
    evening, morning = at("2026-03-28 21:00", BERLIN), at("2026-03-29 07:00", BERLIN)

    assert calendar.used(evening, morning) == timedelta(hours=7)
