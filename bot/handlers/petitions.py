"""``/pending`` and its two buttons: a second person agrees or not; whoever asked may recall."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.handlers.auditing import allowed, refuse
from bot.handlers.standing import IN_PRIVATE
from bot.screens import petitions
from bot.screens.easel import Easel
from bot.screens.taps import Tap, Tapped
from core.people import Actor
from core.seconding import Seconds


async def show(
    message: Message, seconds: Seconds, actor: Actor, easel: Easel, now: datetime
) -> Any:
    """What waits, for whoever administers or audits."""
    listed = await seconds.pending(by=actor, now=now)
    screen = petitions.pending(listed, own=actor.account or 0, chat=message.chat.id, easel=easel)
    return message.answer(**screen.said())


async def decide(
    query: CallbackQuery, tap: Tap, seconds: Seconds, actor: Actor, easel: Easel, now: datetime
) -> None:
    """同意, 不同意 or 收回; the desk checks who presses, and whether it still waits."""
    decides = seconds.agree if tap.action == petitions.AGREE else seconds.decline
    ended = await decides(tap.leg, by=actor, now=now)
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.edit_text(petitions.ended(ended, easel), reply_markup=None)


def router() -> Router:
    """Administrators and auditors, in private; what was forwarded is nobody's wish (S4, S8)."""
    router = Router(name="petitions")
    router.message.filter(IN_PRIVATE, F.forward_origin.is_(None))
    router.callback_query.filter(F.message.chat.type == "private", allowed)
    router.message.register(show, Command("pending"), allowed)
    router.message.register(refuse, Command("pending"))
    router.callback_query.register(decide, Tapped(petitions.AGREE, petitions.DECLINE))
    return router
