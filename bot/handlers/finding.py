"""What anybody may ask in private: how a call stands by its number, and what is on hold."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import CallbackQuery, Message
from aiogram.utils.formatting import Text

from bot.handlers.standing import IN_PRIVATE
from bot.screens import gestures, links, public
from bot.screens.easel import Easel
from bot.screens.screen import Screen
from bot.screens.taps import Tap, Tapped
from core.board import Board
from core.overseeing import page
from core.registers import HOLDS


async def find(message: Message, command: CommandObject, board: Board, easel: Easel) -> Any:
    """``/find N``: the public view of a call."""
    number = (command.args or "").strip()
    if not number:
        return message.answer(public.usage())
    return message.answer(**(await looked_up(number, board, easel)).said())


async def how_to_find(message: Message) -> Any:
    """The link below a digest in the channel: a number alone is enough."""
    return message.answer(public.say_the_number())


async def looked_up(number: str, board: Board, easel: Easel) -> Screen:
    """The public view of a call, or that no public one has this number."""
    found = await board.call_by_number(number)
    if found is None or found.call.restricted:
        return Screen(Text(public.not_found(number)))
    return public.shown(found, easel)


async def show_holds(message: Message, board: Board, easel: Easel, now: datetime) -> Any:
    """``/holds``: what is on hold in the district."""
    screen = await _holds(board, easel, message.chat.id, None, now)
    return message.answer(**screen.said())


async def more_holds(
    query: CallbackQuery, tap: Tap, chat: int, board: Board, easel: Easel, now: datetime
) -> None:
    """The next page of it."""
    screen = await _holds(board, easel, chat, int(tap.extra), now)
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.edit_text(**screen.said())


async def _holds(
    board: Board, easel: Easel, chat: int, before: int | None, now: datetime
) -> Screen:
    district = easel.district.tree.district.code
    found = await page(board, HOLDS, district, before=before, now=now, size=public.SIZE)
    return public.holds(found, chat=chat, easel=easel)


def router() -> Router:
    """Before the residents' flows: a command is no answer to a question."""
    finding = Router(name="finding")
    from_channel = CommandStart(deep_link=True, magic=F.args == links.FIND)
    finding.message.register(how_to_find, IN_PRIVATE, from_channel)
    finding.message.register(find, IN_PRIVATE, Command("find"))
    finding.message.register(show_holds, IN_PRIVATE, Command("holds"))
    finding.callback_query.register(more_holds, Tapped(gestures.HOLDS))
    return finding
