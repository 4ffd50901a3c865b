"""What an export of all calls costs: processor time a row, and memory that must not grow."""

from __future__ import annotations

import asyncio
import json
import resource
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from bench.figures import Figure
from bench.stage import Stage

SIZES = {"10k": 10_000, "100k": 100_000}
FORMS = ("xlsx", "csv")


async def measure(stage: Stage) -> list[Figure]:
    """Each size and form in a process of its own; the smaller size is the baseline."""
    figures = []
    with TemporaryDirectory(prefix="huying-bench-") as folder:
        for name, many in SIZES.items():
            file = Path(folder) / f"{name}.db"
            await _in_a_process("fill", str(file), str(many))
            for form in FORMS:
                told = json.loads(await _in_a_process("export", str(file), form))
                rows, seconds = told["rows"], told["seconds"]
                figures += [
                    Figure(f"export {name} {form}: processor time", seconds, "s"),
                    Figure(f"export {name} {form}: a row", seconds / rows * 1e6, "µs"),
                    Figure(f"export {name} {form}: peak memory", told["peak"], "MiB"),
                    Figure(f"export {name} {form}: longest hold of the loop", told["held"], "ms"),
                    Figure(f"export {name} {form}: file", told["size"], "MiB"),
                ]
    return figures


async def _in_a_process(*words: str) -> str:
    command = (sys.executable, "-m", "bench.exporting", *words)
    child = await asyncio.create_subprocess_exec(*command, stdout=asyncio.subprocess.PIPE)
    told, _ = await child.communicate()
    if child.returncode:
        raise RuntimeError(f"bench.exporting {words[0]} ended with {child.returncode}")
    return told.decode()


async def fill(file: str, many: int) -> None:
    """So many closed calls, as they are after half a year."""
    from bench import history
    from bench.databases import engine_of
    from storage.engine import open_store
    from tests.core.playing import liwan

    store = open_store(f"sqlite:///{file}")
    await store.upgrade()
    await store.close()
    with engine_of(f"sqlite:///{file}") as engine:
        history.calls(engine, [*liwan().tree.by_code], closed=many, still_open=0)


async def export(file: str, form: str) -> None:
    """As the service does it, beside a loop that must not be held."""
    from bot.lean import import_aiogram

    import_aiogram()
    from bot.exporting import pages
    from bot.screens.export_rows import TITLES, Drawing
    from bot.spreadsheets import Form, writer
    from core.exporting import What, Wish
    from storage.engine import open_store
    from tests.core.playing import liwan

    store, drawing, rows = open_store(f"sqlite:///{file}"), Drawing(liwan(), True), 0
    wish, target = Wish(What.CALLS, form, "bench"), Path(f"{file}.{form}")
    async with asyncio.TaskGroup() as beside:
        held = beside.create_task(_longest_hold())
        started, header = process_time(), drawing.header(wish.what)
        made = await asyncio.to_thread(writer, target, Form(form), TITLES[wish.what], header)
        async for page in pages(store.read, wish, drawing):
            await asyncio.to_thread(lambda rows=page: [made.row(row) for row in rows])
            rows += len(page)
        await asyncio.to_thread(made.close)
        await asyncio.sleep(0.01)
        held.cancel()
    seconds = process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    size = (await asyncio.to_thread(target.stat)).st_size / 2**20
    longest = HOLDS[0] * 1000
    told = {"rows": rows, "seconds": seconds, "peak": peak, "size": size, "held": longest}
    sys.stdout.write(json.dumps(told))
    await store.close()


HOLDS = [0.0]


async def _longest_hold() -> None:
    loop = asyncio.get_running_loop()
    while True:
        before = loop.time()
        await asyncio.sleep(0.005)
        HOLDS[0] = max(HOLDS[0], loop.time() - before - 0.005)


if __name__ == "__main__":
    _, doing, database, more = sys.argv
    asyncio.run(fill(database, int(more)) if doing == "fill" else export(database, more))
