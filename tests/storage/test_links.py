"""Connections to PostgreSQL that break, stop or run out."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import DBAPIError

from core.errors import StoreLost
from core.journal import Entry
from core.lifecycle import Action
from storage.engine import open_store
from storage.postgres import WRITERS
from tests.builders import LIN, a_call, a_leg, a_message, a_resident
from tests.builders import NOON as NOW
from tests.storage.relay import relayed

pytestmark = pytest.mark.postgresql
NOBODY = 99
PATIENCE, SOON = 20.0, 3.0  # the server itself gives up after five seconds
END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
ENDS = text(f"{END} WHERE datname = current_database() AND pid <> pg_backend_pid()")
SOMEBODY_WAITS = text(
    "SELECT count(*) > 0 FROM pg_stat_activity"
    " WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
NOBODY_IS_THERE = text(
    "SELECT count(*) = 0 FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)
NOBODY_IS_AT_WORK = text(
    "SELECT count(*) = 0 FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'"
)


def asked(store, question):
    engine = create_engine(store.address)
    with engine.begin() as look:
        told = look.execute(question).scalar()
    engine.dispose()
    return told


def asked_of(admin, question):
    """Where no connection to the database itself is needed."""
    with admin.connect() as look:
        look.execute(text(question))


async def true_of(store, question):
    async with asyncio.timeout(PATIENCE):
        while not asked(store, question):  # noqa: ASYNC110 - no bell rings here
            await asyncio.sleep(0)


async def kept(store):
    async with store.read() as work:
        return await work.people.resident(LIN)


async def answers(store):
    try:
        return await kept(store) is None
    except StoreLost:
        return False


async def test_a_failure_that_somebody_passed_over_is_no_commit(postgresql_store):
    with pytest.raises(RuntimeError, match="passed over"):
        async with postgresql_store.begin() as work:
            await work.people.save_resident(a_resident())
            with pytest.raises(DBAPIError):
                await work.legs.add(a_leg(call_id=NOBODY))

    assert await kept(postgresql_store) is None


async def test_a_failure_passed_over_in_a_savepoint_undoes_the_savepoint_alone(postgresql_store):
    async with postgresql_store.begin() as work:
        await work.people.save_resident(a_resident())
        with pytest.raises(RuntimeError, match="passed over"):
            async with work.savepoint():
                with pytest.raises(DBAPIError):
                    await work.legs.add(a_leg(call_id=NOBODY))
        assert await work.people.resident(LIN) == a_resident()

    assert await kept(postgresql_store) == a_resident()


async def test_more_than_a_connection_holds_at_once_goes_through(postgresql_store):
    words = "路灯" * 200_000

    async with postgresql_store.begin() as work:
        await work.outbox.put(*(a_message(words, lane=n) for n in range(16)), now=NOW)
        claimed = await work.outbox.claim(now=NOW, limit=16, busy=())

    assert [row.payload["params"]["text"] == words for row in claimed] == [True] * 16


async def test_connections_that_ended_while_nobody_used_them_trouble_nobody(postgresql_store):
    async with postgresql_store.begin() as work:
        await work.people.save_resident(a_resident())
    assert await kept(postgresql_store) == a_resident()

    asked(postgresql_store, ENDS)
    await true_of(postgresql_store, NOBODY_IS_THERE)

    async with postgresql_store.begin() as work:
        assert await work.people.resident(LIN) == a_resident()
    assert await kept(postgresql_store) == a_resident()


async def test_a_server_that_is_down_is_nobodys_fault_and_work_goes_on_once_it_is_back(
    postgresql_store, postgresql_admin
):
    name = postgresql_store.address.database
    assert await kept(postgresql_store) is None
    asked_of(postgresql_admin, f"ALTER DATABASE {name} ALLOW_CONNECTIONS false")
    asked_of(postgresql_admin, f"{END} WHERE datname = '{name}'")

    async with asyncio.timeout(PATIENCE):
        with pytest.raises(StoreLost):
            await kept(postgresql_store)

    asked_of(postgresql_admin, f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")
    assert await kept(postgresql_store) is None


async def test_a_server_that_answered_no_connection_is_asked_anew_once_it_does(
    postgresql_store, postgresql_url
):
    async with relayed(postgresql_url) as relay:
        near = make_url(relay.url).set(database=postgresql_store.address.database)
        store = open_store(near.render_as_string(hide_password=False))
        relay.silent = True
        with pytest.raises(StoreLost):
            await kept(store)

        relay.silent = False
        async with asyncio.timeout(PATIENCE):
            while not await answers(store):
                pass
        await store.close()


async def test_a_server_that_goes_while_it_is_asked_is_nobodys_fault(postgresql_store):
    async with postgresql_store.begin() as work:
        call = await work.calls.add(a_call())
        leg = await work.legs.add(a_leg(call_id=call.id))

    async def wait():
        async with postgresql_store.begin() as work:
            await work.legs.get(leg.id)

    with pytest.raises(ExceptionGroup) as lost:
        async with asyncio.TaskGroup() as tasks, postgresql_store.begin() as work:
            await work.legs.get(leg.id)
            tasks.create_task(wait())
            await true_of(postgresql_store, SOMEBODY_WAITS)
            asked(postgresql_store, ENDS)
    assert lost.group_contains(StoreLost)


async def test_who_is_cancelled_while_waiting_for_a_lock_has_the_server_stop(postgresql_store):
    async with postgresql_store.begin() as work:
        call = await work.calls.add(a_call())
        leg = await work.legs.add(a_leg(call_id=call.id))

    async def wait():
        async with postgresql_store.begin() as work:
            await work.legs.get(leg.id)
            await work.journal.add(Entry(0, call.id, leg.id, Action.NUDGE, NOW, None, ""))

    async with postgresql_store.begin() as work:
        await work.legs.get(leg.id)
        async with asyncio.TaskGroup() as tasks:
            waiting = tasks.create_task(wait())
            await true_of(postgresql_store, SOMEBODY_WAITS)
            waiting.cancel()
            async with asyncio.timeout(SOON):
                await asyncio.wait([waiting])
        assert not asked(postgresql_store, SOMEBODY_WAITS)
    async with postgresql_store.read() as work:
        assert await work.journal.of_call(call.id) == []
    assert asked(postgresql_store, NOBODY_IS_AT_WORK)


async def test_more_writers_than_connections_take_turns(postgresql_store):
    async def write(n):
        async with postgresql_store.begin() as work:
            await work.people.save_resident(a_resident(account=n))
            await asyncio.sleep(0)

    await asyncio.gather(*(write(n) for n in range(1, 3 * WRITERS)))

    async with postgresql_store.read() as work:
        found = await work.whole.residents(0, 100)
    assert [one.account for one in found] == [*range(1, 3 * WRITERS)]
