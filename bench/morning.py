"""Nine on a Monday: every group has its board, and much is late, under Telegram's limits."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path

from bench.courier import PACED, PATIENCE
from bench.figures import Figure, beside
from bench.latency import at
from bench.stage import Stage
from core.agency import AgencyKind
from core.call import Medium, NewCall, Piece
from core.desk import Desk
from core.people import Actor, Binding
from storage.engine import open_store
from tests.journeys import everybody
from tests.journeys.everybody import GROUPS, RESIDENTS
from tests.journeys.running import Service
from tests.people import Json

FRIDAY = datetime.fromisoformat("2026-06-12T10:00:00+08:00")
MONDAY = "2026-06-15T09:00:00+08:00"
CALLS, LAMP, BOARD = 3, "10", "📋"
MARK_S = 120


async def measure(stage: Stage) -> list[Figure]:
    """From nine o'clock until the last group has its board, reminders among them."""
    rows = await _morning(stage)
    sent = [row for row in rows if row["status"] == 200]
    began = min(at(row) for row in sent)
    boards = [at(row) - began for row in sent if BOARD in str(row["params"].get("text"))]
    return [
        beside("morning_last_board_s", max(boards), "s", "mark", MARK_S),
        Figure("morning_boards", len(boards), "groups"),
        Figure("morning_messages", len(sent), "messages"),
        Figure("morning_429", sum(row["status"] == 429 for row in rows), "answers"),
    ]


async def _morning(stage: Stage) -> list[Json]:
    """What a service said whose clock was moved from Friday to Monday morning."""
    seed = everybody.seed(stage.district, residents=1)
    await stage.sandbox.reset(seed)
    await stage.sandbox.clock_to(FRIDAY.isoformat())
    async with (
        _friday(stage) as (database, groups),
        Service.started(
            stage.sandbox, database=database, seed=seed, cores=stage.bot_cores, telegram=PACED
        ),
    ):
        await _quiet(stage)
        await stage.sandbox.limits(enforced=True)
        before = (await stage.sandbox.get("/ledger", after=1 << 60))["last"]
        await stage.sandbox.clock_to(MONDAY)
        await asyncio.wait_for(_boards(stage, before, groups), PATIENCE)
        await _quiet(stage)
        rows: list[Json] = await stage.sandbox.ledger(after=before)
    await stage.sandbox.limits(enforced=False)
    await stage.sandbox.reset(stage.seed)
    return rows


@asynccontextmanager
async def _friday(stage: Stage) -> AsyncIterator[tuple[Path, int]]:
    """A database in which every community was called on Friday, and how many groups that is."""
    with tempfile.TemporaryDirectory(prefix="huying-bench-") as folder:
        database = Path(folder) / "huying.db"
        store = open_store(str(database))
        await store.upgrade()
        agencies = tuple(stage.district.tree.by_code.values())
        async with store.begin() as work:
            for n, agency in enumerate(agencies):
                await work.groups.save(Binding(agency.code, GROUPS - n, agency.code, 1, FRIDAY))
        communities = stage.district.tree.of_kind(AgencyKind.COMMUNITY)
        for n, community in enumerate(communities):
            async with store.begin() as work:
                for call in range(1 + n % CALLS):
                    new = NewCall(f"{n}-{call}", LAMP, community.code, _WORDS)
                    await Desk(work, stage.district).raise_call(new, by=_CALLER, now=FRIDAY)
        await store.close()
        streets = {community.parent for community in communities}
        yield database, len(communities) + len(streets) + 1


_WORDS = (Piece(Medium.WORDS, "楼下的路灯不亮"),)
_CALLER = Actor(RESIDENTS, "居民")


async def _boards(stage: Stage, before: int, groups: int) -> None:
    while True:
        rows = await stage.sandbox.ledger("sendMessage", after=before)
        shown = [row for row in rows if row["status"] == 200]
        if sum(BOARD in str(row["params"].get("text")) for row in shown) >= groups:
            return
        await asyncio.sleep(1)


async def _quiet(stage: Stage) -> None:
    """Until nothing has been said for three seconds."""
    last = -1
    while (now := (await stage.sandbox.get("/ledger", after=1 << 60))["last"]) != last:
        last = now
        await asyncio.sleep(3)
