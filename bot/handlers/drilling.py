"""Keys below the figures of ``/stats``: the calls behind one, and each of them, by right.

Whoever taps is looked at again at that moment: the post may be gone, and others see the keys too.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.types import CallbackQuery, Message

from bot.intake.recording import Hint, Record
from bot.screens import asked_stats, auditing
from bot.screens import drilling as screens
from bot.screens.cards import seats_of
from bot.screens.discreet import drawn
from bot.screens.drilling import Figure
from bot.screens.easel import Easel
from bot.screens.screen import Screen
from bot.screens.taps import Tap, Tapped
from core.auditing import audits
from core.behind import Behind
from core.board import Board
from core.desk import Desk
from core.drilling import card_in_group, opened
from core.insight import sees, shown_in
from core.people import Actor
from core.posting import Purpose
from core.stats import covered
from core.views import LegView


async def open_list(
    query: CallbackQuery, tap: Tap, board: Board, actor: Actor, easel: Easel, now: datetime
) -> Any:
    """A figure, or the next page of it: below the figures as a message, later in its place."""
    behind, figure = Behind(tap.extra[0]), screens.unpacked(tap.extra[1:])
    if not await _may(query, figure, board, actor, easel):
        return await _refuse(query, figure, easel)
    found = await opened(
        *(board, behind, figure.agency, figure.period.span(easel.zone)),
        after=tap.leg,
        size=screens.SIZE,
        now=now,
    )
    screen = screens.listed(behind, figure, found, chat=_chat(query), now=now, easel=easel)
    return await _put(query, tap, screen)


async def open_menu(
    query: CallbackQuery, tap: Tap, board: Board, actor: Actor, easel: Easel, now: datetime
) -> Any:
    """‹ 返回: which figures can be opened."""
    figure = screens.unpacked(tap.extra)
    if not await _may(query, figure, board, actor, easel):
        return await _refuse(query, figure, easel)
    screen = screens.menu(figure, chat=_chat(query), now=now, easel=easel)
    return await _put(query, tap, screen)


async def open_call(
    query: CallbackQuery,
    tap: Tap,
    board: Board,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    now: datetime,
    record: Record,
) -> Any:
    """A number: the whole story for whoever audits, the card where one works on it.

    What has become restricted since it was listed is behind no figure any more.
    """
    figure, view = screens.unpacked(tap.extra), await board.leg(tap.leg)
    counted = view.agency.code in covered(easel.district.tree, figure.agency)
    if not counted or view.call.restricted or not await _may(query, figure, board, actor, easel):
        return await _refuse(query, figure, easel)
    screen = await _shown(query, view, board, desk, actor, easel, now)
    if screen is None or not isinstance(query.message, Message):
        return await query.answer(screens.where_it_is(view), show_alert=True)
    await query.answer()
    private = query.message.chat.type == "private"
    hint = Hint() if private else Hint(view.leg.id, Purpose.WORDS)
    return record.about(query.message.answer(**screen.said()), hint)


async def _shown(
    query: CallbackQuery,
    view: LegView,
    board: Board,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Screen | None:
    chat = _chat(query)
    binding = await board.group(chat)
    if binding is not None:
        if not seats_of(view, binding.agency):
            return None
        return drawn(view, binding.agency, chat=chat, now=now, easel=easel)
    if audits(actor, easel.district):
        await desk.audited(view.call.number, by=actor, now=now)
        return auditing.story(await board.call(view.call.id), 0, chat=chat, easel=easel)
    there = await card_in_group(board, view) if actor.acts_for(view.agency.code) else None
    return screens.linked(view, *there) if there else None


async def _may(
    query: CallbackQuery, figure: Figure, board: Board, actor: Actor, easel: Easel
) -> bool:
    tree = easel.district.tree
    if not query.message or not sees(actor, figure.agency, tree):
        return False
    if query.message.chat.type == "private":
        return True
    binding = await board.group(query.message.chat.id)
    return binding is not None and shown_in(binding.agency, figure.agency, tree)


async def _refuse(query: CallbackQuery, figure: Figure, easel: Easel) -> None:
    agency = easel.agency(figure.agency) or easel.district.tree.district
    await query.answer(asked_stats.not_yours(agency), show_alert=True)


async def _put(query: CallbackQuery, tap: Tap, screen: Screen) -> Any:
    """Below the figures, which stay; from there on in the place of the list."""
    await query.answer()
    if not isinstance(query.message, Message):
        return None
    if tap.version == screens.BELOW_FIGURES:
        return query.message.reply(**screen.said())
    return await query.message.edit_text(**screen.said())


def _chat(query: CallbackQuery) -> int:
    return query.message.chat.id if query.message else 0


def router() -> Router:
    """In private and in groups; the rights are looked at in each."""
    drilling = Router(name="drilling")
    drilling.callback_query.register(open_list, Tapped(screens.LIST))
    drilling.callback_query.register(open_menu, Tapped(screens.MENU))
    drilling.callback_query.register(open_call, Tapped(screens.CALL))
    return drilling
