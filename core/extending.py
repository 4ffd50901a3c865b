"""How much longer an agency may ask for (lifecycle row 27, limits.md, last column)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.catalogue import Urgency
from core.limits import Clock, Limits, Span, Unit
from core.nudging import share_of

if TYPE_CHECKING:
    from core.leg import Leg
    from core.worktime import WorkCalendar

BEFORE = 0.8
CAPPED = (Unit.WORKING_DAYS, Unit.DAYS)
# P0 is made safe and then put into another class; P4 has plans and reviews instead.
NEVER = frozenset({Urgency.P0, Urgency.P4})
MOST_TIMES = 2


def longest(limits: Limits, urgency: Urgency) -> Span | None:
    """At most the limit of the class once more, and never above the cap; None where none is."""
    limit = limits.clock(urgency, Clock.FINISH)
    if limit is None or urgency in NEVER:
        return None
    cap = limits.step("extension_cap")
    most = min(limit.amount, cap.amount) if limit.unit in CAPPED else limit.amount
    return Span(most, limit.unit)


def asked_until(leg: Leg, urgency: Urgency, calendar: WorkCalendar) -> datetime | None:
    """Until when more time may be asked for; None where nothing is due."""
    if leg.started is None or leg.finish_due is None:
        return None
    return share_of(leg.started, leg.finish_due, BEFORE, urgency, calendar)


def extendable(leg: Leg, urgency: Urgency) -> bool:
    """Whether the class knows more time, and it was not given as often as it may be."""
    return urgency not in NEVER and leg.extended < MOST_TIMES
