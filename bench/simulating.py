"""How long a year of a district takes to be lived through: 300,000 calls on the real core."""

from __future__ import annotations

import asyncio
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from time import perf_counter

from bench.databases import SCALE
from bench.figures import Figure, beside
from bench.stage import Stage
from bot.office.living import lived, processors
from simulation.behaviour import read
from simulation.running import Scenario
from storage.sheets import read_district
from tests.core.playing import MONDAY

DAYS, CALLS, AT_LEAST = 365, 300_000, 60
MARK_S = 600


async def measure(stage: Stage) -> list[Figure]:
    """A whole year, or the share of its days that ``HUYING_BENCH_SCALE`` asks for.

    Sixty days at least: most calls of a week outlive it, and what they cost then is not seen.
    """
    days = max(AT_LEAST, round(DAYS * SCALE))
    district = read_district(Path("examples/liwan"))
    began, before = perf_counter(), _processor_s()
    scenario = Scenario(MONDAY.date(), days, CALLS)
    with stage.on_all_cores():
        parts = processors()
        found = await asyncio.to_thread(lived, district, read(), scenario, parts=parts)
    wall, cpu = perf_counter() - began, _processor_s() - before
    told = "" if days == DAYS else f"year from {days} days"
    return [
        beside("simulated_year_s", wall * DAYS / days, "s", told or "mark", MARK_S),
        Figure("simulated_year_cpu_s", cpu * DAYS / days, "s", told),
        Figure("simulated_parts", parts, "processes"),
        Figure("simulated_call_cpu_ms", cpu / found.calls * 1000, "ms"),
    ]


def _processor_s() -> float:
    """Processor time of this process and of those that it waited for."""
    used = (getrusage(whose) for whose in (RUSAGE_SELF, RUSAGE_CHILDREN))
    return sum(one.ru_utime + one.ru_stime for one in used)
