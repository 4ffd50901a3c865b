"""What comes next, asked of 50,000 waiting rows beside 1,000,000 finished ones (C7, L4)."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from statistics import median, quantiles
from time import perf_counter

from bench import filling
from bench.databases import NAMES, databases, engine_of, scaled
from bench.figures import Figure, beside
from bench.stage import Stage
from bot.delivery.courtesy import LONG, ONE_IN
from bot.delivery.crowd import MANY
from core.outgoing import Settled, State
from core.ports import Units
from storage.engine import open_store

FINISHED, WAITING = 1_000_000, 50_000
TIMES, CLAIMED, READY = 1000, 8, 64
WARM = 20
MARK_MS = 20
NOW = filling.THEN + timedelta(minutes=1)


async def measure(_stage: Stage) -> list[Figure]:
    """The 99th percentile of a claim and of looking for updates, on both databases."""
    return [figure for name in NAMES for figure in await _measured(name)]


async def _measured(name: str) -> list[Figure]:
    async with databases(name) as (url,):
        with engine_of(url) as engine:
            began = perf_counter()
            filling.traffic(engine, finished=scaled(FINISHED), waiting=scaled(WAITING))
            print(f"  {name}: filled in {perf_counter() - began:.0f} s", flush=True)
        store = open_store(url)
        try:
            turns = range(TIMES + WARM)
            claims = [await _claim(store, courtesy=not turn % ONE_IN) for turn in turns][WARM:]
            looks = [await _look(store) for _ in range(TIMES + WARM)][WARM:]
        finally:
            await store.close()
    bare, committed = zip(*claims, strict=True)
    return [
        *_told(f"claim_{{}}_ms_{name}", bare),
        *_told(f"claim_commit_{{}}_ms_{name}", committed),
        *_told(f"ready_{{}}_ms_{name}", looks),
    ]


async def _claim(units: Units, *, courtesy: bool) -> tuple[float, float]:
    """Seconds from beginning a transaction to the rows, and to the end of its commit.

    As the courier does it: count who waits, claim, look for the oldest now and then.
    """
    began = perf_counter()
    async with units.begin() as work:
        await work.outbox.waiting(now=NOW, busy=(), most=MANY)
        waited = NOW - LONG if courtesy else None
        rows = await work.outbox.claim(now=NOW, limit=CLAIMED, busy=(), waited=waited)
        bare = perf_counter() - began
    whole = perf_counter() - began
    assert len(rows) == CLAIMED, "nothing left to claim"
    async with units.begin() as work:
        await work.outbox.settle(*(Settled(row.id, State.SENT) for row in rows), now=NOW)
    await asyncio.sleep(0)
    return bare, whole


async def _look(units: Units) -> float:
    """Seconds from beginning a transaction to the updates; some of them are then done."""
    began = perf_counter()
    async with units.begin() as work:
        rows = await work.inbox.ready(now=NOW, limit=READY, busy=())
        bare = perf_counter() - began
        for row in rows[:CLAIMED]:
            await work.inbox.done(row)
    assert len(rows) == READY, "nothing left to look for"
    return bare


def _told(name: str, taken: Sequence[float]) -> list[Figure]:
    worst = quantiles(taken, n=100)[98] * 1000
    return [
        Figure(name.format("p50"), median(taken) * 1000, "ms"),
        beside(name.format("p99"), worst, "ms", "mark", MARK_MS),
    ]
