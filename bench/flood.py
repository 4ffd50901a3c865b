"""What others wait while somebody floods the bot (L5): quotas hold, and nobody else notices."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import cycle
from pathlib import Path
from statistics import median, quantiles

from bench.figures import Figure, beside
from bench.guided import SAID
from bench.latency import WARM, waits
from bench.stage import Stage
from tests.journeys.crowd import Crowd, Player
from tests.journeys.everybody import RESIDENTS
from tests.journeys.raising import raise_call
from tests.journeys.running import Service

CALLS, A_MINUTE = 60, 60
UNTIL_ALL_ARE_OVER = 20.0  # seconds: two hundred a minute are sixty after eighteen
ONE, MANY, HOW_MANY = 2_000, 200, 20


async def measure(stage: Stage) -> list[Figure]:
    """Milliseconds until the first answer, calm and beside a flood: one person, and twenty."""
    async with _guarded(stage), Crowd.gathered(stage.sandbox.url) as crowd:
        calm = await _waited(stage, crowd, RESIDENTS)
        async with _flood(crowd) as said:
            flooded = await _waited(stage, crowd, RESIDENTS + CALLS)
        return [
            Figure("calm_first_answer_p50_ms", median(calm), "ms"),
            Figure("calm_first_answer_p99_ms", _p99(calm), "ms"),
            beside(
                "flooded_first_answer_p50_ms",
                *(median(flooded), "ms", "calm_first_answer_p50_ms", median(calm)),
            ),
            beside(
                "flooded_first_answer_p99_ms",
                *(_p99(flooded), "ms", "calm_first_answer_p99_ms", _p99(calm)),
            ),
            Figure("flood_messages", said[0], "messages"),
        ]


def _p99(waited: list[float]) -> float:
    return quantiles(waited, n=100)[98]


@asynccontextmanager
async def _guarded(stage: Stage) -> AsyncIterator[Service]:
    """A service with the usual quota of updates a person."""
    await stage.sandbox.reset()
    with tempfile.TemporaryDirectory(prefix="huying-bench-") as folder:
        async with Service.started(
            stage.sandbox,
            database=Path(folder) / "huying.db",
            seed=stage.seed,
            cores=stage.bot_cores,
            telegram={"updates_per_minute": A_MINUTE},
        ) as service:
            yield service


@asynccontextmanager
async def _flood(crowd: Crowd) -> AsyncIterator[list[int]]:
    """One person says 2,000 things a minute and twenty 200 each; how many in the end."""
    said = [0]

    async def pours(player: Player, a_minute: int) -> None:
        while True:
            await player.says("在吗在吗在吗")
            said[0] += 1
            await asyncio.sleep(60 / a_minute)

    first = RESIDENTS + 2 * CALLS
    async with asyncio.TaskGroup() as pouring:
        paces = (ONE, *[MANY] * HOW_MANY)
        tasks = [
            pouring.create_task(pours(crowd.player(first + n), pace))
            for n, pace in enumerate(paces)
        ]
        await asyncio.sleep(UNTIL_ALL_ARE_OVER)
        yield said
        for task in tasks:
            task.cancel()


async def _waited(stage: Stage, crowd: Crowd, first: int) -> list[float]:
    """Residents raise calls one after another; how long each act waited for its answer."""
    before = (await stage.sandbox.get("/ledger", after=1 << 60))["last"]
    people = [crowd.player(first + n) for n in range(CALLS)]
    for n, (player, text, place) in enumerate(
        zip(people, cycle(SAID), stage.communities, strict=False)
    ):
        await raise_call(player, text, place, way=n % 3)
    rows = await stage.sandbox.ledger(after=before)
    return [wait for player in people for wait in waits(player, rows)][WARM:]
