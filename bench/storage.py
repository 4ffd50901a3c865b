"""What the store costs on SQLite: guided steps a second, and a claim among 50,000 rows."""

from __future__ import annotations

import asyncio
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter

from core.conversation import Conversation
from core.incoming import InboxRow, RawUpdate
from core.outgoing import Kind, Outgoing, Settled, State
from core.ports import Units, Work
from storage.engine import open_store

NOW = datetime(2026, 6, 15, 4, 0, tzinfo=UTC)
STEPS, BATCH, WAITING, CLAIMS = 640, 16, 50_000, 200
DRAFT = {"words": "楼下的路灯不亮，晚上很黑，老人不敢出门", "item": "10", "place": "440103006114"}


async def step(work: Work, row: InboxRow) -> None:
    """What one update of a flow asks of the store."""
    seen = await work.conversations.get(row.lane)
    token = seen.token + 1 if seen else 1
    await work.conversations.save(
        Conversation(row.lane, "raise", "item", f"d{row.lane}", token, NOW, DRAFT, ("matter",))
    )
    params = {"chat_id": row.lane, "text": "这件事属于哪一类？"}
    payload = {"method": "sendMessage", "params": params}
    await work.outbox.put(Outgoing(row.lane, Kind.SAY, payload), now=NOW)
    await work.inbox.done(row)


async def steps(units: Units, batch: int, first: int) -> list[float]:
    """Seconds a step, each transaction holding ``batch`` of them."""
    updates = [RawUpdate(1, first + n, n % 64, "message", "{}") for n in range(STEPS)]
    async with units.begin() as work:
        await work.inbox.insert(updates, now=NOW)
    taken = []
    for _ in range(STEPS // batch):
        start = perf_counter()
        async with units.begin() as work:
            for row in await work.inbox.ready(now=NOW, limit=batch, busy=()):
                async with work.savepoint():
                    await step(work, row)
        taken.append((perf_counter() - start) / batch)
    return taken


async def claims(units: Units, lanes: int, *, paused: bool = False) -> list[float]:
    """Seconds a claim of ten, and its settling, with 50,000 rows waiting in so many lanes."""
    rows = [Outgoing(10_000 + n % lanes, Kind.SAY) for n in range(WAITING)]
    async with units.begin() as work:
        await work.outbox.put(*rows, now=NOW)
    if paused:
        await _pause_all(units, lanes)
    taken = []
    for _ in range(CLAIMS):
        start = perf_counter()
        async with units.begin() as work:
            claimed = await work.outbox.claim(now=NOW, limit=10, busy=())
        async with units.begin() as work:
            await work.outbox.settle(*(Settled(r.id, State.SENT) for r in claimed), now=NOW)
        taken.append(perf_counter() - start)
    return taken


async def _pause_all(units: Units, lanes: int) -> None:
    later = NOW + timedelta(hours=1)
    async with units.begin() as work:
        rows = await work.outbox.claim(now=NOW, limit=lanes, busy=())
        held = [Settled(row.id, State.READY, lane_pause=later) for row in rows]
        await work.outbox.settle(*held, now=NOW)


def told(name: str, taken: list[float], *, each: bool = False) -> str:
    """One line: the median, the 99th percentile, and how many a second that is."""
    middle, worst = median(taken), quantiles(taken, n=100)[98]
    rate = f"{1 / middle:10,.0f}/s" if each else ""
    return f"{name:<44}{middle * 1000:9.2f} ms{worst * 1000:9.2f} ms{rate}"


async def measured(measure: Callable[[Units], Awaitable[list[float]]], url: str) -> list[float]:
    """On a store of its own: the one of the command line, or a new SQLite file."""
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(url or str(Path(folder) / "huying.db"))
        await store.upgrade()
        try:
            return await measure(store)
        finally:
            await store.close()


async def main(url: str = "") -> None:
    """Print them all."""
    print(f"{'':<44}{'median':>12}{'p99':>12}")
    for first, batch in enumerate((1, BATCH)):
        taken = await measured(lambda units, b=batch, f=first: steps(units, b, f * STEPS), url)
        print(told(f"guided step, {batch} a transaction", taken, each=True))
    for lanes in (1, 300, 20_000):
        taken = await measured(lambda units, n=lanes: claims(units, n), url)
        print(told(f"claim and settle, {WAITING:,} rows in {lanes:,} lanes", taken))
    taken = await measured(lambda units: claims(units, 300, paused=True), url)
    print(told(f"claim, {WAITING:,} rows in 300 paused lanes", taken))


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:2]))
