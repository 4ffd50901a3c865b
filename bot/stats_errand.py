"""Counts a period, draws it and tells it in the chat that asked; what cannot be drawn is told."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

import structlog

from bot.charts import figures
from bot.delivery.speech import File
from bot.delivery.verdicts import Finding, verdict
from bot.screens import drilling, told_stats
from bot.screens.saying import keyboard, message_row, replying, worded
from bot.screens.screen import worded as marked
from bot.screens.studio import Studio
from bot.words import SOURCE, speaking
from core.board import Board
from core.district import District
from core.errands import Errand, over
from core.insight import sees, shown_in
from core.outgoing import CONVERSATION
from core.periods import period_in
from core.ports import Units, Work
from core.stats import Report, placeless, report, tallied

MOST_BELOW = 1000
"""Characters that go below a picture; Telegram takes 1,024."""
NO_PICTURE = frozenset({Finding.MALFORMED, Finding.UNABLE, Finding.UNREACHABLE, Finding.SHUT})
log = structlog.get_logger(__name__)


class Saying(Protocol):
    """What sends a picture at once."""

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        """Call it once."""


@dataclass(frozen=True)
class Statistician:
    """Whoever asks is looked at again before anything is counted: posts may have been taken."""

    units: Units
    studio: Studio
    administrators: frozenset[int]
    clock: Callable[[], datetime]
    voice: Saying
    owed: Callable[[], None]

    async def tell(self, errand: Errand) -> None:
        """The chart with the figures below it; raises what the voice raises."""
        easel = self.studio.easel
        if not await self._allowed(errand, easel.district):
            return await self._end(errand)
        async with self.units.read() as work:
            language = await language_of_asker(errand, work)
        with speaking(language):
            found = await self._counted(errand, easel.district)
            text = told_stats.told(found, easel)
            keys = keyboard(drilling.keys(found, chat=errand.chat, easel=easel))
            picture = await self._drawn(found)
            below = len(text.render()[0]) <= MOST_BELOW
            caption = marked(text, "caption", "caption_entities") | keys if below else {}
            shown = await self._shown(errand, picture, caption) if picture else False
            return await self._end(errand, None if shown and below else worded(text) | keys)

    async def _allowed(self, errand: Errand, district: District) -> bool:
        code, tree = str(errand.facts["agency"]), district.tree
        async with self.units.read() as work:
            board = Board(work, district)
            actor = await board.who(
                errand.account, errand.facts["name"], administrators=self.administrators
            )
            binding = await board.group(errand.chat)
        here = errand.chat > 0 or (binding is not None and shown_in(binding.agency, code, tree))
        return here and sees(actor, code, tree)

    async def _counted(self, errand: Errand, district: District) -> Report:
        code = str(errand.facts["agency"])
        given_to = (code,) if placeless(district.tree.get(code)) else ()
        period, now = period_in(errand.facts), self.clock()
        found = await tallied(self.units, district, period, now=now, given_to=given_to)
        return report(found, district, code)

    async def _drawn(self, found: Report) -> bytes | None:
        """None where there is nothing to draw, or no drawing: figures are told all the same."""
        if not found.calls and not found.counts.due:
            return None
        try:
            return await asyncio.to_thread(figures.chart, found, self.studio.easel)
        except Exception as error:
            log.error("chart_not_drawn", error=type(error).__name__)
            return None

    async def _shown(self, errand: Errand, picture: bytes, caption: dict[str, Any]) -> bool:
        """Whether it is shown; not where the group takes no pictures."""
        params = {
            "chat_id": errand.chat,
            **_below(errand),
            "photo": File("stats.png", picture),
            **caption,
        }
        try:
            await self.voice.call("sendPhoto", params)
        except Exception as error:
            if verdict(error).finding not in NO_PICTURE:
                raise
            return False
        return True

    async def _end(self, errand: Errand, words: dict[str, Any] | None = None) -> None:
        async with self.units.begin() as work:
            if words is not None:
                params = {**_below(errand), **words}
                row = message_row(errand.chat, params, rank=CONVERSATION)
                await work.outbox.put(row, now=self.clock())
            await work.errands.save(over(errand))
        self.owed()


async def language_of_asker(errand: Errand, work: Work) -> str:
    """Groups read the language of the office."""
    resident = await work.people.resident(errand.account) if errand.chat > 0 else None
    return resident.language if resident else SOURCE


def _below(errand: Errand) -> dict[str, Any]:
    thread = errand.facts.get("thread")
    topic = {"message_thread_id": thread} if thread else {}
    return {**topic, **replying(errand.message)}
