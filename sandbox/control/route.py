"""The control interface's requests by method and path, and how their answers and errors look."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from typing import Any

from aiohttp import web

from sandbox.world.ring import Json
from sandbox.world.world import Impossible, World

Answering = Callable[[World, web.Request], Awaitable[Any]]
ROUTES: list[tuple[str, str, Answering]] = []


def route(verb: str, path: str) -> Callable[[Answering], Answering]:
    """Serve that request (a path under ``/sandbox``) with the function."""

    def offer(handler: Answering) -> Answering:
        ROUTES.append((verb, f"/sandbox{path}", handler))
        return handler

    return offer


def served(world: World, handler: Answering) -> Callable[[web.Request], Awaitable[Any]]:
    """The handler with its answer as JSON and its refusals as sentences."""

    async def serve(request: web.Request) -> web.StreamResponse:
        try:
            found = await handler(world, request)
        except Impossible as refusal:
            return reply({"error": str(refusal)}, refusal.status)
        except KeyError as missing:
            return reply({"error": f"{missing.args[0]} is missing"}, 400)
        except (TypeError, ValueError) as flaw:
            return reply({"error": f"that cannot be read: {flaw}"}, 400)
        return found if isinstance(found, web.StreamResponse) else reply(found)

    return serve


def reply(found: Any, status: int = 200) -> web.Response:
    """An answer in JSON."""
    text = json.dumps(found, ensure_ascii=False)
    return web.Response(text=text, status=status, content_type="application/json")


async def body(request: web.Request) -> Json:
    """The JSON object that came with a request; nothing counts as an empty one."""
    text = await request.text()
    found = json.loads(text) if text else {}
    if not isinstance(found, dict):
        raise Impossible("a JSON object is expected", 400)
    return found


def number(request: web.Request, name: str) -> int:
    """A whole number from the path."""
    return int(request.match_info[name])


def asked(request: web.Request, name: str, default: int) -> int:
    """A whole number from the query string."""
    return int(request.query.get(name, default))
