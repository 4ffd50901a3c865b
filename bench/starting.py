"""Seconds from starting the process to its first answer, with a message waiting already."""

from __future__ import annotations

from collections.abc import Awaitable
from statistics import median
from time import perf_counter

from bench.figures import Figure, beside
from bench.stage import ECHO, Stage
from tests.journeys.crowd import Crowd
from tests.journeys.everybody import RESIDENTS
from tests.journeys.process import Process
from tests.people import TOKEN

TIMES = 3
SECONDS = 5
WAITING = "楼道的灯坏了"


async def measure(stage: Stage) -> list[Figure]:
    """Ours on a database that exists already, and an aiogram echo bot."""
    ours, theirs = median(await _ours(stage)), median(await _theirs(stage))
    return [
        Figure("aiogram_start_to_first_answer_s", theirs, "s"),
        beside("start_to_first_answer_s", ours, "s", "mark", SECONDS),
        beside("start_vs_aiogram_echo", ours, "s", "aiogram_start_to_first_answer_s", theirs),
    ]


async def _ours(stage: Stage) -> list[float]:
    async with stage.service() as service, Crowd.gathered(stage.sandbox.url) as crowd:
        taken = []
        for _ in range(TIMES):
            await service.stop()
            taken.append(await _until_answered(crowd, service.restart()))
        return taken


async def _theirs(stage: Stage) -> list[float]:
    await stage.sandbox.reset()
    taken = []
    async with Crowd.gathered(stage.sandbox.url) as crowd:
        for _ in range(TIMES):
            bot = Process(stage.bot_cores)
            words = ("-m", ECHO["aiogram"], stage.sandbox.url, TOKEN)
            taken.append(await _until_answered(crowd, bot.spawn(*words, quiet=True)))
            await bot.stop()
    return taken


async def _until_answered(crowd: Crowd, start: Awaitable[None]) -> float:
    resident = crowd.player(RESIDENTS)
    await resident.says(WAITING)
    began = perf_counter()
    await start
    await resident.sees()
    return perf_counter() - began
