"""Processes on one PostgreSQL hear each other's bells, also after the server cut them off."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager

import pytest
from sqlalchemy import create_engine, text

from bot.neighbourhood import Bells
from storage.engine import open_store

pytestmark = pytest.mark.postgresql
LISTENERS = text(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'LISTEN%'"
)
END = text("SELECT pg_terminate_backend(:pid)")
PATIENCE = 20.0


@asynccontextmanager
async def process(url):
    """The bells of one process at work, and its store."""
    store = open_store(url)
    bells = Bells.hung(store.neighbours, lambda: None)
    async with asyncio.TaskGroup() as tasks:
        duties = [tasks.create_task(duty()) for duty in bells.beside]
        yield bells, store
        for duty in duties:
            duty.cancel()
    await store.close()


def asked(store, question, **given):
    """What the server itself says."""
    engine = create_engine(store.address)
    with engine.connect() as look:
        told = look.execute(question, given).scalars().all()
    engine.dispose()
    return told


async def listening(store, count):
    """Who listens, once so many do."""
    async with asyncio.timeout(PATIENCE):
        while True:
            pids = asked(store, LISTENERS)
            if len(pids) == count:
                return pids
            await asyncio.sleep(0.05)


async def silent(*bells):
    """Every ring so far has been heard."""
    for bell in bells:
        while await bell.heard(0.2):
            pass


async def test_what_one_process_brings_wakes_the_others(postgresql_database):
    async with (
        process(postgresql_database) as (ours, store),
        process(postgresql_database) as (
            theirs,
            _,
        ),
    ):
        await listening(store, 2)
        await silent(ours.owed, theirs.owed, theirs.arrived)

        ours.owing.ring()

        assert await ours.owed.heard(PATIENCE)
        assert await theirs.owed.heard(PATIENCE)
        assert not await theirs.arrived.heard(0.2)
        assert not await ours.owed.heard(0.2)  # our own ring does not come back


async def test_a_process_that_was_cut_off_looks_and_hears_again(postgresql_database):
    async with (
        process(postgresql_database) as (ours, store),
        process(postgresql_database) as (
            theirs,
            _,
        ),
    ):
        for pid in await listening(store, 2):
            asked(store, END, pid=pid)

        await listening(store, 2)
        assert await theirs.arrived.heard(PATIENCE)
        await silent(ours.arrived, theirs.arrived)

        theirs.arriving.ring()

        assert await ours.arrived.heard(PATIENCE)


async def test_alone_on_a_file_nobody_else_is_told(tmp_path):
    store = open_store(str(tmp_path / "alone.db"))
    try:
        bells = Bells.hung(store.neighbours, lambda: None)

        assert bells.owing is bells.owed
        assert bells.beside == ()
    finally:
        await store.close()
