"""Takes updates that Telegram pushes: kept durably first, answered 200 second (A5)."""

from __future__ import annotations

import asyncio
import hmac
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

import structlog
from aiohttp import web

from bot.bell import Ringing
from bot.intake.sorting import chatter, sorted_in
from core.failpoints import failpoint
from core.ports import Units

LARGEST = 1024 * 1024
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
log = structlog.get_logger(__name__)


class Webhook:
    """One endpoint; anything but the right secret and an update is turned away."""

    def __init__(
        self,
        *,
        secret: str,
        bot_id: int,
        units: Units,
        clock: Callable[[], datetime],
        bell: Ringing,
    ) -> None:
        self._secret = secret.encode()
        self._bot_id = bot_id
        self._units = units
        self._clock = clock
        self._bell = bell
        self.closing = False

    async def serve(
        self, *, path: str, host: str, port: int, ready: Callable[[], Awaitable[object]]
    ) -> None:
        """Listen until cancelled; ``ready`` is called once the port is open."""
        runner = web.AppRunner(self.application(path), access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            await ready()
            await asyncio.Event().wait()
        finally:
            self.closing = True
            await runner.cleanup()

    def application(self, path: str) -> web.Application:
        """The aiohttp application to serve."""
        application = web.Application(client_max_size=LARGEST)
        application.router.add_post(path, self.take)
        return application

    async def take(self, request: web.Request) -> web.Response:
        """200 once the update is kept; 401, 400, 413; 503 to be asked again later."""
        given = request.headers.get(SECRET_HEADER, "").encode(errors="surrogateescape")
        if not hmac.compare_digest(given, self._secret):
            return web.Response(status=401)
        if self.closing:
            return web.Response(status=503)
        raw = await _update(request)
        return web.Response(status=400) if raw is None else await self._keep(raw)

    async def _keep(self, raw: dict[str, Any]) -> web.Response:
        try:
            if not chatter(raw):
                async with self._units.begin() as work:
                    row = sorted_in(raw, bot_id=self._bot_id)
                    await work.inbox.insert([row], now=self._clock())
        except Exception as error:
            log.error("update_not_kept", error=type(error).__name__)
            return web.Response(status=503)
        failpoint("P4")
        self._bell.ring()
        return web.json_response({})


async def _update(request: web.Request) -> dict[str, Any] | None:
    """The body as an update; a body over the limit raises aiohttp's own 413."""
    try:
        raw = await request.json()
    except ValueError:
        return None
    return raw if isinstance(raw, dict) and isinstance(raw.get("update_id"), int) else None
