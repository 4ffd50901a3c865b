"""Ends services again and again, in a way chosen by lot, as the plan of the storms has it (C2)."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from time import monotonic

from tests.journeys.running import COMMAND, Service
from tests.storms import tallying
from tests.storms.born import Born
from tests.storms.world import World

MINUTES = float(os.environ.get("MINUTES", "10"))
KILLS = int(os.environ.get("KILLS", "500"))
SEED = int(os.environ.get("SEED", "0")) or random.randrange(1, 1 << 32)
GENTLY = 15
GENUINE = 0.03


class Killer:
    """70 % kill -9, 15 % SIGTERM, 10 % SIGSTOP and SIGCONT, 5 % kill -9 while it starts.

    A few of the starts after it are genuine ones, not forked in the nursery.
    """

    def __init__(self, here: World, lot: random.Random) -> None:
        self.here, self.lot = here, lot
        self.ended = self.genuine = 0
        self.ways = {self.kill: 70, self.stop: 15, self.freeze: 10, self.kill_at_birth: 5}

    async def until(self, moment: float, kills: int) -> None:
        """Do so until then, or until it was done so often."""
        while monotonic() < moment and self.ended < kills:
            await asyncio.sleep(self.lot.uniform(0.05, 0.8))
            (way,) = self.lot.choices([*self.ways], [*self.ways.values()])
            await way(self.lot.choice(self.here.services))
            tallying.count(f"C2 {way.__name__}", 1)
            self.ended += 1

    async def kill(self, service: Service) -> None:
        """kill -9."""
        await service.kill()
        await self._restart(service)

    async def stop(self, service: Service) -> None:
        """SIGTERM: it goes by itself, in time."""
        began = monotonic()
        code = await service.stop()
        late = code != 0 or monotonic() - began > GENTLY
        tallying.count("I15 SIGTERM ends it within 15 s", 1, late)
        await self._restart(service)

    async def freeze(self, service: Service) -> None:
        """SIGSTOP, from a part of a lease up to longer than all of them, then SIGCONT."""
        assert service.process is not None
        service.process.send_signal(signal.SIGSTOP)
        await asyncio.sleep(self.lot.choice([0.5, 1, 2, 4, 7]))
        service.process.send_signal(signal.SIGCONT)

    async def kill_at_birth(self, service: Service) -> None:
        """kill -9 while it starts."""
        await service.kill()
        with (service.folder / "errors.log").open("ab") as errors:
            await service.spawn(*COMMAND, "--config", str(service.config), errors=errors)
        await asyncio.sleep(self.lot.uniform(0, 0.5))
        await service.kill()
        await self._restart(service)

    async def _restart(self, service: Service) -> None:
        if isinstance(service, Born):
            service.genuine = self.lot.random() < GENUINE
            self.genuine += service.genuine
        await service.restart()
