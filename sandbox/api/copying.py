"""Sending on what somebody said: forwards with their origin, copies without."""

from __future__ import annotations

from sandbox.api.editing import CAPTIONED
from sandbox.api.parsing import Params
from sandbox.api.refusals import bad
from sandbox.api.registry import method
from sandbox.api.sending import deliver
from sandbox.api.targets import known_chat, message_in, writing_to
from sandbox.api.wording import caption_of
from sandbox.world.media import KINDS
from sandbox.world.privacy import SERVICE
from sandbox.world.ring import Json
from sandbox.world.world import World

CONTENT = (*KINDS, "text", "entities", "location", "venue", "contact")
CAPTION = ("caption", "caption_entities")


def source(world: World, p: Params, deed: str) -> Json:
    """The message to send on; raises ``Refused`` when it is not there or cannot be sent on."""
    chat = known_chat(world, p["from_chat_id"])
    message = message_in(chat, p["message_id"], f"message to {deed} not found")
    if not SERVICE.isdisjoint(message) or message.get("has_protected_content"):
        raise bad(f"message can't be {'copied' if deed == 'copy' else 'forwarded'}")
    return message


def content_of(message: Json) -> Json:
    """What a message holds, without who said it and when."""
    return {key: message[key] for key in (*CONTENT, *CAPTION) if key in message}


def origin(message: Json) -> Json:
    """Who said it first: that of a forward, otherwise the author."""
    if "forward_origin" in message:
        found: Json = message["forward_origin"]
        return found
    if message["chat"]["type"] == "channel":
        number = {"chat": message["chat"], "message_id": message["message_id"]}
        return {"type": "channel", "date": message["date"], **number}
    if chat := message.get("sender_chat"):
        return {"type": "chat", "date": message["date"], "sender_chat": chat}
    return {"type": "user", "date": message["date"], "sender_user": message["from"]}


@method("forwardMessage")
def forward_message(world: World, p: Params) -> Json:
    """The message with its origin."""
    message = source(world, p, "forward")
    content = {**content_of(message), "forward_origin": origin(message)}
    return deliver(world, p, writing_to(world, p), content)


@method("copyMessage")
def copy_message(world: World, p: Params) -> Json:
    """The same content as the bot's own; answers the new id only."""
    content = content_of(source(world, p, "copy"))
    if "caption" in p and not CAPTIONED.isdisjoint(content):
        kept = {key: value for key, value in content.items() if key not in CAPTION}
        content = {**kept, **caption_of(p)}
    return {"message_id": deliver(world, p, writing_to(world, p), content)["message_id"]}
