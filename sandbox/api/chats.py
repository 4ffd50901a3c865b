"""Looking chats and members up, pinning, leaving, reacting."""

from __future__ import annotations

from sandbox.api.parsing import Params
from sandbox.api.refusals import bad
from sandbox.api.registry import method
from sandbox.api.targets import known_chat, message_in, open_chat
from sandbox.world import messages
from sandbox.world.chats import PRESENT, RULING, Chat
from sandbox.world.membership import change_bot, standing_of_bot
from sandbox.world.ring import Json
from sandbox.world.standing import standing
from sandbox.world.world import World

IN_TOPIC = ("message_thread_id", "is_topic_message")
GIFTS = ("unlimited_gifts", "limited_gifts", "unique_gifts", "premium_subscription")


@method("getChat")
def get_chat(world: World, p: Params) -> Json:
    """Everything about a chat."""
    chat = seen_chat(world, p)
    full: Json = {**chat.about, "accent_color_id": 0, "max_reaction_count": 11}
    full["accepted_gift_types"] = dict.fromkeys((*GIFTS, "gifts_from_channels"), False)
    if chat.pinned and (pinned := chat.find(chat.pinned[-1])):
        full["pinned_message"] = messages.quoted(pinned)
    return full


def seen_chat(world: World, p: Params) -> Chat:
    """A chat the bot may look into; one it was thrown out of it may not."""
    chat = known_chat(world, p["chat_id"])
    if chat.private:
        return chat
    return open_chat(world, p["chat_id"])


@method("getChatMember")
def get_chat_member(world: World, p: Params) -> Json:
    """How somebody stands in a chat."""
    chat = seen_chat(world, p)
    if p["user_id"] == world.bot["id"]:
        return standing_of_bot(world, chat)
    person = world.people.get(p["user_id"])
    if person is None or (chat.private and person.id != chat.id):
        raise bad("user not found")
    return standing(person.user, chat.members.get(person.id, "left"))


@method("getChatAdministrators")
def get_chat_administrators(world: World, p: Params) -> list[Json]:
    """The creator and the administrators of a group, without other bots."""
    chat = seen_chat(world, p)
    if chat.private:
        raise bad("there are no administrators in the private chat")
    found = [
        standing(world.person(who).user, how) for who, how in chat.members.items() if how in RULING
    ]
    return [*found, standing_of_bot(world, chat)] if chat.bot_rules else found


@method("getChatMemberCount")
def get_chat_member_count(world: World, p: Params) -> int:
    """How many are in a chat, the bot among them."""
    chat = seen_chat(world, p)
    return sum(how in PRESENT for how in (*chat.members.values(), chat.bot))


@method("leaveChat")
def leave_chat(world: World, p: Params) -> bool:
    """The bot goes."""
    chat = open_chat(world, p["chat_id"])
    if chat.private:
        raise bad("chat member status can't be changed in private chats")
    change_bot(world, chat, "left", world.bot)
    world.events.tell("chat", chat.id, data=chat.view())
    return True


def pinning_chat(world: World, p: Params) -> Chat:
    """A chat the bot may pin in."""
    chat = open_chat(world, p["chat_id"])
    if not chat.private and not chat.bot_may("can_pin_messages"):
        raise bad("not enough rights to manage pinned messages in the chat")
    return chat


@method("pinChatMessage")
def pin_message(world: World, p: Params) -> bool:
    """Put a message at the top."""
    chat = pinning_chat(world, p)
    message = message_in(chat, p["message_id"], "message to pin not found")
    if message["message_id"] not in chat.pinned:
        chat.pinned.append(message["message_id"])
        content = {"pinned_message": messages.quoted(message)}
        content |= {key: message[key] for key in IN_TOPIC if key in message}
        messages.announce(world, chat, world.bot, content)
        world.events.tell("chat", chat.id, data=chat.view())
    return True


@method("unpinChatMessage")
def unpin_message(world: World, p: Params) -> bool:
    """Take it down again; without an id the newest."""
    chat = pinning_chat(world, p)
    number = p.get("message_id") or (chat.pinned[-1] if chat.pinned else 0)
    if number not in chat.pinned:
        raise bad("message to unpin not found")
    chat.pinned.remove(number)
    world.events.tell("chat", chat.id, data=chat.view())
    return True


@method("unpinAllChatMessages")
def unpin_all(world: World, p: Params) -> bool:
    """Take all of them down."""
    chat = pinning_chat(world, p)
    chat.pinned.clear()
    world.events.tell("chat", chat.id, data=chat.view())
    return True


@method("setMessageReaction")
def set_reaction(world: World, p: Params) -> bool:
    """The bot's one reaction to a message, or none."""
    chat = open_chat(world, p["chat_id"])
    message = message_in(chat, p["message_id"], "message to react not found")
    wanted = p.get("reaction") or []
    if len(wanted) > 1:
        raise bad("REACTIONS_TOO_MANY")
    if any(each["type"] != "emoji" for each in wanted):
        raise bad("REACTION_INVALID")
    messages.replace(world, chat, {**message, "reactions": [each["emoji"] for each in wanted]})
    return True
