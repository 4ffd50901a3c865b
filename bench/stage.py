"""Where bots are measured: one sandbox, people on one core, the bot alone on the other."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from time import perf_counter

from core.agency import Agency, AgencyKind
from core.district import District
from tests.journeys import everybody
from tests.journeys.crowd import Crowd, Player
from tests.journeys.everybody import RESIDENTS
from tests.journeys.process import Process
from tests.journeys.running import Service
from tests.people import TOKEN, Json, Sandbox

PEOPLE = 200
ECHO = {"aiogram": "bench.echo_aiogram", "ptb": "bench.echo_ptb"}


@dataclass(frozen=True, slots=True)
class Pace:
    """What a bot did in a while: answers a second, and processor milliseconds for each."""

    per_second: float
    cpu_ms: float
    busy: float


@dataclass(frozen=True, slots=True)
class Together:
    """Several processes as one."""

    all: tuple[Process, ...]

    @property
    def cpu(self) -> float:
        """Seconds of processor time used so far."""
        return sum(one.cpu for one in self.all)


@dataclass(frozen=True)
class Stage:
    """One sandbox with everybody in it, the same for every bot that is measured."""

    sandbox: Sandbox
    district: District
    seed: Json
    bot_cores: frozenset[int]
    all_cores: frozenset[int]

    @classmethod
    @asynccontextmanager
    async def built(cls) -> AsyncIterator[Stage]:
        """The people and the sandbox on the last core, the first one left to the bot."""
        cores = sorted(os.sched_getaffinity(0))
        district = everybody.liwan()
        seed = everybody.seed(district, residents=PEOPLE)
        bot_cores = frozenset(cores[:1]) if len(cores) > 1 else frozenset[int]()
        if bot_cores:
            os.sched_setaffinity(0, cores[1:2])
        async with Sandbox.started(seed) as sandbox:
            yield cls(sandbox, district, seed, bot_cores, frozenset(cores))
        os.sched_setaffinity(0, cores)

    @contextmanager
    def on_all_cores(self) -> Iterator[None]:
        """What is started meanwhile may run on those of the bot as well."""
        ours = os.sched_getaffinity(0)
        os.sched_setaffinity(0, self.all_cores)
        try:
            yield
        finally:
            os.sched_setaffinity(0, ours)

    @property
    def communities(self) -> tuple[Agency, ...]:
        """Where things happen."""
        return self.district.tree.of_kind(AgencyKind.COMMUNITY)

    @asynccontextmanager
    async def service(self) -> AsyncIterator[Service]:
        """Ours, on a new SQLite file that keeps every commit durable."""
        await self.sandbox.reset()
        with tempfile.TemporaryDirectory(prefix="huying-bench-") as folder:
            database = Path(folder) / "huying.db"
            async with Service.started(
                self.sandbox, database=database, seed=self.seed, cores=self.bot_cores
            ) as service:
                yield service

    @asynccontextmanager
    async def echo(self, library: str) -> AsyncIterator[Process]:
        """A bare echo bot that has answered once."""
        await self.sandbox.reset()
        bot = Process(self.bot_cores)
        await bot.spawn("-m", ECHO[library], self.sandbox.url, TOKEN, quiet=True)
        try:
            async with Crowd.gathered(self.sandbox.url) as crowd:
                await echoed(crowd.player(RESIDENTS), 1)
            yield bot
        finally:
            await bot.stop()


async def echoed(player: Player, times: int) -> int:
    """Say something and wait for it to come back, so many times."""
    for n in range(times):
        text = f"楼下的路灯坏了，已经第 {n} 天没有人来修。"
        await player.says(text)
        await player.sees(text)
    return times


async def paced(
    bot: Process | Together, rounds: int, play: Callable[[], Awaitable[int]]
) -> tuple[Pace, ...]:
    """Play some rounds, each giving how many updates were answered; one before, unmeasured."""
    await play()
    taken = []
    for _ in range(rounds):
        began, used = perf_counter(), bot.cpu
        steps = await play()
        seconds, spent = perf_counter() - began, bot.cpu - used
        taken.append(Pace(steps / seconds, spent * 1000 / steps, spent / seconds))
    return tuple(taken)


async def together(*acts: Awaitable[int]) -> int:
    """Let everybody act at once; how many updates they made in all."""
    return sum(await asyncio.gather(*acts))


def middle(taken: tuple[Pace, ...]) -> Pace:
    """The median of each."""
    return Pace(
        median(one.per_second for one in taken),
        median(one.cpu_ms for one in taken),
        median(one.busy for one in taken),
    )
