"""The channel of the district, in memory, in SQLite and in PostgreSQL."""

from __future__ import annotations

from dataclasses import replace

from core.channel import Channel, Every
from core.ports import Units
from tests.core.playing import MONDAY

FIRST, SECOND = Channel(-1001, "荔湾呼应"), Channel(-1002, "另一个频道", posts=False)
BOUND = replace(FIRST, every=Every.WEEKLY, bound_at=MONDAY)


async def test_channels_are_kept_as_they_are_and_replaced(units: Units):
    async with units.begin() as work:
        for channel in (FIRST, SECOND, BOUND):
            await work.channels.save(channel)

    async with units.read() as work:
        assert list(await work.channels.known()) == [SECOND, BOUND]
        assert await work.channels.bound() == BOUND


async def test_without_a_word_none_is_the_districts(units: Units):
    async with units.begin() as work:
        await work.channels.save(FIRST)

        assert await work.channels.bound() is None


async def test_one_that_is_forgotten_is_unknown_and_may_be_forgotten_twice(units: Units):
    async with units.begin() as work:
        await work.channels.save(BOUND)
        for _time in range(2):
            await work.channels.remove(BOUND.chat)

        assert await work.channels.known() == []
