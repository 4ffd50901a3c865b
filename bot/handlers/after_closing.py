"""A resident's taps below a closing notice and below the question of weeks later."""

from __future__ import annotations

from datetime import datetime

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from bot.flows import again
from bot.flows.engine import Engine
from bot.flows.scene import Scene
from bot.screens import after_closing, gestures
from bot.screens.taps import Tap, Tapped
from core.board import Board
from core.desk import Desk
from core.people import Actor

ANEW = {gestures.REOPEN: False, gestures.CAME_BACK: True}


async def take_up(
    query: CallbackQuery, tap: Tap, scene: Scene, engine: Engine, board: Board
) -> None:
    """重开 and 又出现了: one question more."""
    call = (await board.leg(tap.leg)).call.id
    draft = {again.CALL: call, again.ANEW: ANEW[tap.action]}
    await engine.start(again.NAME, draft, scene, query)


async def still_good(
    query: CallbackQuery, tap: Tap, desk: Desk, actor: Actor, now: datetime
) -> None:
    """没有再出现: nothing more to do."""
    await desk.still_good(tap.leg, by=actor, now=now)
    await query.answer(after_closing.still_good())
    if isinstance(query.message, Message):
        await query.message.edit_reply_markup(reply_markup=None)


def router() -> Router:
    """Before whatever else is tapped in private."""
    after = Router(name="after_closing")
    after.callback_query.filter(F.message.chat.type == "private")
    after.callback_query.register(take_up, Tapped(*ANEW))
    after.callback_query.register(still_good, Tapped(gestures.STILL_GOOD))
    return after
