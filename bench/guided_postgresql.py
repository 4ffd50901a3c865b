"""Guided steps on PostgreSQL, by one process and by two that share the database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager

from bench.databases import databases
from bench.figures import Figure, beside
from bench.guided import rounds_of
from bench.stage import Stage, Together
from tests.journeys.running import Service

MARK = 500


async def measure(stage: Stage) -> list[Figure]:
    """Throughput and processor time of a guided step, the server's own not counted."""
    figures = []
    for many in (1, 2):
        async with _processes(stage, many) as bots:
            pace = await rounds_of(stage, bots)
        figures += [
            beside(
                f"guided_steps_per_second_postgresql_{many}",
                pace.per_second,
                "steps/s",
                "mark",
                MARK,
            ),
            Figure(f"guided_cpu_ms_postgresql_{many}", pace.cpu_ms, "ms"),
            Figure(f"guided_core_busy_postgresql_{many}", pace.busy * 100, "%"),
        ]
    return figures


@asynccontextmanager
async def _processes(stage: Stage, many: int) -> AsyncIterator[Together]:
    """One on the first processor like a bot on SQLite; several wherever there is room."""
    cores = stage.bot_cores if many == 1 else stage.all_cores
    await stage.sandbox.reset()
    async with databases("postgresql") as (url,), AsyncExitStack() as running:
        started = [
            await running.enter_async_context(
                Service.started(stage.sandbox, database=url, seed=stage.seed, cores=cores)
            )
            for _ in range(many)
        ]
        yield Together(tuple(started))
