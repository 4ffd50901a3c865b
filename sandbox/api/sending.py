"""Sends that carry words, a place or a person: ``sendMessage`` and its plain relatives."""

from __future__ import annotations

from sandbox.api.markup import markup_of
from sandbox.api.parsing import Params
from sandbox.api.refusals import bad
from sandbox.api.registry import method
from sandbox.api.targets import Target, open_chat, thread_in, writing_to
from sandbox.api.wording import text_of
from sandbox.world import keyboards, messages
from sandbox.world.ring import Json
from sandbox.world.world import World

ACTIONS = frozenset(
    [
        "typing",
        "upload_photo",
        "record_video",
        "upload_video",
        "record_voice",
        "upload_voice",
        "upload_document",
        "choose_sticker",
        "find_location",
        "record_video_note",
        "upload_video_note",
    ]
)


def deliver(world: World, p: Params, target: Target, content: Json) -> Json:
    """Put the bot's message into the chat, with its keyboard."""
    chat = target.chat
    markup = markup_of(chat, p.get("reply_markup"))
    if markup and "inline_keyboard" in markup:
        content["reply_markup"] = markup
    if p.get("protect_content"):
        content["has_protected_content"] = True
    message = messages.compose(
        world, chat, world.bot, content, thread=target.thread, reply_to=target.reply_to
    )
    messages.publish(world, chat, message)
    keyboards.show(world, chat, message, markup)
    return message


@method("sendMessage")
def send_message(world: World, p: Params) -> Json:
    """Words."""
    content = text_of(p)
    return deliver(world, p, writing_to(world, p), content)


def place(p: Params) -> Json:
    """A point on the earth; raises ``Refused`` for one that is not."""
    if not (-90 <= p["latitude"] <= 90 and -180 <= p["longitude"] <= 180):
        raise bad("invalid location specified")
    return {"latitude": p["latitude"], "longitude": p["longitude"]}


@method("sendLocation")
def send_location(world: World, p: Params) -> Json:
    """A pin."""
    return deliver(world, p, writing_to(world, p), {"location": place(p)})


@method("sendVenue")
def send_venue(world: World, p: Params) -> Json:
    """A pin with a name and an address."""
    venue = {"location": place(p), "title": p["title"], "address": p["address"]}
    return deliver(world, p, writing_to(world, p), {"location": place(p), "venue": venue})


@method("sendContact")
def send_contact(world: World, p: Params) -> Json:
    """A name and a phone number."""
    if not p["phone_number"]:
        raise bad("phone number is empty")
    keys = ("phone_number", "first_name", "last_name", "vcard")
    contact = {key: p[key] for key in keys if p.get(key)}
    return deliver(world, p, writing_to(world, p), {"contact": contact})


@method("sendChatAction")
def send_chat_action(world: World, p: Params) -> bool:
    """What the bot seems to be doing; leaves no trace."""
    if p["action"] not in ACTIONS:
        raise bad("wrong parameter action in request")
    thread_in(open_chat(world, p["chat_id"]), p.get("message_thread_id"))
    return True
