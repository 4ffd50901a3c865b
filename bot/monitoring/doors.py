"""``/healthz``, ``/readyz`` and ``/metrics`` on a port of their own, for whoever watches."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.config import Monitoring
from bot.monitoring.exposition import Figures
from bot.tally import Tally
from core.load import Load

PENDING = 60.0
Running = Callable[[], Awaitable[Any]]
log = structlog.get_logger(__name__)


class Watched(Protocol):
    """The store, as far as it is watched."""

    async def current(self) -> str | None:
        """The revision its tables stand at."""

    def head(self) -> str:
        """The revision they should stand at."""

    async def load(self, now: datetime) -> Load:
        """How much it has on its hands."""


class Calling(Protocol):
    """What can call a method of the Bot API."""

    async def call(self, method: str, params: Mapping[str, Any]) -> Any:
        """Call it once."""


@dataclass(frozen=True, slots=True)
class Doors:
    """Answers from the tally and the store; ``clock`` is the service's."""

    store: Watched
    tally: Tally
    clock: Callable[[], datetime]

    async def serve(self, host: str, port: int) -> None:
        """Listen until cancelled; a port that is taken is a warning, never the end of us."""
        runner = web.AppRunner(self.application(), access_log=None)
        await runner.setup()
        try:
            await web.TCPSite(runner, host, port).start()
            await asyncio.Event().wait()
        except OSError as error:
            log.warning("not_watched", port=port, error=type(error).__name__)
        finally:
            await runner.cleanup()

    def application(self) -> web.Application:
        """The aiohttp application to serve."""
        application = web.Application()
        application.router.add_get("/healthz", self.healthz)
        application.router.add_get("/readyz", self.readyz)
        application.router.add_get("/metrics", self.metrics)
        return application

    async def healthz(self, _: web.Request) -> web.Response:
        """200 while every loop beats; 503 names the silent ones: a restart would help."""
        return _answer(self._loops())

    async def readyz(self, _: web.Request) -> web.Response:
        """200 when the loops beat, the database answers and its tables are the newest."""
        return _answer({**self._loops(), **await self._database()})

    async def metrics(self, _: web.Request) -> web.Response:
        """The figures; 503 while the database does not answer."""
        now = self.clock()
        try:
            load = await self.store.load(now)
        except Exception as error:
            log.warning("not_measured", error=type(error).__name__)
            return web.Response(status=503)
        text = Figures(self.tally, load, now).text()
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})

    def _loops(self) -> dict[str, str]:
        return dict.fromkeys(self.tally.silent(), "silent")

    async def _database(self) -> dict[str, str]:
        try:
            current = await self.store.current()
        except Exception as error:
            return {"database": type(error).__name__}
        return {} if current == self.store.head() else {"database": "other schema"}


def _answer(wrong: Mapping[str, str]) -> web.Response:
    status = 503 if wrong else 200
    return web.json_response({"ok": not wrong, **wrong}, status=status)


def watching(chosen: Monitoring, doors: Doors, voice: Calling) -> Sequence[Running]:
    """What has to run so that the doors stand open; nothing when no port is chosen."""
    if not chosen.port:
        return ()
    return (
        partial(doors.serve, chosen.host, chosen.port),
        partial(ask_pending, voice, doors.tally),
    )


async def ask_pending(voice: Calling, tally: Tally) -> None:
    """Ask Telegram once a minute how many updates wait there; unknown while it is silent."""
    while True:
        try:
            found = await voice.call("getWebhookInfo", {})
            tally.pending = int(found["pending_update_count"])
        except Exception as error:
            tally.pending = None
            log.info("pending_unknown", error=type(error).__name__)
        await asyncio.sleep(PENDING)
