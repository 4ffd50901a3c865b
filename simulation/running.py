"""The clock of a simulation: from one thing that happens to the next, minutes passed over."""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import count
from random import Random
from typing import Any, cast

from core.catalogue import Urgency
from core.desk import Desk
from core.district import District
from core.errors import ChildrenOpen, CoreError
from core.leg import Leg
from core.ports import Units
from core.watch import Watch
from simulation.acting import Acting
from simulation.behaviour import Behaviour, pick
from simulation.ledger import Ledger, Worded
from simulation.noting import NotedUnits
from simulation.plans import Plans
from simulation.town import Town

QUARTER, MINUTE, DAY = timedelta(minutes=15), timedelta(minutes=1), timedelta(days=1)
TRIES = 20


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


@dataclass
class Simulation:
    """The minute rings whenever a leg is due, and every quarter of an hour in any case.

    Every draw is seeded by the call, the agency and the step: two districts with other rules meet
    the same residents and the same officers.
    """

    district: District
    behaviour: Behaviour
    scenario: Scenario
    units: Units
    worded: Worded
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
        self._events: list[tuple[datetime, int, str, int, int, int]] = []
        self._turns = count()
        self._stages: dict[int, tuple[object, ...]] = {}

    async def run(self, passed: Callable[[float], None] = lambda share: None) -> None:
        """Live through it all; ``passed`` hears which share of the time is over, once a day."""
        await self.town.move_in(self.units, now=self.begins)
        for day in range(self.scenario.days):
            morning = self.begins + day * DAY
            for at in self._arrivals(morning):
                self._put(at, "raise_call", 0, 0)
            for quarter in range(96):
                self._put(morning + quarter * QUARTER, "tick", 0, 0)
            await self._live_until(morning + DAY)
            passed((day + 1) / self.scenario.days)

    async def _live_until(self, end: datetime) -> None:
        before = None
        while self._events and self._events[0][0] < end:
            at, _, step, leg, version, tries = heapq.heappop(self._events)
            self._noted.now = at
            if step == "tick":
                if at != before:
                    await self._watch.catch_up(at)
                before = at
            else:
                await self._step(at, step, leg, version, tries)
            for moved in self._noted.taken():
                await self._heed(moved, at)

    async def _step(self, at: datetime, step: str, leg_id: int, version: int, tries: int) -> None:
        if step != "raise_call" and self._outdated(step, leg_id, version):
            return
        try:
            async with self._noted.begin() as work:
                desk = Desk(work, self.district)
                await self._act(desk, step, leg_id, version, at)
        except ChildrenOpen:
            if tries < TRIES:
                self._put(at + DAY, step, leg_id, version, tries + 1)
        except CoreError as error:
            self.refused[type(error).__name__] += 1

    def _outdated(self, step: str, leg_id: int, version: int) -> bool:
        """What was planned for an earlier state of the leg is not done in this one."""
        leg = self.legs[leg_id]
        return leg.version != version or (step == "decide" and leg.proposal is None)

    async def _act(self, desk: Desk, step: str, leg_id: int, version: int, at: datetime) -> None:
        if step == "raise_call":
            self.calls += 1
            chance = self._chance("call", self.calls)
            await self.acting.raise_call(desk, self.calls, chance, at)
            return
        leg = await desk.work.legs.get(leg_id)
        chance = self._chance(self.urgencies[leg.call_id][1], leg.agency, step, version)
        await getattr(self.acting, step)(desk, leg, chance, at)

    async def _heed(self, leg: Leg, at: datetime) -> None:
        """What a moved leg means: time has to ring for it, and people take their next steps."""
        self.legs[leg.id] = leg
        if leg.next_due is not None:
            self._put(_whole_minute(max(leg.next_due, at + MINUTE)), "tick", 0, 0)
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
        week = sum(sum(day) for day in self.behaviour.calls)
        chance = self._chance("day", morning.date())
        mean = self.scenario.calls_a_year * 7 / 365 * sum(weights) / week
        for _ in range(max(round(chance.gauss(mean, mean**0.5)), 0)):
            hour = pick(weights, chance)
            yield morning + timedelta(hours=hour, seconds=chance.randrange(3600))

    def _put(self, at: datetime, step: str, leg: int, version: int, tries: int = 0) -> None:
        """In UTC, as the service tells the time: instants of one zone are quick to compare."""
        turn = next(self._turns)
        heapq.heappush(self._events, (at.astimezone(UTC), turn, step, leg, version, tries))

    def _chance(self, *about: object) -> Random:
        return cast(Random, Chance(self.scenario.seed, about))


def _whole_minute(at: datetime) -> datetime:
    whole = at.replace(second=0, microsecond=0)
    return whole if whole == at else whole + MINUTE
