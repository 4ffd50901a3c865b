"""One question to the database at a time, which nobody waits for longer than they want to."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

Answer = TypeVar("Answer")


class Asking(Generic[Answer]):
    """Whoever wants to know waits so long; the question goes on, and is not put beside itself.

    A database that stands still would be asked again by every probe, each holding a connection
    or a thread; and taking a question back may take longer than a probe has.
    """

    def __init__(self, ask: Callable[[], Awaitable[Answer]]) -> None:
        self._ask = ask
        self._wanted: asyncio.Queue[asyncio.Future[Answer]] = asyncio.Queue()

    async def answer(self, within: float) -> Answer:
        """An answer to the question as it stands now; ``TimeoutError``, or what went wrong."""
        wanted: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._wanted.put_nowait(wanted)
        async with asyncio.timeout(within):
            return await wanted

    async def run(self) -> None:
        """Ask for all who want to know, until cancelled."""
        while True:
            wanted = [await self._wanted.get()]
            while not self._wanted.empty():
                wanted.append(self._wanted.get_nowait())
            if wanted := _waiting(wanted):
                await self._settle(wanted)

    async def _settle(self, wanted: list[asyncio.Future[Answer]]) -> None:
        try:
            found = await self._ask()
        except Exception as error:
            for each in _waiting(wanted):
                each.set_exception(error)
        else:
            for each in _waiting(wanted):
                each.set_result(found)


def _waiting(wanted: list[asyncio.Future[Answer]]) -> list[asyncio.Future[Answer]]:
    return [each for each in wanted if not each.done()]
