"""Every day of three published years, beside a library's own table of them."""

from __future__ import annotations

import calendar as months
from datetime import date, datetime, timedelta
from pathlib import Path

import chinese_calendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from core.limits import Span, Unit
from core.mistakes import Mistake
from core.worktime import CHINA, OFFICE_HOURS, WorkCalendar
from storage.sheets_calendar import read_calendar
from tests.core.notices import FREE, sheet
from tests.core.playing import EXAMPLE

YEARS = (2024, 2025, 2026)
DAY = timedelta(days=1)


def published(year: int, folder: Path) -> WorkCalendar:
    """The calendar of that year, read from a sheet."""
    mistakes: list[Mistake] = []
    if year in FREE:
        (folder / "calendar.csv").write_text(sheet(year), encoding="utf-8")
    read = read_calendar(folder if year in FREE else EXAMPLE, OFFICE_HOURS, mistakes)
    assert not mistakes
    return read


@pytest.fixture(scope="module")
def calendars(tmp_path_factory: pytest.TempPathFactory) -> dict[int, WorkCalendar]:
    return {year: published(year, tmp_path_factory.mktemp(str(year))) for year in YEARS}


@pytest.mark.parametrize("year", YEARS)
def test_every_day_is_worked_or_free_as_the_library_has_it(calendars, year: int):
    days = [date(year, 1, 1) + n * DAY for n in range(365 + months.isleap(year))]

    apart = [d for d in days if calendars[year].works_on(d) != chinese_calendar.is_workday(d)]

    assert apart == []


@settings(max_examples=200, deadline=None)
@given(some.sampled_from(YEARS), some.integers(0, 300), some.integers(1, 30))
def test_working_days_are_counted_as_the_library_counts_them(calendars, year, start, many):
    begins = date(year, 1, 1) + start * DAY
    worked = [begins + n * DAY for n in range(1, 120) if _worked(begins + n * DAY, year)]
    noon = datetime(begins.year, begins.month, begins.day, 11, tzinfo=CHINA)

    end = calendars[year].add(noon, Span(many, Unit.WORKING_DAYS)).astimezone(CHINA).date()

    if not calendars[year].works_on(begins):
        many += 1  # it begins with the next working day
    if end.year == year:
        assert end == worked[many - 1]


def _worked(day: date, year: int) -> bool:
    return day.year == year and chinese_calendar.is_workday(day)
