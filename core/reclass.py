"""Another class for a matter in hand: its clocks begin where they began, and run to new ends.

What was used up stays used up (lifecycle R4): only pauses put a date off.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from core.catalogue import Urgency
from core.clockwork import with_whistle
from core.deadlines import at_share, due
from core.district import District
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Status
from core.limits import Clock, Span, Unit
from core.worktime import NATURAL, WorkCalendar

PAUSED = frozenset({Status.NEED_INFO, Status.ON_HOLD})
AGAIN, ELSEWHERE = 0.5, 0.6


class Pause(NamedTuple):
    """A stretch in which the finishing clock stood still."""

    began: datetime
    ended: datetime


def lesser(one: Urgency, other: Urgency) -> bool:
    """Whether the first urgency grants more time than the other: P3 is less than P2."""
    order = list(Urgency)
    return order.index(one) > order.index(other)


def pauses(entries: Iterable[Entry], leg_id: int) -> tuple[Pause, ...]:
    """When a leg waited for its caller or for a plan, as its journal tells; only what ended."""
    found, began = [], None
    for entry in entries:
        if entry.leg_id != leg_id or entry.before is entry.after:
            continue
        if entry.after in PAUSED:
            began = began or entry.at
        elif began is not None:
            found.append(Pause(began, entry.at))
            began = None
    return tuple(found)


def with_class(
    leg: Leg, urgency: Urgency, district: District, *, paused: Sequence[Pause], now: datetime
) -> Leg:
    """The leg under the limits of another urgency, counted from its dispatch.

    A date that would be over already is now: nobody is promised the past. A leg that was not
    dispatched yet has no clocks to move.
    """
    if leg.dispatched_at is None:
        return leg
    started = leg.dispatched_at
    calendar = district.calendar_of(leg.agency)
    ends = {
        clock: max(due(calendar, rule, started), now)
        for clock, rule in district.limits.clocks.get(urgency, {}).items()
    }
    changed = replace(
        leg,
        sign_due=leg.sign_due if leg.signed_at else ends.get(Clock.SIGN),
        contact_due=leg.contact_due if leg.contacted_at else ends.get(Clock.CONTACT),
        arrive_due=leg.arrive_due if leg.arrived_at else ends.get(Clock.ARRIVE),
        interim_due=leg.interim_due if leg.interim_at else ends.get(Clock.INTERIM),
        finish_due=_finish(leg, urgency, district, paused, now),
    )
    return with_whistle(changed, district) if leg.whistle else changed


def _finish(
    leg: Leg, urgency: Urgency, district: District, paused: Sequence[Pause], now: datetime
) -> datetime | None:
    rule = district.limits.clocks.get(urgency, {}).get(Clock.FINISH)
    if rule is None or leg.dispatched_at is None:
        return None
    paused = [pause for pause in paused if pause.began >= leg.dispatched_at]
    share = AGAIN if leg.rework else ELSEWHERE if leg.reason == "returned" else 1.0
    calendar, ends = district.calendar_of(leg.agency), []
    for span in (rule.span, rule.cap) if rule.cap else (rule.span,):
        end = at_share(calendar, span, leg.dispatched_at, share)
        ends.append(_put_off(end, span, paused, calendar))
    granted = leg.finish_due if leg.extended and leg.finish_due else now
    return max(min(ends), granted, now)


def _put_off(
    end: datetime, span: Span, paused: Sequence[Pause], calendar: WorkCalendar
) -> datetime:
    """The end of a span, later by every pause that fell into it, in the span's own time."""
    for pause in paused:
        if pause.began >= end:
            break
        if span.unit in NATURAL:
            end += pause.ended - pause.began
        else:
            hours = calendar.used(pause.began, pause.ended) / timedelta(hours=1)
            end = calendar.add(end, Span(round(hours, 6), Unit.WORKING_HOURS))
    return end
