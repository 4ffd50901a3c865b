"""The minute rings, a ring is heard at once, and a bad tick ends nothing."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.bell import Bell
from bot.schedule import Schedule


class Ticks:
    """Counts, and fails when told to; ``backlog`` ticks leave something that is due."""

    def __init__(self, *, failing: int = 0, backlog: int = 0) -> None:
        self.times: list[datetime] = []
        self.failing = failing
        self.backlog = backlog
        self.ticked = Bell()

    async def __call__(self, now: datetime) -> bool:
        self.times.append(now)
        self.ticked.ring()
        if len(self.times) <= self.failing:
            raise OSError
        return len(self.times) <= self.backlog


async def test_time_passes_at_the_start_and_at_every_ring(clock):
    ticks = Ticks()
    schedule = Schedule(tick=ticks, clock=clock.now)

    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        tasks.create_task(schedule.run())
        await ticks.ticked.heard(5)
        clock.pass_(60)
        schedule.ring()
        await ticks.ticked.heard(5)
        schedule.stop()

    assert len(set(ticks.times)) == 2


async def test_a_tick_that_fails_is_followed_by_the_next(clock):
    ticks = Ticks(failing=1)
    schedule = Schedule(tick=ticks, clock=clock.now)

    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        tasks.create_task(schedule.run())
        await ticks.ticked.heard(5)
        schedule.ring()
        await ticks.ticked.heard(5)
        schedule.stop()

    assert len(ticks.times) >= 2


async def test_a_backlog_waits_for_no_minute_and_lets_others_have_their_turn(clock):
    ticks = Ticks(backlog=3)
    schedule = Schedule(tick=ticks, clock=clock.now, alarm=Alarms())
    seen = []

    async def others() -> None:
        while len(ticks.times) <= ticks.backlog:
            seen.append(len(ticks.times))
            await asyncio.sleep(0)
        schedule.stop()

    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        tasks.create_task(schedule.run())
        tasks.create_task(others())

    assert {1, 2, 3} <= {*seen}
    assert len(ticks.times) == ticks.backlog + 1


async def test_a_service_that_is_to_stop_leaves_a_backlog_to_the_next(clock):
    ticks = Ticks(backlog=10**6)
    schedule = Schedule(tick=ticks, clock=clock.now)

    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        tasks.create_task(schedule.run())
        await ticks.ticked.heard(5)
        schedule.stop()

    assert len(ticks.times) < ticks.backlog


async def test_a_scheduler_fallen_silent_is_noticed_and_made_up_for(clock):
    ticks = Ticks()
    schedule = Schedule(tick=ticks, clock=clock.now, silence=0.01)

    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        tasks.create_task(schedule.run())
        await ticks.ticked.heard(5)
        heard = await ticks.ticked.heard(5)
        schedule.stop()

    assert heard


class Alarms:
    """Alarm clocks that never ring; how many were set, and which still are."""

    def __init__(self) -> None:
        self.set: list[str] = []

    def __call__(self, ring: object) -> Alarms:
        return self

    def start(self) -> None:
        self.set.append("set")

    def shutdown(self, *, wait: bool) -> None:
        self.set.append("put away")


async def test_an_alarm_fallen_silent_is_set_anew_and_none_is_left_behind(clock):
    ticks, alarms = Ticks(), Alarms()
    schedule = Schedule(tick=ticks, clock=clock.now, silence=0.01, alarm=alarms)

    async with asyncio.timeout(5), asyncio.TaskGroup() as tasks:
        tasks.create_task(schedule.run())
        for _ in range(3):
            await ticks.ticked.heard(5)
        schedule.stop()

    assert alarms.set[:4] == ["set", "put away", "set", "put away"]
    assert alarms.set.count("set") == alarms.set.count("put away")
