"""``/breach``: everybody whose data got out is told once; two persons decide it (S12)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message
from aiogram.utils.formatting import Text

from bot.handlers import confirming
from bot.handlers.admin import listed, refuse
from bot.handlers.standing import IN_PRIVATE
from bot.screens import breach as screens
from bot.screens import petitions
from bot.screens.easel import Easel
from bot.screens.screen import Screen
from bot.screens.taps import Tap, Tapped
from core.board import Board
from core.breach import affected
from core.people import Actor
from core.petitions import Asked
from core.seconding import Seconds


async def propose(
    message: Message,
    command: CommandObject,
    board: Board,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """Who would be told what."""
    wish = screens.wished(command.args or "", easel.zone)
    if isinstance(wish, str):
        return message.answer(wish)
    count = await affected(board.work, wish)
    if not count:
        return message.answer(screens.nobody())
    rows = confirming.buttons(
        screens.CONFIRM,
        screens.DROP,
        message.text or "",
        by=actor,
        chat=message.chat.id,
        easel=easel,
        now=now,
    )
    screen = Screen(Text(screens.proposal(wish, count, easel)), rows)
    return message.reply(**screen.said())


async def confirm(
    query: CallbackQuery,
    tap: Tap,
    board: Board,
    seconds: Seconds,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """确认: asked of a second person."""
    said = await confirming.confirmed(query, tap, by=actor, now=now)
    wish = screens.wished(said.partition(" ")[2], easel.zone) if said else ""
    if isinstance(wish, str):
        return None
    facts = {**wish.facts(), "n": await affected(board.work, wish)}
    asked = await seconds.propose(Asked.BREACH, "", facts, by=actor, now=now)
    words = petitions.asked(asked, await seconds.others(asked), easel)
    return await confirming.ended(query, words)


async def drop(query: CallbackQuery) -> Any:
    """取消."""
    return await confirming.ended(query, screens.dropped())


def router() -> Router:
    """Administrators, in private; what was forwarded is nobody's wish (S4, S8)."""
    breaching = Router(name="breaching")
    breaching.message.filter(IN_PRIVATE, F.forward_origin.is_(None))
    breaching.callback_query.filter(F.message.chat.type == "private", listed)
    breaching.message.register(propose, Command("breach"), listed)
    breaching.message.register(refuse, Command("breach"))
    breaching.callback_query.register(confirm, Tapped(screens.CONFIRM))
    breaching.callback_query.register(drop, Tapped(screens.DROP))
    return breaching
