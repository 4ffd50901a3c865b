"""Officers who take every call that reaches their group, by the button of its card."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from tests.journeys.answering import TAKE
from tests.journeys.crowd import Crowd, Json, buttons
from tests.journeys.everybody import GROUPS, officer_in


@dataclass(eq=False)
class Officers:
    """They tap once for every card that shows itself as new, a copy of one as well."""

    crowd: Crowd
    cards: asyncio.Queue[Json] = field(default_factory=asyncio.Queue)

    def __post_init__(self) -> None:
        self.crowd.listeners.append(self._sees)

    async def work(self) -> None:
        """For ever; cancel to stop."""
        while True:
            card = await self.cards.get()
            chat = card["chat"]["id"]
            await self.crowd.player(officer_in(chat), chat=chat).taps(card, TAKE)

    def _sees(self, message: Json) -> None:
        fresh = any(button["text"] == TAKE for button in buttons(message))
        if fresh and message["chat"]["id"] <= GROUPS:
            self.cards.put_nowait(message)
