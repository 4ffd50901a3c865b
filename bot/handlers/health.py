"""``/health``: whether everything works, for administrators, in private and at their desk."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import Message

from bot.handlers.admin import listed, refuse
from bot.handlers.standing import IN_PRIVATE, AtDesk
from bot.screens import health as screens
from bot.screens.easel import Easel
from core.board import Board
from core.errands import Errand, ErrandKind, Errands
from core.health import looked_over
from core.people import Actor


async def tell(
    message: Message,
    board: Board,
    easel: Easel,
    administrators: Collection[int],
    errands: Errands,
    actor: Actor,
    now: datetime,
) -> Any:
    """What is wrong within, at once; what is wrong around follows where anything is.

    Telegram, the clock and the disk are asked by an errand: a handler touches nothing outside.
    """
    account, chat, number = actor.account or 0, message.chat.id, message.message_id
    await errands.add(Errand(ErrandKind.HEALTH, account, chat, number, now))
    found = await looked_over(board.work, board.district, administrators=administrators, now=now)
    return message.answer(screens.report(found, easel.zone))


def router() -> Router:
    """Administrators only; what was forwarded is nobody's command (S4)."""
    health = Router(name="health")
    health.message.filter(F.forward_origin.is_(None), AtDesk())
    health.message.register(tell, Command("health"), listed)
    health.message.register(refuse, IN_PRIVATE, Command("health"))
    return health
