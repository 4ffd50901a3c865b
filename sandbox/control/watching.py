"""Looking: the state, messages, keyboards, events, files and the ledger."""

from __future__ import annotations

import json
import time
from itertools import islice

from aiohttp import web

from sandbox.control.route import asked, number, route
from sandbox.world.clock import iso
from sandbox.world.ring import Json
from sandbox.world.world import Impossible, World

LONGEST_WAIT = 30
HEARTBEAT = 15


def clock_view(world: World) -> Json:
    """The clock as the control interface shows it."""
    now = iso(world.clock.now())
    return {"now": now, "offset": world.clock.offset, "epoch": world.epoch}


@route("GET", "/state")
async def state(world: World, _request: web.Request) -> Json:
    """Everything but the messages."""
    commands = [
        {"scope": json.loads(scope), "language_code": language, "commands": listed}
        for (scope, language), listed in world.commands.items()
    ]
    return {
        **clock_view(world),
        "bot": world.me(),
        "people": [person.view() for person in world.people],
        "chats": [chat.view() for chat in world.chats],
        "faults": world.faults.view(),
        "limits": {"enforced": world.limits.enforced},
        "privacy": world.privacy,
        "commands": commands,
        "last_event": world.events.last,
    }


@route("GET", "/chats/{chat}/messages")
async def chat_messages(world: World, request: web.Request) -> Json:
    """Messages of a chat, oldest first."""
    kept = world.chat(number(request, "chat")).messages
    limit = asked(request, "limit", 100)
    if "after" in request.query:
        after = asked(request, "after", 0)
        later = (message for key, message in kept.items() if key > after)
        return {"messages": list(islice(later, limit))}
    return {"messages": list(islice(reversed(kept.values()), limit))[::-1]}


@route("GET", "/chats/{chat}/keyboard")
async def keyboard(world: World, request: web.Request) -> Json:
    """The reply keyboard and forced reply a person has there now."""
    chat = world.chat(number(request, "chat"))
    person = world.person(asked(request, "person", chat.id)).id
    return {"keyboard": chat.keyboards.get(person), "force_reply": chat.forced.get(person)}


@route("GET", "/events")
async def events(world: World, request: web.Request) -> Json | web.StreamResponse:
    """What happened after a number, waited for if asked."""
    given = request.headers.get("Last-Event-ID") or request.query.get("after")
    chat = int(request.query["chat"]) if request.query.get("chat") else None
    if "text/event-stream" in request.headers.get("Accept", ""):
        after = world.events.last if given is None else min(int(given), world.events.last)
        return await stream(world, request, after, chat)
    wait = min(float(request.query.get("wait", 0)), LONGEST_WAIT)
    found = await world.events.wait(int(given or 0), chat, wait)
    return {"events": found, "last": world.events.last}


async def stream(
    world: World, request: web.Request, after: int, chat: int | None
) -> web.StreamResponse:
    """The same as server-sent events, until the reader goes away."""
    headers = {"Content-Type": "text/event-stream", "Cache-Control": "no-store"}
    response = web.StreamResponse(headers=headers)
    await response.prepare(request)
    await response.write(b"retry: 1000\n\n")
    while request.transport is not None and not request.transport.is_closing():
        found = await world.events.wait(after, chat, HEARTBEAT)
        after = max(found[-1]["seq"], after) if found else after
        try:
            await response.write("".join(map(as_sent, found)).encode() or b": still here\n\n")
        except ConnectionError:
            break
    return response


def as_sent(event: Json) -> str:
    """One server-sent event."""
    return f"id: {event['seq']}\ndata: {json.dumps(event, ensure_ascii=False)}\n\n"


@route("GET", "/files/{file}")
async def file_bytes(world: World, request: web.Request) -> web.Response:
    """A file's content."""
    stored = world.files.get(request.match_info["file"])
    if stored is None:
        raise Impossible("there is no such file", 404)
    return web.Response(body=stored.data.read(), content_type=stored.data.mime)


@route("GET", "/ledger")
async def ledger(world: World, request: web.Request) -> Json:
    """Bot API requests."""
    limit = asked(request, "limit", 1_000)
    rows = world.ledger.after(asked(request, "after", 0), limit, request.query.get("method"))
    return {"requests": rows, "last": world.ledger.last}


@route("GET", "/pending")
async def pending(world: World, request: web.Request) -> Json:
    """How many updates the bot has not confirmed; waits for no more than ``until`` if asked."""
    until = asked(request, "until", 0)
    ends = time.monotonic() + min(float(request.query.get("wait", 0)), LONGEST_WAIT)
    while world.queue.pending() > until and (left := ends - time.monotonic()) > 0:
        await world.queue.drained.heard(left)
    return {"pending": world.queue.pending()}
