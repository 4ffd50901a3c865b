"""Working time over the real holidays of 2026, and the laws it keeps everywhere."""

from __future__ import annotations

import pickle
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from core.limits import Span, Unit
from core.worktime import CHINA, WorkCalendar


def _days(first: str, last: str) -> list[date]:
    start, end = date.fromisoformat(first), date.fromisoformat(last)
    return [start + timedelta(days=n) for n in range((end - start).days + 1)]


OFFICE = WorkCalendar(
    holidays=frozenset(
        _days("2026-01-01", "2026-01-03")
        + _days("2026-02-15", "2026-02-23")
        + _days("2026-04-04", "2026-04-06")
        + _days("2026-05-01", "2026-05-05")
        + _days("2026-06-19", "2026-06-21")
        + _days("2026-09-25", "2026-09-27")
        + _days("2026-10-01", "2026-10-07")
    ),
    make_up_days=frozenset(
        map(
            date.fromisoformat,
            ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"],
        )
    ),
)


def at(words: str) -> datetime:
    """A wall-clock moment in China."""
    return datetime.fromisoformat(words).replace(tzinfo=CHINA)


def after(start: str, amount: float, unit: Unit) -> str:
    """What the wall clock says when the span is used up."""
    end = OFFICE.add(at(start), Span(amount, unit))
    return end.astimezone(CHINA).strftime("%m-%d %H:%M")


def test_friday_1630_and_two_working_hours_end_on_monday_before_a_normal_weekend():
    assert after("2026-06-12 16:30", 2, Unit.WORKING_HOURS) == "06-15 09:30"


def test_friday_1630_and_two_working_hours_end_on_a_make_up_sunday():
    assert after("2026-09-18 16:30", 2, Unit.WORKING_HOURS) == "09-20 09:30"


@pytest.mark.conformance
@pytest.mark.parametrize(
    ("friday", "end"), [("2026-09-18", "09-20 09:30"), ("2026-06-12", "06-15 09:30")]
)
def test_6_an_hour_from_friday_1630_ends_on_the_make_up_sunday_or_else_on_monday(friday, end):
    until_five = replace(OFFICE, hours=((time(9), time(12)), (time(14), time(17))))
    late = until_five.add(at(f"{friday} 16:30"), Span(1, Unit.WORKING_HOURS))

    assert late.astimezone(CHINA).strftime("%m-%d %H:%M") == end


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("2026-06-10 09:00", 2, "06-10 11:00"),
        ("2026-06-10 11:00", 2, "06-10 15:00"),
        ("2026-06-10 11:00", 1, "06-10 12:00"),
        ("2026-06-10 12:30", 2, "06-10 16:00"),
        ("2026-06-10 18:00", 2, "06-11 11:00"),
        ("2026-06-10 03:00", 2, "06-10 11:00"),
        ("2026-02-14 17:00", 2, "02-24 10:00"),
        ("2026-09-30 17:00", 8, "10-08 18:00"),
    ],
)
def test_working_hours_pass_only_inside_office_hours(start: str, amount: float, end: str):
    assert after(start, amount, Unit.WORKING_HOURS) == end


@pytest.mark.parametrize(
    ("start", "amount", "end"),
    [
        ("2026-06-10 10:20", 1, "06-11 10:20"),
        ("2026-06-12 10:20", 1, "06-15 10:20"),
        ("2026-06-12 19:00", 1, "06-16 09:00"),
        ("2026-06-10 18:00", 1, "06-12 09:00"),
        ("2026-06-10 12:30", 1, "06-11 14:00"),
        ("2026-04-30 15:00", 4, "05-09 15:00"),
        ("2026-02-13 15:00", 6, "02-28 15:00"),
        ("2026-06-10 09:00", 0.5, "06-10 14:30"),
        ("2026-06-10 15:00", 1.5, "06-12 09:30"),
    ],
)
def test_a_working_day_lasts_until_the_same_office_time(start: str, amount: float, end: str):
    assert after(start, amount, Unit.WORKING_DAYS) == end


@pytest.mark.parametrize(
    ("unit", "end"),
    [(Unit.MINUTES, "10-01 00:15"), (Unit.HOURS, "10-01 10:05"), (Unit.DAYS, "10-11 00:05")],
)
def test_natural_time_runs_through_nights_and_holidays(unit: Unit, end: str):
    assert after("2026-10-01 00:05", 10, unit) == end


