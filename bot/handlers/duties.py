"""``/who 油烟``: who leads, who helps, on what basis; for officers and for everybody."""

from __future__ import annotations

from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.screens.duties import duties, unlisted, usage
from bot.screens.easel import Easel
from core.board import Board
from core.guide import Guide


async def who_answers(
    message: Message, command: CommandObject, board: Board, guide: Guide, easel: Easel
) -> Any:
    """The likeliest items of the catalogue; in a group of an agency for its own place."""
    words = (command.args or "").strip()
    if not words:
        return message.answer(usage(easel.bot_name))
    binding = await board.group(message.chat.id)
    found = guide.suggest(words)
    if not guide.knows(words):
        return message.answer(**unlisted(found, words).said())
    here = binding.agency if binding else None
    return message.answer(**duties(found, words, here=here, easel=easel).said())


def router() -> Router:
    """In groups and in private alike."""
    router = Router(name="duties")
    router.message.register(who_answers, Command("who"))
    return router
