"""Changing and deleting what was said."""

from __future__ import annotations

from sandbox.api.markup import markup_of
from sandbox.api.media import content_of
from sandbox.api.parsing import Params
from sandbox.api.refusals import NOT_MODIFIED, bad
from sandbox.api.registry import method
from sandbox.api.targets import charge, message_in, open_chat
from sandbox.api.wording import caption_of, text_of
from sandbox.world import messages
from sandbox.world.chats import Chat
from sandbox.world.media import KINDS
from sandbox.world.ring import Json
from sandbox.world.world import World

DELETABLE_FOR = 48 * 3600
CAPTIONED = frozenset(KINDS) - {"sticker"}
REPLACEABLE = CAPTIONED - {"voice"}
WORDS = ("caption", "caption_entities")


def own_message(world: World, p: Params) -> tuple[Chat, Json]:
    """The bot's message that is to change; raises ``Refused`` when there is none such."""
    if p.get("inline_message_id"):
        raise bad("inline message ID is invalid")
    if "chat_id" not in p:
        raise bad("chat_id is empty")
    if "message_id" not in p:
        raise bad("message identifier is not specified")
    chat = open_chat(world, p["chat_id"])
    message = message_in(chat, p["message_id"], "message to edit not found")
    if not (messages.by_bot(world, message) or chat.channel) or "forward_origin" in message:
        raise bad("message can't be edited")
    return chat, message


def changed(world: World, p: Params, own: tuple[Chat, Json], parts: Json, gone: set[str]) -> Json:
    """The message with its new parts and keyboard; raises ``Refused`` when nothing changes."""
    chat, old = own
    markup = markup_of(chat, p.get("reply_markup"))
    kept = {key: value for key, value in old.items() if key not in gone | {"reply_markup"}}
    new = {**kept, **parts}
    if markup:
        new["reply_markup"] = markup
    if new == old:
        raise bad(NOT_MODIFIED)
    charge(world, chat)
    new["edit_date"] = world.clock.date()
    return messages.replace(world, chat, new)


@method("editMessageText")
def edit_text(world: World, p: Params) -> Json:
    """Other words."""
    if "text" not in p:
        raise bad("message text is empty")
    parts = text_of(p)
    own = own_message(world, p)
    if "text" not in own[1]:
        raise bad("there is no text in the message to edit")
    return changed(world, p, own, parts, {"text", "entities"})


@method("editMessageCaption")
def edit_caption(world: World, p: Params) -> Json:
    """Other words under a picture or file."""
    parts = caption_of(p)
    own = own_message(world, p)
    if CAPTIONED.isdisjoint(own[1]):
        raise bad("there is no caption in the message to edit")
    return changed(world, p, own, parts, {"caption", "caption_entities"})


@method("editMessageMedia")
def edit_media(world: World, p: Params) -> Json:
    """Another picture or file in place of the one that is shown; voices cannot be replaced."""
    own = own_message(world, p)
    if REPLACEABLE.isdisjoint(own[1]):
        raise bad("there is no media in the message to edit")
    return changed(world, p, own, content_of(world, p, p["media"]), {*KINDS, *WORDS})


@method("editMessageReplyMarkup")
def edit_markup(world: World, p: Params) -> Json:
    """Another keyboard, or none."""
    return changed(world, p, own_message(world, p), {}, set())


def deletable(world: World, chat: Chat, message: Json) -> bool:
    """Whether the bot may delete it: young enough, and its own, private or in its power."""
    if world.clock.now() - message["date"] > DELETABLE_FOR:
        return False
    return messages.by_bot(world, message) or chat.private or chat.bot_rules


@method("deleteMessage")
def delete_message(world: World, p: Params) -> bool:
    """Take one message away; none older than 48 hours."""
    chat = open_chat(world, p["chat_id"])
    message = message_in(chat, p["message_id"], "message to delete not found")
    if not deletable(world, chat, message):
        raise bad("message can't be deleted")
    messages.delete(world, chat, message)
    return True


@method("deleteMessages")
def delete_messages(world: World, p: Params) -> bool:
    """Take up to a hundred messages away; those not there are passed over."""
    chat = open_chat(world, p["chat_id"])
    if not 1 <= len(p["message_ids"]) <= 100:
        raise bad("there must be from 1 to 100 message identifiers")
    found = [message for number in p["message_ids"] if (message := chat.find(int(number)))]
    if not all(deletable(world, chat, message) for message in found):
        raise bad("message can't be deleted")
    for message in found:
        messages.delete(world, chat, message)
    return True
