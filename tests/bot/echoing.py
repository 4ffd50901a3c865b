"""A tiny service on the real road, as a process of its own: it repeats what it hears."""

from __future__ import annotations

import asyncio
import sys
from datetime import datetime
from typing import Any

from aiogram import Dispatcher
from aiogram.types import CallbackQuery, InlineKeyboardButton, InlineKeyboardMarkup, Message

from bot import app, logs
from bot.config import load
from bot.delivery.settling import Consequences
from bot.delivery.speech import Speech
from bot.parts import Ground, Parts
from core.outgoing import OutboxRow
from core.ports import Work


async def echo(message: Message) -> Any:
    """Repeat the words with a button under them; 坏 is what it cannot bear."""
    if message.text == "坏":
        raise ValueError(message.text)
    button = InlineKeyboardButton(text="好", callback_data="ok")
    markup = InlineKeyboardMarkup(inline_keyboard=[[button]])
    return message.answer(message.text or "?", reply_markup=markup)


async def thank(query: CallbackQuery) -> Any:
    """Change the message above the button, and say thanks."""
    await query.answer("谢谢")
    if isinstance(query.message, Message):
        await query.message.edit_text("收到")


def dispatcher() -> Dispatcher:
    """What decides in this service."""
    decides = Dispatcher(disable_fsm=True)
    decides.message.register(echo)
    decides.callback_query.register(thank)
    return decides


async def nothing(row: OutboxRow, work: Work) -> Speech | None:
    """No cards here."""


async def unreachable(row: OutboxRow, error: str, work: Work) -> None:
    """Nobody to tell."""


async def moved(old: int, new: int, work: Work) -> None:
    """The store moves what it has."""
    await work.groups.move(old, new)


async def assemble(ground: Ground) -> Parts:
    """The tiny service over this ground."""

    async def tick(now: datetime) -> None:
        """No time passes here."""

    return Parts(dispatcher(), nothing, Consequences(unreachable, moved), tick)


if __name__ == "__main__":
    logs.set_up("info")
    asyncio.run(app.run(load(), assemble=assemble, tell=sys.stdout.write))
