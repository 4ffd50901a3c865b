"""The two pages of buttons below a card: what is needed every day, and the rest behind 更多.

Turning a page changes the buttons alone, and nothing of the call; the next edit of the card comes
with its first page again.
"""

from __future__ import annotations

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.handlers.standing import TAP_IN_GROUP, OfficerHere
from bot.screens import gestures
from bot.screens.buttons import Rows, below_card, second_page
from bot.screens.cards import seats_of
from bot.screens.easel import Easel
from bot.screens.taps import Tap, Tapped
from core.board import Board
from core.errors import NotYourPart
from core.lifecycle import Action
from core.people import Binding

PAGES = {gestures.MORE: second_page, gestures.LESS: below_card}


async def turn(
    query: CallbackQuery, tap: Tap, binding: Binding, board: Board, easel: Easel
) -> None:
    """The other page, as the leg stands now."""
    view = await board.leg(tap.leg)
    seats = seats_of(view, binding.agency)
    rows = PAGES[tap.action](view, seats=seats, chat=binding.chat, easel=easel)
    await query.answer()
    await redrawn(query, rows)


async def turned_away(query: CallbackQuery, tap: Tap) -> None:
    """A page that somebody else is reading stays as it is."""
    raise NotYourPart(action=Action.REPLY)


async def redrawn(query: CallbackQuery, rows: Rows) -> None:
    """Other buttons below the message that was tapped."""
    if isinstance(query.message, Message):
        drawn = [[button.drawn() for button in row] for row in rows]
        markup = InlineKeyboardMarkup(inline_keyboard=drawn) if drawn else None
        await query.message.edit_reply_markup(reply_markup=markup)


def router() -> Router:
    """Turning pages, in groups."""
    more = Router(name="more")
    more.callback_query.filter(TAP_IN_GROUP)
    more.callback_query.register(turn, Tapped(*PAGES), OfficerHere())
    more.callback_query.register(turned_away, Tapped(*PAGES))
    return more
