"""The sandbox's clock, followed: when it is moved there, it moves here; and the steady clock."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import httpx
import structlog

from bot.patience import pause

WAIT = 25
STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
log = structlog.get_logger(__name__)


def steady() -> float:
    """Seconds that nobody sets back; those a sleeping machine slept count where it can tell."""
    return time.clock_gettime(STEADY)


class SandboxReset(Exception):
    """The sandbox began anew: what we remember of it is of another world."""


class SandboxClock:
    """``now()`` is the wall plus the sandbox's offset; ``follow`` tells of every change."""

    def __init__(
        self,
        *,
        client: httpx.AsyncClient,
        url: str,
        wall: Callable[[], datetime],
    ) -> None:
        self._client = client
        self._url = f"{url}/sandbox/clock"
        self._wall = wall
        self._offset = 0.0
        self._epoch: int | None = None

    def now(self) -> datetime:
        """The sandbox's time, aware UTC."""
        return self._wall() + timedelta(seconds=self._offset)

    async def look(self) -> bool:
        """Read the clock once, without waiting; False where no sandbox is."""
        try:
            answer = await self._client.get(self._url, timeout=5.0)
        except httpx.HTTPError:
            return False
        if answer.status_code != 200:
            return False
        self._heed(answer.json())
        return True

    async def follow(self, moved: Callable[[], None]) -> None:
        """Follow for ever, telling ``moved``; ``SandboxReset`` when the sandbox begins anew."""
        failures = 0
        while True:
            try:
                if self._heed(await self._changed()):
                    moved()
                failures = 0
            except httpx.HTTPError as error:
                failures += 1
                log.warning("clock_unseen", error=type(error).__name__)
                await asyncio.sleep(pause(failures))

    async def _changed(self) -> Any:
        known = {"offset": str(self._offset), "epoch": str(self._epoch or 0), "wait": str(WAIT)}
        answer = await self._client.get(self._url, params=known, timeout=WAIT + 10)
        return answer.raise_for_status().json()

    def _heed(self, clock: dict[str, Any]) -> bool:
        """Take the reading over; whether the clock was moved."""
        if self._epoch not in (None, clock["epoch"]):
            raise SandboxReset
        self._epoch = clock["epoch"]
        before, self._offset = self._offset, float(clock["offset"])
        return before != self._offset
