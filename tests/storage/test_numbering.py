"""Numbers of entries that are taken before the entries are written."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import func, select, text

from core.acts import Seal
from core.journal import Entry
from core.leg import Leg
from core.lifecycle import Action
from storage.postgres import PostgresStore
from tests.core.playing import Stage

pytestmark = pytest.mark.postgresql
LATER = timedelta(minutes=61)
WAITING = (
    select(func.count())
    .select_from(text("pg_locks"))
    .where(text("NOT granted AND relation = 'journal'::regclass"))
)


async def test_no_seal_closes_over_a_number_that_is_still_to_come(postgresql_store):
    stage = await Stage(postgresql_store).set_up()
    first = await stage.raised(draft="d1")
    async with asyncio.TaskGroup() as tasks, postgresql_store.begin() as work:
        legs = await work.legs.due(stage.now + LATER, 1)
        await work.foresee(legs)
        async with work.savepoint():
            await work.journal.add(noted(legs[0], stage.now))
            second = await stage.raised(draft="d2")
            sealing = tasks.create_task(sealed(stage))
            await waits_or_is_done(postgresql_store, sealing)

    async with postgresql_store.read() as work:
        whole = [len(await work.journal.of_call(call.id)) for call in (first, second)]
    assert sealing.result().entries == sum(whole)


def noted(leg: Leg, now: datetime) -> Entry:
    return Entry(0, leg.call_id, leg.id, Action.NUDGE, now, None, "", facts={"times": 1})


async def sealed(stage: Stage) -> Seal:
    async with stage.units.begin() as work:
        return await work.acts.seal(stage.now)


async def waits_or_is_done(store: PostgresStore, sealing: asyncio.Task[Seal]) -> None:
    """Until the seal waits for somebody, or waited for nobody."""
    async with store.read() as looking:
        while not sealing.done() and await looking._wire.row(WAITING) == (0,):
            pass
