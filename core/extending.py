"""How much longer an agency may ask for (lifecycle row 27, limits.md, last column)."""

from __future__ import annotations

from core.catalogue import Urgency
from core.limits import Clock, Limits, Span, Unit

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
