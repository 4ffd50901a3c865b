"""Wakes those who wait for something to happen, without polling and without sleeping."""

from __future__ import annotations

import asyncio


class Bell:
    """Everybody waiting hears the next ring; a ring nobody waits for is not kept."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[None]] = set()

    def ring(self) -> None:
        """Wake everybody who waits at this moment."""
        waiting, self._waiting = self._waiting, set()
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def heard(self, seconds: float) -> None:
        """Return at the next ring, or after ``seconds`` without one."""
        future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.add(future)
        try:
            await asyncio.wait((future,), timeout=max(seconds, 0))
        finally:
            self._waiting.discard(future)
            future.cancel()
