"""The service dies at each named moment and comes back: nothing lost, doubled, overtaken (C1)."""

from __future__ import annotations

import asyncio

import pytest

from core.failpoints import KILLED
from tests.storms.world import World, world

EARLY = ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10")
WHEN_TIME_PASSES = ("P11", "P12")
BEFORE_IT_IS_READY = ("P14",)
POINTS = (*EARLY, *WHEN_TIME_PASSES, *BEFORE_IT_IS_READY)
DAY = 86_400


async def lets_days_pass(here: World) -> None:
    """What is due comes due, until somebody dies of it."""
    while here.service.running:
        await here.sandbox.forward(DAY)
        await asyncio.sleep(1)


async def dies_and_comes_back(database, point: str, hit: int) -> dict:
    """One death in the middle of a conversation; what was found wrong afterwards."""
    wish = f"{point}:{hit}"
    first = "" if point in BEFORE_IT_IS_READY else wish
    async with world(database, pushed=point == "P4", dying=first) as here:
        if not first:
            await here.arm(wish)
        async with asyncio.timeout(240), asyncio.TaskGroup() as tasks:
            raising = here.raises(here.newcomer(), "楼下的路灯坏了", calmly=True)
            told = tasks.create_task(raising)
            if point in WHEN_TIME_PASSES:
                await told
                passing = tasks.create_task(lets_days_pass(here))
                await here.service.process.wait()
                passing.cancel()
            assert await here.dies() == KILLED, point
        return await here.audit(copies=1 if point == "P9" else 0)


@pytest.mark.storm
@pytest.mark.parametrize("hit", [1, 2, 3])
@pytest.mark.parametrize("point", POINTS)
async def test_dying_at_any_moment_loses_and_doubles_nothing_on_sqlite(sqlite_file, point, hit):
    assert await dies_and_comes_back(sqlite_file, point, hit) == {}


@pytest.mark.storm
@pytest.mark.postgresql
@pytest.mark.parametrize("hit", [1, 2, 3])
@pytest.mark.parametrize("point", POINTS)
async def test_dying_at_any_moment_loses_and_doubles_nothing_on_postgresql(
    postgresql_database, point, hit
):
    assert await dies_and_comes_back(postgresql_database, point, hit) == {}
