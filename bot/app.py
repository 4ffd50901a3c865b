"""Composes the service and runs it; the only place that reads the machine's clock."""

from __future__ import annotations

import asyncio
import gc
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import httpx
import structlog

from bot import companion
from bot.assembly import Assemble, Ground
from bot.bell import Bell
from bot.clock import SandboxClock, SandboxReset
from bot.config import Settings
from bot.config import Telegram as TelegramSettings
from bot.delivery.verdicts import Finding, verdict
from bot.delivery.voice import Voice
from bot.intake.poller import Poller, TokenRefused
from bot.intake.sorting import WANTED
from bot.intake.webhook import Webhook
from bot.patience import pause
from bot.road import Road, built
from storage.engine import Store, open_store
from storage.sheets import read_district

SANDBOX_DATABASE = Path("var/sandbox.db")
SEED = "sandbox.json"
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
RARELY = 50_000
log = structlog.get_logger(__name__)
Tell = Callable[[str], None]
Running = Callable[[], Awaitable[Any]]


def wall() -> datetime:
    """The machine's time, aware UTC."""
    return datetime.now(UTC)


async def run(settings: Settings, *, assemble: Assemble, tell: Tell) -> None:
    """Serve until SIGTERM or SIGINT: real Telegram with a token, else a sandbox of our own.

    Raises ``TokenRefused``, ``StoreInUse``, ``SheetMistakes``, ``SandboxSilent``.
    """
    stop = _stopped_by_signals()
    token, root = settings.telegram.token, settings.telegram.api_root.rstrip("/")
    if token is not None:
        database = settings.storage.url
        service = Service(settings, token.get_secret_value(), root, database, assemble, tell)
        await service.run(stop)
        return
    file = settings.district.folder / SEED
    seed = file if file.is_file() else None
    async with companion.sandbox(settings.sandbox.port, seed=seed) as url:
        tell(f"沙箱已就绪：请用浏览器打开 {url} （按 Ctrl+C 结束）")
        database = f"sqlite:///{SANDBOX_DATABASE}"
        own = Service(
            settings, companion.TOKEN, url, database, assemble, tell, _forget_sandbox, seed
        )
        await own.run(stop)


@dataclass(frozen=True, slots=True)
class Service:
    """One bot on one database; ``afresh`` is called before every beginning (a reset as well)."""

    settings: Settings
    token: str
    api_root: str
    database: str
    assemble: Assemble
    tell: Tell
    afresh: Callable[[], None] = lambda: None
    seed: Path | None = None

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until stopped; begin anew whenever the sandbox does."""
        while not stop.is_set():
            self.afresh()
            try:
                async with _store(self.database) as store, httpx.AsyncClient() as client:
                    await self._serve(store, client, stop)
            except* SandboxReset:
                log.info("sandbox_began_anew")
            except* TokenRefused as refused:
                raise TokenRefused from refused

    async def _serve(self, store: Store, client: httpx.AsyncClient, stop: asyncio.Event) -> None:
        district = read_district(self.settings.district.folder)
        voice = Voice(token=self.token, api_root=self.api_root)
        await voice.open()
        try:
            me = await _introduced(voice, stop)
            clock = await self._sandbox_clock(client)
            ground = Ground(
                units=store,
                district=district,
                me=me,
                secret=sha256(b"huying taps " + self.token.encode()).digest(),
                administrators=frozenset(self.settings.people.administrators),
                clock=clock.now if clock else wall,
                seed=self.seed,
            )
            await self._travel(ground, voice, client, clock, stop)
        finally:
            await voice.close()

    async def _travel(
        self,
        ground: Ground,
        voice: Voice,
        client: httpx.AsyncClient,
        clock: SandboxClock | None,
        stop: asyncio.Event,
    ) -> None:
        """Build the road over this ground and keep it open until stopped."""
        parts = await self.assemble(ground)
        arrived = Bell()
        road = built(
            ground,
            parts,
            token=self.token,
            voice=voice,
            limits=self.settings.telegram.limits(),
            arrived=arrived,
            seconds=time.monotonic,
        )
        running = [self._intake(ground, voice, client, arrived)]
        if clock:
            running.append(_following(clock, road))
        _collect_rarely()
        if not stop.is_set():
            self.tell(f"机器人 @{ground.me.get('username', '')} 已开始工作。")
        await road.run(*running, stop=stop)

    def _intake(
        self, ground: Ground, voice: Voice, client: httpx.AsyncClient, arrived: Bell
    ) -> Running:
        chosen = self.settings.telegram
        bot_id = int(ground.me["id"])
        if chosen.mode == "webhook":
            secret = chosen.webhook_secret.get_secret_value()
            webhook = Webhook(
                secret=secret,
                bot_id=bot_id,
                units=ground.units,
                clock=ground.clock,
                bell=arrived,
            )
            return _pushed(webhook, chosen, voice)
        poller = Poller(
            client=client,
            url=f"{self.api_root}/bot{self.token}",
            bot_id=bot_id,
            units=ground.units,
            clock=ground.clock,
            bell=arrived,
        )
        return _fetched(poller, voice)

    async def _sandbox_clock(self, client: httpx.AsyncClient) -> SandboxClock | None:
        """The sandbox's clock where this is one; real Telegram is never asked."""
        if urlsplit(self.api_root).hostname not in LOOPBACK:
            return None
        clock = SandboxClock(client=client, url=self.api_root, wall=wall)
        return clock if await clock.look() else None


