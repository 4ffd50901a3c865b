"""``/audit N``: an auditor or an administrator reads a call's whole story, in private."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.handlers.standing import IN_PRIVATE
from bot.screens import auditing
from bot.screens.easel import Easel
from bot.screens.taps import Tap, Tapped
from core.auditing import audits
from core.board import Board
from core.desk import Desk
from core.people import Actor


async def allowed(event: Message | CallbackQuery, actor: Actor, easel: Easel) -> bool:
    """Filter: who audits at this moment; the default is no."""
    return audits(actor, easel.district)


async def show(
    message: Message,
    command: CommandObject,
    board: Board,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """The first page; that it was read is written down."""
    words = (command.args or "").strip()
    if not words:
        return message.answer(auditing.usage())
    view = await board.call_by_number(words)
    if view is None:
        return message.answer(auditing.not_found(words))
    await desk.audited(view.call.number, by=actor, now=now)
    return message.answer(**auditing.story(view, 0, chat=message.chat.id, easel=easel).said())


async def turn(query: CallbackQuery, tap: Tap, board: Board, easel: Easel) -> None:
    """Another page, in place of this one."""
    await query.answer()
    view = await board.call(tap.leg)
    if isinstance(query.message, Message):
        chat = query.message.chat.id
        await query.message.edit_text(
            **auditing.story(view, int(tap.extra), chat=chat, easel=easel).said()
        )


async def refuse(message: Message) -> Any:
    """Somebody who audits nothing."""
    return message.answer(auditing.only_auditors())


def router() -> Router:
    """Auditors, in private chat."""
    router = Router(name="auditing")
    router.message.filter(IN_PRIVATE)
    router.callback_query.filter(F.message.chat.type == "private", allowed)
    router.message.register(show, Command("audit"), allowed)
    router.message.register(refuse, Command("audit"))
    router.callback_query.register(turn, Tapped(auditing.PAGE))
    return router
