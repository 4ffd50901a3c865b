"""The sandbox as one web application on loopback."""

from __future__ import annotations

import gc
from pathlib import Path

from aiohttp import web

from sandbox.api.door import serve
from sandbox.api.files import download
from sandbox.api.offered import METHODS
from sandbox.api.validation import plan
from sandbox.control import acting, peopling, turning, watching
from sandbox.control.route import ROUTES, served
from sandbox.world.world import World

WEB = Path(__file__).parent / "web"
BIGGEST_REQUEST = 64 << 20
SHUTDOWN_SECONDS = 0.2
COLLECT_AFTER = (50_000, 20, 100)  # rings of messages grow old: looking through them is a pause
CONTROL = (acting, peopling, turning, watching)


def application(world: World) -> web.Application:
    """Everything the sandbox serves."""
    app = web.Application(client_max_size=BIGGEST_REQUEST)

    async def bot_api(request: web.Request) -> web.StreamResponse:
        return await serve(world, request)

    async def file(request: web.Request) -> web.StreamResponse:
        return await download(world, request)

    app.router.add_route("*", "/bot{token}/{method}", bot_api)
    app.router.add_get("/file/bot{token}/{path:.+}", file)
    for verb, path, handler in ROUTES:
        app.router.add_route(verb, path, served(world, handler))
    app.router.add_get("/", page)
    app.router.add_static("/web/", WEB)
    return app


async def page(_request: web.Request) -> web.FileResponse:
    """The page."""
    return web.FileResponse(WEB / "index.html")


async def listen(world: World, port: int) -> tuple[web.AppRunner, int]:
    """Serve on 127.0.0.1; answers the runner to clean up and the port (0 chose a free one)."""
    for name in METHODS.values():
        plan(name.name)
    runner = web.AppRunner(application(world), access_log=None, shutdown_timeout=SHUTDOWN_SECONDS)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", port, backlog=1024)
    await site.start()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_AFTER)
    return runner, int(runner.addresses[0][1])
