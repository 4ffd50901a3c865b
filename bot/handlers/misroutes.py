"""Administrators see which rows of the catalogue name a lead who is mostly not the one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import Message

from bot.handlers.admin import listed, refuse
from bot.handlers.standing import IN_PRIVATE
from bot.screens import misroutes as screens
from bot.screens.easel import Easel
from bot.simplifying import simplified
from core.board import Board
from core.misroutes import amendments, misroutes


async def show(
    message: Message, command: CommandObject, board: Board, easel: Easel, now: datetime
) -> Any:
    """``/misroutes``: what returns teach; each row with the command that amends it."""
    period = screens.period(simplified(command.args or ""), now.astimezone(easel.zone).date())
    if isinstance(period, str):
        return message.answer(period)
    told = await misroutes(board, period.span(easel.zone))
    found = amendments(told, board.district)
    return message.answer(**screens.offered(found, len(told), board.district, period).said())


def router() -> Router:
    """In private; what was forwarded is nobody's command (S4, S8)."""
    teaching = Router(name="misroutes")
    teaching.message.filter(IN_PRIVATE, F.forward_origin.is_(None), Command("misroutes"))
    teaching.message.register(show, listed)
    teaching.message.register(refuse)
    return teaching
