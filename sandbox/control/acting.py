"""Playing people: writing, sending, editing, tapping, starting, blocking."""

from __future__ import annotations

from aiohttp import web

from sandbox.control.contents import contents_of
from sandbox.control.route import body, route
from sandbox.world import acts
from sandbox.world.keyboards import buttons
from sandbox.world.ring import Json
from sandbox.world.world import Impossible, Query, World

LONGEST_WAIT = 30


@route("POST", "/messages")
async def send(world: World, request: web.Request) -> Json:
    """Somebody sends something: one message, several for an album or a very long text."""
    wish = await body(request)
    by = acts.voice(world, wish["from"], wish["chat"], wish.get("as") or "")
    contents, seq = contents_of(world, by.person, wish), world.events.last
    reply_to, thread = wish.get("reply_to"), wish.get("thread")
    sent = [acts.say(world, by, each, reply_to=reply_to, thread=thread) for each in contents]
    return {"messages": sent, "seq": seq}


@route("POST", "/messages/edit")
async def edit(world: World, request: web.Request) -> Json:
    """Somebody changes their own words."""
    wish = await body(request)
    by = acts.voice(world, wish["from"], wish["chat"])
    key, seq = "text" if "text" in wish else "caption", world.events.last
    return {"message": acts.edit(world, by, wish["message"], key, wish[key]), "seq": seq}


@route("POST", "/taps")
async def tap(world: World, request: web.Request) -> Json:
    """Somebody taps a button, by its data or by the words on it."""
    wish = await body(request)
    by = acts.voice(world, wish["from"], wish["chat"])
    payload = wish.get("data")
    if payload is None:
        button = button_saying(by, wish["message"], wish["text"])
        if (payload := button.get("callback_data")) is None:
            return {"query": None, "answer": None, "seq": world.events.last, **opened(button)}
    seq = world.events.last
    query = acts.tap(world, by, wish["message"], payload)
    await answered(query, min(float(wish.get("wait", 0)), LONGEST_WAIT))
    return {"query": query.id, "answer": query.answer, "seq": seq}


def button_saying(by: acts.Voice, number: int, label: str) -> Json:
    """The button with those words; raises ``Impossible`` when there is none."""
    message = by.chat.messages.get(number)
    if message is None:
        raise Impossible(f"there is no message {number}", 404)
    for button in buttons(message):
        if button["text"] == label:
            return button
    raise Impossible(f"message {number} has no button {label!r}", 404)


def opened(button: Json) -> Json:
    """What tapping a button does that does not reach the bot."""
    if "url" in button:
        return {"url": button["url"]}
    return {"local": sorted(button.keys() - {"text"})}


async def answered(query: Query, seconds: float) -> None:
    """Wait for the bot's answer, but no longer than that."""
    if query.answer is None and seconds > 0:
        await query.answered.heard(seconds)


@route("POST", "/start")
async def start(world: World, request: web.Request) -> Json:
    """Somebody presses Start, perhaps after a deep link."""
    wish, seq = await body(request), world.events.last
    return {"messages": [acts.start(world, wish["from"], wish.get("payload") or "")], "seq": seq}


@route("POST", "/block")
async def block(world: World, request: web.Request) -> Json:
    """Somebody blocks the bot, or takes it back."""
    wish = await body(request)
    acts.block(world, wish["person"], blocked=bool(wish["blocked"]))
    return {}
