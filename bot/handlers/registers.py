"""The oversight looks at its registers, in the group of a street or of the district."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, Message

from bot.handlers.standing import IN_GROUP, TAP_IN_GROUP, Bound, OfficerHere
from bot.screens import gestures, registers
from bot.screens.easel import Easel
from bot.screens.prompts import below
from bot.screens.screen import Screen
from bot.screens.taps import Tap, Tapped
from bot.words import _
from core.board import Board
from core.errors import NotYourPart
from core.lifecycle import Action
from core.overseeing import page
from core.people import Binding
from core.registers import BY_CODE, SEES_REGISTERS


async def show(message: Message, binding: Binding, easel: Easel) -> Any:
    """``/registers``: which there are."""
    agency = easel.district.tree.get(binding.agency)
    screen = registers.directory(agency, chat=message.chat.id, easel=easel)
    return message.answer(**screen.said())


async def refuse(message: Message, binding: Binding, easel: Easel) -> SendMessage:
    """Somebody else, or a group that oversees nobody."""
    if easel.district.tree.get(binding.agency).kind in SEES_REGISTERS:
        raise NotYourPart(action=Action.REPLY)
    return below(message, _("台账在街道和区呼应办的群里看。看本单位待办：/board"))


async def open_register(
    query: CallbackQuery, tap: Tap, binding: Binding, board: Board, easel: Easel, now: datetime
) -> None:
    """A register, or its next page, in the place of the message."""
    asked = registers.read(tap.extra)
    if asked is None:
        await query.answer(_("这本台账已经没有了。"), show_alert=True)
        return
    code, before = asked
    chat = binding.chat
    found = await page(
        board, BY_CODE[code], binding.agency, before=before, now=now, size=registers.SIZE
    )
    await _put(query, registers.page(code, found, chat=chat, now=now, easel=easel))


async def open_directory(query: CallbackQuery, binding: Binding, easel: Easel) -> None:
    """Back to the list of registers."""
    agency = easel.district.tree.get(binding.agency)
    await _put(query, registers.directory(agency, chat=binding.chat, easel=easel))


async def turned_away(query: CallbackQuery) -> None:
    """Somebody not registered for the agency of this chat."""
    raise NotYourPart(action=Action.REPLY)


async def _put(query: CallbackQuery, screen: Screen) -> None:
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.edit_text(**screen.said())


async def oversees(event: Message | CallbackQuery, binding: Binding, easel: Easel) -> bool:
    """Filter: a street, or the district."""
    return easel.district.tree.get(binding.agency).kind in SEES_REGISTERS


def router() -> Router:
    """Before the listing of single calls."""
    looking = Router(name="registers")
    looking.message.register(show, IN_GROUP, Command("registers"), OfficerHere(), oversees)
    looking.message.register(refuse, IN_GROUP, Command("registers"), Bound())
    taps = looking.callback_query
    taps.register(open_register, TAP_IN_GROUP, Tapped(gestures.REGISTER), OfficerHere(), oversees)
    taps.register(
        open_directory, TAP_IN_GROUP, Tapped(gestures.REGISTERS), OfficerHere(), oversees
    )
    both = Tapped(gestures.REGISTER, gestures.REGISTERS)
    taps.register(turned_away, TAP_IN_GROUP, both)
    return looking
