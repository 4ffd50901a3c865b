"""Each agency by its own clock: hours, duty shifts, single days."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest

from core.hours import DayKind, Duty, OwnHours
from core.limits import Span, Unit
from core.worktime import CHINA
from tests.core.playing import COMMUNITY, LIGHTS, Stage, liwan
from tests.core.test_worktime import OFFICE

EARLY = OwnHours(hours=((time(8), time(12)), (time(13), time(16))))
MUSEUM = OwnHours(
    week={0: (), 5: ((time(10), time(16)),)}, days={date(2026, 10, 1): ((time(9), time(11)),)}
)
NIGHTS = OwnHours(duty=(Duty(time(18), time(8)),))
WEEKENDS = OwnHours(duty=(Duty(time(9), time(17), kinds=frozenset({DayKind.FREE})),))


def at(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=CHINA)


def after(own: OwnHours, start: str, amount: float, unit: Unit) -> str:
    end = OFFICE.kept_by(own).add(at(start), Span(amount, unit))
    return end.astimezone(CHINA).strftime("%m-%d %H:%M")


@pytest.mark.parametrize(
    ("own", "start", "hours", "end"),
    [
        (EARLY, "2026-06-12 15:30", 2, "06-15 09:30"),
        (MUSEUM, "2026-06-13 15:00", 2, "06-16 10:00"),
        (MUSEUM, "2026-10-01 10:00", 2, "10-08 10:00"),
        (NIGHTS, "2026-06-12 17:30", 2, "06-12 19:30"),
        (NIGHTS, "2026-06-12 17:30", 20, "06-13 23:30"),
        (WEEKENDS, "2026-06-12 17:30", 2, "06-13 10:30"),
        (WEEKENDS, "2026-06-15 11:30", 1, "06-15 14:30"),
        (WEEKENDS, "2026-06-19 17:00", 2, "06-20 11:00"),
    ],
)
def test_hours_pass_while_somebody_is_there(own: OwnHours, start: str, hours: float, end: str):
    assert after(own, start, hours, Unit.WORKING_HOURS) == end


@pytest.mark.parametrize(
    ("own", "start", "days", "end"),
    [
        (EARLY, "2026-06-12 12:30", 1, "06-15 13:00"),
        (MUSEUM, "2026-06-12 17:00", 1, "06-13 16:00"),
        (MUSEUM, "2026-06-13 11:00", 1, "06-16 11:00"),
        (NIGHTS, "2026-06-12 20:00", 1, "06-16 09:00"),
        (WEEKENDS, "2026-06-13 11:00", 1, "06-16 09:00"),
    ],
)
def test_a_working_day_is_a_day_of_the_office_whoever_is_on_duty(
    own: OwnHours, start: str, days: float, end: str
):
    assert after(own, start, days, Unit.WORKING_DAYS) == end


def test_a_holiday_stays_one_also_for_who_opens_on_saturdays():
    calendar = OFFICE.kept_by(MUSEUM)

    assert calendar.works_on(date(2026, 6, 13))
    assert not calendar.works_on(date(2026, 6, 20))
    assert calendar.works_on(date(2026, 9, 20))


def test_an_agency_without_hours_of_its_own_keeps_those_of_its_district():
    district = replace(liwan(), hours={LIGHTS: EARLY})

    assert district.calendar_of(COMMUNITY) is district.calendar
    assert district.calendar_of(None) is district.calendar
    assert district.calendar_of(LIGHTS) is district.calendar_of(LIGHTS)
    assert district.calendar_of(LIGHTS).holidays == district.calendar.holidays


async def test_a_leg_runs_by_the_clock_of_whoever_answers_it(units):
    closed = OwnHours(days={date(2026, 6, 15): (), date(2026, 6, 16): ()})
    stage = Stage(units, district=replace(liwan(), hours={COMMUNITY: closed}))
    await stage.set_up()

    leg = await stage.leg(await stage.raised())

    assert leg.sign_due == at("2026-06-17 11:00")
    assert leg.next_due == at("2026-06-17 10:00")


async def test_the_clock_of_another_agency_says_nothing(units):
    closed = OwnHours(days={date(2026, 6, 15): ()})
    stage = Stage(units, district=replace(liwan(), hours={LIGHTS: closed}))
    await stage.set_up()

    leg = await stage.leg(await stage.raised())

    assert leg.sign_due - stage.now == timedelta(hours=2)
