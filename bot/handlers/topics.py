"""One topic a call or one stream: the group's own setting, and what the bot may do there."""

from __future__ import annotations

from aiogram import Router
from aiogram.filters import Command, CommandObject
from aiogram.methods import SendMessage
from aiogram.types import ChatMemberAdministrator, ChatMemberUpdated, Message

from bot.handlers.standing import IN_GROUP, Bound
from bot.screens import topics
from bot.screens.prompts import below
from core.desk import Desk
from core.people import Actor, Binding, Footing

WISHES = {"on": True, "off": False, "开": True, "关": False}


async def set_topics(
    message: Message,
    command: CommandObject,
    binding: Binding,
    desk: Desk,
    actor: Actor,
    bot_name: str,
) -> SendMessage:
    """``/topics on`` and ``/topics off``; without a word: how it is."""
    wish = WISHES.get((command.args or "").strip().lower())
    if wish is None:
        return below(message, topics.standing(binding, bot_name))
    forum = bool(message.chat.is_forum)
    changed = await desk.set_topics(message.chat.id, on=wish, forum=forum, by=actor)
    return below(message, topics.switched(changed))


async def stands(event: ChatMemberUpdated, desk: Desk) -> SendMessage | None:
    """The bot was made an administrator, or is none any more."""
    binding = await desk.stands(footing(event))
    return event.answer(topics.ended()) if binding else None


def footing(event: ChatMemberUpdated) -> Footing:
    """What this says the bot may do there beside speaking."""
    new = event.new_chat_member
    if not isinstance(new, ChatMemberAdministrator):
        return Footing(event.chat.id, makes_topics=False, pins=False)
    return Footing(event.chat.id, bool(new.can_manage_topics), bool(new.can_pin_messages))


def router() -> Router:
    """Before the places: joining and leaving is theirs."""
    rooms = Router(name="topics")
    rooms.message.register(set_topics, IN_GROUP, Command("topics"), Bound())
    return rooms
