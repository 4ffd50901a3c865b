"""常用语: one tap for the list, one for the answer; it goes the same road as a reply."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.methods import SendMessage
from aiogram.types import CallbackQuery, Message

from bot.handlers.standing import TAP_IN_GROUP, OfficerHere
from bot.intake.recording import Hint, Record
from bot.screens import canned, gestures
from bot.screens.easel import Easel
from bot.screens.prompts import under
from bot.screens.taps import Tap, Tapped
from bot.words import _
from core.board import Board
from core.call import Medium, Piece
from core.desk import Desk
from core.errors import NotYourPart
from core.lifecycle import Action
from core.people import Actor
from core.posting import Purpose


async def offer(
    query: CallbackQuery, tap: Tap, chat: int, board: Board, easel: Easel, record: Record
) -> SendMessage | None:
    """The list, as an answer to the card."""
    view = await board.leg(tap.leg)
    if not canned.offered(view, easel):
        await query.answer(canned.nothing_fits(), show_alert=True)
        return None
    await query.answer()
    screen = canned.choice(view, chat=chat, easel=easel)
    return record.about(under(query, screen), Hint(view.leg.id, Purpose.WORDS))


async def say(
    query: CallbackQuery,
    tap: Tap,
    chat: int,
    board: Board,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> None:
    """Send the chosen one; the list becomes what was said."""
    view = await board.leg(tap.leg)
    words = next((a.words for a in canned.offered(view, easel) if str(a.number) == tap.extra), "")
    if not words:
        await query.answer(canned.nothing_fits(), show_alert=True)
        return
    piece = Piece(Medium.WORDS, words)
    await desk.reply(tap.leg, (piece,), by=actor, now=now, chat=chat)
    await query.answer(_("已发给呼叫人。"))
    if isinstance(query.message, Message):
        await query.message.edit_text(**canned.sent(view.call.number, words).said())


async def turned_away(query: CallbackQuery, tap: Tap) -> None:
    """Somebody not registered for the agency of this chat."""
    raise NotYourPart(action=Action.REPLY)


def router() -> Router:
    """Canned answers, in groups."""
    router = Router(name="canned")
    router.callback_query.filter(TAP_IN_GROUP)
    router.callback_query.register(offer, Tapped(gestures.CANNED), OfficerHere())
    router.callback_query.register(say, Tapped(gestures.SAY_CANNED), OfficerHere())
    router.callback_query.register(turned_away, Tapped(gestures.CANNED, gestures.SAY_CANNED))
    return router
