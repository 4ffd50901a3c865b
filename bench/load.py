"""A storm: 200 updates a second for a minute, answered at Telegram's rate (C7, L2)."""

from __future__ import annotations

import asyncio
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter, time

from bench.courier import PACED
from bench.databases import SCALE
from bench.figures import Figure, beside
from bench.guided import SAID, residents
from bench.stage import PEOPLE, Stage
from tests.journeys.crowd import Crowd, Player
from tests.journeys.running import Service

SECONDS, A_SECOND, SLICE = 60, 200, 0.05
LOOK, DRAINED = 0.005, 900.0
INTAKE_MS, DRAIN_S, RSS_MB = 250, 300, 400
KEPT = "SELECT rowid, json_extract(body, '$.message.text') FROM inbox WHERE rowid > ?"
LEFT = """
SELECT (SELECT count(*) FROM inbox WHERE state = 'new'),
       (SELECT count(*) FROM outbox WHERE settled_at IS NULL)
"""
DEAD = "SELECT count(*) FROM inbox WHERE state = 'dead'"


@dataclass
class Storm:
    """When each message was given to the sandbox, and when it was seen committed."""

    given: dict[str, float] = field(default_factory=dict)
    kept: dict[str, float] = field(default_factory=dict)

    async def blows(self, people: Sequence[Player]) -> None:
        """Everybody says something again and again, ``A_SECOND`` in all."""
        began, said = perf_counter(), 0
        async with asyncio.TaskGroup() as acts:
            while (passed := perf_counter() - began) < SECONDS * SCALE:
                for n in range(said, int(passed * A_SECOND)):
                    acts.create_task(self._says(people[n % len(people)], n))
                said = int(passed * A_SECOND)
                await asyncio.sleep(SLICE)

    async def _says(self, player: Player, n: int) -> None:
        text = f"{SAID[n % len(SAID)]}（第 {n} 条）"
        self.given[text] = time()
        await player.says(text)

    async def watched(self, database: sqlite3.Connection) -> None:
        """See what is committed, from beside, for ever; cancel to stop."""
        last = 0
        while True:
            for row, text in database.execute(KEPT, (last,)).fetchall():
                self.kept.setdefault(text, time())
                last = row
            await asyncio.sleep(LOOK)


async def measure(stage: Stage) -> list[Figure]:
    """How long until an update is durable, how many are lost, how long until all is said."""
    storm = Storm()
    with tempfile.TemporaryDirectory(prefix="huying-bench-") as folder:
        file = Path(folder) / "huying.db"
        async with _service(stage, file) as service, Crowd.gathered(stage.sandbox.url) as crowd:
            with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as database:
                async with asyncio.TaskGroup() as house:
                    watching = house.create_task(storm.watched(database))
                    await storm.blows(residents(crowd, PEOPLE))
                    ended = perf_counter()
                    await stage.sandbox.settled()
                    left, drained = await _drained(database, ended)
                    watching.cancel()
                (dead,) = database.execute(DEAD).fetchone()
            peak = service.peak / 1e6
    return [
        *_intake(storm),
        *_drain(left, drained, dead),
        beside("load_rss_mb", peak, "MB", "mark", RSS_MB),
    ]


@asynccontextmanager
async def _service(stage: Stage, file: Path) -> AsyncIterator[Service]:
    """Ours at Telegram's rate, which the sandbox enforces."""
    await stage.sandbox.reset()
    await stage.sandbox.limits(enforced=True)
    async with Service.started(
        stage.sandbox, database=file, seed=stage.seed, cores=stage.bot_cores, telegram=PACED
    ) as service:
        yield service
    await stage.sandbox.limits(enforced=False)


async def _drained(database: sqlite3.Connection, since: float) -> tuple[int, float]:
    """Rows left when the storm ended, and seconds until there were none."""
    first = sum(database.execute(LEFT).fetchone())
    while perf_counter() - since < DRAINED:
        if not sum(database.execute(LEFT).fetchone()):
            break
        await asyncio.sleep(0.25)
    return first, perf_counter() - since


def _intake(storm: Storm) -> list[Figure]:
    waits = [
        (storm.kept[text] - at) * 1000 for text, at in storm.given.items() if text in storm.kept
    ]
    lost = len(storm.given) - len(waits)
    return [
        Figure("load_updates", len(storm.given), "updates"),
        Figure("load_lost", lost, "updates"),
        Figure("intake_p50_ms", median(waits), "ms"),
        beside("intake_p99_ms", quantiles(waits, n=100)[98], "ms", "mark", INTAKE_MS),
    ]


def _drain(left: int, drained: float, dead: int) -> list[Figure]:
    return [
        Figure("load_left_at_end", left, "rows"),
        beside("drain_s", drained, "s", "mark", DRAIN_S),
        Figure("load_dead", dead, "updates"),
    ]
