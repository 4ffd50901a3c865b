"""What Telegram may do to whoever takes updates: sixteen shapes, and both ways to take them."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import aiohttp
from aiogram import Bot, Dispatcher
from aiogram.types import CallbackQuery, Message, User
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import Engine, select
from telegram.error import BadRequest

from bot.bell import Bell
from bot.delivery.answers import Answers
from bot.intake.poller import Poller, TokenRefused
from bot.intake.recording import Hint, Record, RecordingSession
from bot.intake.webhook import SECRET_HEADER, Webhook
from bot.intake.worker import Worker
from core.ports import Units
from storage.mapping import table
from storage.traffic import InboxRow, OutboxRow
from tests.bot.raw import ME
from tests.people import Json
from tests.storms.outbound import Clock
from tests.storms.stores import rows_of

INBOX, OUTBOX = table(InboxRow), table(OutboxRow)
SECRET = "a-long-random-word"
SHOWN = 20
PATIENCE = 30


@dataclass(frozen=True)
class Step:
    """What comes together: updates, or a refusal; ``bot`` is who is asked, 0 or 1.

    Pushed updates come one after the other, or ``at_once``; ``answer`` is what each must get.
    """

    updates: Sequence[Json] = ()
    status: int = 200
    bot: int = 0
    at_once: bool = False
    secret: str = SECRET
    answer: int = 200


async def repeats(message: Message) -> Any:
    """The first words; for a picture, that it came."""
    return message.answer((message.text or "图片")[:SHOWN])


async def amends(message: Message) -> Any:
    """Words that were changed."""
    return message.answer(f"改为{message.text}")


async def signs(query: CallbackQuery, record: Record) -> Any:
    """Once for every button, however often it is pressed."""
    await query.answer("谢谢")
    assert isinstance(query.message, Message)
    dedupe = f"{query.message.chat.id} {query.data}"
    return record.about(query.message.answer("已签收"), Hint(dedupe=dedupe))


class Late:
    """Telegram, to whom every answer to a tap comes too late."""

    def __init__(self) -> None:
        self.asked = 0

    async def call(self, method: str, params: Any) -> Any:
        """Refused."""
        self.asked += 1
        raise BadRequest("Query is too old and response timeout expired or query id is invalid")


@dataclass
class Door:
    """The intake of one case: real poller, webhook and worker over a real store."""

    units: Units
    engine: Engine
    bots: tuple[int, int]
    clock: Clock = field(default_factory=Clock)
    late: Late = field(default_factory=Late)
    lost: list[int] = field(default_factory=list)
    refusals: list[int] = field(default_factory=list)
    rests: int = 0

    def __post_init__(self) -> None:
        session = RecordingSession(User.model_validate(ME))
        dispatcher = Dispatcher(disable_fsm=True)
        dispatcher.message.register(repeats)
        dispatcher.edited_message.register(amends)
        dispatcher.callback_query.register(signs)
        self.answers = Answers(self.late)
        self.worker = Worker(
            units=self.units,
            dispatcher=dispatcher,
            bot=Bot("7:AAH-made-up", session=session),
            session=session,
            clock=self.clock.now,
            bell=Bell(),
            owed=Bell(),
            answer=self.answers.put,
        )

    async def handles(self) -> None:
        """Until nobody has a turn."""
        while await self.worker.batch():
            pass

    async def answered(self) -> int:
        """How many taps were answered, or tried to."""
        self.answers.stop()
        await self.answers.run()
        return self.late.asked

    def kept(self) -> dict[tuple[int, int], str]:
        """Fates by bot (0 or 1) and update."""
        rows = rows_of(self.engine, select(INBOX).where(INBOX.c.bot_id.in_(self.bots)))
        return {(self.bots.index(row.bot_id), row.update_id): row.state for row in rows}

    def said(self, lane: int) -> list[str]:
        """What follows from the updates of this lane, in order."""
        question = select(OUTBOX).where(OUTBOX.c.lane == lane).order_by(OUTBOX.c.id)
        return [row.payload["params"]["text"] for row in rows_of(self.engine, question)]

    def acknowledged(self, bot: int, updates: Sequence[Json]) -> None:
        """What Telegram forgets now; whatever is not kept by now is lost (I1)."""
        kept = self.kept()
        self.lost += [one["update_id"] for one in updates if (bot, one["update_id"]) not in kept]


async def polled(door: Door, steps: Sequence[Step]) -> None:
    """The steps as answers to getUpdates; a poller whose token is refused is started anew."""
    script = deque(steps)
    while script:
        server = Asked(door, script, script[0].bot)
        async with TestServer(server.application()) as telegram, aiohttp.ClientSession() as client:
            poller = Poller(
                client=client,
                url=str(telegram.make_url("/bot")),
                bot_id=door.bots[server.bot],
                units=door.units,
                clock=door.clock.now,
                bell=Bell(),
                rest=server.rests,
            )
            async with asyncio.timeout(PATIENCE), asyncio.TaskGroup() as tasks:
                running = tasks.create_task(server.until_refused(poller))
                await server.over.wait()
                running.cancel()
    await door.handles()


@dataclass
class Asked:
    """Telegram's side of long polling, for as many steps as are one bot's."""

    door: Door
    script: deque[Step]
    bot: int
    offered: Sequence[Json] = ()
    over: asyncio.Event = field(default_factory=asyncio.Event)

    def application(self) -> web.Application:
        """What the poller asks."""
        application = web.Application()
        application.router.add_post("/bot/getUpdates", self.get_updates)
        return application

    async def get_updates(self, request: web.Request) -> web.Response:
        """The next step; what was offered before must be kept, and is handled meanwhile."""
        offset = json.loads(await request.read()).get("offset")
        if self.offered:
            assert offset == max(one["update_id"] for one in self.offered) + 1
        self.door.acknowledged(self.bot, self.offered)
        self.offered = ()
        await self.door.handles()
        if not self.script or self.script[0].bot != self.bot:
            self.over.set()
            return web.json_response({"ok": True, "result": []})
        step = self.script.popleft()
        self.offered = step.updates
        return web.json_response({"ok": True, "result": step.updates}, status=step.status)

    async def rests(self, seconds: float) -> None:
        """No waiting, only counting."""
        self.door.rests += 1

    async def until_refused(self, poller: Poller) -> None:
        """Runs; a refused token ends it."""
        try:
            await poller.run()
        except TokenRefused:
            self.door.refusals.append(401)
            self.over.set()


async def pushed(door: Door, steps: Sequence[Step]) -> None:
    """The steps as requests of Telegram's; what is answered 200 must be kept."""
    for step in steps:
        hook = Webhook(
            secret=SECRET,
            bot_id=door.bots[step.bot],
            units=door.units,
            clock=door.clock.now,
            bell=Bell(),
        )
        async with TestClient(TestServer(hook.application("/hook"))) as telegram:
            if step.at_once:
                pushes = (_push(door, telegram, step, one) for one in step.updates)
                await asyncio.gather(*pushes)
            else:
                for one in step.updates:
                    await _push(door, telegram, step, one)
        await door.handles()


async def _push(door: Door, telegram: TestClient[Any, Any], step: Step, update: Json) -> None:
    headers = {SECRET_HEADER: step.secret}
    body = BytesIO(json.dumps(update).encode())
    async with telegram.post("/hook", data=body, headers=headers) as answer:
        assert answer.status == step.answer
    if answer.status == 200:
        door.acknowledged(step.bot, [update])
    else:
        door.refusals.append(answer.status)
