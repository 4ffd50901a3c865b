"""The clock of a simulation: from one thing that happens to the next, minutes passed over."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Awaitable, Callable, Container, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property, partial
from itertools import count
from random import Random
from sys import maxsize
from typing import Any, NamedTuple, cast

from core.call import NewCall
from core.catalogue import Urgency
from core.desk import Desk
from core.district import District
from core.errors import ChildrenOpen, CoreError
from core.gathering import Gathering
from core.leg import Leg
from core.ports import Units
from core.watch import Watch
from simulation.acting import Acting
from simulation.behaviour import Behaviour, Lot
from simulation.ledger import Ledger, Worded
from simulation.noting import NotedUnits
from simulation.plans import Plans
from simulation.town import Town

QUARTER, MINUTE, DAY = timedelta(minutes=15), timedelta(minutes=1), timedelta(days=1)
TRIES = 20
TICK, RAISE = "tick", "raise_call"
Counts = Callable[[int, date, int], None]


@dataclass(frozen=True, slots=True)
class Scenario:
    """So many calls a year, for so many days from the midnight of ``begins`` on."""

    begins: date
    days: int
    calls_a_year: int = 300_000
    seed: int = 1


class Chance:
    """A ``Random`` that is seeded when something is drawn: most steps draw nothing."""

    def __init__(self, seed: int, about: tuple[object, ...]) -> None:
        self._seed, self._about = seed, about

    def __getattr__(self, name: str) -> Any:
        return getattr(self._seeded, name)

    @cached_property
    def _seeded(self) -> Random:
        return Random(f"{self._seed} {self._about}")


class Event(NamedTuple):
    """What happens at ``at``: the minute rings before anybody acts, and all act in turn.

    ``about`` is a leg, 0 for no certain one, or which of all calls is raised; ``version`` is the
    leg's, or which call of its day it is.
    """

    at: datetime
    acts: bool
    turn: int
    step: str
    about: int
    version: int
    tries: int


@dataclass
class Simulation:
    """The minute rings whenever a leg is due, and every quarter of an hour in any case.

    Every draw is seeded by the call, the agency and the step: two districts with other rules meet
    the same residents and the same officers. A part lives through the calls of its ``places``
    alone; whoever calls elsewhere is drawn there as well, so that all parts count alike, and
    ``counts`` tells the store which call of all, and of its day, comes next: lots go by that.
    """

    district: District
    behaviour: Behaviour
    scenario: Scenario
    units: Units
    worded: Worded
    places: Container[str] | None = None
    counts: Counts | None = None
    legs: dict[int, Leg] = field(default_factory=dict)
    urgencies: dict[int, tuple[Urgency, str]] = field(default_factory=dict)
    refused: Counter[str] = field(default_factory=Counter)
    calls: int = 0

    def __post_init__(self) -> None:
        zone = self.district.calendar.zone
        self.begins = datetime.combine(self.scenario.begins, time(), zone)
        self.ends = self.begins + self.scenario.days * DAY
        self.ledger = Ledger(self.worded, self.district)
        self.town = Town(self.district)
        self.acting = Acting(self.district, self.town, self.behaviour)
        self._plans = Plans(self.district, self.behaviour)
        self._noted = NotedUnits(self.units, self.ledger, self.begins)
        self._watch = Watch(self._noted, self.district)
        self._events: list[Event] = []
        self._turns, self._callers = count(), count(1)
        self._stages: dict[int, tuple[object, ...]] = {}

    async def run(self, passed: Callable[[float], None] = lambda share: None) -> None:
        """Live through it all; ``passed`` hears which share of the time is over, once a day."""
        await self.town.move_in(self.units, now=self.begins)
        for day in range(self.scenario.days):
            morning = self.begins + day * DAY
            for of_day, at in enumerate(sorted(self._arrivals(morning)), 1):
                self._put(at, RAISE, next(self._callers), of_day)
            for quarter in range(96):
                self._put(morning + quarter * QUARTER, TICK)
            await self._live_until(morning + DAY)
            passed((day + 1) / self.scenario.days)

    async def _live_until(self, end: datetime) -> None:
        before = None
        while self._events and self._events[0].at < end:
            event = heapq.heappop(self._events)
            at = self._noted.now = event.at
            if event.step == TICK:
                if at != before and self._rings(event):
                    await self._tick(at)
                    before = at
            elif event.step == RAISE:
                await self._arrive(event)
            elif not self._outdated(event):
                await self._at_desk(event, self._act)
            for moved in self._noted.taken():
                await self._heed(moved, at)

    async def _arrive(self, event: Event) -> None:
        """One of all residents calls, unless it is in another part."""
        new = self.acting.thinks_of(event.about, self._chance("call", event.about))
        if self.places is None or new.community in self.places:
            self.calls += 1
            await self._at_desk(event, partial(self._raise, new))

    async def _at_desk(self, event: Event, act: Callable[[Desk, Event], Awaitable[None]]) -> None:
        """Somebody acts in a transaction; what is refused is written down, not done."""
        try:
            async with self._noted.begin() as work:
                await act(Desk(work, self.district), event)
        except ChildrenOpen:
            if event.tries < TRIES:
                self._put(event.at + DAY, *event[3:6], event.tries + 1)
        except CoreError as error:
            self.refused[type(error).__name__] += 1

    async def _raise(self, new: NewCall, desk: Desk, event: Event) -> None:
        if self.counts is not None:
            day = event.at.astimezone(self.district.calendar.zone).date()
            self.counts(event.about, day, event.version)
        await self.acting.raise_call(desk, new, event.about, event.at)

    async def _act(self, desk: Desk, event: Event) -> None:
        leg = await desk.work.legs.get(event.about)
        number = self.urgencies[leg.call_id][1]
        chance = self._chance(number, leg.agency, event.step, event.version)
        await getattr(self.acting, event.step)(desk, leg, chance, event.at)

    async def _tick(self, at: datetime) -> None:
        """As the watch catches up; which chat is crowded, all parts together tell afterwards."""
        await self._watch.catch_up(at, Gathering(at, most=maxsize))

    def _rings(self, event: Event) -> bool:
        """At a quarter always; for a leg unless it was moved, and is due at another time now."""
        if not event.about:
            return True
        due = self.legs[event.about].next_due
        return due is not None and due <= event.at

    def _outdated(self, event: Event) -> bool:
        """What was planned for an earlier state of the leg is not done in this one."""
        leg = self.legs[event.about]
        return leg.version != event.version or (event.step == "decide" and leg.proposal is None)

    async def _heed(self, leg: Leg, at: datetime) -> None:
        """What a moved leg means: time has to ring for it, and people take their next steps."""
        self.legs[leg.id] = leg
        if leg.next_due is not None:
            self._put(max(_whole_minute(leg.next_due), _next_minute(at)), TICK, leg.id)
        stage = (leg.version, leg.proposal is None)
        if self._stages.get(leg.id) == stage:
            return
        self._stages[leg.id] = stage
        urgency, number = await self._about(leg.call_id)
        chance = self._chance(number, leg.agency, *stage)
        for following in self._plans.after(leg, urgency, chance, at):
            self._put(max(following.at, at), following.step, leg.id, leg.version)

    async def _about(self, call_id: int) -> tuple[Urgency, str]:
        known = self.urgencies.get(call_id)
        if known is None:
            async with self._noted.begin() as work:
                call = await work.calls.get(call_id)
            known = self.urgencies[call_id] = call.urgency, call.number
        return known

    def _arrivals(self, morning: datetime) -> Iterator[datetime]:
        """When residents call on a day, at random seconds of the hours they like to call in."""
        weekday = morning.weekday()
        weights = self.behaviour.calls[weekday]
        hours = Lot(weights)
        week = sum(sum(day) for day in self.behaviour.calls)
        chance = self._chance("day", morning.date())
        mean = self.scenario.calls_a_year * 7 / 365 * sum(weights) / week
        for _ in range(max(round(chance.gauss(mean, mean**0.5)), 0)):
            hour = hours.draw(chance)
            yield morning + timedelta(hours=hour, seconds=chance.randrange(3600))

    def _put(
        self, at: datetime, step: str, about: int = 0, version: int = 0, tries: int = 0
    ) -> None:
        """In UTC, as the service tells the time: instants of one zone are quick to compare."""
        turn, acts = next(self._turns), step != TICK
        event = Event(at.astimezone(UTC), acts, turn, step, about, version, tries)
        heapq.heappush(self._events, event)

    def _chance(self, *about: object) -> Random:
        return cast(Random, Chance(self.scenario.seed, about))


def _next_minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0) + MINUTE


def _whole_minute(at: datetime) -> datetime:
    whole = at.replace(second=0, microsecond=0)
    return whole if whole == at else whole + MINUTE
