"""Where the bot is: added to a group, removed, moved; and which agency a group works for."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aiogram import Bot, F, Router
from aiogram.filters import (
    IS_MEMBER,
    IS_NOT_MEMBER,
    JOIN_TRANSITION,
    LEAVE_TRANSITION,
    ChatMemberUpdatedFilter,
    Command,
    CommandObject,
)
from aiogram.methods import SendMessage, SetMyCommands
from aiogram.types import CallbackQuery, ChatMemberUpdated, Message

from bot.commands import menus_at_desk
from bot.handlers import topics
from bot.handlers.standing import IN_GROUP, IN_PRIVATE, TAP_IN_GROUP
from bot.screens import gestures, settings, silence
from bot.screens.easel import Easel
from bot.screens.prompts import below
from bot.screens.taps import Tap, Tapped
from core.board import Board
from core.desk import Desk
from core.people import Actor


async def added(
    event: ChatMemberUpdated,
    board: Board,
    desk: Desk,
    actor: Actor,
    bot_name: str,
    now: datetime,
) -> SendMessage | None:
    """Into a group: one line what to do, unless the group works already."""
    await topics.stands(event, desk)
    if await board.group(event.chat.id):
        return None
    await desk.joined_group(event.chat.id, by=actor, now=now)
    return event.answer(settings.greeting(bot_name))


async def removed(
    event: ChatMemberUpdated,
    desk: Desk,
    easel: Easel,
    administrators: frozenset[int],
    bot: Bot,
    now: datetime,
) -> None:
    """Out of a group: its agency can be reached no more, which others must know."""
    found = await desk.lose_group(event.chat.id, now=now)
    for chat, words in silence.gone(found, administrators, easel) if found else ():
        await bot.send_message(chat, words)


async def stopped(event: ChatMemberUpdated, desk: Desk, now: datetime) -> None:
    """A resident blocked the bot."""
    await desk.unreachable(event.from_user.id, now=now)


async def came_back(event: ChatMemberUpdated, desk: Desk, board: Board, now: datetime) -> None:
    """A resident unblocked the bot."""
    resident = await board.resident(event.from_user.id)
    if resident:
        await desk.met(account=resident.account, name=resident.name, now=now)


async def moved(message: Message, desk: Desk, now: datetime) -> None:
    """The group became a supergroup; either of two messages says so, in any order (A12)."""
    old = message.migrate_from_chat_id or message.chat.id
    await desk.group_moved(old, message.migrate_to_chat_id or message.chat.id, now=now)


async def ask_to_bind(
    message: Message,
    command: CommandObject,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """``/bind CODE``: say for whom, and ask once more."""
    code = (command.args or "").strip().upper()
    if not code:
        return below(message, settings.bind_usage(easel.bot_name))
    agency = await desk.check_bind(code, chat=message.chat.id, by=actor, now=now)
    screen = settings.binding_question(agency, code, chat=message.chat.id, easel=easel)
    return message.reply(**screen.said())


async def bind(
    query: CallbackQuery,
    tap: Tap,
    chat: int,
    desk: Desk,
    actor: Actor,
    easel: Easel,
    administrators: frozenset[int],
    bot: Bot,
    now: datetime,
) -> None:
    """确认: by the administrator the code was issued to."""
    message = query.message
    agency = await desk.bind(
        tap.extra,
        chat=chat,
        title=(message.chat.title if message else None) or "",
        thread=_topic(message),
        by=actor,
        now=now,
    )
    await query.answer(settings.bound_toast())
    if agency.code == easel.district.tree.district.code:
        for menu in menus_at_desk(chat, administrators):
            await bot(SetMyCommands.model_validate(menu))
    if isinstance(message, Message):
        await message.edit_text(settings.bound(agency), reply_markup=None)


def _topic(message: Any) -> int | None:
    """The topic of a forum; the thread of a reply in another group is none."""
    return message.message_thread_id if getattr(message, "is_topic_message", None) else None


async def drop(
    query: CallbackQuery, tap: Tap, chat: int, desk: Desk, actor: Actor, now: datetime
) -> None:
    """取消: by the same person; the code stays good."""
    await desk.check_bind(tap.extra, chat=chat, by=actor, now=now)
    await query.answer()
    if isinstance(query.message, Message):
        await query.message.edit_text(settings.not_bound(), reply_markup=None)


async def bind_elsewhere(message: Message) -> SendMessage:
    """``/bind`` in a private chat."""
    return message.answer(settings.bind_in_group())


def router() -> Router:
    """Joins, moves, bindings."""
    places = Router(name="places")
    member, group, private = places.my_chat_member, IN_GROUP, IN_PRIVATE
    member.register(added, group, ChatMemberUpdatedFilter(JOIN_TRANSITION))
    member.register(removed, group, ChatMemberUpdatedFilter(LEAVE_TRANSITION))
    member.register(topics.stands, group)
    member.register(stopped, private, ChatMemberUpdatedFilter(IS_MEMBER >> IS_NOT_MEMBER))
    member.register(came_back, private, ChatMemberUpdatedFilter(IS_NOT_MEMBER >> IS_MEMBER))
    places.message.register(moved, F.migrate_to_chat_id | F.migrate_from_chat_id)
    places.message.register(ask_to_bind, group, Command("bind"))
    places.message.register(bind_elsewhere, private, Command("bind"))
    places.callback_query.register(bind, TAP_IN_GROUP, Tapped(gestures.BIND))
    places.callback_query.register(drop, TAP_IN_GROUP, Tapped(gestures.DROP))
    return places
