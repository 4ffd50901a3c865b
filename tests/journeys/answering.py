"""How an officer works a call off: take it, answer with the real words, resolve, by the card."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from dataclasses import dataclass, field

from tests.journeys.crowd import PATIENCE, Crowd, Json, Player, buttons, words_of
from tests.journeys.everybody import GROUPS, officer_in

TAKE, RESOLVE, PASS = "✅ 签收", "🏁 办结", "✅ 核查通过"
DONE = "已按答复的内容办理。"


@dataclass(eq=False)
class Office:
    """All groups of the district; an officer fills in one form at a time."""

    crowd: Crowd
    cards: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    checks: dict[str, asyncio.Future[Json]] = field(default_factory=dict)
    desks: dict[int, asyncio.Lock] = field(default_factory=lambda: defaultdict(asyncio.Lock))

    def __post_init__(self) -> None:
        self.crowd.listeners.append(self.notices)

    def notices(self, message: Json) -> None:
        """Keep a fresh card, and one to be looked at, under the number of its call."""
        for label, kept in ((TAKE, self.cards), (PASS, self.checks)):
            fresh = any(button["text"] == label for button in buttons(message))
            if fresh and message["chat"]["id"] <= GROUPS:
                card = _awaited(kept, words_of(message).split()[0])
                if not card.done():
                    card.set_result(message)

    async def passes(self, number: str) -> None:
        """Somebody outside the agency had a look, and it is done."""
        async with asyncio.timeout(PATIENCE):
            card = await _awaited(self.checks, number)
        chat = card["chat"]["id"]
        await self.crowd.player(officer_in(chat), chat=chat).taps(card, PASS)

    async def work_off(self, number: str, reply: str, resident: Player) -> Json:
        """Everything an agency does; the card as it was when it arrived."""
        async with asyncio.timeout(PATIENCE):
            card = await _awaited(self.cards, number)
        chat = card["chat"]["id"]
        officer = self.crowd.player(officer_in(chat, int(number[-4:])), chat=chat)
        await officer.taps(card, TAKE)
        await officer.finds(lambda message: taken(message, card), f"{number} taken")
        sent = await officer.says(reply, reply_to=card["message_id"])
        for _ in sent:
            await resident.sees_next(f"💬 {number}")
        async with self.desks[officer.id]:
            await self._resolve(officer, card)
        return card

    async def _resolve(self, officer: Player, card: Json) -> None:
        form = self.crowd.player(officer.id)
        await form.starts(link(self._newest(officer, card)))
        await form.taps(await form.sees("结论是哪一种"))
        await form.sees("的答复：做了什么")
        await form.sends(photo={"sample": 1}, caption=DONE)
        await form.taps(await form.sees("已记下", button="下一步"), "下一步")
        await form.taps(await form.sees("没问题就点", button="办结"), "办结")
        await form.sees("已办结")

    def _newest(self, officer: Player, card: Json) -> Json:
        shown = self.crowd.chats[officer.chat].since(0, lambda message: taken(message, card))
        assert shown is not None
        return shown


def _awaited(kept: dict[str, asyncio.Future[Json]], number: str) -> asyncio.Future[Json]:
    return kept.setdefault(number, asyncio.get_running_loop().create_future())


def taken(message: Json, card: Json) -> bool:
    """Whether it is the same card after somebody took it."""
    same = message["message_id"] == card["message_id"]
    return same and not any(button["text"] == TAKE for button in buttons(message))


def link(card: Json) -> str:
    """What the start link of the card's resolve button carries."""
    url = next(button["url"] for button in buttons(card) if button["text"] == RESOLVE)
    return str(url.partition("start=")[2])
