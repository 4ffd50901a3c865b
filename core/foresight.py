"""The year ahead: until its holidays are known, no limit that reaches into it can be trusted."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from core.worktime import WorkCalendar

AHEAD = timedelta(days=60)  # from 2 November: the State Council announces a year in that month
FROM, UNTIL = time(9), time(18)


class Unknown(NamedTuple):
    """A year no sheet speaks of; ``begun`` when its limits are being supposed already."""

    year: int
    begun: bool


def unknown_year(calendar: WorkCalendar, today: date) -> Unknown | None:
    """The year whose holidays are missing: this one, or the next one from 60 days before it."""
    for day in (today, today + AHEAD):
        if not calendar.covers(day):
            return Unknown(day.year, begun=day == today)
    return None


def time_to_warn(unknown: Unknown, now: datetime, calendar: WorkCalendar) -> datetime | None:
    """The moment of the warning that is due: each Monday, each day once the year has begun.

    Only by day; None at other hours. A warning missed on Monday is given later that week.
    """
    local = now.astimezone(calendar.zone)
    if not FROM <= local.time() < UNTIL:
        return None
    back = 0 if unknown.begun else local.weekday()
    morning = datetime.combine(local.date() - timedelta(days=back), FROM, calendar.zone)
    return morning.astimezone(now.tzinfo)
