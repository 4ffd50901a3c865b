"""Which messages of a group the bot gets to see (Telegram's privacy mode)."""

from __future__ import annotations

from sandbox.world.chats import Chat
from sandbox.world.entities import part
from sandbox.world.ring import Json
from sandbox.world.world import World

SERVICE = frozenset(
    {
        "new_chat_members",
        "left_chat_member",
        "group_chat_created",
        "migrate_to_chat_id",
        "migrate_from_chat_id",
        "pinned_message",
        "forum_topic_created",
        "forum_topic_edited",
        "forum_topic_closed",
        "forum_topic_reopened",
    }
)


def bot_sees(world: World, chat: Chat, message: Json) -> bool:
    """Private chats always, groups as a member; with privacy mode only what is meant for a bot."""
    if chat.private:
        return True
    if not chat.bot_present:
        return False
    if chat.bot_rules or not world.privacy:
        return True
    return not SERVICE.isdisjoint(message) or meant_for_bot(world, chat, message)


def meant_for_bot(world: World, chat: Chat, message: Json) -> bool:
    """A reply to the bot, a command with its name, or a bare command right after it spoke."""
    if message.get("reply_to_message", {}).get("from", {}).get("id") == world.bot["id"]:
        return True
    suffix = f"@{world.bot['username']}".lower()
    said = commands(message)
    if any(command.lower().endswith(suffix) for command in said):
        return True
    return chat.bot_spoke_last and any("@" not in command for command in said)


def commands(message: Json) -> list[str]:
    """The commands in a message's words."""
    words = message.get("text") or message.get("caption") or ""
    marks = message.get("entities") or message.get("caption_entities") or []
    return [part(words, mark) for mark in marks if mark["type"] == "bot_command"]
