"""A caller agency rates the leg it called up: two taps below the answer, in its own group."""

from __future__ import annotations

from datetime import datetime

from aiogram import Router
from aiogram.types import CallbackQuery, InlineKeyboardMarkup, Message

from bot.handlers.standing import TAP_IN_GROUP, OfficerHere
from bot.handlers.written_below import written_below
from bot.screens import gestures
from bot.screens.easel import Easel
from bot.screens.names import VERDICTS, clean
from bot.screens.rating_buttons import stars
from bot.screens.taps import Tap, Tapped
from bot.words import _
from core.board import Board
from core.desk import Desk
from core.errors import NotYourPart
from core.lifecycle import Action
from core.people import Actor
from core.pressing import REWORKS
from core.rating import Verdict

TAPS = (gestures.VERDICT, gestures.STARS, gestures.AGAIN)


async def choose(query: CallbackQuery, tap: Tap, chat: int, easel: Easel, board: Board) -> None:
    """First tap: the stars take the place of the verdicts."""
    again = (await board.leg(tap.leg)).leg.rework < REWORKS
    verdict = Verdict(tap.extra)
    rows = stars(tap.leg, tap.version, verdict, chat=chat, easel=easel, again=again)
    await query.answer()
    if isinstance(query.message, Message):
        drawn = [[button.drawn() for button in row] for row in rows]
        markup = InlineKeyboardMarkup(inline_keyboard=drawn)
        await query.message.edit_reply_markup(reply_markup=markup)


async def rate(
    query: CallbackQuery, tap: Tap, chat: int, desk: Desk, actor: Actor, now: datetime
) -> None:
    """Second tap: the leg closes with it."""
    said = gestures.given(tap.extra)
    await desk.rate(
        tap.leg,
        verdict=said.verdict,
        stars=said.stars,
        by=actor,
        now=now,
        version=tap.version,
        chat=chat,
    )
    await query.answer(_("已评价，谢谢。"))
    verdict, who = _(VERDICTS[said.verdict]), clean(actor.name)
    line = _("✅ 已评价：{verdict}，{stars} 星（{name}）")
    await written_below(query, line.format(verdict=verdict, stars=said.stars, name=who))


async def again(
    query: CallbackQuery, tap: Tap, chat: int, desk: Desk, actor: Actor, now: datetime
) -> None:
    """Not solved: the same agency once more."""
    await desk.rework(tap.leg, by=actor, now=now, version=tap.version, chat=chat)
    await query.answer(_("已请原单位重办，时限减半。"))
    line = _("🔁 未解决，已请原单位重办（{name}）").format(name=clean(actor.name))
    await written_below(query, line)


async def turned_away(query: CallbackQuery, tap: Tap) -> None:
    """Only the caller's own officers rate."""
    raise NotYourPart(action=Action.ACCEPT)


def router() -> Router:
    """The caller's taps in a group."""
    rating = Router(name="rating_up")
    rating.callback_query.filter(TAP_IN_GROUP)
    rating.callback_query.register(choose, Tapped(gestures.VERDICT), OfficerHere())
    rating.callback_query.register(rate, Tapped(gestures.STARS))
    rating.callback_query.register(again, Tapped(gestures.AGAIN))
    rating.callback_query.register(turned_away, Tapped(*TAPS))
    return rating
