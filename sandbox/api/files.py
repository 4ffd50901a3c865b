"""Telling where a file can be downloaded, and handing it out."""

from __future__ import annotations

import asyncio

from aiohttp import web

from sandbox.api.parsing import Params
from sandbox.api.refusals import Refused, bad, not_found, unauthorized
from sandbox.api.registry import method
from sandbox.api.trouble import HANDLED, UNHANDLED, cut
from sandbox.world.ring import Json
from sandbox.world.world import World

BIGGEST = 20 << 20
DOWNLOAD = "download"
BINARY = "application/octet-stream"


@method("getFile")
def get_file(world: World, p: Params) -> Json:
    """A file's path; a bot may download 20 MB at most."""
    stored = world.files.get(p["file_id"])
    if stored is None:
        raise bad("wrong file_id or the file is temporarily unavailable")
    if stored.data.size > BIGGEST:
        raise bad("file is too big")
    return {
        "file_id": stored.id,
        "file_unique_id": stored.unique,
        "file_size": stored.data.size,
        "file_path": stored.path,
    }


async def download(world: World, request: web.Request) -> web.StreamResponse:
    """The content at a path; faults on ``download`` concern it."""
    if (fault := world.faults.strike(DOWNLOAD, None)) is not None:
        if fault.kind in UNHANDLED | HANDLED:
            return await cut(request, late=fault.kind == "timeout")
        return web.Response(status=int(fault.kind) if fault.kind.isdigit() else 500)
    try:
        return web.Response(body=await content(world, request), content_type=BINARY)
    except Refused as flaw:
        return web.json_response(flaw.payload(), status=flaw.code)


async def content(world: World, request: web.Request) -> bytes:
    """The bytes of a file; raises ``Refused`` for a wrong token or path."""
    if request.match_info["token"] != world.token:
        raise unauthorized()
    stored = world.files.at(request.match_info["path"])
    if stored is None:
        raise not_found()
    return await asyncio.to_thread(stored.data.read)
