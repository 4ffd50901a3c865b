"""Answers to taps: said at once after the commit, never again, never able to fail an act (A8)."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import structlog

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
        self._waiting: asyncio.Queue[Fleeting | None] = asyncio.Queue()

    def put(self, fleeting: Sequence[Fleeting]) -> None:
        """Have these said soon."""
        for one in fleeting:
            if self._waiting.qsize() >= WAITING:
                self._waiting.get_nowait()
            self._waiting.put_nowait(one)

    def stop(self) -> None:
        """Say what waits and return from ``run``."""
        for _ in range(AT_ONCE):
            self._waiting.put_nowait(None)

    async def run(self) -> None:
        """Say until stopped."""
        async with asyncio.TaskGroup() as saying:
            for _ in range(AT_ONCE):
                saying.create_task(self._speak())

    async def _speak(self) -> None:
        while (fleeting := await self._waiting.get()) is not None:
            await self._say(fleeting)

    async def _say(self, fleeting: Fleeting) -> None:
        try:
            await self._voice.call(fleeting.method, fleeting.params)
        except Exception as error:
            log.info("not_answered", method=fleeting.method, error=type(error).__name__)
