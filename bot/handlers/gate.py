"""``/gate 任务``: which list names it; a community refuses what none lets in."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, Message

from bot.handlers.confirming import command_of, ended
from bot.handlers.standing import IN_GROUP, IN_PRIVATE, TAP_IN_GROUP, Bound, OfficerHere
from bot.screens import gate as screens
from bot.screens.easel import Easel
from bot.screens.taps import Tapped
from bot.simplifying import simplified
from core.agency import AgencyKind
from core.desk import Desk
from core.lists import SHORTEST, ListKind, gate, listed
from core.people import Actor, Binding


async def look(message: Message, command: CommandObject, easel: Easel) -> Any:
    """In private: the lists are public."""
    return await _answer(message, command, easel, community=False)


async def look_in_group(
    message: Message, command: CommandObject, easel: Easel, binding: Binding
) -> Any:
    """In a group: with the button where a community may refuse."""
    agency = easel.agency(binding.agency)
    community = agency is not None and agency.kind is AgencyKind.COMMUNITY
    return await _answer(message, command, easel, community=community)


async def refuse(
    query: CallbackQuery, binding: Binding, desk: Desk, actor: Actor, easel: Easel, now: datetime
) -> Any:
    """非准入，拒收: what was asked for stands in the command that the screen answers."""
    task = _task(simplified(command_of(query)).partition(" ")[2])
    if len(task) < SHORTEST:
        return await query.answer(screens.usage(), show_alert=True)
    chat = await desk.refuse_task(task, agency=binding.agency, by=actor, now=now)
    if chat is not None and query.bot is not None:
        agency = easel.name_of(binding.agency)
        await query.bot.send_message(chat, screens.to_district(task, agency, actor.name))
    return await ended(query, screens.refused(task, actor.name))


async def _answer(
    message: Message, command: CommandObject, easel: Easel, *, community: bool
) -> Any:
    task = _task(simplified(command.args or ""))
    if len(task) < SHORTEST:
        return message.reply(screens.usage())
    lists = easel.district.lists
    decides = gate(lists, task)
    refuses = community and (decides is None or decides.kind is ListKind.FORBIDDEN)
    chat = message.chat.id
    screen = screens.told(task, listed(lists, task), refuses=refuses, chat=chat, easel=easel)
    return message.reply(**screen.said())


def _task(words: str) -> str:
    return " ".join(words.split())[:60]


def router() -> Router:
    """The lists, for everybody in private and for whoever answers in a group."""
    gates = Router(name="gate")
    gates.message.register(look, IN_PRIVATE, Command("gate"))
    gates.message.register(look_in_group, IN_GROUP, Command("gate"), Bound())
    gates.callback_query.register(refuse, TAP_IN_GROUP, Tapped(screens.REFUSE), OfficerHere())
    return gates