@asynccontextmanager
async def _store(database: str) -> AsyncIterator[Store]:
    store = open_store(database)
    try:
        await store.upgrade()
        yield store
    finally:
        await store.close()


async def _introduced(voice: Voice, stop: asyncio.Event) -> Mapping[str, Any]:
    """Who we are, asked until Telegram answers; ``TokenRefused`` when it does not know us."""
    failures = 0
    while not stop.is_set():
        try:
            return await voice.me()
        except Exception as error:
            found = verdict(error).finding
            if found in (Finding.TOKEN_REFUSED, Finding.MALFORMED):
                raise TokenRefused from None
            failures += 1
            log.warning("telegram_out_of_reach", found=found, in_a_row=failures)
        await _unless_stopped(stop, pause(failures))
    return {"id": 0, "is_bot": True, "first_name": "", "username": ""}


async def _unless_stopped(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return


def _fetched(poller: Poller, voice: Voice) -> Running:
    async def fetch() -> None:
        await _told(voice, "deleteWebhook", {})
        await poller.run()

    return fetch


def _pushed(webhook: Webhook, chosen: TelegramSettings, voice: Voice) -> Running:
    wish = {
        "url": chosen.webhook_url,
        "secret_token": chosen.webhook_secret.get_secret_value(),
        "allowed_updates": list(WANTED),
    }

    async def serve() -> None:
        await webhook.serve(
            path=urlsplit(chosen.webhook_url).path,
            host=chosen.webhook_host,
            port=chosen.webhook_port,
            ready=lambda: _told(voice, "setWebhook", wish),
        )

    return serve


async def _told(voice: Voice, method: str, params: Mapping[str, Any]) -> None:
    """Tell Telegram how updates are to come; what is set already stays when this fails."""
    try:
        await voice.call(method, params)
    except Exception as error:
        log.warning("not_told", method=method, error=type(error).__name__)


def _following(clock: SandboxClock, road: Road) -> Running:
    return lambda: clock.follow(road.schedule.ring)


def _forget_sandbox() -> None:
    """Our own sandbox begins with nothing, so what we remember of the last one goes."""
    for file in SANDBOX_DATABASE.parent.glob(SANDBOX_DATABASE.name + "*"):
        file.unlink()


def _stopped_by_signals() -> asyncio.Event:
    stop = asyncio.Event()
    for name in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


def _collect_rarely() -> None:
    """The cyclic collector walking aiogram's models is half the bill: leave them out of it."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(RARELY, 20, 20)
