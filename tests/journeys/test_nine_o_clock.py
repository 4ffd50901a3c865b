"""Nine o'clock in sixty groups at once, while Telegram says "too many requests"."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.agency import AgencyKind
from core.call import Medium, NewCall, Piece
from core.desk import Desk
from core.people import Actor
from storage.engine import open_store
from tests.core.playing import without
from tests.journeys.everybody import liwan, seed
from tests.journeys.running import Service, furnish, rehearsal_of
from tests.people import Json, Sandbox

GROUPS, ADDED, TOO_MANY = 60, 3, 429
EIGHT = datetime(2026, 6, 15, 0, 0, tzinfo=UTC)
NINE = "2026-06-15T01:00:01+00:00"
LIN = Actor(10_000, "林阿姨")
LAMP, CARD, BOARD = "10", "▶️", "今天到期"


@pytest.mark.storm  # a minute of its own
@pytest.mark.conformance
async def test_16_a_storm_of_429_at_nine_loses_nothing_and_keeps_order(tmp_path: Path) -> None:
    world = sixty_groups()
    await with_a_call_each(world, f"sqlite:///{tmp_path / 'huying.db'}")
    async with (
        Sandbox.started(world) as sandbox,
        stormy(sandbox),
        Service.started(sandbox, database=tmp_path / "huying.db", seed=world),
    ):
        await sandbox.clock_to(NINE)
        shown = await everything(sandbox, world)
        storm = [row for row in await sandbox.ledger() if row["status"] == TOO_MANY]

    assert len(storm) > GROUPS
    assert {group: told for group, told in shown.items() if told != EXPECTED} == {}


EXPECTED = ["card", *[f"第{n}句" for n in range(ADDED)], "board"]


def sixty_groups() -> Json:
    """Sixty communities with a group and officers each."""
    whole = seed(liwan(), residents=1)
    communities = {a.code for a in liwan().tree.of_kind(AgencyKind.COMMUNITY)}
    groups = [g for g in whole["service"]["groups"] if g["agency"] in communities][:GROUPS]
    chats = {g["chat"] for g in groups}
    codes = {g["agency"] for g in groups}
    return {
        "now": EIGHT.isoformat(),
        "people": whole["people"],
        "chats": [chat for chat in whole["chats"] if chat["id"] in chats],
        "service": {
            "groups": groups,
            "officers": [o for o in whole["service"]["officers"] if o["agency"] in codes],
        },
    }


async def with_a_call_each(world: Json, url: str) -> None:
    """Before the service starts, every group is owed a card and what its caller added."""
    await furnish(url, rehearsal_of(world))
    store, district = open_store(url), without(liwan(), "calls_per_day")
    try:
        for group in world["service"]["groups"]:
            async with store.begin() as work:
                desk = Desk(work, district)
                new = NewCall(f"draft {group['agency']}", LAMP, group["agency"], said("灯不亮"))
                call = await desk.raise_call(new, by=LIN, now=EIGHT)
                (leg,) = await work.legs.of_call(call.id)
                for n in range(ADDED):
                    await desk.add(leg.id, said(f"第{n}句"), by=LIN, now=EIGHT)
    finally:
        await store.close()


def said(text: str) -> tuple[Piece, ...]:
    """Something in words."""
    return (Piece(Medium.WORDS, text),)


async def everything(sandbox: Sandbox, world: Json) -> dict[int, list[str]]:
    """What each group was shown, in order, once every group has its board."""
    groups = [group["chat"] for group in world["service"]["groups"]]
    async with asyncio.timeout(120):
        await asyncio.gather(*(_board(sandbox, chat) for chat in groups))
    return {chat: await _told(sandbox, chat) for chat in groups}


async def _board(sandbox: Sandbox, chat: int) -> None:
    await sandbox.wait_for(
        lambda event: event["type"] == "message" and BOARD in event["message"].get("text", ""),
        chat=chat,
        timeout=110,
    )


async def _told(sandbox: Sandbox, chat: int) -> list[str]:
    return [_kind(one.text) for one in await sandbox.messages(chat)]


def _kind(text: str) -> str:
    if BOARD in text:
        return "board"
    added = [f"第{n}句" for n in range(ADDED) if f"第{n}句" in text]
    return added[-1] if added else ("card" if CARD in text else text)


@asynccontextmanager
async def stormy(sandbox: Sandbox) -> AsyncIterator[None]:
    """Every second request is one too many; the time to be waited for passes at once."""
    await sandbox.fault("429", probability=0.5, retry_after=1, count=200)
    async with asyncio.TaskGroup() as beside:
        hurrying = beside.create_task(_hurry(sandbox, await sandbox.last()))
        yield
        hurrying.cancel()


async def _hurry(sandbox: Sandbox, after: int) -> None:
    while True:
        with suppress(TimeoutError):
            seen = await sandbox.wait_for(_refused, after=after, timeout=0.2)
            after = seen["seq"]
        await sandbox.forward(3)


def _refused(event: Json) -> bool:
    return event["type"] == "request" and bool(event["data"]["status"] == TOO_MANY)
