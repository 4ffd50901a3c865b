"""A hold in the group that works on it: a step of the plan is done."""

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


async def reach(
    query: CallbackQuery, tap: Tap, chat: int, desk: Desk, actor: Actor, now: datetime
) -> None:
    """完成: the caller hears it."""
    number = int(tap.extra)
    await desk.reach_milestone(tap.leg, number, by=actor, now=now, version=tap.version, chat=chat)
    await query.answer(_("已记下，呼叫人会收到。"))


def router() -> Router:
    """The plan of a hold, in groups."""
    holding = Router(name="holding")
    holding.callback_query.filter(TAP_IN_GROUP)
    holding.callback_query.register(reach, Tapped(gestures.REACH))
    return holding
