"""Nine on a Monday: every group has its board, and much is late, under Telegram's limits."""

from __future__ import annotations

import asyncio
import tempfile
from datetime import datetime
from pathlib import Path

from bench.courier import PACED, PATIENCE
from bench.figures import Figure, beside
from bench.latency import at
from bench.stage import Stage
from core.agency import AgencyKind
from core.call import Medium, NewCall, Piece
from core.desk import Desk
from core.district import District
from core.people import Actor, Binding
from storage.engine import open_store
from storage.sheets import read_district
from tests.journeys import everybody
from tests.journeys.everybody import GROUPS, RESIDENTS
from tests.journeys.running import Service, tireless
from tests.people import Json

FRIDAY = datetime.fromisoformat("2026-06-12T10:00:00+08:00")
MONDAY = "2026-06-15T09:00:00+08:00"
CALLS, LAMP, BOARD = 3, "10", "📋"
MARK_S, MANY = 120, 300


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
    with tempfile.TemporaryDirectory(prefix="huying-bench-") as folder:
        sheets = _widened(Path(folder))
        district, database = read_district(sheets), Path(folder) / "huying.db"
        seed = everybody.seed(district, residents=1)
        await stage.sandbox.reset(seed)
        await stage.sandbox.clock_to(FRIDAY.isoformat())
        groups = await _friday(district, database)
        async with Service.started(
            stage.sandbox,
            database=database,
            seed=seed,
            cores=stage.bot_cores,
            telegram=PACED,
            district={"folder": str(sheets)},
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


def _widened(folder: Path) -> Path:
    """The example district with so many more communities that it has 300 groups with work."""
    sheets = tireless(folder)
    district = read_district(sheets)
    streets = district.tree.of_kind(AgencyKind.STREET)
    more = MANY - 1 - len(streets) - len(district.tree.of_kind(AgencyKind.COMMUNITY))
    with (sheets / "agencies.csv").open("a", encoding="utf-8") as agencies:
        for n in range(more):
            agencies.write(f"XJ{n:03},新建{n + 1}社区,社区,{streets[n % len(streets)].code}\n")
    return sheets


async def _friday(district: District, database: Path) -> int:
    """Every community is called on Friday; how many groups have work by then."""
    store = open_store(str(database))
    await store.upgrade()
    async with store.begin() as work:
        for n, agency in enumerate(district.tree.by_code.values()):
            await work.groups.save(Binding(agency.code, GROUPS - n, agency.code, 1, FRIDAY))
    communities = district.tree.of_kind(AgencyKind.COMMUNITY)
    for n, community in enumerate(communities):
        async with store.begin() as work:
            for call in range(1 + n % CALLS):
                new = NewCall(f"{n}-{call}", LAMP, community.code, _WORDS)
                await Desk(work, district).raise_call(new, by=_CALLER, now=FRIDAY)
    await store.close()
    return len(communities) + len({community.parent for community in communities}) + 1


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
