"""When groups that oversee others are told how it goes, of their own accord: the brief (简报)."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from core.agency import AgencyKind
from core.district import District
from core.features import Feature
from core.periods import DAY, Period, Stretch, period_of
from core.quiet import quiet
from core.worktime import WorkCalendar

AT = time(9, 30)
STILL_GOOD = timedelta(hours=2)
FURTHEST = 14
"""Days: no holiday is longer, and a calendar without working days has no briefs."""


def brief_hour(now: datetime, district: District) -> datetime | None:
    """The moment of the brief that has come and is not stale yet; None at other times.

    Half an hour after the morning's boards, on working days, never in quiet hours.
    """
    calendar = district.calendar
    local = now.astimezone(calendar.zone)
    hour = datetime.combine(local.date(), AT, calendar.zone)
    come = hour <= local < hour + STILL_GOOD and calendar.works_on(local.date())
    if not come or quiet(now, calendar, district.ladder):
        return None
    return hour.astimezone(now.tzinfo)


def brief_period(today: date, calendar: WorkCalendar) -> Period:
    """Of what a brief tells: last week on the first working day of a week, so that one is enough.

    On other days of everything since the last working day, so that no weekend is left out.
    """
    before = _working_day_before(today, calendar)
    if before < today - today.weekday() * DAY:
        return period_of(Stretch.LAST_WEEK, today)
    return since_last_work(today, calendar)


def since_last_work(today: date, calendar: WorkCalendar) -> Period:
    """Yesterday, and the days before it on which nobody worked."""
    before = _working_day_before(today, calendar)
    if before == today - DAY:
        return period_of(Stretch.YESTERDAY, today)
    return Period(Stretch.DATES, before, today - DAY)


def long_periods(today: date) -> tuple[Period, ...]:
    """The month and the year that are over: each is told of once, as soon as a morning comes.

    After an outage the one that is over now is told of, not all that went by.
    """
    return period_of(Stretch.LAST_MONTH, today), period_of(Stretch.LAST_YEAR, today)


def briefed(district: District) -> tuple[str, ...]:
    """Who is told: the district and its streets, but where it is switched off."""
    tree = district.tree
    overseeing = tree.of_kind(AgencyKind.DISTRICT, AgencyKind.STREET)
    return tuple(one.code for one in overseeing if district.opens(Feature.BRIEFS, one.code))


def _working_day_before(today: date, calendar: WorkCalendar) -> date:
    days = (today - n * DAY for n in range(1, FURTHEST))
    return next((day for day in days if calendar.works_on(day)), today - DAY)
