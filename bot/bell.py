"""A bell: haste, never correctness - whoever waits for it also looks by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Protocol


class Ringing(Protocol):
    """What somebody who brings work can do: call whoever waits for it."""

    def ring(self) -> None:
        """Wake them, wherever they are."""


class Bell:
    """Rung by one part of the process, heard once by another."""

    def __init__(self, beat: Callable[[], None] = lambda: None) -> None:
        self._event = asyncio.Event()
        self._beat = beat

    def ring(self) -> None:
        """Wake whoever waits, or let the next one who waits go at once."""
        self._event.set()

    async def heard(self, within: float) -> bool:
        """Wait for the bell at most ``within`` seconds; whether it rang.

        Whoever waits here is alive: ``beat`` is told.
        """
        self._beat()
        try:
            if not self._event.is_set():
                async with asyncio.timeout(within):
                    await self._event.wait()
        except TimeoutError:
            return False
        self._event.clear()
        return True
