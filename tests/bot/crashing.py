"""A poller as a process of its own that kills itself at a named moment of fetching."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from contextlib import asynccontextmanager

import aiohttp

from bot.app import wall
from bot.bell import Bell
from bot.intake.poller import Poller
from storage.engine import Store, open_store
from tests.people import TOKEN


def die() -> None:
    """What kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)


class LastBell(Bell):
    """Rung after the commit and before the next offset is sent."""

    def ring(self) -> None:
        """The end."""
        die()


class Interrupted:
    """A store that is killed after the insert, before its commit."""

    def __init__(self, store: Store) -> None:
        self.store = store

    @asynccontextmanager
    async def begin(self):
        """A transaction that never commits."""
        async with self.store.begin() as work:
            yield work
            die()


async def main(url: str, database: str, moment: str) -> None:
    """Fetch once; never returns."""
    store = open_store(f"sqlite:///{database}")
    await store.upgrade()
    async with aiohttp.ClientSession() as client:
        await Poller(
            client=client,
            url=f"{url}/bot{TOKEN}",
            bot_id=int(TOKEN.split(":")[0]),
            units=Interrupted(store) if moment == "before_commit" else store,
            clock=wall,
            bell=LastBell(),
        ).run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
