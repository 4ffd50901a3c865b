"""How a message comes into being, changes and goes; stored ones are replaced, not altered."""

from __future__ import annotations

from sandbox.world.chats import Chat
from sandbox.world.privacy import bot_sees
from sandbox.world.ring import Json
from sandbox.world.world import World


def compose(
    world: World,
    chat: Chat,
    author: Json,
    content: Json,
    *,
    thread: int | None = None,
    reply_to: Json | None = None,
) -> Json:
    """A message with the next id, dated now; not yet kept. In a channel nobody's name is on it."""
    by: Json = {"sender_chat": chat.about} if chat.channel else {"from": author}
    message: Json = {"message_id": chat.number_message(), **by, "chat": chat.about}
    message["date"] = world.clock.date()
    if thread is not None:
        message["message_thread_id"] = thread
        message["is_topic_message"] = True
    if reply_to is not None:
        message["reply_to_message"] = quoted(reply_to)
    message.update(content)
    return message


def quoted(message: Json) -> Json:
    """A message as it appears inside a reply: without the one it replied to itself."""
    return {key: value for key, value in message.items() if key != "reply_to_message"}


def publish(world: World, chat: Chat, message: Json) -> Json:
    """Keep a message and let everybody who watches see it."""
    chat.keep(message)
    chat.bot_spoke_last = by_bot(world, message)
    world.events.tell("message", chat.id, message=message)
    return message


def by_bot(world: World, message: Json) -> bool:
    """Whether it carries the bot's name."""
    return bool(message.get("from", {}).get("id") == world.bot["id"])


def offer(world: World, chat: Chat, message: Json, kind: str = "message") -> None:
    """Queue a message for the bot if it may see it."""
    if bot_sees(world, chat, message):
        dated = message.get("edit_date") or message["date"]
        if chat.channel:
            kind = kind.replace("message", "channel_post")
        world.queue.put(kind, message, lane=f"chat:{chat.id}", dated=dated)


def hand_over(world: World, chat: Chat, message: Json) -> Json:
    """A message of somebody else than the bot: the bot may see it, everybody else does."""
    offer(world, chat, message)
    return publish(world, chat, message)


def announce(world: World, chat: Chat, author: Json, content: Json) -> Json:
    """A service message by somebody; the bot's own are not sent to it."""
    message = compose(world, chat, author, content)
    spoke_last = chat.bot_spoke_last
    if author["id"] != world.bot["id"]:
        offer(world, chat, message)
    publish(world, chat, message)
    chat.bot_spoke_last = spoke_last
    return message


def replace(world: World, chat: Chat, message: Json) -> Json:
    """Put a changed message in the place of the old one."""
    chat.keep(message)
    world.events.tell("edit", chat.id, message=message)
    return message


def delete(world: World, chat: Chat, message: Json) -> None:
    """Mark a message as deleted; people no longer see it, replies no longer find it."""
    gone = {**message, "deleted": True}
    chat.keep(gone)
    if gone["message_id"] in chat.pinned:
        chat.pinned.remove(gone["message_id"])
    world.events.tell("delete", chat.id, message=gone)
