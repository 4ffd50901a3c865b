"""On the spot: one tap when somebody is there, one when the street lets them go."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery

from bot.handlers.standing import TAP_IN_GROUP
from bot.screens import gestures
from bot.screens.taps import Tap, Tapped
from bot.words import _
from core.desk import Desk
from core.people import Actor


async def arrive(
    query: CallbackQuery, tap: Tap, chat: int, desk: Desk, actor: Actor, now: datetime
) -> None:
    """到场."""
    await desk.arrive(tap.leg, by=actor, now=now, version=tap.version, chat=chat)
    await query.answer(_("已记下到场时间。现场照片可以直接回复卡片发来。"))


async def release(
    query: CallbackQuery, tap: Tap, chat: int, desk: Desk, actor: Actor, now: datetime
) -> None:
    """解除应急哨."""
    await desk.release(tap.leg, by=actor, now=now, version=tap.version, chat=chat)
    await query.answer(_("已解除，对方可以撤离和办结了。"))


def router() -> Router:
    """Taps in groups."""
    arriving = Router(name="arriving")
    arriving.callback_query.filter(TAP_IN_GROUP)
    arriving.callback_query.register(arrive, Tapped(gestures.ARRIVE))
    arriving.callback_query.register(release, Tapped(gestures.RELEASE))
    return arriving
