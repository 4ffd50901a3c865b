"""The service dies at each named moment and comes back: nothing lost, doubled, overtaken (C1).

The plan's eighteen points, three hits, two databases: 108 cases, and two points more: P19 between
a backup and its manifest, P20 in the middle of a restore. P15, a file half written, is an
administrator's sheet half fetched: residents' files travel by Telegram's file id.
"""

from __future__ import annotations

import asyncio

import pytest

from core.failpoints import KILLED
from tests.storms.at_the_desk import dies_of_a_sheet, dies_of_an_erasure, dies_of_an_export
from tests.storms.copying import Copier, comes_back_held
from tests.storms.world import World, world

EARLY = ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10")
TIME_PASSES, MOVING, HOLDING = ("P11", "P12"), "P13", "P14"
COPYING, RESTORING = ("P17", "P19"), "P20"
AT_THE_DESK = {"P15": dies_of_a_sheet, "P16": dies_of_an_export, "P18": dies_of_an_erasure}
POINTS = [*EARLY, *TIME_PASSES, MOVING, HOLDING, *AT_THE_DESK, *COPYING, RESTORING]
IN_FLIGHT = frozenset({"P9", MOVING})
"""Where a row is, or may be, sent and not marked yet: the card of a group that moved is shown anew
while its neighbour moves. It may come once more (I10)."""
WORDS = "楼下的路灯坏了"
DAY = 86_400


async def dies_of_what_is_said(here: World, point: str) -> None:
    """In the middle of a conversation."""
    async with asyncio.TaskGroup() as tasks:
        tasks.create_task(here.raises(here.newcomer(), WORDS, calmly=True))
        assert await here.dies() == KILLED, point


async def dies_of_days(here: World, point: str) -> None:
    """What is due comes due, until somebody dies of it."""
    await here.raises(here.newcomer(), WORDS, calmly=True)
    async with asyncio.TaskGroup() as tasks:
        passing = tasks.create_task(_lets_days_pass(here))
        await here.service.process.wait()
        passing.cancel()
    assert await here.dies() == KILLED, point


async def _lets_days_pass(here: World) -> None:
    while here.service.running:
        await here.sandbox.forward(DAY)
        await asyncio.sleep(1)


async def dies_of_moving(here: World, point: str) -> None:
    """Two groups become supergroups, one of them with a card in it."""
    await here.raises(here.newcomer(), WORDS, calmly=True)
    chat = here.books.groups()[0]
    async with asyncio.TaskGroup() as tasks:
        dying = tasks.create_task(here.dies())
        for group in (chat, chat - 1):
            await here.sandbox.post(f"/chats/{group}/upgrade", {})
            here.crowd.acts += 2
        assert await dying == KILLED, point
    await here.raises(here.newcomer(), WORDS, calmly=True)


WAYS = dict.fromkeys(TIME_PASSES, dies_of_days) | {MOVING: dies_of_moving}


async def dies_running(database, nursery, point: str, hit: int) -> dict:
    """One death of the service; what was found wrong afterwards."""
    wish = f"{point}:{hit}"
    kind = "group" if point == MOVING else "supergroup"
    dying = "" if point == HOLDING else wish
    async with world(
        database, nursery=nursery, dying=dying, pushed=point == "P4", group=kind
    ) as here:
        if not dying:
            await here.arm(wish)
        async with asyncio.timeout(240):
            await WAYS.get(point, dies_of_what_is_said)(here, point)
        return await here.audit(copies=int(point in IN_FLIGHT))


async def dies_at_the_desk(database, nursery, point: str, hit: int) -> dict:
    """What was asked for is done once, and everything else is as it should be."""
    async with world(database, nursery=nursery) as here:
        await here.arm(f"{point}:{hit}")
        async with asyncio.timeout(240):
            wrong = await AT_THE_DESK[point](here, hit)
        found = dict(await here.audit(copies=0))
        return found | ({point: wrong} if wrong else {})


async def dies_copying(database, nursery, folder, point: str, hit: int) -> dict:
    """The n-th backup dies half way: it is none, the next one is whole, the service goes on."""
    async with world(database, nursery=nursery) as here:
        copier = Copier(here, nursery, folder)
        await here.raises(here.newcomer(), WORDS)
        for number in range(1, hit):
            assert (await copier.backup(f"{number}"))[0] == 0, copier.log
        code, half = await copier.backup("half", dying=f"{point}:1")
        assert code == KILLED
        assert await copier.restore(half) == 1
        code, whole = await copier.backup("whole")
        assert code == 0, copier.log
        await here.raises(here.newcomer(), WORDS)
        found = await here.audit(copies=0)
        await here.service.stop()
        assert await copier.restore(whole) == 0, copier.log
        assert here.books.called() == 1
        return found


async def dies_at(database, nursery, folder, point: str, hit: int) -> dict:
    """What was found wrong after dying there."""
    if point in AT_THE_DESK:
        return await dies_at_the_desk(database, nursery, point, hit)
    if point in COPYING:
        return await dies_copying(database, nursery, folder, point, hit)
    if point == RESTORING:
        return await comes_back_held(database, nursery, folder, deaths=hit)
    return await dies_running(database, nursery, point, hit)


@pytest.mark.parametrize("pushed", [False, True])
async def test_dying_once_at_each_early_moment_loses_and_doubles_nothing(
    sqlite_file, nursery, pushed
):
    async with world(sqlite_file, nursery=nursery, pushed=pushed) as here:
        for point in EARLY:
            if (point == "P4") is pushed:
                await here.arm(f"{point}:1")
                await dies_of_what_is_said(here, point)
                assert await here.audit(copies=1 if point == "P9" else 0) == {}, point


@pytest.mark.storm
@pytest.mark.parametrize("hit", [1, 2, 3])
@pytest.mark.parametrize("point", POINTS)
async def test_dying_at_any_moment_loses_and_doubles_nothing_on_sqlite(
    sqlite_file, nursery, tmp_path, point, hit
):
    assert await dies_at(sqlite_file, nursery, tmp_path, point, hit) == {}


@pytest.mark.storm
@pytest.mark.postgresql
@pytest.mark.parametrize("hit", [1, 2, 3])
@pytest.mark.parametrize("point", POINTS)
async def test_dying_at_any_moment_loses_and_doubles_nothing_on_postgresql(
    postgresql_database, nursery, tmp_path, point, hit
):
    assert await dies_at(postgresql_database, nursery, tmp_path, point, hit) == {}
