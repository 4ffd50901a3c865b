"""``/channel``: where the public is told, by an administrator; and what Telegram says of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from aiogram import Bot, F, Router
from aiogram.filters import Command, CommandObject
from aiogram.types import CallbackQuery, ChatMemberAdministrator, ChatMemberUpdated, Message
from aiogram.utils.formatting import Text

from bot.handlers import confirming
from bot.handlers.admin import listed, refuse
from bot.handlers.standing import IN_PRIVATE
from bot.screens import channel as screens
from bot.screens.easel import Easel
from bot.screens.names import clean
from bot.screens.screen import Screen
from bot.screens.taps import Tap, Tapped
from bot.simplifying import simplified
from core.board import Board
from core.channel import Channel, Every
from core.desk import Desk
from core.people import Actor

LONGEST = 64  # a title with its digits


class Meant(NamedTuple):
    """What a command asks for: a channel to bind, or another rhythm, or neither to be bound."""

    bind: Channel | None = None
    every: Every | None = None
    unbind: bool = False


async def stands(
    event: ChatMemberUpdated,
    board: Board,
    desk: Desk,
    actor: Actor,
    administrators: frozenset[int],
    bot: Bot,
    now: datetime,
) -> None:
    """The bot was made an administrator of a channel, may write there no more, or is out."""
    member = event.new_chat_member
    administers = isinstance(member, ChatMemberAdministrator)
    before, after = await desk.channel_stands(
        *(event.chat.id, event.chat.title or ""),
        member=administers,
        posts=isinstance(member, ChatMemberAdministrator) and bool(member.can_post_messages),
        by=actor,
        now=now,
    )
    if before is None or before.bound_at is None:
        if after and actor.account:
            known = await board.work.channels.known()
            await bot.send_message(actor.account, screens.met(after, known))
        return
    if after and after.posts != before.posts:
        words = screens.back(after) if after.posts else screens.lost(after)
        for account in sorted(administrators):
            await bot.send_message(account, words)


async def ask(
    message: Message,
    command: CommandObject,
    board: Board,
    actor: Actor,
    easel: Easel,
    now: datetime,
) -> Any:
    """How it stands; or what the command would do, with 确认 and 取消."""
    known = await board.work.channels.known()
    words = simplified(command.args or "").strip()
    if not words:
        return message.answer(screens.shown(known))
    meant = _meant(words, known)
    if isinstance(meant, Screen):
        return message.answer(**meant.said())
    rows = confirming.buttons(
        *(screens.YES, screens.DROP, message.text or ""),
        by=actor,
        chat=message.chat.id,
        easel=easel,
        now=now,
    )
    return message.reply(**_question(meant, known, rows).said())


async def confirm(
    query: CallbackQuery, tap: Tap, board: Board, desk: Desk, actor: Actor, now: datetime
) -> Any:
    """确认: what was shown, by the same person."""
    said = await confirming.confirmed(query, tap, by=actor, now=now)
    words = simplified(said.partition(" ")[2]).strip()
    if not words:
        return None
    known = await board.work.channels.known()
    meant = _meant(words, known)
    if isinstance(meant, Screen):
        return await confirming.ended(query, meant.text.render()[0])
    if meant.bind:
        done = await desk.bind_channel(meant.bind.chat, by=actor, now=now)
    elif meant.every is not None:
        done = await desk.tell_channel(meant.every, by=actor, now=now)
    else:
        done = await desk.unbind_channel(by=actor, now=now)
        return await confirming.ended(query, screens.unbound(done))
    return await confirming.ended(query, screens.bound(done, known))


async def drop(query: CallbackQuery) -> Any:
    """取消."""
    return await confirming.ended(query, screens.dropped())


def _meant(words: str, known: Sequence[Channel]) -> Meant | Screen:
    """What the words ask for, or what says what is missing."""
    verb, _space, title = words.partition(" ")
    if verb.lower() in screens.BIND:
        found = _named(title.strip(), known)
        return Meant(bind=found[0]) if len(found) == 1 else screens.which(known)
    every = screens.WORDS.get(words.lower())
    unbind = verb.lower() in screens.UNBIND
    if every is None and not unbind:
        return Screen(Text(screens.usage()))
    if not any(one.bound_at for one in known):
        return Screen(Text(screens.shown(known)))
    return Meant(every=every, unbind=unbind)


def _named(title: str, known: Sequence[Channel]) -> Sequence[Channel]:
    """Where the bot may write: called so, or without a title whatever is not bound yet."""
    free = [one for one in known if one.posts]
    if title:
        said = {clean(title), clean(title, LONGEST)}
        return [one for one in free if said & _spelled(one, known)]
    return [one for one in free if one.bound_at is None] or free


def _spelled(channel: Channel, known: Sequence[Channel]) -> set[str]:
    return {simplified(each) for each in screens.spellings(channel, known)}


def _question(meant: Meant, known: Sequence[Channel], rows: screens.Rows) -> Screen:
    if meant.bind:
        return screens.question_bind(meant.bind, known, rows)
    bound = next((one for one in known if one.bound_at), None)
    assert bound is not None  # noqa: S101 - _meant asked for one
    if meant.every is not None:
        return screens.question_often(bound, meant.every, rows)
    return screens.question_unbind(bound, rows)


def router() -> Router:
    """Administrators, in private; what was forwarded is nobody's wish (S4, S8)."""
    channel = Router(name="channel")
    channel.my_chat_member.register(stands, F.chat.type == "channel")
    channel.message.filter(IN_PRIVATE, F.forward_origin.is_(None), Command("channel"))
    channel.message.register(ask, listed)
    channel.message.register(refuse)
    channel.callback_query.filter(F.message.chat.type == "private", listed)
    channel.callback_query.register(confirm, Tapped(screens.YES))
    channel.callback_query.register(drop, Tapped(screens.DROP))
    return channel
