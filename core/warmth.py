"""When a caller is owed a word, though nothing happened: nobody is left wondering (limits.md)."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from core.lifecycle import Action, Status, rule_for
from core.people import Party
from core.quiet import calm
from core.records import replace

if TYPE_CHECKING:
    from core.catalogue import Urgency
    from core.district import District
    from core.leg import Leg

AT_WORK = frozenset({Status.DISPATCHED, Status.IN_PROGRESS, Status.RETURN_REVIEW})
WAITING = AT_WORK | {Status.ON_HOLD}
# What the leg remembers in a moment of its own.
DATED = frozenset({Action.ACKNOWLEDGE, Action.RAISE, Action.ADMIT, Action.DISPATCH_LATE})


def heard(leg: Leg, action: Action, *, now: datetime) -> Leg:
    """The leg once its caller, a resident, has heard of this step."""
    told = Party.CALLER in rule_for(action).telling and action not in DATED
    return replace(leg, heard_at=now) if told and leg.caller_agency is None else leg


def heard_at(leg: Leg) -> datetime | None:
    """When the caller had the last word of it: by a step, by an answer, or by the clock."""
    times = (leg.dispatched_at, leg.signed_at, leg.contacted_at, leg.heard_at, leg.paused_at)
    return max(filter(None, times), default=None)


def word_due(leg: Leg, urgency: Urgency, district: District) -> datetime | None:
    """When the resident hears that it is still being handled, never at night; None for agencies.

    A leg that called up keeps this duty (R3).
    """
    heard = heard_at(leg)
    if leg.caller_agency is not None or leg.status not in WAITING or heard is None:
        return None
    ladder, calendar = district.ladder_of(leg.agency), district.calendar_of(leg.agency)
    held = leg.status is Status.ON_HOLD
    span = ladder.hold_word if held else ladder.words.get(urgency)
    if span is None:
        return None
    return calm(calendar.add(heard, span), calendar, ladder)
