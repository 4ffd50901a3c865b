"""When nobody is rung: the night of limits.md, and the morning after it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from core.ladder import USUAL, Ladder

if TYPE_CHECKING:
    from core.worktime import WorkCalendar

MORNING = time(9)
DAY = timedelta(days=1)


def quiet(at: datetime, calendar: WorkCalendar, ladder: Ladder = USUAL) -> bool:
    """Whether people sleep."""
    local = at.astimezone(calendar.zone).time()
    return not ladder.quiet_until <= local < ladder.quiet_from


def loud(at: datetime, calendar: WorkCalendar, ladder: Ladder = USUAL) -> datetime:
    """The same instant, or the end of the quiet hours it falls into."""
    return _woken(at, calendar, ladder, ladder.quiet_until)


def calm(at: datetime, calendar: WorkCalendar, ladder: Ladder = USUAL) -> datetime:
    """For callers, however urgent: the same instant, or nine o'clock after that night."""
    return _woken(at, calendar, ladder, max(MORNING, ladder.quiet_until))


def morning_after(at: datetime, calendar: WorkCalendar) -> datetime:
    """Nine o'clock of the next working day."""
    day = at.astimezone(calendar.zone).date() + DAY
    while not calendar.works_on(day):
        day += DAY
    return datetime.combine(day, MORNING, calendar.zone).astimezone(at.tzinfo)


def _woken(at: datetime, calendar: WorkCalendar, ladder: Ladder, when: time) -> datetime:
    if not quiet(at, calendar, ladder):
        return at
    local = at.astimezone(calendar.zone)
    day = local.date() + DAY if local.time() >= ladder.quiet_from else local.date()
    return datetime.combine(day, when, calendar.zone).astimezone(at.tzinfo)
