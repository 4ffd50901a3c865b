"""Residents and officers go on while the service is ended at random (C2)."""

from __future__ import annotations

import asyncio
import random
from time import monotonic

import pytest

from tests.storms import tallying
from tests.storms.killing import KILLS, MINUTES, SEED, Killer
from tests.storms.officers import Officers
from tests.storms.world import World, world

AT_ONCE = 6
IN_FLIGHT = 8
IN_HAND = 8
FEW = 6
FAULTS = ("429", "500", "502", "refuse", "drop_before", "drop_after", "bad_json")
WORDS = ("楼下的路灯坏了", "门口的垃圾没人收", "井盖松了，走过去会响")


async def needs(here: World, over: asyncio.Event) -> None:
    """One call after the other, of a new person or again of the same, until it is over."""
    while not over.is_set():
        resident = here.newcomer()
        for words in WORDS[:2]:
            if not over.is_set():
                await here.raises(resident, words)


async def go_wrong(here: World) -> None:
    """One request in a hundred meets a fault of Telegram or of the way there."""
    for kind in FAULTS:
        wish = {"retry_after": 1} if kind == "429" else {}
        await here.sandbox.fault(kind, probability=0.01 / len(FAULTS), **wish)


async def live_through(here: World, killer: Killer, minutes: float, kills: int) -> None:
    """Everybody does what they do, until it was ended so often or so long."""
    over, officers = asyncio.Event(), Officers(here.crowd)
    async with asyncio.TaskGroup() as tasks:
        taking = tasks.create_task(officers.work())
        needing = [tasks.create_task(needs(here, over)) for _ in range(AT_ONCE)]
        await killer.until(monotonic() + minutes * 60, kills)
        over.set()
        await asyncio.wait(needing)
        await here.sandbox.no_faults()
        await here.books.come_to_rest()
        taking.cancel()


async def storm(
    database, nursery, *, minutes: float = MINUTES, kills: int = KILLS, **more
) -> tuple[dict, float, int]:
    """Everything at once; what was found wrong, extra copies a kill, and the calls."""
    print(f"\nSEED={SEED}")  # noqa: T201 - to see the same storm again
    faults = more.pop("faults", False)
    began = monotonic()
    async with world(database, nursery=nursery, **more) as here:
        killer = Killer(here, random.Random(SEED))
        if faults:
            await go_wrong(here)
        await live_through(here, killer, minutes, kills)
        unknown = len([r for r in await here.sandbox.ledger() if r.get("fault")])
        found = await here.audit(copies=IN_FLIGHT * killer.ended + unknown)
        many = here.copies > killer.ended + unknown
        tallying.count("C2 a copy a kill and unknown outcome, in the mean", killer.ended, many)
        tallying.count("C2 kills", killer.ended)
        tallying.count("C2 genuine starts after a kill", killer.genuine)
        tallying.count("C2 updates", here.crowd.acts)
        tallying.count("C2 extra copies", here.copies)
        tallying.count("C2 requests struck by a fault", unknown)
        print(  # noqa: T201 - the line of the table in docs/operating.md
            f"{killer.ended} kills ({killer.genuine} genuine starts), {here.crowd.acts} updates,"
            f" {sum(here.raised.values())} calls, {here.copies} extra copies, {unknown} faults,"
            f" {monotonic() - began:.0f} s"
        )
        return found, here.copies / (killer.ended + unknown), sum(here.raised.values())


async def test_half_a_dozen_kills_lose_and_double_nothing(sqlite_file, nursery):
    found, _, calls = await storm(sqlite_file, nursery, kills=FEW)

    assert found == {}
    assert calls


@pytest.mark.storm
@pytest.mark.parametrize("faults", [False, True])
async def test_a_storm_of_kills_loses_and_doubles_nothing_on_sqlite(sqlite_file, nursery, faults):
    found, copies, calls = await storm(sqlite_file, nursery, faults=faults)

    assert found == {}
    assert calls
    assert copies <= 1


@pytest.mark.storm
@pytest.mark.postgresql
@pytest.mark.parametrize("faults", [False, True])
async def test_a_storm_of_kills_loses_and_doubles_nothing_on_postgresql(
    postgresql_database, nursery, faults
):
    found, copies, calls = await storm(postgresql_database, nursery, faults=faults, processes=2)

    assert found == {}
    assert calls
    assert copies <= 1
