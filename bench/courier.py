"""A backlog under Telegram's limits: the share of the allowed rate used, and what a 429 costs."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

from bench.figures import Figure, beside
from bench.latency import at
from bench.stage import Stage
from core.outgoing import Kind, Outgoing
from storage.engine import open_store
from tests.journeys import everybody
from tests.journeys.crowd import Crowd, Json, words_of
from tests.journeys.everybody import GROUPS, RESIDENTS
from tests.journeys.running import Service

ROWS, GROUPS_MANY, PEOPLE = 1870, 200, 500
ALLOWED = 30
PACED: Json = {
    "messages_per_second": ALLOWED,
    "chat_per_second": 1.0,
    "chat_burst": 3,
    "group_per_minute": 20,
    "updates_per_minute": 0,
}
WORDS = "您的呼叫已签收，今天内联系您。"
PATIENCE = 300.0
FLOODED, RETRY_AFTER, OTHERS = GROUPS, 10, 150
MARK, DELAY_S = 0.99, 1.0


async def measure(stage: Stage) -> list[Figure]:
    """Utilisation and 429s of a great backlog; how much later others are for one group's 429."""
    backlog = [*_to_groups(ROWS - PEOPLE), *(RESIDENTS + n for n in range(PEOPLE))]
    rows = await _delivered(stage, backlog)
    sent = sorted(at(row) for row in rows if row["status"] == 200)
    share = len(sent) / (sent[-1] - sent[0]) / ALLOWED
    return [
        beside("courier_utilisation", min(share, 1.0), "of 30/s", "mark", MARK),
        Figure("courier_drain_s", sent[-1] - sent[0], "s"),
        Figure("courier_429", sum(row["status"] == 429 for row in rows), "answers"),
        beside("other_chat_delay_s", await _delay(stage), "s", "mark", DELAY_S),
    ]


def _to_groups(many: int) -> list[int]:
    return [GROUPS - n % GROUPS_MANY for n in range(many)]


async def _delay(stage: Stage) -> float:
    """The most that the n-th message to somebody else came later for the 429."""
    backlog = [FLOODED, *(RESIDENTS + n for n in range(OTHERS)), FLOODED]
    usual, flooded = [
        await _delivered(stage, backlog, retry_after=pause) for pause in (0, RETRY_AFTER)
    ]
    pairs = zip(_others(usual), _others(flooded), strict=True)
    return max(0.0, *(late - soon for soon, late in pairs))


def _others(rows: Sequence[Json]) -> list[float]:
    """When messages reached the others, counted from the first request."""
    began = min(at(row) for row in rows)
    elsewhere = [row for row in rows if int(row["params"]["chat_id"]) != FLOODED]
    return sorted(at(row) - began for row in elsewhere if row["status"] == 200)


async def _delivered(stage: Stage, backlog: Sequence[int], *, retry_after: int = 0) -> list[Json]:
    """The requests of a service that found this backlog when it was started, all delivered."""
    seed = everybody.seed(stage.district, residents=PEOPLE)
    await stage.sandbox.reset(seed)
    await stage.sandbox.limits(enforced=True)
    if retry_after:
        await stage.sandbox.fault("429", chat=FLOODED, count=1, retry_after=retry_after)
    before = (await stage.sandbox.get("/ledger", after=1 << 60))["last"]
    async with (
        _owing(backlog) as database,
        _counting(stage, len(backlog)) as everything,
        Service.started(
            stage.sandbox, database=database, seed=seed, cores=stage.bot_cores, telegram=PACED
        ),
    ):
        await asyncio.wait_for(everything.wait(), PATIENCE)
    rows = await stage.sandbox.ledger("sendMessage", after=before)
    await stage.sandbox.no_faults()
    await stage.sandbox.limits(enforced=False)
    await stage.sandbox.reset(stage.seed)
    # What the service says by itself as it starts, of a year without holidays, is not counted.
    return [row for row in rows if row["params"].get("text") == WORDS]


@asynccontextmanager
async def _owing(backlog: Sequence[int]) -> AsyncIterator[Path]:
    """A database in which these chats are each owed a message, in this order."""
    with tempfile.TemporaryDirectory(prefix="huying-bench-") as folder:
        database = Path(folder) / "huying.db"
        store = open_store(str(database))
        await store.upgrade()
        async with store.begin() as work:
            await work.outbox.put(*map(_words, backlog), now=datetime.now(UTC))  # noqa: TID251 - a real service sends it
        await store.close()
        yield database


def _words(chat: int) -> Outgoing:
    payload = {"method": "sendMessage", "params": {"chat_id": chat, "text": WORDS}}
    return Outgoing(chat, Kind.SAY, payload)


@asynccontextmanager
async def _counting(stage: Stage, many: int) -> AsyncIterator[asyncio.Event]:
    """Set once so many messages were shown."""
    shown, everything = 0, asyncio.Event()

    def seen(message: Json) -> None:
        nonlocal shown
        shown += words_of(message) == WORDS
        if shown >= many:
            everything.set()

    async with Crowd.gathered(stage.sandbox.url) as crowd:
        crowd.listeners.append(seen)
        yield everything
