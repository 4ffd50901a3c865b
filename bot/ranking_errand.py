"""Counts a whole period and shows the ranking to whoever would publish it; no more than that."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from bot.screens import ranking as screens
from bot.screens.easel import Easel
from bot.screens.saying import message_row, replying
from bot.screens.taps import base36
from bot.stats_errand import language_of_asker
from bot.words import SOURCE, speaking
from core.errands import Errand, ErrandState, over
from core.outgoing import CONVERSATION
from core.periods import before, period_in
from core.ports import Units
from core.stats import report, tallied


@dataclass(frozen=True)
class Ranker:
    """What is shown is what would be published, letter by letter: the errand keeps it."""

    units: Units
    easel: Easel

    async def tell(self, errand: Errand, now: datetime) -> None:
        """The ranking with 申请公布 below it; the public reads Chinese."""
        text = await self._text(errand, now)
        async with self.units.begin() as work:
            with speaking(await language_of_asker(errand, work)):
                shown = self._shown(errand, text, now)
            row = message_row(
                errand.chat, {**shown, **replying(errand.message)}, rank=CONVERSATION
            )
            await work.outbox.put(row, now=now)
            proposed = replace(errand, text=text, state=ErrandState.PROPOSED)
            await work.errands.save(proposed if text else over(errand))

    async def _text(self, errand: Errand, now: datetime) -> str:
        district, period = self.easel.district, period_in(errand.facts)
        code = str(errand.facts["agency"])
        found = await tallied(self.units, district, period, now=now)
        earlier = await tallied(self.units, district, before(period), now=now)
        with speaking(SOURCE):
            return screens.ranking(
                report(found, district, code), report(earlier, district, code), self.easel
            )

    def _shown(self, errand: Errand, text: str, now: datetime) -> dict[str, object]:
        if not text:
            return {"text": screens.nobody()}
        data = f"{base36(int(now.timestamp()))}.{base36(errand.account)}"
        return screens.proposal(text, errand, data, self.easel).plain()
