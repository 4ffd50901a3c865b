"""Where a request is to have its effect: the chat, the topic and the message, or why it cannot."""

from __future__ import annotations

from dataclasses import dataclass

from sandbox.api.parsing import Params
from sandbox.api.refusals import bad, forbidden, too_many, upgraded
from sandbox.world.chats import GENERAL_TOPIC, Chat
from sandbox.world.ring import Json
from sandbox.world.world import World

NO_ADMINISTRATOR = "need administrator rights in the channel chat"
NO_RIGHTS = "not enough rights to send text messages to the chat"


@dataclass(frozen=True, slots=True)
class Target:
    """A chat the bot may write to now, and the place in it."""

    chat: Chat
    thread: int | None = None
    reply_to: Json | None = None


def known_chat(world: World, wanted: int | str) -> Chat:
    """The chat of that id or @name, if the bot could know of it."""
    if wanted == "":
        raise bad("chat_id is empty")
    chat = world.chats.named(wanted) if isinstance(wanted, str) else world.chats.get(wanted)
    if chat is None or chat.bot == "absent":
        raise bad("chat not found")
    if chat.migrated_to is not None:
        raise upgraded(chat.migrated_to)
    return chat


def open_chat(world: World, wanted: int | str) -> Chat:
    """A chat the bot is in and may act in."""
    chat = known_chat(world, wanted)
    if chat.private:
        return open_private(world, chat)
    kind = chat.about["type"]
    if chat.bot == "kicked":
        raise forbidden(f"bot was kicked from the {kind} chat")
    if chat.bot == "left":
        raise forbidden(f"bot is not a member of the {kind} chat")
    if chat.bot == "restricted":
        raise bad(NO_RIGHTS)
    return chat


def open_private(world: World, chat: Chat) -> Chat:
    """A private chat, if the person has started the bot and not blocked it."""
    person = world.people.get(chat.id)
    if person is None:
        raise bad("chat not found")
    if person.blocked:
        raise forbidden("bot was blocked by the user")
    if not person.started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


def writing_to(world: World, p: Params) -> Target:
    """Where a send goes, its cost charged; raises ``Refused`` when it cannot go there."""
    chat = open_chat(world, p["chat_id"])
    if chat.channel and not chat.bot_may("can_post_messages"):
        raise bad(NO_ADMINISTRATOR)
    reply_to = reply_in(world, chat, p)
    followed = followed_thread(chat, reply_to)
    thread = thread_in(chat, p.get("message_thread_id") or followed)
    charge(world, chat)
    return Target(chat, thread, reply_to)


def followed_thread(chat: Chat, message: Json | None) -> int | None:
    """The topic of the message replied to; a reply goes there by itself."""
    thread = message.get("message_thread_id") if message else None
    return thread if thread in chat.topics else None


def charge(world: World, chat: Chat) -> None:
    """Count a send or an edit against the limits; raises ``Refused`` (429) past them."""
    if seconds := world.limits.charge(chat):
        raise too_many(seconds)


def thread_in(chat: Chat, thread: int | None) -> int | None:
    """An open topic of the chat; General (1) is named by leaving the parameter out."""
    if not thread:
        return None
    topic = chat.topics.get(thread) if thread != GENERAL_TOPIC else None
    if topic is None:
        raise bad("message thread not found")
    if topic.closed:
        raise bad("TOPIC_CLOSED")
    return thread


def reply_in(world: World, chat: Chat, p: Params) -> Json | None:
    """The message replied to, if one was named and is still there."""
    wish = p.get("reply_parameters") or {}
    number = wish.get("message_id") or p.get("reply_to_message_id")
    if not number:
        return None
    elsewhere = wish.get("chat_id", chat.id)
    source = chat if elsewhere == chat.id else known_chat(world, elsewhere)
    found = source.find(int(number))
    lenient = wish.get("allow_sending_without_reply") or p.get("allow_sending_without_reply")
    if found is None and not lenient:
        raise bad("message to be replied not found")
    return found


def message_in(chat: Chat, number: int, sentence: str) -> Json:
    """That message; raises ``Refused`` with the sentence when it is not there."""
    if (found := chat.find(number)) is None:
        raise bad(sentence)
    return found
