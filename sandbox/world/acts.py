"""What people do: write, send, edit, tap, start and block."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sandbox.world import keyboards, messages
from sandbox.world.chats import PRESENT, RULING, Chat
from sandbox.world.entities import marked
from sandbox.world.people import ANONYMOUS_ADMIN, CHANNEL_BOT, TELEGRAM, Person
from sandbox.world.ring import Json
from sandbox.world.standing import standing
from sandbox.world.updates import TAP_LIFE
from sandbox.world.world import Impossible, Query, World

PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")
CHANNEL: Json = {"id": -1_001_999_000_001, "type": "channel", "title": "社区频道"}


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks and where, checked once: the person is there and may write."""

    person: Person
    chat: Chat
    face: str = ""

    def author(self) -> tuple[Json, Json]:
        """The ``from`` of what they send, and what a disguise adds."""
        if self.face == "anonymous":
            return ANONYMOUS_ADMIN, {"sender_chat": self.chat.about}
        if self.face == "channel":
            return CHANNEL_BOT, {"sender_chat": CHANNEL}
        if self.face == "linked":
            return TELEGRAM, {"sender_chat": CHANNEL, "is_automatic_forward": True}
        return self.person.user, {}


def voice(world: World, person: int, chat: int, face: str = "") -> Voice:
    """A person about to act in a chat; raises ``Impossible`` when they are not in it."""
    who, where = world.person(person), world.chat(chat)
    if where.migrated_to is not None:
        raise Impossible(f"chat {chat} has become {where.migrated_to}")
    if where.private and where.id != who.id:
        raise Impossible("that is somebody else's private chat")
    if not where.private and where.members.get(who.id) not in PRESENT:
        raise Impossible("the person is not a member of this chat")
    if face == "anonymous" and where.members.get(who.id) not in ("creator", "administrator"):
        raise Impossible("only an administrator can be anonymous")
    return Voice(who, where, face)


def say(
    world: World,
    by: Voice,
    content: Json,
    *,
    reply_to: int | None = None,
    thread: int | None = None,
) -> Json:
    """Send one message; raises ``Impossible`` where Telegram's client would not let one.

    What is said in a topic and answers nothing answers the message that made the topic.
    """
    replied = by.chat.find(reply_to)
    if replied is not None and thread is None:
        thread = replied.get("message_thread_id")
    may_write(by, thread)
    if reply_to is not None and replied is None:
        raise Impossible(f"there is no message {reply_to} to reply to", 404)
    author, disguise = by.author()
    above = replied or (by.chat.find(thread) if thread else None)
    message = messages.compose(
        world, by.chat, author, {**disguise, **content}, thread=thread, reply_to=above
    )
    by.person.started = by.person.started or by.chat.private
    messages.hand_over(world, by.chat, message)
    keyboards.used(world, by.chat, by.person.id, content.get("text", ""))
    return message


def may_write(by: Voice, thread: int | None) -> None:
    """Raise ``Impossible`` for a blocked bot, a restricted member, a closed or missing topic.

    And for whoever only reads a channel.
    """
    if by.chat.channel and by.chat.members.get(by.person.id) not in RULING:
        raise Impossible("only administrators write in a channel")
    if by.chat.private and by.person.blocked:
        raise Impossible("the person has blocked the bot; press start first")
    if by.chat.members.get(by.person.id) == "restricted":
        raise Impossible("the person is restricted and cannot write here")
    if thread is not None:
        topic = by.chat.topics.get(thread)
        if topic is None:
            raise Impossible(f"there is no topic {thread}", 404)
        if topic.closed:
            raise Impossible("the topic is closed")


def text_content(text: str, entities: list[Json] | None = None) -> Json:
    """The fields of a text message, commands and the like marked."""
    marks = entities or marked(text)
    return {"text": text, "entities": marks} if marks else {"text": text}


def edit(world: World, by: Voice, number: int, key: str, words: str) -> Json:
    """Change one's own words; the same words again change nothing and tell nobody."""
    old = by.chat.find(number)
    if old is None:
        raise Impossible(f"there is no message {number}", 404)
    if old.get("from", {}).get("id") != by.person.id:
        raise Impossible("only one's own messages can be edited")
    if old.get(key) == words:
        return old
    marks = marked(words)
    entities = "entities" if key == "text" else "caption_entities"
    kept = {name: value for name, value in old.items() if name != entities}
    new = {**kept, key: words, "edit_date": world.clock.date()}
    if marks:
        new[entities] = marks
    messages.offer(world, by.chat, new, "edited_message")
    return messages.replace(world, by.chat, new)


def tap(world: World, by: Voice, number: int, data: str) -> Query:
    """Send a button's data; like a bad client, any data can be sent for any message."""
    message = by.chat.messages.get(number)
    if message is None:
        raise Impossible(f"there is no message {number}", 404)
    query = world.ask(by.person.id, by.chat.id)
    if message.get("deleted"):
        message = {"chat": by.chat.about, "message_id": number, "date": 0}
    body = {
        "id": query.id,
        "from": by.person.user,
        "message": message,
        "chat_instance": str(abs(by.chat.id) * 7919),
        "data": data,
    }
    lane = f"user:{by.person.id}"
    world.queue.put("callback_query", body, lane=lane, dated=query.at, life=TAP_LIFE)
    return query


def start(world: World, person: int, payload: str = "") -> Json:
    """Press Start: unblock the bot if need be and send the command, with the link's payload."""
    if payload and not PAYLOAD.fullmatch(payload):
        raise Impossible("a deep link carries up to 64 of A-Z a-z 0-9 _ -", 400)
    block(world, person, blocked=False)
    text = f"/start {payload}" if payload else "/start"
    return say(world, voice(world, person, person), text_content(text))


def block(world: World, person: int, *, blocked: bool) -> None:
    """Block or unblock the bot; only a change is told to it."""
    who, chat = world.person(person), world.chat(person)
    if who.blocked == blocked:
        return
    who.blocked = blocked
    chat.bot = "kicked" if blocked else "member"
    old, new = ("member", "kicked") if blocked else ("kicked", "member")
    change = {
        "chat": chat.about,
        "from": who.user,
        "date": world.clock.date(),
        "old_chat_member": standing(world.bot, old),
        "new_chat_member": standing(world.bot, new),
    }
    world.queue.put(
        "my_chat_member", change, lane=f"membership:{chat.id}", dated=world.clock.now()
    )
    world.events.tell("people")
