"""Refusals of the domain as sentences that say what to do next; unexpected failures pass on."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.types import CallbackQuery, Message, TelegramObject

from bot.refusals import sentence
from bot.screens.easel import Easel
from bot.screens.mistakes import unsound
from core.errors import CoreError, LegMoved, RaisedAlready
from core.mistakes import SheetMistakes

TOAST_LENGTH = 200
Handler = Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]]


async def refusals_in_words(handler: Handler, event: TelegramObject, data: dict[str, Any]) -> Any:
    """Middleware around every handler: a toast in answer to a tap, a reply to words.

    Who was overtaken is not told: the worker tries again at once, and sees what happened.
    """
    try:
        return await handler(event, data)
    except (LegMoved, RaisedAlready):
        raise
    except SheetMistakes as found:
        return await _tell(event, unsound(found.mistakes))
    except CoreError as finding:
        easel: Easel = data["easel"]
        return await _tell(event, sentence(finding, easel=easel, now=data["now"]))


async def _tell(event: TelegramObject, words: str) -> None:
    if isinstance(event, CallbackQuery):
        await event.answer(words[:TOAST_LENGTH], show_alert=True)
    elif isinstance(event, Message) and event.chat.type == "private":
        await event.answer(words)
    elif isinstance(event, Message):
        await event.reply(words, allow_sending_without_reply=True)
