"""What figures of a day, a week, a month and a year cost: 300,000 calls a year in SQLite."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from bench.figures import Figure, beside
from bench.stage import Stage
from core.stats import AT_ONCE

YEAR = 300_000
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
SPANS = {"day": 1, "week": 7, "month": 30, "year": 365}
# Of history's calls: spread over the year, two of five rated, some late, some red once.
AS_LIVED = (
    "UPDATE calls SET raised_at = 1767196800000000 + id * 31536000000000 / {calls}, "
    "item = id % 40",
    "UPDATE calls SET community = (SELECT agency FROM legs WHERE call_id = calls.id)",
    "UPDATE legs SET outcome = CASE id % 5 WHEN 0 THEN 'solved' WHEN 1 THEN 'partly' "
    "ELSE 'unrated' END, contact_due = dispatched_at + 10, contacted_at = dispatched_at "
    "+ CASE WHEN id % 12 THEN 0 ELSE 20 END, "
    "rare = CASE WHEN id % 30 THEN NULL ELSE '{{\"red\":true}}' END",
    'INSERT INTO ratings (leg_id, round, "by", verdict, stars, words, rated_at) '
    "SELECT id, rework + 1, 1, outcome, 1 + id % 5, '', dispatched_at FROM legs WHERE id % 5 < 2",
)


async def measure(stage: Stage) -> list[Figure]:
    """Processor time of one answer, medians of five; the longest hold of the loop in the year."""
    scale = float(os.environ.get("HUYING_BENCH_SCALE", "1"))
    with TemporaryDirectory(prefix="huying-bench-") as folder:
        file = str(Path(folder) / "year.db")
        await _in_a_process("fill", file, str(int(YEAR * scale)))
        told = json.loads(await _in_a_process("count", file, ""))
    names = [*SPANS]
    figures = [Figure(f"stats_{name}_ms", told[name], "ms") for name in names[:2]]
    figures += [
        beside(f"stats_{name}_ms", told[name], "ms", f"{SPANS[name]} days alone", one)
        for name in names[2:]
        for one in (told["day"] * SPANS[name],)
    ]
    return [
        *figures,
        Figure("stats_breath_ms", told["year"] / -(-SPANS["year"] // AT_ONCE), "ms"),
        Figure("stats_year_hold_ms", told["held"], "ms"),
        Figure("stats_chart_first_ms", told["first"], "ms"),
        beside("stats_chart_ms", told["chart"], "ms", "the first one", told["first"]),
    ]


async def _in_a_process(*words: str) -> str:
    command = (sys.executable, "-m", "bench.stats", *words)
    child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    told, _ = await child.communicate()
    if child.returncode:
        raise RuntimeError(f"bench.stats {words[0]} ended with {child.returncode}")
    return told.decode()


async def fill(file: str, many: int) -> None:
    """A year of a district."""
    from bench import history
    from bench.databases import engine_of
    from storage.engine import open_store
    from tests.core.playing import liwan

    store = open_store(f"sqlite:///{file}")
    await store.upgrade()
    await store.close()
    with engine_of(f"sqlite:///{file}") as engine:
        history.calls(engine, [*liwan().tree.by_code], closed=many, still_open=0)
        with engine.begin() as connection:
            for statement in AS_LIVED:
                connection.exec_driver_sql(statement.format(calls=many))


async def count(file: str) -> None:
    """As the service does it, beside a loop that must not be held."""
    from bot.lean import import_aiogram

    import_aiogram()
    from bench.exporting import HOLDS, _longest_hold
    from core.periods import Period, Stretch
    from core.stats import Report, report, tallied
    from storage.engine import open_store
    from tests.core.playing import MONDAY, liwan

    store, district = open_store(f"sqlite:///{file}"), liwan()

    async def answered(days: int) -> tuple[float, Report]:
        first = FIRST if days > 30 else FIRST + timedelta(days=100)
        period = Period(Stretch.DATES, first, first + timedelta(days=days - 1))
        started = process_time()
        found = await tallied(store, district, period, now=MONDAY + timedelta(days=400))
        told = report(found, district, district.tree.district.code)
        return (process_time() - started) * 1000, told

    found: dict[str, float] = {}
    async with asyncio.TaskGroup() as beside_it:
        held = beside_it.create_task(_longest_hold())
        for name, days in SPANS.items():
            times = sorted([(await answered(days))[0] for _ in range(5)])
            found[name] = times[2]
        await asyncio.sleep(0.01)
        held.cancel()
    found["held"] = HOLDS[0] * 1000
    told = (await answered(365))[1]
    await store.close()
    found["first"], found["chart"] = await asyncio.to_thread(_drawn, told)
    sys.stdout.write(json.dumps(found))


def _drawn(told: object) -> tuple[float, float]:
    """The first picture, which imports what draws, and the second one."""
    from bot.charts.figures import chart
    from bot.screens.easel import Easel
    from bot.screens.taps import Taps
    from tests.core.playing import liwan

    easel, times = Easel(Taps(b"k" * 32), "bench", liwan()), []
    for _ in range(2):
        started = process_time()
        chart(told, easel)  # type: ignore[arg-type]
        times.append((process_time() - started) * 1000)
    return times[0], times[1]


if __name__ == "__main__":
    _, doing, database, more = sys.argv
    asyncio.run(fill(database, int(more)) if doing == "fill" else count(database))
