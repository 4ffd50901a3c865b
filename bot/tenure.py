"""Holding a lease of the store: renewed in time, and never believed in for too long (D5)."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Callable
from uuid import uuid4

import structlog

from core.failpoints import failpoint
from core.ports import Units

RENEWALS = 3
MARGIN = 1.0
log = structlog.get_logger(__name__)


def somebody() -> str:
    """A name nobody else has, that still tells an operator which process it is."""
    return f"{socket.gethostname()}/{os.getpid()}/{uuid4().hex[:12]}"


class Tenure:
    """One lease; ``held`` is counted from before the question, on the monotonic clock.

    So a process that slept (a laptop, SIGSTOP) knows at once that it may have been replaced.
    """

    def __init__(
        self,
        *,
        units: Units,
        name: str,
        owner: str,
        seconds: Callable[[], float],
        term: float,
    ) -> None:
        self.name = name
        self.owner = owner
        self.term = term
        self._units = units
        self._seconds = seconds
        self._asked: float | None = None

    @property
    def age(self) -> float:
        """Seconds since the question that gave it to us last; endless when it is not ours."""
        return float("inf") if self._asked is None else self._seconds() - self._asked

    @property
    def held(self) -> bool:
        """Whether it is ours for certain, even if the store cannot be asked."""
        return self.age < self.term - MARGIN

    @property
    def due(self) -> bool:
        """Whether it is time to renew."""
        return self.age >= self.term / RENEWALS

    async def renew(self) -> bool:
        """Ask for it now; whether it is ours. Raises what the store raises."""
        asked = self._seconds()
        async with asyncio.timeout(self.term / RENEWALS), self._units.begin() as work:
            epoch = await work.leases.hold(self.name, owner=self.owner, seconds=self.term)
            failpoint("P14")
        self._asked = None if epoch is None else asked
        return epoch is not None

    async def resign(self) -> None:
        """Let go of it, so that nobody has to wait for its end; a store out of order is left."""
        self._asked = None
        try:
            async with asyncio.timeout(MARGIN), self._units.begin() as work:
                await work.leases.release(self.name, owner=self.owner)
        except Exception as error:
            log.warning("not_resigned", lease=self.name, error=type(error).__name__)
