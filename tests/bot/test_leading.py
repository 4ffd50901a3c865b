"""One leads, the others stand by; who may have been replaced does nothing more."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest

from bot.bell import Bell
from bot.leading import Leading
from bot.tenure import Tenure
from tests.fakes import MemoryUnits

TERM = 15.0


class Duty:
    """Counts how often it was begun and ended."""

    def __init__(self) -> None:
        self.begun = self.ended = 0
        self.changed = Bell()

    async def __call__(self) -> None:
        self.begun += 1
        self.changed.ring()
        try:
            await asyncio.Event().wait()
        finally:
            self.ended += 1
            self.changed.ring()

    async def reaches(self, begun: int, ended: int) -> None:
        """Wait until it was begun and ended so often."""
        while (self.begun, self.ended) != (begun, ended):
            assert await self.changed.heard(5), (self.begun, self.ended)


class Away(MemoryUnits):
    """A store that can be out of order."""

    away = False

    @asynccontextmanager
    async def begin(self):
        if self.away:
            raise OSError
        async with super().begin() as work:
            yield work


class House:
    """A process that would lead."""

    def __init__(self, units, clock, name: str) -> None:
        self.duty = Duty()
        self.tenure = Tenure(
            units=units, name="leader", owner=name, seconds=clock.seconds, term=TERM
        )
        self.leading = Leading(self.tenure, [self.duty])


@asynccontextmanager
async def running(*houses: House):
    async with asyncio.timeout(10), asyncio.TaskGroup() as tasks:
        for house in houses:
            tasks.create_task(house.leading.run())
            await asyncio.sleep(0)
        yield
        for house in houses:
            house.leading.stop()


async def test_one_leads_and_the_other_follows_when_he_stops(units, clock):
    one, other = House(units, clock, "one"), House(units, clock, "other")

    async with running(one, other):
        await one.duty.reaches(1, 0)
        other.leading.ring()
        assert other.duty.begun == 0
        one.leading.stop()
        await one.duty.reaches(1, 1)
        while not other.tenure.held:
            other.leading.ring()
            await asyncio.sleep(0)
        await other.duty.reaches(1, 0)


async def test_who_slept_through_his_lease_ends_his_duties_first(units, clock):
    one = House(units, clock, "one")

    async with running(one):
        await one.duty.reaches(1, 0)
        async with units.begin() as work:
            await work.leases.release("leader", owner="one")
            await work.leases.hold("leader", owner="other", seconds=60)
        clock.pass_(TERM)
        one.leading.ring()
        await one.duty.reaches(1, 1)

    assert one.duty.begun == 1
    async with units.begin() as work:
        assert await work.leases.holder("leader") == "other"


async def test_a_store_out_of_order_is_trusted_only_until_the_lease_may_have_run_out(clock):
    units = Away()
    one = House(units, clock, "one")

    async with running(one):
        await one.duty.reaches(1, 0)
        units.away = True
        clock.pass_(TERM / 2)
        one.leading.ring()
        await asyncio.sleep(0)
        assert one.duty.ended == 0
        clock.pass_(TERM / 2)
        one.leading.ring()
        await one.duty.reaches(1, 1)


async def test_a_lease_is_counted_from_before_the_question(clock):
    class Slow(MemoryUnits):
        @asynccontextmanager
        async def begin(self):
            async with super().begin() as work:
                clock.pass_(4)
                yield work

    tenure = House(Slow(), clock, "one").tenure

    assert await tenure.renew()
    assert tenure.age == 4


async def test_what_a_duty_raises_ends_the_leading(units, clock):
    async def breaks() -> None:
        raise ZeroDivisionError

    house = House(units, clock, "one")
    house.leading = Leading(house.tenure, [breaks])

    with pytest.raises(ExceptionGroup):
        await house.leading.run()

    async with units.begin() as work:
        assert await work.leases.holder("leader") is None
