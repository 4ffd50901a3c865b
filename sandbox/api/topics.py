"""Topics of forums."""

from __future__ import annotations

from sandbox.api.parsing import Params
from sandbox.api.refusals import bad
from sandbox.api.registry import method
from sandbox.api.targets import open_chat
from sandbox.world import membership
from sandbox.world.chats import Chat, Topic
from sandbox.world.ring import Json
from sandbox.world.world import World

NOT_MODIFIED = "TOPIC_NOT_MODIFIED"
INVALID = "TOPIC_ID_INVALID"
LONGEST = 128
COLOUR = 7322096


def forum(world: World, p: Params, deed: str) -> Chat:
    """A forum the bot may change the topics of; ``deed`` is what it wants to do."""
    chat = open_chat(world, p["chat_id"])
    if not chat.about.get("is_forum"):
        raise bad("the chat is not a forum")
    if not chat.bot_may("can_manage_topics"):
        raise bad(f"not enough rights to {deed}")
    return chat


def topic_of(chat: Chat, p: Params) -> Topic:
    """The topic meant."""
    topic = chat.topics.get(p["message_thread_id"])
    if topic is None:
        raise bad(INVALID)
    return topic


def proper(name: str) -> str:
    """A topic's name; raises ``Refused`` when there is nothing or too much of it."""
    if not 1 <= len(name.strip()) <= LONGEST:
        raise bad("TOPIC_TITLE_EMPTY")
    return name.strip()


@method("createForumTopic")
def create_topic(world: World, p: Params) -> Json:
    """A new topic."""
    chat = forum(world, p, "create a topic")
    topic = membership.open_topic(world, chat, world.bot, proper(p["name"]))
    return {
        "message_thread_id": topic.thread,
        "name": topic.name,
        "icon_color": p.get("icon_color", COLOUR),
    }


@method("editForumTopic")
def edit_topic(world: World, p: Params) -> bool:
    """Another name."""
    chat = forum(world, p, "edit the topic")
    topic = topic_of(chat, p)
    name = proper(p["name"]) if p.get("name") else topic.name
    if name == topic.name:
        raise bad(NOT_MODIFIED)
    topic.name = name
    world.events.tell("chat", chat.id, data=chat.view())
    return True


@method("closeForumTopic")
def close_topic(world: World, p: Params) -> bool:
    """Nobody writes there any more."""
    chat = forum(world, p, "edit the topic")
    topic = topic_of(chat, p)
    if topic.closed:
        raise bad(NOT_MODIFIED)
    membership.close_topic(world, chat, world.bot, topic.thread)
    return True


@method("reopenForumTopic")
def reopen_topic(world: World, p: Params) -> bool:
    """People write there again."""
    chat = forum(world, p, "edit the topic")
    topic = topic_of(chat, p)
    if not topic.closed:
        raise bad(NOT_MODIFIED)
    membership.close_topic(world, chat, world.bot, topic.thread, closed=False)
    return True


@method("deleteForumTopic")
def delete_topic(world: World, p: Params) -> bool:
    """The topic and what was said in it is gone."""
    chat = forum(world, p, "delete the topic")
    membership.delete_topic(world, chat, topic_of(chat, p).thread)
    return True
