"""What a guided step costs once a million calls are closed, beside an empty database."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from statistics import median
from time import perf_counter

from bench import filling, history
from bench.databases import NAMES, databases, engine_of, scaled
from bench.figures import Figure, beside
from bench.guest import STEPS, Guest
from bench.stage import Stage
from bot.collecting import as_in_service
from core.nearby import LONG_AGO
from core.people import Actor, Resident
from storage.engine import Store, open_store
from tests.core.playing import MONDAY, liwan
from tests.core.playing import Stage as Town

CLOSED, OPEN = 1_000_000, 100_000
CALLS, WARM = 60, 6
FULL, EMPTY = 0, 1
Taken = Sequence[tuple[float, float]]


async def measure(_stage: Stage) -> list[Figure]:
    """Wall and processor time of a step, full over empty, on both databases."""
    figures = []
    for name in NAMES:
        figures += await _measured(name)
        print(f"  {figures[-4].name}: {figures[-4].figure:.3f}", flush=True)
    return figures


async def _measured(name: str) -> list[Figure]:
    async with databases(name, name) as urls:
        await _furnish(urls)
        began = perf_counter()
        with engine_of(urls[FULL]) as engine:
            filling.traffic(engine, finished=scaled(CLOSED), waiting=0)
            codes = [*liwan().tree.by_code]
            history.calls(engine, codes, closed=scaled(CLOSED), still_open=scaled(OPEN))
        print(f"  {name}: filled in {perf_counter() - began:.0f} s", flush=True)
        stores = [open_store(url) for url in urls]
        try:
            with as_in_service():
                taken = await _in_turn(stores)
        finally:
            for store in stores:
                await store.close()
    return _told(name, *taken)


async def _furnish(urls: Sequence[str]) -> None:
    for url in urls:
        store = open_store(url)
        await Town(store).set_up()
        await store.close()


async def _in_turn(stores: Sequence[Store]) -> list[list[Taken]]:
    """What the steps of each call took, on each store: one call there, one call here."""
    taken: list[list[Taken]] = [[] for _ in stores]
    guests = [Guest(Actor(0, ""), MONDAY, store) for store in stores]
    for n in range(CALLS + WARM):
        sides = (FULL, EMPTY) if n % 2 else (EMPTY, FULL)
        for side in sides:
            taken[side].append(await _call(guests[side], n))
    return [calls[WARM:] for calls in taken]


async def _call(guest: Guest, n: int) -> Taken:
    """So long after the one before that nobody is asked whether it is the same matter."""
    account, now = history.SETTLED + n, MONDAY + n * (LONG_AGO + timedelta(days=1))
    guest.becomes(Actor(account, "林阿姨"), now)
    async with guest.units.begin() as work:
        await work.people.save_resident(Resident(account, "林阿姨", consented_at=now))
    await guest.raises()
    assert len(guest.taken) == STEPS
    return guest.taken


def _told(name: str, full: Sequence[Taken], empty: Sequence[Taken]) -> list[Figure]:
    figures = []
    for at, kind in enumerate(("", "_cpu")):
        much, little = _step_ms(full, at), _step_ms(empty, at)
        figures += [
            Figure(f"growth{kind}_empty_ms_{name}", little, "ms"),
            Figure(f"growth{kind}_full_ms_{name}", much, "ms"),
            beside(f"growth{kind}_{name}", much / little, "full/empty", "mark", 1.1),
        ]
    return figures


def _step_ms(calls: Sequence[Taken], at: int) -> float:
    """The mean over the steps of a call, of each the median over all calls."""
    each = [median(call[step][at] for call in calls) for step in range(STEPS)]
    return sum(each) / STEPS * 1000
