"""Groups in which the bot may not write any more, or may again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from aiogram import Bot, F, Router
from aiogram.dispatcher.event.bases import UNHANDLED
from aiogram.filters import Filter
from aiogram.types import ChatMemberRestricted, ChatMemberUpdated, Message

from bot.handlers.standing import IN_GROUP
from bot.screens import silence
from bot.screens.easel import Easel
from core.board import Board
from core.desk import Desk

COMMANDS = F.text.startswith("/")


class Muted(Filter):
    """The chat is the group of an agency in which the bot was not allowed to write."""

    async def __call__(self, event: Message | ChatMemberUpdated, board: Board) -> bool:
        """Whether it is."""
        return await board.muted(event.chat.id)


def silenced(event: ChatMemberUpdated) -> bool:
    """Whether the bot is there and may not write."""
    new = event.new_chat_member
    return isinstance(new, ChatMemberRestricted) and new.is_member and not new.can_send_messages


def speaks(event: ChatMemberUpdated) -> bool:
    """Whether the bot is there and may write."""
    new = event.new_chat_member
    return new.status in ("member", "administrator", "creator") or (
        isinstance(new, ChatMemberRestricted) and new.is_member and new.can_send_messages
    )


async def mute(
    event: ChatMemberUpdated,
    desk: Desk,
    easel: Easel,
    administrators: frozenset[int],
    bot: Bot,
    now: datetime,
) -> None:
    """The bot may not write here any more."""
    found = await desk.mute_group(event.chat.id, now=now)
    if found:
        await _say(bot, silence.muted(found, administrators, easel))


async def unmute(
    event: ChatMemberUpdated | Message,
    desk: Desk,
    easel: Easel,
    administrators: frozenset[int],
    bot: Bot,
    now: datetime,
) -> object:
    """It may again: Telegram says so, or somebody in the group does by any command."""
    found = await desk.unmute_group(event.chat.id, now=now)
    if found:
        await _say(bot, silence.back(found, administrators, easel))
    return UNHANDLED  # a command is still to be answered


async def _say(bot: Bot, told: Iterable[silence.Told]) -> None:
    for chat, words in told:
        await bot.send_message(chat, words)


def router() -> Router:
    """Before everybody who answers in groups of agencies."""
    router = Router(name="silence")
    router.my_chat_member.register(mute, IN_GROUP, silenced)
    router.my_chat_member.register(unmute, IN_GROUP, speaks, Muted())
    router.message.register(unmute, IN_GROUP, COMMANDS, Muted())
    return router
