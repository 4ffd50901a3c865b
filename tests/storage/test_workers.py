"""Several workers at once on PostgreSQL: a head is handed out once, and never overtaken."""

from __future__ import annotations

import asyncio
from collections import defaultdict

import pytest
from sqlalchemy import text

from core.errors import InEachOthersWay, StoreLost
from core.outgoing import Settled, State
from storage.aside import looking
from storage.audit import verify
from tests.builders import NOON as NOW
from tests.builders import a_call, a_leg, a_message, an_entry, an_update

pytestmark = pytest.mark.postgresql


async def _all_at_once(*acts):
    async with asyncio.TaskGroup() as tasks:
        return [tasks.create_task(act) for act in acts]


async def test_couriers_at_once_send_each_row_once_and_each_lane_in_order(postgresql_store):
    units, sent = postgresql_store, defaultdict(list)

    async def writer(first):
        for number in range(first, first + 10):
            async with units.begin() as work:
                rows = [a_message(f"{number:03}", lane=lane) for lane in (number % 3, 7)]
                await work.outbox.put(*rows, now=NOW)

    async def courier():
        while sum(map(len, sent.values())) < 80:
            async with units.begin() as work:
                rows = await work.outbox.claim(now=NOW, limit=2, busy=())
            for row in rows:
                sent[row.lane].append(row.id)
            async with units.begin() as work:
                await work.outbox.settle(*(Settled(r.id, State.SENT) for r in rows), now=NOW)

    async with asyncio.timeout(30):
        await _all_at_once(*(writer(n * 10) for n in range(4)), *(courier() for _ in range(3)))

    assert all(ids == sorted(set(ids)) for ids in sent.values())
    assert sum(map(len, sent.values())) == 80


async def test_workers_at_once_handle_each_update_once_and_each_lane_in_order(postgresql_store):
    units, handled = postgresql_store, defaultdict(list)

    async def poller():
        for first in range(0, 60, 6):
            async with units.begin() as work:
                updates = [an_update(n, lane=n % 4) for n in range(first, first + 6)]
                await work.inbox.insert(updates, now=NOW)

    async def worker():
        while sum(map(len, handled.values())) < 60:
            async with units.begin() as work:
                rows = await work.inbox.ready(now=NOW, limit=3, busy=())
                for row in rows:
                    await work.inbox.done(row)
                    handled[row.lane].append(row.update_id)

    async with asyncio.timeout(30):
        await _all_at_once(poller(), worker(), worker(), worker())

    assert all(ids == sorted(set(ids)) for ids in handled.values())
    assert sum(map(len, handled.values())) == 60


async def test_what_one_worker_has_in_hand_another_passes_by(postgresql_store):
    async with postgresql_store.begin() as work:
        updates = [an_update(1, lane=1), an_update(2, lane=1), an_update(3, lane=2)]
        await work.inbox.insert(updates, now=NOW)

    async with postgresql_store.begin() as one, postgresql_store.begin() as other:
        first = await one.inbox.ready(now=NOW, limit=1, busy=())
        second = await other.inbox.ready(now=NOW, limit=9, busy=())

    assert [row.update_id for row in first] == [1]
    assert [row.update_id for row in second] == [3]


async def test_a_row_put_while_its_lane_is_settled_is_not_forgotten(postgresql_store):
    async with postgresql_store.begin() as work:
        await work.outbox.put(a_message("一"), now=NOW)
    async with postgresql_store.begin() as work:
        (row,) = await work.outbox.claim(now=NOW, limit=1, busy=())

    async def settle():
        async with postgresql_store.begin() as work:
            await work.outbox.settle(Settled(row.id, State.SENT), now=NOW)

    async with asyncio.TaskGroup() as tasks, postgresql_store.begin() as work:
        await work.outbox.put(a_message("二"), now=NOW)
        tasks.create_task(settle())
        async with postgresql_store.read() as looking:
            await looking.people.resident(1)

    async with postgresql_store.begin() as work:
        (following,) = await work.outbox.claim(now=NOW, limit=1, busy=())
    assert following.payload["params"]["text"] == "二"


async def test_entries_written_at_once_make_one_chain(postgresql_store):
    async with postgresql_store.begin() as work:
        call = await work.calls.add(a_call())
        legs = [await work.legs.add(a_leg(call_id=call.id)) for _ in range(4)]

    async def write(leg_id):
        for _ in range(5):
            async with postgresql_store.begin() as work:
                await work.legs.get(leg_id)
                await work.journal.add(an_entry(call_id=call.id, leg_id=leg_id))

    async with asyncio.timeout(30):
        await _all_at_once(*(write(leg.id) for leg in legs))

    async with postgresql_store.read() as work:
        assert len(await work.journal.of_call(call.id)) == 20
    with looking(postgresql_store.address.render_as_string(hide_password=False)) as connection:
        assert verify(connection).faults == []


async def test_of_two_who_wait_for_each_other_one_gives_way(postgresql_store):
    met, gave_way = asyncio.Barrier(2), []

    async def put(first, second):
        try:
            async with postgresql_store.begin() as work:
                await work.outbox.put(a_message(lane=first), now=NOW)
                await met.wait()
                await work.outbox.put(a_message(lane=second), now=NOW)
        except InEachOthersWay:
            gave_way.append(first)

    async with asyncio.timeout(30):
        await _all_at_once(put(1, 2), put(2, 1))

    assert len(gave_way) == 1


async def test_a_connection_that_is_ended_is_nobodys_fault(postgresql_store, postgresql_admin):
    name = postgresql_store.address.database
    ends = text("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name")

    with pytest.raises(StoreLost):
        async with postgresql_store.begin() as work:
            await work.outbox.put(a_message("没有"), now=NOW)
            with postgresql_admin.connect() as admin:
                admin.execute(ends, {"name": name})
            await work.outbox.put(a_message("没有", lane=2), now=NOW)
    async with postgresql_store.begin() as work:
        assert await work.outbox.claim(now=NOW, limit=9, busy=()) == []
