"""Leases: one holder at a time, by the store's clock, and who is gone is known by it (D5)."""

from __future__ import annotations

import asyncio

import pytest
import pytest_asyncio

from core.outgoing import Policy, Settled, State
from storage.engine import open_store
from tests.builders import NOON as NOW
from tests.builders import SECOND, a_message

ONE, OTHER = "courier one", "courier other"


@pytest_asyncio.fixture
async def work(units):
    async with units.begin() as work:
        yield work


async def _claims(work, owner, *, now=NOW):
    rows = await work.outbox.claim(now=now, limit=9, busy=(), owner=owner)
    return [row.payload["params"]["text"] for row in rows]


async def test_a_lease_is_held_by_one_and_renewed_by_him(work):
    assert await work.leases.hold("leader", owner=ONE, seconds=30) == 1
    assert await work.leases.hold("leader", owner=OTHER, seconds=30) is None
    assert await work.leases.hold("leader", owner=ONE, seconds=30) == 1
    assert await work.leases.holder("leader") == ONE


async def test_a_lease_that_has_run_out_is_anybodys_in_a_new_epoch(work):
    await work.leases.hold("leader", owner=ONE, seconds=0)

    assert await work.leases.holder("leader") is None
    assert await work.leases.hold("leader", owner=OTHER, seconds=30) == 2
    assert await work.leases.hold("leader", owner=ONE, seconds=30) is None


async def test_whoever_lets_go_makes_room_at_once_and_only_of_his_own(work):
    await work.leases.hold("leader", owner=ONE, seconds=30)

    await work.leases.release("leader", owner=OTHER)
    assert await work.leases.holder("leader") == ONE
    await work.leases.release("leader", owner=ONE)

    assert await work.leases.hold("leader", owner=OTHER, seconds=30) == 2


async def test_leases_of_different_names_are_different(work):
    assert await work.leases.hold(ONE, owner=ONE, seconds=30) == 1
    assert await work.leases.hold(OTHER, owner=OTHER, seconds=30) == 1


async def test_rows_of_a_courier_who_lives_are_left_to_him(work):
    await work.leases.hold(ONE, owner=ONE, seconds=30)
    await work.outbox.put(a_message("一"), now=NOW)
    await _claims(work, ONE)

    assert await work.outbox.recover(now=NOW) == 0
    assert await _claims(work, OTHER) == []


async def test_rows_of_a_courier_whose_lease_ran_out_go_again(work):
    await work.leases.hold(ONE, owner=ONE, seconds=0)
    await work.outbox.put(a_message("一"), now=NOW)
    await _claims(work, ONE)

    assert await work.outbox.recover(now=NOW) == 1
    assert await _claims(work, OTHER) == ["一"]


async def test_what_somebody_else_sends_by_now_is_not_settled_by_who_comes_late(work):
    await work.outbox.put(a_message("一"), a_message("二"), now=NOW)
    (row,) = await work.outbox.claim(now=NOW, limit=9, busy=(), owner=ONE)
    await work.outbox.recover(now=NOW)
    await _claims(work, OTHER)

    await work.outbox.settle(Settled(row.id, State.SENT, owner=ONE), now=NOW)

    assert await _claims(work, OTHER) == []
    await work.outbox.settle(Settled(row.id, State.SENT, owner=OTHER), now=NOW)
    assert await _claims(work, OTHER) == ["二"]


async def test_a_doubt_survives_a_crash(work):
    await work.outbox.put(a_message("一", policy=Policy.AT_LEAST_ONCE), now=NOW)
    (row,) = await work.outbox.claim(now=NOW, limit=9, busy=(), owner=ONE)
    later = NOW + 20 * SECOND
    doubt = Settled(row.id, State.UNKNOWN, not_before=later, owner=ONE)
    await work.outbox.settle(doubt, now=NOW)
    await work.outbox.claim(now=later, limit=9, busy=(), owner=ONE)

    await work.outbox.recover(now=later)

    (again,) = await work.outbox.claim(now=later, limit=9, busy=(), owner=OTHER)
    assert (row.doubted, again.doubted) == (False, True)


async def test_a_sqlite_file_forgets_the_leases_of_whoever_had_it_before(sqlite_file):
    for _ in range(2):
        store = open_store(str(sqlite_file))
        await store.upgrade()
        async with store.begin() as work:
            found = await work.leases.holder("leader")
            await work.leases.hold("leader", owner=ONE, seconds=30)
        await store.close()

    assert found is None


async def test_paces_are_kept_by_lane_and_replaced(work):
    await work.paces.keep({0: (1.5, 2.5), -1001: (2.5,)})
    await work.paces.keep({0: (2.5, 3.25)})

    known = await work.paces.of([0, -1001, 42])

    assert {lane: list(times) for lane, times in known.items()} == {0: [2.5, 3.25], -1001: [2.5]}


@pytest.mark.postgresql
async def test_a_courier_waits_for_what_the_other_is_about_to_say(postgresql_store):
    async with postgresql_store.begin() as work:
        await work.paces.keep({0: (1.0,)})
    seen = []

    async def look():
        async with postgresql_store.begin() as work:
            seen.append((await work.paces.of([0]))[0])

    async with asyncio.TaskGroup() as tasks, postgresql_store.begin() as work:
        await work.paces.of([0])
        tasks.create_task(look())
        async with postgresql_store.read() as looking:
            await looking.people.resident(1)
        await work.paces.keep({0: (1.0, 2.0)})

    assert seen == [[1.0, 2.0]]


@pytest.mark.postgresql
async def test_of_two_who_want_it_at_once_one_gets_it(postgresql_store):
    async with postgresql_store.begin() as one:
        first = await one.leases.hold("leader", owner=ONE, seconds=0)
    async with postgresql_store.begin() as other:
        second = await other.leases.hold("leader", owner=OTHER, seconds=30)
    async with postgresql_store.begin() as one:
        third = await one.leases.hold("leader", owner=ONE, seconds=30)

    assert (first, second, third) == (1, 2, None)
