"""Residents go on while the service is killed, stopped and frozen at random (C2)."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from time import monotonic

import pytest

from tests.journeys.running import COMMAND
from tests.storms import tallying
from tests.storms.world import World, world

MINUTES = float(os.environ.get("MINUTES", "10"))
SEED = int(os.environ.get("SEED", "0")) or random.randrange(1, 1 << 32)
AT_ONCE = 6
IN_FLIGHT = 8
GENTLY = 15
FAULTS = ("429", "500", "502", "refuse", "drop_before", "drop_after", "bad_json")


class Killer:
    """Ends the service again and again, in a way chosen by lot."""

    def __init__(self, here: World, lot: random.Random) -> None:
        self.here, self.lot = here, lot
        self.ended = 0
        self.ways = {self.kill: 70, self.stop: 15, self.freeze: 10, self.kill_at_birth: 5}

    async def until(self, moment: float) -> None:
        """Do so until then."""
        while monotonic() < moment:
            await asyncio.sleep(self.lot.uniform(0.2, 2.5))
            (way,) = self.lot.choices([*self.ways], [*self.ways.values()])
            await way()
            self.ended += 1

    async def kill(self) -> None:
        """kill -9."""
        await self.here.service.kill()
        await self.here.service.restart()

    async def stop(self) -> None:
        """SIGTERM: it goes by itself, in time."""
        began = monotonic()
        code = await self.here.service.stop()
        late = code != 0 or monotonic() - began > GENTLY
        tallying.count("I15 SIGTERM ends it within 15 s", 1, late)
        await self.here.service.restart()

    async def freeze(self) -> None:
        """SIGSTOP for longer than half of a lease at most times, then SIGCONT."""
        assert self.here.service.process is not None
        self.here.service.process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(self.lot.choice([1, 5, 16]))
        self.here.service.process.send_signal(signal.SIGCONT)

    async def kill_at_birth(self) -> None:
        """kill -9 while it starts."""
        service = self.here.service
        await service.kill()
        with (service.folder / "errors.log").open("ab") as errors:
            await service.spawn(*COMMAND, "--config", str(service.config), errors=errors)
        await asyncio.sleep(self.lot.uniform(0, 2))
        await service.kill()
        await service.restart()


async def needs(here: World, moment: float) -> None:
    """One call after the other, of a new person or again of the same, until then."""
    while monotonic() < moment:
        resident = here.newcomer()
        for words in ("楼下的路灯坏了", "门口的垃圾没人收"):
            await here.raises(resident, words)


async def storm(database, *, minutes: float, faults: bool) -> tuple[dict, int, int]:
    """Everything at once; what was found wrong, the kills and the calls."""
    print(f"\nSEED={SEED}")  # noqa: T201 - to see the same storm again
    lot, moment = random.Random(SEED), monotonic() + minutes * 60
    async with world(database) as here:
        killer = Killer(here, lot)
        for kind in FAULTS if faults else ():
            wish = {"retry_after": 1} if kind == "429" else {}
            await here.sandbox.fault(kind, probability=0.01 / len(FAULTS), **wish)
        async with asyncio.TaskGroup() as tasks:
            for _ in range(AT_ONCE):
                tasks.create_task(needs(here, moment))
            await killer.until(moment)
        await here.sandbox.no_faults()
        unknown = len([r for r in await here.sandbox.ledger() if r.get("fault")])
        found = await here.audit(copies=IN_FLIGHT * killer.ended + unknown)
        tallying.count("C2 kills", killer.ended)
        tallying.count("C2 extra copies, allowed ones", here.copies)
        tallying.count("C2 requests struck by a fault", unknown)
        return found, killer.ended, sum(here.raised.values())


@pytest.mark.storm
@pytest.mark.parametrize("faults", [False, True])
async def test_a_storm_of_kills_loses_and_doubles_nothing_on_sqlite(sqlite_file, faults):
    found, kills, calls = await storm(sqlite_file, minutes=MINUTES, faults=faults)

    assert found == {}
    assert kills and calls


@pytest.mark.storm
@pytest.mark.postgresql
@pytest.mark.parametrize("faults", [False, True])
async def test_a_storm_of_kills_loses_and_doubles_nothing_on_postgresql(
    postgresql_database, faults
):
    found, kills, calls = await storm(postgresql_database, minutes=MINUTES, faults=faults)

    assert found == {}
    assert kills and calls
