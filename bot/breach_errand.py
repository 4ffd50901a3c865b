"""Owes everybody affected by a breach one notice; begun again, it owes nobody a second one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.screens import breach as screens
from bot.screens.easel import Easel
from bot.screens.saying import message_row
from bot.words import SOURCE, speaking
from core.breach import Breach, breach_of, page_of
from core.errands import Errand
from core.outgoing import Outgoing
from core.ports import Units, Work


@dataclass(frozen=True, slots=True)
class Notifier:
    """Page by page, each in a transaction of its own, so that nobody waits for all of them."""

    units: Units
    easel: Easel

    async def notify(self, errand: Errand, now: datetime) -> int:
        """How many are told."""
        breach, petition = breach_of(errand.facts), int(errand.facts["petition"])
        after, count = 0, 0
        while True:
            async with self.units.begin() as work:
                found = await page_of(work, breach, after)
                rows = [await self._row(work, one, breach, petition) for one in found]
                await work.outbox.put(*rows, now=now)
            if not found:
                return count
            after, count = found[-1], count + len(found)

    async def _row(self, work: Work, account: int, breach: Breach, petition: int) -> Outgoing:
        known = await work.people.resident(account)
        with speaking(known.language if known else SOURCE):
            words = screens.notice(breach, self.easel)
        return message_row(account, {"text": words}, dedupe=f"breach:{petition}:{account}")
