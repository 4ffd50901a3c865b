"""How long a year of a district takes to be lived through: 300,000 calls on the real core."""

from __future__ import annotations

from pathlib import Path
from time import perf_counter, process_time

from bench.databases import SCALE
from bench.figures import Figure, beside
from bench.stage import Stage
from bot.collecting import as_in_service
from bot.office.simulate import lived
from simulation.behaviour import read
from simulation.running import Scenario
from storage.sheets import read_district
from tests.core.playing import MONDAY

DAYS, CALLS = 365, 300_000
MARK_S = 600


async def measure(_stage: Stage) -> list[Figure]:
    """A whole year, or the share of its days that ``HUYING_BENCH_SCALE`` asks for."""
    days = max(1, round(DAYS * SCALE))
    district = read_district(Path("examples/liwan"))
    began, cpu = perf_counter(), process_time()
    with as_in_service():
        found = await lived(district, read(), Scenario(MONDAY.date(), days, CALLS))
    wall, cpu = perf_counter() - began, process_time() - cpu
    each = Figure("simulated_call_cpu_ms", cpu / found.calls * 1000, "ms")
    if days == DAYS:
        return [beside("simulated_year_s", wall, "s", "mark", MARK_S), each]
    told = f"year from {days} days"
    return [
        beside("simulated_year_s", wall * DAYS / days, "s", told, MARK_S),
        Figure("simulated_year_cpu_s", cpu * DAYS / days, "s", told),
        each,
    ]
