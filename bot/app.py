"""Composes the service and runs it; the only place that reads the machine's clock."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import structlog
from sqlalchemy.exc import ArgumentError

from bot.clock import SandboxClock, SandboxReset, steady
from bot.collecting import collect_rarely
from bot.companion import TOKEN, Companion
from bot.config import Settings
from bot.delivery.voice import Voice
from bot.intake.poller import TokenRefused
from bot.last_words import of_the_loop
from bot.lean import warm_up
from bot.line import Line, Running, introduced
from bot.monitoring.doors import Doors, watching
from bot.neighbourhood import Bells
from bot.parts import Assemble, Ground
from bot.road import Road, built
from bot.ruling import ruled
from bot.simplifying import simplified
from bot.surroundings import Surroundings
from bot.tally import Tally
from core.in_force import opened
from storage.engine import Store, address_of, open_store
from storage.sheets import Over

SANDBOX_DATABASE = Path("var/sandbox.db")
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
log = structlog.get_logger(__name__)
Tell = Callable[[str], None]


class UnsupportedUrl(Exception):
    """``storage.url`` names neither a SQLite file nor PostgreSQL."""


def wall() -> datetime:
    """The machine's time, aware UTC."""
    return datetime.now(UTC)


async def run(
    settings: Settings,
    *,
    assemble: Assemble,
    tell: Tell,
    companion: Companion | None = None,
) -> None:
    """Serve until SIGTERM or SIGINT: real Telegram with a token, else the companion.

    Raises ``TokenRefused``, ``StoreInUse``, ``UnsupportedUrl``, ``SheetMistakes``,
    ``SandboxSilent``.
    """
    asyncio.get_running_loop().set_exception_handler(of_the_loop)
    stop, ready = _stopped_by_signals(), partial(_ready, tell)
    if companion is None:
        root, database = settings.telegram.api_root.rstrip("/"), settings.storage.url
        await Service(settings, _token(settings), root, database, assemble, ready).run(stop)
        return
    url = await companion.address()
    tell(f"沙盒已就绪：请用浏览器打开 {url} （按 Ctrl+C 结束）")
    database = f"sqlite:///{SANDBOX_DATABASE}"
    afresh, seed = _forget_sandbox, companion.seed
    await Service(settings, TOKEN, url, database, assemble, ready, afresh, seed).run(stop)


def _token(settings: Settings) -> str:
    """The token; without one it is a sandbox somebody else started, which has its own."""
    token = settings.telegram.token
    return TOKEN if token is None else token.get_secret_value()


@dataclass(frozen=True, slots=True)
class Service:
    """One bot on one database; ``ready`` hears when it works, ``afresh`` before each beginning."""

    settings: Settings
    token: str
    api_root: str
    database: str
    assemble: Assemble
    ready: Tell
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
        voice = Voice(token=self.token, api_root=self.api_root)
        await voice.open()
        try:
            me = await introduced(voice, stop)
            clock = await self._sandbox_clock(client)
            now = clock.now if clock else wall
            folder = self.settings.district.folder
            ground = Ground(
                units=store,
                rules=await opened(store, Over(folder), now(), simplified),
                me=me,
                secret=sha256(b"huying taps " + self.token.encode()).digest(),
                administrators=frozenset(self.settings.people.administrators),
                clock=now,
                seed=self.seed,
                per_minute=self.settings.telegram.updates_per_minute,
                surroundings=Surroundings(self.settings.telegram, _file(self.database), wall),
            )
            await self._travel(ground, store, voice, client, clock, stop)
        finally:
            await voice.close()

    async def _travel(
        self,
        ground: Ground,
        store: Store,
        voice: Voice,
        client: httpx.AsyncClient,
        clock: SandboxClock | None,
        stop: asyncio.Event,
    ) -> None:
        """Build the road over this ground and keep it open until stopped."""
        parts = await self.assemble(ground)
        tally = Tally(steady)
        bells = Bells.hung(store.neighbours, partial(tally.beat, "courier"))
        road = built(
            ground,
            parts,
            token=self.token,
            voice=voice,
            limits=self.settings.telegram.limits(),
            bells=bells,
            tally=tally,
        )
        url = f"{self.api_root}/bot{self.token}"
        line = Line(self.settings.telegram, url, voice, tally)
        watched = watching(self.settings.monitoring, Doors(store, tally, ground.clock), voice)
        intake = [line.intake(ground, bells.arriving)]
        around = [*watched, *bells.beside, ruled(ground)]
        leads, running = ([], [*intake, *around]) if line.pushed else (intake, around)
        if parts.errands:
            leads = [*leads, parts.errands(voice, bells.owing)]
        if clock:
            running.append(_following(clock, road))
        if not stop.is_set():
            self.ready(f"机器人 @{ground.me.get('username', '')} 已开始工作。")
        await road.run(*running, leads=leads, stop=stop)

    async def _sandbox_clock(self, client: httpx.AsyncClient) -> SandboxClock | None:
        """The sandbox's clock where this is one; real Telegram is never asked."""
        if urlsplit(self.api_root).hostname not in LOOPBACK:
            return None
        clock = SandboxClock(client=client, url=self.api_root, wall=wall)
        return clock if await clock.look() else None


@asynccontextmanager
async def _store(database: str) -> AsyncIterator[Store]:
    store = _opened(database)
    try:
        await store.upgrade()
        yield store
    finally:
        await store.close()


def _file(database: str) -> Path | None:
    """Where a SQLite database lies on this machine."""
    address = address_of(database)
    return Path(str(address.database)) if address.get_backend_name() == "sqlite" else None


def _opened(database: str) -> Store:
    try:
        return open_store(database)
    except (ValueError, ArgumentError):
        raise UnsupportedUrl from None


async def upgrade(settings: Settings) -> str:
    """Bring the database up to the newest revision; gives it."""
    async with _store(settings.storage.url) as store:
        return store.head()


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


def _ready(tell: Tell, words: str) -> None:
    """Say so, with the collector kept off aiogram's models: walking them is half the bill."""
    warm_up()
    collect_rarely()
    tell(words)
