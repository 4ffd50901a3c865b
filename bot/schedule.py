"""The minute: an alarm clock and nothing else; what is due is in the database (D4)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler  # type: ignore[import-untyped]  # 3.11 has no types
from apscheduler.triggers.interval import IntervalTrigger  # type: ignore[import-untyped]  # 3.11 has no types

from bot.bell import Bell

MINUTE = 60
SILENCE = 3 * MINUTE
log = structlog.get_logger(__name__)
Tick = Callable[[datetime], Awaitable[bool]]
Ring = Callable[[], Awaitable[None]]


class Schedule:
    """Rings once a minute and lets time pass; ``ring`` does it at once.

    A tick that says that more is due is followed by another as soon as others had their turn.
    Beside the scheduler, which falls silent when the machine's clock steps back, a monotonic
    watchdog ticks by itself after three silent minutes, says so, and sets the alarm anew.
    """

    def __init__(
        self,
        *,
        tick: Tick,
        clock: Callable[[], datetime],
        silence: float = SILENCE,
        beat: Callable[[], None] = lambda: None,
        alarm: Callable[[Ring], Any] | None = None,
    ) -> None:
        self._tick = tick
        self._clock = clock
        self._silence = silence
        self._bell = Bell(beat)
        self._alarm = alarm or _every_minute
        self._stopping = False

    def ring(self) -> None:
        """Let time pass now."""
        self._bell.ring()

    def stop(self) -> None:
        """Finish the tick in hand and return from ``run``."""
        self._stopping = True
        self._bell.ring()

    async def run(self) -> None:
        """Tick at once, then every minute, until stopped; a failed tick is tried next minute."""
        while not self._stopping:
            minute = self._alarm(self._ring)
            minute.start()
            try:
                await self._until_silent()
            finally:
                minute.shutdown(wait=False)

    async def _until_silent(self) -> None:
        while not self._stopping:
            await self._pass()
            if not await self._bell.heard(self._silence):
                log.error("minute_silent", seconds=self._silence)
                return

    async def _ring(self) -> None:
        self._bell.ring()

    async def _pass(self) -> None:
        try:
            if await self._tick(self._clock()):
                self._bell.ring()
                await asyncio.sleep(0)
        except Exception as error:
            log.error("tick_failed", error=type(error).__name__)


def _every_minute(ring: Ring) -> Any:
    scheduler = AsyncIOScheduler(timezone=UTC)
    scheduler.add_job(
        ring,
        IntervalTrigger(seconds=MINUTE, timezone=UTC),
        coalesce=True,
        max_instances=1,
        misfire_grace_time=None,
    )
    return scheduler
