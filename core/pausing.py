"""A pause stops the clocks of a leg; what was used before it stays used (lifecycle R4)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from core.limits import Span, Unit
from core.nudging import URGENT

if TYPE_CHECKING:
    from core.catalogue import Urgency
    from core.leg import Leg
    from core.worktime import WorkCalendar

NOT_PAUSED = {"paused_at": None, "paused_from": None, "info_due": None}
PAUSED = {
    "triage_due": "triage_due",
    "arrive_due": "arrive_due",
    "interim_due": "interim_due",
    "finish_due": "finish_due",
    "clocks_from": "started",
}
HOUR = timedelta(hours=1)


def resumed(
    leg: Leg, urgency: Urgency, calendar: WorkCalendar, *, now: datetime
) -> dict[str, Any]:
    """What changes in a paused leg that goes on: every clock later by what the pause took.

    Urgent clocks count every hour, the others working time. One that had run out before the
    pause stays as late as it was.
    """
    clocks = {name: getattr(leg, before) for name, before in PAUSED.items()}
    later = {
        name: _later(at, leg.paused_at or now, urgency, calendar, now)
        for name, at in clocks.items()
        if at is not None
    }
    return {**NOT_PAUSED, **later}


def _later(
    at: datetime, since: datetime, urgency: Urgency, calendar: WorkCalendar, now: datetime
) -> datetime:
    if urgency in URGENT:
        return at + (now - since)
    taken = calendar.used(since, now)
    return calendar.add(at, Span(taken / HOUR, Unit.WORKING_HOURS)) if taken else at
