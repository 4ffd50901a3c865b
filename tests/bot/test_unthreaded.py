"""No filter costs a thread."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

from aiogram import Bot, Dispatcher, F, Router
from aiogram.types import Chat, Message, Update

from bot.unthreaded import stay_in_the_loop

LIN = Chat(id=7, type="private")
NOON = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)


def said(text: str) -> Update:
    """Somebody's words as an update."""
    return Update(update_id=1, message=Message(message_id=1, date=NOON, chat=LIN, text=text))


async def test_synchronous_filters_of_every_router_are_asked_in_the_event_loop() -> None:
    asked: list[threading.Thread] = []
    heard: list[str] = []

    def curious(message: Message) -> bool:
        asked.append(threading.current_thread())
        return True

    async def handle(message: Message) -> None:
        heard.append(message.text or "")

    above, below = Router(), Router()
    above.message.filter(curious)
    above.include_router(below)
    below.message.register(handle, F.text.startswith("楼"), curious)
    dispatcher = Dispatcher()
    dispatcher.include_router(above)

    stay_in_the_loop(dispatcher)
    for text in ("你好", "楼道灯坏了"):
        await dispatcher.feed_update(Bot("42:made-up"), said(text))

    assert heard == ["楼道灯坏了"]
    assert set(asked) == {threading.current_thread()}
