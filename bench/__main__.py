"""``python -m bench``: the quick ones; ``… NAME …``: only these; ``… all``: everything."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Awaitable, Callable

from bench import (
    claiming,
    courier,
    exporting,
    flood,
    growth,
    guided,
    guided_postgresql,
    latency,
    load,
    morning,
    real_input,
    simulating,
    starting,
    stats,
    suggesting,
    sweep,
)
from bench.figures import Figure, keep, show
from bench.stage import Stage

Measure = Callable[[Stage], Awaitable[list[Figure]]]
QUICK: dict[str, Measure] = {
    "guided": guided.measure,
    "latency": latency.measure,
    "start": starting.measure,
    "real_input": real_input.measure,
    "suggesting": suggesting.measure,
}
LONG: dict[str, Measure] = {
    "guided_postgresql": guided_postgresql.measure,
    "claim": claiming.measure,
    "growth": growth.measure,
    "sweep": sweep.measure,
    "courier": courier.measure,
    "morning": morning.measure,
    "load": load.measure,
    "export": exporting.measure,
    "flood": flood.measure,
    "stats": stats.measure,
    "simulate": simulating.measure,
}
MEASURES = QUICK | LONG


async def measured(names: list[str]) -> list[Figure]:
    """The figures of these measures, one after another."""
    figures = []
    async with Stage.built() as stage:
        for name in names:
            print(f"measuring {name} …", flush=True)
            found = await MEASURES[name](stage)
            keep(found)  # at once: the next one may be stopped
            figures += found
    return figures


def main(names: list[str]) -> None:
    """The command line."""
    names = [*MEASURES] if names == ["all"] else names
    if unknown := [name for name in names if name not in MEASURES]:
        raise SystemExit(f"there is no {unknown[0]}; there are {', '.join(MEASURES)}")
    figures = asyncio.run(measured(names or [*QUICK]))
    show(figures)


if __name__ == "__main__":
    main(sys.argv[1:])
