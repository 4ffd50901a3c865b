"""Answers to taps: said at once after the commit, never again, never able to fail an act (A8)."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import structlog

from bot.bell import Bell
from bot.delivery.speech import Fleeting

WAITING = 1000
AT_ONCE = 4
log = structlog.get_logger(__name__)


class Caller(Protocol):
    """What can call a method of the Bot API."""

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        """Call it once."""


class Answers:
    """A short queue and a few who empty it; when it overflows the oldest are forgotten."""

    def __init__(self, voice: Caller) -> None:
        self._voice = voice
        self._waiting: deque[Fleeting] = deque(maxlen=WAITING)
        self._bell = Bell()
        self._stopping = False

    def put(self, fleeting: Sequence[Fleeting]) -> None:
        """Have these said soon."""
        if fleeting:
            self._waiting.extend(fleeting)
            self._bell.ring()

    def stop(self) -> None:
        """Say what waits and return from ``run``."""
        self._stopping = True
        self._bell.ring()

    async def run(self) -> None:
        """Say until stopped."""
        async with asyncio.TaskGroup() as saying:
            while not (self._stopping and not self._waiting):
                if self._waiting:
                    await self._round(saying)
                else:
                    await self._bell.heard(60.0)

    async def _round(self, saying: asyncio.TaskGroup) -> None:
        count = min(AT_ONCE, len(self._waiting))
        batch = [self._waiting.popleft() for _ in range(count)]
        said = [saying.create_task(self._say(fleeting)) for fleeting in batch]
        await asyncio.wait(said)

    async def _say(self, fleeting: Fleeting) -> None:
        try:
            await self._voice.call(fleeting.method, fleeting.params)
        except Exception as error:
            log.info("not_answered", method=fleeting.method, error=type(error).__name__)
