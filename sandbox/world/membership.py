"""Coming, going, promoting and topics in groups, and the messages and updates they cause."""

from __future__ import annotations

from sandbox.world import messages
from sandbox.world.chats import PRESENT, Chat, Topic
from sandbox.world.ring import Json
from sandbox.world.standing import rights_in, standing
from sandbox.world.world import Impossible, World

STATUSES = frozenset({"member", "administrator", "left", "kicked", "restricted", "creator"})


def creator_of(world: World, chat: Chat) -> Json:
    """The account that made the group."""
    maker = next((who for who, how in chat.members.items() if how == "creator"), None)
    return world.bot if maker is None else world.person(maker).user


def change_member(
    world: World,
    chat: Chat,
    who: int | str,
    status: str,
    by: int | None,
    without: frozenset[str] = frozenset(),
) -> None:
    """Give a person or ``"bot"`` another standing, by somebody (usually the creator).

    ``without`` are rights that the bot is not given as an administrator.
    """
    if status not in STATUSES or chat.private:
        raise Impossible(f"a member cannot become {status} here", 400)
    author = creator_of(world, chat) if by is None else world.person(by).user
    if who == "bot":
        change_bot(world, chat, status, author, without)
    else:
        change_person(world, chat, int(who), status, author)
    world.events.tell("chat", chat.id, data=chat.view())


def no_bot_subscribes(chat: Chat, status: str) -> None:
    """Raise ``Impossible`` for a bot in a channel that is not its administrator."""
    if chat.channel and status in ("member", "restricted", "creator"):
        raise Impossible("a bot can only be an administrator of a channel", 400)


def change_bot(
    world: World, chat: Chat, status: str, author: Json, without: frozenset[str] = frozenset()
) -> None:
    """The bot's own standing: it is told by ``my_chat_member``, whatever became of it."""
    no_bot_subscribes(chat, status)
    old, before = chat.bot, standing_of_bot(world, chat)
    chat.bot, chat.bot_lacks = status, without
    after = standing_of_bot(world, chat)
    if before == after:
        return
    change = membership_change(world, chat, author, (world.bot, old, status))
    change |= {"old_chat_member": before, "new_chat_member": after}
    world.queue.put(
        "my_chat_member", change, lane=f"membership:{chat.id}", dated=world.clock.now()
    )
    tell_of_coming(world, chat, author, (world.bot, old, status))


def standing_of_bot(world: World, chat: Chat) -> Json:
    """The bot's ``ChatMember`` in a chat."""
    return standing(world.bot, chat.bot, chat.bot_lacks, rights=rights_in(chat.channel))


def change_person(world: World, chat: Chat, number: int, status: str, author: Json) -> None:
    """A person's standing; the bot hears of it as an administrator who asked for it."""
    user = world.person(number).user
    old = chat.members.get(number, "left")
    chat.members[number] = status
    if old == status:
        return
    if chat.bot_rules:
        change = membership_change(world, chat, author, (user, old, status))
        lane = f"membership:{chat.id}"
        world.queue.put("chat_member", change, lane=lane, dated=world.clock.now())
    tell_of_coming(world, chat, author, (user, old, status))


def membership_change(world: World, chat: Chat, author: Json, move: tuple[Json, str, str]) -> Json:
    """Telegram's ``ChatMemberUpdated``."""
    user, old, new = move
    return {
        "chat": chat.about,
        "from": author,
        "date": world.clock.date(),
        "old_chat_member": standing(user, old),
        "new_chat_member": standing(user, new),
    }


def tell_of_coming(world: World, chat: Chat, author: Json, move: tuple[Json, str, str]) -> None:
    """The service message when somebody came or went; a channel has none."""
    if chat.channel:
        return
    user, old, new = move
    came, went = new in PRESENT, old in PRESENT
    if came and not went:
        messages.announce(world, chat, author, {"new_chat_members": [user]})
    elif went and not came:
        leaver = user if new == "left" else author
        messages.announce(world, chat, leaver, {"left_chat_member": user})


def upgrade(world: World, chat: Chat, *, announced: bool = True) -> Chat:
    """Make a group a supergroup: a new id, the same members; told in both unless kept silent."""
    if chat.about["type"] != "group" or chat.migrated_to is not None:
        raise Impossible("only a group can be upgraded, and only once")
    about = {**chat.about, "id": world.chats.free_id("supergroup"), "type": "supergroup"}
    new = world.chats.add(Chat(about, dict(chat.members), chat.bot))
    chat.migrated_to = new.id
    if announced:
        author = creator_of(world, chat)
        messages.announce(world, chat, author, {"migrate_to_chat_id": new.id})
        messages.announce(world, new, author, {"migrate_from_chat_id": chat.id})
    for each in (chat, new):
        world.events.tell("chat", each.id, data=each.view())
    return new


def make_forum(world: World, chat: Chat, on: bool) -> None:
    """The owner switches the topics of a supergroup on or off."""
    if chat.about["type"] != "supergroup":
        raise Impossible("only a supergroup can have topics", 400)
    chat.about = {key: value for key, value in chat.about.items() if key != "is_forum"}
    if on:
        chat.about["is_forum"] = True
    world.events.tell("chat", chat.id, data=chat.view())


def open_topic(world: World, chat: Chat, author: Json, name: str) -> Topic:
    """A new topic of a forum; its thread is the id of the message that says so."""
    if not chat.about.get("is_forum"):
        raise Impossible("this chat has no topics")
    content = {"forum_topic_created": {"name": name, "icon_color": 7322096}}
    message = messages.compose(world, chat, author, content)
    message |= {"message_thread_id": message["message_id"], "is_topic_message": True}
    topic = Topic(message["message_id"], name)
    chat.topics[topic.thread] = topic
    if author["id"] != world.bot["id"]:
        messages.offer(world, chat, message)
    messages.publish(world, chat, message)
    world.events.tell("chat", chat.id, data=chat.view())
    return topic


def close_topic(
    world: World, chat: Chat, author: Json, thread: int, *, closed: bool = True
) -> None:
    """Nobody writes there any more; or, not closed, everybody does again."""
    chat.topics[thread].closed = closed
    content: Json = {"message_thread_id": thread, "is_topic_message": True}
    content["forum_topic_closed" if closed else "forum_topic_reopened"] = {}
    messages.announce(world, chat, author, content)
    world.events.tell("chat", chat.id, data=chat.view())


def delete_topic(world: World, chat: Chat, thread: int) -> None:
    """The topic and what was said in it is gone."""
    del chat.topics[thread]
    for message in list(chat.messages.values()):
        if message.get("message_thread_id") == thread and not message.get("deleted"):
            messages.delete(world, chat, message)
    world.events.tell("chat", chat.id, data=chat.view())
