"""C3: every fault of Telegram, on every method we use, on both databases: the table of D3."""

from __future__ import annotations

import itertools
import socket
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from sqlalchemy import Engine, select

from bot.intake.recording import Record
from core.people import Binding
from storage.engine import Store
from storage.mapping import table
from storage.traffic import OutboxRow
from tests.people import Person, Sandbox
from tests.storms.outbound import (
    ANSWER,
    FAULTS,
    METHODS,
    REFUSED,
    Clock,
    Fault,
    Line,
    Stage,
    buttoned,
    said,
    voice_of,
)
from tests.storms.stores import BOTH, opened, rows_of

INVARIANT = "C3 outbound faults"
pytestmark = pytest.mark.asyncio(loop_scope="module")
OUTBOX = table(OutboxRow)
MATRIX = [
    pytest.param(fault, method, id=f"{method}-{fault.name}")
    for fault, method in itertools.product(FAULTS, METHODS)
]
JUST = 0.4


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=BOTH)
async def database(request, tmp_path_factory) -> AsyncIterator[tuple[Store, Engine]]:
    async with opened(request, tmp_path_factory) as both:
        yield both


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox.started({}) as sandbox:
        yield sandbox


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def lin(sandbox) -> Person:
    """Whoever reads, taps, and has sent a picture."""
    return await sandbox.person("林阿姨", started=True)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def photo(lin) -> str:
    return (await lin.sends_photo()).raw["photo"][-1]["file_id"]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def line(sandbox) -> AsyncIterator[Line]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nowhere = f"http://127.0.0.1:{free.getsockname()[1]}"
    voice, nobody = voice_of(sandbox.token, sandbox.url), voice_of(sandbox.token, nowhere)
    yield Line(voice, nobody, Clock())
    await voice.close()
    await nobody.close()


@pytest_asyncio.fixture(loop_scope="module")
async def stage(sandbox, database, line, lin) -> AsyncIterator[Stage]:
    """A group of its own, bound; the clock of all."""
    group = await sandbox.group("东风社区", members=[lin])
    line.times, line.cut = [], False
    store, _ = database
    async with store.begin() as work:
        agency = f"c{abs(group.id)}"
        await work.groups.save(
            Binding(agency, group.id, "东风社区", bound_by=1, bound_at=line.clock.now())
        )
    yield Stage(sandbox, store, line.clock, line, group.id)
    await sandbox.no_faults()


async def strikes(stage: Stage, fault: Fault, method: str) -> None:
    """The next request of this kind goes wrong, once."""
    if fault.name == REFUSED:
        stage.line.cut = True
        return
    rule = {"method": method, "count": 1, "retry_after": fault.retry_after}
    await stage.sandbox.fault(fault.kind, **rule)


async def asked(stage: Stage, method: str, lin: Person, photo: str) -> Record:
    """What a handler said, as the intake writes it down."""
    shown = (await stage.sandbox.bot("sendMessage", chat_id=stage.chat, **buttoned()))["result"]
    query = ""
    if method == ANSWER:
        tap = {"from": lin.id, "chat": stage.chat, "message": shown["message_id"], "data": "ok"}
        query = (await stage.sandbox.post("/taps", tap))["query"]
    record = Record()
    record.keep(said(method, stage.chat, shown["message_id"], query, photo))
    return record


async def plays(stage: Stage, record: Record, again: tuple[float, ...]) -> list[float]:
    """Delivers, and looks just before and just after every request that is to follow."""
    if not record.rows:
        await stage.answers(record)
        return []
    async with stage.units.begin() as work:
        await work.outbox.put(*record.rows, now=stage.clock.now())
    courier, early = stage.courier(), []
    for wait in (0, *(seconds for seconds in again if seconds)):
        if wait:
            stage.clock.pass_(wait - JUST)
            before = len(stage.line.times)
            await stage.delivers(courier)
            early += stage.line.times[before:]
            stage.clock.pass_(2 * JUST)
        await stage.delivers(courier)
    stage.clock.pass_(3600)
    await stage.delivers(courier)
    return early


def ends(engine: Engine, chat: int) -> list[str]:
    """The states of this chat's rows."""
    return [row.state for row in rows_of(engine, select(OUTBOX).where(OUTBOX.c.lane == chat))]


@pytest.mark.parametrize(("fault", "method"), MATRIX)
async def test_a_fault_ends_as_the_table_says(fault, method, stage, database, lin, photo):
    record = await asked(stage, method, lin, photo)
    await strikes(stage, fault, method)
    since, expected = await stage.sandbox.last(), fault.expected(method)

    early = await plays(stage, record, expected.again)

    assert early == []
    assert len(stage.line.times) == 1 + len(expected.again)
    assert await stage.copies(method, since) == expected.copies
    assert ends(database[1], stage.chat) == ([expected.state] if expected.state else [])
    assert stage.told == ([expected.told] if expected.told else [])
