"""One tap of a resident who shares a matter: is it solved here, is it the same at all?"""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.screens import alike, gestures
from bot.screens.taps import Tap, Tapped
from bot.words import _
from core.board import Board
from core.desk import Desk
from core.people import Actor
from core.rating import Verdict


async def rate_beside(
    query: CallbackQuery, tap: Tap, desk: Desk, actor: Actor, now: datetime
) -> None:
    """Counted beside the caller's own word; the buttons go with it."""
    await desk.rate_beside(tap.leg, verdict=Verdict(tap.extra), by=actor, now=now)
    await query.answer(_("记下了，谢谢。"))
    if isinstance(query.message, Message):
        await query.message.edit_reply_markup(reply_markup=None)


async def part(
    query: CallbackQuery, tap: Tap, desk: Desk, board: Board, actor: Actor, now: datetime
) -> None:
    """Not the same matter, says the caller of a merged call; the answer stays in the chat."""
    leg = await desk.part(tap.leg, by=actor, now=now)
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.edit_reply_markup(reply_markup=None)
        told = alike.parted(await board.leg(leg.id), board.district.calendar.zone)
        await query.message.answer(**told.as_kwargs())


def router() -> Router:
    """In private chat, before everything that takes any tap."""
    standing_by = Router(name="standing_by")
    standing_by.callback_query.filter(F.message.chat.type == "private")
    standing_by.callback_query.register(rate_beside, Tapped(gestures.BESIDE))
    standing_by.callback_query.register(part, Tapped(gestures.PART))
    return standing_by
