"""An agency's board, what one officer has in hand, and taking everything new at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.types import CallbackQuery, Message

from bot.handlers.standing import IN_GROUP, TAP_IN_GROUP, Bound
from bot.screens import boards, gestures
from bot.screens.easel import Easel
from bot.screens.taps import Tap, Tapped
from bot.words import _
from core.board import Board
from core.desk import Desk
from core.people import Actor, Binding
from core.standing import standing

MOST = 60


async def show_board(
    message: Message, binding: Binding, board: Board, easel: Easel, now: datetime
) -> Any:
    """``/board``: the same as the group is shown in the morning."""
    views = await board.open_legs(binding.agency, MOST)
    looks = await board.to_verify(binding.agency, MOST)
    sorted_out = standing(views, looks, now=now, calendar=easel.calendar)
    agency = easel.district.tree.get(binding.agency)
    screen = boards.board(agency, sorted_out, chat=message.chat.id, now=now, easel=easel)
    return message.answer(**screen.said())


async def show_mine(
    message: Message, binding: Binding, board: Board, actor: Actor, easel: Easel, now: datetime
) -> Any:
    """``/mine``: what this person signed for the agency and has not finished."""
    views = await board.signed_by(actor.account, binding.agency)
    return message.answer(**boards.mine(views, actor.name, now=now, easel=easel).said())


async def acknowledge_all(
    query: CallbackQuery,
    tap: Tap,
    binding: Binding,
    chat: int,
    desk: Desk,
    actor: Actor,
    now: datetime,
) -> None:
    """全部签收: one tap for everything nobody has taken yet."""
    count = await desk.acknowledge_all(binding.agency, by=actor, now=now, chat=chat)
    await query.answer(
        _("已签收 {n} 件。请尽快联系呼叫人。").format(n=count) if count else _("都已经签收了。")
    )


def router() -> Router:
    """Before the listing of single calls."""
    router = Router(name="boards")
    router.message.filter(IN_GROUP, Bound())
    router.callback_query.filter(TAP_IN_GROUP, Bound())
    router.message.register(show_board, Command("board"))
    router.message.register(show_mine, Command("mine"))
    router.callback_query.register(acknowledge_all, Tapped(gestures.ACKNOWLEDGE_ALL))
    return router
