"""The group of who looks whether it is done: one tap when it is."""

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


async def passes(
    query: CallbackQuery, tap: Tap, chat: int, desk: Desk, actor: Actor, now: datetime
) -> None:
    """核查通过."""
    await desk.pass_verification(tap.leg, by=actor, now=now, version=tap.version, chat=chat)
    await query.answer(_("已记下：核查通过。"))


def router() -> Router:
    """Taps in groups."""
    verifying = Router(name="verifying")
    verifying.callback_query.filter(TAP_IN_GROUP)
    verifying.callback_query.register(passes, Tapped(gestures.PASS))
    return verifying