def test_a_weekday_holiday_is_free_and_a_make_up_sunday_is_worked():
    assert not OFFICE.works_on(date(2026, 10, 1))
    assert OFFICE.works_on(date(2026, 9, 20))
    assert not OFFICE.works_on(date(2026, 9, 19))


def test_a_year_the_sheet_does_not_speak_of_is_not_covered():
    assert OFFICE.covers(date(2026, 12, 31))
    assert not OFFICE.covers(date(2027, 1, 1))
    assert OFFICE.horizon == date(2026, 12, 31)
    assert WorkCalendar().horizon is None


def test_answers_are_utc_whatever_zone_is_asked_in():
    end = OFFICE.add(at("2026-06-10 09:00"), Span(1, Unit.WORKING_HOURS))

    assert end.tzinfo is UTC
    assert end.hour == 2


MINUTES_TO_2027 = 425 * 24 * 60
moments = some.integers(0, MINUTES_TO_2027).map(
    lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)
hours = some.integers(1, 60 * 100).map(lambda minutes: minutes / 60)
working = some.sampled_from([Unit.WORKING_HOURS, Unit.WORKING_DAYS])
amounts = some.integers(1, 40).map(lambda quarters: quarters / 4)
quick = settings(max_examples=60, deadline=None)


@quick
@given(moments, moments, amounts, working)
def test_a_later_start_never_ends_earlier(one: datetime, two: datetime, amount: float, unit: Unit):
    span = Span(amount, unit)
    first, second = sorted([one, two])

    assert OFFICE.add(first, span) <= OFFICE.add(second, span)


@quick
@given(moments, amounts, amounts, working)
def test_a_longer_span_never_ends_earlier(start: datetime, one: float, two: float, unit: Unit):
    short, long = sorted([one, two])

    assert OFFICE.add(start, Span(short, unit)) <= OFFICE.add(start, Span(long, unit))


@quick
@given(moments, some.integers(1, 50), some.integers(1, 50))
def test_working_hours_add_up(start: datetime, one: int, two: int):
    halfway = OFFICE.add(start, Span(one, Unit.WORKING_HOURS))

    both = OFFICE.add(start, Span(one + two, Unit.WORKING_HOURS))

    assert OFFICE.add(halfway, Span(two, Unit.WORKING_HOURS)) == both


@quick
@given(moments, some.integers(1, 20), some.integers(1, 20))
def test_working_days_add_up(start: datetime, one: int, two: int):
    halfway = OFFICE.add(start, Span(one, Unit.WORKING_DAYS))

    both = OFFICE.add(start, Span(one + two, Unit.WORKING_DAYS))

    assert OFFICE.add(halfway, Span(two, Unit.WORKING_DAYS)) == both


@quick
@given(moments, amounts, working)
def test_working_limits_never_end_outside_office_hours(start: datetime, amount: float, unit: Unit):
    end = OFFICE.add(start, Span(amount, unit)).astimezone(CHINA)

    assert OFFICE.works_on(end.date())
    assert any(opens <= end.time() <= closes for opens, closes in OFFICE.hours)


@quick
@given(moments, hours)
def test_what_was_added_is_what_was_used(start: datetime, amount: float):
    end = OFFICE.add(start, Span(amount, Unit.WORKING_HOURS))

    assert OFFICE.used(start, end) == amount * timedelta(hours=1)


@quick
@given(moments, some.integers(1, 20))
def test_a_working_day_uses_a_day_of_office_hours(start: datetime, amount: int):
    end = OFFICE.add(start, Span(amount, Unit.WORKING_DAYS))

    assert OFFICE.used(start, end) == amount * OFFICE.day_length


def test_a_calendar_that_has_worked_much_out_goes_to_another_process():
    start, span = datetime(2026, 6, 18, 9, tzinfo=CHINA), Span(3, Unit.WORKING_DAYS)
    end = OFFICE.add(start, span)

    there = pickle.loads(pickle.dumps(OFFICE))

    assert there == OFFICE
    assert there.add(start, span) == end


@quick
@given(moments, moments, moments)
def test_used_time_adds_up_and_never_runs_backwards(one: datetime, two: datetime, three: datetime):
    first, second, third = sorted([one, two, three])

    assert OFFICE.used(third, first) == timedelta()
    whole = OFFICE.used(first, second) + OFFICE.used(second, third)
    assert whole == OFFICE.used(first, third)
