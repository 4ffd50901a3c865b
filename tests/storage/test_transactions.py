"""All or nothing: what a transaction and a savepoint promise."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import pytest
from sqlalchemy.exc import DBAPIError

from tests.builders import LIN, a_conversation, a_message, a_resident, an_update
from tests.builders import NOON as NOW


async def _everything(work):
    await work.people.save_resident(a_resident())
    await work.conversations.save(a_conversation())
    await work.outbox.put(a_message(), now=NOW)
    await work.inbox.insert([an_update()], now=NOW)


async def _found(units):
    async with units.begin() as work:
        return [
            await work.people.resident(LIN),
            await work.conversations.get(LIN),
            *await work.outbox.claim(now=NOW, limit=9, busy=()),
            *await work.inbox.ready(now=NOW, limit=9, busy=()),
        ]


async def test_what_is_done_together_is_kept_together(units):
    async with units.begin() as work:
        await _everything(work)

    assert len([one for one in await _found(units) if one]) == 4


async def test_an_exception_loses_everything(units):
    with pytest.raises(ZeroDivisionError):
        async with units.begin() as work:
            await _everything(work)
            raise ZeroDivisionError

    assert await _found(units) == [None, None]


async def test_a_savepoint_loses_only_what_is_inside(units):
    async with units.begin() as work:
        await work.people.save_resident(a_resident())
        with pytest.raises(ZeroDivisionError):
            async with work.savepoint():
                await work.people.save_resident(a_resident(name="林先生"))
                await work.outbox.put(a_message(), now=NOW)
                raise ZeroDivisionError
        await work.conversations.save(a_conversation())

    assert await _found(units) == [a_resident(), a_conversation()]


async def test_a_savepoint_that_goes_well_is_part_of_the_whole(units):
    with pytest.raises(ZeroDivisionError):
        async with units.begin() as work:
            async with work.savepoint():
                await _everything(work)
            raise ZeroDivisionError

    assert await _found(units) == [None, None]


async def test_a_reader_sees_what_is_committed_and_never_waits(units):
    async with units.begin() as work:
        await work.people.save_resident(a_resident())
        async with units.read() as looking:
            before = await looking.people.resident(LIN)
    async with units.read() as looking:
        after = await looking.people.resident(LIN)

    assert (before, after) == (None, a_resident())


async def test_a_reader_of_a_database_sees_one_moment(store):
    async with store.read() as looking:
        before = await looking.people.resident(LIN)
        async with store.begin() as work:
            await work.people.save_resident(a_resident())
        after = await looking.people.resident(LIN)

    assert (before, after) == (None, None)


async def test_what_a_reader_writes_is_lost(units):
    with suppress(DBAPIError):
        async with units.read() as looking:
            await looking.people.save_resident(a_resident())

    assert await _found(units) == [None, None]


async def test_a_reader_of_a_database_is_refused_to_write(store):
    async with store.read() as looking:
        with pytest.raises(DBAPIError, match=r"read-?only"):
            await looking.people.save_resident(a_resident())


async def test_writers_that_meet_take_turns(units):
    async def count_one():
        async with units.begin() as work:
            return await work.calls.next_in_day(NOW.date())

    numbers = await asyncio.gather(*(count_one() for _ in range(20)))

    assert sorted(numbers) == list(range(1, 21))


async def test_a_cancelled_writer_leaves_no_lock_and_no_trace(units):
    async def write_and_wait(written):
        async with units.begin() as work:
            await _everything(work)
            written.set()
            await asyncio.Event().wait()

    for _ in range(5):
        written = asyncio.Event()
        async with asyncio.TaskGroup() as tasks:
            writer = tasks.create_task(write_and_wait(written))
            await written.wait()
            writer.cancel()

    assert await _found(units) == [None, None]


@pytest.mark.parametrize("steps", range(8))
async def test_a_writer_cancelled_at_any_moment_keeps_all_or_nothing(units, steps):
    async def write():
        async with units.begin() as work:
            await _everything(work)

    async with asyncio.TaskGroup() as tasks:
        writer = tasks.create_task(write())
        for _ in range(steps):
            await asyncio.sleep(0)
        writer.cancel()

    assert len([one for one in await _found(units) if one]) in (0, 4)


async def test_a_transaction_inside_a_transaction_is_refused_rather_than_waited_for(sqlite_store):
    async with sqlite_store.begin():
        with pytest.raises(RuntimeError, match="inside"):
            async with sqlite_store.begin():
                pass
