"""The name under which a courier claims rows: alive as long as its lease, recovered after it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

import structlog

from bot.tenure import Tenure, somebody
from core.leases import CARRIES
from core.outgoing import OutboxRow
from core.ports import Units

LOOK_AFTER = 5.0
SAFE = CARRIES / 2
STALE = CARRIES * 2 / 3
log = structlog.get_logger(__name__)


class Badge:
    """Says whether a row may still be sent: never when somebody else may have it by now (I10).

    A request takes twelve seconds at most, so whoever begins one within half of the lease has its
    answer before the lease is over. ``seconds`` is monotonic, and sees the sleep of a laptop.
    """

    def __init__(
        self,
        *,
        units: Units,
        clock: Callable[[], datetime],
        seconds: Callable[[], float],
    ) -> None:
        self._units = units
        self._clock = clock
        self._seconds = seconds
        self._looked: float | None = None
        self.anew()

    @property
    def owner(self) -> str:
        """The name rows are claimed under now."""
        return self._tenure.owner

    @property
    def good(self) -> bool:
        """Whether what is claimed now may be sent."""
        return self._tenure.age <= SAFE

    def vouches(self, row: OutboxRow) -> bool:
        """Whether this row may be sent now."""
        return row.owner == self.owner and self.good

    def anew(self) -> None:
        """Leave the name behind: what was claimed under it unnoticed is free when it runs out."""
        name = f"courier {somebody()}"
        self._tenure = Tenure(
            units=self._units, name=name, owner=name, seconds=self._seconds, term=CARRIES
        )

    async def keep(self) -> None:
        """Renew it when it is time, and see after rows whose courier is gone."""
        if self._tenure.age > STALE:
            self.anew()  # it may run out meanwhile, and its rows be somebody else's
        if self._tenure.due:
            await self._tenure.renew()
        if self._looked is None or self._seconds() - self._looked >= LOOK_AFTER:
            await self._look_after()

    async def hand_in(self) -> None:
        """No more rows: nobody has to wait for the end of the lease."""
        await self._tenure.resign()

    async def _look_after(self) -> None:
        self._looked = self._seconds()
        async with self._units.begin() as work:
            left = await work.outbox.recover(now=self._clock())
        if left:
            log.info("recovered", rows=left)
