"""A resident in front of the real dispatcher, worker and store, in this process, timed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from time import perf_counter, process_time
from typing import Any

from bot.bell import Bell
from bot.intake.sorting import sorted_in
from bot.intake.worker import Worker
from bot.screens.easel import Easel
from bot.screens.rendering import Renderer
from core.outgoing import Kind, OutboxRow, Settled, State
from core.people import Actor
from core.ports import Work
from core.posting import Posting, Purpose
from tests.bot.flows.visiting import TAPS, Shown, Visitor
from tests.core.playing import liwan

LAMP = "我家楼下的路灯坏了三天，晚上很黑"
STEPS = 6
UPDATES = count(5_000_000)
MESSAGES = count(7_000_000)


@dataclass
class Guest(Visitor):
    """``taken`` has wall and processor seconds of each step.

    A step is what the service does but for HTTP: keep the update, handle it, claim what is owed,
    put it into words, settle it.
    """

    taken: list[tuple[float, float]] = field(default_factory=list)

    def restart(self) -> None:
        """A worker as the service has it."""
        super().restart()
        self.renderer = Renderer(Easel(TAPS, "huying_bot", liwan()))
        self.worker = Worker(
            units=self.units,
            dispatcher=self.dispatcher,
            bot=self.bot,
            session=self.session,
            clock=lambda: self.now,
            bell=Bell(),
            owed=Bell(),
            answer=lambda _: None,
        )

    def becomes(self, actor: Actor, now: datetime) -> None:
        """Somebody else, later, in front of the same service: nothing is set up anew."""
        self.actor, self.now, self.chat, self.keys, self.taken = actor, now, {}, [], []

    async def raises(self) -> None:
        """A call about a lamp, in ``STEPS`` steps."""
        await self.says(LAMP)
        await self.taps("路灯不亮", "没有")
        await self.says("逢源北社区")
        await self.taps("说不清", "发送")

    async def _update(self, kind: str, body: dict[str, Any]) -> Shown:
        self.later(seconds=1)
        raw = sorted_in({"update_id": next(UPDATES), kind: body}, bot_id=self.bot.id)
        began, used = perf_counter(), process_time()
        async with self.units.begin() as work:
            await work.inbox.insert([raw], now=self.now)
        await self.worker.batch()
        rows = await self._delivered()
        self.taken.append((perf_counter() - began, process_time() - used))
        for row in rows:
            if row.kind is Kind.SAY and row.lane == self.account:
                self._happen(row.payload["method"], row.payload["params"])
        return self.sees

    async def _delivered(self) -> Sequence[OutboxRow]:
        """Everything owed: of each chat one after another, until nothing is left."""
        said: list[OutboxRow] = []
        while rows := await self._round():
            said += rows
        return said

    async def _round(self) -> Sequence[OutboxRow]:
        now = self.now + timedelta(seconds=1)
        async with self.units.begin() as work:
            rows = await work.outbox.claim(now=now, limit=8, busy=())
            for row in rows:
                await self._said(row, work)
        if not rows:
            return rows
        async with self.units.begin() as work:
            ends = [Settled(row.id, State.SENT, message=next(MESSAGES)) for row in rows]
            await work.outbox.settle(*ends, now=now)
        return rows

    async def _said(self, row: OutboxRow, work: Work) -> None:
        if row.kind is Kind.SAY:
            posting = row.payload.get("posting")
            leg = posting["leg"] if posting else None
        else:
            speech = await self.renderer.render(row, work)
            leg = speech.leg if speech else None
        if leg is not None:
            await work.postings.add(Posting(row.lane, next(MESSAGES), leg, Purpose.WORDS))
