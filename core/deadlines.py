"""When the clocks of a leg run out, and when a given share of a limit is used up."""

from __future__ import annotations

from datetime import datetime

from core.catalogue import Urgency
from core.limits import Clock, Limits, Rule, Span
from core.worktime import WorkCalendar


def deadlines(
    limits: Limits, calendar: WorkCalendar, urgency: Urgency, dispatched_at: datetime
) -> dict[Clock, datetime]:
    """When each clock of this urgency runs out, in UTC; clocks that do not run are absent.

    Clocks start at dispatch, not at signing (lifecycle.md, R1), and count in the units of their
    rule; where a rule has a cap, the earlier of the two holds.
    """
    rules = limits.clocks.get(urgency, {})
    return {clock: due(calendar, rules[clock], dispatched_at) for clock in Clock if clock in rules}


def due(calendar: WorkCalendar, rule: Rule, start: datetime, share: float = 1.0) -> datetime:
    """When ``share`` of a rule is used up, its cap considered, in UTC."""
    spans = (rule.span,) if rule.cap is None else (rule.span, rule.cap)
    return min(at_share(calendar, span, start, share) for span in spans)


def at_share(calendar: WorkCalendar, span: Span, start: datetime, share: float) -> datetime:
    """The instant at which ``share`` (0.8, 1.0, 1.2 ...) of a span is used up, in UTC.

    Working units are shared in working time, so 80 % of a working limit never falls on a night.
    """
    if share == 1:
        return calendar.add(start, span)
    # A product like 5 * 1.2 must not land a millionth before or after a whole working day.
    return calendar.add(start, Span(round(span.amount * share, 9), span.unit))
