"""The ladder: at which moments an agency is reminded until the call is closed (limits.md).

Shares of each limit: 80 % a word, 100 % yellow, 120 % red, then every working morning. What nobody
signed comes sooner, and again every four working hours; an urgent leg goes from one person of the
roster to the next. What is pressed comes every working morning, late or not.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, TypeVar

from core.arriving import awaits_arrival
from core.catalogue import Urgency
from core.ladder import USUAL, Ladder
from core.leg import Leg
from core.limits import Clock, Span, Unit
from core.quarters import quarter_end
from core.quiet import loud, morning_after, quiet
from core.worktime import WorkCalendar

URGENT = frozenset({Urgency.P0, Urgency.P1})


class Stage(StrEnum):
    """How far past its share a limit is; ``PAGE`` and ``TREE`` are of urgent legs unsigned."""

    NEAR = "near"
    PAGE = "page"
    TREE = "tree"
    YELLOW = "yellow"
    RED = "red"
    DAILY = "daily"
    PRESSED = "pressed"


AFTER_SIGNING = frozenset({Clock.CONTACT, Clock.ARRIVE, Clock.INTERIM})
LATE = (Stage.NEAR, Stage.YELLOW, Stage.RED)
AT_HAND = 16_384
Clocks = tuple[tuple[Clock, datetime], ...]
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Rung:
    """One moment of the ladder."""

    at: datetime
    clock: Clock
    stage: Stage


Marks = tuple[Rung, ...]


class Way(NamedTuple):
    """The rungs of all running clocks, earliest first, and when the first of these turns red."""

    rungs: tuple[Rung, ...]
    red: datetime | None


NOWHERE = Way((), None)


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


def nearest(leg: Leg) -> tuple[Clock, datetime] | None:
    """The running clock that runs out first, and when."""
    return min(running(leg), key=lambda clock: clock[1], default=None)


def rungs(
    leg: Leg, urgency: Urgency, calendar: WorkCalendar, ladder: Ladder = USUAL
) -> tuple[Rung, ...]:
    """Every rung of the running clocks, earliest first; quiet hours move one to the morning."""
    return _way(leg, urgency, calendar, ladder).rungs


def next_rung(
    leg: Leg, urgency: Urgency, calendar: WorkCalendar, ladder: Ladder = USUAL
) -> datetime | None:
    """When the agency is reminded next: of what it was not told yet, or once more.

    Of what is not urgent at a quarter of the hour, so that what comes due together rings once.
    """
    since = _since(leg)
    if since is None:
        return None
    made = rungs(leg, urgency, calendar, ladder)
    ahead = [rung for rung in made if rung.at > since]
    again = _again_at(leg, urgency, calendar, ladder, since=since, ahead=ahead)
    return min(filter(None, (_rings_at(ahead, urgency, calendar, ladder), again)))


def reached(
    leg: Leg, urgency: Urgency, calendar: WorkCalendar, ladder: Ladder = USUAL, *, now: datetime
) -> Rung | None:
    """What the agency is to be reminded of now; an outage yields one nudge, no heap (I13)."""
    since = _since(leg)
    if since is None:
        return None
    made = rungs(leg, urgency, calendar, ladder)
    ahead = [rung for rung in made if rung.at > since]
    rings = _rings_at(ahead, urgency, calendar, ladder)
    if rings is not None and rings <= now:
        return _gravest([rung for rung in ahead if rung.at <= now])
    again = _again_at(leg, urgency, calendar, ladder, since=since, ahead=ahead)
    if again is None or again > now:
        return None
    if leg.pressed_at:
        return Rung(now, Clock.FINISH, Stage.PRESSED)
    if leg.signed_at is None:
        return Rung(now, Clock.SIGN, Stage.PAGE if paging(leg, urgency) else Stage.DAILY)
    passed = [rung for rung in made if rung.at <= now]
    return Rung(now, _gravest(passed).clock if passed else Clock.FINISH, Stage.DAILY)


def standing_at(
    leg: Leg, urgency: Urgency, calendar: WorkCalendar, ladder: Ladder = USUAL, *, now: datetime
) -> Rung | None:
    """The gravest rung that has come, whatever the agency was told of it."""
    passed = [rung for rung in rungs(leg, urgency, calendar, ladder) if rung.at <= now]
    return _gravest(passed) if passed else None


def first_red(
    leg: Leg, urgency: Urgency, calendar: WorkCalendar, ladder: Ladder = USUAL
) -> datetime | None:
    """When the first of its running clocks turns red."""
    return _way(leg, urgency, calendar, ladder).red


def paging(leg: Leg, urgency: Urgency) -> bool:
    """Whether it is urgent and nobody has signed it: it goes through the roster."""
    return urgency in URGENT and leg.signed_at is None


def share_of(
    start: datetime, due: datetime, share: float, urgency: Urgency, calendar: WorkCalendar
) -> datetime:
    """The instant at which a share of the time between the two is used up."""
    if urgency in URGENT:
        return start + (due - start) * share
    if share == 1:
        return due
    return calendar.share(start, due, share)


def _way(leg: Leg, urgency: Urgency, calendar: WorkCalendar, ladder: Ladder) -> Way:
    """Asked at every step of a leg and at every look at it, and the same until a clock stops."""
    start = leg.started
    if start is None:
        return NOWHERE
    clocks, pages = tuple(running(leg)), paging(leg, urgency)
    key = (start, clocks, urgency, pages, id(ladder))
    known: tuple[Ladder, Way] | None = calendar.worked_out.get(key)
    if known is None or known[0] is not ladder:
        way = _way_of(start, clocks, urgency, pages, calendar, ladder)
        known = _at_hand(calendar, key, (ladder, way))
    return known[1]


def _way_of(
    start: datetime,
    clocks: Clocks,
    urgency: Urgency,
    pages: bool,
    calendar: WorkCalendar,
    ladder: Ladder,
) -> Way:
    """While people are called one by one, nothing else is asked but that one signs."""
    made = [
        rung
        for clock, due in clocks
        if not (pages and clock in AFTER_SIGNING)
        for rung in _marks(start, clock, due, urgency, calendar, ladder)
    ]
    red = min((rung.at for rung in made if rung.stage is Stage.RED), default=None)
    told = [rung for rung in made if not (pages and rung.stage is Stage.NEAR)]
    return Way(tuple(sorted(told, key=_when)), red)


def _when(rung: Rung) -> tuple[datetime, int]:
    return rung.at, LATE.index(rung.stage)


def _at_hand(calendar: WorkCalendar, key: Hashable, found: Found) -> Found:
    if len(calendar.worked_out) >= AT_HAND:
        calendar.worked_out.clear()
    calendar.worked_out[key] = found
    return found


def _marks(
    start: datetime,
    clock: Clock,
    due: datetime,
    urgency: Urgency,
    calendar: WorkCalendar,
    ladder: Ladder,
) -> Marks:
    """The rungs of one clock, in office hours: asked for at every step of its leg."""
    key = (start, clock, due, urgency, id(ladder))
    known: tuple[Ladder, Marks] | None = calendar.worked_out.get(key)
    if known is None or known[0] is not ladder:
        stages = _stages(start, clock, due, urgency, calendar, ladder)
        marks = tuple(
            Rung(_loud(at, urgency, calendar, ladder), clock, stage) for stage, at in stages
        )
        known = _at_hand(calendar, key, (ladder, marks))
    return known[1]


def _stages(
    start: datetime,
    clock: Clock,
    due: datetime,
    urgency: Urgency,
    calendar: WorkCalendar,
    ladder: Ladder,
) -> Iterator[tuple[Stage, datetime]]:
    """Of what nobody signed a word comes at half its limit already."""
    near = ladder.board if clock is Clock.SIGN else ladder.near
    yield Stage.NEAR, share_of(start, due, near, urgency, calendar)
    yield Stage.YELLOW, due
    yield Stage.RED, _red(start, due, urgency, calendar, ladder)


def _red(
    start: datetime, due: datetime, urgency: Urgency, calendar: WorkCalendar, ladder: Ladder
) -> datetime:
    red = share_of(start, due, ladder.red, urgency, calendar)
    return min(red, calendar.add(due, ladder.red_after))


def _since(leg: Leg) -> datetime | None:
    """Until when everything was said: the last nudge, or the beginning of the clocks."""
    times = (leg.started, leg.nudged.at if leg.nudged else None, leg.dispatched_at)
    return max(filter(None, times)) if leg.started else None


def _rings_at(
    ahead: list[Rung], urgency: Urgency, calendar: WorkCalendar, ladder: Ladder
) -> datetime | None:
    """When the next of these rings: at once, or with others at the end of its quarter.

    What is urgent never waits; neither does what the night, or the next rung of the same clock,
    would overtake (decision 22).
    """
    if not ahead:
        return None
    end = quarter_end(ahead[0].at, calendar.zone)
    if urgency in URGENT or quiet(end, calendar, ladder):
        return ahead[0].at
    soon = [rung for rung in ahead if rung.at <= end]
    overtaken = (
        rung.at
        for n, rung in enumerate(soon)
        if any(later.clock is rung.clock for later in soon[n + 1 :])
    )
    return min(overtaken, default=end)


def _again_at(
    leg: Leg,
    urgency: Urgency,
    calendar: WorkCalendar,
    ladder: Ladder,
    *,
    since: datetime,
    ahead: list[Rung],
) -> datetime | None:
    """When the same is said once more; None while rungs of its own are still to come."""
    times = []
    if paging(leg, urgency):
        tree = leg.nudged is not None and leg.nudged.tree
        pace = Span(1, Unit.HOURS) if tree else ladder.pages[urgency]
        times.append(calendar.add(since, pace))
    elif leg.signed_at is None and not any(rung.clock is Clock.SIGN for rung in ahead):
        times.append(_loud(calendar.add(since, ladder.again), urgency, calendar, ladder))
    if leg.pressed_at or not ahead:
        times.append(morning_after(since, calendar))
    return min(times, default=None)


def _gravest(rungs: list[Rung]) -> Rung:
    return max(rungs, key=lambda rung: (LATE.index(rung.stage), rung.at))


def _loud(at: datetime, urgency: Urgency, calendar: WorkCalendar, ladder: Ladder) -> datetime:
    return at if urgency in URGENT else loud(at, calendar, ladder)
