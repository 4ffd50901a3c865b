"""An agency's board, what one officer has in hand, and taking everything new at once."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Command
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, Message

from bot.handlers.standing import IN_GROUP, TAP_IN_GROUP, Bound
from bot.intake.recording import Hint, Record
from bot.screens import board_rows, boards, gestures
from bot.screens.cards import seats_of
from bot.screens.discreet import drawn
from bot.screens.easel import Easel
from bot.screens.taps import Tap, Tapped
from bot.words import _
from core.board import Board
from core.desk import Desk
from core.people import Actor, Binding
from core.posting import Purpose


async def show_board(
    message: Message, binding: Binding, board: Board, easel: Easel, now: datetime
) -> Any:
    """``/board``: the same as the group is shown in the morning."""
    agency, chat = easel.district.tree.get(binding.agency), message.chat.id
    screen = await board_rows.drawn(agency, board, easel, chat=chat, now=now)
    return message.answer(**(screen or boards.nothing(agency, now=now, easel=easel)).said())


async def show_mine(
    message: Message, binding: Binding, board: Board, actor: Actor, easel: Easel, now: datetime
) -> Any:
    """``/mine``: what this person signed for the agency and has not finished."""
    views = await board.signed_by(actor.account, binding.agency)
    return message.answer(**boards.mine(views, actor.name, now=now, easel=easel).said())


async def show_card(
    query: CallbackQuery,
    tap: Tap,
    binding: Binding,
    chat: int,
    board: Board,
    easel: Easel,
    now: datetime,
    record: Record,
) -> SendMessage | None:
    """A number below a board: its card once more, with its buttons."""
    view = await board.leg(tap.leg)
    await query.answer()
    if not seats_of(view, binding.agency) or not isinstance(query.message, Message):
        return None
    screen = drawn(view, binding.agency, chat=chat, now=now, easel=easel)
    return record.about(query.message.answer(**screen.said()), Hint(view.leg.id, Purpose.WORDS))


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
    router.callback_query.register(show_card, Tapped(gestures.SHOW))
    router.callback_query.register(acknowledge_all, Tapped(gestures.ACKNOWLEDGE_ALL))
    return router
