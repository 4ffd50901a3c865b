"""The leader fetches and ticks, the others stand by: so that nobody does it twice (D5)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog

from bot.bell import Bell
from bot.tenure import RENEWALS, Tenure

LEAST = 0.2
log = structlog.get_logger(__name__)
Duty = Callable[[], Awaitable[Any]]


class Leading:
    """Runs the duties of the leader while this process is the leader, and only then.

    A duty is ended by cancelling it, when the lease may be lost as well as when we stop: each
    keeps what it has before it confirms it, and does again what it could not finish.
    """

    def __init__(self, tenure: Tenure, duties: Sequence[Duty]) -> None:
        self._tenure = tenure
        self._duties = duties
        self._bell = Bell()
        self._stopping = False

    def stop(self) -> None:
        """End the duties, let go of the lease, return from ``run``."""
        self._stopping = True
        self._bell.ring()

    def ring(self) -> None:
        """Look again now: somebody may have resigned."""
        self._bell.ring()

    async def run(self) -> None:
        """Stand by, lead, stand by … until stopped; raises what a duty raises."""
        while not self._stopping:
            if await self._renewed():
                await self._lead()
            else:
                await self._bell.heard(self._tenure.term / RENEWALS)

    async def _lead(self) -> None:
        log.info("leading", owner=self._tenure.owner)
        try:
            async with asyncio.TaskGroup() as office:
                serving = [office.create_task(_coroutine(duty)) for duty in self._duties]
                await self._while_held()
                for task in serving:
                    task.cancel()
        finally:
            await self._tenure.resign()
        log.info("not_leading_any_more", stopping=self._stopping)

    async def _while_held(self) -> None:
        while not self._stopping and self._tenure.held:
            rest = self._tenure.term / RENEWALS - self._tenure.age
            await self._bell.heard(max(rest, LEAST))
            if not self._stopping and self._tenure.due and self._tenure.held:
                await self._renewed()

    async def _renewed(self) -> bool:
        try:
            return await self._tenure.renew()
        except Exception as error:
            log.warning("lease_not_renewed", error=type(error).__name__)
            return False


async def _coroutine(duty: Duty) -> None:
    await duty()
