"""A PostgreSQL server that stands still: it is there, and answers nobody until it goes on."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import text

from bot.monitoring.doors import Doors
from bot.tally import ALWAYS, Tally
from tests.builders import NOON as NOW

pytestmark = pytest.mark.postgresql
PATIENCE = 20.0
SOON = 8.0  # three probes, two seconds each at most
OURS = text("SELECT pid FROM pg_stat_activity WHERE datname = :name")


def parent_of(process: int) -> int:
    """Who started it; a name in brackets may hold blanks."""
    return int(Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[1])


@pytest.fixture
def still(postgresql_admin, postgresql_store):
    """Stops whoever serves this database, and whoever takes connections."""
    if os.environ.get("TEST_DATABASE_URL"):
        pytest.skip("the server belongs to somebody else")

    @contextmanager
    def stopped() -> Iterator[None]:
        with postgresql_admin.connect() as look:
            found = look.execute(OURS, {"name": postgresql_store.address.database})
            serving = found.scalars().all()
        processes = [*serving, parent_of(serving[0])]
        try:
            for each in processes:
                os.kill(each, signal.SIGSTOP)
            yield
        finally:
            for each in processes:
                os.kill(each, signal.SIGCONT)

    return stopped


async def load_of(store):
    """Something asked of the database."""
    return await store.load(NOW)


async def test_probes_are_answered_meanwhile_and_work_goes_on_where_it_stood(
    postgresql_store, still
):
    tally = Tally()
    for name in ALWAYS:
        tally.beat(name)
    doors = Doors(postgresql_store, tally, lambda: NOW)
    before = await load_of(postgresql_store)

    async with (
        TestClient(TestServer(doors.application())) as client,
        asyncio.TaskGroup() as tasks,
    ):
        with still():
            waiting = tasks.create_task(load_of(postgresql_store))
            async with asyncio.timeout(SOON):
                ready, alive = await client.get("/readyz"), await client.get("/healthz")
                figures = await client.get("/metrics")
            assert (ready.status, alive.status, figures.status) == (503, 200, 503)
            assert not waiting.done()

        async with asyncio.timeout(PATIENCE):
            assert await waiting == before
            assert (await client.get("/readyz")).status == 200
            assert (await client.get("/metrics")).status == 200
