"""``/healthz``, ``/readyz`` and ``/metrics`` on a port of their own, for whoever watches.

Each answers within two seconds, whatever the database does.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any, Protocol

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.config import Monitoring
from bot.monitoring.asking import Asking
from bot.monitoring.exposition import Figures
from bot.tally import Tally
from core.load import Load

PENDING = 60.0
OTHER_SCHEMA = "other schema"
WITHIN = 1.5
"""So long the database may take, in seconds: a probe gives us three (``deploy/compose.yaml``)."""
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


@dataclass(slots=True)
class Doors:
    """Answers from the tally and the store; ``clock`` is the service's."""

    store: Watched
    tally: Tally
    clock: Callable[[], datetime]
    within: float = WITHIN
    _tables: Asking[str | None] = field(init=False)
    _load: Asking[tuple[datetime, Load]] = field(init=False)

    def __post_init__(self) -> None:
        self._tables = Asking(self.store.current)
        self._load = Asking(self._measured)

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
        application.cleanup_ctx.append(self._asking)
        application.router.add_get("/healthz", self.healthz)
        application.router.add_get("/readyz", self.readyz)
        application.router.add_get("/metrics", self.metrics)
        return application

    async def healthz(self, _: web.Request) -> web.Response:
        """200 while every loop beats; 503 names the silent ones: a restart would help.

        It would not help loops that wait for a database which answers nobody: 200 names both.
        """
        silent = self._loops()
        away = await self._away() if silent else {}
        return _answer({**silent, **away}, fine=not silent or bool(away))

    async def readyz(self, _: web.Request) -> web.Response:
        """200 when the loops beat, the database answers and its tables are the newest."""
        wrong = {**self._loops(), **await self._database()}
        return _answer(wrong, fine=not wrong)

    async def metrics(self, _: web.Request) -> web.Response:
        """The figures; 503 while the database does not answer."""
        try:
            now, load = await self._load.answer(self.within)
        except Exception as error:
            log.warning("not_measured", error=type(error).__name__)
            return web.Response(status=503)
        text = Figures(self.tally, load, now).text()
        return web.Response(body=text, headers={"Content-Type": CONTENT_TYPE_LATEST})

    async def _asking(self, _: web.Application) -> AsyncIterator[None]:
        async with asyncio.TaskGroup() as house:
            duties = [house.create_task(each.run()) for each in (self._tables, self._load)]
            yield
            for duty in duties:
                duty.cancel()

    async def _measured(self) -> tuple[datetime, Load]:
        now = self.clock()
        return now, await self.store.load(now)

    def _loops(self) -> dict[str, str]:
        return dict.fromkeys(self.tally.silent(), "silent")

    async def _database(self) -> dict[str, str]:
        try:
            current = await self._tables.answer(self.within)
        except Exception as error:
            return {"database": type(error).__name__}
        return {} if current == self.store.head() else {"database": OTHER_SCHEMA}

    async def _away(self) -> dict[str, str]:
        wrong = await self._database()
        return wrong if wrong.get("database") != OTHER_SCHEMA else {}


def _answer(told: Mapping[str, str], *, fine: bool) -> web.Response:
    return web.json_response({"ok": fine, **told}, status=200 if fine else 503)


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
