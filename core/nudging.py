"""The ladder: at which moments an agency is reminded until the call is closed (limits.md).

Shares of each limit: 80 % a word, 100 % yellow, 120 % red, then every working morning. What nobody
signed comes again sooner: every four working hours, urgent calls each signing limit. What is
pressed comes every working morning, late or not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum

from core.arriving import awaits_arrival
from core.catalogue import Urgency
from core.leg import Leg
from core.limits import Clock, Span, Unit
from core.worktime import WorkCalendar

URGENT = frozenset({Urgency.P0, Urgency.P1})
QUIET_FROM, QUIET_UNTIL = time(21, 30), time(8)
MORNING = time(9)
UNSIGNED_AGAIN = Span(4, Unit.WORKING_HOURS)


class Stage(StrEnum):
    """How far past its share a limit is."""

    NEAR = "near"
    YELLOW = "yellow"
    RED = "red"
    DAILY = "daily"
    PRESSED = "pressed"


SHARES = {Stage.NEAR: 0.8, Stage.YELLOW: 1.0, Stage.RED: 1.2}


@dataclass(frozen=True, slots=True)
class Rung:
    """One moment of the ladder."""

    at: datetime
    clock: Clock
    stage: Stage


def running(leg: Leg) -> Iterator[tuple[Clock, datetime]]:
    """The clocks that still run, and when each runs out."""
    if leg.sign_due and not leg.signed_at:
        yield Clock.SIGN, leg.sign_due
    if leg.contact_due and not leg.contacted_at:
        yield Clock.CONTACT, leg.contact_due
    if leg.arrive_due and awaits_arrival(leg):
        yield Clock.ARRIVE, leg.arrive_due
    if leg.interim_due and not leg.interim_at:
        yield Clock.INTERIM, leg.interim_due
    if leg.finish_due:
        yield Clock.FINISH, leg.finish_due


def rungs(leg: Leg, urgency: Urgency, calendar: WorkCalendar) -> tuple[Rung, ...]:
    """Every rung of the running clocks, earliest first; quiet hours move one to the morning."""
    start = leg.started
    if start is None:
        return ()
    made = [
        Rung(loud(share_of(start, due, share, urgency, calendar), urgency, calendar), clock, stage)
        for clock, due in running(leg)
        for stage, share in SHARES.items()
    ]
    return tuple(sorted(made, key=lambda rung: (rung.at, rung.stage)))


def next_rung(leg: Leg, urgency: Urgency, calendar: WorkCalendar, *, after: datetime) -> Rung:
    """The first rung later than ``after``, or the next repetition when that comes earlier."""
    later = [rung for rung in rungs(leg, urgency, calendar) if rung.at > after]
    if leg.signed_at is None and not any(rung.clock is Clock.SIGN for rung in later):
        later.append(_unsigned_still(leg, urgency, calendar, after))
    if leg.pressed_at or not later:
        later.append(_tomorrow(calendar, after))
    return min(later, key=lambda rung: rung.at)


def reached(leg: Leg, urgency: Urgency, calendar: WorkCalendar, *, now: datetime) -> Rung | None:
    """The gravest rung that has come; an outage yields one nudge, not a heap of them (I13)."""
    passed = [rung for rung in rungs(leg, urgency, calendar) if rung.at <= now]
    fresh = [rung for rung in passed if leg.next_due is None or rung.at >= leg.next_due]
    if leg.pressed_at and not fresh:
        return Rung(now, Clock.FINISH, Stage.PRESSED)
    if not passed:
        return None
    gravest = max(fresh or passed, key=lambda rung: (SHARES[rung.stage], rung.at))
    if fresh:
        return gravest
    return Rung(now, Clock.SIGN if leg.signed_at is None else gravest.clock, Stage.DAILY)


def _unsigned_still(leg: Leg, urgency: Urgency, calendar: WorkCalendar, after: datetime) -> Rung:
    """Nobody took it: urgent calls once more each signing limit, others every four hours."""
    if urgency in URGENT and leg.sign_due and leg.dispatched_at:
        return Rung(after + (leg.sign_due - leg.dispatched_at), Clock.SIGN, Stage.DAILY)
    return Rung(calendar.add(after, UNSIGNED_AGAIN), Clock.SIGN, Stage.DAILY)


def _tomorrow(calendar: WorkCalendar, after: datetime) -> Rung:
    day = after.astimezone(calendar.zone).date() + timedelta(days=1)
    while not calendar.works_on(day):
        day += timedelta(days=1)
    morning = datetime.combine(day, MORNING, calendar.zone)
    return Rung(morning.astimezone(after.tzinfo), Clock.FINISH, Stage.DAILY)


def share_of(
    start: datetime, due: datetime, share: float, urgency: Urgency, calendar: WorkCalendar
) -> datetime:
    """The instant at which a share of the time between the two is used up."""
    if urgency in URGENT:
        return start + (due - start) * share
    if share == 1:
        return due
    hours = calendar.used(start, due) / timedelta(hours=1)
    return calendar.add(start, Span(round(hours * share, 6), Unit.WORKING_HOURS))


def loud(at: datetime, urgency: Urgency, calendar: WorkCalendar) -> datetime:
    """The same instant, or the morning after quiet hours where the call may wait."""
    local = at.astimezone(calendar.zone)
    if urgency in URGENT or QUIET_UNTIL <= local.time() < QUIET_FROM:
        return at
    day = local.date() + timedelta(days=1) if local.time() >= QUIET_FROM else local.date()
    return datetime.combine(day, QUIET_UNTIL, calendar.zone).astimezone(at.tzinfo)
