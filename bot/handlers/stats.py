"""``/stats``: how it goes in an agency and period, for whoever answers for it; made aside."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.methods import SendChatAction
from aiogram.types import Message

from bot.handlers.standing import IN_GROUP, IN_PRIVATE, Bound
from bot.screens import asked_stats as screens
from bot.screens.asked_stats import Asked
from bot.screens.easel import Easel
from bot.simplifying import simplified
from core.agency import Agency
from core.errands import Errand, ErrandKind, Errands
from core.finding import agencies_named
from core.insight import home_of, sees, shown_in
from core.people import Actor, Binding


async def show(
    message: Message,
    command: CommandObject,
    errands: Errands,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """In private: of any agency this person may see, the widest of them where none is named."""
    home = home_of(actor, easel.district.tree)
    if home is None:
        return message.answer(screens.nobodys())
    found = _asked(command, home, easel, now)
    if isinstance(found, str):
        return message.answer(found)
    agency, asked = found
    if not sees(actor, agency.code, easel.district.tree):
        return message.answer(screens.not_yours(agency))
    return await _begin(message, agency, asked, errands, actor, now)


async def show_here(
    message: Message,
    command: CommandObject,
    binding: Binding,
    errands: Errands,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """In a group: of its own agency and those below, for whoever may see them."""
    tree = easel.district.tree
    found = _asked(command, tree.get(binding.agency), easel, now)
    if isinstance(found, str):
        return message.reply(found)
    agency, asked = found
    allowed = shown_in(binding.agency, agency.code, tree) and sees(actor, agency.code, tree)
    if not allowed:
        return message.reply(screens.not_yours(agency))
    return await _begin(message, agency, asked, errands, actor, now)


def _asked(
    command: CommandObject, home: Agency, easel: Easel, now: datetime
) -> tuple[Agency, Asked] | str:
    """Whose figures, of when; or what is to be said instead."""
    today = now.astimezone(easel.zone).date()
    asked = screens.asked(simplified(command.args or ""), today)
    if isinstance(asked, str) or not asked.agency:
        return asked if isinstance(asked, str) else (home, asked)
    found = agencies_named(easel.district.tree, asked.agency)
    if len(found) > 1:
        return screens.which(found)
    return (found[0], asked) if found else screens.unknown(asked.agency)


async def _begin(
    message: Message, agency: Agency, asked: Asked, errands: Errands, actor: Actor, now: datetime
) -> Any:
    thread = message.message_thread_id if message.is_topic_message else None
    facts = {"agency": agency.code, "name": actor.name, "thread": thread, **asked.period.facts()}
    where = (actor.account or 0, message.chat.id, message.message_id)
    await errands.add(Errand(ErrandKind.STATS, *where, now, facts=facts))
    return SendChatAction(chat_id=message.chat.id, action="upload_photo", message_thread_id=thread)


def router() -> Router:
    """For officers in private and for groups of agencies."""
    stats = Router(name="stats")
    stats.message.register(show, IN_PRIVATE, Command("stats"))
    stats.message.register(show_here, IN_GROUP, Command("stats"), Bound())
    return stats
