"""What ticks cost when a thousand legs are due among ten thousand, and among a million.

Below a tenth of the rows fewer are due, all that are open in the smallest of the three: such
figures show that the measurement runs, nothing else.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import median
from time import perf_counter, process_time
from typing import Any

from sqlalchemy import bindparam, update

from bench import history
from bench.databases import NAMES, databases, engine_of, scaled
from bench.figures import Figure, beside
from bench.filling import THEN
from bench.stage import Stage
from bot.collecting import as_in_service
from core.deadlines import at_share
from core.district import District
from core.limits import Span, Unit
from core.people import Binding, Officer, Post
from core.ports import Units
from core.watch import BATCH, Watch
from storage.engine import Store, open_store
from storage.mapping import table
from storage.tables import LegRow
from tests.core.playing import liwan

OPEN = {"10k": 10_000, "100k": 100_000, "1m": 1_000_000}
DUE, ROUNDS, WARM = 1_000, 5, 1
CLOSED = 1_000
MARK_MS = 100
LIMIT = Span(10, Unit.WORKING_DAYS)
NEAR = at_share(liwan().calendar, LIMIT, THEN, 0.8)
NOW = NEAR + timedelta(minutes=1)
ADMINISTRATOR, OFFICERS = 3_000, 700_000


@dataclass
class Sweep:
    """One database, and what its thousands took: wall and processor seconds, and finding alone.

    ``longest`` is the longest tick of each thousand: as long a writer of SQLite waits for one.
    """

    url: str
    many: int
    due: int
    store: Store = field(init=False)
    thousands: list[tuple[float, float]] = field(default_factory=list)
    finds: list[float] = field(default_factory=list)
    longest: list[float] = field(default_factory=list)

    async def fill(self, district: District) -> None:
        """So many open legs of agencies with groups and officers, none of them due."""
        codes = [*district.tree.by_code]
        store = open_store(self.url)
        async with store.begin() as work:
            for n, code in enumerate(codes):
                chat = history.CHAT - n
                await work.groups.save(Binding(code, chat, code, ADMINISTRATOR, THEN))
                officer = Officer(OFFICERS + n, code, "李敏", Post.LIAISON)
                await work.people.save_officer(officer)
        await store.close()
        with engine_of(self.url) as engine:
            history.calls(engine, codes, closed=CLOSED, still_open=self.many)
        self.store = open_store(self.url)

    def let_come_due(self, turn: int) -> None:
        """So many legs, evenly among all, come to 80 % of their limit; their callers heard."""
        legs = table(LegRow)
        every = self.many // self.due
        first = CLOSED + 1 + (turn - CLOSED - 1) % every
        these = range(first, first + every * self.due, every)
        with engine_of(self.url) as engine, engine.begin() as connection:
            connection.execute(
                update(legs).where(legs.c.id == bindparam("leg")),
                [{"leg": leg, **_come_due(n)} for n, leg in enumerate(these)],
            )

    async def pass_time(self) -> None:
        """Find them, and then tick until none is due."""
        async with self.store.begin() as work:
            await work.legs.due(THEN, 1)  # as a store in service, that has said it before
        began = perf_counter()
        async with self.store.begin() as work:
            found = await work.legs.due(NOW, self.due)
        self.finds.append(perf_counter() - began)
        assert len(found) == self.due
        began, cpu = perf_counter(), process_time()
        ticks, done = await _ticks(self.store)
        self.thousands.append((perf_counter() - began, process_time() - cpu))
        self.longest.append(max(ticks))
        assert done == self.due


async def _ticks(units: Units) -> tuple[list[float], int]:
    """How long each took until nothing is due, and how many legs they looked at."""
    watch, took, done, looked = Watch(units, liwan()), [], 0, BATCH
    gathering = watch.gathering(NOW)
    while looked == BATCH:
        began = perf_counter()
        looked = await watch.tick(NOW, gathering)
        took.append(perf_counter() - began)
        done += looked
    return took, done


def _come_due(n: int) -> dict[str, Any]:
    """The n-th leg was given out n seconds before the first: no two have one clock."""
    began = THEN - timedelta(seconds=n)
    return {
        "dispatched_at": began,
        "finish_due": liwan().calendar.add(began, LIMIT),
        "next_due": NEAR,
        "signed_at": began,
        "contacted_at": began,
        "rare": {"heard_at": NEAR.isoformat()},
    }


async def measure(_stage: Stage) -> list[Figure]:
    """Ticks among 10 k, 100 k and 1 M open legs in turns, on both databases."""
    figures = []
    for name in NAMES:
        figures += await _measured(name)
    return figures


async def _measured(name: str) -> list[Figure]:
    sizes = [scaled(n) for n in OPEN.values()]
    due = min(DUE, *sizes)
    async with databases(*[name] * len(OPEN)) as urls, AsyncExitStack() as kept:
        sweeps = [Sweep(url, many, due) for url, many in zip(urls, sizes, strict=True)]
        for sweep in sweeps:
            began = perf_counter()
            await sweep.fill(liwan())
            kept.push_async_callback(sweep.store.close)
            print(f"  {name}: {sweep.many:,} open in {perf_counter() - began:.0f} s", flush=True)
        with as_in_service():
            for turn in range(WARM + ROUNDS):
                await _in_turn(sweeps, turn)
    return _told(name, sweeps)


async def _in_turn(sweeps: Sequence[Sweep], turn: int) -> None:
    for sweep in sweeps if turn % 2 else reversed(sweeps):
        await sweep.store.close()
        sweep.let_come_due(turn)
        sweep.store = open_store(sweep.url)
        await sweep.pass_time()


def _told(name: str, sweeps: Sequence[Sweep]) -> list[Figure]:
    figures, wall = [], {}
    for size, sweep in zip(OPEN, sweeps, strict=True):
        walls, cpus = zip(*sweep.thousands[WARM:], strict=True)
        wall[size] = median(walls) * 1000
        finds, longest = median(sweep.finds[WARM:]) * 1000, median(sweep.longest[WARM:]) * 1000
        figures += [
            beside(f"sweep_{size}_ms_{name}", longest, "ms", "mark", MARK_MS),
            beside(f"sweep_all_{size}_ms_{name}", wall[size], "ms", "mark", MARK_MS),
            Figure(f"sweep_all_{size}_cpu_ms_{name}", median(cpus) * 1000, "ms"),
            beside(f"sweep_find_{size}_ms_{name}", finds, "ms", "mark", MARK_MS),
        ]
    growth = wall["1m"] / wall["10k"]
    figures.append(beside(f"sweep_growth_10k_to_1m_{name}", growth, "1 M/10 k", "mark", 1.1))
    if name == NAMES[0]:
        figures.append(beside("sweep_growth_10k_to_1m", growth, "1 M/10 k", "mark", 1.1))
    return figures
